/* table.c: the file as a table, whether it is csv or a spreadsheet, and which of its columns is which of
 * ours. */
#include "exchange/calendar_table.h"
#include "exchange/sheet_table.h"
#include "intake/ways.h"

#define REMEMBERED_MAX 200 /* headers, of one kind of file */

/* ---- the file ---- */

static enum err read_workbook(
	struct arena *arena, struct str bytes, struct intake_file *file, struct bh_err *reterr)
{
	struct bh_err why = {0};
	enum err err = workbook_read(arena, bytes, &file->workbook, &why);

	if (err == ERR_OK)
		return ERR_OK;
	return err_pass(reterr, err,
		why.place[0] == '\0' ? file->name.data
				     : str_format(arena, "%.*s:%s", STR_ARG(file->name), why.place).data,
		&why);
}

static enum err read_lrmx(
	struct arena *arena, struct str bytes, struct intake_file *file, struct bh_err *reterr)
{
	struct bh_err why;

	file->lrmx = ARENA_TAKE(arena, 1, struct lrmx);
	enum err err = lrmx_read(arena, bytes, file->lrmx, &why);

	return err == ERR_OK
		       ? ERR_OK
		       : err_pass(reterr, err,
				 str_format(arena, "%.*s: %s", STR_ARG(file->name), why.place).data, &why);
}

/* No table begins with a tag. */
static bool lrmx_is_one(struct str bytes)
{
	return str_starts(bytes, "\xEF\xBB\xBF<") || str_starts(bytes, "<");
}

enum err intake_file_read(struct arena *arena, struct str name, struct str bytes,
	struct intake_file *ret_file, struct bh_err *reterr)
{
	*ret_file = (struct intake_file){.name = str_copy(arena, name)};
	ret_file->form = csv_errors_new(arena, ret_file->name);
	if (workbook_is_one(bytes))
		return read_workbook(arena, bytes, ret_file, reterr);
	if (str_starts(bytes, "\xD0\xCF\x11\xE0"))
		return err_set(reterr, ERR_INVALID, ret_file->name.data,
			"this is a spreadsheet in the form of 2003 (.xls, .et) or with a password: save it "
			"as .xlsx without one");
	if (lrmx_is_one(bytes))
		return read_lrmx(arena, bytes, ret_file, reterr);
	ret_file->csv = csv_read(arena, bytes, &ret_file->form);
	return ERR_OK;
}

/* ---- what is said of its columns ---- */

/* A file of this kind: of matters it is the procedure that counts. */
static struct str kind_name(const struct intake *intake)
{
	return intake->ask.kind->of != KIND_OF_MATTERS
		       ? str_from(intake->ask.kind->name)
		       : str_format(intake->arena, "matters:%.*s", STR_ARG(intake->procedure->name));
}

static enum err remembered(const struct intake *intake, struct doc **ret_choices, struct bh_err *reterr)
{
	struct str text;

	*ret_choices = doc_list(intake->arena);
	if (intake->ask.person == 0 || intake->ask.forget)
		return ERR_OK;
	TRY(store_import_choice_get(
		intake->ask.store, intake->arena, intake->ask.person, kind_name(intake), &text, reterr));
	return text.size == 0 ? ERR_OK : doc_read_canonical(intake->arena, text, ret_choices, reterr);
}

static bool is_column(const struct column_ask *ask, struct str name)
{
	for (size_t i = 0; i < ask->count; i++)
		if (str_is(name, ask->columns[i].name))
			return true;
	return str_is(name, "-");
}

static enum err read_choices(struct intake *intake, struct bh_err *reterr)
{
	struct column_ask *columns = &intake->columns;
	struct doc *before;

	TRY(remembered(intake, &before, reterr));
	struct column_choice *choices =
		ARENA_TAKE(intake->arena, intake->ask.choice_count + before->count + 1, struct column_choice);

	for (size_t i = 0; i < intake->ask.choice_count; i++)
		TRY(column_choice_parse(intake->arena, intake->ask.choices[i], columns->columns,
			columns->count, &choices[columns->choice_count++], reterr));
	/* A definition that has changed since may have no such column any more. */
	for (size_t i = 0; i < before->count; i++)
		if (is_column(columns, doc_get_text(&before->items[i], "column")))
			choices[columns->choice_count++] =
				(struct column_choice){.name = doc_get_text(&before->items[i], "column"),
					.header = doc_get_text(&before->items[i], "header"),
					.remembered = true};
	columns->choices = choices;
	return ERR_OK;
}

/* Was anything said of the same header before it? */
static bool is_said_before(const struct column_ask *columns, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (str_equal(columns->choices[i].header, columns->choices[at].header))
			return true;
	return false;
}

void table_remember(struct intake *intake)
{
	const struct column_ask *columns = &intake->columns;
	struct doc *all = doc_list(intake->arena);

	if (intake->ask.choice_count == 0 || intake->ask.person == 0)
		return;
	for (size_t i = 0; i < columns->choice_count && all->count < REMEMBERED_MAX; i++) {
		struct doc *one = doc_object(intake->arena);

		if (is_said_before(columns, i))
			continue;
		doc_set(intake->arena, one, "header", doc_text(intake->arena, columns->choices[i].header));
		doc_set(intake->arena, one, "column", doc_text(intake->arena, columns->choices[i].name));
		doc_push(intake->arena, all, one);
	}
	intake->remember = ARENA_TAKE(intake->arena, 1, struct import_choice);
	*intake->remember = (struct import_choice){.person = intake->ask.person,
		.kind = kind_name(intake),
		.choices = doc_print(intake->arena, all)};
}

/* ---- the table ---- */

static void find_columns(struct intake *intake)
{
	struct column_ask *columns = &intake->columns;

	switch (intake->ask.kind->of) {
	case KIND_OF_MATTERS:
		columns->columns = matter_table_columns(intake->arena, intake->procedure, &columns->count);
		return;
	case KIND_OF_ROWS:
		columns->columns = rows_of_matters_columns(intake, &columns->count);
		return;
	case KIND_OF_CALENDAR:
		columns->columns = calendar_table_columns(&columns->count);
		return;
	default:
		columns->columns = org_table_columns(intake->ask.kind->table, &columns->count);
	}
}

enum err table_make(struct intake *intake, struct bh_err *reterr)
{
	const struct intake_file *file = intake->ask.file;

	find_columns(intake);
	if ((file->lrmx != NULL) != (intake->ask.kind->of == KIND_OF_FORM))
		return err_set(reterr, ERR_INVALID, "kind",
			file->lrmx == NULL ? "this is no form for an appointment (lrmx)"
					   : "this is a form for an appointment: import it as lrmx");
	if (intake->ask.lines != NULL && file->lrmx == NULL)
		return err_set(reterr, ERR_INVALID, "lines", "lines are chosen of a form for an appointment");
	if (file->lrmx != NULL) {
		form_make(intake, file->lrmx);
		return ERR_OK;
	}
	TRY(read_choices(intake, reterr));
	intake->columns.sheet = intake->ask.sheet;
	if (intake->ask.sheet.size > 0 && file->workbook == NULL)
		return err_set(reterr, ERR_INVALID, "--sheet", "a csv file has no sheets");
	csv_errors_join(&intake->errors, &file->form);
	if (file->workbook != NULL) {
		intake->table =
			sheet_table_read(file->workbook, &intake->columns, &intake->errors, &intake->notes);
		return ERR_OK;
	}
	if (file->csv == NULL)
		return ERR_OK;
	intake->table = ARENA_TAKE(intake->arena, 1, struct csv_table);
	*intake->table = *file->csv;
	intake->table->columns = ARENA_TAKE(intake->arena, file->csv->column_count + 1, struct str);
	for (size_t i = 0; i < file->csv->column_count; i++)
		intake->table->columns[i] = file->csv->columns[i];
	csv_columns_choose(&intake->columns, intake->table, &intake->errors);
	intake->errors.table = intake->table;
	return ERR_OK;
}
