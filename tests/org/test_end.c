/* test_end.c: a unit and a post come to their end when nothing rests on them, are there on the days before,
 * and a unit bears the name that it had on a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "house.h"

static struct house house;

static int begin(void **state)
{
	(void)state;
	house = house_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	house_end(&house);
	return 0;
}

static struct unit unit_ended(const char *code, const char *day)
{
	struct unit unit = *org_unit(house.org, unit_at(&house, code));

	unit.until = day_at(day);
	return unit;
}

static struct post post_ended(const char *code, const char *day)
{
	struct post post = *org_post(house.org, post_at(&house, code));

	post.until = day_at(day);
	return post;
}

static void refused(enum err err, const struct bh_err *why, const char *place, const char *said)
{
	assert_int_equal(err, ERR_CONFLICT);
	assert_string_equal(why->place, place);
	if (strstr(why->text, said) == NULL)
		fail_msg("'%s' doesn't say '%s'", why->text, said);
}

static void no_unit(const char *code, const char *day, const char *said)
{
	struct unit unit = unit_ended(code, day);
	struct bh_err why = {0};

	refused(org_unit_may(house.org, &unit, &why), &why, "until", said);
}

static void no_unit_zh(const char *code, const char *day, const char *said)
{
	struct unit unit = unit_ended(code, day);
	struct bh_err why = {0};

	assert_int_equal(org_unit_may(house.org, &unit, &why), ERR_CONFLICT);
	if (strstr(why.text_zh, said) == NULL)
		fail_msg("'%s' doesn't say '%s'", why.text_zh, said);
}

static void no_post(const char *code, const char *day, const char *said)
{
	struct post post = post_ended(code, day);
	struct bh_err why = {0};

	refused(org_post_may(house.org, &post, &why), &why, "until", said);
}

static void end_unit(const char *code, const char *day)
{
	struct unit unit = unit_ended(code, day);

	assert_int_equal(org_unit_may(house.org, &unit, NULL), ERR_OK);
	org_unit_set(house.org, &unit);
}

static void end_post(const char *code, const char *day)
{
	struct post post = post_ended(code, day);

	assert_int_equal(org_post_may(house.org, &post, NULL), ERR_OK);
	org_post_set(house.org, &post);
}

static void what_rests_on_it_stands_in_the_way(void **state)
{
	(void)state;
	no_unit("park", "2024-07-01", "below it: 1 (pool first)");
	house_tenure(&house, "pool-head", "an", "2019-01-01", NULL, TENURE_HOLDER);
	no_unit("pool", "2024-07-01", "beyond that day: 1 (an first)");
	house_tenure(&house, "office-member", "bo", "2019-01-01", "2024-08-01", TENURE_HOLDER);
	no_post("office-member", "2024-07-31", "beyond that day: 1 (bo first)");
	end_post("office-member", "2024-08-01");
	no_post("vice-mayor", "2024-07-01", "in its charge: 1 (water first)");
	org_function_set(house.org,
		&(struct function){.name = STR("archive"), .post = post_at(&house, "office-liaison")});
	no_post("office-liaison", "2024-07-01", "rest there: 1 (archive first)");
	no_unit("office", "2024-09-01", "rest there: 1 (archive first)");
	org_function_call(house.org, STR("archive"), STR("档案"), STR("Archives"));
	no_unit("office", "2024-09-01", "rest there: 1 (Archives first)");
	no_unit_zh("office", "2024-09-01", "1 项(首项:“档案”)");
	no_post("office-head", "2024-07-01", "nobody who answers for it");
}

static void what_ended_is_there_on_the_days_before_and_takes_nothing_new(void **state)
{
	int64_t pool = unit_at(&house, "pool"), head = post_at(&house, "pool-head");
	struct day before = day_at("2024-06-30"), then = day_at("2024-07-01");
	struct bh_err why = {0};

	(void)state;
	house_tenure(&house, "pool-head", "an", "2019-01-01", "2024-07-01", TENURE_HOLDER);
	end_unit("pool", "2024-07-01");
	assert_true(org_unit_is_on(house.org, pool, before) && !org_unit_is_on(house.org, pool, then));
	assert_true(org_post_is_on(house.org, head, before) && !org_post_is_on(house.org, head, then));
	assert_int_equal(org_head_post(house.org, pool), 0);
	assert_int_equal(org_head_post_on(house.org, pool, before), head);
	assert_int_equal(org_head_post_on(house.org, pool, then), 0);
	assert_false(org_post_acts_for(house.org, head, pool));
	assert_int_equal(org_holder(house.org, head, before)->person, person_at(&house, "an"));

	struct tenure late = {
		.id = 2, .post = head, .person = person_at(&house, "bo"), .from = then, .until = DAY_NONE};

	refused(org_tenure_may(house.org, &late, &why), &why, "post", "2024-07-01");
	struct unit below = {.id = (int64_t)org_unit_count(house.org) + 1,
		.code = STR("basin"),
		.name = STR("basin"),
		.parent = pool,
		.since = DAY_NONE,
		.until = DAY_NONE};

	refused(org_unit_may(house.org, &below, &why), &why, "parent", "abolished");
	struct post seat = {.id = (int64_t)org_post_count(house.org) + 1,
		.code = STR("pool-member"),
		.title = STR("pool-member"),
		.unit = pool,
		.kind = POST_MEMBER,
		.until = DAY_NONE};

	refused(org_post_may(house.org, &seat, &why), &why, "unit", "abolished");
	struct function function = {.name = STR("swim"), .unit = pool};

	refused(org_function_may(house.org, &function, &why), &why, "unit", "abolished");
	struct unit led = *org_unit(house.org, unit_at(&house, "park"));

	led.leader = head;
	refused(org_unit_may(house.org, &led, &why), &why, "leader", "abolished");
	/* The whole above it can end now. */
	end_unit("park", "2024-07-01");
}

static void a_unit_bears_the_name_that_it_had_on_a_day(void **state)
{
	struct unit water = *org_unit(house.org, unit_at(&house, "water"));
	struct bh_err why = {0};

	(void)state;
	water.name = STR("水务局");
	org_unit_set(house.org, &water); /* a slip of the pen: nobody was ever called "water" */
	assert_int_equal(org_former_name_count(house.org), 0);
	water.name = STR("水利局");
	water.since = day_at("2024-07-01");
	assert_int_equal(org_unit_may(house.org, &water, NULL), ERR_OK);
	org_unit_set(house.org, &water);
	water.name = STR("水利和湖泊局");
	water.since = day_at("2025-01-01");
	org_unit_set(house.org, &water);
	assert_int_equal(org_former_name_count(house.org), 2);
	assert_string_equal(org_unit_on(house.org, water.id, day_at("2019-01-01")).name.data, "水务局");
	assert_string_equal(org_unit_on(house.org, water.id, day_at("2024-06-30")).name.data, "水务局");
	assert_string_equal(org_unit_on(house.org, water.id, day_at("2024-07-01")).name.data, "水利局");
	assert_string_equal(org_unit_on(house.org, water.id, day_at("2025-01-01")).name.data, "水利和湖泊局");
	water.name = STR("水局");
	water.since = day_at("2024-12-31");
	refused(org_unit_may(house.org, &water, &why), &why, "since", "later day");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_rests_on_it_stands_in_the_way),
		TEST(what_ended_is_there_on_the_days_before_and_takes_nothing_new),
		TEST(a_unit_bears_the_name_that_it_had_on_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
