/* sheet_header.h: where on a sheet the names of the columns stand. Private to the room. */
#ifndef EXCHANGE_SHEET_HEADER_H
#define EXCHANGE_SHEET_HEADER_H

#include "exchange/column_choice.h"
#include "exchange/workbook.h"

struct sheet_header {
	uint32_t top, bottom, left, right;
	size_t known;               /* columns that name one of ours; 0: there is no header */
	struct sheet_merge *merges; /* those near it */
	size_t merge_count;
	struct column_header *columns; /* from left to right; the first text is the whole name */
};
struct sheet_header sheet_header_find(
	struct arena *arena, const struct sheet *sheet, const struct column_ask *ask);

/* The first cell at or behind a place, in the order of the sheet; its index, cell_count when there is none.
 */
size_t sheet_find(const struct sheet *sheet, uint32_t row, uint32_t column);

#endif
