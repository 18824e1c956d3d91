/* attested.c: one event held to a receipt, by whoever has nothing else but the key. */
#include "ledger/ledger.h"

static enum err judge_receipt(struct arena *arena, const struct attested *attested,
	const struct envelope *envelope, const struct note_key *key, struct checkpoint *ret_checkpoint,
	struct bh_err *reterr)
{
	struct hash leaf = leaf_hash(attested->envelope);
	struct checkpoint checkpoint;
	struct proof path;
	struct str note;
	uint64_t index;

	TRY(receipt_parse(arena, attested->receipt, &index, &path, &note, reterr));
	TRY(checkpoint_open(arena, note, key, &checkpoint, reterr));
	if (index != envelope->index ||
		!inclusion_is_valid(&leaf, index, checkpoint.size, &path, &checkpoint.root))
		return err_set(reterr, ERR_TAMPERED, "receipt", "the event isn't under the signed root");
	*ret_checkpoint = checkpoint;
	return ERR_OK;
}

enum err attested_verify(struct arena *arena, const struct attested *attested, const struct note_key *key,
	struct envelope *ret_envelope, struct checkpoint *ret_checkpoint, struct bh_err *reterr)
{
	struct hash hash = commitment_hash(attested->class, attested->salt, attested->payload);
	struct envelope envelope;

	TRY(envelope_parse(attested->envelope, &envelope, reterr));
	if (envelope.commitment_count != 1 || envelope.commitments[0].class != attested->class ||
		!hash_equal(&envelope.commitments[0].hash, &hash))
		return err_set(reterr, ERR_TAMPERED, "payload", "it isn't what the event is bound to");
	TRY(judge_receipt(arena, attested, &envelope, key, ret_checkpoint, reterr));
	*ret_envelope = envelope;
	return ERR_OK;
}
