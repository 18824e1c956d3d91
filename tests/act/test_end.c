/* test_end.c: the end of a unit or a post is one act by whoever keeps the establishment; nothing that is open
 * is left behind, and what was is still there. */
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

static void leave(struct district *district, const char *post, const char *day)
{
	struct tenure tenure =
		*org_holder(district->scene->org, post_id(district->scene, post), day_of("2019-03-04"));

	tenure.until = day_of(day);
	district_must(
		district, district_act(district, (struct act){.kind = ACT_TENURE, .what.tenure = &tenure}));
}

static enum err end_unit(struct district *district, const char *who, const char *code, const char *day)
{
	struct unit unit = *org_unit(district->scene->org, unit_id(district->scene, code));

	unit.until = day_of(day);
	return district_act(district,
		(struct act){
			.kind = ACT_UNIT, .person = person_id(district->scene, who), .what.unit = &unit});
}

static enum err end_post(struct district *district, const char *code, const char *day)
{
	struct post post = *org_post(district->scene->org, post_id(district->scene, code));

	post.until = day_of(day);
	return district_act(district, (struct act){.kind = ACT_POST, .what.post = &post});
}

static void refused(struct district *district, enum err err, enum err wanted, const char *said)
{
	assert_int_equal(err, wanted);
	if (strstr(district->why.text, said) == NULL)
		fail_msg("'%s' doesn't say '%s'", district->why.text, said);
}

static void the_unit_and_its_posts_end_in_one_act(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;

	refused(district, end_unit(district, "wang", "park", "2019-03-04"), ERR_FORBIDDEN, "head of");
	refused(district, end_unit(district, "lin", "park", "2019-03-04"), ERR_CONFLICT, "1 (pan first)");
	leave(district, "park-liaison", "2019-03-04");
	refused(district, end_unit(district, "lin", "park", "2019-03-05"), ERR_INVALID, "yet to come");
	district_must(district, end_unit(district, "lin", "park", "2019-03-04"));
	assert_int_equal(district->receipt.count, 3);
	assert_int_equal(
		district_number(district, "select count(*) from post where until_day = '2019-03-04'"), 2);
	/* It takes nothing new, also after a restart. */
	district_reopen(district);
	struct tenure tenure = {.post = post_id(district->scene, "park-head"),
		.person = person_id(district->scene, "mo"),
		.from = day_of("2019-03-04"),
		.until = DAY_NONE};

	refused(district, district_act(district, (struct act){.kind = ACT_TENURE, .what.tenure = &tenure}),
		ERR_CONFLICT, "2019-03-04");
	refused(district,
		district_begin(district, "he", "key_task",
			"title=花园|lead_unit=park|commander=vice-mayor|due=2019-06-28"),
		ERR_INVALID, "abolished");
}

static void what_is_open_is_never_left_behind(void **state)
{
	static const char *const posts[] = {
		"water-head", "water-deputy", "water-liaison", "water-second", "water-member"};
	struct district *district = ((struct lodge *)*state)->district;

	district_key_task(district, "dispatched", "2019-06-28");
	for (size_t i = 0; i < ARRAY_COUNT(posts); i++)
		leave(district, posts[i], "2019-03-04");
	refused(district, end_unit(district, "lin", "water", "2019-03-04"), ERR_CONFLICT, "lie there: 1");
	/* One that waits for another's step is still in its hands. */
	struct tenure back = {.post = post_id(district->scene, "water-head"),
		.person = person_id(district->scene, "wang"),
		.from = day_of("2019-03-04"),
		.until = DAY_NONE};

	district_must(
		district, district_act(district, (struct act){.kind = ACT_TENURE, .what.tenure = &back}));
	int64_t tenure = district->receipt.id;

	district_must(district, district_do(district, "wang", district->matter, "refuse", "reason=不属本局"));
	back.id = tenure;
	district_at(district, "2019-03-05 09:00");
	back.until = day_of("2019-03-05");
	district_must(
		district, district_act(district, (struct act){.kind = ACT_TENURE, .what.tenure = &back}));
	refused(district, end_unit(district, "lin", "water", "2019-03-05"), ERR_CONFLICT, "its hands: 1");
	district_must(district, district_do(district, "he", district->matter, "withdraw", "reason=重复立项"));
	district_must(district, end_unit(district, "lin", "water", "2019-03-05"));
	assert_int_equal(
		district_number(district, "select count(*) from unit where until_day is not null"), 1);
}

static void a_post_ends_alone_but_not_the_one_that_answers_for_a_unit(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;

	leave(district, "water-member", "2019-03-04");
	leave(district, "water-head", "2019-03-04");
	district_must(district, end_post(district, "water-member", "2019-03-04"));
	assert_int_equal(district->receipt.count, 1);
	refused(district, end_post(district, "water-head", "2019-03-04"), ERR_CONFLICT, "nobody who answers");
}

static void a_unit_keeps_the_name_it_had(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	struct unit unit = *org_unit(district->scene->org, unit_id(district->scene, "water"));
	struct org *org;

	unit.name = STR("水利局");
	unit.since = day_of("2019-03-05");
	refused(district, district_act(district, (struct act){.kind = ACT_UNIT, .what.unit = &unit}),
		ERR_INVALID, "yet to come");
	unit.since = day_of("2019-03-04");
	district_must(district, district_act(district, (struct act){.kind = ACT_UNIT, .what.unit = &unit}));
	district_must(district, store_org_load(district->reader, district->arena, &org, &district->why));
	assert_string_equal(org_unit(org, unit.id)->name.data, "水利局");
	assert_string_equal(org_unit_on(org, unit.id, day_of("2019-03-03")).name.data, "水务局");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_unit_and_its_posts_end_in_one_act, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_open_is_never_left_behind, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_post_ends_alone_but_not_the_one_that_answers_for_a_unit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_unit_keeps_the_name_it_had, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
