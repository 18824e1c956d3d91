/* law.c: a record's events in order, each held to what was in force when it was recorded. */
#include "check/law.h"

#include <stdio.h>
#include <stdlib.h>

/* A matter's arena is renewed when it holds this many times what the matter takes. */
#define GARBAGE_MAX 2

struct law *law_new(void)
{
	struct arena *arena = arena_new();
	struct law *law = ARENA_TAKE(arena, 1, struct law);

	law->arena = arena;
	law->event_arena = arena_new();
	law->chronicle = chronicle_new(arena);
	return law;
}

void law_free(struct law *law)
{
	if (law == NULL)
		return;
	for (size_t i = 0; i < law->matter_count; i++)
		arena_free(law->matters[i].arena);
	free(law->matters);
	arena_free(law->event_arena);
	arena_free(law->arena);
}

struct judged law_judged(const struct law *law)
{
	return law->judged;
}

enum err unlawful(const struct case_at_hand *at, const char *rule, const char *format, ...)
{
	va_list list;
	char text[512];

	va_start(list, format);
	vsnprintf(text, sizeof text, format, list);
	va_end(list);
	return err_set(
		at->reterr, ERR_TAMPERED, rule, "%.*s: %s: %s", STR_ARG(at->envelope->object), rule, text);
}

/* ---- the matters ---- */

/* The matter of this id; it is the next one when it wasn't heard of. NULL: it is neither. */
static struct law_matter *find_matter(struct law *law, int64_t id)
{
	if (id < 1 || (uint64_t)id > law->matter_count + 1)
		return NULL;
	if ((uint64_t)id <= law->matter_count)
		return &law->matters[id - 1];
	if (law->matter_count == law->matter_capacity) {
		law->matter_capacity = law->matter_capacity == 0 ? 256 : 2 * law->matter_capacity;
		law->matters = realloc(law->matters, law->matter_capacity * sizeof *law->matters);
		REQUIRE(law->matters != NULL);
	}
	struct law_matter *of = &law->matters[law->matter_count++];

	*of = (struct law_matter){.arena = arena_new()};
	of->matter = matter_new(of->arena);
	law->judged.matters++;
	return of;
}

static struct law_matter *parent_of(struct law *law, const struct law_matter *of)
{
	int64_t parent = of->matter->parent;

	return parent < 1 || (uint64_t)parent > law->matter_count ? NULL : &law->matters[parent - 1];
}

static bool counts_as_open(const struct law_matter *of)
{
	return !of->unknown && of->matter->version > 0 && instant_is_none(of->matter->ended);
}

/* Its whole can't close before it; one that fewer people see than the whole is no part in that. */
static bool holds_up(const struct law_matter *whole, const struct law_matter *of)
{
	return whole != NULL && whole->matter->procedure != NULL && counts_as_open(of) &&
	       of->matter->procedure != NULL &&
	       part_counts(of->matter->procedure->visibility, whole->matter->procedure->visibility);
}

/* Something of it can't be seen: from here on it is taken as it comes. */
static void lose_sight(struct law *law, struct law_matter *of)
{
	struct law_matter *parent = parent_of(law, of);

	if (holds_up(parent, of))
		parent->children_open--;
	if (of->matter->version == 0)
		law->numbers_unknown = true;
	of->unknown = true;
	law->judged.unjudged++;
	law->awaited = (struct awaited){0}; /* this may have been it */
}

/* Only what is true of it. */
static struct matter *matter_copy(struct arena *arena, const struct matter *old)
{
	struct matter *matter = ARENA_TAKE(arena, 1, struct matter);

	*matter = *old;
	matter->arena = arena;
	matter->number = str_copy(arena, old->number);
	matter->fields = doc_copy(arena, old->fields);
	matter->duties = ARENA_TAKE(arena, old->duty_count, struct duty);
	matter->requests = ARENA_TAKE(arena, old->request_count, struct request);
	matter->deeds = ARENA_TAKE(arena, old->deed_count, struct deed);
	matter->failures = ARENA_TAKE(arena, old->failure_count, struct failure);
	matter->followers = ARENA_TAKE(arena, old->follower_count, struct follower);
	for (size_t i = 0; i < old->duty_count; i++)
		matter->duties[i] = old->duties[i];
	for (size_t i = 0; i < old->request_count; i++) {
		matter->requests[i] = old->requests[i];
		matter->requests[i].fields = doc_copy(arena, old->requests[i].fields);
	}
	for (size_t i = 0; i < old->deed_count; i++)
		matter->deeds[i] = old->deeds[i];
	for (size_t i = 0; i < old->failure_count; i++)
		matter->failures[i] = old->failures[i];
	for (size_t i = 0; i < old->follower_count; i++)
		matter->followers[i] = old->followers[i];
	matter->duty_capacity = old->duty_count;
	matter->request_capacity = old->request_count;
	matter->deed_capacity = old->deed_count;
	matter->failure_capacity = old->failure_count;
	matter->follower_capacity = old->follower_count;
	matter->missed = NULL;
	matter->irregularities = NULL;
	matter->notices = NULL;
	matter->evidence = NULL;
	matter->links = NULL;
	matter->news = NULL;
	matter->letter = STR_NONE;
	matter->said = NULL;
	matter->notice_capacity = matter->evidence_capacity = matter->link_capacity = 0;
	matter->irregularity_capacity = 0;
	matter->news_capacity = matter->said_capacity = matter->missed_capacity = 0;
	return matter;
}

/* An arena that the matter just fills: a record has millions of them. Its size is what a first copy takes. */
static void renew(struct law *law, struct law_matter *of)
{
	size_t before = arena_used(law->event_arena);
	const struct matter *first = matter_copy(law->event_arena, of->matter);
	struct arena *arena;

	of->kept = arena_used(law->event_arena) - before;
	arena = arena_new_of(of->kept);
	of->matter = matter_copy(arena, first);
	arena_free(of->arena);
	of->arena = arena;
}

/* ---- one event of a matter ---- */

static enum err judge_kind(const struct case_at_hand *at)
{
	switch (at->event->kind) {
	case EVENT_MATTER_OPENED:
		return judge_opened(at);
	case EVENT_MATTER_ACTED:
		return judge_acted(at);
	case EVENT_DUTY_WARNED:
		return judge_warned(at);
	case EVENT_DUTY_BREACHED:
		return judge_breached(at);
	case EVENT_MATTER_RESUMED:
		return judge_resumed(at);
	case EVENT_REQUEST_MADE:
		return judge_requested(at);
	case EVENT_REQUEST_DECIDED:
		return judge_decided(at);
	case EVENT_MATTER_INSTRUCTED:
		return judge_instructed(at);
	case EVENT_MATTER_ANSWERED:
		return judge_answered(at);
	case EVENT_MATTER_NOTED:
		return judge_noted(at);
	case EVENT_MATTER_UNFOLLOWED:
		return judge_unfollowed(at);
	case EVENT_MATTER_ATTENDED:
		return judge_attended(at);
	default: /* an urging, a link, a follower: who may is all there is to them */
		return ERR_OK;
	}
}

/* A breach or an action opens its matters in the very next events. */
static enum err judge_awaited(const struct case_at_hand *at)
{
	struct awaited *awaited = &at->law->awaited;
	struct awaited was = *awaited;
	bool opened_for = at->event->kind == EVENT_MATTER_OPENED && doc_get(at->payload, "cause") != NULL;

	if (was.count > 1)
		awaited->count--;
	else
		*awaited = (struct awaited){0};
	if (was.procedure.size == 0)
		return opened_for ? unlawful(at, "open", "nothing opened it by itself") : ERR_OK;
	if (!opened_for || doc_get_int(at->payload, "cause", 0) != was.cause ||
		!str_equal(doc_get_text(at->payload, "procedure"), was.procedure) ||
		doc_get_int(at->payload, "parent", 0) != (was.as_child ? was.cause : 0))
		return unlawful(at, "open", "event %lld must have opened a matter of %.*s next",
			(long long)was.index, STR_ARG(was.procedure));
	return ERR_OK;
}

static enum err judge_digest(const struct case_at_hand *at)
{
	struct hash digest = matter_digest(at->law->event_arena, at->of->matter);
	struct str now = hex_print(at->law->event_arena, digest.bytes, HASH_SIZE);

	return str_equal(now, doc_get_text(at->payload, "digest"))
		       ? ERR_OK
		       : unlawful(at, "digest", "the state it records isn't what its events give");
}

static enum err judge_matter(struct case_at_hand *at)
{
	struct law_matter *of = at->of, *parent;
	bool held_up = holds_up(parent_of(at->law, of), of);

	TRY(judge_awaited(at));
	TRY(event_fits(at->matter, at->event, at->procedure, at->reterr));
	if (doc_get_int(at->payload, "matter", 0) != at->event->matter)
		return unlawful(at, "matter", "its payload speaks of another matter");
	TRY(judge_parts(at));
	TRY(judge_person(at));
	TRY(judge_overdue(at));
	TRY(judge_kind(at));
	TRY(judge_bearers(at));
	TRY(judge_new_days(at));
	matter_apply(of->matter, at->event, at->procedure);
	law_keep_files(at);
	if (at->event->kind == EVENT_MATTER_OPENED && at->procedure->effect.place.line > 0)
		*ARENA_PUSH(at->law->arena, at->law->effective, at->law->effective_count,
			at->law->effective_capacity) = at->event->matter;
	TRY(judge_due_days(at, of->matter));
	TRY(judge_failures(at, of->matter));
	TRY(judge_digest(at));
	matter_settle(of->matter);
	parent = parent_of(at->law, of);
	if (parent != NULL)
		parent->children_open += (int64_t)holds_up(parent, of) - (int64_t)held_up;
	if (arena_used(of->arena) > GARBAGE_MAX * of->kept || !counts_as_open(of))
		renew(at->law, of);
	at->law->judged.events++;
	return ERR_OK;
}

/* ---- any event ---- */

static const struct opened_payload *main_payload(const struct opened_payload *payloads, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(payloads[i].slot, "main"))
			return &payloads[i];
	return NULL;
}

static enum err judge_other(struct law *law, const struct event *event, struct bh_err *reterr)
{
	TRY(judge_recorder(law, event, reterr));
	TRY(judge_end(law, event, reterr));
	return chronicle_follow(&law->chronicle, event, reterr);
}

/* What was withheld or erased leaves a hole: what depends on it isn't judged. */
static void pass_over(struct law *law, const struct envelope *envelope)
{
	if (str_is(envelope->act, event_wire(EVENT_PROCEDURE_ADOPTED)) ||
		str_is(envelope->act, event_wire(EVENT_INSTITUTION_FOUNDED)))
		law->rules_unknown = true;
	else if (!str_is(envelope->act,
			 "sealed")) /* who enters a compartment changes nothing for anybody else */
		law->chronicle.people_unknown = true;
}

static enum err judge_one(
	struct law *law, const struct envelope *envelope, struct event *event, struct bh_err *reterr)
{
	struct law_matter *of = find_matter(law, event->matter);
	struct case_at_hand at = {.law = law,
		.of = of,
		.event = event,
		.payload = event->payload,
		.envelope = envelope,
		.today = chronicle_day(&law->chronicle, event->time),
		.reterr = reterr};

	if (of == NULL)
		return unlawful(&at, "matter", "matters are numbered without a gap, and this isn't the next");
	if (of->unknown || event->payload == NULL) {
		lose_sight(law, of);
		return ERR_OK;
	}
	at.matter = of->matter;
	at.procedure = of->matter->version > 0 ? of->matter->procedure
					       : chronicle_procedure(&law->chronicle,
							 doc_get_int(event->payload, "definition", 0));
	if (at.procedure == NULL && law->rules_unknown) {
		lose_sight(law, of);
		return ERR_OK;
	}
	return judge_matter(&at);
}

/* In a compartment the envelope is sealed and the payload says what the act was. */
static struct str act_of(const struct envelope *envelope, const struct doc *payload)
{
	return str_is(envelope->act, "sealed") ? doc_get_text(payload, "act") : envelope->act;
}

enum err law_judge(void *context, const struct envelope *envelope, const struct opened_payload *payloads,
	size_t payload_count, struct bh_err *reterr)
{
	struct law *law = context;
	const struct opened_payload *payload = main_payload(payloads, payload_count);
	struct event event = {.time = {envelope->time},
		.index = (int64_t)envelope->index,
		.matter = object_matter(envelope->object)};

	arena_clear(law->event_arena);
	if (str_is(envelope->act, ACT_PRIVACY_ERASE))
		return ERR_OK; /* the ledger itself judges it */
	if (payload != NULL)
		TRY(payload_read(law->event_arena, payload->bytes, &event.payload, reterr));
	if (payload == NULL && event.matter == 0) {
		pass_over(law, envelope);
		return ERR_OK;
	}
	if (payload != NULL && !event_kind_parse(act_of(envelope, event.payload), &event.kind))
		return err_set(reterr, ERR_TAMPERED, "act", "this program knows no act %.*s: a newer one may",
			STR_ARG(envelope->act));
	if (payload != NULL && (event_object(event.kind) == OBJECT_MATTER) != (event.matter != 0))
		return err_set(reterr, ERR_TAMPERED, "object", "%.*s isn't what a %s is about",
			STR_ARG(envelope->object), event_wire(event.kind));
	if (event.matter != 0)
		return judge_one(law, envelope, &event, reterr);
	if ((law->chronicle.people_unknown && event_object(event.kind) == OBJECT_ORG) ||
		(law->rules_unknown && event.kind == EVENT_PROCEDURE_ADOPTED))
		return ERR_OK;
	return judge_other(law, &event, reterr);
}
