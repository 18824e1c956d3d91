/* meeting.c: meetings by their day, and one as minutes. They are matters: what the sender may see of them is
 * what they may see of matters. */
#include "http/handlers.h"
#include "http/reading.h"
#include "view/meeting_view.h"

enum err route_meetings(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct meeting_query query = {.kind = request_text(request, "kind"),
		.state = request_text(request, "state"),
		.from = request_has(request, "from") ? request_day(request, "from") : DAY_NONE,
		.until = request_has(request, "to") ? day_add(request_day(request, "to"), 1) : DAY_NONE,
		.limit = reading_limit(&reading)};
	struct meeting_line *lines;
	struct page_after after, next;
	size_t count;

	TRY(reading_unit(&reading, "body", &query.body));
	TRY(reading_procedure(&reading, "procedure", &query.procedure));
	TRY(reading_after(&reading, &after));
	TRY(store_meeting_page(request->reader, request->arena, &reading.viewer, &query, &after, &lines,
		&count, &next, &request->why));
	struct json_out *out = reply_list(reply, "meetings");

	for (size_t i = 0; i < count; i++)
		meeting_put_line(&reading.teller, out, &lines[i]);
	reading_list_end(&reading, out, next);
	return ERR_OK;
}

enum err route_meeting(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	int64_t matter = request_int(request, "matter");

	TRY(reading_enter(&reading, matter));
	return meeting_put(
		&reading.teller, request->reader, &reading.viewer, matter, reply_json(reply), &request->why);
}
