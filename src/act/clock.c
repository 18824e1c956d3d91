/* clock.c: the sweep. It finds by index what has fallen due, so that its cost grows with that and not with
 * all that is open, and hands each matter to the writer like anybody else's act. */
#include "act/writer.h"

/* So many are with the writer at once: enough to share a commit, few enough that a request waits for no more
 * than these. */
#define SWEEP_WINDOW 64

/* Waiting for a window of jobs. */
struct tally {
	pthread_mutex_t lock;
	pthread_cond_t done;
	size_t left;
};

static void count_down(struct act_job *job)
{
	struct tally *tally = job->context;

	pthread_mutex_lock(&tally->lock);
	if (--tally->left == 0)
		pthread_cond_signal(&tally->done);
	pthread_mutex_unlock(&tally->lock);
}

static enum err sweep_window(struct installation *installation, const int64_t *matters, size_t count,
	int64_t *events, struct bh_err *reterr)
{
	struct tally tally = {
		.lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER, .left = count};
	struct act acts[SWEEP_WINDOW];
	struct act_job jobs[SWEEP_WINDOW];
	enum err err = ERR_OK;

	for (size_t i = 0; i < count; i++) {
		acts[i] = (struct act){.kind = ACT_CLOCK, .what.matter = matters[i]};
		jobs[i] = (struct act_job){.act = &acts[i], .answer = count_down, .context = &tally};
		act_submit(installation, &jobs[i]);
	}
	pthread_mutex_lock(&tally.lock);
	while (tally.left > 0)
		pthread_cond_wait(&tally.done, &tally.lock);
	pthread_mutex_unlock(&tally.lock);
	for (size_t i = 0; i < count; i++) {
		*events += jobs[i].err == ERR_OK ? jobs[i].receipt.count : 0;
		if (jobs[i].err != ERR_OK && err == ERR_OK) {
			err = jobs[i].err;
			if (reterr != NULL)
				*reterr = jobs[i].why;
		}
	}
	return err;
}

enum err clock_sweep(
	struct installation *installation, struct store *reader, int64_t *ret_events, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	int64_t *matters = NULL, events = 0;
	size_t count = 0;
	enum err err = store_due_now(reader, installation_now(installation), arena, &matters, &count, reterr);

	/* One matter that can't be settled doesn't keep the others from their consequences. */
	for (size_t i = 0; i < count && err != ERR_FULL && err != ERR_IO; i += SWEEP_WINDOW) {
		size_t window = count - i < SWEEP_WINDOW ? count - i : SWEEP_WINDOW;
		enum err failed = sweep_window(installation, matters + i, window, &events, reterr);

		err = failed != ERR_OK ? failed : err;
	}
	arena_free(arena);
	if (err == ERR_OK)
		*ret_events = events;
	return err;
}
