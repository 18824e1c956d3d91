/* evidence.h: files that were shown for a matter, kept under their hash in a folder of their own; the record
 * holds the hash. A file is written once and never changed, so it is copied beside whoever writes. */
#ifndef EXCHANGE_EVIDENCE_H
#define EXCHANGE_EVIDENCE_H

#include "base/base.h"

#define EVIDENCE_SIZE_MAX ((size_t)50 * 1024 * 1024)

/* Where an installation keeps them, and where a backup does. */
struct str evidence_folder(struct arena *arena, const char *dir);
struct str evidence_folder_of_backup(struct arena *arena, const char *file);

/* Keep these bytes; *ret_hash is their SHA-256 in hex, under which they lie. The folder is made. */
MUST_CHECK enum err evidence_keep(struct arena *arena, struct str folder, struct str bytes,
	struct str *ret_hash, struct bh_err *reterr);

/* The same of bytes that come piece by piece: they gather in the file `beside`, which must be new, and get
 * their place once they are all there. Lives in `arena`. Until it is kept, evidence_give_up leaves nothing of
 * it. */
struct evidence_in;
MUST_CHECK enum err evidence_begin(
	struct arena *arena, const char *beside, struct evidence_in **ret_in, struct bh_err *reterr);
/* ERR_TOO_LARGE beyond EVIDENCE_SIZE_MAX. */
MUST_CHECK enum err evidence_put(struct evidence_in *in, struct str bytes, struct bh_err *reterr);
/* No more will come: durable beside its place, with its hash and size. */
MUST_CHECK enum err evidence_end(struct evidence_in *in, struct str *ret_hash, struct bh_err *reterr);
int64_t evidence_size(const struct evidence_in *in);
/* Put what has ended in its place; *ret_existing says that it lay there already. */
MUST_CHECK enum err evidence_settle(
	struct evidence_in *in, struct str folder, bool *ret_existing, struct bh_err *reterr);
void evidence_give_up(struct evidence_in *in); /* fine at any time, again too */

/* Take a file away again that was kept for a deed which was then refused: no event names it. */
void evidence_drop(struct arena *arena, struct str folder, struct str hash);

enum kept { KEPT_WHOLE, KEPT_MISSING, KEPT_DAMAGED };
/* Read it again and compare its hash. What can't be read counts as damaged. */
enum kept evidence_look(struct arena *arena, struct str folder, struct str hash);
/* From one folder into another, where it may lie already. A file that isn't whole isn't copied. */
MUST_CHECK enum err evidence_copy(struct arena *arena, struct str from, struct str to, struct str hash,
	enum kept *ret_kept, struct bh_err *reterr);

#endif
