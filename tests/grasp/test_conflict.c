/* test_conflict.c: where there is no plan, the limits that are named forbid one, and none of them can be
 * spared: without any one a plan is found, and judged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "judge.h"

static struct coverage_conflict conflict_of(struct arena *arena, const struct coverage_problem *problem)
{
	struct coverage_plan ignored;
	struct coverage_conflict conflict;

	assert_int_equal(coverage_solve(problem, arena, &ignored, &conflict), COVERAGE_IMPOSSIBLE);
	assert_true(conflict.count > 0);
	return conflict;
}

/* Together they forbid; without any one they don't. */
static void is_least(
	struct arena *arena, const struct coverage_problem *problem, const struct coverage_conflict *conflict)
{
	struct coverage_limit *rest = ARENA_TAKE(arena, (size_t)conflict->count, struct coverage_limit);
	struct coverage_problem only = coverage_only(problem, arena, conflict->limits, conflict->count);
	struct coverage_plan plan;
	struct coverage_conflict ignored;

	assert_true(conflict->least);
	assert_int_equal(coverage_solve(&only, arena, &plan, &ignored), COVERAGE_IMPOSSIBLE);
	for (int without = 0; without < conflict->count; without++) {
		int count = 0;

		for (int i = 0; i < conflict->count; i++)
			if (i != without)
				rest[count++] = conflict->limits[i];
		only = coverage_only(problem, arena, rest, count);
		if (coverage_solve(&only, arena, &plan, &ignored) != COVERAGE_PLANNED)
			fail_msg("limit %d (kind %d, which %d) could be spared", without,
				(int)conflict->limits[without].kind, conflict->limits[without].which);
		const char *wrong = judge_plan(arena, &only, &plan);

		if (wrong != NULL)
			fail_msg("%s", wrong);
	}
}

static int count_of(const struct coverage_conflict *conflict, enum coverage_limit_kind kind)
{
	int count = 0;

	for (int i = 0; i < conflict->count; i++)
		count += conflict->limits[i].kind == kind;
	return count;
}

static bool names(const struct coverage_conflict *conflict, enum coverage_limit_kind kind, int which)
{
	for (int i = 0; i < conflict->count; i++)
		if (conflict->limits[i].kind == kind && conflict->limits[i].which == which)
			return true;
	return false;
}

static void three_units_that_must_have_a_round_with_room_for_two(void **state)
{
	static const struct coverage_unit units[] = {
		{1, 1, 0, 3}, {2, 1, 2, 2}, {3, 1, 2, 2}, {4, 1, 1, 3}, {5, 1, 2, 2}};
	static const int teams[] = {2, 2, 2, 2};
	struct coverage_problem problem = {units, 5, 4, teams, 1, 0, 0, 0, NULL, 0};
	struct arena *arena = arena_new();
	struct coverage_conflict conflict = conflict_of(arena, &problem);

	(void)state;
	is_least(arena, &problem, &conflict);
	assert_int_equal(count_of(&conflict, COVERAGE_UNIT), 3);
	assert_true(names(&conflict, COVERAGE_TEAMS, 2));
	assert_int_equal(count_of(&conflict, COVERAGE_TEAMS), 1);
	for (int unit = 0; unit < 5; unit++) {
		bool crowded = unit == 1 || unit == 2 || unit == 4;

		assert_int_equal(names(&conflict, COVERAGE_UNIT, unit), crowded);
		assert_int_equal(names(&conflict, COVERAGE_FIRST, unit), crowded);
		assert_int_equal(names(&conflict, COVERAGE_LAST, unit), crowded);
	}
	arena_free(arena);
}

static void of_two_crowds_the_smaller_is_named(void **state)
{
	static const struct coverage_unit units[] = {{1, 1, 0, 1}, {2, 1, 0, 1}, {3, 1, 0, 1}, {4, 1, 0, 1},
		{5, 1, 0, 1}, {6, 1, 3, 3}, {7, 1, 3, 3}, {8, 1, 3, 3}};
	static const int teams[] = {2, 2, 2, 2};
	struct coverage_problem problem = {units, 8, 4, teams, 1, 0, 0, 0, NULL, 0};
	struct arena *arena = arena_new();
	struct coverage_conflict conflict = conflict_of(arena, &problem);

	(void)state;
	is_least(arena, &problem, &conflict);
	assert_int_equal(count_of(&conflict, COVERAGE_UNIT), 3);
	assert_true(names(&conflict, COVERAGE_TEAMS, 3));
	arena_free(arena);
}

static void more_units_than_there_is_room(void **state)
{
	static struct coverage_unit units[9];
	static const int teams[] = {2, 2};
	struct coverage_problem problem = {units, 9, 2, teams, 2, 0, 0, 0, NULL, 0};
	struct arena *arena = arena_new();

	(void)state;
	for (int i = 0; i < 9; i++)
		units[i] = (struct coverage_unit){i + 1, 1, 0, 1};
	struct coverage_conflict conflict = conflict_of(arena, &problem);

	is_least(arena, &problem, &conflict);
	assert_int_equal(count_of(&conflict, COVERAGE_UNIT), 9);
	assert_int_equal(count_of(&conflict, COVERAGE_TEAMS), 2);
	arena_free(arena);
}

static void a_unit_that_too_many_have_worked_in(void **state)
{
	static const struct coverage_unit units[] = {{1, 1, 0, 1}, {2, 1, 0, 1}};
	static const struct coverage_bar bars[] = {{.inspector = 0, .unit = 1, .until = 2},
		{.inspector = 1, .unit = 1, .until = 1}, {.inspector = 2, .unit = 1, .until = 2},
		{.inspector = 2, .unit = 0, .until = 2}, {.inspector = 3, .unit = 1, .until = 2}};
	static const int teams[] = {2, 2};
	struct coverage_problem problem = {units, 2, 2, teams, 1, 2, 4, 2, bars, 5};
	struct arena *arena = arena_new();
	struct coverage_conflict conflict = conflict_of(arena, &problem);

	(void)state;
	is_least(arena, &problem, &conflict);
	/* Three of four are barred for good; one of the two seats can't be filled. */
	assert_int_equal(conflict.count, 5);
	assert_true(names(&conflict, COVERAGE_UNIT, 1) && names(&conflict, COVERAGE_STAFF, 0));
	assert_int_equal(count_of(&conflict, COVERAGE_BAR), 3);
	assert_false(names(&conflict, COVERAGE_BAR, 1));
	arena_free(arena);
}

static void fewer_inspectors_than_all_rounds_need(void **state)
{
	static const struct coverage_unit units[] = {{1, 1, 0, 2}, {2, 1, 0, 2}, {3, 1, 0, 2}};
	static const int teams[] = {1, 1, 1};
	struct coverage_problem problem = {units, 3, 3, teams, 1, 2, 2, 2, NULL, 0};
	struct arena *arena = arena_new();
	struct coverage_conflict conflict = conflict_of(arena, &problem);

	(void)state;
	is_least(arena, &problem, &conflict);
	assert_true(names(&conflict, COVERAGE_SERVE, 0) && names(&conflict, COVERAGE_STAFF, 0));
	assert_int_equal(count_of(&conflict, COVERAGE_UNIT), 3);
	arena_free(arena);
}

/* Each unit could be manned, and there is room for each, but not for both at once. */
static void inspectors_who_are_wanted_twice(void **state)
{
	static const struct coverage_unit units[] = {{1, 1, 0, 0}, {2, 1, 0, 0}};
	static const struct coverage_bar bars[] = {
		{.inspector = 2, .unit = 0, .until = 1}, {.inspector = 2, .unit = 1, .until = 1}};
	static const int teams[] = {2};
	struct coverage_problem problem = {units, 2, 1, teams, 1, 1, 3, 1, bars, 2};
	struct arena *arena = arena_new();
	struct coverage_plan plan;
	struct coverage_conflict conflict;

	(void)state;
	assert_int_equal(coverage_solve(&problem, arena, &plan, &conflict), COVERAGE_PLANNED);
	problem.inspector_count = 3;
	problem.team_size = 2; /* four seats, three people */
	conflict = conflict_of(arena, &problem);
	is_least(arena, &problem, &conflict);
	arena_free(arena);
}

/* Forty units, and of the first `few` all but three inspectors are barred: in no round is there more than one
 * team for those. `held`: they must have the first round. */
static struct coverage_problem tangle(struct arena *arena, int few, bool held)
{
	enum { UNITS = 40, ROUNDS = 6, INSPECTORS = 20 };
	struct coverage_unit *units = ARENA_TAKE(arena, UNITS, struct coverage_unit);
	struct coverage_bar *bars = ARENA_TAKE(arena, UNITS * INSPECTORS, struct coverage_bar);
	int *teams = ARENA_TAKE(arena, ROUNDS, int), count = 0;

	for (int unit = 0; unit < UNITS; unit++)
		units[unit] = (struct coverage_unit){
			unit + 1, 1 + unit % 4, 0, held && unit < few ? 0 : ROUNDS - 1};
	for (int round = 0; round < ROUNDS; round++)
		teams[round] = 8;
	for (int unit = 0; unit < few; unit++)
		for (int i = 3; i < INSPECTORS; i++)
			bars[count++] = (struct coverage_bar){.inspector = i, .unit = unit, .until = ROUNDS};
	return (struct coverage_problem){units, UNITS, ROUNDS, teams, 1, 2, INSPECTORS, ROUNDS, bars, count};
}

static void a_few_in_a_tangle_are_found_among_many(void **state)
{
	static const struct {
		int few;
		bool held, possible;
	} cases[] = {{1, true, true}, {2, true, false}, {6, false, true}, {7, false, false}};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct arena *arena = arena_new();
		struct coverage_problem problem = tangle(arena, cases[i].few, cases[i].held);
		struct coverage_plan plan;
		struct coverage_conflict conflict;

		if (cases[i].possible) {
			assert_int_equal(coverage_solve(&problem, arena, &plan, &conflict), COVERAGE_PLANNED);
			assert_null(judge_plan(arena, &problem, &plan));
		} else {
			conflict = conflict_of(arena, &problem);
			is_least(arena, &problem, &conflict);
			assert_int_equal(count_of(&conflict, COVERAGE_UNIT), cases[i].few);
		}
		arena_free(arena);
	}
}

/* ---- from seeds ---- */

/* One unit too many in the rounds that some units are held to. */
static void a_crowd_is_named(void **state)
{
	static const struct shape shape = {24, 6, 3, 2, 2, 10, 6, 12, 2};

	(void)state;
	for (uint64_t seed = 1; seed <= 30; seed++) {
		struct arena *arena = arena_new();
		struct coverage_problem problem = feasible_problem(arena, &shape, seed);
		int round = (int)(seed % 6), room = shape.teams * shape.per_team;
		struct coverage_unit *units =
			ARENA_TAKE(arena, (size_t)problem.unit_count, struct coverage_unit);

		memcpy(units, problem.units, (size_t)problem.unit_count * sizeof *units);
		for (int i = 0; i <= room; i++)
			units[3 * i].first = units[3 * i].last = round;
		problem.units = units;
		struct coverage_conflict conflict = conflict_of(arena, &problem);

		is_least(arena, &problem, &conflict);
		assert_true(count_of(&conflict, COVERAGE_UNIT) <= room + 1);
		arena_free(arena);
	}
}

/* Whatever is drawn: the verdict is that of trying every plan, and a conflict is least. */
static void tiny_instances_are_judged_as_by_trying_all_plans(void **state)
{
	int impossible = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct arena *arena = arena_new();
		uint64_t draw = seed * 977;
		int rounds = 1 + chance(&draw, 3), units = 2 + chance(&draw, 3);
		struct shape shape = {.units = units,
			.rounds = rounds,
			.teams = 1 + units / rounds,
			.per_team = 1 + chance(&draw, 2),
			.team_size = 1 + chance(&draw, 2),
			.inspectors = 4,
			.serve_max = 9,
			.bars = 4,
			.slack = 1};
		struct coverage_problem problem = feasible_problem(arena, &shape, seed);
		struct coverage_bar bars[9];
		int teams[3], count = 5 + chance(&draw, 4);

		/* The plan is drawn, then made harder. */
		for (int i = 0; i < count; i++)
			bars[i] = (struct coverage_bar){.inspector = chance(&draw, 4),
				.unit = chance(&draw, units),
				.until = 1 + chance(&draw, rounds)};
		for (int i = 0; i < rounds; i++)
			teams[i] = chance(&draw, 3);
		problem.bars = bars;
		problem.bar_count = count;
		problem.teams = teams;
		problem.serve_max = 1 + chance(&draw, rounds);
		struct coverage_plan plan;
		struct coverage_conflict conflict;
		enum coverage_verdict verdict = coverage_solve(&problem, arena, &plan, &conflict);

		assert_int_equal(verdict, any_plan(&problem) ? COVERAGE_PLANNED : COVERAGE_IMPOSSIBLE);
		if (verdict == COVERAGE_PLANNED) {
			assert_null(judge_plan(arena, &problem, &plan));
		} else {
			struct coverage_problem only =
				coverage_only(&problem, arena, conflict.limits, conflict.count);

			assert_false(any_plan(&only));
			is_least(arena, &problem, &conflict);
			impossible++;
		}
		arena_free(arena);
	}
	assert_in_range(impossible, 60, 240); /* both answers were asked of */
}

/* A district that can't be covered: its time is told, not asked of. */
static void a_district_that_cannot_be_covered(void **state)
{
	static const struct shape district = {150, 10, 10, 2, 6, 60, 10, 180, 4};
	struct arena *arena = arena_new();
	struct coverage_problem problem = feasible_problem(arena, &district, 1);
	clock_t begin = clock();

	(void)state;
	problem.serve_max = 7; /* 75 teams of six at least are 450 seats; 60 people have 420 */
	struct coverage_conflict conflict = conflict_of(arena, &problem);

	assert_true(conflict.least);
	assert_true(names(&conflict, COVERAGE_SERVE, 0) && names(&conflict, COVERAGE_STAFF, 0));
	print_message("%d limits named in %.2f s of one core\n", conflict.count,
		(double)(clock() - begin) / CLOCKS_PER_SEC);
	arena_free(arena);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_units_that_must_have_a_round_with_room_for_two),
		cmocka_unit_test(of_two_crowds_the_smaller_is_named),
		cmocka_unit_test(more_units_than_there_is_room),
		cmocka_unit_test(a_unit_that_too_many_have_worked_in),
		cmocka_unit_test(fewer_inspectors_than_all_rounds_need),
		cmocka_unit_test(inspectors_who_are_wanted_twice),
		cmocka_unit_test(a_few_in_a_tangle_are_found_among_many),
		cmocka_unit_test(a_crowd_is_named),
		cmocka_unit_test(tiny_instances_are_judged_as_by_trying_all_plans),
		cmocka_unit_test(a_district_that_cannot_be_covered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
