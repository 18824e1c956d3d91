/* An event's bytes: what is taken has no other form, in our reader and in that of canonical JSON. */
#include "fuzz.h"

#include "ledger/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size);
	struct envelope envelope;
	struct doc *tree;
	struct bh_err err;

	if (envelope_parse(text, &envelope, &err) == ERR_OK) {
		REQUIRE(envelope_objection(&envelope) == NULL);
		REQUIRE(str_equal(envelope_print(arena, &envelope), text));
		REQUIRE(doc_read_canonical(arena, text, &tree, &err) == ERR_OK);
		REQUIRE((uint64_t)doc_get_int(tree, "index", -1) == envelope.index);
	} else {
		REQUIRE(utf8_is_valid(str_from(err.text)));
	}
	arena_free(arena);
	return 0;
}
