/* live.h: the hub of live events. Whenever the record has grown, its thread reads the new events and gives
 * each to the streams whose subject may know of it; the queue of a stream is bounded, and a reader too slow
 * for it is told to read anew. What a stream tells is that something happened and where; the content is read
 * through the ordinary routes, with their authority. */
#ifndef HTTP_LIVE_H
#define HTTP_LIVE_H

#include "http/http.h"

#include <sys/types.h>

struct live;
struct live_stream;

struct live_config {
	struct str dir;     /* its read connection is opened here */
	uint64_t size;      /* of the record now: earlier events are news to nobody */
	int offset_minutes; /* in which times are shown */
	int heartbeat_ms;
};
MUST_CHECK enum err live_open(
	const struct live_config *config, struct live **ret_live, struct bh_err *reterr);
/* The record has so many events now. From the writer thread: sets a number and returns. */
void live_grew(struct live *live, uint64_t size);
/* End every stream; none joins any more. */
void live_end(struct live *live);
/* After live_end and when every stream was left. NULL is fine. */
void live_close(struct live *live);
size_t live_count(struct live *live); /* of streams */

/* May a stream go on? Asked before it is told anything and with each heartbeat, with the hub's own read
 * connection: when its session is over, it is told nothing more, and ends with the next heartbeat. */
typedef bool live_goes_on_fn(const void *sender, struct store *reader);
struct live_listener {
	live_may_see_fn *may_see;
	const void *subject;
	live_goes_on_fn *goes_on; /* NULL: always */
	const void *sender;
};
/* A new stream, from behind event `after` (-1: from now on). What the listener points to is borrowed until it
 * is left. */
MUST_CHECK enum err live_join(struct live *live, const struct live_listener *listener, int64_t after,
	struct live_stream **ret_stream, struct bh_err *reterr);
/* Its reader is gone. */
void live_leave(struct live_stream *stream);

/* How a reader that found nothing falls asleep, and is woken. Both are called under the stream's lock, so
 * that no wake is lost between the two. */
typedef void live_sleep_fn(void *reader);
/* Up to `size` bytes; 0: nothing now, and `fall_asleep` was called, after which `wake_up` will be; -1: it has
 * ended. */
ssize_t live_take(struct live_stream *stream, char *bytes, size_t size, live_sleep_fn *fall_asleep,
	live_sleep_fn *wake_up, void *reader);

#endif
