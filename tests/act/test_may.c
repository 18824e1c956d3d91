/* Who may change the institution: one function a kind of row, nobody for themselves, and the top where nobody
 * else is left. */
#include "lodge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int64_t who(const struct district *district, const char *code)
{
	return person_id(district->scene, code);
}

static void give(struct district *district, const char *name, const char *unit)
{
	struct function function = {.name = str_from(name), .unit = unit_id(district->scene, unit)};

	district_must(district,
		district_act(district, (struct act){.kind = ACT_FUNCTION, .what.function = &function}));
}

/* The founding is over; the organisation office is agri (ann, liaison none), staffing is water, rules is
 * office. */
static struct lodge *lodge_with_offices(void)
{
	struct lodge *lodge = lodge_new();

	give(lodge->district, "establishment_office", "water");
	/* From here on water records functions; its head does. */
	lodge->district->recorder = who(lodge->district, "wang");
	give(lodge->district, "organisation_office", "agri");
	give(lodge->district, "rules_office", "office");
	return lodge;
}

static void expect_by(struct lodge *lodge, const char *says, const char *person, struct act act,
	enum err want, const char *place)
{
	act.person = who(lodge->district, person);
	enum err err = district_act(lodge->district, act);

	if (err != want || (want != ERR_OK && strcmp(lodge->district->why.place, place) != 0))
		fail_msg("%s by %s: %s at %s: %s", says, person, err_name(err), lodge->district->why.place,
			lodge->district->why.text);
}

static void each_kind_has_its_office(void **state)
{
	struct lodge *lodge = lodge_with_offices();
	struct unit unit = {.code = STR("new"),
		.name = STR("新办"),
		.kind = STR("office"),
		.parent = 1,
		.since = DAY_NONE,
		.until = DAY_NONE};
	struct post post = {.code = STR("new-head"),
		.title = STR("主任"),
		.unit = 1,
		.kind = POST_MEMBER,
		.until = DAY_NONE};
	struct function function = {.name = STR("new_function"), .unit = 1};
	struct person person = {.code = STR("new"), .name = STR("新人"), .born = DAY_NONE};
	struct tenure tenure = {.post = post_id(lodge->district->scene, "park-head"),
		.person = who(lodge->district, "mo"),
		.until = DAY_NONE};
	struct kin kin = {.person = who(lodge->district, "wang"),
		.other = who(lodge->district, "mo"),
		.kind = STR("sibling"),
		.until = DAY_NONE};
	struct calendar_day day = {.works = true};
	const struct {
		const char *may, *may_not, *nor;
		struct act act;
	} rows[] = {
		{"wang", "ann", "he", {.kind = ACT_UNIT, .what.unit = &unit}},
		{"wei", "ann", "lin", {.kind = ACT_POST, .what.post = &post}},
		{"bo", "ann", "he", {.kind = ACT_FUNCTION, .what.function = &function}},
		{"ann", "wang", "lin", {.kind = ACT_PERSON, .what.person = &person}},
		{"ann", "he", "lin", {.kind = ACT_TENURE, .what.tenure = &tenure}},
		{"ann", "he", "ji", {.kind = ACT_KIN, .what.kin = &kin}},
		{"he", "ann", "lin",
			{.kind = ACT_CALENDAR,
				.what.calendar = {.version = STR("own+1"), .days = &day, .count = 1}}},
		{"du", "wang", "lin",
			{.kind = ACT_ADOPT,
				.what.adopt = {.items = &(struct definition_text){.file = STR("x.yaml"),
						       .text = STR("procedure: x")},
					.count = 1}}},
	};

	(void)state;
	tenure.from = kin.until = DAY_NONE;
	scene_must(day_parse(STR("2019-03-04"), &tenure.from, NULL), &lodge->district->why);
	scene_must(day_parse(STR("2019-03-03"), &day.day, NULL), &lodge->district->why);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		bool proved = rows[i].act.kind == ACT_ADOPT; /* it goes on to the proof, which it fails */

		expect_by(lodge, "no right", rows[i].may_not, rows[i].act, ERR_FORBIDDEN, "person");
		expect_by(lodge, "no right", rows[i].nor, rows[i].act, ERR_FORBIDDEN, "person");
		expect_by(lodge, "the office", rows[i].may, rows[i].act, proved ? ERR_REFUSED : ERR_OK,
			"check");
	}
	lodge_free(lodge);
}

static void nobody_records_what_is_about_themselves(void **state)
{
	struct lodge *lodge = lodge_with_offices();
	struct district *district = lodge->district;
	struct tenure own = {.post = post_id(district->scene, "park-head"),
		.person = who(district, "ann"),
		.until = DAY_NONE};
	struct tenure ends = *org_tenure_at(district->scene->org, 0);
	struct kin kin = {.person = who(district, "wang"),
		.other = who(district, "ann"),
		.kind = STR("spouse"),
		.until = DAY_NONE};

	(void)state;
	scene_must(day_parse(STR("2019-03-04"), &own.from, NULL), &district->why);
	expect_by(lodge, "a post of one's own", "ann", (struct act){.kind = ACT_TENURE, .what.tenure = &own},
		ERR_FORBIDDEN, "person");
	for (size_t i = 0; i < org_tenure_count(district->scene->org); i++)
		if (org_tenure_at(district->scene->org, i)->person == who(district, "ann"))
			ends = *org_tenure_at(district->scene->org, i);
	ends.person = who(district, "mo");
	expect_by(lodge, "their own, in another's name", "ann",
		(struct act){.kind = ACT_TENURE, .what.tenure = &ends}, ERR_FORBIDDEN, "person");
	expect_by(lodge, "a relative", "ann", (struct act){.kind = ACT_KIN, .what.kin = &kin}, ERR_FORBIDDEN,
		"person");
	/* ann is the only one of the office: what is about ann falls to the top. */
	expect_by(lodge, "the top stands in", "lin", (struct act){.kind = ACT_TENURE, .what.tenure = &own},
		ERR_OK, "");
	expect_by(lodge, "but not for others", "lin",
		(struct act){.kind = ACT_PERSON,
			.what.person =
				&(struct person){.code = STR("z"), .name = STR("z"), .born = DAY_NONE}},
		ERR_FORBIDDEN, "person");
	lodge_free(lodge);
}

static void powers_are_delegated_by_their_holder_or_the_office(void **state)
{
	struct lodge *lodge = lodge_with_offices();
	struct district *district = lodge->district;
	struct delegation own = {.from = who(district, "wang"), .to = who(district, "mo")};
	struct delegation taken = {.from = who(district, "wang"), .to = who(district, "ann")};
	struct delegation changed = {.id = 1, .from = who(district, "he"), .to = who(district, "mo")};
	const struct act act = {.kind = ACT_DELEGATION, .what.delegation = &own};

	(void)state;
	scene_must(day_parse(STR("2019-03-05"), &own.since, NULL), &district->why);
	scene_must(day_parse(STR("2019-03-15"), &own.until, NULL), &district->why);
	taken.since = changed.since = own.since;
	taken.until = changed.until = own.until;
	expect_by(lodge, "who gets it", "mo", act, ERR_FORBIDDEN, "person");
	expect_by(lodge, "anybody", "he", act, ERR_FORBIDDEN, "person");
	expect_by(lodge, "who gives it", "wang", act, ERR_OK, "");
	expect_by(lodge, "the office", "ann", act, ERR_OK, "");
	expect_by(lodge, "the office, to itself", "ann",
		(struct act){.kind = ACT_DELEGATION, .what.delegation = &taken}, ERR_FORBIDDEN, "person");
	expect_by(lodge, "another's, made one's own", "he",
		(struct act){.kind = ACT_DELEGATION, .what.delegation = &changed}, ERR_FORBIDDEN, "person");
	lodge_free(lodge);
}

static void after_the_founding_nothing_is_recorded_by_nobody(void **state)
{
	struct lodge *lodge = lodge_new();
	struct person person = {.code = STR("new"), .name = STR("新人"), .born = DAY_NONE};
	const struct act act = {.kind = ACT_PERSON, .what.person = &person};

	(void)state;
	expect_by(
		lodge, "no function is given: the head of the top unit", "he", act, ERR_FORBIDDEN, "person");
	lodge->district->recorder = 0;
	assert_int_equal(district_act(lodge->district, act), ERR_FORBIDDEN);
	assert_string_equal(lodge->district->why.place, "person");
	expect_by(lodge, "the head of the top unit", "lin", act, ERR_OK, "");
	lodge_free(lodge);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_office),
		cmocka_unit_test(nobody_records_what_is_about_themselves),
		cmocka_unit_test(powers_are_delegated_by_their_holder_or_the_office),
		cmocka_unit_test(after_the_founding_nothing_is_recorded_by_nobody),
	};

	return cmocka_run_group_tests_name("may", tests, NULL, NULL);
}
