/* store_sqlite.c: SQLite behind store_driver.h: errors, values, statements and transactions. */
#include "store/store_sqlite.h"
#include "store/store_figures.h"
#include "store/store_search.h"
#include "store/store_write.h"

#include <string.h>

struct row {
	sqlite3_stmt *statement;
};

/* ---- errors ---- */

/* A failure of the machine stops all further writing: what is on the disk is no longer known. */
enum err sqlite_fail(struct store *store, int code, const char *what, struct bh_err *reterr)
{
	const char *message = store != NULL && store->database != NULL ? sqlite3_errmsg(store->database)
								       : sqlite3_errstr(code);

	switch (code & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(reterr, ERR_BUSY, what, "the database is in use: %s; try again", message);
	case SQLITE_FULL:
		return err_set(
			reterr, ERR_FULL, what, "no room left on the disk: make room; nothing was lost");
	case SQLITE_IOERR:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		if (store != NULL)
			store->broken = true;
		return err_set(reterr, ERR_IO, what,
			"%s: nothing more is written; check the disk and restart", message);
	default:
		return err_set(reterr, ERR_BROKEN, what, "%s", message);
	}
}

/* ---- values and rows ---- */

struct value value_or_null(int64_t number, int64_t none)
{
	return number == none ? V_NULL : V_INT(number);
}

struct value value_text_or_null(struct str text)
{
	return text.size == 0 ? V_NULL : V_TEXT(text);
}

bool row_is_null(const struct row *row, int column)
{
	return sqlite3_column_type(row->statement, column) == SQLITE_NULL;
}

int64_t row_int(const struct row *row, int column)
{
	return sqlite3_column_int64(row->statement, column);
}

struct str row_text(const struct row *row, int column)
{
	const unsigned char *text = sqlite3_column_text(row->statement, column);

	return text == NULL ? STR_NONE
			    : (struct str){(const char *)text,
				      (size_t)sqlite3_column_bytes(row->statement, column)};
}

struct str row_blob(const struct row *row, int column)
{
	const void *bytes = sqlite3_column_blob(row->statement, column);

	return (struct str){bytes, (size_t)sqlite3_column_bytes(row->statement, column)};
}

struct instant row_instant(const struct row *row, int column)
{
	return row_is_null(row, column) ? INSTANT_NONE : (struct instant){row_int(row, column)};
}

/* ---- statements ---- */

static enum err prepare(
	struct store *store, enum statement which, sqlite3_stmt **ret_statement, struct bh_err *reterr)
{
	if (store->statements[which] == NULL) {
		int code = sqlite3_prepare_v3(store->database, statement_rows[which].text, -1,
			SQLITE_PREPARE_PERSISTENT, &store->statements[which], NULL);

		if (code != SQLITE_OK)
			return sqlite_fail(store, code, statement_rows[which].name, reterr);
	}
	*ret_statement = store->statements[which];
	return ERR_OK;
}

static int bind(sqlite3_stmt *statement, int at, const struct value *value)
{
	switch (value->kind) {
	case VALUE_INT:
		return sqlite3_bind_int64(statement, at, value->number);
	case VALUE_TEXT:
		return sqlite3_bind_text(statement, at, value->bytes.data != NULL ? value->bytes.data : "",
			(int)value->bytes.size, SQLITE_STATIC);
	case VALUE_BLOB:
		return sqlite3_bind_blob(statement, at, value->bytes.data != NULL ? value->bytes.data : "",
			(int)value->bytes.size, SQLITE_STATIC);
	default:
		return sqlite3_bind_null(statement, at);
	}
}

static enum err step_all(struct store *store, sqlite3_stmt *statement, const char *name, row_fn *each,
	void *context, struct bh_err *reterr)
{
	struct row row = {statement};
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		enum err err = each != NULL ? each(context, &row) : ERR_OK;

		if (err != ERR_OK) {
			sqlite3_reset(statement);
			return err;
		}
	}
	/* Reset before the message is read: it is then the statement's own. */
	int reset = sqlite3_reset(statement);

	if (code != SQLITE_DONE)
		return sqlite_fail(store, reset != SQLITE_OK ? reset : code, name, reterr);
	return ERR_OK;
}

enum err driver_run(struct store *store, enum statement which, const struct value *values, size_t count,
	row_fn *each, void *context, struct bh_err *reterr)
{
	sqlite3_stmt *statement = NULL;
	struct value institution = V_INT(store->institution);

	TRY(prepare(store, which, &statement, reterr));
	REQUIRE(statement_rows[which].parameters == (int)count + 1);
	REQUIRE(IMPLIES(statement_rows[which].writes, store->in_transaction));
	int code = bind(statement, 1, &institution);

	for (size_t i = 0; i < count && code == SQLITE_OK; i++)
		code = bind(statement, (int)i + 2, &values[i]);
	if (code != SQLITE_OK)
		return sqlite_fail(store, code, statement_rows[which].name, reterr);
	return step_all(store, statement, statement_rows[which].name, each, context, reterr);
}

enum err driver_script(struct store *store, const char *sql, struct bh_err *reterr)
{
	int code = sqlite3_exec(store->database, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? ERR_OK : sqlite_fail(store, code, "script", reterr);
}

static void bind_known(sqlite3_stmt *statement, int64_t institution, struct instant now, struct str known)
{
	const struct value values[] = {V_INT(institution), V_INT(now.us), V_TEXT(known)};

	/* A question may do without some of them. */
	for (int i = 0; i < (int)ARRAY_COUNT(values); i++) {
		char name[] = {'$', (char)('1' + i), '\0'};
		int at = sqlite3_bind_parameter_index(statement, name);

		if (at > 0)
			(void)bind(statement, at, &values[i]);
	}
}

enum err store_query_text(struct store *store, const char *sql, struct instant now, struct str known,
	store_text_row_fn *each, void *context, struct bh_err *reterr)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL);
	enum err err = ERR_OK;

	if (code != SQLITE_OK)
		return sqlite_fail(store, code, "query", reterr);
	bind_known(statement, store->institution, now, known);
	size_t columns = (size_t)sqlite3_column_count(statement);
	struct arena *arena = arena_new();
	struct str *names = ARENA_TAKE(arena, columns, struct str),
		   *cells = ARENA_TAKE(arena, columns, struct str);

	for (size_t i = 0; i < columns; i++)
		names[i] = str_from(sqlite3_column_name(statement, (int)i));
	while (err == ERR_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		struct row row = {statement};

		for (size_t i = 0; i < columns; i++)
			cells[i] = row_text(&row, (int)i);
		err = each(context, names, cells, columns);
	}
	if (err == ERR_OK && code != SQLITE_DONE)
		err = sqlite_fail(store, code, "query", reterr);
	sqlite3_finalize(statement);
	arena_free(arena);
	return err;
}

/* ---- transactions ---- */

enum err store_begin(struct store *store, struct bh_err *reterr)
{
	REQUIRE(store->writes && !store->in_transaction);
	if (store->broken)
		return err_set(reterr, ERR_IO, "store",
			"an earlier failure of the disk: nothing more is written until a restart");
	TRY(driver_script(store, "begin immediate", reterr));
	store->in_transaction = true;
	return ERR_OK;
}

struct figures *driver_figures(struct store *store)
{
	return store->figures;
}

int64_t *driver_search_waits(struct store *store)
{
	return store->indexes ? &store->search_waits : NULL;
}

enum err store_commit(struct store *store, struct bh_err *reterr)
{
	TRY(figures_write(store, reterr));
	TRY(driver_script(store, "commit", reterr));
	store->in_transaction = false;
	return ERR_OK;
}

void store_abort(struct store *store)
{
	struct bh_err ignored;

	figures_forget(store->figures);
	if (!store->in_transaction)
		return;
	/* SQLite may have rolled back by itself after a failure; then there is nothing left to do. */
	if (sqlite3_get_autocommit(store->database) == 0)
		(void)!driver_script(store, "rollback", &ignored);
	store->in_transaction = false;
}

bool store_in_transaction(const struct store *store)
{
	return store->in_transaction && sqlite3_get_autocommit(store->database) == 0;
}

int64_t store_changes(const struct store *store)
{
	return sqlite3_total_changes64(store->database);
}

enum err store_savepoint(struct store *store, struct bh_err *reterr)
{
	/* What was counted before stays, whatever becomes of the act. */
	TRY(figures_write(store, reterr));
	return driver_script(store, "savepoint act", reterr);
}

enum err store_release(struct store *store, struct bh_err *reterr)
{
	return driver_script(store, "release act", reterr);
}

enum err store_rollback_to(struct store *store, struct bh_err *reterr)
{
	figures_forget(store->figures);
	TRY(driver_script(store, "rollback to act", reterr));
	return driver_script(store, "release act", reterr);
}

enum err store_snapshot_begin(struct store *store, struct bh_err *reterr)
{
	REQUIRE(!store->in_transaction);
	/* The first read takes the snapshot. */
	return driver_script(store, "begin; select 1 from institution", reterr);
}

void store_snapshot_end(struct store *store)
{
	if (sqlite3_get_autocommit(store->database) == 0)
		(void)sqlite3_exec(store->database, "commit", NULL, NULL, NULL);
}
