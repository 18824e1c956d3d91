/* content.h: what a file is by its content, and whether it is of a kind that offices send as evidence. The
 * name's ending must say the same, so that nobody opens with one program what was checked as another thing.
 */
#ifndef EXCHANGE_CONTENT_H
#define EXCHANGE_CONTENT_H

#include "base/base.h"

#define FILE_NAME_BYTES_MAX ((size_t)255) /* as file systems have it */
#define ZIP_ENTRIES_MAX     2000

struct content {
	const char *media; /* "application/pdf" */
	bool macros;       /* it carries a program that an office suite would run */
};

/* What these bytes are, under this name; `arena` for what is decoded on the way. ERR_MEDIA at "file" when
 * they are of no kind that is taken, cut off, or not what the name's ending says. */
MUST_CHECK enum err content_judge(struct arena *arena, struct str bytes, struct str name,
	struct content *ret_content, struct bh_err *reterr);
/* The same of the file at `path`, which will be called `name`. */
MUST_CHECK enum err content_look(
	const char *path, struct str name, struct content *ret_content, struct bh_err *reterr);

/* A name as a person may give it to a file: one line of UTF-8 without separators of paths, control
 * characters, or signs that reverse or hide what is read. ERR_INVALID at "name"; *ret_name is without blanks
 * at its ends. */
MUST_CHECK enum err file_name_clean(struct str name, struct str *ret_name, struct bh_err *reterr);

#endif
