/* export.c: the record as one plain tar, bundle by bundle. */
#include "base/tar.h"
#include "ledger/form.h"

#include <string.h>

/* Payloads of one bundle up to this size are kept from the first reading; more are read twice. */
#define PAYLOADS_KEPT_MAX ((uint64_t)16 * 1024 * 1024)

struct export
{
	const struct export_plan *plan;
	const struct export_source *source;
	struct byte_sink *sink;
	struct checkpoint checkpoint;
	struct arena *arena;       /* of one bundle */
	struct arena *event_arena; /* of one event */
	struct bh_err *reterr;
};

static enum err put(struct export *export, const char *bytes, size_t size)
{
	if (size == 0)
		return ERR_OK;
	enum err err = export->sink->put(export->sink->context, (struct str){bytes, size});

	return err == ERR_OK ? ERR_OK : err_set(export->reterr, err, "export", "can't write the archive");
}

static enum err put_zeros(struct export *export, size_t size)
{
	static const char zeros[2 * TAR_BLOCK_SIZE];

	REQUIRE(size <= sizeof zeros);
	return put(export, zeros, size);
}

static enum err put_header(struct export *export, struct str name, uint64_t size)
{
	const struct tar_entry entry = {name, size, export->plan->time};
	char header[TAR_BLOCK_SIZE];
	const char *objection = tar_entry_objection(&entry);

	if (objection != NULL)
		return err_set(export->reterr, ERR_RANGE, "export", "%.*s can't be put into the archive: %s",
			STR_ARG(name), objection);
	tar_header_print(&entry, header);
	return put(export, header, sizeof header);
}

static enum err put_file(struct export *export, struct str name, struct str bytes)
{
	TRY(put_header(export, name, bytes.size));
	TRY(put(export, bytes.data, bytes.size));
	return put_zeros(export, tar_padding(bytes.size));
}

/* The older checkpoints rise in size, stay below the newest, and are of the same ledger. */
static enum err take_notes(struct export *export, struct manifest *manifest)
{
	const struct export_plan *plan = export->plan;
	struct buf notes = buf_new(export->arena);
	struct checkpoint older;

	if (plan->older_count > EXPORT_OLDER_MAX)
		return err_set(export->reterr, ERR_RANGE, "export",
			"%zu older checkpoints are too many for one archive: take at most %d",
			plan->older_count, EXPORT_OLDER_MAX);
	uint64_t *sizes = ARENA_TAKE(export->arena, plan->older_count, uint64_t);

	buf_put(&notes, plan->note);
	for (size_t i = 0; i < plan->older_count; i++) {
		TRY(checkpoint_open(export->arena, plan->older[i], &plan->key, &older, export->reterr));
		sizes[i] = older.size;
		if (older.size >= export->checkpoint.size || (i > 0 && older.size <= sizes[i - 1]))
			return err_set(export->reterr, ERR_INVALID, "export",
				"the older checkpoints must rise in size and stay below %llu",
				(unsigned long long)export->checkpoint.size);
		buf_put(&notes, plan->older[i]);
	}
	manifest->older = sizes;
	manifest->older_count = plan->older_count;
	manifest->notes = hash_bytes(notes.data, notes.size);
	return ERR_OK;
}

static enum err put_front(struct export *export)
{
	const struct export_plan *plan = export->plan;
	struct manifest manifest = {.checkpoint = export->checkpoint, .key = plan->key, .time = plan->time};
	struct arena *arena = export->arena;

	memcpy(manifest.withheld, plan->withheld, sizeof manifest.withheld);
	TRY(take_notes(export, &manifest));
	TRY(put_file(export, STR("manifest.json"), manifest_print(arena, &manifest)));
	TRY(put_file(export, STR("checkpoint"), plan->note));
	TRY(put_file(export, STR("vkey"),
		str_format(arena, "%.*s\n", STR_ARG(note_key_print(arena, &plan->key)))));
	for (size_t i = 0; i < plan->older_count; i++)
		TRY(put_file(export, older_path(arena, manifest.older[i]), plan->older[i]));
	return ERR_OK;
}

static enum err put_tile(struct export *export, const struct tile *tile)
{
	struct hash hashes[TILE_WIDTH];

	if (tile_hashes(&export->source->tree, tile, hashes) != ERR_OK)
		return err_set(export->reterr, ERR_INCOMPLETE, "export", "the tree lacks a node of %.*s",
			STR_ARG(tile_path(export->arena, tile)));
	return put_file(export, tile_path(export->arena, tile),
		(struct str){(const char *)hashes, tile->width * sizeof *hashes});
}

static enum err read_event(struct export *export, uint64_t index, struct str *ret_envelope,
	struct opened_payload payloads[ENVELOPE_SLOTS_MAX], size_t *ret_count)
{
	size_t count = 0, kept = 0;
	enum err err = export->source->event(
		export->source->context, index, export->event_arena, ret_envelope, payloads, &count);

	if (err != ERR_OK)
		return err_set(
			export->reterr, err, "export", "can't read event %llu", (unsigned long long)index);
	REQUIRE(count <= ENVELOPE_SLOTS_MAX);
	if (ret_envelope->size > ENVELOPE_SIZE_MAX)
		return err_set(export->reterr, ERR_RANGE, "export", "event %llu has more than 16 KiB",
			(unsigned long long)index);
	for (size_t i = 0; i < count; i++) {
		if (payloads[i].bytes.size > PAYLOAD_SIZE_MAX)
			return err_set(export->reterr, ERR_RANGE, "export",
				"payload %.*s of event %llu has more than 16 MiB", STR_ARG(payloads[i].slot),
				(unsigned long long)index);
		REQUIRE(i == 0 || str_compare(payloads[i - 1].slot, payloads[i].slot) < 0);
		if (!export->plan->withheld[payloads[i].class])
			payloads[kept++] = payloads[i];
	}
	*ret_count = kept;
	return ERR_OK;
}

/* What is gathered of a bundle before it is written. */
struct gathered {
	struct buf entries, payloads;
	uint64_t payload_size; /* of all records; those are in `payloads` as long as they are few */
};

static enum err gather_event(struct export *export, uint64_t index, struct gathered *gathered)
{
	struct opened_payload payloads[ENVELOPE_SLOTS_MAX];
	struct str envelope;
	size_t count;

	TRY(read_event(export, index, &envelope, payloads, &count));
	bundle_put(&gathered->entries, envelope);
	for (size_t i = 0; i < count; i++) {
		const struct payload_record record = {index, payloads[i]};

		gathered->payload_size += payload_record_size_of(&record);
		if (gathered->payload_size <= PAYLOADS_KEPT_MAX)
			payload_record_put(&gathered->payloads, &record);
	}
	arena_clear(export->event_arena);
	return ERR_OK;
}

/* The payloads of a bundle that are too many to be kept, read once more event by event. */
static enum err put_payloads_again(struct export *export, uint64_t first, unsigned width, uint64_t wanted)
{
	struct opened_payload payloads[ENVELOPE_SLOTS_MAX];
	struct str envelope;
	uint64_t size = 0;
	size_t count;

	for (unsigned i = 0; i < width; i++, arena_clear(export->event_arena)) {
		struct buf records = buf_new(export->event_arena);

		TRY(read_event(export, first + i, &envelope, payloads, &count));
		for (size_t p = 0; p < count; p++)
			payload_record_put(&records, &(struct payload_record){first + i, payloads[p]});
		size += records.size;
		if (size > wanted)
			break;
		TRY(put(export, records.data, records.size));
	}
	if (size != wanted)
		return err_set(export->reterr, ERR_CONFLICT, "export",
			"the payloads from event %llu on changed while they were read: export again",
			(unsigned long long)first);
	return put_zeros(export, tar_padding(size));
}

static enum err put_payloads(struct export *export, const struct tile *entries, struct gathered *gathered)
{
	struct str path = payload_path(export->arena, entries);

	if (gathered->payload_size <= PAYLOADS_KEPT_MAX)
		return put_file(export, path, buf_str(&gathered->payloads));
	TRY(put_header(export, path, gathered->payload_size));
	return put_payloads_again(export, entries->n * TILE_WIDTH, entries->width, gathered->payload_size);
}

static enum err put_bundle(struct export *export, uint64_t bundle)
{
	uint64_t size = export->checkpoint.size;
	struct tile leaves = {.n = bundle, .width = tile_width(0, bundle, size)};
	struct tile entries = {.entries = true, .n = bundle, .width = leaves.width}, higher[TILE_LEVELS];
	struct gathered gathered = {.entries = buf_new(export->arena), .payloads = buf_new(export->arena)};
	size_t count = tiles_behind_bundle(size, bundle, higher);

	for (unsigned i = 0; i < leaves.width; i++)
		TRY(gather_event(export, bundle * TILE_WIDTH + i, &gathered));
	TRY(put_tile(export, &leaves));
	TRY(put_file(export, tile_path(export->arena, &entries), buf_str(&gathered.entries)));
	TRY(put_payloads(export, &entries, &gathered));
	for (size_t i = 0; i < count; i++)
		TRY(put_tile(export, &higher[i]));
	return ERR_OK;
}

static enum err put_archive(struct export *export)
{
	TRY(checkpoint_open(
		export->arena, export->plan->note, &export->plan->key, &export->checkpoint, export->reterr));
	/* The arena is cleared behind each bundle; this text must outlive them. */
	export->checkpoint.origin = export->plan->key.name;
	TRY(put_front(export));
	for (uint64_t bundle = 0; bundle * TILE_WIDTH < export->checkpoint.size; bundle++) {
		arena_clear(export->arena);
		TRY(put_bundle(export, bundle));
	}
	return put_zeros(export, 2 * TAR_BLOCK_SIZE);
}

enum err ledger_export(const struct export_plan *plan, const struct export_source *source,
	struct byte_sink *sink, struct bh_err *reterr)
{
	struct export export = {.plan = plan,
		.source = source,
		.sink = sink,
		.arena = arena_new(),
		.event_arena = arena_new(),
		.reterr = reterr};
	enum err err = put_archive(&export);

	arena_free(export.arena);
	arena_free(export.event_arena);
	return err;
}
