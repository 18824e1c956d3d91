/* verify.c: an export judged in one pass, with nothing but the key that was given. */
#include "ledger/archive.h"
#include "ledger/form.h"
#include "ledger/history.h"

#include <string.h>

#define COMPARED_LEVEL(level) ((level) % 8 == 0)

/* At this size the tree must have this root. */
struct mark {
	uint64_t size;
	struct hash root;
	const char *whose; /* for the sentence that says who differs */
};

struct verify {
	const struct verify_plan *plan;
	struct arena *arena;        /* lives as long as the verification */
	struct arena *bundle_arena; /* cleared behind each bundle */
	struct arena *event_arena;  /* cleared behind each event */
	struct archive archive;
	struct manifest manifest;
	struct buf notes; /* all checkpoints of the archive, one behind the other */
	struct history history;
	struct tree_edge edge;
	struct hash (
		*tiles)[TILE_WIDTH]; /* per tile level the hashes made last, at their places in the tile */
	struct mark *marks;          /* by size */
	size_t mark_count, mark_capacity, marks_passed;
	bool record_waits; /* a payload record was read that is not yet used */
	struct payload_record record;
	struct verification result;
	struct bh_err *reterr;
};

/* ---- what is known before the first event ---- */

static void add_mark(struct verify *verify, const struct checkpoint *checkpoint, const char *whose)
{
	ARENA_PUSH(verify->arena, verify->marks, verify->mark_count, verify->mark_capacity);
	size_t at = verify->mark_count - 1;

	/* Files bring them sorted already, so this seldom moves anything. */
	for (; at > 0 && verify->marks[at - 1].size > checkpoint->size; at--)
		verify->marks[at] = verify->marks[at - 1];
	verify->marks[at] = (struct mark){checkpoint->size, checkpoint->root, whose};
}

static enum err read_note(struct verify *verify, struct str path, struct checkpoint *ret_checkpoint)
{
	struct str note;

	TRY(archive_file(&verify->archive, verify->arena, path, NOTE_SIZE_MAX, &note));
	buf_put(&verify->notes, note);
	return checkpoint_open(verify->arena, note, &verify->plan->key, ret_checkpoint, verify->reterr);
}

static enum err read_front(struct verify *verify)
{
	struct manifest *manifest = &verify->manifest;
	struct arena *arena = verify->arena;
	struct str text, vkey;

	TRY(archive_file(&verify->archive, arena, STR("manifest.json"), MANIFEST_SIZE_MAX, &text));
	TRY(read_note(verify, STR("checkpoint"), &manifest->checkpoint));
	verify->result.checkpoint = manifest->checkpoint;
	manifest->key = verify->plan->key;
	TRY(manifest_parse(arena, text, manifest, verify->reterr));
	if (manifest->time != verify->archive.time)
		return err_set(verify->reterr, ERR_TAMPERED, "manifest.json",
			"it bears another time than the archive");
	TRY(archive_file(&verify->archive, arena, STR("vkey"), NOTE_SIZE_MAX, &vkey));
	if (!str_equal(vkey, str_format(arena, "%.*s\n", STR_ARG(note_key_print(arena, &manifest->key)))))
		return err_set(
			verify->reterr, ERR_TAMPERED, "vkey", "the key in the archive isn't the one given");
	return ERR_OK;
}

static enum err read_older(struct verify *verify)
{
	struct checkpoint older;

	for (size_t i = 0; i < verify->manifest.older_count; i++) {
		uint64_t size = verify->manifest.older[i];
		struct str path = older_path(verify->arena, size);

		TRY(read_note(verify, path, &older));
		if (older.size != size)
			return err_set(verify->reterr, ERR_TAMPERED, path.data,
				"it is a checkpoint of another size");
		add_mark(verify, &older, "an older checkpoint in the archive");
	}
	struct hash notes = hash_bytes(verify->notes.data, verify->notes.size);

	if (!hash_equal(&notes, &verify->manifest.notes))
		return err_set(verify->reterr, ERR_TAMPERED, "manifest.json",
			"the checkpoints aren't those that were put into the archive");
	return ERR_OK;
}

/* A checkpoint, or the one that a receipt holds. */
static enum err open_since(
	struct verify *verify, struct str text, struct checkpoint *ret_since, struct bh_err *reterr)
{
	struct proof ignored;
	uint64_t index;

	if (str_starts(text, RECEIPT_HEADER))
		TRY(receipt_parse(verify->arena, text, &index, &ignored, &text, reterr));
	return checkpoint_open(verify->arena, text, &verify->plan->key, ret_since, reterr);
}

static enum err take_since(struct verify *verify)
{
	struct checkpoint since;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	for (size_t i = 0; i < verify->plan->since_count; i++) {
		if (open_since(verify, verify->plan->since[i], &since, &why) != ERR_OK)
			return err_set(verify->reterr, ERR_INCOMPLETE, "since",
				"the older checkpoint given can't be used: %s", err_both(&why, both));
		if (since.size > verify->manifest.checkpoint.size)
			return err_set(verify->reterr, ERR_TAMPERED, "since",
				"a checkpoint of %llu events was signed, and this holds %llu: the newest "
				"were cut off, "
				"or it was made before that checkpoint",
				(unsigned long long)since.size,
				(unsigned long long)verify->manifest.checkpoint.size);
		add_mark(verify, &since, "the older checkpoint given");
	}
	return ERR_OK;
}

/* ---- the tree ---- */

static enum err check_marks(struct verify *verify)
{
	for (; verify->marks_passed < verify->mark_count; verify->marks_passed++) {
		const struct mark *mark = &verify->marks[verify->marks_passed];
		uint64_t agreed = verify->marks_passed > 0 ? mark[-1].size : 0;

		if (mark->size > verify->edge.size)
			break;
		struct hash root = tree_root(&verify->edge);

		if (!hash_equal(&root, &mark->root))
			return err_set(verify->reterr, ERR_TAMPERED, "root",
				"the first %llu events don't give the root of %s: one of the events from "
				"%llu on was "
				"changed",
				(unsigned long long)mark->size, mark->whose, (unsigned long long)agreed);
	}
	return ERR_OK;
}

static enum err keep_hash(void *context, unsigned level, uint64_t i, const struct hash *hash)
{
	struct verify *verify = context;

	if (COMPARED_LEVEL(level))
		verify->tiles[level / 8][i % TILE_WIDTH] = *hash;
	return ERR_OK;
}

static enum err check_higher_tile(struct verify *verify, const struct tile *tile)
{
	struct str path = tile_path(verify->bundle_arena, tile), bytes;
	size_t size = tile->width * sizeof(struct hash);

	TRY(archive_file(&verify->archive, verify->bundle_arena, path, size, &bytes));
	if (bytes.size != size || memcmp(bytes.data, verify->tiles[tile->level], size) != 0)
		return err_set(
			verify->reterr, ERR_TAMPERED, path.data, "the tile isn't what the events give");
	return ERR_OK;
}

/* ---- payloads ---- */

/* The next record of the payload file, left waiting until it is used; NULL behind the last. */
static enum err peek_record(struct verify *verify, const struct payload_record **ret_record)
{
	struct str head, bytes;

	*ret_record = NULL;
	if (!verify->record_waits) {
		if (verify->archive.left == 0)
			return ERR_OK;
		TRY(archive_take(&verify->archive, PAYLOAD_RECORD_HEAD, &head));
		size_t size = payload_record_size(head.data);

		if (size > PAYLOAD_RECORD_MAX)
			return err_set(
				verify->reterr, ERR_TAMPERED, "payload", "a record of %zu bytes", size);
		TRY(archive_take(&verify->archive, size, &bytes));
		if (!payload_record_parse(bytes, &verify->record))
			return err_set(
				verify->reterr, ERR_TAMPERED, "payload", "a record that can't be read");
		verify->record_waits = true;
	}
	*ret_record = &verify->record;
	return ERR_OK;
}

static void note_absence(struct verify *verify, uint64_t index, const struct commitment *commitment)
{
	if (verify->manifest.withheld[commitment->class])
		verify->result.withheld[commitment->class]++;
	else
		history_absent(&verify->history, index, commitment->slot);
}

/* One slot of an event: the payload fits its commitment, or is gone and noted. */
static enum err check_slot(struct verify *verify, uint64_t index, const struct commitment *commitment,
	struct opened_payload *payloads, size_t *count)
{
	const struct payload_record *record;

	TRY(peek_record(verify, &record));
	if (record == NULL || record->index != index || !str_equal(record->payload.slot, commitment->slot)) {
		note_absence(verify, index, commitment);
		return ERR_OK;
	}
	struct hash hash =
		commitment_hash(record->payload.class, record->payload.salt, record->payload.bytes);

	if (record->payload.class != commitment->class || !hash_equal(&hash, &commitment->hash))
		return err_set(verify->reterr, ERR_TAMPERED, "payload",
			"its payload %.*s isn't the one it committed to", STR_ARG(commitment->slot));
	if (verify->manifest.withheld[commitment->class])
		return err_set(verify->reterr, ERR_TAMPERED, "payload",
			"its payload %.*s is here, and the manifest says that class is withheld",
			STR_ARG(commitment->slot));
	/* The next record will lie where this one lies. */
	payloads[*count] = record->payload;
	payloads[*count].slot = commitment->slot;
	payloads[*count].bytes = str_copy(verify->event_arena, record->payload.bytes);
	++*count;
	verify->record_waits = false;
	verify->result.payloads++;
	return ERR_OK;
}

static enum err check_payloads(struct verify *verify, const struct envelope *envelope,
	struct opened_payload *payloads, size_t *ret_count)
{
	const struct payload_record *record;

	*ret_count = 0;
	for (size_t i = 0; i < envelope->commitment_count; i++)
		TRY(check_slot(verify, envelope->index, &envelope->commitments[i], payloads, ret_count));
	TRY(peek_record(verify, &record));
	if (record != NULL && record->index <= envelope->index)
		return err_set(verify->reterr, ERR_TAMPERED, "payload",
			"a payload lies here that it didn't commit to");
	return ERR_OK;
}

/* ---- events ---- */

static enum err explain_erasure(struct verify *verify, const struct envelope *envelope,
	const struct opened_payload *payloads, size_t count)
{
	if (!str_is(envelope->act, ACT_PRIVACY_ERASE))
		return ERR_OK;
	for (size_t i = 0; i < count; i++)
		if (str_is(payloads[i].slot, "main") && payloads[i].class == PAYLOAD_PUBLIC)
			return history_explain(&verify->history, verify->event_arena, envelope->index,
				payloads[i].bytes, verify->reterr);
	return ERR_OK;
}

static enum err check_event(struct verify *verify, struct str leaf, const struct hash *in_tile)
{
	struct opened_payload payloads[ENVELOPE_SLOTS_MAX];
	struct envelope envelope;
	struct hash hash = leaf_hash(leaf);
	size_t count;

	if (!hash_equal(&hash, in_tile))
		return err_set(
			verify->reterr, ERR_TAMPERED, "leaf", "its bytes don't hash to what its tile says");
	TRY(envelope_parse(leaf, &envelope, verify->reterr));
	TRY(history_follow(&verify->history, &envelope, verify->reterr));
	TRY(tree_append(&verify->edge, &hash, keep_hash, verify));
	TRY(check_payloads(verify, &envelope, payloads, &count));
	TRY(explain_erasure(verify, &envelope, payloads, count));
	if (verify->plan->each != NULL)
		TRY(verify->plan->each(verify->plan->context, &envelope, payloads, count, verify->reterr));
	verify->result.events++;
	return ERR_OK;
}

static enum err check_leaves(struct verify *verify, uint64_t bundle, unsigned width,
	const struct hash *in_tile, struct str entries)
{
	struct str leaf;

	for (unsigned i = 0; i < width; i++) {
		if (!bundle_next(&entries, &leaf))
			return err_set(verify->reterr, ERR_TAMPERED, "entries",
				"its bytes are missing from the bundle");
		TRY(check_event(verify, leaf, &in_tile[i]));
		/* What goes wrong from here on isn't this event's fault alone. */
		verify->result.first_bad = -1;
		TRY(check_marks(verify));
		verify->result.first_bad = (int64_t)(bundle * TILE_WIDTH + i + 1);
		arena_clear(verify->event_arena);
	}
	verify->result.first_bad = -1;
	if (entries.size > 0)
		return err_set(verify->reterr, ERR_TAMPERED, "entries",
			"bundle %llu holds more than its events", (unsigned long long)bundle);
	if (verify->record_waits || verify->archive.left > 0)
		return err_set(verify->reterr, ERR_TAMPERED, "payload",
			"the payloads of bundle %llu are too many", (unsigned long long)bundle);
	return ERR_OK;
}

static enum err check_bundle(struct verify *verify, uint64_t bundle)
{
	uint64_t size = verify->manifest.checkpoint.size, ignored;
	struct tile leaves = {.n = bundle, .width = tile_width(0, bundle, size)};
	struct tile entries = {.entries = true, .n = bundle, .width = leaves.width}, higher[TILE_LEVELS];
	struct hash in_tile[TILE_WIDTH];
	struct arena *arena = verify->bundle_arena;
	struct str path = tile_path(arena, &leaves), hashes, bytes;
	size_t count = tiles_behind_bundle(size, bundle, higher);

	verify->result.first_bad = (int64_t)(bundle * TILE_WIDTH);
	TRY(archive_file(&verify->archive, arena, path, sizeof in_tile, &hashes));
	if (hashes.size != leaves.width * sizeof *in_tile)
		return err_set(
			verify->reterr, ERR_TAMPERED, path.data, "it doesn't hold %u hashes", leaves.width);
	memcpy(in_tile, hashes.data, hashes.size);
	TRY(archive_file(&verify->archive, arena, tile_path(arena, &entries), BUNDLE_SIZE_MAX, &bytes));
	TRY(archive_next(&verify->archive, payload_path(arena, &entries), &ignored));
	TRY(check_leaves(verify, bundle, leaves.width, in_tile, bytes));
	for (size_t i = 0; i < count; i++)
		TRY(check_higher_tile(verify, &higher[i]));
	return ERR_OK;
}

/* ---- the verdict ---- */

static enum err check_absences(struct verify *verify)
{
	const struct absence *missing = history_unexplained(&verify->history, &verify->result.erased);

	if (missing != NULL) {
		verify->result.first_bad = (int64_t)missing->index;
		return err_set(verify->reterr, ERR_INCOMPLETE, "payload",
			"its payload %.*s is missing, and neither the manifest nor a " ACT_PRIVACY_ERASE
			" says why",
			STR_ARG(missing->slot));
	}
	for (int class = 0; class < PAYLOAD_CLASS_COUNT; class ++)
		if (verify->plan->required[class] && verify->result.withheld[class] > 0)
			return err_set(verify->reterr, ERR_INCOMPLETE, "manifest.json",
				"withheld, though promised: %llu of class %s",
				(unsigned long long)verify->result.withheld[class],
				payload_class_name((enum payload_class) class));
	return ERR_OK;
}

static enum err check_archive(struct verify *verify)
{
	TRY(read_front(verify));
	TRY(read_older(verify));
	TRY(take_since(verify));
	add_mark(verify, &verify->manifest.checkpoint, "its checkpoint");
	TRY(check_marks(verify));
	for (uint64_t bundle = 0; bundle * TILE_WIDTH < verify->manifest.checkpoint.size; bundle++) {
		arena_clear(verify->bundle_arena);
		TRY(check_bundle(verify, bundle));
	}
	REQUIRE(verify->marks_passed == verify->mark_count);
	TRY(archive_end(&verify->archive));
	return check_absences(verify);
}

static struct str sentence(struct arena *arena, int64_t first_bad, const struct bh_err *why)
{
	if (first_bad >= 0)
		return str_format(arena, "event %lld: %s: %s", (long long)first_bad, why->place, why->text);
	return str_format(arena, "%s: %s", why->place, why->text);
}

enum err ledger_verify(struct arena *arena, const struct verify_plan *plan, struct byte_source *source,
	struct verification *ret_verification, struct bh_err *reterr)
{
	struct bh_err why = {0};
	struct verify verify = {.plan = plan,
		.arena = arena,
		.bundle_arena = arena_new(),
		.event_arena = arena_new(),
		.archive = archive_open(arena, source, &why),
		.notes = buf_new(arena),
		.history = history_new(arena),
		.tiles = arena_take(arena, TILE_LEVELS, sizeof *verify.tiles),
		.result = {.first_bad = -1},
		.reterr = &why};
	enum err err = check_archive(&verify);

	arena_free(verify.bundle_arena);
	arena_free(verify.event_arena);
	if (err == ERR_IO) {
		if (reterr != NULL)
			*reterr = why;
		return ERR_IO;
	}
	if (err != ERR_OK) {
		verify.result.verdict = err == ERR_INCOMPLETE ? VERDICT_INCOMPLETE : VERDICT_TAMPERED;
		verify.result.what = sentence(arena, verify.result.first_bad, &why);
	}
	*ret_verification = verify.result;
	return ERR_OK;
}
