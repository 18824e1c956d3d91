/* Receipts and the paths of tiles: what is taken is printed back byte for byte. */
#include "fuzz.h"

#include "ledger/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size), note;
	struct proof proof;
	struct tile tile;
	uint64_t index;

	if (receipt_parse(arena, text, &index, &proof, &note, NULL) == ERR_OK)
		REQUIRE(str_equal(receipt_print(arena, index, &proof, note), text));
	if (tile_parse(arena, text, &tile))
		REQUIRE(str_equal(tile_path(arena, &tile), text));
	arena_free(arena);
	return 0;
}
