/* ldap_ask.h: the institution's directory. Private to outside/. */
#ifndef OUTSIDE_LDAP_ASK_H
#define OUTSIDE_LDAP_ASK_H

#include "outside/settings.h"

/* Look `name` up with the service account, then bind as the entry with `password`. An identity whose subject
 * is
 * "": nobody, or more than one, has that name. Texts in `arena`. ERR_AWAY when the directory can't be asked.
 */
MUST_CHECK enum err ldap_prove(const struct settings *settings, struct arena *arena, struct str name,
	struct str password, struct identity *ret_identity, struct bh_err *reterr);
/* Can the service account bind, and read the base of the search? */
MUST_CHECK enum err ldap_try(const struct settings *settings, struct arena *arena, struct bh_err *reterr);

#endif
