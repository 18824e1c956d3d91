/* test_reach.c: which addresses may be called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static bool may(const char *address, const char *range)
{
	struct sockaddr_in four = {.sin_family = AF_INET};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};
	struct reach_range inside;

	if (range != NULL && !reach_range_parse(str_from(range), &inside))
		fail_msg("%s is no range", range);
	if (inet_pton(AF_INET, address, &four.sin_addr) == 1)
		return reach_may((const struct sockaddr *)&four, &inside, range != NULL);
	if (inet_pton(AF_INET6, address, &six.sin6_addr) != 1)
		fail_msg("%s is no address", address);
	return reach_may((const struct sockaddr *)&six, &inside, range != NULL);
}

static void the_internet_may_be_called_and_nothing_inner(void **state)
{
	static const char *const open[] = {"203.208.41.66", "8.8.8.8", "100.63.255.255", "100.128.0.1",
		"172.15.0.1", "172.32.0.1", "192.167.1.1", "223.255.255.255", "2400:3200::1",
		"::ffff:8.8.8.8", "64:ff9b::8.8.8.8"};
	static const char *const shut[] = {"0.0.0.0", "10.0.0.1", "127.0.0.1", "127.255.255.254",
		"100.64.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.8",
		"198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
		"::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "fe80::1", "fc00::1", "fdff::1",
		"ff02::1", "2002:a00:1::1", "2001:db8::1", "2001:0:1::1"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(open); i++)
		if (!may(open[i], NULL))
			fail_msg("%s may be called", open[i]);
	for (size_t i = 0; i < ARRAY_COUNT(shut); i++)
		if (may(shut[i], NULL))
			fail_msg("%s may not be called", shut[i]);
}

static void what_is_listed_may_be_called_and_not_its_neighbour(void **state)
{
	(void)state;
	assert_true(may("10.1.2.3", "10.1.0.0/16"));
	assert_true(may("::ffff:10.1.2.3", "10.1.0.0/16"));
	assert_false(may("10.2.0.1", "10.1.0.0/16"));
	assert_true(may("127.0.0.1", "127.0.0.1"));
	assert_false(may("127.0.0.2", "127.0.0.1"));
	assert_true(may("10.1.3.255", "10.1.2.0/23"));
	assert_false(may("10.1.4.0", "10.1.2.0/23"));
	assert_true(may("fd00:1::7", "fd00:1::/32"));
	assert_false(may("fd00:2::7", "fd00:1::/32"));
}

static void what_is_no_range_is_refused(void **state)
{
	static const char *const wrong[] = {"", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0/8",
		"localhost", "fd00::/129", "10.0.0.0/8/8",
		"1234567890123456789012345678901234567890123456789"};
	struct reach_range range;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		if (reach_range_parse(str_from(wrong[i]), &range))
			fail_msg("'%s' is no range", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_internet_may_be_called_and_nothing_inner),
		cmocka_unit_test(what_is_listed_may_be_called_and_not_its_neighbour),
		cmocka_unit_test(what_is_no_range_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
