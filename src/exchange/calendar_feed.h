/* calendar_feed.h: days on which something is due as an iCalendar file (RFC 5545), which calendar programs
 * subscribe to. */
#ifndef EXCHANGE_CALENDAR_FEED_H
#define EXCHANGE_CALENDAR_FEED_H

#include "base/base.h"

struct feed_entry {
	struct str uid; /* the same as long as it is the same thing */
	struct str summary, description;
	struct day due;          /* the whole day */
	struct instant reminder; /* INSTANT_NONE: none */
};
/* The whole file. `name` is what programs call the calendar, `made` is now. */
void calendar_feed_write(struct buf *buf, struct str name, struct instant made,
	const struct feed_entry *entries, size_t count);

#endif
