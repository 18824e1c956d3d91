/* What may be done in which state by whom; what it needs; and what a reader of the screen is promised. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const states[] = {"draft", "dispatched", "working", "review", "closed"};

/* Read off the definition by hand: who may do it, and in which states (d s w r, as the list above). */
static const struct {
	const char *action, *role, *in, *fields;
	size_t evidence;
} powers[] = {
	{"dispatch", "office", "d", NULL, 0},
	{"withdraw", "office", "ds", "reason=重复立项", 0},
	{"sign", "lead", "s", NULL, 0},
	{"refuse", "lead", "s", "reason=不属本单位职责", 0},
	{"report", "lead", "w", "progress=40|note=完成清淤", 0},
	{"ask_close", "lead", "w", NULL, 1},
	{"close", "office", "r", NULL, 0},
	{"send_back", "office", "r", "reason=材料不全", 0},
};

/* One person in each role, and one in none. */
static const struct {
	const char *who, *role;
} people[] = {{"du", "office"}, {"wei", "lead"}, {"zhao", "commander"}, {"pan", "nobody"}, {"mo", "nobody"},
	{"mei", "nobody"}};

static bool is_power(size_t power, size_t state)
{
	static const char letters[] = "dswrc";

	return strchr(powers[power].in, letters[state]) != NULL;
}

static void each_action_in_each_state_by_each_role(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	for (size_t s = 0; s < ARRAY_COUNT(states); s++)
		for (size_t a = 0; a < ARRAY_COUNT(powers); a++)
			for (size_t p = 0; p < ARRAY_COUNT(people); p++) {
				bool ends = strcmp(states[s], "closed") == 0;
				bool holds = strcmp(people[p].role, powers[a].role) == 0;
				struct str says = str_format(scene->arena, "%s by %s in %s", powers[a].action,
					people[p].who, states[s]);

				scene_key_task(scene, states[s], "2019-06-28");
				enum err err = scene_act_with(scene, people[p].who, powers[a].action,
					powers[a].fields, powers[a].evidence);

				if (ends)
					expect_refused(says.data, err, ERR_REFUSED, "end", scene);
				else if (!holds)
					expect_refused(says.data, err, ERR_FORBIDDEN, "by", scene);
				else if (!is_power(a, s))
					expect_refused(says.data, err, ERR_REFUSED, "from", scene);
				else
					expect_ok(says.data, err, scene);
			}
	scene_free(scene);
}

static void the_way_to_closure(void **unused)
{
	static const struct {
		const char *who, *action, *fields, *state;
		size_t evidence;
	} steps[] = {
		{"he", "dispatch", NULL, "dispatched", 0},
		{"wang", "refuse", "reason=职责不清", "draft", 0},
		{"he", "dispatch", NULL, "dispatched", 0},
		{"wang", "sign", NULL, "working", 0},
		{"wu", "report", "progress=60|note=过半", "working", 2},
		{"wei", "ask_close", NULL, "review", 1},
		{"du", "send_back", "reason=缺照片", "working", 0},
		{"wang", "ask_close", NULL, "review", 2},
		{"he", "close", NULL, "closed", 0},
	};
	struct scene *scene = scene_new();

	(void)unused;
	scene_key_task(scene, "draft", "2019-06-28");
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		expect_ok(steps[i].action,
			scene_act_with(
				scene, steps[i].who, steps[i].action, steps[i].fields, steps[i].evidence),
			scene);
		expect_text(steps[i].action, scene_state(scene), steps[i].state);
	}
	assert_int_equal(scene->matter->progress, 60);
	assert_int_equal(scene->matter->version, 10);
	assert_int_equal(scene->matter->ended.us, scene->world.now.us);
	assert_int_equal(scene->matter->evidence_count, 5);
	expect("nothing is owed any more",
		scene_duty(scene, "finish") == NULL && scene_duty(scene, "review_in_time") == NULL);
	scene_free(scene);
}

static void evidence_is_asked_for_where_the_rule_says(void **unused)
{
	static const struct {
		const char *state, *who, *action, *fields;
		size_t evidence;
		enum err want;
	} rows[] = {
		{"working", "wang", "ask_close", NULL, 0, ERR_REFUSED},
		{"working", "wang", "ask_close", NULL, 1, ERR_OK},
		{"working", "wang", "report", "progress=1|note=x", 0, ERR_OK},
		{"working", "wang", "report", "progress=1|note=x", 2, ERR_OK},
		{"draft", "he", "dispatch", NULL, 1, ERR_REFUSED},
	};
	struct scene *scene = scene_new();

	(void)unused;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, rows[i].state, "2019-06-28");
		expect_refused(rows[i].action,
			scene_act_with(scene, rows[i].who, rows[i].action, rows[i].fields, rows[i].evidence),
			rows[i].want, "evidence", scene);
	}
	scene_free(scene);
}

static void a_file_that_is_no_file_is_no_evidence(void **unused)
{
	static const char good[] = "0000000000000000000000000000000000000000000000000000000000000001";
	static const struct {
		const char *says, *hash, *name;
		int64_t size;
		enum err want;
	} rows[] = {
		{"a file", good, "a.pdf", 10, ERR_OK},
		{"an empty file", good, "a.pdf", 0, ERR_OK},
		{"no hash", "", "a.pdf", 10, ERR_INVALID},
		{"a word as hash", "photo", "a.pdf", 10, ERR_INVALID},
		{"half a hash", "00000000000000000000000000000001", "a.pdf", 10, ERR_INVALID},
		{"no name", good, "", 10, ERR_INVALID},
		{"a name that is no text", good, "\xff\xfe", 10, ERR_INVALID},
		{"a size below nothing", good, "a.pdf", -1, ERR_INVALID},
	};
	struct scene *scene = scene_new();

	(void)unused;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct evidence_item item = {
			.hash = str_from(rows[i].hash), .name = str_from(rows[i].name), .size = rows[i].size};

		scene_key_task(scene, "working", "2019-06-28");
		struct command command = scene_command(scene, COMMAND_ACT, "wang");

		command.name = STR("ask_close");
		command.evidence = &item;
		command.evidence_count = 1;
		expect_refused(rows[i].says, scene_do(scene, command), rows[i].want, "evidence", scene);
	}
	scene_free(scene);
}

static void the_form_of_an_action_is_checked(void **unused)
{
	static const struct {
		const char *says, *fields, *place;
		enum err want;
	} rows[] = {
		{"all there", "progress=100|note=完成", "", ERR_OK},
		{"with a sign", "progress=40%|note=过半", "", ERR_OK},
		{"no progress", "note=完成", "progress", ERR_INVALID},
		{"more than all", "progress=101|note=x", "progress", ERR_INVALID},
		{"less than none", "progress=-1|note=x", "progress", ERR_INVALID},
		{"a word", "progress=half|note=x", "progress", ERR_INVALID},
		{"an empty note", "progress=1|note=", "note", ERR_INVALID},
		{"a field of another action", "progress=1|note=x|reason=y", "reason", ERR_INVALID},
	};
	struct scene *scene = scene_new();

	(void)unused;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		expect_refused(rows[i].says, scene_act(scene, "wang", "report", rows[i].fields), rows[i].want,
			rows[i].place, scene);
	}
	expect_refused("an action that doesn't exist", scene_act(scene, "wang", "celebrate", NULL),
		ERR_NOT_FOUND, "action", scene);
	scene_free(scene);
}

static void a_command_on_an_old_version_is_stale(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_key_task(scene, "dispatched", "2019-06-28");
	struct command command = scene_command(scene, COMMAND_ACT, "wang");

	command.name = STR("sign");
	command.version = 1;
	expect_refused("one fact behind", scene_do(scene, command), ERR_STALE, "version", scene);
	command.version = 3;
	expect_refused("one ahead", scene_do(scene, command), ERR_STALE, "version", scene);
	command.version = 2;
	expect_ok("the present one", scene_do(scene, command), scene);
	scene_free(scene);
}

static void who_is_to_object_hears_and_may_object_after_the_end(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	scene_key_task(scene, "dispatched", "2019-06-28");
	expect_ok("withdrawn", scene_act(scene, "he", "withdraw", "reason=重复立项"), scene);
	expect("the commander is told", was_told(scene, "vice-mayor", NOTICE_ACTED));
	expect_refused("an objection says to whom", scene_instruct(scene, "zhao", "", "为何撤销?"),
		ERR_REFUSED, "role", scene);
	expect_refused("not everybody may object", scene_instruct(scene, "pan", "office", "为何撤销?"),
		ERR_FORBIDDEN, "by", scene);
	expect_ok("the commander objects", scene_instruct(scene, "zhao", "office", "为何撤销?"), scene);
	expect_text("the answer is owed", due_text(scene, scene_answer(scene)), "2019-03-11");
	expect_ok("it is given",
		scene_say(scene, COMMAND_ANSWER, "he", "与甲项重复", scene_answer(scene)->id), scene);
	expect("the commander hears it", was_told(scene, "vice-mayor", NOTICE_ANSWERED));
	expect_refused(
		"nothing else goes on", scene_act(scene, "he", "dispatch", NULL), ERR_REFUSED, "end", scene);
	scene_free(scene);
}

static const struct possible *find_possible(
	const struct possible *all, size_t count, const struct procedure *procedure, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(all[i].action >= 0 ? procedure->actions[all[i].action].name
					      : procedure->requests[all[i].request].name,
			    name))
			return &all[i];
	fail_msg("%s isn't listed", name);
	return NULL;
}

static void what_the_screen_promises_the_engine_keeps(void **unused)
{
	struct scene *scene = scene_new();

	(void)unused;
	for (size_t s = 0; s < ARRAY_COUNT(states); s++)
		for (size_t p = 0; p < ARRAY_COUNT(people); p++) {
			for (size_t a = 0; a < ARRAY_COUNT(powers); a++) {
				size_t count;

				scene_key_task(scene, states[s], "2019-06-28");
				const struct possible *all = matter_possible(scene->matter,
					person_id(scene, people[p].who), &scene->world, scene->arena, &count);
				const struct possible *one =
					find_possible(all, count, scene->matter->procedure, powers[a].action);
				enum err err = scene_act_with(scene, people[p].who, powers[a].action,
					powers[a].fields, powers[a].evidence);

				assert_int_equal(count, 10);
				expect(powers[a].action, one->may == (err == ERR_OK));
				if (!one->may) {
					expect_text("the same rule", one->rule.data, scene->why.place);
					expect("in both languages",
						one->why_zh.size > 0 && one->why_en.size > 0);
				}
			}
		}
	scene_free(scene);
}

static void an_extension_is_promised_only_while_it_may_be_asked_for(void **unused)
{
	static const struct {
		const char *now, *rule;
	} rows[] = {{"2019-06-27 10:00", ""}, {"2019-06-28 23:59", ""}, {"2019-06-29 00:00", "before_due"}};
	struct scene *scene = scene_new();
	size_t count;

	(void)unused;
	scene_key_task(scene, "working", "2019-06-28");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, rows[i].now);
		const struct possible *all = matter_possible(
			scene->matter, person_id(scene, "wang"), &scene->world, scene->arena, &count);
		const struct possible *one = find_possible(all, count, scene->matter->procedure, "extend");

		expect_text(rows[i].now, one->may ? "" : one->rule.data, rows[i].rule);
	}
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_action_in_each_state_by_each_role),
		cmocka_unit_test(the_way_to_closure),
		cmocka_unit_test(evidence_is_asked_for_where_the_rule_says),
		cmocka_unit_test(a_file_that_is_no_file_is_no_evidence),
		cmocka_unit_test(the_form_of_an_action_is_checked),
		cmocka_unit_test(a_command_on_an_old_version_is_stale),
		cmocka_unit_test(who_is_to_object_hears_and_may_object_after_the_end),
		cmocka_unit_test(what_the_screen_promises_the_engine_keeps),
		cmocka_unit_test(an_extension_is_promised_only_while_it_may_be_asked_for),
	};

	return cmocka_run_group_tests_name("acting", tests, NULL, NULL);
}
