/* file.h: whole small files, in and out; the one place for it. */
#ifndef EXCHANGE_FILE_H
#define EXCHANGE_FILE_H

#include "base/base.h"

/* All bytes of a file of at most `size_max`. ERR_NOT_FOUND, ERR_RANGE when it is larger, ERR_IO. "-" is
 * standard input. */
MUST_CHECK enum err file_read(
	struct arena *arena, const char *path, size_t size_max, struct str *ret_bytes, struct bh_err *reterr);
/* The whole file or none of it: written beside it, flushed to the disk, then put in its place. */
MUST_CHECK enum err file_write_atomic(const char *path, struct str bytes, struct bh_err *reterr);
/* The names of the files in a folder that end so, in byte order; folders and hidden files are left out. */
MUST_CHECK enum err folder_list(struct arena *arena, const char *path, const char *suffix,
	struct str **ret_names, size_t *ret_count, struct bh_err *reterr);

#endif
