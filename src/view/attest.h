/* attest.h: an event of our record with all that proves it to others. */
#ifndef VIEW_ATTEST_H
#define VIEW_ATTEST_H

#include "store/store.h"

/* The event under the note, which is a signed checkpoint of ours, in `arena`. ERR_REFUSED: it isn't signed
 * yet. ERR_INCOMPLETE: its payload is no longer here. */
MUST_CHECK enum err attest_event(struct store *store, struct arena *arena, int64_t index, struct str note,
	struct attested *ret_attested, struct bh_err *reterr);
/* That the tree of `size` events is the beginning of the one under the note. */
MUST_CHECK enum err attest_growth(struct store *store, struct arena *arena, uint64_t size, struct str note,
	struct proof *ret_proof, struct bh_err *reterr);

#endif
