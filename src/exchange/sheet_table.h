/* sheet_table.h: the table on a sheet, as offices make them: titles above it, a header of several rows with
 * merged cells, notes below it. What comes out is read like any csv. */
#ifndef EXCHANGE_SHEET_TABLE_H
#define EXCHANGE_SHEET_TABLE_H

#include "exchange/column_choice.h"
#include "exchange/workbook.h"

/* The header is the row that names the most of our columns, with the rows that are merged with it. Cells
 * merged downwards say the same in each row. What is wrong goes into `errors`, whose table it becomes; what
 * is left out on purpose (notes below the table, other sheets) into `notes`. NULL when no sheet has such a
 * table. */
struct csv_table *sheet_table_read(const struct workbook *workbook, const struct column_ask *ask,
	struct csv_errors *errors, struct csv_errors *notes);

#endif
