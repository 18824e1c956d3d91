/* installation.c: a data folder from its founding to its closing, and the institution in memory. */
#include "act/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the institution in memory ---- */

const struct procedure *installation_procedure(void *context, int64_t definition)
{
	const struct installation *installation = context;

	if (definition < 1 || (size_t)definition > installation->adopted_count)
		return NULL;
	return installation->adopted[definition - 1].definition.procedure;
}

void installation_adopted(struct installation *installation, const struct adopted *adopted)
{
	struct arena *arena = installation->arena;
	size_t count = 0;

	for (size_t i = 0; i < installation->adopted_count; i++)
		if (str_equal(installation->adopted[i].definition.procedure->name,
			    adopted->definition.procedure->name))
			installation->adopted[i].in_force = false;
	*ARENA_PUSH(arena, installation->adopted, installation->adopted_count,
		installation->adopted_capacity) = *adopted;
	installation->in_force = ARENA_TAKE(arena, installation->adopted_count, struct definition);
	for (size_t i = 0; i < installation->adopted_count; i++)
		if (installation->adopted[i].in_force)
			installation->in_force[count++] = installation->adopted[i].definition;
	installation->in_force_count = count;
	procedure_call_functions(adopted->definition.procedure, installation->org);
}

static enum err load_definitions(struct installation *installation, struct bh_err *reterr)
{
	struct stored_definition *stored;
	struct findings findings = findings_new(installation->arena);
	size_t count;

	TRY(store_definitions(installation->store, installation->arena, &stored, &count, reterr));
	for (size_t i = 0; i < count; i++) {
		const struct procedure *procedure =
			procedure_read(installation->arena, stored[i].file, stored[i].text, &findings);

		/* It could be read when it was adopted; a program that can't read it any more must not judge
		 * by it. */
		if (procedure == NULL || stored[i].id != (int64_t)i + 1)
			return err_set(reterr, ERR_BROKEN, "definition",
				"the adopted definition %.*s can't be read: %.500s",
				STR_ARG(stored[i].procedure),
				findings.count > 0
					? finding_print(installation->arena, &findings.items[0]).data
					: "out of order");
		struct adopted adopted = {.definition = {.id = stored[i].id, .procedure = procedure},
			.version = stored[i].version,
			.in_force = true};

		installation_adopted(installation, &adopted);
	}
	return ERR_OK;
}

struct node_reader {
	struct store *store;
	struct bh_err *reterr;
};

static enum err read_node(void *context, unsigned level, uint64_t i, struct hash *ret_hash)
{
	struct node_reader *reader = context;

	return store_node_get(reader->store, level, i, ret_hash, reader->reterr);
}

/* Right behind a recorded step back of the clock any time may follow. */
static enum err load_last_time(struct installation *installation, uint64_t *ret_size, struct bh_err *reterr)
{
	int64_t step_back;

	TRY(store_ledger_size(installation->store, ret_size, &installation->last_time, reterr));
	TRY(store_object_last(installation->store, STR("clock"), &step_back, reterr));
	if (step_back >= 0 && (uint64_t)step_back + 1 == *ret_size)
		installation->last_time = INSTANT_NONE;
	return ERR_OK;
}

enum err installation_reload(struct installation *installation, struct bh_err *reterr)
{
	struct store_institution institution;
	struct node_reader reader = {installation->store, reterr};
	struct tree_source source = {read_node, &reader};
	uint64_t size;

	arena_free(installation->arena);
	installation->arena = arena_new();
	installation->ahead = false;
	installation->adopted = NULL;
	installation->adopted_count = installation->adopted_capacity = 0;
	TRY(store_institution_get(installation->store, installation->arena, &institution, reterr));
	/* It is founded with it and keeps it; so it isn't written again while others read it. */
	if (installation->offset_minutes != institution.offset_minutes)
		installation->offset_minutes = institution.offset_minutes;
	TRY(store_org_load(installation->store, installation->arena, &installation->org, reterr));
	TRY(store_directory_load(installation->store, installation->arena, &installation->directory, reterr));
	TRY(store_calendar_load(installation->store, installation->arena, &installation->calendar, reterr));
	TRY(load_definitions(installation, reterr));
	TRY(store_matter_next(installation->store, &installation->next_matter, reterr));
	TRY(load_last_time(installation, &size, reterr));
	TRY(tree_edge_load(&source, size, &installation->head));
	return ERR_OK;
}

/* ---- the signer ---- */

static enum err key_read(struct installation *installation, struct bh_err *reterr)
{
	struct store_institution institution;

	TRY(store_institution_get(installation->store, installation->keep, &institution, reterr));
	return signer_read(
		installation->dir, institution.origin, &installation->signer, &installation->key, reterr);
}

/* What was signed last, as far as anybody here remembers: the signer's own memory, or, where that is gone,
 * what the database kept. STR_NONE: nothing was signed yet. */
static enum err last_note(struct installation *installation, struct str *ret_note, struct bh_err *reterr)
{
	*ret_note = (struct str){installation->highwater.note, installation->highwater.note_size};
	if (ret_note->size > 0)
		return ERR_OK;
	enum err err = store_checkpoint_newest(installation->store, installation->keep, ret_note, reterr);

	*ret_note = err == ERR_OK ? *ret_note : STR_NONE;
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* It must still be there: the same root at that size, which everything since then extends. */
static enum err check_highwater(struct installation *installation, struct bh_err *reterr)
{
	struct str note;
	struct node_reader reader = {installation->store, reterr};
	struct tree_source source = {read_node, &reader};
	struct checkpoint now = {.size = installation->head.size};
	struct tree_edge then;

	installation->last = (struct checkpoint){.origin = installation->key.name, .root = tree_empty_root()};
	TRY(last_note(installation, &note, reterr));
	if (note.size > 0) {
		TRY(checkpoint_open(
			installation->keep, note, &installation->key, &installation->last, reterr));
		publish_note(installation, note, installation->last.size);
	}
	now.root = tree_root(&installation->head);
	TRY(checkpoint_may_follow(&installation->last, &now, reterr));
	TRY(tree_edge_load(&source, installation->last.size, &then));
	struct hash root = tree_root(&then);

	if (!hash_equal(&root, &installation->last.root))
		return err_set(reterr, ERR_TAMPERED, "high-water",
			"the record isn't the one that was signed at %llu events",
			(unsigned long long)installation->last.size);
	installation->durable = then;
	return ERR_OK;
}

/* ---- opening and closing ---- */

static enum err start_threads(struct installation *installation, struct bh_err *reterr)
{
	int failed = pthread_create(&installation->sealer, NULL, sealer_main, installation);

	installation->is_sealing = failed == 0;
	if (failed == 0)
		failed = pthread_create(&installation->writer, NULL, writer_main, installation);
	installation->writing = failed == 0;
	return failed == 0 ? ERR_OK
			   : err_set(reterr, ERR_IO, "writer", "its threads can't be started: %s",
				     strerror(failed));
}

static enum err open_all(struct installation *installation, struct bh_err *reterr)
{
	TRY(store_open(installation->dir, STORE_WRITE, &installation->store, reterr));
	TRY(store_open(installation->dir, STORE_READ, &installation->witness, reterr));
	TRY(installation_reload(installation, reterr));
	TRY(key_read(installation, reterr));
	TRY(highwater_open(installation->dir, &installation->highwater, reterr));
	TRY(check_highwater(installation, reterr));
	/* A crash between commit and signature leaves events that nobody was answered for: signed now. */
	if (installation->head.size > installation->durable.size)
		TRY(seal(installation, &installation->head, installation->keep, reterr));
	return start_threads(installation, reterr);
}

/* The founding is the first event of all. A crash right after the folder was made leaves it to the next
 * opening. */
static enum err record_founding(struct installation *installation, struct bh_err *reterr)
{
	struct act act = {.kind = ACT_FOUND};
	struct receipt receipt;

	return installation->head.size > 0 ? ERR_OK : act_run(installation, &act, &receipt, reterr);
}

enum err installation_open(struct str dir, const struct act_source *source,
	struct installation **ret_installation, struct bh_err *reterr)
{
	struct installation *installation = calloc(1, sizeof *installation);

	REQUIRE(installation != NULL);
	installation->source = *source;
	installation->keep = arena_new();
	installation->dir = str_copy(installation->keep, dir);
	installation->highwater.fd = -1;
	pthread_condattr_t steady; /* the writer waits for a while, whatever the clock does */

	REQUIRE(pthread_mutex_init(&installation->lock, NULL) == 0 &&
		pthread_mutex_init(&installation->telling, NULL) == 0 &&
		pthread_condattr_init(&steady) == 0 &&
		pthread_condattr_setclock(&steady, CLOCK_MONOTONIC) == 0 &&
		pthread_cond_init(&installation->waiting, &steady) == 0 &&
		pthread_cond_init(&installation->sealing, NULL) == 0 &&
		pthread_condattr_destroy(&steady) == 0);
	enum err err = open_all(installation, reterr);

	if (err == ERR_OK)
		err = record_founding(installation, reterr);
	if (err != ERR_OK) {
		installation_close(installation);
		return err;
	}
	*ret_installation = installation;
	return ERR_OK;
}

/* The writer first, with all that is queued; then the sealer, with all that was written. */
static void stop_threads(struct installation *installation)
{
	pthread_mutex_lock(&installation->lock);
	installation->closing = true;
	pthread_cond_signal(&installation->waiting);
	pthread_mutex_unlock(&installation->lock);
	if (installation->writing)
		pthread_join(installation->writer, NULL);
	pthread_mutex_lock(&installation->lock);
	installation->written = true;
	pthread_cond_signal(&installation->sealing);
	pthread_mutex_unlock(&installation->lock);
	if (installation->is_sealing)
		pthread_join(installation->sealer, NULL);
}

void installation_close(struct installation *installation)
{
	if (installation == NULL)
		return;
	stop_threads(installation);
	if (installation->store != NULL && installation->writing)
		note_last(installation);
	highwater_close(&installation->highwater);
	sign_key_free(installation->signer);
	store_close(installation->witness);
	store_close(installation->store);
	arena_free(installation->arena);
	arena_free(installation->keep);
	pthread_mutex_destroy(&installation->lock);
	pthread_mutex_destroy(&installation->telling);
	pthread_cond_destroy(&installation->waiting);
	pthread_cond_destroy(&installation->sealing);
	free(installation);
}

static enum err make_folder(struct str dir, const struct store_institution *institution,
	const struct act_source *source, struct bh_err *reterr)
{
	struct store *store;

	TRY(store_open(dir, STORE_CREATE, &store, reterr));
	enum err err = signer_make(dir, source, reterr);

	if (err == ERR_OK)
		err = store_begin(store, reterr);
	if (err == ERR_OK)
		err = store_institution_put(store, institution, reterr);
	if (err == ERR_OK)
		err = store_commit(store, reterr);
	store_abort(store);
	store_close(store);
	return err;
}

enum err installation_found(struct str dir, const struct founding *founding, const struct act_source *source,
	struct bh_err *reterr)
{
	struct installation *installation;
	struct store_institution institution = {.name = founding->name,
		.title = founding->title,
		.origin = founding->origin,
		.offset_minutes = founding->offset_minutes};

	if (!note_name_is_good(founding->origin))
		return err_set(reterr, ERR_INVALID, "origin",
			"the ledger's origin is a name without blanks and plus signs: host/institution");
	TRY(make_folder(dir, &institution, source, reterr));
	TRY(installation_open(dir, source, &installation, reterr)); /* records the founding */
	installation_close(installation);
	return ERR_OK;
}

/* ---- questions ---- */

int installation_offset(const struct installation *installation)
{
	return installation->offset_minutes;
}

struct instant installation_now(const struct installation *installation)
{
	return installation->source.now(installation->source.context);
}

struct str installation_vkey(const struct installation *installation, struct arena *arena)
{
	return note_key_print(arena, &installation->key);
}

struct str installation_sign(const struct installation *installation, struct arena *arena, struct str text)
{
	return note_sign(arena, text, &installation->key, installation->signer);
}

struct str installation_checkpoint(struct installation *installation, struct arena *arena)
{
	pthread_mutex_lock(&installation->lock);
	struct str note =
		str_copy(arena, (struct str){installation->published, installation->published_size});

	pthread_mutex_unlock(&installation->lock);
	return note;
}

enum err installation_health(struct installation *installation, struct bh_err *reterr)
{
	pthread_mutex_lock(&installation->lock);
	enum err err = installation->broken ? installation->why_broken.code : ERR_OK;

	if (err != ERR_OK && reterr != NULL)
		*reterr = installation->why_broken;
	pthread_mutex_unlock(&installation->lock);
	return err;
}

uint64_t installation_changes(const struct installation *installation)
{
	return atomic_load(&installation->changes);
}

void installation_watch(struct installation *installation, installation_grew_fn *grew, void *context)
{
	pthread_mutex_lock(&installation->telling);
	installation->grew = grew;
	installation->grew_context = context;
	pthread_mutex_unlock(&installation->telling);
}
