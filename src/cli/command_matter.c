/* command_matter.c: the main job from a shell: open a matter, act in it, ask, decide, urge, instruct, answer.
 */
#include "cli/house.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define EVIDENCE_MAX       ((size_t)50 * 1024 * 1024)
#define EVIDENCE_FILES_MAX 32

static const struct field *find_field(const struct field *fields, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(fields[i].name, name) || str_equal(fields[i].label.zh, name))
			return &fields[i];
	return NULL;
}

static enum err unknown_field(struct call *call, const struct field *fields, size_t count, struct str name)
{
	const char **names = ARENA_TAKE(call->arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++)
		names[i] = str_copy(call->arena, fields[i].name).data;
	const char *nearest = str_nearest(call->arena, name, names, count);

	return err_set(&call->why, ERR_INVALID, str_copy(call->arena, name).data,
		"there is no such field here%s%s", nearest != NULL ? "; did you mean " : "",
		nearest != NULL ? nearest : "");
}

enum err read_fields(struct house *house, const struct field *fields, size_t field_count,
	size_t first_argument, struct doc **ret_fields)
{
	struct call *call = house->call;
	struct doc *object = doc_object(call->arena);

	for (size_t i = first_argument; i < call->count; i++) {
		struct str rest = str_from(call->arguments[i]), name;
		struct doc *value;

		if (strchr(call->arguments[i], '=') == NULL)
			return err_set(
				&call->why, ERR_INVALID, call->arguments[i], "write it as field=value");
		(void)str_cut(&rest, '=', &name);
		const struct field *field = find_field(fields, field_count, name);

		if (field == NULL)
			return unknown_field(call, fields, field_count, name);
		TRY(field_value_read(call->arena, field, house->org, rest, &value, &call->why));
		doc_set_str(call->arena, object, field->name, value);
	}
	*ret_fields = object;
	return ERR_OK;
}

/* Files are kept under their hash beside the database; the ledger holds the hash. */
static enum err keep_evidence(struct house *house, const char *dir, struct command *command)
{
	struct call *call = house->call;
	const char *paths[EVIDENCE_FILES_MAX];
	size_t count = option_values(call, "evidence", paths, EVIDENCE_FILES_MAX);

	command->evidence = ARENA_TAKE(call->arena, count + 1, struct evidence_item);
	for (size_t i = 0; i < count; i++) {
		struct str bytes;
		const char *slash = strrchr(paths[i], '/');

		TRY(file_read(call->arena, paths[i], EVIDENCE_MAX, &bytes, &call->why));
		struct hash hash = hash_bytes(bytes.data, bytes.size);
		struct str name = hex_print(call->arena, hash.bytes, HASH_SIZE);
		struct str folder = str_format(call->arena, "%s/evidence", dir);
		struct str path = str_format(call->arena, "%s/%s", folder.data, name.data);
		struct stat found;

		(void)mkdir(
			folder.data, 0700); /* it may be there; if it can't be made, writing below says why */
		if (stat(path.data, &found) != 0)
			TRY(file_write_atomic(path.data, bytes, &call->why));
		command->evidence[command->evidence_count++] = (struct evidence_item){.hash = name,
			.name = str_from(slash != NULL ? slash + 1 : paths[i]),
			.size = (int64_t)bytes.size};
	}
	return ERR_OK;
}

/* What a person is told when it is done: number, state, the event and what is owed next. */
static enum err tell_done(struct house *house, const struct receipt *receipt)
{
	struct call *call = house->call;
	struct matter *matter;
	struct str id = str_format(call->arena, "%lld", (long long)receipt->matter);

	TRY(house_refresh(house));
	TRY(house_matter(house, id.data, &matter));
	const struct state *state = &matter->procedure->states[matter->state];

	if (call->json) {
		struct buf buf = buf_new(call->arena);
		struct json_out out = json_out_new(&buf);

		json_out_open(&out, '{');
		json_out_field_int(&out, "matter", matter->id);
		json_out_field_text(&out, "number", matter->number);
		json_out_field_text(&out, "state", state->name);
		json_out_field_int(&out, "version", matter->version);
		json_out_field_int(&out, "event", receipt->first);
		json_out_field_int(&out, "events", receipt->count);
		json_out_field_bool(&out, "again", receipt->again);
		json_out_close(&out, '}');
		printf("%s\n", buf_str(&buf).data);
		return ERR_OK;
	}
	printf("%.*s  %.*s  %s %lld\n", STR_ARG(matter->number),
		STR_ARG(label_pick(state->label, state->name, lang_of(call))), say(call, "事件", "event"),
		(long long)receipt->first);
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->state != DUTY_OPEN || duty->kind != DUTY_RULE)
			continue;
		const struct duty_rule *rule = &matter->procedure->duties[duty->rule];

		printf("  %s %.*s: %.*s, %s %.*s\n", say(call, "责任", "owed:"),
			STR_ARG(house_bearer(house, duty->unit, duty->post, duty->person)),
			STR_ARG(label_pick(rule->label, rule->name, lang_of(call))), say(call, "期限", "by"),
			STR_ARG(house_day(house, duty->due)));
	}
	return ERR_OK;
}

static enum err run_command(struct house *house, struct command *command)
{
	struct act act = {.kind = ACT_COMMAND, .what.command = command};
	struct receipt receipt;
	const char *on_behalf = option_value(house->call, "on-behalf");

	if (on_behalf != NULL)
		TRY(house_person(house, on_behalf, &command->on_behalf));
	TRY(house_run(house, &act, &receipt));
	return tell_done(house, &receipt);
}

/* One command on one matter: open the house, find the matter, let `fill` say what is asked, run it. */
static enum err with_matter(struct call *call, struct command *command,
	enum err (*fill)(struct house *, struct matter *, struct command *))
{
	struct house house;
	struct matter *matter = NULL;

	TRY(house_open_to_write(call, call->arguments[0], &house));
	enum err err = house_matter(&house, call->arguments[1], &matter);

	if (err == ERR_OK) {
		command->matter = matter->id;
		err = fill(&house, matter, command);
	}
	if (err == ERR_OK)
		err = run_command(&house, command);
	house_close(&house);
	return err;
}

static enum err open_matter(struct house *house, struct command *command)
{
	struct call *call = house->call;
	const struct procedure *procedure = NULL;
	const char *parent = option_value(call, "parent");

	command->name = str_from(call->arguments[1]);
	for (size_t i = 0; i < house->in_force_count; i++)
		if (str_equal(house->in_force[i].procedure->name, command->name))
			procedure = house->in_force[i].procedure;
	if (procedure == NULL)
		return err_set(
			&call->why, ERR_NOT_FOUND, call->arguments[1], "no such procedure is in force");
	TRY(read_fields(house, procedure->fields, procedure->field_count, 2, &command->fields));
	TRY(option_number(call, "weight", 1, &command->weight));
	if (parent != NULL)
		TRY(house_matter_id(house, parent, &command->parent));
	return run_command(house, command);
}

enum err command_open(struct call *call)
{
	struct command command = {.kind = COMMAND_OPEN};
	struct house house;

	TRY(house_open_to_write(call, call->arguments[0], &house));
	enum err err = open_matter(&house, &command);

	house_close(&house);
	return err;
}

static enum err fill_act(struct house *house, struct matter *matter, struct command *command)
{
	struct call *call = house->call;
	const struct procedure *procedure = matter->procedure;
	int action = procedure_action(procedure, str_from(call->arguments[2]));

	if (action < 0) {
		const char **names = ARENA_TAKE(call->arena, procedure->action_count, const char *);

		for (size_t i = 0; i < procedure->action_count; i++)
			names[i] = str_copy(call->arena, procedure->actions[i].name).data;
		const char *nearest = str_nearest(
			call->arena, str_from(call->arguments[2]), names, procedure->action_count);

		return err_set(&call->why, ERR_NOT_FOUND, call->arguments[2], "%.*s has no such action%s%s",
			STR_ARG(procedure->name), nearest != NULL ? "; did you mean " : "",
			nearest != NULL ? nearest : "");
	}
	command->name = procedure->actions[action].name;
	TRY(read_fields(house, procedure->actions[action].fields, procedure->actions[action].field_count, 3,
		&command->fields));
	return keep_evidence(house, call->arguments[0], command);
}

enum err command_act(struct call *call)
{
	struct command command = {.kind = COMMAND_ACT};

	return with_matter(call, &command, fill_act);
}

static enum err fill_text(struct house *house, struct matter *matter, struct command *command)
{
	const char *to = option_value(house->call, "to");

	(void)matter;
	command->text = str_from(house->call->arguments[2]);
	command->role = str_from(to);
	return ERR_OK;
}

enum err command_note(struct call *call)
{
	struct command command = {.kind = COMMAND_NOTE};

	return with_matter(call, &command, fill_text);
}

enum err command_urge(struct call *call)
{
	struct command command = {.kind = COMMAND_URGE};

	return with_matter(call, &command, fill_text);
}

enum err command_instruct(struct call *call)
{
	struct command command = {.kind = COMMAND_INSTRUCT};

	return with_matter(call, &command, fill_text);
}

static enum err read_number(struct call *call, size_t argument, int64_t *ret_number)
{
	if (!str_to_int(str_from(call->arguments[argument]), ret_number) || *ret_number < 1)
		return err_set(&call->why, ERR_INVALID, call->arguments[argument],
			"a number from 1 was expected: see bihuan show");
	return ERR_OK;
}

static enum err fill_answer(struct house *house, struct matter *matter, struct command *command)
{
	(void)matter;
	command->text = str_from(house->call->arguments[3]);
	return read_number(house->call, 2, &command->about);
}

enum err command_answer(struct call *call)
{
	struct command command = {.kind = COMMAND_ANSWER};

	return with_matter(call, &command, fill_answer);
}

static enum err fill_request(struct house *house, struct matter *matter, struct command *command)
{
	struct call *call = house->call;
	int request = procedure_request(matter->procedure, str_from(call->arguments[2]));

	if (request < 0)
		return err_set(&call->why, ERR_NOT_FOUND, call->arguments[2], "%.*s has no such request",
			STR_ARG(matter->procedure->name));
	command->name = matter->procedure->requests[request].name;
	return read_fields(house, matter->procedure->requests[request].fields,
		matter->procedure->requests[request].field_count, 3, &command->fields);
}

enum err command_request(struct call *call)
{
	struct command command = {.kind = COMMAND_REQUEST};

	return with_matter(call, &command, fill_request);
}

static enum err fill_decide(struct house *house, struct matter *matter, struct command *command)
{
	struct call *call = house->call;
	const char *reason = option_value(call, "reason");

	TRY(read_number(call, 2, &command->about));
	command->grant = strcmp(call->arguments[3], "grant") == 0;
	if (!command->grant && strcmp(call->arguments[3], "refuse") != 0)
		return err_set(&call->why, ERR_INVALID, call->arguments[3], "say grant or refuse");
	command->text = str_from(reason);
	for (size_t i = 0; i < matter->request_count; i++) {
		const struct request_rule *rule = &matter->procedure->requests[matter->requests[i].rule];

		if (matter->requests[i].id == command->about)
			return read_fields(house, rule->fields, rule->field_count, 4, &command->fields);
	}
	return ERR_OK;
}

enum err command_decide(struct call *call)
{
	struct command command = {.kind = COMMAND_DECIDE};

	return with_matter(call, &command, fill_decide);
}

static enum err fill_nothing(struct house *house, struct matter *matter, struct command *command)
{
	(void)house, (void)matter, (void)command;
	return ERR_OK;
}

enum err command_resume(struct call *call)
{
	struct command command = {.kind = COMMAND_RESUME};

	return with_matter(call, &command, fill_nothing);
}

static enum err fill_link(struct house *house, struct matter *matter, struct command *command)
{
	(void)matter;
	command->name = str_from(house->call->arguments[2]);
	return house_matter_id(house, house->call->arguments[3], &command->about);
}

enum err command_link(struct call *call)
{
	struct command command = {.kind = COMMAND_LINK};

	return with_matter(call, &command, fill_link);
}
