/* levels.h: institutions above and below and the files between them, as their events have told of them so
 * far, each held to what was said before it. Private to check/. */
#ifndef CHECK_LEVELS_H
#define CHECK_LEVELS_H

#include "account/account.h"
#include "store/store_rows.h"

struct told_package {
	int64_t peer, number;
	bool taken;
};
struct told_levels {
	struct arena *arena;
	struct peer *peers; /* by id - 1 */
	size_t peer_count, peer_capacity;
	struct told_package *packages; /* by id - 1 */
	size_t package_count, package_capacity;
};

/* Take in an event about them; `directory` NULL: who had which account isn't known. ERR_TAMPERED says why it
 * could not have been recorded: a key that no security administrator entered, a number out of turn or twice,
 * a package of nobody. */
MUST_CHECK enum err levels_follow(struct told_levels *levels, const struct directory *directory,
	const struct event *event, struct bh_err *reterr);
/* Put what an event says into the rows; levels_follow has taken it in. */
MUST_CHECK enum err replay_level(
	struct store *store, struct arena *arena, const struct event *event, struct bh_err *reterr);

#endif
