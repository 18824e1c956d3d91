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
		"duty", "request", "deed", "notice", "evidence", "link", "following", "news", "command_key",
		"search_text", "search_said"};
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

/* Lists that are walked in the order of an index, so that a page costs a page: which index, and nothing is
 * sorted but inside of what finds out who the viewer is. */
static void pages_are_walked_and_not_sorted(void **state)
{
	static const struct {
		enum statement statement;
		const char *first; /* the first line of the plan */
	} cases[] = {
		{STMT_MATTER_LIST_UNIT,
			"SEARCH matter USING INDEX matter_unit (institution_id=? AND unit=?)"},
		{STMT_PAGE_NEWEST_UNIT,
			"SEARCH m USING INDEX matter_of_unit (institution_id=? AND unit=? AND id<?)"},
		{STMT_PAGE_NEWEST_PROCEDURE, "SEARCH m USING INDEX matter_of_procedure (institution_id=? AND "
					     "procedure=? AND id<?)"},
		{STMT_PAGE_NEWEST_ALL,
			"SEARCH m USING INDEX sqlite_autoindex_matter_1 (institution_id=? AND id<?)"},
		{STMT_PAGE_DUE_UNIT_UP,
			"SEARCH m USING INDEX matter_unit (institution_id=? AND unit=? AND due>?)"},
		{STMT_PAGE_DUE_UNIT_DOWN,
			"SEARCH m USING INDEX matter_unit (institution_id=? AND unit=? AND due<?)"},
		{STMT_PAGE_DUE_COMMANDER_UP,
			"SEARCH m USING INDEX matter_commander (institution_id=? AND commander=? AND due>?)"},
		{STMT_PAGE_DUE_ALL_UP, "SEARCH m USING INDEX matter_open (institution_id=? AND due>?)"},
		{STMT_PAGE_NUMBER_UP, "SEARCH m USING INDEX matter_number (institution_id=? AND "
				      "(procedure,year,seq)>(?,?,?))"},
		{STMT_PAGE_CHANGED_DOWN, "SEARCH e USING PRIMARY KEY (institution_id=? AND idx<?)"},
		{STMT_DUTY_PAGE_UNIT,
			"SEARCH d USING INDEX duty_unit (institution_id=? AND unit=? AND due>?)"},
		{STMT_DUTY_PAGE_POST,
			"SEARCH d USING INDEX duty_post (institution_id=? AND post=? AND due>?)"},
		{STMT_DUTY_PAGE_OPEN, "SEARCH d USING INDEX duty_open (institution_id=? AND due>?)"},
		{STMT_EVENT_PAGE_UP, "SEARCH e USING PRIMARY KEY (institution_id=? AND idx=?)"},
		{STMT_EVENT_PAGE_DOWN, "SEARCH e USING PRIMARY KEY (institution_id=? AND idx=?)"},
		{STMT_NOTICE_PAGE, "SEARCH n USING PRIMARY KEY (institution_id=? AND post=? AND idx<?)"},
		/* Not the text of every matter, each asked whether it waits. */
		{STMT_SEARCH_INDEX, "SEARCH w USING PRIMARY KEY (institution_id=? AND id<?)"},
	};
	sqlite3 *database = raw(*state);

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct statement_row *row = &statement_rows[cases[i].statement];
		struct str sql =
			str_format(((struct district *)*state)->arena, "explain query plan %s", row->text);
		sqlite3_stmt *statement;
		int line = 0;

		assert_int_equal(sqlite3_prepare_v2(database, sql.data, -1, &statement, NULL), SQLITE_OK);
		for (; sqlite3_step(statement) == SQLITE_ROW; line++) {
			const char *plan = (const char *)sqlite3_column_text(statement, 3);
			bool outermost = sqlite3_column_int(statement, 1) == 0;

			if (line == 0)
				expect_text(row->name, plan, cases[i].first);
			if (outermost && strncmp(plan, "USE TEMP B-TREE FOR ORDER BY", 28) == 0)
				fail_msg("%s: %s", row->name, plan);
		}
		assert_true(line > 0);
		sqlite3_finalize(statement);
	}
	sqlite3_close(database);
}

/* Down a tree, each step reads what hangs below the last: a planner that knows no figures reads all there is
 * instead, and looks for it in the last. */
static void a_tree_is_walked_from_where_it_stands(void **state)
{
	sqlite3 *database = raw(*state);
	int steps = 0;

	for (size_t i = 0; i < STMT_COUNT; i++) {
		struct str sql = str_format(
			((struct district *)*state)->arena, "explain query plan %s", statement_rows[i].text);
		sqlite3_stmt *statement;
		int step = -1; /* the line that begins one, until its first reading was seen */

		assert_int_equal(sqlite3_prepare_v2(database, sql.data, -1, &statement, NULL), SQLITE_OK);
		while (sqlite3_step(statement) == SQLITE_ROW) {
			const char *plan = (const char *)sqlite3_column_text(statement, 3);

			if (step >= 0 && sqlite3_column_int(statement, 1) == step) {
				if (strncmp(plan, "SEARCH ", 7) == 0)
					fail_msg("%s: a step begins with %s", statement_rows[i].name, plan);
				step = -1;
				steps++;
			}
			if (strcmp(plan, "RECURSIVE STEP") == 0)
				step = sqlite3_column_int(statement, 0);
		}
		sqlite3_finalize(statement);
	}
	assert_true(steps > 0);
	sqlite3_close(database);
}

/* With one institution in every key, a planner that knows no figures takes the table itself for as good as an
 * index: each must hold all that is asked. */
static void who_somebody_is_comes_from_indexes(void **state)
{
	sqlite3 *database = raw(*state);
	struct str sql = str_format(((struct district *)*state)->arena, "explain query plan %s",
		statement_rows[STMT_MAY_SEE].text);
	sqlite3_stmt *statement;

	assert_int_equal(sqlite3_prepare_v2(database, sql.data, -1, &statement, NULL), SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW) {
		const char *plan = (const char *)sqlite3_column_text(statement, 3);

		if (strncmp(plan, "SEARCH t ", 9) == 0 || strncmp(plan, "SEARCH g ", 9) == 0)
			expect(plan, strstr(plan, "COVERING INDEX") != NULL);
		if (strncmp(plan, "SCAN ", 5) == 0 && strstr(plan, "VIRTUAL") == NULL)
			expect(plan,
				strstr("SCAN CONSTANT ROW,SCAN b,SCAN below,SCAN step,SCAN up,SCAN a,SCAN h",
					plan) != NULL);
	}
	sqlite3_finalize(statement);
	sqlite3_close(database);
}

/* What is asked of a time or of a person costs what lies in it, not what there is. */
static void the_record_is_found_by_its_indexes(void **state)
{
	static const struct {
		enum statement statement;
		const char *table, *index; /* every line of the plan that reads the table names the index */
	} cases[] = {
		{STMT_SETTLED_LIST, "SEARCH d USING", "duty_settled (institution_id=? AND due>? AND due<?)"},
		{STMT_SETTLED_OF_PERSON, "SEARCH k USING INDEX duty_settled_post",
			"(institution_id=? AND post=? AND due>? AND due<?)"},
		{STMT_SETTLED_OF_PERSON, "SEARCH k USING INDEX duty_named",
			"(institution_id=? AND person=? AND due>? AND due<?)"},
		{STMT_VERIFIED_LIST, "SEARCH m USING",
			"matter_ended_well (institution_id=? AND ended>? AND ended<?)"},
		{STMT_VERIFIED_OF_PERSON, "SEARCH e USING", "deed_person (institution_id=? AND person=?)"},
		{STMT_UNDERTAKEN_LIST, "SEARCH m USING",
			"matter_opened (institution_id=? AND opened>? AND opened<?)"},
	};
	sqlite3 *database = raw(*state);

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct statement_row *row = &statement_rows[cases[i].statement];
		struct str sql =
			str_format(((struct district *)*state)->arena, "explain query plan %s", row->text);
		sqlite3_stmt *statement;
		bool found = false;

		assert_int_equal(sqlite3_prepare_v2(database, sql.data, -1, &statement, NULL), SQLITE_OK);
		while (sqlite3_step(statement) == SQLITE_ROW) {
			const char *plan = (const char *)sqlite3_column_text(statement, 3);

			found = found || (strncmp(plan, cases[i].table, strlen(cases[i].table)) == 0 &&
						 strstr(plan, cases[i].index) != NULL);
		}
		expect(row->name, found);
		sqlite3_finalize(statement);
	}
	sqlite3_close(database);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_prepares_with_its_parameters_in_their_places),
		cmocka_unit_test(nothing_asked_while_acting_scans_a_table_that_grows),
		cmocka_unit_test(pages_are_walked_and_not_sorted),
		cmocka_unit_test(a_tree_is_walked_from_where_it_stands),
		cmocka_unit_test(who_somebody_is_comes_from_indexes),
		cmocka_unit_test(the_record_is_found_by_its_indexes),
	};
	return cmocka_run_group_tests_name("store: statements", tests, open_district, close_district);
}
