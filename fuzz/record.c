/* Any events and any payloads, in an archive around them that fits: tiles, root, a signed note. So what
 * stands behind the hashes is reached: envelopes, chains, payload records, erasures.
 *
 * The input: one byte of withheld classes; then entries, each with its size in 16 bits before it, up to one
 * of size 0; the rest is the payload file. */
#include "fuzz.h"

#include "base/tar.h"
#include "ledger/form.h"

#include <string.h>

static enum err get_bytes(void *context, char *bytes, size_t size, size_t *ret_size)
{
	struct str *rest = context;

	*ret_size = size < rest->size ? size : rest->size;
	if (*ret_size > 0)
		memcpy(bytes, rest->data, *ret_size);
	*rest = str_slice(*rest, *ret_size, rest->size);
	return ERR_OK;
}

static void put_file(struct buf *buf, struct str name, struct str bytes)
{
	static const char zeros[TAR_BLOCK_SIZE];
	char header[TAR_BLOCK_SIZE];

	tar_header_print(&(struct tar_entry){name, bytes.size, 1}, header);
	buf_put(buf, (struct str){header, sizeof header});
	buf_put(buf, bytes);
	buf_put(buf, (struct str){zeros, tar_padding(bytes.size)});
}

/* Up to one bundle. */
struct taken {
	struct buf entries, hashes;
	struct tree_edge edge;
};

static void take_entries(struct arena *arena, struct str *rest, struct taken *taken)
{
	struct str entry;

	*taken = (struct taken){.entries = buf_new(arena), .hashes = buf_new(arena)};
	while (taken->edge.size < TILE_WIDTH && bundle_next(rest, &entry) && entry.size > 0) {
		struct hash hash = leaf_hash(entry);

		bundle_put(&taken->entries, entry);
		buf_put(&taken->hashes, (struct str){(const char *)hash.bytes, HASH_SIZE});
		REQUIRE(tree_append(&taken->edge, &hash, NULL, NULL) == ERR_OK);
	}
}

static struct str compose(struct arena *arena, struct str rest, unsigned withheld, const struct note_key *key,
	const struct sign_key *signer)
{
	struct buf buf = buf_new(arena);
	struct taken taken;

	take_entries(arena, &rest, &taken);
	struct checkpoint checkpoint = {key->name, taken.edge.size, tree_root(&taken.edge)};
	struct str note = checkpoint_sign(arena, &checkpoint, key, signer);
	struct manifest manifest = {
		.checkpoint = checkpoint, .key = *key, .time = 1, .notes = hash_bytes(note.data, note.size)};

	for (int class = 0; class < PAYLOAD_CLASS_COUNT; class ++)
		manifest.withheld[class] = (withheld >> class & 1) != 0;
	put_file(&buf, STR("manifest.json"), manifest_print(arena, &manifest));
	put_file(&buf, STR("checkpoint"), note);
	put_file(&buf, STR("vkey"), str_format(arena, "%.*s\n", STR_ARG(note_key_print(arena, key))));
	if (taken.edge.size > 0) {
		struct tile leaves = {.width = (unsigned)taken.edge.size},
			    entries = {.entries = true, .width = leaves.width}, higher[TILE_LEVELS];

		put_file(&buf, tile_path(arena, &leaves), buf_str(&taken.hashes));
		put_file(&buf, tile_path(arena, &entries), buf_str(&taken.entries));
		put_file(&buf, payload_path(arena, &entries), rest);
		if (tiles_behind_bundle(taken.edge.size, 0, higher) > 0) {
			struct hash root = tree_root(&taken.edge);

			put_file(&buf, tile_path(arena, &higher[0]),
				(struct str){(const char *)root.bytes, HASH_SIZE});
		}
	}
	static const char zeros[2 * TAR_BLOCK_SIZE];

	buf_put(&buf, (struct str){zeros, sizeof zeros});
	return buf_str(&buf);
}

static enum err look_at(void *context, const struct envelope *envelope, const struct opened_payload *payloads,
	size_t count, struct bh_err *reterr)
{
	uint64_t *next = context;

	(void)reterr;
	REQUIRE(envelope->index == *next && count <= envelope->commitment_count);
	for (size_t i = 0; i < count; i++) {
		struct hash hash = commitment_hash(payloads[i].class, payloads[i].salt, payloads[i].bytes);
		bool found = false;

		for (size_t c = 0; c < envelope->commitment_count; c++)
			found = found || (str_equal(envelope->commitments[c].slot, payloads[i].slot) &&
						 hash_equal(&envelope->commitments[c].hash, &hash));
		REQUIRE(found);
	}
	++*next;
	return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const uint8_t seed[SIGN_SEED_SIZE] = {1};
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	struct verification verification;
	uint64_t next = 0;
	struct bh_err err;

	if (size == 0)
		return 0;
	struct arena *arena = arena_new();
	struct sign_key *signer = sign_key_new(seed);

	sign_key_public(signer, public_key);
	struct note_key key = note_key_make(STR("fuzz.example/any"), public_key);
	struct str archive = compose(arena, fuzz_text(bytes + 1, size - 1), bytes[0], &key, signer);
	struct byte_source source = {get_bytes, &archive};
	struct verify_plan plan = {.key = key, .each = look_at, .context = &next};

	REQUIRE(ledger_verify(arena, &plan, &source, &verification, &err) == ERR_OK);
	REQUIRE((verification.verdict == VERDICT_OK) == (verification.what.size == 0));
	REQUIRE(utf8_is_valid(verification.what));
	if (verification.verdict == VERDICT_OK)
		REQUIRE(verification.events == next && next == verification.checkpoint.size);
	sign_key_free(signer);
	arena_free(arena);
	return 0;
}
