/* report.h: a report as the sender may know it, for the routes that show it and that give it out. */
#ifndef HTTP_ROUTE_REPORT_H
#define HTTP_ROUTE_REPORT_H

#include "exchange/report.h"
#include "http/reading.h"

/* By the parameters "report", "from", "to", "at" and "kind". ERR_NOT_FOUND when there is no such report. */
MUST_CHECK enum err report_read(
	const struct reading *reading, const struct report_row **ret_row, struct report *ret_report);
/* Does it hold numbers and nothing else? */
bool report_column_is_number(const struct report *report, size_t column);

#endif
