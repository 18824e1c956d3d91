/* acts.c: a window of jobs over a long list of acts. */
#include "cli/acts.h"

#include "cli/progress.h"

#include <pthread.h>

#define WINDOW 4096 /* jobs under way; several transactions' worth */

struct acts {
	struct call *call;
	struct installation *installation;
	struct progress progress;
	size_t total, put;
	size_t seen; /* answered, as far as the one who puts has looked */
	struct act_job jobs[WINDOW];
	pthread_mutex_t lock;
	pthread_cond_t changed;
	/* Under the lock; answers come in the order of the acts. */
	size_t answered;
	enum err err; /* of the first refusal … */
	struct bh_err why;
};

struct acts *acts_begin(struct call *call, struct installation *installation, const char *what, size_t total)
{
	struct acts *acts = ARENA_TAKE(call->arena, 1, struct acts);

	acts->call = call;
	acts->installation = installation;
	acts->total = total;
	acts->progress = progress_new(what);
	REQUIRE(pthread_mutex_init(&acts->lock, NULL) == 0 && pthread_cond_init(&acts->changed, NULL) == 0);
	return acts;
}

/* From the writer thread. */
static void answer(struct act_job *job)
{
	struct acts *acts = job->context;

	pthread_mutex_lock(&acts->lock);
	if (job->err != ERR_OK && acts->err == ERR_OK) {
		acts->err = job->err;
		acts->why = job->why;
	}
	acts->answered++;
	pthread_cond_signal(&acts->changed);
	pthread_mutex_unlock(&acts->lock);
}

/* Until at most `left` acts are under way. */
static enum err wait_until(struct acts *acts, size_t left)
{
	pthread_mutex_lock(&acts->lock);
	while (acts->put - acts->answered > left)
		pthread_cond_wait(&acts->changed, &acts->lock);
	enum err err = acts->err;

	acts->seen = acts->answered;
	if (err != ERR_OK)
		acts->call->why = acts->why;
	pthread_mutex_unlock(&acts->lock);
	progress_show(&acts->progress, (int64_t)acts->seen, (int64_t)acts->total);
	return err;
}

enum err acts_put(struct acts *acts, const struct act *act)
{
	struct act_job *job = &acts->jobs[acts->put % WINDOW];

	REQUIRE(acts->put < acts->total);
	if (acts->put - acts->seen == WINDOW)
		TRY(wait_until(acts, WINDOW / 2));
	*job = (struct act_job){.act = act, .answer = answer, .context = acts};
	acts->put++;
	act_submit(acts->installation, job);
	return ERR_OK;
}

enum err acts_wait(struct acts *acts)
{
	return wait_until(acts, 0);
}

void acts_end(struct acts *acts)
{
	(void)!wait_until(acts, 0);
	progress_end(&acts->progress);
	pthread_mutex_destroy(&acts->lock);
	pthread_cond_destroy(&acts->changed);
}
