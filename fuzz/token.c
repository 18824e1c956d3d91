/* ID tokens and a provider's keys: what is read is signed by an algorithm that is taken, over what stands
 * before its last dot; what is judged good says whom it is about, for whom and until when; what is typed as a
 * name stays one value of a filter. The first line is a set of keys, the rest a token. */
#include "fuzz.h"

#include "outside/filter.h"
#include "outside/token.h"

#include <string.h>

#define NOW_US (INT64_C(1700000000) * 1000000)

static void try_claims(struct arena *arena, const struct doc *claims)
{
	struct str amr[] = {STR("otp")};
	const struct oidc_settings oidc = {.issuer = STR("https://id.example"),
		.client = STR("bihuan"),
		.person = STR("staff"),
		.amr = amr,
		.amr_count = 1};
	const struct token_asked asked = {
		.oidc = &oidc, .nonce = STR("n"), .asked = {NOW_US}, .now = {NOW_US}, .prove = true};
	struct identity identity;

	if (id_token_judge(arena, claims, &asked, &identity, NULL) != ERR_OK)
		return;
	REQUIRE(identity.proved && identity.subject.size > 0 && identity.subject.size <= IDENTITY_MAX);
	REQUIRE(str_equal(doc_get_text(claims, "iss"), oidc.issuer));
	REQUIRE(str_is(doc_get_text(claims, "nonce"), "n") && doc_get(claims, "exp") != NULL);
}

static void try_token(struct arena *arena, const struct keys *keys, struct str text)
{
	struct token_parts parts;

	if (id_token_read(arena, text, 1U << TOKEN_RS256 | 1U << TOKEN_ES256 | 1U << TOKEN_EDDSA, &parts,
		    NULL) != ERR_OK)
		return;
	REQUIRE(parts.alg < TOKEN_ALG_COUNT && parts.signature.size > 0);
	REQUIRE(parts.message.size < text.size && text.data[parts.message.size] == '.');
	const struct key *key = keys_find(keys, parts.alg, parts.key);

	if (key != NULL) {
		REQUIRE(key->alg == parts.alg);
		(void)!key_verify(key, parts.message, parts.signature);
	}
	try_claims(arena, parts.claims);
}

static void try_name(struct arena *arena, struct str name)
{
	struct str escaped = filter_escape(arena, name),
		   filled = filter_fill(arena, STR("(uid={name})"), name);

	for (size_t i = 0; i < escaped.size; i++)
		REQUIRE(strchr("()*&|!=", escaped.data[i]) == NULL && escaped.data[i] != '\0');
	REQUIRE(filled.size == escaped.size + strlen("(uid=)"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size), line = STR_NONE;
	struct keys keys = {0};

	(void)!str_cut(&text, '\n', &line);
	if (keys_read(arena, line, &keys, NULL) != ERR_OK)
		keys = (struct keys){0};
	REQUIRE(keys.count <= KEYS_MAX);
	try_token(arena, &keys, str_trim(text));
	try_name(arena, line);
	arena_free(arena);
	return 0;
}
