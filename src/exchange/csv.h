/* csv.h: tables as spreadsheets write them (RFC 4180), read with every error at once and written so that what
 * is exported can be imported.
 *
 * Reading takes UTF-8 with or without byte order mark, or GB18030, which is recognised by not being UTF-8.
 * Writing puts an apostrophe before a cell that a spreadsheet would run as a formula; reading takes exactly
 * that apostrophe away again. */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include "base/base.h"

#define CSV_SIZE_MAX ((size_t)256 * 1024 * 1024)

struct csv_error {
	size_t line, column; /* both from 1; column counts cells */
	struct str text;
};
struct csv_errors {
	struct arena *arena;
	struct str file;
	struct csv_error *items;
	size_t count, capacity;
};
struct csv_errors csv_errors_new(struct arena *arena, struct str file);
void csv_error_add(struct csv_errors *errors, size_t line, size_t column, const char *format, ...)
	PRINTF_LIKE(4, 5);
struct str csv_error_print(
	struct arena *arena, const struct csv_errors *errors, size_t i); /* "file:line:cell: text" */

struct csv_row {
	size_t line;       /* where it begins */
	struct str *cells; /* as many as there are columns */
};
struct csv_table {
	struct str *columns;
	size_t column_count;
	struct csv_row *rows;
	size_t row_count, row_capacity;
};
/* The first row names the columns. Rows with a wrong number of cells are errors and left out. NULL when there
 * is no table. */
struct csv_table *csv_read(struct arena *arena, struct str text, struct csv_errors *errors);

struct csv_column {
	const char *name;
	bool required;
};
/* Which of the table's columns each of these is (-1: an optional one that isn't there); unknown columns, and
 * required ones that are missing, are errors with the nearest name. false when there was any. */
MUST_CHECK bool csv_match(const struct csv_table *table, const struct csv_column *columns, size_t count,
	int *ret_at, struct csv_errors *errors);
int csv_column(const struct csv_table *table, const char *name); /* -1 when absent */

void csv_put_cell(struct buf *buf, struct str cell, bool first);
void csv_put_end(struct buf *buf);

#endif
