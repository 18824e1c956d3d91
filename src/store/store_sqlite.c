/* store_sqlite.c: SQLite behind store_driver.h; the only user of sqlite3.h. */
#include "store/store_driver.h"
#include "store/store_figures.h"
#include "store/store_fill.h"
#include "store/store_fts.h"
#include "store/store_search.h"
#include "store/store_write.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID       0x42484e31 /* "BHN1": `file` and people can tell the database by it */
#define BUSY_TIMEOUT_MS      5000
#define SCHEMA_WITH_SESSIONS 2
#define SCHEMA_WITH_OUTBOX   15
#define LOG_PAGES_MAX        16000 /* 64 MB: then it goes into the database, each page once for many acts */
#define PATH_MAX_BYTES       4096
#define FOLDER_MAX_BYTES     4000 /* leaves room for the names of the files in it */

struct store {
	sqlite3 *database;
	sqlite3_stmt *statements[STMT_COUNT];
	int64_t institution;
	int schema_version;
	int lock; /* file descriptor of the folder's lock; -1: not ours */
	bool writes, in_transaction, broken;
	int log_pages; /* of the write-ahead log after the last commit */
	struct figures *figures;
	bool indexes;         /* what is found by its words */
	int64_t search_waits; /* see driver_search_waits */
};

struct row {
	sqlite3_stmt *statement;
};

/* ---- errors ---- */

/* A failure of the machine stops all further writing: what is on the disk is no longer known. */
static enum err fail(struct store *store, int code, const char *what, struct bh_err *reterr)
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
			return fail(store, code, statement_rows[which].name, reterr);
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
		return fail(store, reset != SQLITE_OK ? reset : code, name, reterr);
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
		return fail(store, code, statement_rows[which].name, reterr);
	return step_all(store, statement, statement_rows[which].name, each, context, reterr);
}

enum err driver_script(struct store *store, const char *sql, struct bh_err *reterr)
{
	int code = sqlite3_exec(store->database, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? ERR_OK : fail(store, code, "script", reterr);
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
		return fail(store, code, "query", reterr);
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
		err = fail(store, code, "query", reterr);
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

static int after_commit(void *context, sqlite3 *database, const char *name, int pages)
{
	struct store *store = context;

	(void)database, (void)name;
	store->log_pages = pages;
	return SQLITE_OK;
}

void store_tidy(struct store *store)
{
	if (store->log_pages < LOG_PAGES_MAX || store->broken)
		return;
	/* Passive: readers are never waited for; what can't be moved now is moved later. */
	(void)sqlite3_wal_checkpoint_v2(store->database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	store->log_pages = 0;
}

void store_forget(struct store *store)
{
	if (!store->broken)
		(void)sqlite3_wal_checkpoint_v2(
			store->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

/* ---- opening ---- */

const char *store_sqlite_version(void)
{
	return sqlite3_libversion();
}

/* 3.7.0 to 3.51.2 can lose committed pages when a write-ahead log is reset under a second connection. */
static enum err check_library(struct bh_err *reterr)
{
	int version = sqlite3_libversion_number();

	if (version >= 3007000 && version < 3051003)
		return err_set(reterr, ERR_CONFLICT, "sqlite",
			"SQLite %s has a defect that can damage the database: build with the bundled one",
			sqlite3_libversion());
	return ERR_OK;
}

static enum err set_up(struct store *store, enum store_mode mode, struct bh_err *reterr)
{
	sqlite3_busy_timeout(store->database, BUSY_TIMEOUT_MS);
	sqlite3_extended_result_codes(store->database, 1);
	/* Plans don't depend on the values of parameters: else a statement is prepared anew with each other
	 * value, which costs a large one many times what it does. */
	sqlite3_db_config(store->database, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
	int code = fts_register(store->database);

	if (code != SQLITE_OK)
		return fail(store, code, "search", reterr);
	TRY(driver_script(store,
		"pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory; pragma "
		"cache_size = -8000",
		reterr));
	if (mode == STORE_READ)
		return driver_script(store, "pragma query_only = on", reterr);
	if (mode == STORE_MEMORY)
		return driver_script(store, "pragma journal_mode = memory; pragma synchronous = off", reterr);
	sqlite3_wal_hook(store->database, after_commit, store); /* the writer alone moves the log */
	if (mode == STORE_SESSION)
		return driver_script(store, "pragma synchronous = full", reterr);
	TRY(driver_script(store,
		"pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -64000", reterr));
	return ERR_OK;
}

static int read_version(void *context, int columns, char **values, char **names)
{
	(void)columns, (void)names;
	int64_t version = 0;

	if (!str_to_int(str_from(values[0]), &version))
		return 1;
	*(int *)context = (int)version;
	return 0;
}

static enum err schema_version(struct store *store, struct bh_err *reterr)
{
	int code = sqlite3_exec(
		store->database, "pragma user_version", read_version, &store->schema_version, NULL);

	return code == SQLITE_OK ? ERR_OK : fail(store, code, "schema", reterr);
}

int store_schema_newest(void)
{
	return schema_steps[schema_step_count - 1].version;
}

int store_schema_version(const struct store *store)
{
	return store->schema_version;
}

/* Each step in a transaction of its own, with the version it leads to. */
static enum err take_steps(struct store *store, struct bh_err *reterr)
{
	char mark[128];

	for (size_t i = 0; i < schema_step_count; i++) {
		if (schema_steps[i].version <= store->schema_version)
			continue;
		snprintf(mark, sizeof mark, "pragma user_version = %d; pragma application_id = %d",
			schema_steps[i].version, APPLICATION_ID);
		TRY(store_begin(store, reterr));
		enum err err = driver_script(store, schema_steps[i].text, reterr);

		if (err == ERR_OK)
			err = schema_fill(store, schema_steps[i].version, reterr);
		if (err == ERR_OK)
			err = driver_script(store, mark, reterr);
		if (err == ERR_OK)
			err = store_commit(store, reterr);
		if (err != ERR_OK) {
			store_abort(store);
			return err;
		}
		store->schema_version = schema_steps[i].version;
	}
	return ERR_OK;
}

static enum err check_schema(const struct store *store, struct bh_err *reterr)
{
	if (store->schema_version > store_schema_newest())
		return err_set(reterr, ERR_CONFLICT, "schema",
			"the data folder has schema %d and this program knows %d: use the newer program",
			store->schema_version, store_schema_newest());
	if (store->schema_version < store_schema_newest())
		return err_set(reterr, ERR_CONFLICT, "schema",
			"the data folder has schema %d, this program needs %d: run bihuan migrate",
			store->schema_version, store_schema_newest());
	return ERR_OK;
}

/* One process writes. The lock goes with the file descriptor, so a killed process leaves none behind. */
static enum err take_lock(struct store *store, struct str dir, struct bh_err *reterr)
{
	char path[PATH_MAX_BYTES], pid[32] = "";

	snprintf(path, sizeof path, "%.*s/lock", STR_ARG(dir));
	store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (store->lock < 0)
		return err_set(reterr, ERR_IO, path, "can't make the lock file: %s", strerror(errno));
	if (flock(store->lock, LOCK_EX | LOCK_NB) != 0) {
		ssize_t got = read(store->lock, pid, sizeof pid - 1);

		pid[got > 0 ? got : 0] = '\0';
		return err_set(reterr, ERR_BUSY, dir.data,
			"another bihuan (process %s) writes this folder: use it, or stop it first",
			pid[0] != '\0' ? pid : "unknown");
	}
	snprintf(pid, sizeof pid, "%d", (int)getpid());
	if (ftruncate(store->lock, 0) != 0 || write(store->lock, pid, strlen(pid)) < 0)
		return err_set(reterr, ERR_IO, path, "can't write the lock file: %s", strerror(errno));
	return ERR_OK;
}

bool store_is_written(struct str dir, int64_t *ret_process)
{
	char path[PATH_MAX_BYTES], pid[32];

	*ret_process = 0;
	snprintf(path, sizeof path, "%.*s/lock", STR_ARG(dir));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool written = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;
	ssize_t got = written ? read(fd, pid, sizeof pid) : 0;

	if (got > 0 && !str_to_int((struct str){pid, (size_t)got}, ret_process))
		*ret_process = 0;
	if (fd >= 0)
		close(fd);
	return written;
}

static enum err check_folder(struct str dir, enum store_mode mode, const char *path, struct bh_err *reterr)
{
	struct stat found;
	bool there = stat(path, &found) == 0;

	if (mode == STORE_CREATE && there)
		return err_set(reterr, ERR_CONFLICT, dir.data,
			"there is an installation here already: choose another folder");
	if (mode == STORE_CREATE && mkdir(dir.data, 0700) != 0 && errno != EEXIST)
		return err_set(reterr, ERR_IO, dir.data, "can't make the folder: %s", strerror(errno));
	if (mode != STORE_CREATE && !there)
		return err_set(reterr, ERR_NOT_FOUND, dir.data,
			"there is no installation here: make one with bihuan init");
	return ERR_OK;
}

static int put_drop(void *context, int columns, char **values, char **names)
{
	(void)columns, (void)names;
	buf_format(context, "drop index %s;", values[0]);
	return 0;
}

static enum err drop_indexes(struct store *store, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct buf drops = buf_new(arena);
	int code = sqlite3_exec(store->database,
		"select name from sqlite_master where type = 'index' and sql is not null and name <> "
		"'matter_parent'",
		put_drop, &drops, NULL);
	enum err err = code == SQLITE_OK ? driver_script(store, buf_str(&drops).data, reterr)
					 : fail(store, code, "schema", reterr);

	arena_free(arena);
	return err;
}

static enum err open_file(struct store *store, const char *path, enum store_mode mode, struct bh_err *reterr)
{
	int flags = SQLITE_OPEN_NOMUTEX |
		    (mode == STORE_READ ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	int code = sqlite3_open_v2(path, &store->database, flags, NULL);

	if (code != SQLITE_OK)
		return fail(store, code, path, reterr);
	TRY(set_up(store, mode, reterr));
	TRY(schema_version(store, reterr));
	if (mode == STORE_CREATE || mode == STORE_MEMORY)
		TRY(take_steps(store, reterr));
	/* What is nowhere is only written and read through: no index but the one by which parts are found,
	 * and one open transaction from its first row to its last. */
	if (mode == STORE_MEMORY)
		TRY(drop_indexes(store, reterr));
	return mode == STORE_MEMORY ? store_begin(store, reterr) : ERR_OK;
}

static enum err open_any(
	struct str dir, enum store_mode mode, bool migrate, struct store **ret_store, struct bh_err *reterr)
{
	char path[PATH_MAX_BYTES], folder[FOLDER_MAX_BYTES];
	struct store *store;
	enum err err = ERR_OK;

	TRY(check_library(reterr));
	snprintf(folder, sizeof folder, "%.*s", STR_ARG(dir));
	snprintf(path, sizeof path, "%s/bihuan.db", folder);
	if (mode == STORE_MEMORY)
		snprintf(path, sizeof path, ":memory:");
	else
		TRY(check_folder(str_from(folder), mode, path, reterr));
	store = calloc(1, sizeof *store);
	REQUIRE(store != NULL);
	store->institution = 1;
	store->lock = -1;
	store->figures = figures_new();
	store->writes = mode != STORE_READ;
	store->indexes = mode == STORE_WRITE || mode == STORE_CREATE;
	if (mode == STORE_WRITE || mode == STORE_CREATE)
		err = take_lock(store, str_from(folder), reterr);
	if (err == ERR_OK)
		err = open_file(store, path, mode, reterr);
	if (err == ERR_OK && migrate)
		err = take_steps(store, reterr);
	if (err == ERR_OK)
		err = check_schema(store, reterr);
	if (err == ERR_OK && store->indexes)
		err = search_count_waiting(store, reterr);
	if (err != ERR_OK) {
		store_close(store);
		return err;
	}
	*ret_store = store;
	return ERR_OK;
}

enum err store_open(struct str dir, enum store_mode mode, struct store **ret_store, struct bh_err *reterr)
{
	return open_any(dir, mode, false, ret_store, reterr);
}

enum err store_migrate(struct str dir, int *ret_before, struct bh_err *reterr)
{
	struct store *store;
	char path[PATH_MAX_BYTES];
	sqlite3 *database = NULL;

	snprintf(path, sizeof path, "%.*s/bihuan.db", STR_ARG(dir));
	*ret_before = 0;
	if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
		(void)sqlite3_exec(database, "pragma user_version", read_version, ret_before, NULL);
	sqlite3_close(database);
	TRY(open_any(dir, STORE_WRITE, true, &store, reterr));
	store_close(store);
	return ERR_OK;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	for (size_t i = 0; i < STMT_COUNT; i++)
		sqlite3_finalize(store->statements[i]);
	sqlite3_close(store->database);
	figures_free(store->figures);
	if (store->lock >= 0)
		close(store->lock);
	free(store);
}

bool store_is_broken(const struct store *store)
{
	return store->broken;
}

/* ---- keeping ---- */

static enum err copy_database(
	sqlite3 *to, sqlite3 *from, store_progress_fn *progress, void *context, struct bh_err *reterr)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	int code;

	if (backup == NULL)
		return err_set(reterr, ERR_IO, "backup", "%s", sqlite3_errmsg(to));
	do {
		code = sqlite3_backup_step(backup, 1024);
		if (progress != NULL)
			progress(context, sqlite3_backup_pagecount(backup) - sqlite3_backup_remaining(backup),
				sqlite3_backup_pagecount(backup));
		if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
			sqlite3_sleep(10);
	} while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED);
	sqlite3_backup_finish(backup);
	return code == SQLITE_DONE ? ERR_OK : err_set(reterr, ERR_IO, "backup", "%s", sqlite3_errstr(code));
}

enum err store_backup(struct store *store, struct str file, store_progress_fn *progress, void *context,
	struct bh_err *reterr)
{
	sqlite3 *copy = NULL;
	char path[PATH_MAX_BYTES];

	snprintf(path, sizeof path, "%.*s", STR_ARG(file));
	/* It holds what not everybody may read, and may lie anywhere. */
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return err_set(
			reterr, ERR_CONFLICT, path, "there is such a file already: choose another name");
	if (fd < 0)
		return err_set(reterr, errno == ENOSPC ? ERR_FULL : ERR_IO, path, "it can't be written: %s",
			strerror(errno));
	close(fd);
	if (sqlite3_open_v2(path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) {
		enum err err = err_set(reterr, ERR_IO, path, "%s", sqlite3_errmsg(copy));

		sqlite3_close(copy);
		return err;
	}
	/* One snapshot from the first page to the last: else each commit meanwhile would begin the copy anew.
	 */
	enum err err = store_snapshot_begin(store, reterr);

	if (err == ERR_OK) {
		err = copy_database(copy, store->database, progress, context, reterr);
		store_snapshot_end(store);
	}
	/* A copy stands alone: no log beside it. */
	if (err == ERR_OK &&
		sqlite3_exec(copy, "pragma journal_mode = delete", NULL, NULL, NULL) != SQLITE_OK)
		err = err_set(reterr, ERR_IO, path, "%s", sqlite3_errmsg(copy));
	sqlite3_close(copy);
	if (err != ERR_OK)
		unlink(path);
	return err;
}

static int read_verdict(void *context, int columns, char **values, char **names)
{
	struct buf *buf = context;

	(void)columns, (void)names;
	buf_format(buf, "%s%s", buf->size > 0 ? "; " : "", values[0] != NULL ? values[0] : "?");
	return 0;
}

enum err store_integrity(
	struct store *store, struct arena *arena, struct str *ret_verdict, struct bh_err *reterr)
{
	struct buf buf = buf_new(arena);
	int code = sqlite3_exec(store->database, "pragma integrity_check(20)", read_verdict, &buf, NULL);

	if (code != SQLITE_OK)
		return fail(store, code, "integrity", reterr);
	*ret_verdict = buf_str(&buf);
	return ERR_OK;
}

static enum err copy_checked(struct store *from, struct str dir, struct arena *arena, struct bh_err *reterr)
{
	struct str verdict;
	struct store *to;

	TRY(store_integrity(from, arena, &verdict, reterr));
	if (!str_is(verdict, "ok"))
		return err_set(reterr, ERR_TAMPERED, "backup", "the file is damaged: %.200s", verdict.data);
	TRY(schema_version(from, reterr));
	if (from->schema_version == 0 || from->schema_version > store_schema_newest())
		return err_set(
			reterr, ERR_INVALID, "backup", "that is no backup of a bihuan this program knows");
	TRY(store_open(dir, STORE_CREATE, &to, reterr));
	enum err err = copy_database(to->database, from->database, NULL, NULL, reterr);

	if (err == ERR_OK)
		err = driver_script(to, "pragma journal_mode = wal", reterr);
	/* A session that was ended after the backup doesn't live again. */
	if (err == ERR_OK && from->schema_version >= SCHEMA_WITH_SESSIONS)
		err = driver_script(to, "delete from session", reterr);
	/* What waited then may have gone since, and nothing is sent twice. */
	if (err == ERR_OK && from->schema_version >= SCHEMA_WITH_OUTBOX)
		err = driver_script(to,
			"update message set state = 'void', next = null where state in ('waiting', 'going');"
			"update telling set told = (select count(*) from event e where e.institution_id = "
			"telling.institution_id)",
			reterr);
	store_close(to);
	return err;
}

enum err store_restore(struct str file, struct str dir, struct bh_err *reterr)
{
	struct store from = {.lock = -1};
	struct arena *arena = arena_new();
	char path[PATH_MAX_BYTES];
	enum err err;

	snprintf(path, sizeof path, "%.*s", STR_ARG(file));
	int code = sqlite3_open_v2(path, &from.database, SQLITE_OPEN_READONLY, NULL);

	if (code == SQLITE_OK)
		code = fts_register(from.database); /* else its pages can't be checked */
	err = code == SQLITE_OK ? copy_checked(&from, dir, arena, reterr) : fail(&from, code, path, reterr);
	sqlite3_close(from.database);
	arena_free(arena);
	return err;
}
