/* desk.h: what the verbs of `bihuan account` share. Private to cli/. */
#ifndef CLI_DESK_H
#define CLI_DESK_H

#include "act/auth.h"
#include "cli/house.h"

struct desk {
	struct house house;
	struct call *call;
	struct auth *auth;
	struct directory *directory;
};

/* The argument behind the verb, from 0; NULL when it isn't given. */
const char *desk_argument(const struct desk *desk, size_t i);
/* The administrator of --as. */
MUST_CHECK enum err desk_asker(struct desk *desk, int64_t *ret_by);
MUST_CHECK enum err desk_ask(struct desk *desk, const struct auth_ask *auth_ask, struct auth_answer *answer);
/* Sign in with what is typed; the session is this call's own and ends with it. */
MUST_CHECK enum err desk_enter(struct desk *desk, struct str *ret_password, struct str *ret_session);
MUST_CHECK enum err desk_leave(struct desk *desk, const char *session);

/* account_tell.c */
MUST_CHECK enum err account_tell(struct desk *desk);
MUST_CHECK enum err account_address(struct desk *desk);
MUST_CHECK enum err account_prove(struct desk *desk);

#endif
