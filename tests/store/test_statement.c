/* test_statement.c: every named statement prepares, binds what its file numbers, and reads by an index where
 * rows are many.
 */
#include "act/district.h"
#include "store/statements.h"
#include "store/store_fts.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int open_district(void **state)
{
	*state = district_new();
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

static sqlite3 *raw(struct district *district)
{
	sqlite3 *database;
	struct str path = str_format(district->arena, "%s/bihuan.db", district->dir.data);

	assert_int_equal(sqlite3_open_v2(path.data, &database, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	assert_int_equal(fts_register(database), SQLITE_OK);
	return database;
}

static void every_statement_prepares_with_its_parameters_in_their_places(void **state)
{
	sqlite3 *database = raw(*state);

	for (size_t i = 0; i < STMT_COUNT; i++) {
		const struct statement_row *row = &statement_rows[i];
		sqlite3_stmt *statement;
		const char *behind = NULL;

		if (sqlite3_prepare_v2(database, row->text, -1, &statement, &behind) != SQLITE_OK)
			fail_msg("%s: %s", row->name, sqlite3_errmsg(database));
		if (sqlite3_bind_parameter_count(statement) != row->parameters)
			fail_msg("%s has %d parameters, %d are said", row->name,
				sqlite3_bind_parameter_count(statement), row->parameters);
		for (int j = 1; j <= row->parameters; j++) {
			char name[16];

			snprintf(name, sizeof name, "?%d", j);
			if (sqlite3_bind_parameter_index(statement, name) != j)
				fail_msg("%s: parameter %d of the file isn't SQLite's", row->name, j);
		}
		if ((row->writes != 0) == (sqlite3_stmt_readonly(statement) != 0))
			fail_msg("%s: whether it writes is said wrongly", row->name);
		if (strspn(behind, " \n") != strlen(behind))
			fail_msg("%s holds more than one statement", row->name);
		sqlite3_finalize(statement);
	}
	sqlite3_close(database);
}

/* What the tables are that grow with the years. */
static bool scans_what_grows(const char *plan)
{
	static const char *const growing[] = {"event", "payload", "ledger_node", "checkpoint", "matter",
		"duty", "request", "deed", "notice", "evidence", "link", "follower", "command_key"};
	char scan[64];

	for (size_t i = 0; i < ARRAY_COUNT(growing); i++) {
		snprintf(scan, sizeof scan, "SCAN %s", growing[i]);
		size_t size = strlen(scan);

		if (strncmp(plan, scan, size) == 0 && (plan[size] == '\0' || plan[size] == ' '))
			return true;
	}
	return false;
}

static void nothing_asked_while_acting_scans_a_table_that_grows(void **state)
{
	/* Asked by a person who wants everything, or by what keeps the whole. */
	static const char *const may_scan[] = {"event_each", "event_each_matter", "event_each_other",
		"leaf_each", "checkpoint_some", "matter_list", "lamps_stale", "ledger_size"};
	sqlite3 *database = raw(*state);

	for (size_t i = 0; i < STMT_COUNT; i++) {
		struct str sql = str_format(
			((struct district *)*state)->arena, "explain query plan %s", statement_rows[i].text);
		sqlite3_stmt *statement;
		bool may = false;

		for (size_t j = 0; j < ARRAY_COUNT(may_scan); j++)
			may = may || strcmp(may_scan[j], statement_rows[i].name) == 0;
		if (may)
			continue;
		assert_int_equal(sqlite3_prepare_v2(database, sql.data, -1, &statement, NULL), SQLITE_OK);
		while (sqlite3_step(statement) == SQLITE_ROW) {
			const char *plan = (const char *)sqlite3_column_text(statement, 3);

			if (scans_what_grows(plan))
				fail_msg("%s: %s", statement_rows[i].name, plan);
		}
		sqlite3_finalize(statement);
	}
	sqlite3_close(database);
}

/* The open matters of one unit by due day come from an index in that order: nothing is sorted. */
static void the_commonest_list_is_not_sorted(void **state)
{
	sqlite3 *database = raw(*state);
	struct str sql = str_format(((struct district *)*state)->arena, "explain query plan %s",
		statement_rows[STMT_MATTER_LIST_UNIT].text);
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(database, sql.data, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		const char *plan = (const char *)sqlite3_column_text(statement, 3);

		if (strstr(plan, "TEMP B-TREE") != NULL)
			fail_msg("%s", plan);
		expect("the index of open matters by unit", strstr(plan, "matter_unit") != NULL);
	}
	sqlite3_finalize(statement);
	sqlite3_close(database);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_prepares_with_its_parameters_in_their_places),
		cmocka_unit_test(nothing_asked_while_acting_scans_a_table_that_grows),
		cmocka_unit_test(the_commonest_list_is_not_sorted),
	};
	return cmocka_run_group_tests_name("store: statements", tests, open_district, close_district);
}
