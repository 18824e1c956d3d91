/* form.h: a form for an appointment (lrmx) as a file that is imported: the posts that it says somebody held,
 * as rows of tenures. Nothing else of it is taken. */
#ifndef INTAKE_FORM_H
#define INTAKE_FORM_H

#include "exchange/lrmx.h"
#include "org/org.h"

/* Whom of the roster a form is of: the same name and the same month of birth. */
enum form_known { FORM_KNOWN, FORM_SEVERAL, FORM_STRANGER, FORM_BORN_OTHERWISE };
/* NULL unless FORM_KNOWN. */
const struct person *form_person(const struct org *org, const struct lrmx *lrmx, enum form_known *ret_known);
/* When the person was born, by the form; DAY_NONE where it doesn't say. */
struct day form_born(const struct lrmx *lrmx);

#endif
