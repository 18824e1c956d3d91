/* parts.h: what making and taking must agree on. Private to the room. */
#ifndef LEVELS_PARTS_H
#define LEVELS_PARTS_H

#include "levels/levels.h"

/* "act/12/envelope": a file of the package. */
struct str act_part_name(struct arena *arena, int64_t index, const char *what);

/* What each item of a verified package would do for whoever asks: plans, faults, and, where there are none,
 * spec and commands. */
MUST_CHECK enum err package_plan(const struct level_ask *ask, struct package_look *look,
	const struct doc *choices, struct bh_err *reterr);
/* The body of a report with its acts held to the sender's record: each event under the checkpoint, each
 * payload what its event is bound to, all of the one matter. In place of what proves them stands what they
 * say. ERR_TAMPERED. */
MUST_CHECK enum err report_verify(const struct level_ask *ask, const struct package_look *look,
	const struct doc *body, struct doc **ret_body, struct bh_err *reterr);

#endif
