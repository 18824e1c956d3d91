/* slip.h: slips with the codes of a vote, as a page to print. */
#ifndef EXCHANGE_SLIP_H
#define EXCHANGE_SLIP_H

#include "base/base.h"

/* What stands on each of them. */
#define SLIP_SAY "扫码投票,不登录,一码一票。Scan to vote; no sign-in, one ballot."

struct slip {
	struct str code;  /* in fours, for whoever types it */
	struct str link;  /* what its QR code opens */
	struct str group; /* whose slip it is; "" for everybody's */
};
/* One page of HTML that needs nothing else: sixteen slips to a sheet of A4, each with its code, its QR code
 * and the root by which voters know that no code was added later. ERR_RANGE when a link is too long for a QR
 * code.
 */
MUST_CHECK enum err slips_print(struct arena *arena, struct str title, struct str root,
	const struct slip *slips, size_t count, struct str *ret_page, struct bh_err *reterr);

#endif
