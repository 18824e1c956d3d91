/* coverage_spread.c: the units of a round into its teams, and work made even by moves and exchanges. */
#include "grasp/coverage.h"

#include <string.h>

#define KICKS_MAX 1500 /* until it is given up to get to the least */

static int weight(const struct coverage_work *work, int unit)
{
	return work->problem->units[unit].weight;
}

static int round_of(const struct coverage_work *work, int slot)
{
	return slot / work->team_max;
}

static bool is_team(const struct coverage_work *work, int slot)
{
	return slot % work->team_max < work->teams[round_of(work, slot)];
}

void coverage_move(struct coverage_work *work, int unit, int slot)
{
	int from = work->at[unit];

	if (from >= 0) {
		work->count[from]--;
		work->load[from] -= weight(work, unit);
	}
	work->at[unit] = slot;
	if (slot >= 0) {
		work->count[slot]++;
		work->load[slot] += weight(work, unit);
	}
}

/* The heaviest first, each to the team with the least work. */
void coverage_seat_units(struct coverage_work *work, const int *round)
{
	int count = work->problem->unit_count;

	for (int unit = 0; unit < count; unit++)
		coverage_move(work, unit, -1);
	for (int done = 0; done < count; done++) {
		int heaviest = -1, lightest = -1;

		for (int unit = 0; unit < count; unit++)
			if (work->at[unit] < 0 &&
				(heaviest < 0 || weight(work, unit) > weight(work, heaviest)))
				heaviest = unit;
		for (int team = 0; team < work->teams[round[heaviest]]; team++) {
			int slot = round[heaviest] * work->team_max + team;

			if (work->count[slot] < work->problem->per_team &&
				(lightest < 0 || work->load[slot] < work->load[lightest]))
				lightest = slot;
		}
		REQUIRE(lightest >= 0);
		coverage_move(work, heaviest, lightest);
	}
}

static bool may_be(const struct coverage_work *work, int unit, int slot)
{
	return work->allowed[unit * work->problem->round_count + round_of(work, slot)];
}

bool coverage_may_go(const struct coverage_work *work, int unit, int slot)
{
	return work->at[unit] != slot && is_team(work, slot) && may_be(work, unit, slot) &&
	       work->count[slot] < work->problem->per_team;
}

bool coverage_may_swap(const struct coverage_work *work, int a, int b)
{
	return work->at[a] != work->at[b] && may_be(work, a, work->at[b]) && may_be(work, b, work->at[a]);
}

void coverage_exchange(struct coverage_work *work, int a, int b)
{
	int slot = work->at[a];

	coverage_move(work, a, work->at[b]);
	coverage_move(work, b, slot);
}

int coverage_next(uint64_t *state, int below)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((*state >> 33) % (uint64_t)below);
}

/* What the sum of the squares of all work falls by, halved: when `amount` goes from one team to another. */
static int64_t gain(const struct coverage_work *work, int from, int to, int amount)
{
	return (int64_t)amount * (work->load[from] - work->load[to] - amount);
}

static bool improve_by_move(struct coverage_work *work, int unit)
{
	int from = work->at[unit], best = -1;
	int64_t best_gain = 0;

	for (int slot = 0; slot < work->slot_count; slot++)
		if (coverage_may_go(work, unit, slot) &&
			gain(work, from, slot, weight(work, unit)) > best_gain) {
			best_gain = gain(work, from, slot, weight(work, unit));
			best = slot;
		}
	if (best >= 0)
		coverage_move(work, unit, best);
	return best >= 0;
}

static bool improve_by_swap(struct coverage_work *work, int unit)
{
	int best = -1;
	int64_t best_gain = 0;

	for (int other = 0; other < work->problem->unit_count; other++) {
		int amount = weight(work, unit) - weight(work, other);

		if (amount > 0 && coverage_may_swap(work, unit, other) &&
			gain(work, work->at[unit], work->at[other], amount) > best_gain) {
			best_gain = gain(work, work->at[unit], work->at[other], amount);
			best = other;
		}
	}
	if (best >= 0)
		coverage_exchange(work, unit, best);
	return best >= 0;
}

/* Each step makes the sum of squares smaller, so it ends. */
static void settle(struct coverage_work *work)
{
	bool better = true;

	while (better) {
		better = false;
		for (int unit = 0; unit < work->problem->unit_count; unit++)
			better = improve_by_move(work, unit) || improve_by_swap(work, unit) || better;
	}
}

static int round_up(int64_t amount, int64_t parts)
{
	return (int)((amount + parts - 1) / parts);
}

/* Whatever must fall between two rounds is shared by the teams there are; a unit is never shared. */
int coverage_load_least(const struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;
	int most = 0;

	for (int first = 0; first < problem->round_count; first++)
		for (int last = first, teams = 0; last < problem->round_count; last++) {
			int64_t sum = 0;

			teams += work->teams[last];
			for (int unit = 0; unit < problem->unit_count; unit++)
				if (problem->units[unit].first >= first && problem->units[unit].last <= last)
					sum += weight(work, unit);
			if (sum > 0 && teams > 0 && round_up(sum, teams) > most)
				most = round_up(sum, teams);
		}
	for (int unit = 0; unit < problem->unit_count; unit++)
		most = weight(work, unit) > most ? weight(work, unit) : most;
	return most;
}

/* ---- out of a dead end ---- */

static int64_t unevenness(const struct coverage_work *work, int *ret_most)
{
	int64_t squares = 0;

	*ret_most = 0;
	for (int slot = 0; slot < work->slot_count; slot++) {
		squares += (int64_t)work->load[slot] * work->load[slot];
		*ret_most = work->load[slot] > *ret_most ? work->load[slot] : *ret_most;
	}
	return squares;
}

static void kick(struct coverage_work *work, uint64_t *state)
{
	int unit = coverage_next(state, work->problem->unit_count);
	int other = coverage_next(state, work->problem->unit_count);
	int slot = coverage_next(state, work->slot_count);

	if (coverage_may_go(work, unit, slot))
		coverage_move(work, unit, slot);
	else if (coverage_may_swap(work, unit, other))
		coverage_exchange(work, unit, other);
}

static void put_back(struct coverage_work *work, const int *at)
{
	for (int unit = 0; unit < work->problem->unit_count; unit++)
		coverage_move(work, unit, at[unit]);
}

/* Where no single step helps but the heaviest work is above the least, a few steps at random and settling
 * again may; what made it worse is taken back. */
void coverage_spread(struct coverage_work *work)
{
	size_t size = (size_t)work->problem->unit_count * sizeof *work->at;
	int *best = ARENA_TAKE(work->arena, (size_t)work->problem->unit_count + 1, int);
	int least = coverage_load_least(work), most;
	uint64_t state = 1;

	settle(work);
	int64_t squares = unevenness(work, &most);

	for (int kicks = 0; most > least && kicks < KICKS_MAX; kicks++) {
		memcpy(best, work->at, size);
		for (int i = coverage_next(&state, 4); i >= 0; i--)
			kick(work, &state);
		settle(work);
		int64_t now = unevenness(work, &most);

		if (now > squares) {
			put_back(work, best);
			now = unevenness(work, &most);
		}
		squares = now;
	}
}
