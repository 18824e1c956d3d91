/* May this attempt pass? Every combination of what is known, and the lock with its clock. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE INT64_C(60000000)

static const struct account person = {.id = 4, .person = 1, .state = ACCOUNT_ACTIVE};
static const struct account waiting = {.id = 4, .person = 1, .state = ACCOUNT_WAITING};
static const struct account disabled = {.id = 4, .person = 1, .state = ACCOUNT_DISABLED};
static const struct account security = {.id = 2, .admin = ADMIN_SECURITY, .state = ACCOUNT_ACTIVE};

static const struct lock open_lock = {.until = {INT64_MIN}};

static struct sign_in attempt_at(int64_t minute)
{
	return (struct sign_in){.account = &person,
		.password_right = true,
		.one_time_ends = INSTANT_NONE,
		.lock = open_lock,
		.now = {minute * MINUTE}};
}

static void every_reason_has_its_row(void **state)
{
	static const struct {
		const char *says;
		const struct account *account;
		bool right, one_time, totp;
		int64_t one_time_minute;
		enum code_verdict code;
		enum sign_in_reason want;
		unsigned needs;
	} rows[] = {
		{"right", &person, true, false, false, 0, CODE_NONE, SIGN_IN_PASSED, 0},
		{"wrong password", &person, false, false, false, 0, CODE_NONE, SIGN_IN_PASSWORD, 0},
		{"nobody of that name, whatever is typed", NULL, true, false, false, 0, CODE_RIGHT,
			SIGN_IN_UNKNOWN, 0},
		{"waiting for release", &waiting, true, false, false, 0, CODE_NONE, SIGN_IN_WAITING, 0},
		{"disabled", &disabled, true, false, false, 0, CODE_NONE, SIGN_IN_DISABLED, 0},
		{"second factor given", &person, true, false, true, 0, CODE_RIGHT, SIGN_IN_PASSED, 0},
		{"second factor left out", &person, true, false, true, 0, CODE_NONE, SIGN_IN_CODE, 0},
		{"second factor wrong", &person, true, false, true, 0, CODE_WRONG, SIGN_IN_CODE, 0},
		{"second factor used before", &person, true, false, true, 0, CODE_USED, SIGN_IN_REPLAY, 0},
		{"right code, wrong password", &person, false, false, true, 0, CODE_RIGHT, SIGN_IN_PASSWORD,
			0},
		{"a code where none is enrolled", &person, true, false, false, 0, CODE_WRONG, SIGN_IN_PASSED,
			0},
		{"a one-time password", &person, true, true, false, 101, CODE_NONE, SIGN_IN_PASSED,
			NEED_PASSWORD},
		{"a one-time password after its end", &person, true, true, false, 100, CODE_NONE,
			SIGN_IN_EXPIRED, 0},
		{"an administrator", &security, true, false, true, 0, CODE_RIGHT, SIGN_IN_PASSED, 0},
		{"an administrator without second factor", &security, true, false, false, 0, CODE_NONE,
			SIGN_IN_PASSED, NEED_TOTP},
		{"an administrator's first time", &security, true, true, false, 101, CODE_NONE,
			SIGN_IN_PASSED, NEED_TOTP | NEED_PASSWORD},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct sign_in attempt = attempt_at(100);

		attempt.account = rows[i].account;
		attempt.password_right = rows[i].right;
		attempt.one_time = rows[i].one_time;
		attempt.one_time_ends.us = rows[i].one_time_minute * MINUTE;
		attempt.totp = rows[i].totp;
		attempt.code = rows[i].code;
		struct sign_in_verdict verdict = sign_in_decide(&attempt);

		if (verdict.reason != rows[i].want || verdict.needs != rows[i].needs)
			fail_msg("%s: %s, needs %u", rows[i].says, sign_in_reason_name(verdict.reason),
				verdict.needs);
		bool counts = rows[i].want == SIGN_IN_PASSWORD || rows[i].want == SIGN_IN_CODE ||
			      rows[i].want == SIGN_IN_REPLAY || rows[i].want == SIGN_IN_EXPIRED;

		assert_int_equal(verdict.lock.count, counts ? 1 : 0);
	}
}

static const struct account marked = {.id = 4, .person = 1, .state = ACCOUNT_ACTIVE, .break_glass = true};

/* Another server's word in the place of the password; and passwords where they are closed. */
static void by_another_server_or_in_spite_of_it(void **state)
{
	static const struct {
		const char *says;
		const struct account *account;
		bool right, elsewhere, strong, later, closed, totp;
		enum code_verdict code;
		enum sign_in_reason want;
		unsigned needs;
	} rows[] = {
		{"proved there", &person, true, true, false, false, true, false, CODE_NONE, SIGN_IN_PASSED,
			0},
		{"not proved there", &person, false, true, true, true, true, false, CODE_NONE,
			SIGN_IN_PASSWORD, 0},
		{"our code given with it", &person, true, true, false, false, true, true, CODE_RIGHT,
			SIGN_IN_PASSED, 0},
		{"our code left out", &person, true, true, false, false, true, true, CODE_NONE, SIGN_IN_CODE,
			0},
		{"our code comes later", &person, true, true, false, true, true, true, CODE_NONE,
			SIGN_IN_PASSED, NEED_CODE},
		{"none is enrolled", &person, true, true, false, true, true, false, CODE_NONE, SIGN_IN_PASSED,
			0},
		{"more factors there", &person, true, true, true, true, true, true, CODE_NONE, SIGN_IN_PASSED,
			0},
		{"waiting", &waiting, true, true, true, true, true, false, CODE_NONE, SIGN_IN_WAITING, 0},
		{"disabled", &disabled, true, true, true, true, true, false, CODE_NONE, SIGN_IN_DISABLED, 0},
		{"a password where it is closed", &person, true, false, false, false, true, false, CODE_NONE,
			SIGN_IN_ELSEWHERE, 0},
		{"a wrong one", &person, false, false, false, false, true, false, CODE_NONE, SIGN_IN_PASSWORD,
			0},
		{"a marked account's", &marked, true, false, false, false, true, true, CODE_RIGHT,
			SIGN_IN_PASSED, 0},
		{"without its second factor", &marked, true, false, false, false, true, true, CODE_NONE,
			SIGN_IN_CODE, 0},
		{"before it has one", &marked, true, false, false, false, true, false, CODE_NONE,
			SIGN_IN_PASSED, NEED_TOTP},
		{"an administrator's", &security, true, false, false, false, true, true, CODE_RIGHT,
			SIGN_IN_PASSED, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct sign_in attempt = attempt_at(100);

		attempt.account = rows[i].account;
		attempt.password_right = rows[i].right;
		attempt.elsewhere = rows[i].elsewhere;
		attempt.strong = rows[i].strong;
		attempt.code_later = rows[i].later;
		attempt.local_closed = rows[i].closed;
		attempt.totp = rows[i].totp;
		attempt.code = rows[i].code;
		attempt.fault =
			rows[i].elsewhere ? PASSWORD_SHORT : PASSWORD_GOOD; /* of no password of ours */
		attempt.lock.failures[attempt.lock.count++] = (struct instant){99 * MINUTE};
		struct sign_in_verdict verdict = sign_in_decide(&attempt);
		size_t failures = rows[i].want == SIGN_IN_PASSWORD || rows[i].want == SIGN_IN_CODE ? 2
				  : rows[i].want == SIGN_IN_PASSED && rows[i].needs != NEED_CODE   ? 0
												   : 1;

		if (verdict.reason != rows[i].want || verdict.needs != rows[i].needs ||
			verdict.lock.count != failures)
			fail_msg("%s: %s, needs %u, %zu failures", rows[i].says,
				sign_in_reason_name(verdict.reason), verdict.needs, verdict.lock.count);
	}
}

static void the_profile_in_force_judges_the_password_that_is_typed(void **state)
{
	struct sign_in attempt = attempt_at(0);

	(void)state;
	attempt.fault = PASSWORD_KINDS;
	assert_int_equal(sign_in_decide(&attempt).needs, NEED_PASSWORD);
	attempt.fault = PASSWORD_GOOD;
	attempt.now.us = 91 * US_PER_DAY;
	attempt.profile = PROFILE_ASVS;
	assert_int_equal(sign_in_decide(&attempt).needs, 0);
	attempt.profile = PROFILE_DJBH3;
	assert_int_equal(sign_in_decide(&attempt).needs, NEED_PASSWORD);
}

/* One account through a story of attempts. */
static void five_failures_in_a_quarter_shut_it_for_half_an_hour(void **state)
{
	static const struct {
		int64_t minute;
		bool right;
		enum sign_in_reason want;
		size_t failures;
		bool locks;
	} story[] = {
		{0, false, SIGN_IN_PASSWORD, 1, false},
		{1, false, SIGN_IN_PASSWORD, 2, false},
		{2, false, SIGN_IN_PASSWORD, 3, false},
		{3, false, SIGN_IN_PASSWORD, 4, false},
		{4, true, SIGN_IN_PASSED, 0, false}, /* a success forgets them */
		{10, false, SIGN_IN_PASSWORD, 1, false},
		{11, false, SIGN_IN_PASSWORD, 2, false},
		{12, false, SIGN_IN_PASSWORD, 3, false},
		{13, false, SIGN_IN_PASSWORD, 4, false},
		{25, false, SIGN_IN_PASSWORD, 4, false}, /* the one of minute 10 is a quarter old */
		{26, false, SIGN_IN_PASSWORD, 4, false},
		{26, false, SIGN_IN_PASSWORD, 0, true}, /* 12, 13, 25, 26, 26 */
		{27, true, SIGN_IN_LOCKED, 0, false},
		{55, true, SIGN_IN_LOCKED, 0, false},
		{55, false, SIGN_IN_LOCKED, 0, false}, /* attempts don't lengthen it */
		{56, false, SIGN_IN_PASSWORD, 1, false},
		{56, true, SIGN_IN_PASSED, 0, false},
	};
	struct lock lock = open_lock;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(story); i++) {
		struct sign_in attempt = attempt_at(story[i].minute);

		attempt.password_right = story[i].right;
		attempt.lock = lock;
		struct sign_in_verdict verdict = sign_in_decide(&attempt);

		if (verdict.reason != story[i].want || verdict.lock.count != story[i].failures ||
			verdict.locked_now != story[i].locks)
			fail_msg("step %zu: %s with %zu failures", i, sign_in_reason_name(verdict.reason),
				verdict.lock.count);
		lock = verdict.lock;
	}
}

static void a_lock_ends_to_the_microsecond(void **state)
{
	struct sign_in attempt = attempt_at(0);
	struct lock lock = open_lock;

	(void)state;
	attempt.password_right = false;
	for (size_t i = 0; i < LOCK_FAILURES_MAX; i++) {
		attempt.lock = lock;
		lock = sign_in_decide(&attempt).lock;
	}
	assert_true(lock_holds(&lock, (struct instant){30 * MINUTE - 1}));
	assert_false(lock_holds(&lock, (struct instant){30 * MINUTE}));
}

static void everybody_is_told_the_same(void **state)
{
	struct bh_err why = {0};

	(void)state;
	assert_int_equal(sign_in_refuse(SIGN_IN_PASSWORD, &why), ERR_UNAUTHENTICATED);
	assert_string_equal(why.place, "account");
	assert_non_null(strstr(why.text, "5 wrong attempts"));
	assert_non_null(strstr(why.text, "30 minutes"));
	assert_int_equal(sign_in_refuse(SIGN_IN_ELSEWHERE, &why), ERR_UNAUTHENTICATED);
	assert_string_equal(why.place, "way");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_reason_has_its_row),
		cmocka_unit_test(by_another_server_or_in_spite_of_it),
		cmocka_unit_test(the_profile_in_force_judges_the_password_that_is_typed),
		cmocka_unit_test(five_failures_in_a_quarter_shut_it_for_half_an_hour),
		cmocka_unit_test(a_lock_ends_to_the_microsecond),
		cmocka_unit_test(everybody_is_told_the_same),
	};

	return cmocka_run_group_tests_name("account: signing in", tests, NULL, NULL);
}
