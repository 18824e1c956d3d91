/* coverage.c: the plan of rounds, from the question to the answer.
 *
 * The rounds of the units are a matching, the teams are made even by exchange, the inspectors are a flow: all
 * three are direct, and settle nearly every question either way. What they leave open goes to the solver. */
#include "grasp/coverage.h"

#define TRIES       3000
#define TRIES_QUICK 200
#define LOADS_MAX   20 /* asked of the solver, at most */

static bool is_sound(const struct coverage_problem *problem)
{
	bool sound = problem->unit_count >= 0 && problem->unit_count <= COVERAGE_UNITS_MAX &&
		     problem->round_count >= 1 && problem->round_count <= COVERAGE_ROUNDS_MAX &&
		     problem->per_team >= 1 && problem->team_size >= 0 && problem->inspector_count >= 0 &&
		     problem->inspector_count <= COVERAGE_INSPECTORS_MAX && problem->serve_max >= 0;

	for (int i = 0; sound && i < problem->round_count; i++)
		sound = problem->teams[i] >= 0;
	for (int i = 0; sound && i < problem->unit_count; i++) {
		const struct coverage_unit *unit = &problem->units[i];

		sound = unit->weight >= 1 && unit->weight <= COVERAGE_WEIGHT_MAX && unit->first >= 0 &&
			unit->first <= unit->last && unit->last < problem->round_count;
	}
	for (int i = 0; sound && i < problem->bar_count; i++) {
		const struct coverage_bar *bar = &problem->bars[i];

		sound = bar->inspector >= 0 && bar->inspector < problem->inspector_count && bar->unit >= 0 &&
			bar->unit < problem->unit_count && bar->until >= 1 &&
			bar->until <= problem->round_count;
	}
	return sound;
}

/* Can so many teams be manned under serve_max, if nobody is barred from anywhere? */
static bool enough_service(const struct coverage_problem *problem, int teams)
{
	return teams * problem->team_size <= problem->inspector_count * problem->serve_max;
}

static int team_total(const struct coverage_work *work)
{
	int teams = 0;

	for (int round = 0; round < work->problem->round_count; round++)
		teams += work->teams[round];
	return teams;
}

enum coverage_verdict coverage_decide(struct coverage_work *work, bool quick)
{
	const struct coverage_problem *problem = work->problem;
	int *round = ARENA_TAKE(work->arena, (size_t)problem->unit_count + 1, int);
	bool *stuck = ARENA_TAKE(work->arena, (size_t)problem->unit_count + 1, bool);
	bool *full = ARENA_TAKE(work->arena, (size_t)problem->round_count, bool);
	int *teams = ARENA_TAKE(work->arena, (size_t)problem->round_count, int);

	int fewest = (problem->unit_count + problem->per_team - 1) / problem->per_team;

	work->tries = quick ? TRIES_QUICK : TRIES;
	if (!enough_service(problem, fewest) || !coverage_match(work, round, stuck, full))
		return COVERAGE_IMPOSSIBLE;
	for (int i = 0; i < problem->round_count; i++)
		teams[i] = work->teams[i];
	bool manned = enough_service(problem, team_total(work)) || coverage_shrink(work, round);

	if (manned) {
		coverage_seat_units(work, round);
		if (!quick)
			coverage_spread(work);
		if (problem->team_size == 0 || coverage_repair(work))
			return COVERAGE_PLANNED;
	}
	for (int i = 0; i < problem->round_count; i++)
		work->teams[i] = teams[i];
	for (int unit = 0; unit < problem->unit_count; unit++)
		coverage_move(work, unit, -1);
	return coverage_program(work);
}

/* ---- even work ---- */

static int most_load(const struct coverage_work *work)
{
	int most = 0;

	for (int slot = 0; slot < work->slot_count; slot++)
		most = work->load[slot] > most ? work->load[slot] : most;
	return most;
}

/* Between what is proved and what was found the solver is asked, from below: each load that it refutes is a
 * proof, and the first that it can keep a better plan, if the inspectors can follow. Returns the least. */
static int even_out(struct coverage_work *work, int least)
{
	const struct coverage_problem *problem = work->problem;
	int found = most_load(work), asked = 0;

	for (; least < found && asked < LOADS_MAX; asked++, least++) {
		struct coverage_work other;

		coverage_lay_out(&other, problem, work->arena);
		other.tries = TRIES_QUICK;
		enum coverage_verdict verdict = coverage_program_load(&other, least);

		if (verdict == COVERAGE_IMPOSSIBLE)
			continue;
		if (verdict == COVERAGE_PLANNED && (problem->team_size == 0 || coverage_repair(&other)) &&
			most_load(&other) < found)
			*work = other;
		break;
	}
	return least;
}

/* ---- the answer ---- */

static void give(struct coverage_work *work, int load_least, struct coverage_plan *ret_plan)
{
	const struct coverage_problem *problem = work->problem;

	*ret_plan = (struct coverage_plan){
		.places = ARENA_TAKE(work->arena, (size_t)problem->unit_count + 1, struct coverage_place),
		.seats = work->seats,
		.load = most_load(work),
		.load_least = load_least};
	for (int unit = 0; unit < problem->unit_count; unit++)
		ret_plan->places[unit] = (struct coverage_place){
			work->at[unit] / work->team_max, work->at[unit] % work->team_max};
	if (problem->team_size > 0 && problem->unit_count > 0)
		ret_plan->share = coverage_even(work);
	for (int i = 0; i < problem->inspector_count; i++)
		ret_plan->served = work->served[i] > ret_plan->served ? work->served[i] : ret_plan->served;
}

enum coverage_verdict coverage_solve(const struct coverage_problem *problem, struct arena *arena,
	struct coverage_plan *ret_plan, struct coverage_conflict *ret_conflict)
{
	struct coverage_work work;

	REQUIRE(is_sound(problem));
	coverage_lay_out(&work, problem, arena);
	int least = coverage_load_least(&work); /* before teams are taken away */
	enum coverage_verdict verdict = coverage_decide(&work, false);

	if (verdict == COVERAGE_PLANNED) {
		least = even_out(&work, least);
		give(&work, least, ret_plan);
	}
	if (verdict == COVERAGE_IMPOSSIBLE)
		coverage_explain(&work, ret_conflict);
	return verdict;
}
