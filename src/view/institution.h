/* institution.h: the institution as it is read: org, calendar and every definition, loaded once and then only
 * looked at. It never changes, so any number of threads may read it at once. */
#ifndef VIEW_INSTITUTION_H
#define VIEW_INSTITUTION_H

#include "store/store.h"

struct institution {
	struct str name; /* pengjiang-2019 */
	struct label title;
	int offset_minutes; /* from UTC */
	struct org *org;
	const struct calendar *calendar;
	struct definition *definitions; /* every one that was ever adopted, by id - 1 */
	size_t definition_count;
	struct definition *in_force; /* the newest of each name */
	size_t in_force_count;
};

/* All of it, as of one state of the store, in `arena`. ERR_NOT_FOUND when nothing was founded. */
MUST_CHECK enum err institution_load(
	struct store *store, struct arena *arena, struct institution *ret_institution, struct bh_err *reterr);

/* Any definition that was ever adopted; NULL when there is none under this id. Fit for store_matter_load,
 * with a `const struct institution *` as context. */
const struct procedure *institution_procedure(void *institution, int64_t definition);
/* The definition of this name that is in force; NULL when there is none. */
const struct definition *institution_in_force(const struct institution *institution, struct str name);

/* Who was covered, as this viewer may know (NULL: the operator), by what the definitions say. */
MUST_CHECK enum err institution_covered(const struct institution *institution, struct store *store,
	struct arena *arena, const struct viewer *viewer, struct covered **ret_covered, size_t *ret_count,
	struct bh_err *reterr);

/* By code, else ERR_NOT_FOUND with the nearest; `arena` for what is said. reterr->place is the code. */
MUST_CHECK enum err institution_unit(const struct institution *institution, struct arena *arena,
	struct str code, int64_t *ret_id, struct bh_err *reterr);
MUST_CHECK enum err institution_post(const struct institution *institution, struct arena *arena,
	struct str code, int64_t *ret_id, struct bh_err *reterr);
MUST_CHECK enum err institution_person(const struct institution *institution, struct arena *arena,
	struct str code, int64_t *ret_id, struct bh_err *reterr);
/* In force, by name; ERR_NOT_FOUND with the nearest and all there are. */
MUST_CHECK enum err institution_definition(const struct institution *institution, struct arena *arena,
	struct str name, const struct definition **ret_definition, struct bh_err *reterr);

/* A matter, judged by its own definition, in `arena`. ERR_NOT_FOUND when there is none. */
MUST_CHECK enum err institution_matter(const struct institution *institution, struct store *store,
	struct arena *arena, int64_t id, struct matter **ret_matter, struct bh_err *reterr);
/* The engine's world at `now`, for questions about one matter; `matter` NULL: about one to be opened. */
MUST_CHECK enum err institution_world(const struct institution *institution, struct store *store,
	const struct matter *matter, struct instant now, struct arena *arena, struct world *ret_world,
	struct bh_err *reterr);

#endif
