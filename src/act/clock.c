/* clock.c: the sweep. It finds by index what has fallen due, so that its cost grows with that and not with
 * all that is open, and hands each matter to the writer like anybody else's act. */
#include "act/writer.h"

/* So many are handed over at once, and as many again while these are signed: enough to share a commit, few
 * enough that a request waits for no more than these. */
#define SWEEP_WINDOW 64

struct window {
	struct act acts[SWEEP_WINDOW];
	struct act_job jobs[SWEEP_WINDOW];
	size_t count;
	pthread_mutex_t lock;
	pthread_cond_t done;
	size_t left; /* of them, that aren't answered */
};

static void count_down(struct act_job *job)
{
	struct window *window = job->context;

	pthread_mutex_lock(&window->lock);
	if (--window->left == 0)
		pthread_cond_signal(&window->done);
	pthread_mutex_unlock(&window->lock);
}

static void hand_over(
	struct installation *installation, struct window *window, const int64_t *matters, size_t count)
{
	window->count = window->left = count;
	for (size_t i = 0; i < count; i++) {
		window->acts[i] = (struct act){.kind = ACT_CLOCK, .what.matter = matters[i]};
		window->jobs[i] =
			(struct act_job){.act = &window->acts[i], .answer = count_down, .context = window};
		act_submit(installation, &window->jobs[i]);
	}
}

/* Waits for the answers, and adds up what was recorded. The first error is told. */
static enum err take_answers(struct window *window, int64_t *events, struct bh_err *reterr)
{
	enum err err = ERR_OK;

	pthread_mutex_lock(&window->lock);
	while (window->left > 0)
		pthread_cond_wait(&window->done, &window->lock);
	pthread_mutex_unlock(&window->lock);
	for (size_t i = 0; i < window->count; i++) {
		const struct act_job *job = &window->jobs[i];

		*events += job->err == ERR_OK ? job->receipt.count : 0;
		if (job->err != ERR_OK && err == ERR_OK) {
			err = job->err;
			if (reterr != NULL)
				*reterr = job->why;
		}
	}
	window->count = 0;
	return err;
}

static enum err sweep(struct installation *installation, struct window *windows, const int64_t *matters,
	size_t count, int64_t *events, struct bh_err *reterr)
{
	enum err err = ERR_OK, failed;
	size_t turn = 0;

	/* One matter that can't be settled doesn't keep the others from their consequences. */
	for (size_t i = 0; i < count && err != ERR_FULL && err != ERR_IO; i += SWEEP_WINDOW, turn++) {
		failed = take_answers(&windows[turn % 2], events, reterr);
		err = failed != ERR_OK ? failed : err;
		hand_over(installation, &windows[turn % 2], matters + i,
			count - i < SWEEP_WINDOW ? count - i : SWEEP_WINDOW);
	}
	for (int i = 0; i < 2; i++) {
		failed = take_answers(&windows[turn++ % 2], events, reterr);
		err = failed != ERR_OK ? failed : err;
	}
	return err;
}

enum err clock_sweep(
	struct installation *installation, struct store *reader, int64_t *ret_events, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct window *windows = ARENA_TAKE(arena, 2, struct window);
	int64_t *matters = NULL, events = 0;
	size_t count = 0;

	for (int i = 0; i < 2; i++)
		REQUIRE(pthread_mutex_init(&windows[i].lock, NULL) == 0 &&
			pthread_cond_init(&windows[i].done, NULL) == 0);
	enum err err = store_due_now(reader, installation_now(installation), arena, &matters, &count, reterr);

	if (err == ERR_OK)
		err = sweep(installation, windows, matters, count, &events, reterr);
	for (int i = 0; i < 2; i++) {
		pthread_cond_destroy(&windows[i].done);
		pthread_mutex_destroy(&windows[i].lock);
	}
	arena_free(arena);
	if (err == ERR_OK)
		*ret_events = events;
	return err;
}
