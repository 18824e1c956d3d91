/* coverage_staff.c: inspectors into teams. With the units in their places this is a flow: a seat is filled by
 * somebody free, or by somebody whose own seat another can take. Where it fails, units are exchanged. */
#include "grasp/coverage.h"

#include <string.h>

static int *seat(const struct coverage_work *work, int round, int inspector)
{
	return &work->seats[round * work->problem->inspector_count + inspector];
}

bool coverage_may_sit(const struct coverage_work *work, int inspector, int slot)
{
	const struct coverage_problem *problem = work->problem;
	int round = slot / work->team_max;

	for (int unit = 0; unit < problem->unit_count; unit++)
		if (work->at[unit] == slot &&
			work->until[unit * problem->inspector_count + inspector] > round)
			return false;
	return true;
}

void coverage_unseat(struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;

	for (int i = 0; i < problem->round_count * problem->inspector_count; i++)
		work->seats[i] = -1;
	memset(work->served, 0, (size_t)problem->inspector_count * sizeof *work->served);
	memset(work->members, 0, (size_t)work->slot_count * sizeof *work->members);
}

static void stand_up(struct coverage_work *work, int round, int inspector)
{
	int *team = seat(work, round, inspector);

	work->members[round * work->team_max + *team]--;
	work->served[inspector]--;
	*team = -1;
}

static void sit_down(struct coverage_work *work, int slot, int inspector)
{
	*seat(work, slot / work->team_max, inspector) = slot % work->team_max;
	work->members[slot]++;
	work->served[inspector]++;
}

/* ---- one more member ---- */

/* A search, team by team: each one reached could give somebody to the one it was reached from. */
struct search {
	struct coverage_work *work;
	int most;
	bool *may_sit; /* [slot * inspector_count + inspector] */
	int *queue, *from, *by;
	int count;
};

static bool can_sit(const struct search *search, int inspector, int slot)
{
	return search->may_sit[slot * search->work->problem->inspector_count + inspector];
}

static void reach(struct search *search, int slot, int from, int inspector)
{
	if (search->from[slot] != -2)
		return;
	search->from[slot] = from;
	search->by[slot] = inspector;
	search->queue[search->count++] = slot;
}

/* Seats that `inspector` could leave for one in `slot`: in the same round, or, having served enough, in any
 * other in which they don't sit twice. */
static void reach_through(struct search *search, int inspector, int slot)
{
	struct coverage_work *work = search->work;
	int round = slot / work->team_max, own = *seat(work, round, inspector);

	if (own >= 0) {
		reach(search, round * work->team_max + own, slot, inspector);
		return;
	}
	for (int other = 0; other < work->problem->round_count; other++)
		if (*seat(work, other, inspector) >= 0)
			reach(search, other * work->team_max + *seat(work, other, inspector), slot,
				inspector);
}

/* Somebody sits down in `slot`; then whoever was reached through it leaves for where they were wanted. */
static bool follow_back(struct search *search, int slot, int inspector)
{
	struct coverage_work *work = search->work;

	for (;;) {
		int wanted = search->from[slot], leaves = search->by[slot];

		if (wanted >= 0)
			stand_up(work, slot / work->team_max, leaves);
		sit_down(work, slot, inspector);
		if (wanted < 0)
			return true;
		slot = wanted;
		inspector = leaves;
	}
}

static bool add_member(struct search *search, int slot)
{
	struct coverage_work *work = search->work;

	for (int i = 0; i < work->slot_count; i++)
		search->from[i] = -2;
	search->count = 0;
	reach(search, slot, -1, -1);
	for (int done = 0; done < search->count; done++) {
		int at = search->queue[done], round = at / work->team_max, best = -1;

		for (int i = 0; i < work->problem->inspector_count; i++)
			if (can_sit(search, i, at) && *seat(work, round, i) < 0 &&
				work->served[i] < search->most &&
				(best < 0 || work->served[i] < work->served[best]))
				best = i;
		if (best >= 0)
			return follow_back(search, at, best);
		for (int i = 0; i < work->problem->inspector_count; i++)
			if (can_sit(search, i, at) && *seat(work, round, i) != at % work->team_max)
				reach_through(search, i, at);
	}
	return false;
}

static struct search search_new(struct coverage_work *work, int most, struct arena *arena)
{
	size_t slots = (size_t)work->slot_count + 1;
	int inspectors = work->problem->inspector_count;
	struct search search = {.work = work,
		.most = most,
		.may_sit = ARENA_TAKE(arena, slots * (size_t)inspectors + 1, bool),
		.queue = ARENA_TAKE(arena, slots, int),
		.from = ARENA_TAKE(arena, slots, int),
		.by = ARENA_TAKE(arena, slots, int)};

	for (int slot = 0; slot < work->slot_count; slot++)
		memset(&search.may_sit[(size_t)slot * (size_t)inspectors], work->count[slot] > 0,
			(size_t)inspectors);
	for (int unit = 0; unit < work->problem->unit_count; unit++)
		for (int i = 0; i < inspectors; i++)
			if (work->until[unit * inspectors + i] > work->at[unit] / work->team_max)
				search.may_sit[work->at[unit] * inspectors + i] = false;
	return search;
}

/* Who can't stay: the team has changed, or they serve too often. */
static void dismiss(const struct search *search)
{
	struct coverage_work *work = search->work;

	for (int round = 0; round < work->problem->round_count; round++)
		for (int i = 0; i < work->problem->inspector_count; i++) {
			int team = *seat(work, round, i);

			if (team >= 0 && (!can_sit(search, i, round * work->team_max + team) ||
						 work->served[i] > search->most))
				stand_up(work, round, i);
		}
}

bool coverage_staff(struct coverage_work *work, int most, int *ret_short)
{
	struct arena *arena = arena_new();
	struct search search = search_new(work, most, arena);
	bool filled = true;

	dismiss(&search);
	for (int slot = 0; filled && slot < work->slot_count; slot++)
		while (filled && work->count[slot] > 0 && work->members[slot] < work->problem->team_size)
			if (!add_member(&search, slot)) {
				*ret_short = slot;
				filled = false;
			}
	arena_free(arena);
	return filled;
}

/* ---- exchanging units ---- */

static int unit_in(const struct coverage_work *work, int slot, uint64_t *state)
{
	int skip = coverage_next(state, work->count[slot]);

	for (int unit = 0; unit < work->problem->unit_count; unit++)
		if (work->at[unit] == slot && skip-- == 0)
			return unit;
	return -1;
}

/* How many could sit in the team as it is now. */
static int sitters(const struct coverage_work *work, int slot)
{
	int count = 0;

	for (int i = 0; i < work->problem->inspector_count; i++)
		count += coverage_may_sit(work, i, slot);
	return count;
}

/* One unit of the team that is short goes elsewhere, or changes places with another; what makes it harder is
 * taken back, but for one time in eight, lest the search run in a circle. */
static void shuffle(struct coverage_work *work, int slot, uint64_t *state)
{
	int unit = unit_in(work, slot, state), other = coverage_next(state, work->problem->unit_count);
	int empty = coverage_next(state, work->slot_count);
	bool stay_anyway = coverage_next(state, 8) == 0;

	if (coverage_next(state, 3) == 0 && coverage_may_go(work, unit, empty)) {
		coverage_move(work, unit, empty);
		if (!stay_anyway && sitters(work, empty) < work->problem->team_size)
			coverage_move(work, unit, slot);
		return;
	}
	if (!coverage_may_swap(work, unit, other))
		return;
	int there = work->at[other], before = sitters(work, slot) + sitters(work, there);

	coverage_exchange(work, unit, other);
	if (!stay_anyway && sitters(work, slot) + sitters(work, there) < before)
		coverage_exchange(work, unit, other);
}

bool coverage_repair(struct coverage_work *work)
{
	uint64_t state = 1;
	int shortage;

	for (int tries = 0; tries < work->tries; tries++) {
		if (coverage_staff(work, work->problem->serve_max, &shortage))
			return true;
		shuffle(work, shortage, &state);
	}
	return false;
}

/* ---- even service ---- */

static void hand_over(struct coverage_work *work, int from, int to)
{
	for (int round = 0; round < work->problem->round_count; round++) {
		int team = *seat(work, round, from), slot = round * work->team_max + team;

		if (team >= 0 && *seat(work, round, to) < 0 && coverage_may_sit(work, to, slot) &&
			work->served[from] > work->served[to] + 1) {
			stand_up(work, round, from);
			sit_down(work, slot, to);
		}
	}
}

int coverage_even(struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;
	int seats = 0, shortage;

	for (int slot = 0; slot < work->slot_count; slot++)
		seats += work->count[slot] > 0 ? problem->team_size : 0;
	int fair = (seats + problem->inspector_count - 1) / problem->inspector_count;

	for (int most = fair; most <= problem->serve_max; most++)
		if (coverage_staff(work, most, &shortage))
			break;
	for (int from = 0; from < problem->inspector_count; from++)
		for (int to = 0; to < problem->inspector_count; to++)
			hand_over(work, from, to);
	return fair;
}
