/* test_performance.c: points of units by a formula: weights without anything to judge, limits of counts,
 * ranks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grasp/grasp.h"
#include "org/house.h"

static const char text[] =
	"formula: f\n"
	"title: {zh: 式, en: F}\n"
	"items:\n"
	"  in_time: {measure: in_time, weight: 60, label: {zh: 一, en: A}}\n"
	"  closed: {measure: closed, procedure: task, weight: 40, label: {zh: 二, en: B}}\n"
	"  verified: {measure: verified, points: 2, most: 3, label: {zh: 三, en: C}}\n"
	"  breaches: {measure: breaches, points: -1, most: -2, label: {zh: 四, en: D}}\n";

static struct str always_task(void *context, int64_t definition)
{
	(void)context, (void)definition;
	return STR("task");
}

static struct formula read(struct arena *arena, const char *from)
{
	struct formula formula;
	struct bh_err why;

	assert_int_equal(formula_read(arena, STR("f.yaml"), str_from(from), &formula, &why), ERR_OK);
	return formula;
}

static void points_follow_the_formula_and_units_stand_beside_those_of_their_kind(void **state)
{
	struct house house = house_begin();
	int64_t water = unit_at(&house, "water"), government = unit_at(&house, "government");
	struct formula formula = read(house.arena, text);
	struct settled settled[] = {{.unit = water, .fate = FATE_IN_TIME}, {.unit = water, .fate = FATE_LATE},
		{.unit = water, .fate = FATE_FAILED}, {.unit = water, .fate = FATE_OWED},
		{.unit = government, .fate = FATE_IN_TIME}};
	struct undertaken undertaken[] = {{.unit = government, .procedure = STR("task"), .closed = true},
		{.unit = government, .procedure = STR("task"), .closed = true},
		{.unit = government, .procedure = STR("other")}};
	struct performance_record record = {.settled = settled,
		.settled_count = ARRAY_COUNT(settled),
		.undertaken = undertaken,
		.undertaken_count = ARRAY_COUNT(undertaken),
		.procedure_of = always_task};
	struct score *scores;
	size_t count;

	(void)state;
	performance_score(&formula, house.org, &record, house.arena, &scores, &count);
	assert_int_equal(count, 2);
	for (size_t i = 0; i < count; i++) {
		bool is_water = scores[i].unit == water;

		/* A quarter of 60, which stands for all 100 since no task was opened; three breaches cost
		 * two. */
		assert_int_equal(scores[i].points, is_water ? 2500 - 200 : 10000 + 300);
		assert_int_equal(scores[i].parts[1].empty, is_water);
		assert_int_equal(scores[i].rank, is_water ? 2 : 1);
		assert_int_equal(scores[i].peers, 2);
	}
	house_end(&house);
}

static void what_is_no_formula_is_refused_with_its_place(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{"formula: f\ntitle: {zh: 式, en: F}\nitems: {}\n", "a formula has 1 to 20 'items'"},
		{"formula: f\ntitle: {zh: 式, en: F}\nitems: {a: {measure: opinions, label: {zh: 一, en: "
		 "A}}}\n",
			"'opinions' is no measure"},
		{"formula: f\ntitle: {zh: 式, en: F}\nitems: {a: {measure: in_time, points: 3, label: {zh: "
		 "一, en: A}}}\n",
			"a rate has a positive 'weight'"},
		{"formula: f\ntitle: {zh: 式, en: F}\nitems: {a: {measure: breaches, points: -3, most: 9, "
		 "label: {zh: 一, en: A}}}\n",
			"of the same sign"},
		{"formula: f\ntitle: {zh: 式, en: F}\nitems: {a: {measure: in_time, weight: 1001, label: "
		 "{zh: 一, en: A}}}\n",
			"at most 1000"},
		{"formula: f\ntitel: {zh: 式, en: F}\n", "no key 'titel'"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct formula formula;
		struct bh_err why = {0};

		assert_int_equal(formula_read(arena, STR("f.yaml"), str_from(rows[i].text), &formula, &why),
			ERR_INVALID);
		assert_int_not_equal(str_find(str_from(why.text), str_from(rows[i].why)), SIZE_MAX);
		assert_true(str_starts(str_from(why.place), "f.yaml:"));
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_follow_the_formula_and_units_stand_beside_those_of_their_kind),
		cmocka_unit_test(what_is_no_formula_is_refused_with_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
