/* workers.c: one queue, several threads. */
#include "http/workers.h"

#include <pthread.h>
#include <stdlib.h>

#define WORKERS_MAX 64
#define QUEUE_MAX   1024

struct worker {
	struct workers *workers;
	struct store *reader;
	pthread_t thread;
	bool runs;
};

struct workers {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct exchange *first, *newest;
	size_t queued;
	bool closing;
	size_t count;
	struct worker items[WORKERS_MAX];
};

bool workers_put(struct workers *workers, struct exchange *exchange)
{
	exchange->next = NULL;
	pthread_mutex_lock(&workers->lock);
	bool taken = workers->queued < QUEUE_MAX;

	if (taken) {
		if (workers->newest != NULL)
			workers->newest->next = exchange;
		else
			workers->first = exchange;
		workers->newest = exchange;
		workers->queued++;
		pthread_cond_signal(&workers->changed);
	}
	pthread_mutex_unlock(&workers->lock);
	return taken;
}

static struct exchange *take(struct workers *workers)
{
	struct exchange *exchange;

	pthread_mutex_lock(&workers->lock);
	while (workers->first == NULL && !workers->closing)
		pthread_cond_wait(&workers->changed, &workers->lock);
	exchange = workers->first;
	if (exchange != NULL) {
		workers->first = exchange->next;
		if (workers->first == NULL)
			workers->newest = NULL;
		workers->queued--;
	}
	pthread_mutex_unlock(&workers->lock);
	return exchange;
}

static void *worker_main(void *context)
{
	struct worker *worker = context;
	struct exchange *exchange;

	while ((exchange = take(worker->workers)) != NULL)
		dispatch_work(exchange, worker->reader);
	return NULL;
}

static enum err worker_open(struct worker *worker, struct str dir, struct bh_err *reterr)
{
	TRY(store_open(dir, STORE_READ, &worker->reader, reterr));
	if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0)
		return err_set(reterr, ERR_IO, "workers", "a thread can't be started");
	worker->runs = true;
	return ERR_OK;
}

enum err workers_open(struct str dir, int count, struct workers **ret_workers, struct bh_err *reterr)
{
	struct workers *workers = calloc(1, sizeof *workers);
	enum err err = ERR_OK;

	REQUIRE(workers != NULL && pthread_mutex_init(&workers->lock, NULL) == 0 &&
		pthread_cond_init(&workers->changed, NULL) == 0);
	workers->count = (size_t)(count > WORKERS_MAX ? WORKERS_MAX : count);
	for (size_t i = 0; i < workers->count && err == ERR_OK; i++) {
		workers->items[i].workers = workers;
		err = worker_open(&workers->items[i], dir, reterr);
	}
	if (err != ERR_OK) {
		workers_close(workers);
		return err;
	}
	*ret_workers = workers;
	return ERR_OK;
}

void workers_close(struct workers *workers)
{
	if (workers == NULL)
		return;
	pthread_mutex_lock(&workers->lock);
	workers->closing = true;
	pthread_cond_broadcast(&workers->changed);
	pthread_mutex_unlock(&workers->lock);
	for (size_t i = 0; i < workers->count; i++) {
		if (workers->items[i].runs)
			pthread_join(workers->items[i].thread, NULL);
		store_close(workers->items[i].reader);
	}
	pthread_cond_destroy(&workers->changed);
	pthread_mutex_destroy(&workers->lock);
	free(workers);
}

size_t workers_queued(struct workers *workers)
{
	pthread_mutex_lock(&workers->lock);
	size_t queued = workers->queued;

	pthread_mutex_unlock(&workers->lock);
	return queued;
}
