/* administrators.h: the three with whom an institution begins. Private to cli/. */
#ifndef CLI_ADMINISTRATORS_H
#define CLI_ADMINISTRATORS_H

#include "act/auth.h"
#include "cli/call.h"

/* Make them, under the names system, security and audit. The answer holds their one-time passwords, which are
 * nowhere else: wipe it when they are told. */
MUST_CHECK enum err administrators_begin(
	struct call *call, struct auth *auth, struct auth_answer *ret_answer);
void administrators_print(struct json_out *out, const struct auth_answer *answer); /* as one field */
/* For people: names and passwords, once. */
void administrators_tell(const struct call *call, const struct auth_answer *answer);

#endif
