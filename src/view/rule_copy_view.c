/* rule_copy_view.c: an attested copy, made from the event that put a version into the register. */
#include "view/rule_view.h"

#include <string.h>

struct gathering {
	struct arena *arena;
	struct rule_copy copy;
	bool found;
};

static enum err take_event(void *context, const struct stored_event *stored)
{
	struct gathering *gathering = context;

	if (stored->payload.data == NULL || stored->salt.size != SALT_SIZE ||
		!payload_class_parse(stored->class, &gathering->copy.class))
		return ERR_OK;
	gathering->copy.envelope = str_copy(gathering->arena, stored->envelope);
	gathering->copy.payload = str_copy(gathering->arena, stored->payload);
	memcpy(gathering->copy.salt, stored->salt.data, SALT_SIZE);
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

static enum err prove(const struct rule_ask *ask, uint64_t index, struct str note, struct str *ret_receipt,
	struct bh_err *reterr)
{
	struct walking walking = {ask->store, reterr};
	struct tree_source tree = {read_node, &walking};
	struct checkpoint checkpoint;
	struct proof proof;

	TRY(checkpoint_parse(ask->teller.arena, note, &checkpoint, reterr));
	if (index >= checkpoint.size)
		return err_set(reterr, ERR_REFUSED, "version",
			"it is recorded, and will be signed in a moment: ask again");
	TRY(prove_inclusion(&tree, index, checkpoint.size, &proof));
	*ret_receipt = receipt_print(ask->teller.arena, index, &proof, note);
	return ERR_OK;
}

enum err rule_copy_make(const struct rule_ask *ask, int64_t rule, int64_t version, struct str note,
	struct str *ret_copy, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	struct gathering gathering = {.arena = arena};
	struct stored_rule_version *versions;
	struct stored_rule stored;
	struct str text;
	size_t count;

	TRY(store_rule_get(ask->store, arena, rule, &stored, reterr));
	TRY(store_rule_text(ask->store, arena, rule, version, &text, reterr));
	TRY(store_rule_versions(ask->store, arena, rule, &versions, &count, reterr));
	uint64_t index = (uint64_t)versions[version - 1].index;

	TRY(store_event_each(ask->store, index, index + 1, take_event, &gathering, reterr));
	if (!gathering.found)
		return err_set(
			reterr, ERR_INCOMPLETE, "version", "what was recorded of it is no longer here");
	TRY(prove(ask, index, note, &gathering.copy.receipt, reterr));
	*ret_copy = rule_copy_print(arena, &gathering.copy, text);
	return ERR_OK;
}
