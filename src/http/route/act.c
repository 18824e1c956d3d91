/* act.c: opening matters and acting in them. */
#include "http/handlers.h"
#include "http/writing.h"
#include "view/unknown.h"

#define NAMES_MAX 200 /* that are offered when one is unknown */

/* ---- opening ---- */

static enum err open_of(struct writing *writing, const struct procedure *procedure)
{
	struct http_request *request = writing->request;
	struct command *command = &writing->command;

	command->name = procedure->name;
	command->weight = request_has(request, "weight") ? request_int(request, "weight") : 1;
	command->text = request_text(request, "text");
	TRY(writing_fields(writing, procedure->fields, procedure->field_count, true));
	TRY(writing_evidence(writing));
	return writing_end(writing);
}

enum err route_matter_open(struct http_request *request, struct reply *reply)
{
	const struct definition *definition;
	struct writing *writing;
	struct bh_err why;

	(void)reply;
	TRY(writing_open(request, &writing));
	if (institution_definition(request_institution(request), request->arena,
		    request_text(request, "procedure"), &definition, &why) != ERR_OK)
		return err_pass(&request->why, ERR_INVALID, "procedure", &why);
	if (request_has(request, "parent")) {
		writing->command.parent = request_int(request, "parent");
		TRY(writing_other(writing, "parent", writing->command.parent));
	}
	return open_of(writing, definition->procedure);
}

enum err route_child_open(struct http_request *request, struct reply *reply)
{
	const struct definition *definition;
	struct writing *writing;
	int64_t parent = request_int(request, "matter");
	struct matter *above;

	(void)reply;
	TRY(writing_open(request, &writing));
	TRY(reading_enter(&writing->reading, parent));
	TRY(institution_matter(request_institution(request), request->reader, request->arena, parent, &above,
		&request->why));
	definition = institution_in_force(request_institution(request), above->procedure->children.of);
	if (definition == NULL)
		return err_set(&request->why, ERR_REFUSED, "matter",
			"a matter of %.*s has no parts: its definition names none",
			STR_ARG(above->procedure->name));
	writing->command.parent = parent;
	return open_of(writing, definition->procedure);
}

/* ---- acting ---- */

static enum err unknown_action(struct writing *writing, struct str name)
{
	const struct procedure *procedure = writing->matter->procedure;
	struct arena *arena = writing->request->arena;
	const char *names[NAMES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < procedure->action_count && count < NAMES_MAX; i++)
		names[count++] = str_copy(arena, procedure->actions[i].name).data;
	return unknown_set(&writing->request->why, arena, ERR_NOT_FOUND, "action",
		UNKNOWN("没有这项操作", "there is no such action", unknown_list(arena, "有", names, count),
			unknown_list(arena, "there are", names, count)),
		name, names, count);
}

/* Not theirs: at the door it is, like everything inside, nowhere. */
static enum err not_at_door(struct writing *writing)
{
	return err_set_both(&writing->request->why, ERR_NOT_FOUND, "matter", err_meaning_zh(ERR_NOT_FOUND),
		err_meaning(ERR_NOT_FOUND));
}

static bool may_do(const struct writing *writing)
{
	struct str name = request_text(writing->request, "action");

	for (size_t i = 0; i < writing->door->possible_count; i++) {
		const struct possible *possible = &writing->door->possible[i];

		if (possible->action >= 0 &&
			str_equal(writing->matter->procedure->actions[possible->action].name, name))
			return true;
	}
	return false;
}

/* Whose letter is entered. */
static enum err read_in_name_of(struct writing *writing)
{
	struct http_request *request = writing->request;
	struct bh_err why;

	writing->command.came =
		request_has(request, "came") ? request_day(request, "came") : writing->reading.viewer.today;
	if (!request_has(request, "in_name_of") ||
		institution_person(writing->reading.teller.institution, request->arena,
			request_text(request, "in_name_of"), &writing->command.in_name_of, &why) == ERR_OK)
		return ERR_OK;
	return err_pass(&request->why, ERR_INVALID, "in_name_of", &why);
}

enum err route_action(struct http_request *request, struct reply *reply)
{
	struct str name = request_text(request, "action");
	struct writing *writing;

	(void)reply;
	TRY(writing_begin_at_door(request, COMMAND_ACT, may_do, &writing));
	int index = procedure_action(writing->matter->procedure, name);

	if (writing->door != NULL && (index < 0 || !door_lets_act(writing->matter->procedure, index)))
		return not_at_door(writing);
	if (index < 0)
		return unknown_action(writing, name);
	const struct action *action = &writing->matter->procedure->actions[index];

	writing->command.name = action->name;
	TRY(read_in_name_of(writing));
	TRY(writing_fields(writing, action->fields, action->field_count, true));
	TRY(writing_evidence(writing));
	return writing_end(writing);
}

/* ---- requests and their decisions ---- */

static enum err unknown_request(struct writing *writing, struct str name)
{
	const struct procedure *procedure = writing->matter->procedure;
	struct arena *arena = writing->request->arena;
	const char *names[NAMES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < procedure->request_count && count < NAMES_MAX; i++)
		names[count++] = str_copy(arena, procedure->requests[i].name).data;
	return unknown_set(&writing->request->why, arena, ERR_INVALID, "request",
		UNKNOWN("没有这种申请", "there is no such request",
			count == 0 ? "这里不能申请" : unknown_list(arena, "可以申请", names, count),
			count == 0 ? "none can be made" : unknown_list(arena, "there are", names, count)),
		name, names, count);
}

static bool may_ask(const struct writing *writing)
{
	struct str name = request_text(writing->request, "request");

	for (size_t i = 0; i < writing->door->possible_count; i++) {
		const struct possible *possible = &writing->door->possible[i];

		if (possible->request >= 0 &&
			str_equal(writing->matter->procedure->requests[possible->request].name, name))
			return true;
	}
	return false;
}

enum err route_request_make(struct http_request *request, struct reply *reply)
{
	struct str name = request_text(request, "request");
	struct writing *writing;

	(void)reply;
	TRY(writing_begin_at_door(request, COMMAND_REQUEST, may_ask, &writing));
	int index = procedure_request(writing->matter->procedure, name);

	if (writing->door != NULL && (index < 0 || !door_lets_ask(writing->matter->procedure, index)))
		return not_at_door(writing);
	if (index < 0)
		return unknown_request(writing, name);
	const struct request_rule *rule = &writing->matter->procedure->requests[index];

	writing->command.name = rule->name;
	TRY(writing_fields(writing, rule->fields, rule->field_count, true));
	return writing_end(writing);
}

enum err route_request_decide(struct http_request *request, struct reply *reply)
{
	struct writing *writing;

	(void)reply;
	TRY(writing_begin(request, COMMAND_DECIDE, &writing));
	struct command *command = &writing->command;

	command->about = request_int(request, "request");
	command->grant = str_is(request_text(request, "decision"), "grant");
	command->text = request_text(request, "text");
	if (request_has(request, "until")) {
		command->fields = doc_object(request->arena);
		doc_set(request->arena, command->fields, "until",
			doc_text(request->arena, day_print(request->arena, request_day(request, "until"))));
	}
	return writing_end(writing);
}

enum err route_resume(struct http_request *request, struct reply *reply)
{
	struct writing *writing;

	(void)reply;
	TRY(writing_begin(request, COMMAND_RESUME, &writing));
	return writing_end(writing);
}

/* ---- words ---- */

static enum err say(struct http_request *request, enum command_kind kind)
{
	struct writing *writing;

	TRY(writing_begin(request, kind, &writing));
	writing->command.text = request_text(request, "text");
	return writing_end(writing);
}

enum err route_note(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return say(request, COMMAND_NOTE);
}

enum err route_urge(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return say(request, COMMAND_URGE);
}

enum err route_instruct(struct http_request *request, struct reply *reply)
{
	struct writing *writing;

	(void)reply;
	TRY(writing_begin(request, COMMAND_INSTRUCT, &writing));
	writing->command.text = request_text(request, "text");
	writing->command.role = request_text(request, "role");
	return writing_end(writing);
}

static bool may_answer(const struct writing *writing)
{
	for (size_t i = 0; i < writing->door->duty_count; i++)
		if (writing->door->duties[i].id == request_int(writing->request, "duty"))
			return view_may_answer(writing->door, &writing->door->duties[i]);
	return false;
}

enum err route_answer(struct http_request *request, struct reply *reply)
{
	struct writing *writing;

	(void)reply;
	TRY(writing_begin_at_door(request, COMMAND_ANSWER, may_answer, &writing));
	writing->command.text = request_text(request, "text");
	writing->command.about = request_int(request, "duty");
	return writing_end(writing);
}

/* ---- links and followers ---- */

enum err route_link(struct http_request *request, struct reply *reply)
{
	struct writing *writing;

	(void)reply;
	TRY(writing_begin(request, COMMAND_LINK, &writing));
	writing->command.about = request_int(request, "other");
	writing->command.name = request_text(request, "relation");
	TRY(writing_other(writing, "other", writing->command.about));
	return writing_end(writing);
}

static enum err follow(struct http_request *request, enum command_kind kind)
{
	struct writing *writing;

	TRY(writing_begin_own(request, kind, &writing));
	return writing_end(writing);
}

enum err route_follow(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return follow(request, COMMAND_FOLLOW);
}

enum err route_unfollow(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return follow(request, COMMAND_UNFOLLOW);
}
