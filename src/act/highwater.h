/* highwater.h: the signer's own memory of what it last signed, apart from the database.
 *
 * A restored or rolled-back database is smaller than this, or has another root: the signer then refuses, so
 * no two notes of one size can differ, and nobody is told that less exists than was once acknowledged
 * (ledger.md, "Order, never varied"). Two slots are written in turn, each with its own checksum, so a torn
 * write leaves the other one. */
#ifndef ACT_HIGHWATER_H
#define ACT_HIGHWATER_H

#include "base/base.h"

#define HIGHWATER_NOTE_MAX ((size_t)2048)

struct highwater {
	int fd;
	uint64_t turn;                 /* the slot written last holds turn, the other turn - 1 */
	char note[HIGHWATER_NOTE_MAX]; /* the newest signed note; size 0: nothing was signed yet */
	size_t note_size;
};

/* Open, or make, the file `dir`/high-water. */
MUST_CHECK enum err highwater_open(struct str dir, struct highwater *ret_highwater, struct bh_err *reterr);
/* Remember a note, durably, before anybody is given it. */
MUST_CHECK enum err highwater_put(struct highwater *highwater, struct str note, struct bh_err *reterr);
/* The newest note that is remembered in `dir`, copied into `arena`, beside whoever has it open; STR_NONE when
 * there is none. */
struct str highwater_look(struct str dir, struct arena *arena);
void highwater_close(struct highwater *highwater);

#endif
