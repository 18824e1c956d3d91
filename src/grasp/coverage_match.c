/* coverage_match.c: which units can go into which rounds. Without inspectors this is the whole question, and
 * Hall's theorem answers it both ways: there is room for all, or some units crowd into rounds that are one
 * place too few. */
#include "grasp/coverage.h"

#include <string.h>

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* ---- laying out ---- */

static void lay_out_bars(struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;
	size_t inspectors = (size_t)problem->inspector_count;

	work->until = ARENA_TAKE(work->arena, (size_t)problem->unit_count * inspectors + 1, unsigned char);
	for (int i = 0; i < problem->bar_count; i++) {
		const struct coverage_bar *bar = &problem->bars[i];
		unsigned char *until = &work->until[(size_t)bar->unit * inspectors + (size_t)bar->inspector];

		if (bar->until > *until)
			*until = (unsigned char)bar->until;
	}
}

static int eligible(const struct coverage_work *work, int unit, int round)
{
	const struct coverage_problem *problem = work->problem;
	const unsigned char *until = &work->until[(size_t)unit * (size_t)problem->inspector_count];
	int count = 0;

	for (int i = 0; i < problem->inspector_count; i++)
		count += until[i] <= round;
	return count;
}

/* Whether an inspector can be asked for any unit at all in the round. */
static bool is_of_use(const struct coverage_work *work, int inspector, int round)
{
	const struct coverage_problem *problem = work->problem;

	for (int unit = 0; unit < problem->unit_count; unit++)
		if (work->until[unit * problem->inspector_count + inspector] <= round &&
			problem->units[unit].first <= round && round <= problem->units[unit].last)
			return true;
	return false;
}

/* Fewer teams than there are, where there aren't the people. */
static void lay_out_teams(struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;
	int *rounds = ARENA_TAKE(work->arena, (size_t)problem->inspector_count + 1, int);

	for (int round = 0; round < problem->round_count; round++) {
		int useful = least(problem->teams[round], problem->unit_count), manned = useful, people = 0;

		for (int i = 0; useful > 0 && i < problem->inspector_count; i++)
			if (is_of_use(work, i, round)) {
				people++;
				rounds[i]++;
			}
		if (problem->team_size > 0)
			manned = least(useful, people / problem->team_size);
		work->narrowed = work->narrowed || manned < useful;
		work->teams[round] = manned;
		work->team_max = manned > work->team_max ? manned : work->team_max;
	}
	for (int i = 0; i < problem->inspector_count; i++)
		work->seats_max += least(rounds[i], problem->serve_max);
}

bool coverage_can_man(const struct coverage_work *work, int teams)
{
	return teams * work->problem->team_size <= work->seats_max;
}

static void lay_out_rounds(struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;
	int rounds = problem->round_count;

	work->allowed = ARENA_TAKE(work->arena, (size_t)(problem->unit_count * rounds) + 1, bool);
	for (int unit = 0; unit < problem->unit_count; unit++)
		for (int round = problem->units[unit].first; round <= problem->units[unit].last; round++) {
			bool manned =
				problem->team_size == 0 || eligible(work, unit, round) >= problem->team_size;

			work->allowed[unit * rounds + round] = manned;
			work->narrowed = work->narrowed || !manned;
		}
}

void coverage_lay_out(struct coverage_work *work, const struct coverage_problem *problem, struct arena *arena)
{
	*work = (struct coverage_work){.problem = problem, .arena = arena};
	work->teams = ARENA_TAKE(arena, (size_t)problem->round_count + 1, int);
	lay_out_bars(work);
	lay_out_teams(work);
	work->slot_count = work->team_max * problem->round_count;
	work->at = ARENA_TAKE(arena, (size_t)problem->unit_count + 1, int);
	work->stuck = ARENA_TAKE(arena, (size_t)problem->unit_count + 1, bool);
	work->full = ARENA_TAKE(arena, (size_t)problem->round_count, bool);
	work->count = ARENA_TAKE(arena, (size_t)work->slot_count + 1, int);
	work->load = ARENA_TAKE(arena, (size_t)work->slot_count + 1, int);
	work->members = ARENA_TAKE(arena, (size_t)work->slot_count + 1, int);
	work->served = ARENA_TAKE(arena, (size_t)problem->inspector_count + 1, int);
	work->seats =
		ARENA_TAKE(arena, (size_t)problem->round_count * (size_t)problem->inspector_count + 1, int);
	for (int unit = 0; unit < problem->unit_count; unit++)
		work->at[unit] = -1;
	coverage_unseat(work);
	lay_out_rounds(work);
}

/* ---- matching ---- */

struct match {
	const struct coverage_work *work;
	int *round;       /* of each unit, -1 none */
	const int *teams; /* the room there is */
	int *count;       /* of each round */
	bool *seen;       /* rounds on the search */
};

/* Find room for a unit, moving others on if need be (an augmenting path). */
static bool place_unit(struct match *match, int unit)
{
	const struct coverage_problem *problem = match->work->problem;

	for (int round = 0; round < problem->round_count; round++) {
		if (!match->work->allowed[unit * problem->round_count + round] || match->seen[round])
			continue;
		match->seen[round] = true;
		bool free = match->count[round] < match->teams[round] * problem->per_team;

		/* Whoever leaves takes one from this round's count, and the unit puts it back. */
		for (int other = 0; !free && other < problem->unit_count; other++)
			if (match->round[other] == round && place_unit(match, other)) {
				match->count[round]--;
				free = true;
			}
		if (free) {
			match->round[unit] = round;
			match->count[round]++;
			return true;
		}
	}
	return false;
}

/* The units that stand in the way of `unit`, for which the search has just seen everything it could. */
static int crowd(const struct match *match, int unit, bool *ret_stuck, bool *ret_full)
{
	const struct coverage_problem *problem = match->work->problem;
	int count = 0;

	for (int i = 0; i < problem->unit_count; i++) {
		ret_stuck[i] = i == unit || (match->round[i] >= 0 && match->seen[match->round[i]]);
		count += ret_stuck[i];
	}
	memcpy(ret_full, match->seen, (size_t)problem->round_count * sizeof *ret_full);
	return count;
}

static bool match_with(
	const struct coverage_work *work, const int *teams, int *ret_round, bool *ret_stuck, bool *ret_full)
{
	const struct coverage_problem *problem = work->problem;
	size_t units = (size_t)problem->unit_count, rounds = (size_t)problem->round_count;
	struct match match = {.work = work,
		.round = ret_round,
		.teams = teams,
		.count = ARENA_TAKE(work->arena, rounds + 1, int),
		.seen = ARENA_TAKE(work->arena, rounds + 1, bool)};
	bool *stuck = ARENA_TAKE(work->arena, units + 1, bool);
	bool *full = ARENA_TAKE(work->arena, rounds + 1, bool);
	int fewest = 0;

	for (int unit = 0; unit < problem->unit_count; unit++)
		ret_round[unit] = -1;
	for (int unit = 0; unit < problem->unit_count; unit++) {
		memset(match.seen, 0, rounds * sizeof *match.seen);
		if (place_unit(&match, unit))
			continue;
		int count = crowd(&match, unit, stuck, full);

		if (fewest == 0 || count < fewest) {
			fewest = count;
			memcpy(ret_stuck, stuck, units * sizeof *stuck);
			memcpy(ret_full, full, rounds * sizeof *full);
		}
	}
	return fewest == 0;
}

bool coverage_match(struct coverage_work *work, int *ret_round, bool *ret_stuck, bool *ret_full)
{
	return match_with(work, work->teams, ret_round, ret_stuck, ret_full);
}

/* ---- fewer teams ---- */

static int team_total(const struct coverage_work *work)
{
	int total = 0;

	for (int round = 0; round < work->problem->round_count; round++)
		total += work->teams[round];
	return total;
}

/* Take a team from the round that has most of those which can spare one. */
static bool take_team(struct coverage_work *work, int *ret_round, bool *stuck, bool *full)
{
	const struct coverage_problem *problem = work->problem;
	bool *tried = ARENA_TAKE(work->arena, (size_t)problem->round_count, bool);

	for (int tries = 0; tries < problem->round_count; tries++) {
		int most = -1;

		for (int round = 0; round < problem->round_count; round++)
			if (!tried[round] && work->teams[round] > 0 &&
				(most < 0 || work->teams[round] > work->teams[most]))
				most = round;
		if (most < 0)
			return false;
		tried[most] = true;
		work->teams[most]--;
		if (match_with(work, work->teams, ret_round, stuck, full))
			return true;
		work->teams[most]++;
	}
	return false;
}

bool coverage_shrink(struct coverage_work *work, int *ret_round)
{
	const struct coverage_problem *problem = work->problem;
	bool *stuck = ARENA_TAKE(work->arena, (size_t)problem->unit_count + 1, bool);
	bool *full = ARENA_TAKE(work->arena, (size_t)problem->round_count, bool);

	while (!coverage_can_man(work, team_total(work)))
		if (!take_team(work, ret_round, stuck, full))
			return match_with(work, work->teams, ret_round, stuck, full) && false;
	return match_with(work, work->teams, ret_round, stuck, full);
}
