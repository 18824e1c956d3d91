/* mutate.h: why taking something out of a procedure loses nothing. Private to the room.
 *
 * Each function looks at the `mutant`, which no rule refuses, and names what still does the work of what was
 * taken out. It gives "" where it finds nothing of the kind: then the rules miss something, a defect. */
#ifndef PROCEDURE_MUTATE_H
#define PROCEDURE_MUTATE_H

#include "procedure/check.h"

struct str harmless_duty(struct arena *arena, const struct procedure *mutant, const struct duty_rule *duty);
struct str harmless_request_breach(
	struct arena *arena, const struct procedure *procedure, const struct request_rule *request);
/* `action` is its index in `procedure`, the original. */
struct str harmless_action(
	struct arena *arena, const struct procedure *mutant, const struct procedure *procedure, int action);
struct str harmless_not_by(struct arena *arena, const struct procedure *mutant, const struct action *action);
struct str harmless_evidence(
	struct arena *arena, const struct procedure *mutant, const struct action *action);

#endif
