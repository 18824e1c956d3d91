/* words.h: what the program says to people, in Chinese.
 *
 * The English sentence stands in the code, where it is read; zh.po, beside it, gives the Chinese one in the
 * form that translators and their tools know (GNU gettext's). A sentence is a printf format, and its
 * translation takes the same values in the same order; tests/base/words.mjs holds every sentence of the
 * source to that. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/str.h"

#include <stdarg.h>

/* The Chinese for an English format; the format itself when it has none. Static; never freed. */
const char *words_zh(const char *format) __attribute__((format_arg(1)));

/* A name that isn't the same in both languages, as one value of a sentence (%s): words_print puts into each
 * sentence its own. Cut to `size` bytes with its NUL; returns `ret`. */
const char *words_both(char *ret, size_t size, struct str zh, struct str en);

/* The same of two literals, as a literal. */
#define WORDS_BOTH(zh, en) "\x1D" zh "\x1F" en "\x1E"

/* A sentence in both languages, each cut to `size` bytes with its NUL. The format "%s" passes a whole
 * sentence on, which is then looked up itself. */
void words_print(char *ret_en, char *ret_zh, size_t size, const char *format, va_list args)
	__attribute__((format(printf, 4, 0)));

#endif
