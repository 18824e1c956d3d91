#include "exchange/csv.h"

#include "base/words.h"
#include "exchange/charset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ERRORS_MAX 10000
/* What a spreadsheet takes for the beginning of a formula, or strips before looking for one. */
#define FORMULA_SIGNS "=+-@\t\r\n"

struct csv_errors csv_errors_new(struct arena *arena, struct str file)
{
	return (struct csv_errors){.arena = arena, .file = file};
}

void csv_error_add_list(
	struct csv_errors *errors, size_t line, size_t column, const char *format, va_list args)
{
	char text[512], text_zh[512];

	if (errors->count == ERRORS_MAX) {
		errors->left_out++;
		return;
	}
	words_print(text, text_zh, sizeof text, format, args);
	*ARENA_PUSH(errors->arena, errors->items, errors->count, errors->capacity) =
		(struct csv_error){.line = line,
			.column = column,
			.text = str_copy(errors->arena, str_from(text)),
			.text_zh = str_copy(errors->arena, str_from(text_zh))};
}

void csv_error_add(struct csv_errors *errors, size_t line, size_t column, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	csv_error_add_list(errors, line, column, format, args);
	va_end(args);
}

void csv_error_pass(struct csv_errors *errors, size_t line, size_t column, const struct bh_err *why)
{
	size_t before = errors->count;

	csv_error_add(errors, line, column, "%s", why->text);
	if (errors->count > before)
		errors->items[before].text_zh = str_copy(errors->arena, str_from(why->text_zh));
}

void csv_errors_join(struct csv_errors *errors, const struct csv_errors *more)
{
	for (size_t i = 0; i < more->count && errors->count < ERRORS_MAX; i++)
		*ARENA_PUSH(errors->arena, errors->items, errors->count, errors->capacity) = more->items[i];
	errors->left_out += more->left_out;
}

struct str csv_error_column(const struct csv_errors *errors, size_t i)
{
	const struct csv_table *table = errors->table;
	size_t column = errors->items[i].column;

	return table != NULL && column >= 1 && column <= table->column_count ? table->columns[column - 1]
									     : STR("");
}

struct str csv_error_print(struct arena *arena, const struct csv_errors *errors, size_t i)
{
	return csv_error_say(arena, errors, i, STR("en"));
}

struct str sheet_letters(struct arena *arena, uint32_t column)
{
	char letters[8];
	size_t at = sizeof letters;

	for (; column > 0 && at > 0; column = (column - 1) / 26)
		letters[--at] = (char)('A' + (column - 1) % 26);
	return str_copy(arena, (struct str){letters + at, sizeof letters - at});
}

struct str csv_error_place(struct arena *arena, const struct csv_errors *errors, size_t i)
{
	const struct csv_table *table = errors->table;
	const struct csv_error *error = &errors->items[i];
	bool named = table != NULL && error->column >= 1 && error->column <= table->column_count;
	struct str column = !named                 ? STR("")
			    : table->heads != NULL ? table->heads[error->column - 1]
						   : table->columns[error->column - 1];

	if (table != NULL && table->sheet.size > 0)
		return str_format(arena, "%.*s!%s%zu", STR_ARG(table->sheet),
			error->column == 0
				? ""
				: sheet_letters(arena, table->first_column + (uint32_t)error->column - 1)
					  .data,
			error->line);
	if (column.size > 0)
		return str_format(arena, "%zu:%.*s", error->line, STR_ARG(column));
	return error->column >= 1 ? str_format(arena, "%zu:%zu", error->line, error->column)
				  : str_format(arena, "%zu", error->line);
}

struct str csv_error_say(struct arena *arena, const struct csv_errors *errors, size_t i, struct str lang)
{
	const struct csv_error *error = &errors->items[i];

	return str_format(arena, "%.*s:%.*s: %.*s", STR_ARG(errors->file),
		STR_ARG(csv_error_place(arena, errors, i)),
		STR_ARG(str_is(lang, "zh") ? error->text_zh : error->text));
}

static int compare_errors(const void *a, const void *b)
{
	const struct csv_error *left = a, *right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return left->column < right->column ? -1 : left->column > right->column;
}

void csv_errors_sort(struct csv_errors *errors)
{
	if (errors->count > 1)
		qsort(errors->items, errors->count, sizeof *errors->items, compare_errors);
}

/* ---- cells ---- */

struct csv_scan {
	struct arena *arena;
	struct str text;
	size_t at, line;
	struct csv_errors *errors;
	bool failed; /* a quote left open: nothing after it can be trusted */
	bool bare;   /* no cell of this row had quotes or anything in it */
};

static bool at_end(const struct csv_scan *scan)
{
	return scan->at >= scan->text.size;
}

static char here(const struct csv_scan *scan)
{
	return at_end(scan) ? '\0' : scan->text.data[scan->at];
}

/* Over CRLF, LF or CR, each of which is one line. */
static bool skip_break(struct csv_scan *scan)
{
	if (here(scan) != '\r' && here(scan) != '\n')
		return false;
	bool pair =
		here(scan) == '\r' && scan->at + 1 < scan->text.size && scan->text.data[scan->at + 1] == '\n';

	scan->at += pair ? 2 : 1;
	scan->line++;
	return true;
}

static bool is_cell_end(const struct csv_scan *scan)
{
	return at_end(scan) || here(scan) == ',' || here(scan) == '\n' || here(scan) == '\r';
}

/* Something stands behind the closing quote. In one line that is a slip; over several a quote is missing
 * somewhere, and nothing that follows is what it looks like. */
static void refuse_rest(struct csv_scan *scan, size_t start_line, size_t column)
{
	csv_error_add(scan->errors, start_line, column,
		"the quote that opens here closes in line %zu with more behind it: a quote inside a cell is "
		"written twice",
		scan->line);
	scan->failed = scan->line != start_line;
	while (!is_cell_end(scan))
		scan->at++;
}

/* A cell in quotes; the scan stands behind the opening one. */
static struct str scan_quoted(struct csv_scan *scan, size_t column)
{
	struct buf buf = buf_new(scan->arena);
	size_t start_line = scan->line;

	while (!at_end(scan)) {
		size_t from = scan->at;

		if (skip_break(scan)) {
			buf_put(&buf, str_slice(scan->text, from, scan->at - from));
			continue;
		}
		scan->at++;
		if (scan->text.data[from] != '"') {
			buf_put_char(&buf, scan->text.data[from]);
		} else if (here(scan) == '"') {
			buf_put_char(&buf, '"');
			scan->at++;
		} else {
			if (!is_cell_end(scan))
				refuse_rest(scan, start_line, column);
			return buf_str(&buf);
		}
	}
	csv_error_add(scan->errors, start_line, column,
		"a quote is opened here and never closed: the rest of the file can't be read");
	scan->failed = true;
	return STR("");
}

static struct str scan_plain(struct csv_scan *scan, size_t column)
{
	size_t start = scan->at;
	bool quote = false;

	for (; !is_cell_end(scan); scan->at++)
		quote = quote || here(scan) == '"';
	if (quote)
		csv_error_add(scan->errors, scan->line, column,
			"a quote stands in a cell that doesn't begin with one: put the cell into quotes, and "
			"write the quotes in it twice");
	return str_trim(str_slice(scan->text, start, scan->at - start));
}

static void check_controls(struct csv_scan *scan, size_t line, size_t column, struct str cell)
{
	for (size_t i = 0; i < cell.size; i++) {
		unsigned char c = (unsigned char)cell.data[i];

		if (c < ' ' && c != '\n' && c != '\t' && c != '\r') {
			csv_error_add(scan->errors, line, column,
				"a control character (byte %u) stands in this cell", c);
			return;
		}
	}
}

/* How many apostrophes stand before a sign that a spreadsheet would run, or SIZE_MAX when none of it is
 * there. A wide sign counts as well. */
static size_t marks_before_formula(struct str cell)
{
	size_t marks = 0;

	while (marks < cell.size && cell.data[marks] == '\'')
		marks++;
	struct str rest = str_slice(cell, marks, cell.size);
	bool formula = rest.size > 0 &&
		       (strchr(FORMULA_SIGNS, rest.data[0]) != NULL || str_starts(rest, "＝") ||
			       str_starts(rest, "＋") || str_starts(rest, "－") || str_starts(rest, "＠"));

	return formula ? marks : SIZE_MAX;
}

static struct str scan_cell(struct csv_scan *scan, size_t column)
{
	size_t line = scan->line;
	bool quoted = here(scan) == '"';
	struct str cell;

	if (quoted)
		scan->at++;
	cell = quoted ? scan_quoted(scan, column) : scan_plain(scan, column);
	check_controls(scan, line, column, cell);
	scan->bare = scan->bare && !quoted && cell.size == 0;
	size_t marks = marks_before_formula(cell);

	return marks != SIZE_MAX && marks > 0 ? str_slice(cell, 1, cell.size) : cell;
}

/* ---- rows ---- */

struct cells {
	struct str *items;
	size_t count, capacity;
};

/* One row; false at the end, or when the rest can't be read. */
static bool scan_row(struct csv_scan *scan, struct cells *cells, size_t *ret_line)
{
	do {
		if (scan->failed || at_end(scan))
			return false;
		*ret_line = scan->line;
		cells->count = 0;
		scan->bare = true;
		do {
			struct str cell = scan_cell(scan, cells->count + 1);

			*ARENA_PUSH(scan->arena, cells->items, cells->count, cells->capacity) = cell;
			if (scan->failed || cells->count > CSV_COLUMNS_MAX)
				return !scan->failed;
		} while (here(scan) == ',' && ++scan->at);
		(void)skip_break(scan);
	} while (scan->bare);
	return true;
}

static void check_header(const struct csv_table *table, size_t line, struct csv_errors *errors)
{
	if (table->column_count == 1 &&
		(memchr(table->columns[0].data, '\t', table->columns[0].size) != NULL ||
			memchr(table->columns[0].data, ';', table->columns[0].size) != NULL))
		csv_error_add(errors, line, 1,
			"the columns aren't separated by commas: save the table as CSV (comma separated)");
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->columns[i].size == 0)
			csv_error_add(errors, line, i + 1, "this column has no name");
		for (size_t j = 0; j < i; j++)
			if (table->columns[i].size > 0 && str_equal(table->columns[i], table->columns[j]))
				csv_error_add(errors, line, i + 1, "the column '%.*s' stands here twice",
					STR_ARG(table->columns[i]));
	}
}

/* Columns at the right that have no name: a spreadsheet writes them when a cell there was once used. */
static size_t count_named(const struct cells *header)
{
	size_t count = header->count;

	while (count > 1 && header->items[count - 1].size == 0)
		count--;
	return count;
}

/* The cells of a row without those that stand under no name and hold nothing. */
static size_t count_used(const struct cells *cells, size_t named)
{
	size_t count = cells->count;

	while (count > named && cells->items[count - 1].size == 0)
		count--;
	return count;
}

static struct str *copy_cells(struct arena *arena, const struct cells *cells, size_t count)
{
	struct str *copy = ARENA_TAKE(arena, count, struct str);

	memcpy(copy, cells->items, count * sizeof *copy);
	return copy;
}

static void read_rows(struct csv_scan *scan, struct csv_table *table, struct cells *cells, size_t width)
{
	size_t line;

	while (scan_row(scan, cells, &line)) {
		/* Only where the header has nameless columns too may a row have them. */
		size_t count = cells->count == width ? count_used(cells, table->column_count) : cells->count;

		if (count == table->column_count)
			*ARENA_PUSH(scan->arena, table->rows, table->row_count, table->row_capacity) =
				(struct csv_row){
					.line = line, .cells = copy_cells(scan->arena, cells, count)};
		else
			csv_error_add(scan->errors, line, 0, "cells in the row: %zu; columns: %zu",
				cells->count, width);
	}
}

struct csv_table *csv_read(struct arena *arena, struct str text, struct csv_errors *errors)
{
	struct csv_table *table = ARENA_TAKE(arena, 1, struct csv_table);
	struct csv_scan scan = {.arena = arena, .line = 1, .errors = errors};
	struct cells cells = {0};
	size_t line = 1, before = errors->count;

	if (text.size > CSV_SIZE_MAX) {
		csv_error_add(errors, 1, 0, "the file has more than 256 MiB");
		return NULL;
	}
	const char *why = charset_decode(arena, text, &scan.text, &line);

	if (why != NULL) {
		csv_error_add(errors, line, 0, "%s", why);
		return NULL;
	}
	if (!scan_row(&scan, &cells, &line)) {
		if (errors->count == before)
			csv_error_add(errors, 1, 0, "the file is empty: its first row names the columns");
		return NULL;
	}
	if (cells.count > CSV_COLUMNS_MAX) {
		csv_error_add(errors, line, 0, "there are more than %d columns", CSV_COLUMNS_MAX);
		return NULL;
	}
	table->line = line;
	table->column_count = count_named(&cells);
	table->columns = copy_cells(arena, &cells, table->column_count);
	errors->table = table;
	check_header(table, line, errors);
	read_rows(&scan, table, &cells, cells.count);
	return table;
}

/* ---- columns ---- */

static bool is_called(const struct csv_column *column, struct str name)
{
	return str_is(name, column->name) || (column->zh != NULL && str_is(name, column->zh));
}

static void unknown_column(const struct csv_table *table, size_t i, const struct csv_column *columns,
	size_t count, struct csv_errors *errors)
{
	const char **names = ARENA_TAKE(errors->arena, count * 2 + 1, const char *);
	size_t name_count = 0;

	for (size_t j = 0; j < count; j++) {
		names[name_count++] = columns[j].name;
		if (columns[j].zh != NULL)
			names[name_count++] = columns[j].zh;
	}
	const char *nearest = str_nearest(errors->arena, table->columns[i], names, name_count);

	if (nearest != NULL)
		csv_error_add(errors, table->line, i + 1,
			"there is no column '%.*s' here; did you mean '%s'?", STR_ARG(table->columns[i]),
			nearest);
	else
		csv_error_add(errors, table->line, i + 1, "there is no column '%.*s' here",
			STR_ARG(table->columns[i]));
}

void csv_columns_name(
	struct csv_table *table, const struct csv_column *columns, const int *at, struct csv_errors *errors)
{
	struct str *heads = ARENA_TAKE(errors->arena, table->column_count + 1, struct str);

	for (size_t i = 0; i < table->column_count; i++) {
		heads[i] = table->columns[i];
		for (size_t j = 0; j < i && at[i] >= 0; j++)
			if (at[j] == at[i])
				csv_error_add(errors, table->line, i + 1,
					"'%.*s' and '%.*s' are the same column", STR_ARG(heads[j]),
					STR_ARG(heads[i]));
		if (at[i] >= 0)
			table->columns[i] = str_from(columns[at[i]].name);
		else if (at[i] == CSV_COLUMN_LEFT_OUT)
			table->columns[i] = STR("");
	}
	table->heads = heads;
}

bool csv_match(const struct csv_table *table, const struct csv_column *columns, size_t count, int *ret_at,
	struct csv_errors *errors)
{
	size_t before = errors->count;

	for (size_t j = 0; j < count; j++)
		ret_at[j] = -1;
	for (size_t i = 0; i < table->column_count; i++) {
		size_t j = 0;

		while (j < count && !is_called(&columns[j], table->columns[i]))
			j++;
		if (j == count && table->columns[i].size > 0)
			unknown_column(table, i, columns, count, errors);
		if (j == count)
			continue;
		if (ret_at[j] >= 0 && !str_equal(table->columns[ret_at[j]], table->columns[i]))
			csv_error_add(errors, table->line, i + 1, "'%.*s' and '%.*s' are the same column",
				STR_ARG(table->columns[ret_at[j]]), STR_ARG(table->columns[i]));
		else
			ret_at[j] = (int)i;
	}
	for (size_t j = 0; j < count; j++)
		if (ret_at[j] < 0 && columns[j].required)
			csv_error_add(errors, table->line, 0, "the column '%s' is missing", columns[j].name);
	return errors->count == before;
}

/* ---- writing ---- */

/* A plain number may begin with its sign. */
static bool is_number(struct str cell)
{
	size_t digits = 0;

	for (size_t i = 1; i < cell.size; i++) {
		if (cell.data[i] >= '0' && cell.data[i] <= '9')
			digits++;
		else if (cell.data[i] != '.')
			return false;
	}
	return digits > 0 && (cell.data[0] == '-' || cell.data[0] == '+');
}

static bool needs_quotes(struct str cell)
{
	for (size_t i = 0; i < cell.size; i++)
		if (strchr(",\"\r\n", cell.data[i]) != NULL)
			return true;
	/* Bare at the very beginning, a byte order mark would be taken for the file's. */
	return str_trim(cell).size != cell.size || str_starts(cell, "\xEF\xBB\xBF");
}

static void put_cell(struct buf *buf, struct str cell)
{
	bool mark = marks_before_formula(cell) != SIZE_MAX && !is_number(cell);

	if (!mark && !needs_quotes(cell)) {
		buf_put(buf, cell);
		return;
	}
	buf_puts(buf, mark ? "\"'" : "\"");
	for (size_t i = 0; i < cell.size; i++) {
		if (cell.data[i] == '"')
			buf_put_char(buf, '"');
		buf_put_char(buf, cell.data[i]);
	}
	buf_put_char(buf, '"');
}

void csv_put_row(struct buf *buf, const struct str *cells, size_t count)
{
	bool empty = true;

	for (size_t i = 0; i < count; i++)
		empty = empty && cells[i].size == 0;
	if (empty) /* told from what a spreadsheet leaves behind */
		buf_puts(buf, "\"\"");
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_put_char(buf, ',');
		put_cell(buf, cells[i]);
	}
	buf_puts(buf, "\r\n");
}

void rows_put(const struct rows_out *out, const struct str *cells, size_t count)
{
	out->put(out->context, cells, count);
}

static void put_csv(void *context, const struct str *cells, size_t count)
{
	csv_put_row(context, cells, count);
}

struct rows_out csv_rows_out(struct buf *buf)
{
	return (struct rows_out){buf->arena, buf, put_csv};
}
