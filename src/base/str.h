/* str.h: text as a pointer and a size, never owning; and `struct buf`, text being written.
 *
 * All text inside the program is UTF-8, checked at the doors. A str is not NUL-terminated unless it
 * came from str_format, str_copy or a literal, which add a NUL behind it for C interfaces. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"
#include "base/err.h"

struct str {
	const char *data;
	size_t size;
};

#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
#define STR_NONE     ((struct str){NULL, 0})
/* printf("%.*s", STR_ARG(text)) */
#define STR_ARG(text) (int)(text).size, ((text).data != NULL ? (text).data : "")

struct str str_from(const char *text); /* NULL gives the empty str */
bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *b);
int str_compare(struct str a, struct str b); /* byte order; <0, 0, >0 */
bool str_starts(struct str text, const char *prefix);
bool str_ends(struct str text, const char *suffix);
struct str str_slice(struct str text, size_t from, size_t size); /* clipped to the text */
struct str str_trim(struct str text); /* ASCII white space and U+3000 off both ends */
/* Cut `*rest` at the first `separator`; returns the part before it. false when `*rest` is used up. */
bool str_cut(struct str *rest, char separator, struct str *ret_part);
size_t str_find(struct str text, struct str wanted); /* index, or SIZE_MAX */

struct str str_copy(struct arena *arena, struct str text); /* NUL-terminated copy */
struct str str_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Decimal with an optional minus, nothing else; false when it is no int64. */
MUST_CHECK bool str_to_int(struct str text, int64_t *ret_value);

bool utf8_is_valid(struct str text); /* no overlong, surrogate or > U+10FFFF */
size_t utf8_next(struct str text, size_t at,
	uint32_t *ret_char);                      /* bytes used by the char at `at`; 1 and U+FFFD if bad */
size_t utf8_put(uint32_t character, char out[4]); /* bytes written */
size_t utf8_width(struct str text);               /* columns on a terminal: wide characters count 2 */

/* The nearest of `count` names, by characters to be changed: at most a third of the word's and one more; NULL
 * when none is so near. */
const char *str_nearest(struct arena *arena, struct str word, const char *const *names, size_t count);

struct buf {
	struct arena *arena;
	char *data;
	size_t size, capacity;
};

struct buf buf_new(struct arena *arena);
void buf_put(struct buf *buf, struct str text);
void buf_put_char(struct buf *buf, char character);
void buf_puts(struct buf *buf, const char *text);
void buf_format(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
struct str buf_str(struct buf *buf); /* the text so far, NUL behind it; valid until the next put */

#endif
