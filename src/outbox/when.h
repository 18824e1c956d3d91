/* when.h: when a message may go. Pure: the present and the chance are passed in. Private to outbox/. */
#ifndef OUTBOX_WHEN_H
#define OUTBOX_WHEN_H

#include "outbox/outbox.h"

#define MESSAGE_TRIES_MAX 10 /* over some eight hours */

/* The first instant from `now` on that lies on a day and at an hour at which this account may be told
 * something. */
struct instant outbox_open_hour(const struct telling *telling, const struct calendar *calendar,
	int offset_minutes, struct instant now);
/* When what came just now may go: at once, or with the next daily message; never in an hour that is closed.
 */
struct instant outbox_when(const struct telling *telling, const struct calendar *calendar, int offset_minutes,
	struct instant now);
/* How long to wait behind the try of that number, from 1: a minute, doubled each time, four hours at most;
 * by `chance`, of 32 bits, from half of it to one and a half, so that not all come again at once. */
int64_t outbox_backoff_us(int64_t tries, uint32_t chance);

#endif
