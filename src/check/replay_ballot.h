/* replay_ballot.h: private to check/. */
#ifndef CHECK_REPLAY_BALLOT_H
#define CHECK_REPLAY_BALLOT_H

#include "check/ballots.h"

/* Put what an event says of a vote into the rows; `ballots` has followed it. */
MUST_CHECK enum err replay_ballot(struct store *store, struct arena *arena, const struct ballots *ballots,
	const struct event *event, struct bh_err *reterr);

#endif
