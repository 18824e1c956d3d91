/* store_sqlite.h: a store as SQLite holds it, shared by the files behind store_driver.h; the only door to
 * sqlite3.h but that of the search (store_fts.c). */
#ifndef STORE_STORE_SQLITE_H
#define STORE_STORE_SQLITE_H

#include "store/store_driver.h"

#include <sqlite3.h>

#define STORE_PATH_MAX 4096 /* bytes of a path with its NUL */

struct log_mover;

struct store {
	sqlite3 *database;
	sqlite3_stmt *statements[STMT_COUNT];
	int64_t institution;
	int schema_version;
	int lock; /* file descriptor of the folder's lock; -1: not ours */
	bool writes, in_transaction, broken;
	int log_pages;           /* of the write-ahead log after the last commit */
	struct log_mover *mover; /* NULL until the log grew for the first time */
	struct figures *figures;
	bool indexes;         /* what is found by its words */
	int64_t search_waits; /* see driver_search_waits */
};

/* A failure of SQLite as an error of ours. One of the machine marks the store as broken: nothing more is
 * written. `store` may be NULL, or without a database. */
enum err sqlite_fail(struct store *store, int code, const char *what, struct bh_err *reterr);

/* ---- the write-ahead log (store_sqlite_log.c) ---- */

/* Watches how far the log of the writer has grown. */
void log_watch(struct store *store);
void log_mover_free(struct log_mover *mover); /* waits until it is done; NULL is fine */

/* ---- opening (store_sqlite_open.c) ---- */

/* Reads which step of the schema the database has come to. */
MUST_CHECK enum err sqlite_schema_version(struct store *store, struct bh_err *reterr);

#endif
