/* calendar_table.h: an institution's own days as a table: `day` 日期 and `works` 是否上班. */
#ifndef EXCHANGE_CALENDAR_TABLE_H
#define EXCHANGE_CALENDAR_TABLE_H

#include "calendar/calendar.h"
#include "exchange/csv.h"

const struct csv_column *calendar_table_columns(size_t *ret_count);
/* The days of the file in their order, in the arena of `errors`; a day twice is an error. */
struct calendar_day *calendar_table_read(
	const struct csv_table *csv, struct csv_errors *errors, size_t *ret_count);
/* These days over those that the institution laid over its calendar before, `times` times: a day that was
 * laid over is changed in its place, the others come behind. In `arena`. */
struct calendar_laid {
	struct calendar_day *days;
	size_t count;
	bool changes;       /* false: all of it was so already */
	struct str version; /* the name that the calendar gets */
};
struct calendar_laid calendar_lay_over(struct arena *arena, const struct calendar_day *own, size_t own_count,
	int64_t times, const struct calendar_day *days, size_t count);
/* The table as it is read, its header first. */
void calendar_table_write(const struct rows_out *out, const struct calendar_day *days, size_t count);

#endif
