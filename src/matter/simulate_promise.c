/* simulate_promise.c: what a run must keep, looked at from outside: by the facts recorded and the matter they
 * make, never by the rules that decided them. */
#include "matter/simulate_run.h"

static const struct promise_row {
	const char *name;
	struct label label;
} promise_rows[] = {
#define ROW(name, zh, en)                                                                                    \
	{                                                                                                    \
		name,                                                                                        \
		{                                                                                            \
			{zh, sizeof(zh) - 1},                                                                \
			{                                                                                    \
				en, sizeof(en) - 1                                                           \
			}                                                                                    \
		}                                                                                            \
	}
	[PROMISE_POWER] = ROW("power", "有权必有责", "whoever holds a power bears a duty"),
	[PROMISE_BEARER] = ROW("bearer", "有责要担当", "whoever bears a duty takes it up"),
	[PROMISE_CONSEQUENCE] = ROW("consequence", "失责必追究", "whoever fails a duty is called to account"),
	[PROMISE_END] = ROW("end", "事项终能办结", "every run comes to an end"),
	[PROMISE_REFUSAL] = ROW("refusal", "违规一律拒绝", "what must be refused is refused"),
	[PROMISE_REPLAY] = ROW("replay", "记录可以重放", "the record gives the same matter again"),
#undef ROW
};
static_assert(ARRAY_COUNT(promise_rows) == PROMISE_COUNT, "every promise has its words");

const char *promise_name(enum promise promise)
{
	REQUIRE(promise < PROMISE_COUNT);
	return promise_rows[promise].name;
}

struct label promise_label(enum promise promise)
{
	REQUIRE(promise < PROMISE_COUNT);
	return promise_rows[promise].label;
}

void promise_break(struct run *run, enum promise promise, const char *zh, const char *en)
{
	struct simulation *result = run->result;

	if (!result->kept)
		return;
	result->kept = false;
	result->promise = promise;
	result->why = (struct label){str_from(zh), str_from(en)};
}

/* Is there something that its bearer can do here, which discharges it and leads on? */
static bool leads_on(const struct run *run, const struct duty *duty)
{
	const struct duty_rule *rule = &run->procedure->duties[duty->rule];

	for (size_t i = 0; i < rule->discharged_by_count; i++) {
		const struct action *action = &run->procedure->actions[rule->discharged_by[i]];

		if (action_leaves(action, run->matter->state) && action->to >= 0 &&
			action->to != run->matter->state)
			return true;
	}
	return false;
}

static bool is_held(const struct run *run, const struct duty *duty)
{
	struct day today = instant_day(run->world.now, run->world.offset_minutes);
	int64_t posts[1];

	if (duty->person != 0)
		return org_posts_held(run->org, duty->person, today, posts, 1) > 0;
	return org_holder(run->org, duty->post, today) != NULL;
}

void promise_check_bearer(struct run *run)
{
	const struct matter *matter = run->matter;
	bool stands = !instant_is_none(matter->suspended_until), owed = false;

	if (!instant_is_none(matter->ended))
		return;
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];
		bool runs = duty->state == DUTY_OPEN || (stands && duty->state == DUTY_PAUSED);

		if (runs && duty->kind == DUTY_RULE &&
			run->procedure->duties[duty->rule].limit.kind != LIMIT_EVERY &&
			!instant_is_none(duty->due) && leads_on(run, duty) && is_held(run, duty))
			owed = true;
	}
	if (!owed)
		promise_break(run, PROMISE_BEARER, "此刻无人负有推动事项的责任,或其岗位无人担任",
			"nobody who stands in a post owes the way on at this instant");
}

/* A post that is neither the bearer's nor the head of the bearer's unit: the house that failed doesn't count.
 */
static bool is_other(const struct run *run, const struct duty *duty, int64_t post)
{
	return post != 0 && post != duty->post &&
	       (duty->unit == 0 || post != org_head_post(run->org, duty->unit));
}

/* Was a breach of that name and day recorded before? By the facts alone; the newest is the one at hand. */
static bool was_breached(const struct run *run, const struct event *breach)
{
	size_t times = 0;

	for (size_t i = 0; i < run->history.count; i++) {
		const struct event *event = &run->history.items[i];

		times += event->kind == EVENT_DUTY_BREACHED &&
			 str_equal(doc_get_text(event->payload, "name"),
				 doc_get_text(breach->payload, "name")) &&
			 doc_get_int(event->payload, "at", 0) == doc_get_int(breach->payload, "at", 0);
	}
	return times > 1;
}

void promise_check_breach(struct run *run, const struct duty *duty, const struct events *events)
{
	const struct doc *tells = doc_get(events->items[0].payload, "tells");
	bool follows = events->count > 1;

	run->result->breaches++;
	if (duty->kind == DUTY_RULE && was_breached(run, &events->items[0]))
		promise_break(run, PROMISE_CONSEQUENCE, "同一失责被追究两次",
			"one failure was called to account twice");
	for (size_t i = 0; tells != NULL && i < tells->count; i++)
		follows = follows || is_other(run, duty, doc_get_int(&tells->items[i], "post", 0));
	if (!follows)
		promise_break(run, PROMISE_CONSEQUENCE,
			"一项失责没有告知责任单位以外的任何人,也未引发新的事项",
			"a breach was told to nobody but the house that failed, and opened nothing");
}

void promise_check_replay(struct run *run)
{
	struct matter *again = matter_new(run->arena);
	struct hash now = matter_digest(run->arena, run->matter), then;

	for (size_t i = 0; i < run->history.count; i++) {
		struct event event = run->history.items[i];
		struct str printed = doc_print(run->arena, event.payload);

		/* Read back as the ledger would: what doesn't survive the print was never recorded. */
		if (doc_read_canonical(run->arena, printed, &event.payload, NULL) != ERR_OK) {
			promise_break(run, PROMISE_REPLAY, "一条记录无法再读出", "a fact can't be read back");
			return;
		}
		matter_apply(again, &event, run->procedure);
		matter_settle(again);
	}
	then = matter_digest(run->arena, again);
	if (!hash_equal(&now, &then))
		promise_break(run, PROMISE_REPLAY, "重放全部记录得到的事项与现状不同",
			"replaying all facts gives another matter");
}
