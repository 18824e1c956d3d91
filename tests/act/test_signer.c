/* test_signer.c: the signer refuses a database that is less, or other, than what it signed. */
#include "district.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int open_district(void **state)
{
	*state = district_new();
	district_key_task(*state, "working", "2019-06-28");
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

static struct str inside(struct district *district, const char *name)
{
	return str_format(district->arena, "%s/%s", district->dir.data, name);
}

static void copy(struct district *district, const char *from, const char *to)
{
	char bytes[65536];
	FILE *in = fopen(inside(district, from).data, "rb"), *out = fopen(inside(district, to).data, "wb");
	size_t size;

	assert_non_null(in);
	assert_non_null(out);
	while ((size = fread(bytes, 1, sizeof bytes, in)) > 0)
		assert_int_equal(fwrite(bytes, 1, size, out), size);
	fclose(in);
	fclose(out);
}

static void run_sql(struct district *district, const char *sql)
{
	sqlite3 *database;
	char *message = NULL;

	assert_int_equal(sqlite3_open(inside(district, "bihuan.db").data, &database), SQLITE_OK);
	if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(database);
}

/* Closed, changed by `change`, opened again: it is refused, and for what reason. */
static void refuse_opening(struct district *district, const char *says, const char *reason)
{
	enum err err = district_open(district);

	if (err == ERR_OK)
		fail_msg("%s: it was opened", says);
	if (strstr(district->why.text, reason) == NULL && strstr(district->why.place, reason) == NULL)
		fail_msg("%s: %s: %s", says, district->why.place, district->why.text);
}

static void a_database_put_back_to_yesterday_is_refused(void **state)
{
	struct district *district = *state;

	district_close(district);
	copy(district, "bihuan.db", "yesterday");
	district_must(district, district_open(district));
	district_must(district, district_do(district, "wang", 1, "report", "progress=10|note=a"));
	district_close(district);
	copy(district, "yesterday", "bihuan.db");
	refuse_opening(district, "yesterday's database", "were signed before");
}

static void other_events_of_the_same_number_are_refused(void **state)
{
	struct district *district = *state;

	district_close(district);
	copy(district, "bihuan.db", "yesterday");
	copy(district, "high-water", "yesterdays-memory");
	district_must(district, district_open(district));
	district_must(district, district_do(district, "wang", 1, "report", "progress=10|note=a"));
	district_close(district);
	copy(district, "high-water", "todays-memory");
	copy(district, "yesterday", "bihuan.db");
	copy(district, "yesterdays-memory", "high-water");
	district_must(district, district_open(district)); /* as the forger would: another day instead of it */
	district_must(district, district_do(district, "wang", 1, "report", "progress=90|note=b"));
	district_close(district);
	copy(district, "todays-memory", "high-water");
	refuse_opening(district, "another event of the same index", "root");
}

static void without_its_memory_the_signer_takes_what_the_database_kept(void **state)
{
	struct district *district = *state;

	district_close(district);
	unlink(inside(district, "high-water").data);
	district_must(district, district_open(district));
	district_close(district);
	unlink(inside(district, "high-water").data);
	run_sql(district, "update ledger_node set hash = zeroblob(32) where level = 6 and i = 0");
	refuse_opening(district, "a changed node", "high-water");
}

static void a_cut_record_is_refused_by_its_own_checkpoints(void **state)
{
	struct district *district = *state;

	district_close(district);
	unlink(inside(district, "high-water").data);
	run_sql(district, "delete from payload where idx = (select max(idx) from event); "
			  "delete from event where idx = (select max(idx) from event)");
	refuse_opening(district, "a cut record", "");
}

static void a_torn_write_of_its_memory_leaves_the_one_before(void **state)
{
	struct district *district = *state;

	district_close(district);
	/* Either slot may be the torn one: one of both is the older note, which the database extends. */
	for (int slot = 0; slot < 2; slot++) {
		FILE *file;

		copy(district, "high-water", "whole");
		file = fopen(inside(district, "high-water").data, "r+b");
		fseek(file, slot * 4096L + 100, SEEK_SET);
		fputs("torn", file);
		fclose(file);
		district_must(district, district_open(district));
		district_close(district);
		copy(district, "whole", "high-water");
	}
}

static void another_key_is_refused(void **state)
{
	struct district *district = *state;
	FILE *file;

	district_close(district);
	file = fopen(inside(district, "signing.key").data, "wb");
	for (int i = 0; i < 32; i++)
		fputc('k', file);
	fclose(file);
	refuse_opening(district, "another key", "sign");
}

static void a_key_that_is_no_key_is_refused(void **state)
{
	struct district *district = *state;
	FILE *file;

	district_close(district);
	file = fopen(inside(district, "signing.key").data, "wb");
	fputs("short", file);
	fclose(file);
	refuse_opening(district, "a short key", "32 bytes");
	unlink(inside(district, "signing.key").data);
	refuse_opening(district, "no key", "signing.key");
}

static void what_was_committed_and_not_signed_is_signed_at_the_next_opening(void **state)
{
	struct district *district = *state;
	int64_t events = district_number(district, "select count(*) from event");

	district_close(district);
	copy(district, "high-water", "before");
	district_must(district, district_open(district));
	district_must(district, district_do(district, "wang", 1, "report", "progress=10|note=a"));
	district_close(district);
	/* As if the power had gone between the commit and the signature. */
	copy(district, "before", "high-water");
	district_must(district, district_open(district));
	struct checkpoint checkpoint;
	struct note_key key;
	struct str note = installation_checkpoint(district->installation, district->arena);

	district_must(district,
		note_key_parse(district->arena, installation_vkey(district->installation, district->arena),
			&key, &district->why));
	district_must(district, checkpoint_open(district->arena, note, &key, &checkpoint, &district->why));
	assert_int_equal(checkpoint.size, events + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_database_put_back_to_yesterday_is_refused, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			other_events_of_the_same_number_are_refused, open_district, close_district),
		cmocka_unit_test_setup_teardown(without_its_memory_the_signer_takes_what_the_database_kept,
			open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_cut_record_is_refused_by_its_own_checkpoints, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_torn_write_of_its_memory_leaves_the_one_before, open_district, close_district),
		cmocka_unit_test_setup_teardown(another_key_is_refused, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_key_that_is_no_key_is_refused, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			what_was_committed_and_not_signed_is_signed_at_the_next_opening, open_district,
			close_district),
	};
	return cmocka_run_group_tests_name("act: the signer", tests, NULL, NULL);
}
