/* kind.h: what import and export know by name. */
#ifndef INTAKE_KIND_H
#define INTAKE_KIND_H

#include "exchange/org_table.h"
#include "view/institution.h"

/* Of rules: texts, each a file (rules.h); all others are tables. */
/* Of forms for an appointment (lrmx): rows of tenures are made of it (form.c); it is imported alone. */
enum kind_of {
	KIND_OF_ORG,
	KIND_OF_CALENDAR,
	KIND_OF_MATTERS,
	KIND_OF_ROWS,
	KIND_OF_RULES,
	KIND_OF_FORM,
	KIND_OF_COUNT
};
struct kind {
	const char *name, *zh;
	enum kind_of of;
	enum org_table table; /* KIND_OF_ORG, KIND_OF_FORM */
	/* KIND_OF_MATTERS: does it speak of a procedure? NULL: of any, and whoever imports says of which. */
	bool (*speaks_of)(const struct procedure *procedure);
	/* KIND_OF_ROWS: the field whose rows they are; NULL: it doesn't speak of that procedure. */
	const struct field *(*rows)(const struct procedure *procedure);
};

/* By its name or its Chinese name. ERR_INVALID at `place`, with the nearest and all there are; `arena` for
 * what is said. */
MUST_CHECK enum err kind_by_name(struct arena *arena, struct str name, const char *place,
	const struct kind **ret_kind, struct bh_err *reterr);
/* Of a kind of matters or rows the definition in force of which it speaks: the only one, or the one that was
 * named ("": none was). ERR_INVALID at "--procedure" when one has to be named and which there are,
 * ERR_NOT_FOUND when there is none of that name, or none at all. */
MUST_CHECK enum err kind_definition(struct arena *arena, const struct kind *kind,
	const struct institution *institution, struct str named, const struct definition **ret_definition,
	struct bh_err *reterr);

#endif
