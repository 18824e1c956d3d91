/* oidc.h: a provider of OpenID Connect: what it publishes of itself, where it sends people, and the token for
 * a code they bring back. Private to outside/. */
#ifndef OUTSIDE_OIDC_H
#define OUTSIDE_OIDC_H

#include "outside/flow.h"
#include "outside/token.h"

#define OIDC_KEPT_US  (INT64_C(3600) * 1000000) /* what it publishes is asked for anew after that */
#define OIDC_AGAIN_US (INT64_C(30) * 1000000)   /* between two looks for a key that isn't known */

/* What a provider publishes, kept between sign-ins; one for all workers, behind a lock of its own. */
struct provider;
struct provider *provider_new(void);
void provider_free(struct provider *provider); /* NULL is fine */

/* Where the browser goes, in `arena`. Ask the provider for what it publishes where that isn't known. */
MUST_CHECK enum err oidc_location(struct provider *provider, const struct settings *settings,
	struct arena *arena, const struct flow *flow, struct str state, struct instant now,
	struct str *ret_location, struct bh_err *reterr);

/* What the browser brought back. */
struct oidc_return {
	struct str code, issuer; /* issuer: as the answer names it (RFC 9207), "" when it doesn't */
	const struct flow *flow;
	struct instant now;
};
/* Exchange the code and check the token. ERR_AWAY: the provider can't be asked; ERR_UNAUTHENTICATED or
 * ERR_INVALID: it doesn't vouch for anybody, or not to us. */
MUST_CHECK enum err oidc_identity(struct provider *provider, const struct settings *settings,
	struct arena *arena, const struct oidc_return *back, struct identity *ret_identity,
	struct bh_err *reterr);
/* Can what it publishes be read? */
MUST_CHECK enum err oidc_try(const struct settings *settings, struct arena *arena, struct bh_err *reterr);

#endif
