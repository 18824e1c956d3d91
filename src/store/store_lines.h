/* store_lines.h: rows of lists as the structs of store.h; private to store/. Each is a row_fn that adds one
 * item to a struct list. */
#ifndef STORE_STORE_LINES_H
#define STORE_STORE_LINES_H

#include "store/store_driver.h"

#define LINE_COLUMNS 16 /* that line_of_matter reads: what a statement adds stands behind them */
/* Context: a struct list of that kind of line, in its arena. */
MUST_CHECK enum err line_of_matter(void *context, const struct row *row);
MUST_CHECK enum err line_of_duty(void *context, const struct row *row);
MUST_CHECK enum err line_of_notice(void *context, const struct row *row);
MUST_CHECK enum err line_of_link(void *context, const struct row *row);
MUST_CHECK enum err line_of_evidence(void *context, const struct row *row);
MUST_CHECK enum err line_of_id(void *context, const struct row *row);

/* A day as it stands in a row; null where there is none. */
struct value day_value(struct arena *arena, struct day day);
struct day row_day(const struct row *row, int column);

/* The one number that a statement gives. */
struct number {
	bool found;
	int64_t value;
};
MUST_CHECK enum err take_number(void *context, const struct row *row);
/* The one text that a statement gives, in the arena. */
struct text_call {
	struct arena *arena;
	struct str text;
};
MUST_CHECK enum err take_text(void *context, const struct row *row);

#endif
