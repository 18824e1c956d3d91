/* token.h: an ID token (OpenID Connect Core 3.1.3.7), read and checked to the end. Pure: time is passed in.
 * Private to outside/. */
#ifndef OUTSIDE_TOKEN_H
#define OUTSIDE_TOKEN_H

#include "outside/keys.h"

#define TOKEN_SIZE_MAX  16384
#define TOKEN_LEEWAY_US (INT64_C(60) * 1000000) /* by which two clocks may differ */

/* Its parts, none of them believed yet. */
struct token_parts {
	enum token_alg alg;
	struct str key; /* id of the key that signed it; "" when it names none */
	struct str message, signature;
	const struct doc *claims;
};
/* ERR_UNAUTHENTICATED for what is no signed token of an algorithm among `algs` (bits 1 << TOKEN_…): `none`
 * and what is signed with a shared secret are none. In `arena`. */
MUST_CHECK enum err id_token_read(struct arena *arena, struct str text, unsigned algs,
	struct token_parts *ret_parts, struct bh_err *reterr);

/* What it was asked for, and when it is read. */
struct token_asked {
	const struct oidc_settings *oidc;
	struct str nonce;
	struct instant asked, now;
	bool prove; /* they were to show anew who they are: after `asked` */
};
/* Are these the claims that were asked for? Fills the identity, in `arena`. ERR_UNAUTHENTICATED names the
 * claim that isn't right. The signature must have been verified before. */
MUST_CHECK enum err id_token_judge(struct arena *arena, const struct doc *claims,
	const struct token_asked *asked, struct identity *ret_identity, struct bh_err *reterr);

#endif
