/* test_day.c: days of the calendar and instants of time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

#define CHINA 480

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

static struct day day(const char *text)
{
	struct day day = DAY_NONE;
	struct bh_err err;

	if (day_parse(str_from(text), &day, &err) != ERR_OK)
		fail_msg("%s", err.text);
	return day;
}

static void assert_day(struct day found, const char *wanted)
{
	if (!str_is(day_print(arena, found), wanted))
		fail_msg("%.*s where %s was wanted", STR_ARG(day_print(arena, found)), wanted);
}

static const struct {
	const char *text;
	int32_t number;
	int weekday;
} days[] = {
	{"1970-01-01", 0, 4},
	{"1969-12-31", -1, 3},
	{"1900-01-01", -25567, 1},
	{"1900-03-01", -25508, 4},
	{"2000-02-29", 11016, 2},
	{"2019-03-05", 17960, 2},
	{"2024-02-29", 19782, 4},
	{"2999-12-31", 376199, 2},
};

static void known_days_have_their_number_and_weekday(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(days); i++) {
		struct day found = day(days[i].text);

		assert_int_equal(found.number, days[i].number);
		assert_int_equal(day_weekday(found), days[i].weekday);
		assert_day(found, days[i].text);
	}
}

/* Day after day from the first to the last, against a calendar that only counts. */
static void every_day_follows_the_one_before_it(void **state)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	struct day at;
	int y, m, d, weekday = 1;

	(void)state;
	assert_true(day_make(1900, 1, 1, &at));
	for (int year = 1900; year <= 2999; year++) {
		bool leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);

		for (int month = 1; month <= 12; month++)
			for (int dom = 1; dom <= lengths[month - 1] + (leap && month == 2); dom++) {
				struct day made;

				day_split(at, &y, &m, &d);
				if (y != year || m != month || d != dom || !day_make(y, m, d, &made) ||
					made.number != at.number || day_weekday(at) != weekday)
					fail_msg("%d-%d-%d is read as %d-%d-%d", year, month, dom, y, m, d);
				at = day_add(at, 1);
				weekday = weekday % 7 + 1;
			}
	}
	assert_int_equal(at.number, 376200);
}

static void what_is_no_day_is_refused_with_the_reason(void **state)
{
	static const char *const no_form[] = {"", "2019-3-5", "2019-03-5", "20190305", "2019/03/05",
		"2019-03-05 ", " 2019-03-05", "2019-03-0x", "+019-03-05", "２０１９-０３-０５", "2019-0x-05",
		"2019-03+05", "2019+03-05", "x019-03-05", "2019年3月5日", "2019-03-05T00:00:00Z"};
	static const char *const no_day[] = {"2019-02-29", "2019-02-30", "2020-02-30", "1900-02-29",
		"2100-02-29", "2019-04-31", "2019-13-01", "2019-00-10", "2019-01-00", "2019-01-32",
		"1899-12-31", "3000-01-01", "0000-00-00"};
	struct day ignored;
	struct bh_err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(no_form); i++) {
		if (day_parse(str_from(no_form[i]), &ignored, &err) != ERR_INVALID)
			fail_msg("'%s' is taken", no_form[i]);
		assert_non_null(strstr(err.text, "is no date: write it as 2019-03-05"));
	}
	for (size_t i = 0; i < ARRAY_COUNT(no_day); i++) {
		if (day_parse(str_from(no_day[i]), &ignored, &err) != ERR_INVALID)
			fail_msg("'%s' is taken", no_day[i]);
		assert_non_null(strstr(err.text, "there is no day "));
	}
	assert_int_equal(day_parse(STR("2000-02-29"), &ignored, &err), ERR_OK);
}

static void a_month_later_is_the_same_day_or_the_months_last(void **state)
{
	(void)state;
	assert_day(day_add_months(day("2019-01-31"), 1), "2019-02-28");
	assert_day(day_add_months(day("2020-01-31"), 1), "2020-02-29");
	assert_day(day_add_months(day("2019-01-31"), 2), "2019-03-31");
	assert_day(day_add_months(day("2019-12-15"), 1), "2020-01-15");
	assert_day(day_add_months(day("2020-02-29"), 12), "2021-02-28");
	assert_day(day_add_months(day("2020-03-31"), -1), "2020-02-29");
	assert_day(day_add_months(day("2020-01-31"), -12), "2019-01-31");
	assert_day(day_add_months(day("2020-01-31"), 0), "2020-01-31");
}

static const struct {
	const char *text;
	int offset;
	int64_t us; /* INT64_MIN: refused */
} instants[] = {
	{"1970-01-01T00:00:00Z", CHINA, 0},
	{"1970-01-01T08:00:00+08:00", 0, 0},
	{"1970-01-01T08:00:00", CHINA, 0},
	{"1970-01-01T08:00", CHINA, 0},
	{"1970-01-01 08:00", CHINA, 0},
	{"1970-01-01", CHINA, INT64_C(-28800000000)},
	{"1969-12-31T23:59:59.999999Z", 0, -1},
	{"1970-01-01T00:00:00.5Z", 0, 500000},
	{"1970-01-01T00:00:00.000001Z", 0, 1},
	{"1970-01-01T00:00:00.0000019Z", 0, 1},
	{"1970-01-01T00:00:00.123456789012345678901234567890Z", 0, 123456},
	{"1970-01-01T00:00:00-00:30", 0, INT64_C(1800000000)},
	{"1970-01-01T00:00:00+14:00", 0, INT64_C(-50400000000)},
	{"2019-03-05T09:30:00+08:00", 0, INT64_C(1551749400000000)},
	{"2999-12-31T23:59:59Z", 0, INT64_C(32503679999000000)},
	{"1970-01-01T00:00:00+00:59", 0, INT64_C(-3540000000)},
	{"1970-01-01T23:59:59Z", 0, INT64_C(86399000000)},
	{"1970-01-01T0x:00:00Z", 0, INT64_MIN},
	{"1970-01-01T00x00:00Z", 0, INT64_MIN},
	{"1970-01-01T00:0x:00Z", 0, INT64_MIN},
	{"1970-01-01T00:00:00+0x:00", 0, INT64_MIN},
	{"1970-01-01T00:00:00+08x00", 0, INT64_MIN},
	{"1970-01-01T00:00:00+08:0x", 0, INT64_MIN},
	{"1970-01-01T24:00:00Z", 0, INT64_MIN},
	{"1970-01-01T00:60:00Z", 0, INT64_MIN},
	{"1970-01-01T00:00:60Z", 0, INT64_MIN},
	{"1970-01-01T00:00:00.Z", 0, INT64_MIN},
	{"1970-01-01T00:00:00.", 0, INT64_MIN},
	{"1970-01-01T00:00.5Z", 0, INT64_MIN},
	{"1970-01-01T0:00:00Z", 0, INT64_MIN},
	{"1970-01-01T00:00:0Z", 0, INT64_MIN},
	{"1970-01-01T", 0, INT64_MIN},
	{"1970-01-01x00:00", 0, INT64_MIN},
	{"1970-01-01T00:00:00z", 0, INT64_MIN},
	{"1970-01-01T00:00:00Z ", 0, INT64_MIN},
	{"1970-01-01T00:00:00+15:00", 0, INT64_MIN},
	{"1970-01-01T00:00:00+08:60", 0, INT64_MIN},
	{"1970-01-01T00:00:00+0800", 0, INT64_MIN},
	{"1970-01-01T00:00:00+08", 0, INT64_MIN},
	{"2019-02-30T00:00:00Z", 0, INT64_MIN},
	{"", 0, INT64_MIN},
};

static void instants_are_read_with_offsets_and_fractions(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(instants); i++) {
		struct instant found = INSTANT_NONE;
		struct bh_err err;
		enum err code = instant_parse(str_from(instants[i].text), instants[i].offset, &found, &err);

		if (code != (instants[i].us == INT64_MIN ? ERR_INVALID : ERR_OK) ||
			found.us != instants[i].us)
			fail_msg("'%s' gives %lld", instants[i].text, (long long)found.us);
	}
}

static void an_instant_is_printed_at_its_place_and_read_back(void **state)
{
	struct instant back;

	(void)state;
	assert_true(str_is(instant_print(arena, (struct instant){INT64_C(1551749400999999)}, CHINA),
		"2019-03-05T09:30:00+08:00"));
	assert_true(str_is(instant_print(arena, (struct instant){-1}, 0), "1969-12-31T23:59:59+00:00"));
	assert_true(str_is(instant_print(arena, (struct instant){0}, -210), "1969-12-31T20:30:00-03:30"));
	assert_true(str_is(instant_print(arena, INSTANT_NONE, CHINA), ""));
	assert_true(str_is(day_print(arena, DAY_NONE), ""));
	for (int64_t second = INT64_C(-2208988800); second < INT64_C(32503680000); second += 86399 * 1001)
		for (int offset = -720; offset <= 840; offset += 195) {
			struct instant instant = {second * 1000000};
			struct str text = instant_print(arena, instant, offset);

			if (second < INT64_C(-2208988800) + 86400 || second > INT64_C(32503680000) - 86400)
				continue; /* the day at that place may lie beyond our calendar */
			if (instant_parse(text, 77, &back, NULL) != ERR_OK || back.us != instant.us)
				fail_msg("%.*s is read back otherwise", STR_ARG(text));
		}
}

static void a_day_begins_and_ends_where_one_stands(void **state)
{
	struct day here = day("2019-03-05");

	(void)state;
	assert_int_equal(day_end(here, CHINA).us - day_start(here, CHINA).us, US_PER_DAY);
	assert_int_equal(day_start(here, 0).us - day_start(here, CHINA).us, CHINA * INT64_C(60000000));
	for (int offset = -720; offset <= 840; offset += 15) {
		struct instant last = {day_end(here, offset).us - 1},
			       before = {day_start(here, offset).us - 1};

		assert_int_equal(instant_day(day_start(here, offset), offset).number, here.number);
		assert_int_equal(instant_day(last, offset).number, here.number);
		assert_int_equal(instant_day(before, offset).number, here.number - 1);
		assert_int_equal(instant_day(day_end(here, offset), offset).number, here.number + 1);
	}
	assert_true(day_is_none(DAY_NONE) && !day_is_none(here));
	assert_true(instant_is_none(INSTANT_NONE) && !instant_is_none((struct instant){0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days_have_their_number_and_weekday),
		cmocka_unit_test(every_day_follows_the_one_before_it),
		cmocka_unit_test(what_is_no_day_is_refused_with_the_reason),
		cmocka_unit_test(a_month_later_is_the_same_day_or_the_months_last),
		cmocka_unit_test(instants_are_read_with_offsets_and_fractions),
		cmocka_unit_test(an_instant_is_printed_at_its_place_and_read_back),
		cmocka_unit_test(a_day_begins_and_ends_where_one_stands),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
