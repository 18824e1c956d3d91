/* test_plan.c: plans of rounds: found wherever there is one, judged apart from the planner, the same each
 * time, and as even as is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <time.h>

#include "judge.h"

static void plan(struct arena *arena, const struct coverage_problem *problem, struct coverage_plan *ret_plan)
{
	struct coverage_conflict conflict;

	assert_int_equal(coverage_solve(problem, arena, ret_plan, &conflict), COVERAGE_PLANNED);
	const char *wrong = judge_plan(arena, problem, ret_plan);

	if (wrong != NULL)
		fail_msg("%s", wrong);
}

static void whoever_worked_in_a_unit_sits_elsewhere(void **state)
{
	static const struct coverage_unit units[] = {{1, 1, 0, 0}, {2, 1, 0, 0}};
	static const struct coverage_bar bars[] = {
		{.inspector = 0, .unit = 0, .until = 1}, {.inspector = 1, .unit = 1, .until = 1}};
	static const int teams[] = {2};
	struct coverage_problem problem = {units, 2, 1, teams, 1, 1, 2, 1, bars, 2};
	struct arena *arena = arena_new();
	struct coverage_plan found;

	(void)state;
	plan(arena, &problem, &found);
	assert_int_equal(found.seats[0], found.places[1].team);
	assert_int_equal(found.seats[1], found.places[0].team);
	arena_free(arena);
}

static void a_bar_ends_with_its_years(void **state)
{
	static const struct coverage_unit units[] = {{1, 1, 0, 2}};
	static const struct coverage_bar bars[] = {{.inspector = 0, .unit = 0, .until = 2}};
	static const int teams[] = {1, 1, 1};
	struct coverage_problem problem = {units, 1, 3, teams, 1, 1, 1, 1, bars, 1};
	struct arena *arena = arena_new();
	struct coverage_plan found;

	(void)state;
	plan(arena, &problem, &found);
	assert_int_equal(found.places[0].round, 2);
	arena_free(arena);
}

static void work_is_shared_evenly(void **state)
{
	static const struct coverage_unit units[] = {
		{1, 4, 0, 1}, {2, 3, 0, 1}, {3, 3, 0, 1}, {4, 2, 0, 1}, {5, 2, 0, 1}, {6, 2, 0, 1}};
	static const int teams[] = {1, 1};
	struct coverage_problem problem = {units, 6, 2, teams, 4, 0, 0, 0, NULL, 0};
	struct arena *arena = arena_new();
	struct coverage_plan found;

	(void)state;
	plan(arena, &problem, &found);
	assert_int_equal(found.load, 8);
	assert_int_equal(found.load_least, 8);
	arena_free(arena);
}

static void nobody_serves_more_than_their_share(void **state)
{
	static const struct coverage_unit units[] = {{1, 1, 0, 3}, {2, 1, 0, 3}, {3, 1, 0, 3}, {4, 1, 0, 3}};
	static const int teams[] = {1, 1, 1, 1};
	struct coverage_problem problem = {units, 4, 4, teams, 1, 2, 4, 4, NULL, 0};
	struct arena *arena = arena_new();
	struct coverage_plan found;

	(void)state;
	plan(arena, &problem, &found);
	assert_int_equal(found.served, 2);
	assert_int_equal(found.share, 2);
	arena_free(arena);
}

static void nothing_to_inspect_is_a_plan(void **state)
{
	static const int teams[] = {1};
	struct coverage_problem problem = {NULL, 0, 1, teams, 1, 2, 0, 1, NULL, 0};
	struct arena *arena = arena_new();
	struct coverage_plan found;

	(void)state;
	plan(arena, &problem, &found);
	arena_free(arena);
}

/* ---- from seeds ---- */

static const struct shape shapes[] = {
	/* units rounds teams per size inspectors serve bars slack */
	{6, 3, 2, 1, 2, 4, 3, 6, 0},
	{6, 3, 2, 1, 2, 4, 3, 6, 1},
	{8, 2, 2, 2, 2, 5, 2, 12, 1},
	{12, 4, 3, 1, 2, 6, 4, 20, 1},
	{16, 4, 2, 2, 3, 8, 3, 30, 2},
	{30, 5, 3, 3, 4, 14, 5, 60, 2},
	{40, 5, 4, 2, 4, 16, 5, 60, 1},
	{60, 6, 6, 2, 5, 32, 6, 150, 3},
	/* and where nearly everybody is barred from a good part of the units */
	{24, 4, 3, 2, 3, 9, 4, 110, 1},
	{60, 6, 6, 2, 5, 32, 6, 500, 3},
};

static void a_plan_is_found_wherever_there_is_one(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(shapes); i++)
		for (uint64_t seed = 1; seed <= 40; seed++) {
			struct arena *arena = arena_new();
			struct coverage_problem problem = feasible_problem(arena, &shapes[i], seed);
			struct coverage_plan found;
			struct coverage_conflict conflict;

			if (coverage_solve(&problem, arena, &found, &conflict) != COVERAGE_PLANNED)
				fail_msg("shape %zu, seed %d: no plan was found", i, (int)seed);
			const char *wrong = judge_plan(arena, &problem, &found);

			if (wrong != NULL)
				fail_msg("shape %zu, seed %d: %s", i, (int)seed, wrong);
			arena_free(arena);
		}
}

static void the_same_question_has_the_same_plan(void **state)
{
	struct arena *arena = arena_new();
	struct coverage_problem problem = feasible_problem(arena, &shapes[6], 7);
	struct coverage_plan once, again;

	(void)state;
	plan(arena, &problem, &once);
	plan(arena, &problem, &again);
	assert_memory_equal(once.places, again.places, (size_t)problem.unit_count * sizeof *once.places);
	assert_memory_equal(once.seats, again.seats,
		(size_t)(problem.round_count * problem.inspector_count) * sizeof *once.seats);
	arena_free(arena);
}

/* Where inspectors aren't asked of, the figures are those of trying every plan. */
static void tiny_plans_are_as_even_as_any(void **state)
{
	static const struct shape shape = {7, 2, 2, 3, 0, 0, 0, 0, 1};

	(void)state;
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct arena *arena = arena_new();
		struct coverage_problem problem = feasible_problem(arena, &shape, seed);
		struct coverage_plan found;

		plan(arena, &problem, &found);
		assert_int_equal(found.load, found.load_least);
		assert_false(any_plan_within(&problem, found.load - 1));
		arena_free(arena);
	}
}

/* A district: its time is told, not asked of. */
static void a_district_is_planned(void **state)
{
	static const struct shape district = {150, 10, 10, 2, 6, 60, 10, 180, 4};

	(void)state;
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct arena *arena = arena_new();
		struct coverage_problem problem = feasible_problem(arena, &district, seed);
		struct coverage_plan found;
		clock_t begin = clock();

		plan(arena, &problem, &found);
		print_message("150 units, 10 rounds, 60 inspectors: %.2f s of one core; load %d, least %d; "
			      "served %d, least %d\n",
			(double)(clock() - begin) / CLOCKS_PER_SEC, found.load, found.load_least,
			found.served, found.share);
		arena_free(arena);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_worked_in_a_unit_sits_elsewhere),
		cmocka_unit_test(a_bar_ends_with_its_years),
		cmocka_unit_test(work_is_shared_evenly),
		cmocka_unit_test(nobody_serves_more_than_their_share),
		cmocka_unit_test(nothing_to_inspect_is_a_plan),
		cmocka_unit_test(a_plan_is_found_wherever_there_is_one),
		cmocka_unit_test(the_same_question_has_the_same_plan),
		cmocka_unit_test(tiny_plans_are_as_even_as_any),
		cmocka_unit_test(a_district_is_planned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
