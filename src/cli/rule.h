/* rule.h: what the commands on rules share. Private to cli/. */
#ifndef CLI_RULE_H
#define CLI_RULE_H

#include "cli/house.h"

#include "view/rule_view.h"

/* Whoever reads: the person of --as, else the operator; as of --on, else today. */
MUST_CHECK enum err rule_ask_of(struct house *house, struct viewer *viewer, struct rule_ask *ret_ask);
/* The rule that stands as the third argument, by code or id. */
MUST_CHECK enum err rule_argument(struct house *house, const struct rule_ask *ask, int64_t *ret_rule);
/* --version, else the newest. */
MUST_CHECK enum err rule_version_option(
	struct house *house, const struct rule_ask *ask, int64_t rule, int64_t *ret_version);

/* ---- for people: what the JSON of view/rule_view.h says ---- */

void rule_tell(const struct call *call, const struct doc *rule);
void rule_tell_comparison(const struct call *call, const struct doc *comparison);
MUST_CHECK enum err rule_tell_list(struct call *call, enum table_form form, const struct doc *list);

/* ---- attested copies ---- */

MUST_CHECK enum err rule_copy(struct house *house);
MUST_CHECK enum err rule_verify(struct call *call);

#endif
