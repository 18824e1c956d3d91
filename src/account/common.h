/* common.h: the commonest passwords as one sorted text, made at build time by tools/mkcommon.mjs. Private to
 * account/. */
#ifndef ACCOUNT_COMMON_H
#define ACCOUNT_COMMON_H

#include "base/base.h"

#define COMMON_SIZE_MIN 4 /* shorter ones say nothing about a password of ten characters */
#define COMMON_SIZE_MAX 24

/* Word i is text[starts[i]] up to text[starts[i + 1]]; in byte order, lower case. */
struct common {
	const char *text;
	const uint32_t *starts;
	size_t count;
};
extern const struct common common_passwords;

#endif
