/* store_follow.h: rows of who follows a matter and of what they hear; private to store/. */
#ifndef STORE_STORE_FOLLOW_H
#define STORE_STORE_FOLLOW_H

#include "store/store_driver.h"

/* Those who follow the matter now, into it. */
MUST_CHECK enum err followers_load(struct store *store, struct matter *matter, struct bh_err *reterr);
MUST_CHECK enum err follower_put(
	struct store *store, int64_t matter, const struct follower *follower, struct bh_err *reterr);
/* Behind the links of its matter: what nobody follows is kept only where it arose from another. */
MUST_CHECK enum err news_put(
	struct store *store, int64_t matter, const struct news *news, struct bh_err *reterr);

#endif
