/* command_export.c: what import reads, written from what is recorded. */
#include "cli/house.h"

#include "cli/rule_files.h"

#include "exchange/calendar_table.h"
#include "exchange/file.h"
#include "exchange/matter_table.h"
#include "exchange/sheet_write.h"
#include "intake/intake.h"

#include <stdio.h>
#include <string.h>

#define MATTERS_MAX   INT64_C(100000000)
#define MATTERS_CHUNK 500 /* written before memory is used again */

/* ---- where it goes ---- */

struct exporting {
	struct house *house;
	const struct csv_column *columns; /* with their labels */
	size_t column_count;
	const struct procedure *procedure; /* of matters; else NULL */
	struct rows_out rows;
	const char *path; /* "-": standard output */
	struct buf buf;   /* of csv */
	bool sheet;
	struct sheet_out *out; /* NULL until there is a header */
	enum err failed;
	struct bh_err why;
};

static void put_csv(void *context, const struct str *cells, size_t count)
{
	struct exporting *exporting = context;

	csv_put_row(&exporting->buf, cells, count);
	if (strcmp(exporting->path, "-") != 0)
		return; /* a file is written whole */
	fwrite(exporting->buf.data, 1, exporting->buf.size, stdout);
	exporting->buf.size = 0;
}

/* The label, where no other column could be meant by it. */
static struct str label_of(const struct exporting *exporting, struct str name)
{
	const char *zh = NULL;
	size_t meant = 0;

	for (size_t i = 0; i < exporting->column_count; i++)
		if (str_is(name, exporting->columns[i].name))
			zh = exporting->columns[i].zh;
	for (size_t i = 0; zh != NULL && i < exporting->column_count; i++)
		meant += strcmp(zh, exporting->columns[i].name) == 0 ||
			 (exporting->columns[i].zh != NULL && strcmp(zh, exporting->columns[i].zh) == 0);
	return zh != NULL && meant == 1 && str_is(lang_of(exporting->house->call), "zh") ? str_from(zh)
											 : name;
}

static bool holds_numbers(const struct exporting *exporting, struct str name)
{
	int field = exporting->procedure == NULL ? -1 : procedure_field(exporting->procedure, name);

	if (field < 0)
		return str_is(name, "weight");
	switch (exporting->procedure->fields[field].type) {
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_PERCENT:
	case FIELD_HOURS:
		return true;
	default:
		return false;
	}
}

static void open_sheet(struct exporting *exporting, const struct str *names, size_t count)
{
	struct arena *arena = exporting->house->call->arena;
	struct sheet_column *columns = ARENA_TAKE(arena, count, struct sheet_column);

	for (size_t i = 0; i < count; i++) {
		columns[i].head = str_copy(arena, label_of(exporting, names[i]));
		columns[i].number = holds_numbers(exporting, names[i]);
	}
	exporting->failed = sheet_out_open(arena, columns, count, &exporting->out, &exporting->why);
}

static void put_sheet(void *context, const struct str *cells, size_t count)
{
	struct exporting *exporting = context;

	if (exporting->out != NULL)
		sheet_out_row(exporting->out, cells, count);
	else if (exporting->failed == ERR_OK)
		open_sheet(exporting, cells, count);
}

static enum err finish(struct exporting *exporting)
{
	struct call *call = exporting->house->call;

	if (exporting->failed != ERR_OK)
		return err_pass(&call->why, exporting->failed, exporting->why.place, &exporting->why);
	if (exporting->sheet)
		return sheet_out_finish(exporting->out, exporting->path, &call->why);
	return strcmp(exporting->path, "-") == 0
		       ? ERR_OK
		       : file_write_atomic(exporting->path, buf_str(&exporting->buf), &call->why);
}

/* ---- the institution ---- */

static enum err export_calendar(struct exporting *exporting)
{
	struct house *house = exporting->house;
	struct call *call = house->call;
	const struct calendar_day *days;
	size_t count;
	int64_t times;

	TRY(store_calendar_own(house->store, call->arena, &days, &count, &times, &call->why));
	calendar_table_write(&exporting->rows, days, count);
	return ERR_OK;
}

/* ---- matters ---- */

struct matters_out {
	struct exporting *exporting;
	struct matters_giving giving;
	struct bh_err *why;
};

static enum err put_matters(struct matters_out *out, const struct matter_line *lines, size_t count)
{
	/* The list has the newest first; what others are part of must come first. */
	for (size_t i = count; i > 0; i--) {
		TRY(matters_give(&out->giving, &out->exporting->rows, lines[i - 1].id, out->why));
		if (i % MATTERS_CHUNK == 1)
			arena_clear(out->giving.arena);
	}
	return ERR_OK;
}

static enum err export_matters(struct exporting *exporting)
{
	struct house *house = exporting->house;
	struct call *call = house->call;
	struct matter_filter filter = {.procedure = exporting->procedure->name, .limit = MATTERS_MAX};
	struct matters_out out = {.exporting = exporting,
		.giving = {&house->institution, house->store, exporting->procedure, NULL, arena_new()},
		.why = &call->why};
	struct matter_line *lines;
	size_t count;

	exporting->rows.arena = out.giving.arena;
	matter_table_write_head(&exporting->rows, exporting->procedure);
	enum err err = store_matter_list(house->store, call->arena, &filter, &lines, &count, &call->why);

	if (err == ERR_OK)
		err = put_matters(&out, lines, count);
	arena_free(out.giving.arena);
	return err;
}

/* Rows of a field, each under the number of its matter. */
static enum err export_rows(struct exporting *exporting, const struct field *field)
{
	struct house *house = exporting->house;
	struct call *call = house->call;
	struct matter_filter filter = {.procedure = exporting->procedure->name, .limit = MATTERS_MAX};
	struct matter_line *lines;
	size_t count;

	exporting->columns = NULL;
	rows_give_head(&exporting->rows, field);
	TRY(store_matter_list(house->store, call->arena, &filter, &lines, &count, &call->why));
	for (size_t i = count; i > 0; i--) {
		struct matter *matter;

		TRY(institution_matter(&house->institution, house->store, call->arena, lines[i - 1].id,
			&matter, &call->why));
		rows_give(&exporting->rows, field, house->institution.org, matter);
	}
	return ERR_OK;
}

/* ---- the command ---- */

static enum err find_procedure(struct exporting *exporting, const struct kind *kind)
{
	struct call *call = exporting->house->call;
	const struct definition *found;

	TRY(kind_definition(call->arena, kind, &exporting->house->institution,
		str_from(option_value(call, "procedure")), &found, &call->why));
	exporting->procedure = found->procedure;
	return ERR_OK;
}

static enum err write_rows(struct exporting *exporting, const struct kind *kind)
{
	struct call *call = exporting->house->call;

	switch (kind->of) {
	case KIND_OF_MATTERS:
		TRY(find_procedure(exporting, kind));
		exporting->columns =
			matter_table_columns(call->arena, exporting->procedure, &exporting->column_count);
		return export_matters(exporting);
	case KIND_OF_ROWS:
		TRY(find_procedure(exporting, kind));
		return export_rows(exporting, kind->rows(exporting->procedure));
	case KIND_OF_CALENDAR:
		exporting->columns = calendar_table_columns(&exporting->column_count);
		return export_calendar(exporting);
	default:
		exporting->columns = org_table_columns(kind->table, &exporting->column_count);
		org_table_write(&exporting->rows, exporting->house->institution.org, kind->table);
		return ERR_OK;
	}
}

static enum err write_out(struct house *house)
{
	struct call *call = house->call;
	struct exporting exporting = {.house = house, .buf = buf_new(call->arena)};
	const struct kind *kind;
	enum table_form form;

	TRY(kind_by_name(call->arena, str_from(call->arguments[1]), call->arguments[1], &kind, &call->why));
	if (kind->of == KIND_OF_RULES)
		return rule_files_export(house);
	if (kind->of == KIND_OF_FORM)
		return err_set(&call->why, ERR_INVALID, call->arguments[1],
			"a form for an appointment is made of its matter: bihuan lrmx-write");
	TRY(table_form_find(call, TABLE_CSV, &form));
	if (form != TABLE_CSV && form != TABLE_SHEET)
		return err_set(&call->why, ERR_INVALID, "--format", "what import reads is csv or xlsx");
	exporting.sheet = form == TABLE_SHEET;
	exporting.path = table_path(call);
	exporting.rows = (struct rows_out){call->arena, &exporting, exporting.sheet ? put_sheet : put_csv};
	if (option_given(call, "bom") && !exporting.sheet)
		buf_puts(&exporting.buf, "\xEF\xBB\xBF");
	enum err err = write_rows(&exporting, kind);

	if (err == ERR_OK)
		return finish(&exporting);
	if (exporting.out != NULL)
		sheet_out_abandon(exporting.out);
	return err;
}

enum err command_export(struct call *call)
{
	struct house house;

	TRY(house_open_to_read(call, &house));
	enum err err = write_out(&house);

	house_close(&house);
	return err;
}
