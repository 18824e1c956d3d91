/* test_matrix.c: every relation that a person can have to a matter, by who may see it, while it runs and
 * after its end. Written from the rules, row by row. */
#include "sight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LASTS 9999

/* Who there is. */
enum who {
	WITHOUT_POST,
	ELSEWHERE,
	LEFT_TODAY,
	COMES_TOMORROW,
	IN_LEAD,
	ACTS_IN_LEAD,
	ABOVE_LEAD,
	BELOW_LEAD,
	COMMANDS,
	BEARS,
	BORE,
	HEADS_BEARING_UNIT,
	IN_BEARING_UNIT,
	BEARS_BY_NAME,
	ON_THE_NAMED_ONES_POST,
	DID,
	DID_AND_LEFT,
	DID_IN_OFFICE,
	IN_OFFICE,
	DID_AND_KIN,
	FOLLOWS,
	IN_FUNCTION,
	STANDS_IN_FOR_LEAD,
	STOOD_IN,
	WILL_STAND_IN,
	STANDS_IN_FOR_NOBODY,
	STANDS_IN_FOR_MEMBER,
	STANDS_IN_FOR_BEARER,
	MEMBER,
	MEMBER_UNTIL_TODAY,
	MEMBER_FROM_TOMORROW,
	MEMBER_WITHOUT_POST,
	SUBJECT,
	HEADS_THE_SUBJECT,
	SUBJECTS_KIN,
	HEADS_KIN,
	KIN_OF_THE_PAST,
	KEEPS_AN_ACCOUNT,
	BEARER_AND_KIN,
	WHO_COUNT
};

/* institution, unit, compartment: each while it runs and after its end. */
static const struct {
	const char *says, *sees;
} rows[WHO_COUNT] = {
	[WITHOUT_POST] = {"whoever holds no post", "00 00 00"},
	[ELSEWHERE] = {"whoever holds a post elsewhere", "11 00 00"},
	[LEFT_TODAY] = {"whoever left the lead unit today", "00 00 00"},
	[COMES_TOMORROW] = {"whoever comes to the lead unit tomorrow", "00 00 00"},
	[IN_LEAD] = {"a member of the lead unit", "11 11 00"},
	[ACTS_IN_LEAD] = {"whoever acts in a post of the lead unit", "11 11 00"},
	[ABOVE_LEAD] = {"a member of the unit above", "11 11 00"},
	[BELOW_LEAD] = {"a member of a unit below", "11 00 00"},
	[COMMANDS] = {"the commanding post", "11 11 00"},
	[BEARS] = {"the post that bears a duty", "11 11 10"},
	[BORE] = {"the post that bore one", "11 11 00"},
	[HEADS_BEARING_UNIT] = {"who may act for the unit that bears one", "11 11 10"},
	[IN_BEARING_UNIT] = {"a mere member of the unit that bears one", "11 11 00"},
	[BEARS_BY_NAME] = {"the person who bears one by name", "11 11 10"},
	[ON_THE_NAMED_ONES_POST] = {"the post through which a duty came to a person", "11 00 00"},
	[DID] = {"who did a deed", "11 11 00"},
	[DID_AND_LEFT] = {"who did a deed and holds no post any more", "00 00 00"},
	[DID_IN_OFFICE] = {"who did a deed and acts for a function of its procedure", "11 11 10"},
	[IN_OFFICE] = {"who acts for that function and did nothing yet", "11 11 00"},
	[DID_AND_KIN] = {"who did a deed for it and is related to the subject", "11 11 00"},
	[FOLLOWS] = {"who follows it", "11 00 00"},
	[IN_FUNCTION] = {"the function that a role names", "11 11 00"},
	[STANDS_IN_FOR_LEAD] = {"who stands in for one of the lead unit", "11 11 00"},
	[STOOD_IN] = {"who stood in for one until today", "00 00 00"},
	[WILL_STAND_IN] = {"who stands in for one from tomorrow", "00 00 00"},
	[STANDS_IN_FOR_NOBODY] = {"who stands in for one without a post", "00 00 00"},
	[STANDS_IN_FOR_MEMBER] = {"who stands in for a member of the compartment", "11 00 00"},
	[STANDS_IN_FOR_BEARER] = {"who stands in for one who bears a duty", "11 11 00"},
	[MEMBER] = {"a member of the compartment", "11 00 11"},
	[MEMBER_UNTIL_TODAY] = {"a member until today", "11 00 00"},
	[MEMBER_FROM_TOMORROW] = {"a member from tomorrow", "11 00 00"},
	[MEMBER_WITHOUT_POST] = {"a member without a post", "00 00 00"},
	[SUBJECT] = {"a member who is the subject", "11 00 00"},
	[HEADS_THE_SUBJECT] = {"a member who heads the subject's unit", "11 00 00"},
	[SUBJECTS_KIN] = {"a member related to the subject", "11 00 00"},
	[HEADS_KIN] = {"a member related to the head of the subject's unit", "11 00 00"},
	[KIN_OF_THE_PAST] = {"a member related to the subject until today", "11 00 11"},
	[KEEPS_AN_ACCOUNT] = {"a member who keeps an administrator's account", "11 00 00"},
	[BEARER_AND_KIN] = {"who bears a duty and is related to the subject", "11 11 00"},
};

struct cast {
	struct sight *sight;
	int64_t people[WHO_COUNT], posts[WHO_COUNT]; /* posts: held today; 0 for none */
	int64_t lead, works, commander;
};

static void hold(struct cast *cast, enum who who, int64_t unit, enum post_kind kind)
{
	struct sight *sight = cast->sight;

	cast->posts[who] = sight_post(sight, unit, kind);
	assert_true(sight_tenure(sight, cast->posts[who], cast->people[who], TENURE_HOLDER, -30, LASTS) > 0);
}

static void seat(struct cast *cast)
{
	struct sight *sight = cast->sight;
	int64_t top = sight_unit(sight, 0, 0), aside = sight_unit(sight, top, 0), own, past;

	cast->lead = sight_unit(sight, top, 0);
	cast->works = sight_unit(sight, aside, 0);
	own = sight_unit(sight, cast->lead, 0);
	/* A place where nobody but the subject's own belong. */
	int64_t subjects = sight_unit(sight, aside, 0), office = sight_unit(sight, aside, 0);

	for (enum who who = 0; who < WHO_COUNT; who++)
		cast->people[who] = sight_person(sight);
	hold(cast, ABOVE_LEAD, top, POST_MEMBER);
	hold(cast, BELOW_LEAD, own, POST_HEAD);
	hold(cast, IN_LEAD, cast->lead, POST_MEMBER);
	hold(cast, IN_FUNCTION, office, POST_MEMBER);
	hold(cast, DID_IN_OFFICE, office, POST_DEPUTY);
	hold(cast, IN_OFFICE, office, POST_DEPUTY);
	hold(cast, DID_AND_KIN, office, POST_DEPUTY);
	hold(cast, HEADS_BEARING_UNIT, cast->works, POST_DEPUTY);
	hold(cast, IN_BEARING_UNIT, cast->works, POST_MEMBER);
	hold(cast, SUBJECT, subjects, POST_MEMBER);
	hold(cast, HEADS_THE_SUBJECT, subjects, POST_HEAD);
	static const enum who others[] = {ELSEWHERE, COMMANDS, BEARS, BORE, BEARS_BY_NAME,
		ON_THE_NAMED_ONES_POST, DID, FOLLOWS, MEMBER, MEMBER_UNTIL_TODAY, MEMBER_FROM_TOMORROW,
		SUBJECTS_KIN, HEADS_KIN, KIN_OF_THE_PAST, KEEPS_AN_ACCOUNT, BEARER_AND_KIN};

	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		hold(cast, others[i], aside, POST_MEMBER);
	past = sight_post(sight, cast->lead, POST_DEPUTY);
	assert_true(sight_tenure(sight, past, cast->people[LEFT_TODAY], TENURE_HOLDER, -30, 0) > 0);
	assert_true(sight_tenure(sight, past, cast->people[COMES_TOMORROW], TENURE_HOLDER, 1, LASTS) > 0);
	assert_true(sight_tenure(sight, past, cast->people[ACTS_IN_LEAD], TENURE_ACTING, 0, 1) > 0);
	sight_function(sight, "office", office, 0);
}

static void relate(struct cast *cast)
{
	static const struct {
		enum who from, to;
		int since, until;
	} delegations[] = {
		{IN_LEAD, STANDS_IN_FOR_LEAD, 0, 1},
		{IN_LEAD, STOOD_IN, -10, 0},
		{IN_LEAD, WILL_STAND_IN, 1, 10},
		{WITHOUT_POST, STANDS_IN_FOR_NOBODY, 0, 10},
		{MEMBER, STANDS_IN_FOR_MEMBER, 0, 10},
		{BEARS, STANDS_IN_FOR_BEARER, 0, 10},
	};
	static const struct {
		enum who one, other;
		int until;
	} kins[] = {
		{SUBJECT, SUBJECTS_KIN, LASTS},
		{HEADS_KIN, HEADS_THE_SUBJECT, 1},
		{KIN_OF_THE_PAST, SUBJECT, 0},
		{BEARER_AND_KIN, SUBJECT, LASTS},
		{DID_AND_KIN, SUBJECT, LASTS},
	};

	for (size_t i = 0; i < ARRAY_COUNT(delegations); i++)
		assert_true(sight_delegation(cast->sight, cast->people[delegations[i].from],
				    cast->people[delegations[i].to], delegations[i].since,
				    delegations[i].until) > 0);
	for (size_t i = 0; i < ARRAY_COUNT(kins); i++)
		assert_true(sight_kin(cast->sight, cast->people[kins[i].one], cast->people[kins[i].other],
				    kins[i].until) > 0);
	sight_keeper(cast->sight, cast->people[KEEPS_AN_ACCOUNT]);
}

static void let_in(struct cast *cast, int64_t matter)
{
	static const enum who members[] = {MEMBER, MEMBER_WITHOUT_POST, SUBJECT, HEADS_THE_SUBJECT,
		SUBJECTS_KIN, HEADS_KIN, KIN_OF_THE_PAST, KEEPS_AN_ACCOUNT};

	for (size_t i = 0; i < ARRAY_COUNT(members); i++)
		sight_member(cast->sight, matter, cast->people[members[i]], 0, 1);
	sight_member(cast->sight, matter, cast->people[MEMBER_UNTIL_TODAY], -10, 0);
	sight_member(cast->sight, matter, cast->people[MEMBER_FROM_TOMORROW], 1, 10);
}

static int64_t play(struct cast *cast, enum sight_definition definition, bool ended)
{
	struct matter *matter = sight_matter(
		cast->sight, definition, cast->lead, cast->posts[COMMANDS], cast->people[SUBJECT]);

	sight_duty(matter, 0, cast->posts[BEARS], 0, !ended);
	sight_duty(matter, 0, cast->posts[BEARER_AND_KIN], 0, !ended);
	sight_duty(matter, 0, cast->posts[BORE], 0, false);
	sight_duty(matter, cast->works, 0, 0, !ended);
	sight_duty(matter, 0, cast->posts[ON_THE_NAMED_ONES_POST], cast->people[BEARS_BY_NAME], !ended);
	sight_deed(matter, cast->people[DID]);
	sight_deed(matter, cast->people[DID_AND_LEFT]);
	sight_deed(matter, cast->people[DID_IN_OFFICE]);
	sight_deed(matter, cast->people[DID_AND_KIN]);
	sight_follow(matter, cast->people[FOLLOWS]);
	let_in(cast, matter->id);
	sight_save(cast->sight, matter, ended);
	return matter->id;
}

static void each_relation_sees_what_its_row_says(void **state)
{
	static const enum sight_definition definitions[] = {SIGHT_OPEN, SIGHT_UNIT, SIGHT_SHUT};
	struct cast cast = {.sight = sight_new()};

	(void)state;
	seat(&cast);
	relate(&cast);
	for (size_t i = 0; i < ARRAY_COUNT(definitions); i++)
		for (int ended = 0; ended < 2; ended++) {
			int64_t matter = play(&cast, definitions[i], ended == 1);

			assert_false(sight_sees(cast.sight, 0, matter)); /* nobody */
			for (enum who who = 0; who < WHO_COUNT; who++)
				if (sight_sees(cast.sight, cast.people[who], matter) !=
					(rows[who].sees[3 * i + (size_t)ended] == '1'))
					fail_msg("%s: %s, %s", rows[who].says,
						cast.sight->procedures[definitions[i]]->name.data,
						ended == 1 ? "ended" : "open");
		}
	assert_false(sight_sees(cast.sight, cast.people[IN_LEAD], 999)); /* what doesn't exist */
	sight_free(cast.sight);
}

/* At the door of a compartment stands whom it is about, and nobody else; it makes no difference whether it
 * runs. */
static void at_the_door_stands_only_the_subject(void **state)
{
	static const enum sight_definition definitions[] = {SIGHT_OPEN, SIGHT_UNIT, SIGHT_SHUT};
	struct cast cast = {.sight = sight_new()};

	(void)state;
	seat(&cast);
	relate(&cast);
	for (size_t i = 0; i < ARRAY_COUNT(definitions); i++)
		for (int ended = 0; ended < 2; ended++) {
			int64_t matter = play(&cast, definitions[i], ended == 1);

			assert_false(sight_at_door(cast.sight, 0, matter));
			for (enum who who = 0; who < WHO_COUNT; who++)
				if (sight_at_door(cast.sight, cast.people[who], matter) !=
					(who == SUBJECT && definitions[i] == SIGHT_SHUT))
					fail_msg("%s: at the door of %s", rows[who].says,
						cast.sight->procedures[definitions[i]]->name.data);
		}
	sight_free(cast.sight);
}

static enum err add_up(void *context, struct str measure, int64_t value)
{
	buf_format(context, "%.*s=%lld ", STR_ARG(measure), (long long)value);
	return ERR_OK;
}

static const char *figures(struct cast *cast, enum who who, const char *scope, int64_t id)
{
	struct sight *sight = cast->sight;
	const struct viewer viewer = {.person = cast->people[who], .today = sight->today};
	struct buf buf = buf_new(sight->arena);
	struct str text = id == 0 ? STR("") : str_format(sight->arena, "%lld", (long long)id);

	sight_must(sight,
		store_counter_seen(sight->store, &viewer, str_from(scope), text, add_up, &buf, &sight->why));
	return buf_str(&buf).data;
}

/* One open and one ended matter of each visibility, all of one unit and one commander. */
static void figures_hold_what_their_reader_may_know(void **state)
{
	static const struct {
		const char *says, *scope;
		enum who who;
		const char *want;
	} cases[] = {
		{"what everybody may know of all", "all", ELSEWHERE, "closed=1 green=1 open=1 "},
		{"which isn't more for who sees more", "all", ABOVE_LEAD, "closed=1 green=1 open=1 "},
		{"nothing for who sees nothing", "all", WITHOUT_POST, ""},
		{"of the unit, from outside", "unit", ELSEWHERE, "closed=1 green=1 open=1 "},
		{"from within", "unit", IN_LEAD, "closed=2 green=2 open=2 "},
		{"from above", "unit", ABOVE_LEAD, "closed=2 green=2 open=2 "},
		{"from below", "unit", BELOW_LEAD, "closed=1 green=1 open=1 "},
		{"for who stands in", "unit", STANDS_IN_FOR_LEAD, "closed=2 green=2 open=2 "},
		{"not even a member counts compartments", "unit", MEMBER, "closed=1 green=1 open=1 "},
		{"of the commander, by themselves", "commander", COMMANDS, "closed=2 green=2 open=2 "},
		{"by another", "commander", ABOVE_LEAD, "closed=1 green=1 open=1 "},
		{"a scope of the inner ones is nobody's to ask for", "unit_inner", ELSEWHERE, ""},
	};
	struct cast cast = {.sight = sight_new()};

	(void)state;
	seat(&cast);
	relate(&cast);
	for (int ended = 0; ended < 2; ended++) {
		play(&cast, SIGHT_OPEN, ended == 1);
		play(&cast, SIGHT_UNIT, ended == 1);
		play(&cast, SIGHT_SHUT, ended == 1);
	}
	sight_must(cast.sight, store_commit(cast.sight->store, &cast.sight->why));
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		int64_t id = strncmp(cases[i].scope, "unit", 4) == 0    ? cast.lead
			     : strcmp(cases[i].scope, "commander") == 0 ? cast.posts[COMMANDS]
									: 0;

		expect_text(cases[i].says, figures(&cast, cases[i].who, cases[i].scope, id), cases[i].want);
	}
	sight_free(cast.sight);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_relation_sees_what_its_row_says),
		cmocka_unit_test(at_the_door_stands_only_the_subject),
		cmocka_unit_test(figures_hold_what_their_reader_may_know),
	};
	return cmocka_run_group_tests_name("store: who sees what", tests, NULL, NULL);
}
