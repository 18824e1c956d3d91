/* formula.h: a formula of performance, from its YAML text. */
#ifndef EXCHANGE_FORMULA_H
#define EXCHANGE_FORMULA_H

#include "grasp/grasp.h"

#define FORMULA_TEXT_MAX ((size_t)64 * 1024) /* bytes */

/* ERR_INVALID says the first thing that is wrong, with its line. Lives in `arena`. */
MUST_CHECK enum err formula_read(struct arena *arena, struct str file, struct str text,
	struct formula *ret_formula, struct bh_err *reterr);

#endif
