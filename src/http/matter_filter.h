/* matter_filter.h: which matters a list is asked for, by the parameters of its route: procedure, grasp,
 * state, unit, commander, lamp, due_before, opened_from, opened_until, parent, programme, open, standing, q,
 * sort. */
#ifndef HTTP_MATTER_FILTER_H
#define HTTP_MATTER_FILTER_H

#include "http/reading.h"

/* All but `limit`. ERR_INVALID names the parameter that names nothing, with the nearest. */
MUST_CHECK enum err matter_filter_read(const struct reading *reading, struct matter_query *ret_query);
/* False when they are to be below a matter that is hidden: what is part of it isn't told to be so, and
 * nothing is found. */
MUST_CHECK enum err matter_filter_is_seen(
	const struct reading *reading, const struct matter_query *query, bool *ret_seen);
/* Which duties a list is asked for: mine, unit, post, due_before, open (true when not given), breached. All
 * but `limit`. */
MUST_CHECK enum err duty_filter_read(const struct reading *reading, struct duty_query *ret_query);

#endif
