/* move.c: what becomes of open duties and requests when something is done: done, dropped, owed anew, passed
 * on to another bearer, moved to another day. */
#include "matter/engine.h"

/* Does this command change the field that the limit is measured by? */
static bool day_changes(const struct draft *draft, const struct limit *limit)
{
	if (limit->kind != LIMIT_BY && limit->kind != LIMIT_CALENDAR)
		return false;
	struct str field = draft->procedure->fields[limit->field].name;
	const struct doc *before = doc_get_str(draft->matter->fields, field);
	const struct doc *after = doc_get_str(draft->fields, field);

	return after != NULL && (before == NULL || !doc_equal(before, after));
}

/* A duty that stays open, when a field it depends on has changed: who bears it, or when it is due. A day
 * that was granted or carried over stays as it is while its field does. */
static void revise(struct draft *draft, const struct duty *duty)
{
	struct bearer bearer = matter_bearer(draft->procedure, draft->fields,
		role_of_duty(draft->procedure, duty), draft->world->org, draft->today);
	bool passes = !bearer_is_nobody(&bearer) && (bearer.unit != duty->unit || bearer.post != duty->post ||
							    bearer.person != duty->person);
	struct due due = {.due = duty->due};

	if (duty->kind == DUTY_RULE && duty->state == DUTY_OPEN) {
		const struct duty_rule *rule = &draft->procedure->duties[duty->rule];

		if (day_changes(draft, &rule->limit))
			due = due_compute(&rule->limit, rule->warn, draft->fields, draft->procedure,
				duty->armed, draft->world);
	}
	bool moves = !instant_is_none(due.due) && due.due.us != duty->due.us;

	if (!passes && !moves)
		return;
	struct doc *object = draft_push(draft, "changes");

	doc_set(draft->arena, object, "id", doc_int(draft->arena, duty->id));
	if (passes)
		draft_put_bearer(draft, object, &bearer);
	if (moves)
		draft_put_due(draft, object, &due);
	/* A day that is over gives nobody time: the failure stays the one that was called to account. */
	if (moves && !instant_is_none(day_called_to_account(duty)) && due.due.us <= draft->world->now.us)
		doc_set(draft->arena, object, "breached", doc_bool(draft->arena, true));
	if (passes)
		draft_tell(draft, bearer.post, NOTICE_DUTY, duty->id);
}

/* Is the duty closed by what this draft says so far? */
static bool is_closed_here(const struct draft *draft, const struct duty *duty)
{
	const struct doc *closes = doc_get(draft->payload, "closes");

	for (size_t i = 0; closes != NULL && i < closes->count; i++)
		if (doc_get_int(&closes->items[i], "id", 0) == duty->id)
			return true;
	return false;
}

void draft_revise(struct draft *draft, const struct duty *except)
{
	for (size_t i = 0; i < draft->matter->duty_count; i++) {
		const struct duty *duty = &draft->matter->duties[i];

		if (duty != except && duty->kind != DUTY_ANSWER && duty_is_owed(duty) &&
			!is_closed_here(draft, duty))
			revise(draft, duty);
	}
}

/* Can the bearer of this rule move the matter out of `state` by what discharges it? */
static bool rule_leads_on(const struct procedure *procedure, const struct duty_rule *rule, int state)
{
	for (size_t i = 0; i < rule->discharged_by_count; i++) {
		const struct action *action = &procedure->actions[rule->discharged_by[i]];

		if (action_leaves(action, state) && action->to >= 0 && action->to != state)
			return true;
	}
	return false;
}

/* What becomes of one open duty of the procedure. */
static enum err move_duty(struct draft *draft, const struct duty *duty, int action, int to)
{
	const struct duty_rule *rule = &draft->procedure->duties[duty->rule];
	bool holds = duty_holds_in(rule, to), comes_round = rule->limit.kind == LIMIT_EVERY;
	/* A second report in one period isn't the next period's report. */
	bool discharged = action >= 0 && duty_discharged_by(rule, action) &&
			  (!comes_round || !holds || draft->world->now.us >= duty->armed.us);

	if (!discharged) {
		if (!holds)
			draft_close(draft, duty, DUTY_DROPPED);
		return ERR_OK;
	}
	draft_close(draft, duty, DUTY_DONE);
	if (holds && comes_round)
		draft_arm_again(draft, duty);
	/* Where it holds in the new state as well, that state needs somebody who owes the way out of it. */
	else if (holds && rule_leads_on(draft->procedure, rule, to))
		return draft_arm(draft, duty->rule);
	return ERR_OK;
}

static bool request_holds_in(const struct request_rule *rule, int state)
{
	for (size_t i = 0; i < rule->in_count; i++)
		if (rule->in[i] == state)
			return true;
	return false;
}

/* A request that the matter has left behind lapses, and with it the duty to decide it. */
static void lapse_requests(struct draft *draft, int to)
{
	const struct matter *matter = draft->matter;

	for (size_t i = 0; i < matter->request_count; i++) {
		const struct request *request = &matter->requests[i];

		if (request->state != REQUEST_OPEN ||
			request_holds_in(&draft->procedure->requests[request->rule], to))
			continue;
		doc_set(draft->arena, draft_push(draft, "lapses"), "id", doc_int(draft->arena, request->id));
		for (size_t j = 0; j < matter->duty_count; j++)
			if (matter->duties[j].kind == DUTY_DECIDE && matter->duties[j].about == request->id &&
				matter->duties[j].state == DUTY_OPEN)
				draft_close(draft, &matter->duties[j], DUTY_DROPPED);
	}
}

enum err draft_move(struct draft *draft, int action, int from, int to)
{
	const struct matter *matter = draft->matter;

	for (size_t i = 0; matter != NULL && i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->kind == DUTY_RULE && duty_is_owed(duty))
			TRY(move_duty(draft, duty, action, to));
	}
	if (matter != NULL && from != to)
		lapse_requests(draft, to);
	if (matter != NULL)
		draft_revise(draft, NULL);
	if (from == to)
		return ERR_OK;
	/* A duty that holds in both states goes on; one that begins here is armed, or armed again. */
	for (size_t i = 0; i < draft->procedure->duty_count; i++) {
		const struct duty_rule *rule = &draft->procedure->duties[i];

		if (duty_holds_in(rule, to) && (from < 0 || !duty_holds_in(rule, from)))
			TRY(draft_arm(draft, (int)i));
	}
	return ERR_OK;
}
