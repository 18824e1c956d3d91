/* test_key.c: the same request under the same key is done once, whatever kind of act it is. */
#include "district.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_district(void **state)
{
	*state = district_new();
	district_key_task(*state, "working", "2019-06-28");
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

static struct command note(const char *text)
{
	return (struct command){.kind = COMMAND_NOTE, .matter = 1, .text = str_from(text)};
}

static int64_t events(struct district *district)
{
	return district_number(district, "select count(*) from event");
}

static void the_same_request_gives_the_same_receipt(void **state)
{
	struct district *district = *state;

	district_must(district, district_command(district, "he", note("已现场查看"), "k-1"));
	struct receipt first = district->receipt;
	int64_t before = events(district);

	assert_false(first.again);
	district_must(district, district_command(district, "he", note("已现场查看"), "k-1"));
	assert_true(district->receipt.again);
	assert_int_equal(district->receipt.first, first.first);
	assert_int_equal(district->receipt.count, first.count);
	assert_int_equal(district->receipt.matter, first.matter);
	assert_int_equal(district->receipt.version, first.version);
	assert_int_equal(events(district), before);
}

static void it_is_remembered_after_a_restart(void **state)
{
	struct district *district = *state;

	district_must(district, district_command(district, "he", note("重启之前"), "k-2"));
	int64_t first = district->receipt.first;

	district_reopen(district);
	district_must(district, district_command(district, "he", note("重启之前"), "k-2"));
	assert_true(district->receipt.again);
	assert_int_equal(district->receipt.first, first);
}

static void another_request_under_the_key_is_refused(void **state)
{
	struct district *district = *state;
	int64_t before = events(district);

	assert_int_equal(district_command(district, "he", note("另一件事"), "k-1"), ERR_CONFLICT);
	expect_text("the place", district->why.place, "key");
	assert_int_equal(events(district), before);
}

static void the_key_is_the_persons_own(void **state)
{
	struct district *district = *state;

	district_must(district, district_command(district, "wang", note("已现场查看"), "k-1"));
	assert_false(district->receipt.again);
}

static void without_a_key_it_is_done_again(void **state)
{
	struct district *district = *state;
	int64_t before = events(district);

	district_must(district, district_command(district, "he", note("再记一次"), NULL));
	district_must(district, district_command(district, "he", note("再记一次"), NULL));
	assert_int_equal(events(district), before + 2);
}

static void what_was_refused_may_be_tried_again_under_its_key(void **state)
{
	struct district *district = *state;
	struct command close = {.kind = COMMAND_ACT, .matter = 1, .name = STR("close")};

	assert_int_equal(district_command(district, "he", close, "k-3"), ERR_REFUSED);
	district_must(district, district_do(district, "wang", 1, "ask_close", NULL));
	district_must(district, district_command(district, "he", close, "k-3"));
	assert_false(district->receipt.again);
	/* And once done it stays done, though the matter has ended since. */
	district_must(district, district_command(district, "he", close, "k-3"));
	assert_true(district->receipt.again);
}

static void a_row_of_the_institution_is_set_once_under_its_key(void **state)
{
	struct district *district = *state;
	struct unit unit = {.code = STR("new-office"),
		.name = STR("新办公室"),
		.kind = STR("department"),
		.since = DAY_NONE,
		.until = DAY_NONE};
	struct act act = {.kind = ACT_UNIT, .key = STR("u-1"), .person = 1, .what.unit = &unit};

	district_must(district, district_act(district, act));
	int64_t id = district->receipt.id;

	assert_true(id > 0);
	district_must(district, district_act(district, act));
	assert_true(district->receipt.again);
	assert_int_equal(district->receipt.id, id);
	unit.name = STR("另一个办公室");
	assert_int_equal(district_act(district, act), ERR_CONFLICT);
	assert_int_equal(district_number(district, "select count(*) from unit where code = 'new-office'"), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_request_gives_the_same_receipt),
		cmocka_unit_test(it_is_remembered_after_a_restart),
		cmocka_unit_test(another_request_under_the_key_is_refused),
		cmocka_unit_test(the_key_is_the_persons_own),
		cmocka_unit_test(without_a_key_it_is_done_again),
		cmocka_unit_test(what_was_refused_may_be_tried_again_under_its_key),
		cmocka_unit_test(a_row_of_the_institution_is_set_once_under_its_key),
	};
	return cmocka_run_group_tests_name("act: keys", tests, open_district, close_district);
}
