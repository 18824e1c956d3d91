/* Formulas of performance: any text is a formula within the limits, or refused with its line. */
#include "grasp/grasp.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct formula formula;
	struct bh_err why = {0};

	if (formula_read(arena, STR("any.yaml"), fuzz_text(bytes, size), &formula, &why) == ERR_OK) {
		REQUIRE(formula.item_count > 0 && formula.item_count <= FORMULA_ITEMS_MAX);
		REQUIRE(formula.hash.size == 2 * HASH_SIZE && utf8_is_valid(formula.name));
	} else {
		REQUIRE(why.text[0] != '\0' && utf8_is_valid(str_from(why.text)));
	}
	arena_free(arena);
	return 0;
}
