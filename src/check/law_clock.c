/* law_clock.c: what time itself brings: a warning, a breach with all that follows, the end of a suspension.
 */
#include "check/law.h"

static enum err judge_by_clock(const struct case_at_hand *at)
{
	return doc_get_int(at->payload, "person", 0) == 0 ? ERR_OK
							  : unlawful(at, "clock", "only the clock says that");
}

enum err judge_warned(const struct case_at_hand *at)
{
	const struct duty *duty = duty_owed(at->matter, doc_get_int(at->payload, "duty", 0));

	TRY(judge_by_clock(at));
	if (duty->state != DUTY_OPEN || duty->warned || instant_is_none(duty->warn) ||
		duty->warn.us > at->event->time.us || doc_get_int(at->payload, "at", 0) != duty->warn.us)
		return unlawful(at, "warn", "duty %lld wasn't to be warned of then", (long long)duty->id);
	return ERR_OK;
}

static const struct breach *breach_of(const struct case_at_hand *at, const struct duty *duty)
{
	if (duty->kind == DUTY_RULE)
		return &at->procedure->duties[duty->rule].breach;
	return duty->kind == DUTY_DECIDE ? &at->procedure->requests[duty->rule].breach : NULL;
}

static bool was_told(const struct case_at_hand *at, int64_t post)
{
	const struct doc *tells = doc_get(at->payload, "tells");

	for (size_t i = 0; tells != NULL && i < tells->count; i++)
		if (doc_get_int(&tells->items[i], "post", 0) == post &&
			str_is(doc_get_text(&tells->items[i], "kind"), notice_kind_name(NOTICE_BREACHED)))
			return true;
	return false;
}

/* Every role that the definition escalates to has heard of it, unless it is the one that failed. */
static enum err judge_reach(
	const struct case_at_hand *at, const struct breach *breach, const struct duty *duty)
{
	for (size_t i = 0; breach != NULL && i < breach->escalate_count && !at->law->chronicle.people_unknown;
		i++) {
		const struct reach *reach = &breach->escalate[i];
		struct bearer bearer = matter_bearer(
			at->procedure, at->matter->fields, reach->role, at->law->chronicle.org, at->today);

		if (reach->kind == REACH_ROLE && bearer.post != 0 && bearer.post != duty->post &&
			!was_told(at, bearer.post))
			return unlawful(at, "escalate", "the role %.*s wasn't told of the breach",
				STR_ARG(at->procedure->roles[reach->role].name));
	}
	return ERR_OK;
}

/* Whoever outside the house that failed has heard of it owes a word on what follows. */
static enum err judge_answer(const struct case_at_hand *at, const struct duty *duty)
{
	const struct doc *tells = doc_get(at->payload, "tells");
	int64_t own_head = duty->unit == 0 ? 0 : org_head_post(at->law->chronicle.org, duty->unit);
	bool others = false;

	for (size_t i = 0; tells != NULL && i < tells->count; i++) {
		int64_t post = doc_get_int(&tells->items[i], "post", 0);

		others = others || (post != duty->post && post != own_head);
	}
	if (duty->kind != DUTY_ANSWER && others && !at->law->chronicle.people_unknown &&
		!opens_duty_about(at->payload, DUTY_ANSWER, duty->id, STR_NONE))
		return unlawful(at, "answer", "nobody must answer for the breach");
	return ERR_OK;
}

static enum err judge_round(const struct case_at_hand *at, const struct duty *duty)
{
	const struct doc *close = part_with_id(at->payload, "closes", duty->id);
	bool comes_round =
		duty->kind == DUTY_RULE && at->procedure->duties[duty->rule].limit.kind == LIMIT_EVERY;

	if (doc_get(at->payload, "closes") != NULL && doc_get(at->payload, "closes")->count > (close != NULL))
		return unlawful(at, "closes", "a breach closes no other duty");
	if (comes_round != (close != NULL) ||
		(close != NULL && !str_is(doc_get_text(close, "how"), duty_state_name(DUTY_MISSED))))
		return unlawful(at, "closes", "a round that was missed ends so, and nothing else does");
	return ERR_OK;
}

enum err judge_breached(const struct case_at_hand *at)
{
	const struct duty *duty = duty_owed(at->matter, doc_get_int(at->payload, "duty", 0));
	const struct breach *breach = breach_of(at, duty);

	TRY(judge_by_clock(at));
	if (duty->state != DUTY_OPEN || duty->breached || duty->due.us > at->event->time.us ||
		doc_get_int(at->payload, "at", 0) != duty->due.us)
		return unlawful(at, "breach", "duty %lld wasn't overdue then", (long long)duty->id);
	TRY(judge_reach(at, breach, duty));
	TRY(judge_answer(at, duty));
	TRY(judge_round(at, duty));
	if (breach != NULL && breach->opens.procedure.size > 0 && doc_get(at->payload, "not_opened") == NULL)
		at->law->awaited = (struct awaited){.procedure = breach->opens.procedure,
			.count = 1,
			.cause = at->event->matter,
			.index = at->event->index};
	return ERR_OK;
}

/* The clock ends it on its day; who may grant a suspension may end it sooner. */
static enum err judge_resumer(const struct case_at_hand *at)
{
	if (doc_get_int(at->payload, "person", 0) == 0)
		return at->event->time.us >= at->matter->suspended_until.us
			       ? ERR_OK
			       : unlawful(at, "suspended", "its day hadn't come");
	for (size_t i = 0; i < at->procedure->request_count; i++)
		if (at->law->chronicle.people_unknown ||
			(at->procedure->requests[i].stops_all &&
				stands_for(at, at->procedure->requests[i].decided_by, at->matter->fields)))
			return ERR_OK;
	return unlawful(at, "by", "who ended the suspension couldn't have granted it");
}

enum err judge_resumed(const struct case_at_hand *at)
{
	if (instant_is_none(at->matter->suspended_until))
		return unlawful(at, "suspended", "the matter wasn't suspended");
	TRY(judge_resumer(at));
	for (size_t i = 0; i < at->matter->duty_count; i++)
		if (at->matter->duties[i].state == DUTY_PAUSED &&
			part_with_id(at->payload, "resumes", at->matter->duties[i].id) == NULL)
			return unlawful(
				at, "resumes", "duty %lld stays paused", (long long)at->matter->duties[i].id);
	return ERR_OK;
}
