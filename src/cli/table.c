/* table.c: rows for people, for spreadsheets and for programs. */
#include "cli/call.h"

#include "exchange/csv.h"

#include <stdio.h>
#include <string.h>

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

static void pad(size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		putchar(' ');
}

static void print_text(struct table *table)
{
	size_t count = table->column_count;

	for (size_t i = 0; i < count; i++)
		table->columns[i].width =
			utf8_width(str_from(say(table->call, table->columns[i].zh, table->columns[i].en)));
	for (size_t i = 0; i < table->cell_count; i++) {
		size_t width = utf8_width(table->cells[i].text);

		if (width > table->columns[i % count].width)
			table->columns[i % count].width = width;
	}
	for (size_t i = 0; i < count + table->cell_count; i++) {
		size_t column = i % count;
		struct str cell =
			i < count ? str_from(say(table->call, table->columns[i].zh, table->columns[i].en))
				  : table->cells[i - count].text;
		size_t room = table->columns[column].width - utf8_width(cell);
		bool right = i >= count && table->cells[i - count].kind == CELL_NUMBER;

		if (right)
			pad(room);
		printf("%.*s", STR_ARG(cell));
		if (column == count - 1) {
			putchar('\n');
			continue;
		}
		if (!right)
			pad(room);
		pad(2);
	}
}

static void print_json(struct table *table)
{
	struct buf buf = buf_new(table->call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '[');
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct column *column = &table->columns[i % table->column_count];
		int64_t number;

		if (i % table->column_count == 0)
			json_out_open(&out, '{');
		json_out_key(&out, column->key);
		const struct cell *cell = &table->cells[i];

		if (cell->kind == CELL_TRUE || cell->kind == CELL_FALSE)
			json_out_bool(&out, cell->kind == CELL_TRUE);
		else if (cell->kind == CELL_NUMBER && str_to_int(cell->text, &number))
			json_out_int(&out, number);
		else
			json_out_text(&out, cell->text);
		if (i % table->column_count == table->column_count - 1)
			json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	printf("%s\n", buf_str(&buf).data);
}

static void print_csv(struct table *table)
{
	struct buf buf = buf_new(table->call->arena);
	struct str *row = ARENA_TAKE(table->call->arena, table->column_count, struct str);

	for (size_t i = 0; i < table->column_count; i++)
		row[i] = str_from(table->columns[i].key);
	csv_put_row(&buf, row, table->column_count);
	for (size_t i = 0; i < table->cell_count; i++) {
		row[i % table->column_count] = table->cells[i].text;
		if (i % table->column_count == table->column_count - 1)
			csv_put_row(&buf, row, table->column_count);
	}
	fwrite(buf.data, 1, buf.size, stdout);
}

void table_print(struct table *table)
{
	REQUIRE(table->heads == table->column_count && table->cell_count % table->column_count == 0);
	if (table->form == TABLE_JSON)
		print_json(table);
	else if (table->form == TABLE_CSV)
		print_csv(table);
	else
		print_text(table);
}
