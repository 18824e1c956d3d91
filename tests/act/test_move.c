/* A move is one act: what ends and what begins is recorded together and in order, or not at all. */
#include "lodge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
	struct lodge *lodge = lodge_new();

	*state = lodge;
	return 0;
}

static int tear_down(void **state)
{
	lodge_free(*state);
	return 0;
}

static struct day day_of(const char *text)
{
	struct day day;

	assert_int_equal(day_parse(str_from(text), &day, NULL), ERR_OK);
	return day;
}

/* The tenure that sits in the post, ended on the day. */
static struct tenure ended(const struct district *district, const char *post, const char *day)
{
	const struct org *org = district->scene->org;
	struct tenure tenure = *org_holder(org, post_id(district->scene, post), day_of("2019-03-04"));

	tenure.until = day_of(day);
	return tenure;
}

static struct tenure begun(
	const struct district *district, const char *post, const char *who, const char *day)
{
	return (struct tenure){.post = post_id(district->scene, post),
		.person = person_id(district->scene, who),
		.from = day_of(day),
		.until = DAY_NONE};
}

static enum err move(struct district *district, const char *key, const struct tenure *tenures, size_t count)
{
	return district_act(district, (struct act){.kind = ACT_MOVE,
					      .key = str_from(key),
					      .person = person_id(district->scene, "lin"),
					      .what.move = {.tenures = tenures, .count = count}});
}

static int64_t tenure_events(struct district *district)
{
	return district_number(district, "select count(*) from event where kind = 'tenure.set'");
}

static void who_leaves_and_who_comes_are_one_act(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	const struct tenure tenures[] = {ended(district, "water-deputy", "2019-03-11"),
		ended(district, "water-head", "2019-03-11"),
		begun(district, "water-head", "wei", "2019-03-11")};
	int64_t before = tenure_events(district);

	district_must(district, move(district, "m-1", tenures, ARRAY_COUNT(tenures)));
	assert_int_equal(district->receipt.count, 3);
	assert_int_equal(tenure_events(district), before + 3);
	struct receipt first = district->receipt;

	assert_int_equal(
		district_number(district, "select max(idx) - min(idx) from event where kind = 'tenure.set' "
					  "and idx >= (select max(idx) - 2 from event where kind = "
					  "'tenure.set')"),
		2);
	/* The same request again is the same move. */
	district_must(district, move(district, "m-1", tenures, ARRAY_COUNT(tenures)));
	assert_true(district->receipt.again);
	assert_int_equal(district->receipt.first, first.first);
	assert_int_equal(tenure_events(district), before + 3);
	/* And its bearer acts from that day on, also after a restart. */
	district_at(district, "2019-03-12 09:00");
	district_key_task(district, "dispatched", "2019-06-28");
	district_must(district, district_do(district, "wei", district->matter, "sign", NULL));
}

static void what_can_t_all_be_done_leaves_nothing(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	const struct tenure tenures[] = {ended(district, "water-head", "2019-03-11"),
		begun(district, "office-head", "wang", "2019-03-11")};
	int64_t before = tenure_events(district);

	assert_int_equal(move(district, "", tenures, 2), ERR_CONFLICT); /* the office has its head */
	assert_int_equal(tenure_events(district), before);
	/* Nor has anything of it stayed in memory: the head of water acts on. */
	district_at(district, "2019-03-12 09:00");
	district_key_task(district, "dispatched", "2019-06-28");
	district_must(district, district_do(district, "wang", district->matter, "sign", NULL));
	assert_int_equal(
		district_number(district, "select count(*) from tenure where until_day is not null"), 0);
}

static void a_move_of_none_or_of_too_many_is_no_move(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	struct tenure tenures[MOVE_TENURES_MAX + 1];

	for (size_t i = 0; i < ARRAY_COUNT(tenures); i++)
		tenures[i] = ended(district, "water-head", "2019-03-11");
	assert_int_equal(move(district, "", tenures, 0), ERR_INVALID);
	assert_int_equal(move(district, "", tenures, ARRAY_COUNT(tenures)), ERR_INVALID);
}

static void nobody_moves_themselves(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	const struct tenure tenures[] = {ended(district, "water-head", "2019-03-11"),
		begun(district, "water-head", "lin", "2019-03-11")};

	assert_int_equal(move(district, "", tenures, 2), ERR_FORBIDDEN);
	assert_string_equal(district->why.place, "person");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_leaves_and_who_comes_are_one_act, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_can_t_all_be_done_leaves_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_move_of_none_or_of_too_many_is_no_move, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_moves_themselves, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("move", tests, NULL, NULL);
}
