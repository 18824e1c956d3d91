/* check_in.h: where people check in, as JSON. */
#ifndef VIEW_CHECK_IN_H
#define VIEW_CHECK_IN_H

#include "view/teller.h"

/* The member "check_in": whether it goes on, whether `person` keeps its list, is expected and has come, and
 * how many are and have. Nothing where the definition has nobody check in. */
void check_in_put(const struct teller *teller, const struct matter *matter, int64_t person, struct day today,
	struct json_out *out);

#endif
