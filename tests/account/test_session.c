/* How long a session is good, and what a token may do. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000000)

static const struct account person = {.id = 4, .person = 1, .state = ACCOUNT_ACTIVE};
static const struct account security = {.id = 4, .admin = ADMIN_SECURITY, .state = ACCOUNT_ACTIVE};
static const struct account disabled = {.id = 4, .person = 1, .state = ACCOUNT_DISABLED};
static const struct account waiting = {.id = 4, .person = 1, .state = ACCOUNT_WAITING};
static const struct account other = {.id = 5, .person = 2, .state = ACCOUNT_ACTIVE};

static void sessions_end_by_their_table(void **state)
{
	static const struct {
		const char *says;
		const struct account *account;
		int64_t seen, now; /* minutes after it was made */
		enum session_state want;
	} rows[] = {
		{"at once", &person, 0, 0, SESSION_LIVE},
		{"29 minutes idle", &person, 100, 129, SESSION_LIVE},
		{"30 minutes idle", &person, 100, 130, SESSION_IDLE},
		{"an administrator 9 minutes idle", &security, 100, 109, SESSION_LIVE},
		{"an administrator 10 minutes idle", &security, 100, 110, SESSION_IDLE},
		{"busy up to 12 hours", &person, 719, 719, SESSION_LIVE},
		{"busy at 12 hours", &person, 720, 720, SESSION_OLD},
		{"an administrator busy at 12 hours", &security, 720, 720, SESSION_OLD},
		{"the account disabled meanwhile", &disabled, 0, 1, SESSION_BARRED},
		{"the account reset meanwhile", &waiting, 0, 1, SESSION_BARRED},
		{"no such account", NULL, 0, 1, SESSION_BARRED},
		{"another's account", &other, 0, 1, SESSION_BARRED},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct session session = {
			.account = 4, .made = {0}, .seen = {rows[i].seen * MINUTE}, .proved = {0}};

		if (session_judge(&session, rows[i].account, (struct instant){rows[i].now * MINUTE}) !=
			rows[i].want)
			fail_msg("%s", rows[i].says);
	}
}

static void a_proof_is_fresh_for_ten_minutes(void **state)
{
	struct session session = {.proved = {100 * MINUTE}};

	(void)state;
	assert_true(session_is_fresh(&session, (struct instant){100 * MINUTE}));
	assert_true(session_is_fresh(&session, (struct instant){110 * MINUTE - 1}));
	assert_false(session_is_fresh(&session, (struct instant){110 * MINUTE}));
}

static void tokens_are_for_persons_with_a_scope_and_an_end(void **state)
{
	static const struct {
		const char *says, *name;
		const struct account *account;
		unsigned scopes;
		int64_t days;
		enum err want;
		const char *place;
	} rows[] = {
		{"a year", "交换平台", &person, 1, 365, ERR_OK, ""},
		{"more than a year", "交换平台", &person, 1, 366, ERR_RANGE, "ends"},
		{"an end in the past", "交换平台", &person, 1, 0, ERR_RANGE, "ends"},
		{"no scope", "交换平台", &person, 0, 30, ERR_INVALID, "scope"},
		{"no name", " ", &person, 1, 30, ERR_INVALID, "name"},
		{"an administrator's", "脚本", &security, 1, 30, ERR_FORBIDDEN, "account"},
		{"a disabled account's", "脚本", &disabled, 1, 30, ERR_FORBIDDEN, "account"},
		{"nobody's", "脚本", NULL, 1, 30, ERR_FORBIDDEN, "account"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct bh_err why = {0};
		struct token token = {.account = 4,
			.name = str_from(rows[i].name),
			.scopes = rows[i].scopes,
			.ends = {rows[i].days * US_PER_DAY}};

		expect_err(rows[i].says, token_may(&token, rows[i].account, (struct instant){0}, &why),
			rows[i].want, rows[i].place, &why);
	}
}

static void a_token_is_good_for_its_scope_until_its_end(void **state)
{
	struct token token = {.account = 4, .scopes = 1U << SCOPE_READ, .ends = {US_PER_DAY}};
	struct bh_err why = {0};

	(void)state;
	expect_err("in its scope", token_judge(&token, &person, SCOPE_READ, (struct instant){0}, &why),
		ERR_OK, "", &why);
	expect_err("outside it", token_judge(&token, &person, SCOPE_ACT, (struct instant){0}, &why),
		ERR_FORBIDDEN, "scope", &why);
	expect_err("at its end", token_judge(&token, &person, SCOPE_READ, (struct instant){US_PER_DAY}, &why),
		ERR_UNAUTHENTICATED, "token", &why);
	expect_err("of a disabled account",
		token_judge(&token, &disabled, SCOPE_READ, (struct instant){0}, &why), ERR_UNAUTHENTICATED,
		"token", &why);
	expect_err("of another account", token_judge(&token, &other, SCOPE_READ, (struct instant){0}, &why),
		ERR_UNAUTHENTICATED, "token", &why);
}

static void scopes_are_words(void **state)
{
	struct arena *arena = arena_new();
	struct bh_err why = {0};
	unsigned scopes = 0;

	(void)state;
	expect_err("two", scopes_parse(STR("act read"), &scopes, &why), ERR_OK, "", &why);
	assert_true(str_is(scopes_print(arena, scopes), "read act"));
	expect_err("none", scopes_parse(STR("read everything"), &scopes, &why), ERR_INVALID, "scope", &why);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sessions_end_by_their_table),
		cmocka_unit_test(a_proof_is_fresh_for_ten_minutes),
		cmocka_unit_test(tokens_are_for_persons_with_a_scope_and_an_end),
		cmocka_unit_test(a_token_is_good_for_its_scope_until_its_end),
		cmocka_unit_test(scopes_are_words),
	};

	return cmocka_run_group_tests_name("account: sessions and tokens", tests, NULL, NULL);
}
