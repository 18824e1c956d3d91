/* day.h: a day is a civil date, an instant is a point in time; the two never mix by accident.
 *
 * Civil arithmetic is the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level
 * date algorithms"). An institution keeps one fixed offset from UTC; China has kept +08:00 without
 * summer time since 1991, which covers every calendar we ship. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/str.h"

struct day {
	int32_t number; /* days since 1970-01-01 */
};

struct instant {
	int64_t us; /* microseconds since 1970-01-01T00:00:00Z */
};

#define DAY_NONE     ((struct day){INT32_MIN})
#define INSTANT_NONE ((struct instant){INT64_MIN})
#define US_PER_DAY   INT64_C(86400000000)

bool day_is_none(struct day day);
bool instant_is_none(struct instant instant);

/* 1900-01-01 to 2999-12-31; false for a date that is not in the calendar, such as 30 February. */
MUST_CHECK bool day_make(int year, int month, int dom, struct day *ret_day);
void day_split(struct day day, int *ret_year, int *ret_month, int *ret_dom);
int day_weekday(struct day day); /* 1 Monday … 7 Sunday, as ISO 8601 */

/* "2019-03-05" and nothing else. ERR_INVALID says whether the form or the date is wrong. */
MUST_CHECK enum err day_parse(struct str text, struct day *ret_day, struct bh_err *reterr);
struct str day_print(struct arena *arena, struct day day);

struct day day_add(struct day day, int32_t days);
/* The same day of the month `months` later, or that month's last day where there is none. */
struct day day_add_months(struct day day, int months);

struct day instant_day(struct instant instant, int offset_minutes); /* the civil day at that place */
struct instant day_start(struct day day, int offset_minutes);       /* 00:00 of the day at that place */
struct instant day_end(struct day day, int offset_minutes);         /* 24:00: the first instant after it */

/* "2019-03-05T09:30:00+08:00", "…Z", or without seconds; or "2019-03-05 09:30" and "2019-03-05" read
 * at `offset_minutes`. Fractions to the microsecond. */
MUST_CHECK enum err instant_parse(
	struct str text, int offset_minutes, struct instant *ret_instant, struct bh_err *reterr);
struct str instant_print(
	struct arena *arena, struct instant instant, int offset_minutes); /* to the second, with offset */

#endif
