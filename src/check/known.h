/* known.h: what the questions of the audit must know of the definitions, which the tables hold only as text.
 * Private to check/. */
#ifndef CHECK_KNOWN_H
#define CHECK_KNOWN_H

#include "store/store.h"

/* One JSON object of lists, for json_each($3, '$.…'):
 *   separation   [definition, action, other]: who did `other` may not do `action`
 *   evidence     [definition, action]: it needs at least one file
 *   consequence  [definition, duty or request, procedure]: its breach opens such a matter
 *   parts_first  definition: its parts are closed before the whole */
MUST_CHECK enum err known_of_definitions(
	struct store *store, struct arena *arena, struct str *ret_known, struct bh_err *reterr);

#endif
