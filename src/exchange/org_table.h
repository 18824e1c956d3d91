/* org_table.h: the institution's rows as tables: units, posts, people, tenures, functions, delegations,
 * relatives, relations of matters.
 *
 * One reader for an institution folder, for `import` and for `check`: each cell is checked against the org as
 * it will be, every bad cell is an error with its place, and what comes out are the rows in an order in which
 * they can be recorded. */
#ifndef EXCHANGE_ORG_TABLE_H
#define EXCHANGE_ORG_TABLE_H

#include "exchange/csv.h"
#include "org/org.h"

enum org_table {
	ORG_UNITS,
	ORG_UNIT_LINKS, /* the same file again, once the posts are there: parents and leaders in charge */
	ORG_POSTS,
	ORG_PEOPLE,
	ORG_TENURES,
	ORG_FUNCTIONS,
	ORG_DELEGATIONS,
	ORG_KIN,
	ORG_RELATIONS,
	ORG_TABLE_COUNT
};

/* One row to be recorded: what was made true in the org, with its id. */
struct org_row {
	enum org_table table;
	size_t line; /* of the file; 0 where it has none */
	union {
		struct unit unit; /* ORG_UNITS, ORG_UNIT_LINKS */
		struct post post;
		struct person person;
		struct tenure tenure;
		struct function function;
		struct delegation delegation;
		struct kin kin;
		struct relation relation;
	} as;
};
struct org_rows {
	struct arena *arena;
	struct org_row *items;
	size_t count, capacity;
};

/* The columns of a table, in the order in which they are written. */
const struct csv_column *org_table_columns(enum org_table table, size_t *ret_count);

/* Read a table into `org`. A row whose code is known changes that row (a tenure is known by its post, person,
 * kind and first day; a function by its name; a relation by both people and its kind); one that changes
 * nothing is left out. A column that isn't in the file changes nothing either, while an empty cell empties.
 * What was set is appended to `rows`, in an order in which it can be recorded, its text in the org's arena or
 * in `csv`'s. */
void org_table_read(struct org *org, enum org_table table, const struct csv_table *csv, struct org_rows *rows,
	struct csv_errors *errors);
/* The whole table as org_table_read reads it, its header first. */
void org_table_write(const struct rows_out *out, const struct org *org, enum org_table table);
/* Make one row true, as a reader of another form (institution.yaml) does. Appends it unless it changes
 * nothing. */
MUST_CHECK enum err org_row_set(
	struct org *org, struct org_row *row, struct org_rows *rows, struct bh_err *reterr);

#endif
