/* JSON from outside: what is taken is a tree that can be copied, compared, added to; and printed in the
 * canonical form where its keys and numbers have one. */
#include "fuzz.h"

/* Keys of [a-z0-9_] and no reals, all the way down. */
static bool has_canonical_form(const struct doc *tree)
{
	if (tree->kind == DOC_REAL)
		return false;
	for (size_t i = 0; i < tree->count; i++) {
		struct str key = tree->kind == DOC_OBJECT ? tree->keys[i] : STR("item");

		for (size_t at = 0; at < key.size; at++)
			if (!((key.data[at] >= 'a' && key.data[at] <= 'z') ||
				    (key.data[at] >= '0' && key.data[at] <= '9') || key.data[at] == '_'))
				return false;
		if (key.size == 0 || !has_canonical_form(&tree->items[i]))
			return false;
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct doc *tree = NULL, *again = NULL;
	struct bh_err err;

	if (doc_read(arena, fuzz_text(bytes, size), &tree, &err) != ERR_OK) {
		REQUIRE(tree == NULL && utf8_is_valid(str_from(err.text)));
		arena_free(arena);
		return 0;
	}
	REQUIRE(doc_equal(tree, tree) && doc_equal(tree, doc_copy(arena, tree)));
	if (has_canonical_form(tree)) {
		struct str printed = doc_print(arena, tree);

		REQUIRE(doc_read_canonical(arena, printed, &again, &err) == ERR_OK && doc_equal(tree, again));
		REQUIRE(str_equal(doc_print(arena, again), printed));
		REQUIRE(doc_read(arena, printed, &again, &err) == ERR_OK && doc_equal(tree, again));
	}
	if (tree->kind == DOC_OBJECT)
		for (int i = 0; i < 9; i++)
			doc_set_str(arena, tree, str_format(arena, "more%d", i), doc_int(arena, i));
	if (tree->kind == DOC_LIST)
		for (int i = 0; i < 9; i++)
			doc_push(arena, tree, doc_int(arena, i));
	arena_free(arena);
	return 0;
}
