/* store_search.h: the text by which a matter or a definition is found; private to store/. */
#ifndef STORE_STORE_SEARCH_H
#define STORE_STORE_SEARCH_H

#include "store/store_driver.h"

struct search_text {
	int64_t id; /* of a matter; below zero: of a definition */
	struct str head, body;
};
struct str search_head(struct arena *arena, struct str number, struct str title);
/* Its other fields of text, one a line. */
struct str search_body(
	struct arena *arena, const struct procedure *procedure, const struct doc *fields, struct str title);
/* Both mark what has changed as waiting for the index. */
MUST_CHECK enum err search_put(struct store *store, const struct search_text *text, struct bh_err *reterr);
MUST_CHECK enum err search_say(
	struct store *store, int64_t matter, const struct str *said, size_t count, struct bh_err *reterr);
MUST_CHECK enum err search_put_definition(struct store *store, struct arena *arena, int64_t definition,
	const struct procedure *procedure, struct bh_err *reterr);
/* The part of one line around what was found, and where it is there. */
struct excerpt {
	struct str text;
	size_t from, to;
};
struct excerpt search_excerpt(struct str text, size_t from, size_t to);
/* Index some of what waits, at most `limit` matters, in the open transaction. */
MUST_CHECK enum err search_index(struct store *store, int64_t limit, struct bh_err *reterr);
/* Of a database that was just opened: how many wait. */
MUST_CHECK enum err search_count_waiting(struct store *store, struct bh_err *reterr);

#endif
