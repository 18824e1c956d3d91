/* china.h: what a calendar is made of, and the one that tools/mkcalendar.mjs makes. Private to calendar/. */
#ifndef CALENDAR_CHINA_H
#define CALENDAR_CHINA_H

#include "calendar/calendar.h"

struct calendar {
	struct str version;
	int32_t first, last;             /* known span, both included */
	const struct calendar_day *days; /* sorted by day, each differing from its weekday */
	size_t count;
	const int32_t *extra; /* extra[i]: corrections of the first i of them, +1 works, -1 off */
};

extern const struct calendar china_calendar; /* the span for which the notices are known */

#endif
