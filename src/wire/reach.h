/* reach.h: which addresses of the network may be called. Pure.
 *
 * A name that is listed may be made to point anywhere by whoever keeps it; so the address is judged as well,
 * at the moment of the connection. */
#ifndef WIRE_REACH_H
#define WIRE_REACH_H

#include "base/base.h"

#include <sys/socket.h>

#define REACH_INSIDE_MAX 32
/* "10.1.0.0/16", "10.1.2.3", "fd00:1::/32": inner addresses that may be called all the same. */
struct reach_range {
	uint8_t bytes[16]; /* IPv4 as ::ffff:a.b.c.d */
	int bits;          /* of 128 */
};
MUST_CHECK bool reach_range_parse(struct str text, struct reach_range *ret_range);
/* False for what isn't the internet's: loopback, private, link-local, shared, multicast, reserved; and IPv4
 * of these kinds inside IPv6; unless a range names it. Nothing but IPv4 and IPv6 is ever called. */
bool reach_may(const struct sockaddr *address, const struct reach_range *inside, size_t count);

#endif
