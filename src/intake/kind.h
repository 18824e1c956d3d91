/* kind.h: what import and export know by name. */
#ifndef INTAKE_KIND_H
#define INTAKE_KIND_H

#include "exchange/org_table.h"

/* Of rules: texts, each a file (rules.h); all others are tables. */
enum kind_of { KIND_OF_ORG, KIND_OF_CALENDAR, KIND_OF_MATTERS, KIND_OF_ROWS, KIND_OF_RULES, KIND_OF_COUNT };
struct kind {
	const char *name, *zh;
	enum kind_of of;
	enum org_table table;  /* KIND_OF_ORG */
	const char *procedure; /* KIND_OF_MATTERS; NULL: whoever imports says which. KIND_OF_ROWS: whose … */
	const char *field;     /* … and which field of type rows */
};

/* By its name or its Chinese name. ERR_INVALID at `place`, with the nearest and all there are; `arena` for
 * what is said. */
MUST_CHECK enum err kind_by_name(struct arena *arena, struct str name, const char *place,
	const struct kind **ret_kind, struct bh_err *reterr);

#endif
