/* tidy.h: the house rules as a program; what its files share.
 *
 * tidy reads every source of the project and prints "file:line: why" for each breach of a rule; with --link
 * it looks into the built libraries of the quiet rooms instead. Plain C without the project's own rooms: who
 * checks the house must not stand on it. The process is short, so nothing is freed. */
#ifndef TOOLS_TIDY_H
#define TOOLS_TIDY_H

#include <stdbool.h>
#include <stddef.h>

/* One file of the project. `code` is as long as `text`, with comments and the insides of literals blanked,
 * so that an offset means the same place in both. */
struct source {
	const char *path; /* from the root: "src/base/str.c" */
	const char *room; /* "base" for a file below src/, else "" */
	char *text, *code;
	size_t size;
	const char **lines, **code_lines; /* where each line begins; line 1 is lines[0] */
	int line_count;
};

/* Read and lay out one file; `root` and `path` make its name. Stops the process when it can't be read. */
struct source *source_read(const char *root, const char *path);
/* Is this C (a source, a header, a list), so that rules about code hold? */
bool source_is_c(const struct source *source);
/* Line `number`, from 1, with its newline cut off, in text or in code. */
const char *source_line(const struct source *source, int number);
const char *source_code_line(const struct source *source, int number);
/* The line that holds text[offset]. */
int source_line_at(const struct source *source, size_t offset);

bool path_starts(const char *path, const char *prefix);
bool path_ends(const char *path, const char *suffix);
/* Is `word` one of the words, separated by one space, of `list`? */
bool list_has(const char *list, const char *word);
/* Find `word` as a whole word of C in `text`, or NULL. */
const char *word_find(const char *text, const char *word);
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Print "path:line: why" and count it. Line 0 leaves the number out. */
void complain(const char *path, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* ---- rules: each looks at one file and complains ---- */

void floor_check(const struct source *source);    /* who may include whom */
void size_check(const struct source *source);     /* lines of a file and of a function, columns of a line */
void word_check(const struct source *source);     /* banned calls, leftovers, typedefs */
void sql_check(const struct source *source);      /* statements live in .sql files */
void contract_check(const struct source *source); /* a header says what its functions do */
void name_check(const struct source *source);     /* no procedure of an institution by its name */

/* Which procedures the institutions below `root` have: their files. Before name_check. */
void names_learn(const char *root);

/* Does a room of this name stand in the floor plan? */
bool room_is_known(const char *room);

/* Look into the libraries of the quiet rooms under the build directory (tidy --link). */
void link_check(const char *build);

#endif
