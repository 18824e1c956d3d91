/* The canonical form: what is taken is printed back byte for byte, and is JSON to the other reader too. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size);
	struct doc *tree = NULL, *other;
	struct bh_err err;

	if (doc_read_canonical(arena, text, &tree, &err) == ERR_OK) {
		REQUIRE(str_equal(doc_print(arena, tree), text));
		REQUIRE(doc_read(arena, text, &other, &err) == ERR_OK && doc_equal(tree, other));
	} else {
		REQUIRE(tree == NULL && err.place[0] != '\0' && utf8_is_valid(str_from(err.text)));
	}
	arena_free(arena);
	return 0;
}
