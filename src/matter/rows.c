/* rows.c: fields that hold rows: a list of attendance, a checklist. A row is an object of its columns'
 * values; the first column says what it is about, and no two rows are about the same. */
#include "matter/engine.h"

#include <stdio.h>

#define CELL_BYTES_MAX 500

/* Which row is at fault, before what its column says. */
static enum err row_fault(
	struct bh_err *reterr, const struct field *field, size_t row, const struct bh_err *why)
{
	struct bh_err line;

	(void)!err_set(&line, ERR_INVALID, "", "row %zu: ", row + 1);
	char en[sizeof line.text + sizeof why->text], zh[sizeof line.text_zh + sizeof why->text_zh];

	snprintf(en, sizeof en, "%s%s", line.text, why->text);
	snprintf(zh, sizeof zh, "%s%s", line.text_zh, why->text_zh);
	return err_set_both(reterr, ERR_INVALID, field->name.data, zh, en);
}

/* ---- one row ---- */

static enum err read_cells(struct arena *arena, const struct field *field, const struct org *org,
	struct str line, struct doc *row, struct bh_err *reterr)
{
	struct str cell;
	size_t i = 0;

	for (; str_cut(&line, '|', &cell); i++) {
		struct doc *value;

		if (i == field->column_count)
			return err_set(reterr, ERR_INVALID, field->name.data,
				"it has more cells than the %zu columns there are", field->column_count);
		cell = str_trim(cell);
		if (cell.size == 0)
			continue;
		TRY(field_value_read(arena, &field->columns[i], org, cell, &value, reterr));
		doc_set_str(arena, row, field->columns[i].name, value);
	}
	return ERR_OK;
}

static enum err take_cells(struct arena *arena, const struct field *field, const struct org *org,
	const struct doc *sent, struct doc *row, struct bh_err *reterr)
{
	if (sent->kind != DOC_OBJECT)
		return err_set(
			reterr, ERR_INVALID, field->name.data, "it must be an object: {column: value}");
	for (size_t i = 0; i < sent->count; i++) {
		const struct field *column = field_find(field->columns, field->column_count, sent->keys[i]);
		const struct doc *cell = &sent->items[i];
		struct doc *value;

		if (column == NULL)
			return err_set(reterr, ERR_INVALID, field->name.data, "there is no column %.*s here",
				STR_ARG(str_slice(sent->keys[i], 0, 64)));
		if (cell->kind == DOC_NULL || (cell->kind == DOC_TEXT && str_trim(cell->text).size == 0))
			continue;
		TRY(field_value_take(arena, column, org, cell, &value, reterr));
		doc_set_str(arena, row, column->name, value);
	}
	return ERR_OK;
}

/* What is typed in lines must be readable again, so a text has no sign of its own that parts cells or rows.
 */
static enum err check_cell(
	const struct field *column, const struct doc *value, const struct org *org, struct bh_err *reterr)
{
	TRY(field_value_check(column, value, org, reterr));
	if (value->kind == DOC_TEXT &&
		(value->text.size > CELL_BYTES_MAX || str_find(value->text, STR("|")) != SIZE_MAX ||
			str_find(value->text, STR("\n")) != SIZE_MAX))
		return err_set(reterr, ERR_INVALID, column->name.data,
			"a cell has at most %d bytes, and neither | nor a new line", CELL_BYTES_MAX);
	return ERR_OK;
}

static enum err check_cells(
	const struct field *field, const struct doc *row, const struct org *org, struct bh_err *reterr)
{
	if (row->kind != DOC_OBJECT)
		return err_set(
			reterr, ERR_INVALID, field->name.data, "it must be an object: {column: value}");
	for (size_t i = 0; i < row->count; i++) {
		const struct field *column = field_find(field->columns, field->column_count, row->keys[i]);

		if (column == NULL)
			return err_set(reterr, ERR_INVALID, field->name.data, "there is no column %.*s here",
				STR_ARG(str_slice(row->keys[i], 0, 64)));
		TRY(check_cell(column, &row->items[i], org, reterr));
	}
	for (size_t i = 0; i < field->column_count; i++)
		if (field->columns[i].required && doc_get_str(row, field->columns[i].name) == NULL)
			return err_set(reterr, ERR_INVALID, field->name.data,
				"the column %.*s must be filled in",
				STR_ARG(label_pick(
					field->columns[i].label, field->columns[i].name, STR("zh"))));
	return ERR_OK;
}

/* ---- all of them ---- */

enum err rows_check(
	const struct field *field, const struct doc *value, const struct org *org, struct bh_err *reterr)
{
	struct bh_err why;

	if (value->kind != DOC_LIST)
		return err_set(reterr, ERR_INVALID, field->name.data, "it must be a list");
	if (value->count > FIELD_ROWS_MAX)
		return err_set(
			reterr, ERR_RANGE, field->name.data, "it has more than %d rows", FIELD_ROWS_MAX);
	for (size_t i = 0; i < value->count; i++) {
		const struct doc *about;

		if (check_cells(field, &value->items[i], org, &why) != ERR_OK)
			return row_fault(reterr, field, i, &why);
		about = doc_get_str(&value->items[i], field->columns[0].name);
		for (size_t k = 0; k < i; k++)
			if (doc_equal(about, doc_get_str(&value->items[k], field->columns[0].name)))
				return err_set(reterr, ERR_INVALID, field->name.data,
					"rows %zu and %zu are about the same: keep one", k + 1, i + 1);
	}
	return ERR_OK;
}

enum err rows_read(struct arena *arena, const struct field *field, const struct org *org, struct str typed,
	struct doc **ret_value, struct bh_err *reterr)
{
	struct doc *list = doc_list(arena);
	struct str line;
	struct bh_err why;

	while (str_cut(&typed, '\n', &line)) {
		struct doc *row = doc_object(arena);

		if (str_trim(line).size == 0)
			continue;
		if (read_cells(arena, field, org, line, row, &why) != ERR_OK)
			return row_fault(reterr, field, list->count, &why);
		doc_push(arena, list, row);
	}
	*ret_value = list;
	return rows_check(field, list, org, reterr);
}

enum err rows_take(struct arena *arena, const struct field *field, const struct org *org,
	const struct doc *sent, struct doc **ret_value, struct bh_err *reterr)
{
	struct doc *list = doc_list(arena);
	struct bh_err why;

	for (size_t i = 0; i < sent->count; i++) {
		struct doc *row = doc_object(arena);

		if (take_cells(arena, field, org, &sent->items[i], row, &why) != ERR_OK)
			return row_fault(reterr, field, i, &why);
		doc_push(arena, list, row);
	}
	*ret_value = list;
	return rows_check(field, list, org, reterr);
}

struct str rows_print(struct arena *arena, const struct field *field, const struct doc *rows,
	const struct org *org, struct str lang)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < rows->count; i++) {
		const char *between = i == 0 ? "" : str_is(lang, "en") ? "; " : ";";

		for (size_t k = 0; k < field->column_count; k++) {
			const struct doc *value = doc_get_str(&rows->items[i], field->columns[k].name);

			if (value == NULL)
				continue;
			buf_puts(&buf, between);
			buf_put(&buf, field_value_print(arena, &field->columns[k], value, org, lang));
			between = " ";
		}
	}
	return buf_str(&buf);
}
