/* history.h: a record kept in memory, to be judged again with one text of it changed. */
#ifndef TESTS_CHECK_HISTORY_H
#define TESTS_CHECK_HISTORY_H

#include "act/district.h"
#include "check/check.h"

struct kept_event {
	struct str envelope, payload; /* payload.data NULL: withheld */
	struct str class, kind;
};

struct history {
	struct arena *arena;
	struct kept_event *items;
	size_t count, capacity;
};

/* All that the district's record holds; in its arena. */
struct history *history_of(struct district *district);
enum err judge_event(struct law *law, const struct kept_event *event, struct bh_err *why);
/* The index at which the law stops, or the count when it doesn't. */
size_t judge(const struct history *history, struct judged *ret_judged, struct bh_err *why);
/* The first `from` as `to`; STR_NONE where there is none. */
struct str replaced(struct arena *arena, struct str text, const char *from, const char *to);

#endif
