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
	set_int(draft, draft->payload, "in_name_of", command->in_name_of);
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

void draft_put_due(struct draft *draft, struct doc *object, const struct due *due)
{
	doc_set(draft->arena, object, "due", doc_int(draft->arena, due->due.us));
	if (!instant_is_none(due->warn))
		doc_set(draft->arena, object, "warn", doc_int(draft->arena, due->warn.us));
	if (due->provisional)
		doc_set(draft->arena, object, "provisional", doc_bool(draft->arena, true));
	doc_set(draft->arena, object, "calendar",
		doc_text(draft->arena, calendar_version(draft->world->calendar)));
}

void draft_put_bearer(struct draft *draft, struct doc *object, const struct bearer *bearer)
{
	set_int(draft, object, "unit", bearer->unit);
	set_int(draft, object, "post", bearer->post);
	set_int(draft, object, "bearer", bearer->person);
}

/* What every duty that opens has; its kind adds the rest. */
static struct doc *put_duty(struct draft *draft, enum duty_kind kind, struct str name,
	const struct bearer *bearer, const struct due *due)
{
	struct doc *object = draft_push(draft, "opens");

	set_int(draft, object, "id", draft->next_duty++);
	doc_set(draft->arena, object, "kind", doc_text(draft->arena, str_from(duty_kind_name(kind))));
	if (name.size > 0)
		doc_set(draft->arena, object, "rule", doc_text(draft->arena, name));
	draft_put_bearer(draft, object, bearer);
	draft_put_due(draft, object, due);
	return object;
}

enum err draft_arm(struct draft *draft, int rule_index)
{
	const struct duty_rule *rule = &draft->procedure->duties[rule_index];
	struct bearer bearer =
		matter_bearer(draft->procedure, draft->fields, rule->bearer, draft->world->org, draft->today);
	struct str role = draft->procedure->roles[rule->bearer].name;

	if (bearer_is_nobody(&bearer))
		return err_set(draft->reterr, ERR_REFUSED, rule->name.data,
			"nobody would bear the duty %.*s: the role %.*s names no unit, post or person yet; "
			"fill in its field, "
			"or give its function to a unit",
			STR_ARG(rule->name), STR_ARG(role));
	struct due due = due_compute(
		&rule->limit, rule->warn, draft->fields, draft->procedure, draft->world->now, draft->world);

	if (instant_is_none(due.due))
		return err_set(draft->reterr, ERR_REFUSED, rule->name.data,
			"the duty %.*s would have no due day: fill in the date it counts from",
			STR_ARG(rule->name));
	struct doc *object = put_duty(draft, DUTY_RULE, rule->name, &bearer, &due);
	int64_t known = failure_known(draft->matter, rule_index, due.due);

	/* One failure is called to account once: without a later day it goes on, overdue as it is. */
	if (known != 0) {
		set_int(draft, object, "about", known);
		doc_set(draft->arena, object, "breached", doc_bool(draft->arena, true));
	}
	return ERR_OK;
}

/* Working days left of a clock that is stopped today: at least one. */
static int days_left(const struct draft *draft, struct instant due)
{
	struct day day = instant_day((struct instant){due.us - 1}, draft->world->offset_minutes);
	int left = calendar_count(draft->world->calendar, draft->today, day, NULL);

	return left < 1 ? 1 : left;
}

static void put_pause(struct draft *draft, int64_t id, struct instant due)
{
	struct doc *object = draft_push(draft, "pauses");

	set_int(draft, object, "id", id);
	set_int(draft, object, "left", days_left(draft, due));
}

void draft_pause(struct draft *draft, const struct duty *duty)
{
	put_pause(draft, duty->id, duty->due);
}

void draft_arm_again(struct draft *draft, const struct duty *duty)
{
	const struct duty_rule *rule = &draft->procedure->duties[duty->rule];
	struct bearer bearer =
		matter_bearer(draft->procedure, draft->fields, rule->bearer, draft->world->org, draft->today);
	/* The next round begins where the last one ended, also when its report came early. */
	struct due due = due_compute(
		&rule->limit, rule->warn, draft->fields, draft->procedure, duty->due, draft->world);
	int64_t id = draft->next_duty;

	if (bearer_is_nobody(&bearer))
		bearer = bearer_of_duty(duty);
	doc_set(draft->arena, put_duty(draft, DUTY_RULE, rule->name, &bearer, &due), "armed",
		doc_int(draft->arena, duty->due.us));
	if (!instant_is_none(draft->matter->suspended_until))
		put_pause(draft, id, due.due);
}

int64_t draft_owe(struct draft *draft, enum duty_kind kind, int rule, int64_t about, int64_t asker,
	const struct bearer *bearer, struct term within)
{
	struct limit limit = {.kind = LIMIT_WITHIN, .term = within};
	struct due due = due_compute(
		&limit, (struct term){0}, draft->fields, draft->procedure, draft->world->now, draft->world);
	struct str name = kind == DUTY_DECIDE ? draft->procedure->requests[rule].name : STR_NONE;
	struct doc *object = put_duty(draft, kind, name, bearer, &due);

	set_int(draft, object, "about", about);
	set_int(draft, object, "asker", asker);
	return doc_get_int(object, "id", 0);
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

void draft_set(struct draft *draft, struct str field, struct doc *value)
{
	struct doc *set = (struct doc *)(uintptr_t)doc_get(draft->payload, "set");
	struct doc *merged = doc_object(draft->arena);

	if (set == NULL) {
		doc_set(draft->arena, draft->payload, "set", doc_object(draft->arena));
		set = (struct doc *)(uintptr_t)doc_get(draft->payload, "set");
	}
	doc_set_str(draft->arena, set, field, value);
	for (size_t i = 0; i < draft->fields->count; i++)
		doc_set_str(draft->arena, merged, draft->fields->keys[i], &draft->fields->items[i]);
	doc_set_str(draft->arena, merged, field, value);
	draft->fields = merged;
}
