/* decide_clock.c: what time itself brings: warnings, breaches and what follows from them, the end of a
 * suspension. The clock is only another actor, and records the instant that was due, not the one at which it
 * looked. */
#include "matter/engine.h"

static enum err due_duty(struct draft *draft, const struct duty **ret_duty)
{
	*ret_duty = matter_duty(draft->matter, draft->command->about);
	if (*ret_duty == NULL || (*ret_duty)->state != DUTY_OPEN)
		return err_set(draft->reterr, ERR_CONFLICT, "duty", "that duty isn't open any more");
	return ERR_OK;
}

static void put_duty_name(struct draft *draft, const struct duty *duty)
{
	struct str name = duty->kind == DUTY_RULE     ? draft->procedure->duties[duty->rule].name
			  : duty->kind == DUTY_DECIDE ? draft->procedure->requests[duty->rule].name
						      : STR("answer");

	doc_set(draft->arena, draft->payload, "duty", doc_int(draft->arena, duty->id));
	doc_set(draft->arena, draft->payload, "name", doc_text(draft->arena, name));
}

enum err decide_warn(struct draft *draft, struct events *events)
{
	const struct duty *duty;

	TRY(due_duty(draft, &duty));
	if (duty->warned || instant_is_none(duty->warn) || duty->warn.us > draft->world->now.us)
		return err_set(draft->reterr, ERR_CONFLICT, "duty", "there is nothing to warn of");
	put_duty_name(draft, duty);
	doc_set(draft->arena, draft->payload, "at", doc_int(draft->arena, duty->warn.us));
	draft_tell(draft, duty->post, NOTICE_WARNED, duty->id);
	draft_finish(draft, EVENT_DUTY_WARNED, events);
	return ERR_OK;
}

struct reached {
	struct bearer bearers[16];
	size_t count;
};

static void reach_add(struct reached *reached, struct bearer bearer, const struct duty *duty)
{
	if (bearer_is_nobody(&bearer) || reached->count == ARRAY_COUNT(reached->bearers))
		return;
	/* The one who failed isn't the one who is to follow it up. */
	if (bearer.unit == duty->unit && bearer.post == duty->post && bearer.person == duty->person)
		return;
	reached->bearers[reached->count++] = bearer;
}

static void reach_rule(
	struct draft *draft, const struct breach *breach, const struct duty *duty, struct reached *reached)
{
	for (size_t i = 0; i < breach->escalate_count; i++) {
		const struct reach *reach = &breach->escalate[i];
		struct bearer bearer = matter_bearer(
			draft->procedure, draft->fields, reach->role, draft->world->org, draft->today);

		if (reach->kind == REACH_HEAD)
			bearer = (struct bearer){.post = bearer_head(draft->world->org, &bearer)};
		else if (reach->kind == REACH_SUPERIOR)
			bearer = (struct bearer){.post = bearer_superior(draft->world->org, &bearer)};
		reach_add(reached, bearer, duty);
	}
}

/* Who hears of it. Where no rule says, the one who waits for the answer and the post above the one who owes
 * it. */
static void reach_all(
	struct draft *draft, const struct duty *duty, const struct breach *breach, struct reached *reached)
{
	struct bearer bearer = {.unit = duty->unit, .post = duty->post, .person = duty->person};

	if (breach != NULL)
		reach_rule(draft, breach, duty, reached);
	if (reached->count == 0) {
		reach_add(
			reached, (struct bearer){.post = bearer_superior(draft->world->org, &bearer)}, duty);
		reach_add(reached, (struct bearer){.post = duty->asker}, duty);
	}
}

/* A head who is told is told as a post of its own, also when the duty lies with the whole unit: the first
 * reached of all but the bearer's own house must say what follows. */
static const struct bearer *who_follows_up(
	struct draft *draft, const struct reached *reached, const struct duty *duty)
{
	struct bearer failed = {.unit = duty->unit, .post = duty->post};
	int64_t own_head = bearer_head(draft->world->org, &failed);

	for (size_t i = 0; i < reached->count; i++)
		if (reached->bearers[i].post != 0 && reached->bearers[i].post != duty->post &&
			reached->bearers[i].post != own_head)
			return &reached->bearers[i];
	return NULL;
}

static const struct breach *breach_of(const struct procedure *procedure, const struct duty *duty)
{
	if (duty->kind == DUTY_RULE)
		return &procedure->duties[duty->rule].breach;
	return duty->kind == DUTY_DECIDE ? &procedure->requests[duty->rule].breach : NULL;
}

enum err decide_breach(struct draft *draft, struct events *events)
{
	const struct duty *duty;
	struct reached reached = {0};

	TRY(due_duty(draft, &duty));
	if (duty->breached || duty->due.us > draft->world->now.us)
		return err_set(draft->reterr, ERR_CONFLICT, "duty",
			"that duty isn't overdue, or its breach is recorded");
	const struct breach *breach = breach_of(draft->procedure, duty);
	bool comes_round = duty->kind == DUTY_RULE && !duty_moves(draft->procedure, duty);

	put_duty_name(draft, duty);
	doc_set(draft->arena, draft->payload, "at", doc_int(draft->arena, duty->due.us));
	if (duty->post != 0) {
		/* Who held the post when the duty fell due answers for it, also after a move. */
		const struct tenure *holder = org_holder(draft->world->org, duty->post,
			instant_day((struct instant){duty->due.us - 1}, draft->world->offset_minutes));

		if (holder != NULL)
			doc_set(draft->arena, draft->payload, "holder",
				doc_int(draft->arena, holder->person));
	}
	reach_all(draft, duty, breach, &reached);
	for (size_t i = 0; i < reached.count; i++)
		draft_tell(draft, reached.bearers[i].post, NOTICE_BREACHED, duty->id);
	/* An answer that is owed and not given ends here: told, recorded, and shown by the audit. */
	const struct bearer *follower =
		duty->kind == DUTY_ANSWER ? NULL : who_follows_up(draft, &reached, duty);

	if (follower != NULL)
		draft_owe(draft, DUTY_ANSWER, -1, duty->id, 0, follower, draft->procedure->answer_within);
	if (comes_round) {
		struct instant last = {duty->due.us - 1};

		draft_close(draft, duty, DUTY_MISSED);
		TRY(draft_arm(draft, duty->rule, instant_day(last, draft->world->offset_minutes)));
	} else if (duty->kind == DUTY_RULE) {
		doc_set(draft->arena, draft->payload, "late", doc_bool(draft->arena, true));
	}
	draft_finish(draft, EVENT_DUTY_BREACHED, events);
	if (breach != NULL && breach->opens.procedure.size > 0)
		TRY(draft_opening(draft, &breach->opens, false, draft->procedure->duties[duty->rule].name,
			draft->world->next_matter, events));
	return ERR_OK;
}

/* Who granted a suspension may end it early; the clock ends it on its day. */
static enum err authorise_resume(struct draft *draft)
{
	enum err err = ERR_FORBIDDEN;

	if (draft->command->person == 0)
		return draft->world->now.us >= draft->matter->suspended_until.us
			       ? ERR_OK
			       : err_set(draft->reterr, ERR_CONFLICT, "suspended", "its day hasn't come");
	TRY(draft_delegation(draft));
	for (size_t i = 0; i < draft->procedure->request_count; i++)
		if (draft->procedure->requests[i].stops_all && err != ERR_OK)
			err = draft_authorise(draft, draft->procedure->requests[i].decided_by);
	return err;
}

enum err decide_resume(struct draft *draft, struct events *events)
{
	const struct matter *matter = draft->matter;
	int offset = draft->world->offset_minutes;

	if (instant_is_none(matter->suspended_until))
		return err_set(draft->reterr, ERR_CONFLICT, "suspended", "the matter isn't suspended");
	TRY(authorise_resume(draft));
	/* The clock may look late: the remainder counts from the day that was agreed. */
	struct day from = draft->command->person == 0
				  ? instant_day((struct instant){matter->suspended_until.us - 1}, offset)
				  : draft->today;

	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];
		bool provisional = false;

		if (duty->state != DUTY_PAUSED)
			continue;
		struct day due =
			calendar_add(draft->world->calendar, from, duty->remaining_days, &provisional);
		struct term warn = draft->procedure->duties[duty->rule].warn;
		struct doc *object = draft_push(draft, "resumes");

		doc_set(draft->arena, object, "id", doc_int(draft->arena, duty->id));
		doc_set(draft->arena, object, "due", doc_int(draft->arena, day_end(due, offset).us));
		if (warn.amount > 0)
			doc_set(draft->arena, object, "warn",
				doc_int(draft->arena,
					day_start(calendar_term_before(draft->world->calendar, due, warn),
						offset)
						.us));
		if (provisional)
			doc_set(draft->arena, object, "provisional", doc_bool(draft->arena, true));
	}
	draft_finish(draft, EVENT_MATTER_RESUMED, events);
	return ERR_OK;
}
