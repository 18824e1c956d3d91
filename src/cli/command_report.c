/* command_report.c: a report on the screen, as csv, JSON or a spreadsheet. */
#include "cli/house.h"

#include "cli/paper_out.h"

#include "exchange/file.h"
#include "exchange/report.h"

#include <stdio.h>
#include <string.h>

static enum err read_day(struct call *call, const char *name, struct day *ret_day)
{
	const char *value = option_value(call, name);
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	*ret_day = DAY_NONE;
	if (value != NULL && day_parse(str_from(value), ret_day, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, str_format(call->arena, "--%s", name).data, "%s: %s",
			value, err_both(&why, both));
	return ERR_OK;
}

static enum err read_formula(struct call *call, const struct formula **ret_formula)
{
	const char *file = option_value(call, "formula");
	struct formula *formula = ARENA_TAKE(call->arena, 1, struct formula);
	struct str text;

	if (file == NULL)
		return ERR_OK;
	TRY(file_read(call->arena, file, FORMULA_TEXT_MAX, &text, &call->why));
	*ret_formula = formula;
	return formula_read(call->arena, str_from(file), text, formula, &call->why);
}

static enum err find_report(struct call *call, const struct report_row **ret_row)
{
	const char **names = ARENA_TAKE(call->arena, report_count() + 1, const char *);

	for (size_t i = 0; i < report_count(); i++)
		names[i] = report_at(i)->name;
	*ret_row = report_find(str_from(call->arguments[1]));
	if (*ret_row != NULL)
		return ERR_OK;
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这种报表", "there is no such report",
			name_list(call, "报表有", names, report_count()),
			name_list(call, "there are", names, report_count())),
		str_from(call->arguments[1]), names, report_count());
}

static enum err print(struct call *call, const struct report *report, enum table_form form)
{
	struct table *table = table_new(call, form, report->column_count);

	for (size_t i = 0; i < report->column_count; i++)
		table_head(table, report->columns[i].key, report->columns[i].zh, report->columns[i].en);
	for (size_t i = 0; i < report->cell_count; i++) {
		const struct report_cell *cell = &report->cells[i];
		int64_t number;

		if (cell->number && str_to_int(cell->text, &number))
			table_number(table, number);
		else
			table_put(table, cell->text);
	}
	return table_print(table);
}

static enum err print_bulletin(struct house *house, const struct report_row *row,
	const struct report_ask *ask, const struct report *made, enum paper_form form)
{
	struct call *call = house->call;
	const char *name = option_value(call, "paper");
	const struct paper_report of = {.institution = &house->institution,
		.store = house->store,
		.now = house->now,
		.title = str_from(str_is(ask->lang, "en") ? row->en : row->zh),
		.from = ask->from,
		.to = ask->to,
		.report = made};
	struct str dir = str_from(call->arguments[0]), docx;
	struct paper paper;

	TRY(paper_find(
		call->arena, dir, str_from(name == NULL ? "bulletin" : name), ask->lang, &paper, &call->why));
	TRY(paper_of_report(call->arena, &paper, &of, &docx, &call->why));
	return paper_put(call, dir, table_path(call), form, docx);
}

static enum err report(
	struct house *house, const struct report_row *row, const enum paper_form *paper, enum table_form form)
{
	struct call *call = house->call;
	struct report_ask ask = {.arena = call->arena,
		.store = house->store,
		.org = house->institution.org,
		.calendar = house->institution.calendar,
		.procedure = institution_procedure,
		.context = &house->institution,
		.in_force = house->institution.in_force,
		.in_force_count = house->institution.in_force_count,
		.now = house->now,
		.offset_minutes = house->institution.offset_minutes,
		.lang = lang_of(call),
		.kind = str_from(option_value(call, "kind")),
		.unit = str_from(option_value(call, "unit")),
		.person = str_from(option_value(call, "person"))};
	struct viewer viewer = {.today = house->today};
	struct report made;

	if (option_value(call, "as") != NULL) {
		TRY(house_person(house, NULL, &viewer.person));
		ask.viewer = &viewer;
	}
	TRY(read_formula(call, &ask.formula));
	TRY(read_day(call, "from", &ask.from));
	TRY(read_day(call, "to", &ask.to));
	TRY(read_day(call, "at", &ask.at));
	if (!day_is_none(ask.from) && !day_is_none(ask.to) && ask.from.number > ask.to.number)
		return err_set(&call->why, ERR_INVALID, "--to", "the period would end before it begins");
	/* A bulletin is in the language that is asked for, whoever prints it. */
	if (paper != NULL)
		TRY(paper_lang(call, &ask.lang));
	TRY(report_make(row, &ask, &made, &call->why));
	if (paper != NULL)
		return print_bulletin(house, row, &ask, &made, *paper);
	if (form == TABLE_TEXT && strcmp(table_path(call), "-") == 0)
		printf("%s\n", say(call, row->zh, row->en));
	return print(call, &made, form);
}

enum err command_report(struct call *call)
{
	struct house house;
	const struct report_row *row;
	enum table_form form = TABLE_TEXT;
	enum paper_form paper;
	bool bulletin = paper_form_find(call, table_path(call), &paper);

	TRY(find_report(call, &row));
	if (!bulletin)
		TRY(table_form_find(call, TABLE_TEXT, &form));
	TRY(house_open_to_read(call, &house));
	enum err err = report(&house, row, bulletin ? &paper : NULL, form);

	house_close(&house);
	return err;
}
