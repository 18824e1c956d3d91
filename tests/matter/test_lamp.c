/* The lamp: its colours, its words, and until when it holds. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void each_colour_and_its_words(void **state)
{
	static const struct {
		const char *says, *state, *due, *now;
		int progress;
		const char *zh, *en;
	} rows[] = {
		{"before it is taken up", "dispatched", "2019-06-28", "2019-03-04 10:00", -1,
			"灰灯:剩余2个工作日", "grey: 2 working days left"},
		{"in hand", "working", "2019-06-28", "2019-03-05 10:00", 0,
			"绿灯:剩余40个工作日;进度0%,计划1%",
			"green: 40 working days left; progress 0 %, plan 1 %"},
		{"the day is near", "working", "2019-03-22", "2019-03-19 10:00", 90,
			"黄灯:剩余3个工作日;进度90%,计划78%",
			"yellow: 3 working days left; progress 90 %, plan 78 %"},
		{"a day before that", "working", "2019-03-22", "2019-03-18 10:00", 90,
			"绿灯:剩余4个工作日;进度90%,计划71%",
			"green: 4 working days left; progress 90 %, plan 71 %"},
		{"one day left", "working", "2019-03-22", "2019-03-21 10:00", 100,
			"黄灯:剩余1个工作日;进度100%,计划92%",
			"yellow: 1 working day left; progress 100 %, plan 92 %"},
		{"on the day", "working", "2019-03-22", "2019-03-22 23:59", 100,
			"黄灯:今日到期;进度100%,计划100%", "yellow: due today; progress 100 %, plan 100 %"},
		{"behind plan", "working", "2019-04-30", "2019-03-15 10:00", 11,
			"黄灯:剩余32个工作日;进度11%,计划21%",
			"yellow: 32 working days left; progress 11 %, plan 21 %"},
		{"not so far behind", "working", "2019-04-30", "2019-03-15 10:00", 12,
			"绿灯:剩余32个工作日;进度12%,计划21%",
			"green: 32 working days left; progress 12 %, plan 21 %"},
		{"far behind", "working", "2019-03-22", "2019-03-11 10:00", 5,
			"红灯:剩余9个工作日;进度5%,计划35%",
			"red: 9 working days left; progress 5 %, plan 35 %"},
		{"overdue", "working", "2019-03-22", "2019-03-27 10:00", 100,
			"红灯:逾期3个工作日;进度100%,计划100%",
			"red: 3 working days late; progress 100 %, plan 100 %"},
		{"overdue by a minute", "working", "2019-03-22", "2019-03-23 00:00", 100,
			"红灯:逾期1个工作日;进度100%,计划100%",
			"red: 1 working day late; progress 100 %, plan 100 %"},
		{"closed in time", "closed", "2019-03-22", "2019-03-27 10:00", -1, "蓝灯:按期办结",
			"blue: closed in time"},
		/* Due on a Sunday, seen on the Saturday: no working day is left, yet it isn't due today. */
		{"due on a Sunday", "working", "2019-03-24", "2019-03-23 10:00", 100,
			"黄灯:剩余0个工作日;进度100%,计划100%",
			"yellow: 0 working days left; progress 100 %, plan 100 %"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, "2019-03-04 09:00");
		scene_key_task(scene, rows[i].state, rows[i].due);
		if (rows[i].progress >= 0)
			expect_ok("reported",
				scene_act(scene, "wang", "report",
					str_format(scene->arena, "progress=%d|note=x", rows[i].progress)
						.data),
				scene);
		scene_at(scene, rows[i].now);
		expect_text(rows[i].says, lamp_text(scene, "zh"), rows[i].zh);
		expect_text(rows[i].says, lamp_text(scene, "en"), rows[i].en);
	}
	scene_free(scene);
}

static void how_it_ended_is_kept(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-03-22");
	scene_pass(scene, "2019-03-25 09:00");
	expect_ok("asked", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	expect_ok("closed", scene_act(scene, "he", "close", NULL), scene);
	expect_text("a late closure keeps its red", lamp_text(scene, "zh"), "红灯:逾期办结");
	expect_text("in English", lamp_text(scene, "en"), "red: closed late");
	scene_at(scene, "2019-03-04 09:00");
	scene_key_task(scene, "draft", "2019-06-28");
	expect_ok("withdrawn", scene_act(scene, "he", "withdraw", "reason=x"), scene);
	assert_int_equal(matter_lamp(scene->matter, &scene->world).colour, LAMP_GREY);
	scene_free(scene);
}

/* While nothing happens, the colour never changes before `until`, whatever the lamp's own limits. */
static void the_colour_holds_until_it_says(void **state)
{
	static const struct {
		const char *state, *due;
		int progress, yellow_days;
	} rows[] = {
		{"draft", "2019-06-28", -1, 3},
		{"dispatched", "2019-06-28", -1, 3},
		{"working", "2019-06-28", -1, 3},
		{"working", "2019-06-28", 35, 3},
		{"working", "2019-06-30", 95, 3},
		{"working", "2019-05-04", 50, 0},
		{"working", "2019-10-06", 70, 10},
		{"working", "2019-10-08", 100, 0},
		{"review", "2019-06-28", -1, 5},
		{"closed", "2019-06-28", -1, 3},
		{"working", "2019-03-04", -1, 3},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, "2019-03-04 09:00");
		scene_key_task(scene, rows[i].state, rows[i].due);
		if (rows[i].progress >= 0)
			expect_ok("reported",
				scene_act(scene, "wang", "report",
					str_format(scene->arena, "progress=%d|note=x", rows[i].progress)
						.data),
				scene);
		struct procedure copy = *scene->matter->procedure;

		copy.lamp.yellow_days = rows[i].yellow_days;
		scene->matter->procedure = &copy;
		struct lamp before = matter_lamp(scene->matter, &scene->world);

		for (int hour = 0; hour < 24 * 260; hour++) {
			scene->world.now.us += INT64_C(3600000000);
			struct lamp now = matter_lamp(scene->matter, &scene->world);
			bool may_change =
				!instant_is_none(before.until) && scene->world.now.us >= before.until.us;

			if (!may_change && now.colour != before.colour)
				fail_msg("row %zu: %s became %s before its time, on %s", i,
					lamp_colour_name(before.colour), lamp_colour_name(now.colour),
					instant_print(scene->arena, scene->world.now, OFFSET_CHINA).data);
			if (may_change || instant_is_none(before.until))
				before = now;
		}
	}
	scene_free(scene);
}

static void an_overdue_answer_reddens_what_runs_and_not_what_ended(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("instructed", scene_instruct(scene, "zhao", "", "请说明"), scene);
	scene_pass(scene, "2019-03-12 00:00");
	assert_int_equal(matter_lamp(scene->matter, &scene->world).colour, LAMP_RED);
	expect_ok("asked", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	expect_ok("closed", scene_act(scene, "he", "close", NULL), scene);
	assert_int_equal(matter_lamp(scene->matter, &scene->world).colour, LAMP_BLUE);
	scene_free(scene);
}

static void a_suspended_matter_is_behind_no_plan(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-03-29");
	expect_ok("asked", scene_ask(scene, "wang", "suspend", "reason=x|until=2019-05-31"), scene);
	expect_ok("granted", scene_grant(scene, "he", 1, NULL), scene);
	scene_at(scene, "2019-05-20 09:00");
	expect_text("nothing falls due", lamp_text(scene, "zh"), "绿灯:无到期责任");
	expect_text("in English", lamp_text(scene, "en"), "green: nothing falls due");
	scene_free(scene);
}

/* A report comes round each quarter: until it is due nobody is behind, and then by what was to be told by
 * then. */
static void nobody_is_behind_before_a_report_is_due(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_ship_all(scene);
	scene_at(scene, "2019-01-07 09:00");
	expect_ok("opened",
		scene_open(scene, "wang", "study_plan", "title=x|unit=water|year=2019|until=2019-12-13"),
		scene);
	expect_text("before it is approved", lamp_text(scene, "en"), "grey: 10 working days left");
	expect_ok("submitted", scene_act(scene, "wang", "submit", "sessions=12|hours=40"), scene);
	expect_ok("approved", scene_act(scene, "ji", "approve", NULL), scene);
	scene_at(scene, "2019-03-04 09:00");
	expect_text("within the first quarter", lamp_text(scene, "en"),
		"green: 19 working days left; progress 0 %, plan 0 %");
	scene_pass(scene, "2019-04-01 09:00");
	assert_int_equal(matter_lamp(scene->matter, &scene->world).plan, 24);
	scene_at(scene, "2019-06-03 09:00");
	assert_int_equal(matter_lamp(scene->matter, &scene->world).plan, 24);
	scene_free(scene);
}

static void where_no_progress_is_told_there_is_no_plan(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_ship_all(scene);
	scene_at(scene, "2019-03-04 09:00");
	expect_ok("opened",
		scene_open(scene, "wang", "study_session",
			"title=x|unit=water|kind=theme|held_on=2019-04-30|first_item=y"),
		scene);
	scene_at(scene, "2019-04-25 09:00");
	assert_int_equal(matter_lamp(scene->matter, &scene->world).plan, -1);
	scene_free(scene);
}

/* Whoever opened it and then takes it up has it in hand; whoever only passes it on has not. */
static void who_opened_it_can_take_it_up(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_ship_all(scene);
	scene_at(scene, "2019-03-04 09:00");
	expect_ok("opened",
		scene_open(scene, "wang", "programme",
			"title=x|lead_unit=water|leader=vice-mayor|due=2019-12-31"),
		scene);
	assert_int_equal(matter_lamp(scene->matter, &scene->world).colour, LAMP_GREY);
	expect_ok("taken up", scene_act(scene, "wang", "take_up", NULL), scene);
	assert_int_not_equal(matter_lamp(scene->matter, &scene->world).colour, LAMP_GREY);
	scene_fresh(scene);
	scene_key_task(scene, "dispatched", "2019-06-28");
	assert_int_equal(matter_lamp(scene->matter, &scene->world).colour, LAMP_GREY);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_colour_and_its_words),
		cmocka_unit_test(how_it_ended_is_kept),
		cmocka_unit_test(the_colour_holds_until_it_says),
		cmocka_unit_test(an_overdue_answer_reddens_what_runs_and_not_what_ended),
		cmocka_unit_test(a_suspended_matter_is_behind_no_plan),
		cmocka_unit_test(nobody_is_behind_before_a_report_is_due),
		cmocka_unit_test(where_no_progress_is_told_there_is_no_plan),
		cmocka_unit_test(who_opened_it_can_take_it_up),
	};

	return cmocka_run_group_tests_name("lamp", tests, NULL, NULL);
}
