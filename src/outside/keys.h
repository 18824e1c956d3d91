/* keys.h: a provider's public keys, as it publishes them (JWK Set, RFC 7517). Pure. Private to outside/. */
#ifndef OUTSIDE_KEYS_H
#define OUTSIDE_KEYS_H

#include "outside/settings.h"

#define KEYS_MAX 64

struct key {
	struct str id; /* "": it has none */
	enum token_alg alg;
	struct str a, b; /* modulus and exponent; x and y; x alone */
};
struct keys {
	struct key *items;
	size_t count;
};
/* Those of a set that can check a signature we take; others are passed over. In `arena`. ERR_INVALID when it
 * is no set, or larger than any. */
MUST_CHECK enum err keys_read(
	struct arena *arena, struct str text, struct keys *ret_keys, struct bh_err *reterr);
/* The key by which `alg` was signed: that of the id, or, where the token names none, the only one of its
 * kind. NULL when there is none. */
const struct key *keys_find(const struct keys *keys, enum token_alg alg, struct str id);
bool key_verify(const struct key *key, struct str message, struct str signature);

#endif
