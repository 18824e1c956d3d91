/* test_view.c: lists that somebody keeps under a name: their own, few, and nothing but questions. */
#include "sight.h"
#include "store/store_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int open_sight(void **state)
{
	*state = sight_new();
	return 0;
}

static int close_sight(void **state)
{
	sight_free(*state);
	return 0;
}

static enum err put(struct sight *sight, int64_t account, const char *name, const char *query)
{
	const struct saved_view view = {str_from(name), str_from(query), {1}};

	return store_saved_view_put(sight->store, account, &view, &sight->why);
}

static struct str listed(struct sight *sight, int64_t account)
{
	struct buf buf = buf_new(sight->arena);
	struct saved_view *views;
	size_t count;

	sight_must(sight,
		store_saved_view_list(sight->store, sight->arena, account, &views, &count, &sight->why));
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "%s=%s ", views[i].name.data, views[i].query.data);
	return buf_str(&buf);
}

static void a_view_is_its_owners(void **state)
{
	struct sight *sight = *state;

	sight_must(sight, put(sight, 1, "逾期", "{\"lamp\":\"red\"}"));
	sight_must(sight, put(sight, 1, "本周", "{}"));
	sight_must(sight, put(sight, 2, "逾期", "{\"open\":true}"));
	sight_must(sight, put(sight, 1, "本周", "{\"open\":true}"));
	expect_text("by name, the newest text", listed(sight, 1).data,
		"本周={\"open\":true} 逾期={\"lamp\":\"red\"} ");
	expect_text("another's", listed(sight, 2).data, "逾期={\"open\":true} ");
	sight_must(sight, store_saved_view_drop(sight->store, 1, STR("逾期"), &sight->why));
	assert_int_equal(store_saved_view_drop(sight->store, 1, STR("逾期"), &sight->why), ERR_NOT_FOUND);
	expect_text("which stays", listed(sight, 2).data, "逾期={\"open\":true} ");
}

static void what_is_no_view_is_refused(void **state)
{
	static const struct {
		const char *says, *name, *query, *place;
	} cases[] = {
		{"no name", "  ", "{}", "name"},
		{"no text", "\xff", "{}", "name"},
		{"no JSON", "a", "{", "query"},
		{"no object", "a", "[1]", "query"},
	};
	struct sight *sight = *state;
	char long_name[SAVED_VIEW_NAME_MAX + 2], long_query[SAVED_VIEW_QUERY_MAX + 16];

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		assert_int_equal(put(sight, 1, cases[i].name, cases[i].query), ERR_INVALID);
		expect_text(cases[i].says, sight->why.place, cases[i].place);
	}
	memset(long_name, 'n', sizeof long_name);
	long_name[sizeof long_name - 1] = '\0';
	assert_int_equal(put(sight, 1, long_name, "{}"), ERR_INVALID);
	snprintf(long_query, sizeof long_query, "{\"q\":\"%0*d\"}", SAVED_VIEW_QUERY_MAX, 0);
	assert_int_equal(put(sight, 1, "a", long_query), ERR_INVALID);
}

static void an_account_keeps_so_many(void **state)
{
	struct sight *sight = *state;

	for (int i = 0; i < SAVED_VIEWS_MAX; i++)
		sight_must(sight, put(sight, 1, str_format(sight->arena, "v%d", i).data, "{}"));
	assert_int_equal(put(sight, 1, "one more", "{}"), ERR_RANGE);
	sight_must(sight, put(sight, 1, "v7", "{\"open\":true}"));
	sight_must(sight, put(sight, 2, "one more", "{}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_view_is_its_owners, open_sight, close_sight),
		cmocka_unit_test_setup_teardown(what_is_no_view_is_refused, open_sight, close_sight),
		cmocka_unit_test_setup_teardown(an_account_keeps_so_many, open_sight, close_sight),
	};
	return cmocka_run_group_tests_name("store: saved views", tests, NULL, NULL);
}
