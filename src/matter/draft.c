/* draft.c: facts being written. decide_*.c say what follows from a command; this file gives it the form in
 * which it is recorded, so that apply.c is its only reader. */
#include "matter/engine.h"

struct draft draft_new(const struct matter *matter, const struct command *command, const struct world *world,
	struct arena *arena, struct bh_err *reterr)
{
	struct draft draft = {
		.matter = matter,
		.procedure = matter == NULL ? NULL : matter->procedure,
		.command = command,
		.world = world,
		.arena = arena,
		.reterr = reterr,
		.today = instant_day(world->now, world->offset_minutes),
		.payload = doc_object(arena),
		.fields = matter == NULL ? NULL : matter->fields,
		.matter_id = matter == NULL ? world->next_matter : matter->id,
		.next_duty = matter == NULL ? 1 : matter->next_duty,
	};

	return draft;
}

static void set_int(struct draft *draft, struct doc *object, const char *key, int64_t number)
{
	if (number != 0)
		doc_set(draft->arena, object, key, doc_int(draft->arena, number));
}

void draft_sign(struct draft *draft)
{
	const struct command *command = draft->command;

	set_int(draft, draft->payload, "matter", draft->matter_id);
	set_int(draft, draft->payload, "person", command->person);
	set_int(draft, draft->payload, "on_behalf", command->on_behalf);
	set_int(draft, draft->payload, "post", draft->post);
	if (command->key.size > 0)
		doc_set(draft->arena, draft->payload, "key", doc_text(draft->arena, command->key));
}

void draft_finish(struct draft *draft, enum event_kind kind, struct events *events)
{
	struct event *event = ARENA_PUSH(draft->arena, events->items, events->count, events->capacity);

	draft_sign(draft);
	*event = (struct event){.kind = kind,
		.matter = draft->matter_id,
		.time = draft->world->now,
		.index = -1,
		.payload = draft->payload};
}

struct doc *draft_push(struct draft *draft, const char *key)
{
	struct doc *list = (struct doc *)(uintptr_t)doc_get(draft->payload, key);

	if (list == NULL) {
		doc_set(draft->arena, draft->payload, key, doc_list(draft->arena));
		list = (struct doc *)(uintptr_t)doc_get(draft->payload, key);
	}
	doc_push(draft->arena, list, doc_object(draft->arena));
	return &list->items[list->count - 1];
}

/* The due part of a duty, in the form apply reads. */
static void put_due(struct draft *draft, struct doc *object, const struct due *due)
{
	doc_set(draft->arena, object, "due", doc_int(draft->arena, due->due.us));
	if (!instant_is_none(due->warn))
		doc_set(draft->arena, object, "warn", doc_int(draft->arena, due->warn.us));
	if (due->provisional)
		doc_set(draft->arena, object, "provisional", doc_bool(draft->arena, true));
	doc_set(draft->arena, object, "calendar",
		doc_text(draft->arena, calendar_version(draft->world->calendar)));
}

static void put_bearer(struct draft *draft, struct doc *object, const struct bearer *bearer)
{
	set_int(draft, object, "unit", bearer->unit);
	set_int(draft, object, "post", bearer->post);
	set_int(draft, object, "bearer", bearer->person);
}

static int64_t put_duty(struct draft *draft, enum duty_kind kind, struct str name, int64_t about,
	int64_t asker, const struct bearer *bearer, const struct due *due)
{
	struct doc *object = draft_push(draft, "opens");
	int64_t id = draft->next_duty++;

	set_int(draft, object, "id", id);
	doc_set(draft->arena, object, "kind", doc_text(draft->arena, str_from(duty_kind_name(kind))));
	if (name.size > 0)
		doc_set(draft->arena, object, "rule", doc_text(draft->arena, name));
	set_int(draft, object, "about", about);
	set_int(draft, object, "asker", asker);
	put_bearer(draft, object, bearer);
	put_due(draft, object, due);
	return id;
}

enum err draft_arm(struct draft *draft, int rule_index, struct day after)
{
	const struct duty_rule *rule = &draft->procedure->duties[rule_index];
	struct bearer bearer =
		matter_bearer(draft->procedure, draft->fields, rule->bearer, draft->world->org, draft->today);
	struct str role = draft->procedure->roles[rule->bearer].name;
	struct instant armed = draft->world->now;

	if (bearer_is_nobody(&bearer))
		return err_set(draft->reterr, ERR_REFUSED, rule->name.data,
			"nobody would bear the duty %.*s: the role %.*s names no unit, post or person yet; "
			"fill in its field, "
			"or give its function to a unit",
			STR_ARG(rule->name), STR_ARG(role));
	/* The next round begins where the last one ended, also when its report came early. */
	if (!day_is_none(after))
		armed = day_end(after, draft->world->offset_minutes);
	struct due due =
		due_compute(&rule->limit, rule->warn, draft->fields, draft->procedure, armed, draft->world);

	if (instant_is_none(due.due))
		return err_set(draft->reterr, ERR_REFUSED, rule->name.data,
			"the duty %.*s would have no due day: fill in the date it counts from",
			STR_ARG(rule->name));
	put_duty(draft, DUTY_RULE, rule->name, 0, 0, &bearer, &due);
	return ERR_OK;
}

int64_t draft_owe(struct draft *draft, enum duty_kind kind, int rule, int64_t about, int64_t asker,
	const struct bearer *bearer, struct term within)
{
	struct limit limit = {.kind = LIMIT_WITHIN, .term = within};
	struct due due = due_compute(
		&limit, (struct term){0}, draft->fields, draft->procedure, draft->world->now, draft->world);
	struct str name = kind == DUTY_DECIDE ? draft->procedure->requests[rule].name : STR_NONE;

	return put_duty(draft, kind, name, about, asker, bearer, &due);
}

void draft_close(struct draft *draft, const struct duty *duty, enum duty_state how)
{
	struct doc *object = draft_push(draft, "closes");

	set_int(draft, object, "id", duty->id);
	doc_set(draft->arena, object, "how", doc_text(draft->arena, str_from(duty_state_name(how))));
}

void draft_tell(struct draft *draft, int64_t post, enum notice_kind kind, int64_t duty)
{
	if (post == 0)
		return;
	struct doc *object = draft_push(draft, "tells");

	set_int(draft, object, "post", post);
	doc_set(draft->arena, object, "kind", doc_text(draft->arena, str_from(notice_kind_name(kind))));
	set_int(draft, object, "duty", duty);
}

/* A duty that stays open, when a field it depends on has changed: who bears it, or when it is due. */
static void revise(struct draft *draft, const struct duty *duty)
{
	const struct duty_rule *rule = &draft->procedure->duties[duty->rule];
	struct bearer bearer =
		matter_bearer(draft->procedure, draft->fields, rule->bearer, draft->world->org, draft->today);
	bool passes = !bearer_is_nobody(&bearer) && (bearer.unit != duty->unit || bearer.post != duty->post ||
							    bearer.person != duty->person);
	bool dated = rule->limit.kind == LIMIT_BY || rule->limit.kind == LIMIT_CALENDAR;
	struct due due = due_compute(
		&rule->limit, rule->warn, draft->fields, draft->procedure, duty->armed, draft->world);
	bool moves =
		dated && duty->state == DUTY_OPEN && !instant_is_none(due.due) && due.due.us != duty->due.us;

	if (!passes && !moves)
		return;
	struct doc *object = draft_push(draft, "changes");

	set_int(draft, object, "id", duty->id);
	if (passes)
		put_bearer(draft, object, &bearer);
	if (moves)
		put_due(draft, object, &due);
}

/* What becomes of one open duty of the procedure. */
static enum err move_duty(struct draft *draft, const struct duty *duty, int action, int to)
{
	const struct duty_rule *rule = &draft->procedure->duties[duty->rule];
	bool holds = duty_holds_in(rule, to);
	bool discharged = action >= 0 && duty_discharged_by(rule, action);

	if (discharged) {
		draft_close(draft, duty, DUTY_DONE);
		if (holds && rule->limit.kind == LIMIT_EVERY) {
			struct instant last = {duty->due.us - 1};

			return draft_arm(draft, duty->rule, instant_day(last, draft->world->offset_minutes));
		}
	} else if (!holds) {
		draft_close(draft, duty, DUTY_DROPPED);
	} else {
		revise(draft, duty);
	}
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

		if (duty->kind == DUTY_RULE && (duty->state == DUTY_OPEN || duty->state == DUTY_PAUSED))
			TRY(move_duty(draft, duty, action, to));
	}
	if (from == to)
		return ERR_OK;
	if (matter != NULL)
		lapse_requests(draft, to);
	/* A duty that holds in both states goes on; one that begins here is armed, or armed again. */
	for (size_t i = 0; i < draft->procedure->duty_count; i++) {
		const struct duty_rule *rule = &draft->procedure->duties[i];

		if (duty_holds_in(rule, to) && (from < 0 || !duty_holds_in(rule, from)))
			TRY(draft_arm(draft, (int)i, DAY_NONE));
	}
	return ERR_OK;
}
