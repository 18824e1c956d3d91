/* duty.c: what is owed, over all matters that the sender sees, and what their posts were told. */
#include "http/handlers.h"
#include "http/matter_filter.h"
#include "view/lines.h"

enum err route_duties(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct duty_query query;
	struct duty_line *lines;
	struct page_after after, next;
	size_t count;

	TRY(duty_filter_read(&reading, &query));
	query.limit = reading_limit(&reading);
	TRY(reading_after(&reading, &after));
	TRY(store_duty_page(request->reader, request->arena, &reading.viewer, &query, &after, &lines, &count,
		&next, &request->why));
	struct json_out *out = reply_list(reply, "duties");

	for (size_t i = 0; i < count; i++)
		line_put_duty(&reading.teller, out, &lines[i], request_now(request));
	reading_list_end(&reading, out, next);
	return ERR_OK;
}

enum err route_inbox(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct notice_line *lines;
	struct page_after after, next;
	size_t count;

	TRY(reading_after(&reading, &after));
	TRY(store_notice_page(request->reader, request->arena, &reading.viewer, reading_limit(&reading),
		&after, &lines, &count, &next, &request->why));
	struct json_out *out = reply_list(reply, "notices");

	for (size_t i = 0; i < count; i++)
		line_put_notice(&reading.teller, out, &lines[i]);
	reading_list_end(&reading, out, next);
	return ERR_OK;
}
