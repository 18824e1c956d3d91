/* Headers of archives: of each there is one form. */
#include "base/tar.h"

#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct tar_entry entry;
	char block[TAR_BLOCK_SIZE] = {0}, again[TAR_BLOCK_SIZE];
	struct bh_err err;

	if (size > 0)
		memcpy(block, bytes, size < sizeof block ? size : sizeof block);
	if (tar_header_parse(block, &entry, &err) == ERR_OK) {
		REQUIRE(tar_entry_objection(&entry) == NULL);
		tar_header_print(&entry, again);
		REQUIRE(memcmp(block, again, sizeof block) == 0);
	}
	/* The checksum keeps nearly everything out; so the same as the fields of a header that is printed. */
	entry = (struct tar_entry){.name = fuzz_text(bytes, size), .size = size, .time = (int64_t)size};
	if (tar_entry_objection(&entry) == NULL) {
		struct tar_entry back;

		tar_header_print(&entry, again);
		REQUIRE(tar_header_parse(again, &back, &err) == ERR_OK && str_equal(back.name, entry.name));
	}
	return 0;
}
