/* scene.c: commands in the small district, what they brought, and what was expected of them. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct doc *scene_fields(struct scene *scene, const struct field *fields, size_t count, const char *typed)
{
	struct doc *object = doc_object(scene->arena);
	struct str rest = str_from(typed), part, name;

	while (typed != NULL && str_cut(&rest, '|', &part)) {
		const struct field *field = NULL;
		struct doc *value = NULL;

		str_cut(&part, '=', &name);
		for (size_t i = 0; i < count; i++)
			if (str_equal(fields[i].name, name))
				field = &fields[i];
		/* What a person would be refused at the door goes in as it is: decide must refuse it too. */
		if (field == NULL ||
			field_value_read(scene->arena, field, scene->org, part, &value, NULL) != ERR_OK)
			value = doc_text(scene->arena, str_copy(scene->arena, part));
		doc_set_str(scene->arena, object, str_copy(scene->arena, name), value);
	}
	return object;
}

struct command scene_command(const struct scene *scene, enum command_kind kind, const char *who)
{
	struct command command = {.kind = kind, .matter = scene->matter == NULL ? 0 : scene->matter->id};
	const char *for_whom = strstr(who, " for ");
	char code[32];

	if (who[0] == '\0')
		return command; /* the clock */
	snprintf(code, sizeof code, "%.*s", for_whom == NULL ? (int)strlen(who) : (int)(for_whom - who), who);
	command.person = person_id(scene, code);
	if (for_whom != NULL)
		command.on_behalf = person_id(scene, for_whom + 5);
	return command;
}

static void hold_to_replay(struct scene *scene)
{
	struct arena *arena = arena_new();
	struct matter *again = matter_new(arena);
	struct hash now, then;

	for (size_t i = 0; i < scene->history.count; i++) {
		struct event event = scene->history.items[i];
		struct str printed = doc_print(arena, event.payload);
		struct bh_err why;

		scene_must(doc_read_canonical(arena, printed, &event.payload, &why), &why);
		matter_apply(again, &event, scene->matter->procedure);
		/* Saved and loaded between any two facts, it must be the same matter. */
		matter_settle(again);
	}
	now = matter_digest(arena, scene->matter);
	then = matter_digest(arena, again);
	if (!hash_equal(&now, &then))
		fail_msg("replaying %zu facts gives another matter", scene->history.count);
	arena_free(arena);
}

static void take_in(struct scene *scene, struct event event)
{
	const struct doc *payload = event.payload;

	event.index = scene->next_index++;
	if (event.kind == EVENT_MATTER_OPENED) {
		int64_t id = doc_get_int(payload, "definition", 0);

		scene->definitions[id - 1].next_seq++;
		scene->world.next_matter++;
		if (scene->matter != NULL) {
			*ARENA_PUSH(scene->arena, scene->opened.items, scene->opened.count,
				scene->opened.capacity) = event;
			return;
		}
		scene->matter = matter_new(scene->arena);
		matter_apply(scene->matter, &event, scene->definitions[id - 1].procedure);
	} else {
		matter_apply(scene->matter, &event, NULL);
	}
	*ARENA_PUSH(scene->arena, scene->history.items, scene->history.count, scene->history.capacity) =
		event;
}

/* One failure of a duty of the procedure is called to account once. */
static void hold_to_one_account(const struct scene *scene)
{
	const struct event *last = &scene->last.items[0];

	if (last->kind != EVENT_DUTY_BREACHED ||
		procedure_duty(scene->matter->procedure, doc_get_text(last->payload, "name")) < 0)
		return;
	for (size_t i = 0; i + 1 < scene->history.count; i++) {
		const struct event *event = &scene->history.items[i];

		if (event->kind == EVENT_DUTY_BREACHED &&
			str_equal(
				doc_get_text(event->payload, "name"), doc_get_text(last->payload, "name")) &&
			doc_get_int(event->payload, "at", 0) == doc_get_int(last->payload, "at", 0))
			fail_msg("the same failure of %s is called to account twice",
				doc_get_text(last->payload, "name").data);
	}
}

enum err scene_do(struct scene *scene, struct command command)
{
	struct events events = {0};
	struct hash before = {0}, after = {0};

	memset(&scene->why, 0, sizeof scene->why);
	if (scene->matter != NULL)
		before = matter_digest(scene->arena, scene->matter);
	enum err err = matter_decide(command.kind == COMMAND_OPEN ? NULL : scene->matter, &command,
		&scene->world, scene->arena, &events, &scene->why);

	if (scene->matter != NULL)
		after = matter_digest(scene->arena, scene->matter);
	if (!hash_equal(&before, &after))
		fail_msg("deciding changed the matter");
	if ((err == ERR_OK) != (scene->why.code == ERR_OK))
		fail_msg("a reason was given without a refusal, or none with one: %s", scene->why.text);
	if (err != ERR_OK)
		return err;
	if (command.kind == COMMAND_OPEN)
		scene->matter = NULL;
	if (command.kind == COMMAND_OPEN)
		scene->history = (struct events){0};
	for (size_t i = 0; i < events.count; i++)
		take_in(scene, events.items[i]);
	scene->last = events;
	hold_to_replay(scene);
	hold_to_one_account(scene);
	return ERR_OK;
}

enum err scene_open(struct scene *scene, const char *who, const char *name, const char *fields)
{
	struct command command = scene_command(scene, COMMAND_OPEN, who);

	command.name = str_from(name);
	command.matter = 0;
	for (size_t i = 0; i < scene->world.definition_count; i++) {
		const struct procedure *procedure = scene->definitions[i].procedure;

		if (str_is(procedure->name, name))
			command.fields =
				scene_fields(scene, procedure->fields, procedure->field_count, fields);
	}
	if (scene->world.parent != NULL)
		command.parent = scene->world.parent->id;
	return scene_do(scene, command);
}

enum err scene_act_with(
	struct scene *scene, const char *who, const char *action, const char *fields, size_t evidence)
{
	static struct evidence_item items[2] = {
		{.hash = {"0000000000000000000000000000000000000000000000000000000000000001", 64},
			.name = {"验收报告.pdf", 16},
			.size = 1024},
		{.hash = {"0000000000000000000000000000000000000000000000000000000000000002", 64},
			.name = {"照片.jpg", 10},
			.size = 2048},
	};
	struct command command = scene_command(scene, COMMAND_ACT, who);
	int index = procedure_action(scene->matter->procedure, str_from(action));

	command.name = str_from(action);
	if (index >= 0)
		command.fields = scene_fields(scene, scene->matter->procedure->actions[index].fields,
			scene->matter->procedure->actions[index].field_count, fields);
	command.evidence = items;
	command.evidence_count = evidence;
	return scene_do(scene, command);
}

enum err scene_act(struct scene *scene, const char *who, const char *action, const char *fields)
{
	return scene_act_with(scene, who, action, fields, 0);
}

enum err scene_ask(struct scene *scene, const char *who, const char *request, const char *fields)
{
	struct command command = scene_command(scene, COMMAND_REQUEST, who);
	int index = procedure_request(scene->matter->procedure, str_from(request));

	command.name = str_from(request);
	if (index >= 0)
		command.fields = scene_fields(scene, scene->matter->procedure->requests[index].fields,
			scene->matter->procedure->requests[index].field_count, fields);
	return scene_do(scene, command);
}

enum err scene_grant(struct scene *scene, const char *who, int64_t request, const char *until)
{
	struct command command = scene_command(scene, COMMAND_DECIDE, who);

	command.about = request;
	command.grant = true;
	if (until != NULL)
		command.fields =
			scene_fields(scene, NULL, 0, str_format(scene->arena, "until=%s", until).data);
	return scene_do(scene, command);
}

enum err scene_refuse(struct scene *scene, const char *who, int64_t request, const char *text)
{
	struct command command = scene_command(scene, COMMAND_DECIDE, who);

	command.about = request;
	command.text = str_from(text);
	return scene_do(scene, command);
}

enum err scene_say(
	struct scene *scene, enum command_kind kind, const char *who, const char *text, int64_t about)
{
	struct command command = scene_command(scene, kind, who);

	command.text = str_from(text);
	command.about = about;
	return scene_do(scene, command);
}

enum err scene_instruct(struct scene *scene, const char *who, const char *role, const char *text)
{
	struct command command = scene_command(scene, COMMAND_INSTRUCT, who);

	command.role = str_from(role);
	command.text = str_from(text);
	return scene_do(scene, command);
}

enum err scene_resume(struct scene *scene, const char *who)
{
	return scene_do(scene, scene_command(scene, COMMAND_RESUME, who));
}

void scene_key_task(struct scene *scene, const char *state, const char *due)
{
	static const struct {
		const char *to, *who, *action;
		size_t evidence;
	} steps[] = {{"dispatched", "he", "dispatch", 0}, {"working", "wang", "sign", 0},
		{"review", "wang", "ask_close", 1}, {"closed", "he", "close", 0}};
	struct str fields = str_format(
		scene->arena, "title=西江岸线整治|lead_unit=water|commander=vice-mayor|due=%s", due);

	scene_fresh(scene);
	expect_ok("the office opens a key task", scene_open(scene, "he", "key_task", fields.data), scene);
	for (size_t i = 0; i < ARRAY_COUNT(steps) && strcmp(scene_state(scene), state) != 0; i++)
		expect_ok(steps[i].action,
			scene_act_with(scene, steps[i].who, steps[i].action, NULL, steps[i].evidence), scene);
	expect_text("the key task is brought to its state", scene_state(scene), state);
}

/* ---- looking ---- */

static bool is_owed(const struct duty *duty)
{
	return duty->state == DUTY_OPEN || duty->state == DUTY_PAUSED;
}

const struct duty *scene_duty(const struct scene *scene, const char *rule)
{
	const struct matter *matter = scene->matter;

	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].kind == DUTY_RULE && is_owed(&matter->duties[i]) &&
			str_is(matter->procedure->duties[matter->duties[i].rule].name, rule))
			return &matter->duties[i];
	return NULL;
}

static const struct duty *newest(const struct scene *scene, enum duty_kind kind)
{
	const struct duty *duty = NULL;

	for (size_t i = 0; i < scene->matter->duty_count; i++)
		if (scene->matter->duties[i].kind == kind && is_owed(&scene->matter->duties[i]))
			duty = &scene->matter->duties[i];
	return duty;
}

const struct duty *scene_answer(const struct scene *scene)
{
	return newest(scene, DUTY_ANSWER);
}

const struct duty *scene_decision(const struct scene *scene)
{
	return newest(scene, DUTY_DECIDE);
}

const char *scene_state(const struct scene *scene)
{
	return scene->matter->procedure->states[scene->matter->state].name.data;
}

const char *due_text(const struct scene *scene, const struct duty *duty)
{
	if (duty == NULL)
		return "";
	return day_print(scene->arena, instant_day((struct instant){duty->due.us - 1}, OFFSET_CHINA)).data;
}

const char *warn_text(const struct scene *scene, const struct duty *duty)
{
	if (duty == NULL || instant_is_none(duty->warn))
		return "";
	return day_print(scene->arena, instant_day(duty->warn, OFFSET_CHINA)).data;
}

const char *lamp_text(struct scene *scene, const char *lang)
{
	struct lamp lamp = matter_lamp(scene->matter, &scene->world);

	return lamp_print(scene->arena, &lamp, str_from(lang)).data;
}

const struct doc *last_payload(const struct scene *scene)
{
	return scene->last.count == 0 ? NULL : scene->last.items[0].payload;
}

bool was_told(const struct scene *scene, const char *post, enum notice_kind kind)
{
	const struct doc *tells = doc_get(last_payload(scene), "tells");

	for (size_t i = 0; tells != NULL && i < tells->count; i++)
		if (doc_get_int(&tells->items[i], "post", 0) == post_id(scene, post) &&
			str_is(doc_get_text(&tells->items[i], "kind"), notice_kind_name(kind)))
			return true;
	return false;
}

/* ---- expectations ---- */

void expect_ok(const char *says, enum err err, const struct scene *scene)
{
	if (err != ERR_OK)
		fail_msg("%s: refused (%s) %s: %s", says, err_name(err), scene->why.place, scene->why.text);
}

void expect_refused(
	const char *says, enum err err, enum err want, const char *place, const struct scene *scene)
{
	if (err != want || (err != ERR_OK && strcmp(scene->why.place, place) != 0))
		fail_msg("%s: wanted %s at '%s', got %s at '%s': %s", says, err_name(want), place,
			err_name(err), scene->why.place, scene->why.text);
}

void expect_text(const char *says, const char *is, const char *want)
{
	if (strcmp(is, want) != 0)
		fail_msg("%s: wanted '%s', got '%s'", says, want, is);
}

void expect(const char *says, bool holds)
{
	if (!holds)
		fail_msg("%s: it isn't so", says);
}
