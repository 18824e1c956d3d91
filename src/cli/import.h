/* import.h: one file being imported. It is checked wholly, on what is recorded now, before anything is
 * written; then the folder is locked, it is checked again if anything has been recorded in between, and
 * carried out. Private to cli/. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "cli/acts.h"
#include "cli/house.h"
#include "cli/kinds.h"

#include "exchange/column_choice.h"

#include <stdio.h>

/* What a kind of file needs: both run with the house open, `carry_out` right behind a `check` that found
 * nothing wrong. */
struct import;
struct import_way {
	/* What a file of this kind may have. */
	enum err (*columns)(struct import *import, const struct csv_column **ret_columns, size_t *ret_count);
	enum err (*check)(struct import *import);     /* wrong cells go into import->errors */
	enum err (*carry_out)(struct import *import); /* import->planned acts */
};

struct import {
	struct call *call;
	struct house house;
	const struct kind *kind;
	const struct import_way *way;
	const char *procedure;       /* of matters */
	struct str text;             /* of the file */
	struct column_ask ask;       /* which columns are looked for */
	struct workbook *workbook;   /* what is in it, when it is a spreadsheet; else NULL */
	const struct csv_table *csv; /* lives as long as the call */
	struct csv_errors form;      /* what is wrong with the file, whatever it is about */
	struct csv_errors notes;     /* what is left out of it on purpose */
	struct csv_errors errors;
	struct instant now, from; /* the present of the call, and when the first act is done */
	uint64_t seen;            /* events there were when it was checked */
	void *plan;               /* the kind's own, made by check */
	size_t planned;           /* acts that it comes to */
	size_t done;              /* acts that were recorded */
};

/* The file, whatever its form, as far as it can be read before it is known what it is about (import_table.c).
 */
MUST_CHECK enum err import_file_read(struct import *import);
/* import->csv, with the house open; what is wrong with it goes into import->form. */
MUST_CHECK enum err import_table_make(struct import *import);
/* Which column of the file is which of ours (of a sheet all of them, else those that were guessed), and what
 * was left out. */
void import_table_tell(const struct import *import, bool all, FILE *to);
void import_table_tell_json(const struct import *import, struct json_out *out);

/* The way of matters (import_matters.c). */
MUST_CHECK enum err import_matters_columns(
	struct import *import, const struct csv_column **ret_columns, size_t *ret_count);
MUST_CHECK enum err import_matters_check(struct import *import);
MUST_CHECK enum err import_matters_carry_out(struct import *import);

#endif
