/* ticker.c: sleeps until something can fall due. */
#include "http/ticker.h"
#include "exchange/letter_files.h"
#include "http/moment.h"

#include <stdlib.h>

#define PAUSE_MAX_US  INT64_C(60000000)  /* a clock that was set is noticed within this */
#define PAUSE_MIN_US  INT64_C(1000000)   /* between two looks: growth can come a thousand times a second */
#define TIDY_EVERY_US INT64_C(600000000) /* between two looks at files that nobody showed */

struct ticker {
	struct str dir;
	struct installation *installation;
	struct store *reader;
	struct look_log *looks;
	struct uploads *const *uploads; /* UPLOAD_USE_COUNT of them */
	struct instant tidied;
	ticker_complain_fn *complain;
	void *context;
	pthread_t thread;
	bool runs;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool closing, grew;
};

static bool wait_until(struct ticker *ticker, int64_t at_us, bool growth_ends_it)
{
	pthread_mutex_lock(&ticker->lock);
	while (!ticker->closing && !(growth_ends_it && ticker->grew) &&
		moment_wait(&ticker->lock, &ticker->changed, at_us))
		;
	bool closing = ticker->closing;

	if (growth_ends_it)
		ticker->grew = false;
	pthread_mutex_unlock(&ticker->lock);
	return !closing;
}

static void tidy_uploads(struct ticker *ticker)
{
	struct instant now = installation_now(ticker->installation);
	struct bh_err why = {0};

	if (now.us - ticker->tidied.us < TIDY_EVERY_US)
		return;
	ticker->tidied = now;
	for (size_t use = 0; use < UPLOAD_USE_COUNT; use++)
		if (uploads_sweep(ticker->uploads[use], ticker->reader, now, &why) != ERR_OK)
			ticker->complain(ticker->context, why.code, &why);
}

/* What was reported without a name on a day that is over; it keeps no duty from its day. */
static void record_letters(struct ticker *ticker)
{
	struct bh_err why = {0};
	int64_t events;
	enum err err = letter_files_keep(ticker->dir, ticker->reader,
		instant_day(
			installation_now(ticker->installation), installation_offset(ticker->installation)),
		&why);

	if (err == ERR_OK)
		err = letter_sweep(ticker->installation, ticker->reader, &events, &why);
	if (err != ERR_OK)
		ticker->complain(ticker->context, err, &why);
}

/* Sweep what is due. Returns how long nothing can fall due, at most a minute. */
static int64_t sweep(struct ticker *ticker)
{
	struct instant next, now;
	struct bh_err why = {0};
	int64_t events;

	if (look_log_flush(ticker->looks, &why) != ERR_OK)
		ticker->complain(ticker->context, why.code, &why);
	tidy_uploads(ticker);
	record_letters(ticker);
	enum err err = clock_sweep(ticker->installation, ticker->reader, &events, &why);

	if (err == ERR_OK)
		err = store_due_next(ticker->reader, &next, &why);
	if (err != ERR_OK) {
		ticker->complain(ticker->context, err, &why);
		return PAUSE_MAX_US;
	}
	now = installation_now(ticker->installation);
	if (instant_is_none(next) || next.us - now.us > PAUSE_MAX_US)
		return PAUSE_MAX_US;
	return next.us > now.us ? next.us - now.us : 0;
}

static void *ticker_main(void *context)
{
	struct ticker *ticker = context;
	int64_t began_us = moment_us(), pause_us = 0;

	/* The first second after a sweep passes in any case; then growth leads to another look. */
	while (wait_until(ticker, began_us + PAUSE_MIN_US, false) &&
		wait_until(ticker, began_us + (pause_us > PAUSE_MIN_US ? pause_us : PAUSE_MIN_US), true)) {
		began_us = moment_us();
		pause_us = sweep(ticker);
	}
	return NULL;
}

enum err ticker_open(struct str dir, struct installation *installation, struct look_log *looks,
	struct uploads *const *uploads, ticker_complain_fn *complain, void *context,
	struct ticker **ret_ticker, struct bh_err *reterr)
{
	struct ticker *ticker = calloc(1, sizeof *ticker);

	REQUIRE(ticker != NULL);
	moment_init(&ticker->lock, &ticker->changed);
	ticker->dir = dir;
	ticker->installation = installation;
	ticker->looks = looks;
	ticker->uploads = uploads;
	ticker->complain = complain;
	ticker->context = context;
	enum err err = store_open(dir, STORE_READ, &ticker->reader, reterr);

	if (err == ERR_OK)
		(void)sweep(ticker);
	if (err == ERR_OK && pthread_create(&ticker->thread, NULL, ticker_main, ticker) != 0)
		err = err_set(reterr, ERR_IO, "clock", "a thread can't be started");
	ticker->runs = err == ERR_OK;
	if (err != ERR_OK) {
		ticker_close(ticker);
		return err;
	}
	*ret_ticker = ticker;
	return ERR_OK;
}

void ticker_grew(struct ticker *ticker)
{
	pthread_mutex_lock(&ticker->lock);
	if (!ticker->grew) {
		ticker->grew = true;
		pthread_cond_signal(&ticker->changed);
	}
	pthread_mutex_unlock(&ticker->lock);
}

void ticker_close(struct ticker *ticker)
{
	if (ticker == NULL)
		return;
	pthread_mutex_lock(&ticker->lock);
	ticker->closing = true;
	pthread_cond_signal(&ticker->changed);
	pthread_mutex_unlock(&ticker->lock);
	if (ticker->runs)
		pthread_join(ticker->thread, NULL);
	store_close(ticker->reader);
	moment_destroy(&ticker->lock, &ticker->changed);
	free(ticker);
}
