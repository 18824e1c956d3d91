/* test_list.c: what people ask for: lists and their filters, inboxes, figures. */
#include "act/district.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Matters 1 closed, 2 withdrawn, 3 working and late, 4 the accountability of 3, 5 working, 6 draft of agri.
 */
static int open_district(void **state)
{
	struct district *district = district_new();

	*state = district;
	district_key_task(district, "closed", "2019-06-28");
	district_key_task(district, "dispatched", "2019-06-28");
	district_must(district, district_do(district, "he", 2, "withdraw", "reason=重复"));
	district_key_task(district, "working", "2019-03-08");
	district_pass(district, "2019-03-09 09:00");
	district_key_task(district, "working", "2019-09-30");
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

/* The ids of a list, "3 4 5 ". */
static struct str listed(struct district *district, struct matter_filter filter)
{
	struct matter_line *lines;
	struct buf buf = buf_new(district->arena);
	size_t count;

	if (filter.limit == 0)
		filter.limit = 50;
	district_must(district, store_matter_list(district->reader, district->arena, &filter, &lines, &count,
					&district->why));
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "%lld ", (long long)lines[i].id);
	return buf_str(&buf);
}

static void a_list_is_filtered_by_what_is_asked(void **state)
{
	struct district *district = *state;
	int64_t water = unit_id(district->scene, "water"), agri = unit_id(district->scene, "agri");
	const struct {
		const char *says;
		struct matter_filter filter;
		const char *want;
	} cases[] = {
		{"everything, the newest first", {.limit = 50}, "6 5 4 3 2 1 "},
		{"open", {.standing = STANDING_OPEN}, "6 5 4 3 "},
		{"of one procedure", {.procedure = STR("accountability")}, "4 "},
		{"of one grasp", {.grasp = STR("supervision")}, "6 5 3 2 1 "},
		{"in one state", {.state = STR("working")}, "5 3 "},
		{"of one unit", {.unit = agri}, "6 "},
		{"open ones of one unit by due day", {.unit = water, .standing = STANDING_OPEN}, "3 4 5 "},
		{"with one lamp", {.lamp = STR("red")}, "3 "},
		{"closed in time", {.lamp = STR("blue")}, "1 "},
		{"ended without a breach", {.standing = STANDING_CLOSED}, "1 "},
		{"ended after a breach", {.standing = STANDING_LATE}, ""},
		{"overdue", {.standing = STANDING_OVERDUE}, "3 "},
		{"breached", {.standing = STANDING_BREACHED}, "3 "},
		{"dropped", {.standing = STANDING_VOID}, "2 "},
		{"with a word in the title", {.q = STR("复耕")}, "6 "},
		{"with a word in the number", {.q = STR("责〔2019〕")}, "4 "},
		{"a percent sign is only a sign", {.q = STR("%")}, ""},
		{"several at once", {.procedure = STR("key_task"), .unit = water, .standing = STANDING_OPEN},
			"5 3 "},
		{"as many as asked for", {.limit = 2}, "6 5 "},
		{"parts of a whole", {.parent = 1}, ""},
		{"of a unit that isn't there", {.unit = 999, .standing = STANDING_OPEN}, ""},
	};

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		expect_text(cases[i].says, listed(district, cases[i].filter).data, cases[i].want);
}

static void a_line_says_what_a_list_shows(void **state)
{
	struct district *district = *state;
	struct matter_filter filter = {.state = STR("working"), .limit = 50};
	struct matter_line *lines;
	size_t count;

	district_must(district, store_matter_list(district->reader, district->arena, &filter, &lines, &count,
					&district->why));
	assert_int_equal(count, 2);
	expect_text("number", lines[1].number.data, "督〔2019〕3号");
	expect_text("title", lines[1].title.data, "西江岸线整治");
	expect_text("procedure", lines[1].procedure.data, "key_task");
	expect_text("lamp", lines[1].lamp.data, "red");
	assert_int_equal(lines[1].unit, unit_id(district->scene, "water"));
	assert_int_equal(lines[1].commander, post_id(district->scene, "vice-mayor"));
	assert_int_equal(lines[1].progress, -1);
	assert_true(instant_is_none(lines[1].ended));
	expect_text("due",
		day_print(district->arena, instant_day((struct instant){lines[1].due.us - 1}, 480)).data,
		"2019-03-08");
}

static enum err add_up(void *context, struct str measure, int64_t value)
{
	buf_format(context, "%.*s=%lld ", STR_ARG(measure), (long long)value);
	return ERR_OK;
}

static struct str figures(struct district *district, const char *scope, const char *id)
{
	struct buf buf = buf_new(district->arena);

	district_must(district, store_counter_each(district->reader, str_from(scope), str_from(id), add_up,
					&buf, &district->why));
	return buf_str(&buf);
}

static void figures_are_kept_as_matters_change(void **state)
{
	struct district *district = *state;

	expect_text("of all", figures(district, "all", "").data,
		"closed=1 green=1 grey=2 open=4 overdue=1 red=1 void=1 ");
	district_must(district, district_do(district, "wang", 3, "ask_close", NULL));
	district_must(district, district_do(district, "he", 3, "close", NULL));
	struct str after = figures(district, "all", "");

	expect("what closes late is late", str_find(after, STR("late=1 ")) != SIZE_MAX);
	expect("and not overdue any more", str_find(after, STR("overdue=0 ")) != SIZE_MAX);
	expect("of the unit", str_find(figures(district, "unit", "4"), STR("late=1 ")) != SIZE_MAX);
	expect("of the commander", str_find(figures(district, "commander", "2"), STR("late=1 ")) != SIZE_MAX);
	expect("of the grasp",
		str_find(figures(district, "grasp", "supervision"), STR("late=1 ")) != SIZE_MAX);
	expect("of the procedure",
		str_find(figures(district, "procedure", "key_task"), STR("late=1 ")) != SIZE_MAX);
	expect_text("of nobody", figures(district, "unit", "77").data, "");
}

static void duties_are_listed_by_due_day(void **state)
{
	struct district *district = *state;
	struct duty_line *all, *of_post, *of_unit;
	size_t count, post_count, unit_count;
	int64_t head = post_id(district->scene, "water-head");

	district_must(district,
		store_duty_list(district->reader, district->arena, 0, 0, 50, &all, &count, &district->why));
	district_must(district, store_duty_list(district->reader, district->arena, head, 0, 50, &of_post,
					&post_count, &district->why));
	district_must(district,
		store_duty_list(district->reader, district->arena, 0, unit_id(district->scene, "water"), 50,
			&of_unit, &unit_count, &district->why));
	assert_true(count > post_count && post_count > 0 && unit_count > 0);
	for (size_t i = 1; i < count; i++)
		assert_true(all[i - 1].due.us <= all[i].due.us);
	for (size_t i = 0; i < post_count; i++)
		assert_int_equal(of_post[i].post, head);
	expect_text("the first of them", of_post[0].name.data, "finish");
	assert_true(of_post[0].breached);
	assert_int_equal(of_post[0].matter, 3);
	district_must(district,
		store_duty_list(district->reader, district->arena, 0, 0, 1, &all, &count, &district->why));
	assert_int_equal(count, 1);
}

static void a_post_hears_what_it_was_told_the_newest_first(void **state)
{
	struct district *district = *state;
	struct notice_line *lines;
	size_t count;

	district_must(district,
		store_notice_list(district->reader, district->arena, post_id(district->scene, "vice-mayor"),
			50, &lines, &count, &district->why));
	assert_true(count >= 1);
	for (size_t i = 1; i < count; i++)
		assert_true(lines[i - 1].index >= lines[i].index);
	expect_text("what it was told", lines[0].kind.data, "breached");
	expect_text("of which matter", lines[0].number.data, "督〔2019〕3号");
}

static void links_are_seen_from_both_ends(void **state)
{
	struct district *district = *state;
	struct link_line *lines;
	size_t count;

	district_must(district,
		store_link_list(district->reader, district->arena, 4, &lines, &count, &district->why));
	assert_int_equal(count, 1);
	assert_true(lines[0].forth);
	expect_text("it names its cause", lines[0].number.data, "督〔2019〕3号");
	district_must(district,
		store_link_list(district->reader, district->arena, 3, &lines, &count, &district->why));
	assert_int_equal(count, 1);
	assert_false(lines[0].forth);
	expect_text("the cause knows what it brought", lines[0].number.data, "责〔2019〕1号");
}

static void the_same_file_elsewhere_is_seen(void **state)
{
	struct district *district = *state;
	struct str hash = STR("0000000000000000000000000000000000000000000000000000000000000001"), number;
	struct evidence_item *items;
	size_t count;

	district_must(district,
		store_evidence_list(district->reader, district->arena, 1, &items, &count, &district->why));
	assert_int_equal(count, 1);
	expect_text("its name", items[0].name.data, "验收报告.pdf");
	district_must(district, store_evidence_elsewhere(
					district->reader, district->arena, hash, 5, &number, &district->why));
	expect_text("shown before", number.data, "督〔2019〕1号");
	district_must(district, store_evidence_elsewhere(district->reader, district->arena, STR("ff"), 5,
					&number, &district->why));
	assert_int_equal(number.size, 0);
}

static void single_facts_are_found_or_not(void **state)
{
	struct district *district = *state;
	int64_t id, seq;
	bool exists;

	district_must(
		district, store_matter_find(district->reader, STR("督〔2019〕3号"), &id, &district->why));
	assert_int_equal(id, 3);
	assert_int_equal(store_matter_find(district->reader, STR("督〔2019〕99号"), &id, &district->why),
		ERR_NOT_FOUND);
	district_must(district, store_matter_exists(district->reader, 6, &exists, &district->why));
	assert_true(exists);
	district_must(district, store_matter_exists(district->reader, 7, &exists, &district->why));
	assert_false(exists);
	district_must(district, store_matter_next(district->reader, &id, &district->why));
	assert_int_equal(id, 7);
	district_must(
		district, store_sequence_next(district->reader, STR("key_task"), 2019, &seq, &district->why));
	assert_int_equal(seq, 6);
	district_must(
		district, store_sequence_next(district->reader, STR("key_task"), 2020, &seq, &district->why));
	assert_int_equal(seq, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_is_filtered_by_what_is_asked),
		cmocka_unit_test(a_line_says_what_a_list_shows),
		cmocka_unit_test(duties_are_listed_by_due_day),
		cmocka_unit_test(a_post_hears_what_it_was_told_the_newest_first),
		cmocka_unit_test(links_are_seen_from_both_ends),
		cmocka_unit_test(the_same_file_elsewhere_is_seen),
		cmocka_unit_test(single_facts_are_found_or_not),
		cmocka_unit_test(figures_are_kept_as_matters_change),
	};
	return cmocka_run_group_tests_name("store: lists", tests, open_district, close_district);
}
