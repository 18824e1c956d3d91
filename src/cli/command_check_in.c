/* command_check_in.c: the code by which people check in, for whoever keeps the list; and checking in by it.
 */
#include "cli/matter_call.h"

#include <stdio.h>

static enum err show_code(struct house *house)
{
	struct call *call = house->call;
	struct check_in_code code;
	struct matter *matter;
	int64_t person;

	TRY(house_person(house, NULL, &person));
	TRY(house_matter(house, call->arguments[1], &matter));
	TRY(check_in_keeper(matter, person, house->institution.org, house->today, &call->why));
	TRY(check_in_time(matter, house->today, &call->why));
	TRY(check_in_code_now(
		str_from(call->arguments[0]), matter->id, house->now, call->arena, &code, &call->why));
	if (!call->json) {
		printf("%.*s\n", STR_ARG(code.code));
		return ERR_OK;
	}
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_int(&out, "matter", matter->id);
	json_out_field_text(&out, "code", code.code);
	json_out_field_text(
		&out, "until", instant_print(call->arena, code.until, house->institution.offset_minutes));
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
	return ERR_OK;
}

static enum err fill_code(struct house *house, struct matter *matter, struct command *command)
{
	(void)matter;
	command->text = str_from(house->call->arguments[2]);
	return ERR_OK;
}

enum err command_check_in(struct call *call)
{
	struct house house;

	if (call->count > 2)
		return matter_call(call, COMMAND_ATTEND, fill_code);
	TRY(call_needs_person(call));
	TRY(house_open_to_read(call, &house));
	enum err err = show_code(&house);

	house_close(&house);
	return err;
}
