/* table.c: rows for people, for spreadsheets and for programs. */
#include "cli/call.h"

#include "exchange/file.h"
#include "exchange/sheet_write.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct column {
	const char *key, *zh, *en;
	size_t width;
};

struct table {
	struct call *call;
	enum table_form form;
	struct column *columns;
	size_t column_count, heads;
	struct cell {
		struct str text;
		enum { CELL_TEXT, CELL_NUMBER, CELL_TRUE, CELL_FALSE } kind;
	} * cells;
	size_t cell_count, cell_capacity;
};

const char *table_path(const struct call *call)
{
	const char *path = option_value(call, "out");

	return path == NULL ? "-" : path;
}

static enum err form_named(struct call *call, const char *value, enum table_form *ret_form)
{
	static const char *const names[] = {"table", "csv", "json", "xlsx"};
	static const enum table_form forms[] = {TABLE_TEXT, TABLE_CSV, TABLE_JSON, TABLE_SHEET};

	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (strcmp(value, names[i]) == 0) {
			*ret_form = forms[i];
			return ERR_OK;
		}
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这种格式", "there is no such format",
			name_list(call, "可用", names, ARRAY_COUNT(names)),
			name_list(call, "there are", names, ARRAY_COUNT(names))),
		str_from(value), names, ARRAY_COUNT(names));
}

enum err table_form_find(struct call *call, enum table_form usual, enum table_form *ret_form)
{
	const char *value = option_value(call, "format");
	struct str path = str_from(table_path(call));
	enum table_form form = call->json                ? TABLE_JSON
			       : str_ends(path, ".xlsx") ? TABLE_SHEET
			       : str_ends(path, ".csv")  ? TABLE_CSV
			       : str_ends(path, ".json") ? TABLE_JSON
							 : usual;

	if (value != NULL && !call->json)
		TRY(form_named(call, value, &form));
	if (form == TABLE_SHEET && str_is(path, "-") && isatty(STDOUT_FILENO) == 1)
		return err_set(&call->why, ERR_INVALID, "--format",
			"a spreadsheet goes into a file: name it with --out FILE.xlsx");
	*ret_form = form;
	return ERR_OK;
}

struct table *table_new(struct call *call, enum table_form form, size_t columns)
{
	struct table *table = ARENA_TAKE(call->arena, 1, struct table);

	table->call = call;
	table->form = call->json ? TABLE_JSON : form;
	table->columns = ARENA_TAKE(call->arena, columns, struct column);
	table->column_count = columns;
	return table;
}

void table_head(struct table *table, const char *key, const char *zh, const char *en)
{
	REQUIRE(table->heads < table->column_count);
	table->columns[table->heads++] = (struct column){.key = key, .zh = zh, .en = en};
}

static void put_cell(struct table *table, struct cell cell)
{
	*ARENA_PUSH(table->call->arena, table->cells, table->cell_count, table->cell_capacity) = cell;
}

void table_put(struct table *table, struct str text)
{
	put_cell(table, (struct cell){text, CELL_TEXT});
}

void table_number(struct table *table, int64_t number)
{
	put_cell(
		table, (struct cell){str_format(table->call->arena, "%lld", (long long)number), CELL_NUMBER});
}

void table_truth(struct table *table, bool truth)
{
	const char *word = truth ? say(table->call, "是", "yes") : say(table->call, "否", "no");

	put_cell(table, (struct cell){str_from(word), truth ? CELL_TRUE : CELL_FALSE});
}

static void pad(struct buf *buf, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		buf_put_char(buf, ' ');
}

/* Cells lie row by row; a table has a column, or nobody would have made one. */
static size_t column_of(const struct table *table, size_t cell)
{
	assert(table->column_count > 0);
	return cell % table->column_count;
}

static void print_text(struct table *table, struct buf *buf)
{
	size_t count = table->column_count;

	for (size_t i = 0; i < count; i++)
		table->columns[i].width =
			utf8_width(str_from(say(table->call, table->columns[i].zh, table->columns[i].en)));
	for (size_t i = 0; i < table->cell_count; i++) {
		size_t width = utf8_width(table->cells[i].text);
		struct column *column = &table->columns[column_of(table, i)];

		if (width > column->width)
			column->width = width;
	}
	for (size_t i = 0; i < count + table->cell_count; i++) {
		size_t column = column_of(table, i);
		struct str cell =
			i < count ? str_from(say(table->call, table->columns[i].zh, table->columns[i].en))
				  : table->cells[i - count].text;
		size_t room = table->columns[column].width - utf8_width(cell);
		bool right = i >= count && table->cells[i - count].kind == CELL_NUMBER;

		if (right)
			pad(buf, room);
		buf_put(buf, cell);
		if (column == count - 1) {
			buf_put_char(buf, '\n');
			continue;
		}
		if (!right)
			pad(buf, room);
		pad(buf, 2);
	}
}

static void print_json(struct table *table, struct buf *buf)
{
	struct json_out out = json_out_new(buf);

	json_out_open(&out, '[');
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct column *column = &table->columns[column_of(table, i)];
		int64_t number;

		if (column_of(table, i) == 0)
			json_out_open(&out, '{');
		json_out_key(&out, column->key);
		const struct cell *cell = &table->cells[i];

		if (cell->kind == CELL_TRUE || cell->kind == CELL_FALSE)
			json_out_bool(&out, cell->kind == CELL_TRUE);
		else if (cell->kind == CELL_NUMBER && str_to_int(cell->text, &number))
			json_out_int(&out, number);
		else
			json_out_text(&out, cell->text);
		if (column_of(table, i) == table->column_count - 1)
			json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	buf_put_char(buf, '\n');
}

static void print_csv(struct table *table, struct buf *buf)
{
	struct str *row = ARENA_TAKE(table->call->arena, table->column_count, struct str);

	for (size_t i = 0; i < table->column_count; i++)
		row[i] = str_from(table->columns[i].key);
	csv_put_row(buf, row, table->column_count);
	for (size_t i = 0; i < table->cell_count; i++) {
		row[column_of(table, i)] = table->cells[i].text;
		if (column_of(table, i) == table->column_count - 1)
			csv_put_row(buf, row, table->column_count);
	}
}

static enum err write_sheet(struct table *table)
{
	struct call *call = table->call;
	struct sheet_column *columns = ARENA_TAKE(call->arena, table->column_count, struct sheet_column);
	struct str *row = ARENA_TAKE(call->arena, table->column_count, struct str);
	struct sheet_out *out;

	for (size_t i = 0; i < table->column_count; i++)
		columns[i] = (struct sheet_column){
			.head = str_from(say(call, table->columns[i].zh, table->columns[i].en)),
			.lamp = strcmp(table->columns[i].key, "lamp") == 0};
	for (size_t i = 0; i < table->cell_count; i++)
		if (table->cells[i].kind == CELL_NUMBER)
			columns[column_of(table, i)].number = true;
	TRY(sheet_out_open(call->arena, columns, table->column_count, &out, &call->why));
	for (size_t i = 0; i < table->cell_count; i++) {
		row[column_of(table, i)] = table->cells[i].text;
		if (column_of(table, i) == table->column_count - 1)
			sheet_out_row(out, row, table->column_count);
	}
	return sheet_out_finish(out, table_path(call), &call->why);
}

enum err table_print(struct table *table)
{
	struct call *call = table->call;
	struct buf buf = buf_new(call->arena);
	enum table_form form;

	REQUIRE(table->heads == table->column_count && table->cell_count % table->column_count == 0);
	TRY(table_form_find(call, table->form, &form));
	if (form == TABLE_SHEET)
		return write_sheet(table);
	if (form == TABLE_JSON)
		print_json(table, &buf);
	else if (form == TABLE_CSV)
		print_csv(table, &buf);
	else
		print_text(table, &buf);
	if (strcmp(table_path(call), "-") != 0)
		return file_write_atomic(table_path(call), buf_str(&buf), &call->why);
	fwrite(buf.data, 1, buf.size, stdout);
	return ERR_OK;
}
