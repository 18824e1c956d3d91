/* letter_view.h: what whoever reported without a name reads by their code. */
#ifndef VIEW_LETTER_VIEW_H
#define VIEW_LETTER_VIEW_H

#include "view/matter_view.h"

/* Members of a JSON object that is open: how the report under the code (its hash, hex) stands, what its maker
 * wrote, and what the office told them, by day; not who did it, and nothing else of the matter. `ask` has no
 * viewer: the code is the right. ERR_NOT_FOUND: nothing is under it. */
MUST_CHECK enum err letter_view_put(
	const struct matter_ask *ask, struct str code, struct json_out *out, struct bh_err *reterr);
/* The member "forms": every procedure in force that anybody may begin, with what is filled in; and "units".
 */
void letter_forms_put(const struct teller *teller, struct day today, struct json_out *out);
/* The fields that whoever reports fills in, in the order of the definition; in the arena. */
const struct field *letter_fields(struct arena *arena, const struct procedure *procedure, size_t *ret_count);

#endif
