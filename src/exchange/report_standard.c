/* report_standard.c: checklists held against each village and street centre (党建标准化): how many items are
 * met, with what score, and whether it held; or, of one centre, item by item. */
#include "exchange/report_made.h"

static const struct report_column centre_columns[] = {
	{"unit", "创建单位", "centre"},
	{"code", "代码", "code"},
	{"town", "镇(街)", "street or town"},
	{"number", "编号", "number"},
	{"state", "环节", "state"},
	{"items", "适用项", "items"},
	{"met", "达标项", "met"},
	{"missing", "缺项", "missing"},
	{"score", "达标率%", "score%"},
	{"due", "期限", "due"},
	{"look_back", "回头看", "look-back"},
};
static const struct report_column item_columns[] = {
	{"item", "检查项", "item"},
	{"result", "是否达标", "result"},
	{"shown", "佐证", "shown by"},
	{"number", "编号", "number"},
};

/* Items that don't apply to a centre count on neither side. */
struct tally {
	int64_t items, met, missing;
};

static struct tally tally_of(const struct doc *fields)
{
	const struct doc *rows = doc_get(fields, "checklist");
	struct tally tally = {0};

	for (size_t i = 0; rows != NULL && i < rows->count; i++) {
		struct str result = doc_get_text(&rows->items[i], "result");

		tally.met += str_is(result, "is_met");
		tally.missing += str_is(result, "is_missing");
	}
	tally.items = tally.met + tally.missing;
	return tally;
}

/* The newest look-back at the centre. */
static const struct kept_line *look_back_at(const struct kept_line *lines, size_t count, int64_t unit)
{
	for (size_t i = count; i > 0; i--)
		if (doc_get_int(lines[i - 1].fields, "unit", 0) == unit)
			return &lines[i - 1];
	return NULL;
}

static void put_centre(struct making *making, const struct kept_line *line, const struct kept_line *look_back)
{
	int64_t id = doc_get_int(line->fields, "unit", 0);
	const struct unit *unit = org_unit(making->ask->org, id);
	struct tally tally = tally_of(line->fields);

	put_text(making, unit_name(making, id));
	put_text(making, unit == NULL ? STR("") : unit->code);
	put_text(making, unit_name(making, doc_get_int(line->fields, "town", 0)));
	put_text(making, line->number);
	put_text(making, state_label(making, line->definition, line->state));
	put_number(making, tally.items);
	put_number(making, tally.met);
	put_number(making, tally.missing);
	put_percent(making, tally.items == 0 ? -1 : (int)(100 * tally.met / tally.items));
	put_day(making, due_day(making, line->due));
	put_text(making,
		look_back == NULL ? STR("") : state_label(making, look_back->definition, look_back->state));
}

static void put_items(struct making *making, const struct kept_line *line)
{
	const struct procedure *procedure = making->ask->procedure(making->ask->context, line->definition);
	const struct field *field =
		procedure == NULL ? NULL
				  : field_find(procedure->fields, procedure->field_count, STR("checklist"));
	const struct doc *rows = doc_get(line->fields, "checklist");

	for (size_t i = 0; field != NULL && rows != NULL && i < rows->count; i++) {
		const struct doc *row = &rows->items[i], *result = doc_get(row, "result");
		const struct field *column = field_find(field->columns, field->column_count, STR("result"));

		put_text(making, doc_get_text(row, "item"));
		put_text(making, column == NULL ? STR("")
						: field_value_print(making->ask->arena, column, result,
							  making->ask->org, making->ask->lang));
		put_text(making, doc_get_text(row, "shown"));
		put_text(making, line->number);
	}
}

enum err report_standards(struct making *making)
{
	const struct report_ask *ask = making->ask;
	const struct unit *of = ask->unit.size == 0 ? NULL : org_unit_by_code(ask->org, ask->unit);
	struct kept_line *lines, *looks;
	size_t count, look_count;

	if (ask->unit.size > 0 && of == NULL)
		return err_set(making->reterr, ERR_INVALID, "--unit", "there is no unit of this code");
	if (of == NULL)
		COLUMNS(making, centre_columns);
	else
		COLUMNS(making, item_columns);
	TRY(store_kept_list(
		ask->store, ask->arena, ask->viewer, STR("standard_review"), &lines, &count, making->reterr));
	TRY(store_kept_list(ask->store, ask->arena, ask->viewer, STR("standard_look_back"), &looks,
		&look_count, making->reterr));
	for (size_t i = 0; i < count; i++) {
		int64_t unit = doc_get_int(lines[i].fields, "unit", 0);

		if (of == NULL)
			put_centre(making, &lines[i], look_back_at(looks, look_count, unit));
		else if (unit == of->id)
			put_items(making, &lines[i]);
	}
	return ERR_OK;
}
