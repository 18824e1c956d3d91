/* tree.c: RFC 6962 hashing over complete subtrees. */
#include "ledger/ledger.h"

struct hash leaf_hash(struct str leaf)
{
	const struct str parts[] = {{"\x00", 1}, leaf};

	return hash_parts(parts, ARRAY_COUNT(parts));
}

struct hash node_hash(const struct hash *left, const struct hash *right)
{
	const struct str parts[] = {
		{"\x01", 1}, {(const char *)left->bytes, HASH_SIZE}, {(const char *)right->bytes, HASH_SIZE}};

	return hash_parts(parts, ARRAY_COUNT(parts));
}

struct hash tree_empty_root(void)
{
	return hash_bytes("", 0);
}

enum err tree_append(struct tree_edge *edge, const struct hash *leaf, tree_node_fn *put, void *context)
{
	struct hash hash = *leaf;
	uint64_t i = edge->size;
	unsigned level = 0;

	if (put != NULL)
		TRY(put(context, 0, i, &hash));
	/* Each trailing one of the size is a subtree that this leaf completes. */
	for (; i & 1; i >>= 1, level++) {
		hash = node_hash(&edge->nodes[level], &hash);
		if (put != NULL)
			TRY(put(context, level + 1, i >> 1, &hash));
	}
	edge->nodes[level] = hash;
	edge->size++;
	return ERR_OK;
}

struct hash tree_root(const struct tree_edge *edge)
{
	struct hash root;
	bool any = false;

	for (unsigned level = 0; level < 64; level++) {
		if ((edge->size >> level & 1) == 0)
			continue;
		root = any ? node_hash(&edge->nodes[level], &root) : edge->nodes[level];
		any = true;
	}
	return any ? root : tree_empty_root();
}

enum err tree_edge_load(const struct tree_source *source, uint64_t size, struct tree_edge *ret_edge)
{
	struct tree_edge edge = {.size = size};

	for (unsigned level = 0; level < 64; level++)
		if (size >> level & 1)
			TRY(source->node(source->context, level, (size >> level) - 1, &edge.nodes[level]));
	*ret_edge = edge;
	return ERR_OK;
}
