/* test_hub.c: the hub of live events and the queue of one stream, without HTTP in between. */
#include "act/district.h"
#include "http/live.h"
#include "http/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct hub {
	struct district *district;
	struct live *live;
	struct bh_err why;
};

static uint64_t events(struct hub *hub)
{
	return (uint64_t)district_number(hub->district, "select count(*) from event");
}

static int make(void **state)
{
	struct hub *hub = calloc(1, sizeof *hub);

	hub->district = district_new();
	struct live_config config = {.dir = hub->district->dir,
		.size = events(hub),
		.offset_minutes = 480,
		.heartbeat_ms = 3600000};

	district_must(hub->district, live_open(&config, &hub->live, &hub->district->why));
	*state = hub;
	return 0;
}

static int drop(void **state)
{
	struct hub *hub = *state;

	live_end(hub->live);
	live_close(hub->live);
	district_free(hub->district);
	free(hub);
	return 0;
}

static bool sees_all(const void *subject, const struct live_event *event, struct store *reader)
{
	(void)subject, (void)event, (void)reader;
	return true;
}

static const struct live_listener all = {.may_see = sees_all};

static void mark(void *reader)
{
	atomic_fetch_add((atomic_int *)reader, 1);
}

static void nothing(void *reader)
{
	(void)reader;
}

static struct live_stream *join(struct hub *hub, int64_t after)
{
	struct live_stream *stream;

	district_must(hub->district, live_join(hub->live, &all, after, &stream, &hub->district->why));
	return stream;
}

/* Takes what comes, behind what is there already, until `wanted` stands in it. */
static void take_until(struct live_stream *stream, char *text, size_t room, const char *wanted)
{
	for (size_t size = strlen(text); strstr(text, wanted) == NULL;) {
		ssize_t taken = live_take(stream, text + size, room - 1 - size, nothing, nothing, NULL);

		assert_true(taken >= 0 && size + 1 < room);
		size += (size_t)taken;
		text[size] = '\0';
		if (taken == 0)
			moment_pass(1);
	}
}

static void write_units(struct hub *hub, int count)
{
	const struct unit *any = org_unit_at(hub->district->scene->org, 0);

	for (int i = 0; i < count; i++) {
		struct unit unit = *any;

		unit.leader = 0;
		district_must(hub->district,
			district_act(hub->district, (struct act){.kind = ACT_UNIT, .what.unit = &unit}));
	}
	live_grew(hub->live, events(hub));
}

static void a_reader_that_sleeps_is_woken_once(void **state)
{
	struct hub *hub = *state;
	struct live_stream *stream = join(hub, -1);
	char text[4096] = "";
	atomic_int slept = 0;

	take_until(stream, text, sizeof text, "hello");
	while (live_take(stream, text, sizeof text, mark, mark, &slept) != 0)
		;
	assert_int_equal(atomic_load(&slept), 1);
	write_units(hub, 3);
	while (atomic_load(&slept) < 2)
		moment_pass(1);
	take_until(stream, text, sizeof text, "unit.set");
	assert_int_equal(atomic_load(&slept), 2);
	live_leave(stream);
}

static void a_queue_that_is_full_gives_way_to_the_word_that_something_was_missed(void **state)
{
	struct hub *hub = *state;
	struct live_stream *stream = join(hub, -1), *attentive = join(hub, -1);
	size_t room = 4 * 65536;
	char *text = calloc(room, 1), last[64];

	take_until(stream, text, room, "hello");
	write_units(hub, 900);
	snprintf(last, sizeof last, "\"index\":%llu", (unsigned long long)events(hub) - 1);
	/* Another takes all of it first, so that the hub is through before this one begins. */
	memset(text, 0, room);
	take_until(attentive, text, room, last);
	memset(text, 0, room);
	take_until(stream, text, room, last);
	assert_non_null(strstr(text, "event: reset"));
	/* It begins with that, and goes on from there without a gap. */
	long long index = 0;

	assert_int_equal(strncmp(text, "id: ", 4), 0);
	for (const char *at = text; (at = strstr(at, "id: ")) != NULL; at++) {
		long long found = strtoll(at + 4, NULL, 10);

		assert_true(index == 0 || found == index + 1);
		index = found;
	}
	free(text);
	live_leave(attentive);
	live_leave(stream);
}

static void who_missed_more_than_is_caught_up_is_told_to_read_anew(void **state)
{
	struct hub *hub = *state;
	char text[65536] = "";
	struct live_stream *stream = join(hub, 0);

	take_until(stream, text, sizeof text, "hello");
	take_until(stream, text, sizeof text, "\"index\":1,");
	live_leave(stream);
	text[0] = '\0';
	stream = join(hub, (int64_t)events(hub) + 5);
	take_until(stream, text, sizeof text, "event: reset");
	live_leave(stream);
}

static void a_stream_that_was_ended_says_so_after_what_it_holds(void **state)
{
	struct hub *hub = *state;
	char text[4096] = "";
	struct live_stream *stream = join(hub, -1);

	take_until(stream, text, sizeof text, "hello");
	live_end(hub->live);
	assert_int_equal(live_take(stream, text, sizeof text, nothing, nothing, NULL), -1);
	struct live_stream *other;

	assert_int_equal(live_join(hub->live, &all, -1, &other, &hub->district->why), ERR_UNAVAILABLE);
	live_leave(stream);
	live_close(hub->live);
	struct live_config config = {.dir = hub->district->dir,
		.size = events(hub),
		.offset_minutes = 480,
		.heartbeat_ms = 3600000};

	district_must(hub->district, live_open(&config, &hub->live, &hub->district->why));
}

static void there_are_so_many_streams_and_no_more(void **state)
{
	struct hub *hub = *state;
	static struct live_stream *streams[1000];
	struct live_stream *other;

	for (size_t i = 0; i < ARRAY_COUNT(streams); i++)
		streams[i] = join(hub, -1);
	assert_int_equal(live_join(hub->live, &all, -1, &other, &hub->district->why), ERR_UNAVAILABLE);
	live_leave(streams[0]);
	streams[0] = join(hub, -1);
	for (size_t i = 0; i < ARRAY_COUNT(streams); i++)
		live_leave(streams[i]);
	assert_int_equal(live_count(hub->live), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_reader_that_sleeps_is_woken_once, make, drop),
		cmocka_unit_test_setup_teardown(
			a_queue_that_is_full_gives_way_to_the_word_that_something_was_missed, make, drop),
		cmocka_unit_test_setup_teardown(
			who_missed_more_than_is_caught_up_is_told_to_read_anew, make, drop),
		cmocka_unit_test_setup_teardown(
			a_stream_that_was_ended_says_so_after_what_it_holds, make, drop),
		cmocka_unit_test_setup_teardown(there_are_so_many_streams_and_no_more, make, drop),
	};

	return cmocka_run_group_tests_name("http: the hub", tests, NULL, NULL);
}
