/* calendar.h: which days work, and when a term ends.
 *
 * A calendar is a table of exceptions (public holidays off, make-up workdays on) over Monday to Friday,
 * with the span of years for which the exceptions are known. Beyond that span an answer is still given,
 * by weekday alone, and marked provisional: never a guess in silence.
 *
 * Counting: the first day counted is the day after. So "1 working day" from a Friday ends on Monday.
 * Quiet room: pure functions over a table that is passed in. */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include "base/base.h"

struct calendar; /* immutable once made; lives in its arena */

struct calendar_day {
	struct day day;
	bool works;
};

/* The calendar shipped for China (built from the npm package chinese-days; see docs/dependencies.md).
 * `version` names the data: "cn-2026.1" or the like; a due date records it. Static; never freed. */
const struct calendar *calendar_china(void);

/* A copy of `base` with an institution's own days laid over it. `version` must differ from the base's.
 * Days may come in any order; a later entry for the same day wins. The known span grows by each next year of
 * which a day is named. */
struct calendar *calendar_with(struct arena *arena, const struct calendar *base, struct str version,
	const struct calendar_day *days, size_t count);

struct str calendar_version(const struct calendar *calendar);
void calendar_span(
	const struct calendar *calendar, struct day *ret_first, struct day *ret_last); /* known days */
bool calendar_knows(const struct calendar *calendar, struct day day);
bool calendar_works(const struct calendar *calendar, struct day day);

/* The day on which the Nth working day after `from` falls. n = 0 gives `from` itself when it works, else
 * the next day that does. n >= 0 (REQUIREd), at most 10,000. *ret_provisional (may be NULL) when any day
 * looked at lies beyond the known span. */
struct day calendar_add(const struct calendar *calendar, struct day from, int n, bool *ret_provisional);

/* Working days after `from` up to and including `to`; negative when `to` is before `from`, so that
 * calendar_count(c, a, calendar_add(c, a, n)) == n. O(1). */
int calendar_count(const struct calendar *calendar, struct day from, struct day to, bool *ret_provisional);

enum term_unit { TERM_WORKING_DAYS, TERM_DAYS, TERM_MONTHS };
struct term {
	int amount; /* > 0 where a procedure names one */
	enum term_unit unit;
};

/* The last day of the term that begins on `from`. Calendar days and months aren't moved off holidays:
 * no law in domain.md says so for them. */
struct day calendar_term_end(
	const struct calendar *calendar, struct day from, struct term term, bool *ret_provisional);
/* The day `term` before `due`: where a warning begins. */
struct day calendar_term_before(const struct calendar *calendar, struct day due, struct term term);

/* "3 working days", "10 days", "2 months" (singular too). false when it is none of these or the amount
 * isn't 1…9999. */
MUST_CHECK bool term_parse(struct str text, struct term *ret_term);
struct str term_print(struct arena *arena, struct term term);

enum period { PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF_YEAR, PERIOD_YEAR, PERIOD_COUNT };
/* The last day of the period that `day` lies in (weeks end on Sunday). */
struct day period_end(enum period period, struct day day);
MUST_CHECK bool period_parse(struct str text, enum period *ret_period);
const char *period_name(enum period period);

#endif
