/* import_tell.c: what is told of a file that is imported: its columns, what is left out, what is wrong. */
#include "cli/import_tell.h"

#include <string.h>

/* A column that has our name or label already needs no telling. */
static bool is_guessed(const struct intake *intake, size_t i)
{
	const struct csv_table *table = intake->table;

	if (table->heads[i].size == 0)
		return false;
	for (size_t j = 0; j < intake->columns.count; j++) {
		const struct csv_column *column = &intake->columns.columns[j];

		if (str_is(table->columns[i], column->name))
			return !str_is(table->heads[i], column->name) &&
			       (column->zh == NULL || !str_is(table->heads[i], column->zh));
	}
	return table->columns[i].size == 0;
}

static void tell_column(const struct call *call, const struct intake *intake, size_t i, FILE *to)
{
	const struct csv_table *table = intake->table;
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

void import_tell(const struct call *call, const struct intake *intake, bool all, FILE *to)
{
	const struct csv_table *table = intake->table;

	for (size_t i = 0; table != NULL && table->heads != NULL && i < table->column_count; i++)
		if (is_guessed(intake, i) || (all && table->sheet.size > 0 && table->heads[i].size > 0))
			tell_column(call, intake, i, to);
	for (size_t i = 0; i < intake->notes.count; i++)
		fprintf(to, "%s\n", csv_error_say(call->arena, &intake->notes, i, lang_of(call)).data);
}

void import_tell_json(const struct intake *intake, struct json_out *out)
{
	const struct csv_table *table = intake->table;

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
	for (size_t i = 0; i < intake->notes.count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "place", csv_error_place(intake->arena, &intake->notes, i));
		json_out_field_text(out, "text", intake->notes.items[i].text);
		json_out_field_text(out, "text_zh", intake->notes.items[i].text_zh);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

void import_tell_errors(const struct call *call, const struct intake *intake, FILE *to)
{
	import_tell(call, intake, option_given(call, "dry-run"), to);
	for (size_t i = 0; i < intake->errors.count; i++)
		fprintf(to, "%s\n", csv_error_say(call->arena, &intake->errors, i, lang_of(call)).data);
	if (intake->errors.left_out > 0)
		fprintf(to, say(call, "另有 %zu 处\n", "and %zu more\n"), intake->errors.left_out);
}

void import_tell_errors_json(const struct intake *intake)
{
	struct buf buf = buf_new(intake->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_text(&out, "file", intake->errors.file);
	json_out_key(&out, "errors");
	json_out_open(&out, '[');
	for (size_t i = 0; i < intake->errors.count; i++) {
		const struct csv_error *error = &intake->errors.items[i];

		json_out_open(&out, '{');
		json_out_field_text(&out, "place", csv_error_place(intake->arena, &intake->errors, i));
		json_out_field_int(&out, "line", (int64_t)error->line);
		json_out_field_int(&out, "cell", (int64_t)error->column);
		json_out_field_text(&out, "column", csv_error_column(&intake->errors, i));
		json_out_field_text(&out, "text", error->text);
		json_out_field_text(&out, "text_zh", error->text_zh);
		json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	json_out_field_int(&out, "left_out", (int64_t)intake->errors.left_out);
	import_tell_json(intake, &out);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}
