/* test_limit.c: token buckets, in told time. */
#include "http/limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define SECOND INT64_C(1000000)

static int make(void **state)
{
	*state = limits_new(1);
	return 0;
}

static int drop(void **state)
{
	limits_free(*state);
	return 0;
}

static void a_burst_is_let_through_and_no_more(void **state)
{
	int burst = rate_rows[RATE_LOGIN].burst;

	for (int i = 0; i < burst; i++)
		assert_int_equal(limits_take(*state, RATE_LOGIN, 7, 0), 0);
	assert_int_equal(limits_take(*state, RATE_LOGIN, 7, 0), 60 / rate_rows[RATE_LOGIN].per_minute + 1);
}

static void the_wait_that_is_told_is_long_enough(void **state)
{
	for (int rate = 0; rate < RATE_COUNT; rate++) {
		if (rate_rows[rate].per_minute == 0)
			continue;
		int wait = 0;

		while (wait == 0)
			wait = limits_take(*state, (enum rate)rate, 7, 0);
		assert_int_equal(limits_take(*state, (enum rate)rate, 7, wait * SECOND), 0);
	}
}

static void a_minute_fills_as_much_as_its_row_says(void **state)
{
	const struct rate_row *row = &rate_rows[RATE_EXPORT];
	int let = 0;

	while (limits_take(*state, RATE_EXPORT, 7, 0) == 0)
		;
	for (int64_t at = 0; at <= 60 * SECOND; at += SECOND / 4)
		let += limits_take(*state, RATE_EXPORT, 7, at) == 0;
	assert_in_range(let, row->per_minute - 1, row->per_minute);
}

static void a_bucket_never_holds_more_than_its_burst(void **state)
{
	int let = 0;

	assert_int_equal(limits_take(*state, RATE_LOGIN, 7, 0), 0);
	while (limits_take(*state, RATE_LOGIN, 7, 3600 * SECOND) == 0)
		let++;
	assert_int_equal(let, rate_rows[RATE_LOGIN].burst);
}

static void one_client_and_one_class_are_apart_from_another(void **state)
{
	while (limits_take(*state, RATE_LOGIN, 7, 0) == 0)
		;
	assert_int_equal(limits_take(*state, RATE_LOGIN, 8, 0), 0);
	assert_int_equal(limits_take(*state, RATE_API, 7, 0), 0);
}

static void what_has_no_limit_has_none(void **state)
{
	for (int i = 0; i < 100000; i++)
		assert_int_equal(limits_take(*state, RATE_FREE, 7, 0), 0);
}

/* A flood of addresses takes the fullest buckets first, so who is over the limit stays over it. */
static void a_flood_of_addresses_frees_nobody_who_is_over_the_limit(void **state)
{
	while (limits_take(*state, RATE_LOGIN, 7, 0) == 0)
		;
	for (uint64_t key = 100; key < 200000; key++)
		(void)limits_take(*state, RATE_LOGIN, key, 0);
	assert_int_not_equal(limits_take(*state, RATE_LOGIN, 7, 0), 0);
}

static void an_address_of_ipv6_counts_by_its_network(void **state)
{
	struct limits *other = limits_new(2);

	assert_true(limits_key(*state, STR("10.0.0.1")) != limits_key(other, STR("10.0.0.1")));
	limits_free(other);
	assert_true(limits_key(*state, STR("2001:db8:1:2::1")) ==
		    limits_key(*state, STR("2001:db8:1:2:ffff::9")));
	assert_true(limits_key(*state, STR("2001:db8:1:2::1")) != limits_key(*state, STR("2001:db8:1:3::1")));
	assert_true(limits_key(*state, STR("10.0.0.1")) != limits_key(*state, STR("10.0.0.2")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_burst_is_let_through_and_no_more, make, drop),
		cmocka_unit_test_setup_teardown(the_wait_that_is_told_is_long_enough, make, drop),
		cmocka_unit_test_setup_teardown(a_minute_fills_as_much_as_its_row_says, make, drop),
		cmocka_unit_test_setup_teardown(a_bucket_never_holds_more_than_its_burst, make, drop),
		cmocka_unit_test_setup_teardown(one_client_and_one_class_are_apart_from_another, make, drop),
		cmocka_unit_test_setup_teardown(what_has_no_limit_has_none, make, drop),
		cmocka_unit_test_setup_teardown(
			a_flood_of_addresses_frees_nobody_who_is_over_the_limit, make, drop),
		cmocka_unit_test_setup_teardown(an_address_of_ipv6_counts_by_its_network, make, drop),
	};

	return cmocka_run_group_tests_name("http: limits", tests, NULL, NULL);
}
