/* Proofs as JSON, of both kinds. */
#include "fuzz.h"

#include "ledger/ledger.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	bool valid;

	(void)!proof_check_json(arena, STR("inclusion"), fuzz_text(bytes, size), &valid, NULL);
	(void)!proof_check_json(arena, STR("consistency"), fuzz_text(bytes, size), &valid, NULL);
	arena_free(arena);
	return 0;
}
