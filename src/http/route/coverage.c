/* coverage.c: who was covered in a term, and the rounds that are left of it, planned. */
#include "view/coverage.h"
#include "http/handlers.h"
#include "http/reading.h"
#include "http/service.h"

/* Beyond this a plan may take longer than a request should: it is for the shell. */
#define PLACES_MAX 3000 /* units by rounds: 150 units in 20 rounds are planned within seconds */

enum err route_coverage(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct coverage_record record = {.store = request->reader,
		.viewer = &reading.viewer,
		.from = request_day(request, "from"),
		.to = request_day(request, "to"),
		.kind = request_text(request, "kind")};

	return coverage_record_json(&reading.teller, &record, reply_json(reply), &request->why);
}

/* ---- the plan: what is asked ---- */

static int number_of(const struct http_request *request, const char *name, int fallback)
{
	return request_has(request, name) ? (int)request_int(request, name) : fallback;
}

/* Codes that nobody has are all named. */
static void look_up(
	const struct reading *reading, struct str place, struct str code, bool unit, int64_t *ret_id)
{
	const struct institution *institution = reading->teller.institution;
	struct http_request *request = reading->request;
	struct bh_err why, fault;
	enum err err = unit ? institution_unit(institution, request->arena, code, ret_id, &why)
			    : institution_person(institution, request->arena, code, ret_id, &why);

	if (err != ERR_OK && err_pass(&fault, ERR_INVALID, "", &why) != ERR_OK)
		request_fault(request, place, &fault);
}

static void refuse_twice(struct http_request *request, struct str place)
{
	struct bh_err why;

	if (err_set(&why, ERR_INVALID, "", "it stands there twice") != ERR_OK)
		request_fault(request, place, &why);
}

static void read_units(const struct reading *reading, struct coverage_ask *ask)
{
	const struct doc *units = request_tree(reading->request, "units");
	struct arena *arena = reading->request->arena;

	if (units == NULL)
		return;
	struct coverage_wish *wishes = ARENA_TAKE(arena, units->count, struct coverage_wish);

	for (size_t i = 0; i < units->count; i++) {
		const struct doc *unit = &units->items[i];

		wishes[i] = (struct coverage_wish){.weight = (int)doc_get_int(unit, "weight", 1),
			.earliest = (int)doc_get_int(unit, "earliest", 0),
			.latest = (int)doc_get_int(unit, "latest", 0)};
		look_up(reading, str_format(arena, "units[%zu].unit", i), doc_get_text(unit, "unit"), true,
			&wishes[i].unit);
		for (size_t j = 0; j < i; j++)
			if (wishes[j].unit == wishes[i].unit && wishes[i].unit != 0)
				refuse_twice(reading->request, str_format(arena, "units[%zu].unit", i));
	}
	ask->wishes = wishes;
	ask->wish_count = (int)units->count;
}

static void read_inspectors(const struct reading *reading, struct coverage_ask *ask)
{
	const struct doc *names = request_tree(reading->request, "inspectors");
	struct arena *arena = reading->request->arena;

	if (names == NULL)
		return;
	int64_t *people = ARENA_TAKE(arena, names->count, int64_t);

	for (size_t i = 0; i < names->count; i++) {
		struct str place = str_format(arena, "inspectors[%zu]", i);

		look_up(reading, place, names->items[i].text, false, &people[i]);
		for (size_t j = 0; j < i; j++)
			if (people[j] == people[i] && people[i] != 0)
				refuse_twice(reading->request, place);
	}
	ask->inspectors = people;
	ask->inspector_count = (int)names->count;
}

static enum err read_ask(const struct reading *reading, struct coverage_ask *ask)
{
	struct http_request *request = reading->request;

	*ask = (struct coverage_ask){.store = request->reader,
		.institution = reading->teller.institution,
		.viewer = &reading->viewer,
		.from = request_day(request, "from"),
		.to = request_day(request, "to"),
		.begin = request_day(request, "begin"),
		.rounds = number_of(request, "rounds", 0),
		.teams = number_of(request, "teams", 0),
		.per_team = number_of(request, "per_team", COVERAGE_PER_TEAM),
		.team_size = number_of(request, "team_size", COVERAGE_TEAM_SIZE),
		.years = number_of(request, "avoid_years", COVERAGE_AVOID_YEARS),
		.serve = number_of(request, "serve", 0),
		.again = request_bool(request, "again")};
	if (request_has(request, "kind") && request_has(request, "units"))
		return err_set(&request->why, ERR_INVALID, "kind",
			"the units are named already: give one of the two");
	if (request_has(request, "kind"))
		ask->kind = str_copy(request->arena, request_text(request, "kind")).data;
	read_units(reading, ask);
	read_inspectors(reading, ask);
	TRY(request_faults(request));
	TRY(coverage_ask_complete(ask, reading->viewer.today, &request->why));
	int64_t units =
		ask->wishes != NULL ? ask->wish_count : (int64_t)org_unit_count(ask->institution->org);

	if (units * ask->rounds > PLACES_MAX)
		return err_set(&request->why, ERR_RANGE, "rounds",
			"so many units in so many rounds are for the shell: bihuan plan coverage");
	return ERR_OK;
}

static enum err plan(const struct reading *reading, struct json_out *out)
{
	struct http_request *request = reading->request;
	struct coverage_ask ask;
	struct coverage_told told;

	TRY(read_ask(reading, &ask));
	TRY(coverage_tell(&ask, request->arena, &told, &request->why));
	coverage_json(&reading->teller, &told, out);
	return ERR_OK;
}

/* Who may not inspect what comes from tenures and relatives, which are nobody else's to read together. */
enum err route_coverage_plan(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	char word[512];

	if (!reading_has_function(&reading, "inspection_office"))
		return err_set(&request->why, ERR_FORBIDDEN, "account",
			"rounds are planned by whoever acts for the function \"%s\"",
			org_function_both(reading.teller.institution->org, STR("inspection_office"), word,
				sizeof word));
	if (atomic_flag_test_and_set(&request->service->planning))
		return err_set(&request->why, ERR_BUSY, "plan",
			"another plan is being made: ask again when it is done");
	enum err err = plan(&reading, reply_json(reply));

	atomic_flag_clear(&request->service->planning);
	return err;
}
