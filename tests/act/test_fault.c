/* test_fault.c: whichever read, write or flush fails, an act is either wholly there or not at all, and what
 * was acknowledged is there. */
#include "check/check.h"
#include "district.h"
#include "fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define CALLS_MAX 400 /* an act makes fewer of any kind */

static struct district *district_with_work(void)
{
	struct district *district = district_new();

	district_key_task(district, "review", "2019-03-20");
	return district;
}

static int install(void **state)
{
	(void)state;
	fault_install();
	return 0;
}

static int64_t events(struct district *district)
{
	return district_number(district, "select count(*) from event");
}

static enum err close_it(struct district *district)
{
	struct command close = {.kind = COMMAND_ACT, .matter = 1, .name = STR("close")};

	return district_command(district, "he", close, NULL);
}

static void hear(void *context, const char *place, struct str live, struct str rebuilt)
{
	(void)context;
	print_message("%s\n  live    %.*s\n  rebuilt %.*s\n", place, STR_ARG(live), STR_ARG(rebuilt));
}

/* Opened anew it is a whole record with nothing half done. */
static void expect_whole(struct district *district, const char *says)
{
	struct replayed replayed;
	struct recorded recorded;

	district_must(district,
		check_replay(district->reader, district->now, hear, NULL, &replayed, &district->why));
	district_must(
		district, check_record(district->reader, NULL, district->arena, &recorded, &district->why));
	if (replayed.differences != 0 || recorded.what.size != 0)
		fail_msg("%s: %llu rows differ; %s", says, (unsigned long long)replayed.differences,
			recorded.what.data);
}

static void failing_at_any_call_leaves_all_or_nothing(enum fault_kind kind)
{
	int fired = 0;

	for (int n = 1; n < CALLS_MAX; n++) {
		struct district *district = district_with_work();
		int64_t before = events(district);
		char says[64];

		snprintf(says, sizeof says, "%s %d", fault_name(kind), n);
		fault_arm(kind, n);
		enum err err = close_it(district);
		bool failed = fault_fired();

		fault_disarm();
		if (failed && err == ERR_OK)
			fail_msg("%s: it failed, and the act was acknowledged", says);
		if (failed && err != ERR_IO && err != ERR_FULL)
			fail_msg("%s: %s: %s", says, err_name(err), district->why.text);
		district_close(district);
		district_must(district, district_open(district));
		int64_t after = events(district);

		if (after != before && after != before + 1)
			fail_msg("%s: %lld events", says, (long long)(after - before));
		if (err == ERR_OK && after != before + 1)
			fail_msg("%s: an acknowledged act is gone", says);
		expect_whole(district, says);
		/* And it goes on: done now, or done already. */
		err = close_it(district);
		assert_true(err == (after == before ? ERR_OK : ERR_REFUSED));
		district_free(district);
		fired += failed;
		if (!failed)
			break;
	}
	assert_true(fired > 0 && fired < CALLS_MAX - 1);
	print_message("%s: failed at each of %d calls\n", fault_name(kind), fired);
}

static void a_failing_write_leaves_all_or_nothing(void **state)
{
	(void)state;
	failing_at_any_call_leaves_all_or_nothing(FAULT_WRITE);
}

static void a_failing_flush_leaves_all_or_nothing(void **state)
{
	(void)state;
	failing_at_any_call_leaves_all_or_nothing(FAULT_SYNC);
}

static void no_room_leaves_all_or_nothing(void **state)
{
	(void)state;
	failing_at_any_call_leaves_all_or_nothing(FAULT_FULL);
}

/* What is in memory isn't read again: a fresh connection has to. */
static void a_failing_read_is_told_and_leaves_all_or_nothing(void **state)
{
	int fired = 0;

	(void)state;
	for (int n = 1; n < CALLS_MAX; n++) {
		struct district *district = district_with_work();
		int64_t before = events(district);

		district_close(district);
		fault_arm(FAULT_READ, n);
		enum err err = district_open(district);

		if (err == ERR_OK)
			err = close_it(district);
		bool failed = fault_fired();

		fault_disarm();
		if (failed && err == ERR_OK)
			fail_msg("read %d: it failed, and the act was acknowledged", n);
		district_close(district);
		district_must(district, district_open(district));
		int64_t after = events(district);

		assert_true(after == before || after == before + 1);
		expect_whole(district, "read");
		district_free(district);
		fired += failed;
		if (!failed)
			break;
	}
	assert_true(fired > 10);
	print_message("read: failed at each of %d calls\n", fired);
}

static void after_a_failed_flush_nothing_more_is_written(void **state)
{
	struct district *district = district_with_work();
	struct command note = {.kind = COMMAND_NOTE, .matter = 1, .text = STR("再记")};

	(void)state;
	fault_arm(FAULT_SYNC, 1);
	assert_int_equal(close_it(district), ERR_IO);
	fault_disarm();
	int64_t before = events(district);

	/* The disk answers again, but what is on it isn't known: reading goes on, writing waits for a
	 * restart. */
	assert_int_equal(district_command(district, "he", note, NULL), ERR_IO);
	assert_int_equal(installation_health(district->installation, &district->why), ERR_IO);
	expect("it says what to do", strstr(district->why.text, "restart") != NULL);
	assert_int_equal(events(district), before);
	district_reopen(district);
	district_must(district, district_command(district, "he", note, NULL));
	district_free(district);
}

static void when_there_is_room_again_it_goes_on(void **state)
{
	struct district *district = district_with_work();
	struct command note = {.kind = COMMAND_NOTE, .matter = 1, .text = STR("再记")};
	int64_t before = events(district);

	(void)state;
	fault_arm(FAULT_FULL, 1);
	for (int i = 0; i < 3; i++)
		assert_int_equal(district_command(district, "he", note, NULL), ERR_FULL);
	assert_int_equal(events(district), before); /* reading goes on */
	fault_disarm();
	district_must(district, district_command(district, "he", note, NULL));
	assert_int_equal(installation_health(district->installation, NULL), ERR_OK);
	assert_int_equal(events(district), before + 1);
	expect_whole(district, "after it was full");
	district_free(district);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_failing_write_leaves_all_or_nothing),
		cmocka_unit_test(a_failing_flush_leaves_all_or_nothing),
		cmocka_unit_test(a_failing_read_is_told_and_leaves_all_or_nothing),
		cmocka_unit_test(no_room_leaves_all_or_nothing),
		cmocka_unit_test(after_a_failed_flush_nothing_more_is_written),
		cmocka_unit_test(when_there_is_room_again_it_goes_on),
	};
	return cmocka_run_group_tests_name("act: faults", tests, install, NULL);
}
