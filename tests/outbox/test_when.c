/* test_when.c: when a message may go, and how patiently it is tried. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "outbox/when.h"

#define CHINA     480
#define MINUTE_US INT64_C(60000000)

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct instant at(const char *text)
{
	struct instant instant;

	if (instant_parse(str_from(text), CHINA, &instant, NULL) != ERR_OK)
		fail_msg("%s is no instant", text);
	return instant;
}

static struct telling telling_of(enum pace pace, int quiet_from, int quiet_until, bool working_days)
{
	struct telling telling = telling_default(1);

	telling.pace = pace;
	telling.quiet_from = quiet_from * 60;
	telling.quiet_until = quiet_until * 60;
	telling.working_days = working_days;
	return telling;
}

#define expect_when(telling, now, wanted)                                                                    \
	assert_string_equal(                                                                                 \
		instant_print(arena, outbox_when(&(telling), calendar_china(), CHINA, at(now)), CHINA).data, \
		(wanted))

static void at_once_is_now_in_an_open_hour(void **state)
{
	(void)state;
	struct telling telling = telling_of(PACE_AT_ONCE, 21, 7, false);

	expect_when(telling, "2019-03-04 09:15", "2019-03-04T09:15:00+08:00");
	expect_when(telling, "2019-03-04 20:59", "2019-03-04T20:59:00+08:00");
	expect_when(telling, "2019-03-04 07:00", "2019-03-04T07:00:00+08:00");
}

static void quiet_hours_end_in_the_morning_also_over_midnight(void **state)
{
	(void)state;
	struct telling night = telling_of(PACE_AT_ONCE, 21, 7, false),
		       noon = telling_of(PACE_AT_ONCE, 12, 14, false),
		       never = telling_of(PACE_AT_ONCE, 8, 8, false);

	expect_when(night, "2019-03-04 21:00", "2019-03-05T07:00:00+08:00");
	expect_when(night, "2019-03-05 00:30", "2019-03-05T07:00:00+08:00");
	expect_when(night, "2019-12-31 23:59", "2020-01-01T07:00:00+08:00");
	expect_when(noon, "2019-03-04 12:00", "2019-03-04T14:00:00+08:00");
	expect_when(noon, "2019-03-04 23:00", "2019-03-04T23:00:00+08:00");
	expect_when(never, "2019-03-04 08:00", "2019-03-04T08:00:00+08:00");
}

/* 2019-02-04 to 02-10 was the Spring Festival, Saturday 02-02 was worked. */
static void a_day_off_is_waited_for_by_the_calendar_and_not_by_the_weekday(void **state)
{
	(void)state;
	struct telling telling = telling_of(PACE_AT_ONCE, 21, 7, true);

	expect_when(telling, "2019-03-08 22:00", "2019-03-11T07:00:00+08:00"); /* a Friday night */
	expect_when(telling, "2019-02-02 10:00", "2019-02-02T10:00:00+08:00");
	expect_when(telling, "2019-02-04 10:00", "2019-02-11T07:00:00+08:00");
	expect_when(telling, "2019-02-10 23:30", "2019-02-11T07:00:00+08:00");
}

static void a_daily_message_goes_at_its_hour(void **state)
{
	(void)state;
	struct telling telling = telling_of(PACE_DAILY, 21, 7, true), early = telling;

	expect_when(telling, "2019-03-04 08:30", "2019-03-04T08:30:00+08:00"); /* at the hour itself */
	expect_when(telling, "2019-03-04 08:31", "2019-03-05T08:30:00+08:00");
	expect_when(telling, "2019-03-08 18:00", "2019-03-11T08:30:00+08:00");
	expect_when(telling, "2019-02-03 08:00", "2019-02-03T08:30:00+08:00"); /* a Sunday that was worked */
	early.daily_at = 5 * 60; /* a quiet hour goes before it */
	expect_when(early, "2019-03-04 04:00", "2019-03-04T07:00:00+08:00");
}

static void what_can_never_go_is_not_waited_for_for_ever(void **state)
{
	(void)state;
	struct telling telling = telling_of(PACE_DAILY, 0, 24, false);

	assert_true(outbox_when(&telling, calendar_china(), CHINA, at("2019-03-04 09:00")).us >
		    at("2020-03-04 09:00").us);
}

static void patience_doubles_and_has_an_end_and_chance_spreads_it(void **state)
{
	(void)state;
	assert_int_equal(outbox_backoff_us(1, 0), MINUTE_US / 2);
	assert_int_equal(outbox_backoff_us(1, UINT32_C(1) << 31), MINUTE_US);
	assert_true(outbox_backoff_us(1, UINT32_MAX) < MINUTE_US * 3 / 2);
	for (int64_t tries = 1; tries < 8; tries++)
		assert_int_equal(outbox_backoff_us(tries + 1, UINT32_C(1) << 30),
			2 * outbox_backoff_us(tries, UINT32_C(1) << 30));
	assert_int_equal(outbox_backoff_us(9, UINT32_C(1) << 31), 240 * MINUTE_US);
	assert_int_equal(outbox_backoff_us(INT64_MAX, 0), 120 * MINUTE_US);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_once_is_now_in_an_open_hour),
		cmocka_unit_test(quiet_hours_end_in_the_morning_also_over_midnight),
		cmocka_unit_test(a_day_off_is_waited_for_by_the_calendar_and_not_by_the_weekday),
		cmocka_unit_test(a_daily_message_goes_at_its_hour),
		cmocka_unit_test(what_can_never_go_is_not_waited_for_for_ever),
		cmocka_unit_test(patience_doubles_and_has_an_end_and_chance_spreads_it),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
