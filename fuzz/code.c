/* Secrets that people type: what is taken as a code is printed as it is read again. */
#include "base/code.h"
#include "account/account.h"

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str typed = fuzz_text(bytes, size), code, again;
	struct bh_err why = {0};
	unsigned scopes, back;

	if (code_read(arena, typed, &code)) {
		REQUIRE(code.size == CODE_SIZE);
		REQUIRE(code_read(arena, code_print(arena, code), &again) && str_equal(code, again));
	}
	struct str read = typed_read(arena, typed);

	REQUIRE(str_equal(typed_read(arena, read), read));
	if (scopes_parse(typed, &scopes, &why) == ERR_OK)
		REQUIRE(scopes_parse(scopes_print(arena, scopes), &back, &why) == ERR_OK && back == scopes);
	else
		REQUIRE(why.text[0] != '\0');
	(void)password_is_common(typed);
	arena_free(arena);
	return 0;
}
