/* limit.h: token buckets: how much one client may ask in a while. Quiet: the time comes in. */
#ifndef HTTP_LIMIT_H
#define HTTP_LIMIT_H

#include "http/table.h"

struct limits;

/* `secret` is drawn anew at each start, so that no key in memory can be traced back to an address. */
struct limits *limits_new(uint64_t secret);
void limits_free(struct limits *limits);

/* Take one token of `rate` for the client `key` (a hash of its address or its account). Returns 0, or after
 * how many seconds there will be one. Whoever has a full bucket again is forgotten within a minute of use,
 * since it tells nothing any more but when they came. `now_us` is any clock that doesn't run back. */
int limits_take(struct limits *limits, enum rate rate, uint64_t key, int64_t now_us);
/* The key of an address: IPv4 whole, IPv6 by its /64, which is what one client has. */
uint64_t limits_key(const struct limits *limits, struct str address);

#endif
