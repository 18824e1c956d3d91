/* when.c: open hours, the daily message, and the patience between two tries. */
#include "outbox/when.h"

#define MINUTE_US   INT64_C(60000000)
#define BACKOFF_MAX (240 * MINUTE_US)
#define DAYS_LOOKED 400 /* a calendar in which no day works must not hang us */

bool outbox_clock_parse(struct str text, int *ret_minutes)
{
	struct str rest = text, hour;
	int64_t hours, minutes;

	if (text.size != 5 || !str_cut(&rest, ':', &hour) || hour.size != 2 || !str_to_int(hour, &hours) ||
		!str_to_int(rest, &minutes) || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
		return false;
	*ret_minutes = (int)(hours * 60 + minutes);
	return true;
}

static int minute_of_day(struct instant instant, int offset_minutes)
{
	struct day day = instant_day(instant, offset_minutes);

	return (int)((instant.us - day_start(day, offset_minutes).us) / MINUTE_US);
}

static struct instant at_minute(struct day day, int minute, int offset_minutes)
{
	return (struct instant){day_start(day, offset_minutes).us + minute * MINUTE_US};
}

static bool is_quiet(const struct telling *telling, int minute)
{
	if (telling->quiet_from <= telling->quiet_until)
		return minute >= telling->quiet_from && minute < telling->quiet_until;
	return minute >= telling->quiet_from || minute < telling->quiet_until; /* over midnight */
}

struct instant outbox_open_hour(const struct telling *telling, const struct calendar *calendar,
	int offset_minutes, struct instant now)
{
	for (int looked = 0; looked < DAYS_LOOKED; looked++) {
		struct day day = instant_day(now, offset_minutes);
		int minute = minute_of_day(now, offset_minutes);

		if (telling->working_days && !calendar_works(calendar, day))
			now = day_end(day, offset_minutes);
		else if (!is_quiet(telling, minute))
			return now;
		else if (minute < telling->quiet_until)
			now = at_minute(day, telling->quiet_until, offset_minutes);
		else
			now = day_end(day, offset_minutes);
	}
	return now;
}

struct instant outbox_when(const struct telling *telling, const struct calendar *calendar, int offset_minutes,
	struct instant now)
{
	if (telling->pace == PACE_DAILY) {
		struct day day = instant_day(now, offset_minutes);
		struct instant hour = at_minute(day, telling->daily_at, offset_minutes);

		for (int looked = 0; looked < DAYS_LOOKED; looked++) {
			bool works = !telling->working_days || calendar_works(calendar, day);

			hour = at_minute(day, telling->daily_at, offset_minutes);
			if (works && hour.us >= now.us)
				break;
			day = day_add(day, 1);
		}
		now = hour;
	}
	return outbox_open_hour(telling, calendar, offset_minutes, now);
}

int64_t outbox_backoff_us(int64_t tries, uint32_t chance)
{
	int64_t wait_us = MINUTE_US;

	for (int64_t i = 1; i < tries && wait_us < BACKOFF_MAX; i++)
		wait_us *= 2;
	if (wait_us > BACKOFF_MAX)
		wait_us = BACKOFF_MAX;
	/* In milliseconds, so that the product stays within 64 bits. */
	return wait_us / 2 + (int64_t)((uint64_t)(wait_us / 1000) * chance >> 32) * 1000;
}
