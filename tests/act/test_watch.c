/* test_watch.c: what a server asks of a running installation: its newest note, its health, its growth, and
 * when the clock has something to do. */
#include "district.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

static int open_district(void **state)
{
	*state = district_new();
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

struct heard {
	atomic_uint_least64_t size;
	atomic_int times;
};

static void hear(void *context, uint64_t size)
{
	struct heard *heard = context;

	atomic_store(&heard->size, size);
	atomic_fetch_add(&heard->times, 1);
}

static void the_watcher_hears_of_growth_before_the_asker_does(void **state)
{
	struct district *district = *state;
	struct heard heard = {0};

	installation_watch(district->installation, hear, &heard);
	district_key_task(district, "dispatched", "2019-06-28");
	assert_int_equal(atomic_load(&heard.size), district_number(district, "select count(*) from event"));
	int times = atomic_load(&heard.times);

	assert_int_not_equal(
		district_begin(district, "wang", "key_task", "title=x|lead_unit=water|commander=vice-mayor"),
		ERR_OK);
	assert_int_equal(atomic_load(&heard.times), times);
	installation_watch(district->installation, NULL, NULL);
	district_key_task(district, "dispatched", "2019-06-28");
	assert_int_equal(atomic_load(&heard.times), times);
}

#define LONG_MS 200 /* for a wrong one to come out */

/* One that takes its time, until it is let go or that doesn't come. */
struct slow {
	struct installation *installation;
	atomic_bool begun, let_go, overtaken;
};

static void hear_slowly(void *context, uint64_t size)
{
	const struct timespec moment = {.tv_nsec = 1000000};
	struct slow *slow = context;

	(void)size;
	atomic_store(&slow->begun, true);
	for (int ms = 0; ms < LONG_MS && !atomic_load(&slow->let_go); ms++)
		nanosleep(&moment, NULL);
	atomic_store(&slow->overtaken, atomic_load(&slow->let_go));
}

static void *let_go(void *context)
{
	const struct timespec moment = {.tv_nsec = 100000};
	struct slow *slow = context;

	while (!atomic_load(&slow->begun))
		nanosleep(&moment, NULL);
	installation_watch(slow->installation, NULL, NULL);
	atomic_store(&slow->let_go, true);
	return NULL;
}

/* Else a server that closes would free what it is being told with. */
static void a_watcher_that_was_let_go_is_not_being_told(void **state)
{
	struct district *district = *state;
	struct slow slow = {.installation = district->installation};
	pthread_t thread;

	installation_watch(district->installation, hear_slowly, &slow);
	assert_int_equal(pthread_create(&thread, NULL, let_go, &slow), 0);
	district_key_task(district, "dispatched", "2019-06-28");
	pthread_join(thread, NULL);
	assert_true(atomic_load(&slow.let_go));
	assert_false(atomic_load(&slow.overtaken));
}

static uint64_t noted_size(struct district *district)
{
	struct checkpoint checkpoint;

	district_must(district, checkpoint_parse(district->arena,
					installation_checkpoint(district->installation, district->arena),
					&checkpoint, &district->why));
	return checkpoint.size;
}

static void the_newest_note_covers_everything_acknowledged(void **state)
{
	struct district *district = *state;

	district_key_task(district, "dispatched", "2019-06-28");
	assert_int_equal(noted_size(district), district_number(district, "select count(*) from event"));
	district_reopen(district);
	assert_int_equal(noted_size(district), district_number(district, "select count(*) from event"));
	assert_int_equal(installation_health(district->installation, &district->why), ERR_OK);
}

static void the_next_instant_is_when_the_sweep_has_something_to_do(void **state)
{
	struct district *district = *state;
	struct instant next;

	district_must(district, store_due_next(district->reader, &next, &district->why));
	assert_true(instant_is_none(next));
	district_key_task(district, "working", "2019-03-20");
	for (int i = 0; i < 20; i++) {
		district_must(district, store_due_next(district->reader, &next, &district->why));
		assert_false(instant_is_none(next));
		assert_true(next.us > district->now.us);
		district->now.us = next.us - 1;
		assert_int_equal(district_sweep(district), 0);
		district->now = next;
		(void)district_sweep(district);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_watcher_hears_of_growth_before_the_asker_does, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_watcher_that_was_let_go_is_not_being_told, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			the_newest_note_covers_everything_acknowledged, open_district, close_district),
		cmocka_unit_test_setup_teardown(the_next_instant_is_when_the_sweep_has_something_to_do,
			open_district, close_district),
	};
	return cmocka_run_group_tests_name("act: what a server asks", tests, NULL, NULL);
}
