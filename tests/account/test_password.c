/* What a password must be, by each profile. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct str names[] = {
	{"wang.jun", 8}, {"王军", 6}, {"pengjiang-2019", 14}, {"蓬江区", 9}, {"li", 2}};

static void each_profile_has_its_rules(void **state)
{
	static const struct {
		const char *password;
		enum password_fault asvs, djbh3;
	} rows[] = {
		{"quiet-otter-mends-7-clocks", PASSWORD_GOOD, PASSWORD_GOOD},
		{"quiet otter mends clocks", PASSWORD_GOOD, PASSWORD_KINDS},
		{"Tv9#kQ2w!m", PASSWORD_SHORT, PASSWORD_GOOD},
		{"Tv9#kQ2w!", PASSWORD_SHORT, PASSWORD_SHORT},
		{"tvkqwmzrhgpd", PASSWORD_GOOD, PASSWORD_KINDS},
		{"tvkqwmzrhgp", PASSWORD_SHORT, PASSWORD_KINDS},
		{"837465920183", PASSWORD_GOOD, PASSWORD_KINDS},
		{"月落乌啼霜满天江枫渔火", PASSWORD_SHORT, PASSWORD_KINDS}, /* eleven characters */
		{"月落乌啼霜满天江枫渔火对愁眠", PASSWORD_GOOD, PASSWORD_KINDS},
		{"月落乌啼Hs7满天江枫", PASSWORD_SHORT, PASSWORD_GOOD},
		{"aaaaaaaaaaaaaaaa", PASSWORD_UNVARIED, PASSWORD_UNVARIED},
		{"abababababab", PASSWORD_UNVARIED, PASSWORD_UNVARIED},
		{"Ab1-Ab1-Ab1-Ab1", PASSWORD_UNVARIED, PASSWORD_UNVARIED},
		{"xk7-WANG.JUN-qz", PASSWORD_NAMED, PASSWORD_NAMED},
		{"Tv9#王军kQ2w!m", PASSWORD_NAMED, PASSWORD_NAMED},
		{"my-pengjiang-2019-key", PASSWORD_NAMED, PASSWORD_NAMED},
		{"quail-Lipid-zesty-94!", PASSWORD_GOOD,
			PASSWORD_GOOD}, /* a name of two letters isn't looked for */
		{"tab\there-Is-one", PASSWORD_NOT_TEXT, PASSWORD_NOT_TEXT},
		{"bad\xff\xfe-Bytes-1234", PASSWORD_NOT_TEXT, PASSWORD_NOT_TEXT},
		{"", PASSWORD_SHORT, PASSWORD_SHORT},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct str password = str_from(rows[i].password);
		enum password_fault asvs = password_check(PROFILE_ASVS, password, names, ARRAY_COUNT(names));
		enum password_fault djbh3 =
			password_check(PROFILE_DJBH3, password, names, ARRAY_COUNT(names));

		if (asvs != rows[i].asvs || djbh3 != rows[i].djbh3)
			fail_msg("%s: asvs says %s, djbh3 says %s", rows[i].password,
				password_fault_name(asvs), password_fault_name(djbh3));
	}
}

static void lengths_are_counted_in_characters_and_bounded(void **state)
{
	char text[PASSWORD_SIZE_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)('!' + i * 7 % 90);
	assert_int_equal(password_check(PROFILE_ASVS, (struct str){text, 128}, NULL, 0), PASSWORD_GOOD);
	assert_int_equal(password_check(PROFILE_ASVS, (struct str){text, 129}, NULL, 0), PASSWORD_LONG);
	assert_int_equal(
		password_check(PROFILE_ASVS, (struct str){text, sizeof text}, NULL, 0), PASSWORD_LONG);
}

static void what_everybody_tries_first_is_refused(void **state)
{
	static const char *const common[] = {"password1234", "Password1234", "PASSWORD2019!!", "123456789012",
		"1qaz2wsx3edc4rfv", "qwertyuiop123", "iloveyou19850312", "woaini5201314", "woaini1314520",
		"zhangwei19850312", "wangwei13800138000", "admin888admin888", "Huawei123Huawei",
		"beijing2008!", "qq123456789", "a123456789a123", "Aa123456Aa123456", "football20250101",
		"1985031219850312", "monkey-dragon-123", "abcdefghijkl", "zyxwvutsrqpo", "2019password2019",
		"letmein!!!2024", "P@ssw0rd2019"};
	static const char *const uncommon[] = {"quiet otter mends clocks", "correct horse battery staple",
		"837465920183", "$)*&@!^(%#~:", "tvkqwmzrhgpd", "password", "dragon tax ruler violin",
		"monkey-dragon-violet-123", "7k3m9x2q5w8r", "月落乌啼霜满天江枫渔火对愁眠"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(common); i++)
		if (!password_is_common(str_from(common[i])))
			fail_msg("%s was let through", common[i]);
	for (size_t i = 0; i < ARRAY_COUNT(uncommon); i++)
		if (password_is_common(str_from(uncommon[i])) != (strcmp(uncommon[i], "password") == 0))
			fail_msg("%s was refused", uncommon[i]);
}

static void only_djbh3_counts_days_and_the_past(void **state)
{
	struct instant set = {0}, day_90 = {90 * US_PER_DAY}, before = {90 * US_PER_DAY - 1};

	(void)state;
	assert_false(password_is_too_old(PROFILE_ASVS, set, (struct instant){3650 * US_PER_DAY}));
	assert_false(password_is_too_old(PROFILE_DJBH3, set, before));
	assert_true(password_is_too_old(PROFILE_DJBH3, set, day_90));
	assert_int_equal(password_past_refused(PROFILE_ASVS), 0);
	assert_int_equal(password_past_refused(PROFILE_DJBH3), 5);
}

static void each_fault_says_what_to_do(void **state)
{
	(void)state;
	for (size_t profile = 0; profile < PROFILE_COUNT; profile++)
		for (size_t fault = PASSWORD_GOOD + 1; fault < PASSWORD_FAULT_COUNT; fault++) {
			struct bh_err why = {0};

			assert_int_equal(password_refuse((enum password_profile)profile,
						 (enum password_fault)fault, &why),
				ERR_INVALID);
			assert_string_equal(why.place, "password");
			assert_true(strlen(why.text) > 20);
		}
}

static void a_profile_is_known_by_its_name(void **state)
{
	enum password_profile profile = PROFILE_ASVS;

	(void)state;
	assert_true(password_profile_parse(STR("djbh3"), &profile));
	assert_int_equal(profile, PROFILE_DJBH3);
	assert_false(password_profile_parse(STR("djbh4"), &profile));
	assert_string_equal(password_profile_name(PROFILE_ASVS), "asvs");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_profile_has_its_rules),
		cmocka_unit_test(lengths_are_counted_in_characters_and_bounded),
		cmocka_unit_test(what_everybody_tries_first_is_refused),
		cmocka_unit_test(only_djbh3_counts_days_and_the_past),
		cmocka_unit_test(each_fault_says_what_to_do),
		cmocka_unit_test(a_profile_is_known_by_its_name),
	};

	return cmocka_run_group_tests_name("account: passwords", tests, NULL, NULL);
}
