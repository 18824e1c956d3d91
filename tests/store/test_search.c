/* test_search.c: matters are found by their words, as far as whoever asks may see them. */
#include "act/district.h"
#include "act/older.h"
#include "check/check.h"
#include "store/store_fts.h"
#include "store/store_write.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A report that only those around a unit may see. */
static const char quiet[] =
	"procedure: quiet\ngrasp: conduct\ntitle: {zh: 反映核查, en: Report}\n"
	"number: \"核〔{year}〕{seq}号\"\n"
	"roles: {office: {function: supervision_office}, lead: {field: lead_unit}}\n"
	"fields:\n  title: {type: text, required: true}\n  lead_unit: {type: unit, required: true}\n"
	"  detail: {type: text}\n"
	"states: {begun: {start: true}, closed: {end: success}}\n"
	"actions:\n  close: {by: office, from: begun, to: closed}\n"
	"duties: {close_it: {bearer: office, in: begun, discharged_by: close, within: 90 days, "
	"breach: {escalate: [superior of office]}}}\n"
	"visibility: unit\n";

static void open_quiet(struct district *district, const char *title, const char *detail)
{
	struct arena *arena = district->arena;
	struct doc *fields = doc_object(arena);
	struct command command = {.kind = COMMAND_OPEN, .name = STR("quiet"), .fields = fields};

	doc_set(arena, fields, "title", doc_text(arena, str_from(title)));
	doc_set(arena, fields, "lead_unit", doc_int(arena, unit_id(district->scene, "agri")));
	doc_set(arena, fields, "detail", doc_text(arena, str_from(detail)));
	district_must(district, district_command(district, "he", command, NULL));
}

/* 1 西江岸线整治, closed; 2 撂荒地复耕 of agri, with a note; 3 quiet of agri, 复耕款去向, with details. */
static int open_district(void **state)
{
	struct district *district = district_new();
	struct command note = {
		.kind = COMMAND_NOTE, .matter = 2, .text = STR("已核对复垦台账,整治一千二百亩")};

	*state = district;
	district_must(district,
		district_act(district,
			(struct act){.kind = ACT_ADOPT,
				.what.adopt = {.items = &(struct definition_text){.file = STR("quiet.yaml"),
						       .text = str_from(quiet)},
					.count = 1},
				.imported = true}));
	district_key_task(district, "closed", "2019-06-28");
	district_must(
		district, district_begin(district, "he", "key_task",
				  "title=撂荒地复耕|lead_unit=agri|commander=vice-mayor|due=2019-09-30"));
	district_must(district, district_command(district, "he", note, NULL));
	open_quiet(district, "复耕款去向", "有群众反映复耕补贴未到户");
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

/* "2head3body ": the hits of all pages, `limit` a page. */
static struct str found(struct district *district, const char *person, const char *typed, int64_t limit)
{
	const struct viewer viewer = {.person = person_id(district->scene, person),
		.today = instant_day(district->now, OFFSET_CHINA)};
	struct page_after after = {0};
	struct buf buf = buf_new(district->arena);

	do {
		struct search_hit *hits;
		size_t count;

		district_must(
			district, store_search(district->reader, district->arena, &viewer, str_from(typed),
					  limit, &after, &hits, &count, &after, &district->why));
		for (size_t i = 0; i < count; i++)
			buf_format(&buf, "%lld%s ", (long long)hits[i].line.id, hits[i].part);
	} while (after.id != 0);
	return buf_str(&buf);
}

/* Behind the program's back, as long as it doesn't run. */
static void edit(struct district *district, const char *sql)
{
	struct str file = str_format(district->arena, "%.*s/bihuan.db", STR_ARG(district->dir));
	sqlite3 *database;

	assert_int_equal(sqlite3_open(file.data, &database), SQLITE_OK);
	assert_int_equal(fts_register(database), SQLITE_OK);
	if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(database));
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

static int64_t waiting(struct district *district)
{
	return district_number(district, "select count(*) from search_wait");
}

/* Everything waits for the index, and what it has is of a text that is no more. */
static void let_all_wait(struct district *district)
{
	district_close(district);
	edit(district, "insert or ignore into search_wait select institution_id, id from search_text;"
		       "delete from search; insert into search (rowid, head) select id, '复耕 补贴 台账 "
		       "西江' from search_text");
	district_must(district, district_open(district));
}

/* What has fallen behind is indexed at the latest when it closes. */
static void let_none_wait(struct district *district)
{
	district_reopen(district);
	assert_int_equal(waiting(district), 0);
}

static void find_what_was_typed(struct district *district)
{
	static const struct {
		const char *says, *person, *typed, *want;
	} cases[] = {
		{"two characters of a title", "ann", "复耕", "3head 2head "},
		{"which isn't there for who may not see it", "pan", "复耕", "2head "},
		{"one character, at the end of a title", "pan", "耕", "2head "},
		{"two that stand apart are no word", "ann", "撂耕", ""},
		{"several words, in any order", "ann", "去向 复耕", "3head "},
		{"of different parts, marked where the first of them is", "ann", "去向 补贴", "3head "},
		{"in another field", "ann", "群众", "3body "},
		{"nor that by another", "pan", "群众", ""},
		{"in a note", "pan", "台账", "2said "},
		{"a number as it stands", "pan", "督〔2019〕2号", "2head "},
		{"the beginning of one", "pan", "督〔2019〕", "2head 1head "},
		{"of what may not be seen", "pan", "核〔2019〕1号", ""},
		{"for who may", "ann", "核〔2019〕1号", "3head "},
		{"one has both in its title, the other elsewhere", "ann", "复耕 2019", "3head 2head "},
		{"in a title, then in a note", "ann", "整治", "1head 2said "},
		{"in full width", "pan", "督２０１９", "2head 1head "},
		{"no words", "ann", "%*\"", ""},
		{"what is syntax elsewhere", "ann", "复耕\" OR \"西江", ""},
		{"by nobody", "keeper", "复耕", ""},
	};
	struct bh_err why;

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const char *person = cases[i].person;

		if (strcmp(person, "keeper") == 0) {
			const struct viewer nobody = {.today = instant_day(district->now, OFFSET_CHINA)};
			struct page_after after;
			struct search_hit *hits;
			size_t count = 9;

			district_must(district,
				store_search(district->reader, district->arena, &nobody,
					str_from(cases[i].typed), 5, NULL, &hits, &count, &after, &why));
			assert_int_equal(count, 0);
			continue;
		}
		expect_text(cases[i].says, found(district, person, cases[i].typed, 10).data, cases[i].want);
		expect_text(cases[i].says, found(district, person, cases[i].typed, 1).data, cases[i].want);
	}
}

/* In the index, and before it is there: the answers are the same. */
static void what_was_typed_is_found_by_who_may_see_it(void **state)
{
	let_none_wait(*state);
	find_what_was_typed(*state);
	let_all_wait(*state);
	find_what_was_typed(*state);
}

static void an_excerpt_shows_it_where_it_stands(void **state)
{
	struct district *district = *state;
	const struct viewer viewer = {.person = person_id(district->scene, "ann"),
		.today = instant_day(district->now, OFFSET_CHINA)};
	struct page_after after;
	struct search_hit *hits;
	size_t count;

	district_must(district, store_search(district->reader, district->arena, &viewer, STR("补贴"), 5, NULL,
					&hits, &count, &after, &district->why));
	assert_int_equal(count, 1);
	expect_text("the line", hits[0].excerpt.data, "有群众反映复耕补贴未到户\n");
	expect("what was typed",
		str_is(str_slice(hits[0].excerpt, hits[0].from, hits[0].to - hits[0].from), "补贴"));
}

static void filter_lists(struct district *district)
{
	static const struct {
		const char *person, *q;
		enum matter_sort sort;
		int64_t count;
	} cases[] = {
		{"ann", "复耕", MATTER_NEWEST, 2},
		{"pan", "复耕", MATTER_NEWEST, 1},
		{"ann", "复耕", MATTER_DUE, 2},
		{"ann", "复耕", MATTER_NUMBER_LAST, 2},
		{"pan", "复耕", MATTER_CHANGED_LAST, 1},
		{"ann", "%", MATTER_NEWEST, 0},
		{"ann", "%", MATTER_DUE, 0},
	};

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct viewer viewer = {.person = person_id(district->scene, cases[i].person),
			.today = instant_day(district->now, OFFSET_CHINA)};
		const struct matter_query query = {
			.q = str_from(cases[i].q), .sort = cases[i].sort, .limit = 10};
		struct page_after next;
		struct matter_line *lines;
		size_t count;
		int64_t counted;

		district_must(district, store_matter_page(district->reader, district->arena, &viewer, &query,
						NULL, &lines, &count, &next, &district->why));
		district_must(district, store_matter_count(district->reader, district->arena, &viewer, &query,
						&counted, &district->why));
		assert_int_equal(count, cases[i].count);
		assert_int_equal(counted, cases[i].count);
	}
}

static void a_list_is_filtered_by_the_same_words(void **state)
{
	let_none_wait(*state);
	filter_lists(*state);
	let_all_wait(*state);
	filter_lists(*state);
}

static void find_a_definition(struct district *district)
{
	const struct viewer viewer = {.person = person_id(district->scene, "pan"),
		.today = instant_day(district->now, OFFSET_CHINA)};
	struct definition_hit *hits;
	size_t count;

	district_must(district, store_search_definitions(district->reader, district->arena, &viewer,
					STR("反映核查"), 5, &hits, &count, &district->why));
	assert_int_equal(count, 1);
	expect_text("its name", hits[0].procedure.data, "quiet");
	expect_text("its title", hits[0].excerpt.data, "反映核查\nReport");
}

static void a_definition_in_force_is_found_too(void **state)
{
	let_none_wait(*state);
	find_a_definition(*state);
	let_all_wait(*state);
	find_a_definition(*state);
}

/* A refused act leaves no word behind, and a changed title isn't found by its old one. */
static void words_go_with_what_is_recorded(void **state)
{
	struct district *district = district_new();
	struct command note = {.kind = COMMAND_NOTE, .text = STR("水闸检修")};

	(void)state;
	int64_t matter = district_key_task(district, "working", "2019-06-28");

	note.matter = matter;
	note.version = 1; /* stale */
	assert_int_equal(district_command(district, "wang", note, NULL), ERR_STALE);
	expect_text("refused", found(district, "wang", "水闸", 5).data, "");
	note.version = 0;
	district_must(district, district_command(district, "wang", note, NULL));
	expect_text("noted", found(district, "wang", "水闸", 5).data, "1said ");
	district_reopen(district);
	expect_text("after a restart", found(district, "wang", "水闸", 5).data, "1said ");
	district_must(district, district_do(district, "wang", matter, "report", "progress=40|note=堤坝加固"));
	expect_text("what an act says", found(district, "wang", "堤坝", 5).data, "1said ");
	let_none_wait(district);
	expect_text("once indexed", found(district, "wang", "堤坝", 5).data, "1said ");
	expect_text("both of it", found(district, "wang", "堤坝 水闸", 5).data, "1said ");
	/* One more note is one more row, whatever was said before. */
	assert_int_equal(district_number(district, "select count(*) from search_said"), 2);
	district_free(district);
}

static void take_difference(void *context, const char *place, struct str live, struct str rebuilt)
{
	fail_msg("%s: %.*s instead of %.*s", place, STR_ARG(live), STR_ARG(rebuilt));
	(void)context;
}

/* As it was before step 6: one row of text for each matter, indexed in the same commit. */
static void downgrade(struct district *district)
{
	district_close(district);
	older_schema(str_format(district->arena, "%.*s/bihuan.db", STR_ARG(district->dir)).data, 5);
	edit(district, "insert into search_text select institution_id, id, 'of old', '', '', 0 from matter;"
		       "insert into search (rowid, head) select id, head from search_text");
}

static void an_older_database_is_indexed_anew_from_its_events(void **state)
{
	struct district *district = *state;
	struct replayed replayed;
	int before;

	downgrade(district);
	district_must(district, store_migrate(district->dir, &before, &district->why));
	assert_int_equal(before, 5);
	district_must(district, district_open(district));
	assert_int_equal(waiting(district), 0);
	find_what_was_typed(district);
	filter_lists(district);
	find_a_definition(district);
	expect_text("what the old index had", found(district, "ann", "old", 5).data, "");
	district_must(district, check_replay(district->reader, district->now, take_difference, NULL,
					&replayed, &district->why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_typed_is_found_by_who_may_see_it),
		cmocka_unit_test(an_excerpt_shows_it_where_it_stands),
		cmocka_unit_test(a_list_is_filtered_by_the_same_words),
		cmocka_unit_test(a_definition_in_force_is_found_too),
		cmocka_unit_test(words_go_with_what_is_recorded),
		cmocka_unit_test(an_older_database_is_indexed_anew_from_its_events),
	};
	return cmocka_run_group_tests_name("store: search", tests, open_district, close_district);
}
