/* outbox.h: what whoever sends messages writes down: that one is on its way, before it goes, and what came of
 * it. On a connection of its own beside the writer, in short transactions: no act waits for a message. */
#ifndef ACT_OUTBOX_H
#define ACT_OUTBOX_H

#include "act/act.h"
#include "store/store_outbox.h"

struct outbox;

/* For one thread. The installation must stay open longer. */
MUST_CHECK enum err outbox_open(
	struct installation *installation, struct outbox **ret_outbox, struct bh_err *reterr);
void outbox_close(struct outbox *outbox); /* NULL is fine */

/* All that the account's inbox held below `until` was looked through: where there is `anything`, a message of
 * it may go at `next`, together with what waits for the same account already. Both or neither. */
MUST_CHECK enum err outbox_tell(struct outbox *outbox, const struct telling *telling, int64_t until,
	bool anything, struct instant next, struct bh_err *reterr);
/* It goes now. Not `mine` when somebody else has taken it. */
MUST_CHECK enum err outbox_claim(struct outbox *outbox, int64_t id, bool *ret_mine, struct bh_err *reterr);
/* What came of it, or when it may go instead: state, next, why, done. */
MUST_CHECK enum err outbox_settle(
	struct outbox *outbox, const struct message *message, struct bh_err *reterr);
/* What was done with before that is forgotten. */
MUST_CHECK enum err outbox_sweep(struct outbox *outbox, struct instant before, struct bh_err *reterr);
/* The code that proves the address which `telling` wants; kept nowhere, so it is reckoned again. In `arena`.
 */
struct str outbox_code(const struct outbox *outbox, struct arena *arena, const struct telling *telling);

#endif
