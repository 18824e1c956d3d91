/* metrics.h: figures of the server's work, for Prometheus. Counting is one relaxed addition each. */
#ifndef HTTP_METRICS_H
#define HTTP_METRICS_H

#include "http/route.h"

struct metrics;

struct metrics *metrics_new(const struct routes *routes);
void metrics_free(struct metrics *metrics);

/* A request is over: `route` NULL when it never had one; `status` 0 when it ended without an answer. */
void metrics_count(
	struct metrics *metrics, const struct route *route, int status, int64_t took_us, uint64_t bytes);

/* What is read at the moment of asking. */
struct metrics_now {
	size_t connections, requests, queued, acting, streams;
	uint64_t ledger_size, log_dropped, hashes;
	bool ready;
};
struct str metrics_print(struct metrics *metrics, const struct metrics_now *now, struct arena *arena);

#endif
