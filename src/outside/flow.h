/* flow.h: sign-ins that have begun and wait for a browser to come back from its provider. Each is good once,
 * for ten minutes, and for the browser that began it. Pure: time and chance are passed in. Private to
 * outside/. */
#ifndef OUTSIDE_FLOW_H
#define OUTSIDE_FLOW_H

#include "base/base.h"

#define FLOW_LASTS_US    (INT64_C(10) * 60 * 1000000)
#define FLOWS_MAX        1024 /* beyond, the oldest falls out */
#define FLOW_SECRET_SIZE 32   /* random bytes of each */
#define FLOW_TEXT_SIZE   43   /* the same in base64url */

struct flow {
	struct hash state, browser, session; /* session: of whoever is to show again who they are */
	char nonce[FLOW_TEXT_SIZE + 1], verifier[FLOW_TEXT_SIZE + 1];
	bool prove;
	struct instant begun;
};
struct flows {
	struct flow items[FLOWS_MAX];
	size_t count; /* oldest first */
};
/* Keep one, and let go what is over. */
void flows_put(struct flows *flows, const struct flow *flow, struct instant now);
/* Take out the one of this state: it is good for nothing more, whatever comes of it. False when there is
 * none, when it is over, or when another browser brings it. */
MUST_CHECK bool flows_take(
	struct flows *flows, struct str state, struct str browser, struct instant now, struct flow *ret_flow);

#endif
