/* matter.c: matters as their viewers see them: lists, one with all that is to be known of it, its history,
 * and what hangs on it. */
#include "http/handlers.h"
#include "http/matter_filter.h"
#include "view/lines.h"

/* ---- lists ---- */

static void put_page(const struct reading *reading, struct json_out *out, const struct matter_line *lines,
	size_t count, struct page_after next)
{
	json_out_key(out, "matters");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++)
		line_put_matter(&reading->teller, out, &lines[i]);
	json_out_close(out, ']');
	reading_put_next(reading, out, next);
}

static enum err put_matters(
	const struct reading *reading, const struct matter_query *query, bool counted, struct reply *reply)
{
	struct http_request *request = reading->request;
	struct matter_line *lines = NULL;
	struct page_after after, next = {0};
	size_t count = 0;
	int64_t total = 0;
	bool below;

	TRY(reading_after(reading, &after));
	TRY(matter_filter_is_seen(reading, query, &below));
	if (below)
		TRY(store_matter_page(request->reader, request->arena, &reading->viewer, query, &after,
			&lines, &count, &next, &request->why));
	if (below && counted)
		TRY(store_matter_count(
			request->reader, request->arena, &reading->viewer, query, &total, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	put_page(reading, out, lines, count, next);
	if (counted) {
		json_out_field_int(out, "total", total < MATTER_COUNT_MAX ? total : MATTER_COUNT_MAX - 1);
		json_out_field_bool(out, "more", total >= MATTER_COUNT_MAX);
	}
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_matters(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter_query query;

	TRY(matter_filter_read(&reading, &query));
	query.limit = reading_limit(&reading);
	return put_matters(&reading, &query, request_bool(request, "count"), reply);
}

enum err route_matter_children(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct matter_query query = {.parent = request_int(request, "matter"),
		.sort = MATTER_NUMBER,
		.limit = reading_limit(&reading)};

	TRY(reading_enter(&reading, query.parent));
	return put_matters(&reading, &query, false, reply);
}

/* ---- one matter ---- */

static enum err read_view(const struct reading *reading, struct matter_view *view)
{
	struct http_request *request = reading->request;
	const struct matter_ask ask = reading_ask(reading);
	int64_t matter = request_int(request, "matter");

	TRY(reading_enter(reading, matter));
	return matter_view_read(&ask, matter, view, &request->why);
}

enum err route_matter(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);

	enum err err = read_view(&reading, view);

	if (err == ERR_NOT_FOUND)
		err = reading_at_door(&reading, request_int(request, "matter"), view);
	TRY(err);
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	TRY(matter_view_put(view, out, &request->why));
	json_out_close(out, '}');
	reply_etag(reply, str_format(request->arena, "%lld", (long long)view->version));
	return ERR_OK;
}

/* Few compartments are about one person: what was told to them of each is asked one by one. */
#define CONCERNED_MAX 200

static void put_concern(const struct matter_view *view, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;

	json_out_open(out, '{');
	json_out_field_int(out, "id", view->matter->id);
	json_out_field_text(out, "number", view->matter->number);
	json_out_field_text(out, "title", view_title(view));
	json_out_field_text(out, "procedure", procedure->name);
	json_out_field_text(out, "procedure_title",
		label_pick(procedure->title, procedure->name, teller_lang(&view->teller)));
	json_out_field_bool(out, "owes", view_owes(view));
	json_out_field_bool(out, "may_act", view->possible_count > 0);
	json_out_close(out, '}');
}

enum err route_me_concerned(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct json_out *out = reply_json(reply);
	int64_t *matters;
	size_t count;

	TRY(store_door_list(request->reader, request->arena, &reading.viewer, CONCERNED_MAX, &matters, &count,
		&request->why));
	json_out_open(out, '{');
	json_out_key(out, "matters");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);
		enum err err = reading_at_door(&reading, matters[i], view);

		if (err == ERR_OK)
			put_concern(view, out);
		else if (err != ERR_NOT_FOUND)
			return err;
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
	request->why = (struct bh_err){0};
	return ERR_OK;
}

enum err route_matter_history(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct matter_ask ask = reading_ask(&reading);
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);
	int64_t matter = request_int(request, "matter");
	struct event_place place = {
		.limit = reading_limit(&reading), .down = str_is(request_text(request, "sort"), "-event")};
	struct page_after after, next = {0};

	TRY(reading_after(&reading, &after));
	TRY(reading_enter(&reading, matter));
	place.after = after.id;
	TRY(matter_history_read(&ask, matter, &place, view, &request->why));
	struct json_out *out = reply_list(reply, "events");

	for (size_t i = 0; i < view->event_count; i++)
		matter_view_put_event(view, &view->events[i], false, out);
	if (view->more_events)
		next.id = view->events[view->event_count - 1].index;
	reading_list_end(&reading, out, next);
	return ERR_OK;
}

enum err route_matter_links(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	int64_t matter = request_int(request, "matter");
	struct link_line *lines;
	size_t count;

	TRY(reading_enter(&reading, matter));
	TRY(store_link_seen(
		request->reader, request->arena, &reading.viewer, matter, &lines, &count, &request->why));
	struct json_out *out = reply_list(reply, "links");

	for (size_t i = 0; i < count; i++)
		line_put_link(&reading.teller, out, &lines[i]);
	reply_list_end(out);
	return ERR_OK;
}

enum err route_matter_evidence(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);

	TRY(read_view(&reading, view));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	TRY(matter_view_put_evidence(view, out, &request->why));
	json_out_close(out, '}');
	return ERR_OK;
}
