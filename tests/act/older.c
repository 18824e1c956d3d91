#include "older.h"

#include "base/str.h"
#include "store/statements.h"
#include "store/store_fts.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static sqlite3 *open_database(const char *file)
{
	sqlite3 *database;

	assert_int_equal(sqlite3_open(file, &database), SQLITE_OK);
	assert_int_equal(fts_register(database), SQLITE_OK);
	return database;
}

static void run_script(sqlite3 *database, const char *sql)
{
	char *why = NULL;

	if (sqlite3_exec(database, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", why, sql);
}

static int take_statement(void *context, int count, char **texts, char **names)
{
	(void)count;
	(void)names;
	buf_format(context, "%s;\n", texts[0]);
	return 0;
}

/* Each row of the answer is a statement to be run. */
static void run_what_it_says(sqlite3 *database, struct arena *arena, const char *query)
{
	struct buf script = buf_new(arena);
	char *why = NULL;

	if (sqlite3_exec(database, query, take_statement, &script, &why) != SQLITE_OK)
		fail_msg("%s: %s", why, query);
	run_script(database, buf_str(&script).data);
}

/* What the steps themselves make: not what SQLite makes of it. */
#define MADE                                                                                                 \
	" sql is not null and name not glob 'sqlite_*'"                                                      \
	" and name not in ('search_data', 'search_idx', 'search_content', 'search_docsize', "                \
	"'search_config')"
#define COLUMNS(schema) "pragma_table_info(m.name, '" schema "')"

/* In this order: an index goes before what it is of, and comes after it. */
static const char *const differences[] = {
	"select 'drop index ' || name from main.sqlite_master m where type = 'index' and" MADE
	" and not exists (select 1 from past.sqlite_master p where p.name = m.name and p.sql = m.sql)",
	"select 'drop table ' || name from main.sqlite_master m where type = 'table' and" MADE
	" and (name not in (select name from past.sqlite_master) or sql like 'create virtual %'"
	" or exists (select name from " COLUMNS("past") " except select name from " COLUMNS("main") "))",
	"select 'alter table ' || m.name || ' drop column ' || c.name"
	" from main.sqlite_master m, " COLUMNS("main") " c where m.type = 'table' and m.name in"
						       " (select name from past.sqlite_master where" MADE ")"
						       " and c.name not in (select name from " COLUMNS(
							       "past") ")",
	"select sql from past.sqlite_master where" MADE
	" and name not in (select name from main.sqlite_master) order by type desc",
};

void older_schema(const char *file, int version)
{
	struct arena *arena = arena_new();
	struct str past = str_format(arena, "%s.past", file);
	sqlite3 *database = open_database(past.data);

	for (size_t i = 0; i < schema_step_count && schema_steps[i].version <= version; i++)
		run_script(database, schema_steps[i].text);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	database = open_database(file);
	run_script(database, str_format(arena, "attach '%s' as past", past.data).data);
	for (size_t i = 0; i < ARRAY_COUNT(differences); i++)
		run_what_it_says(database, arena, differences[i]);
	run_script(database, str_format(arena, "detach past; pragma user_version = %d", version).data);
	assert_int_equal(sqlite3_close(database), SQLITE_OK);
	assert_int_equal(remove(past.data), 0);
	arena_free(arena);
}
