/* paper_out.h: a paper into a file. Private to cli/. */
#ifndef CLI_PAPER_OUT_H
#define CLI_PAPER_OUT_H

#include "cli/call.h"
#include "paper/paper.h"

enum paper_form { PAPER_DOCX, PAPER_PDF };
/* As --format says, or else how the name of the file ends; false when neither asks for a paper. */
bool paper_form_find(const struct call *call, const char *path, enum paper_form *ret_form);
/* What --paper-lang says, "zh" when nothing. */
MUST_CHECK enum err paper_lang(struct call *call, struct str *ret_lang);
/* The file, or standard output where it is "-" and no screen. `dir` is the data folder, "" for none: which
 * typefaces are taken. */
MUST_CHECK enum err paper_put(
	struct call *call, struct str dir, const char *path, enum paper_form form, struct str docx);

/* Would the file of that path do as a template? ERR_INVALID names it, and what is wrong in it. */
MUST_CHECK enum err paper_look_through(struct call *call, const char *file, struct paper *ret_paper);
/* Into the folder of the data folder from which papers are made, under its own name. */
MUST_CHECK enum err paper_put_in_use(struct call *call, const char *dir, const char *file);

#endif
