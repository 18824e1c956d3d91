/* law_step.c: opening a matter and acting in it. */
#include "check/law.h"

static bool is_empty(const struct doc *value)
{
	return value == NULL || value->kind == DOC_NULL ||
	       (value->kind == DOC_TEXT && value->text.size == 0) ||
	       (value->kind == DOC_LIST && value->count == 0);
}

enum err judge_fields(
	const struct case_at_hand *at, const struct field *fields, size_t count, const struct doc *given)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i].required && is_empty(doc_get_str(given, fields[i].name)))
			return unlawful(
				at, "fields", "the field %.*s must be filled in", STR_ARG(fields[i].name));
	for (size_t i = 0; given != NULL && i < given->count; i++) {
		bool known = false;

		for (size_t j = 0; j < count; j++)
			known = known || str_equal(fields[j].name, given->keys[i]);
		if (!known)
			return unlawful(at, "fields", "there is no field %.*s", STR_ARG(given->keys[i]));
	}
	return judge_files(at, fields, count, given);
}

/* What an action waits for isn't entered as a day that was over then; the day that stood there may stay. */
static enum err judge_waited_for(const struct case_at_hand *at, const struct doc *given)
{
	for (size_t i = 0; i < at->procedure->action_count; i++) {
		const struct action *action = &at->procedure->actions[i];

		if (!action_waits(action))
			continue;
		struct str field = at->procedure->fields[action->not_before.field].name;
		const struct doc *value = doc_get_str(given, field), *before = NULL;
		struct day day;

		if (at->event->kind != EVENT_MATTER_OPENED)
			before = doc_get_str(at->matter->fields, field);
		if (value != NULL && value->kind == DOC_TEXT &&
			day_parse(value->text, &day, NULL) == ERR_OK && day.number < at->today.number &&
			(before == NULL || !doc_equal(before, value)))
			return unlawful(at, "not_before",
				"%.*s waits for a day that was entered when it was over",
				STR_ARG(action->name));
	}
	return ERR_OK;
}

/* ---- opening ---- */

static enum err judge_number(const struct case_at_hand *at)
{
	struct law *law = at->law;
	int64_t year = doc_get_int(at->payload, "year", 0), seq = doc_get_int(at->payload, "seq", 0);
	struct law_sequence *sequence = NULL;
	int now, month, dom;

	day_split(at->today, &now, &month, &dom);
	if (year != now)
		return unlawful(at, "number", "it bears the number of another year");
	if (law->numbers_unknown)
		return ERR_OK;
	for (size_t i = 0; i < law->sequence_count; i++)
		if (law->sequences[i].year == year &&
			str_equal(law->sequences[i].procedure, at->procedure->name))
			sequence = &law->sequences[i];
	if (sequence == NULL) {
		sequence =
			ARENA_PUSH(law->arena, law->sequences, law->sequence_count, law->sequence_capacity);
		*sequence = (struct law_sequence){.procedure = at->procedure->name, .year = year};
	}
	if (seq != sequence->last + 1)
		return unlawful(at, "number", "its number is %lld, and the next was %lld", (long long)seq,
			(long long)sequence->last + 1);
	sequence->last = seq;
	return ERR_OK;
}

static enum err judge_parent(const struct case_at_hand *at)
{
	int64_t id = doc_get_int(at->payload, "parent", 0);

	if (id == 0)
		return ERR_OK;
	if (id < 1 || id >= at->event->matter)
		return unlawful(at, "parent", "it is a part of a matter that isn't there");
	const struct law_matter *parent = &at->law->matters[id - 1];

	if (parent->unknown || parent->matter->version == 0)
		return ERR_OK;
	if (doc_get(at->payload, "cause") == NULL &&
		!str_equal(parent->matter->procedure->children.of, at->procedure->name))
		return unlawful(at, "parent", "the whole has no parts of this procedure");
	/* What an action opens by itself it may open while it ends the whole. */
	if (doc_get(at->payload, "cause") == NULL && !instant_is_none(parent->matter->ended))
		return unlawful(at, "parent", "the whole had ended");
	return ERR_OK;
}

/* ---- reported without a name ---- */

static bool is_by_letter(const struct case_at_hand *at)
{
	return doc_get(at->payload, "letter") != NULL && doc_get_int(at->payload, "person", 0) == 0;
}

static bool is_asked_of_anybody(const struct procedure *procedure, struct str field)
{
	for (size_t i = 0; i < procedure->letters.field_count; i++)
		if (str_equal(procedure->letters.fields[i], field))
			return true;
	return false;
}

/* It tells a day that was over, or the day itself where a clerk entered what came on paper. */
static enum err judge_came(const struct case_at_hand *at)
{
	struct day came;

	return day_parse(doc_get_text(at->payload, "came"), &came, NULL) == ERR_OK &&
			       came.number <= at->today.number
		       ? ERR_OK
		       : unlawful(at, "came", "it says no day on which it came");
}

static enum err judge_letter(const struct case_at_hand *at)
{
	const struct doc *given = doc_get(at->payload, "fields");
	struct str bytes;

	if (doc_get(at->payload, "letter") == NULL)
		return ERR_OK;
	if (at->procedure->letters.place.line == 0)
		return unlawful(at, "letters", "its procedure isn't begun by a report without a name");
	if (!hex_parse(at->law->event_arena, doc_get_text(at->payload, "letter"), &bytes) ||
		bytes.size != HASH_SIZE)
		return unlawful(at, "letter", "it names no code");
	for (size_t i = 0; given != NULL && i < given->count; i++)
		if (!is_asked_of_anybody(at->procedure, given->keys[i]))
			return unlawful(at, "letters", "whoever reports isn't asked for %.*s",
				STR_ARG(given->keys[i]));
	return judge_came(at);
}

/* By somebody, or by whoever reported it; only of the latter's others are told. */
enum err judge_noted(const struct case_at_hand *at)
{
	bool by_reporter = doc_get_bool(at->payload, "reporter");

	if (by_reporter != (doc_get_int(at->payload, "person", 0) == 0))
		return unlawful(at, "by", "it is by nobody, and not by whoever reported it either");
	if (!by_reporter)
		return doc_get(at->payload, "tells") == NULL
			       ? ERR_OK
			       : unlawful(at, "parts", "a note is told to nobody");
	if (at->procedure->letters.place.line == 0)
		return unlawful(at, "letters", "nobody reported this without a name");
	return judge_came(at);
}

/* Who begins it stands for a role that acts first; a part may also be begun by whoever has a role in the
 * whole, and what opens by itself is begun by nobody. */
static enum err judge_beginner(const struct case_at_hand *at)
{
	const struct procedure *procedure = at->procedure;

	if (at->law->chronicle.people_unknown || doc_get(at->payload, "cause") != NULL ||
		doc_get_int(at->payload, "parent", 0) != 0 || is_by_letter(at))
		return ERR_OK;
	for (size_t i = 0; i < procedure->action_count; i++)
		if (action_leaves(&procedure->actions[i], procedure->start) &&
			stands_for(at, procedure->actions[i].by, doc_get(at->payload, "fields")))
			return ERR_OK;
	return unlawful(at, "by", "who began it stands for no role that acts first");
}

enum err judge_opened(const struct case_at_hand *at)
{
	int64_t definition = doc_get_int(at->payload, "definition", 0);

	if (!str_equal(doc_get_text(at->payload, "procedure"), at->procedure->name))
		return unlawful(at, "definition", "it names another procedure than its definition");
	if (!at->law->rules_unknown &&
		chronicle_in_force(&at->law->chronicle, at->procedure->name) != definition)
		return unlawful(
			at, "definition", "definition %lld wasn't the one in force", (long long)definition);
	TRY(judge_number(at));
	TRY(judge_parent(at));
	TRY(judge_beginner(at));
	TRY(judge_letter(at));
	TRY(judge_fields(
		at, at->procedure->fields, at->procedure->field_count, doc_get(at->payload, "fields")));
	if (doc_get(at->payload, "cause") == NULL)
		TRY(judge_waited_for(at, doc_get(at->payload, "fields")));
	return judge_move(at, -1, -1, at->procedure->start);
}

/* ---- acting ---- */

static enum err judge_separation(const struct case_at_hand *at, const struct action *action)
{
	const int64_t doers[] = {doc_get_int(at->payload, "person", 0),
		doc_get_int(at->payload, "on_behalf", 0), doc_get_int(at->payload, "in_name_of", 0)};

	for (size_t i = 0; i < action->not_by_count; i++)
		for (size_t j = 0; j < at->matter->deed_count; j++)
			for (size_t k = 0; k < ARRAY_COUNT(doers); k++)
				if (doers[k] != 0 && at->matter->deeds[j].action == action->not_by[i] &&
					at->matter->deeds[j].person == doers[k])
					return unlawful(at, "not_by", "who did %.*s may not do %.*s",
						STR_ARG(at->procedure->actions[action->not_by[i]].name),
						STR_ARG(action->name));
	return ERR_OK;
}

static enum err judge_evidence(const struct case_at_hand *at, const struct action *action)
{
	const struct doc *evidence = doc_get(at->payload, "evidence");
	size_t count = evidence == NULL ? 0 : evidence->count;

	if (action->evidence == EVIDENCE_REQUIRED && count == 0)
		return unlawful(at, "evidence", "%.*s needs evidence and shows none", STR_ARG(action->name));
	if (action->evidence == EVIDENCE_NONE && count > 0 && doc_get(at->payload, "in_name_of") == NULL)
		return unlawful(at, "evidence", "%.*s takes no evidence", STR_ARG(action->name));
	return ERR_OK;
}

/* The matter's own fields change by what was given for a field of that name, and by nothing else. */
static enum err judge_set(const struct case_at_hand *at)
{
	const struct doc *set = doc_get(at->payload, "set"), *given = doc_get(at->payload, "fields");
	const struct doc *progress = doc_get(at->payload, "progress");

	for (size_t i = 0; set != NULL && i < set->count; i++) {
		const struct doc *value = doc_get_str(given, set->keys[i]);

		if (value == NULL || !doc_equal(value, &set->items[i]))
			return unlawful(at, "set", "it changes the field %.*s, which wasn't given",
				STR_ARG(set->keys[i]));
	}
	for (size_t i = 0; given != NULL && i < given->count; i++)
		if (procedure_field(at->procedure, given->keys[i]) >= 0 &&
			doc_get_str(set, given->keys[i]) == NULL)
			return unlawful(at, "set", "it was given %.*s and doesn't change it",
				STR_ARG(given->keys[i]));
	if (progress != NULL &&
		(doc_get(given, "progress") == NULL || !doc_equal(progress, doc_get(given, "progress"))))
		return unlawful(at, "set", "it records a progress that wasn't reported");
	return ERR_OK;
}

static enum err judge_way(const struct case_at_hand *at, const struct action *action, int to)
{
	const struct procedure *procedure = at->procedure;
	int from = at->matter->state;
	struct str said = doc_get_text(at->payload, "to");

	if (!instant_is_none(at->matter->ended))
		return unlawful(at, "end", "the matter had ended");
	if (!instant_is_none(at->matter->suspended_until))
		return unlawful(at, "suspended", "the matter was suspended");
	if (!str_equal(doc_get_text(at->payload, "from"), procedure->states[from].name) ||
		!action_leaves(action, from))
		return unlawful(at, "from", "%.*s can't be done while it is %.*s", STR_ARG(action->name),
			STR_ARG(procedure->states[from].name));
	if (!str_equal(said, to == from ? STR("") : procedure->states[to].name))
		return unlawful(at, "to", "%.*s doesn't lead to %.*s", STR_ARG(action->name), STR_ARG(said));
	if (procedure->children.close_before_parent && procedure->states[to].end == END_SUCCESS &&
		at->of->children_open > 0)
		return unlawful(at, "close_before_parent", "parts of it were open");
	return ERR_OK;
}

/* May the days that were counted then be counted again now? Not by a calendar that this program doesn't have.
 */
static bool days_are_known(const struct case_at_hand *at, const struct limit *limit)
{
	const struct doc *opens = doc_get(at->payload, "opens");

	if (limit->kind != LIMIT_CALENDAR || limit->term.unit != TERM_WORKING_DAYS)
		return true;
	return opens != NULL && opens->count > 0 &&
	       str_equal(doc_get_text(&opens->items[0], "calendar"),
		       calendar_version(at->law->chronicle.calendar));
}

/* What the law gives others time for wasn't cut short. */
static enum err judge_wait(const struct case_at_hand *at, const struct action *action)
{
	struct world world = chronicle_world(&at->law->chronicle, at->event->time);

	if (!action_waits(action) || !days_are_known(at, &action->not_before))
		return ERR_OK;
	struct due until = due_compute(&action->not_before, (struct term){0}, at->matter->fields,
		at->procedure, at->event->time, &world);

	return instant_is_none(until.due) || at->event->time.us < until.due.us
		       ? unlawful(at, "not_before", "%.*s was done before its day", STR_ARG(action->name))
		       : ERR_OK;
}

/* The fields as they were when the act was done: what it sets before what the matter had. */
static const struct doc *fields_then(const struct case_at_hand *at)
{
	const struct doc *set = doc_get(at->payload, "set");
	struct arena *arena = at->law->event_arena;
	struct doc *fields = doc_copy(arena, at->matter->fields);

	for (size_t i = 0; set != NULL && i < set->count; i++)
		doc_set_str(arena, fields, set->keys[i], doc_copy(arena, &set->items[i]));
	return fields;
}

/* Whoever hears of a breach of procedure is told of it, and somebody outside the house owes a word on it. */
static enum err judge_irregularity(
	const struct case_at_hand *at, const struct action *action, size_t index, const struct doc *item)
{
	const struct check_rule *check = &action->checks[index];
	const struct doc *duty = part_with_id(at->payload, "opens", doc_get_int(item, "answer", 0));
	struct bearer failing;

	if (at->law->chronicle.people_unknown)
		return ERR_OK;
	failing = matter_bearer(at->procedure, fields_then(at), check->of, at->law->chronicle.org, at->today);
	if (doc_get_int(item, "post", 0) != failing.post || doc_get_int(item, "unit", 0) != failing.unit)
		return unlawful(at, "irregular", "check %zu of %.*s is the breach of another post", index,
			STR_ARG(action->name));
	if (duty == NULL || doc_get_int(duty, "post", 0) == failing.post)
		return unlawful(at, "irregular", "nobody else must say what follows from check %zu of %.*s",
			index, STR_ARG(action->name));
	return ERR_OK;
}

/* What must be so was so; or the record says whose breach of procedure it is, and of nothing else. */
static enum err judge_checks(const struct case_at_hand *at, const struct action *action)
{
	const struct doc *given = doc_get(at->payload, "fields"), *list = doc_get(at->payload, "irregular");
	const struct doc *fields = fields_with_members(
		at->law->event_arena, at->procedure, fields_then(at), at->law->chronicle.org, at->today);
	size_t told = 0;

	for (size_t i = 0; i < action->check_count; i++) {
		const struct check_rule *check = &action->checks[i];
		const struct doc *item = NULL;
		bool holds = check_holds(check, given, fields, at->today);

		for (size_t j = 0; list != NULL && j < list->count; j++)
			if (doc_get_int(&list->items[j], "check", -1) == (int64_t)i)
				item = &list->items[j];
		if (!holds && check->of < 0)
			return unlawful(
				at, "checks", "check %zu of %.*s didn't hold", i, STR_ARG(action->name));
		if (holds != (item == NULL))
			return unlawful(at, "irregular", "check %zu of %.*s %s", i, STR_ARG(action->name),
				holds ? "held and is called a breach of procedure"
				      : "didn't hold, and nobody answers for it");
		if (item != NULL)
			TRY(judge_irregularity(at, action, i, item));
		told += item != NULL;
	}
	return list == NULL || list->count == told
		       ? ERR_OK
		       : unlawful(at, "irregular", "it tells of a breach of procedure twice");
}

/* How many matters it opens: one, or one for each row that fulfils its condition. */
static size_t opens_count(const struct case_at_hand *at, const struct opening *opening)
{
	const struct doc *fields, *rows;
	size_t count = 0;

	if (opening->each == NULL)
		return opening->procedure.size > 0;
	fields = fields_then(at);
	rows = doc_get_str(fields, opening->each->name);
	for (size_t i = 0; rows != NULL && i < rows->count; i++)
		count += condition_holds(&opening->where, &rows->items[i], fields, at->today);
	return count;
}

/* Whom it is about, and who held no post that day: heard by a letter, which an office of the procedure
 * entered. */
static enum err judge_in_name_of(const struct case_at_hand *at, const struct action *action)
{
	const struct procedure *procedure = at->procedure;
	const struct org *org = at->law->chronicle.org;
	const struct doc *evidence = doc_get(at->payload, "evidence");
	int64_t person = doc_get_int(at->payload, "in_name_of", 0), held;
	bool by_office = false;

	if (at->law->chronicle.people_unknown)
		return ERR_OK;
	struct bearer bearer = matter_bearer(procedure, at->matter->fields, action->by, org, at->today);

	if (action->purpose == PURPOSE_NONE || bearer.person != person ||
		doc_get(at->payload, "on_behalf") != NULL ||
		org_posts_held(org, person, at->today, &held, 1) > 0)
		return unlawful(
			at, "in_name_of", "nobody may do this in the name of person %lld", (long long)person);
	if (evidence == NULL || evidence->count == 0)
		return unlawful(at, "evidence", "it shows no letter");
	if (doc_get(at->payload, "came") != NULL)
		TRY(judge_came(at));
	for (size_t i = 0; i < procedure->role_count; i++)
		by_office = by_office || (procedure->roles[i].kind == ROLE_FUNCTION &&
						 stands_for(at, (int)i, at->matter->fields));
	return by_office ? ERR_OK : unlawful(at, "by", "no office of the procedure entered it");
}

enum err judge_acted(const struct case_at_hand *at)
{
	int index = procedure_action(at->procedure, doc_get_text(at->payload, "action"));
	const struct action *action = &at->procedure->actions[index]; /* event_fits knows that it is there */
	int from = at->matter->state, to = action->to < 0 ? from : action->to;

	TRY(doc_get(at->payload, "in_name_of") != NULL ? judge_in_name_of(at, action)
						       : judge_role(at, action->by));
	TRY(judge_way(at, action, to));
	TRY(judge_wait(at, action));
	TRY(judge_separation(at, action));
	TRY(judge_evidence(at, action));
	TRY(judge_fields(at, action->fields, action->field_count, doc_get(at->payload, "fields")));
	TRY(judge_set(at));
	TRY(judge_checks(at, action));
	TRY(judge_eligible(at, action, fields_then(at)));
	TRY(judge_waited_for(at, doc_get(at->payload, "set")));
	TRY(judge_move(at, index, from, to));
	if (opens_count(at, &action->opens) > 0)
		at->law->awaited = (struct awaited){.procedure = action->opens.procedure,
			.count = opens_count(at, &action->opens),
			.cause = at->event->matter,
			.as_child = action->opens_child,
			.index = at->event->index};
	return ERR_OK;
}
