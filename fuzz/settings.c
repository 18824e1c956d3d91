/* outbox.json: what is taken calls only hosts that it lists, and nothing in it is more than one line. */
#include "outbox/settings.h"

#include "folder.h"

#include <string.h>

static void look_at(const struct settings *settings)
{
	struct bh_err why = {0};
	struct str host;

	REQUIRE(str_starts(settings->link, "http"));
	for (size_t i = 0; i < settings->hook_count; i++) {
		const struct hook *hook = &settings->hooks[i];

		REQUIRE(hook->kind < HOOK_KIND_COUNT && wire_url_host(hook->url, &host));
		REQUIRE(str_equal(host, hook->host) && wire_is_host(host));
		REQUIRE(settings_hook(settings, hook->name) == hook);
	}
	if (settings->mail)
		(void)!settings_address_may(settings, STR("somebody@example.org"), &why);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size), host;
	struct reach_range range;
	struct settings settings;
	struct bh_err why = {0};

	if (settings_read(fuzz_folder("outbox.json", text), arena, &settings, &why) == ERR_OK)
		look_at(&settings);
	else
		REQUIRE(why.text[0] != '\0' && utf8_is_valid(str_from(why.text)));
	/* Texts of their own. */
	if (address_is_plain(text))
		REQUIRE(memchr(text.data, '\n', size) == NULL && memchr(text.data, '\r', size) == NULL);
	(void)!reach_range_parse(text, &range);
	if (wire_url_host(text, &host))
		REQUIRE(host.data >= text.data && host.data + host.size <= text.data + text.size);
	arena_free(arena);
	return 0;
}
