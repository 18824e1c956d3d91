/* store_sqlite_keep.c: keeping the database: a copy of it, its soundness, and back from a copy. */
#include "store/store_fts.h"
#include "store/store_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SCHEMA_WITH_SESSIONS 2
#define SCHEMA_WITH_OUTBOX   15

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
	char path[STORE_PATH_MAX];

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
		return sqlite_fail(store, code, "integrity", reterr);
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
	TRY(sqlite_schema_version(from, reterr));
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
	char path[STORE_PATH_MAX];
	enum err err;

	snprintf(path, sizeof path, "%.*s", STR_ARG(file));
	int code = sqlite3_open_v2(path, &from.database, SQLITE_OPEN_READONLY, NULL);

	if (code == SQLITE_OK)
		code = fts_register(from.database); /* else its pages can't be checked */
	err = code == SQLITE_OK ? copy_checked(&from, dir, arena, reterr)
				: sqlite_fail(&from, code, path, reterr);
	sqlite3_close(from.database);
	arena_free(arena);
	return err;
}
