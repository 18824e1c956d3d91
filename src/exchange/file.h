/* file.h: files in and out, small ones whole and large ones on the way; the one place for it. */
#ifndef EXCHANGE_FILE_H
#define EXCHANGE_FILE_H

#include "base/base.h"

/* All bytes of a file of at most `size_max`. ERR_NOT_FOUND, ERR_RANGE when it is larger, ERR_IO. "-" is
 * standard input. */
MUST_CHECK enum err file_read(
	struct arena *arena, const char *path, size_t size_max, struct str *ret_bytes, struct bh_err *reterr);
/* The whole file or none of it: written beside it, flushed to the disk, then put in its place. */
MUST_CHECK enum err file_write_atomic(const char *path, struct str bytes, struct bh_err *reterr);

/* The same for a file that is larger than memory should be: it stands beside its place until it is finished.
 * After any failure, and when it is given up, it must be abandoned; nothing is left of it then. Lives in
 * `arena`. ERR_FULL when the disk is, else ERR_IO. */
struct file_out;
MUST_CHECK enum err file_out_open(
	struct arena *arena, const char *path, struct file_out **ret_out, struct bh_err *reterr);
MUST_CHECK enum err file_out_put(struct file_out *out, struct str bytes, struct bh_err *reterr);
/* Durable and in its place. A failure has abandoned it already. */
MUST_CHECK enum err file_out_finish(struct file_out *out, struct bh_err *reterr);
void file_out_abandon(struct file_out *out);

/* A whole file to another place of the same disk, durably; what lay there is gone. */
MUST_CHECK enum err file_move(const char *from, const char *to, struct bh_err *reterr);

/* A file read piece by piece; "-" is standard input. ERR_NOT_FOUND, ERR_IO. */
struct file_in;
MUST_CHECK enum err file_in_open(
	struct arena *arena, const char *path, struct file_in **ret_in, struct bh_err *reterr);
int64_t file_in_size(const struct file_in *in); /* 0 where it can't be known */
/* Up to `size` bytes; *ret_size 0 at the end. */
MUST_CHECK enum err file_in_get(
	struct file_in *in, char *bytes, size_t size, size_t *ret_size, struct bh_err *reterr);
void file_in_close(struct file_in *in);

/* Bytes that may still be written where `path` lies; -1 when that can't be known. */
int64_t file_room(const char *path);
/* The names of the files in a folder that end so, in byte order; folders and hidden files are left out. */
MUST_CHECK enum err folder_list(struct arena *arena, const char *path, const char *suffix,
	struct str **ret_names, size_t *ret_count, struct bh_err *reterr);

#endif
