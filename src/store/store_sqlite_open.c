/* store_sqlite_open.c: a folder becomes a store: its lock, its schema, the settings of its connection. */
#include "store/store_figures.h"
#include "store/store_fill.h"
#include "store/store_fts.h"
#include "store/store_search.h"
#include "store/store_sqlite.h"
#include "store/store_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define APPLICATION_ID   0x42484e31 /* "BHN1": `file` and people can tell the database by it */
#define BUSY_TIMEOUT_MS  5000
#define FOLDER_MAX_BYTES 4000 /* leaves room for the names of the files in it */

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
		return sqlite_fail(store, code, "search", reterr);
	TRY(driver_script(store,
		"pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory; pragma "
		"cache_size = -8000",
		reterr));
	if (mode == STORE_READ)
		return driver_script(store, "pragma query_only = on", reterr);
	if (mode == STORE_MEMORY)
		return driver_script(store, "pragma journal_mode = memory; pragma synchronous = off", reterr);
	log_watch(store); /* nobody but the writer says when the log is moved */
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

enum err sqlite_schema_version(struct store *store, struct bh_err *reterr)
{
	int code = sqlite3_exec(
		store->database, "pragma user_version", read_version, &store->schema_version, NULL);

	return code == SQLITE_OK ? ERR_OK : sqlite_fail(store, code, "schema", reterr);
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
	char path[STORE_PATH_MAX], pid[32] = "";

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
	char path[STORE_PATH_MAX], pid[32];

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
					 : sqlite_fail(store, code, "schema", reterr);

	arena_free(arena);
	return err;
}

static enum err open_file(struct store *store, const char *path, enum store_mode mode, struct bh_err *reterr)
{
	int flags = SQLITE_OPEN_NOMUTEX |
		    (mode == STORE_READ ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	int code = sqlite3_open_v2(path, &store->database, flags, NULL);

	if (code != SQLITE_OK)
		return sqlite_fail(store, code, path, reterr);
	TRY(set_up(store, mode, reterr));
	TRY(sqlite_schema_version(store, reterr));
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
	char path[STORE_PATH_MAX], folder[FOLDER_MAX_BYTES];
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
	char path[STORE_PATH_MAX];
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
	log_mover_free(store->mover);
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
