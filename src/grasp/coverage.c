/* coverage.c: the plan of rounds, from the question to the answer.
 *
 * The rounds of the units are a matching, the teams are made even by exchange, the inspectors are a flow: all
 * three are direct, and settle nearly every question either way. What they leave open goes to the solver. */
#include "grasp/coverage.h"

#include <string.h>

#define TRIES           3000
#define TRIES_QUICK     200
#define PART_ROUNDS_MAX 4  /* rounds that are looked at by themselves */
#define LOADS_MAX       20 /* asked of the solver, at most */

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

static int team_total(const struct coverage_work *work)
{
	int teams = 0;

	for (int round = 0; round < work->problem->round_count; round++)
		teams += work->teams[round];
	return teams;
}

/* ---- deciding ---- */

/* All units and rounds have a part in it. */
static enum coverage_verdict blame_all(struct coverage_work *work, enum coverage_verdict verdict)
{
	if (verdict == COVERAGE_IMPOSSIBLE) {
		memset(work->stuck, true, (size_t)work->problem->unit_count * sizeof *work->stuck);
		memset(work->full, true, (size_t)work->problem->round_count * sizeof *work->full);
		work->staffless = false;
	}
	return verdict;
}

/* By matching, exchange and flow alone; undecided where they fail. */
static enum coverage_verdict decide_directly(struct coverage_work *work, bool quick)
{
	const struct coverage_problem *problem = work->problem;
	size_t rounds = (size_t)problem->round_count;
	int fewest = (problem->unit_count + problem->per_team - 1) / problem->per_team;
	int *round = ARENA_TAKE(work->arena, (size_t)problem->unit_count + 1, int);
	int *teams = ARENA_TAKE(work->arena, rounds, int);

	work->tries = quick ? TRIES_QUICK : TRIES;
	if (!coverage_can_man(work, fewest))
		return blame_all(work, COVERAGE_IMPOSSIBLE);
	if (!coverage_match(work, round, work->stuck, work->full)) {
		work->staffless = !work->narrowed;
		return COVERAGE_IMPOSSIBLE;
	}
	memcpy(teams, work->teams, rounds * sizeof *teams);
	if (coverage_can_man(work, team_total(work)) || coverage_shrink(work, round)) {
		coverage_seat_units(work, round);
		if (!quick)
			coverage_spread(work);
		if (problem->team_size == 0 || coverage_repair(work))
			return COVERAGE_PLANNED;
	}
	memcpy(work->teams, teams, rounds * sizeof *teams);
	for (int unit = 0; unit < problem->unit_count; unit++)
		coverage_move(work, unit, -1);
	return COVERAGE_UNDECIDED;
}

/* ---- a few rounds by themselves ---- */

static bool is_confined(const struct coverage_work *work, int unit, int first, int last)
{
	int rounds = work->problem->round_count;

	for (int round = 0; round < rounds; round++)
		if (work->allowed[unit * rounds + round] && (round < first || round > last))
			return false;
	return true;
}

/* The units and rounds that are marked, by themselves: where they have no plan, nothing has. */
static enum coverage_verdict decide_marked(struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;
	struct arena *arena = arena_new();
	struct coverage_unit *units = ARENA_TAKE(arena, (size_t)problem->unit_count, struct coverage_unit);
	struct coverage_bar *bars = ARENA_TAKE(arena, (size_t)problem->bar_count + 1, struct coverage_bar);
	int *teams = ARENA_TAKE(arena, (size_t)problem->round_count, int);
	struct coverage_problem few = *problem;
	struct coverage_work part;

	few.unit_count = few.bar_count = 0;
	for (int unit = 0; unit < problem->unit_count; unit++) {
		if (!work->stuck[unit])
			continue;
		for (int i = 0; i < problem->bar_count; i++)
			if (problem->bars[i].unit == unit) {
				bars[few.bar_count] = problem->bars[i];
				bars[few.bar_count++].unit = few.unit_count;
			}
		units[few.unit_count++] = problem->units[unit];
	}
	for (int round = 0; round < problem->round_count; round++)
		teams[round] = work->full[round] ? problem->teams[round] : 0;
	few.units = units;
	few.bars = bars;
	few.teams = teams;
	coverage_lay_out(&part, &few, arena);
	enum coverage_verdict verdict = few.unit_count == 0 ? COVERAGE_PLANNED : decide_directly(&part, true);

	if (verdict == COVERAGE_UNDECIDED)
		verdict = coverage_program(&part, true);
	arena_free(arena);
	return verdict;
}

/* Most of what is tangled is so among the units that have but a few rounds … */
static enum coverage_verdict decide_between(struct coverage_work *work, int first, int last)
{
	const struct coverage_problem *problem = work->problem;

	for (int unit = 0; unit < problem->unit_count; unit++)
		work->stuck[unit] = is_confined(work, unit, first, last);
	for (int round = 0; round < problem->round_count; round++)
		work->full[round] = round >= first && round <= last;
	return decide_marked(work);
}

/* … or among those for which nobody can be asked who can't be asked for this one as well. */
static enum coverage_verdict decide_around(struct coverage_work *work, int base)
{
	const struct coverage_problem *problem = work->problem;
	int inspectors = problem->inspector_count, count = 0;

	for (int unit = 0; unit < problem->unit_count; unit++) {
		work->stuck[unit] = true;
		for (int i = 0; i < inspectors && work->stuck[unit]; i++)
			work->stuck[unit] =
				work->until[unit * inspectors + i] >= work->until[base * inspectors + i];
		count += work->stuck[unit];
	}
	memset(work->full, true, (size_t)problem->round_count * sizeof *work->full);
	return count < problem->unit_count ? decide_marked(work) : COVERAGE_UNDECIDED;
}

static enum coverage_verdict decide_in_parts(struct coverage_work *work)
{
	int rounds = work->problem->round_count;

	work->staffless = false;
	for (int length = 1; length < rounds && length <= PART_ROUNDS_MAX; length++)
		for (int first = 0; first + length <= rounds; first++)
			if (decide_between(work, first, first + length - 1) == COVERAGE_IMPOSSIBLE)
				return COVERAGE_IMPOSSIBLE;
	for (int unit = 0; unit < work->problem->unit_count; unit++)
		if (decide_around(work, unit) == COVERAGE_IMPOSSIBLE)
			return COVERAGE_IMPOSSIBLE;
	return COVERAGE_UNDECIDED;
}

enum coverage_verdict coverage_decide(struct coverage_work *work, bool quick)
{
	enum coverage_verdict verdict = decide_directly(work, quick);

	if (verdict == COVERAGE_UNDECIDED)
		verdict = decide_in_parts(work);
	return verdict == COVERAGE_UNDECIDED ? blame_all(work, coverage_program(work, quick)) : verdict;
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
