/* procedure_view.h: a definition as data, for screens and programs that draw by it. */
#ifndef VIEW_PROCEDURE_VIEW_H
#define VIEW_PROCEDURE_VIEW_H

#include "view/teller.h"

/* Name, title, grasp and what else a list of procedures tells: members of an object that is open. `person`:
 * may they open a matter of it today? 0: nobody asks. */
void procedure_put_head(const struct teller *teller, struct json_out *out,
	const struct definition *definition, int64_t person, struct day today);
/* Fields, roles, states, actions, duties and requests, likewise. Labels in the language of the teller. */
void procedure_put_rules(
	const struct teller *teller, struct json_out *out, const struct procedure *procedure);

#endif
