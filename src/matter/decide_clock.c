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
	doc_set(draft->arena, draft->payload, "duty", doc_int(draft->arena, duty->id));
	doc_set(draft->arena, draft->payload, "name",
		doc_text(draft->arena, duty_name(draft->procedure, duty)));
}

enum err decide_warn(struct draft *draft, struct events *events)
{
	const struct duty *duty;

	TRY(due_duty(draft, &duty));
	if (duty->warned || duty->breached || instant_is_none(duty->warn) ||
		duty->warn.us > draft->world->now.us)
		return err_set(draft->reterr, ERR_CONFLICT, "duty", "there is nothing to warn of");
	put_duty_name(draft, duty);
	doc_set(draft->arena, draft->payload, "at", doc_int(draft->arena, duty->warn.us));
	draft_tell(draft, duty->post, NOTICE_WARNED, duty->id);
	draft_finish(draft, EVENT_DUTY_WARNED, events);
	return ERR_OK;
}

static const struct breach *breach_of(const struct procedure *procedure, const struct duty *duty)
{
	if (duty->kind == DUTY_RULE)
		return &procedure->duties[duty->rule].breach;
	return duty->kind == DUTY_DECIDE ? &procedure->requests[duty->rule].breach : NULL;
}

/* Who held the post when the duty fell due answers for it, also after a move; of a duty that a person bears,
 * that person. */
static void set_holder(struct draft *draft, const struct duty *duty)
{
	struct day last = instant_day((struct instant){duty->due.us - 1}, draft->world->offset_minutes);
	const struct tenure *tenure = org_holder(draft->world->org, duty->post, last);
	int64_t holder = duty->person != 0 ? duty->person : tenure != NULL ? tenure->person : 0;

	if (holder != 0)
		doc_set(draft->arena, draft->payload, "holder", doc_int(draft->arena, holder));
}

/* A breach is a fact whether or not its consequence can be opened: then it says what could not be, and why.
 */
static void open_consequence(
	struct draft *draft, const struct opening *opens, const struct duty *duty, struct events *events)
{
	struct bh_err why = {0};
	struct draft opener = *draft;

	opener.reterr = &why;
	if (draft_opening(&opener, &(struct opened_by){opens, duty_name(draft->procedure, duty), false},
		    events) != ERR_OK)
		doc_set(draft->arena, draft->payload, "not_opened",
			doc_text(draft->arena,
				str_format(draft->arena, "%.*s: %s", STR_ARG(opens->procedure), why.text)));
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
	const struct bearer bearer = bearer_of_duty(duty);
	bool comes_round = duty->kind == DUTY_RULE && !duty_moves(draft->procedure, duty);

	put_duty_name(draft, duty);
	doc_set(draft->arena, draft->payload, "at", doc_int(draft->arena, duty->due.us));
	set_holder(draft, duty);
	reach_all(draft, &bearer, duty->asker, breach, &reached);
	for (size_t i = 0; i < reached.count; i++)
		draft_tell(draft, reached.bearers[i].post, NOTICE_BREACHED, duty->id);
	/* An answer that is owed and not given ends here: told, recorded, and shown by the audit. */
	const struct bearer *follower =
		duty->kind == DUTY_ANSWER ? NULL : reach_follower(draft, &reached, &bearer);

	/* The one who failed waits to hear what follows. */
	if (follower != NULL)
		draft_owe(draft, DUTY_ANSWER, -1, duty->id, duty->post, follower,
			draft->procedure->answer_within);
	if (comes_round) {
		draft_close(draft, duty, DUTY_MISSED);
		draft_arm_again(draft, duty);
	} else if (duty->kind == DUTY_RULE) {
		doc_set(draft->arena, draft->payload, "late", doc_bool(draft->arena, true));
	}
	draft_finish(draft, EVENT_DUTY_BREACHED, events);
	if (breach != NULL && breach->opens.procedure.size > 0)
		open_consequence(draft, &breach->opens, duty, events);
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

/* The clock goes on with what was left; a field that names the day says the new one. */
static void resume(struct draft *draft, const struct duty *duty, struct day from)
{
	const struct duty_rule *rule = &draft->procedure->duties[duty->rule];
	struct due due = {.due = INSTANT_NONE, .warn = INSTANT_NONE};
	struct doc *object = draft_push(draft, "resumes");
	int offset = draft->world->offset_minutes;

	due.day = calendar_add(draft->world->calendar, from, duty->remaining_days, &due.provisional);
	due.due = day_end(due.day, offset);
	if (rule->warn.amount > 0)
		due.warn =
			day_start(calendar_term_before(draft->world->calendar, due.day, rule->warn), offset);
	doc_set(draft->arena, object, "id", doc_int(draft->arena, duty->id));
	draft_put_due(draft, object, &due);
	if (rule->limit.kind == LIMIT_BY)
		draft_set(draft, draft->procedure->fields[rule->limit.field].name,
			doc_text(draft->arena, day_print(draft->arena, due.day)));
}

enum err decide_resume(struct draft *draft, struct events *events)
{
	const struct matter *matter = draft->matter;
	int offset = draft->world->offset_minutes;

	if (instant_is_none(matter->suspended_until))
		return err_set(draft->reterr, ERR_CONFLICT, "suspended", "the matter isn't suspended");
	TRY(authorise_resume(draft));
	TRY(draft_text(draft, NULL));
	/* The clock may look late: the remainder counts from the day that was agreed, at the latest. */
	struct day from = instant_day((struct instant){matter->suspended_until.us - 1}, offset);

	if (draft->today.number < from.number)
		from = draft->today;
	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].state == DUTY_PAUSED)
			resume(draft, &matter->duties[i], from);
	draft_finish(draft, EVENT_MATTER_RESUMED, events);
	return ERR_OK;
}
