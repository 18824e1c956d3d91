/* store_see.h: what a definition says of who may see its matters, put where SQL finds it; private to store/.
 */
#ifndef STORE_STORE_SEE_H
#define STORE_STORE_SEE_H

#include "store/store_driver.h"

const char *visibility_name(enum visibility visibility); /* institution unit compartment */
/* The functions that its roles name. */
MUST_CHECK enum err see_functions(
	struct store *store, int64_t definition, const struct procedure *procedure, struct bh_err *reterr);
/* Whom a compartment is about: whoever is heard in it or may appeal, as matter_subjects in act/ has it. */
MUST_CHECK enum err see_subjects(struct store *store, struct arena *arena, int64_t matter,
	const struct procedure *procedure, const struct doc *fields, struct bh_err *reterr);

#endif
