/* check_in.c: the code on the wall, and checking in by it. */
#include "http/handlers.h"
#include "http/reading.h"
#include "http/service.h"
#include "http/writing.h"

enum err route_check_in_code(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct institution *institution = request_institution(request);
	struct instant now = request_now(request);
	struct check_in_code code;
	struct matter *matter;

	TRY(reading_enter(&reading, request_int(request, "matter")));
	TRY(institution_matter(institution, request->reader, request->arena, request_int(request, "matter"),
		&matter, &request->why));
	TRY(check_in_keeper(
		matter, request->who.person, institution->org, request_today(request), &request->why));
	TRY(check_in_time(matter, request_today(request), &request->why));
	TRY(check_in_code_now(
		request->service->config.dir, matter->id, now, request->arena, &code, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "code", code.code);
	json_out_field_text(
		out, "until", instant_print(request->arena, code.until, institution->offset_minutes));
	json_out_field_int(out, "seconds", (code.until.us - now.us) / 1000000);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_check_in(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct command *command = ARENA_TAKE(request->arena, 1, struct command);
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	(void)reply;
	command->kind = COMMAND_ATTEND;
	command->matter = request_int(request, "matter");
	command->text = request_text(request, "code");
	act->kind = ACT_COMMAND;
	act->what.command = command;
	TRY(reading_enter(&reading, command->matter));
	return writing_act(request, act);
}
