/* test_people.c: the second opinion on who was given a post and on who checked in: what a record tells that
 * couldn't have been is found at the deed. */
#include "history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The office gives posts to whoever is eligible: a year at their rank, at most sixty, no relatives nearby,
 * nothing in effect on them; and holds a session at which people check in. */
static const char promotion[] =
	"procedure: promotion\ngrasp: appointment\ntitle: {zh: 任用, en: Promotion}\nnumber: "
	"\"P{year}-{seq}\"\n"
	"roles: {office: {function: supervision_office}, committee: {function: district_committee}}\n"
	"fields: {candidate: {type: person}, post: {type: post}, until: {type: date}}\n"
	"states: {named: {start: true}, barred: {}, given: {end: success}, z: {end: void}}\n"
	"actions:\n"
	"  give: {by: office, from: named, to: given, fields: {candidate: {}, post: {}}, eligible: true}\n"
	"  bar: {by: office, from: named, to: barred, fields: {until: {required: true}}}\n"
	"  drop: {by: committee, from: [named, barred], to: z, answers_to: office}\n"
	"duties:\n"
	"  give_it: {bearer: office, in: named, discharged_by: [give, bar], within: 90 days, breach: "
	"{escalate: "
	"committee}}\n"
	"  drop_it: {bearer: committee, in: barred, discharged_by: drop, within: 90 days, breach: {escalate: "
	"office}}\n"
	"eligibility:\n"
	"  candidate: candidate\n  post: post\n"
	"  rules:\n"
	"    rank: {test: time_in_rank, least: 12 months, say: {zh: 满一年, en: a year}, basis: [{rule: "
	"x}]}\n"
	"    age: {test: age, years: 60, say: {zh: 年龄, en: age}, basis: [{rule: x}]}\n"
	"    kin: {test: kin, say: {zh: 亲属, en: relatives}, basis: [{rule: x}]}\n"
	"    clean: {test: effect, bars: promotion, say: {zh: 影响期, en: in effect}, basis: [{rule: x}]}\n"
	"effect: {person: candidate, until: until, in: barred, bars: {promotion: {zh: 提拔, en: "
	"promotion}}}\n";
static const char session[] =
	"procedure: session\ngrasp: education\ntitle: {zh: 学习, en: Session}\nnumber: \"S{year}-{seq}\"\n"
	"roles: {office: {function: supervision_office}, committee: {function: district_committee}}\n"
	"fields: {held_on: {type: date}, came: {type: persons}}\n"
	"states: {held: {start: true}, z: {end: success}}\n"
	"actions: {finish: {by: committee, from: held, to: z}}\n"
	"duties: {finish_it: {bearer: committee, in: held, discharged_by: finish, within: 90 days, breach: "
	"{escalate: office}}}\n"
	"check_in: {by: office, in: held, on: held_on, into: came, of: office}\n";

static void define(struct district *district, const char *file, const char *text)
{
	struct definition_text item = {str_from(file), str_from(text)};

	district_must(district, district_act(district, (struct act){.kind = ACT_ADOPT,
							       .imported = true,
							       .what.adopt = {.items = &item, .count = 1}}));
}

/* du is old enough, long enough at the rank, related to somebody elsewhere, and nothing is in effect any
 * more. */
static void furnish_candidate(struct district *district)
{
	const struct org *org = district->scene->org;
	struct person person = *org_person(org, person_id(district->scene, "du"));
	struct post post = *org_post(org, post_id(district->scene, "office-deputy"));
	struct kin kin = {.person = person.id,
		.other = person_id(district->scene, "wang"),
		.kind = STR("sibling"),
		.until = DAY_NONE};

	post.rank = STR("副科");
	scene_must(day_parse(STR("1975-03-01"), &person.born, NULL), &district->why);
	district_must(district, district_act(district, (struct act){.kind = ACT_POST, .what.post = &post}));
	district_must(
		district, district_act(district, (struct act){.kind = ACT_PERSON, .what.person = &person}));
	district_must(district, district_act(district, (struct act){.kind = ACT_KIN, .what.kin = &kin}));
}

static int64_t name_candidate(struct district *district)
{
	struct doc *fields = doc_object(district->arena);
	struct command open = {.kind = COMMAND_OPEN, .name = STR("promotion"), .fields = fields};

	doc_set(district->arena, fields, "candidate",
		doc_int(district->arena, person_id(district->scene, "du")));
	doc_set(district->arena, fields, "post",
		doc_int(district->arena, post_id(district->scene, "agri-head")));
	district_must(district, district_command(district, "he", open, NULL));
	return district->receipt.matter;
}

static enum err give(struct district *district)
{
	struct command command = {
		.kind = COMMAND_ACT, .name = STR("give"), .matter = name_candidate(district)};

	return district_command(district, "he", command, NULL);
}

static struct district *promoting_district(void)
{
	struct district *district = district_new();
	struct doc *until = doc_object(district->arena), *held = doc_object(district->arena);
	struct command bar = {.kind = COMMAND_ACT, .name = STR("bar"), .fields = until};
	struct command open = {.kind = COMMAND_OPEN, .name = STR("session"), .fields = held};
	struct command drop = {.kind = COMMAND_ACT, .name = STR("drop")}, attend = {.kind = COMMAND_ATTEND};
	struct check_in_code code;

	define(district, "promotion.yaml", promotion);
	define(district, "session.yaml", session);
	furnish_candidate(district);
	bar.matter = name_candidate(district);
	doc_set(district->arena, until, "until", doc_text(district->arena, STR("2019-12-31")));
	district_must(district, district_command(district, "he", bar, NULL));
	assert_int_equal(give(district), ERR_REFUSED);
	drop.matter = bar.matter;
	district_must(district, district_command(district, "lin", drop, NULL));
	district_must(district, give(district));
	doc_set(district->arena, held, "held_on", doc_text(district->arena, STR("2019-03-04")));
	district_must(district, district_command(district, "lin", open, NULL));
	attend.matter = district->receipt.matter;
	district_must(district, check_in_code_now(district->dir, attend.matter, district->now,
					district->arena, &code, &district->why));
	attend.text = code.code;
	district_must(district, district_command(district, "du", attend, NULL));
	district_must(district, district_command(district, "mei", attend, NULL));
	return district;
}

/* In the first event of that kind that holds it `from` becomes `to`, and the law stops at the first deed that
 * was done all the same. */
static void expect_stops_at(struct history *history, const char *kind, const char *from, const char *to,
	const char *deed, const char *rule)
{
	struct judged judged;
	struct bh_err why = {0};

	for (size_t i = 0; i < history->count; i++) {
		struct str kept = history->items[i].payload;
		struct str forged = replaced(history->arena, kept, from, to);

		if (!str_is(history->items[i].kind, kind) || forged.data == NULL)
			continue;
		history->items[i].payload = forged;
		size_t stopped = judge(history, &judged, &why);

		history->items[i].payload = kept;
		if (stopped == history->count || strcmp(why.place, rule) != 0 ||
			str_find(history->items[stopped].payload, str_from(deed)) == SIZE_MAX)
			fail_msg("%s: stopped at %zu by %s: %s", from, stopped, why.place, why.text);
		return;
	}
	fail_msg("%s is nowhere", from);
}

static void whoever_was_given_a_post_was_eligible(void **state)
{
	static const struct {
		const char *kind, *from, *to;
	} rows[] = {
		{"procedure.adopt", "least: 12 months", "least: 119 months"},
		{"procedure.adopt", "years: 60", "years: 40"},
		{"procedure.adopt", "until, in: barred", "until, in: [barred, z]"},
	};
	struct district *district = promoting_district();
	struct history *history = history_of(district);
	struct judged judged;
	struct bh_err why = {0};
	struct str wang =
		str_format(district->arena, "\"other\":%lld", (long long)person_id(district->scene, "wang"));
	struct str ann =
		str_format(district->arena, "\"other\":%lld", (long long)person_id(district->scene, "ann"));

	(void)state;
	if (judge(history, &judged, &why) != history->count)
		fail_msg("%s: %s", why.place, why.text);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_stops_at(history, rows[i].kind, rows[i].from, rows[i].to, "\"action\":\"give\"",
			"eligibility");
	expect_stops_at(history, "kin.set", wang.data, ann.data, "\"action\":\"give\"", "eligibility");
	district_free(district);
}

static void whoever_checked_in_was_expected_and_did_it_once(void **state)
{
	struct district *district = promoting_district();
	struct history *history = history_of(district);
	struct kept_event *first = NULL;
	struct judged judged;
	struct bh_err why = {0};
	size_t stopped;

	(void)state;
	expect_stops_at(
		history, "procedure.adopt", "of: office}", "of: committee}", "\"person\"", "check_in");
	for (size_t i = 0; i < history->count; i++) {
		if (!str_is(history->items[i].kind, "matter.attend"))
			continue;
		if (first != NULL) {
			history->items[i] = *first;
			stopped = judge(history, &judged, &why);
			assert_int_equal(stopped, i);
			assert_string_equal(why.place, "check_in");
			district_free(district);
			return;
		}
		first = &history->items[i];
	}
	fail_msg("nobody checked in twice");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_was_given_a_post_was_eligible),
		cmocka_unit_test(whoever_checked_in_was_expected_and_did_it_once),
	};
	return cmocka_run_group_tests_name("check: people", tests, NULL, NULL);
}
