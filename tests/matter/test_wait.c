/* Actions that wait for a day: what others are given time for can't be cut short. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Shown on the first day; five working days, and then a day of the calendar, must pass. */
static const char showing[] =
	"procedure: showing\ngrasp: rules\ntitle: {zh: 公示, en: Showing}\nnumber: \"S{seq}\"\n"
	"roles: {office: {function: supervision_office}, boss: {function: discipline_secretary}}\n"
	"fields: {shown_from: {type: date}, until: {type: date}}\n"
	"states: {draft: {start: true}, shown: {}, over: {}, z: {end: success}}\n"
	"actions:\n"
	"  show: {by: office, from: draft, to: shown, fields: {shown_from: {required: true}}}\n"
	"  end: {by: office, from: shown, to: over, not_before: shown_from + 5 working days,\n"
	"        fields: {until: {required: true}}}\n"
	"  finish: {by: boss, from: over, to: z, not_before: until}\n"
	"duties:\n"
	"  show_it: {bearer: office, in: draft, discharged_by: show, within: 3 working days, "
	"breach: {escalate: [boss]}}\n"
	"  end_it: {bearer: office, in: shown, discharged_by: end, calendar: shown_from + 10 working days, "
	"breach: {escalate: [boss]}}\n"
	"  finish_it: {bearer: boss, in: over, discharged_by: finish, calendar: until + 3 days, "
	"breach: {escalate: [office]}}\n";

static struct scene *scene_shown(void)
{
	struct scene *scene = scene_new();

	scene_define(scene, showing);
	expect_ok("opened", scene_open(scene, "he", "showing", NULL), scene);
	expect_ok("shown", scene_act(scene, "he", "show", "shown_from=2019-03-04"), scene);
	return scene;
}

static void five_working_days_must_have_passed_wholly(void **state)
{
	static const struct {
		const char *at;
		enum err want;
	} rows[] = {
		{"2019-03-04 09:00", ERR_REFUSED}, /* the day itself */
		{"2019-03-09 12:00", ERR_REFUSED}, /* five days later, two of them no working days */
		{"2019-03-11 23:59", ERR_REFUSED}, /* in the fifth */
		{"2019-03-12 00:00", ERR_OK},
	};
	struct scene *scene = scene_shown();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, rows[i].at);
		expect_refused(rows[i].at, scene_act(scene, "he", "end", "until=2019-03-20"), rows[i].want,
			rows[i].want == ERR_OK ? "" : "not_before", scene);
	}
	expect_text("it went on", scene_state(scene), "over");
	scene_free(scene);
}

static void the_refusal_names_the_first_day(void **state)
{
	struct scene *scene = scene_shown();

	(void)state;
	expect_refused("at once", scene_act(scene, "he", "end", "until=2019-03-20"), ERR_REFUSED,
		"not_before", scene);
	expect_text("why", scene->why.text, "end may be done from 2019-03-12 on, not before");
	scene_free(scene);
}

static void a_field_alone_means_that_its_day_is_over(void **state)
{
	struct scene *scene = scene_shown();

	(void)state;
	scene_at(scene, "2019-03-12 09:00");
	expect_ok("ended", scene_act(scene, "he", "end", "until=2019-03-20"), scene);
	scene_at(scene, "2019-03-20 23:59");
	expect_refused(
		"on the day", scene_act(scene, "shu", "finish", NULL), ERR_REFUSED, "not_before", scene);
	scene_at(scene, "2019-03-21 00:00");
	expect_ok("the day after", scene_act(scene, "shu", "finish", NULL), scene);
	scene_free(scene);
}

static void what_is_waited_for_is_not_entered_as_over(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, showing);
	expect_refused("at the opening", scene_open(scene, "he", "showing", "shown_from=2019-02-20"),
		ERR_REFUSED, "shown_from", scene);
	expect_ok("opened", scene_open(scene, "he", "showing", "shown_from=2019-03-04"), scene);
	scene_at(scene, "2019-03-06 09:00");
	expect_refused("the day before", scene_act(scene, "he", "show", "shown_from=2019-03-05"), ERR_REFUSED,
		"shown_from", scene);
	expect_ok(
		"what stands there may stay", scene_act(scene, "he", "show", "shown_from=2019-03-04"), scene);
	scene_at(scene, "2019-03-12 09:00");
	expect_refused("a probation that is over", scene_act(scene, "he", "end", "until=2019-03-11"),
		ERR_REFUSED, "until", scene);
	expect_ok("today", scene_act(scene, "he", "end", "until=2019-03-12"), scene);
	scene_free(scene);
}

static void what_may_be_done_says_that_its_time_has_not_come(void **state)
{
	struct scene *scene = scene_shown();
	size_t count;
	const struct possible *all =
		matter_possible(scene->matter, person_id(scene, "he"), &scene->world, scene->arena, &count);
	int end = procedure_action(scene->matter->procedure, STR("end"));

	(void)state;
	for (size_t i = 0; i < count; i++)
		if (all[i].action == end) {
			expect("it may not", !all[i].may);
			expect("and says why", str_is(all[i].rule, "not_before") && all[i].why_zh.size > 0);
		}
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_working_days_must_have_passed_wholly),
		cmocka_unit_test(the_refusal_names_the_first_day),
		cmocka_unit_test(a_field_alone_means_that_its_day_is_over),
		cmocka_unit_test(what_is_waited_for_is_not_entered_as_over),
		cmocka_unit_test(what_may_be_done_says_that_its_time_has_not_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
