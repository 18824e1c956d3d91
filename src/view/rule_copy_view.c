/* rule_copy_view.c: an attested copy, made from the event that put a version into the register. */
#include "store/store_rule.h"
#include "view/attest.h"
#include "view/rule_view.h"

enum err rule_copy_make(const struct rule_ask *ask, int64_t rule, int64_t version, struct str note,
	struct str *ret_copy, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	struct attested attested;
	struct stored_rule_version *versions;
	struct stored_rule stored;
	struct str text;
	size_t count;

	TRY(store_rule_get(ask->store, arena, rule, &stored, reterr));
	TRY(store_rule_text(ask->store, arena, rule, version, &text, reterr));
	TRY(store_rule_versions(ask->store, arena, rule, &versions, &count, reterr));
	TRY(attest_event(ask->store, arena, versions[version - 1].index, note, &attested, reterr));
	*ret_copy = rule_copy_print(arena, &attested, text);
	return ERR_OK;
}
