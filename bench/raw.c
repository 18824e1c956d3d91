/* raw.c: SQLite alone, writing the very rows that our acts wrote, with the same durability: the limit that
 * this machine sets. Nothing is decided, hashed, signed or re-read here. */
#include "bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* The tables that a report touches, and how its rows are found in the original: by event index, or as the
 * rows of the matters that those events are about. */
#define MATTER_OF_EVENT                                                                                      \
	"(select cast(substr(object, 2) as integer) from original.event where institution_id = 1 and idx = " \
	"$1)"
static const struct raw_table {
	const char *name, *where;
} raw_tables[] = {
	{"event", "idx = $1"},
	{"payload", "idx = $1"},
	{"ledger_node", "level = 0 and i = $1"},
	/* Each second append closes a pair, each fourth a pair of pairs …: one more node on average. */
	{"ledger_node", "level = 1 and i = $1 / 2 and $1 % 2 = 1"},
	{"ledger_node", "level = 2 and i = $1 / 4 and $1 % 4 = 3"},
	{"ledger_node", "level = 3 and i = $1 / 8 and $1 % 8 = 7"},
	{"matter", "id = " MATTER_OF_EVENT},
	{"duty", "matter = " MATTER_OF_EVENT
		 " and armed >= (select time from original.event where institution_id = 1 and idx = $1)"},
	{"deed", "matter = " MATTER_OF_EVENT " and action = 'report'"},
	{"search_said", "id = " MATTER_OF_EVENT},
};
#define RAW_TABLES ARRAY_COUNT(raw_tables)

static void check(sqlite3 *database, int code)
{
	if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
		return;
	fprintf(stderr, "bench: sqlite: %s\n", sqlite3_errmsg(database));
	exit(3);
}

static void run(sqlite3 *database, const char *sql)
{
	check(database, sqlite3_exec(database, sql, NULL, NULL, NULL));
}

/* All rows in memory before the clock starts: one list of statements with their values bound. */
struct raw_row {
	size_t table;
	int64_t act;
	int columns;
	sqlite3_value **values;
};

struct raw_rows {
	struct raw_row *items;
	size_t count, capacity;
};

static void take_rows(sqlite3 *database, size_t table, int64_t event, int64_t act, struct raw_rows *rows)
{
	char sql[512];
	static sqlite3_stmt *selects[RAW_TABLES];

	if (selects[table] == NULL) {
		snprintf(sql, sizeof sql, "select * from original.%s where institution_id = 1 and %s",
			raw_tables[table].name, raw_tables[table].where);
		check(database, sqlite3_prepare_v2(database, sql, -1, &selects[table], NULL));
	}
	sqlite3_stmt *select = selects[table];

	sqlite3_bind_int64(select, 1, event);
	while (sqlite3_step(select) == SQLITE_ROW) {
		struct raw_row row = {.table = table, .act = act, .columns = sqlite3_column_count(select)};

		row.values = calloc((size_t)row.columns, sizeof *row.values);
		REQUIRE(row.values != NULL);
		for (int i = 0; i < row.columns; i++)
			row.values[i] = sqlite3_value_dup(sqlite3_column_value(select, i));
		if (rows->count == rows->capacity) {
			rows->capacity = rows->capacity == 0 ? 4096 : rows->capacity * 2;
			rows->items = realloc(rows->items, rows->capacity * sizeof *rows->items);
			REQUIRE(rows->items != NULL);
		}
		rows->items[rows->count++] = row;
	}
	check(database, sqlite3_reset(select));
	if (event < 0) {
		sqlite3_finalize(select);
		selects[table] = NULL;
	}
}

static sqlite3_stmt *insert_into(sqlite3 *database, const struct raw_row *row)
{
	char sql[1024];
	int size = snprintf(
		sql, sizeof sql, "insert or replace into main.%s values (?", raw_tables[row->table].name);
	sqlite3_stmt *insert;

	for (int i = 1; i < row->columns; i++)
		size += snprintf(sql + size, sizeof sql - (size_t)size, ",?");
	snprintf(sql + size, sizeof sql - (size_t)size, ")");
	check(database, sqlite3_prepare_v2(database, sql, -1, &insert, NULL));
	return insert;
}

static double write_rows(sqlite3 *database, const struct raw_rows *rows, int in_flight)
{
	sqlite3_stmt *inserts[RAW_TABLES] = {NULL};
	int64_t began = bench_now_us();

	for (size_t i = 0; i < rows->count; i++) {
		const struct raw_row *row = &rows->items[i];
		bool begins = i == 0 || rows->items[i - 1].act / in_flight != row->act / in_flight;

		if (begins) {
			if (i > 0)
				run(database, "commit");
			run(database, "begin immediate");
		}
		if (inserts[row->table] == NULL)
			inserts[row->table] = insert_into(database, row);
		for (int c = 0; c < row->columns; c++)
			sqlite3_bind_value(inserts[row->table], c + 1, row->values[c]);
		check(database, sqlite3_step(inserts[row->table]));
		check(database, sqlite3_reset(inserts[row->table]));
	}
	run(database, "commit");
	double seconds = (double)(bench_now_us() - began) / 1e6;

	for (size_t i = 0; i < RAW_TABLES; i++)
		sqlite3_finalize(inserts[i]);
	return seconds;
}

double raw_commit(const char *copy, const char *original, int64_t first_event, int in_flight, int64_t acts)
{
	char sql[4200];
	sqlite3 *database;
	struct raw_rows rows = {0};

	check(NULL, sqlite3_open_v2(copy, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL));
	run(database,
		"pragma journal_mode = wal; pragma synchronous = full; pragma wal_autocheckpoint = 16000");
	snprintf(sql, sizeof sql, "attach 'file:%s/bihuan.db?mode=ro' as original", original);
	sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	run(database, sql);
	for (int64_t act = 0; act < acts; act++)
		for (size_t table = 0; table < RAW_TABLES; table++)
			take_rows(database, table, first_event + act, act, &rows);
	for (size_t table = 0; table < RAW_TABLES; table++)
		take_rows(database, table, -1, 0, &rows);
	run(database, "detach original");
	double seconds = write_rows(database, &rows, in_flight);

	for (size_t i = 0; i < rows.count; i++) {
		for (int c = 0; c < rows.items[i].columns; c++)
			sqlite3_value_free(rows.items[i].values[c]);
		free(rows.items[i].values);
	}
	free(rows.items);
	sqlite3_close(database);
	return (double)acts / seconds;
}
