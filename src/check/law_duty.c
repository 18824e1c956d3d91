/* law_duty.c: what is owed: which parts an event may have at all, what a move must close and open, and by
 * when. */
#include "check/law.h"

/* ---- parts ---- */

#define PARTS                                                                                                \
	PART(SET, "set")                                                                                     \
	PART(OPENS, "opens")                                                                                 \
	PART(CLOSES, "closes")                                                                               \
	PART(CHANGES, "changes")                                                                             \
	PART(PAUSES, "pauses")                                                                               \
	PART(RESUMES, "resumes")                                                                             \
	PART(LAPSES, "lapses") PART(EVIDENCE, "evidence") PART(TELLS, "tells") PART(IRREGULAR, "irregular")
enum part {
#define PART(NAME, key) PART_##NAME,
	PARTS
#undef PART
		PART_COUNT
};
static const char *const part_keys[PART_COUNT] = {
#define PART(NAME, key) [PART_##NAME] = key,
	PARTS
#undef PART
};
#define HAS(NAME) (1u << PART_##NAME)

/* A note changes nothing, whatever stands in it; one by whoever reported has files and is told (judge_noted).
 */
static const unsigned parts_of[EVENT_KIND_END] = {
	[EVENT_MATTER_OPENED] = HAS(OPENS) | HAS(EVIDENCE),
	[EVENT_MATTER_ACTED] = HAS(SET) | HAS(OPENS) | HAS(CLOSES) | HAS(CHANGES) | HAS(LAPSES) |
			       HAS(EVIDENCE) | HAS(TELLS) | HAS(IRREGULAR),
	[EVENT_DUTY_WARNED] = HAS(TELLS),
	[EVENT_DUTY_BREACHED] = HAS(OPENS) | HAS(CLOSES) | HAS(PAUSES) | HAS(TELLS),
	[EVENT_MATTER_NOTED] = HAS(EVIDENCE) | HAS(TELLS),
	[EVENT_MATTER_URGED] = HAS(TELLS),
	[EVENT_MATTER_INSTRUCTED] = HAS(OPENS) | HAS(TELLS),
	[EVENT_MATTER_ANSWERED] = HAS(CLOSES) | HAS(TELLS),
	[EVENT_REQUEST_MADE] = HAS(OPENS) | HAS(TELLS),
	[EVENT_REQUEST_DECIDED] = HAS(SET) | HAS(CLOSES) | HAS(CHANGES) | HAS(PAUSES) | HAS(TELLS),
	[EVENT_MATTER_RESUMED] = HAS(SET) | HAS(RESUMES) | HAS(TELLS),
	[EVENT_MATTER_LINKED] = 0,
	[EVENT_MATTER_FOLLOWED] = 0,
	[EVENT_MATTER_UNFOLLOWED] = 0,
	[EVENT_MATTER_ATTENDED] = 0,
};

enum err judge_parts(const struct case_at_hand *at)
{
	for (int part = 0; part < PART_COUNT; part++)
		if (doc_get(at->payload, part_keys[part]) != NULL &&
			(parts_of[at->event->kind] & (1u << part)) == 0)
			return unlawful(at, "parts", "a %s has no part '%s'", event_wire(at->event->kind),
				part_keys[part]);
	if (doc_get(at->payload, "to") != NULL && at->event->kind != EVENT_MATTER_ACTED)
		return unlawful(at, "parts", "a %s doesn't move a matter", event_wire(at->event->kind));
	return ERR_OK;
}

const struct doc *part_with_id(const struct doc *payload, const char *key, int64_t id)
{
	const struct doc *list = doc_get(payload, key);

	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (doc_get_int(&list->items[i], "id", 0) == id)
			return &list->items[i];
	return NULL;
}

bool opens_duty_about(const struct doc *payload, enum duty_kind kind, int64_t about, struct str rule)
{
	const struct doc *list = doc_get(payload, "opens");

	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (str_is(doc_get_text(&list->items[i], "kind"), duty_kind_name(kind)) &&
			doc_get_int(&list->items[i], "about", 0) == about &&
			str_equal(doc_get_text(&list->items[i], "rule"), rule))
			return true;
	return false;
}

/* ---- time ---- */

enum err judge_overdue(const struct case_at_hand *at)
{
	if (doc_get_int(at->payload, "person", 0) == 0)
		return ERR_OK;
	for (size_t i = 0; i < at->matter->duty_count; i++) {
		const struct duty *duty = &at->matter->duties[i];

		if (duty->state == DUTY_OPEN && !duty->breached && duty->due.us <= at->event->time.us)
			return unlawful(at, "breach",
				"duty %lld was overdue, and its breach must have been recorded first",
				(long long)duty->id);
	}
	return ERR_OK;
}

enum err judge_due_days(const struct case_at_hand *at, const struct matter *after)
{
	const struct chronicle *chronicle = &at->law->chronicle;
	const struct doc *opens = doc_get(at->payload, "opens");
	struct world world = chronicle_world(chronicle, at->event->time);

	for (size_t i = 0; opens != NULL && i < opens->count; i++) {
		const struct duty *duty = duty_owed(after, doc_get_int(&opens->items[i], "id", 0));

		/* A calendar that this program doesn't have gives no second opinion. */
		if (duty == NULL || duty->kind != DUTY_RULE || at->law->chronicle.people_unknown ||
			!str_equal(doc_get_text(&opens->items[i], "calendar"),
				calendar_version(chronicle->calendar)))
			continue;
		const struct duty_rule *rule = &at->procedure->duties[duty->rule];
		struct due due = due_compute(
			&rule->limit, rule->warn, after->fields, at->procedure, duty->armed, &world);

		if (due.due.us != duty->due.us || due.warn.us != duty->warn.us)
			return unlawful(at, "due", "the definition gives the duty %.*s another day",
				STR_ARG(rule->name));
	}
	return ERR_OK;
}

/* ---- one failure, one account ---- */

/* The duty in whose name the failure of `duty` was called to account before; 0 when it is a new one. */
static int64_t accounted_for(const struct matter *matter, const struct duty *duty)
{
	int64_t breached = 0;

	for (size_t i = 0; i < matter->failure_count; i++)
		if (matter->failures[i].rule == duty->rule && matter->failures[i].due.us >= duty->due.us)
			breached = matter->failures[i].duty;
	return breached;
}

static enum err judge_new_day(const struct case_at_hand *at, const struct doc *change)
{
	const struct duty *before = duty_owed(at->matter, doc_get_int(change, "id", 0));
	bool known = before != NULL && (before->breached || !instant_is_none(before->missed)) &&
		     doc_get_int(change, "due", 0) <= at->event->time.us;

	if (doc_get_bool(change, "breached") != (doc_get(change, "due") != NULL && known))
		return unlawful(at, "failure", "duty %lld %s", (long long)doc_get_int(change, "id", 0),
			known ? "would be called to account twice for one failure"
			      : "is taken for breached and its day is to come");
	return ERR_OK;
}

enum err judge_new_days(const struct case_at_hand *at)
{
	const struct doc *changes = doc_get(at->payload, "changes");

	for (size_t i = 0; changes != NULL && i < changes->count; i++)
		TRY(judge_new_day(at, &changes->items[i]));
	return ERR_OK;
}

enum err judge_failures(const struct case_at_hand *at, const struct matter *after)
{
	const struct doc *opens = doc_get(at->payload, "opens");

	for (size_t i = 0; opens != NULL && i < opens->count; i++) {
		const struct duty *duty = duty_owed(after, doc_get_int(&opens->items[i], "id", 0));

		if (duty == NULL)
			continue;
		int64_t breached = duty->kind == DUTY_RULE ? accounted_for(after, duty) : 0;

		if (duty->breached != (breached != 0) || (duty->kind == DUTY_RULE && duty->about != breached))
			return unlawful(at, "failure", "duty %lld %s", (long long)duty->id,
				breached != 0 ? "would be called to account twice for one failure"
					      : "is taken for breached and never was");
	}
	return ERR_OK;
}

/* ---- a move ---- */

static bool opens_rule(const struct doc *payload, struct str rule)
{
	const struct doc *list = doc_get(payload, "opens");

	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (str_is(doc_get_text(&list->items[i], "kind"), duty_kind_name(DUTY_RULE)) &&
			str_equal(doc_get_text(&list->items[i], "rule"), rule))
			return true;
	return false;
}

/* What was owed, and what has become of it. */
static enum err judge_owed(const struct case_at_hand *at, const struct duty *duty, int action, int to)
{
	const struct duty_rule *rule = &at->procedure->duties[duty->rule];
	const struct doc *close = part_with_id(at->payload, "closes", duty->id);
	bool holds = duty_holds_in(rule, to), discharged = action >= 0 && duty_discharged_by(rule, action);
	bool comes_round = rule->limit.kind == LIMIT_EVERY;
	struct str how = doc_get_text(close, "how");

	if (close == NULL && !holds)
		return unlawful(
			at, "closes", "the duty %.*s doesn't hold there and stays open", STR_ARG(rule->name));
	if (close == NULL && discharged && !comes_round)
		return unlawful(at, "closes", "it discharges %.*s and leaves it open", STR_ARG(rule->name));
	if (close == NULL)
		return ERR_OK;
	if (str_is(how, duty_state_name(DUTY_DONE)) && !discharged)
		return unlawful(
			at, "closes", "it calls %.*s done, which it doesn't discharge", STR_ARG(rule->name));
	if (!str_is(how, duty_state_name(DUTY_DONE)) && (holds || discharged))
		return unlawful(at, "closes", "it drops %.*s, which holds or is done", STR_ARG(rule->name));
	if (holds && comes_round && !opens_rule(at->payload, rule->name))
		return unlawful(
			at, "opens", "%.*s comes round, and no next round is opened", STR_ARG(rule->name));
	return ERR_OK;
}

/* A word on what follows from a breach of procedure, which the act brings with it. */
static bool answers_irregularity(const struct case_at_hand *at, const struct doc *duty)
{
	const struct doc *list = doc_get(at->payload, "irregular");

	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (doc_get_int(&list->items[i], "answer", 0) == doc_get_int(duty, "id", 0))
			return str_is(doc_get_text(duty, "kind"), duty_kind_name(DUTY_ANSWER));
	return false;
}

static enum err judge_opens(const struct case_at_hand *at, int from, int to)
{
	const struct doc *list = doc_get(at->payload, "opens");

	for (size_t i = 0; i < at->procedure->duty_count && from != to; i++) {
		const struct duty_rule *rule = &at->procedure->duties[i];

		if (duty_holds_in(rule, to) && (from < 0 || !duty_holds_in(rule, from)) &&
			!opens_rule(at->payload, rule->name))
			return unlawful(at, "opens", "the duty %.*s begins there and isn't opened",
				STR_ARG(rule->name));
	}
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		int rule = procedure_duty(at->procedure, doc_get_text(&list->items[i], "rule"));

		if (answers_irregularity(at, &list->items[i]))
			continue;
		if (!str_is(doc_get_text(&list->items[i], "kind"), duty_kind_name(DUTY_RULE)) || rule < 0 ||
			!duty_holds_in(&at->procedure->duties[rule], to))
			return unlawful(at, "opens", "it opens a duty that doesn't hold there");
	}
	return ERR_OK;
}

/* P2: what goes on is owed by somebody. */
static bool still_owed(const struct case_at_hand *at)
{
	const struct doc *opens = doc_get(at->payload, "opens");

	for (size_t i = 0; opens != NULL && i < opens->count; i++)
		if (!answers_irregularity(at, &opens->items[i]))
			return true;
	for (size_t i = 0; i < at->matter->duty_count; i++)
		if (at->matter->duties[i].kind == DUTY_RULE &&
			part_with_id(at->payload, "closes", at->matter->duties[i].id) == NULL)
			return true;
	return false;
}

static bool request_holds_in(const struct request_rule *rule, int state)
{
	for (size_t i = 0; i < rule->in_count; i++)
		if (rule->in[i] == state)
			return true;
	return false;
}

/* A request that the matter leaves behind lapses, and no other. */
static enum err judge_lapses(const struct case_at_hand *at, int from, int to)
{
	for (size_t i = 0; i < at->matter->request_count; i++) {
		const struct request *request = &at->matter->requests[i];
		bool lapses = part_with_id(at->payload, "lapses", request->id) != NULL;
		bool should = from != to && request->state == REQUEST_OPEN &&
			      !request_holds_in(&at->procedure->requests[request->rule], to);

		if (lapses != should)
			return unlawful(at, "lapses", "request %lld %s", (long long)request->id,
				should ? "is left behind and stays open" : "lapses without reason");
	}
	return ERR_OK;
}

enum err judge_move(const struct case_at_hand *at, int action, int from, int to)
{
	const struct doc *closes = doc_get(at->payload, "closes");

	TRY(judge_lapses(at, from, to));

	for (size_t i = 0; i < at->matter->duty_count; i++)
		if (at->matter->duties[i].kind == DUTY_RULE)
			TRY(judge_owed(at, &at->matter->duties[i], action, to));
	for (size_t i = 0; closes != NULL && i < closes->count; i++)
		if (duty_owed(at->matter, doc_get_int(&closes->items[i], "id", 0))->kind == DUTY_ANSWER)
			return unlawful(at, "closes", "an answer that is owed is given, not moved away from");
	TRY(judge_opens(at, from, to));
	if (at->procedure->states[to].end == END_NONE && !still_owed(at))
		return unlawful(at, "P2", "nobody would owe the next step");
	return ERR_OK;
}
