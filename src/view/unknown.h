/* unknown.h: what is said of a name that isn't among some, with the nearest that is. */
#ifndef VIEW_UNKNOWN_H
#define VIEW_UNKNOWN_H

#include "base/base.h"

/* That there is no such thing, and how to learn which there are ("" for nothing more), in both languages. */
struct unknown {
	const char *zh, *en, *how_zh, *how_en;
};
#define UNKNOWN(zh, en, how_zh, how_en) (&(const struct unknown){(zh), (en), (how_zh), (how_en)})

/* "there is no such action; did you mean report: bihuan show lists them", under `code`; `place` names where
 * the name stood. */
MUST_CHECK enum err unknown_set(struct bh_err *reterr, struct arena *arena, enum err code, const char *place,
	const struct unknown *unknown, struct str name, const char *const *names, size_t count);
/* The names in a line, for a `how`: "it takes title, due". In `arena`. */
const char *unknown_list(struct arena *arena, const char *before, const char *const *names, size_t count);

#endif
