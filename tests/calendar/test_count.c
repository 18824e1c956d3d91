/* test_count.c: which days work and how they are counted, by the notices of the years 2007 to 2026; and an
 * institution's own days laid over them. */
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

#define expect_day(day, text) assert_string_equal(day_print(arena, (day)).data, (text))

/* A sequence that is the same each time. */
static uint32_t next_chance(uint32_t *chance)
{
	*chance = *chance * 1664525u + 1013904223u;
	return *chance >> 8;
}

/* ---- the notices ---- */

static void working_days_after_a_day_fall_where_the_notices_put_them(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *falls;
	} rows[] = {
		{"2019-02-01", 1, "2019-02-02"},
		{"2019-02-01", 3, "2019-02-11"},
		{"2019-02-02", 5, "2019-02-14"},
		{"2019-04-26", 2, "2019-04-29"},
		{"2019-04-27", 3, "2019-04-30"},
		{"2019-04-30", 1, "2019-05-05"},
		{"2019-09-27", 2, "2019-09-30"},
		{"2019-09-30", 5, "2019-10-12"},
		{"2019-12-31", 1, "2020-01-02"},
		{"2025-01-24", 3, "2025-02-05"},
		{"2025-01-27", 5, "2025-02-10"},
		{"2025-09-26", 5, "2025-10-10"},
		{"2019-01-25", 10, "2019-02-13"},
		{"2019-09-27", 1, "2019-09-29"},
		{"2019-09-27", 3, "2019-10-08"},
		{"2025-01-24", 1, "2025-01-26"},
		{"2025-01-24", 5, "2025-02-07"},
		{"2025-01-20", 15, "2025-02-14"},
		{"2025-09-30", 1, "2025-10-09"},
		{"2025-10-01", 5, "2025-10-14"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		bool provisional = false;

		expect_day(calendar_add(china, day_of(rows[i].from), rows[i].n, &provisional), rows[i].falls);
		assert_int_equal(
			calendar_count(china, day_of(rows[i].from), day_of(rows[i].falls), &provisional),
			rows[i].n);
		assert_false(provisional);
	}
}

static void the_year_2019_has_250_working_days_as_its_two_notices_say(void **state)
{
	static const char *const make_up[] = {
		"2019-02-02", "2019-02-03", "2019-04-28", "2019-05-05", "2019-09-29", "2019-10-12"};
	static const char *const off[] = {"2019-01-01", "2019-02-04", "2019-02-05", "2019-02-06",
		"2019-02-07", "2019-02-08", "2019-04-05", "2019-05-01", "2019-05-02", "2019-05-03",
		"2019-06-07", "2019-09-13", "2019-10-01", "2019-10-02", "2019-10-03", "2019-10-04",
		"2019-10-07"};
	size_t exceptions = 0;

	(void)state;
	assert_int_equal(calendar_count(china, day_of("2018-12-31"), day_of("2019-12-31"), NULL), 250);
	for (size_t i = 0; i < ARRAY_COUNT(make_up); i++)
		assert_true(calendar_works(china, day_of(make_up[i])) && day_weekday(day_of(make_up[i])) > 5);
	for (size_t i = 0; i < ARRAY_COUNT(off); i++)
		assert_true(!calendar_works(china, day_of(off[i])) && day_weekday(day_of(off[i])) <= 5);
	/* And no others. */
	for (struct day day = day_of("2019-01-01"); day.number <= day_of("2019-12-31").number; day.number++)
		exceptions += calendar_works(china, day) != (day_weekday(day) <= 5);
	assert_int_equal(exceptions, ARRAY_COUNT(make_up) + ARRAY_COUNT(off));
}

static void every_year_from_2007_to_2026_has_what_such_a_year_has(void **state)
{
	(void)state;
	for (int year = 2007; year <= 2026; year++) {
		struct day first, last, day;
		int make_up = 0, working;

		assert_true(day_make(year, 1, 1, &first));
		assert_true(day_make(year, 12, 31, &last));
		working = calendar_count(china, day_add(first, -1), last, NULL);
		for (day = first; day.number <= last.number; day.number++)
			make_up += calendar_works(china, day) && day_weekday(day) > 5;
		/* New Year's Day, the first three days of October and Labour Day were off each year, and in
		 * no year are more than ten rest days given back. */
		assert_false(calendar_works(china, first));
		for (int dom = 1; dom <= 3; dom++) {
			assert_true(day_make(year, 10, dom, &day));
			assert_false(calendar_works(china, day));
		}
		assert_true(day_make(year, 5, 1, &day));
		assert_false(calendar_works(china, day));
		if (working < 246 || working > 254 || make_up < 3 || make_up > 12)
			fail_msg("%d has %d working days, %d of them made up", year, working, make_up);
	}
}

/* ---- counting ---- */

/* The same by walking. */
static struct day walk(const struct calendar *calendar, struct day from, int n)
{
	struct day day = from;

	if (n == 0)
		while (!calendar_works(calendar, day))
			day.number++;
	while (n > 0) {
		day.number++;
		n -= calendar_works(calendar, day);
	}
	return day;
}

static void counting_agrees_with_walking_from_every_day_of_twenty_years(void **state)
{
	(void)state;
	for (struct day from = day_of("2006-12-25"); from.number < day_of("2027-01-10").number;
		from.number++) {
		uint32_t chance = (uint32_t)from.number;
		int n[] = {0, 1, 2, 5, 15, (int)(next_chance(&chance) % 300)};

		for (size_t i = 0; i < ARRAY_COUNT(n); i++) {
			struct day day = calendar_add(china, from, n[i], NULL);

			if (day.number != walk(china, from, n[i]).number)
				fail_msg("%d working days after %s", n[i], day_print(arena, from).data);
			assert_true(calendar_works(china, day));
		}
	}
}

static void adding_and_counting_undo_each_other(void **state)
{
	uint32_t chance = 20190101;
	struct day first = day_of("2007-01-01");

	(void)state;
	for (int i = 0; i < 200000; i++) {
		struct day from = day_add(first, (int32_t)(next_chance(&chance) % 7300));
		int n = (int)(next_chance(&chance) % 2000) + 1;
		struct day day = calendar_add(china, from, n, NULL);

		assert_int_equal(calendar_count(china, from, day, NULL), n);
		assert_int_equal(calendar_count(china, day, from, NULL), -n);
		assert_true(calendar_count(china, from, day_add(day, -1), NULL) == n - 1);
	}
}

static void a_later_beginning_or_a_longer_term_never_ends_earlier(void **state)
{
	(void)state;
	for (struct day from = day_of("2018-12-20"); from.number < day_of("2020-02-01").number; from.number++)
		for (int n = 0; n < 40; n++) {
			struct day day = calendar_add(china, from, n, NULL);

			/* Of a rest day the day itself and the first behind it are one. */
			assert_true(calendar_add(china, from, n + 1, NULL).number >= day.number + (n > 0));
			assert_true(calendar_add(china, day_add(from, 1), n, NULL).number >= day.number);
		}
}

static void ten_thousand_working_days_are_counted_like_one(void **state)
{
	struct day from = day_of("2019-01-01"), day = calendar_add(china, from, 10000, NULL);

	(void)state;
	assert_int_equal(day.number, walk(china, from, 10000).number);
	assert_int_equal(calendar_count(china, from, day, NULL), 10000);
}

static void days_before_1970_and_around_it_are_counted_too(void **state)
{
	(void)state;
	for (struct day from = day_of("1969-12-01"); from.number < day_of("1970-02-01").number; from.number++)
		for (int n = 0; n < 12; n++)
			assert_int_equal(
				calendar_add(china, from, n, NULL).number, walk(china, from, n).number);
	expect_day(calendar_add(china, day_of("1900-01-01"), 5, NULL), "1900-01-08");
}

/* ---- what isn't known ---- */

static void a_year_without_a_notice_is_answered_provisionally(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *falls;
		bool provisional;
	} rows[] = {
		{"2026-12-30", 1, "2026-12-31", false},
		{"2026-12-31", 1, "2027-01-01", true}, /* by its weekday alone */
		{"2026-12-25", 20, "2027-01-22", true},
		{"2027-03-01", 3, "2027-03-04", true},
		{"2006-12-29", 1, "2007-01-04", true},
		{"2007-01-04", 1, "2007-01-05", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		bool provisional = false;

		expect_day(calendar_add(china, day_of(rows[i].from), rows[i].n, &provisional), rows[i].falls);
		assert_int_equal(provisional, rows[i].provisional);
		provisional = false;
		calendar_count(china, day_of(rows[i].from), day_of(rows[i].falls), &provisional);
		assert_int_equal(provisional, rows[i].provisional);
	}
}

static void what_was_provisional_before_stays_so(void **state)
{
	bool provisional = true;

	(void)state;
	calendar_add(china, day_of("2019-03-01"), 1, &provisional);
	assert_true(provisional);
}

static void the_span_is_that_of_the_notices(void **state)
{
	struct day first, last;

	(void)state;
	calendar_span(china, &first, &last);
	expect_day(first, "2007-01-01");
	expect_day(last, "2026-12-31");
	assert_true(calendar_knows(china, first) && calendar_knows(china, last));
	assert_false(calendar_knows(china, day_add(first, -1)) || calendar_knows(china, day_add(last, 1)));
}

/* ---- an institution's own days ---- */

static void an_institution_lays_its_own_days_over_the_notices(void **state)
{
	/* A flood, a local festival, a make-up Saturday; in no order, one of them named twice. */
	const struct calendar_day days[] = {
		{day_of("2019-06-15"), true},
		{day_of("2019-06-11"), true},
		{day_of("2019-06-10"), false},
		{day_of("2019-06-11"), false},
	};
	const struct calendar *own = calendar_with(arena, china, STR("own-1"), days, ARRAY_COUNT(days));

	(void)state;
	assert_false(calendar_works(own, day_of("2019-06-10")));
	assert_false(calendar_works(own, day_of("2019-06-11")));
	assert_true(calendar_works(own, day_of("2019-06-15")));
	expect_day(calendar_add(own, day_of("2019-06-06"), 1, NULL), "2019-06-12");
	expect_day(calendar_add(own, day_of("2019-06-06"), 4, NULL), "2019-06-15");
	assert_int_equal(calendar_count(own, day_of("2018-12-31"), day_of("2019-12-31"), NULL), 249);
	/* What it was laid over is what it was. */
	assert_true(calendar_works(china, day_of("2019-06-10")));
	assert_int_equal(calendar_count(china, day_of("2018-12-31"), day_of("2019-12-31"), NULL), 250);
	assert_string_equal(calendar_version(own).data, "own-1");
}

static void a_holiday_is_taken_back_by_naming_the_day_as_working(void **state)
{
	const struct calendar_day days[] = {{day_of("2019-10-07"), true}, {day_of("2019-10-12"), false}};
	const struct calendar *own = calendar_with(arena, china, STR("own-2"), days, ARRAY_COUNT(days));
	const struct calendar *shorter = calendar_with(arena, china, STR("own-9"), days, 1);

	(void)state;
	assert_int_equal(calendar_count(shorter, day_of("2018-12-31"), day_of("2026-12-31"), NULL),
		calendar_count(china, day_of("2018-12-31"), day_of("2026-12-31"), NULL) + 1);
	expect_day(calendar_add(own, day_of("2019-09-30"), 1, NULL), "2019-10-07");
	expect_day(calendar_add(own, day_of("2019-09-30"), 6, NULL), "2019-10-14");
	/* And nothing else has moved, up to the last day that is known. */
	assert_int_equal(calendar_count(own, day_of("2019-12-31"), day_of("2026-12-31"), NULL),
		calendar_count(china, day_of("2019-12-31"), day_of("2026-12-31"), NULL));
	assert_int_equal(calendar_count(own, day_of("2018-12-31"), day_of("2019-12-31"), NULL), 250);
}

static void days_laid_over_are_counted_as_they_are_walked(void **state)
{
	uint32_t chance = 7;
	struct calendar_day days[400];
	const struct calendar *own;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(days); i++)
		days[i] = (struct calendar_day){
			day_add(day_of("2019-01-01"), (int32_t)(next_chance(&chance) % 500)),
			next_chance(&chance) % 2 == 0};
	own = calendar_with(arena, china, STR("own-3"), days, ARRAY_COUNT(days));
	for (size_t i = 0; i < ARRAY_COUNT(days); i++) {
		bool works = days[i].works;

		for (size_t k = i + 1; k < ARRAY_COUNT(days); k++)
			if (days[k].day.number == days[i].day.number)
				works = days[k].works;
		assert_int_equal(calendar_works(own, days[i].day), works);
	}
	for (struct day from = day_of("2018-12-01"); from.number < day_of("2020-07-01").number; from.number++)
		for (int n = 0; n < 30; n += 3)
			assert_int_equal(calendar_add(own, from, n, NULL).number, walk(own, from, n).number);
}

static void the_next_years_days_make_that_year_known_and_no_later_one(void **state)
{
	const struct calendar_day next[] = {{day_of("2027-01-01"), false}, {day_of("2027-10-01"), false}};
	const struct calendar_day far[] = {{day_of("2029-05-01"), false}};
	const struct calendar_day last_of_next[] = {{day_of("2027-12-31"), false}};
	const struct calendar_day last_known[] = {{day_of("2026-12-31"), false}};
	const struct calendar_day both[] = {{day_of("2028-01-03"), false}, {day_of("2027-01-01"), false}};
	const struct calendar *own = calendar_with(arena, china, STR("own-4"), next, ARRAY_COUNT(next));
	struct day first, last;

	(void)state;
	calendar_span(own, &first, &last);
	expect_day(last, "2027-12-31");
	expect_day(calendar_add(own, day_of("2026-12-31"), 1, NULL), "2027-01-04");
	own = calendar_with(arena, china, STR("own-7"), last_of_next, 1);
	calendar_span(own, &first, &last);
	expect_day(last, "2027-12-31");
	own = calendar_with(arena, china, STR("own-8"), last_known, 1);
	calendar_span(own, &first, &last);
	expect_day(last, "2026-12-31");
	/* A single day far away says nothing of the years before it. */
	own = calendar_with(arena, china, STR("own-5"), far, ARRAY_COUNT(far));
	calendar_span(own, &first, &last);
	expect_day(last, "2026-12-31");
	assert_false(calendar_works(own, day_of("2029-05-01")));
	own = calendar_with(arena, china, STR("own-6"), both, ARRAY_COUNT(both));
	calendar_span(own, &first, &last);
	expect_day(last, "2028-12-31");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(working_days_after_a_day_fall_where_the_notices_put_them),
		cmocka_unit_test(the_year_2019_has_250_working_days_as_its_two_notices_say),
		cmocka_unit_test(every_year_from_2007_to_2026_has_what_such_a_year_has),
		cmocka_unit_test(counting_agrees_with_walking_from_every_day_of_twenty_years),
		cmocka_unit_test(adding_and_counting_undo_each_other),
		cmocka_unit_test(a_later_beginning_or_a_longer_term_never_ends_earlier),
		cmocka_unit_test(ten_thousand_working_days_are_counted_like_one),
		cmocka_unit_test(days_before_1970_and_around_it_are_counted_too),
		cmocka_unit_test(a_year_without_a_notice_is_answered_provisionally),
		cmocka_unit_test(what_was_provisional_before_stays_so),
		cmocka_unit_test(the_span_is_that_of_the_notices),
		cmocka_unit_test(an_institution_lays_its_own_days_over_the_notices),
		cmocka_unit_test(a_holiday_is_taken_back_by_naming_the_day_as_working),
		cmocka_unit_test(days_laid_over_are_counted_as_they_are_walked),
		cmocka_unit_test(the_next_years_days_make_that_year_known_and_no_later_one),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
