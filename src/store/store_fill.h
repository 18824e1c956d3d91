/* store_fill.h: what a step of the schema can't say in SQL, for what was recorded before it; private to
 * store/.
 */
#ifndef STORE_STORE_FILL_H
#define STORE_STORE_FILL_H

#include "store/store_driver.h"

/* Behind the step to this version, inside its transaction. Nothing for most. */
MUST_CHECK enum err schema_fill(struct store *store, int version, struct bh_err *reterr);

#endif
