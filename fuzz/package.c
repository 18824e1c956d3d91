/* Files between levels: what is taken apart lies within the bytes, and is written again as it was; nothing of
 * it is believed without a signature. */
#include "exchange/package.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const uint8_t public_key[SIGN_PUBLIC_SIZE] = {1};
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size);
	struct checkpoint checkpoint;
	struct package_file file;
	struct doc *manifest;
	struct bh_err why = {0};

	if (package_split(arena, text, &file, &why) == ERR_OK) {
		struct note_key key = note_key_make(file.head.from, public_key);
		struct package_head head;

		for (size_t i = 0; i < file.count; i++)
			REQUIRE(file.parts[i].bytes.data >= text.data &&
				file.parts[i].bytes.data + file.parts[i].bytes.size <= text.data + text.size);
		head = file.head;
		REQUIRE(str_starts(file.signature, package_head_print(arena, &head).data));
		REQUIRE(package_verify(arena, &file, &key, &manifest, &checkpoint, &why) != ERR_OK);
	} else {
		REQUIRE(why.text[0] != '\0');
	}
	arena_free(arena);
	return 0;
}
