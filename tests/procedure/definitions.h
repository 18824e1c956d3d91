/* definitions.h: definitions and small institutions from files, for the tests of this room. */
#ifndef TESTS_PROCEDURE_DEFINITIONS_H
#define TESTS_PROCEDURE_DEFINITIONS_H

#include "procedure/procedure.h"

/* The file's bytes, a NUL behind them; STR_NONE when there is no such file. */
struct str text_read(struct arena *arena, const char *path);
void text_write(const char *path, struct str text); /* or the test fails */

/* The names of what lies in `folder` and ends so, in byte order; only what a glob finds. */
const char **names_in(struct arena *arena, const char *folder, const char *ending, size_t *ret_count);

/* Definitions proved together: `path` is one file, or a folder of *.yaml with an optional org.txt (see
 * org_read). Findings name files without their folder. */
struct proof {
	struct procedures all;
	bool complete; /* each file could be read */
	struct org *org;
	struct findings findings;
};
struct proof proof_of(struct arena *arena, const char *path);
/* The same of one text. */
struct proof proof_of_text(struct arena *arena, const char *file, struct str text);
/* All findings as `bihuan check` prints them, a line end behind each. */
struct str proof_print(struct arena *arena, const struct findings *findings);

/* A small institution, one row a line, what it refers to before it:
 *     unit CODE [under CODE] [led by POST]
 *     post CODE KIND UNIT                KIND head, deputy, liaison or member
 *     function NAME unit CODE            or: function NAME post CODE */
struct org *org_read(struct arena *arena, struct str text);

#endif
