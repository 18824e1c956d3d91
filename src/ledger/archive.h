/* archive.h: an export read front to back, each file by the name it must have at its place. Whatever isn't as
 * it must be is ERR_TAMPERED; only the source's own failure is ERR_IO. */
#ifndef LEDGER_ARCHIVE_H
#define LEDGER_ARCHIVE_H

#include "ledger/ledger.h"

struct archive {
	const struct byte_source *source;
	struct arena *arena; /* owns the buffer */
	char *bytes;
	size_t capacity, at, filled;
	uint64_t offset;        /* of bytes[at] in the whole */
	uint64_t left, padding; /* of the file being read */
	int64_t time;           /* that every header bears; -1 before the first */
	struct bh_err *reterr;
};

struct archive archive_open(struct arena *arena, const struct byte_source *source, struct bh_err *reterr);
/* Leave the file being read, which must be used up, and enter the next, which must be called `name`. Its size
 * comes back. */
MUST_CHECK enum err archive_next(struct archive *archive, struct str name, uint64_t *ret_size);
/* The next `size` bytes of the file; they stay where they are until the next call. */
MUST_CHECK enum err archive_take(struct archive *archive, size_t size, struct str *ret_bytes);
/* The whole next file, called `name`, of at most `max` bytes, copied into `arena`. */
MUST_CHECK enum err archive_file(
	struct archive *archive, struct arena *arena, struct str name, size_t max, struct str *ret_bytes);
/* Nothing but the two empty blocks may follow. */
MUST_CHECK enum err archive_end(struct archive *archive);

#endif
