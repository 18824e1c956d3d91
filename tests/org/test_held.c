/* test_held.c: who holds a post on a day, who answers for a unit, who stands above it, who stands in for
 * whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

/* The sign-in name of who holds the post on that day; "" when it is vacant. */
static const char *holder(const char *post, const char *day)
{
	const struct tenure *tenure = org_holder(house.org, post_at(&house, post), day_at(day));

	return tenure == NULL ? "" : org_person(house.org, tenure->person)->code.data;
}

static void a_tenure_holds_from_its_first_day_to_the_day_before_its_end(void **state)
{
	(void)state;
	house_tenure(&house, "water-head", "an", "2018-03-01", "2019-03-01", TENURE_HOLDER);
	assert_string_equal(holder("water-head", "2018-02-28"), "");
	assert_string_equal(holder("water-head", "2018-03-01"), "an");
	assert_string_equal(holder("water-head", "2019-02-28"), "an");
	assert_string_equal(holder("water-head", "2019-03-01"), "");
}

static void a_post_passes_to_the_next_holder_without_a_gap_or_an_overlap(void **state)
{
	(void)state;
	house_tenure(&house, "water-head", "an", "2018-03-01", "2019-03-01", TENURE_HOLDER);
	house_tenure(&house, "water-head", "bo", "2019-03-01", NULL, TENURE_HOLDER);
	assert_string_equal(holder("water-head", "2019-02-28"), "an");
	assert_string_equal(holder("water-head", "2019-03-01"), "bo");
	assert_string_equal(holder("water-head", "2999-12-31"), "bo");
}

static void whoever_acts_in_a_post_stands_behind_its_holder(void **state)
{
	(void)state;
	house_tenure(&house, "water-head", "an", "2018-03-01", "2019-03-01", TENURE_HOLDER);
	house_tenure(&house, "water-head", "bo", "2019-02-01", "2019-06-01", TENURE_ACTING);
	house_tenure(&house, "water-head", "cai", "2019-05-01", NULL, TENURE_HOLDER);
	assert_string_equal(holder("water-head", "2019-02-15"), "an");
	assert_string_equal(holder("water-head", "2019-03-15"), "bo");
	assert_string_equal(holder("water-head", "2019-05-15"), "cai");
}

static void a_post_that_nobody_holds_is_vacant(void **state)
{
	(void)state;
	assert_string_equal(holder("secretary", "2019-01-01"), "");
	assert_null(org_holder(house.org, 0, day_at("2019-01-01")));
	assert_null(org_holder(house.org, 999, day_at("2019-01-01")));
}

static void a_corrected_tenure_leaves_nothing_of_what_it_said(void **state)
{
	int64_t id = house_tenure(&house, "water-head", "an", "2018-03-01", NULL, TENURE_HOLDER);
	struct tenure corrected = *org_tenure_at(house.org, (size_t)id - 1);
	int64_t posts[4];

	(void)state;
	corrected.post = post_at(&house, "mayor");
	corrected.person = person_at(&house, "bo");
	assert_int_equal(org_tenure_may(house.org, &corrected, NULL), ERR_OK);
	org_tenure_set(house.org, &corrected);
	assert_int_equal(org_tenure_count(house.org), 1);
	assert_string_equal(holder("water-head", "2019-01-01"), "");
	assert_string_equal(holder("mayor", "2019-01-01"), "bo");
	assert_int_equal(
		org_posts_held(house.org, person_at(&house, "an"), day_at("2019-01-01"), posts, 4), 0);
	assert_int_equal(
		org_posts_held(house.org, person_at(&house, "bo"), day_at("2019-01-01"), posts, 4), 1);
	assert_int_equal(posts[0], post_at(&house, "mayor"));
}

static void somebody_may_hold_several_posts_and_those_of_the_day_are_told(void **state)
{
	int64_t posts[4];
	int64_t an = person_at(&house, "an");

	(void)state;
	house_tenure(&house, "mayor", "an", "2018-01-01", "2018-07-01", TENURE_HOLDER);
	house_tenure(&house, "vice-mayor", "an", "2018-03-01", NULL, TENURE_HOLDER);
	house_tenure(&house, "water-head", "an", "2018-03-01", NULL, TENURE_ACTING);
	assert_int_equal(org_posts_held(house.org, an, day_at("2018-02-01"), posts, 4), 1);
	assert_int_equal(org_posts_held(house.org, an, day_at("2018-04-01"), posts, 4), 3);
	assert_int_equal(org_posts_held(house.org, an, day_at("2018-08-01"), posts, 4), 2);
	assert_int_equal(posts[0], post_at(&house, "vice-mayor"));
	assert_int_equal(posts[1], post_at(&house, "water-head"));
	/* No more than there is room for. */
	assert_int_equal(org_posts_held(house.org, an, day_at("2018-04-01"), posts, 2), 2);
	assert_int_equal(
		org_posts_held(house.org, person_at(&house, "bo"), day_at("2018-04-01"), posts, 4), 0);
}

static void the_head_answers_for_a_unit_wherever_it_stands_among_its_posts(void **state)
{
	(void)state;
	assert_int_equal(org_head_post(house.org, unit_at(&house, "office")), post_at(&house, "office-head"));
	assert_int_equal(org_head_post(house.org, unit_at(&house, "park")), 0);
	assert_int_equal(org_head_post(house.org, 0), 0);
	assert_int_equal(org_head_post(house.org, 999), 0);
}

static void heads_deputies_and_liaisons_act_for_their_own_unit_and_members_do_not(void **state)
{
	static const struct {
		const char *post, *unit;
		bool acts;
	} rows[] = {
		{"office-head", "office", true},
		{"office-deputy", "office", true},
		{"office-liaison", "office", true},
		{"office-member", "office", false},
		{"secretary", "office", false}, /* who leads it isn't of it */
		{"secretary", "committee", true},
		{"mayor", "water", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_int_equal(org_post_acts_for(house.org, post_at(&house, rows[i].post),
					 unit_at(&house, rows[i].unit)),
			rows[i].acts);
	assert_false(org_post_acts_for(house.org, 0, unit_at(&house, "office")));
}

static const char *superior(const char *unit)
{
	int64_t post = org_superior_post(house.org, unit_at(&house, unit));

	return post == 0 ? "" : org_post(house.org, post)->code.data;
}

static void above_a_unit_stands_its_leader_in_charge_or_the_next_head_above(void **state)
{
	(void)state;
	assert_string_equal(superior("water"), "vice-mayor"); /* who leads it */
	assert_string_equal(superior("park"), "mayor");       /* the head of its parent */
	assert_string_equal(superior("pool"), "mayor");       /* its parent has none: the one above */
	assert_string_equal(superior("government"), "secretary");
	assert_string_equal(superior("office"), "secretary");
	assert_string_equal(superior("committee"), ""); /* nobody at the top */
	assert_int_equal(org_superior_post(house.org, 0), 0);
	assert_int_equal(org_superior_post(house.org, 999), 0);
}

static void a_units_own_head_never_stands_above_it(void **state)
{
	struct unit water = *org_unit(house.org, unit_at(&house, "water"));

	(void)state;
	water.leader = post_at(&house, "water-head");
	assert_int_equal(org_unit_may(house.org, &water, NULL), ERR_OK);
	org_unit_set(house.org, &water);
	assert_string_equal(superior("water"), "mayor");
}

static void a_post_that_moves_to_another_unit_answers_for_that_one(void **state)
{
	struct post post = *org_post(house.org, post_at(&house, "water-head"));

	(void)state;
	post.unit = unit_at(&house, "park");
	assert_int_equal(org_post_may(house.org, &post, NULL), ERR_OK);
	org_post_set(house.org, &post);
	assert_int_equal(org_head_post(house.org, unit_at(&house, "water")), 0);
	assert_int_equal(org_head_post(house.org, unit_at(&house, "park")), post.id);
	assert_string_equal(superior("pool"), "water-head");
}

static void a_delegate_acts_from_the_first_day_to_the_day_before_the_last_and_passes_nothing_on(void **state)
{
	int64_t an = person_at(&house, "an"), bo = person_at(&house, "bo"), cai = person_at(&house, "cai");

	(void)state;
	house_delegation(&house, "an", "bo", "2019-03-01", "2019-03-08");
	house_delegation(&house, "bo", "cai", "2019-03-01", "2019-03-08");
	assert_false(org_is_delegate(house.org, an, bo, day_at("2019-02-28")));
	assert_true(org_is_delegate(house.org, an, bo, day_at("2019-03-01")));
	assert_true(org_is_delegate(house.org, an, bo, day_at("2019-03-07")));
	assert_false(org_is_delegate(house.org, an, bo, day_at("2019-03-08")));
	assert_false(org_is_delegate(house.org, bo, an, day_at("2019-03-01")));
	assert_false(org_is_delegate(house.org, an, cai, day_at("2019-03-01")));
}

static void relatives_are_relatives_both_ways_until_they_no_longer_count(void **state)
{
	int64_t an = person_at(&house, "an"), bo = person_at(&house, "bo");
	struct kin kin = {1, an, bo, STR("in-law"), day_at("2019-06-01")};

	(void)state;
	assert_int_equal(org_kin_may(house.org, &kin, NULL), ERR_OK);
	org_kin_set(house.org, &kin);
	assert_true(org_are_kin(house.org, an, bo, day_at("2019-05-31")));
	assert_true(org_are_kin(house.org, bo, an, day_at("1990-01-01")));
	assert_false(org_are_kin(house.org, an, bo, day_at("2019-06-01")));
	assert_false(org_are_kin(house.org, an, person_at(&house, "cai"), day_at("2019-01-01")));
	kin.until = DAY_NONE;
	org_kin_set(house.org, &kin);
	assert_true(org_are_kin(house.org, an, bo, day_at("2999-01-01")));
	assert_int_equal(org_kin_count(house.org), 1);
}

static void relations_of_matters_have_names_of_their_own(void **state)
{
	static const struct {
		struct relation row;
		enum err want;
		const char *place;
	} rows[] = {
		{{1, {"arises_from", 11}, {"源于", 6}, {"Arises from", 11}}, ERR_OK, ""},
		{{2, {"arises_from", 11}, {"出自", 6}, {"", 0}}, ERR_CONFLICT, "relation"},
		{{2, {"", 0}, {"出自", 6}, {"", 0}}, ERR_INVALID, "relation"},
		{{2, {"replaces", 8}, {"", 0}, {"Replaces", 8}}, ERR_INVALID, "zh"},
		{{2, {"replaces", 8}, {"替代", 6}, {"\xff", 1}}, ERR_INVALID, "en"},
		{{2, {"cause", 5}, {"起因", 6}, {"", 0}}, ERR_CONFLICT, "relation"},
		{{3, {"replaces", 8}, {"替代", 6}, {"", 0}}, ERR_INVALID, "id"},
		{{1, {"arises_from", 11}, {"出自", 6}, {"", 0}}, ERR_OK, ""},
	};
	struct bh_err why = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		why = (struct bh_err){0};
		assert_int_equal(org_relation_may(house.org, &rows[i].row, &why), rows[i].want);
		assert_string_equal(why.place, rows[i].place);
		if (rows[i].want == ERR_OK)
			org_relation_set(house.org, &rows[i].row);
	}
	assert_int_equal(org_relation_count(house.org), 1);
	assert_true(str_is(org_relation(house.org, STR("arises_from"))->zh, "出自"));
	assert_null(org_relation(house.org, STR("replaces")));
}

static void a_function_given_anew_is_taken_from_whoever_had_it(void **state)
{
	struct function function = {STR("supervision_office"), unit_at(&house, "office"), 0};

	(void)state;
	assert_null(org_function(house.org, function.name));
	org_function_set(house.org, &function);
	assert_int_equal(org_function(house.org, function.name)->unit, unit_at(&house, "office"));
	function = (struct function){function.name, 0, post_at(&house, "mayor")};
	org_function_set(house.org, &function);
	assert_int_equal(org_function_count(house.org), 1);
	assert_int_equal(org_function(house.org, function.name)->unit, 0);
	assert_int_equal(org_function(house.org, function.name)->post, post_at(&house, "mayor"));
}

static void a_changed_code_is_found_and_the_old_one_no_longer(void **state)
{
	struct unit water = *org_unit(house.org, unit_at(&house, "water"));

	(void)state;
	water.code = STR("water-affairs");
	org_unit_set(house.org, &water);
	assert_null(org_unit_by_code(house.org, STR("water")));
	assert_int_equal(unit_at(&house, "water-affairs"), water.id);
	assert_int_equal(unit_at(&house, "office"), 2);
	assert_null(org_unit_by_code(house.org, STR("")));
}

static void a_whole_province_of_codes_is_found(void **state)
{
	(void)state;
	for (int i = 0; i < 5000; i++)
		house_person(&house, str_format(house.arena, "p%d", i).data);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(person_at(&house, str_format(house.arena, "p%d", i).data), 5 + i);
	assert_null(org_person_by_code(house.org, STR("p5000")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tenure_holds_from_its_first_day_to_the_day_before_its_end),
		TEST(a_post_passes_to_the_next_holder_without_a_gap_or_an_overlap),
		TEST(whoever_acts_in_a_post_stands_behind_its_holder),
		TEST(a_post_that_nobody_holds_is_vacant),
		TEST(a_corrected_tenure_leaves_nothing_of_what_it_said),
		TEST(somebody_may_hold_several_posts_and_those_of_the_day_are_told),
		TEST(the_head_answers_for_a_unit_wherever_it_stands_among_its_posts),
		TEST(heads_deputies_and_liaisons_act_for_their_own_unit_and_members_do_not),
		TEST(above_a_unit_stands_its_leader_in_charge_or_the_next_head_above),
		TEST(a_units_own_head_never_stands_above_it),
		TEST(a_post_that_moves_to_another_unit_answers_for_that_one),
		TEST(a_delegate_acts_from_the_first_day_to_the_day_before_the_last_and_passes_nothing_on),
		TEST(relatives_are_relatives_both_ways_until_they_no_longer_count),
		TEST(relations_of_matters_have_names_of_their_own),
		TEST(a_function_given_anew_is_taken_from_whoever_had_it),
		TEST(a_changed_code_is_found_and_the_old_one_no_longer),
		TEST(a_whole_province_of_codes_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
