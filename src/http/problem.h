/* problem.h: an error as a reply, RFC 9457. */
#ifndef HTTP_PROBLEM_H
#define HTTP_PROBLEM_H

#include "http/param.h"

/* The details of `err`, with every fault where there are several (`faults` may be NULL). What is our own
 * failure (5xx) tells its code and the request's id and nothing else: place and text are for the log. */
void problem_put(struct reply *reply, struct str request_id, enum err err, const struct bh_err *why,
	const struct faults *faults);
/* The whole reply on the wire with which the reaper ends a request that came too slowly. */
extern const char problem_late[];

#endif
