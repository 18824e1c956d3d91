/* Who may open a matter, with what, and under which number. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define GOOD "title=西江岸线整治|lead_unit=water|commander=vice-mayor|due=2019-06-28"

static void only_who_acts_first_may_open(void **state)
{
	static const struct {
		const char *says, *who;
		enum err want;
		const char *place;
	} rows[] = {
		{"the head of the office", "he", ERR_OK, ""},
		{"its deputy", "du", ERR_OK, ""},
		{"its liaison, who is also of the lead unit", "bo", ERR_OK, ""},
		{"a member has no power to act for the office", "mei", ERR_FORBIDDEN, "by"},
		{"the lead unit may not set itself a task", "wang", ERR_FORBIDDEN, "by"},
		{"the commander may not either", "zhao", ERR_FORBIDDEN, "by"},
		{"a delegate of the head", "wu for he", ERR_OK, ""},
		{"without a delegation", "mo for he", ERR_FORBIDDEN, "on_behalf"},
		{"a delegate of the delegate stands only for him", "mei for wu", ERR_FORBIDDEN, "by"},
		{"and not for the head: a delegation isn't passed on", "mei for he", ERR_FORBIDDEN,
			"on_behalf"},
		{"being a delegate gives no power of one's own", "wu", ERR_FORBIDDEN, "by"},
		{"the clock opens nothing by itself", "", ERR_FORBIDDEN, "by"},
	};
	struct scene *scene = scene_new();

	(void)state;
	scene_delegate(scene, "he", "wu", "2019-03-01", "2019-03-31");
	scene_delegate(scene, "wu", "mei", "2019-03-01", "2019-03-31");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_fresh(scene);
		expect_refused(rows[i].says, scene_open(scene, rows[i].who, "key_task", GOOD), rows[i].want,
			rows[i].place, scene);
	}
	scene_free(scene);
}

static void a_form_is_taken_only_when_it_is_filled_in_rightly(void **state)
{
	static const struct {
		const char *says, *fields, *place;
		enum err want;
	} rows[] = {
		{"all that is required", GOOD, "", ERR_OK},
		{"and all the rest", GOOD "|co_units=agri、park|target=95.5|measure=达标", "", ERR_OK},
		{"no title", "lead_unit=water|commander=vice-mayor|due=2019-06-28", "title", ERR_INVALID},
		{"an empty title", "title=|lead_unit=water|commander=vice-mayor|due=2019-06-28", "title",
			ERR_INVALID},
		{"a unit that doesn't exist", "title=x|lead_unit=navy|commander=vice-mayor|due=2019-06-28",
			"lead_unit", ERR_INVALID},
		{"a post that doesn't exist", "title=x|lead_unit=water|commander=admiral|due=2019-06-28",
			"commander", ERR_INVALID},
		{"a date that doesn't", "title=x|lead_unit=water|commander=vice-mayor|due=2019-02-30", "due",
			ERR_INVALID},
		{"a date in another form", "title=x|lead_unit=water|commander=vice-mayor|due=28.6.2019",
			"due", ERR_INVALID},
		{"no number", GOOD "|target=many", "target", ERR_INVALID},
		{"a unit among several that doesn't exist", GOOD "|co_units=agri,navy", "co_units",
			ERR_INVALID},
		{"a field that nobody asked for", GOOD "|colour=red", "colour", ERR_INVALID},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_fresh(scene);
		expect_refused(rows[i].says, scene_open(scene, "he", "key_task", rows[i].fields),
			rows[i].want, rows[i].place, scene);
	}
	scene_free(scene);
}

static void a_form_of_another_shape_is_refused_not_read(void **state)
{
	struct scene *scene = scene_new();
	struct command command = scene_command(scene, COMMAND_OPEN, "he");
	struct doc *list = doc_list(scene->arena), *real = doc_object(scene->arena),
		   value = {.kind = DOC_REAL};

	(void)state;
	command.name = STR("key_task");
	doc_push(scene->arena, list, doc_int(scene->arena, 1));
	command.fields = list;
	expect_refused("a list", scene_do(scene, command), ERR_INVALID, "fields", scene);
	doc_set(scene->arena, real, "title", doc_text(scene->arena, STR("a\0b")));
	command.fields = real;
	expect_refused("a text with a NUL", scene_do(scene, command), ERR_INVALID, "title", scene);
	real = doc_object(scene->arena);
	doc_set(scene->arena, real, "target", &value);
	command.fields = real;
	expect_refused("a number with a fraction of its own", scene_do(scene, command), ERR_INVALID, "target",
		scene);
	command.fields = NULL;
	expect_refused("nothing at all", scene_do(scene, command), ERR_INVALID, "title", scene);
	command.name = STR("gunboat");
	expect_refused(
		"a procedure not in force", scene_do(scene, command), ERR_NOT_FOUND, "procedure", scene);
	scene_free(scene);
}

static void numbers_run_by_year_and_carry_the_pattern(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	expect_ok("the first", scene_open(scene, "he", "key_task", GOOD), scene);
	expect_text("its number", scene->matter->number.data, "督〔2019〕1号");
	expect_ok("the second", scene_open(scene, "he", "key_task", GOOD), scene);
	expect_text("its number", scene->matter->number.data, "督〔2019〕2号");
	/* 2019-12-31 at 23:30 in the district is still 2019, though it is 15:30 UTC. */
	scene_at(scene, "2019-12-31 23:30");
	expect_ok("on the last evening", scene_open(scene, "he", "key_task", GOOD), scene);
	assert_int_equal(scene->matter->year, 2019);
	scene_at(scene, "2020-01-01 00:00");
	expect_ok("half an hour later", scene_open(scene, "he", "key_task", GOOD), scene);
	assert_int_equal(scene->matter->year, 2020);
	scene_free(scene);
}

static void a_padded_number_is_padded(void **state)
{
	static const struct {
		const char *pattern, *want;
	} rows[] = {{"T{seq:4}", "T0001"}, {"{year}-{seq:2}x", "2019-01x"}, {"{seq}", "1"}};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct str yaml = str_format(scene->arena,
			"procedure: padded_%c\ngrasp: rules\ntitle: {zh: 例, en: Example}\nnumber: \"%s\"\n"
			"roles: {office: {function: supervision_office}}\n"
			"fields: {}\nstates: {a: {start: true}, b: {end: success}}\n"
			"actions: {go: {by: office, from: a, to: b}}\n"
			"duties: {go_on: {bearer: office, in: a, discharged_by: go, within: 1 working day, "
			"breach: {escalate: [superior of office]}}}\n",
			(char)('a' + i), rows[i].pattern);

		const struct procedure *procedure = scene_define(scene, yaml.data);

		expect_ok("opened", scene_open(scene, "he", procedure->name.data, NULL), scene);
		expect_text(rows[i].pattern, scene->matter->number.data, rows[i].want);
	}
	scene_free(scene);
}

static void weights_lie_in_their_range(void **state)
{
	static const struct {
		int64_t weight, stored;
		enum err want;
	} rows[] = {{0, 1, ERR_OK}, {1, 1, ERR_OK}, {1000000, 1000000, ERR_OK}, {1000001, 0, ERR_RANGE},
		{-1, 0, ERR_RANGE}};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct command command = scene_command(scene, COMMAND_OPEN, "he");

		scene_fresh(scene);
		command.matter = 0;
		command.name = STR("key_task");
		command.fields = scene_fields(scene, scene->definitions[0].procedure->fields,
			scene->definitions[0].procedure->field_count, GOOD);
		command.weight = rows[i].weight;
		expect_refused("a weight", scene_do(scene, command), rows[i].want, "weight", scene);
		if (rows[i].want == ERR_OK)
			assert_int_equal(scene->matter->weight, rows[i].stored);
	}
	scene_free(scene);
}

/* One act opens a matter for each row that its condition names, with the cells of that row. */
static void one_matter_for_each_row(void **state)
{
	struct scene *scene = scene_new();
	const struct doc *first, *second;

	(void)state;
	scene_ship_all(scene);
	scene_at(scene, "2019-03-04 09:00");
	expect_ok("opened",
		scene_open(scene, "wang", "study_session",
			"title=x|unit=water|kind=theme|held_on=2019-03-04|first_item=y"),
		scene);
	expect_ok("held", scene_act(scene, "wang", "hold", NULL), scene);
	expect_refused("a record without a roll",
		scene_act_with(scene, "wang", "record", "agenda=a|hours=3", 1), ERR_REFUSED, "checks", scene);
	struct command roll = scene_command(scene, COMMAND_ACT, "wang");
	const struct field *field = field_find(
		scene->matter->procedure->fields, scene->matter->procedure->field_count, STR("attendance"));
	struct doc *rows;

	roll.name = STR("roll");
	roll.fields = doc_object(scene->arena);
	assert_int_equal(field_value_read(scene->arena, field, scene->org,
				 STR("wang|present\nwei|leave\nwu|absent|病"), &rows, NULL),
		ERR_OK);
	doc_set(scene->arena, roll.fields, "attendance", rows);
	expect_refused("on leave without a reason", scene_do(scene, roll), ERR_REFUSED, "checks", scene);
	assert_int_equal(field_value_read(scene->arena, field, scene->org,
				 STR("wang|present||9\nwei|leave|出差\nwu|absent|病"), &rows, NULL),
		ERR_OK);
	doc_set(scene->arena, roll.fields, "attendance", rows);
	expect_ok("rolled", scene_do(scene, roll), scene);
	expect_refused("more hours than there were",
		scene_act_with(scene, "wang", "record", "agenda=a|hours=3", 1), ERR_REFUSED, "checks", scene);
	expect_ok("recorded", scene_act_with(scene, "wang", "record", "agenda=a|hours=9", 1), scene);
	scene->opened.count = 0;
	expect_ok("confirmed", scene_act(scene, "ji", "confirm", NULL), scene);
	assert_int_equal(scene->opened.count, 2);
	first = scene->opened.items[0].payload;
	second = scene->opened.items[1].payload;
	assert_int_equal(doc_get_int(second, "matter", 0), doc_get_int(first, "matter", 0) + 1);
	assert_int_equal(doc_get_int(second, "seq", 0), doc_get_int(first, "seq", 0) + 1);
	expect("of those who were away, with why",
		doc_get_int(doc_get(first, "fields"), "person", 0) == person_id(scene, "wei") &&
			doc_get_int(doc_get(second, "fields"), "person", 0) == person_id(scene, "wu") &&
			str_is(doc_get_text(doc_get(second, "fields"), "why"), "病") &&
			doc_get_int(doc_get(second, "fields"), "hours", 0) == 9);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_who_acts_first_may_open),
		cmocka_unit_test(a_form_is_taken_only_when_it_is_filled_in_rightly),
		cmocka_unit_test(a_form_of_another_shape_is_refused_not_read),
		cmocka_unit_test(numbers_run_by_year_and_carry_the_pattern),
		cmocka_unit_test(a_padded_number_is_padded),
		cmocka_unit_test(weights_lie_in_their_range),
		cmocka_unit_test(one_matter_for_each_row),
	};

	return cmocka_run_group_tests_name("opening", tests, NULL, NULL);
}
