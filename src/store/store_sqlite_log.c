/* store_sqlite_log.c: the write-ahead log goes into the database beside the writer. Moved by the writer
 * itself, 64 MB of pages that lie all over a large file would stop every act for as long as the disk needs to
 * take them. */
#include "store/store_sqlite.h"
#include "store/store_write.h"

#include <pthread.h>
#include <stdlib.h>

#define LOG_PAGES_MAX 16000 /* 64 MB: then it goes into the database, each page once for many acts */

enum mover_state { MOVER_IDLE, MOVER_ASKED, MOVER_DONE, MOVER_ENDS };

struct log_mover {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t asked;
	enum mover_state state;
	sqlite3 *database; /* a connection of its own; the thread's alone */
};

/* Passive: nobody is ever waited for; what can't be moved now is moved later. Should it fail, the log is
 * whole still. */
static void move_log(sqlite3 *database)
{
	(void)sqlite3_wal_checkpoint_v2(database, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static void *mover_main(void *context)
{
	struct log_mover *mover = context;

	pthread_mutex_lock(&mover->lock);
	while (mover->state != MOVER_ENDS) {
		if (mover->state != MOVER_ASKED) {
			pthread_cond_wait(&mover->asked, &mover->lock);
			continue;
		}
		pthread_mutex_unlock(&mover->lock);
		/* The first takes what had gathered, the second what came meanwhile: little is left to the
		 * writer. */
		move_log(mover->database);
		move_log(mover->database);
		pthread_mutex_lock(&mover->lock);
		if (mover->state == MOVER_ASKED)
			mover->state = MOVER_DONE;
	}
	pthread_mutex_unlock(&mover->lock);
	return NULL;
}

/* NULL when there is no thread or no second connection to be had: then the writer moves the log. */
static struct log_mover *log_mover_new(sqlite3 *writer)
{
	struct log_mover *mover = calloc(1, sizeof *mover);

	REQUIRE(mover != NULL);
	pthread_mutex_init(&mover->lock, NULL);
	pthread_cond_init(&mover->asked, NULL);
	if (sqlite3_open_v2(sqlite3_db_filename(writer, "main"), &mover->database,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
		/* It knows that there is a log only when it has read something. */
		sqlite3_exec(mover->database, "pragma synchronous = full; pragma schema_version", NULL, NULL,
			NULL) == SQLITE_OK &&
		pthread_create(&mover->thread, NULL, mover_main, mover) == 0)
		return mover;
	sqlite3_close(mover->database);
	pthread_cond_destroy(&mover->asked);
	pthread_mutex_destroy(&mover->lock);
	free(mover);
	return NULL;
}

void log_mover_free(struct log_mover *mover)
{
	if (mover == NULL)
		return;
	pthread_mutex_lock(&mover->lock);
	mover->state = MOVER_ENDS;
	pthread_cond_signal(&mover->asked);
	pthread_mutex_unlock(&mover->lock);
	pthread_join(mover->thread, NULL);
	sqlite3_close(mover->database);
	pthread_cond_destroy(&mover->asked);
	pthread_mutex_destroy(&mover->lock);
	free(mover);
}

/* Asks the mover, or says that it is the writer's turn: a log is begun anew only when all of it has been
 * moved, and behind the mover there is always something left that was written meanwhile. */
static bool is_writers_turn(struct log_mover *mover)
{
	pthread_mutex_lock(&mover->lock);
	bool turn = mover->state == MOVER_DONE;

	if (turn)
		mover->state = MOVER_IDLE;
	else if (mover->state == MOVER_IDLE) {
		mover->state = MOVER_ASKED;
		pthread_cond_signal(&mover->asked);
	}
	pthread_mutex_unlock(&mover->lock);
	return turn;
}

static int after_commit(void *context, sqlite3 *database, const char *name, int pages)
{
	struct store *store = context;

	(void)database, (void)name;
	store->log_pages = pages;
	return SQLITE_OK;
}

void log_watch(struct store *store)
{
	sqlite3_wal_hook(store->database, after_commit, store);
}

void store_tidy(struct store *store)
{
	if (store->log_pages < LOG_PAGES_MAX || store->broken)
		return;
	if (store->mover == NULL)
		store->mover = log_mover_new(store->database);
	if (store->mover != NULL && !is_writers_turn(store->mover))
		return;
	move_log(store->database);
	store->log_pages = 0;
}

void store_forget(struct store *store)
{
	/* The mover, should it be at work, is waited for. */
	if (!store->broken)
		(void)sqlite3_wal_checkpoint_v2(
			store->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}
