/* test_term.c: lengths of time as a rule writes them, warnings before a day, and the periods of reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "calendar/calendar.h"

static struct arena *arena;
static const struct calendar *china;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	china = calendar_china();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct day day_of(const char *text)
{
	struct day day;

	if (day_parse(str_from(text), &day, NULL) != ERR_OK)
		fail_msg("%s is no day", text);
	return day;
}

static struct term term_of(const char *text)
{
	struct term term;

	if (!term_parse(str_from(text), &term))
		fail_msg("%s is no term", text);
	return term;
}

#define expect_day(day, text) assert_string_equal(day_print(arena, (day)).data, (text))

static void a_term_is_read_as_it_is_written_and_written_as_it_is_read(void **state)
{
	static const struct {
		const char *text, *printed;
		int amount;
		enum term_unit unit;
	} rows[] = {
		{"1 working day", "1 working day", 1, TERM_WORKING_DAYS},
		{"3 working days", "3 working days", 3, TERM_WORKING_DAYS},
		{"10 days", "10 days", 10, TERM_DAYS},
		{"1 days", "1 day", 1, TERM_DAYS},
		{"2 month", "2 months", 2, TERM_MONTHS},
		{"9999 months", "9999 months", 9999, TERM_MONTHS},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct term term = term_of(rows[i].text);

		assert_int_equal(term.amount, rows[i].amount);
		assert_int_equal(term.unit, rows[i].unit);
		assert_string_equal(term_print(arena, term).data, rows[i].printed);
	}
}

static void what_is_no_term_is_refused(void **state)
{
	static const char *const rows[] = {"", "days", " days", "0 days", "-1 days", "10000 days", "1.5 days",
		"three days", "3  days", "3 days ", " 3 days", "3 Days", "3 weeks", "3 years", "3", "3days",
		"99999999999999999999 days", "working days", "3 working  days", "0x3 days", "+3 days"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct term term = {-7, TERM_DAYS};

		if (term_parse(str_from(rows[i]), &term))
			fail_msg("\"%s\" was read as %d", rows[i], term.amount);
		assert_int_equal(term.amount, -7);
	}
}

static void days_and_months_are_those_of_the_calendar_and_are_not_moved_off_holidays(void **state)
{
	static const struct {
		const char *from, *term, *ends;
	} rows[] = {
		{"2019-01-31", "1 month", "2019-02-28"}, /* clipped to the shorter month … */
		{"2020-01-31", "1 month", "2020-02-29"},
		{"2019-01-31", "2 months", "2019-03-31"}, /* … and not when it need not be */
		{"2019-08-31", "6 months", "2020-02-29"},
		{"2019-03-30", "11 months", "2020-02-29"},
		{"2019-12-31", "2 months", "2020-02-29"},
		{"2019-10-31", "1 month", "2019-11-30"},
		{"2020-02-29", "12 months", "2021-02-28"},
		{"2020-02-29", "48 months", "2024-02-29"},
		{"2019-11-15", "3 months", "2020-02-15"}, /* a Saturday */
		{"2019-09-24", "10 days", "2019-10-04"},  /* a holiday */
		{"2019-02-25", "30 days", "2019-03-27"},
		{"2019-04-30", "1 working day", "2019-05-05"},
		{"2019-01-25", "10 working days", "2019-02-13"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_day(calendar_term_end(china, day_of(rows[i].from), term_of(rows[i].term), NULL),
			rows[i].ends);
}

static void only_working_days_can_make_the_end_of_a_term_provisional(void **state)
{
	bool provisional = false;

	(void)state;
	calendar_term_end(china, day_of("2026-12-01"), term_of("12 months"), &provisional);
	calendar_term_end(china, day_of("2026-12-01"), term_of("400 days"), &provisional);
	assert_false(provisional);
	calendar_term_end(china, day_of("2026-12-01"), term_of("60 working days"), &provisional);
	assert_true(provisional);
}

static void a_warning_begins_its_term_before_the_due_day(void **state)
{
	static const struct {
		const char *due, *term, *warns;
	} rows[] = {
		{"2019-06-28", "3 working days", "2019-06-25"},
		{"2019-06-24", "1 working day", "2019-06-21"}, /* over a week-end */
		{"2019-10-08", "2 working days",
			"2019-09-29"}, /* over the National Day, to a make-up Sunday */
		{"2019-05-05", "1 working day", "2019-04-30"},
		{"2019-06-30", "3 days", "2019-06-27"},
		{"2019-03-31", "1 month", "2019-02-28"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_day(calendar_term_before(china, day_of(rows[i].due), term_of(rows[i].term)),
			rows[i].warns);
}

static void from_where_a_warning_begins_its_term_leads_to_the_due_day(void **state)
{
	(void)state;
	for (struct day due = day_of("2018-06-01"); due.number < day_of("2020-06-01").number; due.number++)
		for (int n = 1; n < 25; n++) {
			struct day warns =
				calendar_term_before(china, due, (struct term){n, TERM_WORKING_DAYS});
			struct day leads = calendar_add(china, warns, n, NULL);

			/* To the due day itself where it works, else to the last that works before it; and no
			 * later day that works would do. */
			assert_true(calendar_works(china, warns));
			assert_true(leads.number <= due.number);
			assert_int_equal(calendar_count(china, leads, due, NULL), 0);
			assert_true(calendar_add(china, day_add(warns, 1), n, NULL).number > leads.number ||
				    !calendar_works(china, day_add(warns, 1)));
		}
}

static void a_period_ends_with_its_last_day(void **state)
{
	static const struct {
		enum period period;
		const char *day, *ends;
	} rows[] = {
		{PERIOD_WEEK, "2019-03-04", "2019-03-10"},
		{PERIOD_WEEK, "2019-03-10", "2019-03-10"},
		{PERIOD_WEEK, "2019-12-31", "2020-01-05"},
		{PERIOD_MONTH, "2019-02-01", "2019-02-28"},
		{PERIOD_MONTH, "2020-02-29", "2020-02-29"},
		{PERIOD_MONTH, "2019-12-31", "2019-12-31"},
		{PERIOD_QUARTER, "2019-01-01", "2019-03-31"},
		{PERIOD_QUARTER, "2019-06-30", "2019-06-30"},
		{PERIOD_QUARTER, "2019-11-11", "2019-12-31"},
		{PERIOD_HALF_YEAR, "2019-06-30", "2019-06-30"},
		{PERIOD_HALF_YEAR, "2019-07-01", "2019-12-31"},
		{PERIOD_YEAR, "2019-01-01", "2019-12-31"},
		{PERIOD_YEAR, "2020-12-31", "2020-12-31"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_day(period_end(rows[i].period, day_of(rows[i].day)), rows[i].ends);
}

static void each_day_lies_in_one_period_and_the_next_begins_behind_it(void **state)
{
	(void)state;
	for (int period = 0; period < PERIOD_COUNT; period++)
		for (struct day day = day_of("2018-12-01"); day.number < day_of("2021-03-01").number;
			day.number++) {
			struct day last = period_end((enum period)period, day);

			assert_true(last.number >= day.number);
			assert_int_equal(period_end((enum period)period, last).number, last.number);
			assert_true(period_end((enum period)period, day_add(last, 1)).number > last.number);
		}
}

static void a_period_has_one_name(void **state)
{
	(void)state;
	for (int i = 0; i < PERIOD_COUNT; i++) {
		enum period period;

		assert_true(period_parse(str_from(period_name((enum period)i)), &period));
		assert_int_equal(period, i);
	}
	enum period period;

	assert_false(period_parse(STR("Month"), &period));
	assert_false(period_parse(STR("halfyear"), &period));
	assert_false(period_parse(STR(""), &period));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_term_is_read_as_it_is_written_and_written_as_it_is_read),
		cmocka_unit_test(what_is_no_term_is_refused),
		cmocka_unit_test(days_and_months_are_those_of_the_calendar_and_are_not_moved_off_holidays),
		cmocka_unit_test(only_working_days_can_make_the_end_of_a_term_provisional),
		cmocka_unit_test(a_warning_begins_its_term_before_the_due_day),
		cmocka_unit_test(from_where_a_warning_begins_its_term_leads_to_the_due_day),
		cmocka_unit_test(a_period_ends_with_its_last_day),
		cmocka_unit_test(each_day_lies_in_one_period_and_the_next_begins_behind_it),
		cmocka_unit_test(a_period_has_one_name),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
