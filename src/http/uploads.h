/* uploads.h: files that were sent and that no matter shows yet, or that are there to be imported. Each lies
 * under its hash, among the evidence or in a folder of its own; a slip says who sent it, under which name,
 * and when. Only that account may show it in a matter, or import it, within a day; then it is taken away,
 * unless a matter shows it. */
#ifndef HTTP_UPLOADS_H
#define HTTP_UPLOADS_H

#include "exchange/content.h"
#include "store/store.h"

#define UPLOAD_HOURS   24
#define UPLOAD_LETTERS 300 /* files that may lie there at once, since nobody answers for them */

struct uploads;

struct upload {
	struct str hash, name;
	const char *media; /* only from upload_end, and of evidence */
	int64_t size;
	int64_t account;       /* whose slip it is */
	bool macros, existing; /* existing: the very same file lay there already, sent by this account */
};

enum upload_use {
	UPLOAD_EVIDENCE, /* by its content one of the kinds that offices send */
	UPLOAD_IMPORT,   /* a table: what it is, its reader says; never evidence */
	UPLOAD_LETTER,   /* to go with what is reported without a name: slip and file tell the day only */
	UPLOAD_USE_COUNT
};

/* Opens the folder of slips below the data folder and clears what a stop in the middle left there. */
MUST_CHECK enum err uploads_open(
	struct str dir, enum upload_use use, struct uploads **ret_uploads, struct bh_err *reterr);
void uploads_close(struct uploads *uploads); /* NULL is fine */

/* A file that is being sent. Lives in `arena`; upload_give_up is fine at any time and leaves nothing. */
struct upload_in;
MUST_CHECK enum err upload_begin(
	struct uploads *uploads, struct arena *arena, struct upload_in **ret_in, struct bh_err *reterr);
MUST_CHECK enum err upload_put(struct upload_in *in, struct str bytes, struct bh_err *reterr);
/* It is all there: look at what it is, keep it, and write its slip. ERR_MEDIA for what isn't taken. */
MUST_CHECK enum err upload_end(struct upload_in *in, int64_t account, struct str name, struct instant now,
	struct upload *ret_upload, struct bh_err *reterr);
void upload_give_up(struct upload_in *in);

/* What this account sent under this hash within the last day. ERR_NOT_FOUND, whatever others sent. */
MUST_CHECK enum err uploads_find(struct uploads *uploads, struct arena *arena, struct str hash,
	int64_t account, struct instant now, struct upload *ret_upload, struct bh_err *reterr);
/* Take away what is older and in no matter. An act that named a file in its last minute has an hour to be
 * recorded. */
MUST_CHECK enum err uploads_sweep(
	struct uploads *uploads, struct store *reader, struct instant now, struct bh_err *reterr);

/* The kept file of this hash whole, in `arena`. ERR_IO when it is gone. */
MUST_CHECK enum err uploads_bytes(struct uploads *uploads, struct arena *arena, struct str hash,
	struct str *ret_bytes, struct bh_err *reterr);
/* The kept file of this hash, open for reading; closed by whoever takes it. ERR_IO when it is gone. */
MUST_CHECK enum err uploads_read(struct uploads *uploads, struct arena *arena, struct str hash, int *ret_fd,
	uint64_t *ret_size, struct bh_err *reterr);

#endif
