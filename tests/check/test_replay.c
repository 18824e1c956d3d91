/* test_replay.c: what is live is what its events say; an edited row, or an edited event, is named. */
#include "busy.h"

#include "act/older.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct told {
	char places[4096]; /* each "place;" */
	bool loud;
};

static void hear(void *context, const char *place, struct str live, struct str rebuilt)
{
	struct told *told = context;
	size_t used = strlen(told->places);

	snprintf(told->places + used, sizeof told->places - used, "%s;", place);
	if (told->loud)
		print_message("%s\n  live    %.*s\n  rebuilt %.*s\n", place, STR_ARG(live), STR_ARG(rebuilt));
}

static int open_busy(void **state)
{
	*state = busy_district();
	return 0;
}

static int close_busy(void **state)
{
	district_free(*state);
	return 0;
}

static struct replayed replay(struct district *district, struct store *store, struct told *told)
{
	struct replayed replayed;

	district_must(district, check_replay(store, district->now, hear, told, &replayed, &district->why));
	return replayed;
}

static void a_busy_history_is_rebuilt_row_by_row(void **state)
{
	struct district *district = *state;
	struct told told = {.loud = true};
	struct replayed replayed = replay(district, district->reader, &told);

	assert_int_equal(replayed.differences, 0);
	assert_int_equal(replayed.erased, 0);
	assert_int_equal(replayed.events, district_number(district, "select count(*) from event"));
	assert_true(replayed.rows > 200);
}

static void random_histories_are_rebuilt_row_by_row(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++) {
		struct district *district = district_new();
		struct told told = {.loud = true};
		int done = random_history(district, seed, 1500);
		struct replayed replayed = replay(district, district->reader, &told);

		if (replayed.differences != 0)
			fail_msg("seed %llu: %llu rows differ", (unsigned long long)seed,
				(unsigned long long)replayed.differences);
		if (done < 100)
			fail_msg("seed %llu: only %d of the commands were done", (unsigned long long)seed,
				done);
		district_free(district);
	}
}

/* Who follows what, and what they hear of it, was kept by no older program: it is read out of the events. */
static void what_an_older_program_left_is_filled_in(void **state)
{
	struct district *district = busy_district_of_18();
	struct told told = {.loud = true};
	int before;

	(void)state;
	district_close(district);
	older_schema(str_format(district->arena, "%.*s/bihuan.db", STR_ARG(district->dir)).data, 18);
	district_must(district, store_migrate(district->dir, &before, &district->why));
	assert_int_equal(before, 18);
	district_must(district, district_open(district));
	assert_int_equal(district_number(district, "select count(*) from following"), 2);
	assert_true(district_number(district, "select count(*) from news") > 2);
	assert_int_equal(replay(district, district->reader, &told).differences, 0);
	district_free(district);
}

/* The record itself, and what no event says: secrets and sessions. */
#define NO_PROJECTIONS                                                                                       \
	"('event', 'payload', 'ledger_node', 'checkpoint', 'command_key', 'credential', 'credential_past', " \
	"'totp', 'recovery_code', 'sign_in_lock', 'session', 'api_token', 'sign_in', "                       \
	"'saved_view', 'telling', 'message', 'ballot_cast', 'letter_waiting', 'import_choice', "             \
	"'search_wait', 'search', "                                                                          \
	"'search_config', "                                                                                  \
	"'search_data', "                                                                                    \
	"'search_docsize', "                                                                                 \
	"'search_idx', "                                                                                     \
	"'search_content')"

/* One edit for each table that is a projection: the schema says which those are. */
static const struct {
	const char *place, *sql;
} row_edits[] = {
	{"institution;", "update institution set title_en = 'Another'"},
	{"definition;", "update definition set idx = idx - 1 where id = 1"},
	{"definition_function;", "delete from definition_function where definition = 1"},
	{"formula;", "update formula set from_day = '2018-01-01'"},
	{"calendar;", "update calendar set days = '[]'"},
	{"unit;", "update unit set leader = null where id = 4"},
	{"former_name;", "update former_name set until_day = '2019-05-07'"},
	{"post;", "update post set title = '局长' where id = 7"},
	{"person;", "update person set name = '某人' where id = 7"},
	{"tenure;", "update tenure set from_day = '2017-01-01' where id = 1"},
	{"function;", "update function set unit = 1 where name = 'supervision_office'"},
	{"delegation;", "update delegation set until_day = '2020-12-31' where id = 1"},
	{"matter;", "update matter set late = 0 where late = 1"},
	{"subject;", "update subject set person = 1"},
	{"duty;", "update duty set due = due + 86400000000 where matter = 3 and id = 3"},
	{"breach;", "delete from breach where matter = 5"},
	{"meeting;", "update meeting set held_on = held_on - 1"},
	{"irregularity;", "delete from irregularity"},
	{"request;", "update request set state = 'granted' where matter = 3 and id = 2"},
	{"deed;", "delete from deed where matter = 2 and action = 'close'"},
	{"notice;", "delete from notice where kind = 'breached' and post = 2 and matter = 5"},
	{"evidence;", "update evidence set name = '别的.pdf' where matter = 2"},
	{"link;", "delete from link where relation = 'same_problem'"},
	{"following;", "update following set until = null"},
	{"news;", "delete from news"},
	{"sequence;", "update sequence set last = last + 1 where procedure = 'key_task'"},
	{"search_text;", "update search_text set body = body || '一' where id = 3"},
	{"search_said;", "update search_said set text = '一' where id = 3 and n = 1"},
	{"counter;", "update counter set value = value + 1 where scope = 'all' and measure = 'open'"},
	{"relation;", "update relation set zh = '别的'"},
	{"kin;", "update kin set kind = 'child'"},
	{"account;", "update account set state = 'active' where id = 5"},
	{"policy;", "update policy set value = 'asvs'"},
	{"compartment_member;", "update compartment_member set until_day = '2019-09-01'"},
	{"look;", "delete from look"},
	{"peer;", "update peer set closed = 1"},
	{"package;", "update package set number = 4 where taken = 1"},
	{"package_item;", "update package_item set far = '镇督2号' where kind = 'report'"},
	{"ballot;", "update ballot set state = 'void'"},
	{"ballot_code;", "update ballot_code set grp = 1"},
	{"ballot_seal;", "delete from ballot_seal"},
	{"ballot_line;", "update ballot_line set marks = '0'"},
	{"letter;", "update letter set code = 'another'"},
	{"rule;", "update rule set repealed = '2019-03-02' where id = 2"},
	{"rule_version;",
		"update rule_version set body = '第一条 个人决定。' where rule = 1 and version = 2"},
};

static void every_edited_row_is_told(void **state)
{
	struct district *district = *state;
	struct str projections =
		district_text(district, "select group_concat(name) from (select name from "
					"sqlite_master where type = 'table' and name not in " NO_PROJECTIONS
					" and name not like 'sqlite%' "
					"order by name)");

	for (size_t i = 0; i < ARRAY_COUNT(row_edits); i++) {
		struct told told = {0};
		struct tampered tampered = tamper(district, row_edits[i].sql);
		struct str table = str_slice(str_from(row_edits[i].place), 0, strlen(row_edits[i].place) - 1);

		assert_true(replay(district, tampered.store, &told).differences > 0);
		if (strncmp(told.places, row_edits[i].place, strlen(row_edits[i].place)) != 0)
			fail_msg("%s: told of %s", row_edits[i].sql, told.places);
		if (str_find(projections, table) == SIZE_MAX)
			fail_msg("%s is no table", row_edits[i].place);
		tampered_free(district, &tampered);
	}
	/* A new table needs a row above, and one in store_compare.c. */
	assert_int_equal(ARRAY_COUNT(row_edits),
		district_number(district, "select count(*) from sqlite_master where type = 'table' and name "
					  "not in " NO_PROJECTIONS " and name not like 'sqlite%'"));
}

static void a_lamp_that_should_still_hold_is_compared(void **state)
{
	struct district *district = *state;
	struct told told = {0};
	struct tampered tampered = tamper(district, "update matter set lamp = 'blue' where id = (select id "
						    "from matter where ended is null and lamp_until > "
						    "1557104400000000 limit 1)");

	assert_int_equal(replay(district, tampered.store, &told).differences, 1);
	expect_text("what differs", told.places, "matter;");
	tampered_free(district, &tampered);
}

static void an_edited_event_is_named_by_its_index(void **state)
{
	struct district *district = *state;
	int64_t index = district_number(district, "select idx from event where kind = 'duty.breach' limit 1");
	struct str place = str_format(district->arena, "event %lld;", (long long)index);
	struct tampered tampered =
		tamper(district, str_format(district->arena,
					 "update payload set body = cast(replace(cast(body as text), "
					 "'\"late\":true,', '') as blob) "
					 "where idx = %lld",
					 (long long)index)
					 .data);
	struct told told = {0};

	replay(district, tampered.store, &told);
	if (strncmp(told.places, place.data, place.size) != 0)
		fail_msg("told of %s", told.places);
	tampered_free(district, &tampered);
}

static void what_cannot_be_applied_is_told_and_passed_over(void **state)
{
	static const char *const edits[] = {"'\"rule\":\"finish\"', '\"rule\":\"finished\"'",
		"'\"closes\":[{\"how\":\"done\",\"id\":2}]', '\"closes\":[{\"how\":\"done\",\"id\":99}]'",
		"'\"to\":\"working\"', '\"to\":\"resting\"'", "'\"opens\":[{', '\"opens\":[3,{'",
		"'\"action\":\"sign\"', '\"action\":\"sing\"'", "'\"due\":15', '\"due\":9999999915'"};
	struct district *district = *state;

	for (size_t i = 0; i < ARRAY_COUNT(edits); i++) {
		struct told told = {0};
		struct tampered tampered = tamper(district,
			str_format(district->arena,
				"update payload set body = cast(replace(cast(body as text), %s) as blob) "
				"where idx in "
				"(select idx from event where object = 'm2' and kind = 'matter.act')",
				edits[i])
				.data);

		replay(district, tampered.store, &told);
		if (strncmp(told.places, "event ", 6) != 0)
			fail_msg("%s: told of %s", edits[i], told.places);
		tampered_free(district, &tampered);
	}
}

static void an_erased_payload_is_counted(void **state)
{
	struct district *district = *state;
	struct told told = {0};
	struct tampered tampered = tamper(
		district, "delete from payload where idx = (select max(idx) from event where object = 'm2')");

	assert_int_equal(replay(district, tampered.store, &told).erased, 1);
	tampered_free(district, &tampered);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_busy_history_is_rebuilt_row_by_row),
		cmocka_unit_test(every_edited_row_is_told),
		cmocka_unit_test(a_lamp_that_should_still_hold_is_compared),
		cmocka_unit_test(an_edited_event_is_named_by_its_index),
		cmocka_unit_test(what_cannot_be_applied_is_told_and_passed_over),
		cmocka_unit_test(an_erased_payload_is_counted),
		cmocka_unit_test(random_histories_are_rebuilt_row_by_row),
		cmocka_unit_test(what_an_older_program_left_is_filled_in),
	};
	return cmocka_run_group_tests_name("check: replay", tests, open_busy, close_busy);
}
