/* command_matter.c: open a matter, and act in one. */
#include "cli/matter_call.h"

#include "exchange/evidence.h"
#include "exchange/file.h"

#include <stdio.h>
#include <string.h>

#define EVIDENCE_FILES_MAX 32

/* The files of --evidence: on the disk before the event that names them, and gone again when it is refused.
 */
struct evidence_files {
	struct str folder;
	struct evidence_item items[EVIDENCE_FILES_MAX];
	bool made[EVIDENCE_FILES_MAX]; /* it wasn't there before */
	size_t count;
};

static enum err keep_evidence(struct call *call, struct evidence_files *files)
{
	const char *paths[EVIDENCE_FILES_MAX + 1];
	size_t count = option_values(call, "evidence", paths, ARRAY_COUNT(paths));

	*files = (struct evidence_files){.folder = evidence_folder(call->arena, call->arguments[0])};
	if (count > EVIDENCE_FILES_MAX)
		return err_set(&call->why, ERR_RANGE, "--evidence", "more than %d files for one deed",
			EVIDENCE_FILES_MAX);
	for (size_t i = 0; i < count; i++) {
		const char *slash = strrchr(paths[i], '/');
		struct evidence_item *item = &files->items[i];
		struct str bytes;

		TRY(file_read(call->arena, paths[i], EVIDENCE_SIZE_MAX, &bytes, &call->why));
		struct hash hash = hash_bytes(bytes.data, bytes.size);

		*item = (struct evidence_item){.hash = hex_print(call->arena, hash.bytes, HASH_SIZE),
			.name = str_from(slash != NULL ? slash + 1 : paths[i]),
			.size = (int64_t)bytes.size};
		files->made[i] = evidence_look(call->arena, files->folder, item->hash) == KEPT_MISSING;
		TRY(evidence_keep(call->arena, files->folder, bytes, &item->hash, &call->why));
		files->count++;
	}
	return ERR_OK;
}

static void drop_evidence(struct call *call, const struct evidence_files *files)
{
	for (size_t i = 0; i < files->count; i++)
		if (files->made[i])
			evidence_drop(call->arena, files->folder, files->items[i].hash);
}

/* What a person is told when it is done: number, state, the event and what is owed next. */
static void tell_people(struct house *house, const struct matter *matter, const struct receipt *receipt)
{
	struct call *call = house->call;
	const struct state *state = &matter->procedure->states[matter->state];

	printf("%.*s  %.*s  %s %lld%s\n", STR_ARG(matter->number),
		STR_ARG(label_pick(state->label, state->name, lang_of(call))), say(call, "事件", "event"),
		(long long)receipt->first, receipt->again ? say(call, " (此前已办)", " (done before)") : "");
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->state != DUTY_OPEN && duty->state != DUTY_PAUSED)
			continue;
		printf("  %s %lld  %.*s: %.*s, ", say(call, "责任", "duty"), (long long)duty->id,
			STR_ARG(tell_bearer(
				&house->teller, duty->unit, duty->post, duty->person, house->today)),
			STR_ARG(tell_duty(&house->teller, matter->procedure, duty)));
		if (duty->state == DUTY_PAUSED)
			printf("%s\n", tell_word(&house->teller, duty_state_name(duty->state)));
		else
			printf("%s %.*s%s\n", say(call, "期限", "by"),
				STR_ARG(tell_day(&house->teller, duty->due)),
				duty->breached ? say(call, " (失责)", " (breached)") : "");
	}
}

/* What came of it inside is not for whom the compartment is about. */
static void tell_at_door(struct house *house, const struct matter *matter, const struct receipt *receipt)
{
	struct call *call = house->call;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	if (!call->json) {
		printf("%.*s  %s %lld%s\n", STR_ARG(matter->number),
			say(call, "已记录,事件", "recorded, event"), (long long)receipt->first,
			receipt->again ? say(call, " (此前已办)", " (done before)") : "");
		return;
	}
	json_out_open(&out, '{');
	json_out_field_int(&out, "matter", matter->id);
	json_out_field_text(&out, "number", matter->number);
	json_out_field_int(&out, "event", receipt->first);
	json_out_field_bool(&out, "again", receipt->again);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static void tell_programs(const struct matter *matter, const struct receipt *receipt)
{
	struct buf buf = buf_new(matter->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_int(&out, "matter", matter->id);
	json_out_field_text(&out, "number", matter->number);
	json_out_field_text(&out, "state", matter->procedure->states[matter->state].name);
	json_out_field_int(&out, "version", matter->version);
	json_out_field_int(&out, "event", receipt->first);
	json_out_field_int(&out, "events", receipt->count);
	json_out_field_bool(&out, "again", receipt->again);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

enum err matter_record(struct house *house, struct command *command, struct receipt *ret_receipt)
{
	struct act act = {.kind = ACT_COMMAND, .what.command = command};
	struct evidence_files *files = ARENA_TAKE(house->call->arena, 1, struct evidence_files);
	enum err err = keep_evidence(house->call, files);

	command->evidence = files->items;
	command->evidence_count = files->count;
	if (err == ERR_OK)
		err = house_run(house, &act, ret_receipt);
	if (err != ERR_OK)
		drop_evidence(house->call, files);
	return err;
}

/* Whose letter is entered, and on which day it came. */
static enum err read_letter(struct house *house, struct command *command)
{
	struct call *call = house->call;
	const char *came = option_value(call, "came");
	struct bh_err why;

	command->came = house->today;
	if (came != NULL && day_parse(str_from(came), &command->came, &why) != ERR_OK)
		return err_pass(&call->why, ERR_INVALID, "--came", &why);
	return house_person(house, option_value(call, "letter-of"), &command->in_name_of);
}

enum err matter_run(struct house *house, struct command *command)
{
	struct call *call = house->call;
	struct receipt receipt;
	struct matter *matter;
	int64_t person;
	bool door;
	const char *on_behalf = option_value(call, "on-behalf");

	if (on_behalf != NULL)
		TRY(house_person(house, on_behalf, &command->on_behalf));
	if (option_value(call, "letter-of") != NULL)
		TRY(read_letter(house, command));
	TRY(option_number(call, "seen", 0, &command->version));
	TRY(matter_record(house, command, &receipt));
	if (call->quiet)
		return ERR_OK;
	TRY(institution_matter(
		&house->institution, house->store, call->arena, receipt.matter, &matter, &call->why));
	TRY(house_person(house, NULL, &person));
	TRY(house_at_door(house, person, receipt.matter, &door));
	if (door)
		tell_at_door(house, matter, &receipt);
	else if (call->json)
		tell_programs(matter, &receipt);
	else
		tell_people(house, matter, &receipt);
	return ERR_OK;
}

enum err matter_call(struct call *call, enum command_kind kind, matter_fill_fn *fill)
{
	struct command command = {.kind = kind};
	struct house house;
	struct matter *matter = NULL;

	TRY(call_needs_person(call));
	TRY(house_open_to_write(call, &house));
	enum err err = house_matter(&house, call->arguments[1], &matter);

	if (err == ERR_OK) {
		command.matter = matter->id;
		err = fill == NULL ? ERR_OK : fill(&house, matter, &command);
	}
	if (err == ERR_OK)
		err = matter_run(&house, &command);
	house_close(&house);
	return err;
}

static enum err open_matter(struct house *house, struct command *command)
{
	struct call *call = house->call;
	const struct procedure *procedure;
	const char *parent = option_value(call, "parent");

	TRY(house_procedure_in_force(house, call->arguments[1], &procedure));
	command->name = procedure->name;
	TRY(read_fields(house, procedure->fields, procedure->field_count, 2, &command->fields));
	TRY(option_number(call, "weight", 1, &command->weight));
	if (parent != NULL)
		TRY(house_matter_id(house, parent, &command->parent));
	return matter_run(house, command);
}

enum err command_open(struct call *call)
{
	struct command command = {.kind = COMMAND_OPEN};
	struct house house;

	TRY(call_needs_person(call));
	TRY(house_open_to_write(call, &house));
	enum err err = open_matter(&house, &command);

	house_close(&house);
	return err;
}

static enum err unknown_action(struct call *call, const struct procedure *procedure)
{
	const char **names = ARENA_TAKE(call->arena, procedure->action_count, const char *);

	for (size_t i = 0; i < procedure->action_count; i++)
		names[i] = str_copy(call->arena, procedure->actions[i].name).data;
	const char *show =
		str_format(call->arena, "bihuan show %s %s --as …", call->arguments[0], call->arguments[1])
			.data;

	return unknown_name(call, ERR_NOT_FOUND,
		UNKNOWN("没有这项操作", "there is no such action",
			str_format(call->arena, "%s 可以列出能办的事项", show).data,
			str_format(call->arena, "%s lists what may be done", show).data),
		str_from(call->arguments[2]), names, procedure->action_count);
}

static enum err fill_act(struct house *house, struct matter *matter, struct command *command)
{
	struct call *call = house->call;
	const struct procedure *procedure = matter->procedure;
	int action = procedure_action(procedure, str_from(call->arguments[2]));

	if (action < 0)
		return unknown_action(call, procedure);
	command->name = procedure->actions[action].name;
	return read_fields(house, procedure->actions[action].fields, procedure->actions[action].field_count,
		3, &command->fields);
}

enum err command_act(struct call *call)
{
	return matter_call(call, COMMAND_ACT, fill_act);
}
