/* store_write.h: beginning and ending a write. Included by act/ alone: whoever can begin a write goes through
 * the one write path. What is written in between is in store_rows.h. */
#ifndef STORE_STORE_WRITE_H
#define STORE_STORE_WRITE_H

#include "store/store_rows.h"

/* One transaction at a time, on a store opened to write. ERR_IO when an earlier failure of the disk leaves it
 * unclear what is on it. */
MUST_CHECK enum err store_begin(struct store *store, struct bh_err *reterr);
/* Durable when it returns ERR_OK. */
MUST_CHECK enum err store_commit(struct store *store, struct bh_err *reterr);
void store_abort(struct store *store); /* nothing, if nothing is open */
/* False also when the database gave the open transaction up by itself, after a failure of the machine. */
bool store_in_transaction(const struct store *store);
/* Rows changed so far: the same number before and after means that nothing was written in between. */
int64_t store_changes(const struct store *store);
/* A point inside the transaction to which one act can be taken back; they don't nest. */
MUST_CHECK enum err store_savepoint(struct store *store, struct bh_err *reterr);
MUST_CHECK enum err store_release(struct store *store, struct bh_err *reterr);
MUST_CHECK enum err store_rollback_to(struct store *store, struct bh_err *reterr); /* and release */
/* Move what is committed from the log into the database when the log has grown; the writer calls it between
 * transactions. */
void store_tidy(struct store *store);
/* The index of words follows behind the commits: about how many matters wait for it (seldom less), and index
 * at most `limit` of them, in a transaction of its own. A search finds what waits as well, but reads it
 * through. */
int64_t store_waits_for_index(struct store *store);
MUST_CHECK enum err store_index(struct store *store, int64_t limit, struct bh_err *reterr);
/* The log tells in which order rows came: empty it, where readers let it. The writer calls it behind the
 * closing of a vote and behind what is reported without a name. */
void store_forget(struct store *store);

#endif
