/* test_bars.c: who may not inspect whom, by the record: work now and lately, kin, and units below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grasp/grasp.h"
#include "org/house.h"

static const char *const begin_texts[] = {"2019-03-01", "2020-03-01", "2021-03-01"};

struct scene {
	struct house house;
	struct coverage_unit units[2]; /* water, and government, which has water below it */
	struct day begins[3];
	struct coverage_bar *bars;
	int count;
};

static struct scene scene_begin(void)
{
	struct scene scene = {.house = house_begin()};

	scene.units[0] = (struct coverage_unit){unit_at(&scene.house, "water"), 1, 0, 2};
	scene.units[1] = (struct coverage_unit){unit_at(&scene.house, "government"), 1, 0, 2};
	for (int i = 0; i < 3; i++)
		scene.begins[i] = day_at(begin_texts[i]);
	return scene;
}

/* The bars of `an` alone, who is the one inspector. */
static void ask(struct scene *scene, int years)
{
	int64_t an = person_at(&scene->house, "an");

	coverage_bars(scene->house.org, &an, 1, scene->units, 2, scene->begins, 3, years, scene->house.arena,
		&scene->bars, &scene->count);
}

static const struct coverage_bar *bar_from(const struct scene *scene, int unit)
{
	for (int i = 0; i < scene->count; i++)
		if (scene->bars[i].unit == unit)
			return &scene->bars[i];
	return NULL;
}

static void kin_of(struct scene *scene, const char *a, const char *b, struct day until)
{
	struct kin kin = {.id = (int64_t)org_kin_count(scene->house.org) + 1,
		.person = person_at(&scene->house, a),
		.other = person_at(&scene->house, b),
		.kind = STR("sibling"),
		.until = until};

	org_kin_set(scene->house.org, &kin);
}

static void whoever_works_there_is_barred_for_good(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	house_tenure(&scene.house, "water-head", "an", "2018-01-01", NULL, TENURE_HOLDER);
	ask(&scene, 1);
	assert_int_equal(scene.count, 2);
	assert_int_equal(bar_from(&scene, 0)->until, 3);
	assert_int_equal(bar_from(&scene, 0)->reason, COVERAGE_WORKS);
	assert_int_equal(bar_from(&scene, 1)->until, 3); /* the unit above stands for those below */
	house_end(&scene.house);
}

static void work_in_the_unit_above_bars_from_none_below(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	house_tenure(&scene.house, "mayor", "an", "2018-01-01", NULL, TENURE_HOLDER);
	ask(&scene, 1);
	assert_int_equal(scene.count, 1);
	assert_int_equal(scene.bars[0].unit, 1);
	house_end(&scene.house);
}

static void whoever_has_left_is_barred_for_the_years(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	house_tenure(&scene.house, "water-head", "an", "2015-01-01", "2017-03-01", TENURE_HOLDER);
	ask(&scene, 2); /* until 2019-03-01, when the first round begins */
	assert_int_equal(scene.count, 0);
	ask(&scene, 3);
	assert_int_equal(bar_from(&scene, 0)->until, 1);
	assert_int_equal(bar_from(&scene, 0)->reason, COVERAGE_WORKED);
	house_tenure(&scene.house, "pool-head", "an", "2015-01-01", "2017-03-02", TENURE_HOLDER);
	scene.units[0].unit = unit_at(&scene.house, "pool");
	ask(&scene, 2); /* one day more */
	assert_int_equal(bar_from(&scene, 0)->until, 1);
	ask(&scene, 5);
	assert_int_equal(bar_from(&scene, 0)->until, 3);
	house_end(&scene.house);
}

static void the_longest_of_several_is_told(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	house_tenure(&scene.house, "vice-mayor", "an", "2012-01-01", "2016-09-01", TENURE_HOLDER);
	house_tenure(&scene.house, "water-head", "an", "2016-09-01", "2018-09-01", TENURE_HOLDER);
	ask(&scene, 3);
	assert_int_equal(scene.count, 2);
	assert_int_equal(bar_from(&scene, 1)->until, 3);
	assert_int_equal(bar_from(&scene, 1)->post, post_at(&scene.house, "water-head"));
	house_end(&scene.house);
}

static void kin_bar_while_they_work_there(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	house_tenure(&scene.house, "water-head", "bo", "2015-01-01", "2020-01-01", TENURE_HOLDER);
	ask(&scene, 9);
	assert_int_equal(scene.count, 0);
	kin_of(&scene, "bo", "an", DAY_NONE);
	ask(&scene, 9); /* the years are for one's own work */
	assert_int_equal(bar_from(&scene, 0)->until, 1);
	assert_int_equal(bar_from(&scene, 0)->reason, COVERAGE_KIN);
	assert_int_equal(bar_from(&scene, 0)->other, person_at(&scene.house, "bo"));
	house_end(&scene.house);
}

static void a_relation_that_has_ended_bars_nobody(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	house_tenure(&scene.house, "water-head", "bo", "2015-01-01", NULL, TENURE_HOLDER);
	kin_of(&scene, "an", "bo", day_at("2019-01-01"));
	ask(&scene, 1);
	assert_int_equal(scene.count, 0);
	house_end(&scene.house);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_works_there_is_barred_for_good),
		cmocka_unit_test(work_in_the_unit_above_bars_from_none_below),
		cmocka_unit_test(whoever_has_left_is_barred_for_the_years),
		cmocka_unit_test(the_longest_of_several_is_told),
		cmocka_unit_test(kin_bar_while_they_work_there),
		cmocka_unit_test(a_relation_that_has_ended_bars_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
