/* check_in.c: the code on the wall, and checking in by it. */
#include "view/check_in.h"
#include "http/handlers.h"
#include "http/reading.h"
#include "http/service.h"
#include "http/writing.h"
#include "view/matter_view.h"

/* The matter, for whoever sees it; and for whoever is expected there, who may hold no post: of it they are
 * told where they are to check in, and nothing else. To anybody else it isn't there. */
static enum err enter(struct http_request *request, bool *ret_sees, struct matter **ret_matter)
{
	const struct reading reading = reading_of(request);
	const struct institution *institution = request_institution(request);
	int64_t id = request_int(request, "matter");
	enum err err = matter_seen(request->reader, &reading.viewer, id, &request->why);
	bool exists = false;

	*ret_sees = err == ERR_OK;
	if (err != ERR_OK && err != ERR_NOT_FOUND)
		return err;
	TRY(*ret_sees ? reading_enter(&reading, id) : ERR_OK);
	TRY(store_matter_exists(request->reader, id, &exists, &request->why));
	if (!exists)
		return ERR_NOT_FOUND; /* as was said */
	TRY(institution_matter(institution, request->reader, request->arena, id, ret_matter, &request->why));
	return *ret_sees || check_in_expects(request->arena, *ret_matter, request->who.person,
				    institution->org, request_today(request))
		       ? ERR_OK
		       : ERR_NOT_FOUND;
}

enum err route_check_in_page(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter *matter;
	bool sees;

	TRY(enter(request, &sees, &matter));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_int(out, "id", matter->id);
	json_out_field_text(out, "title", doc_get_text(matter->fields, "title"));
	json_out_field_bool(out, "sees", sees);
	check_in_put(&reading.teller, matter, request->who.person, request_today(request), out);
	json_out_close(out, '}');
	return ERR_OK;
}

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
	struct matter *matter;
	bool sees;
	struct command *command = ARENA_TAKE(request->arena, 1, struct command);
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	(void)reply;
	command->kind = COMMAND_ATTEND;
	command->matter = request_int(request, "matter");
	command->text = request_text(request, "code");
	act->kind = ACT_COMMAND;
	act->what.command = command;
	TRY(enter(request, &sees, &matter));
	return writing_act(request, act);
}
