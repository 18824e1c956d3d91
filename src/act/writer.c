/* writer.c: the writer thread. Takes what is waiting, does it in one transaction, commits, and hands it to
 * the sealer, which lets nobody know before it is re-read and signed. */
#include "act/writer.h"

#include <time.h>

/* The index of words follows behind the acts: so many matters at once, so that no act waits long for them; a
 * segment of the index each, so not too few. When nothing waits for the writer, else when so many more are
 * behind that searches, which read these through, would notice; and at the end of a quiet moment, all that is
 * left. */
#define INDEX_AT_ONCE  512
#define INDEX_BEHIND   2048
#define INDEX_QUIET_MS 300

void act_submit(struct installation *installation, struct act_job *job)
{
	job->next = NULL;
	job->err = ERR_OK;
	pthread_mutex_lock(&installation->lock);
	if (installation->newest != NULL)
		installation->newest->next = job;
	else
		installation->first = job;
	installation->newest = job;
	pthread_cond_signal(&installation->waiting);
	pthread_mutex_unlock(&installation->lock);
}

static struct timespec quiet_ends(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_nsec += INDEX_QUIET_MS * 1000000L;
	at.tv_sec += at.tv_nsec / 1000000000L;
	at.tv_nsec %= 1000000000L;
	return at;
}

/* Under the lock: until there is work, or it is closing, or it was quiet for a moment while something waits
 * for the index. */
static void wait_for_work(struct installation *installation)
{
	const struct timespec until = quiet_ends();
	bool waits = store_waits_for_index(installation->store) > 0, quiet = false;

	while (installation->first == NULL && !installation->closing && !quiet)
		if (waits)
			quiet = pthread_cond_timedwait(&installation->waiting, &installation->lock, &until) !=
				0;
		else
			pthread_cond_wait(&installation->waiting, &installation->lock);
}

/* A chain of at most BATCH_MAX jobs; NULL: nothing is to be done. *ret_end: nor will anything more be. */
static struct act_job *take_batch(struct installation *installation, bool *ret_end)
{
	struct act_job *first, *last;

	pthread_mutex_lock(&installation->lock);
	wait_for_work(installation);
	first = last = installation->first;
	for (int i = 1; last != NULL && i < BATCH_MAX && last->next != NULL; i++)
		last = last->next;
	if (last != NULL) {
		installation->first = last->next;
		if (last->next == NULL)
			installation->newest = NULL;
		last->next = NULL;
	}
	*ret_end = first == NULL && installation->closing;
	pthread_mutex_unlock(&installation->lock);
	return first;
}

/* What a refused act or a failed commit must put back; the rows are the database's own affair. */
struct undo {
	struct tree_edge head;
	int64_t next_matter;
	struct instant last_time;
};

static struct undo undo_mark(const struct installation *installation)
{
	return (struct undo){installation->head, installation->next_matter, installation->last_time};
}

static void undo_back(struct installation *installation, const struct undo *undo)
{
	installation->head = undo->head;
	installation->next_matter = undo->next_matter;
	installation->last_time = undo->last_time;
}

/* Did the machine fail, and not the act? Then the transaction is lost: SQLite may have rolled all of it back.
 */
static bool machine_failed(const struct installation *installation, enum err err)
{
	return err == ERR_FULL || err == ERR_IO || err == ERR_BUSY || store_is_broken(installation->store) ||
	       !store_in_transaction(installation->store);
}

/* How far one act came. */
enum outcome {
	OUTCOME_SETTLED, /* done, or refused without a trace */
	OUTCOME_TORN,    /* refused after it had written, and there is no savepoint to go back to */
	OUTCOME_FAILED   /* the machine failed: the transaction is lost */
};

static enum err run_body(
	struct installation *installation, struct arena *arena, struct act_job *job, bool *ret_failed)
{
	struct hash request = {0};
	enum err err = key_find(installation, arena, job->act, &request, &job->receipt, &job->why);

	if (err != ERR_NOT_FOUND)
		return err;
	TRY(act_body(installation, arena, job->act, &job->receipt, &job->why));
	/* Once a body is through, the institution in memory is ahead of the rows: nothing may fail alone. */
	err = key_keep(installation, job->act, &request, &job->receipt, &job->why);
	*ret_failed = err != ERR_OK;
	return err;
}

/* A refusal's `why` is kept, whatever comes of taking it back. */
static enum outcome take_back_one(struct installation *installation, bool careful)
{
	struct bh_err why;

	if (careful && store_rollback_to(installation->store, &why) != ERR_OK)
		return OUTCOME_FAILED;
	if (installation->ahead && installation_reload(installation, &why) != ERR_OK)
		return OUTCOME_FAILED;
	return OUTCOME_SETTLED;
}

/* One act inside the transaction. Refused, it leaves no trace and its neighbours never notice: most refusals
 * come before anything is written, so a savepoint, which copies every page that is touched, is only set when
 * a first try without it was torn. */
static enum outcome run_job(
	struct installation *installation, struct arena *arena, struct act_job *job, bool careful)
{
	struct undo undo = undo_mark(installation);
	int64_t changes = store_changes(installation->store);
	bool failed = false;

	installation->ahead = false;
	job->err = careful ? store_savepoint(installation->store, &job->why) : ERR_OK;
	if (job->err != ERR_OK)
		return OUTCOME_FAILED;
	job->err = run_body(installation, arena, job, &failed);
	if (job->err == ERR_OK && careful)
		job->err = store_release(installation->store, &job->why);
	if (job->err == ERR_OK)
		return OUTCOME_SETTLED;
	if (failed || machine_failed(installation, job->err))
		return OUTCOME_FAILED;
	if (!careful && store_changes(installation->store) != changes)
		return OUTCOME_TORN;
	undo_back(installation, &undo);
	return take_back_one(installation, careful);
}

/* The newest note that the sealer gave out goes into the database with the next transaction. */
static enum err put_newest_note(
	struct installation *installation, struct arena *arena, uint64_t *ret_size, struct bh_err *reterr)
{
	struct str note;

	*ret_size = sealed_note(installation, arena, &note);
	return *ret_size > installation->noted_size
		       ? store_checkpoint_put(installation->store, *ret_size, note, reterr)
		       : ERR_OK;
}

static enum err run_transaction(struct installation *installation, struct arena *arena, struct act_job *jobs,
	bool careful, bool *ret_torn, struct bh_err *reterr)
{
	uint64_t noted;

	TRY(store_begin(installation->store, reterr));
	TRY(put_newest_note(installation, arena, &noted, reterr));
	for (struct act_job *job = jobs; job != NULL; job = job->next) {
		enum outcome outcome = run_job(installation, arena, job, careful);

		*ret_torn = outcome == OUTCOME_TORN;
		if (outcome != OUTCOME_SETTLED) {
			*reterr = job->why;
			return job->err;
		}
	}
	TRY(store_commit(installation->store, reterr));
	installation->noted_size = noted;
	return ERR_OK;
}

/* What bodies did in memory is thrown away with what they did in the database. */
static enum err take_back(struct installation *installation, const struct undo *undo, struct bh_err *reterr)
{
	store_abort(installation->store);
	undo_back(installation, undo);
	return installation_reload(installation, reterr);
}

static void forget_outcomes(struct act_job *jobs)
{
	for (struct act_job *job = jobs; job != NULL; job = job->next) {
		job->err = ERR_OK;
		job->receipt = (struct receipt){0};
		job->why = (struct bh_err){0};
	}
}

static enum err run_batch(
	struct installation *installation, struct arena *arena, struct act_job *jobs, struct bh_err *reterr)
{
	struct undo undo = undo_mark(installation);
	struct bh_err again = {0};
	bool torn = false;
	enum err err = run_transaction(installation, arena, jobs, false, &torn, reterr);

	if (torn) {
		TRY(take_back(installation, &undo, reterr));
		forget_outcomes(jobs);
		err = run_transaction(installation, arena, jobs, true, &torn, reterr);
	}
	if (err != ERR_OK && (take_back(installation, &undo, &again) != ERR_OK || !err_may_retry(err)))
		stop_writing(installation, reterr);
	return err;
}

/* Did something come, or go, of which nobody is to know beside what else it came? A vote is over that was on
 * before; something was reported without a name, or is recorded. */
static bool has_to_be_forgotten(const struct act_job *jobs)
{
	for (const struct act_job *job = jobs; job != NULL; job = job->next)
		if (job->err == ERR_OK &&
			(job->act->kind == ACT_BALLOT_CLOSE || job->act->kind == ACT_LETTER ||
				job->act->kind == ACT_LETTER_DUE))
			return true;
	return false;
}

static void write_batch(struct installation *installation, struct arena *arena, struct act_job *jobs)
{
	struct bh_err why = {0};
	enum err err = installation_health(installation, &why);

	if (err == ERR_OK)
		err = run_batch(installation, arena, jobs, &why);
	if (err != ERR_OK)
		fail_all(jobs, err, &why);
	bool forgets = has_to_be_forgotten(jobs);

	seal_submit(installation, jobs); /* from here on they are others' */
	store_tidy(installation->store);
	if (forgets)
		store_forget(installation->store);
	arena_clear(arena);
}

static bool is_asked(struct installation *installation)
{
	pthread_mutex_lock(&installation->lock);
	bool asked = installation->first != NULL;

	pthread_mutex_unlock(&installation->lock);
	return asked;
}

/* What fails here was only put off: those that wait stay marked, and searches read them. */
static void index_some(struct installation *installation, bool quiet)
{
	int64_t waits = store_waits_for_index(installation->store);
	bool now = quiet ? waits > 0
			 : waits >= INDEX_BEHIND || (waits >= INDEX_AT_ONCE && !is_asked(installation));

	if (now && installation_health(installation, NULL) == ERR_OK)
		(void)!store_index(installation->store, INDEX_AT_ONCE, NULL);
}

void *writer_main(void *context)
{
	struct installation *installation = context;
	struct arena *arena = arena_new();
	bool end = false;

	while (!end) {
		struct act_job *jobs = take_batch(installation, &end);

		if (jobs != NULL)
			write_batch(installation, arena, jobs);
		index_some(installation, jobs == NULL);
	}
	arena_free(arena);
	return NULL;
}

void note_last(struct installation *installation)
{
	struct arena *arena = arena_new();
	struct bh_err why;
	uint64_t noted;

	/* At the end; should it fail, the signer's own memory has it. */
	if (installation_health(installation, NULL) == ERR_OK &&
		store_begin(installation->store, &why) == ERR_OK &&
		put_newest_note(installation, arena, &noted, &why) == ERR_OK)
		(void)!store_commit(installation->store, &why);
	store_abort(installation->store);
	arena_free(arena);
}

/* ---- waiting for one ---- */

struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool answered;
};

static void wake(struct act_job *job)
{
	struct waiter *waiter = job->context;

	pthread_mutex_lock(&waiter->lock);
	waiter->answered = true;
	pthread_cond_signal(&waiter->done);
	pthread_mutex_unlock(&waiter->lock);
}

enum err act_run(struct installation *installation, const struct act *act, struct receipt *ret_receipt,
	struct bh_err *reterr)
{
	struct waiter waiter = {.lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
	struct act_job job = {.act = act, .answer = wake, .context = &waiter};

	act_submit(installation, &job);
	pthread_mutex_lock(&waiter.lock);
	while (!waiter.answered)
		pthread_cond_wait(&waiter.done, &waiter.lock);
	pthread_mutex_unlock(&waiter.lock);
	if (job.err != ERR_OK) {
		if (reterr != NULL)
			*reterr = job.why;
		return job.err;
	}
	*ret_receipt = job.receipt;
	return ERR_OK;
}
