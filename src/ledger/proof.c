/* proof.c: inclusion and consistency, made and checked (RFC 9162, section 2.1). */
#include "ledger/ledger.h"

static uint64_t largest_power_below(uint64_t n)
{
	REQUIRE(n > 1);
	return UINT64_C(1) << (63 - __builtin_clzll(n - 1));
}

/* The root of the leaves [start, end); start is a multiple of the largest power of two not above end - start.
 */
static enum err range_root(
	const struct tree_source *source, uint64_t start, uint64_t end, struct hash *ret_root)
{
	uint64_t count = end - start;

	if ((count & (count - 1)) == 0) {
		unsigned level = (unsigned)__builtin_ctzll(count);

		return source->node(source->context, level, start >> level, ret_root);
	}
	uint64_t split = largest_power_below(count);
	struct hash left, right;

	TRY(range_root(source, start, start + split, &left));
	TRY(range_root(source, start + split, end, &right));
	*ret_root = node_hash(&left, &right);
	return ERR_OK;
}

static void push(struct proof *proof, const struct hash *hash)
{
	REQUIRE(proof->count < PROOF_MAX);
	proof->hashes[proof->count++] = *hash;
}

enum err prove_inclusion(
	const struct tree_source *source, uint64_t index, uint64_t size, struct proof *ret_proof)
{
	/* Walked from the root down, so the siblings come in the reverse of their order. */
	struct hash down[64];
	size_t count = 0;
	uint64_t start = 0, end = size;

	if (index >= size)
		return ERR_RANGE;
	while (end - start > 1) {
		uint64_t middle = start + largest_power_below(end - start);

		if (index < middle) {
			TRY(range_root(source, middle, end, &down[count++]));
			end = middle;
		} else {
			TRY(range_root(source, start, middle, &down[count++]));
			start = middle;
		}
	}
	ret_proof->count = 0;
	while (count > 0)
		push(ret_proof, &down[--count]);
	return ERR_OK;
}

/* SUBPROOF(m, D[start:end], whole) of RFC 9162, 2.1.4.1. */
static enum err subproof(const struct tree_source *source, uint64_t size1, uint64_t start, uint64_t end,
	bool whole, struct proof *proof)
{
	struct hash hash;

	if (size1 == end - start) {
		if (whole)
			return ERR_OK;
		TRY(range_root(source, start, end, &hash));
		push(proof, &hash);
		return ERR_OK;
	}
	uint64_t split = largest_power_below(end - start);

	if (size1 <= split) {
		TRY(subproof(source, size1, start, start + split, whole, proof));
		TRY(range_root(source, start + split, end, &hash));
	} else {
		TRY(subproof(source, size1 - split, start + split, end, false, proof));
		TRY(range_root(source, start, start + split, &hash));
	}
	push(proof, &hash);
	return ERR_OK;
}

enum err prove_consistency(
	const struct tree_source *source, uint64_t size1, uint64_t size2, struct proof *ret_proof)
{
	if (size1 > size2)
		return ERR_RANGE;
	ret_proof->count = 0;
	if (size1 == 0 || size1 == size2)
		return ERR_OK;
	return subproof(source, size1, 0, size2, true, ret_proof);
}

bool inclusion_is_valid(const struct hash *leaf, uint64_t index, uint64_t size, const struct proof *proof,
	const struct hash *root)
{
	struct hash hash = *leaf;
	uint64_t node = index, last = size - 1;

	if (index >= size)
		return false;
	for (size_t i = 0; i < proof->count; i++) {
		if (last == 0)
			return false;
		if ((node & 1) == 1 || node == last) {
			hash = node_hash(&proof->hashes[i], &hash);
			while ((node & 1) == 0 && node != 0) {
				node >>= 1;
				last >>= 1;
			}
		} else {
			hash = node_hash(&hash, &proof->hashes[i]);
		}
		node >>= 1;
		last >>= 1;
	}
	return last == 0 && hash_equal(&hash, root);
}

bool consistency_is_valid(uint64_t size1, const struct hash *root1, uint64_t size2, const struct hash *root2,
	const struct proof *proof)
{
	struct hash empty = tree_empty_root();

	if (size1 > size2)
		return false;
	if (size1 == 0)
		return proof->count == 0 && hash_equal(root1, &empty) &&
		       (size2 != 0 || hash_equal(root2, &empty));
	if (size1 == size2)
		return proof->count == 0 && hash_equal(root1, root2);
	/* Where size1 is a power of two its root is itself the first node. */
	bool given = (size1 & (size1 - 1)) != 0;
	uint64_t node = size1 - 1, last = size2 - 1;
	size_t at = given ? 1 : 0;

	if (proof->count < at + (given ? 0 : 1))
		return false;
	while (node & 1) {
		node >>= 1;
		last >>= 1;
	}
	struct hash old = given ? proof->hashes[0] : *root1, new = old;

	for (; at < proof->count; at++) {
		const struct hash *step = &proof->hashes[at];

		if (last == 0)
			return false;
		if ((node & 1) == 1 || node == last) {
			old = node_hash(step, &old);
			new = node_hash(step, &new);
			while ((node & 1) == 0 && node != 0) {
				node >>= 1;
				last >>= 1;
			}
		} else {
			new = node_hash(&new, step);
		}
		node >>= 1;
		last >>= 1;
	}
	return last == 0 && hash_equal(&old, root1) && hash_equal(&new, root2);
}
