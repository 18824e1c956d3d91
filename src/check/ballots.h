/* ballots.h: the votes as their events have told of them so far, each held to what was said before it.
 * Private to check/. */
#ifndef CHECK_BALLOTS_H
#define CHECK_BALLOTS_H

#include "store/store.h"

struct told_ballot {
	struct stored_ballot row; /* as it must stand now */
	struct ballot ballot;
	struct ballot_code *codes;
	size_t code_count;
	struct hash *seals;
	size_t seal_count, seal_capacity;
	struct ballot_count *paper; /* the count that two agree on; NULL: none */
	struct ballot_line *lines;  /* of a closed one */
	size_t line_count;
};

struct ballots {
	struct arena *arena;
	struct told_ballot *items; /* by id - 1 */
	size_t count, capacity;
};

/* Take in an event; those that are about no vote are let by. ERR_TAMPERED says why it could not have been
 * recorded: a root that isn't over the codes, a ballot without a code under it, one that was sealed and is
 * gone, a result that doesn't follow from the lines. */
MUST_CHECK enum err ballots_follow(struct ballots *ballots, const struct event *event, struct bh_err *reterr);
bool ballots_are_told_by(enum event_kind kind);
/* NULL: none of this id. */
struct told_ballot *ballots_find(const struct ballots *ballots, int64_t id);

#endif
