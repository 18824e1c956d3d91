/* kinds.h: what import and export know by name. Private to cli/. */
#ifndef CLI_KINDS_H
#define CLI_KINDS_H

#include "cli/call.h"
#include "exchange/org_table.h"

enum kind_of { KIND_OF_ORG, KIND_OF_CALENDAR, KIND_OF_MATTERS, KIND_OF_COUNT };
struct kind {
	const char *name, *zh;
	enum kind_of of;
	enum org_table table;  /* KIND_OF_ORG */
	const char *procedure; /* KIND_OF_MATTERS; NULL: --procedure says */
};

/* The kind that the call's second argument names, and of matters the procedure. ERR_INVALID with the nearest.
 */
MUST_CHECK enum err kind_find(struct call *call, const struct kind **ret_kind, const char **ret_procedure);

#endif
