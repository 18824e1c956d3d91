/* listen.h: from "127.0.0.1:8080" to a socket that listens. */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include "base/base.h"

/* ERR_INVALID when it is no address with a port, ERR_BUSY when another program has it. `ret_shown` is what it
 * really listens on, with the port that was found for port 0. */
MUST_CHECK enum err listen_open(
	struct arena *arena, struct str address, int *ret_fd, struct str *ret_shown, struct bh_err *reterr);
#endif
