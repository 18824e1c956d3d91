/* Whom a matter is about is heard and may appeal also when they hold no post any more: an office of the
 * procedure enters their letter, in their name, and shows it. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char text[] =
	"procedure: small_case\ngrasp: case\ntitle: {zh: 小案件, en: Small case}\n"
	"number: \"案〔{year}〕{seq}号\"\n"
	"fields: {person: {type: person, required: true}}\n"
	"roles:\n"
	"  office: {function: accountability_office}\n"
	"  judge:  {function: appeals_office}\n"
	"  party:  {field: person}\n"
	"states: {told: {start: true}, heard: {}, decided: {}, appealed: {}, closed: {end: success}}\n"
	"actions:\n"
	"  wait:   {by: office, from: told}\n"
	"  defend: {by: party, from: told, to: heard, purpose: hearing}\n"
	"  decide: {by: office, from: heard, to: decided, not_by: defend}\n"
	"  appeal: {by: party, from: decided, to: appealed, purpose: appeal}\n"
	"  uphold: {by: judge, from: appealed, to: closed, not_by: [defend, decide, appeal]}\n"
	"duties:\n"
	"  speak:  {bearer: party, in: told, discharged_by: defend, within: 9 days, breach: {escalate: "
	"office}}\n"
	"  answer: {bearer: office, in: heard, discharged_by: decide, within: 9 days, breach: {escalate: "
	"judge}}\n"
	"  let_run: {bearer: party, in: decided, discharged_by: appeal, within: 9 days, breach: {escalate: "
	"office}}\n"
	"  review: {bearer: judge, in: appealed, discharged_by: uphold, within: 9 days, breach: {escalate: "
	"office}}\n";

/* Opened by the inspection about mo, who is dismissed the day after. */
static struct scene *case_about_mo(void)
{
	struct scene *scene = scene_new();

	scene_define(scene, text);
	expect_ok("the case is opened", scene_open(scene, "ji", "small_case", "person=mo"), scene);
	scene_appoint(scene, "water-member", "", "2019-03-05");
	scene_at(scene, "2019-03-06 09:00");
	return scene;
}

static enum err letter(struct scene *scene, const char *who, const char *action, const char *of, size_t files)
{
	static struct evidence_item item = {.size = 10};
	struct command command = scene_command(scene, COMMAND_ACT, who);

	item.name = STR("来信.pdf");
	item.hash = STR("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	command.name = str_from(action);
	command.in_name_of = person_id(scene, of);
	command.came = instant_day(scene->world.now, scene->world.offset_minutes);
	command.evidence = &item;
	command.evidence_count = files;
	return scene_do(scene, command);
}

static void whoever_holds_no_post_can_do_nothing_themselves(void **state)
{
	struct scene *scene = case_about_mo();

	(void)state;
	expect_refused("mo", scene_act(scene, "mo", "defend", NULL), ERR_FORBIDDEN, "by", scene);
	scene_free(scene);
}

static void an_office_of_the_procedure_enters_their_letter(void **state)
{
	static const struct {
		const char *says, *who, *action, *of;
		size_t files;
		enum err want;
		const char *place;
	} rows[] = {
		{"without the letter", "ji", "defend", "mo", 0, ERR_REFUSED, "evidence"},
		{"for somebody else", "ji", "defend", "wang", 1, ERR_FORBIDDEN, "in_name_of"},
		{"an act that is no hearing", "ji", "wait", "mo", 1, ERR_FORBIDDEN, "in_name_of"},
		{"an office that the procedure doesn't name", "wang", "defend", "mo", 1, ERR_FORBIDDEN, "by"},
		{"the office, with the letter", "ji", "defend", "mo", 1, ERR_OK, ""},
	};
	struct scene *scene = case_about_mo();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_refused(rows[i].says,
			letter(scene, rows[i].who, rows[i].action, rows[i].of, rows[i].files), rows[i].want,
			rows[i].place, scene);
	/* Both have done it: whoever entered it doesn't decide. */
	expect_refused(
		"whoever entered it", scene_act(scene, "ji", "decide", NULL), ERR_REFUSED, "not_by", scene);
	scene_free(scene);
}

static void who_still_holds_a_post_speaks_for_themselves(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, text);
	expect_ok("the case is opened", scene_open(scene, "ji", "small_case", "person=mo"), scene);
	expect_refused(
		"mo has a post", letter(scene, "ji", "defend", "mo", 1), ERR_REFUSED, "in_name_of", scene);
	expect_ok("mo", scene_act(scene, "mo", "defend", NULL), scene);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_holds_no_post_can_do_nothing_themselves),
		cmocka_unit_test(an_office_of_the_procedure_enters_their_letter),
		cmocka_unit_test(who_still_holds_a_post_speaks_for_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
