/* ticker.h: the clock of an installation that is served: a thread that sweeps when the next duty falls due,
 * and at least each minute, so that nothing depends on somebody asking. */
#ifndef HTTP_TICKER_H
#define HTTP_TICKER_H

#include "act/auth.h"
#include "http/uploads.h"

struct ticker;

/* `complain` hears of a sweep that failed; the next one tries again. */
typedef void ticker_complain_fn(void *context, enum err err, const struct bh_err *why);
/* Records with each sweep who looked at what, and takes away files that nobody showed. Sweeps once before it
 * returns, so that what fell due while nothing ran is settled before anybody reads. */
MUST_CHECK enum err ticker_open(struct str dir, struct installation *installation, struct look_log *looks,
	struct uploads *const *uploads, ticker_complain_fn *complain, void *context,
	struct ticker **ret_ticker, struct bh_err *reterr);
/* Something was recorded, so the next instant may be another. From the writer thread: sets a mark. */
void ticker_grew(struct ticker *ticker);
/* NULL is fine. */
void ticker_close(struct ticker *ticker);

#endif
