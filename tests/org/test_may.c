/* test_may.c: what contradicts the record may not be recorded: each refusal names the field and says why. */
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

static void expect_refusal(enum err err, const struct bh_err *why, enum err wanted, const char *field)
{
	assert_int_equal(err, wanted);
	assert_int_equal(why->code, wanted);
	assert_string_equal(why->place, field);
	assert_true(strlen(why->text) > 10);
}

#define REFUSED(noun, row, wanted, field)                                                                    \
	do {                                                                                                 \
		struct bh_err why = {0};                                                                     \
		enum err err = org_##noun##_may(house.org, &(row), &why);                                    \
		expect_refusal(err, &why, wanted, field);                                                    \
	} while (0)
#define ALLOWED(noun, row) assert_int_equal(org_##noun##_may(house.org, &(row), NULL), ERR_OK)

/* ---- units ---- */

static struct unit new_unit(void)
{
	return (struct unit){.id = (int64_t)org_unit_count(house.org) + 1,
		.code = STR("fire"),
		.name = STR("消防局"),
		.parent = unit_at(&house, "government"),
		.since = DAY_NONE,
		.until = DAY_NONE};
}

static void a_unit_needs_a_code_of_its_own_a_name_and_what_it_refers_to(void **state)
{
	struct unit unit = new_unit();

	(void)state;
	ALLOWED(unit, unit);
	unit.id++;
	REFUSED(unit, unit, ERR_INVALID, "id");
	unit.id = 0;
	REFUSED(unit, unit, ERR_INVALID, "id");
	unit = new_unit();
	unit.code = STR_NONE;
	REFUSED(unit, unit, ERR_INVALID, "code");
	unit.code = STR("the fire");
	REFUSED(unit, unit, ERR_INVALID, "code");
	unit.code = STR("fire,");
	REFUSED(unit, unit, ERR_INVALID, "code");
	unit.code = STR("fi\nre");
	REFUSED(unit, unit, ERR_INVALID, "code");
	unit.code = STR("fi\"re");
	REFUSED(unit, unit, ERR_INVALID, "code");
	unit.code = STR("12345678901234567890123456789012345678901234567890123456789012345");
	REFUSED(unit, unit, ERR_INVALID, "code");
	unit.code = STR("water");
	REFUSED(unit, unit, ERR_CONFLICT, "code");
	unit = new_unit();
	unit.name = STR(" ");
	REFUSED(unit, unit, ERR_INVALID, "name");
	unit.name = STR("\xFF");
	REFUSED(unit, unit, ERR_INVALID, "name");
	unit = new_unit();
	unit.parent = 999;
	REFUSED(unit, unit, ERR_NOT_FOUND, "parent");
	unit = new_unit();
	unit.leader = 999;
	REFUSED(unit, unit, ERR_NOT_FOUND, "leader");
}

static void no_unit_comes_to_stand_above_itself(void **state)
{
	struct unit committee = *org_unit(house.org, unit_at(&house, "committee"));
	struct unit park = *org_unit(house.org, unit_at(&house, "park"));

	(void)state;
	committee.parent = committee.id;
	REFUSED(unit, committee, ERR_CONFLICT, "parent");
	committee.parent = unit_at(&house, "pool"); /* three below it */
	REFUSED(unit, committee, ERR_CONFLICT, "parent");
	park.parent = unit_at(&house, "pool");
	REFUSED(unit, park, ERR_CONFLICT, "parent");
	park.parent = unit_at(&house, "office");
	ALLOWED(unit, park);
}

/* ---- posts ---- */

static void a_post_belongs_to_a_unit_which_has_one_head(void **state)
{
	struct post post = {.id = (int64_t)org_post_count(house.org) + 1,
		.code = STR("park-head"),
		.title = STR("园林中心主任"),
		.unit = unit_at(&house, "park"),
		.kind = POST_HEAD,
		.until = DAY_NONE};

	(void)state;
	ALLOWED(post, post);
	post.unit = unit_at(&house, "water");
	REFUSED(post, post, ERR_CONFLICT, "kind");
	post.kind = POST_DEPUTY;
	ALLOWED(post, post);
	post.kind = POST_KIND_COUNT;
	REFUSED(post, post, ERR_INVALID, "kind");
	post.kind = POST_DEPUTY;
	post.unit = 0;
	REFUSED(post, post, ERR_NOT_FOUND, "unit");
	post.unit = unit_at(&house, "water");
	post.title = STR_NONE;
	REFUSED(post, post, ERR_INVALID, "title");
	post.title = STR("副主任");
	post.code = STR("mayor");
	REFUSED(post, post, ERR_CONFLICT, "code");
	post.code = STR("x");
	post.id += 5;
	REFUSED(post, post, ERR_INVALID, "id");
	/* The head stays the head of its own unit. */
	post = *org_post(house.org, post_at(&house, "water-head"));
	post.title = STR("水务局党组书记、局长");
	ALLOWED(post, post);
}

/* ---- people ---- */

static void a_person_has_a_sign_in_name_of_their_own_and_a_name(void **state)
{
	struct person person = {.id = (int64_t)org_person_count(house.org) + 1,
		.code = STR("fan"),
		.name = STR("范"),
		.gender = STR("f"),
		.born = DAY_NONE};

	(void)state;
	ALLOWED(person, person);
	person.gender = STR("female");
	REFUSED(person, person, ERR_INVALID, "gender");
	person.gender = STR_NONE;
	person.code = STR("an");
	REFUSED(person, person, ERR_CONFLICT, "code");
	person.code = STR("fan");
	person.name = STR_NONE;
	REFUSED(person, person, ERR_INVALID, "name");
	person.name = STR("范");
	person.id = -1;
	REFUSED(person, person, ERR_INVALID, "id");
}

/* ---- tenures ---- */

static void nobody_holds_a_post_in_days_in_which_somebody_else_does(void **state)
{
	static const struct {
		const char *from, *until;
		bool allowed;
	} rows[] = {
		{"2018-01-01", "2018-03-01", true}, /* ends as the other begins */
		{"2018-01-01", "2018-03-02", false},
		{"2018-01-01", NULL, false},
		{"2018-03-01", "2018-03-02", false},
		{"2018-12-31", "2019-06-01", false},
		{"2018-06-01", "2018-07-01", false},
		{"2019-01-01", "2019-06-01", true}, /* begins as the other ends */
		{"2019-01-01", NULL, true},
	};
	struct tenure tenure;
	int64_t held = house_tenure(&house, "mayor", "an", "2018-03-01", "2019-01-01", TENURE_HOLDER);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		tenure = (struct tenure){.id = 2,
			.post = post_at(&house, "mayor"),
			.person = person_at(&house, "bo"),
			.from = day_at(rows[i].from),
			.until = rows[i].until == NULL ? DAY_NONE : day_at(rows[i].until)};
		if (rows[i].allowed)
			ALLOWED(tenure, tenure);
		else
			REFUSED(tenure, tenure, ERR_CONFLICT, "post");
		/* Acting in it, or holding another post, contradicts nothing. */
		tenure.kind = TENURE_ACTING;
		ALLOWED(tenure, tenure);
		tenure.kind = TENURE_HOLDER;
		tenure.post = post_at(&house, "secretary");
		ALLOWED(tenure, tenure);
	}
	/* A tenure doesn't contradict itself: it may be ended, or ended later. */
	tenure = *org_tenure_at(house.org, (size_t)held - 1);
	tenure.until = DAY_NONE;
	ALLOWED(tenure, tenure);
}

static void one_at_a_time_acts_in_a_post(void **state)
{
	struct tenure tenure;

	(void)state;
	house_tenure(&house, "mayor", "an", "2018-03-01", NULL, TENURE_ACTING);
	tenure = (struct tenure){2, post_at(&house, "mayor"), person_at(&house, "bo"), day_at("2019-01-01"),
		DAY_NONE, TENURE_ACTING, STR_NONE};
	REFUSED(tenure, tenure, ERR_CONFLICT, "post");
}

static void a_tenure_is_of_somebody_in_some_post_and_begins_before_it_ends(void **state)
{
	const struct tenure good = {1, post_at(&house, "mayor"), person_at(&house, "an"),
		day_at("2019-01-01"), day_at("2019-01-02"), TENURE_HOLDER, STR_NONE};
	struct tenure tenure = good;

	(void)state;
	ALLOWED(tenure, tenure);
	tenure.id = 2;
	REFUSED(tenure, tenure, ERR_INVALID, "id");
	tenure = good;
	tenure.post = 0;
	REFUSED(tenure, tenure, ERR_NOT_FOUND, "post");
	tenure = good;
	tenure.person = 99;
	REFUSED(tenure, tenure, ERR_NOT_FOUND, "person");
	tenure = good;
	tenure.from = DAY_NONE;
	REFUSED(tenure, tenure, ERR_INVALID, "from");
	tenure = good;
	tenure.until = tenure.from;
	REFUSED(tenure, tenure, ERR_INVALID, "until");
	tenure.until = day_at("2018-12-31");
	REFUSED(tenure, tenure, ERR_INVALID, "until");
	tenure = good;
	tenure.kind = TENURE_KIND_COUNT;
	REFUSED(tenure, tenure, ERR_INVALID, "kind");
}

/* ---- functions, delegations, relatives ---- */

static void a_function_belongs_to_one_unit_or_to_one_post(void **state)
{
	struct function function = {STR("supervision_office"), unit_at(&house, "office"), 0};

	(void)state;
	ALLOWED(function, function);
	function.post = post_at(&house, "mayor");
	REFUSED(function, function, ERR_INVALID, "unit");
	function.unit = 0;
	ALLOWED(function, function);
	function.post = 0;
	REFUSED(function, function, ERR_INVALID, "unit");
	function.post = 999;
	REFUSED(function, function, ERR_NOT_FOUND, "post");
	function.post = 0;
	function.unit = 999;
	REFUSED(function, function, ERR_NOT_FOUND, "unit");
	function.unit = unit_at(&house, "office");
	function.name = STR_NONE;
	REFUSED(function, function, ERR_INVALID, "function");
}

static void a_delegation_is_from_one_to_another_and_ends(void **state)
{
	const struct delegation good = {1, person_at(&house, "an"), person_at(&house, "bo"),
		day_at("2019-01-01"), day_at("2019-01-02")};
	struct delegation delegation = good;

	(void)state;
	ALLOWED(delegation, delegation);
	delegation.to = delegation.from;
	REFUSED(delegation, delegation, ERR_CONFLICT, "to");
	delegation.to = 99;
	REFUSED(delegation, delegation, ERR_NOT_FOUND, "to");
	delegation = good;
	delegation.from = 0;
	REFUSED(delegation, delegation, ERR_NOT_FOUND, "from");
	delegation = good;
	delegation.until = DAY_NONE; /* without end it would be a tenure */
	REFUSED(delegation, delegation, ERR_INVALID, "until");
	delegation.until = delegation.since;
	REFUSED(delegation, delegation, ERR_INVALID, "until");
	delegation = good;
	delegation.since = DAY_NONE;
	REFUSED(delegation, delegation, ERR_INVALID, "until");
	delegation = good;
	delegation.id = 3;
	REFUSED(delegation, delegation, ERR_INVALID, "id");
}

static void a_relation_is_between_two_people(void **state)
{
	struct kin kin = {1, person_at(&house, "an"), person_at(&house, "bo"), STR("sibling"), DAY_NONE};

	(void)state;
	ALLOWED(kin, kin);
	kin.other = kin.person;
	REFUSED(kin, kin, ERR_CONFLICT, "other");
	kin.other = 99;
	REFUSED(kin, kin, ERR_NOT_FOUND, "other");
	kin.other = person_at(&house, "bo");
	kin.person = 0;
	REFUSED(kin, kin, ERR_NOT_FOUND, "person");
	kin.person = person_at(&house, "an");
	kin.kind = STR("\xFF");
	REFUSED(kin, kin, ERR_INVALID, "kind");
}

/* ---- rows as payloads ---- */

static void every_row_comes_back_from_its_payload(void **state)
{
	struct arena *arena = house.arena;
	struct unit unit = {7, STR("fire"), STR("消防局"), STR("Fire"), STR("department"), 3, 2,
		day_at("2019-03-01"), day_at("2024-07-01")};
	struct post post = {8, STR("fire-head"), 7, STR("局长"), STR("Head"), POST_LIAISON, STR("正科"),
		day_at("2024-07-01")};
	struct person person = {9, STR("fan"), STR("范"), STR("p-1"), STR("f"), day_at("1980-02-29")};
	struct tenure tenure = {
		4, 8, 9, day_at("2019-01-01"), day_at("2020-01-01"), TENURE_ACTING, STR("promotion")};
	struct function functions[] = {{STR("fire_office"), 7, 0}, {STR("fire_chief"), 0, 8}};
	struct delegation delegation = {2, 9, 1, day_at("2019-03-01"), day_at("2019-03-08")};
	struct kin kin = {1, 9, 1, STR("spouse"), day_at("2021-01-01")};

	(void)state;
	for (int none = 0; none < 2; none++) {
		struct doc *docs[] = {unit_to_doc(arena, &unit), post_to_doc(arena, &post),
			person_to_doc(arena, &person), tenure_to_doc(arena, &tenure),
			function_to_doc(arena, &functions[none]), delegation_to_doc(arena, &delegation),
			kin_to_doc(arena, &kin)};
		struct unit unit_back = unit_from_doc(docs[0]);
		struct post post_back = post_from_doc(docs[1]);
		struct person person_back = person_from_doc(docs[2]);
		struct tenure tenure_back = tenure_from_doc(docs[3]);
		struct function function_back = function_from_doc(docs[4]);
		struct delegation delegation_back = delegation_from_doc(docs[5]);
		struct kin kin_back = kin_from_doc(docs[6]);
		struct doc *again[] = {unit_to_doc(arena, &unit_back), post_to_doc(arena, &post_back),
			person_to_doc(arena, &person_back), tenure_to_doc(arena, &tenure_back),
			function_to_doc(arena, &function_back), delegation_to_doc(arena, &delegation_back),
			kin_to_doc(arena, &kin_back)};

		for (size_t i = 0; i < ARRAY_COUNT(docs); i++)
			assert_string_equal(doc_print(arena, again[i]).data, doc_print(arena, docs[i]).data);
		assert_int_equal(unit_back.id, unit.id);
		assert_int_equal(unit_back.parent, unit.parent);
		assert_int_equal(unit_back.leader, unit.leader);
		assert_true(
			str_equal(unit_back.name_en, unit.name_en) && str_equal(unit_back.kind, unit.kind));
		assert_int_equal(post_back.kind, post.kind);
		assert_true(str_equal(post_back.rank, post.rank) && post_back.unit == post.unit);
		assert_int_equal(person_back.born.number, person.born.number);
		assert_true(str_equal(person_back.pseudonym, person.pseudonym));
		assert_int_equal(tenure_back.until.number, tenure.until.number);
		assert_int_equal(tenure_back.kind, tenure.kind);
		assert_true(str_equal(tenure_back.move, tenure.move) && tenure_back.person == tenure.person);
		assert_int_equal(function_back.unit, functions[none].unit);
		assert_int_equal(function_back.post, functions[none].post);
		assert_int_equal(delegation_back.until.number, delegation.until.number);
		assert_int_equal(kin_back.until.number, kin.until.number);
		/* Once more with what may be left out. */
		unit.parent = unit.leader = 0;
		unit.name_en = unit.kind = post.rank = tenure.move = person.gender = STR_NONE;
		person.born = tenure.until = kin.until = DAY_NONE;
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_unit_needs_a_code_of_its_own_a_name_and_what_it_refers_to),
		TEST(no_unit_comes_to_stand_above_itself),
		TEST(a_post_belongs_to_a_unit_which_has_one_head),
		TEST(a_person_has_a_sign_in_name_of_their_own_and_a_name),
		TEST(nobody_holds_a_post_in_days_in_which_somebody_else_does),
		TEST(one_at_a_time_acts_in_a_post),
		TEST(a_tenure_is_of_somebody_in_some_post_and_begins_before_it_ends),
		TEST(a_function_belongs_to_one_unit_or_to_one_post),
		TEST(a_delegation_is_from_one_to_another_and_ends),
		TEST(a_relation_is_between_two_people),
		TEST(every_row_comes_back_from_its_payload),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
