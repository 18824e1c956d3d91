/* What every matter has: notes, urging, instructions and answers, links, parts. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void who_has_a_voice(void **state)
{
	static const struct {
		const char *who, *says;
		enum err want;
	} rows[] = {
		{"he", "the office", ERR_OK},
		{"wu", "the lead unit's liaison", ERR_OK},
		{"zhao", "the commander", ERR_OK},
		{"lin", "above all", ERR_OK},
		{"pan", "another house", ERR_FORBIDDEN},
		{"mo", "a member of the lead unit", ERR_FORBIDDEN},
		{"ji", "the inspection", ERR_FORBIDDEN},
		{"", "the clock", ERR_FORBIDDEN},
	};
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_refused(rows[i].says, scene_say(scene, COMMAND_NOTE, rows[i].who, "已现场察看", 0),
			rows[i].want, "by", scene);
	scene_free(scene);
}

static void a_voice_does_not_outlive_what_it_stood_on(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	/* The secretary stands above the office and has no role; the office owes the review, then nothing. */
	scene_key_task(scene, "review", "2019-06-28");
	expect_ok("while it is owed", scene_say(scene, COMMAND_NOTE, "lin", "请从严", 0), scene);
	expect_ok("closed", scene_act(scene, "he", "close", NULL), scene);
	expect_refused("saved or not, it is the same", scene_say(scene, COMMAND_NOTE, "lin", "好", 0),
		ERR_FORBIDDEN, "by", scene);
	matter_settle(scene->matter);
	expect_refused("saved", scene_say(scene, COMMAND_NOTE, "lin", "好", 0), ERR_FORBIDDEN, "by", scene);
	scene_free(scene);
}

static void a_superior_speaks_through_the_post_that_stands_above(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_appoint(scene, "park-head", "lin", "2018-06-01");
	scene_appoint(scene, "secretary", "lin", "2018-07-01");
	scene_key_task(scene, "dispatched", "2019-06-28");
	expect_ok("instructs", scene_instruct(scene, "lin", "", "抓紧"), scene);
	assert_int_equal(scene_answer(scene)->asker, post_id(scene, "secretary"));
	/* Without a role in it, but in charge of the lead unit. */
	scene_fresh(scene);
	expect_ok("under the secretary",
		scene_open(scene, "he", "key_task",
			"title=x|lead_unit=water|commander=secretary|due=2019-06-28"),
		scene);
	expect_ok("dispatched", scene_act(scene, "he", "dispatch", NULL), scene);
	expect_ok("the leader in charge instructs", scene_instruct(scene, "zhao", "", "抓紧"), scene);
	assert_int_equal(scene_answer(scene)->asker, post_id(scene, "vice-mayor"));
	scene_free(scene);
}

static void words_have_a_length(void **state)
{
	struct scene *scene = scene_new();
	struct buf buf = buf_new(scene->arena);

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_refused(
		"nothing", scene_say(scene, COMMAND_NOTE, "he", " \t ", 0), ERR_INVALID, "text", scene);
	expect_refused("no text at all", scene_say(scene, COMMAND_NOTE, "he", "\xff\xfe", 0), ERR_INVALID,
		"text", scene);
	struct command nul = scene_command(scene, COMMAND_NOTE, "he");

	nul.text = STR("a\0b");
	expect_refused(
		"a NUL, which no record could give back", scene_do(scene, nul), ERR_INVALID, "text", scene);
	for (int i = 0; i < 8000; i++)
		buf_put_char(&buf, 'x');
	expect_ok("as much as fits", scene_say(scene, COMMAND_NOTE, "he", buf_str(&buf).data, 0), scene);
	buf_put_char(&buf, 'x');
	expect_refused("more", scene_say(scene, COMMAND_NOTE, "he", buf_str(&buf).data, 0), ERR_RANGE, "text",
		scene);
	scene_free(scene);
}

static void urging_reaches_who_owes_something(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("the office urges", scene_say(scene, COMMAND_URGE, "he", "请加快", 0), scene);
	expect("the lead unit hears", was_told(scene, "water-head", NOTICE_URGED));
	expect_ok("each time is recorded", scene_say(scene, COMMAND_URGE, "he", "再催", 0), scene);
	expect_refused("nobody urges themselves", scene_say(scene, COMMAND_URGE, "wang", "快", 0),
		ERR_REFUSED, "urge", scene);
	scene_free(scene);
}

static void an_instruction_is_answered(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("to whoever owes the next step", scene_instruct(scene, "zhao", "", "加快进度"), scene);
	int64_t answer = scene_answer(scene)->id;

	assert_int_equal(scene_answer(scene)->unit, unit_id(scene, "water"));
	assert_int_equal(scene_answer(scene)->asker, post_id(scene, "vice-mayor"));
	expect_text("within five working days", due_text(scene, scene_answer(scene)), "2019-03-11");
	expect("it is told", was_told(scene, "water-head", NOTICE_INSTRUCTED));
	expect_refused("not by another", scene_say(scene, COMMAND_ANSWER, "he", "好", answer), ERR_FORBIDDEN,
		"by", scene);
	expect_refused("not with nothing", scene_say(scene, COMMAND_ANSWER, "wu", "", answer), ERR_INVALID,
		"text", scene);
	expect_ok(
		"answered by the house", scene_say(scene, COMMAND_ANSWER, "wu", "已增派人手", answer), scene);
	expect("the leader hears", was_told(scene, "vice-mayor", NOTICE_ANSWERED));
	expect_refused(
		"once", scene_say(scene, COMMAND_ANSWER, "wu", "又", answer), ERR_NOT_FOUND, "duty", scene);
	scene_free(scene);
}

static void an_instruction_names_whom_it_is_for(void **state)
{
	static const struct {
		const char *who, *role, *unit_place;
		enum err want;
	} rows[] = {
		{"zhao", "office", "", ERR_OK},
		{"zhao", "commander", "role", ERR_REFUSED},
		{"zhao", "mayor", "role", ERR_NOT_FOUND},
		{"he", "office", "role", ERR_REFUSED},
		{"pan", "lead", "by", ERR_FORBIDDEN},
		{"lin", "lead", "", ERR_OK},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		expect_refused(rows[i].who, scene_instruct(scene, rows[i].who, rows[i].role, "请说明"),
			rows[i].want, rows[i].unit_place, scene);
	}
	scene_free(scene);
}

static void an_answer_is_owed_beyond_the_end(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "review", "2019-06-28");
	expect_ok("instructed", scene_instruct(scene, "zhao", "office", "请说明验收依据"), scene);
	expect_ok("closed", scene_act(scene, "he", "close", NULL), scene);
	expect("still owed", scene_answer(scene) != NULL);
	scene_pass(scene, "2019-03-12 00:00");
	expect("and breached when it isn't given",
		scene_answer(scene)->breached && was_told(scene, "vice-mayor", NOTICE_BREACHED));
	expect("which isn't the matter's own lateness", !scene->matter->late);
	expect_ok("answered late",
		scene_say(scene, COMMAND_ANSWER, "he", "依据见附件", scene_answer(scene)->id), scene);
	scene_free(scene);
}

static void links_name_another_matter_and_a_relation(void **state)
{
	static const struct {
		const char *says, *who, *relation;
		int64_t other;
		bool exists;
		enum err want;
		const char *place;
	} rows[] = {
		{"another", "he", "stems_from", 77, true, ERR_OK, ""},
		{"none such", "he", "stems_from", 77, false, ERR_NOT_FOUND, "other"},
		{"no relation", "he", "", 77, true, ERR_INVALID, "relation"},
		{"the engine's own word", "he", "cause", 77, true, ERR_INVALID, "relation"},
		{"itself", "he", "stems_from", 0, true, ERR_NOT_FOUND, "other"},
		{"by an outsider", "pan", "stems_from", 77, true, ERR_FORBIDDEN, "by"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		struct command command = scene_command(scene, COMMAND_LINK, rows[i].who);

		command.name = str_from(rows[i].relation);
		command.about = rows[i].other == 0 ? scene->matter->id : rows[i].other;
		scene->world.other_exists = rows[i].exists;
		expect_refused(rows[i].says, scene_do(scene, command), rows[i].want, rows[i].place, scene);
		if (rows[i].want == ERR_OK)
			assert_int_equal(scene->matter->links[0].other, 77);
	}
	scene_free(scene);
}

static void an_institution_says_how_matters_may_be_related(void **state)
{
	static const struct relation known[] = {{1, {"arises_from", 11}, {"源于", 6}, {"Arises from", 11}},
		{2, {"replaces", 8}, {"替代", 6}, {"", 0}}};
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	for (size_t i = 0; i < ARRAY_COUNT(known); i++) {
		assert_int_equal(org_relation_may(scene->world.org, &known[i], NULL), ERR_OK);
		org_relation_set((struct org *)scene->world.org, &known[i]);
	}
	scene->world.other_exists = true;
	struct command command = scene_command(scene, COMMAND_LINK, "he");

	command.about = 77;
	command.name = STR("stems_from");
	expect_refused("no word of theirs", scene_do(scene, command), ERR_INVALID, "relation", scene);
	assert_non_null(strstr(scene->why.text, "arises_from, replaces"));
	command.name = STR("replaces");
	expect_refused("one of theirs", scene_do(scene, command), ERR_OK, "", scene);
	scene_free(scene);
}

/* ---- parts ---- */

#define PART "title=清淤|lead_unit=agri|commander=vice-mayor|due=2019-05-31"

static void a_task_closes_after_its_parts(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "review", "2019-06-28");
	scene->world.children_open = 2;
	expect_refused("two are open", scene_act(scene, "he", "close", NULL), ERR_REFUSED,
		"close_before_parent", scene);
	expect_ok("it may be sent back", scene_act(scene, "he", "send_back", "reason=缺"), scene);
	expect_ok("and asked for again", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	scene->world.children_open = 0;
	expect_ok("none is", scene_act(scene, "he", "close", NULL), scene);
	scene_key_task(scene, "draft", "2019-06-28");
	scene->world.children_open = 2;
	expect_ok("a withdrawal waits for nobody", scene_act(scene, "he", "withdraw", "reason=x"), scene);
	scene_free(scene);
}

static void who_bears_a_task_breaks_it_down(void **state)
{
	static const struct {
		const char *says, *who;
		enum err want;
		const char *place;
	} rows[] = {
		{"the lead unit", "wang", ERR_OK, ""},
		{"the office", "he", ERR_OK, ""},
		{"the commander", "zhao", ERR_OK, ""},
		{"another house", "pan", ERR_FORBIDDEN, "by"},
		{"a member", "mo", ERR_FORBIDDEN, "by"},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		struct matter *parent = scene->matter;

		scene_fresh(scene);
		scene->world.parent = parent;
		expect_refused(rows[i].says, scene_open(scene, rows[i].who, "key_task", PART), rows[i].want,
			rows[i].place, scene);
		if (rows[i].want == ERR_OK)
			assert_int_equal(scene->matter->parent, parent->id);
	}
	scene_free(scene);
}

static void a_part_belongs_where_the_definition_says(void **state)
{
	struct scene *scene = scene_new();
	struct command command;

	(void)state;
	scene_key_task(scene, "closed", "2019-06-28");
	scene->world.parent = scene->matter;
	expect_refused("an ended one takes no more", scene_open(scene, "he", "key_task", PART), ERR_REFUSED,
		"parent", scene);
	scene_key_task(scene, "working", "2019-06-28");
	scene->world.parent = scene->matter;
	expect_refused("of another procedure",
		scene_open(scene, "he", "accountability", "subject=water|ground=overdue"), ERR_REFUSED,
		"parent", scene);
	command = scene_command(scene, COMMAND_OPEN, "wang");
	command.matter = 0;
	command.name = STR("key_task");
	command.fields = scene_fields(scene, scene->definitions[0].procedure->fields,
		scene->definitions[0].procedure->field_count, PART);
	command.parent = 99;
	scene->world.parent = NULL;
	expect_refused("of one that doesn't exist", scene_do(scene, command), ERR_NOT_FOUND, "parent", scene);
	command.parent = 0;
	scene->world.parent = scene->matter;
	expect_refused("a right in the parent is one to open its parts only", scene_do(scene, command),
		ERR_FORBIDDEN, "by", scene);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_has_a_voice),
		cmocka_unit_test(a_voice_does_not_outlive_what_it_stood_on),
		cmocka_unit_test(a_superior_speaks_through_the_post_that_stands_above),
		cmocka_unit_test(words_have_a_length),
		cmocka_unit_test(urging_reaches_who_owes_something),
		cmocka_unit_test(an_instruction_is_answered),
		cmocka_unit_test(an_instruction_names_whom_it_is_for),
		cmocka_unit_test(an_answer_is_owed_beyond_the_end),
		cmocka_unit_test(links_name_another_matter_and_a_relation),
		cmocka_unit_test(an_institution_says_how_matters_may_be_related),
		cmocka_unit_test(a_task_closes_after_its_parts),
		cmocka_unit_test(who_bears_a_task_breaks_it_down),
		cmocka_unit_test(a_part_belongs_where_the_definition_says),
	};

	return cmocka_run_group_tests_name("word", tests, NULL, NULL);
}
