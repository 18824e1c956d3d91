/* sign-in.json: what is taken asks only hosts that it lists, a directory beyond this machine only through
 * TLS. */
#include "outside/settings.h"

#include "folder.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct settings settings;
	struct bh_err why = {0};

	if (outside_settings_read(
		    fuzz_folder("sign-in.json", fuzz_text(bytes, size)), arena, &settings, &why) != ERR_OK) {
		REQUIRE(why.text[0] != '\0' && utf8_is_valid(str_from(why.text)));
	} else {
		if (settings.oidc.issuer.size > 0) {
			REQUIRE(outside_url_may(&settings, settings.oidc.issuer, "issuer", &why) == ERR_OK);
			REQUIRE(settings.oidc.algs != 0 && settings.oidc.client.size > 0);
		}
		if (settings.ldap.host.size > 0)
			REQUIRE(settings.ldap.port > 0 &&
				str_find(settings.ldap.filter, STR("{name}")) != SIZE_MAX);
	}
	arena_free(arena);
	return 0;
}
