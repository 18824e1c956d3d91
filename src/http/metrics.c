/* metrics.c: counters by route and status class, and how long requests took. */
#include "http/metrics.h"

#include <stdatomic.h>
#include <stdlib.h>

/* Upper bounds in µs of the parts of the histogram; what took longer is in the last, which has none. */
static const int64_t bounds_us[] = {
	1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000};
#define BOUNDS  ARRAY_COUNT(bounds_us)
#define CLASSES 6 /* 0: no answer; 1 to 5: of the status */

struct figures {
	atomic_uint_least64_t by_class[CLASSES];
	atomic_uint_least64_t by_time[BOUNDS + 1];
	atomic_uint_least64_t us;
};

struct metrics {
	const struct routes *routes;
	atomic_uint_least64_t bytes;
	struct figures figures[]; /* by route; the last is for those without one */
};

struct metrics *metrics_new(const struct routes *routes)
{
	struct metrics *metrics =
		calloc(1, sizeof *metrics + (routes->count + 1) * sizeof metrics->figures[0]);

	REQUIRE(metrics != NULL);
	metrics->routes = routes;
	return metrics;
}

void metrics_free(struct metrics *metrics)
{
	free(metrics);
}

static void add(atomic_uint_least64_t *counter, uint64_t number)
{
	atomic_fetch_add_explicit(counter, number, memory_order_relaxed);
}

static uint64_t get(atomic_uint_least64_t *counter)
{
	return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_count(
	struct metrics *metrics, const struct route *route, int status, int64_t took_us, uint64_t bytes)
{
	struct figures *figures = &metrics->figures[route != NULL ? route->index : metrics->routes->count];
	size_t part = 0;

	while (part < BOUNDS && took_us > bounds_us[part])
		part++;
	add(&figures->by_class[status / 100 % CLASSES], 1);
	add(&figures->by_time[part], 1);
	add(&figures->us, (uint64_t)(took_us > 0 ? took_us : 0));
	add(&metrics->bytes, bytes);
}

static void head(struct buf *buf, const char *name, const char *type, const char *help)
{
	buf_format(buf, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void gauge(struct buf *buf, const char *name, const char *help, uint64_t number)
{
	head(buf, name, "gauge", help);
	buf_format(buf, "%s %llu\n", name, (unsigned long long)number);
}

static void counter(struct buf *buf, const char *name, const char *help, uint64_t number)
{
	head(buf, name, "counter", help);
	buf_format(buf, "%s %llu\n", name, (unsigned long long)number);
}

static const char *name_of(const struct metrics *metrics, size_t i)
{
	return i < metrics->routes->count ? metrics->routes->items[i].row->name : "none";
}

static void print_classes(struct metrics *metrics, struct buf *buf)
{
	static const char *const names[] = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

	head(buf, "bihuan_http_requests_total", "counter", "requests by route and class of status");
	for (size_t i = 0; i <= metrics->routes->count; i++)
		for (size_t class = 0; class < CLASSES; class ++) {
			uint64_t number = get(&metrics->figures[i].by_class[class]);

			if (number > 0)
				buf_format(buf,
					"bihuan_http_requests_total{route=\"%s\",status=\"%s\"} %llu\n",
					name_of(metrics, i), names[class], (unsigned long long)number);
		}
}

/* Seconds from microseconds, without a float's rounding. */
static void put_seconds(struct buf *buf, uint64_t us)
{
	buf_format(
		buf, "%llu.%06llu", (unsigned long long)(us / 1000000), (unsigned long long)(us % 1000000));
}

static void print_times(struct metrics *metrics, size_t i, struct buf *buf)
{
	struct figures *figures = &metrics->figures[i];
	const char *name = name_of(metrics, i);
	uint64_t sum = 0;

	for (size_t part = 0; part <= BOUNDS; part++)
		sum += get(&figures->by_time[part]);
	if (sum == 0)
		return;
	sum = 0;
	for (size_t part = 0; part <= BOUNDS; part++) {
		sum += get(&figures->by_time[part]);
		buf_format(buf, "bihuan_http_request_seconds_bucket{route=\"%s\",le=\"", name);
		if (part < BOUNDS)
			put_seconds(buf, (uint64_t)bounds_us[part]);
		else
			buf_puts(buf, "+Inf");
		buf_format(buf, "\"} %llu\n", (unsigned long long)sum);
	}
	buf_format(buf, "bihuan_http_request_seconds_sum{route=\"%s\"} ", name);
	put_seconds(buf, get(&figures->us));
	buf_format(buf, "\nbihuan_http_request_seconds_count{route=\"%s\"} %llu\n", name,
		(unsigned long long)sum);
}

struct str metrics_print(struct metrics *metrics, const struct metrics_now *now, struct arena *arena)
{
	struct buf buf = buf_new(arena);

	print_classes(metrics, &buf);
	head(&buf, "bihuan_http_request_seconds", "histogram",
		"from the first line of a request to the last byte of its reply");
	for (size_t i = 0; i <= metrics->routes->count; i++)
		print_times(metrics, i, &buf);
	counter(&buf, "bihuan_http_reply_bytes_total", "bytes of the bodies sent", get(&metrics->bytes));
	gauge(&buf, "bihuan_http_connections", "open connections", now->connections);
	gauge(&buf, "bihuan_http_requests", "requests under way", now->requests);
	gauge(&buf, "bihuan_http_streams", "live streams", now->streams);
	gauge(&buf, "bihuan_worker_queue", "requests that wait for a worker", now->queued);
	gauge(&buf, "bihuan_writer_queue", "requests that wait for the writer", now->acting);
	counter(&buf, "bihuan_log_dropped_total", "lines of the access log that were dropped",
		now->log_dropped);
	counter(&buf, "bihuan_ledger_events_total", "events in the record", now->ledger_size);
	counter(&buf, "bihuan_password_hashes_total", "passwords that were hashed or checked", now->hashes);
	gauge(&buf, "bihuan_ready", "1: it can do its work", now->ready);
	return buf_str(&buf);
}
