/* test_read.c: what the reader makes of a definition. What it refuses is kept under refused/.
 *
 *     test_read ROOT      UPDATE_SCHEMA=1 renews institutions/procedure.schema.json */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "definitions.h"

/* A sound definition whose action `ask` fills in FIELDS. */
#define WITH_FIELDS(fields)                                                                                  \
	"procedure: small\n"                                                                                 \
	"grasp: supervision\n"                                                                               \
	"title: {zh: 小事项, en: Small matter}\n"                                                         \
	"number: \"小〔{year}〕{seq}号\"\n"                                                              \
	"fields:\n"                                                                                          \
	"  lead:   {type: unit, required: true}\n"                                                           \
	"  length: {type: number, unit: 公里, label: {zh: 长度, en: Length}}\n"                          \
	"  result: {type: choice, label: {zh: 结果, en: Result}, choices: [good, fair, poor]}\n"           \
	"roles:\n"                                                                                           \
	"  office: {function: supervision_office}\n"                                                         \
	"  lead:   {field: lead}\n"                                                                          \
	"states:\n"                                                                                          \
	"  working: {start: true}\n"                                                                         \
	"  review:  {}\n"                                                                                    \
	"  done:    {end: success}\n"                                                                        \
	"actions:\n"                                                                                         \
	"  ask:   {by: lead, from: working, to: review, evidence: required, fields: {" fields "}}\n"         \
	"  close: {by: office, from: review, to: done, not_by: [ask]}\n"                                     \
	"duties:\n"                                                                                          \
	"  ask_in_time:   {bearer: lead, in: working, discharged_by: ask, within: 5 days,\n"                 \
	"                  breach: {escalate: office}}\n"                                                    \
	"  close_in_time: {bearer: office, in: review, discharged_by: close, within: 5 days,\n"              \
	"                  breach: {escalate: lead}}\n"

static const char *root;
static struct arena *arena;

static int arena_begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int arena_end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const struct procedure *sound(const char *text)
{
	struct proof proof = proof_of_text(arena, "small.yaml", str_from(text));

	if (proof.findings.count > 0)
		fail_msg("%.*s", STR_ARG(proof_print(arena, &proof.findings)));
	return proof.all.items[0];
}

static struct str refusal(const char *text)
{
	struct proof proof = proof_of_text(arena, "small.yaml", str_from(text));

	return proof_print(arena, &proof.findings);
}

static void an_action_field_named_like_one_of_the_procedure_inherits_what_it_does_not_say(void **state)
{
	const struct procedure *procedure =
		sound(WITH_FIELDS("result: {required: true}, length: {}, note: {type: text}"));
	const struct field *fields = procedure->actions[0].fields;

	(void)state;
	assert_int_equal(procedure->actions[0].field_count, 3);
	assert_int_equal(fields[0].type, FIELD_CHOICE);
	assert_true(fields[0].required);
	assert_int_equal(fields[0].choice_count, 3);
	assert_true(str_is(fields[0].choices[2].name, "poor"));
	assert_true(str_is(fields[0].label.zh, "结果"));
	assert_int_equal(fields[1].type, FIELD_NUMBER);
	assert_true(str_is(fields[1].unit, "公里"));
	assert_true(str_is(fields[1].label.en, "Length"));
	assert_false(fields[1].required);
	assert_int_equal(fields[2].type, FIELD_TEXT);
}

static void an_action_may_ask_under_another_label_and_for_some_of_the_choices(void **state)
{
	const struct procedure *procedure = sound(
		WITH_FIELDS("result: {type: choice, label: {zh: 建议, en: Proposal}, choices: [fair]}"));
	const struct field *field = &procedure->actions[0].fields[0];

	(void)state;
	assert_int_equal(field->choice_count, 1);
	assert_true(str_is(field->choices[0].name, "fair"));
	assert_true(str_is(field->label.zh, "建议"));
	assert_int_equal(procedure->fields[2].choice_count, 3);
}

static void an_action_field_that_contradicts_the_procedure_is_refused(void **state)
{
	(void)state;
	assert_string_equal(refusal(WITH_FIELDS("length: {type: money}")).data,
		"small.yaml:17:77: W1: 'length' would set the procedure's field of that name, which is a "
		"number, not a money: leave out its type\n");
	assert_string_equal(refusal(WITH_FIELDS("length: {unit: 米}")).data,
		"small.yaml:17:77: W1: 'length' would set the procedure's field of that name, which counts "
		"in "
		"'公里', not in '米': leave out its unit\n");
	assert_string_equal(refusal(WITH_FIELDS("result: {choices: [fair, bad]}")).data,
		"small.yaml:17:77: W1: 'result' would set the procedure's field of that name, which has no "
		"choice 'bad': leave out its choices, or name some of those\n");
}

static void an_action_field_of_its_own_needs_a_type(void **state)
{
	(void)state;
	assert_string_equal(refusal(WITH_FIELDS("lenght: {required: true}")).data,
		"small.yaml:17:85: the field 'lenght' needs the key 'type', because the procedure has no "
		"field of that name to take it from; did you mean 'length'?\n");
}

static void the_kept_schema_is_made_from_the_tables_of_keys(void **state)
{
	struct str path = str_format(arena, "%s/institutions/procedure.schema.json", root);
	struct buf buf = buf_new(arena);
	struct doc *tree;

	(void)state;
	procedure_schema(&buf);
	assert_int_equal(doc_read(arena, buf_str(&buf), &tree, NULL), ERR_OK);
	if (getenv("UPDATE_SCHEMA") != NULL)
		text_write(path.data, buf_str(&buf));
	if (!str_equal(text_read(arena, path.data), buf_str(&buf)))
		fail_msg("%s is another one: UPDATE_SCHEMA=1 meson test -C build procedure/read renews it",
			path.data);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			an_action_field_named_like_one_of_the_procedure_inherits_what_it_does_not_say),
		cmocka_unit_test(an_action_may_ask_under_another_label_and_for_some_of_the_choices),
		cmocka_unit_test(an_action_field_that_contradicts_the_procedure_is_refused),
		cmocka_unit_test(an_action_field_of_its_own_needs_a_type),
		cmocka_unit_test(the_kept_schema_is_made_from_the_tables_of_keys),
	};

	if (argc < 2)
		return 2;
	root = argv[1];

	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
