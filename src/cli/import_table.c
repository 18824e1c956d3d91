/* import_table.c: the file of an import as a table, whether it is csv or a spreadsheet, and which of its
 * columns is which of ours. */
#include "cli/import.h"

#include "exchange/file.h"
#include "exchange/sheet_table.h"

#include <string.h>

/* ---- the file ---- */

static enum err read_workbook(struct import *import)
{
	struct call *call = import->call;
	struct bh_err why = {0};
	enum err err = workbook_read(call->arena, import->text, &import->workbook, &why);
	const char *path = call->arguments[2];

	if (err == ERR_OK)
		return ERR_OK;
	return err_pass(&call->why, err,
		why.place[0] == '\0' ? path : str_format(call->arena, "%s:%s", path, why.place).data, &why);
}

enum err import_file_read(struct import *import)
{
	struct call *call = import->call;
	const char *path = call->arguments[2];

	TRY(file_read(call->arena, path, CSV_SIZE_MAX, &import->text, &call->why));
	import->form = csv_errors_new(call->arena, str_from(path));
	import->notes = csv_errors_new(call->arena, str_from(path));
	/* A spreadsheet is read before the house is open: its reader is forked, and takes nothing along. */
	if (workbook_is_one(import->text))
		return read_workbook(import);
	if (str_starts(import->text, "\xD0\xCF\x11\xE0"))
		return err_set(&call->why, ERR_INVALID, path,
			"this is a spreadsheet in the form of 2003 (.xls, .et) or with a password: save it "
			"as .xlsx without one");
	import->csv = csv_read(call->arena, import->text, &import->form);
	return ERR_OK;
}

/* ---- the table ---- */

static enum err read_ask(struct import *import)
{
	struct call *call = import->call;
	struct column_ask *ask = &import->ask;
	const char *said[OPTIONS_MAX], *sheet = option_value(call, "sheet");
	size_t count = option_values(call, "column", said, ARRAY_COUNT(said));
	struct column_choice *choices = ARENA_TAKE(call->arena, count + 1, struct column_choice);

	TRY(import->way->columns(import, &ask->columns, &ask->count));
	for (size_t i = 0; i < count; i++)
		TRY(column_choice_parse(
			call->arena, str_from(said[i]), ask->columns, ask->count, &choices[i], &call->why));
	ask->choices = choices;
	ask->choice_count = count;
	ask->sheet = str_from(sheet);
	if (sheet != NULL && import->workbook == NULL)
		return err_set(&call->why, ERR_INVALID, "--sheet", "a csv file has no sheets");
	return ERR_OK;
}

enum err import_table_make(struct import *import)
{
	struct csv_table *table = NULL;

	TRY(read_ask(import));
	if (import->workbook != NULL) {
		table = sheet_table_read(import->workbook, &import->ask, &import->form, &import->notes);
	} else {
		table = ARENA_TAKE(import->call->arena, 1, struct csv_table);
		*table = *import->csv;
		csv_columns_choose(&import->ask, table, &import->form);
		import->form.table = table;
	}
	import->csv = table;
	return ERR_OK;
}

/* ---- what is told of it ---- */

/* A column that has our name or label already needs no telling. */
static bool is_guessed(const struct import *import, size_t i)
{
	const struct csv_table *table = import->csv;

	if (table->heads[i].size == 0)
		return false;
	for (size_t j = 0; j < import->ask.count; j++) {
		const struct csv_column *column = &import->ask.columns[j];

		if (str_is(table->columns[i], column->name))
			return !str_is(table->heads[i], column->name) &&
			       (column->zh == NULL || !str_is(table->heads[i], column->zh));
	}
	return table->columns[i].size == 0;
}

static void tell_column(const struct import *import, size_t i, FILE *to)
{
	const struct call *call = import->call;
	const struct csv_table *table = import->csv;
	struct str letters = table->sheet.size == 0
				     ? str_format(call->arena, "%zu", i + 1)
				     : sheet_letters(call->arena, table->first_column + (uint32_t)i);

	if (table->columns[i].size > 0)
		fprintf(to, say(call, "%.*s 列“%.*s” → %.*s\n", "column %.*s %.*s → %.*s\n"),
			STR_ARG(letters), STR_ARG(table->heads[i]), STR_ARG(table->columns[i]));
	else
		fprintf(to, say(call, "%.*s 列“%.*s”不读入\n", "column %.*s %.*s is left out\n"),
			STR_ARG(letters), STR_ARG(table->heads[i]));
}

void import_table_tell(const struct import *import, bool all, FILE *to)
{
	const struct call *call = import->call;
	const struct csv_table *table = import->csv;

	for (size_t i = 0; table != NULL && table->heads != NULL && i < table->column_count; i++)
		if (is_guessed(import, i) || (all && table->sheet.size > 0 && table->heads[i].size > 0))
			tell_column(import, i, to);
	for (size_t i = 0; i < import->notes.count; i++)
		fprintf(to, "%s\n", csv_error_say(call->arena, &import->notes, i, lang_of(call)).data);
}

void import_table_tell_json(const struct import *import, struct json_out *out)
{
	const struct csv_table *table = import->csv;

	json_out_key(out, "columns");
	json_out_open(out, '[');
	for (size_t i = 0; table != NULL && table->heads != NULL && i < table->column_count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "header", table->heads[i]);
		json_out_field_text(out, "column", table->columns[i]);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_key(out, "notes");
	json_out_open(out, '[');
	for (size_t i = 0; i < import->notes.count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "place", csv_error_place(import->call->arena, &import->notes, i));
		json_out_field_text(out, "text", import->notes.items[i].text);
		json_out_field_text(out, "text_zh", import->notes.items[i].text_zh);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}
