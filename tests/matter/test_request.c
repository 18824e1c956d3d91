/* What may be asked for, who decides, and what a decision changes: extending and suspending. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define EXTEND(day)  "reason=汛期停工|measure=增派人手|until=" day
#define SUSPEND(day) "reason=等待上级批复|until=" day

static void what_may_be_asked_for_and_when(void **state)
{
	static const struct {
		const char *says, *state, *now, *who, *request, *fields;
		enum err want;
		const char *place;
	} rows[] = {
		{"in time", "working", "2019-03-04 10:00", "wang", "extend", EXTEND("2019-07-31"), ERR_OK,
			""},
		{"on the last minute", "working", "2019-06-28 23:59", "wu", "extend", EXTEND("2019-07-31"),
			ERR_OK, ""},
		{"too late", "working", "2019-06-29 00:00", "wang", "extend", EXTEND("2019-07-31"),
			ERR_REFUSED, "before_due"},
		{"to the same day", "working", "2019-03-04 10:00", "wang", "extend", EXTEND("2019-06-28"),
			ERR_INVALID, "until"},
		{"to an earlier day", "working", "2019-03-04 10:00", "wang", "extend", EXTEND("2019-06-01"),
			ERR_INVALID, "until"},
		{"no reason", "working", "2019-03-04 10:00", "wang", "extend", "measure=x|until=2019-07-31",
			ERR_INVALID, "reason"},
		{"no day", "working", "2019-03-04 10:00", "wang", "extend", "reason=x|measure=x", ERR_INVALID,
			"until"},
		{"before it is signed for", "dispatched", "2019-03-04 10:00", "wang", "extend",
			EXTEND("2019-07-31"), ERR_REFUSED, "in"},
		{"by the office", "working", "2019-03-04 10:00", "he", "extend", EXTEND("2019-07-31"),
			ERR_FORBIDDEN, "by"},
		{"suspending until today", "working", "2019-03-04 10:00", "wang", "suspend",
			SUSPEND("2019-03-04"), ERR_INVALID, "until"},
		{"suspending until tomorrow", "working", "2019-03-04 10:00", "wang", "suspend",
			SUSPEND("2019-03-05"), ERR_OK, ""},
		{"something that can't be asked for", "working", "2019-03-04 10:00", "wang", "holiday", NULL,
			ERR_NOT_FOUND, "request"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, "2019-03-04 09:00");
		scene_key_task(scene, rows[i].state, "2019-06-28");
		scene_at(scene, rows[i].now);
		expect_refused(rows[i].says, scene_ask(scene, rows[i].who, rows[i].request, rows[i].fields),
			rows[i].want, rows[i].place, scene);
	}
	scene_free(scene);
}

static void asking_opens_a_duty_to_decide(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("asked", scene_ask(scene, "wu", "extend", EXTEND("2019-07-31")), scene);
	expect_text("within three working days", due_text(scene, scene_decision(scene)), "2019-03-07");
	assert_int_equal(scene_decision(scene)->unit, unit_id(scene, "office"));
	assert_int_equal(scene_decision(scene)->asker, post_id(scene, "water-liaison"));
	expect("the decider is told", was_told(scene, "office-head", NOTICE_REQUESTED));
	expect_refused("not twice", scene_ask(scene, "wang", "extend", EXTEND("2019-08-31")), ERR_CONFLICT,
		"extend", scene);
	expect_ok("another thing may be asked for",
		scene_ask(scene, "wang", "suspend", SUSPEND("2019-03-20")), scene);
	scene_pass(scene, "2019-03-08 00:00");
	expect("who doesn't decide is breached: the one who asked hears it",
		was_told(scene, "water-head", NOTICE_BREACHED) ||
			was_told(scene, "water-liaison", NOTICE_BREACHED));
	expect("and who stands above", was_told(scene, "secretary", NOTICE_BREACHED));
	scene_free(scene);
}

static void who_asks_never_grants(void **state)
{
	static const struct {
		const char *says, *asks, *decides;
		enum err want;
		const char *place;
	} rows[] = {
		{"two houses", "wang", "he", ERR_OK, ""},
		{"one person of both houses", "bo", "bo", ERR_REFUSED, "not_by"},
		{"another of the office", "bo", "du", ERR_OK, ""},
		{"a delegate asked, and decides", "du for wang", "du", ERR_REFUSED, "not_by"},
		{"a delegate asked for one who is of both houses", "wu for bo", "bo", ERR_REFUSED, "not_by"},
		{"who asked decides for another", "bo", "bo for he", ERR_REFUSED, "not_by"},
		{"another decides for who asked", "bo", "he for bo", ERR_REFUSED, "not_by"},
		{"the lead unit itself", "wang", "wei", ERR_FORBIDDEN, "by"},
		{"the commander", "wang", "zhao", ERR_FORBIDDEN, "by"},
	};
	struct scene *scene = scene_new();

	(void)state;
	scene_delegate(scene, "wang", "du", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "bo", "wu", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "bo", "he", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "he", "bo", "2019-03-01", "2019-04-01");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		expect_ok(
			rows[i].says, scene_ask(scene, rows[i].asks, "extend", EXTEND("2019-07-31")), scene);
		expect_refused(rows[i].says, scene_grant(scene, rows[i].decides, 1, NULL), rows[i].want,
			rows[i].place, scene);
	}
	scene_free(scene);
}

static void an_extension_moves_the_day_and_keeps_its_mark(void **state)
{
	static const struct {
		const char *says, *until, *due;
		enum err want;
	} rows[] = {
		{"as asked", NULL, "2019-07-31", ERR_OK},
		{"for less", "2019-07-10", "2019-07-10", ERR_OK},
		{"for more", "2019-08-10", "2019-08-10", ERR_OK},
		{"for nothing", "2019-06-28", NULL, ERR_INVALID},
		{"for a day that doesn't exist", "2019-06-31", NULL, ERR_INVALID},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		expect_ok(rows[i].says, scene_ask(scene, "wang", "extend", EXTEND("2019-07-31")), scene);
		expect_refused(rows[i].says, scene_grant(scene, "he", 1, rows[i].until), rows[i].want,
			"until", scene);
		if (rows[i].want != ERR_OK)
			continue;
		expect_text(rows[i].says, due_text(scene, scene_duty(scene, "finish")), rows[i].due);
		expect_text("the field says the same", doc_get_text(scene->matter->fields, "due").data,
			rows[i].due);
		expect("marked", scene->matter->extended && scene_duty(scene, "finish")->extended);
		expect("decided", scene_decision(scene) == NULL);
		expect("the one who asked hears", was_told(scene, "water-head", NOTICE_DECIDED));
		expect_ok("a report changes nothing of it",
			scene_act(scene, "wang", "report", "progress=1|note=x"), scene);
		expect_text(rows[i].says, due_text(scene, scene_duty(scene, "finish")), rows[i].due);
	}
	scene_free(scene);
}

static void a_refusal_gives_its_reason_and_changes_nothing(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("asked", scene_ask(scene, "wang", "extend", EXTEND("2019-07-31")), scene);
	expect_refused("without a reason", scene_refuse(scene, "he", 1, "  "), ERR_INVALID, "text", scene);
	struct buf buf = buf_new(scene->arena);

	for (int i = 0; i < 9000; i++)
		buf_put_char(&buf, 'x');
	expect_refused(
		"with a book", scene_refuse(scene, "he", 1, buf_str(&buf).data), ERR_RANGE, "text", scene);
	expect_ok("with one", scene_refuse(scene, "he", 1, "工期充裕"), scene);
	expect_text("as before", due_text(scene, scene_duty(scene, "finish")), "2019-06-28");
	expect("no mark", !scene->matter->extended);
	expect_refused("decided once", scene_grant(scene, "he", 1, NULL), ERR_NOT_FOUND, "request", scene);
	expect_ok("it may be asked again", scene_ask(scene, "wang", "extend", EXTEND("2019-07-31")), scene);
	assert_int_equal(scene->matter->requests[scene->matter->request_count - 1].id, 2);
	scene_free(scene);
}

static void a_second_extension_is_measured_by_the_first(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("asked", scene_ask(scene, "wang", "extend", EXTEND("2019-07-31")), scene);
	expect_ok("granted", scene_grant(scene, "he", 1, NULL), scene);
	scene_at(scene, "2019-07-30 09:00");
	expect_refused("not back again", scene_ask(scene, "wang", "extend", EXTEND("2019-07-31")),
		ERR_INVALID, "until", scene);
	expect_ok("once more", scene_ask(scene, "wang", "extend", EXTEND("2019-08-31")), scene);
	scene_free(scene);
}

static void a_request_lapses_when_the_matter_moves_on(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("asked", scene_ask(scene, "wang", "extend", EXTEND("2019-07-31")), scene);
	expect_ok("done after all", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	expect("nothing to decide", scene_decision(scene) == NULL);
	assert_int_equal(scene->matter->requests[0].state, REQUEST_LAPSED);
	expect_refused(
		"too late to grant", scene_grant(scene, "he", 1, NULL), ERR_NOT_FOUND, "request", scene);
	scene_free(scene);
}

/* ---- suspending ---- */

static void suspend(struct scene *scene, const char *due, const char *until)
{
	scene_at(scene, "2019-03-04 09:00");
	scene_key_task(scene, "working", due);
	expect_ok("asked",
		scene_ask(scene, "wang", "suspend", str_format(scene->arena, SUSPEND("%s"), until).data),
		scene);
	expect_ok("granted", scene_grant(scene, "he", 1, NULL), scene);
}

static void a_suspension_stops_every_clock(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	suspend(scene, "2019-03-29", "2019-05-31"); /* 19 working days were left */
	assert_int_equal(scene_duty(scene, "finish")->state, DUTY_PAUSED);
	assert_int_equal(scene_duty(scene, "report_in_time")->state, DUTY_PAUSED);
	assert_int_equal(scene_pass(scene, "2019-05-31 23:59"), 0);
	expect_refused("nothing can be done", scene_act(scene, "wang", "report", "progress=1|note=x"),
		ERR_REFUSED, "suspended", scene);
	expect_refused("or asked for", scene_ask(scene, "wang", "extend", EXTEND("2019-07-31")), ERR_REFUSED,
		"suspended", scene);
	expect_refused("there is nobody to urge", scene_say(scene, COMMAND_URGE, "he", "请加快", 0),
		ERR_REFUSED, "urge", scene);
	expect_ok("a word may be said", scene_say(scene, COMMAND_NOTE, "he", "仍在等待", 0), scene);
	scene_free(scene);
}

static void the_remainder_is_carried(void **state)
{
	static const struct {
		const char *says, *due, *until, *now, *who, *want;
	} rows[] = {
		/* 19 working days after 2019-05-31; 06-07 is a holiday. */
		{"by the clock, on its day", "2019-03-29", "2019-05-31", "2019-06-01 00:00", "",
			"2019-06-28"},
		{"by the clock, seen late", "2019-03-29", "2019-05-31", "2019-06-11 15:00", "", "2019-06-28"},
		/* 19 after 2019-03-11 */
		{"early, by who granted it", "2019-03-29", "2019-05-31", "2019-03-11 09:00", "he",
			"2019-04-08"},
		{"on the very day", "2019-03-29", "2019-05-31", "2019-03-04 17:00", "du", "2019-03-29"},
		{"by a person, but after its day", "2019-03-29", "2019-05-31", "2019-06-11 15:00", "he",
			"2019-06-28"},
		{"on the last day at least one day is left", "2019-03-04", "2019-05-31", "2019-06-01 00:00",
			"", "2019-06-03"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		suspend(scene, rows[i].due, rows[i].until);
		scene_at(scene, rows[i].now);
		expect_ok(rows[i].says, scene_resume(scene, rows[i].who), scene);
		expect_text(rows[i].says, due_text(scene, scene_duty(scene, "finish")), rows[i].want);
		expect_text("the field says the same", doc_get_text(scene->matter->fields, "due").data,
			rows[i].want);
		expect("the warning moves with it", warn_text(scene, scene_duty(scene, "finish"))[0] != '\0');
		expect_refused("once", scene_resume(scene, rows[i].who), ERR_CONFLICT, "suspended", scene);
	}
	scene_free(scene);
}

static void who_may_resume(void **state)
{
	static const struct {
		const char *who, *place;
		enum err want;
	} rows[] = {{"", "suspended", ERR_CONFLICT}, {"wang", "by", ERR_FORBIDDEN},
		{"zhao", "by", ERR_FORBIDDEN}, {"bo", "", ERR_OK}};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		suspend(scene, "2019-03-29", "2019-05-31");
		expect_refused(
			rows[i].who, scene_resume(scene, rows[i].who), rows[i].want, rows[i].place, scene);
	}
	scene_key_task(scene, "working", "2019-06-28");
	expect_refused("what isn't suspended", scene_resume(scene, "he"), ERR_CONFLICT, "suspended", scene);
	scene_free(scene);
}

static void what_was_carried_stays_carried(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	suspend(scene, "2019-03-29", "2019-05-31");
	scene_pass(scene, "2019-06-01 00:00");
	expect_ok("a report", scene_act(scene, "wang", "report", "progress=50|note=x"), scene);
	expect_text(
		"doesn't bring the old day back", due_text(scene, scene_duty(scene, "finish")), "2019-06-28");
	expect_ok("asked", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	expect_ok("sent back", scene_act(scene, "he", "send_back", "reason=缺"), scene);
	expect_text("nor does a return", due_text(scene, scene_duty(scene, "finish")), "2019-06-28");
	scene_free(scene);
}

static void what_was_overdue_stays_so(void **state)
{
	struct scene *scene = scene_new();
	int64_t due;

	(void)state;
	scene_key_task(scene, "working", "2019-03-08");
	scene_pass(scene, "2019-03-11 09:00");
	expect("breached", scene_duty(scene, "finish")->breached);
	due = scene_duty(scene, "finish")->due.us;
	expect_ok("asked", scene_ask(scene, "wang", "suspend", SUSPEND("2019-03-20")), scene);
	expect_ok("granted", scene_grant(scene, "he", 1, NULL), scene);
	expect("its clock has run out, there is nothing to stop",
		scene_duty(scene, "finish")->state == DUTY_OPEN &&
			scene_duty(scene, "finish")->due.us == due);
	assert_int_equal(scene_duty(scene, "report_in_time")->state, DUTY_PAUSED);
	scene_pass(scene, "2019-03-30 09:00");
	expect("breached once and not again",
		scene_duty(scene, "finish")->breached && scene_duty(scene, "finish")->due.us == due);
	assert_int_equal(scene->opened.count, 1);
	scene_free(scene);
}

static void a_round_missed_before_the_suspension_opens_no_running_clock(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	scene_at(scene, "2019-04-01 09:00"); /* March's report is missed, and the clock hasn't looked yet */
	expect_ok("asked", scene_ask(scene, "wang", "suspend", SUSPEND("2019-05-31")), scene);
	expect_ok("granted", scene_grant(scene, "he", 1, NULL), scene);
	scene_clock(scene);
	assert_int_equal(scene_duty(scene, "report_in_time")->state, DUTY_PAUSED);
	assert_int_equal(scene_pass(scene, "2019-05-31 23:00") - scene_clock(scene),
		1); /* the office's answer about March */
	assert_int_equal(scene_duty(scene, "report_in_time")->state, DUTY_PAUSED);
	scene_pass(scene, "2019-06-01 00:00");
	assert_int_equal(scene_duty(scene, "report_in_time")->state, DUTY_OPEN);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_be_asked_for_and_when),
		cmocka_unit_test(asking_opens_a_duty_to_decide),
		cmocka_unit_test(who_asks_never_grants),
		cmocka_unit_test(an_extension_moves_the_day_and_keeps_its_mark),
		cmocka_unit_test(a_refusal_gives_its_reason_and_changes_nothing),
		cmocka_unit_test(a_second_extension_is_measured_by_the_first),
		cmocka_unit_test(a_request_lapses_when_the_matter_moves_on),
		cmocka_unit_test(a_suspension_stops_every_clock),
		cmocka_unit_test(the_remainder_is_carried),
		cmocka_unit_test(who_may_resume),
		cmocka_unit_test(what_was_carried_stays_carried),
		cmocka_unit_test(what_was_overdue_stays_so),
		cmocka_unit_test(a_round_missed_before_the_suspension_opens_no_running_clock),
	};

	return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
