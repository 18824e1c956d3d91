/* Reports that come round: their periods, the missed round, the early one. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char rounds[] =
	"procedure: rounds_%s\ngrasp: rules\ntitle: {zh: 定期报告, en: Rounds}\nnumber: \"R{seq}\"\n"
	"roles: {office: {function: supervision_office}, chief: {function: discipline_secretary}}\n"
	"fields: {}\nstates: {a: {start: true}, z: {end: success}}\n"
	"actions:\n"
	"  report: {by: office, from: a, fields: {note: {type: text, required: true}}}\n"
	"  done:   {by: office, from: a, to: z}\n"
	"duties:\n"
	"  tell: {bearer: office, in: a, discharged_by: report, every: %s, breach: {escalate: [chief]}}\n"
	"  end:  {bearer: office, in: a, discharged_by: done, within: 9000 days, breach: {escalate: "
	"[chief]}}\n";

static void open_rounds(struct scene *scene, const char *period, const char *now)
{
	struct str name = str_format(scene->arena, "rounds_%s", period);

	scene_at(scene, now);
	scene_fresh(scene);
	if (scene->world.definition_count == 2)
		for (size_t i = 0; i < PERIOD_COUNT; i++)
			scene_define(scene, str_format(scene->arena, rounds, period_name((enum period)i),
						    period_name((enum period)i))
						    .data);
	expect_ok("opened", scene_open(scene, "he", name.data, NULL), scene);
}

static void the_first_round_leaves_at_least_a_week(void **state)
{
	static const struct {
		const char *now, *period, *due;
	} rows[] = {
		{"2019-03-04 09:00", "month", "2019-03-31"},
		{"2019-03-24 09:00", "month", "2019-03-31"},
		{"2019-03-25 09:00", "month", "2019-04-30"},
		{"2019-03-31 23:59", "month", "2019-04-30"},
		{"2019-04-01 00:00", "month", "2019-04-30"},
		{"2019-03-04 09:00", "week", "2019-03-17"},
		{"2019-03-10 09:00", "week", "2019-03-17"},
		{"2019-03-04 09:00", "quarter", "2019-03-31"},
		{"2019-03-28 09:00", "quarter", "2019-06-30"},
		{"2019-03-04 09:00", "half_year", "2019-06-30"},
		{"2019-12-30 09:00", "year", "2020-12-31"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		open_rounds(scene, rows[i].period, rows[i].now);
		expect_text(rows[i].now, due_text(scene, scene_duty(scene, "tell")), rows[i].due);
	}
	scene_free(scene);
}

static void each_round_is_one_period(void **state)
{
	static const struct {
		const char *period, *now[4], *due[4];
	} rows[] = {
		{"week", {"2019-03-15 09:00", "2019-03-22 09:00", "2019-03-29 09:00", "2019-04-05 09:00"},
			{"2019-03-24", "2019-03-31", "2019-04-07", "2019-04-14"}},
		{"month", {"2019-03-15 09:00", "2019-04-15 09:00", "2019-05-15 09:00", "2019-06-15 09:00"},
			{"2019-04-30", "2019-05-31", "2019-06-30", "2019-07-31"}},
		{"quarter", {"2019-03-15 09:00", "2019-05-15 09:00", "2019-09-15 09:00", "2019-12-31 09:00"},
			{"2019-06-30", "2019-09-30", "2019-12-31", "2020-03-31"}},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		open_rounds(scene, rows[i].period, "2019-03-04 09:00");
		for (size_t k = 0; k < 4; k++) {
			scene_at(scene, rows[i].now[k]);
			expect_ok(rows[i].period, scene_act(scene, "he", "report", "note=正常"), scene);
			expect_text(
				rows[i].now[k], due_text(scene, scene_duty(scene, "tell")), rows[i].due[k]);
		}
	}
	scene_free(scene);
}

static void many_reports_in_one_period_are_one_report(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	open_rounds(scene, "month", "2019-03-04 09:00");
	for (int i = 0; i < 12; i++)
		expect_ok("reported", scene_act(scene, "he", "report", "note=正常"), scene);
	expect_text("next month's report is still owed", due_text(scene, scene_duty(scene, "tell")),
		"2019-04-30");
	scene_at(scene, "2019-03-31 23:59");
	expect_ok("on the last evening", scene_act(scene, "he", "report", "note=正常"), scene);
	expect_text("still", due_text(scene, scene_duty(scene, "tell")), "2019-04-30");
	scene_at(scene, "2019-04-01 00:00");
	expect_ok("once its month has begun", scene_act(scene, "he", "report", "note=正常"), scene);
	expect_text("it is given", due_text(scene, scene_duty(scene, "tell")), "2019-05-31");
	scene_free(scene);
}

static void a_missed_round_is_breached_and_the_next_one_owed(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	open_rounds(scene, "month", "2019-03-04 09:00");
	assert_int_equal(scene_pass(scene, "2019-03-31 23:59"), 0);
	int64_t id = scene_duty(scene, "tell")->id;

	assert_int_equal(scene_pass(scene, "2019-04-01 00:00"), 1);
	assert_int_equal(doc_get_int(last_payload(scene), "duty", 0), id);
	expect("its holder answers for it",
		doc_get_int(last_payload(scene), "holder", 0) == person_id(scene, "he"));
	expect("the secretary is told", was_told(scene, "discipline-secretary", NOTICE_BREACHED));
	expect("a missed report alone doesn't stain the matter", !scene->matter->late);
	expect_text("April's is owed", due_text(scene, scene_duty(scene, "tell")), "2019-04-30");
	expect_ok("and can be given at once", scene_act(scene, "he", "report", "note=补"), scene);
	expect_text("then May's", due_text(scene, scene_duty(scene, "tell")), "2019-05-31");
	scene_free(scene);
}

static void a_clock_that_slept_finds_each_missed_round(void **state)
{
	struct scene *scene = scene_new();
	size_t missed = 0;

	(void)state;
	open_rounds(scene, "month", "2019-03-04 09:00");
	assert_int_equal(scene_pass(scene, "2019-07-10 12:00"), 4);
	for (size_t i = 0; i < scene->matter->duty_count; i++)
		missed += scene->matter->duties[i].state == DUTY_MISSED;
	assert_int_equal(missed, 4);
	expect_text("July's is owed", due_text(scene, scene_duty(scene, "tell")), "2019-07-31");
	scene_free(scene);
}

static void every_week_is_found_as_well(void **state)
{
	struct scene *scene = scene_new();
	size_t missed = 0;

	(void)state;
	open_rounds(scene, "week", "2019-03-04 09:00");
	scene_pass(scene, "2019-04-15 09:00"); /* due on 03-17, 24, 31, 04-07 and 14 */
	for (size_t i = 0; i < scene->matter->duty_count; i++)
		missed += scene->matter->duties[i].state == DUTY_MISSED;
	assert_int_equal(missed, 5);
	expect_text("this week's is owed", due_text(scene, scene_duty(scene, "tell")), "2019-04-21");
	scene_free(scene);
}

static void a_round_is_owed_by_who_bore_the_last_when_its_role_names_nobody(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, "procedure: emptied\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"E{seq}\"\n"
			    "roles: {office: {function: supervision_office}, lead: {field: unit}}\n"
			    "fields: {unit: {type: unit}}\nstates: {a: {start: true}, z: {end: success}}\n"
			    "actions: {say: {by: lead, from: a}, drop: {by: office, from: a, fields: {unit: "
			    "{type: unit}}}, "
			    "done: {by: office, from: a, to: z}}\n"
			    "duties:\n"
			    "  tell: {bearer: lead, in: a, discharged_by: say, every: month, breach: "
			    "{escalate: [office]}}\n"
			    "  end: {bearer: office, in: a, discharged_by: done, within: 900 days, breach: "
			    "{escalate: [lead]}}\n");
	expect_ok("opened", scene_open(scene, "he", "emptied", "unit=water"), scene);
	struct command command = scene_command(scene, COMMAND_ACT, "he");

	command.name = STR("drop");
	command.fields = doc_object(scene->arena);
	doc_set(scene->arena, command.fields, "unit", doc_text(scene->arena, STR("")));
	expect_ok("the field is emptied", scene_do(scene, command), scene);
	assert_int_equal(scene_pass(scene, "2019-04-01 00:00"), 1);
	assert_int_equal(scene_duty(scene, "tell")->unit, unit_id(scene, "water"));
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_round_leaves_at_least_a_week),
		cmocka_unit_test(each_round_is_one_period),
		cmocka_unit_test(many_reports_in_one_period_are_one_report),
		cmocka_unit_test(a_missed_round_is_breached_and_the_next_one_owed),
		cmocka_unit_test(a_clock_that_slept_finds_each_missed_round),
		cmocka_unit_test(every_week_is_found_as_well),
		cmocka_unit_test(a_round_is_owed_by_who_bore_the_last_when_its_role_names_nobody),
	};

	return cmocka_run_group_tests_name("round", tests, NULL, NULL);
}
