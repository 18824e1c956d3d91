/* Whoever comes checks in themselves, once, on the day and while it goes on; and who is expected at a meeting
 * is the body as on its day, whatever list is entered. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The office holds a session of a unit on a day. */
static const char session[] =
	"procedure: session\ngrasp: education\ntitle: {zh: 学习, en: Session}\nnumber: \"S{seq}\"\n"
	"roles: {office: {function: supervision_office}, watcher: {function: discipline_secretary},\n"
	"        unit: {field: unit}}\n"
	"fields: {unit: {type: unit}, held_on: {type: date}, invited: {type: persons},\n"
	"         roll: {type: rows, columns: {who: {type: person},\n"
	"                status: {type: choice, required: true, choices: [present, away]}, why: {type: "
	"text}}}}\n"
	"states: {planned: {start: true}, held: {}, done: {}, z: {end: success}}\n"
	"actions:\n"
	"  hold: {by: office, from: planned, to: held}\n"
	"  call: {by: office, from: held, fields: {roll: {}}}\n"
	"  record: {by: office, from: held, to: done, evidence: required, fields: {note: {type: text, "
	"required: "
	"true}}}\n"
	"  reopen: {by: watcher, from: done, to: planned, fields: {note: {type: text, required: true}}}\n"
	"  confirm: {by: watcher, from: done, to: z}\n"
	"duties:\n"
	"  hold_it: {bearer: office, in: planned, discharged_by: hold, within: 9 days, breach: {escalate: "
	"watcher}}\n"
	"  record_it: {bearer: office, in: held, discharged_by: record, within: 9 days, breach: {escalate: "
	"watcher}}\n"
	"  confirm_it: {bearer: watcher, in: done, discharged_by: [confirm, reopen], within: 9 days, breach: "
	"{escalate: office}}\n"
	"check_in: {by: office, in: held, on: held_on, into: roll, as: present, expected: invited, of: "
	"unit}\n";

static struct scene *scene_planned(const char *fields)
{
	struct scene *scene = scene_new();

	scene_define(scene, session);
	expect_ok("planned", scene_open(scene, "he", "session", fields), scene);
	return scene;
}

static enum err attend(struct scene *scene, const char *who)
{
	return scene_do(scene, scene_command(scene, COMMAND_ATTEND, who));
}

static const struct doc *roll_of(const struct scene *scene)
{
	return doc_get(scene->matter->fields, "roll");
}

static void whoever_is_expected_checks_in_once(void **state)
{
	struct scene *scene = scene_planned("unit=water|held_on=2019-03-04");

	(void)state;
	expect_ok("held", scene_act(scene, "he", "hold", NULL), scene);
	expect_ok("the head of the unit", attend(scene, "wang"), scene);
	expect("by their post", doc_get_int(last_payload(scene), "post", 0) == post_id(scene, "water-head"));
	expect("no more is kept than who it was", doc_get(last_payload(scene), "fields") == NULL &&
							  doc_get(last_payload(scene), "text") == NULL);
	expect_ok("a member", attend(scene, "mo"), scene);
	expect("two rows", roll_of(scene)->count == 2);
	expect("in their order", doc_get_int(&roll_of(scene)->items[1], "who", 0) == person_id(scene, "mo"));
	expect_text("present", str_copy(scene->arena, doc_get_text(&roll_of(scene)->items[1], "status")).data,
		"present");
	expect_refused("twice", attend(scene, "mo"), ERR_CONFLICT, "check_in", scene);
	expect_refused("of another unit", attend(scene, "ji"), ERR_REFUSED, "expected", scene);
	scene_free(scene);
}

/* The office enters that wang is away and mo present. */
static enum err call(struct scene *scene)
{
	struct command command = scene_command(scene, COMMAND_ACT, "he");
	const struct field *roll =
		&scene->matter->procedure->fields[procedure_field(scene->matter->procedure, STR("roll"))];
	struct doc *rows;

	scene_must(field_value_read(scene->arena, roll, scene->org, STR("wang|away|ill\nmo|present"), &rows,
			   &scene->why),
		&scene->why);
	command.name = STR("call");
	command.fields = doc_object(scene->arena);
	doc_set(scene->arena, command.fields, "roll", rows);
	return scene_do(scene, command);
}

static void a_row_that_says_otherwise_is_changed(void **state)
{
	struct scene *scene = scene_planned("unit=water|held_on=2019-03-04");

	(void)state;
	expect_ok("held", scene_act(scene, "he", "hold", NULL), scene);
	expect_ok("called", call(scene), scene);
	expect_ok("who came all the same", attend(scene, "wang"), scene);
	expect("one row each", roll_of(scene)->count == 2);
	expect_refused("and who was entered by hand", attend(scene, "mo"), ERR_CONFLICT, "check_in", scene);
	scene_free(scene);
}

static void a_list_of_who_is_invited_goes_before_the_unit(void **state)
{
	struct scene *scene = scene_planned("unit=water|held_on=2019-03-04|invited=ji,mei");

	(void)state;
	expect_ok("held", scene_act(scene, "he", "hold", NULL), scene);
	expect_ok("invited", attend(scene, "ji"), scene);
	expect_refused("not invited", attend(scene, "wang"), ERR_REFUSED, "expected", scene);
	scene_free(scene);
}

static void expect_says(struct scene *scene, const char *what, enum err err, const char *words)
{
	expect_refused(what, err, ERR_REFUSED, "check_in", scene);
	expect(words, str_find(str_from(scene->why.text), str_from(words)) != SIZE_MAX);
}

static void it_goes_on_on_its_day_and_in_its_state(void **state)
{
	struct scene *scene = scene_planned("unit=water|held_on=2019-03-05");

	(void)state;
	expect_says(scene, "the day before", attend(scene, "wang"), "hasn't begun");
	scene_at(scene, "2019-03-05 09:00");
	expect_says(scene, "before it was begun", attend(scene, "wang"), "hasn't begun");
	expect_ok("held", scene_act(scene, "he", "hold", NULL), scene);
	expect_ok("on the day", attend(scene, "wang"), scene);
	expect_ok("recorded", scene_act_with(scene, "he", "record", "note=x", 1), scene);
	expect_says(scene, "behind the record", attend(scene, "mo"), "is over");
	expect_ok("sent back", scene_act(scene, "shu", "reopen", "note=x"), scene);
	expect_says(scene, "a session that was held", attend(scene, "mo"), "is over");
	expect_ok("held again", scene_act(scene, "he", "hold", NULL), scene);
	scene_at(scene, "2019-03-06 00:00");
	expect_says(scene, "the day after", attend(scene, "mo"), "is over");
	scene_free(scene);
}

static void nobody_checks_in_for_somebody_else(void **state)
{
	struct scene *scene = scene_planned("unit=water|held_on=2019-03-04");

	(void)state;
	expect_ok("held", scene_act(scene, "he", "hold", NULL), scene);
	scene_delegate(scene, "wang", "wei", "2019-03-01", "2019-04-01");
	expect_refused("for the head", attend(scene, "wei for wang"), ERR_FORBIDDEN, "on_behalf", scene);
	expect_ok("for themselves", attend(scene, "wei"), scene);
	scene_free(scene);
}

static void where_no_list_is_kept_nobody_checks_in(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_refused("a task", attend(scene, "wang"), ERR_REFUSED, "check_in", scene);
	scene_free(scene);
}

/* ---- the body that meets ---- */

static const char council[] =
	"procedure: council\ngrasp: rules\ntitle: {zh: 议事, en: Council}\nnumber: \"C{seq}\"\n"
	"roles: {office: {function: supervision_office}, watcher: {function: discipline_secretary},\n"
	"        body: {field: body}}\n"
	"fields: {body: {type: unit}, held_on: {type: date}, expected: {type: persons}, present: {type: "
	"persons}}\n"
	"states: {waiting: {start: true}, held: {}, z: {end: success}}\n"
	"actions:\n"
	"  pass:\n"
	"    by: office\n    from: waiting\n    to: held\n    evidence: required\n"
	"    fields: {held_on: {required: true}, expected: {required: true}, present: {}}\n"
	"    checks:\n"
	"      - {that: members within expected, say: {zh: 漏了成员, en: a member is missing}}\n"
	"      - {that: expected within members, say: {zh: 不是成员, en: no member}}\n"
	"      - {that: 2 * present > members, say: {zh: 未过半, en: no quorum}}\n"
	"  confirm: {by: watcher, from: held, to: z}\n"
	"duties:\n"
	"  pass_it: {bearer: office, in: waiting, discharged_by: pass, within: 90 days, breach: {escalate: "
	"watcher}}\n"
	"  confirm_it: {bearer: watcher, in: held, discharged_by: confirm, within: 9 days, breach: "
	"{escalate: "
	"office}}\n"
	"meeting: {held_on: held_on, expected: expected, present: present, members: body}\n";

static void who_is_expected_is_the_body_as_on_the_day(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, council);
	scene_appoint(scene, "water-deputy", "ann", "2019-03-10");
	expect_ok("called", scene_open(scene, "he", "council", "body=water"), scene);
	scene_at(scene, "2019-03-12 09:00");
	/* On the fifth wei was still the deputy; wu and bo are liaisons and no members. */
	expect_refused("one left out",
		scene_act_with(scene, "he", "pass", "held_on=2019-03-05|expected=wang,mo|present=wang,mo", 1),
		ERR_REFUSED, "checks", scene);
	expect("by name", str_find(str_from(scene->why.text),
				  org_person(scene->org, person_id(scene, "wei"))->name) != SIZE_MAX);
	expect_refused("who came later",
		scene_act_with(scene, "he", "pass",
			"held_on=2019-03-05|expected=wang,wei,mo,ann|present=wang,mo", 1),
		ERR_REFUSED, "checks", scene);
	expect_refused("a liaison",
		scene_act_with(
			scene, "he", "pass", "held_on=2019-03-05|expected=wang,wei,mo,wu|present=wang,mo", 1),
		ERR_REFUSED, "checks", scene);
	expect_refused("a third",
		scene_act_with(
			scene, "he", "pass", "held_on=2019-03-05|expected=wang,wei,mo|present=wang", 1),
		ERR_REFUSED, "checks", scene);
	expect("is no quorum", str_find(str_from(scene->why.text), STR("no quorum")) != SIZE_MAX);
	expect_ok("as on the day",
		scene_act_with(
			scene, "he", "pass", "held_on=2019-03-05|expected=wang,wei,mo|present=wang,mo", 1),
		scene);
	scene_free(scene);
}

static void a_later_day_has_its_own_body(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_define(scene, council);
	scene_appoint(scene, "water-deputy", "ann", "2019-03-10");
	expect_ok("called", scene_open(scene, "he", "council", "body=water"), scene);
	scene_at(scene, "2019-03-12 09:00");
	expect_ok("with who came",
		scene_act_with(
			scene, "he", "pass", "held_on=2019-03-11|expected=wang,ann,mo|present=wang,mo", 1),
		scene);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_is_expected_checks_in_once),
		cmocka_unit_test(a_row_that_says_otherwise_is_changed),
		cmocka_unit_test(a_list_of_who_is_invited_goes_before_the_unit),
		cmocka_unit_test(it_goes_on_on_its_day_and_in_its_state),
		cmocka_unit_test(nobody_checks_in_for_somebody_else),
		cmocka_unit_test(where_no_list_is_kept_nobody_checks_in),
		cmocka_unit_test(who_is_expected_is_the_body_as_on_the_day),
		cmocka_unit_test(a_later_day_has_its_own_body),
	};
	return cmocka_run_group_tests_name("matter: attendance", tests, NULL, NULL);
}
