/* import_tell.h: what is told of a file that is imported. Private to cli/. */
#ifndef CLI_IMPORT_TELL_H
#define CLI_IMPORT_TELL_H

#include "cli/call.h"
#include "intake/intake.h"

#include <stdio.h>

/* Which column of the file is which of ours (of a sheet all of them, else those that were guessed), and what
 * was left out. */
void import_tell(const struct call *call, const struct intake *intake, bool all, FILE *to);
void import_tell_json(const struct intake *intake, struct json_out *out);
/* Everything that is wrong with it. */
void import_tell_errors(const struct call *call, const struct intake *intake, FILE *to);
void import_tell_errors_json(const struct intake *intake);

#endif
