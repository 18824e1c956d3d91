/* chronicle.h: the institution as its events have told of it so far: its people, its calendar, the
 * definitions that were adopted. Private to check/; replay and law both listen to it. */
#ifndef CHECK_CHRONICLE_H
#define CHECK_CHRONICLE_H

#include "account/account.h"
#include "check/ballots.h"
#include "check/levels.h"
#include "check/rules.h"
#include "matter/matter.h"

struct told_definition {
	const struct procedure *procedure;
	int64_t version, index; /* the event that adopted it */
};

struct chronicle {
	struct arena *arena; /* owns all of it */
	struct org *org;
	struct directory *directory;
	const struct calendar *calendar;
	int offset_minutes;
	bool founded;
	struct told_definition *definitions; /* by id - 1 */
	size_t definition_count, definition_capacity;
	bool people_unknown; /* a row of the institution is withheld or erased: who held what isn't known */
	int64_t formula_count;
	struct ballots ballots;
	struct told_rules rules;
	struct told_levels levels;
};

struct chronicle chronicle_new(struct arena *arena);
/* Take in an event that is about no matter. ERR_TAMPERED says why it could not have been recorded then; with
 * ERR_OK everything the event says is true of it. */
MUST_CHECK enum err chronicle_follow(
	struct chronicle *chronicle, const struct event *event, struct bh_err *reterr);
/* The part of it that is about accounts. */
MUST_CHECK enum err chronicle_follow_account(
	struct chronicle *chronicle, const struct event *event, struct bh_err *reterr);
const struct procedure *chronicle_procedure(
	const struct chronicle *chronicle, int64_t id); /* NULL: never adopted */
/* The newest definition of a procedure, 0 when there is none. */
int64_t chronicle_in_force(const struct chronicle *chronicle, struct str procedure);
struct day chronicle_day(const struct chronicle *chronicle, struct instant instant);
/* A world with nothing but time, days and people: for the questions of matter.h that look no further. */
struct world chronicle_world(const struct chronicle *chronicle, struct instant now);

/* The payload of an event as a tree whose texts outlive `bytes`. */
MUST_CHECK enum err payload_read(
	struct arena *arena, struct str bytes, struct doc **ret_payload, struct bh_err *reterr);
/* "m12" as 12; 0 when it is no matter. */
int64_t object_matter(struct str object);

#endif
