/* settings.h: sign-in.json, with its secrets. Private to outside/. */
#ifndef OUTSIDE_SETTINGS_H
#define OUTSIDE_SETTINGS_H

#include "outside/outside.h"
#include "wire/settings_file.h"

/* Signatures that may be asked for; none of them can be made with what is public. */
enum token_alg { TOKEN_RS256, TOKEN_ES256, TOKEN_EDDSA, TOKEN_ALG_COUNT };
const char *token_alg_name(enum token_alg alg); /* RS256 ES256 EdDSA */

struct oidc_settings {
	struct str issuer, client, secret; /* secret "": a public client, by PKCE alone */
	bool secret_in_body;               /* client_secret_post; client_secret_basic otherwise */
	struct str scope;
	struct str person;     /* the claim that holds a person's code; "": only ties count */
	unsigned algs;         /* bits 1 << TOKEN_… */
	struct str *amr, *acr; /* by which a token counts as more than one factor */
	size_t amr_count, acr_count;
};

enum ldap_tls { LDAP_IMPLICIT, LDAP_STARTTLS, LDAP_PLAIN };
struct ldap_settings {
	struct str host;
	int port;
	enum ldap_tls tls;         /* LDAP_PLAIN: only to this machine itself */
	struct str user, password; /* the service account that may search */
	struct str base, filter;   /* the filter with {name} where the typed name goes */
	struct str subject; /* the attribute that names a person for good, "dn" for the entry's own name */
	struct str person;  /* the attribute that holds a person's code; "": only ties count */
};

struct settings {
	struct str link; /* where people find the pages; "" without a provider */
	struct wire_rules rules;
	struct str *hosts; /* as they were checked; what a provider names later is checked against them too */
	size_t host_count;
	bool local_closed;
	struct outside_way oidc_way, ldap_way;
	struct oidc_settings oidc;
	struct ldap_settings ldap;
};
/* In `arena`. ERR_NOT_FOUND, which sets nothing: there is no such file. ERR_FORBIDDEN: others may read it.
 * ERR_INVALID names the place. */
MUST_CHECK enum err outside_settings_read(
	struct str dir, struct arena *arena, struct settings *ret_settings, struct bh_err *reterr);
/* May this be called? "https://…" on a host that is listed. ERR_FORBIDDEN names the place. */
MUST_CHECK enum err outside_url_may(
	const struct settings *settings, struct str url, const char *place, struct bh_err *reterr);

#endif
