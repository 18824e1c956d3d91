/* fits.h: may this event be applied at all? Private to check/.
 *
 * matter_apply is total for what decide once produced. What comes from a file or an edited table may be
 * anything: here every name it uses is known, every duty it closes is owed, every day is a day. Whether it
 * was also legal is another question. */
#ifndef CHECK_FITS_H
#define CHECK_FITS_H

#include "matter/matter.h"

/* `matter` is empty (version 0) before its opening; `procedure` judges it. ERR_TAMPERED says what is wrong.
 */
MUST_CHECK enum err event_fits(const struct matter *matter, const struct event *event,
	const struct procedure *procedure, struct bh_err *reterr);
/* The duty of that id that is open or paused, or NULL. */
const struct duty *duty_owed(const struct matter *matter, int64_t id);
/* The request of that id that is open, or NULL. */
const struct request *request_open(const struct matter *matter, int64_t id);

#endif
