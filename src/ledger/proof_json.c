/* proof_json.c: proofs as foreign test vectors write them. */
#include "ledger/ledger.h"

#include <string.h>

/* A hash in base64 or hex; false when it isn't one of 32 bytes. */
static bool read_hash(struct arena *arena, const struct doc *value, struct hash *ret_hash)
{
	struct str bytes;

	if (value == NULL || value->kind != DOC_TEXT)
		return false;
	if (!(value->text.size == 2 * HASH_SIZE && hex_parse(arena, value->text, &bytes)) &&
		!base64_parse(arena, value->text, &bytes))
		return false;
	if (bytes.size != HASH_SIZE)
		return false;
	memcpy(ret_hash->bytes, bytes.data, HASH_SIZE);
	return true;
}

static bool read_proof(struct arena *arena, const struct doc *value, struct proof *ret_proof)
{
	ret_proof->count = 0;
	if (value == NULL || value->kind == DOC_NULL)
		return true;
	if (value->kind != DOC_LIST || value->count > PROOF_MAX)
		return false;
	for (size_t i = 0; i < value->count; i++)
		if (!read_hash(arena, &value->items[i], &ret_proof->hashes[ret_proof->count++]))
			return false;
	return true;
}

/* Sizes and indexes are whole numbers from 0; foreign writers also put them as decimal text beyond 2^53. */
static bool read_size(const struct doc *object, const char *key, uint64_t *ret_size)
{
	const struct doc *value = doc_get(object, key);
	int64_t number = 0;

	if (value == NULL || (value->kind != DOC_INT && value->kind != DOC_TEXT))
		return false;
	if (value->kind == DOC_INT)
		number = value->number;
	else if (!str_to_int(value->text, &number))
		return false;
	*ret_size = (uint64_t)number;
	return number >= 0;
}

static bool inclusion(struct arena *arena, const struct doc *object)
{
	struct hash leaf, root;
	struct proof proof;
	uint64_t index, size;

	return read_size(object, "index", &index) && read_size(object, "size", &size) &&
	       read_hash(arena, doc_get(object, "leaf_hash"), &leaf) &&
	       read_hash(arena, doc_get(object, "root"), &root) &&
	       read_proof(arena, doc_get(object, "proof"), &proof) &&
	       inclusion_is_valid(&leaf, index, size, &proof, &root);
}

static bool consistency(struct arena *arena, const struct doc *object)
{
	struct hash root1, root2;
	struct proof proof;
	uint64_t size1, size2;

	return read_size(object, "size1", &size1) && read_size(object, "size2", &size2) &&
	       read_hash(arena, doc_get(object, "root1"), &root1) &&
	       read_hash(arena, doc_get(object, "root2"), &root2) &&
	       read_proof(arena, doc_get(object, "proof"), &proof) &&
	       consistency_is_valid(size1, &root1, size2, &root2, &proof);
}

enum err proof_check_json(
	struct arena *arena, struct str kind, struct str text, bool *ret_valid, struct bh_err *reterr)
{
	struct doc *object;

	if (!str_is(kind, "inclusion") && !str_is(kind, "consistency"))
		return err_set(reterr, ERR_INVALID, "proof", "say inclusion or consistency, not %.*s",
			STR_ARG(kind));
	enum err err = doc_read(arena, text, &object, reterr);

	if (err == ERR_RANGE) { /* no tree has such a size and no leaf such an index */
		*ret_valid = false;
		return ERR_OK;
	}
	TRY(err);
	if (object->kind != DOC_OBJECT)
		return err_set(reterr, ERR_INVALID, "proof", "one JSON object was expected");
	*ret_valid = str_is(kind, "inclusion") ? inclusion(arena, object) : consistency(arena, object);
	return ERR_OK;
}
