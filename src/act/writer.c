/* writer.c: the writer thread. Takes what is waiting, does it in one transaction, and lets nobody know before
 * it is durable, re-read and signed. */
#include "act/writer.h"

#include <string.h>

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

/* Waits for work; NULL when closing and nothing is left. Returns a chain of at most BATCH_MAX jobs. */
static struct act_job *take_batch(struct installation *installation)
{
	struct act_job *first, *last;

	pthread_mutex_lock(&installation->lock);
	while (installation->first == NULL && !installation->closing)
		pthread_cond_wait(&installation->waiting, &installation->lock);
	first = last = installation->first;
	for (int i = 1; last != NULL && i < BATCH_MAX && last->next != NULL; i++)
		last = last->next;
	if (last != NULL) {
		installation->first = last->next;
		if (last->next == NULL)
			installation->newest = NULL;
		last->next = NULL;
	}
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

/* One act inside the transaction. Refused: back to its savepoint, and its neighbours never notice. Any error
 * returned is the end of the transaction; a refusal is only the job's. */
static enum err run_job(struct installation *installation, struct arena *arena, struct act_job *job)
{
	struct undo undo = undo_mark(installation);

	struct hash request = {0};

	TRY(store_savepoint(installation->store, &job->why));
	job->err = key_find(installation, arena, job->act, &request, &job->receipt, &job->why);
	if (job->err == ERR_NOT_FOUND) {
		job->err = act_body(installation, arena, job->act, &job->receipt, &job->why);
		/* Once a body is through, the institution in memory is ahead of the rows: nothing may fail
		 * alone. */
		if (job->err == ERR_OK)
			TRY(key_keep(installation, job->act, &request, &job->receipt, &job->why));
	}
	if (job->err == ERR_OK)
		return store_release(installation->store, &job->why);
	if (machine_failed(installation, job->err))
		return job->err;
	undo_back(installation, &undo);
	return store_rollback_to(installation->store, &job->why);
}

static enum err add_leaf(void *context, struct str leaf)
{
	struct hash hash = leaf_hash(leaf);

	return tree_append(context, &hash, NULL, NULL);
}

/* The witness connection reads what was committed and comes to the root by itself. */
static enum err reread(struct installation *installation, struct hash *ret_root, struct bh_err *reterr)
{
	struct hash expected = tree_root(&installation->head);

	TRY(store_leaf_each(installation->witness, installation->durable.size, installation->head.size,
		add_leaf, &installation->durable, reterr));
	*ret_root = tree_root(&installation->durable);
	if (installation->durable.size != installation->head.size || !hash_equal(&expected, ret_root))
		return err_set(reterr, ERR_BROKEN, "ledger",
			"what was read back isn't what was written: nothing more is signed; run bihuan "
			"doctor");
	return ERR_OK;
}

void publish_note(struct installation *installation, struct str note)
{
	REQUIRE(note.size <= sizeof installation->published);
	pthread_mutex_lock(&installation->lock);
	memcpy(installation->published, note.data, note.size);
	installation->published_size = note.size;
	pthread_mutex_unlock(&installation->lock);
}

static void tell_watcher(struct installation *installation)
{
	pthread_mutex_lock(&installation->lock);
	installation_grew_fn *grew = installation->grew;
	void *context = installation->grew_context;

	pthread_mutex_unlock(&installation->lock);
	if (grew != NULL)
		grew(context, installation->last.size);
}

/* Committed and durable: check it, sign it, remember it. */
enum err sign_head(struct installation *installation, struct arena *arena, struct bh_err *reterr)
{
	struct checkpoint next = {.origin = installation->key.name};
	struct str note;

	TRY(reread(installation, &next.root, reterr));
	next.size = installation->durable.size;
	TRY(checkpoint_may_follow(&installation->last, &next, reterr));
	note = checkpoint_sign(arena, &next, &installation->key, installation->signer);
	TRY(highwater_put(&installation->highwater, note, reterr));
	/* The database keeps it with the next transaction; until then the signer's own memory is where it is
	 * read. */
	installation->last = next;
	installation->checkpoint_owed = true;
	publish_note(installation, note);
	return ERR_OK;
}

static enum err put_owed_checkpoint(struct installation *installation, struct bh_err *reterr)
{
	struct str note = {installation->highwater.note, installation->highwater.note_size};

	if (!installation->checkpoint_owed)
		return ERR_OK;
	return store_checkpoint_put(installation->store, installation->last.size, note, reterr);
}

/* After a failure that leaves it unclear what is on the disk, nothing more is written by this process. */
static void stop_writing(struct installation *installation, const struct bh_err *why)
{
	pthread_mutex_lock(&installation->lock);
	installation->broken = true;
	installation->why_broken = *why;
	pthread_mutex_unlock(&installation->lock);
}

static void answer_all(struct act_job *jobs)
{
	while (jobs != NULL) {
		struct act_job *next = jobs->next; /* the job is its owner's again once it is answered */

		jobs->answer(jobs);
		jobs = next;
	}
}

static void fail_all(struct act_job *jobs, enum err err, const struct bh_err *why)
{
	for (struct act_job *job = jobs; job != NULL; job = job->next) {
		if (job->err == ERR_OK) {
			job->err = err;
			job->why = *why;
		}
	}
}

static enum err run_transaction(
	struct installation *installation, struct arena *arena, struct act_job *jobs, struct bh_err *reterr)
{
	TRY(store_begin(installation->store, reterr));
	TRY(put_owed_checkpoint(installation, reterr));
	for (struct act_job *job = jobs; job != NULL; job = job->next) {
		enum err err = run_job(installation, arena, job);

		if (err != ERR_OK) {
			job->err = err;
			*reterr = job->why;
			return err;
		}
	}
	TRY(store_commit(installation->store, reterr));
	installation->checkpoint_owed = false;
	return ERR_OK;
}

static void run_batch(struct installation *installation, struct arena *arena, struct act_job *jobs)
{
	struct bh_err why = {0};
	struct undo undo = undo_mark(installation);
	enum err err = installation->broken ? installation->why_broken.code : ERR_OK;

	if (err != ERR_OK) {
		fail_all(jobs, err, &installation->why_broken);
		answer_all(jobs);
		return;
	}
	err = run_transaction(installation, arena, jobs, &why);
	if (err == ERR_OK && installation->head.size != installation->durable.size) {
		err = sign_head(installation, arena, &why);
		if (err == ERR_OK)
			tell_watcher(installation);
		else
			stop_writing(installation, &why);
	} else if (err != ERR_OK) {
		store_abort(installation->store);
		undo_back(installation, &undo);
		/* What bodies did in memory is thrown away with what they did in the database. */
		struct bh_err again = {0};

		if (!err_may_retry(err) || installation_reload(installation, &again) != ERR_OK)
			stop_writing(installation, &why);
	}
	if (err != ERR_OK)
		fail_all(jobs, err, &why);
	answer_all(jobs);
	store_tidy(installation->store);
}

void *writer_main(void *context)
{
	struct installation *installation = context;
	struct arena *arena = arena_new();
	struct act_job *jobs;

	while ((jobs = take_batch(installation)) != NULL) {
		run_batch(installation, arena, jobs);
		arena_clear(arena);
	}
	if (!installation->broken && installation->checkpoint_owed) {
		struct bh_err why;

		if (store_begin(installation->store, &why) == ERR_OK &&
			(put_owed_checkpoint(installation, &why) != ERR_OK ||
				store_commit(installation->store, &why) != ERR_OK))
			store_abort(installation->store);
	}
	arena_free(arena);
	return NULL;
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
