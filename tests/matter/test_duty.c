/* When what is owed arises, falls due, passes on and goes away. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* domain.md, "Working days": N working days after a date. */
static void due_days_follow_the_worked_table(void **state)
{
	static const struct {
		const char *after;
		int days;
		const char *want;
	} rows[] = {
		{"2019-02-01", 1, "2019-02-02"},
		{"2019-02-01", 3, "2019-02-11"},
		{"2019-02-02", 5, "2019-02-14"},
		{"2019-04-26", 2, "2019-04-29"},
		{"2019-04-27", 3, "2019-04-30"},
		{"2019-04-30", 1, "2019-05-05"},
		{"2019-09-27", 2, "2019-09-30"},
		{"2019-09-30", 5, "2019-10-12"},
		{"2019-12-31", 1, "2020-01-02"},
		{"2025-01-24", 3, "2025-02-05"},
		{"2025-01-27", 5, "2025-02-10"},
		{"2025-09-26", 5, "2025-10-10"},
		{"2019-01-25", 10, "2019-02-13"},
		{"2019-09-27", 1, "2019-09-29"},
		{"2019-09-27", 3, "2019-10-08"},
		{"2025-01-24", 1, "2025-01-26"},
		{"2025-01-24", 5, "2025-02-07"},
		{"2025-01-20", 15, "2025-02-14"},
		{"2025-09-30", 1, "2025-10-09"},
		{"2025-10-01", 5, "2025-10-14"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct limit limit = {
			.kind = LIMIT_WITHIN, .term = {rows[i].days, TERM_WORKING_DAYS}, .field = -1};
		const char *times[] = {"00:00", "09:00", "23:59"};

		for (size_t k = 0; k < ARRAY_COUNT(times); k++) {
			scene_at(scene, str_format(scene->arena, "%s %s", rows[i].after, times[k]).data);
			struct due due = due_compute(&limit, (struct term){0}, NULL,
				scene->definitions[0].procedure, scene->world.now, &scene->world);

			expect_text(rows[i].after, day_print(scene->arena, due.day).data, rows[i].want);
			assert_int_equal(due.due.us, day_end(due.day, OFFSET_CHINA).us);
			assert_false(due.provisional);
		}
	}
	scene_free(scene);
}

static void each_state_arms_its_own_duties(void **unused)
{
	static const struct {
		const char *state, *duty, *due, *warn;
	} rows[] = {
		{"draft", "dispatch_in_time", "2019-03-07", ""},
		{"draft", "sign_in_time", "", ""},
		{"dispatched", "sign_in_time", "2019-03-06", ""},
		{"dispatched", "dispatch_in_time", "", ""},
		{"working", "finish", "2019-06-28", "2019-06-25"},
		{"working", "report_in_time", "2019-03-31", ""},
		{"working", "sign_in_time", "", ""},
		{"review", "review_in_time", "2019-03-11", ""},
		{"review", "finish", "", ""},
		{"review", "report_in_time", "", ""},
		{"closed", "review_in_time", "", ""},
	};
	struct scene *scene = scene_new();

	(void)unused;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, rows[i].state, "2019-06-28");
		expect_text(rows[i].duty, due_text(scene, scene_duty(scene, rows[i].duty)), rows[i].due);
		expect_text(rows[i].duty, warn_text(scene, scene_duty(scene, rows[i].duty)), rows[i].warn);
	}
	scene_free(scene);
}

static void who_bears_it_is_named(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_key_task(scene, "draft", "2019-06-28");
	assert_int_equal(scene_duty(scene, "dispatch_in_time")->unit, unit_id(scene, "office"));
	assert_int_equal(scene_duty(scene, "dispatch_in_time")->post, post_id(scene, "office-head"));
	scene_key_task(scene, "working", "2019-06-28");
	assert_int_equal(scene_duty(scene, "finish")->unit, unit_id(scene, "water"));
	assert_int_equal(scene_duty(scene, "finish")->post, post_id(scene, "water-head"));
	assert_int_equal(
		scene->matter->notices[scene->matter->notice_count - 1].post, post_id(scene, "water-head"));
	scene_free(scene);
}

static enum duty_state how_closed(const struct scene *scene, int64_t id)
{
	for (size_t i = 0; i < scene->matter->duty_count; i++)
		if (scene->matter->duties[i].id == id)
			return scene->matter->duties[i].state;
	return DUTY_STATE_COUNT;
}

static void done_is_not_dropped(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_key_task(scene, "working", "2019-06-28");
	int64_t finish = scene_duty(scene, "finish")->id, report = scene_duty(scene, "report_in_time")->id;

	expect_ok("asked to close", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	assert_int_equal(how_closed(scene, finish), DUTY_DONE);
	assert_int_equal(how_closed(scene, report), DUTY_DROPPED);
	int64_t review = scene_duty(scene, "review_in_time")->id;

	expect_ok("sent back", scene_act(scene, "he", "send_back", "reason=缺"), scene);
	assert_int_equal(how_closed(scene, review), DUTY_DONE);
	expect("armed again under a number of its own", scene_duty(scene, "finish")->id > review);
	scene_free(scene);
}

static void a_return_arms_anew_from_its_own_day(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_key_task(scene, "review", "2019-06-28");
	scene_at(scene, "2019-03-08 17:00");
	expect_ok("sent back", scene_act(scene, "he", "send_back", "reason=缺"), scene);
	expect_text("by the same day", due_text(scene, scene_duty(scene, "finish")), "2019-06-28");
	scene_at(scene, "2019-03-15 17:00");
	expect_ok("resubmitted", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	expect_text("the review counts from the second asking",
		due_text(scene, scene_duty(scene, "review_in_time")), "2019-03-22");
	scene_free(scene);
}

static const char passing[] =
	"procedure: passing\ngrasp: rules\ntitle: {zh: 转办, en: Passing}\nnumber: \"P{seq}\"\n"
	"roles: {office: {function: supervision_office}, lead: {field: unit}, chief: {field: chief}}\n"
	"fields: {unit: {type: unit, required: true}, chief: {type: post, required: true}, "
	"due: {type: date, required: true}, held: {type: date, required: true}}\n"
	"states: {a: {start: true}, b: {}, c: {}, z: {end: success}}\n"
	"actions:\n"
	"  start: {by: office, from: a, to: b}\n"
	"  pass:  {by: office, from: b, fields: {unit: {type: unit}, due: {type: date}, held: {type: date}, "
	"chief: {type: post}}}\n"
	"  tidy:  {by: lead, from: [b, c], to: c}\n"
	"  go_on: {by: lead, from: b, to: c}\n"
	"  hand:  {by: lead, from: b, to: c, fields: {unit: {type: unit, required: true}}}\n"
	"  done:  {by: lead, from: c, to: z}\n"
	"duties:\n"
	"  begin: {bearer: office, in: a, discharged_by: start, within: 3 working days, breach: {escalate: "
	"[chief]}}\n"
	"  work:  {bearer: lead, in: [b, c], discharged_by: [go_on, hand, done], within: 5 working days, "
	"breach: {escalate: [chief]}}\n"
	"  by_day: {bearer: lead, in: b, discharged_by: go_on, by: due, warn: 2 working days, "
	"breach: {escalate: [chief]}}\n"
	"  also:  {bearer: lead, in: b, discharged_by: go_on, by: due, breach: {escalate: [office]}}\n"
	"  after: {bearer: lead, in: b, discharged_by: go_on, calendar: held + 10 days, breach: {escalate: "
	"[chief]}}\n"
	"requests:\n"
	"  later: {by: lead, decided_by: office, in: b, moves: after, decide_within: 3 working days, "
	"fields: {until: {type: date, required: true}}}\n"
	"  longer: {by: lead, decided_by: office, in: b, moves: by_day, decide_within: 3 working days, "
	"fields: {until: {type: date, required: true}}}\n"
	"  stop: {by: lead, decided_by: office, in: b, stops: all, decide_within: 3 working days, "
	"fields: {until: {type: date, required: true}}}\n";

static void open_passing(struct scene *scene)
{
	scene_fresh(scene);
	expect_ok("opened",
		scene_open(
			scene, "he", "passing", "unit=water|chief=vice-mayor|due=2019-04-30|held=2019-03-20"),
		scene);
	expect_ok("started", scene_act(scene, "he", "start", NULL), scene);
}

static void a_duty_follows_the_field_that_names_its_bearer(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, passing);
	open_passing(scene);
	int64_t id = scene_duty(scene, "work")->id;

	expect_ok("passed on", scene_act(scene, "he", "pass", "unit=agri"), scene);
	assert_int_equal(scene_duty(scene, "work")->id, id);
	assert_int_equal(scene_duty(scene, "work")->unit, unit_id(scene, "agri"));
	assert_int_equal(scene_duty(scene, "work")->post, post_id(scene, "agri-head"));
	expect("who bears it now is told", was_told(scene, "agri-head", NOTICE_DUTY));
	expect_text("in the same time", due_text(scene, scene_duty(scene, "work")), "2019-03-11");
	expect_refused("who bore it before can't act", scene_act(scene, "wang", "go_on", NULL), ERR_FORBIDDEN,
		"by", scene);
	scene_free(scene);
}

static void a_decision_follows_the_field_that_names_its_decider(void **unused)
{
	static const char yaml[] =
		"procedure: deciding\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"D{seq}\"\n"
		"roles: {office: {function: supervision_office}, lead: {field: unit}, judge: {field: "
		"judge}}\n"
		"fields: {unit: {type: unit, required: true}, judge: {type: post, required: true}}\n"
		"states: {a: {start: true}, z: {end: success}}\n"
		"actions:\n"
		"  name: {by: office, from: a, fields: {judge: {type: post, required: true}}}\n"
		"  done: {by: office, from: a, to: z}\n"
		"duties: {end: {bearer: office, in: a, discharged_by: done, within: 30 days, breach: "
		"{escalate: [judge]}}}\n"
		"requests: {ask: {by: lead, decided_by: judge, in: a, moves: end, decide_within: 3 working "
		"days, "
		"fields: {until: {type: date, required: true}}}}\n";
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, yaml);
	expect_ok("opened", scene_open(scene, "he", "deciding", "unit=water|judge=vice-mayor"), scene);
	expect_ok("asked", scene_ask(scene, "wang", "ask", "until=2019-06-30"), scene);
	assert_int_equal(scene_decision(scene)->post, post_id(scene, "vice-mayor"));
	expect_ok("another is named", scene_act(scene, "he", "name", "judge=discipline-secretary"), scene);
	assert_int_equal(scene_decision(scene)->post, post_id(scene, "discipline-secretary"));
	expect_refused("the old one", scene_grant(scene, "zhao", 1, NULL), ERR_FORBIDDEN, "by", scene);
	expect_ok("the new one decides", scene_grant(scene, "shu", 1, NULL), scene);
	scene_free(scene);
}

static void a_day_follows_its_field_and_only_when_that_changes(void **unused)
{
	static const struct {
		const char *says, *fields, *by_day, *warn, *after;
	} rows[] = {
		{"nothing changes", "unit=agri", "2019-04-30", "2019-04-28", "2019-03-30"},
		{"the due day", "due=2019-05-31", "2019-05-31", "2019-05-29", "2019-03-30"},
		{"the day it counts from", "held=2019-04-01", "2019-04-30", "2019-04-28", "2019-04-11"},
		{"the same day again", "due=2019-04-30", "2019-04-30", "2019-04-28", "2019-03-30"},
	};
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, passing);
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		open_passing(scene);
		expect_ok(rows[i].says, scene_act(scene, "he", "pass", rows[i].fields), scene);
		expect_text(rows[i].says, due_text(scene, scene_duty(scene, "by_day")), rows[i].by_day);
		expect_text(rows[i].says, warn_text(scene, scene_duty(scene, "by_day")), rows[i].warn);
		expect_text(rows[i].says, due_text(scene, scene_duty(scene, "after")), rows[i].after);
	}
	scene_free(scene);
}

static void an_extended_day_stays_when_other_fields_change(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, passing);
	open_passing(scene);
	expect_ok("asked", scene_ask(scene, "wang", "later", "until=2019-04-20"), scene);
	expect_ok("granted", scene_grant(scene, "he", 1, NULL), scene);
	expect_text("extended", due_text(scene, scene_duty(scene, "after")), "2019-04-20");
	expect_ok("something else happens", scene_act(scene, "he", "pass", "chief=secretary"), scene);
	expect_text("still extended", due_text(scene, scene_duty(scene, "after")), "2019-04-20");
	scene_free(scene);
}

static void a_required_field_is_not_emptied_later(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, passing);
	open_passing(scene);
	struct command command = scene_command(scene, COMMAND_ACT, "he");

	command.name = STR("pass");
	command.fields = doc_object(scene->arena);
	doc_set(scene->arena, command.fields, "due", doc_text(scene->arena, STR("")));
	expect_refused("the due day is wiped out", scene_do(scene, command), ERR_INVALID, "due", scene);
	scene_free(scene);
}

/* A state is never left with nobody owing what the rules say is owed in it. */
static void a_duty_that_holds_in_the_next_state_too_is_owed_there_anew(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, passing);
	open_passing(scene);
	expect_text("owed in b", due_text(scene, scene_duty(scene, "work")), "2019-03-11");
	scene_at(scene, "2019-03-08 09:00");
	expect_ok("on to c", scene_act(scene, "wang", "go_on", NULL), scene);
	expect_text("owed in c, from that day", due_text(scene, scene_duty(scene, "work")), "2019-03-15");
	int64_t id = scene_duty(scene, "work")->id;

	expect_ok("an action whose `to` is where it stands", scene_act(scene, "wang", "tidy", NULL), scene);
	assert_int_equal(scene_duty(scene, "work")->id, id);
	expect_ok("done", scene_act(scene, "wang", "done", NULL), scene);
	expect("owed no more", scene_duty(scene, "work") == NULL);
	scene_free(scene);
}

static const char staying[] =
	"procedure: staying\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"S{seq}\"\n"
	"roles: {office: {function: supervision_office}, chief: {function: discipline_secretary}}\n"
	"fields: {}\nstates: {a: {start: true}, z: {end: success}}\n"
	"actions:\n"
	"  visit: {by: office, from: a}\n"
	"  done:  {by: office, from: a, to: z}\n"
	"duties:\n"
	"  once: {bearer: office, in: a, discharged_by: visit, within: 10 days, breach: {escalate: "
	"[chief]}}\n"
	"  end:  {bearer: office, in: a, discharged_by: [visit, done], within: 30 days, breach: {escalate: "
	"[chief]}}\n";

static void what_stays_where_it_is_does_not_end_the_duty_to_move_on(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, staying);
	expect_ok("opened", scene_open(scene, "he", "staying", NULL), scene);
	scene_at(scene, "2019-03-06 09:00");
	expect_ok("visited", scene_act(scene, "he", "visit", NULL), scene);
	expect("a deed owed once is done", scene_duty(scene, "once") == NULL);
	expect_text("to move on is owed anew", due_text(scene, scene_duty(scene, "end")), "2019-04-05");
	scene_free(scene);
}

static void a_day_beyond_the_calendar_is_provisional(void **unused)
{
	struct scene *scene = scene_new();
	struct day first, last;

	(void)unused;
	calendar_span(scene->world.calendar, &first, &last);
	scene_at(scene, str_format(scene->arena, "%.*s 10:00", STR_ARG(day_print(scene->arena, last))).data);
	scene_key_task(scene, "draft", "2099-06-28");
	expect("beyond the data", scene_duty(scene, "dispatch_in_time")->provisional);
	scene_at(scene, "2019-03-04 09:00");
	scene_key_task(scene, "draft", "2019-06-28");
	expect("within it", !scene_duty(scene, "dispatch_in_time")->provisional);
	scene_free(scene);
}

static void a_warning_comes_once_on_its_day(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_key_task(scene, "working", "2019-03-20");
	assert_int_equal(scene_pass(scene, "2019-03-14 23:59"), 0);
	struct command command = scene_command(scene, COMMAND_WARN, "");

	command.about = scene_duty(scene, "finish")->id;
	expect_refused("too early", scene_do(scene, command), ERR_CONFLICT, "duty", scene);
	assert_int_equal(scene_pass(scene, "2019-03-15 00:00"), 1);
	expect("the bearer is told", was_told(scene, "water-head", NOTICE_WARNED));
	expect_refused("not twice", scene_do(scene, command), ERR_CONFLICT, "duty", scene);
	command.person = person_id(scene, "he");
	expect_refused("not by a person", scene_do(scene, command), ERR_FORBIDDEN, "clock", scene);
	scene_free(scene);
}

static void a_granted_day_takes_along_what_is_measured_by_its_field(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, passing);
	open_passing(scene);
	expect_ok("asked", scene_ask(scene, "wang", "longer", "until=2019-05-31"), scene);
	expect_ok("granted", scene_grant(scene, "he", 1, NULL), scene);
	expect_text("the one asked for", due_text(scene, scene_duty(scene, "by_day")), "2019-05-31");
	expect_text("the other by the same field", due_text(scene, scene_duty(scene, "also")), "2019-05-31");
	expect("only the one asked for bears the mark",
		scene_duty(scene, "by_day")->extended && !scene_duty(scene, "also")->extended);
	scene_free(scene);
}

static void what_is_closed_is_passed_on_to_nobody(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_define(scene, passing);
	open_passing(scene);
	expect_ok("done and handed over at once", scene_act(scene, "wang", "hand", "unit=agri"), scene);
	expect("no closed duty changes", doc_get(last_payload(scene), "changes") == NULL);
	assert_int_equal(scene_duty(scene, "work")->unit, unit_id(scene, "agri"));
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(due_days_follow_the_worked_table),
		cmocka_unit_test(each_state_arms_its_own_duties),
		cmocka_unit_test(who_bears_it_is_named),
		cmocka_unit_test(done_is_not_dropped),
		cmocka_unit_test(a_return_arms_anew_from_its_own_day),
		cmocka_unit_test(a_duty_follows_the_field_that_names_its_bearer),
		cmocka_unit_test(a_decision_follows_the_field_that_names_its_decider),
		cmocka_unit_test(a_day_follows_its_field_and_only_when_that_changes),
		cmocka_unit_test(an_extended_day_stays_when_other_fields_change),
		cmocka_unit_test(a_granted_day_takes_along_what_is_measured_by_its_field),
		cmocka_unit_test(what_is_closed_is_passed_on_to_nobody),
		cmocka_unit_test(a_required_field_is_not_emptied_later),
		cmocka_unit_test(a_duty_that_holds_in_the_next_state_too_is_owed_there_anew),
		cmocka_unit_test(what_stays_where_it_is_does_not_end_the_duty_to_move_on),
		cmocka_unit_test(a_day_beyond_the_calendar_is_provisional),
		cmocka_unit_test(a_warning_comes_once_on_its_day),
	};

	return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
