/* test_tree.c: RFC 6962 hashing, trees of all sizes, and proofs that hold or fail as they must. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

enum { SIZE_MAX_TRIED = 300 };

static struct arena *arena;
static struct sample *sample; /* of SIZE_MAX_TRIED events */
static struct hash roots[SIZE_MAX_TRIED + 1];

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	sample = sample_new(1);
	roots[0] = tree_empty_root();
	for (size_t size = 1; size <= SIZE_MAX_TRIED; size++) {
		sample_grow(sample, 1);
		roots[size] = tree_root(&sample->edge);
	}
	return 0;
}

static int end(void **state)
{
	(void)state;
	sample_free(sample);
	arena_free(arena);
	return 0;
}

static void assert_hash(const struct hash *hash, const char *wanted)
{
	assert_string_equal(hex_print(arena, hash->bytes, HASH_SIZE).data, wanted);
}

/* The leaves and roots that the first implementations of RFC 6962 were tested with, and everybody since. */
static const struct {
	const char *leaf, *root;
} known[] = {
	{"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
	{"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
	{"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
	{"2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
	{"3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
	{"40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
	{"5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
	{"606162636465666768696a6b6c6d6e6f",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
};

static void the_roots_of_rfc_6962_come_out(void **state)
{
	struct tree_edge edge = {0};
	struct hash root = tree_empty_root();

	(void)state;
	assert_hash(&root, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	for (size_t i = 0; i < ARRAY_COUNT(known); i++) {
		struct str leaf;

		assert_true(hex_parse(arena, str_from(known[i].leaf), &leaf));
		struct hash hash = leaf_hash(leaf);

		assert_int_equal(tree_append(&edge, &hash, NULL, NULL), ERR_OK);
		root = tree_root(&edge);
		assert_hash(&root, known[i].root);
	}
}

/* MTH(D[start:end]) as RFC 6962, 2.1 defines it, with nothing remembered. */
static struct hash defined_root(size_t start, size_t end_)
{
	size_t split = 1;

	if (end_ == start)
		return tree_empty_root();
	if (end_ - start == 1)
		return leaf_hash(sample->events[start].leaf);
	while (2 * split < end_ - start)
		split *= 2;
	struct hash left = defined_root(start, start + split), right = defined_root(start + split, end_);

	return node_hash(&left, &right);
}

static void a_tree_of_any_size_has_the_root_of_the_definition(void **state)
{
	struct tree_source tree = sample_tree(sample);

	(void)state;
	for (size_t size = 0; size <= SIZE_MAX_TRIED; size++) {
		struct hash wanted = defined_root(0, size);
		struct tree_edge edge;

		assert_int_equal(tree_edge_load(&tree, size, &edge), ERR_OK);
		struct hash loaded = tree_root(&edge);

		if (!hash_equal(&wanted, &roots[size]) || !hash_equal(&wanted, &loaded))
			fail_msg("size %zu", size);
	}
	/* An edge that was loaded goes on like one that was grown. */
	struct tree_edge edge;

	assert_int_equal(tree_edge_load(&tree, 123, &edge), ERR_OK);
	for (size_t i = 123; i < SIZE_MAX_TRIED; i++) {
		struct hash hash = leaf_hash(sample->events[i].leaf);

		assert_int_equal(tree_append(&edge, &hash, NULL, NULL), ERR_OK);
		struct hash root = tree_root(&edge);

		assert_true(hash_equal(&root, &roots[i + 1]));
	}
	assert_int_equal(tree_edge_load(&tree, SIZE_MAX_TRIED + 1, &edge), ERR_NOT_FOUND);
}

static enum err refuse_node(void *context, unsigned level, uint64_t i, const struct hash *hash)
{
	(void)i, (void)hash;
	return level == *(const unsigned *)context ? ERR_FULL : ERR_OK;
}

static void what_the_keeper_of_nodes_says_comes_back(void **state)
{
	struct hash hash = tree_empty_root();
	unsigned level = 0;
	struct tree_edge edge = {.size = 3};

	(void)state;
	for (; level <= 2; level++)
		assert_int_equal(
			tree_append(&(struct tree_edge){.size = 3}, &hash, refuse_node, &level), ERR_FULL);
	assert_int_equal(tree_append(&edge, &hash, refuse_node, &level), ERR_OK);
	assert_int_equal(edge.size, 4);
}

/* ---- proofs ---- */

static void flip(struct hash *hash, size_t bit)
{
	hash->bytes[bit / 8] ^= (uint8_t)(1u << bit % 8);
}

static void assert_inclusion_only_here(size_t index, size_t size, struct proof *proof)
{
	struct hash leaf = leaf_hash(sample->events[index].leaf);

	if (!inclusion_is_valid(&leaf, index, size, proof, &roots[size]))
		fail_msg("leaf %zu of %zu is refused", index, size);
	/* One bit of each hash, all bits of small trees. */
	for (size_t i = 0; i < proof->count; i++)
		for (size_t bit = sample_random(sample, 256), left = size <= 9 ? 256 : 1; left > 0; left--) {
			flip(&proof->hashes[i], bit);
			if (inclusion_is_valid(&leaf, index, size, proof, &roots[size]))
				fail_msg("leaf %zu of %zu: hash %zu, bit %zu", index, size, i, bit);
			flip(&proof->hashes[i], bit);
			bit = (bit + 1) % 256;
		}
	size_t bit = sample_random(sample, 256);

	flip(&leaf, bit);
	assert_false(inclusion_is_valid(&leaf, index, size, proof, &roots[size]));
	flip(&leaf, bit);
	assert_false(inclusion_is_valid(&leaf, index, size, proof, &roots[size - 1]));
	assert_false(inclusion_is_valid(&leaf, index + 1, size, proof, &roots[size]));
	assert_false(index > 0 && inclusion_is_valid(&leaf, index - 1, size, proof, &roots[size]));
	assert_false(inclusion_is_valid(
		&leaf, index ^ (UINT64_C(1) << sample_random(sample, 64)), size, proof, &roots[size]));
	assert_false(inclusion_is_valid(&leaf, size, size, proof, &roots[size]));
	assert_false(inclusion_is_valid(&leaf, index, 0, proof, &roots[size]));
	proof->hashes[proof->count++] = leaf;
	assert_false(inclusion_is_valid(&leaf, index, size, proof, &roots[size]));
	proof->count--;
	if (proof->count == 0)
		return;
	proof->count--;
	assert_false(inclusion_is_valid(&leaf, index, size, proof, &roots[size]));
	proof->count++;
}

static void every_leaf_of_every_tree_is_proved_and_nothing_else(void **state)
{
	struct tree_source tree = sample_tree(sample);
	struct proof proof;

	(void)state;
	for (size_t size = 1; size <= SIZE_MAX_TRIED; size++)
		for (size_t index = 0; index < size; index++) {
			assert_int_equal(prove_inclusion(&tree, index, size, &proof), ERR_OK);
			assert_inclusion_only_here(index, size, &proof);
		}
	assert_int_equal(prove_inclusion(&tree, 5, 5, &proof), ERR_RANGE);
	assert_int_equal(prove_inclusion(&tree, 0, 0, &proof), ERR_RANGE);
	assert_int_equal(prove_inclusion(&tree, 0, SIZE_MAX_TRIED + 1, &proof), ERR_NOT_FOUND);
}

/* A path is as long as the tree is deep at that place, whatever its size: a path for another size of the same
 * depth gives another root, and a longer or shorter one fits no size. */
static void a_path_fits_no_other_size_with_that_root(void **state)
{
	struct tree_source tree = sample_tree(sample);
	struct proof proof;

	(void)state;
	for (size_t size = 2; size <= 70; size++)
		for (size_t index = 0; index < size; index++) {
			struct hash leaf = leaf_hash(sample->events[index].leaf);

			assert_int_equal(prove_inclusion(&tree, index, size, &proof), ERR_OK);
			for (size_t other = 1; other <= 70; other++)
				if (other != size &&
					inclusion_is_valid(&leaf, index, other, &proof, &roots[other]))
					fail_msg("leaf %zu: the path for %zu is taken for %zu", index, size,
						other);
		}
}

static void assert_consistency_only_here(size_t size1, size_t size2, struct proof *proof)
{
	const struct hash *root1 = &roots[size1], *root2 = &roots[size2];
	struct hash wrong = *root1;

	if (!consistency_is_valid(size1, root1, size2, root2, proof))
		fail_msg("%zu to %zu is refused", size1, size2);
	for (size_t i = 0; i < proof->count; i++)
		for (size_t bit = sample_random(sample, 256), left = size2 <= 9 ? 256 : 1; left > 0; left--) {
			flip(&proof->hashes[i], bit);
			if (consistency_is_valid(size1, root1, size2, root2, proof))
				fail_msg("%zu to %zu: hash %zu, bit %zu", size1, size2, i, bit);
			flip(&proof->hashes[i], bit);
			bit = (bit + 1) % 256;
		}
	flip(&wrong, sample_random(sample, 256));
	assert_false(consistency_is_valid(size1, &wrong, size2, root2, proof));
	if (size1 > 0) /* the empty tree is the beginning of every tree, whatever its root */
		assert_false(consistency_is_valid(size1, root1, size2, &wrong, proof));
	proof->hashes[proof->count++] = wrong;
	assert_false(consistency_is_valid(size1, root1, size2, root2, proof));
	proof->count--;
	if (size1 < size2)
		assert_false(consistency_is_valid(size2, root2, size1, root1, proof));
	if (size1 > 0 && size1 < size2) {
		assert_false(consistency_is_valid(size1, root2, size2, root1, proof));
		assert_false(consistency_is_valid(size1 - 1, root1, size2, root2, proof));
		assert_false(consistency_is_valid(size1 + 1, root1, size2, root2, proof));
		proof->count--;
		assert_false(consistency_is_valid(size1, root1, size2, root2, proof));
		proof->count++;
	}
}

static void every_tree_is_proved_the_beginning_of_every_later_one(void **state)
{
	struct tree_source tree = sample_tree(sample);
	struct proof proof;

	(void)state;
	for (size_t size2 = 0; size2 <= SIZE_MAX_TRIED; size2++)
		for (size_t size1 = 0; size1 <= size2; size1++) {
			assert_int_equal(prove_consistency(&tree, size1, size2, &proof), ERR_OK);
			assert_consistency_only_here(size1, size2, &proof);
		}
	assert_int_equal(prove_consistency(&tree, 2, 1, &proof), ERR_RANGE);
	assert_int_equal(prove_consistency(&tree, 1, SIZE_MAX_TRIED + 1, &proof), ERR_NOT_FOUND);
}

static void of_two_empty_trees_there_is_only_one_root(void **state)
{
	struct proof proof = {.count = 0};

	(void)state;
	assert_true(consistency_is_valid(0, &roots[0], 0, &roots[0], &proof));
	assert_false(consistency_is_valid(0, &roots[0], 0, &roots[1], &proof));
	assert_false(consistency_is_valid(0, &roots[1], 5, &roots[5], &proof));
	proof.count = 1;
	assert_false(consistency_is_valid(0, &roots[0], 5, &roots[5], &proof));
}

/* Sizes that no test can build: the arithmetic must not run over. */
static void huge_sizes_are_only_numbers(void **state)
{
	struct proof proof = {.count = PROOF_MAX};
	struct hash hash = tree_empty_root();
	static const uint64_t sizes[] = {1, 2, 3, UINT64_C(1) << 32, (UINT64_C(1) << 63) - 1,
		UINT64_C(1) << 63, UINT64_MAX - 1, UINT64_MAX};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++)
		for (size_t j = 0; j < ARRAY_COUNT(sizes); j++)
			for (proof.count = 0; proof.count <= PROOF_MAX; proof.count++) {
				bool whole = sizes[i] == sizes[j] && proof.count == 0;

				assert_false(inclusion_is_valid(&hash, sizes[i], sizes[j], &proof, &hash));
				assert_true(consistency_is_valid(sizes[i], &hash, sizes[j], &hash, &proof) ==
					    whole);
			}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_roots_of_rfc_6962_come_out),
		cmocka_unit_test(a_tree_of_any_size_has_the_root_of_the_definition),
		cmocka_unit_test(what_the_keeper_of_nodes_says_comes_back),
		cmocka_unit_test(every_leaf_of_every_tree_is_proved_and_nothing_else),
		cmocka_unit_test(a_path_fits_no_other_size_with_that_root),
		cmocka_unit_test(every_tree_is_proved_the_beginning_of_every_later_one),
		cmocka_unit_test(of_two_empty_trees_there_is_only_one_root),
		cmocka_unit_test(huge_sizes_are_only_numbers),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
