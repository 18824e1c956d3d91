/* Cells as offices type them. */
#include "exchange/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *cell, *day; /* NULL: refused … */
	const char *why;        /* … and the beginning of why */
} days[] = {
	{"2019-03-05", "2019-03-05", NULL},
	{"2019-3-5", "2019-03-05", NULL},
	{"2019.3.5", "2019-03-05", NULL},
	{"2019.03.05", "2019-03-05", NULL},
	{"2019/3/5", "2019-03-05", NULL},
	{"2019年3月5日", "2019-03-05", NULL},
	{"2019年03月05", "2019-03-05", NULL},
	{"20190305", "2019-03-05", NULL},
	{" 2019-03-05 ", "2019-03-05", NULL},
	{"２０１９年３月５日", "2019-03-05", NULL},
	{"２０１９．３．５", "2019-03-05", NULL},
	{"２０１９－３－５", "2019-03-05", NULL},
	{"2019/3/5 0:00", "2019-03-05", NULL},
	{"2019-03-05 00:00:00", "2019-03-05", NULL},
	{"2019-03-05T00:00:00", "2019-03-05", NULL},
	{"2020-02-29", "2020-02-29", NULL},
	{"2019-02-30", NULL, "'2019-02-30' is not in the calendar"},
	{"2019.13.5", NULL, "'2019.13.5' is not in the calendar"},
	{"2019-03-05 09:30", NULL, "'2019-03-05 09:30' is no day"},
	{"2019-03/05", NULL, "'2019-03/05' is no day"},
	{"19-3-5", NULL, "'19-3-5' is no day"},
	{"2019.3", NULL, "'2019.3' is no day"},
	{"2019年3月", NULL, "'2019年3月' is no day"},
	{"2019-3-5日", NULL, "'2019-3-5日' is no day"},
	{"201935", NULL, "'201935' is no day"},
	{"43529", NULL, "'43529' is how a spreadsheet keeps a day"},
	{"5/3/2019", NULL, "'5/3/2019' is no day"},
	{"三月五日", NULL, "'三月五日' is no day"},
	{"", NULL, "'' is no day"},
};

static void a_day_is_read_in_every_form_an_office_writes_it(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(days); i++) {
		struct day day = DAY_NONE;
		struct bh_err why = {0};
		enum err err = cell_day(arena, NULL, str_from(days[i].cell), &day, &why);

		if (days[i].day == NULL) {
			if (err != ERR_INVALID || !str_starts(str_from(why.text), days[i].why))
				fail_msg("%s: %s", days[i].cell, why.text);
		} else {
			assert_int_equal(err, ERR_OK);
			assert_string_equal(day_print(arena, day).data, days[i].day);
		}
	}
	arena_free(arena);
}

static void a_bare_number_is_a_day_where_the_file_says_from_what_it_counts(void **state)
{
	static const struct {
		const char *cell, *day_1900, *day_1904;
	} serials[] = {{"43529", "2019-03-05", "2023-03-06"}, {"４３５２９", "2019-03-05", "2023-03-06"},
		{"10000", "1927-05-18", "1931-05-19"}, {"2019-03-05", "2019-03-05", "2019-03-05"}};
	static const struct csv_table from_1900 = {.serials = SERIAL_1900},
				      from_1904 = {.serials = SERIAL_1904}, neither = {0};
	struct arena *arena = arena_new();
	struct day day;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(serials); i++) {
		assert_int_equal(cell_day(arena, &from_1900, str_from(serials[i].cell), &day, NULL), ERR_OK);
		assert_string_equal(day_print(arena, day).data, serials[i].day_1900);
		assert_int_equal(cell_day(arena, &from_1904, str_from(serials[i].cell), &day, NULL), ERR_OK);
		assert_string_equal(day_print(arena, day).data, serials[i].day_1904);
	}
	assert_int_equal(cell_day(arena, &neither, STR("43529"), &day, NULL), ERR_INVALID);
	/* The one day that spreadsheets have more than the calendar, and those around it. */
	assert_true(day_of_serial(59, SERIAL_1900, &day));
	assert_string_equal(day_print(arena, day).data, "1900-02-28");
	assert_false(day_of_serial(60, SERIAL_1900, &day));
	assert_true(day_of_serial(61, SERIAL_1900, &day));
	assert_string_equal(day_print(arena, day).data, "1900-03-01");
	assert_true(day_of_serial(0, SERIAL_1904, &day));
	assert_string_equal(day_print(arena, day).data, "1904-01-01");
	assert_false(day_of_serial(INT64_MAX, SERIAL_1900, &day));
	assert_false(day_of_serial(0, SERIAL_1900, &day));
	arena_free(arena);
}

static const struct {
	const char *cell, *number;
} numbers[] = {
	{"1234", "1234"},
	{"1,234", "1234"},
	{"12,345,678.90", "12345678.90"},
	{"-1,234.5", "-1234.5"},
	{"１２．５", "12.5"},
	{"１，２３４", "1234"},
	{"４０％", "40%"},
	{"1,23", "1,23"},
	{"1234,567", "1234,567"},
	{",123", ",123"},
	{"1,2345", "1,2345"},
	{"1,234公里", "1234公里"},
	{"", ""},
	{"-", "-"},
};

static void a_number_loses_its_groups_and_nothing_else(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++) {
		struct str number = cell_number(arena, str_from(numbers[i].cell));

		if (!str_is(number, numbers[i].number))
			fail_msg("%s: %.*s", numbers[i].cell, STR_ARG(number));
	}
	arena_free(arena);
}

static void wide_letters_become_ordinary_ones_and_characters_stay(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_true(str_is(cell_narrow(arena, STR("　ｃｈｅｎ．ｊｉｎｇ＿０１　")), "chen.jing_01"));
	assert_true(str_is(cell_narrow(arena, STR("水务局")), "水务局"));
	assert_true(str_is(cell_narrow(arena, STR("（督查室）")), "(督查室)"));
	assert_true(str_is(cell_narrow(arena, STR("　 ")), ""));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_read_in_every_form_an_office_writes_it),
		cmocka_unit_test(a_bare_number_is_a_day_where_the_file_says_from_what_it_counts),
		cmocka_unit_test(a_number_loses_its_groups_and_nothing_else),
		cmocka_unit_test(wide_letters_become_ordinary_ones_and_characters_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
