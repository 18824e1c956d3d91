/* Office files as archives: whatever bytes they are, each part that is named is read whole, or refused with
 * words. */
#include "exchange/parts.h"

#include "fuzz.h"

#define PARTS_LOOKED_AT 50

static enum err count_bytes(void *context, const char *bytes, size_t size, struct bh_err *reterr)
{
	size_t *total = context;

	(void)reterr, (void)bytes;
	*total += size;
	REQUIRE(*total <= PARTS_UNPACKED_MAX);
	return ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct zip_parts *zip;
	struct bh_err why = {0};

	if (zip_parts_open(arena, fuzz_text(bytes, size), &zip, &why) != ERR_OK) {
		REQUIRE(why.text[0] != '\0');
		arena_free(arena);
		return 0;
	}
	struct parts parts = zip_parts_of(zip);
	size_t total = 0;

	for (size_t i = 0; i < zip_parts_count(zip) && i < PARTS_LOOKED_AT; i++) {
		why = (struct bh_err){0};
		enum err err = parts.read(parts.context, zip_parts_name(zip, i), count_bytes, &total, &why);

		REQUIRE(err == ERR_OK || why.text[0] != '\0');
	}
	zip_parts_close(zip);
	arena_free(arena);
	return 0;
}
