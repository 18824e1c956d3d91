/* judge.c: see judge.h. Written from the limits as a person would check them, with nothing of src/grasp. */
#include "judge.h"

static bool is_barred(const struct coverage_problem *problem, int inspector, int unit, int round)
{
	for (int i = 0; i < problem->bar_count; i++)
		if (problem->bars[i].inspector == inspector && problem->bars[i].unit == unit &&
			round < problem->bars[i].until)
			return true;
	return false;
}

static const char *judge_units(
	struct arena *arena, const struct coverage_problem *problem, const struct coverage_plan *plan)
{
	for (int unit = 0; unit < problem->unit_count; unit++) {
		struct coverage_place place = plan->places[unit];

		if (place.round < problem->units[unit].first || place.round > problem->units[unit].last)
			return str_format(arena, "unit %d is in round %d", unit, place.round).data;
		if (place.team < 0 || place.team >= problem->teams[place.round])
			return str_format(arena, "unit %d has team %d, which isn't there", unit, place.team)
				.data;
	}
	return NULL;
}

static const char *judge_team(struct arena *arena, const struct coverage_problem *problem,
	const struct coverage_plan *plan, int round, int team, int *most_load)
{
	int units = 0, members = 0, load = 0;

	for (int unit = 0; unit < problem->unit_count; unit++) {
		if (plan->places[unit].round != round || plan->places[unit].team != team)
			continue;
		units++;
		load += problem->units[unit].weight;
		for (int i = 0; problem->team_size > 0 && i < problem->inspector_count; i++)
			if (plan->seats[round * problem->inspector_count + i] == team &&
				is_barred(problem, i, unit, round))
				return str_format(arena, "inspector %d is barred from unit %d", i, unit).data;
	}
	for (int i = 0; problem->team_size > 0 && i < problem->inspector_count; i++)
		members += plan->seats[round * problem->inspector_count + i] == team;
	if (units > problem->per_team)
		return str_format(arena, "round %d, team %d: %d units", round, team, units).data;
	if (members != (units > 0 ? problem->team_size : 0))
		return str_format(arena, "round %d, team %d: %d inspectors", round, team, members).data;
	*most_load = load > *most_load ? load : *most_load;
	return NULL;
}

static const char *judge_service(
	struct arena *arena, const struct coverage_problem *problem, const struct coverage_plan *plan)
{
	int most = 0;

	for (int i = 0; i < problem->inspector_count; i++) {
		int served = 0;

		for (int round = 0; problem->team_size > 0 && round < problem->round_count; round++) {
			int team = plan->seats[round * problem->inspector_count + i];

			if (team < -1 || team >= problem->teams[round])
				return str_format(arena, "inspector %d sits in team %d", i, team).data;
			served += team >= 0;
		}
		if (served > problem->serve_max)
			return str_format(arena, "inspector %d serves %d times", i, served).data;
		most = served > most ? served : most;
	}
	if (problem->team_size > 0 && (plan->served != most || plan->served < plan->share))
		return str_format(
			arena, "%d rounds at most, said to be %d, least %d", most, plan->served, plan->share)
			.data;
	return NULL;
}

const char *judge_plan(
	struct arena *arena, const struct coverage_problem *problem, const struct coverage_plan *plan)
{
	const char *wrong = judge_units(arena, problem, plan);
	int load = 0;

	for (int round = 0; wrong == NULL && round < problem->round_count; round++)
		for (int team = 0; wrong == NULL && team < problem->teams[round]; team++)
			wrong = judge_team(arena, problem, plan, round, team, &load);
	if (wrong == NULL)
		wrong = judge_service(arena, problem, plan);
	if (wrong == NULL && (load != plan->load || plan->load < plan->load_least))
		return str_format(
			arena, "load %d, said to be %d, least %d", load, plan->load, plan->load_least)
			.data;
	return wrong;
}

/* ---- instances ---- */

int chance(uint64_t *state, int below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (int)(*state % (uint64_t)below);
}

struct drawn {
	const struct shape *shape;
	int *slot;  /* of each unit: round * teams + team */
	bool *sits; /* [slot * inspectors + inspector] */
};

static struct drawn draw_plan(struct arena *arena, const struct shape *shape, uint64_t *state)
{
	int slots = shape->rounds * shape->teams;
	struct drawn drawn = {shape, ARENA_TAKE(arena, (size_t)shape->units + 1, int),
		ARENA_TAKE(arena, (size_t)(slots * shape->inspectors) + 1, bool)};
	int *count = ARENA_TAKE(arena, (size_t)slots + 1, int);
	int *served = ARENA_TAKE(arena, (size_t)shape->inspectors + 1, int);

	for (int unit = 0; unit < shape->units; unit++) {
		do
			drawn.slot[unit] = chance(state, slots);
		while (count[drawn.slot[unit]] == shape->per_team);
		count[drawn.slot[unit]]++;
	}
	/* The next ones in turn: nobody sits twice a round, and all serve alike. */
	for (int slot = 0, next = 0; slot < slots; slot++)
		for (int i = 0; count[slot] > 0 && i < shape->team_size; i++) {
			drawn.sits[slot * shape->inspectors + next] = true;
			served[next]++;
			REQUIRE(served[next] <= shape->serve_max);
			next = (next + 1) % shape->inspectors;
		}
	return drawn;
}

struct coverage_problem feasible_problem(struct arena *arena, const struct shape *shape, uint64_t seed)
{
	uint64_t state = seed * 2654435761U + 1;
	struct drawn drawn = draw_plan(arena, shape, &state);
	struct coverage_unit *units = ARENA_TAKE(arena, (size_t)shape->units + 1, struct coverage_unit);
	struct coverage_bar *bars = ARENA_TAKE(arena, (size_t)shape->bars + 1, struct coverage_bar);
	int *teams = ARENA_TAKE(arena, (size_t)shape->rounds, int), bar_count = 0;

	for (int round = 0; round < shape->rounds; round++)
		teams[round] = shape->teams;
	for (int unit = 0; unit < shape->units; unit++) {
		int round = drawn.slot[unit] / shape->teams;
		int first = round - chance(&state, shape->slack + 1);
		int last = round + chance(&state, shape->slack + 1);

		units[unit] = (struct coverage_unit){.unit = unit + 1,
			.weight = 1 + chance(&state, 5),
			.first = first < 0 ? 0 : first,
			.last = last < shape->rounds ? last : shape->rounds - 1};
	}
	for (int i = 0; i < shape->bars; i++) {
		int inspector = chance(&state, shape->inspectors), unit = chance(&state, shape->units);
		bool sits = drawn.sits[drawn.slot[unit] * shape->inspectors + inspector];
		int round = drawn.slot[unit] / shape->teams;
		int until = sits ? round : 1 + chance(&state, shape->rounds);

		if (until > 0)
			bars[bar_count++] =
				(struct coverage_bar){.inspector = inspector, .unit = unit, .until = until};
	}
	return (struct coverage_problem){units, shape->units, shape->rounds, teams, shape->per_team,
		shape->team_size, shape->inspectors, shape->serve_max, bars, bar_count};
}

/* ---- all plans ---- */

struct all {
	const struct coverage_problem *problem;
	int load;
	struct coverage_place places[16];
	int seats[16], served[16];
};

static bool seat_rounds(struct all *all, int round, int inspector);

/* Every team that has units has its members, none of whom is barred. */
static bool round_is_manned(const struct all *all, int round)
{
	const struct coverage_problem *problem = all->problem;

	for (int team = 0; team < problem->teams[round]; team++) {
		int units = 0, members = 0;

		for (int unit = 0; unit < problem->unit_count; unit++)
			if (all->places[unit].round == round && all->places[unit].team == team) {
				units++;
				for (int i = 0; i < problem->inspector_count; i++)
					if (all->seats[i] == team && is_barred(problem, i, unit, round))
						return false;
			}
		for (int i = 0; i < problem->inspector_count; i++)
			members += all->seats[i] == team;
		if (members != (units > 0 ? problem->team_size : 0))
			return false;
	}
	return true;
}

static bool seat_round(struct all *all, int round, int inspector)
{
	if (inspector == all->problem->inspector_count) {
		int seats[16];

		if (!round_is_manned(all, round))
			return false;
		for (int i = 0; i < 16; i++)
			seats[i] = all->seats[i];
		bool found = seat_rounds(all, round + 1, 0);

		for (int i = 0; i < 16; i++)
			all->seats[i] = seats[i];
		return found;
	}
	for (int team = -1; team < all->problem->teams[round]; team++) {
		if (team >= 0 && all->served[inspector] == all->problem->serve_max)
			break;
		all->seats[inspector] = team;
		all->served[inspector] += team >= 0;
		bool found = seat_round(all, round, inspector + 1);

		all->served[inspector] -= team >= 0;
		if (found)
			return true;
	}
	return false;
}

static bool seat_rounds(struct all *all, int round, int inspector)
{
	return round == all->problem->round_count || seat_round(all, round, inspector);
}

static int units_at(const struct all *all, int count, int round, int team)
{
	int units = 0;

	for (int unit = 0; unit < count; unit++)
		units += all->places[unit].round == round && all->places[unit].team == team;
	return units;
}

static int work_at(const struct all *all, int count, int round, int team)
{
	int work = 0;

	for (int unit = 0; unit < count; unit++)
		if (all->places[unit].round == round && all->places[unit].team == team)
			work += all->problem->units[unit].weight;
	return work;
}

static bool place_units(struct all *all, int unit)
{
	const struct coverage_problem *problem = all->problem;

	if (unit == problem->unit_count)
		return problem->team_size == 0 || seat_rounds(all, 0, 0);
	for (int round = problem->units[unit].first; round <= problem->units[unit].last; round++)
		for (int team = 0; team < problem->teams[round]; team++) {
			if (units_at(all, unit, round, team) == problem->per_team ||
				work_at(all, unit, round, team) + problem->units[unit].weight > all->load)
				continue;
			all->places[unit] = (struct coverage_place){round, team};
			if (place_units(all, unit + 1))
				return true;
			if (units_at(all, unit, round, team) == 0)
				break; /* the next team is as empty: the same again */
		}
	return false;
}

bool any_plan(const struct coverage_problem *problem)
{
	return any_plan_within(problem, problem->unit_count * COVERAGE_WEIGHT_MAX);
}

bool any_plan_within(const struct coverage_problem *problem, int load)
{
	struct all all = {.problem = problem, .load = load};

	REQUIRE(problem->unit_count <= 16 && problem->inspector_count <= 16);
	return place_units(&all, 0);
}
