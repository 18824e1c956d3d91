/* import.h: one file being imported. It is checked wholly, on what is recorded now, before anything is
 * written; then the folder is locked, it is checked again if anything has been recorded in between, and
 * carried out. Private to cli/. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "cli/acts.h"
#include "cli/house.h"
#include "cli/kinds.h"

/* What a kind of file needs: both run with the house open, `carry_out` right behind a `check` that found
 * nothing wrong. */
struct import;
struct import_way {
	enum err (*check)(struct import *import);     /* wrong cells go into import->errors */
	enum err (*carry_out)(struct import *import); /* import->planned acts */
};

struct import {
	struct call *call;
	struct house house;
	const struct kind *kind;
	const struct import_way *way;
	const char *procedure;       /* of matters */
	const struct csv_table *csv; /* lives as long as the call */
	struct csv_errors errors;
	struct instant now, from; /* the present of the call, and when the first act is done */
	uint64_t seen;            /* events there were when it was checked */
	void *plan;               /* the kind's own, made by check */
	size_t planned;           /* acts that it comes to */
	size_t done;              /* acts that were recorded */
};

/* The way of matters (import_matters.c). */
MUST_CHECK enum err import_matters_check(struct import *import);
MUST_CHECK enum err import_matters_carry_out(struct import *import);

#endif
