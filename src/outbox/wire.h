/* wire.h: the one place that calls another machine. Only hosts that are listed, over TLS that is checked, no
 * inner address that isn't listed, no redirects, no proxy, and not for long. Private to outbox/. */
#ifndef OUTBOX_WIRE_H
#define OUTBOX_WIRE_H

#include "outbox/hook.h"

struct wire; /* keeps its connection to the mail server between messages */

enum wire_end {
	WIRE_DONE,
	WIRE_LATER,   /* not taken, for a reason that may pass */
	WIRE_AWAY,    /* the same, and the other side can't be reached or won't have us: the next one fares no
			 better */
	WIRE_REFUSED, /* not taken, for good */
	WIRE_UNCLEAR, /* given over, and then the line broke: it may have been taken */
};

/* `settings` is borrowed as long as the wire lives. */
struct wire *wire_new(const struct settings *settings);
void wire_free(struct wire *wire); /* NULL is fine */
/* One message to one address. `reterr` says why when it isn't done. */
enum wire_end wire_mail(struct wire *wire, struct str to, struct str message, struct bh_err *reterr);
/* One call; status and body (in `arena`) of its answer when it is done. */
enum wire_end wire_post(struct wire *wire, struct arena *arena, const struct hook_call *call,
	long *ret_status, struct str *ret_body, struct bh_err *reterr);

#endif
