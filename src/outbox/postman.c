/* postman.c: a thread that goes round: soon after the record has grown, at once where somebody waits for a
 * code, and otherwise now and then, because time alone makes messages due. */
#include "outbox/outbox.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define PAUSE_S      15 /* where nothing happens */
#define PAUSE_SOON_S 5  /* behind a growth: what comes together goes together */

struct postman {
	struct sender *sender;
	struct store *reader;
	postman_complain_fn *complain;
	void *context;
	pthread_t thread;
	bool runs;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool closing, grew, hurry;
};

static time_t seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static bool may_go(const struct postman *postman, time_t waited)
{
	return postman->hurry || (postman->grew && waited >= PAUSE_SOON_S) || waited >= PAUSE_S;
}

/* False when it is time to end. */
static bool wait_for_round(struct postman *postman, time_t since)
{
	pthread_mutex_lock(&postman->lock);
	while (!postman->closing && !may_go(postman, seconds_now() - since)) {
		struct timespec until = {.tv_sec = since + (postman->grew ? PAUSE_SOON_S : PAUSE_S)};

		pthread_cond_timedwait(&postman->changed, &postman->lock, &until);
	}
	postman->grew = postman->hurry = false;
	bool closing = postman->closing;

	pthread_mutex_unlock(&postman->lock);
	return !closing;
}

static void *postman_main(void *context)
{
	struct postman *postman = context;

	for (time_t since = seconds_now(); wait_for_round(postman, since); since = seconds_now()) {
		struct outbox_tally tally;
		struct bh_err why = {0};
		enum err err = sender_round(postman->sender, postman->reader, &tally, &why);

		if (err != ERR_OK)
			postman->complain(postman->context, err, &why);
	}
	return NULL;
}

static void init_lock(struct postman *postman)
{
	pthread_condattr_t monotonic;

	REQUIRE(pthread_mutex_init(&postman->lock, NULL) == 0 && pthread_condattr_init(&monotonic) == 0 &&
		pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0 &&
		pthread_cond_init(&postman->changed, &monotonic) == 0);
	pthread_condattr_destroy(&monotonic);
}

enum err postman_open(const struct outbox_config *config, postman_complain_fn *complain, void *context,
	struct postman **ret_postman, struct bh_err *reterr)
{
	struct postman *postman = calloc(1, sizeof *postman);

	REQUIRE(postman != NULL);
	init_lock(postman);
	postman->complain = complain;
	postman->context = context;
	enum err err = store_open(config->dir, STORE_READ, &postman->reader, reterr);

	if (err == ERR_OK)
		err = sender_new(config, &postman->sender, reterr);
	if (err == ERR_OK && pthread_create(&postman->thread, NULL, postman_main, postman) != 0)
		err = err_set(reterr, ERR_IO, "outbox", "a thread can't be started");
	postman->runs = err == ERR_OK;
	if (err != ERR_OK) {
		postman_close(postman);
		return err;
	}
	*ret_postman = postman;
	return ERR_OK;
}

static void mark(struct postman *postman, bool *mark)
{
	pthread_mutex_lock(&postman->lock);
	*mark = true;
	pthread_cond_signal(&postman->changed);
	pthread_mutex_unlock(&postman->lock);
}

void postman_grew(struct postman *postman)
{
	mark(postman, &postman->grew);
}

void postman_hurry(struct postman *postman)
{
	mark(postman, &postman->hurry);
}

void postman_close(struct postman *postman)
{
	if (postman == NULL)
		return;
	pthread_mutex_lock(&postman->lock);
	postman->closing = true;
	pthread_cond_signal(&postman->changed);
	pthread_mutex_unlock(&postman->lock);
	if (postman->sender != NULL)
		sender_end(postman->sender);
	if (postman->runs)
		pthread_join(postman->thread, NULL);
	sender_free(postman->sender);
	store_close(postman->reader);
	pthread_mutex_destroy(&postman->lock);
	pthread_cond_destroy(&postman->changed);
	free(postman);
}
