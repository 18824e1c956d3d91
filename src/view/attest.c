#include "view/attest.h"

#include <string.h>

struct gathering {
	struct arena *arena;
	struct attested attested;
	bool found;
};

static enum err take_event(void *context, const struct stored_event *stored)
{
	struct gathering *gathering = context;

	if (stored->payload.data == NULL || stored->salt.size != SALT_SIZE ||
		!payload_class_parse(stored->class, &gathering->attested.class))
		return ERR_OK;
	gathering->attested.envelope = str_copy(gathering->arena, stored->envelope);
	gathering->attested.payload = str_copy(gathering->arena, stored->payload);
	memcpy(gathering->attested.salt, stored->salt.data, SALT_SIZE);
	gathering->found = true;
	return ERR_OK;
}

struct walking {
	struct store *store;
	struct bh_err *reterr;
};

static enum err read_node(void *context, unsigned level, uint64_t i, struct hash *ret_hash)
{
	struct walking *walking = context;

	return store_node_get(walking->store, level, i, ret_hash, walking->reterr);
}

enum err attest_event(struct store *store, struct arena *arena, int64_t index, struct str note,
	struct attested *ret_attested, struct bh_err *reterr)
{
	struct gathering gathering = {.arena = arena};
	struct walking walking = {store, reterr};
	struct tree_source tree = {read_node, &walking};
	struct checkpoint checkpoint;
	struct proof proof;
	uint64_t at = (uint64_t)index;

	TRY(store_event_each(store, at, at + 1, take_event, &gathering, reterr));
	if (!gathering.found)
		return err_set(reterr, ERR_INCOMPLETE, "event", "what was recorded of it is no longer here");
	TRY(checkpoint_parse(arena, note, &checkpoint, reterr));
	if (at >= checkpoint.size)
		return err_set(reterr, ERR_REFUSED, "event",
			"it is recorded, and will be signed in a moment: ask again");
	TRY(prove_inclusion(&tree, at, checkpoint.size, &proof));
	gathering.attested.receipt = receipt_print(arena, at, &proof, note);
	*ret_attested = gathering.attested;
	return ERR_OK;
}

enum err attest_growth(struct store *store, struct arena *arena, uint64_t size, struct str note,
	struct proof *ret_proof, struct bh_err *reterr)
{
	struct walking walking = {store, reterr};
	struct tree_source tree = {read_node, &walking};
	struct checkpoint checkpoint;

	TRY(checkpoint_parse(arena, note, &checkpoint, reterr));
	return prove_consistency(&tree, size, checkpoint.size, ret_proof);
}
