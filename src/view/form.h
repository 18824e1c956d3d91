/* form.h: what is to be filled in, as JSON: a screen draws its forms from it and needs no second copy of a
 * rule. */
#ifndef VIEW_FORM_H
#define VIEW_FORM_H

#include "view/teller.h"

/* A list of the fields: name, label, type, required, unit, choices. */
void form_put_fields(
	const struct teller *teller, struct json_out *out, const struct field *fields, size_t count);
const char *form_evidence(enum evidence evidence); /* none optional required */

#endif
