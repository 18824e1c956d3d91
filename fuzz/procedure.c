/* Definitions: any text is a tree, or findings with their places. */
#include "procedure/procedure.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct findings findings = findings_new(arena);
	const struct procedure *procedure =
		procedure_read(arena, STR("any.yaml"), fuzz_text(bytes, size), &findings);

	REQUIRE(procedure != NULL || findings.count > 0);
	for (size_t i = 0; i < findings.count; i++)
		REQUIRE(utf8_is_valid(finding_print(arena, &findings.items[i])));
	arena_free(arena);
	return 0;
}
