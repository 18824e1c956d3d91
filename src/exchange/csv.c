#include "exchange/csv.h"

#include <iconv.h>
#include <stdio.h>
#include <string.h>

#define ERRORS_MAX 10000

struct csv_errors csv_errors_new(struct arena *arena, struct str file)
{
	return (struct csv_errors){.arena = arena, .file = file};
}

void csv_error_add(struct csv_errors *errors, size_t line, size_t column, const char *format, ...)
{
	char text[512];
	va_list args;

	if (errors->count == ERRORS_MAX)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	*ARENA_PUSH(errors->arena, errors->items, errors->count, errors->capacity) = (struct csv_error){
		.line = line, .column = column, .text = str_copy(errors->arena, str_from(text))};
}

struct str csv_error_print(struct arena *arena, const struct csv_errors *errors, size_t i)
{
	const struct csv_error *error = &errors->items[i];

	return str_format(arena, "%.*s:%zu:%zu: %.*s", STR_ARG(errors->file), error->line, error->column,
		STR_ARG(error->text));
}

/* ---- character sets ---- */

/* GB18030 into UTF-8; false when it isn't that either. */
static bool decode_gb18030(struct arena *arena, struct str text, struct str *ret_text)
{
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	size_t left = text.size, room = text.size * 2 + 16;
	char *out = ARENA_TAKE(arena, room + 1, char), *at = out;
	char *in = (char *)(uintptr_t)text.data;

	if (converter == (iconv_t)-1)
		return false;
	bool done = iconv(converter, &in, &left, &at, &room) != (size_t)-1;

	iconv_close(converter);
	*ret_text = (struct str){out, (size_t)(at - out)};
	return done;
}

static bool to_utf8(struct arena *arena, struct str *text)
{
	if (str_starts(*text, "\xEF\xBB\xBF"))
		*text = str_slice(*text, 3, text->size);
	return utf8_is_valid(*text) || decode_gb18030(arena, *text, text);
}

/* ---- reading ---- */

struct csv_scan {
	struct arena *arena;
	struct str text;
	size_t at, line;
	struct csv_errors *errors;
	bool failed; /* a quote left open: nothing after it can be trusted */
};

/* A cell in quotes; the scan stands behind the opening one. */
static struct str scan_quoted(struct csv_scan *scan, size_t column)
{
	struct buf buf = buf_new(scan->arena);
	size_t start_line = scan->line;

	while (scan->at < scan->text.size) {
		char c = scan->text.data[scan->at++];

		if (c == '"' && scan->at < scan->text.size && scan->text.data[scan->at] == '"') {
			buf_put_char(&buf, '"');
			scan->at++;
		} else if (c == '"') {
			return buf_str(&buf);
		} else {
			scan->line += c == '\n';
			buf_put_char(&buf, c);
		}
	}
	csv_error_add(scan->errors, start_line, column,
		"a quote is opened here and never closed: the rest of the file can't be read");
	scan->failed = true;
	return STR("");
}

static bool is_cell_end(char c)
{
	return c == ',' || c == '\n' || c == '\r';
}

static struct str scan_cell(struct csv_scan *scan, size_t column)
{
	struct str cell;

	if (scan->at < scan->text.size && scan->text.data[scan->at] == '"') {
		scan->at++;
		cell = scan_quoted(scan, column);
		if (!scan->failed && scan->at < scan->text.size && !is_cell_end(scan->text.data[scan->at])) {
			csv_error_add(scan->errors, scan->line, column,
				"something stands behind the closing quote");
			while (scan->at < scan->text.size && !is_cell_end(scan->text.data[scan->at]))
				scan->at++;
		}
	} else {
		size_t start = scan->at;

		while (scan->at < scan->text.size && !is_cell_end(scan->text.data[scan->at]))
			scan->at++;
		cell = str_trim(str_slice(scan->text, start, scan->at - start));
	}
	for (size_t i = 0; i < cell.size; i++) {
		unsigned char c = (unsigned char)cell.data[i];

		if (c < ' ' && c != '\n' && c != '\t' && c != '\r') {
			csv_error_add(scan->errors, scan->line, column,
				"a control character (byte %u) stands in this cell", c);
			break;
		}
	}
	/* What the writer put before a formula sign. */
	if (cell.size > 1 && cell.data[0] == '\'' && strchr("=+-@\t\r", cell.data[1]) != NULL)
		cell = str_slice(cell, 1, cell.size);
	return cell;
}

struct cells {
	struct str *items;
	size_t count, capacity;
};

/* One row; false at the end. An empty line is no row. */
static bool scan_row(struct csv_scan *scan, struct cells *cells, size_t *ret_line)
{
	while (scan->at < scan->text.size &&
		(scan->text.data[scan->at] == '\n' || scan->text.data[scan->at] == '\r'))
		scan->line += scan->text.data[scan->at++] == '\n';
	if (scan->failed || scan->at >= scan->text.size)
		return false;
	*ret_line = scan->line;
	cells->count = 0;
	for (;;) {
		struct str cell = scan_cell(scan, cells->count + 1);

		*ARENA_PUSH(scan->arena, cells->items, cells->count, cells->capacity) = cell;
		if (scan->failed)
			return false;
		if (scan->at < scan->text.size && scan->text.data[scan->at] == ',') {
			scan->at++;
			continue;
		}
		return true;
	}
}

static void check_header(const struct csv_table *table, struct csv_errors *errors)
{
	for (size_t i = 0; i < table->column_count; i++) {
		if (table->columns[i].size == 0)
			csv_error_add(errors, 1, i + 1, "this column has no name");
		for (size_t j = 0; j < i; j++)
			if (table->columns[i].size > 0 && str_equal(table->columns[i], table->columns[j]))
				csv_error_add(errors, 1, i + 1, "the column '%.*s' stands here twice",
					STR_ARG(table->columns[i]));
	}
}

static struct str *copy_cells(struct arena *arena, const struct cells *cells)
{
	struct str *copy = ARENA_TAKE(arena, cells->count, struct str);

	memcpy(copy, cells->items, cells->count * sizeof *copy);
	return copy;
}

struct csv_table *csv_read(struct arena *arena, struct str text, struct csv_errors *errors)
{
	struct csv_table *table = ARENA_TAKE(arena, 1, struct csv_table);
	struct csv_scan scan = {.arena = arena, .line = 1, .errors = errors};
	struct cells cells = {0};
	size_t line;

	if (text.size > CSV_SIZE_MAX) {
		csv_error_add(errors, 1, 1, "the file has more than 256 MiB");
		return NULL;
	}
	if (!to_utf8(arena, &text)) {
		csv_error_add(errors, 1, 1, "the file is neither UTF-8 nor GB18030: save it as CSV UTF-8");
		return NULL;
	}
	scan.text = text;
	if (!scan_row(&scan, &cells, &line)) {
		if (errors->count == 0)
			csv_error_add(errors, 1, 1, "the file is empty: its first row names the columns");
		return NULL;
	}
	table->columns = copy_cells(arena, &cells);
	table->column_count = cells.count;
	check_header(table, errors);
	while (scan_row(&scan, &cells, &line)) {
		if (cells.count != table->column_count) {
			csv_error_add(errors, line,
				cells.count < table->column_count ? cells.count : table->column_count + 1,
				"the row has %zu cells, and there are %zu columns", cells.count,
				table->column_count);
			continue;
		}
		*ARENA_PUSH(arena, table->rows, table->row_count, table->row_capacity) =
			(struct csv_row){.line = line, .cells = copy_cells(arena, &cells)};
	}
	return table;
}

int csv_column(const struct csv_table *table, const char *name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (str_is(table->columns[i], name))
			return (int)i;
	return -1;
}

bool csv_match(const struct csv_table *table, const struct csv_column *columns, size_t count, int *ret_at,
	struct csv_errors *errors)
{
	size_t before = errors->count;
	const char **names = ARENA_TAKE(errors->arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++) {
		names[i] = columns[i].name;
		ret_at[i] = csv_column(table, columns[i].name);
		if (ret_at[i] < 0 && columns[i].required)
			csv_error_add(errors, 1, 1, "the column '%s' is missing", columns[i].name);
	}
	for (size_t i = 0; i < table->column_count; i++) {
		bool known = false;

		for (size_t j = 0; j < count; j++)
			known = known || ret_at[j] == (int)i;
		if (known)
			continue;
		const char *nearest = str_nearest(errors->arena, table->columns[i], names, count);

		csv_error_add(errors, 1, i + 1, "there is no column '%.*s' here%s%s%s",
			STR_ARG(table->columns[i]), nearest != NULL ? "; did you mean '" : "",
			nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
	}
	return errors->count == before;
}

/* ---- writing ---- */

/* A spreadsheet runs what begins like this, unless it is a plain number. */
static bool looks_like_formula(struct str cell)
{
	bool number = true;

	if (cell.size == 0 || strchr("=+-@\t\r", cell.data[0]) == NULL)
		return false;
	for (size_t i = 1; i < cell.size; i++)
		number = number && ((cell.data[i] >= '0' && cell.data[i] <= '9') || cell.data[i] == '.');
	return !(number && cell.size > 1 && (cell.data[0] == '-' || cell.data[0] == '+'));
}

void csv_put_cell(struct buf *buf, struct str cell, bool first)
{
	bool formula = looks_like_formula(cell), quoted = formula;

	for (size_t i = 0; i < cell.size && !quoted; i++)
		quoted = strchr(",\"\r\n", cell.data[i]) != NULL;
	if (cell.size > 0 && (cell.data[0] == ' ' || cell.data[cell.size - 1] == ' '))
		quoted = true;
	if (!first)
		buf_put_char(buf, ',');
	if (quoted)
		buf_put_char(buf, '"');
	if (formula)
		buf_put_char(buf, '\'');
	for (size_t i = 0; i < cell.size; i++) {
		if (cell.data[i] == '"')
			buf_put_char(buf, '"');
		buf_put_char(buf, cell.data[i]);
	}
	if (quoted)
		buf_put_char(buf, '"');
}

void csv_put_end(struct buf *buf)
{
	buf_puts(buf, "\r\n");
}
