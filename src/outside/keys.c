/* keys.c: see keys.h. */
#include "outside/keys.h"

static const char *const alg_names[] = {"RS256", "ES256", "EdDSA"};
static_assert(ARRAY_COUNT(alg_names) == TOKEN_ALG_COUNT, "every one has a name");

const char *token_alg_name(enum token_alg alg)
{
	REQUIRE((size_t)alg < TOKEN_ALG_COUNT);
	return alg_names[alg];
}

static bool get_bytes(struct arena *arena, const struct doc *object, const char *name, struct str *ret_bytes)
{
	struct str text = doc_get_text(object, name);

	return text.size > 0 && base64url_parse(arena, text, ret_bytes);
}

/* Which of our signatures a key of that type makes. */
static bool read_key(struct arena *arena, const struct doc *object, struct key *key)
{
	struct str type = doc_get_text(object, "kty"), curve = doc_get_text(object, "crv");

	key->id = doc_get_text(object, "kid");
	if (str_is(type, "RSA")) {
		key->alg = TOKEN_RS256;
		return get_bytes(arena, object, "n", &key->a) && get_bytes(arena, object, "e", &key->b);
	}
	if (str_is(type, "EC") && str_is(curve, "P-256")) {
		key->alg = TOKEN_ES256;
		return get_bytes(arena, object, "x", &key->a) && get_bytes(arena, object, "y", &key->b);
	}
	key->alg = TOKEN_EDDSA;
	return str_is(type, "OKP") && str_is(curve, "Ed25519") && get_bytes(arena, object, "x", &key->a) &&
	       key->a.size == SIGN_PUBLIC_SIZE;
}

/* What is for encryption, or for another signature, isn't ours, whatever its type. */
static bool is_for_this(const struct doc *object, const struct key *key)
{
	struct str use = doc_get_text(object, "use"), alg = doc_get_text(object, "alg");

	return (use.size == 0 || str_is(use, "sig")) &&
	       (alg.size == 0 || str_is(alg, token_alg_name(key->alg)));
}

enum err keys_read(struct arena *arena, struct str text, struct keys *ret_keys, struct bh_err *reterr)
{
	struct doc *tree;
	struct keys keys = {0};

	TRY(doc_read(arena, text, &tree, reterr));
	const struct doc *list = tree->kind == DOC_OBJECT ? doc_get(tree, "keys") : NULL;

	if (list == NULL || list->kind != DOC_LIST || list->count > KEYS_MAX)
		return err_set(reterr, ERR_INVALID, "keys",
			"the provider's keys are no set of at most %d keys", KEYS_MAX);
	keys.items = ARENA_TAKE(arena, list->count + 1, struct key);
	for (size_t i = 0; i < list->count; i++) {
		const struct doc *object = &list->items[i];
		struct key key = {0};

		if (object->kind == DOC_OBJECT && read_key(arena, object, &key) && is_for_this(object, &key))
			keys.items[keys.count++] = key;
	}
	*ret_keys = keys;
	return ERR_OK;
}

const struct key *keys_find(const struct keys *keys, enum token_alg alg, struct str id)
{
	const struct key *found = NULL;

	for (size_t i = 0; i < keys->count; i++) {
		const struct key *key = &keys->items[i];

		if (key->alg != alg || (id.size > 0 && !str_equal(key->id, id)))
			continue;
		if (found != NULL)
			return NULL; /* which of them isn't said */
		found = key;
	}
	return found;
}

bool key_verify(const struct key *key, struct str message, struct str signature)
{
	switch (key->alg) {
	case TOKEN_RS256:
		return pubkey_verify_rs256(key->a, key->b, message, signature);
	case TOKEN_ES256:
		return pubkey_verify_es256(key->a, key->b, message, signature);
	default:
		return key->alg == TOKEN_EDDSA &&
		       sign_verify((const uint8_t *)key->a.data, message, signature);
	}
}
