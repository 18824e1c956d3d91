/* code.h: a secret that a person types: sixteen letters and digits, 80 bits, that can't be taken for one
 * another (Crockford's base 32: no I, L, O, U). */
#ifndef BASE_CODE_H
#define BASE_CODE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#define CODE_SIZE  16 /* characters */
#define CODE_BYTES 10 /* of chance that are in it */

/* From as many random bytes; in `arena`. */
struct str code_make(struct arena *arena, const uint8_t bytes[CODE_BYTES]);
/* As a person types it: in small letters, with dashes and spaces, O for 0 and I or L for 1. False when it is
 * no code. */
MUST_CHECK bool code_read(struct arena *arena, struct str text, struct str *ret_code);
struct str code_print(struct arena *arena, struct str code); /* K7QM-2W8R-X04D-9TZA */

#endif
