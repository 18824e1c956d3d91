/* password.h: passwords as Argon2id, the only form in which one is ever kept (RFC 9106; libargon2).
 *
 * The kept text names its own parameters, so an old one can still be checked after they were raised, and
 * password_is_current says when to make it anew. Salt is passed in: this room has no chance of its own. */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include "base/str.h"

#define PASSWORD_SALT_SIZE 16
#define PASSWORD_KEPT_MAX  ((size_t)192) /* bytes of a kept text, with its NUL */
#define PASSWORD_SIZE_MAX  ((size_t)512) /* bytes of a password that is looked at at all */

struct password_cost {
	uint32_t memory_kib, passes, lanes;
};
/* OWASP's first choice for Argon2id: 19 MiB, 2 passes, 1 lane. */
extern const struct password_cost password_cost_owasp;

/* The text to keep: "$argon2id$v=19$m=19456,t=2,p=1$…$…", in `arena`. Takes some 20 ms and `memory_kib` of
 * memory, so the caller bounds how many run at once. REQUIREs at most PASSWORD_SIZE_MAX bytes. */
struct str password_keep(struct arena *arena, struct str password, const uint8_t salt[PASSWORD_SALT_SIZE],
	struct password_cost cost);
/* Is `password` the one that was kept? Compares in constant time. A kept text that isn't Argon2id, and a
 * password that is too long, fit nothing. */
bool password_fits(struct str password, struct str kept);
/* Was it kept at this cost? If not, keep it anew at the next chance. */
bool password_is_current(struct str kept, struct password_cost cost);

#endif
