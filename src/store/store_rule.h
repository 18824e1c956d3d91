/* store_rule.h: the register of rules: what is in force on a day, each version of it, and what it has to do
 * with matters.
 */
#ifndef STORE_STORE_RULE_H
#define STORE_STORE_RULE_H

#include "grasp/rule.h"
#include "store/store.h"

struct stored_rule {
	int64_t id;
	struct str code;
	enum rule_area area;
	unsigned stages; /* 1 << STAGE_… */
	int64_t unit, finding;
	struct str procedures; /* names with blanks between */
	int64_t versions;
	struct day repealed; /* the first day it no longer holds; DAY_NONE */
	int64_t by_rule, repeal_matter;
	struct str reason;
	int64_t repeal_index; /* of the event; -1 */
};
/* A version as it was put into the register, without its text. */
struct stored_rule_version {
	int64_t rule, version;
	struct label title;
	int64_t articles;
	struct day from, until; /* until: DAY_NONE while nothing ends it */
	int64_t matter, review;
	struct day review_on;
	struct str note;
	int64_t index;       /* of the event … */
	struct instant time; /* … and when it was recorded */
};
/* All of them, by id. */
MUST_CHECK enum err store_rule_list(struct store *store, struct arena *arena, struct stored_rule **ret_rules,
	size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_rule_get(struct store *store, struct arena *arena, int64_t id,
	struct stored_rule *ret_rule, struct bh_err *reterr);
MUST_CHECK enum err store_rule_find(
	struct store *store, struct str code, int64_t *ret_id, struct bh_err *reterr);
/* Of one rule, or of all (0): by rule and version. */
MUST_CHECK enum err store_rule_versions(struct store *store, struct arena *arena, int64_t rule,
	struct stored_rule_version **ret_versions, size_t *ret_count, struct bh_err *reterr);
/* As it was recorded, in `arena`. */
MUST_CHECK enum err store_rule_text(struct store *store, struct arena *arena, int64_t rule, int64_t version,
	struct str *ret_text, struct bh_err *reterr);
/* The rules that a matter made ("issued") or repealed ("repealed"), and those that arose from it ("arose"),
 * as far as the viewer (NULL: the operator) sees what says so. Who asks sees the matter. */
struct rule_tie {
	int64_t rule, version; /* its newest */
	struct label title;
	struct str how;
};
MUST_CHECK enum err store_rules_of_matter(struct store *store, struct arena *arena,
	const struct viewer *viewer, int64_t matter, struct rule_tie **ret_ties, size_t *ret_count,
	struct bh_err *reterr);
/* What was typed, found in the titles and articles in force on that day, by rule. */
struct rule_hit {
	int64_t rule, version;
	struct label title;
	struct str label; /* of the part in which it was found; "" for title and preamble */
	struct str excerpt;
	size_t from, to; /* where in it, in bytes */
};
MUST_CHECK enum err store_search_rules(struct store *store, struct arena *arena, struct str typed,
	struct day day, int64_t limit, struct rule_hit **ret_hits, size_t *ret_count, struct bh_err *reterr);

#endif
