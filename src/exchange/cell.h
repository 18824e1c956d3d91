/* cell.h: cells as offices type them, in the one form that is stored. Private to the room. */
#ifndef EXCHANGE_CELL_H
#define EXCHANGE_CELL_H

#include "exchange/csv.h"

/* Wide letters, digits and signs (U+FF01 to U+FF5E, U+3000) as the ordinary ones, without blanks around: for
 * codes, numbers and days, never for prose. The cell itself where there is nothing to change. */
struct str cell_narrow(struct arena *arena, struct str cell);
/* 2019-03-05, 2019-3-5, 2019.3.5, 2019/3/5, 2019年3月5日, 20190305, with or without a midnight behind it as
 * spreadsheets add; and the bare number of a day where the table (NULL: none) says from what it counts.
 * ERR_INVALID says whether the form or the date is wrong. */
MUST_CHECK enum err cell_day(struct arena *arena, const struct csv_table *table, struct str cell,
	struct day *ret_day, struct bh_err *reterr);
/* The day of a spreadsheet's number; false when there is none. Day 1 is 1 January 1900, and day 60 is 29
 * February 1900, which never was; or day 0 is 1 January 1904. */
MUST_CHECK bool day_of_serial(int64_t serial, enum day_serial serials, struct day *ret_day);
/* A number with its groups of three run together: "1,234.50" is 1234.50. Anything else is only narrowed. */
struct str cell_number(struct arena *arena, struct str cell);

#endif
