/* The rows of a file are one act: all of them are recorded, in their order, or none is, and each in the
 * rights of the one it names. */
#include "lodge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int set_up(void **state)
{
	struct lodge *lodge = lodge_new();

	*state = lodge;
	return 0;
}

static int tear_down(void **state)
{
	lodge_free(*state);
	return 0;
}

static enum err import(struct district *district, const char *who, int64_t account, const char *key,
	const struct act_part *parts, size_t count)
{
	return district_act(district, (struct act){.kind = ACT_IMPORT,
					      .key = str_from(key),
					      .person = person_id(district->scene, who),
					      .account = account,
					      .what.import = {.parts = parts, .count = count}});
}

static struct act_part person_row(struct district *district, const char *by, const struct person *person)
{
	return (struct act_part){
		.act = {.kind = ACT_PERSON, .person = person_id(district->scene, by), .what.person = person},
		.under = -1,
		.place = STR("t.csv:2")};
}

static struct person named(const char *code)
{
	return (struct person){.code = str_from(code), .name = str_from(code), .born = DAY_NONE};
}

static struct command opening(struct district *district, const char *title)
{
	const struct procedure *procedure = district->scene->definitions[0].procedure;

	return (struct command){.kind = COMMAND_OPEN,
		.name = procedure->name,
		.weight = 1,
		.fields = scene_fields(district->scene, procedure->fields, procedure->field_count,
			str_format(district->arena,
				"title=%s|lead_unit=water|commander=vice-mayor|due=2019-06-28", title)
				.data)};
}

static struct act_part opening_row(
	struct district *district, const char *by, const char *key, const struct command *command)
{
	return (struct act_part){.act = {.kind = ACT_COMMAND,
					 .key = str_from(key),
					 .person = person_id(district->scene, by),
					 .what.command = command},
		.under = -1,
		.place = STR("t.csv:3")};
}

static int64_t events(struct district *district)
{
	return district_number(district, "select count(*) from event");
}

static int64_t people(struct district *district)
{
	return district_number(district, "select count(*) from person");
}

static void all_rows_are_one_act_and_done_once(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	const struct person one = named("first.one"), two = named("second.one");
	const struct act_part parts[] = {
		person_row(district, "lin", &one), person_row(district, "lin", &two)};
	int64_t before = events(district);

	district_must(district, import(district, "lin", 0, "i-1", parts, 2));
	assert_int_equal(district->receipt.count, 2);
	assert_int_equal(district->receipt.first, before);
	assert_int_equal(events(district), before + 2);
	district_must(district, import(district, "lin", 0, "i-1", parts, 2));
	assert_true(district->receipt.again);
	assert_int_equal(events(district), before + 2);
	assert_int_equal(import(district, "lin", 0, "i-1", parts, 1), ERR_CONFLICT);
}

static void a_refused_row_takes_all_back_from_memory_too(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	const struct person good = named("good.one"), bad = named("good.one");
	const struct act_part parts[] = {
		person_row(district, "lin", &good), person_row(district, "lin", &bad)};
	int64_t before = events(district), known = people(district);

	assert_int_not_equal(import(district, "lin", 0, "i-2", parts, 2), ERR_OK);
	assert_string_equal(district->why.place, "t.csv:2");
	assert_int_equal(events(district), before);
	assert_int_equal(people(district), known);
	/* Were the first still in memory, it couldn't come again. */
	district_must(district, import(district, "lin", 0, "i-3", parts, 1));
	assert_int_equal(people(district), known + 1);
	district_reopen(district);
	assert_int_equal(people(district), known + 1);
}

static void each_row_is_in_the_rights_of_whom_it_names(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	const struct person one = named("first.one");
	const struct act_part parts[] = {person_row(district, "wang", &one)};
	int64_t before = events(district);

	assert_int_equal(import(district, "lin", 0, "", parts, 1), ERR_FORBIDDEN);
	assert_int_equal(events(district), before);
}

static void an_account_records_only_for_its_own_person(void **state)
{
	struct lodge *lodge = *state;
	struct district *district = lodge->district;
	int64_t account = lodge_account(lodge, "wang");
	const struct person one = named("first.one");
	const struct act_part parts[] = {person_row(district, "lin", &one)};

	assert_int_equal(import(district, "wang", account, "", parts, 1), ERR_FORBIDDEN);
	assert_int_equal(
		district_number(district, "select count(*) from person where code = 'first.one'"), 0);
}

static void a_row_known_by_its_key_is_left_as_it_is(void **state)
{
	struct district *district = ((struct lodge *)*state)->district;
	const struct command first = opening(district, "清淤"), second = opening(district, "截污");
	const struct act_part parts[] = {opening_row(district, "he", "import:A-1", &first),
		opening_row(district, "he", "import:A-2", &second)};
	int64_t before = district_number(district, "select count(*) from matter");

	district_must(district, import(district, "he", 0, "", parts, 1));
	district_must(district, import(district, "he", 0, "", parts, 2));
	assert_int_equal(district_number(district, "select count(*) from matter"), before + 2);
	district_must(district, import(district, "he", 0, "", parts, 2));
	assert_int_equal(district->receipt.count, 0);
	assert_int_equal(district_number(district, "select count(*) from matter"), before + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(all_rows_are_one_act_and_done_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_refused_row_takes_all_back_from_memory_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			each_row_is_in_the_rights_of_whom_it_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_account_records_only_for_its_own_person, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_row_known_by_its_key_is_left_as_it_is, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
