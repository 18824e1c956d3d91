#include "base/day.h"

#include <stdio.h>

#define YEAR_MIN 1900
#define YEAR_MAX 2999

bool day_is_none(struct day day)
{
	return day.number == INT32_MIN;
}

bool instant_is_none(struct instant instant)
{
	return instant.us == INT64_MIN;
}

static bool year_is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && year_is_leap(year) ? 29 : days[month - 1];
}

/* Hinnant's days_from_civil: years begin in March, so that the leap day comes last. */
static int32_t days_from_civil(int year, int month, int dom)
{
	year -= month <= 2;
	int era = (year >= 0 ? year : year - 399) / 400;
	int year_of_era = year - era * 400;
	int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dom - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

bool day_make(int year, int month, int dom, struct day *ret_day)
{
	if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12)
		return false;
	if (dom < 1 || dom > month_days(year, month))
		return false;
	ret_day->number = days_from_civil(year, month, dom);
	return true;
}

void day_split(struct day day, int *ret_year, int *ret_month, int *ret_dom)
{
	int shifted = day.number + 719468;
	int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int day_of_era = shifted - era * 146097;
	int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;

	*ret_dom = day_of_year - (153 * month_from_march + 2) / 5 + 1;
	*ret_month = month_from_march + (month_from_march < 10 ? 3 : -9);
	*ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

int day_weekday(struct day day)
{
	int from_thursday = day.number % 7; /* 1970-01-01 was a Thursday */

	if (from_thursday < 0)
		from_thursday += 7;
	return (from_thursday + 3) % 7 + 1;
}

/* `digits` decimal digits at `at`; false when there are fewer. */
static bool scan_digits(struct str text, size_t at, size_t digits, int *ret_value)
{
	int value = 0;

	if (at + digits > text.size)
		return false;
	for (size_t i = at; i < at + digits; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		value = value * 10 + (text.data[i] - '0');
	}
	*ret_value = value;
	return true;
}

static bool scan_char(struct str text, size_t at, char wanted)
{
	return at < text.size && text.data[at] == wanted;
}

enum err day_parse(struct str text, struct day *ret_day, struct bh_err *reterr)
{
	int year, month, dom;

	if (text.size != 10 || !scan_digits(text, 0, 4, &year) || !scan_char(text, 4, '-') ||
		!scan_digits(text, 5, 2, &month) || !scan_char(text, 7, '-') ||
		!scan_digits(text, 8, 2, &dom))
		return err_set(reterr, ERR_INVALID, "", "'%.*s' is no date: write it as 2019-03-05",
			STR_ARG(str_slice(text, 0, 40)));
	if (!day_make(year, month, dom, ret_day))
		return err_set(reterr, ERR_INVALID, "", "there is no day %.*s: check the month and the day",
			STR_ARG(text));
	return ERR_OK;
}

struct str day_print(struct arena *arena, struct day day)
{
	int year, month, dom;

	if (day_is_none(day))
		return STR("");
	day_split(day, &year, &month, &dom);
	return str_format(arena, "%04d-%02d-%02d", year, month, dom);
}

struct day day_add(struct day day, int32_t days)
{
	return (struct day){day.number + days};
}

struct day day_add_months(struct day day, int months)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	int total = year * 12 + (month - 1) + months;

	year = total / 12;
	month = total % 12 + 1;
	if (dom > month_days(year, month))
		dom = month_days(year, month);
	return (struct day){days_from_civil(year, month, dom)};
}

struct day instant_day(struct instant instant, int offset_minutes)
{
	int64_t local = instant.us + offset_minutes * INT64_C(60000000);
	int64_t number = local / US_PER_DAY - (local % US_PER_DAY < 0);

	return (struct day){(int32_t)number};
}

struct instant day_start(struct day day, int offset_minutes)
{
	return (struct instant){day.number * US_PER_DAY - offset_minutes * INT64_C(60000000)};
}

struct instant day_end(struct day day, int offset_minutes)
{
	return day_start(day_add(day, 1), offset_minutes);
}

struct clock_text {
	int hour, minute, second;
	int64_t us;
	int offset_minutes;
};

/* ".123456" at *at, where there is one: at least a digit, those past the sixth dropped. */
static bool scan_fraction(struct str text, size_t *at, int64_t *ret_us)
{
	int64_t scale = 100000;

	*ret_us = 0;
	if (!scan_char(text, *at, '.'))
		return true;
	size_t first = ++*at;

	for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at) {
		*ret_us += (text.data[*at] - '0') * scale;
		scale /= 10;
	}
	return *at > first;
}

static bool scan_offset(struct str text, size_t *at, int *ret_minutes)
{
	int hours, minutes;

	if (scan_char(text, *at, 'Z')) {
		*at += 1;
		*ret_minutes = 0;
		return true;
	}
	if (!scan_char(text, *at, '+') && !scan_char(text, *at, '-'))
		return true; /* none given: the caller's own */
	if (!scan_digits(text, *at + 1, 2, &hours) || !scan_char(text, *at + 3, ':') ||
		!scan_digits(text, *at + 4, 2, &minutes) || hours > 14 || minutes > 59)
		return false;
	*ret_minutes = (text.data[*at] == '-' ? -1 : 1) * (hours * 60 + minutes);
	*at += 6;
	return true;
}

static bool scan_clock(struct str text, struct clock_text *clock)
{
	size_t at = 16;

	if ((!scan_char(text, 10, 'T') && !scan_char(text, 10, ' ')) ||
		!scan_digits(text, 11, 2, &clock->hour) || !scan_char(text, 13, ':') ||
		!scan_digits(text, 14, 2, &clock->minute))
		return false;
	if (scan_char(text, at, ':')) {
		if (!scan_digits(text, at + 1, 2, &clock->second))
			return false;
		at += 3;
		if (!scan_fraction(text, &at, &clock->us))
			return false;
	}
	return scan_offset(text, &at, &clock->offset_minutes) && at == text.size && clock->hour < 24 &&
	       clock->minute < 60 && clock->second < 60;
}

enum err instant_parse(
	struct str text, int offset_minutes, struct instant *ret_instant, struct bh_err *reterr)
{
	struct clock_text clock = {.offset_minutes = offset_minutes};
	struct day day;

	TRY(day_parse(str_slice(text, 0, 10), &day, reterr));
	if (text.size > 10 && !scan_clock(text, &clock))
		return err_set(reterr, ERR_INVALID, "",
			"'%.*s' is no time: write it as 2019-03-05T09:30:00+08:00",
			STR_ARG(str_slice(text, 0, 40)));
	ret_instant->us = day_start(day, clock.offset_minutes).us +
			  ((clock.hour * 60 + clock.minute) * INT64_C(60) + clock.second) * 1000000 +
			  clock.us;
	return ERR_OK;
}

struct str instant_print(struct arena *arena, struct instant instant, int offset_minutes)
{
	if (instant_is_none(instant))
		return STR("");
	struct day day = instant_day(instant, offset_minutes);
	int64_t seconds = (instant.us - day_start(day, offset_minutes).us) / 1000000;
	int shown = offset_minutes < 0 ? -offset_minutes : offset_minutes;

	return str_format(arena, "%.*sT%02d:%02d:%02d%c%02d:%02d", STR_ARG(day_print(arena, day)),
		(int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60),
		offset_minutes < 0 ? '-' : '+', shown / 60, shown % 60);
}
