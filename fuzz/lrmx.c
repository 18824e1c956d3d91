/* Forms for appointments: what is taken comes out as a file that says the same when it is read again. */
#include "exchange/lrmx.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct lrmx lrmx, again;
	struct bh_err why = {0};

	if (lrmx_read(arena, fuzz_text(bytes, size), &lrmx, &why) == ERR_OK) {
		struct str written = lrmx_write(arena, &lrmx);

		REQUIRE(lrmx_read(arena, written, &again, &why) == ERR_OK);
		REQUIRE(str_equal(lrmx_write(arena, &again), written));
		for (size_t i = 0; i < LRMX_ELEMENT_COUNT; i++)
			REQUIRE(str_equal(lrmx.values[i], again.values[i]));
	} else {
		REQUIRE(why.text[0] != '\0');
	}
	arena_free(arena);
	return 0;
}
