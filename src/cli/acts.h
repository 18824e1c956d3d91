/* acts.h: many acts handed to the writer at once, so that it can do hundreds of them in one transaction.
 * Private to cli/. */
#ifndef CLI_ACTS_H
#define CLI_ACTS_H

#include "cli/call.h"

/* Acts are done in the order in which they are put. The first that is refused is told by acts_wait, or by
 * acts_put when it comes to know; the caller puts no more then. */
struct acts;
struct acts *acts_begin(struct call *call, struct installation *installation, const char *what, size_t total);
/* Hand over the next act; waits while too many are under way. `act` is borrowed until acts_wait. */
MUST_CHECK enum err acts_put(struct acts *acts, const struct act *act);
/* Until every act handed over is done: recorded, durable and signed. */
MUST_CHECK enum err acts_wait(struct acts *acts);
/* Waits for what is under way. Must be called once, whatever happened. */
void acts_end(struct acts *acts);

#endif
