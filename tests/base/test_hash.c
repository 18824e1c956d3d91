/* test_hash.c: SHA-256, Ed25519, and the texts of bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void assert_hash(struct hash hash, const char *wanted)
{
	assert_string_equal(hex_print(arena, hash.bytes, HASH_SIZE).data, wanted);
}

static struct str unhex(const char *text)
{
	struct str bytes;

	if (!hex_parse(arena, str_from(text), &bytes))
		fail_msg("%s", text);
	return bytes;
}

/* FIPS 180-2, appendix B, and the empty text. */
static void sha256_gives_the_known_answers(void **state)
{
	struct buf million = buf_new(arena);

	(void)state;
	assert_hash(hash_bytes("", 0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_hash(hash_bytes("abc", 3), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_hash(hash_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56),
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	for (int i = 0; i < 100000; i++)
		buf_puts(&million, "aaaaaaaaaa");
	assert_hash(hash_bytes(million.data, million.size),
		"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void a_hash_of_pieces_is_the_hash_of_the_whole(void **state)
{
	char text[300];

	(void)state;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)(i * 7);
	struct hash whole = hash_bytes(text, sizeof text);

	for (size_t cut = 0; cut <= sizeof text; cut++) {
		const struct str parts[] = {{text, cut}, STR_NONE, {text + cut, (sizeof text - cut) / 2},
			{text + cut + (sizeof text - cut) / 2, sizeof text - cut - (sizeof text - cut) / 2}};
		struct hash in_parts = hash_parts(parts, ARRAY_COUNT(parts));
		struct hash_stream *stream = hash_stream_new();

		for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
			hash_stream_put(stream, parts[i].data, parts[i].size);
		struct hash streamed = hash_stream_end(stream);

		assert_true(hash_equal(&whole, &in_parts) && hash_equal(&whole, &streamed));
	}
	struct hash other = hash_bytes(text, sizeof text - 1);

	assert_false(hash_equal(&whole, &other));
}

static void hex_is_read_strictly(void **state)
{
	static const char *const bad[] = {
		"0", "abc", "0g", "g0", "0G", "@0", "0`", "/0", "0:", " 00", "00 ", "0x00", "００", "-1"};
	struct str bytes;

	(void)state;
	assert_string_equal(hex_print(arena, "\x00\xAB\xff", 3).data, "00abff");
	assert_true(str_equal(unhex("00aBFfA0f9"), (struct str){"\x00\xAB\xff\xA0\xF9", 5}));
	assert_int_equal(unhex("").size, 0);
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		if (hex_parse(arena, str_from(bad[i]), &bytes))
			fail_msg("'%s' is taken", bad[i]);
}

/* RFC 4648, section 10. */
static const struct {
	const char *plain, *coded;
} base64s[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
	{"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF", "+/8="}};

static void base64_is_read_strictly(void **state)
{
	static const char *const bad[] = {"Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm8", "=",
		"==", "===", "====", "Zg==Zg==", "Zm9v\n", "\nZm9v", " Zm9v", "Zm 9v", "Zm9v    ", "    Zm9v",
		"-_8=", "Zm9v=", "Z=9v", "=m9v", "Zm9\xFF", "Zm9v\r\n\r\n", "Zg==\n\n\n\n"};
	struct str bytes;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(base64s); i++) {
		struct str plain = str_from(base64s[i].plain);

		assert_string_equal(base64_print(arena, plain.data, plain.size).data, base64s[i].coded);
		assert_true(
			base64_parse(arena, str_from(base64s[i].coded), &bytes) && str_equal(bytes, plain));
	}
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		if (base64_parse(arena, str_from(bad[i]), &bytes))
			fail_msg("'%s' is taken", bad[i]);
	assert_false(base64_parse(arena, (struct str){"Zm\0v", 4}, &bytes));
}

/* Of every text of base64 letters only one stands for given bytes. */
static void no_two_base64_texts_mean_the_same(void **state)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct str bytes;
	size_t taken = 0;

	(void)state;
	for (int a = 0; a < 64; a++)
		for (int b = 0; b < 64; b++) {
			char one[] = {letters[a], letters[b], '=', '='},
			     two[] = {letters[a], letters[b], letters[b], '='};

			taken += base64_parse(arena, (struct str){one, 4}, &bytes);
			taken += base64_parse(arena, (struct str){two, 4}, &bytes);
		}
	assert_int_equal(taken, 256 + 64 * 16);
}

/* RFC 8032, section 7.1: tests 1, 2, 3, 1024 is too long to stand here, and SHA(abc). */
static const struct {
	const char *seed, *public_key, *message, *signature;
} signatures[] = {
	{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
		"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
		"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
		"5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
	{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
		"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		"085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
	{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
		"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
		"18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
	{"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
		"ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
		"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
		"2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
		"dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
		"09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"},
};

static void ed25519_gives_the_known_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(signatures); i++) {
		struct sign_key *key = sign_key_new((const uint8_t *)unhex(signatures[i].seed).data);
		uint8_t public_key[SIGN_PUBLIC_SIZE], signature[SIGN_SIGNATURE_SIZE];
		struct str message = unhex(signatures[i].message);

		sign_key_public(key, public_key);
		sign_message(key, message, signature);
		assert_string_equal(
			hex_print(arena, public_key, sizeof public_key).data, signatures[i].public_key);
		assert_string_equal(
			hex_print(arena, signature, sizeof signature).data, signatures[i].signature);
		assert_true(sign_verify(
			public_key, message, (struct str){(const char *)signature, sizeof signature}));
		sign_key_free(key);
	}
	sign_key_free(NULL);
}

static void a_changed_signature_message_or_key_is_refused(void **state)
{
	struct str public_key = unhex(signatures[2].public_key), message = unhex(signatures[2].message),
		   signature = unhex(signatures[2].signature);
	const struct str texts[] = {public_key, message, signature};

	(void)state;
	assert_true(sign_verify((const uint8_t *)public_key.data, message, signature));
	for (size_t t = 0; t < ARRAY_COUNT(texts); t++)
		for (size_t bit = 0; bit < 8 * texts[t].size; bit++) {
			char *byte =
				(char *)(uintptr_t)&texts[t].data[bit / 8]; /* our own copy, in the arena */

			*byte = (char)(*byte ^ 1 << bit % 8);
			if (sign_verify((const uint8_t *)public_key.data, message, signature))
				fail_msg("text %zu, bit %zu", t, bit);
			*byte = (char)(*byte ^ 1 << bit % 8);
		}
	assert_false(sign_verify((const uint8_t *)public_key.data, message, str_slice(signature, 0, 63)));
	assert_false(sign_verify((const uint8_t *)public_key.data, message, STR_NONE));
	assert_false(sign_verify((const uint8_t *)public_key.data, STR_NONE, signature));
}

/* S + L in place of S signs the same to a careless verifier; then one note could have two signatures. */
static void the_same_signature_has_no_second_form(void **state)
{
	struct str order = unhex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
	struct str public_key = unhex(signatures[2].public_key), message = unhex(signatures[2].message),
		   signature = unhex(signatures[2].signature);
	uint8_t second[SIGN_SIGNATURE_SIZE];
	unsigned carry = 0;

	(void)state;
	memcpy(second, signature.data, sizeof second);
	for (size_t i = 0; i < 32; i++) {
		carry += second[32 + i] + (unsigned)(unsigned char)order.data[i];
		second[32 + i] = (uint8_t)carry;
		carry >>= 8;
	}
	assert_false(sign_verify((const uint8_t *)public_key.data, message,
		(struct str){(const char *)second, sizeof second}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_gives_the_known_answers),
		cmocka_unit_test(a_hash_of_pieces_is_the_hash_of_the_whole),
		cmocka_unit_test(hex_is_read_strictly),
		cmocka_unit_test(base64_is_read_strictly),
		cmocka_unit_test(no_two_base64_texts_mean_the_same),
		cmocka_unit_test(ed25519_gives_the_known_answers),
		cmocka_unit_test(a_changed_signature_message_or_key_is_refused),
		cmocka_unit_test(the_same_signature_has_no_second_form),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
