/* Signed notes and keys: whatever is taken as a checkpoint has three good lines; nobody but the key's owner
 * makes one that opens; a key that is taken is printed as it was read. */
#include "fuzz.h"

#include "ledger/ledger.h"

#include <string.h>

static void try_key(struct arena *arena, struct str text)
{
	struct note_key key;

	if (note_key_parse(arena, text, &key, NULL) != ERR_OK)
		return;
	REQUIRE(note_name_is_good(key.name));
	REQUIRE(str_equal(note_key_print(arena, &key), str_trim(text)));
}

/* The corpus has a note by the key of this seed. An input that opens is that note, with lines of others. */
static void try_open(struct arena *arena, struct str text, const struct checkpoint *parsed)
{
	static const uint8_t seed[SIGN_SEED_SIZE] = {42};
	struct sign_key *signer = sign_key_new(seed);
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	struct checkpoint opened;

	sign_key_public(signer, public_key);
	struct note_key key = note_key_make(parsed->origin, public_key);

	if (checkpoint_open(arena, text, &key, &opened, NULL) == ERR_OK) {
		struct str note = checkpoint_sign(arena, &opened, &key, signer);
		struct str line = str_slice(note, str_find(note, STR("\n\n")) + 2, note.size);

		REQUIRE(opened.size == parsed->size && hash_equal(&opened.root, &parsed->root));
		REQUIRE(str_find(text, line) != SIZE_MAX);
	}
	sign_key_free(signer);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size);
	struct checkpoint checkpoint;

	if (checkpoint_parse(arena, text, &checkpoint, NULL) == ERR_OK) {
		struct str lines = str_format(arena, "%.*s\n%llu\n%.*s\n\n", STR_ARG(checkpoint.origin),
			(unsigned long long)checkpoint.size,
			STR_ARG(base64_print(arena, checkpoint.root.bytes, HASH_SIZE)));

		REQUIRE(note_name_is_good(checkpoint.origin) && str_starts(text, lines.data));
		try_open(arena, text, &checkpoint);
	}
	try_key(arena, text);
	arena_free(arena);
	return 0;
}
