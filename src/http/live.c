/* live.c: one thread that reads what is new, and the queues it fills.
 *
 * A stream is held by two: the hub, which puts, and its reader, which takes. Only the hub's thread walks the
 * list of streams; joining and leaving just leave a mark that it finds. */
#include "http/live.h"
#include "http/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STREAMS_MAX  1000
#define QUEUE_MAX    ((size_t)64 * 1024)
#define CATCH_UP_MAX 10000 /* events; who missed more reads anew */
#define READ_AT_ONCE 1000
#define RETRY_HINT   "retry: 3000\n"

struct live_stream {
	pthread_mutex_t asking; /* held while the subject is asked for, which may take a read */
	pthread_mutex_t lock;   /* of what both sides change; held for moments */
	int holders;
	struct live *live;
	struct live_listener listener;
	int64_t after; /* the hub's: the last event it has looked at for this stream */
	bool is_new;   /* the hub's: hasn't been greeted */
	struct live_stream *next;

	/* Under the lock. */
	bool ended, left;
	char *queue;
	size_t size, capacity;
	bool asleep;
	live_sleep_fn *wake_up;
	void *reader;
};

struct live {
	struct store *reader;
	int offset_minutes, heartbeat_ms;
	struct live_stream *streams; /* the thread's own */
	uint64_t seen;               /* the thread's own: events read so far */

	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	uint64_t size;
	struct live_stream *joining;
	size_t count;
	bool ending, ended;
};

/* ---- one stream ---- */

static void release(struct live_stream *stream)
{
	pthread_mutex_lock(&stream->lock);
	bool last = --stream->holders == 0;

	pthread_mutex_unlock(&stream->lock);
	if (!last)
		return;
	pthread_mutex_destroy(&stream->lock);
	pthread_mutex_destroy(&stream->asking);
	free(stream->queue);
	free(stream);
}

static void wake_reader(struct live_stream *stream)
{
	if (!stream->asleep)
		return;
	stream->asleep = false;
	stream->wake_up(stream->reader);
}

static bool make_room(struct live_stream *stream, size_t size)
{
	size_t wanted = stream->size + size, capacity = stream->capacity < 1024 ? 1024 : stream->capacity;

	if (wanted > QUEUE_MAX)
		return false;
	while (capacity < wanted)
		capacity *= 2;
	if (capacity > stream->capacity) {
		stream->queue = realloc(stream->queue, capacity);
		REQUIRE(stream->queue != NULL);
		stream->capacity = capacity;
	}
	return true;
}

/* A message, whole or not at all; where it doesn't fit, all that waits gives way to the word that something
 * was missed. */
static void put(struct live_stream *stream, struct str message, int64_t index)
{
	char reset[128];

	pthread_mutex_lock(&stream->lock);
	if (!stream->left && !stream->ended) {
		if (!make_room(stream, message.size)) {
			int size = snprintf(reset, sizeof reset,
				"id: %lld\nevent: reset\ndata: {\"index\":%lld}\n\n", (long long)index,
				(long long)index);

			message = (struct str){reset, (size_t)size};
			stream->size = 0;
		}
		memcpy(stream->queue + stream->size, message.data, message.size);
		stream->size += message.size;
		wake_reader(stream);
	}
	pthread_mutex_unlock(&stream->lock);
}

static void end(struct live_stream *stream)
{
	pthread_mutex_lock(&stream->lock);
	stream->ended = true;
	wake_reader(stream);
	pthread_mutex_unlock(&stream->lock);
}

static bool has_left(struct live_stream *stream)
{
	pthread_mutex_lock(&stream->lock);
	bool left = stream->left;

	pthread_mutex_unlock(&stream->lock);
	return left;
}

ssize_t live_take(struct live_stream *stream, char *bytes, size_t size, live_sleep_fn *fall_asleep,
	live_sleep_fn *wake_up, void *reader)
{
	ssize_t taken = 0;

	pthread_mutex_lock(&stream->lock);
	if (stream->size > 0) {
		size_t part = stream->size < size ? stream->size : size;

		memcpy(bytes, stream->queue, part);
		memmove(stream->queue, stream->queue + part, stream->size - part);
		stream->size -= part;
		taken = (ssize_t)part;
	} else if (stream->ended) {
		taken = -1;
	} else {
		stream->asleep = true;
		stream->wake_up = wake_up;
		stream->reader = reader;
		fall_asleep(reader);
	}
	pthread_mutex_unlock(&stream->lock);
	return taken;
}

void live_leave(struct live_stream *stream)
{
	pthread_mutex_lock(&stream->asking);
	pthread_mutex_lock(&stream->lock);
	stream->left = true;
	pthread_mutex_unlock(&stream->lock);
	pthread_mutex_unlock(&stream->asking);
	pthread_mutex_lock(&stream->live->lock);
	stream->live->count--;
	pthread_mutex_unlock(&stream->live->lock);
	release(stream);
}

enum err live_join(struct live *live, const struct live_listener *listener, int64_t after,
	struct live_stream **ret_stream, struct bh_err *reterr)
{
	struct live_stream *stream = calloc(1, sizeof *stream);
	bool taken;

	REQUIRE(stream != NULL && pthread_mutex_init(&stream->lock, NULL) == 0 &&
		pthread_mutex_init(&stream->asking, NULL) == 0);
	stream->holders = 2;
	stream->live = live;
	stream->listener = *listener;
	stream->after = after;
	stream->is_new = true;
	pthread_mutex_lock(&live->lock);
	taken = !live->ending && live->count < STREAMS_MAX;
	if (taken) {
		live->count++;
		stream->next = live->joining;
		live->joining = stream;
		pthread_cond_signal(&live->changed);
	}
	pthread_mutex_unlock(&live->lock);
	if (!taken) {
		pthread_mutex_destroy(&stream->lock);
		pthread_mutex_destroy(&stream->asking);
		free(stream);
		return err_set(reterr, ERR_UNAVAILABLE, "stream",
			"there are as many live streams as this server keeps: ask again later");
	}
	*ret_stream = stream;
	return ERR_OK;
}

/* ---- the hub's thread ---- */

struct delivery {
	struct live *live;
	struct arena *arena;
	struct live_stream *only; /* NULL: to every stream */
	int64_t last;             /* an event with several payloads comes several times */
};

static struct str print_event(struct arena *arena, const struct live_event *event, int offset_minutes)
{
	struct buf buf = buf_new(arena);
	struct json_out out;

	buf_format(&buf, "id: %lld\ndata: ", (long long)event->index);
	out = json_out_new(&buf);
	json_out_open(&out, '{');
	json_out_field_int(&out, "index", event->index);
	json_out_field_text(&out, "time", instant_print(arena, event->time, offset_minutes));
	json_out_field_text(&out, "kind", event->kind);
	json_out_field_text(&out, "object", event->object);
	json_out_close(&out, '}');
	buf_puts(&buf, "\n\n");
	return buf_str(&buf);
}

/* While the reader is there. */
static bool goes_on(struct live *live, const struct live_stream *stream)
{
	const struct live_listener *listener = &stream->listener;

	return listener->goes_on == NULL || listener->goes_on(listener->sender, live->reader);
}

static void offer(struct delivery *delivery, struct live_stream *stream, const struct live_event *event,
	struct str message)
{
	if (event->index <= stream->after)
		return;
	stream->after = event->index;
	/* The subject is the reader's, so it is asked for only while the reader is there. */
	pthread_mutex_lock(&stream->asking);
	bool may_see = !has_left(stream) &&
		       stream->listener.may_see(stream->listener.subject, event, delivery->live->reader) &&
		       goes_on(delivery->live, stream);

	pthread_mutex_unlock(&stream->asking);
	if (may_see)
		put(stream, message, event->index);
}

static enum err deliver(void *context, const struct stored_event *stored)
{
	struct delivery *delivery = context;
	struct live_event event = {stored->index, stored->time, stored->kind, stored->object};

	if (event.index == delivery->last)
		return ERR_OK;
	delivery->last = event.index;
	struct str message = print_event(delivery->arena, &event, delivery->live->offset_minutes);

	if (delivery->only != NULL)
		offer(delivery, delivery->only, &event, message);
	else
		for (struct live_stream *stream = delivery->live->streams; stream != NULL;
			stream = stream->next)
			offer(delivery, stream, &event, message);
	arena_clear(delivery->arena);
	return ERR_OK;
}

/* Events [from, to) to those who may know of them. What can't be read now is read at the next round. */
static uint64_t deliver_range(struct live *live, struct live_stream *only, uint64_t from, uint64_t to)
{
	struct delivery delivery = {.live = live, .arena = arena_new(), .only = only, .last = -1};
	struct bh_err why;

	while (from < to) {
		uint64_t until = to - from > READ_AT_ONCE ? from + READ_AT_ONCE : to;

		if (store_event_each(live->reader, from, until, deliver, &delivery, &why) != ERR_OK)
			break;
		from = until;
	}
	arena_free(delivery.arena);
	return from;
}

/* The first message gives an id from which a reader that lost its connection can go on. */
static void greet(struct live *live, struct live_stream *stream)
{
	int64_t newest = (int64_t)live->seen - 1;
	bool goes_on = stream->after >= 0 && stream->after <= newest;
	bool is_far_behind = stream->after > newest || (goes_on && newest - stream->after > CATCH_UP_MAX);
	int64_t from = goes_on && !is_far_behind ? stream->after : newest;
	char text[160];
	int size = snprintf(text, sizeof text, RETRY_HINT "id: %lld\nevent: %s\ndata: {\"index\":%lld}\n\n",
		(long long)from, is_far_behind ? "reset" : "hello", (long long)from);

	stream->is_new = false;
	stream->after = from;
	put(stream, (struct str){text, (size_t)size}, from);
	if (from < newest)
		(void)deliver_range(live, stream, (uint64_t)from + 1, live->seen);
}

static void tidy_streams(struct live *live, struct live_stream *joining)
{
	while (joining != NULL) {
		struct live_stream *next = joining->next;

		joining->next = live->streams;
		live->streams = joining;
		joining = next;
	}
	for (struct live_stream **at = &live->streams; *at != NULL;) {
		struct live_stream *stream = *at;

		if (has_left(stream)) {
			*at = stream->next;
			release(stream);
		} else {
			at = &stream->next;
		}
	}
}

static void beat(struct live *live, struct live_stream *stream)
{
	pthread_mutex_lock(&stream->asking);
	bool over = !has_left(stream) && !goes_on(live, stream);

	pthread_mutex_unlock(&stream->asking);
	if (over)
		end(stream);
	else
		put(stream, STR(": \n\n"), stream->after);
}

static void each_stream(struct live *live, bool heartbeat)
{
	for (struct live_stream *stream = live->streams; stream != NULL; stream = stream->next) {
		if (stream->is_new)
			greet(live, stream);
		else if (heartbeat)
			beat(live, stream);
	}
}

static void *live_main(void *context)
{
	struct live *live = context;
	int64_t beat_us = moment_us() + live->heartbeat_ms * INT64_C(1000);
	bool ending = false, failed = false;

	while (!ending) {
		pthread_mutex_lock(&live->lock);
		/* What couldn't be read is tried again with the next heartbeat, not at once. */
		while ((failed || live->size <= live->seen) && live->joining == NULL && !live->ending &&
			moment_wait(&live->lock, &live->changed, beat_us))
			;
		uint64_t size = live->size;
		struct live_stream *joining = live->joining;

		live->joining = NULL;
		ending = live->ending;
		pthread_mutex_unlock(&live->lock);
		tidy_streams(live, joining);
		bool is_beat = moment_us() >= beat_us;

		each_stream(live, is_beat);
		if (is_beat)
			beat_us = moment_us() + live->heartbeat_ms * INT64_C(1000);
		if (size > live->seen)
			live->seen = deliver_range(live, NULL, live->seen, size);
		failed = live->seen < size;
	}
	for (struct live_stream *stream = live->streams; stream != NULL; stream = stream->next)
		end(stream);
	return NULL;
}

/* ---- opening and closing ---- */

enum err live_open(const struct live_config *config, struct live **ret_live, struct bh_err *reterr)
{
	struct live *live = calloc(1, sizeof *live);

	REQUIRE(live != NULL);
	moment_init(&live->lock, &live->changed);
	live->offset_minutes = config->offset_minutes;
	live->heartbeat_ms = config->heartbeat_ms;
	live->size = live->seen = config->size;
	enum err err = store_open(config->dir, STORE_READ, &live->reader, reterr);

	if (err == ERR_OK && pthread_create(&live->thread, NULL, live_main, live) != 0)
		err = err_set(reterr, ERR_IO, "live", "a thread can't be started");
	if (err != ERR_OK) {
		live->ended = true;
		live_close(live);
		return err;
	}
	*ret_live = live;
	return ERR_OK;
}

void live_grew(struct live *live, uint64_t size)
{
	pthread_mutex_lock(&live->lock);
	live->size = size;
	pthread_cond_signal(&live->changed);
	pthread_mutex_unlock(&live->lock);
}

void live_end(struct live *live)
{
	pthread_mutex_lock(&live->lock);
	live->ending = true;
	pthread_cond_signal(&live->changed);
	pthread_mutex_unlock(&live->lock);
	pthread_join(live->thread, NULL);
	live->ended = true;
}

void live_close(struct live *live)
{
	if (live == NULL)
		return;
	REQUIRE(live->ended && live->count == 0);
	tidy_streams(live, live->joining);
	REQUIRE(live->streams == NULL);
	store_close(live->reader);
	moment_destroy(&live->lock, &live->changed);
	free(live);
}

size_t live_count(struct live *live)
{
	pthread_mutex_lock(&live->lock);
	size_t count = live->count;

	pthread_mutex_unlock(&live->lock);
	return count;
}
