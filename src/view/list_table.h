/* list_table.h: lists of matters and of duties as tables: the columns one may choose from, and the cells of a
 * row as people read them. Saved views name the same columns. */
#ifndef VIEW_LIST_TABLE_H
#define VIEW_LIST_TABLE_H

#include "view/teller.h"

#define LIST_COLUMNS_MAX 48

struct list_column {
	const char *name, *zh, *en;
	bool number, lamp; /* what its cells hold, for a spreadsheet */
};
/* At most LIST_COLUMNS_MAX, in the order of the cells. */
const struct list_column *matter_list_columns(size_t *ret_count);
const struct list_column *duty_list_columns(size_t *ret_count);

/* One cell for each column, into the teller's arena. Bearers are told as of `today`. */
void matter_list_cells(const struct teller *teller, const struct matter_line *line, struct str *ret_cells);
void duty_list_cells(
	const struct teller *teller, const struct duty_line *line, struct day today, struct str *ret_cells);

/* Where the column of that name stands. ERR_INVALID, at `place`, with the nearest when there is none. */
MUST_CHECK enum err list_column_find(struct arena *arena, const struct list_column *columns, size_t count,
	struct str name, const char *place, size_t *ret_at, struct bh_err *reterr);

#endif
