/* calendar.c: counting is arithmetic over weekdays, corrected by the exceptional days between two dates. */
#include "calendar/calendar.h"
#include "calendar/china.h"

#include <string.h>

static bool weekday_works(int32_t number)
{
	return day_weekday((struct day){number}) <= 5;
}

/* How many days up to and including `number` are Monday to Friday, counted from the Monday 1969-12-29. */
static int64_t weekdays_until(int32_t number)
{
	int64_t since = (int64_t)number + 3; /* days after that Monday */
	int64_t weeks = since >= 0 ? since / 7 : (since - 6) / 7;
	int64_t rest = since - weeks * 7;

	return weeks * 5 + (rest >= 4 ? 5 : rest + 1);
}

/* Index of the first exceptional day after `number`. */
static size_t days_until(const struct calendar *calendar, int32_t number)
{
	size_t low = 0, high = calendar->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (calendar->days[middle].day.number <= number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int64_t working_until(const struct calendar *calendar, int32_t number)
{
	return weekdays_until(number) + calendar->extra[days_until(calendar, number)];
}

static const int32_t *sum_extra(struct arena *arena, const struct calendar_day *days, size_t count)
{
	int32_t *extra = ARENA_TAKE(arena, count + 1, int32_t);

	for (size_t i = 0; i < count; i++)
		extra[i + 1] = extra[i] + (days[i].works ? 1 : -1);
	return extra;
}

const struct calendar *calendar_china(void)
{
	return &china_calendar;
}

/* Put one day into the sorted list, or change it, or take it out when it is nothing exceptional any more. */
static size_t lay_over(struct calendar_day *days, size_t count, struct calendar_day day)
{
	size_t at = 0;
	bool plain = day.works == weekday_works(day.day.number);

	while (at < count && days[at].day.number < day.day.number)
		at++;
	bool there = at < count && days[at].day.number == day.day.number;

	if (plain && there) {
		memmove(&days[at], &days[at + 1], (count - at - 1) * sizeof *days);
		return count - 1;
	}
	if (plain)
		return count;
	if (!there) {
		memmove(&days[at + 1], &days[at], (count - at) * sizeof *days);
		count++;
	}
	days[at] = day;
	return count;
}

/* A year of which an institution names a day is one that it knows, when it knows the year before. *ret_last
 * is then that year's last day. */
static bool names_next_year(
	const struct calendar *calendar, const struct calendar_day *days, size_t count, int32_t *ret_last)
{
	int year, month, dom;
	struct day end;

	day_split((struct day){calendar->last + 1}, &year, &month, &dom);
	if (!day_make(year, 12, 31, &end))
		return false;
	for (size_t i = 0; i < count; i++)
		if (days[i].day.number > calendar->last && days[i].day.number <= end.number) {
			*ret_last = end.number;
			return true;
		}
	return false;
}

struct calendar *calendar_with(struct arena *arena, const struct calendar *base, struct str version,
	const struct calendar_day *days, size_t count)
{
	struct calendar *calendar = ARENA_TAKE(arena, 1, struct calendar);
	struct calendar_day *all = ARENA_TAKE(arena, base->count + count + 1, struct calendar_day);
	size_t kept = base->count;

	REQUIRE(!str_equal(version, base->version));
	*calendar = *base;
	calendar->version = str_copy(arena, version);
	if (kept > 0)
		memcpy(all, base->days, kept * sizeof *all);
	for (size_t i = 0; i < count; i++)
		kept = lay_over(all, kept, days[i]);
	while (names_next_year(calendar, days, count, &calendar->last))
		continue;
	calendar->days = all;
	calendar->count = kept;
	calendar->extra = sum_extra(arena, all, kept);
	return calendar;
}

struct str calendar_version(const struct calendar *calendar)
{
	return calendar->version;
}

void calendar_span(const struct calendar *calendar, struct day *ret_first, struct day *ret_last)
{
	*ret_first = (struct day){calendar->first};
	*ret_last = (struct day){calendar->last};
}

bool calendar_knows(const struct calendar *calendar, struct day day)
{
	return day.number >= calendar->first && day.number <= calendar->last;
}

bool calendar_works(const struct calendar *calendar, struct day day)
{
	size_t at = days_until(calendar, day.number);

	if (at > 0 && calendar->days[at - 1].day.number == day.number)
		return calendar->days[at - 1].works;
	return weekday_works(day.number);
}

static void note_span(const struct calendar *calendar, struct day from, struct day to, bool *ret_provisional)
{
	struct day first = from.number < to.number ? from : to, last = from.number < to.number ? to : from;

	if (ret_provisional != NULL && (!calendar_knows(calendar, first) || !calendar_knows(calendar, last)))
		*ret_provisional = true;
}

struct day calendar_add(const struct calendar *calendar, struct day from, int n, bool *ret_provisional)
{
	REQUIRE(n >= 0 && n <= 10000);
	int64_t target = working_until(calendar, from.number) + n;
	struct day day = from;

	if (n == 0) {
		while (!calendar_works(calendar, day))
			day.number++;
	} else {
		/* The first day by which `target` days have worked: within twice the distance, plus the
		 * longest holiday. */
		int32_t low = from.number + 1, high = from.number + 2 * n + 60;

		while (low < high) {
			int32_t middle = low + (high - low) / 2;

			if (working_until(calendar, middle) >= target)
				high = middle;
			else
				low = middle + 1;
		}
		day.number = low;
	}
	note_span(calendar, from, day, ret_provisional);
	return day;
}

int calendar_count(const struct calendar *calendar, struct day from, struct day to, bool *ret_provisional)
{
	note_span(calendar, from, to, ret_provisional);
	return (int)(working_until(calendar, to.number) - working_until(calendar, from.number));
}
