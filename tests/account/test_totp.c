/* One-time codes against the vectors of the RFCs, and the secrets people type. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct str rfc_secret = {"12345678901234567890", 20};

/* RFC 6238, appendix B (SHA-1), the last six of its eight digits. */
static void codes_are_those_of_the_rfc(void **state)
{
	static const struct {
		int64_t seconds;
		const char *code;
	} rows[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"},
		{2000000000, "279037"}, {20000000000, "353130"}};
	char code[7];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		totp_code(rfc_secret, totp_step((struct instant){rows[i].seconds * 1000000}), code);
		assert_string_equal(code, rows[i].code);
	}
}

/* RFC 4226, appendix D. */
static void counters_are_those_of_the_rfc(void **state)
{
	static const char *const codes[] = {"755224", "287082", "359152", "969429", "338314", "254676",
		"287922", "162583", "399871", "520489"};
	char code[7];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(codes); i++) {
		totp_code(rfc_secret, (int64_t)i, code);
		assert_string_equal(code, codes[i]);
	}
}

static void one_step_early_or_late_is_fine_and_each_counts_once(void **state)
{
	static const struct {
		const char *says;
		int64_t step, last;
		enum code_verdict want;
	} rows[] = {
		{"the present step", 1000, 0, CODE_RIGHT},
		{"the step before", 999, 0, CODE_RIGHT},
		{"the step after", 1001, 0, CODE_RIGHT},
		{"two before", 998, 0, CODE_WRONG},
		{"two after", 1002, 0, CODE_WRONG},
		{"the same again", 1000, 1000, CODE_USED},
		{"an older one after a newer", 999, 1000, CODE_USED},
		{"a newer one after an older", 1001, 1000, CODE_RIGHT},
		{"all used up", 1001, 1001, CODE_USED},
	};
	struct instant now = {1000 * TOTP_STEP_US + 17};
	char code[7];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		int64_t step = -1;

		totp_code(rfc_secret, rows[i].step, code);
		enum code_verdict got =
			totp_check(rfc_secret, now, rows[i].last, (struct str){code, 6}, &step);

		if (got != rows[i].want)
			fail_msg("%s", rows[i].says);
		assert_int_equal(step, got == CODE_RIGHT ? rows[i].step : -1);
	}
	int64_t step;

	assert_int_equal(totp_check(rfc_secret, now, 0, STR(""), &step), CODE_WRONG);
	assert_int_equal(totp_check(rfc_secret, now, 0, STR("1234567"), &step), CODE_WRONG);
}

/* RFC 4648, section 10, without padding, as authenticator apps read it. */
static void secrets_are_printed_for_apps(void **state)
{
	static const struct {
		const char *bytes, *text;
	} rows[] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"},
		{"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		assert_true(str_is(base32_print(arena, rows[i].bytes, strlen(rows[i].bytes)), rows[i].text));
	assert_string_equal(totp_uri(arena, STR("蓬江 A"), STR("wang.jun"), rfc_secret).data,
		"otpauth://totp/%E8%93%AC%E6%B1%9F%20A:wang.jun?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		"&issuer=%E8%93%AC%E6%B1%9F%20A");
	arena_free(arena);
}

static void what_is_typed_reads_back_however_it_is_typed(void **state)
{
	struct arena *arena = arena_new();
	const uint8_t bytes[] = {0x08, 0x42, 0x10, 0x00, 0xff, 0xff, 0xfe, 0x12, 0x34, 0x56};
	struct str printed = typed_print(arena, bytes, sizeof bytes);

	(void)state;
	assert_string_equal(printed.data, "1111-007z-zzz1-4d2p");
	assert_true(str_is(typed_read(arena, STR("1iL1 oO7z ZZZI-4d2P")), "1111007zzzz14d2p"));
	assert_true(str_equal(typed_read(arena, printed), STR("1111007zzzz14d2p")));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_the_rfc),
		cmocka_unit_test(counters_are_those_of_the_rfc),
		cmocka_unit_test(one_step_early_or_late_is_fine_and_each_counts_once),
		cmocka_unit_test(secrets_are_printed_for_apps),
		cmocka_unit_test(what_is_typed_reads_back_however_it_is_typed),
	};

	return cmocka_run_group_tests_name("account: one-time codes", tests, NULL, NULL);
}
