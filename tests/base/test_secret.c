/* What keeps secrets: Argon2id, keyed hashes, sealing; each against published vectors. */
#include "base/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct password_cost light = {.memory_kib = 64, .passes = 1, .lanes = 1};

static void expect_hex(struct arena *arena, const void *bytes, size_t size, const char *want)
{
	assert_string_equal(hex_print(arena, bytes, size).data, want);
}

/* From the test suite of the reference implementation (phc-winner-argon2, test.c). */
static void a_password_kept_elsewhere_fits_here(void **state)
{
	struct str kept = STR("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
			      "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

	(void)state;
	assert_true(password_fits(STR("password"), kept));
	assert_false(password_fits(STR("passwore"), kept));
	assert_false(password_fits(STR("password "), kept));
	assert_false(password_fits(STR(""), kept));
}

static void a_kept_password_names_its_cost_and_depends_on_its_salt(void **state)
{
	struct arena *arena = arena_new();
	uint8_t salt[PASSWORD_SALT_SIZE] = {1}, other[PASSWORD_SALT_SIZE] = {2};
	struct str kept = password_keep(arena, STR("闭环管理 2019"), salt, light);
	struct str again = password_keep(arena, STR("闭环管理 2019"), other, light);

	(void)state;
	assert_true(str_starts(kept, "$argon2id$v=19$m=64,t=1,p=1$"));
	assert_false(str_equal(kept, again));
	assert_true(password_fits(STR("闭环管理 2019"), kept));
	assert_true(password_fits(STR("闭环管理 2019"), again));
	assert_true(password_is_current(kept, light));
	assert_false(password_is_current(kept, password_cost_owasp));
	arena_free(arena);
}

static void what_is_no_kept_password_fits_nothing(void **state)
{
	static const char *const texts[] = {"", "password", "$argon2id$",
		"$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AA", "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$",
		"$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$!!!!"};
	char longest[PASSWORD_SIZE_MAX + 1];

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		assert_false(password_fits(STR("password"), str_from(texts[i])));
	memset(longest, 'a', sizeof longest);
	assert_false(
		password_fits((struct str){longest, sizeof longest}, STR("$argon2id$v=19$m=64,t=1,p=1$")));
}

/* RFC 2202, case 2; RFC 4231, cases 2 and 6. */
static void keyed_hashes_are_those_of_the_standards(void **state)
{
	struct arena *arena = arena_new();
	struct str message = STR("what do ya want for nothing?");
	uint8_t mac[HMAC_SHA1_SIZE];
	char key[131];
	struct hash hash = hmac_sha256(STR("Jefe"), message);

	(void)state;
	hmac_sha1(STR("Jefe"), message, mac);
	expect_hex(arena, mac, sizeof mac, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
	expect_hex(arena, hash.bytes, HASH_SIZE,
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	hash = hmac_sha256(
		(struct str){key, sizeof key}, STR("Test Using Larger Than Block-Size Key - Hash Key First"));
	expect_hex(arena, hash.bytes, HASH_SIZE,
		"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	arena_free(arena);
}

/* Test case 14 of McGrew and Viega's specification of GCM. */
static void a_seal_is_what_the_standard_says(void **state)
{
	struct arena *arena = arena_new();
	uint8_t key[SEAL_KEY_SIZE] = {0}, nonce[SEAL_NONCE_SIZE] = {0};
	char zeros[16] = {0};
	struct str sealed = seal_close(arena, key, nonce, STR(""), (struct str){zeros, sizeof zeros});

	(void)state;
	expect_hex(arena, sealed.data, sealed.size,
		"000000000000000000000000"
		"cea7403d4d606b6e074ec5d3baf39d18"
		"d0d1c8a799996bf0265b98b5d48ab919");
	arena_free(arena);
}

static void a_seal_opens_only_whole_and_for_its_own_thing(void **state)
{
	struct arena *arena = arena_new();
	uint8_t key[SEAL_KEY_SIZE] = {7}, other[SEAL_KEY_SIZE] = {8}, nonce[SEAL_NONCE_SIZE] = {9};
	struct str sealed = seal_close(arena, key, nonce, STR("account 3"), STR("twenty secret bytes!")),
		   secret;

	(void)state;
	assert_true(seal_open(arena, key, STR("account 3"), sealed, &secret));
	assert_true(str_is(secret, "twenty secret bytes!"));
	assert_false(seal_open(arena, key, STR("account 4"), sealed, &secret));
	assert_false(seal_open(arena, other, STR("account 3"), sealed, &secret));
	for (size_t i = 0; i < sealed.size; i++) {
		char *changed = (char *)(uintptr_t)str_copy(arena, sealed).data;

		changed[i] ^= 1;
		assert_false(
			seal_open(arena, key, STR("account 3"), (struct str){changed, sealed.size}, &secret));
		assert_false(seal_open(arena, key, STR("account 3"), (struct str){sealed.data, i}, &secret));
	}
	arena_free(arena);
}

static void secrets_are_equal_byte_by_byte(void **state)
{
	(void)state;
	assert_true(secret_equal(STR("abc"), STR("abc")));
	assert_true(secret_equal(STR_NONE, STR("")));
	assert_false(secret_equal(STR("abc"), STR("abd")));
	assert_false(secret_equal(STR("abc"), STR("ab")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_kept_elsewhere_fits_here),
		cmocka_unit_test(a_kept_password_names_its_cost_and_depends_on_its_salt),
		cmocka_unit_test(what_is_no_kept_password_fits_nothing),
		cmocka_unit_test(keyed_hashes_are_those_of_the_standards),
		cmocka_unit_test(a_seal_is_what_the_standard_says),
		cmocka_unit_test(a_seal_opens_only_whole_and_for_its_own_thing),
		cmocka_unit_test(secrets_are_equal_byte_by_byte),
	};

	return cmocka_run_group_tests_name("base: secrets", tests, NULL, NULL);
}
