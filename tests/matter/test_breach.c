/* What follows when a duty is not done: once, at the instant it was due, and reaching somebody else. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static enum err breach(struct scene *scene, int64_t duty)
{
	struct command command = scene_command(scene, COMMAND_BREACH, "");

	command.about = duty;
	return scene_do(scene, command);
}

static void it_happens_at_the_end_of_the_day_and_once(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	int64_t id = scene_duty(scene, "sign_in_time")->id;

	scene_at(scene, "2019-03-06 23:59");
	expect_refused("on its last minute it is in time", breach(scene, id), ERR_CONFLICT, "duty", scene);
	scene_at(scene, "2019-03-07 00:00");
	expect_ok("a minute later it isn't", breach(scene, id), scene);
	expect_refused("once", breach(scene, id), ERR_CONFLICT, "duty", scene);
	expect("it is still owed",
		scene_duty(scene, "sign_in_time") != NULL && scene_duty(scene, "sign_in_time")->breached);
	expect("the matter keeps the mark", scene->matter->late);
	assert_int_equal(scene_pass(scene, "2019-03-08 12:00"), 0);
	expect_ok("it can still be done", scene_act(scene, "wang", "sign", NULL), scene);
	expect_refused("then it is over", breach(scene, id), ERR_CONFLICT, "duty", scene);
	scene_free(scene);
}

static void only_the_clock_says_so(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	scene_at(scene, "2019-03-20 09:00");
	struct command command = scene_command(scene, COMMAND_BREACH, "he");

	command.about = scene_duty(scene, "sign_in_time")->id;
	expect_refused("not a person", scene_do(scene, command), ERR_FORBIDDEN, "clock", scene);
	scene_free(scene);
}

static void it_records_the_due_instant_and_who_held_the_post_then(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	scene_appoint(scene, "water-head", "xin", "2019-03-07");
	int64_t due = scene_duty(scene, "sign_in_time")->due.us;

	scene_pass(scene, "2019-03-12 15:00");
	assert_int_equal(doc_get_int(last_payload(scene), "at", 0), due);
	assert_int_equal(doc_get_int(last_payload(scene), "holder", 0), person_id(scene, "wang"));
	scene_free(scene);
}

static void who_acts_in_a_vacant_post_answers_for_it(void **state)
{
	static const struct {
		const char *unit, *signs, *holder;
	} rows[] = {{"agri", "ann", "ann"}, {"park", "pan", ""}};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, "2019-03-04 09:00");
		scene_fresh(scene);
		expect_ok("opened",
			scene_open(scene, "he", "key_task",
				str_format(scene->arena,
					"title=x|lead_unit=%s|commander=vice-mayor|due=2019-06-28",
					rows[i].unit)
					.data),
			scene);
		expect_ok("dispatched", scene_act(scene, "he", "dispatch", NULL), scene);
		scene_pass(scene, "2019-03-07 00:00");
		assert_int_equal(doc_get_int(last_payload(scene), "holder", 0),
			rows[i].holder[0] == '\0' ? 0 : person_id(scene, rows[i].holder));
	}
	scene_free(scene);
}

static void each_breach_reaches_whom_the_rule_names(void **state)
{
	static const struct {
		const char *state, *duty, *now, *told[2], *follows_up;
	} rows[] = {
		{"draft", "dispatch_in_time", "2019-03-08 00:00", {"vice-mayor", NULL}, "vice-mayor"},
		{"dispatched", "sign_in_time", "2019-03-07 00:00", {"water-head", "office-head"},
			"office-head"},
		{"working", "report_in_time", "2019-04-01 00:00", {"water-head", "office-head"},
			"office-head"},
		{"working", "finish", "2019-03-30 00:00", {"vice-mayor", "office-head"}, "vice-mayor"},
		{"review", "review_in_time", "2019-03-12 00:00", {"vice-mayor", NULL}, "vice-mayor"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, "2019-03-04 09:00");
		scene_key_task(scene, rows[i].state,
			strcmp(rows[i].duty, "finish") == 0 ? "2019-03-29" : "2019-06-28");
		int64_t id = scene_duty(scene, rows[i].duty)->id;

		scene_at(scene, rows[i].now);
		expect_ok(rows[i].duty, breach(scene, id), scene);
		for (size_t k = 0; k < 2 && rows[i].told[k] != NULL; k++)
			expect(rows[i].told[k], was_told(scene, rows[i].told[k], NOTICE_BREACHED));
		assert_int_equal(scene_answer(scene)->post, post_id(scene, rows[i].follows_up));
		assert_int_equal(scene_answer(scene)->about, id);
	}
	scene_free(scene);
}

static void who_follows_up_is_never_of_the_house_that_failed(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	/* The commander is the lead unit's own head; the office isn't asked about a dispatch. */
	expect_ok("the office is to dispatch under its own head",
		scene_open(scene, "he", "key_task",
			"title=x|lead_unit=water|commander=office-head|due=2019-06-28"),
		scene);
	scene_pass(scene, "2019-03-08 00:00");
	expect("who stands above the office is told", was_told(scene, "secretary", NOTICE_BREACHED));
	assert_int_equal(scene_answer(scene)->post, post_id(scene, "secretary"));
	scene_free(scene);
}

static void at_the_top_the_one_who_failed_waits_for_what_follows(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	expect_ok("under the secretary",
		scene_open(scene, "he", "key_task",
			"title=x|lead_unit=water|commander=secretary|due=2019-06-28"),
		scene);
	scene_pass(scene, "2019-03-08 00:00");
	int64_t answer = scene_answer(scene)->id;

	assert_int_equal(scene_answer(scene)->post, post_id(scene, "secretary"));
	scene_pass(scene, "2019-03-15 23:59");
	assert_int_equal(scene_pass(scene, "2019-03-16 00:00"), 1);
	assert_int_equal(doc_get_int(last_payload(scene), "duty", 0), answer);
	expect("above the secretary is nobody, so the office hears that nothing followed",
		was_told(scene, "office-head", NOTICE_BREACHED));
	scene_free(scene);
}

static void nobody_is_told_twice_of_one_breach(void **state)
{
	struct scene *scene = scene_new();
	size_t told = 0;

	(void)state;
	scene_define(scene,
		"procedure: twice\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"T{seq}\"\n"
		"roles: {office: {function: supervision_office}, boss: {function: discipline_secretary}, "
		"same: {function: discipline_secretary}}\n"
		"fields: {}\nstates: {a: {start: true}, z: {end: success}}\n"
		"actions: {go: {by: office, from: a, to: z}}\n"
		"duties: {go_on: {bearer: office, in: a, discharged_by: go, within: 1 working day, "
		"breach: {escalate: [boss, same]}}}\n");
	expect_ok("opened", scene_open(scene, "he", "twice", NULL), scene);
	scene_pass(scene, "2019-03-06 00:00");
	const struct doc *tells = doc_get(last_payload(scene), "tells");

	for (size_t i = 0; tells != NULL && i < tells->count; i++)
		told += str_is(doc_get_text(&tells->items[i], "kind"), "breached");
	assert_int_equal(told, 1);
	scene_free(scene);
}

static void a_late_finish_opens_accountability_by_itself(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-03-29");
	int64_t id = scene->matter->id;

	scene_pass(scene, "2019-03-31 09:00");
	assert_int_equal(scene->opened.count, 1);
	const struct event *event = &scene->opened.items[0];
	const struct doc *fields = doc_get(event->payload, "fields");

	assert_int_equal(event->matter, id + 1);
	assert_int_equal(doc_get_int(event->payload, "cause", 0), id);
	expect_text("caused by", doc_get_text(event->payload, "caused_by").data, "finish");
	expect_text("its number", doc_get_text(event->payload, "number").data, "责〔2019〕1号");
	assert_int_equal(doc_get_int(fields, "subject", 0), unit_id(scene, "water"));
	expect_text("its ground", doc_get_text(fields, "ground").data, "overdue");
	expect("nobody opened it", doc_get_int(event->payload, "person", 0) == 0);
	expect("it is no part of the task", doc_get(event->payload, "parent") == NULL);
	/* It stands on its own feet: applied, it has a start and somebody owes its first step. */
	struct matter *other = matter_new(scene->arena);

	matter_apply(other, event, scene->definitions[1].procedure);
	assert_int_equal(other->duty_count, 1);
	assert_int_equal(other->duties[0].unit, unit_id(scene, "inspection"));
	assert_int_equal(other->link_count, 1);
	assert_int_equal(other->links[0].other, id);
	scene_free(scene);
}

static void a_breach_is_recorded_even_when_nothing_can_be_opened(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene->world.definition_count = 1; /* accountability was never adopted */
	scene_key_task(scene, "working", "2019-03-29");
	scene_pass(scene, "2019-03-31 09:00");
	assert_int_equal(scene->opened.count, 0);
	expect("the breach stands", scene_duty(scene, "finish")->breached && scene->matter->late);
	expect("and says what could not be opened",
		str_starts(doc_get_text(last_payload(scene), "not_opened"), "accountability"));
	scene_free(scene);
}

/* How many breaches of that name the history holds. */
static size_t breaches_of(const struct scene *scene, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < scene->history.count; i++)
		count += scene->history.items[i].kind == EVENT_DUTY_BREACHED &&
			 str_is(doc_get_text(scene->history.items[i].payload, "name"), name);
	return count;
}

static void one_failure_is_called_to_account_once(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-03-29");
	int64_t first = scene_duty(scene, "finish")->id;

	scene_pass(scene, "2019-03-30 09:00");
	for (int round = 0; round < 3; round++) {
		expect_ok("asked late", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
		expect_ok("sent back", scene_act(scene, "he", "send_back", "reason=不符合验收标准"), scene);
		const struct duty *again = scene_duty(scene, "finish");

		expect("it goes on with the failure that is known", again->breached);
		assert_int_equal(again->about, first);
		expect_text("its day is the same", due_text(scene, again), "2019-03-29");
		scene_pass(scene, str_format(scene->arena, "2019-04-%02d 09:00", 1 + round).data);
		assert_int_equal(breaches_of(scene, "finish"), 1);
		assert_int_equal(scene->opened.count, 1);
	}
	expect("red", str_starts(str_from(lamp_text(scene, "en")), "red: "));
	scene_free(scene);
}

static void what_was_in_time_and_comes_back_late_is_a_failure(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-03-29");
	scene_at(scene, "2019-03-29 16:00");
	expect_ok("asked in time", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	scene_pass(scene, "2019-04-01 09:00");
	expect_ok("sent back", scene_act(scene, "he", "send_back", "reason=不符合验收标准"), scene);
	expect("nobody answered for it yet", !scene_duty(scene, "finish")->breached);
	scene_pass(scene, "2019-04-01 10:00");
	assert_int_equal(breaches_of(scene, "finish"), 1);
	scene_free(scene);
}

static const char moved_by_hand[] =
	"procedure: moved\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"V{seq}\"\n"
	"roles: {office: {function: supervision_office}, "
	"boss: {function: discipline_secretary}}\n"
	"fields: {day: {type: date, required: true}}\n"
	"states: {a: {start: true}, b: {}, z: {end: success}}\n"
	"actions:\n"
	"  plan: {by: office, from: a, fields: {day: {type: date, required: true}}}\n"
	"  show: {by: office, from: a, to: b}\n"
	"  back: {by: boss, from: b, to: a, fields: {day: {type: date}}}\n"
	"  go: {by: boss, from: b, to: z}\n"
	"duties:\n"
	"  finish: {bearer: office, in: a, discharged_by: show, by: day, "
	"breach: {escalate: [boss]}}\n"
	"  judge: {bearer: boss, in: b, discharged_by: [back, go], within: 30 working days, "
	"breach: {escalate: [office]}}\n";

/* A day moved by an action: to come, and there is a new period to fail in; over, and there is none. */
static void a_moved_day_is_a_new_period_only_when_it_is_to_come(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, moved_by_hand);
	expect_ok("opened", scene_open(scene, "he", "moved", "day=2019-03-08"), scene);
	scene_pass(scene, "2019-03-20 09:00");
	assert_int_equal(breaches_of(scene, "finish"), 1);
	expect_ok("to a day that is over", scene_act(scene, "he", "plan", "day=2019-03-15"), scene);
	expect("the failure stays", scene_duty(scene, "finish")->breached);
	scene_pass(scene, "2019-03-20 10:00");
	assert_int_equal(breaches_of(scene, "finish"), 1);
	expect_ok("to a day that is to come", scene_act(scene, "he", "plan", "day=2019-03-22"), scene);
	expect("there is time again", !scene_duty(scene, "finish")->breached);
	expect_text("what was missed stays",
		day_print(scene->arena, instant_day(scene_duty(scene, "finish")->missed, 480)).data,
		"2019-03-09");
	scene_pass(scene, "2019-03-23 09:00");
	assert_int_equal(breaches_of(scene, "finish"), 2);
	expect_ok("late", scene_act(scene, "he", "show", NULL), scene);
	expect_ok("back with an earlier day", scene_act(scene, "shu", "back", "day=2019-03-21"), scene);
	scene_pass(scene, "2019-03-24 09:00");
	assert_int_equal(breaches_of(scene, "finish"), 2);
	expect_ok("late again", scene_act(scene, "he", "show", NULL), scene);
	expect_ok("back with a later day", scene_act(scene, "shu", "back", "day=2019-03-29"), scene);
	scene_pass(scene, "2019-03-30 09:00");
	assert_int_equal(breaches_of(scene, "finish"), 3);
	scene_free(scene);
}

/* Missed, given more time, done within it, and armed again with the day that was missed: that day has been
 * called to account. */
static void a_day_that_was_missed_is_not_missed_again(void **state)
{
	static const struct {
		const char *says, *back;
		int breaches;
	} rows[] = {
		{"the day that was missed", "day=2019-03-08", 1},
		{"an earlier one", "day=2019-03-06", 1},
		{"a later one, which is over as well", "day=2019-03-13", 2},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		for (int saved = 0; saved < 2; saved++) {
			struct scene *scene = scene_new();

			scene_define(scene, moved_by_hand);
			expect_ok("opened", scene_open(scene, "he", "moved", "day=2019-03-08"), scene);
			scene_pass(scene, "2019-03-11 09:00");
			int64_t first = scene_duty(scene, "finish")->id;

			expect_ok("more time", scene_act(scene, "he", "plan", "day=2019-03-29"), scene);
			expect("there is time", !scene_duty(scene, "finish")->breached);
			scene_pass(scene, "2019-03-20 09:00");
			expect_ok("done in it", scene_act(scene, "he", "show", NULL), scene);
			if (saved)
				matter_settle(scene->matter);
			expect_ok(rows[i].says, scene_act(scene, "shu", "back", rows[i].back), scene);
			if (rows[i].breaches == 1)
				assert_int_equal(scene_duty(scene, "finish")->about, first);
			scene_pass(scene, "2019-03-20 10:00");
			assert_int_equal(breaches_of(scene, "finish"), rows[i].breaches);
			scene_free(scene);
		}
}

/* The same of a duty that is still open: the time that it was given is taken back. */
static void time_that_is_taken_back_brings_no_second_breach(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, moved_by_hand);
	expect_ok("opened", scene_open(scene, "he", "moved", "day=2019-03-08"), scene);
	scene_pass(scene, "2019-03-11 09:00");
	expect_ok("more time", scene_act(scene, "he", "plan", "day=2019-03-29"), scene);
	expect_ok("none, after all", scene_act(scene, "he", "plan", "day=2019-03-08"), scene);
	expect("it is overdue as it was", scene_duty(scene, "finish")->breached);
	scene_pass(scene, "2019-03-11 10:00");
	assert_int_equal(breaches_of(scene, "finish"), 1);
	scene_free(scene);
}

static void the_chain_of_consequences_ends(void **state)
{
	struct scene *scene = scene_new();
	int facts = 0;

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	for (int month = 4; month <= 12; month++)
		facts += scene_pass(scene, str_format(scene->arena, "2019-%02d-01 09:00", month).data);
	/* Signing is breached, the office's answer is breached, and there it ends. */
	assert_int_equal(facts, 2);
	scene_free(scene);
}

static void an_answer_to_a_breach_is_heard(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	scene_pass(scene, "2019-03-07 09:00");
	int64_t answer = scene_answer(scene)->id;

	expect_text("within five working days", due_text(scene, scene_answer(scene)), "2019-03-14");
	expect_refused("not the one who failed", scene_say(scene, COMMAND_ANSWER, "wang", "下次注意", answer),
		ERR_FORBIDDEN, "by", scene);
	expect_ok("the office says what follows", scene_say(scene, COMMAND_ANSWER, "du", "已约谈", answer),
		scene);
	expect("the house that failed hears it", was_told(scene, "water-head", NOTICE_ANSWERED));
	expect("it is owed no more", scene_answer(scene) == NULL);
	scene_free(scene);
}

static void a_person_who_bears_a_duty_answers_for_it_whatever_the_post(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, "procedure: own\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"O{seq}\"\n"
			    "roles: {office: {function: supervision_office}, one: {field: who}}\n"
			    "fields: {who: {type: person, required: true}}\n"
			    "states: {a: {start: true}, b: {}, z: {end: success}}\n"
			    "actions: {go: {by: office, from: a, to: b}, say: {by: one, from: b, to: z}}\n"
			    "duties:\n"
			    "  go_on: {bearer: office, in: a, discharged_by: go, within: 1 working day, "
			    "breach: {escalate: [one]}}\n"
			    "  speak: {bearer: one, in: b, discharged_by: say, within: 5 working days, "
			    "breach: {escalate: [office]}}\n");
	expect_ok("opened", scene_open(scene, "he", "own", "who=wei"), scene);
	expect_ok("begun", scene_act(scene, "he", "go", NULL), scene);
	scene_appoint(scene, "water-deputy", "xin", "2019-03-06");
	scene_appoint(scene, "park-head", "wei", "2019-03-06");
	scene_pass(scene, "2019-03-12 00:00");
	assert_int_equal(doc_get_int(last_payload(scene), "holder", 0), person_id(scene, "wei"));
	expect_refused("the new deputy isn't that person", scene_act(scene, "xin", "say", NULL),
		ERR_FORBIDDEN, "by", scene);
	expect_ok("wei speaks from the new post", scene_act(scene, "wei", "say", NULL), scene);
	scene_free(scene);
}

static void the_head_follows_up_what_a_single_post_failed(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, "procedure: single\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"G{seq}\"\n"
			    "roles: {one: {field: who}, head: {head_of: one}}\n"
			    "fields: {who: {type: post, required: true}}\n"
			    "states: {a: {start: true}, z: {end: success}}\n"
			    "actions: {go: {by: one, from: a, to: z}}\n"
			    "duties: {go_on: {bearer: one, in: a, discharged_by: go, within: 1 working day, "
			    "breach: {escalate: [head]}}}\n");
	expect_ok("opened", scene_open(scene, "wei", "single", "who=water-deputy"), scene);
	scene_pass(scene, "2019-03-06 00:00");
	assert_int_equal(scene_answer(scene)->post, post_id(scene, "water-head"));
	scene_free(scene);
}

/* The unit's head changed while it was overdue: the new post at its head is still the house that failed. */
static void a_new_head_of_the_house_is_no_other_house(void **state)
{
	struct scene *scene = scene_new();
	struct post old = *org_post(scene->org, post_id(scene, "water-head"));
	struct post new = *org_post(scene->org, post_id(scene, "water-deputy"));

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	old.kind = POST_DEPUTY;
	new.kind = POST_HEAD;
	org_post_set(scene->org, &old);
	org_post_set(scene->org, &new);
	scene_pass(scene, "2019-03-07 00:00");
	expect("the new head is told", was_told(scene, "water-deputy", NOTICE_BREACHED));
	assert_int_equal(scene_answer(scene)->post, post_id(scene, "office-head"));
	scene_free(scene);
}

static void nobody_is_warned_of_what_has_happened(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-03-22");
	int64_t id = scene_duty(scene, "finish")->id;
	struct command warn = scene_command(scene, COMMAND_WARN, "");

	scene_at(scene, "2019-03-25 09:00");
	expect_ok("breached first", breach(scene, id), scene);
	warn.about = id;
	expect_refused("then it is too late to warn", scene_do(scene, warn), ERR_CONFLICT, "duty", scene);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_happens_at_the_end_of_the_day_and_once),
		cmocka_unit_test(only_the_clock_says_so),
		cmocka_unit_test(it_records_the_due_instant_and_who_held_the_post_then),
		cmocka_unit_test(who_acts_in_a_vacant_post_answers_for_it),
		cmocka_unit_test(each_breach_reaches_whom_the_rule_names),
		cmocka_unit_test(who_follows_up_is_never_of_the_house_that_failed),
		cmocka_unit_test(at_the_top_the_one_who_failed_waits_for_what_follows),
		cmocka_unit_test(nobody_is_told_twice_of_one_breach),
		cmocka_unit_test(the_head_follows_up_what_a_single_post_failed),
		cmocka_unit_test(a_new_head_of_the_house_is_no_other_house),
		cmocka_unit_test(nobody_is_warned_of_what_has_happened),
		cmocka_unit_test(a_late_finish_opens_accountability_by_itself),
		cmocka_unit_test(a_breach_is_recorded_even_when_nothing_can_be_opened),
		cmocka_unit_test(one_failure_is_called_to_account_once),
		cmocka_unit_test(what_was_in_time_and_comes_back_late_is_a_failure),
		cmocka_unit_test(a_moved_day_is_a_new_period_only_when_it_is_to_come),
		cmocka_unit_test(a_day_that_was_missed_is_not_missed_again),
		cmocka_unit_test(time_that_is_taken_back_brings_no_second_breach),
		cmocka_unit_test(the_chain_of_consequences_ends),
		cmocka_unit_test(an_answer_to_a_breach_is_heard),
		cmocka_unit_test(a_person_who_bears_a_duty_answers_for_it_whatever_the_post),
	};

	return cmocka_run_group_tests_name("breach", tests, NULL, NULL);
}
