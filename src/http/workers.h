/* workers.h: the threads that run handlers, each with a read connection of its own. */
#ifndef HTTP_WORKERS_H
#define HTTP_WORKERS_H

#include "http/exchange.h"

struct workers;

MUST_CHECK enum err workers_open(
	struct str dir, int count, struct workers **ret_workers, struct bh_err *reterr);
/* Finish what is queued, stop, close. NULL is fine. */
void workers_close(struct workers *workers);

/* From any thread. false when more wait already than can be served in time; the exchange stays the caller's.
 */
MUST_CHECK bool workers_put(struct workers *workers, struct exchange *exchange);
size_t workers_queued(struct workers *workers);

#endif
