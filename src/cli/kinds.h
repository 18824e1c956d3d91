/* kinds.h: the kind of rows that a call names. Private to cli/. */
#ifndef CLI_KINDS_H
#define CLI_KINDS_H

#include "cli/call.h"
#include "intake/kind.h"

/* The kind that the call's second argument names, and of matters the procedure. ERR_INVALID with the nearest.
 */
MUST_CHECK enum err kind_find(struct call *call, const struct kind **ret_kind, const char **ret_procedure);

#endif
