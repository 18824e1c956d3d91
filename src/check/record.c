/* record.c: the record hashed again, from the first event to the last. What verification does for an outsider
 * with an export, this does where the data lies. */
#include "check/check.h"

struct rehash {
	struct store *store;
	const struct note_key *key;
	struct arena *arena, *event_arena;
	struct tree_edge edge;
	struct str *notes; /* the stored checkpoints, by size */
	size_t note_count, notes_passed;
	int64_t index; /* of the event whose payloads are coming; -1 before the first */
	struct envelope envelope;
	struct hash leaf;
	size_t slots_seen;
	struct recorded result;
};

static enum err wrong(struct rehash *rehash, int64_t index, const char *what)
{
	rehash->result.first_bad = index;
	rehash->result.what = str_copy(rehash->arena, str_from(what));
	return ERR_TAMPERED;
}

/* The checkpoint of the present size, where one is stored, must have the present root. */
static enum err pass_checkpoints(struct rehash *rehash)
{
	for (; rehash->notes_passed < rehash->note_count; rehash->notes_passed++) {
		struct checkpoint checkpoint;
		struct bh_err why;
		struct str note = rehash->notes[rehash->notes_passed];
		enum err err =
			rehash->key != NULL
				? checkpoint_open(rehash->event_arena, note, rehash->key, &checkpoint, &why)
				: checkpoint_parse(rehash->event_arena, note, &checkpoint, &why);
		struct hash root = tree_root(&rehash->edge);

		if (err != ERR_OK)
			return wrong(rehash, -1, why.text);
		if (checkpoint.size > rehash->edge.size)
			return ERR_OK;
		rehash->result.checkpoints++;
		if (checkpoint.size < rehash->edge.size || !hash_equal(&root, &checkpoint.root))
			return wrong(rehash, -1,
				str_format(rehash->arena,
					"the first %llu events don't give the root that was signed",
					(unsigned long long)checkpoint.size)
					.data);
	}
	return ERR_OK;
}

/* The event that was being read is whole: its leaf goes into the tree. */
static enum err end_event(struct rehash *rehash)
{
	if (rehash->index < 0)
		return ERR_OK;
	rehash->result.absent += rehash->envelope.commitment_count - rehash->slots_seen;
	TRY(tree_append(&rehash->edge, &rehash->leaf, NULL, NULL));
	TRY(pass_checkpoints(rehash));
	arena_clear(rehash->event_arena);
	return ERR_OK;
}

static enum err begin_event(struct rehash *rehash, const struct stored_event *stored)
{
	struct bh_err why;
	struct str bytes = str_copy(rehash->event_arena, stored->envelope);

	rehash->index = stored->index;
	rehash->slots_seen = 0;
	rehash->result.events++;
	if (envelope_parse(bytes, &rehash->envelope, &why) != ERR_OK)
		return wrong(rehash, stored->index, why.text);
	if (rehash->envelope.index != rehash->edge.size || (int64_t)rehash->envelope.index != stored->index)
		return wrong(rehash, stored->index, "it doesn't stand at its place");
	rehash->leaf = leaf_hash(bytes);
	return ERR_OK;
}

static enum err check_payload(struct rehash *rehash, const struct stored_event *stored)
{
	enum payload_class class;

	if (stored->payload.data == NULL)
		return ERR_OK;
	rehash->result.payloads++;
	for (size_t i = 0; i < rehash->envelope.commitment_count; i++) {
		const struct commitment *commitment = &rehash->envelope.commitments[i];

		if (!str_equal(commitment->slot, stored->slot))
			continue;
		rehash->slots_seen++;
		if (!payload_class_parse(stored->class, &class) || class != commitment->class ||
			stored->salt.size != SALT_SIZE)
			return wrong(
				rehash, stored->index, "its payload is of another class, or has no salt");
		struct hash hash =
			commitment_hash(class, (const uint8_t *)stored->salt.data, stored->payload);

		return hash_equal(&hash, &commitment->hash)
			       ? ERR_OK
			       : wrong(rehash, stored->index, "its payload was changed");
	}
	return wrong(rehash, stored->index, "it has a payload that its envelope doesn't name");
}

static enum err take_event(void *context, const struct stored_event *stored)
{
	struct rehash *rehash = context;

	if (stored->index != rehash->index) {
		TRY(end_event(rehash));
		TRY(begin_event(rehash, stored));
	}
	return check_payload(rehash, stored);
}

static enum err run(struct rehash *rehash, struct bh_err *reterr)
{
	TRY(store_checkpoints(rehash->store, rehash->arena, (size_t)INT64_MAX, &rehash->notes,
		&rehash->note_count, reterr));
	TRY(store_event_each(rehash->store, 0, INT64_MAX, take_event, rehash, reterr));
	TRY(end_event(rehash));
	if (rehash->notes_passed < rehash->note_count)
		return wrong(rehash, -1, "more was signed than is recorded: the newest events were cut off");
	return ERR_OK;
}

enum err check_record(struct store *store, const struct note_key *key, struct arena *arena,
	struct recorded *ret_recorded, struct bh_err *reterr)
{
	struct rehash rehash = {.store = store,
		.key = key,
		.arena = arena,
		.event_arena = arena_new(),
		.index = -1,
		.result = {.first_bad = -1, .what = STR("")}};
	enum err err = store_snapshot_begin(store, reterr);

	if (err == ERR_OK) {
		err = run(&rehash, reterr);
		store_snapshot_end(store);
	}
	arena_free(rehash.event_arena);
	/* What is wrong with the record is the answer, not a failure to answer. */
	if (err == ERR_TAMPERED && rehash.result.what.size > 0)
		err = ERR_OK;
	if (err == ERR_OK)
		*ret_recorded = rehash.result;
	return err;
}
