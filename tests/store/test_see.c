/* test_see.c: what one may not see is nowhere: not in a list, a count, a link, a parent, an inbox. */
#include "act/district.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Matters 1 closed, 2 working and late, 3 the accountability of 2, 4 a draft of agri. */
static int open_district(void **state)
{
	struct district *district = district_new();

	*state = district;
	district_key_task(district, "closed", "2019-06-28");
	district_key_task(district, "working", "2019-03-08");
	district_pass(district, "2019-03-09 09:00");
	district_must(
		district, district_begin(district, "he", "key_task",
				  "title=撂荒地复耕|lead_unit=agri|commander=vice-mayor|due=2019-09-30"));
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

static struct viewer viewer_of(struct district *district, const char *person)
{
	return (struct viewer){.person = *person == '\0' ? 0 : person_id(district->scene, person),
		.today = instant_day(district->now, OFFSET_CHINA)};
}

/* The ids of all pages of a list, "4 3 2 1 ", two lines a page; each page has two lines but the last. */
static struct str paged(struct district *district, const char *person, struct matter_query query)
{
	struct viewer viewer = viewer_of(district, person);
	struct buf buf = buf_new(district->arena);
	struct page_after after = {0}, next = {0};
	int64_t counted, sum = 0;

	query.limit = 2;
	do {
		struct matter_line *lines;
		size_t count;

		district_must(district, store_matter_page(district->reader, district->arena, &viewer, &query,
						&after, &lines, &count, &next, &district->why));
		for (size_t i = 0; i < count; i++)
			buf_format(&buf, "%lld ", (long long)lines[i].id);
		expect("a page that isn't the last is full", next.id == 0 || count == 2);
		sum += (int64_t)count;
		after = next;
	} while (next.id != 0);
	district_must(district, store_matter_count(district->reader, district->arena, &viewer, &query,
					&counted, &district->why));
	expect("what is counted is what is listed", counted == sum);
	return buf_str(&buf);
}

static void a_list_holds_what_the_viewer_sees(void **state)
{
	static const struct {
		const char *says, *person, *want;
	} cases[] = {
		{"nobody", "", ""},
		{"whoever holds a post", "pan", "4 3 2 1 "},
		{"or acts in one", "ann", "4 3 2 1 "},
	};

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		expect_text(cases[i].says, paged(*state, cases[i].person, (struct matter_query){0}).data,
			cases[i].want);
}

static void every_order_is_the_same_list(void **state)
{
	static const struct {
		enum matter_sort sort;
		const char *all, *open, *unit;
	} cases[] = {
		{MATTER_NEWEST, "4 3 2 1 ", "4 3 2 ", "3 2 1 "},
		{MATTER_DUE, "2 4 3 1 ", "2 4 3 ", "2 3 1 "},
		{MATTER_DUE_LAST, "3 4 2 1 ", "3 4 2 ", "3 2 1 "},
		{MATTER_CHANGED, "1 2 3 4 ", "2 3 4 ", "1 2 3 "},
		{MATTER_CHANGED_LAST, "4 3 2 1 ", "4 3 2 ", "3 2 1 "},
		{MATTER_NUMBER, "3 1 2 4 ", "3 2 4 ", "1 3 2 "},
		{MATTER_NUMBER_LAST, "4 2 1 3 ", "4 2 3 ", "2 3 1 "},
	};
	struct district *district = *state;
	int64_t water = unit_id(district->scene, "water");

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		enum matter_sort sort = cases[i].sort, read;
		const char *name = matter_sort_name(sort);

		assert_true(matter_sort_parse(str_from(name), &read) && read == sort);
		expect_text(
			name, paged(district, "lin", (struct matter_query){.sort = sort}).data, cases[i].all);
		expect_text(name,
			paged(district, "lin", (struct matter_query){.sort = sort, .standing = STANDING_OPEN})
				.data,
			cases[i].open);
		expect_text(name,
			paged(district, "lin", (struct matter_query){.sort = sort, .unit = water}).data,
			cases[i].unit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_holds_what_the_viewer_sees),
		cmocka_unit_test(every_order_is_the_same_list),
	};
	return cmocka_run_group_tests_name("store: what one may see", tests, open_district, close_district);
}
