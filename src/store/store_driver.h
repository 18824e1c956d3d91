/* store_driver.h: everything a database must do for us; private to store/. The files store_sqlite*.c are
 * behind it now, and with store_fts.c the only users of sqlite3.h. Parameters are written $1, $2 … in sql/;
 * tools/mksql.mjs gives them to SQLite as ?1, ?2 …, because it numbers $N by first appearance. $1 is always
 * the institution, bound by the driver. */
#ifndef STORE_STORE_DRIVER_H
#define STORE_STORE_DRIVER_H

#include "store/statements.h"
#include "store/store.h"

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB };
struct value {
	enum value_kind kind;
	int64_t number;
	struct str bytes; /* must live until the call returns */
};
#define V_NULL        ((struct value){.kind = VALUE_NULL})
#define V_INT(n)      ((struct value){.kind = VALUE_INT, .number = (n)})
#define V_TEXT(text)  ((struct value){.kind = VALUE_TEXT, .bytes = (text)})
#define V_BLOB(p, n)  ((struct value){.kind = VALUE_BLOB, .bytes = {(const char *)(p), (n)}})
#define V_ID(n)       value_or_null((n), 0) /* 0 means: none */
#define V_INSTANT(at) value_or_null((at).us, INSTANT_NONE.us)
#define V_WORD(text)  value_text_or_null(text) /* "" means: none */
struct value value_or_null(int64_t number, int64_t none);
struct value value_text_or_null(struct str text);

/* The row that a statement stands on. Text and blobs are valid until the next row: copy what is kept. */
struct row;
bool row_is_null(const struct row *row, int column);
int64_t row_int(const struct row *row, int column);     /* 0 when null */
struct str row_text(const struct row *row, int column); /* STR_NONE when null */
struct str row_blob(const struct row *row, int column);
struct instant row_instant(const struct row *row, int column); /* INSTANT_NONE when null */

/* The two parameters with which every statement about what somebody sees begins: the viewer, null for the
 * operator, and the day. */
struct value value_viewer(const struct viewer *viewer);
struct value value_viewer_today(struct arena *arena, const struct viewer *viewer);

/* Run a prepared statement: `each` (may be NULL) for every row; its error ends the run and is returned. */
typedef enum err row_fn(void *context, const struct row *row);
MUST_CHECK enum err driver_run(struct store *store, enum statement statement, const struct value *values,
	size_t count, row_fn *each, void *context, struct bh_err *reterr);
#define RUN(store, statement, each, context, reterr, ...)                                                    \
	driver_run((store), (statement), (const struct value[]){__VA_ARGS__},                                \
		sizeof((const struct value[]){__VA_ARGS__}) / sizeof(struct value), (each), (context),       \
		(reterr))
#define RUN0(store, statement, each, context, reterr)                                                        \
	driver_run((store), (statement), NULL, 0, (each), (context), (reterr))

/* Text that isn't a named statement: schema steps and transactions. */
MUST_CHECK enum err driver_script(struct store *store, const char *sql, struct bh_err *reterr);

/* Rows gathered into an array in an arena: a row_fn's context, one item for each row, and the array given
 * away.
 */
struct list {
	struct arena *arena;
	void *items;
	size_t count, capacity;
};
#define LIST_PUSH(list, type)                                                                                \
	((list)->items = arena_grow(                                                                         \
		 (list)->arena, (list)->items, (list)->count, &(list)->capacity, sizeof(type)),              \
		&((type *)(list)->items)[(list)->count++])
#define LIST_GIVE(list, ret_items, ret_count) (*(ret_items) = (list).items, *(ret_count) = (list).count)

/* What the open transaction adds to the counters. */
struct figures;
struct figures *driver_figures(struct store *store);
/* How many wait for the index of words, or more: who is marked twice, or in an act that was taken back, is
 * counted all the same. NULL: here nothing is indexed. */
int64_t *driver_search_waits(struct store *store);

#endif
