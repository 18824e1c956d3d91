/* tar.h: headers of plain ustar archives (POSIX.1-1988), as bytes; whoever holds the file writes and reads
 * the rest.
 *
 * Only regular files, and of each header exactly one form: mode 0644, owner 0, one time. So two archives of
 * the same contents are the same bytes, and a reader sees every changed bit of a header. An archive ends with
 * two empty blocks. */
#ifndef BASE_TAR_H
#define BASE_TAR_H

#include "base/str.h"

#define TAR_BLOCK_SIZE ((size_t)512)
#define TAR_NAME_MAX   ((size_t)100)
#define TAR_SIZE_MAX   UINT64_C(077777777777) /* 8 GiB - 1: eleven octal digits */

struct tar_entry {
	struct str name; /* a relative path, 1 to TAR_NAME_MAX bytes, without "..", "//" or a NUL */
	uint64_t size;   /* bytes that follow the header, before the padding */
	int64_t time;    /* seconds since 1970-01-01T00:00:00Z, not negative */
};

/* Why an entry can't have a header, or NULL when it can. */
const char *tar_entry_objection(const struct tar_entry *entry);
/* The header of an entry without objection (REQUIREd). */
void tar_header_print(const struct tar_entry *entry, char ret_block[TAR_BLOCK_SIZE]);
/* Takes exactly what tar_header_print prints; ERR_INVALID otherwise. The name points into `block`. */
MUST_CHECK enum err tar_header_parse(
	const char block[TAR_BLOCK_SIZE], struct tar_entry *ret_entry, struct bh_err *reterr);
bool tar_block_is_empty(const char block[TAR_BLOCK_SIZE]);
/* Zero bytes between the end of a file of `size` bytes and the next header. */
size_t tar_padding(uint64_t size);

#endif
