/* rules.h: the register of rules as its events have told of it so far, each held to what was said before it.
 * Private to check/. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "store/store_rows.h"

struct told_rule {
	struct str code;
	int64_t versions;
	struct day from; /* of the newest version */
	bool repealed;
};
struct told_rules {
	struct arena *arena;
	struct told_rule *items; /* by id - 1 */
	size_t count, capacity;
};

/* Take in an event of the register. ERR_TAMPERED says why it could not have been recorded: a version out of
 * turn, a text that can't be one, a code that another rule has, something behind a repeal. */
MUST_CHECK enum err rules_follow(struct told_rules *rules, const struct event *event, struct bh_err *reterr);
/* Put what an event says of a rule into the rows; rules_follow has taken it in. */
MUST_CHECK enum err replay_rule(
	struct store *store, struct arena *arena, const struct event *event, struct bh_err *reterr);

#endif
