/* limit.h: token buckets: how much one client may ask in a while. Quiet: the time comes in. */
#ifndef HTTP_LIMIT_H
#define HTTP_LIMIT_H

#include "http/table.h"

struct limits;

struct limits *limits_new(void);
void limits_free(struct limits *limits);

/* Take one token of `rate` for the client `key` (a hash of its address or its account). Returns 0, or after
 * how many seconds there will be one. `now_us` is any clock that doesn't run back. */
int limits_take(struct limits *limits, enum rate rate, uint64_t key, int64_t now_us);
/* The key of an address: IPv4 whole, IPv6 by its /64, which is what one client has. */
uint64_t limits_key(struct str address);

#endif
