/* matter.c: matters as their viewers see them: lists, one with all that is to be known of it, its history,
 * and what hangs on it. */
#include "http/handlers.h"
#include "http/reading.h"
#include "view/lines.h"
#include "view/unknown.h"

/* ---- lists ---- */

/* A state that no definition has, of the procedure where one is given, is a slip of the pen. */
static enum err check_state(const struct reading *reading, struct str procedure, struct str state)
{
	const struct institution *institution = reading->teller.institution;
	struct http_request *request = reading->request;
	const char *names[PROCEDURE_STATES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < institution->definition_count; i++) {
		const struct procedure *one = institution->definitions[i].procedure;

		if (procedure.size > 0 && !str_equal(one->name, procedure))
			continue;
		if (procedure_state(one, state) >= 0)
			return ERR_OK;
		for (size_t j = 0; j < one->state_count && count < ARRAY_COUNT(names); j++)
			names[count++] = str_copy(request->arena, one->states[j].name).data;
	}
	return unknown_set(&request->why, request->arena, ERR_INVALID, "state",
		UNKNOWN("没有这个环节", "there is no such state", "", ""), state, names, count);
}

/* The last day that isn't before it is over at its beginning. */
static struct instant before_day(const struct reading *reading, const char *param)
{
	struct day day = request_day(reading->request, param);

	return day_is_none(day)
		       ? INSTANT_NONE
		       : (struct instant){day_start(day, reading->teller.institution->offset_minutes).us + 1};
}

static struct instant begin_of(const struct reading *reading, const char *param)
{
	struct day day = request_day(reading->request, param);

	return day_is_none(day) ? INSTANT_NONE : day_start(day, reading->teller.institution->offset_minutes);
}

static enum err read_query(const struct reading *reading, struct matter_query *query)
{
	struct http_request *request = reading->request;
	struct str sort = request_text(request, "sort");

	*query = (struct matter_query){.grasp = request_text(request, "grasp"),
		.state = request_text(request, "state"),
		.lamp = request_text(request, "lamp"),
		.q = request_text(request, "q"),
		.parent = request_int(request, "parent"),
		.programme = request_int(request, "programme"),
		.due_before = before_day(reading, "due_before"),
		.opened_from = begin_of(reading, "opened_from"),
		.opened_until = begin_of(reading, "opened_until"),
		.open = request_bool(request, "open"),
		.sort = MATTER_NEWEST,
		.limit = reading_limit(reading)};
	TRY(reading_procedure(reading, "procedure", &query->procedure));
	if (query->state.size > 0)
		TRY(check_state(reading, query->procedure, query->state));
	TRY(reading_unit(reading, "unit", &query->unit));
	TRY(reading_post(reading, "commander", &query->commander));
	if (sort.size > 0 && !matter_sort_parse(sort, &query->sort))
		return err_set(&request->why, ERR_INVALID, "sort", "there is no such order");
	return ERR_OK;
}

/* What is part of something hidden isn't told to be so: then nothing is found. */
static enum err is_below_seen(const struct reading *reading, int64_t whole, bool *ret_seen)
{
	*ret_seen = true;
	if (whole == 0)
		return ERR_OK;
	return store_may_see(
		reading->request->reader, &reading->viewer, whole, ret_seen, &reading->request->why);
}

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
	bool parent, programme;

	TRY(reading_after(reading, &after));
	TRY(is_below_seen(reading, query->parent, &parent));
	TRY(is_below_seen(reading, query->programme, &programme));
	if (parent && programme)
		TRY(store_matter_page(request->reader, request->arena, &reading->viewer, query, &after,
			&lines, &count, &next, &request->why));
	if (parent && programme && counted)
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

	TRY(read_query(&reading, &query));
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
	const struct matter_ask ask = {.teller = reading->teller,
		.store = request->reader,
		.now = request_now(request),
		.person = reading->viewer.person,
		.viewer = &reading->viewer};
	int64_t matter = request_int(request, "matter");

	TRY(reading_enter(reading, matter));
	return matter_view_read(&ask, matter, view, &request->why);
}

enum err route_matter(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);

	TRY(read_view(&reading, view));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	matter_view_put(view, out);
	json_out_close(out, '}');
	reply_etag(reply, str_format(request->arena, "%lld", (long long)view->matter->version));
	return ERR_OK;
}

enum err route_matter_history(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);
	struct page_after after, next = {0};
	int64_t limit = reading_limit(&reading), shown = 0;

	TRY(reading_after(&reading, &after));
	TRY(read_view(&reading, view));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "events");
	json_out_open(out, '[');
	for (size_t i = (size_t)after.part; i < view->event_count && shown < limit; i++, shown++)
		matter_view_put_event(view, &view->events[i], false, out);
	json_out_close(out, ']');
	if ((size_t)(after.part + shown) < view->event_count)
		next.part = after.part + shown;
	reading_put_next(&reading, out, next);
	json_out_close(out, '}');
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
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "links");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++)
		line_put_link(&reading.teller, out, &lines[i]);
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_matter_evidence(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	int64_t matter = request_int(request, "matter");
	struct evidence_item *items;
	size_t count;

	TRY(reading_enter(&reading, matter));
	TRY(store_evidence_seen(
		request->reader, request->arena, &reading.viewer, matter, &items, &count, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "evidence");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		struct str elsewhere = STR("");

		TRY(store_evidence_also(request->reader, request->arena, &reading.viewer, items[i].hash,
			matter, &elsewhere, &request->why));
		line_put_evidence(out, &items[i], elsewhere);
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}
