/* intake.h: a file of rows as the one act that it asks for.
 *
 * A file is read whole, each of its columns is found among ours, and each row is tried on what is recorded
 * now, for the person who imports it: what it would do, or what is wrong with which cell. Nothing is written
 * here. Whoever imports it sees that first and then hands the act to the writer, which judges all of it
 * again.
 *
 * A row that is known does nothing, or, where an exported table was edited, is one action on its matter: only
 * where that is the one action that sets the changed cells and that this person may do now (change.c). */
#ifndef INTAKE_INTAKE_H
#define INTAKE_INTAKE_H

#include "act/act.h"
#include "exchange/column_choice.h"
#include "exchange/workbook.h"
#include "intake/form.h"
#include "intake/kind.h"
#include "view/institution.h"

/* A file, as far as it can be read before it is known what it is about. */
struct intake_file {
	struct str name;           /* for places */
	struct workbook *workbook; /* what is in it, when it is a spreadsheet; else NULL … */
	struct csv_table *csv;     /* … and its table; NULL when it has none */
	struct lrmx *lrmx;         /* a form for an appointment; it has no table of its own */
	struct csv_errors form;    /* what is wrong with it, whatever it is about */
};
/* ERR_INVALID, ERR_RANGE or ERR_IO when it can't be read at all. `bytes` must live as long as the file. */
MUST_CHECK enum err intake_file_read(struct arena *arena, struct str name, struct str bytes,
	struct intake_file *ret_file, struct bh_err *reterr);

/* What is asked of a file. All of it is borrowed. */
struct intake_ask {
	const struct institution *institution;
	struct store *store;
	const struct intake_file *file;
	const struct kind *kind;
	struct str procedure;      /* of matters and rows; "": the only one of the kind */
	struct str sheet;          /* "": the one that looks most like a table */
	const struct str *choices; /* "due=办结时限", as column_choice_parse reads them */
	size_t choice_count;
	const int64_t *lines; /* of a form: those that are recorded; NULL: all */
	size_t line_count;
	bool forget;    /* nothing is taken from what was said of earlier files */
	int64_t person; /* who imports it; 0: a shell that didn't say */
	bool alone;     /* they record every row, and learn of nothing that they don't see */
	struct instant now;
	bool by_days; /* a matter is opened on its day, for demonstrations; else it is noted */
};

enum intake_does {
	INTAKE_WRONG,   /* a cell of it is */
	INTAKE_NOTHING, /* all that it says is recorded */
	INTAKE_SETS,    /* a row of the institution */
	INTAKE_OPENS,   /* a matter */
	INTAKE_CHANGES, /* a matter, by one action */
	INTAKE_DOES_COUNT
};
const char *intake_does_name(enum intake_does does); /* wrong nothing sets opens changes */
struct intake_row {                                  /* of the table, in the same order */
	enum intake_does does;
	int64_t matter;    /* that it is about; 0: none yet */
	struct str action; /* by which it changes it */
};

struct intake {
	struct arena *arena;
	struct intake_ask ask;
	const struct procedure *procedure; /* of matters; else NULL */
	struct column_ask columns;
	struct csv_table *table;         /* NULL: no table was found */
	struct csv_errors errors, notes; /* what is wrong; what is left out on purpose */
	struct intake_row *rows;         /* as many as the table has */
	struct act_part *parts;          /* what is asked for, in the order in which it can be done … */
	struct instant *times;           /* … and when each is; the same, but for `by_days` */
	size_t count;
	struct act *calendar;           /* … or the one act that changes the calendar; NULL: nothing */
	struct import_choice *remember; /* NULL: nothing was said of its columns */
};
/* ERR_NOT_FOUND for a procedure that isn't in force, ERR_INVALID for a choice that can't be; what is wrong
 * with rows is in `errors`, in the order of the file. Everything is in `arena`. */
MUST_CHECK enum err intake_read(
	struct arena *arena, const struct intake_ask *ask, struct intake *ret_intake, struct bh_err *reterr);

/* Acts that it comes to. */
size_t intake_planned(const struct intake *intake);
/* SHA-256 over what would be done: the same as long as that is. */
struct hash intake_digest(const struct intake *intake);
/* The act that does the parts from `from` on: all there are, or those of one time and at most
 * IMPORT_ROWS_MAX. *ret_next is the first that is left; what stands above them must be recorded by then. */
MUST_CHECK enum err intake_act(
	struct intake *intake, size_t from, struct act *ret_act, size_t *ret_next, struct bh_err *reterr);

/* Matters of one procedure as a table that is read again: each under the number by which it is known, with
 * its version, so that an edited row is known as such. */
struct matters_giving {
	const struct institution *institution;
	struct store *store;
	const struct procedure *procedure;
	const struct viewer *viewer; /* who gets it, and learns of no other matter; NULL: all is told */
	struct arena *arena;         /* of what is made for a row */
};
/* One row of it; the head is matter_table_write_head's. The viewer must see the matter. */
MUST_CHECK enum err matters_give(const struct matters_giving *giving, const struct rows_out *rows,
	int64_t matter, struct bh_err *reterr);

/* The act that records a row of the institution; it borrows the row. */
struct act act_of_row(const struct org_row *row);

/* The head of a field of rows, and the rows of one matter under its number, as import reads them. */
void rows_give_head(const struct rows_out *rows, const struct field *field);
void rows_give(const struct rows_out *rows, const struct field *field, const struct org *org,
	const struct matter *matter);

#endif
