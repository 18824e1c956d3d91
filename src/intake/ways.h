/* ways.h: what the files of this room share. Private to it. */
#ifndef INTAKE_WAYS_H
#define INTAKE_WAYS_H

#include "exchange/matter_table.h"
#include "intake/intake.h"

/* The columns, as named, said and remembered, and the table (table.c). */
MUST_CHECK enum err table_make(struct intake *intake, struct bh_err *reterr);
/* What was said of columns, with what was said before, for the next file (table.c). */
void table_remember(struct intake *intake);

/* The table of a form for an appointment: tenures, by the line of the career (form.c). */
void form_make(struct intake *intake, const struct lrmx *lrmx);

/* The row that stands in a line of the file. */
struct intake_row *row_of_line(struct intake *intake, size_t line);
/* Room for one more part, which isn't under any other and stands in that line. */
struct act_part *part_push(struct intake *intake, size_t line);

/* Matters of one procedure: to be opened (matters.c), or known and perhaps edited (change.c). */
MUST_CHECK enum err matters_check(struct intake *intake, struct bh_err *reterr);
/* A matter of some number: one that an import brought under it, or one of the record's own; 0: none that the
 * one who asks may know of (matters.c). */
MUST_CHECK enum err intake_find_number(
	const struct intake *intake, struct str number, int64_t *ret_matter, struct bh_err *reterr);
/* Rows of a field of matters that are open (rows.c), and its columns. */
MUST_CHECK enum err rows_of_matters_check(struct intake *intake, struct bh_err *reterr);
const struct csv_column *rows_of_matters_columns(const struct intake *intake, size_t *ret_count);
struct known_row {
	struct intake *intake;
	const struct matter_table *table;
	const struct matter_row *row;
	int64_t matter;
	int64_t parent; /* what the row says that it is part of; 0: nothing */
};
/* What a matter was opened with: the payload of its first event, in `arena` (give.c). */
MUST_CHECK enum err opening_read(struct store *store, struct arena *arena, int64_t matter,
	const struct doc **ret_opening, struct bh_err *reterr);
/* Does it say what is recorded, or is it one action on its matter? */
MUST_CHECK enum err change_check(const struct known_row *known, struct bh_err *reterr);

#endif
