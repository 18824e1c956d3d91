/* test_vectors.c: proofs of another implementation, good and bad, and its hashes.
 *     test_vectors FOLDER */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <ftw.h>

#include <cmocka.h>

#include "ledger/ledger.h"
#include "vectors.h"

static struct arena *arena;
static struct str folder;

/* Roots of 12 bytes: by our rule (a hash that isn't 32 bytes is invalid) they prove nothing. */
#define DEVIATION "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"

static struct str kind_walked;
static int count_walked, count_good;

/* The members as `bihuan proof` reads them. */
static const struct {
	const char *theirs, *ours;
} names[] = {{"leafIdx", "index"}, {"treeSize", "size"}, {"leafHash", "leaf_hash"}};

static struct str as_ours(struct str text)
{
	for (size_t n = 0; n < ARRAY_COUNT(names); n++) {
		size_t at = str_find(text, str_from(names[n].theirs)), behind = at + strlen(names[n].theirs);

		if (at != SIZE_MAX)
			text = str_format(arena, "%.*s%s%.*s", STR_ARG(str_slice(text, 0, at)), names[n].ours,
				STR_ARG(str_slice(text, behind, text.size)));
	}
	return text;
}

static int check_case(const char *path, const struct stat *status, int type, struct FTW *at)
{
	struct bh_err err;
	bool valid;

	(void)status, (void)at;
	if (type != FTW_F || !str_ends(str_from(path), ".json"))
		return 0;
	struct str text = vector_read(arena, path);
	bool good = str_find(text, STR("\"wantErr\": false")) != SIZE_MAX;

	assert_true(good != (str_find(text, STR("\"wantErr\": true")) != SIZE_MAX));
	if (proof_check_json(arena, kind_walked, as_ours(text), &valid, &err) != ERR_OK)
		fail_msg("%s: %s", path, err.text);
	if (valid != (good && !str_ends(str_from(path), DEVIATION)))
		fail_msg("%s: %s", path, valid ? "taken" : "refused");
	count_walked++;
	count_good += valid;
	return 0;
}

static int check_cases(const char *kind)
{
	kind_walked = str_from(kind);
	count_walked = count_good = 0;
	assert_int_equal(nftw(str_format(arena, "%.*s/testdata/%s", STR_ARG(folder), kind).data, check_case,
				 16, FTW_PHYS),
		0);
	return count_walked;
}

static void the_98_inclusion_cases_are_judged_as_they_must_be(void **state)
{
	(void)state;
	assert_int_equal(check_cases("inclusion"), 98);
	assert_int_equal(count_good, 6);
}

static void the_98_consistency_cases_are_judged_as_they_must_be(void **state)
{
	(void)state;
	assert_int_equal(check_cases("consistency"), 98);
	assert_int_equal(count_good, 5);
}

static struct str hex_of(const struct doc *text)
{
	struct str bytes;

	assert_true(hex_parse(arena, text->text, &bytes));
	return bytes;
}

static void assert_same(const struct hash *hash, const struct doc *wanted)
{
	assert_true(str_equal((struct str){(const char *)hash->bytes, HASH_SIZE}, hex_of(wanted)));
}

static enum err check_node(void *context, unsigned level, uint64_t i, const struct hash *hash)
{
	const struct doc *levels = context;

	assert_true(level < levels->count && i < levels->items[level].count);
	assert_same(hash, &levels->items[level].items[i]);
	return ERR_OK;
}

static void its_leaves_give_its_nodes_and_roots(void **state)
{
	struct str path = str_format(arena, "%.*s/constants.json", STR_ARG(folder));
	struct tree_edge edge = {0};
	struct doc *constants;

	(void)state;
	assert_int_equal(doc_read(arena, vector_read(arena, path.data), &constants, NULL), ERR_OK);
	const struct doc *leaves = doc_get(constants, "leaf_inputs"),
			 *roots = doc_get(constants, "RootHashes"),
			 *levels = doc_get(constants, "node_hashes_by_level");

	assert_int_equal(leaves->count, 8);
	for (size_t i = 0; i < leaves->count; i++) {
		struct hash hash = leaf_hash(hex_of(&leaves->items[i]));

		assert_int_equal(tree_append(&edge, &hash, check_node, (void *)(uintptr_t)levels), ERR_OK);
		struct hash root = tree_root(&edge);

		assert_same(&root, &roots->items[i]);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_98_inclusion_cases_are_judged_as_they_must_be),
		cmocka_unit_test(the_98_consistency_cases_are_judged_as_they_must_be),
		cmocka_unit_test(its_leaves_give_its_nodes_and_roots),
	};

	if (argc != 2)
		return 2;
	arena = arena_new();
	folder = vectors_find(arena, argv[1], "transparency-dev-merkle");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(arena);
	return failed;
}
