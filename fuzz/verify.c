/* Any bytes as an archive. Whatever is OK bears a root that was signed. */
#include "fuzz.h"

#include "ledger/ledger.h"

#include <string.h>

#define ORIGIN "bihuan.example/pengjiang-2019" /* as tests/ledger/sample.h has it */

static enum err get_bytes(void *context, char *bytes, size_t size, size_t *ret_size)
{
	struct str *rest = context;

	*ret_size = size < rest->size ? size : rest->size;
	if (*ret_size > 0)
		memcpy(bytes, rest->data, *ret_size);
	*rest = str_slice(*rest, *ret_size, rest->size);
	return ERR_OK;
}

/* The corpus was exported from tests/ledger/sample.c with these seeds of its key. */
static void verify_with(struct str text, uint8_t seed)
{
	struct arena *arena = arena_new();
	const uint8_t secret[SIGN_SEED_SIZE] = {seed};
	struct sign_key *signer = sign_key_new(secret);
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	struct byte_source source = {get_bytes, &text};
	struct verification verification;
	struct bh_err err;

	sign_key_public(signer, public_key);
	struct verify_plan plan = {.key = note_key_make(STR(ORIGIN), public_key)};

	REQUIRE(ledger_verify(arena, &plan, &source, &verification, &err) == ERR_OK);
	REQUIRE((verification.verdict == VERDICT_OK) == (verification.what.size == 0));
	REQUIRE(utf8_is_valid(verification.what));
	if (verification.verdict == VERDICT_OK)
		REQUIRE(verification.events == verification.checkpoint.size && text.size == 0);
	sign_key_free(signer);
	arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	verify_with(fuzz_text(bytes, size), 42);
	return 0;
}
