/* err.h: errors are values.
 *
 * A function that can fail returns `enum err` and, where a person will read about it, fills
 * `struct bh_err *reterr` on failure only. `ret_` parameters are set on success only. Lower rooms
 * never print; `cli/` and `http/` turn an error into words for a person.
 *
 * REQUIRE is for our own mistakes and stops the process, in release builds too: everything
 * acknowledged is already durable, so stopping loses nothing. Bad input is never asserted. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK                       __attribute__((warn_unused_result))
#define PRINTF_LIKE(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#define ARRAY_COUNT(array)               (sizeof(array) / sizeof((array)[0]))
#define IMPLIES(a, b)                    (!(a) || (b))

enum err {
#define ERR(NAME, wire, http, exit, retry, zh, en) ERR_##NAME,
#include "base/err.def"
#undef ERR
	ERR_COUNT
};

struct bh_err {
	enum err code;
	char place[256];    /* where: "file:line:col", a field name, a matter number; "" when there is none */
	char text[1024];    /* why, and what to do; one sentence or two */
	char text_zh[1024]; /* the same in Chinese (words.h); in English where nobody has translated it */
};

/* Fill `reterr` (NULL is fine), in both languages, and return `code`, so that a failure is one `return
 * err_set(...)`. Whatever is printed into it, place and text are one line of UTF-8 each: other bytes are put
 * as '?', control characters as blanks. */
MUST_CHECK enum err err_set(struct bh_err *reterr, enum err code, const char *place, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* The same where both sentences are there already. */
MUST_CHECK enum err err_set_both(
	struct bh_err *reterr, enum err code, const char *place, const char *zh, const char *en);
/* Say what `why` says, under another code and place. */
MUST_CHECK enum err err_pass(
	struct bh_err *reterr, enum err code, const char *place, const struct bh_err *why);

/* What it says, as one value (%s) of another sentence: in either language what it says in that (words_both).
 * Returns `ret`. */
#define ERR_BOTH_SIZE 2064
const char *err_both(const struct bh_err *why, char ret[ERR_BOTH_SIZE]);

const char *err_name(enum err code);       /* "not_found": stable, shown to clients */
const char *err_meaning(enum err code);    /* the row's sentence in English … */
const char *err_meaning_zh(enum err code); /* … and in Chinese */
int err_http(enum err code);
int err_exit(enum err code);
bool err_may_retry(enum err code);

/* The only macro with a hidden return. */
#define TRY(call)                                                                                            \
	do {                                                                                                 \
		enum err try_ = (call);                                                                      \
		if (try_ != ERR_OK)                                                                          \
			return try_;                                                                         \
	} while (0)

/* What REQUIRE calls: says on stderr which condition failed where, and stops the process. */
_Noreturn void require_failed(const char *condition, const char *file, int line);
#define REQUIRE(condition) ((condition) ? (void)0 : require_failed(#condition, __FILE__, __LINE__))

#endif
