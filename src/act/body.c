/* body.c: which body does which act. */
#include "act/writer.h"

typedef enum err act_body_fn(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);

static act_body_fn *const bodies[ACT_KIND_COUNT] = {
	[ACT_COMMAND] = act_matter_body,
	[ACT_UNIT] = act_org_body,
	[ACT_POST] = act_org_body,
	[ACT_PERSON] = act_org_body,
	[ACT_TENURE] = act_org_body,
	[ACT_FUNCTION] = act_org_body,
	[ACT_DELEGATION] = act_org_body,
	[ACT_CALENDAR] = act_calendar_body,
	[ACT_ADOPT] = act_adopt_body,
	[ACT_CLOCK] = act_clock_body,
	[ACT_FOUND] = act_found_body,
	[ACT_KIN] = act_org_body,
	[ACT_RELATION] = act_org_body,
	[ACT_ACCOUNT] = act_account_body,
	[ACT_MEMBER] = act_member_body,
	[ACT_PROFILE] = act_profile_body,
	[ACT_LOOK] = act_look_body,
	[ACT_DEMO] = act_demo_body,
	[ACT_BEGIN] = act_begin_body,
	[ACT_MOVE] = act_move_body,
	[ACT_IMPORT] = act_import_body,
	[ACT_BALLOT_OPEN] = act_ballot_open_body,
	[ACT_BALLOT_VOTE] = act_ballot_vote_body,
	[ACT_BALLOT_PAPER] = act_ballot_paper_body,
	[ACT_BALLOT_CLOSE] = act_ballot_close_body,
	[ACT_LETTER] = act_letter_body,
	[ACT_LETTER_DUE] = act_letter_due_body,
	[ACT_RULE_ISSUE] = act_rule_issue_body,
	[ACT_RULE_REPEAL] = act_rule_repeal_body,
	[ACT_FORMULA] = act_formula_body,
	[ACT_PEER] = act_peer_body,
	[ACT_PACKAGE_SEND] = act_package_send_body,
	[ACT_PACKAGE_TAKE] = act_package_take_body,
};

enum err act_body_at(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	REQUIRE(act->kind < ACT_KIND_COUNT && bodies[act->kind] != NULL);
	TRY(act_may(installation, act, now, reterr));
	return bodies[act->kind](installation, arena, act, now, ret_receipt, reterr);
}

enum err act_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct instant now;

	TRY(act_account_guard(installation, act, reterr));
	TRY(record_time(installation, arena, &now, reterr));
	return act_body_at(installation, arena, act, now, ret_receipt, reterr);
}
