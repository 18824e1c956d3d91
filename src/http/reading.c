/* reading.c: the same beginnings and ends of all handlers that read. */
#include "http/reading.h"
#include "view/unknown.h"

#define POSTS_HELD_MAX 64

struct reading reading_of(struct http_request *request)
{
	return (struct reading){.request = request,
		.teller = {request_institution(request), request->arena, str_is(request_lang(request), "zh")},
		.viewer = {request->who.person, request_today(request)}};
}

enum err reading_enter(const struct reading *reading, int64_t matter)
{
	struct http_request *request = reading->request;
	struct matter *found;

	TRY(matter_seen(request->reader, &reading->viewer, matter, &request->why));
	TRY(institution_matter(
		reading->teller.institution, request->reader, request->arena, matter, &found, &request->why));
	if (found->procedure->visibility != VISIBILITY_COMPARTMENT)
		return ERR_OK;
	return request_look(request, str_format(request->arena, "m%lld", (long long)matter));
}

bool reading_has_function(const struct reading *reading, const char *name)
{
	const struct org *org = reading->teller.institution->org;
	const struct function *function = org_function(org, str_from(name));
	int64_t posts[POSTS_HELD_MAX];
	size_t count =
		org_posts_held(org, reading->viewer.person, reading->viewer.today, posts, POSTS_HELD_MAX);

	for (size_t i = 0; function != NULL && i < count; i++)
		if (org_post_carries(org, posts[i], function))
			return true;
	return false;
}

struct matter_ask reading_ask(const struct reading *reading)
{
	return (struct matter_ask){.teller = reading->teller,
		.store = reading->request->reader,
		.now = request_now(reading->request),
		.person = reading->viewer.person,
		.viewer = &reading->viewer};
}

enum err reading_at_door(const struct reading *reading, int64_t matter, struct matter_view *ret_view)
{
	const struct matter_ask ask = reading_ask(reading);

	return matter_door_read(&ask, matter, ret_view, &reading->request->why);
}

/* ---- filters ---- */

typedef enum err lookup_fn(const struct institution *institution, struct arena *arena, struct str code,
	int64_t *ret_id, struct bh_err *reterr);

static enum err look_up(const struct reading *reading, const char *param, lookup_fn *lookup, int64_t *ret_id)
{
	struct http_request *request = reading->request;
	struct bh_err why;

	*ret_id = 0;
	if (!request_has(request, param))
		return ERR_OK;
	if (lookup(reading->teller.institution, request->arena, request_text(request, param), ret_id, &why) ==
		ERR_OK)
		return ERR_OK;
	return err_pass(&request->why, ERR_INVALID, param, &why);
}

enum err reading_unit(const struct reading *reading, const char *param, int64_t *ret_unit)
{
	return look_up(reading, param, institution_unit, ret_unit);
}

enum err reading_post(const struct reading *reading, const char *param, int64_t *ret_post)
{
	return look_up(reading, param, institution_post, ret_post);
}

enum err reading_person(const struct reading *reading, const char *param, int64_t *ret_person)
{
	return look_up(reading, param, institution_person, ret_person);
}

enum err reading_procedure(const struct reading *reading, const char *param, struct str *ret_name)
{
	struct http_request *request = reading->request;
	const struct definition *found;
	struct bh_err why;

	*ret_name = STR("");
	if (!request_has(request, param))
		return ERR_OK;
	if (institution_definition(reading->teller.institution, request->arena, request_text(request, param),
		    &found, &why) != ERR_OK)
		return err_pass(&request->why, ERR_INVALID, param, &why);
	*ret_name = found->procedure->name;
	return ERR_OK;
}

struct instant reading_day_start(const struct reading *reading, const char *param)
{
	struct day day = request_day(reading->request, param);

	return day_is_none(day) ? INSTANT_NONE : day_start(day, reading->teller.institution->offset_minutes);
}

struct instant reading_due_before(const struct reading *reading, const char *param)
{
	struct instant start = reading_day_start(reading, param);

	/* What is due on the day before falls due at this very instant. */
	return instant_is_none(start) ? start : (struct instant){start.us + 1};
}

struct day reading_day(const struct reading *reading, const char *param)
{
	return request_has(reading->request, param) ? request_day(reading->request, param)
						    : reading->viewer.today;
}

enum err reading_period(const struct reading *reading, struct day *ret_from, struct day *ret_to)
{
	*ret_from = request_day(reading->request, "from");
	*ret_to = request_day(reading->request, "to");
	if (!day_is_none(*ret_from) && !day_is_none(*ret_to) && ret_from->number > ret_to->number)
		return err_set(
			&reading->request->why, ERR_INVALID, "to", "the period would end before it begins");
	return ERR_OK;
}

/* ---- pages ---- */

int64_t reading_limit(const struct reading *reading)
{
	return request_has(reading->request, "limit") ? request_int(reading->request, "limit") : PAGE_LIMIT;
}

enum err reading_after(const struct reading *reading, struct page_after *ret_after)
{
	struct http_request *request = reading->request;
	struct cursor cursor;
	int64_t numbers[3] = {0};

	TRY(request_cursor(request, &cursor));
	for (size_t i = 0; i < cursor.count; i++)
		if (cursor.count != ARRAY_COUNT(numbers) || !str_to_int(cursor.parts[i], &numbers[i]))
			return err_set(&request->why, ERR_INVALID, "cursor",
				"it is what the page before it gave for the same query: begin without one");
	*ret_after = (struct page_after){numbers[0], numbers[1], numbers[2]};
	return ERR_OK;
}

void reading_put_next(const struct reading *reading, struct json_out *out, struct page_after next)
{
	const int64_t numbers[] = {next.key, next.id, next.part};
	struct cursor cursor = {0};

	if (next.key == 0 && next.id == 0 && next.part == 0)
		return;
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
		cursor.parts[cursor.count++] =
			str_format(reading->request->arena, "%lld", (long long)numbers[i]);
	json_out_field_text(out, "cursor", request_cursor_print(reading->request, &cursor));
}

void reading_list_end(const struct reading *reading, struct json_out *out, struct page_after next)
{
	json_out_close(out, ']');
	reading_put_next(reading, out, next);
	json_out_close(out, '}');
}
