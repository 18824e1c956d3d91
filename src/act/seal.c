/* seal.c: the sealer thread. What the writer has committed is read again on a second connection, signed and
 * remembered; only then is anybody answered. It runs beside the writer, so that the next transaction is made
 * while this one's signature goes to the disk. */
#include "act/writer.h"

#include <string.h>

static enum err add_leaf(void *context, struct str leaf)
{
	struct hash hash = leaf_hash(leaf);

	return tree_append(context, &hash, NULL, NULL);
}

/* The witness connection reads what was committed and comes to the root by itself. */
static enum err reread(struct installation *installation, const struct tree_edge *committed,
	struct hash *ret_root, struct bh_err *reterr)
{
	struct hash expected = tree_root(committed);

	TRY(store_leaf_each(installation->witness, installation->durable.size, committed->size, add_leaf,
		&installation->durable, reterr));
	*ret_root = tree_root(&installation->durable);
	if (installation->durable.size != committed->size || !hash_equal(&expected, ret_root))
		return err_set(reterr, ERR_BROKEN, "ledger",
			"what was read back isn't what was written: nothing more is signed; run bihuan "
			"doctor");
	return ERR_OK;
}

void publish_note(struct installation *installation, struct str note, uint64_t size)
{
	REQUIRE(note.size <= sizeof installation->published);
	pthread_mutex_lock(&installation->lock);
	memcpy(installation->published, note.data, note.size);
	installation->published_size = note.size;
	installation->sealed_size = size;
	pthread_mutex_unlock(&installation->lock);
}

uint64_t sealed_note(struct installation *installation, struct arena *arena, struct str *ret_note)
{
	pthread_mutex_lock(&installation->lock);
	uint64_t size = installation->sealed_size;

	*ret_note = str_copy(arena, (struct str){installation->published, installation->published_size});
	pthread_mutex_unlock(&installation->lock);
	return size;
}

static void tell_watcher(struct installation *installation)
{
	pthread_mutex_lock(&installation->telling);
	if (installation->grew != NULL)
		installation->grew(installation->grew_context, installation->last.size);
	pthread_mutex_unlock(&installation->telling);
}

enum err seal(struct installation *installation, const struct tree_edge *committed, struct arena *arena,
	struct bh_err *reterr)
{
	struct checkpoint next = {.origin = installation->key.name};
	struct str note;

	TRY(reread(installation, committed, &next.root, reterr));
	next.size = installation->durable.size;
	TRY(checkpoint_may_follow(&installation->last, &next, reterr));
	note = checkpoint_sign(arena, &next, &installation->key, installation->signer);
	TRY(highwater_put(&installation->highwater, note, reterr));
	installation->last = next;
	publish_note(installation, note, next.size);
	return ERR_OK;
}

void stop_writing(struct installation *installation, const struct bh_err *why)
{
	pthread_mutex_lock(&installation->lock);
	installation->broken = true;
	installation->why_broken = *why;
	pthread_mutex_unlock(&installation->lock);
}

void fail_all(struct act_job *jobs, enum err err, const struct bh_err *why)
{
	for (struct act_job *job = jobs; job != NULL; job = job->next) {
		if (job->err == ERR_OK) {
			job->err = err;
			job->why = *why;
		}
	}
}

/* Does such an act change what is loaded of the institution? A new kind of act doesn't compile without its
 * answer. */
static bool changes_institution(enum act_kind kind)
{
	switch (kind) {
	case ACT_UNIT:
	case ACT_POST:
	case ACT_PERSON:
	case ACT_TENURE:
	case ACT_FUNCTION:
	case ACT_DELEGATION:
	case ACT_KIN:
	case ACT_RELATION:
	case ACT_MOVE:
	case ACT_IMPORT:
	case ACT_CALENDAR:
	case ACT_ADOPT:
	case ACT_FOUND:
		return true;
	case ACT_COMMAND:
	case ACT_CLOCK:
	case ACT_ACCOUNT:
	case ACT_MEMBER:
	case ACT_PROFILE:
	case ACT_LOOK:
	case ACT_DEMO:
	case ACT_BEGIN:
	case ACT_BALLOT_OPEN:
	case ACT_BALLOT_VOTE:
	case ACT_BALLOT_PAPER:
	case ACT_BALLOT_CLOSE:
	case ACT_LETTER:
	case ACT_LETTER_DUE:
	case ACT_RULE_ISSUE:
	case ACT_RULE_REPEAL:
	case ACT_FORMULA:
	case ACT_PEER:
	case ACT_PACKAGE_SEND:
	case ACT_PACKAGE_TAKE:
	case ACT_KIND_COUNT:
		return false;
	}
	return true;
}

static void answer_all(struct installation *installation, struct act_job *jobs)
{
	for (const struct act_job *job = jobs; job != NULL; job = job->next)
		if (job->err == ERR_OK && changes_institution(job->act->kind))
			atomic_fetch_add(&installation->changes, 1);
	while (jobs != NULL) {
		struct act_job *next = jobs->next; /* the job is its owner's again once it is answered */

		jobs->answer(jobs);
		jobs = next;
	}
}

void seal_submit(struct installation *installation, struct act_job *jobs)
{
	struct act_job *last = jobs;

	while (last->next != NULL)
		last = last->next;
	pthread_mutex_lock(&installation->lock);
	if (installation->to_seal != NULL)
		installation->to_seal_last->next = jobs;
	else
		installation->to_seal = jobs;
	installation->to_seal_last = last;
	installation->committed = installation->head;
	pthread_cond_signal(&installation->sealing);
	pthread_mutex_unlock(&installation->lock);
}

/* All that was handed over so far, as one: the newest head covers the others. NULL when nothing more will
 * come. */
static struct act_job *take_committed(struct installation *installation, struct tree_edge *ret_committed)
{
	pthread_mutex_lock(&installation->lock);
	while (installation->to_seal == NULL && !installation->written)
		pthread_cond_wait(&installation->sealing, &installation->lock);
	struct act_job *jobs = installation->to_seal;

	installation->to_seal = installation->to_seal_last = NULL;
	*ret_committed = installation->committed;
	pthread_mutex_unlock(&installation->lock);
	return jobs;
}

void *sealer_main(void *context)
{
	struct installation *installation = context;
	struct arena *arena = arena_new();
	struct tree_edge committed;
	struct act_job *jobs;

	while ((jobs = take_committed(installation, &committed)) != NULL) {
		struct bh_err why = {0};
		enum err err = installation_health(installation, &why);

		if (err == ERR_OK && committed.size != installation->durable.size) {
			err = seal(installation, &committed, arena, &why);
			if (err == ERR_OK)
				tell_watcher(installation);
			else
				stop_writing(installation, &why);
		}
		if (err != ERR_OK)
			fail_all(jobs, err, &why);
		answer_all(installation, jobs);
		arena_clear(arena);
	}
	arena_free(arena);
	return NULL;
}
