/* test_flow.c: sign-ins that are under way, and names in filters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "outside/filter.h"
#include "outside/flow.h"

#include <stdio.h>
#include <stdlib.h>

static struct flows *flows;

static int begin(void **state)
{
	(void)state;
	flows = calloc(1, sizeof *flows);
	return flows == NULL;
}

static int end(void **state)
{
	(void)state;
	free(flows);
	return 0;
}

static struct flow flow_of(const char *state, const char *browser, int64_t us)
{
	struct str name = str_from(state), brought = str_from(browser);

	return (struct flow){.state = hash_bytes(name.data, name.size),
		.browser = hash_bytes(brought.data, brought.size),
		.begun = {us}};
}

static void put(const char *state, const char *browser, int64_t us)
{
	const struct flow flow = flow_of(state, browser, us);

	flows_put(flows, &flow, (struct instant){us});
}

static bool take(const char *state, const char *browser, int64_t us)
{
	struct flow flow;

	return flows_take(flows, str_from(state), str_from(browser), (struct instant){us}, &flow);
}

static void each_is_good_once_and_in_its_browser(void **state)
{
	(void)state;
	put("a", "one", 0);
	put("b", "two", 0);
	assert_false(take("c", "one", 1));
	assert_false(take("b", "one", 1)); /* and with that it is over */
	assert_false(take("b", "two", 1));
	assert_true(take("a", "one", 1));
	assert_false(take("a", "one", 1));
	assert_int_equal(flows->count, 0);
}

static void for_ten_minutes(void **state)
{
	(void)state;
	put("a", "one", 0);
	put("b", "one", 5);
	assert_true(take("b", "one", FLOW_LASTS_US + 4));
	assert_false(take("a", "one", FLOW_LASTS_US));
	put("c", "one", 0);
	put("d", "one", FLOW_LASTS_US);
	assert_int_equal(flows->count, 1);
	assert_true(take("d", "one", FLOW_LASTS_US));
}

static void beyond_the_most_the_oldest_falls_out(void **state)
{
	char name[16];

	(void)state;
	for (int i = 0; i <= FLOWS_MAX; i++) {
		snprintf(name, sizeof name, "%d", i);
		put(name, "one", i);
	}
	assert_int_equal(flows->count, FLOWS_MAX);
	assert_false(take("0", "one", FLOWS_MAX));
	assert_true(take("1", "one", FLOWS_MAX));
	assert_true(take(name, "one", FLOWS_MAX));
}

static void what_is_typed_stays_one_value(void **state)
{
	static const struct {
		const char *typed, *escaped;
	} rows[] = {
		{"chen.jing-2_x", "chen.jing-2_x"},
		{"", ""},
		{"*", "\\2a"},
		{"a)(uid=*", "a\\29\\28uid\\3d\\2a"},
		{"\\2a", "\\5c2a"},
		{" a\t", "\\20a\\09"},
		{"陈", "\\e9\\99\\88"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_string_equal(filter_escape(arena, str_from(rows[i].typed)).data, rows[i].escaped);
	assert_string_equal(filter_escape(arena, (struct str){"a\0b", 3}).data, "a\\00b");
	assert_string_equal(filter_fill(arena, STR("(|(uid={name})(mail={name}@x))"), STR("a*")).data,
		"(|(uid=a\\2a)(mail=a\\2a@x))");
	/* What is typed isn't looked through for the mark again. */
	assert_string_equal(filter_fill(arena, STR("(uid={name})"), STR("{name}")).data, "(uid={name})");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_is_good_once_and_in_its_browser, begin, end),
		cmocka_unit_test_setup_teardown(for_ten_minutes, begin, end),
		cmocka_unit_test_setup_teardown(beyond_the_most_the_oldest_falls_out, begin, end),
		cmocka_unit_test(what_is_typed_stays_one_value),
	};

	return cmocka_run_group_tests_name("outside: sign-ins under way", tests, NULL, NULL);
}
