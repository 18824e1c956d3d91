/* batch.c: many acts handed to the writer together. */
#include "cli/batch.h"
#include "cli/progress.h"

#include <pthread.h>

struct batch {
	struct act_job *jobs;
	size_t count;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t answered;
};

static void answer(struct act_job *job)
{
	struct batch *batch = job->context;

	pthread_mutex_lock(&batch->lock);
	batch->answered++;
	pthread_cond_signal(&batch->changed);
	pthread_mutex_unlock(&batch->lock);
}

static void wait_for_all(struct batch *batch, const char *what)
{
	struct progress progress = progress_new(what);
	size_t answered = 0;

	while (answered < batch->count) {
		pthread_mutex_lock(&batch->lock);
		while (batch->answered == answered)
			pthread_cond_wait(&batch->changed, &batch->lock);
		answered = batch->answered;
		pthread_mutex_unlock(&batch->lock);
		progress_show(&progress, (int64_t)answered, (int64_t)batch->count);
	}
	progress_end(&progress);
}

enum err batch_run(struct call *call, struct installation *installation, const struct act *acts, size_t count,
	const char *what, size_t *ret_refused)
{
	struct batch batch = {.jobs = ARENA_TAKE(call->arena, count + 1, struct act_job), .count = count};

	REQUIRE(pthread_mutex_init(&batch.lock, NULL) == 0 && pthread_cond_init(&batch.changed, NULL) == 0);
	for (size_t i = 0; i < count; i++) {
		batch.jobs[i] = (struct act_job){.act = &acts[i], .answer = answer, .context = &batch};
		act_submit(installation, &batch.jobs[i]);
	}
	wait_for_all(&batch, what);
	pthread_mutex_destroy(&batch.lock);
	pthread_cond_destroy(&batch.changed);
	for (size_t i = 0; i < count; i++)
		if (batch.jobs[i].err != ERR_OK) {
			call->why = batch.jobs[i].why;
			*ret_refused = i;
			return batch.jobs[i].err;
		}
	return ERR_OK;
}

struct act act_of_row(const struct org_row *row)
{
	struct act act = {0};

	switch (row->table) {
	case ORG_UNITS:
	case ORG_UNIT_LINKS:
		act.kind = ACT_UNIT;
		act.what.unit = &row->as.unit;
		break;
	case ORG_POSTS:
		act.kind = ACT_POST;
		act.what.post = &row->as.post;
		break;
	case ORG_PEOPLE:
		act.kind = ACT_PERSON;
		act.what.person = &row->as.person;
		break;
	case ORG_TENURES:
		act.kind = ACT_TENURE;
		act.what.tenure = &row->as.tenure;
		break;
	case ORG_FUNCTIONS:
		act.kind = ACT_FUNCTION;
		act.what.function = &row->as.function;
		break;
	default:
		act.kind = ACT_DELEGATION;
		act.what.delegation = &row->as.delegation;
	}
	return act;
}
