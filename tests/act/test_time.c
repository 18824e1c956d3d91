/* test_time.c: the clock of the record, what time brings after any pause, and who answers when people change.
 */
#include "district.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_district(void **state)
{
	*state = district_new();
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

static int64_t number(struct district *district, const char *sql)
{
	return district_number(district, sql);
}

/* ---- the clock ---- */

static void a_clock_set_back_is_itself_recorded(void **state)
{
	struct district *district = *state;

	district_at(district, "2019-03-05 09:00");
	district_key_task(district, "dispatched", "2019-06-28");
	int64_t before = number(district, "select max(idx) from event");

	district_at(district, "2019-03-04 15:00");
	district_key_task(district, "dispatched", "2019-06-28");
	assert_int_equal(number(district, "select count(*) from event where kind = 'clock.step_back'"), 1);
	assert_int_equal(
		number(district, "select idx from event where kind = 'clock.step_back'"), before + 1);
	/* It stands at the last time; what follows is earlier, and goes on forward. */
	assert_int_equal(
		number(district,
			"select count(*) from (select time, lag(time) over (order by idx) as before, "
			"lag(kind) over (order by idx) as kind_before from event) where time < before "
			"and kind_before <> 'clock.step_back'"),
		0);
	struct str payload = district_text(district,
		"select cast(body as text) from payload where idx = (select idx from event where kind = "
		"'clock.step_back')");

	expect("it says from when to when", str_find(payload, STR("\"from\":")) != SIZE_MAX &&
						    str_find(payload, STR("\"to\":")) != SIZE_MAX);
}

static void it_is_recorded_once_however_often_one_acts_or_restarts(void **state)
{
	struct district *district = *state;

	district_at(district, "2019-03-05 09:00");
	int64_t id = district_key_task(district, "working", "2019-06-28");

	district_at(district, "2019-03-04 15:00");
	district_sweep(district);
	/* Sweeping finds nothing and records nothing: the step is the next event's business. */
	district_must(district, district_do(district, "wang", id, "report", "progress=10|note=a"));
	district_reopen(district);
	district_must(district, district_do(district, "wang", id, "report", "progress=20|note=b"));
	district_reopen(district);
	district_must(district, district_do(district, "wang", id, "report", "progress=30|note=c"));
	assert_int_equal(number(district, "select count(*) from event where kind = 'clock.step_back'"), 1);
}

static void less_than_a_second_back_is_no_step(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "working", "2019-06-28");
	int64_t last = number(district, "select max(time) from event");

	district->now.us -= 900000;
	district_must(district, district_do(district, "wang", id, "report", "progress=10|note=a"));
	assert_int_equal(number(district, "select count(*) from event where kind = 'clock.step_back'"), 0);
	assert_int_equal(number(district, "select time from event order by idx desc limit 1"), last);
}

/* ---- after a pause ---- */

static void a_breach_opens_accountability_once_even_after_downtime(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "working", "2019-03-20");

	district_close(district);
	district_at(district, "2019-05-06 09:00"); /* seven weeks off */
	district_must(district, district_open(district));
	district_sweep(district);
	district_sweep(district);
	district_reopen(district);
	district_sweep(district);
	assert_int_equal(
		number(district, "select count(*) from matter where procedure = 'accountability'"), 1);
	assert_int_equal(
		number(district, "select count(*) from event e join payload p using (idx) where kind = "
				 "'duty.breach' and json_extract(cast(body as text), '$.name') = 'finish'"),
		1);
	/* The record says when it was due, and when that was noticed. */
	assert_int_equal(
		number(district,
			"select json_extract(cast(body as text), '$.at') from payload join event using "
			"(idx) where kind = 'duty.breach' and object = 'm1' order by idx limit 1"),
		1553097600000000);
	assert_int_equal(
		number(district, "select min(time) from event where kind = 'duty.breach'"), district->now.us);
	assert_true(district_matter(district, id)->late);
	/* One for each month that went by without its report, in the order of their days. */
	assert_int_equal(
		number(district,
			"select count(*) from event e join payload p using (idx) where kind = "
			"'duty.breach' and json_extract(cast(body as text), '$.name') = 'report_in_time'"),
		2);
	assert_int_equal(
		number(district,
			"select count(*) from (select json_extract(cast(body as text), '$.at') as at, "
			"lag(json_extract(cast(body as text), '$.at')) over (order by idx) as before from "
			"event join payload using (idx) where kind in ('duty.breach', 'duty.warn')) where at "
			"< before"),
		0);
}

static void a_late_act_does_not_overtake_its_own_breach(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "working", "2019-03-20");

	district_at(district, "2019-03-22 09:00"); /* nobody has swept */
	district_must(district, district_do(district, "wang", id, "ask_close", NULL));
	assert_int_equal(number(district, "select count(*) from event where kind = 'duty.breach'"), 1);
	assert_true(number(district, "select idx from event where kind = 'duty.breach'") <
		    number(district, "select max(idx) from event where object = 'm1'"));
	assert_int_equal(district->receipt.count, 4); /* warning, breach, accountability, and the act */
	assert_int_equal(
		number(district, "select count(*) from matter where procedure = 'accountability'"), 1);
}

static void a_sweep_costs_what_has_fallen_due(void **state)
{
	struct district *district = *state;

	for (int i = 0; i < 150; i++)
		district_key_task(district, "dispatched", "2019-06-28");
	int64_t late = district_key_task(district, "working", "2019-03-05");
	int64_t before = number(district, "select count(*) from event");

	district_pass(district, "2019-03-06 00:00");
	assert_int_equal(number(district, "select count(*) from event") - before,
		3); /* warning, breach, accountability */
	assert_true(district_matter(district, late)->late);
	/* All of them at once, each once. */
	district_pass(district, "2019-03-08 00:00");
	assert_int_equal(
		number(district,
			"select count(*) from event e join payload p using (idx) where kind = "
			"'duty.breach' and json_extract(cast(body as text), '$.name') = 'sign_in_time'"),
		150);
}

static void a_changed_calendar_refreshes_every_lamp(void **state)
{
	static const char *const off[] = {"2019-03-07", "2019-03-08", "2019-03-11", "2019-03-12"};
	struct district *district = *state;
	struct calendar_day days[ARRAY_COUNT(off)] = {0};
	struct act act = {.kind = ACT_CALENDAR,
		.what.calendar = {.version = STR("flood-days"), .days = days, .count = ARRAY_COUNT(days)}};

	/* Signed for on a Monday, due on the Wednesday of the next week: seven working days, or three. */
	district_key_task(district, "working", "2019-03-13");
	district_sweep(district);
	expect_text("before", district_text(district, "select lamp from matter").data, "green");
	for (size_t i = 0; i < ARRAY_COUNT(off); i++)
		scene_must(day_parse(str_from(off[i]), &days[i].day, &district->why), &district->why);
	district_must(district, district_act(district, act));
	assert_int_equal(district_sweep(district), 0); /* nothing is recorded: it is only looked at */
	expect_text("after", district_text(district, "select lamp from matter").data, "yellow");
	expect_text("and counted",
		district_text(
			district, "select value from counter where scope = 'all' and measure = 'yellow'")
			.data,
		"1");
}

/* ---- people change ---- */

static void open_duties_stay_with_the_post(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "working", "2019-06-28");
	int64_t owed = number(district, "select count(*) from duty where post = 7 and closed is null");

	assert_true(owed > 0);
	district_must(district, district_appoint(district, "water-head", "xin", "2019-03-05"));
	district_at(district, "2019-03-05 09:00");
	assert_int_equal(
		number(district, "select count(*) from duty where post = 7 and closed is null"), owed);
	assert_int_equal(district_do(district, "wang", id, "report", "progress=10|note=a"), ERR_FORBIDDEN);
	district_must(district, district_do(district, "xin", id, "report", "progress=10|note=a"));
}

static void whoever_held_the_post_on_the_due_day_answers(void **state)
{
	struct district *district = *state;

	district_key_task(district, "working", "2019-03-20");
	district_must(district, district_appoint(district, "water-head", "xin", "2019-03-21"));
	district_pass(district, "2019-03-25 09:00");
	assert_int_equal(
		number(district,
			"select json_extract(cast(body as text), '$.holder') from payload join event "
			"using (idx) where kind = 'duty.breach' limit 1"),
		person_id(district->scene, "wang"));
}

static void a_vacancy_is_a_defect_that_shows(void **state)
{
	struct district *district = *state;

	district_key_task(district, "working", "2019-06-28");
	district_must(district, district_appoint(district, "water-head", "", "2019-03-05"));
	district_at(district, "2019-03-05 09:00");
	struct duty_line *lines;
	size_t count;

	district_must(district,
		store_duty_list(district->reader, district->arena, post_id(district->scene, "water-head"), 0,
			50, &lines, &count, &district->why));
	assert_true(count > 0);
	assert_int_equal(
		number(district,
			"select count(*) from duty d where d.closed is null and not exists (select 1 from "
			"tenure t "
			"where t.post = d.post and t.from_day <= '2019-03-05' and (t.until_day is null or "
			"t.until_day > '2019-03-05'))"),
		(int64_t)count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_clock_set_back_is_itself_recorded, open_district, close_district),
		cmocka_unit_test_setup_teardown(it_is_recorded_once_however_often_one_acts_or_restarts,
			open_district, close_district),
		cmocka_unit_test_setup_teardown(
			less_than_a_second_back_is_no_step, open_district, close_district),
		cmocka_unit_test_setup_teardown(a_breach_opens_accountability_once_even_after_downtime,
			open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_late_act_does_not_overtake_its_own_breach, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_sweep_costs_what_has_fallen_due, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_changed_calendar_refreshes_every_lamp, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			open_duties_stay_with_the_post, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			whoever_held_the_post_on_the_due_day_answers, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_vacancy_is_a_defect_that_shows, open_district, close_district),
	};
	return cmocka_run_group_tests_name("act: time and people", tests, NULL, NULL);
}
