/* What is done against the rules of its procedure: recorded by name, told to somebody else, and answered for;
 * and conditions about lists of people, in which such rules are written. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The office meets; water's head chairs; the secretary of discipline watches. */
static const char meeting[] =
	"procedure: council\ngrasp: rules\ntitle: {zh: 集体决策, en: Council}\nnumber: \"C{seq}\"\n"
	"roles: {office: {function: supervision_office}, watcher: {function: discipline_secretary}}\n"
	"fields: {chief: {type: person}, expected: {type: persons}, present: {type: persons}, spoke: {type: "
	"persons},\n"
	"         recused: {type: persons}, agree: {type: persons}, met_on: {type: date}, sent_on: {type: "
	"date},\n"
	"         first: {type: text}, agenda: {type: lines}}\n"
	"states: {waiting: {start: true}, carrying: {}, z: {end: success}}\n"
	"actions:\n"
	"  pass:\n"
	"    by: office\n    from: waiting\n    to: carrying\n"
	"    fields: {chief: {required: true}, expected: {required: true}, present: {required: true},\n"
	"             spoke: {}, recused: {}, agree: {}, met_on: {}, sent_on: {}, first: {}, agenda: {}}\n"
	"    checks:\n"
	"      - {that: met_on <= today, say: {zh: 还没有开, en: not held yet}}\n"
	"      - {that: present within expected, say: {zh: 名单, en: who is present is not expected}}\n"
	"      - {that: 2 * present > expected, say: {zh: 未过半, en: no quorum}}\n"
	"      - {that: recused outside agree, say: {zh: 回避, en: recused and voted}}\n"
	"      - {that: chief last_of spoke, say: {zh: 未末位, en: the chief did not speak last},\n"
	"         breach: {of: office, escalate: watcher}}\n"
	"      - {that: met_on >= sent_on + 3, say: {zh: 送迟, en: sent late},\n"
	"         breach: {of: office, escalate: [office, watcher]}}\n"
	"      - {that: first first_of agenda, when: first, say: {zh: 首题, en: not the first item},\n"
	"         breach: {of: office, escalate: watcher}}\n"
	"  postpone: {by: office, from: waiting, to: z, answers_to: watcher}\n"
	"  finish: {by: watcher, from: carrying, to: z}\n"
	"duties:\n"
	"  pass_it: {bearer: office, in: waiting, discharged_by: [pass, postpone], within: 3 working days, "
	"breach: {escalate: watcher}}\n"
	"  finish_it: {bearer: watcher, in: carrying, discharged_by: finish, within: 9 days, "
	"breach: {escalate: office}}\n";

#define REGULAR                                                                                              \
	"chief=lin|expected=lin,zhao,he,du|present=he,du,lin|spoke=he,du,lin|agree=he,lin|recused=du|"       \
	"met_on=2019-03-04|sent_on=2019-03-01"

static struct scene *scene_waiting(void)
{
	struct scene *scene = scene_new();

	scene_define(scene, meeting);
	expect_ok("opened", scene_open(scene, "he", "council", NULL), scene);
	return scene;
}

static const struct doc *irregular(const struct scene *scene)
{
	return doc_get(last_payload(scene), "irregular");
}

static void what_keeps_the_rules_is_no_breach(void **state)
{
	struct scene *scene = scene_waiting();

	(void)state;
	expect_ok("passed", scene_act(scene, "he", "pass", REGULAR), scene);
	expect("nothing is irregular", irregular(scene) == NULL);
	expect("nobody is told", !was_told(scene, "discipline-secretary", NOTICE_IRREGULAR));
	expect("nobody owes an answer", scene_answer(scene) == NULL);
	scene_free(scene);
}

static void what_must_be_so_is_refused(void **state)
{
	static const struct {
		const char *fields, *why;
	} rows[] = {
		{"chief=lin|expected=lin,zhao,he,du|present=he,du,wang|met_on=2019-03-04",
			"who is present is not"},
		{"chief=lin|expected=lin,zhao,he,du|present=he,lin|met_on=2019-03-04", "no quorum"},
		{"chief=lin|expected=lin,zhao,he|present=he,lin|met_on=2019-03-05", "not held yet"},
		{"chief=lin|expected=lin,zhao,he|present=he,lin", "not held yet"},
		{"chief=lin|expected=lin,zhao,he|present=he,lin|met_on=2019-03-04|agree=he|recused=lin,he",
			"recused and"},
	};
	struct scene *scene = scene_waiting();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		expect_refused(rows[i].why, scene_act(scene, "he", "pass", rows[i].fields), ERR_REFUSED,
			"checks", scene);
		expect(rows[i].why, str_find(str_from(scene->why.text), str_from(rows[i].why)) != SIZE_MAX);
	}
	scene_free(scene);
}

static void a_breach_of_procedure_has_a_name_a_rule_and_an_answer(void **state)
{
	struct scene *scene = scene_waiting();
	const struct doc *list;

	(void)state;
	expect_ok("passed all the same",
		scene_act(scene, "he", "pass",
			"chief=lin|expected=lin,he,du|present=lin,he,du|spoke=lin,he,du|met_on=2019-03-04|"
			"sent_on=2019-03-01"),
		scene);
	expect_text("it went on", scene_state(scene), "carrying");
	list = irregular(scene);
	expect("one rule", list != NULL && list->count == 1);
	expect("the fifth check", doc_get_int(&list->items[0], "check", 0) == 4);
	expect("of the office's head",
		doc_get_int(&list->items[0], "post", 0) == post_id(scene, "office-head"));
	expect("by name", doc_get_int(&list->items[0], "holder", 0) == person_id(scene, "he"));
	expect("the watcher is told", was_told(scene, "discipline-secretary", NOTICE_IRREGULAR));
	expect("the office isn't told of itself", !was_told(scene, "office-head", NOTICE_IRREGULAR));
	expect("the watcher owes a word",
		scene_answer(scene) != NULL &&
			scene_answer(scene)->post == post_id(scene, "discipline-secretary"));
	expect_ok("which is given",
		scene_say(scene, COMMAND_ANSWER, "shu", "已约谈", scene_answer(scene)->id), scene);
	scene_free(scene);
}

static void each_rule_is_a_breach_of_its_own(void **state)
{
	struct scene *scene = scene_waiting();

	(void)state;
	expect_ok("passed",
		scene_act(scene, "he", "pass",
			"chief=lin|expected=lin,he|present=lin,he|met_on=2019-03-04|sent_on=2019-03-02|first="
			"学习|"
			"agenda=研究\n学习"),
		scene);
	expect("nobody is said to have spoken, it was sent late, and what is first came second",
		irregular(scene)->count == 3);
	scene_free(scene);
}

static void the_first_item_stands_first(void **state)
{
	struct scene *scene = scene_waiting();

	(void)state;
	expect_ok("passed", scene_act(scene, "he", "pass", REGULAR "|first=学习|agenda=学习\n研究"), scene);
	expect("nothing is irregular", irregular(scene) == NULL);
	scene_free(scene);
}

static void an_empty_list_names_nobody(void **state)
{
	struct scene *scene = scene_waiting();

	(void)state;
	expect_ok("nobody keeps out, nobody votes",
		scene_act(scene, "he", "pass",
			"chief=lin|expected=lin,he|present=lin,he|spoke=he,lin|met_on=2019-03-04|sent_on="
			"2019-03-01"),
		scene);
	expect("nothing is irregular", irregular(scene) == NULL);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_keeps_the_rules_is_no_breach),
		cmocka_unit_test(what_must_be_so_is_refused),
		cmocka_unit_test(a_breach_of_procedure_has_a_name_a_rule_and_an_answer),
		cmocka_unit_test(each_rule_is_a_breach_of_its_own),
		cmocka_unit_test(the_first_item_stands_first),
		cmocka_unit_test(an_empty_list_names_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
