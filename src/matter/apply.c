/* apply.c: make one recorded fact true. Total: it refuses nothing, because what was decided has been checked,
 * and it takes everything from the fact itself. The part that is the same for every kind of event (state,
 * fields, duties, notices) is read from the same keys, so an event differs only in what it adds to them. */
#include "matter/engine.h"

struct matter *matter_new(struct arena *arena)
{
	struct matter *matter = ARENA_TAKE(arena, 1, struct matter);

	matter->arena = arena;
	matter->progress = -1;
	matter->last_index = -1;
	matter->ended = matter->suspended_until = INSTANT_NONE;
	matter->next_duty = matter->next_request = matter->next_instruction = 1;
	matter->fields = doc_object(arena);
	return matter;
}

static struct duty *find_duty(struct matter *matter, int64_t id)
{
	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].id == id)
			return &matter->duties[i];
	return NULL;
}

static struct request *find_request(struct matter *matter, int64_t id)
{
	for (size_t i = 0; i < matter->request_count; i++)
		if (matter->requests[i].id == id)
			return &matter->requests[i];
	return NULL;
}

static struct instant get_instant(const struct doc *object, const char *key)
{
	return (struct instant){doc_get_int(object, key, INSTANT_NONE.us)};
}

static enum duty_kind duty_kind_of(struct str name)
{
	for (int kind = 0; kind < DUTY_KIND_COUNT; kind++)
		if (str_is(name, duty_kind_name((enum duty_kind)kind)))
			return (enum duty_kind)kind;
	return DUTY_ANSWER;
}

static enum duty_state duty_state_of(struct str name)
{
	for (int state = 0; state < DUTY_STATE_COUNT; state++)
		if (str_is(name, duty_state_name((enum duty_state)state)))
			return (enum duty_state)state;
	return DUTY_DROPPED;
}

static enum notice_kind notice_kind_of(struct str name)
{
	for (int kind = 0; kind < NOTICE_KIND_COUNT; kind++)
		if (str_is(name, notice_kind_name((enum notice_kind)kind)))
			return (enum notice_kind)kind;
	return NOTICE_ACTED;
}

static void notice_add(
	struct matter *matter, int64_t post, enum notice_kind kind, int64_t duty, int64_t index)
{
	if (post != 0)
		*ARENA_PUSH(matter->arena, matter->notices, matter->notice_count, matter->notice_capacity) =
			(struct notice){.post = post, .kind = kind, .duty = duty, .index = index};
}

static void apply_opens(struct matter *matter, const struct doc *list, const struct event *event)
{
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		const struct doc *from = &list->items[i];
		struct duty *duty =
			ARENA_PUSH(matter->arena, matter->duties, matter->duty_count, matter->duty_capacity);
		struct str name = doc_get_text(from, "rule");

		*duty = (struct duty){
			.id = doc_get_int(from, "id", 0),
			.kind = duty_kind_of(doc_get_text(from, "kind")),
			.rule = -1,
			.about = doc_get_int(from, "about", 0),
			.asker = doc_get_int(from, "asker", 0),
			.unit = doc_get_int(from, "unit", 0),
			.post = doc_get_int(from, "post", 0),
			.person = doc_get_int(from, "bearer", 0),
			.state = DUTY_OPEN,
			.armed = {doc_get_int(from, "armed", event->time.us)},
			.due = get_instant(from, "due"),
			.warn = get_instant(from, "warn"),
			.provisional = doc_get_bool(from, "provisional"),
			.breached = doc_get_bool(from, "breached"),
			.missed = INSTANT_NONE,
			.closed = INSTANT_NONE,
			.changed = true,
		};
		if (duty->kind == DUTY_RULE)
			duty->rule = procedure_duty(matter->procedure, name);
		else if (duty->kind == DUTY_DECIDE)
			duty->rule = procedure_request(matter->procedure, name);
		if (duty->id >= matter->next_duty)
			matter->next_duty = duty->id + 1;
		/* An instruction and a request tell of themselves, with their own kind of notice. */
		if (duty->kind == DUTY_RULE)
			notice_add(matter, duty->post, NOTICE_DUTY, duty->id, event->index);
	}
}

void matter_keep_failure(struct matter *matter, const struct duty *duty)
{
	struct instant day = day_called_to_account(duty);

	if (duty->kind != DUTY_RULE || instant_is_none(day) || duty->state == DUTY_MISSED)
		return;
	*ARENA_PUSH(matter->arena, matter->failures, matter->failure_count, matter->failure_capacity) =
		(struct failure){
			.rule = duty->rule, .due = day, .duty = duty->about != 0 ? duty->about : duty->id};
}

static void apply_closes(struct matter *matter, const struct doc *list, struct instant time)
{
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		struct duty *duty = find_duty(matter, doc_get_int(&list->items[i], "id", 0));

		if (duty == NULL)
			continue;
		duty->state = duty_state_of(doc_get_text(&list->items[i], "how"));
		duty->closed = time;
		duty->changed = true;
		matter_keep_failure(matter, duty);
	}
}

/* A day that was moved can be missed anew; one that was moved to a day over by then was missed already. */
static void apply_new_day(struct duty *duty, const struct doc *change)
{
	duty->due = get_instant(change, "due");
	duty->warn = get_instant(change, "warn");
	duty->provisional = doc_get_bool(change, "provisional");
	duty->warned = false;
	duty->breached = doc_get_bool(change, "breached");
	if (duty->kind == DUTY_RULE && !duty->breached)
		duty->about = 0;
}

/* A new bearer, a new due day, or both. */
static void apply_changes(struct matter *matter, const struct doc *list)
{
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		const struct doc *change = &list->items[i];
		struct duty *duty = find_duty(matter, doc_get_int(change, "id", 0));
		bool passes = doc_get(change, "unit") != NULL || doc_get(change, "post") != NULL ||
			      doc_get(change, "bearer") != NULL;

		if (duty == NULL)
			continue;
		duty->changed = true;
		if (passes) {
			duty->unit = doc_get_int(change, "unit", 0);
			duty->post = doc_get_int(change, "post", 0);
			duty->person = doc_get_int(change, "bearer", 0);
		}
		if (doc_get(change, "due") != NULL)
			apply_new_day(duty, change);
		if (doc_get_bool(change, "extended"))
			duty->extended = matter->extended = true;
	}
}

static void apply_pauses(struct matter *matter, const struct doc *pauses, const struct doc *resumes)
{
	for (size_t i = 0; pauses != NULL && i < pauses->count; i++) {
		struct duty *duty = find_duty(matter, doc_get_int(&pauses->items[i], "id", 0));

		if (duty == NULL)
			continue;
		duty->state = DUTY_PAUSED;
		duty->remaining_days = (int)doc_get_int(&pauses->items[i], "left", 1);
		duty->changed = true;
	}
	for (size_t i = 0; resumes != NULL && i < resumes->count; i++) {
		struct duty *duty = find_duty(matter, doc_get_int(&resumes->items[i], "id", 0));

		if (duty == NULL)
			continue;
		duty->state = DUTY_OPEN;
		duty->due = get_instant(&resumes->items[i], "due");
		duty->warn = get_instant(&resumes->items[i], "warn");
		duty->provisional = doc_get_bool(&resumes->items[i], "provisional");
		duty->warned = duty->breached = false;
		duty->changed = true;
	}
}

static void apply_set(struct matter *matter, const struct doc *set)
{
	for (size_t i = 0; set != NULL && i < set->count; i++)
		doc_set_str(matter->arena, matter->fields, str_copy(matter->arena, set->keys[i]),
			doc_copy(matter->arena, &set->items[i]));
}

static void apply_tells(struct matter *matter, const struct doc *list, int64_t index)
{
	for (size_t i = 0; list != NULL && i < list->count; i++)
		notice_add(matter, doc_get_int(&list->items[i], "post", 0),
			notice_kind_of(doc_get_text(&list->items[i], "kind")),
			doc_get_int(&list->items[i], "duty", 0), index);
}

static void apply_evidence(struct matter *matter, const struct doc *list, int64_t index)
{
	for (size_t i = 0; list != NULL && i < list->count; i++)
		*ARENA_PUSH(matter->arena, matter->evidence, matter->evidence_count,
			matter->evidence_capacity) = (struct evidence_item){
			.hash = str_copy(matter->arena, doc_get_text(&list->items[i], "hash")),
			.name = str_copy(matter->arena, doc_get_text(&list->items[i], "name")),
			.size = doc_get_int(&list->items[i], "size", 0),
			.index = index,
		};
}

static void deed_add(struct matter *matter, int action, int64_t person, struct instant time)
{
	struct deed *deed = NULL;

	for (size_t i = 0; i < matter->deed_count; i++)
		if (matter->deeds[i].action == action && matter->deeds[i].person == person)
			deed = &matter->deeds[i];
	if (deed == NULL) {
		deed = ARENA_PUSH(matter->arena, matter->deeds, matter->deed_count, matter->deed_capacity);
		*deed = (struct deed){.action = action, .person = person};
	}
	deed->last = time;
	deed->times++;
	deed->changed = true;
}

/* Taken up: somebody other than the role that began it has acted. Until then its lamp is grey. */
static bool takes_up(const struct procedure *procedure, int action)
{
	for (size_t i = 0; i < procedure->action_count; i++)
		if (action_leaves(&procedure->actions[i], procedure->start))
			return procedure->actions[action].by != procedure->actions[i].by;
	return true;
}

static bool role_acts_alone(const struct procedure *procedure)
{
	for (size_t i = 1; i < procedure->action_count; i++)
		if (procedure->actions[i].by != procedure->actions[0].by)
			return false;
	return true;
}

static void apply_opened(struct matter *matter, const struct event *event, const struct procedure *procedure)
{
	const struct doc *payload = event->payload;

	REQUIRE(procedure != NULL && matter->version == 0);
	matter->id = event->matter;
	matter->procedure = procedure;
	matter->definition = doc_get_int(payload, "definition", 0);
	matter->number = str_copy(matter->arena, doc_get_text(payload, "number"));
	matter->year = doc_get_int(payload, "year", 0);
	matter->seq = doc_get_int(payload, "seq", 0);
	matter->state = procedure->start;
	matter->parent = doc_get_int(payload, "parent", 0);
	matter->weight = doc_get_int(payload, "weight", 1);
	matter->opened = event->time;
	matter->letter = str_copy(matter->arena, doc_get_text(payload, "letter"));
	apply_set(matter, doc_get(payload, "fields"));
	if (doc_get(payload, "cause") != NULL)
		*ARENA_PUSH(matter->arena, matter->links, matter->link_count, matter->link_capacity) =
			(struct link){.other = doc_get_int(payload, "cause", 0),
				.relation = STR(RELATION_CAUSE),
				.index = event->index};
}

static void apply_irregular(struct matter *matter, int action, const struct event *event)
{
	const struct doc *list = doc_get(event->payload, "irregular");

	for (size_t i = 0; list != NULL && i < list->count; i++)
		*ARENA_PUSH(matter->arena, matter->irregularities, matter->irregularity_count,
			matter->irregularity_capacity) = (struct irregularity){.action = action,
			.check = (int)doc_get_int(&list->items[i], "check", 0),
			.unit = doc_get_int(&list->items[i], "unit", 0),
			.post = doc_get_int(&list->items[i], "post", 0),
			.person = doc_get_int(&list->items[i], "holder", 0),
			.answer = doc_get_int(&list->items[i], "answer", 0),
			.index = event->index,
			.time = event->time};
}

static void apply_acted(struct matter *matter, const struct event *event)
{
	const struct doc *payload = event->payload;
	int action = procedure_action(matter->procedure, doc_get_text(payload, "action"));
	int to = procedure_state(matter->procedure, doc_get_text(payload, "to"));
	int64_t person = doc_get_int(payload, "person", 0), on_behalf = doc_get_int(payload, "on_behalf", 0),
		in_name_of = doc_get_int(payload, "in_name_of", 0);

	if (action >= 0) {
		deed_add(matter, action, person, event->time);
		if (on_behalf != 0)
			deed_add(matter, action, on_behalf, event->time);
		if (in_name_of != 0)
			deed_add(matter, action, in_name_of, event->time);
		apply_irregular(matter, action, event);
		if (takes_up(matter->procedure, action) || role_acts_alone(matter->procedure))
			matter->taken_up = true;
	}
	if (to >= 0)
		matter->state = to;
	if (to >= 0 && matter->procedure->states[to].end != END_NONE)
		matter->ended = event->time;
	if (doc_get(payload, "progress") != NULL)
		matter->progress = (int)doc_get_int(payload, "progress", 0);
}

static void apply_duty_mark(struct matter *matter, const struct event *event)
{
	struct duty *duty = find_duty(matter, doc_get_int(event->payload, "duty", 0));

	if (duty == NULL)
		return;
	if (event->kind == EVENT_DUTY_WARNED) {
		duty->warned = true;
	} else {
		duty->breached = true;
		duty->missed = duty->due;
		*ARENA_PUSH(matter->arena, matter->missed, matter->missed_count, matter->missed_capacity) =
			(struct missed_day){.duty = duty->id, .due = duty->due};
	}
	if (doc_get_bool(event->payload, "late"))
		matter->late = true;
	duty->changed = true;
}

static void apply_requested(struct matter *matter, const struct event *event)
{
	const struct doc *payload = event->payload;
	struct request *request =
		ARENA_PUSH(matter->arena, matter->requests, matter->request_count, matter->request_capacity);

	*request = (struct request){
		.id = doc_get_int(payload, "request", 0),
		.rule = procedure_request(matter->procedure, doc_get_text(payload, "rule")),
		.person = doc_get_int(payload, "person", 0),
		.on_behalf = doc_get_int(payload, "on_behalf", 0),
		.post = doc_get_int(payload, "post", 0),
		.asked = event->time,
		.fields = doc_get(payload, "fields") != NULL
				  ? doc_copy(matter->arena, doc_get(payload, "fields"))
				  : doc_object(matter->arena),
		.state = REQUEST_OPEN,
		.changed = true,
	};
	matter->next_request = request->id + 1;
}

static void apply_decided(struct matter *matter, const struct event *event)
{
	struct request *request = find_request(matter, doc_get_int(event->payload, "request", 0));

	if (request != NULL) {
		request->state = doc_get_bool(event->payload, "grant") ? REQUEST_GRANTED : REQUEST_REFUSED;
		request->changed = true;
	}
	if (doc_get(event->payload, "suspended_until") != NULL)
		matter->suspended_until = get_instant(event->payload, "suspended_until");
}

static void apply_lapses(struct matter *matter, const struct doc *list)
{
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		struct request *request = find_request(matter, doc_get_int(&list->items[i], "id", 0));

		if (request == NULL)
			continue;
		request->state = REQUEST_LAPSED;
		request->changed = true;
	}
}

static void apply_own_part(
	struct matter *matter, const struct event *event, const struct procedure *procedure)
{
	switch (event->kind) {
	case EVENT_MATTER_OPENED:
		apply_opened(matter, event, procedure);
		break;
	case EVENT_MATTER_ACTED:
		apply_acted(matter, event);
		break;
	case EVENT_DUTY_WARNED:
	case EVENT_DUTY_BREACHED:
		apply_duty_mark(matter, event);
		break;
	case EVENT_REQUEST_MADE:
		apply_requested(matter, event);
		break;
	case EVENT_REQUEST_DECIDED:
		apply_decided(matter, event);
		break;
	case EVENT_MATTER_RESUMED:
		matter->suspended_until = INSTANT_NONE;
		break;
	case EVENT_MATTER_INSTRUCTED:
		matter->next_instruction = doc_get_int(event->payload, "instruction", 0) + 1;
		break;
	case EVENT_MATTER_LINKED:
		*ARENA_PUSH(matter->arena, matter->links, matter->link_count, matter->link_capacity) =
			(struct link){.other = doc_get_int(event->payload, "other", 0),
				.relation = str_copy(matter->arena, doc_get_text(event->payload, "relation")),
				.index = event->index};
		break;
	case EVENT_MATTER_ATTENDED:
		apply_attended(matter, event);
		break;
	default: /* a note, an urging, an answer: what they change is in the common part */
		break;
	}
}

static void said_fields(struct arena *arena, const struct doc *given, const struct field *fields,
	size_t field_count, struct str **said, size_t *count, size_t *capacity)
{
	for (size_t i = 0; given != NULL && i < field_count; i++) {
		const struct doc *value = doc_get_str(given, fields[i].name);

		if (fields[i].type == FIELD_TEXT && value != NULL && value->kind == DOC_TEXT &&
			value->text.size > 0)
			*ARENA_PUSH(arena, *said, *count, *capacity) = value->text;
	}
}

void event_said(struct arena *arena, const struct event *event, const struct procedure *procedure,
	struct str **said, size_t *count, size_t *capacity)
{
	const struct doc *payload = event->payload, *fields = doc_get(payload, "fields");
	struct str text = doc_get_text(payload, "text");
	int action = event->kind == EVENT_MATTER_ACTED
			     ? procedure_action(procedure, doc_get_text(payload, "action"))
			     : -1;
	int request = event->kind == EVENT_REQUEST_MADE
			      ? procedure_request(procedure, doc_get_text(payload, "rule"))
			      : -1;

	if (text.size > 0)
		*ARENA_PUSH(arena, *said, *count, *capacity) = text;
	if (action >= 0)
		said_fields(arena, fields, procedure->actions[action].fields,
			procedure->actions[action].field_count, said, count, capacity);
	if (request >= 0)
		said_fields(arena, fields, procedure->requests[request].fields,
			procedure->requests[request].field_count, said, count, capacity);
}

static void apply_said(struct matter *matter, const struct event *event)
{
	size_t before = matter->said_count;

	event_said(matter->arena, event, matter->procedure, &matter->said, &matter->said_count,
		&matter->said_capacity);
	for (size_t i = before; i < matter->said_count; i++)
		matter->said[i] = str_copy(matter->arena, matter->said[i]);
}

void matter_apply(struct matter *matter, const struct event *event, const struct procedure *procedure)
{
	const struct doc *payload = event->payload;

	REQUIRE(event_object(event->kind) == OBJECT_MATTER);
	REQUIRE(IMPLIES(matter->version == 0, event->kind == EVENT_MATTER_OPENED));
	apply_own_part(matter, event, procedure);
	if (event->kind != EVENT_MATTER_OPENED)
		apply_set(matter, doc_get(payload, "set"));
	apply_closes(matter, doc_get(payload, "closes"), event->time);
	apply_changes(matter, doc_get(payload, "changes"));
	apply_lapses(matter, doc_get(payload, "lapses"));
	apply_opens(matter, doc_get(payload, "opens"), event);
	/* After the opening: a round that comes up while the matter is suspended is paused at once. */
	apply_pauses(matter, doc_get(payload, "pauses"), doc_get(payload, "resumes"));
	apply_tells(matter, doc_get(payload, "tells"), event->index);
	apply_evidence(matter, doc_get(payload, "evidence"), event->index);
	matter_hear(matter, event);
	apply_said(matter, event);
	matter->version++;
	matter->changed_at = event->time;
	if (event->index >= 0)
		matter->last_index = event->index;
}

void matter_settle(struct matter *matter)
{
	size_t kept = 0;

	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].state == DUTY_OPEN || matter->duties[i].state == DUTY_PAUSED) {
			matter->duties[kept] = matter->duties[i];
			matter->duties[kept++].changed = false;
		}
	matter->duty_count = kept;
	kept = 0;
	for (size_t i = 0; i < matter->request_count; i++)
		if (matter->requests[i].state == REQUEST_OPEN) {
			matter->requests[kept] = matter->requests[i];
			matter->requests[kept++].changed = false;
		}
	matter->request_count = kept;
	for (size_t i = 0; i < matter->deed_count; i++)
		matter->deeds[i].changed = false;
	matter->irregularity_count = 0;
	kept = 0;
	for (size_t i = 0; i < matter->follower_count; i++)
		if (matter->followers[i].until < 0) {
			matter->followers[kept] = matter->followers[i];
			matter->followers[kept++].changed = false;
		}
	matter->follower_count = kept;
	matter->missed_count = matter->notice_count = matter->evidence_count = matter->link_count = 0;
	matter->said_count = matter->news_count = 0;
	matter->letter = STR_NONE;
}
