/* rule_view.h: the register of rules as people write into it, and as it is shown. */
#ifndef VIEW_RULE_VIEW_H
#define VIEW_RULE_VIEW_H

#include "store/store_rule.h"
#include "view/teller.h"

/* Who asks, and of which day. What they may not see of matters is left out. */
struct rule_ask {
	struct teller teller;
	struct store *store;
	const struct viewer *viewer; /* NULL: the operator, from whom nothing is hidden */
	struct day day;
};

/* What somebody wrote of a version, as rule_issue_read takes it but for what the act finds out: the unit by
 * its code, matters by number or id, the title as a text or in two languages. What isn't said of a rule that
 * is there (`rule` not 0) stays as it is. ERR_INVALID names the member. */
MUST_CHECK enum err rule_spec_read(const struct rule_ask *ask, int64_t rule, const struct doc *written,
	struct doc **ret_spec, struct bh_err *reterr);
/* The same of a repeal; the rule that takes its place by code. */
MUST_CHECK enum err rule_repeal_spec_read(const struct rule_ask *ask, int64_t rule, const struct doc *written,
	struct doc **ret_spec, struct bh_err *reterr);
/* A rule by its code or its id. ERR_NOT_FOUND. */
MUST_CHECK enum err rule_by_name(
	const struct rule_ask *ask, struct str name, int64_t *ret_rule, struct bh_err *reterr);

/* How it stands on the day: in_force, future, repealed; and by which version, NULL where by none. */
const char *rule_state_on(const struct stored_rule *rule, const struct stored_rule_version *versions,
	size_t count, struct day day, const struct stored_rule_version **ret_version);

struct rule_filter {
	struct str area, stage, state, q; /* "" doesn't count */
	int64_t unit;                     /* 0 doesn't count */
};
/* {"as_of", "rules": […], "matrix": […]}: the rules that the filter finds, by id, and of all of them in force
 * how many serve each stage in each area. */
MUST_CHECK enum err rule_list_put(const struct rule_ask *ask, const struct rule_filter *filter,
	struct json_out *out, struct bh_err *reterr);
/* One rule with all its versions and the text of one: the one asked for, or (0) that of the day, or where
 * there is none that day, the nearest. */
MUST_CHECK enum err rule_put(const struct rule_ask *ask, int64_t rule, int64_t version, struct json_out *out,
	struct bh_err *reterr);
/* Two versions article by article. */
MUST_CHECK enum err rule_compare_put(const struct rule_ask *ask, int64_t rule, int64_t from, int64_t to,
	struct json_out *out, struct bh_err *reterr);

/* A version beside a text that is to be the next one. ERR_INVALID at "text" when it can be none. */
MUST_CHECK enum err rule_draft_put(const struct rule_ask *ask, int64_t rule, int64_t from, struct str draft,
	struct json_out *out, struct bh_err *reterr);

/* The text of a version with what proves it: its receipt is the path to `note`, a signed checkpoint.
 * ERR_REFUSED when the note is older than the version. In the teller's arena. */
MUST_CHECK enum err rule_copy_make(const struct rule_ask *ask, int64_t rule, int64_t version, struct str note,
	struct str *ret_copy, struct bh_err *reterr);

#endif
