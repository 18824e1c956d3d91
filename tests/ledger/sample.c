#include "sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/tar.h"
#include "ledger/form.h"

#define TIME_FIRST INT64_C(1546300800000000) /* 2019-01-01T00:00:00Z */

uint64_t sample_random(struct sample *sample, uint64_t below)
{
	/* splitmix64 */
	uint64_t z = sample->random += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return (z ^ z >> 31) % below;
}

struct sample *sample_new(uint8_t seed)
{
	struct arena *arena = arena_new();
	struct sample *sample = ARENA_TAKE(arena, 1, struct sample);
	uint8_t secret[SIGN_SEED_SIZE] = {seed}, public_key[SIGN_PUBLIC_SIZE];

	sample->arena = arena;
	sample->random = seed;
	sample->time = TIME_FIRST;
	sample->signer = sign_key_new(secret);
	sign_key_public(sample->signer, public_key);
	sample->key = note_key_make(STR(SAMPLE_ORIGIN), public_key);
	return sample;
}

void sample_free(struct sample *sample)
{
	sign_key_free(sample->signer);
	arena_free(sample->arena);
}

/* ---- events ---- */

static enum err keep_node(void *context, unsigned level, uint64_t i, const struct hash *hash)
{
	struct sample *sample = context;

	assert_int_equal(i, sample->node_counts[level]);
	*ARENA_PUSH(sample->arena, sample->nodes[level], sample->node_counts[level],
		sample->node_capacities[level]) = *hash;
	return ERR_OK;
}

static void add_leaf(struct sample *sample, struct str leaf)
{
	struct hash hash = leaf_hash(leaf);

	assert_int_equal(tree_append(&sample->edge, &hash, keep_node, sample), ERR_OK);
}

void sample_rebuild(struct sample *sample)
{
	memset(sample->node_counts, 0, sizeof sample->node_counts);
	sample->edge = (struct tree_edge){0};
	for (size_t i = 0; i < sample->count; i++)
		add_leaf(sample, sample->events[i].leaf);
}

static void print_leaf(struct sample *sample, struct sample_event *event)
{
	const char *objection = envelope_objection(&event->envelope);

	if (objection != NULL)
		fail_msg("%s", objection);
	event->leaf = envelope_print(sample->arena, &event->envelope);
}

void sample_rewrite(struct sample *sample, uint64_t index)
{
	print_leaf(sample, &sample->events[index]);
	sample_rebuild(sample);
}

static int64_t last_of(const struct sample *sample, struct str object)
{
	for (size_t i = sample->count; object.size > 0 && i > 0; i--)
		if (str_equal(sample->events[i - 1].envelope.object, object))
			return (int64_t)i - 1;
	return -1;
}

void sample_append(struct sample *sample, const struct envelope *envelope,
	const struct opened_payload *payloads, size_t count)
{
	struct sample_event event = {.envelope = *envelope, .payload_count = count};

	event.envelope.index = sample->count;
	event.envelope.time = sample->time;
	event.envelope.previous = last_of(sample, envelope->object);
	event.envelope.commitment_count = count;
	for (size_t i = 0; i < count; i++) {
		event.payloads[i] = payloads[i];
		event.payloads[i].bytes = str_copy(sample->arena, payloads[i].bytes);
		event.envelope.commitments[i] = (struct commitment){payloads[i].slot, payloads[i].class,
			commitment_hash(payloads[i].class, payloads[i].salt, payloads[i].bytes)};
	}
	print_leaf(sample, &event);
	add_leaf(sample, event.leaf);
	*ARENA_PUSH(sample->arena, sample->events, sample->count, sample->capacity) = event;
	sample->time += 1000;
}

static struct opened_payload make_payload(struct sample *sample, struct str slot, enum payload_class class)
{
	struct opened_payload payload = {.slot = slot, .class = class};

	for (size_t i = 0; i < SALT_SIZE; i++)
		payload.salt[i] = (uint8_t)sample_random(sample, 256);
	payload.bytes =
		str_format(sample->arena, "{\"due\":\"2019-03-05\",\"km\":%llu,\"text\":\"闭环 %zu\"}",
			(unsigned long long)sample_random(sample, 100000), sample->count);
	if (sample_random(sample, 20) == 0)
		payload.bytes = STR("");
	return payload;
}

void sample_grow(struct sample *sample, size_t count)
{
	static const char *const slots[] = {"attachment_1", "main", "note"};
	static const char *const acts[] = {"matter.opened", "matter.act", "duty.breach", "sealed"};

	while (count-- > 0) {
		struct envelope envelope = {.actor = str_format(sample->arena, "q%llu",
						    (unsigned long long)sample_random(sample, 30)),
			.act = str_from(acts[sample_random(sample, ARRAY_COUNT(acts))])};
		struct opened_payload payloads[ARRAY_COUNT(slots)];
		uint64_t object = sample_random(sample, 12);
		size_t payload_count = 0;

		if (object > 0)
			envelope.object = str_format(sample->arena, "m%llu", (unsigned long long)object);
		if (object % 3 == 1)
			envelope.role = STR("lead");
		if (object % 4 == 1)
			envelope.on_behalf = STR("q99");
		for (size_t i = 0; i < ARRAY_COUNT(slots); i++)
			if (sample_random(sample, 2) == 0)
				payloads[payload_count++] = make_payload(sample, str_from(slots[i]),
					(enum payload_class)sample_random(sample, PAYLOAD_CLASS_COUNT));
		sample_append(sample, &envelope, payloads, payload_count);
	}
}

void sample_lose(struct sample *sample, uint64_t index, const char *slot)
{
	struct sample_event *event = &sample->events[index];

	for (size_t i = 0; i < event->payload_count; i++)
		if (str_is(event->payloads[i].slot, slot)) {
			for (event->payload_count--; i < event->payload_count; i++)
				event->payloads[i] = event->payloads[i + 1];
			return;
		}
	fail_msg("event %llu has no payload %s", (unsigned long long)index, slot);
}

void sample_erase(struct sample *sample, uint64_t index, const char *slot)
{
	struct envelope envelope = {.act = STR(ACT_PRIVACY_ERASE), .actor = STR("q7")};
	struct opened_payload payload = {.slot = STR("main"),
		.class = PAYLOAD_PUBLIC,
		.bytes = str_format(sample->arena, "{\"erased\":[{\"index\":%llu,\"slot\":\"%s\"}]}",
			(unsigned long long)index, slot)};

	sample_lose(sample, index, slot);
	sample_append(sample, &envelope, &payload, 1);
}

struct sample *sample_copy(const struct sample *sample)
{
	struct sample *copy = sample_new((uint8_t)0);

	sign_key_free(copy->signer);
	copy->signer = NULL; /* whoever copies a ledger has no key to it */
	copy->key = sample->key;
	copy->time = sample->time;
	for (size_t i = 0; i < sample->count; i++)
		*ARENA_PUSH(copy->arena, copy->events, copy->count, copy->capacity) = sample->events[i];
	sample_rebuild(copy);
	return copy;
}

/* ---- the tree, exports ---- */

static enum err get_node(void *context, unsigned level, uint64_t i, struct hash *ret_hash)
{
	struct sample *sample = context;

	if (level >= 64 || i >= sample->node_counts[level])
		return ERR_NOT_FOUND;
	*ret_hash = sample->nodes[level][i];
	return ERR_OK;
}

struct tree_source sample_tree(struct sample *sample)
{
	return (struct tree_source){get_node, sample};
}

struct checkpoint sample_checkpoint(struct sample *sample, uint64_t size)
{
	struct tree_source tree = sample_tree(sample);
	struct tree_edge edge;

	assert_int_equal(tree_edge_load(&tree, size, &edge), ERR_OK);
	return (struct checkpoint){STR(SAMPLE_ORIGIN), size, tree_root(&edge)};
}

struct str sample_note(struct sample *sample, uint64_t size)
{
	struct checkpoint checkpoint = sample_checkpoint(sample, size);

	return checkpoint_sign(sample->arena, &checkpoint, &sample->key, sample->signer);
}

static enum err get_event(void *context, uint64_t index, struct arena *arena, struct str *ret_envelope,
	struct opened_payload *ret_payloads, size_t *ret_count)
{
	struct sample *sample = context;
	const struct sample_event *event;

	if (index >= sample->count)
		return ERR_NOT_FOUND;
	event = &sample->events[index];
	sample->asked++;
	*ret_envelope = str_copy(arena, event->leaf);
	*ret_count = event->payload_count;
	memcpy(ret_payloads, event->payloads, event->payload_count * sizeof *ret_payloads);
	return ERR_OK;
}

struct export_plan sample_plan(struct sample *sample)
{
	return (struct export_plan){
		.note = sample_note(sample, sample->count), .key = sample->key, .time = SAMPLE_MADE};
}

struct export_source sample_source(struct sample *sample)
{
	return (struct export_source){get_event, sample, sample_tree(sample)};
}

static enum err put_bytes(void *context, struct str bytes)
{
	buf_put(context, bytes);
	return ERR_OK;
}

struct str sample_export(struct sample *sample, const struct export_plan *plan)
{
	struct buf buf = buf_new(sample->arena);
	struct byte_sink sink = {put_bytes, &buf};
	struct export_source source = sample_source(sample);
	struct bh_err err;

	if (ledger_export(plan, &source, &sink, &err) != ERR_OK)
		fail_msg("%s: %s", err.place, err.text);
	return buf_str(&buf);
}

enum err bytes_get(void *context, char *bytes, size_t size, size_t *ret_size)
{
	struct bytes_left *left = context;

	if (left->gets_left == 0)
		return ERR_BUSY;
	left->gets_left -= left->gets_left > 0;
	if (size > left->step)
		size = left->step;
	if (size > left->rest.size)
		size = left->rest.size;
	if (size > 0)
		memcpy(bytes, left->rest.data, size);
	left->rest = str_slice(left->rest, size, left->rest.size);
	*ret_size = size;
	return ERR_OK;
}

struct verification sample_verify(struct sample *sample, struct str export, struct verify_plan plan)
{
	struct bytes_left left = {export, SIZE_MAX, -1};
	struct byte_source source = {bytes_get, &left};
	struct arena *arena = arena_new();
	struct verification verification = {0};
	struct bh_err err = {0};

	plan.key = sample->key;
	if (ledger_verify(arena, &plan, &source, &verification, &err) != ERR_OK)
		fail_msg("%s: %s", err.place, err.text);
	verification.what = str_copy(sample->arena, verification.what);
	verification.checkpoint.origin = str_copy(sample->arena, verification.checkpoint.origin);
	arena_free(arena);
	return verification;
}

void assert_verdict(struct verification found, enum verdict wanted, int64_t first_bad, const char *what_says)
{
	if (found.verdict != wanted || found.first_bad != first_bad ||
		str_find(found.what, str_from(what_says)) == SIZE_MAX)
		fail_msg("verdict %d at %lld: %.*s", (int)found.verdict, (long long)found.first_bad,
			STR_ARG(found.what));
}

/* ---- an archive in pieces ---- */

void pieces_split(struct arena *arena, struct str export, struct pieces *ret_pieces)
{
	struct tar_entry entry;

	ret_pieces->count = 0;
	for (size_t at = 0; !tar_block_is_empty(export.data + at);) {
		assert_int_equal(tar_header_parse(export.data + at, &entry, NULL), ERR_OK);
		assert_true(ret_pieces->count < ARRAY_COUNT(ret_pieces->items));
		ret_pieces->items[ret_pieces->count++] = (struct piece){str_copy(arena, entry.name),
			str_copy(arena, str_slice(export, at + TAR_BLOCK_SIZE, entry.size))};
		at += TAR_BLOCK_SIZE + entry.size + tar_padding(entry.size);
	}
}

struct str pieces_join(struct arena *arena, const struct pieces *pieces)
{
	static const char zeros[2 * TAR_BLOCK_SIZE];
	struct buf buf = buf_new(arena);
	char header[TAR_BLOCK_SIZE];

	for (size_t i = 0; i < pieces->count; i++) {
		const struct piece *piece = &pieces->items[i];

		tar_header_print(&(struct tar_entry){piece->name, piece->bytes.size, SAMPLE_MADE}, header);
		buf_put(&buf, (struct str){header, sizeof header});
		buf_put(&buf, piece->bytes);
		buf_put(&buf, (struct str){zeros, tar_padding(piece->bytes.size)});
	}
	buf_put(&buf, (struct str){zeros, sizeof zeros});
	return buf_str(&buf);
}

struct piece *piece_find(struct pieces *pieces, const char *name)
{
	for (size_t i = 0; i < pieces->count; i++)
		if (str_is(pieces->items[i].name, name))
			return &pieces->items[i];
	fail_msg("the archive has no %s", name);
	return NULL;
}

struct str str_replace(struct arena *arena, struct str text, const char *from, const char *to)
{
	size_t at = str_find(text, str_from(from));

	if (at == SIZE_MAX)
		fail_msg("'%s' isn't there", from);
	return str_format(arena, "%.*s%s%.*s", STR_ARG(str_slice(text, 0, at)), to,
		STR_ARG(str_slice(text, at + strlen(from), text.size)));
}
