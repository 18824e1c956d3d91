/* command_letter.c: what was reported without a name on paper, and its codes. The clerk who enters it is
 * named; whoever wrote it has the code of the slip on which it came, or none. */
#include "cli/matter_call.h"
#include "cli/verb.h"
#include "view/letter_view.h"

#include <stdio.h>
#include <string.h>

#define CODES_MAX 10000

static struct str new_code(struct call *call)
{
	uint8_t bytes[CODE_BYTES];

	act_machine.random(act_machine.context, bytes, sizeof bytes);
	return code_make(call->arena, bytes);
}

static enum err read_code(struct call *call, const char *typed, struct str *ret_code)
{
	return code_read(call->arena, str_from(typed), ret_code)
		       ? ERR_OK
		       : err_set(&call->why, ERR_INVALID, "code",
				 "a code has %d letters and digits: compare it with what you kept",
				 CODE_SIZE);
}

static struct str hash_of(struct call *call, struct str code)
{
	struct hash hash = hash_bytes(code.data, code.size);

	return hex_print(call->arena, hash.bytes, HASH_SIZE);
}

/* ---- codes for the forms that lie beside a letter box ---- */

static enum err print_codes(struct call *call)
{
	int64_t count;

	TRY(argument_number(call, 1, &count));
	if (count > CODES_MAX)
		return err_set(&call->why, ERR_RANGE, "codes", "more than %d codes", CODES_MAX);
	for (int64_t i = 0; i < count; i++)
		printf("%.*s\n", STR_ARG(code_print(call->arena, new_code(call))));
	return ERR_OK;
}

/* ---- entering ---- */

static enum err fill_command(struct house *house, struct str code, struct command *command)
{
	struct call *call = house->call;
	const struct procedure *procedure;
	const char *came = option_value(call, "came");
	size_t count;

	TRY(house_procedure_in_force(house, call->arguments[2], &procedure));
	command->name = procedure->name;
	command->letter = hash_of(call, code);
	command->came = house->today;
	if (came != NULL)
		TRY(day_parse(str_from(came), &command->came, &call->why));
	if (command->came.number > house->today.number)
		return err_set(&call->why, ERR_INVALID, "--came", "it can't have come on a day to come");
	const struct field *fields = letter_fields(call->arena, procedure, &count);

	return read_fields(house, fields, count, 3, &command->fields);
}

static void tell(struct house *house, struct str code, struct str number)
{
	struct call *call = house->call;

	if (call->quiet)
		return;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct str shown = code_print(call->arena, code);

	if (!call->json) {
		printf("%.*s  %s %.*s\n", STR_ARG(number), say(call, "回执码", "code"), STR_ARG(shown));
		return;
	}
	json_out_open(&out, '{');
	json_out_field_text(&out, "number", number);
	json_out_field_text(&out, "code", shown);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static enum err enter_in(struct house *house, struct str code)
{
	struct command command = {.kind = COMMAND_OPEN};
	struct receipt receipt;
	struct matter *matter;

	TRY(fill_command(house, code, &command));
	TRY(matter_record(house, &command, &receipt));
	TRY(institution_matter(&house->institution, house->store, house->call->arena, receipt.matter, &matter,
		&house->call->why));
	tell(house, code, matter->number);
	return ERR_OK;
}

static enum err enter(struct call *call)
{
	const char *typed = option_value(call, "code");
	struct str code = new_code(call);
	struct house house;

	if (typed != NULL)
		TRY(read_code(call, typed, &code));
	TRY(call_needs_person(call));
	call->arguments[0] = call->arguments[1]; /* a house is the first argument's */
	TRY(house_open_to_write(call, &house));
	enum err err = enter_in(&house, code);

	house_close(&house);
	return err;
}

/* ---- reading ---- */

static void print_shown(const struct doc *message)
{
	const struct doc *shown = doc_get(message, "shown");
	struct str text = doc_get_text(message, "text");

	if (text.size > 0)
		printf("  %.*s\n", STR_ARG(text));
	for (size_t i = 0; shown != NULL && i < shown->count; i++)
		printf("  %.*s: %.*s\n", STR_ARG(doc_get_text(&shown->items[i], "label")),
			STR_ARG(doc_get_text(&shown->items[i], "text")));
}

static void print_letter(struct call *call, const struct doc *letter)
{
	const struct doc *messages = doc_get(letter, "messages");

	printf("%.*s  %.*s  %.*s\n", STR_ARG(doc_get_text(letter, "title")),
		STR_ARG(doc_get_text(letter, "number")),
		STR_ARG(doc_get_bool(letter, "waits")
				? str_from(say(call, "次日转交受理", "put before the office tomorrow"))
				: doc_get_text(letter, "state")));
	for (size_t i = 0; messages != NULL && i < messages->count; i++) {
		const struct doc *message = &messages->items[i];
		bool office = str_is(doc_get_text(message, "by"), "office");

		printf("%.*s  %s  %.*s\n", STR_ARG(doc_get_text(message, "day")),
			office ? say(call, "受理单位", "the office") : say(call, "反映人", "the reporter"),
			STR_ARG(doc_get_text(message, "headline")));
		print_shown(message);
	}
}

static enum err read_in(struct house *house, struct str code)
{
	struct call *call = house->call;
	const struct matter_ask ask = {.teller = house->teller, .store = house->store, .now = house->now};
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct doc *letter;

	json_out_open(&out, '{');
	TRY(letter_view_put(&ask, hash_of(call, code), &out, &call->why));
	json_out_close(&out, '}');
	if (call->json) {
		printf("%s\n", buf_str(&buf).data);
		return ERR_OK;
	}
	TRY(doc_read(call->arena, buf_str(&buf), &letter, &call->why));
	print_letter(call, letter);
	return ERR_OK;
}

static enum err read_answers(struct call *call)
{
	struct house house;
	struct str code;

	TRY(read_code(call, call->arguments[2], &code));
	call->arguments[0] = call->arguments[1];
	TRY(house_open_to_read(call, &house));
	enum err err = read_in(&house, code);

	house_close(&house);
	return err;
}

/* ---- verbs ---- */

static const struct verb verbs[] = {
	{"codes", 1, 1, "NUMBER", .run = print_codes},
	{"enter", 3, 99, "DIR PROCEDURE FIELD=VALUE …", .run = enter},
	{"read", 2, 2, "DIR CODE", .run = read_answers},
};

enum err command_letter(struct call *call)
{
	return verb_run(call, verbs, ARRAY_COUNT(verbs));
}
