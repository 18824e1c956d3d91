/* matter_table.h: matters of one procedure as a table: a row a matter, a column a field.
 *
 * Beside the procedure's fields (by name or Chinese label) a file may have
 *   number_ref 原编号    the office's own number, by which the same row is known again
 *   parent     上级事项  the number, or the number_ref, of the matter it is a part of
 *   weight     权重      its weight among the parts
 *   opened     立项日期  the day it was set up
 *   by         立项人    the sign-in name of who sets it up
 *   version    版本      of the matter when it was exported: by it an edited row is known as such
 * and no other column: nothing is taken that the procedure doesn't name. */
#ifndef EXCHANGE_MATTER_TABLE_H
#define EXCHANGE_MATTER_TABLE_H

#include "exchange/csv.h"
#include "matter/matter.h"

enum matter_column {
	MATTER_NUMBER_REF,
	MATTER_PARENT,
	MATTER_WEIGHT,
	MATTER_OPENED,
	MATTER_BY,
	MATTER_VERSION,
	MATTER_COLUMN_COUNT
};

struct matter_row {
	size_t line;
	struct doc *fields;            /* an object; empty cells are left out */
	struct str number_ref, parent; /* "" when not given */
	int64_t weight;                /* 1 when not given */
	bool gives_weight;
	int64_t version;   /* of the matter, as an export gave it; 0 when not given */
	struct day opened; /* DAY_NONE when not given */
	int64_t by;        /* a person; 0 when not given */
};

/* The table of one file, with what is needed to say where something is wrong. */
struct matter_table {
	struct arena *arena;
	const struct procedure *procedure;
	struct csv_errors *errors;
	struct matter_row *rows;
	size_t row_count;
	int *at; /* where each field, then each matter_column, stands in the file; -1: nowhere */
};

/* The columns that a file may have: a field each, then each matter_column. */
const struct csv_column *matter_table_columns(
	struct arena *arena, const struct procedure *procedure, size_t *ret_count);
/* Read and check every cell; rows with a bad one are left out. The id of a matter in a field of that type is
 * its number in the file, which `find` turns into an id (0: there is none). */
typedef int64_t matter_find_fn(void *context, struct str number);
struct matter_table matter_table_read(struct arena *arena, const struct procedure *procedure,
	const struct org *org, const struct csv_table *csv, matter_find_fn *find, void *context,
	struct csv_errors *errors);
/* One cell, as offices type them: wide digits, days in any form. `csv` is the file it stands in. */
MUST_CHECK enum err matter_cell_read(struct arena *arena, const struct field *field, const struct org *org,
	const struct csv_table *csv, struct str typed, struct doc **ret_value, struct bh_err *reterr);
/* The same value as matter_cell_read reads it; of any type but another matter. */
struct str matter_cell_write(
	struct arena *arena, const struct field *field, const struct org *org, const struct doc *value);
/* Something is wrong with a row: with the field or column of that name where there is one. */
void matter_table_say(const struct matter_table *table, const struct matter_row *row, const char *name,
	const char *format, ...) PRINTF_LIKE(4, 5);
/* The same with what the engine said, at the place that it names. */
void matter_table_pass(
	const struct matter_table *table, const struct matter_row *row, const struct bh_err *why);

/* The header, and one row; both as they are read. `number` and `parent` are numbers of matters, `by` is a
 * sign-in name, and `print` turns the id of a matter in a field into its number. */
void matter_table_write_head(const struct rows_out *out, const struct procedure *procedure);
struct matter_written {
	const struct doc *fields;
	struct str number, parent, by;
	int64_t weight, version;
	struct day opened;
};
typedef struct str matter_number_fn(void *context, int64_t id);
void matter_table_write(const struct rows_out *out, const struct procedure *procedure, const struct org *org,
	const struct matter_written *matter, matter_number_fn *number, void *context);

#endif
