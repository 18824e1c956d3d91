/* export.c: the record as one plain tar, bundle by bundle. */
#include "base/tar.h"
#include "ledger/form.h"

#include <string.h>

struct export
{
	const struct export_plan *plan;
	const struct export_source *source;
	struct byte_sink *sink;
	struct checkpoint checkpoint;
	struct arena *arena; /* of one bundle */
	struct bh_err *reterr;
};

static enum err put(struct export *export, const char *bytes, size_t size)
{
	if (size == 0)
		return ERR_OK;
	enum err err = export->sink->put(export->sink->context, (struct str){bytes, size});

	return err == ERR_OK ? ERR_OK : err_set(export->reterr, err, "export", "can't write the archive");
}

static enum err put_file(struct export *export, struct str name, struct str bytes)
{
	static const char zeros[TAR_BLOCK_SIZE];
	const struct tar_entry entry = {name, bytes.size, export->plan->time};
	char header[TAR_BLOCK_SIZE];
	const char *objection = tar_entry_objection(&entry);

	if (objection != NULL)
		return err_set(export->reterr, ERR_RANGE, "export", "%.*s can't be put into the archive: %s",
			STR_ARG(name), objection);
	tar_header_print(&entry, header);
	TRY(put(export, header, sizeof header));
	TRY(put(export, bytes.data, bytes.size));
	return put(export, zeros, tar_padding(bytes.size));
}

/* The older checkpoints rise in size, stay below the newest, and are of the same ledger. */
static enum err check_older(struct export *export, struct manifest *manifest)
{
	const struct export_plan *plan = export->plan;
	uint64_t *sizes = ARENA_TAKE(export->arena, plan->older_count, uint64_t);
	struct checkpoint older;

	for (size_t i = 0; i < plan->older_count; i++) {
		TRY(checkpoint_open(export->arena, plan->older[i], &plan->key, &older, export->reterr));
		sizes[i] = older.size;
		if (older.size >= export->checkpoint.size || (i > 0 && older.size <= sizes[i - 1]))
			return err_set(export->reterr, ERR_INVALID, "export",
				"the older checkpoints must rise in size and stay below %llu",
				(unsigned long long)export->checkpoint.size);
	}
	manifest->older = sizes;
	manifest->older_count = plan->older_count;
	return ERR_OK;
}

static enum err put_front(struct export *export)
{
	const struct export_plan *plan = export->plan;
	struct manifest manifest = {.checkpoint = export->checkpoint, .key = plan->key, .time = plan->time};
	struct arena *arena = export->arena;

	memcpy(manifest.withheld, plan->withheld, sizeof manifest.withheld);
	TRY(check_older(export, &manifest));
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

static enum err gather_event(struct export *export, uint64_t index, struct buf *entries, struct buf *payloads)
{
	struct opened_payload opened[ENVELOPE_SLOTS_MAX];
	struct str envelope;
	size_t count = 0;
	enum err err = export->source->event(
		export->source->context, index, export->arena, &envelope, opened, &count);

	if (err != ERR_OK)
		return err_set(
			export->reterr, err, "export", "can't read event %llu", (unsigned long long)index);
	REQUIRE(count <= ENVELOPE_SLOTS_MAX);
	if (envelope.size > ENVELOPE_SIZE_MAX)
		return err_set(export->reterr, ERR_RANGE, "export", "event %llu has more than 16 KiB",
			(unsigned long long)index);
	bundle_put(entries, envelope);
	for (size_t i = 0; i < count; i++) {
		if (export->plan->withheld[opened[i].class])
			continue;
		if (opened[i].bytes.size > PAYLOAD_SIZE_MAX)
			return err_set(export->reterr, ERR_RANGE, "export",
				"payload %.*s of event %llu has more than 16 MiB", STR_ARG(opened[i].slot),
				(unsigned long long)index);
		payload_record_put(payloads, &(struct payload_record){index, opened[i]});
	}
	return ERR_OK;
}

static enum err put_bundle(struct export *export, uint64_t bundle)
{
	uint64_t size = export->checkpoint.size;
	struct tile leaves = {.n = bundle, .width = tile_width(0, bundle, size)};
	struct tile entries = {.entries = true, .n = bundle, .width = leaves.width}, higher[TILE_LEVELS];
	struct buf entry_bytes = buf_new(export->arena), payload_bytes = buf_new(export->arena);
	size_t count = tiles_behind_bundle(size, bundle, higher);

	for (unsigned i = 0; i < leaves.width; i++)
		TRY(gather_event(export, bundle * TILE_WIDTH + i, &entry_bytes, &payload_bytes));
	TRY(put_tile(export, &leaves));
	TRY(put_file(export, tile_path(export->arena, &entries), buf_str(&entry_bytes)));
	TRY(put_file(export, payload_path(export->arena, &entries), buf_str(&payload_bytes)));
	for (size_t i = 0; i < count; i++)
		TRY(put_tile(export, &higher[i]));
	return ERR_OK;
}

static enum err put_archive(struct export *export)
{
	static const char end[2 * TAR_BLOCK_SIZE];

	TRY(checkpoint_open(
		export->arena, export->plan->note, &export->plan->key, &export->checkpoint, export->reterr));
	/* The arena is cleared behind each bundle; this text must outlive them. */
	export->checkpoint.origin = export->plan->key.name;
	TRY(put_front(export));
	for (uint64_t bundle = 0; bundle * TILE_WIDTH < export->checkpoint.size; bundle++) {
		arena_clear(export->arena);
		TRY(put_bundle(export, bundle));
	}
	return put(export, end, sizeof end);
}

enum err ledger_export(const struct export_plan *plan, const struct export_source *source,
	struct byte_sink *sink, struct bh_err *reterr)
{
	struct export export = {
		.plan = plan, .source = source, .sink = sink, .arena = arena_new(), .reterr = reterr};
	enum err err = put_archive(&export);

	arena_free(export.arena);
	return err;
}
