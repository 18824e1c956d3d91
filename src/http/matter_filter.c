/* matter_filter.c: the filters of a list of matters, alike wherever it is given out. */
#include "http/matter_filter.h"
#include "view/unknown.h"

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

/* `open` is the commonest of these words, and short. */
static enum err read_standing(struct http_request *request, enum matter_standing *ret_standing)
{
	struct str word = request_text(request, "standing");

	*ret_standing = request_bool(request, "open") ? STANDING_OPEN : STANDING_ANY;
	if (word.size == 0)
		return ERR_OK;
	if (*ret_standing == STANDING_OPEN)
		return err_set(&request->why, ERR_INVALID, "standing",
			"ask for open ones or say how they stand, not both");
	REQUIRE(matter_standing_parse(word, ret_standing));
	return ERR_OK;
}

enum err matter_filter_read(const struct reading *reading, struct matter_query *ret_query)
{
	struct matter_query *query = ret_query;
	struct http_request *request = reading->request;
	struct str sort = request_text(request, "sort");

	*query = (struct matter_query){.grasp = request_text(request, "grasp"),
		.state = request_text(request, "state"),
		.lamp = request_text(request, "lamp"),
		.q = request_text(request, "q"),
		.parent = request_int(request, "parent"),
		.programme = request_int(request, "programme"),
		.followed = request_bool(request, "followed"),
		.due_before = reading_due_before(reading, "due_before"),
		.opened_from = reading_day_start(reading, "opened_from"),
		.opened_until = reading_day_start(reading, "opened_until"),
		.sort = MATTER_NEWEST};
	TRY(read_standing(request, &query->standing));
	TRY(reading_procedure(reading, "procedure", &query->procedure));
	if (query->state.size > 0)
		TRY(check_state(reading, query->procedure, query->state));
	TRY(reading_unit(reading, "unit", &query->unit));
	TRY(reading_post(reading, "commander", &query->commander));
	if (sort.size > 0 && !matter_sort_parse(sort, &query->sort))
		return err_set(&request->why, ERR_INVALID, "sort", "there is no such order");
	return ERR_OK;
}

static enum err is_below_seen(const struct reading *reading, int64_t whole, bool *ret_seen)
{
	*ret_seen = true;
	if (whole == 0)
		return ERR_OK;
	return store_may_see(
		reading->request->reader, &reading->viewer, whole, ret_seen, &reading->request->why);
}

enum err matter_filter_is_seen(
	const struct reading *reading, const struct matter_query *query, bool *ret_seen)
{
	TRY(is_below_seen(reading, query->parent, ret_seen));
	return *ret_seen ? is_below_seen(reading, query->programme, ret_seen) : ERR_OK;
}

enum err duty_filter_read(const struct reading *reading, struct duty_query *ret_query)
{
	struct http_request *request = reading->request;

	*ret_query = (struct duty_query){.person = request_bool(request, "mine") ? reading->viewer.person : 0,
		.asker = request_bool(request, "asked") ? reading->viewer.person : 0,
		.due_before = reading_due_before(reading, "due_before"),
		.open = !request_has(request, "open") || request_bool(request, "open"),
		.breached = request_bool(request, "breached")};
	TRY(reading_procedure(reading, "procedure", &ret_query->procedure));
	TRY(reading_unit(reading, "unit", &ret_query->unit));
	return reading_post(reading, "post", &ret_query->post);
}
