/* establish.c: what changes the institution itself: its units, posts and people, who holds what, its
 * calendar, its procedures. Who may is decided by act/. A row is known by its code: one that is known is
 * changed where the body says something. */
#include "exchange/calendar_table.h"
#include "http/handlers.h"
#include "http/writing.h"

static struct act *new_act(struct http_request *request, enum act_kind kind)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	act->kind = kind;
	return act;
}

static void take_text(const struct http_request *request, const char *name, struct str *text)
{
	if (request_has(request, name))
		*text = request_text(request, name);
}

/* "" says that there is none. */
typedef enum err take_id_fn(const struct reading *reading, const char *param, int64_t *ret_id);
static enum err take_id(const struct reading *reading, const char *name, take_id_fn *find, int64_t *id)
{
	if (!request_has(reading->request, name))
		return ERR_OK;
	if (request_text(reading->request, name).size > 0)
		return find(reading, name, id);
	*id = 0;
	return ERR_OK;
}

/* A new row says what it can't be without. */
static void need(struct http_request *request, const char *name, bool given)
{
	struct bh_err why;

	if (given)
		return;
	(void)!err_set(&why, ERR_INVALID, name, "it is missing");
	request_fault(request, str_from(name), &why);
}

/* ---- units, posts, people, functions ---- */

enum err route_unit_set(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct unit *known =
		org_unit_by_code(reading.teller.institution->org, request_text(request, "code"));
	struct unit *unit = ARENA_TAKE(request->arena, 1, struct unit);
	struct act *act = new_act(request, ACT_UNIT);

	(void)reply;
	*unit = known != NULL ? *known : (struct unit){.since = DAY_NONE, .until = DAY_NONE};
	unit->code = request_text(request, "code");
	take_text(request, "name", &unit->name);
	take_text(request, "name_en", &unit->name_en);
	take_text(request, "kind", &unit->kind);
	TRY(take_id(&reading, "parent", reading_unit, &unit->parent));
	TRY(take_id(&reading, "leader", reading_post, &unit->leader));
	if (request_has(request, "since"))
		unit->since = request_day(request, "since");
	need(request, "name", unit->name.size > 0);
	act->what.unit = unit;
	return writing_act(request, act);
}

enum err route_post_set(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct post *known =
		org_post_by_code(reading.teller.institution->org, request_text(request, "code"));
	struct post *post = ARENA_TAKE(request->arena, 1, struct post);
	struct act *act = new_act(request, ACT_POST);

	(void)reply;
	*post = known != NULL ? *known : (struct post){.until = DAY_NONE};
	post->code = request_text(request, "code");
	take_text(request, "title", &post->title);
	take_text(request, "title_en", &post->title_en);
	take_text(request, "rank", &post->rank);
	if (request_has(request, "unit"))
		TRY(reading_unit(&reading, "unit", &post->unit));
	if (request_has(request, "kind"))
		REQUIRE(post_kind_parse(request_text(request, "kind"), &post->kind));
	need(request, "title", post->title.size > 0);
	need(request, "unit", post->unit != 0);
	need(request, "kind", known != NULL || request_has(request, "kind"));
	act->what.post = post;
	return writing_act(request, act);
}

static enum err ended_already(struct http_request *request, const char *place)
{
	return err_set(&request->why, ERR_CONFLICT, place, "it was abolished already");
}

enum err route_unit_end(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct org *org = reading.teller.institution->org;
	struct unit *unit = ARENA_TAKE(request->arena, 1, struct unit);
	struct act *act = new_act(request, ACT_UNIT);
	int64_t id;

	(void)reply;
	TRY(reading_unit(&reading, "unit", &id));
	if (org_unit_has_ended(org, id))
		return ended_already(request, "unit");
	*unit = *org_unit(org, id);
	unit->until = reading_day(&reading, "from");
	act->what.unit = unit;
	return writing_act(request, act);
}

enum err route_post_end(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct org *org = reading.teller.institution->org;
	struct post *post = ARENA_TAKE(request->arena, 1, struct post);
	struct act *act = new_act(request, ACT_POST);
	int64_t id;

	(void)reply;
	TRY(reading_post(&reading, "post", &id));
	if (org_post_has_ended(org, id))
		return ended_already(request, "post");
	*post = *org_post(org, id);
	post->until = reading_day(&reading, "from");
	act->what.post = post;
	return writing_act(request, act);
}

enum err route_person_set(struct http_request *request, struct reply *reply)
{
	const struct person *known =
		org_person_by_code(request_institution(request)->org, request_text(request, "code"));
	struct person *person = ARENA_TAKE(request->arena, 1, struct person);
	struct act *act = new_act(request, ACT_PERSON);

	(void)reply;
	if (known != NULL)
		*person = *known;
	else
		person->born = DAY_NONE;
	person->code = request_text(request, "code");
	take_text(request, "name", &person->name);
	take_text(request, "gender", &person->gender);
	if (request_has(request, "born"))
		person->born = request_day(request, "born");
	need(request, "name", person->name.size > 0);
	act->what.person = person;
	return writing_act(request, act);
}

enum err route_function_set(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct function *function = ARENA_TAKE(request->arena, 1, struct function);
	struct act *act = new_act(request, ACT_FUNCTION);

	(void)reply;
	function->name = request_text(request, "name");
	TRY(take_id(&reading, "unit", reading_unit, &function->unit));
	TRY(take_id(&reading, "post", reading_post, &function->post));
	act->what.function = function;
	return writing_act(request, act);
}

/* ---- who holds what ---- */

enum err route_tenure_move(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct tenure *tenures = ARENA_TAKE(request->arena, MOVE_PLAN_MAX, struct tenure);
	struct act *act = new_act(request, ACT_MOVE);
	struct move move = {.from = reading_day(&reading, "from"),
		.ends = request_bool(request, "ends"),
		.kind = str_is(request_text(request, "kind"), "acting") ? TENURE_ACTING : TENURE_HOLDER,
		.how = request_text(request, "how")};

	(void)reply;
	TRY(reading_post(&reading, "post", &move.post));
	TRY(reading_person(&reading, "person", &move.person));
	TRY(reading_post(&reading, "leave", &move.leave));
	if (move.ends && (move.leave != 0 || move.kind == TENURE_ACTING))
		return err_set(&request->why, ERR_INVALID, "ends",
			"it only ends a tenure: leave out leave and kind");
	TRY(org_move_plan(
		reading.teller.institution->org, &move, tenures, &act->what.move.count, &request->why));
	act->what.move.tenures = tenures;
	return writing_act(request, act);
}

enum err route_delegation_make(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct delegation *delegation = ARENA_TAKE(request->arena, 1, struct delegation);
	struct act *act = new_act(request, ACT_DELEGATION);

	(void)reply;
	delegation->from = request->who.person;
	if (request_has(request, "from"))
		TRY(reading_person(&reading, "from", &delegation->from));
	TRY(reading_person(&reading, "to", &delegation->to));
	delegation->since = reading_day(&reading, "since");
	delegation->until = request_day(request, "until");
	act->what.delegation = delegation;
	return writing_act(request, act);
}

/* ---- calendar and procedures ---- */

enum err route_calendar_set(struct http_request *request, struct reply *reply)
{
	const struct doc *sent = request_tree(request, "days");
	struct calendar_day *days = ARENA_TAKE(request->arena, sent->count + 1, struct calendar_day);
	struct act *act = new_act(request, ACT_CALENDAR);
	const struct calendar_day *own;
	size_t own_count;
	int64_t times;

	(void)reply;
	for (size_t i = 0; i < sent->count; i++) {
		TRY(day_parse(doc_get_text(&sent->items[i], "day"), &days[i].day, &request->why));
		days[i].works = doc_get_bool(&sent->items[i], "works");
	}
	TRY(store_calendar_own(request->reader, request->arena, &own, &own_count, &times, &request->why));
	struct calendar_laid laid =
		calendar_lay_over(request->arena, own, own_count, times, days, sent->count);

	if (!laid.changes)
		return err_set(&request->why, ERR_CONFLICT, "days", "each of these days is so already");
	act->what.calendar.version = laid.version;
	act->what.calendar.days = laid.days;
	act->what.calendar.count = laid.count;
	return writing_act(request, act);
}

enum err route_procedure_adopt(struct http_request *request, struct reply *reply)
{
	const struct doc *sent = request_tree(request, "definitions");
	struct definition_text *items = ARENA_TAKE(request->arena, sent->count + 1, struct definition_text);
	struct act *act = new_act(request, ACT_ADOPT);

	(void)reply;
	for (size_t i = 0; i < sent->count; i++)
		items[i] = (struct definition_text){
			doc_get_text(&sent->items[i], "file"), doc_get_text(&sent->items[i], "text")};
	act->what.adopt.items = items;
	act->what.adopt.count = sent->count;
	return writing_act(request, act);
}
