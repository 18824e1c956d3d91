/* secret.h: a line from the terminal, not shown while it is typed; or from standard input, where there is no
 * terminal. Private to cli/. */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli/call.h"

/* Ask for a secret, or with `shown` for something that may be seen. ERR_INVALID at the end of the input. */
MUST_CHECK enum err secret_ask(
	struct call *call, const char *zh, const char *en, bool shown, struct str *ret_line);

#endif
