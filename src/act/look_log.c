/* look_log.c: who looked at what, gathered between two records of it. */
#include "act/auth.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define GATHERED_MAX 100

struct look_log {
	struct installation *installation;
	pthread_mutex_t lock;
	struct arena *arena; /* owns the items' texts; renewed at each flush */
	struct looked *items;
	size_t count, capacity;
};

struct look_log *look_log_new(struct installation *installation)
{
	struct look_log *log = calloc(1, sizeof *log);

	REQUIRE(log != NULL && pthread_mutex_init(&log->lock, NULL) == 0);
	log->installation = installation;
	log->arena = arena_new();
	return log;
}

void look_log_free(struct look_log *log)
{
	if (log == NULL)
		return;
	pthread_mutex_destroy(&log->lock);
	arena_free(log->arena);
	free(log);
}

static void gather(struct look_log *log, const struct looked *looked)
{
	for (size_t i = 0; i < log->count; i++) {
		struct looked *item = &log->items[i];

		if (item->account != looked->account || !str_equal(item->object, looked->object))
			continue;
		item->times += looked->times;
		if (looked->first.us < item->first.us)
			item->first = looked->first;
		if (looked->last.us > item->last.us)
			item->last = looked->last;
		return;
	}
	struct looked *item = ARENA_PUSH(log->arena, log->items, log->count, log->capacity);

	*item = *looked;
	item->object = str_copy(log->arena, looked->object);
}

bool look_log_add(struct look_log *log, struct str object, int64_t account)
{
	struct instant now = installation_now(log->installation);
	struct looked looked = {.object = object, .account = account, .first = now, .last = now, .times = 1};

	pthread_mutex_lock(&log->lock);
	gather(log, &looked);
	bool full = log->count >= GATHERED_MAX;

	pthread_mutex_unlock(&log->lock);
	return full;
}

static int by_object(const void *a, const void *b)
{
	const struct looked *one = a, *other = b;

	return str_compare(one->object, other->object);
}

enum err look_log_flush(struct look_log *log, struct bh_err *reterr)
{
	struct act act = {.kind = ACT_LOOK};
	struct receipt receipt;

	pthread_mutex_lock(&log->lock);
	struct arena *arena = log->arena;
	struct looked *items = log->items;
	size_t count = log->count;

	log->arena = arena_new();
	log->items = NULL;
	log->count = log->capacity = 0;
	pthread_mutex_unlock(&log->lock);
	if (count > 0)
		qsort(items, count, sizeof *items, by_object);
	act.what.looks.items = items;
	act.what.looks.count = count;
	enum err err = count == 0 ? ERR_OK : act_run(log->installation, &act, &receipt, reterr);

	if (err != ERR_OK) {
		pthread_mutex_lock(&log->lock);
		for (size_t i = 0; i < count; i++)
			gather(log, &items[i]);
		pthread_mutex_unlock(&log->lock);
	}
	arena_free(arena);
	return err;
}
