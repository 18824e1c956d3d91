/* charset.h: what an office saves, as UTF-8. Private to the room. */
#ifndef EXCHANGE_CHARSET_H
#define EXCHANGE_CHARSET_H

#include "base/base.h"

/* Takes UTF-8 with or without byte order mark, and GB18030, which is recognised by not being UTF-8. What
 * comes back points into `text` or lives in `arena`. NULL when it was done; else why not and what to do. A
 * text that is plainly UTF-8 but damaged is refused, with its line, instead of being read as something else.
 */
const char *charset_decode(struct arena *arena, struct str text, struct str *ret_text, size_t *ret_line);

#endif
