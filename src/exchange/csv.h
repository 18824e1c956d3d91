/* csv.h: tables as spreadsheets write them (RFC 4180), read with every error at once and written so that what
 * is exported can be imported.
 *
 * Reading takes UTF-8 with or without byte order mark, or GB18030, which is recognised by not being UTF-8;
 * lines that end in CRLF, LF or CR; columns under their key or under their Chinese label. Blanks around a
 * cell without quotes, rows of nothing but empty cells without quotes, and columns that have neither a name
 * nor a cell are what spreadsheets leave behind, and are left out. Everything else that isn't RFC 4180 is an
 * error.
 *
 * Writing puts an apostrophe before a cell that a spreadsheet would run as a formula; reading takes exactly
 * that apostrophe away again. So of any table of valid text without control characters, what is written is
 * read back the same. */
#ifndef EXCHANGE_CSV_H
#define EXCHANGE_CSV_H

#include "base/base.h"

#define CSV_SIZE_MAX    ((size_t)256 * 1024 * 1024)
#define CSV_COLUMNS_MAX 1000

struct csv_table;

struct csv_error {
	size_t line, column; /* both from 1; column counts cells, 0: the whole row */
	struct str text, text_zh;
};
struct csv_errors {
	struct arena *arena;
	struct str file;
	const struct csv_table *table; /* whose columns they are about; NULL before there is one */
	struct csv_error *items;
	size_t count, capacity;
	size_t left_out; /* more than anybody would read */
};
struct csv_errors csv_errors_new(struct arena *arena, struct str file);
void csv_error_add(struct csv_errors *errors, size_t line, size_t column, const char *format, ...)
	PRINTF_LIKE(4, 5);
void csv_error_add_list(struct csv_errors *errors, size_t line, size_t column, const char *format,
	va_list args) PRINTF_LIKE(4, 0);
void csv_errors_sort(struct csv_errors *errors);                                /* in the order of the file */
void csv_errors_join(struct csv_errors *errors, const struct csv_errors *more); /* of the same file */
/* The name of the column that it is about, "" where there is none. */
struct str csv_error_column(const struct csv_errors *errors, size_t i);
/* Where it is, as the file's users say: "3:born", the column by its name in the file or by its number where
 * it has none, or "Sheet1!C7". */
struct str csv_error_place(struct arena *arena, const struct csv_errors *errors, size_t i);
/* "people.csv:3:born: text". */
struct str csv_error_print(struct arena *arena, const struct csv_errors *errors, size_t i);
/* The same in "zh" or "en". */
struct str csv_error_say(struct arena *arena, const struct csv_errors *errors, size_t i, struct str lang);
/* Say what `why` says about a cell. */
void csv_error_pass(struct csv_errors *errors, size_t line, size_t column, const struct bh_err *why);

struct csv_row {
	size_t line;       /* where it begins */
	struct str *cells; /* as many as there are columns */
};
/* By what a column of the file was known as one of ours. */
enum column_basis {
	COLUMN_UNKNOWN,
	COLUMN_SAID,       /* the importing person says so */
	COLUMN_REMEMBERED, /* they said so of an earlier file */
	COLUMN_NAMED,      /* by our name or label */
	COLUMN_USUAL,      /* offices use to call it so */
	COLUMN_BASIS_COUNT
};
/* From what a bare day number counts: only a spreadsheet file says it. */
enum day_serial { SERIAL_NONE, SERIAL_1900, SERIAL_1904 };
struct csv_table {
	size_t line;              /* of the names */
	struct str *columns;      /* "": one that is left out */
	struct str *heads;        /* what the file calls them; NULL: the same */
	enum column_basis *bases; /* by what they were known; NULL: by their names */
	size_t column_count;
	/* Of a spreadsheet: the sheet, and which of its columns is the first. Its lines are rows of the
	 * sheet. */
	struct str sheet;
	uint32_t first_column;
	enum day_serial serials;
	struct csv_row *rows;
	size_t row_count, row_capacity;
};
/* The first row names the columns. Rows with a wrong number of cells are errors and left out. NULL when there
 * is no table. */
struct csv_table *csv_read(struct arena *arena, struct str text, struct csv_errors *errors);

struct csv_column {
	const char *name; /* the key, under which it is written */
	const char *zh;   /* the label, under which it is read as well; NULL when there is none */
	bool required;
	const char *en; /* the same for people who read English; NULL when there is none */
};
#define CSV_COLUMN_UNKNOWN  (-1)
#define CSV_COLUMN_LEFT_OUT (-2)
/* Give the table's columns the names of these, `at` saying which each is, CSV_COLUMN_UNKNOWN or
 * CSV_COLUMN_LEFT_OUT. Two of the same are an error. */
void csv_columns_name(
	struct csv_table *table, const struct csv_column *columns, const int *at, struct csv_errors *errors);
/* Which of the table's columns each of these is (-1: an optional one that isn't there); unknown columns, the
 * same one twice, and required ones that are missing are errors with the nearest name. false when there was
 * any. */
MUST_CHECK bool csv_match(const struct csv_table *table, const struct csv_column *columns, size_t count,
	int *ret_at, struct csv_errors *errors);

/* The letters of a column on a sheet, counted from 1: "C". */
struct str sheet_letters(struct arena *arena, uint32_t column);

/* One row, the names of the columns being the first. */
void csv_put_row(struct buf *buf, const struct str *cells, size_t count);

/* Where a table goes, row by row, the names of its columns first: csv, or a sheet. */
struct rows_out {
	struct arena *arena; /* of what is made for one row */
	void *context;
	void (*put)(void *context, const struct str *cells, size_t count);
};
void rows_put(const struct rows_out *out, const struct str *cells, size_t count);
/* As csv into `buf`, which must outlive it. */
struct rows_out csv_rows_out(struct buf *buf);

#endif
