/* column_choice.h: which column of an office's table is which of ours: by its name, its label, what offices
 * use to call it (column_names.def), or what the importing person says. */
#ifndef EXCHANGE_COLUMN_CHOICE_H
#define EXCHANGE_COLUMN_CHOICE_H

#include "exchange/csv.h"

struct column_choice { /* "due" is what they call "办结时限"; "-" leaves it out */
	struct str name, header;
	bool remembered; /* of an earlier file: it comes behind what is said of this one */
};
struct column_ask {
	const struct csv_column *columns;
	size_t count;
	const struct column_choice *choices;
	size_t choice_count;
	struct str sheet; /* the one that is meant; "": the one that looks most like a table */
};
/* "due=办结时限". ERR_INVALID when there is no such column, with the nearest. */
MUST_CHECK enum err column_choice_parse(struct arena *arena, struct str text,
	const struct csv_column *columns, size_t count, struct column_choice *ret_choice,
	struct bh_err *reterr);
/* What a column may be called: its whole name, and where the header has several rows, single ones of them. */
struct column_header {
	struct str texts[3];
	size_t count;
};
/* Does a header name any of ours? */
bool column_is_known(const struct column_ask *ask, struct str header);
/* Which of ours each of them is, CSV_COLUMN_UNKNOWN or CSV_COLUMN_LEFT_OUT: first as the person says, then by
 * name and label, then as offices call it, the first such that no other column is yet. Two may come out as
 * the same. */
void columns_choose(struct arena *arena, const struct column_ask *ask, const struct column_header *headers,
	size_t count, int *ret_at, enum column_basis *ret_bases);
/* The same over a csv table, whose columns get our names; `heads` keeps the file's. Two of the same are an
 * error. */
void csv_columns_choose(const struct column_ask *ask, struct csv_table *table, struct csv_errors *errors);

#endif
