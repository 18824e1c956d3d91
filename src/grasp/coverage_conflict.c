/* coverage_conflict.c: why there is no plan. From limits that are enough to forbid one, each that isn't
 * needed is left out, many at once where it goes, until none can be spared. */
#include "grasp/coverage.h"

#include <string.h>

/* ---- a problem with some of its limits ---- */

static bool has(const struct coverage_limit *limits, int count, enum coverage_limit_kind kind, int which)
{
	for (int i = 0; i < count; i++)
		if (limits[i].kind == kind && limits[i].which == which)
			return true;
	return false;
}

/* ret_place: where each unit has gone, -1 for those left out. */
static void only_units(const struct coverage_problem *problem, struct coverage_problem *only,
	struct arena *arena, const struct coverage_limit *limits, int count, int *ret_place)
{
	struct coverage_unit *units =
		ARENA_TAKE(arena, (size_t)problem->unit_count + 1, struct coverage_unit);

	only->unit_count = 0;
	for (int unit = 0; unit < problem->unit_count; unit++)
		ret_place[unit] = -1;
	for (int i = 0; i < count; i++)
		if (limits[i].kind == COVERAGE_UNIT)
			ret_place[limits[i].which] = 0;
	for (int unit = 0; unit < problem->unit_count; unit++) {
		if (ret_place[unit] < 0)
			continue;
		struct coverage_unit *kept = &units[only->unit_count];

		ret_place[unit] = only->unit_count++;
		*kept = problem->units[unit];
		if (!has(limits, count, COVERAGE_FIRST, unit))
			kept->first = 0;
		if (!has(limits, count, COVERAGE_LAST, unit))
			kept->last = problem->round_count - 1;
	}
	only->units = units;
}

struct coverage_problem coverage_only(const struct coverage_problem *problem, struct arena *arena,
	const struct coverage_limit *limits, int count)
{
	struct coverage_problem only = *problem;
	int *place = ARENA_TAKE(arena, (size_t)problem->unit_count + 1, int);
	int *teams = ARENA_TAKE(arena, (size_t)problem->round_count, int);
	struct coverage_bar *bars = ARENA_TAKE(arena, (size_t)problem->bar_count + 1, struct coverage_bar);

	only_units(problem, &only, arena, limits, count, place);
	for (int round = 0; round < problem->round_count; round++)
		teams[round] =
			has(limits, count, COVERAGE_TEAMS, round) ? problem->teams[round] : only.unit_count;
	only.bar_count = 0;
	for (int i = 0; i < problem->bar_count; i++)
		if (place[problem->bars[i].unit] >= 0 && has(limits, count, COVERAGE_BAR, i)) {
			bars[only.bar_count] = problem->bars[i];
			bars[only.bar_count++].unit = place[problem->bars[i].unit];
		}
	only.teams = teams;
	only.bars = bars;
	if (!has(limits, count, COVERAGE_STAFF, 0))
		only.team_size = 0;
	if (!has(limits, count, COVERAGE_SERVE, 0))
		only.serve_max = problem->round_count;
	return only;
}

/* ---- limits that are enough ---- */

struct explanation {
	const struct coverage_problem *problem;
	struct coverage_limit *limits, *rest; /* rest: tried without some */
	int count;
	bool least;
	struct arena *arena; /* of one question */
};

static void keep(struct explanation *explanation, enum coverage_limit_kind kind, int which)
{
	explanation->limits[explanation->count++] = (struct coverage_limit){kind, which};
}

/* The limits on the units and rounds that are marked; by kind, the ones that are better left out first. */
static void gather(struct explanation *explanation, const bool *unit, const bool *round, bool staff)
{
	const struct coverage_problem *problem = explanation->problem;

	if (staff && problem->team_size > 0) {
		keep(explanation, COVERAGE_STAFF, 0);
		if (problem->serve_max < problem->round_count)
			keep(explanation, COVERAGE_SERVE, 0);
		for (int i = 0; i < problem->bar_count; i++)
			if (unit[problem->bars[i].unit])
				keep(explanation, COVERAGE_BAR, i);
	}
	for (int i = 0; i < problem->unit_count; i++)
		if (unit[i] && problem->units[i].first > 0)
			keep(explanation, COVERAGE_FIRST, i);
	for (int i = 0; i < problem->unit_count; i++)
		if (unit[i] && problem->units[i].last < problem->round_count - 1)
			keep(explanation, COVERAGE_LAST, i);
	for (int i = 0; i < problem->round_count; i++)
		if (round[i])
			keep(explanation, COVERAGE_TEAMS, i);
	for (int i = 0; i < problem->unit_count; i++)
		if (unit[i])
			keep(explanation, COVERAGE_UNIT, i);
}

/* ---- without what isn't needed ---- */

/* Is it still impossible without `size` limits from `from` on? */
static bool is_enough_without(struct explanation *explanation, int from, int size)
{
	struct coverage_work work;
	int count = 0;

	for (int i = 0; i < explanation->count; i++)
		if (i < from || i >= from + size)
			explanation->rest[count++] = explanation->limits[i];
	arena_clear(explanation->arena);
	struct coverage_problem only =
		coverage_only(explanation->problem, explanation->arena, explanation->rest, count);

	coverage_lay_out(&work, &only, explanation->arena);
	enum coverage_verdict verdict = coverage_decide(&work, true);

	if (verdict == COVERAGE_UNDECIDED && size == 1)
		explanation->least = false;
	return verdict == COVERAGE_IMPOSSIBLE;
}

static void leave_out(struct explanation *explanation, int from, int size)
{
	memmove(&explanation->limits[from], &explanation->limits[from + size],
		(size_t)(explanation->count - from - size) * sizeof *explanation->limits);
	explanation->count -= size;
}

/* What was needed once is needed for ever, because leaving out more makes more plans possible. So one pass
 * that tries each by itself ends it. */
static void thin_out(struct explanation *explanation)
{
	int size = 1;

	while (2 * size < explanation->count)
		size *= 2;
	for (; size >= 1; size /= 2)
		for (int from = 0; from < explanation->count;) {
			int part = from + size <= explanation->count ? size : explanation->count - from;

			if (is_enough_without(explanation, from, part))
				leave_out(explanation, from, part);
			else
				from += part;
		}
}

void coverage_explain(struct coverage_work *work, struct coverage_conflict *ret_conflict)
{
	const struct coverage_problem *problem = work->problem;
	size_t limits = 3 * (size_t)problem->unit_count + (size_t)problem->round_count +
			(size_t)problem->bar_count + 2;
	struct explanation explanation = {.problem = problem,
		.limits = ARENA_TAKE(work->arena, limits, struct coverage_limit),
		.rest = ARENA_TAKE(work->arena, limits, struct coverage_limit),
		.least = true,
		.arena = arena_new()};

	gather(&explanation, work->stuck, work->full, !work->staffless);
	thin_out(&explanation);
	arena_free(explanation.arena);
	*ret_conflict = (struct coverage_conflict){
		.limits = explanation.limits, .count = explanation.count, .least = explanation.least};
}
