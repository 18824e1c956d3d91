/* filter.h: a search filter of LDAP with what somebody typed in it. Pure. Private to outside/. */
#ifndef OUTSIDE_FILTER_H
#define OUTSIDE_FILTER_H

#include "base/base.h"

/* As RFC 4515 writes a value, so that it can be nothing but one: in `arena`. */
struct str filter_escape(struct arena *arena, struct str value);
/* The filter with `name` wherever it says {name}. */
struct str filter_fill(struct arena *arena, struct str filter, struct str name);

#endif
