/* test_pubkey.c: signatures of others by the numbers of their public keys: made by another program, and each
 * broken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

#include <string.h>

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

static struct str bytes_of(const char *text)
{
	struct str bytes;

	assert_true(base64url_parse(arena, str_from(text), &bytes));
	return bytes;
}

/* The same with one bit of one byte changed. */
static struct str bent(struct str bytes, size_t at)
{
	struct str copy = str_copy(arena, bytes);

	((char *)(uintptr_t)copy.data)[at] ^= 1;
	return copy;
}

static const char rsa_n[] =
	"8HGzzWksJQdCCjNc8EqtpDYvE8qOHr2EZCzW4y7aMt3WsLOkpH7TY-uIHuLHK4Tc94emvX5MrGEeDgkpKRov4I-X"
	"sFBXE09V2RFhDQgal6zL75Tf4dPC9s67fUud5y4NZlkvUtB7Aes8hs9-uOm9ewUl5CrN46snPhjiOXRI7_r-cWJD"
	"39ccwSviLqwjOuJ_WMZ2u_nGlqKyfm0EWZeaf_ofQHP3dR71AMPS0h4aCtPdI1SWTP8_WLfXWjxCHWOiTzPuj8C8"
	"jcT5pdqyTAclu3b3t6wFC_eqz_PPu1CFRfhlsEgkoucBSGCyAPHCzUJ9OmV2I42Vh_xVcQTGx0d-LQ";
static const char rsa_message[] = "eyJhbGciOiJSUzI1NiIsImtpZCI6InIxIn0.eyJhIjoxfQ";
static const char rsa_signature[] =
	"IF-WmvFbtNHUFMdtsxrp0RYgs6tubBkLhrWChrUW-IfIpPZEF5B0izQ4a2uq8VuzMxaTs2WGhCWoDIiecQiVXWzJ"
	"CKHmBMiQXiUGCI61WRFq8IEuZOHH3apblvxtXdOg3ccEDOodZqyzA-zZ8_w2IWhD4FDz6JmWFuQ1dkwZl9IzqDZ6"
	"8suOrLxCjjQFBOpOQDej6TJmkwEl0f55D5iKqL4YR4N43Y4pl1HaUlDIAsg7WOfq3JmtMiMh9SzN996yyCy3VxUV"
	"MnlAWDNuPikIpv_Q7vw_PYfDJTax-A_vfbXmuFa1l6SL4fGLXVepscw3WSD5YcD5Yktg1DCaFu1XvQ";
static const char ec_x[] = "Wt9pTofwEZgeAT2pCjJdhUP_DCRjELbTSwi6go3XxvQ",
		  ec_y[] = "Xif89dfbAhiz22B9C7SV_XUHtVA_0VY7WX_dMRgKqIo";
static const char ec_message[] = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImUxIn0.eyJhIjoxfQ";
static const char ec_signature[] =
	"i2-jYfZ4XVs5rwwIlh0rad44hHe4h1MGQR4-bO5s19ozub5azKZd5Bjk_gO8fWs2B7313BwoT5wHfT8TFhMvNQ";

static void rs256_by_its_own_key_and_message_alone(void **state)
{
	struct str n = bytes_of(rsa_n), e = bytes_of("AQAB"), message = str_from(rsa_message),
		   signature = bytes_of(rsa_signature);

	(void)state;
	assert_true(pubkey_verify_rs256(n, e, message, signature));
	assert_false(pubkey_verify_rs256(n, e, bent(message, 3), signature));
	assert_false(pubkey_verify_rs256(n, e, message, bent(signature, 200)));
	assert_false(pubkey_verify_rs256(n, e, message, str_slice(signature, 0, 255)));
	assert_false(pubkey_verify_rs256(n, e, message, STR("")));
	assert_false(pubkey_verify_rs256(bent(n, 100), e, message, signature));
	assert_false(pubkey_verify_rs256(n, bytes_of("AAAD"), message, signature));
}

static void an_rsa_key_that_is_none_verifies_nothing(void **state)
{
	struct str n = bytes_of(rsa_n), e = bytes_of("AQAB"), message = str_from(rsa_message),
		   signature = bytes_of(rsa_signature);

	(void)state;
	/* With the exponent 1 everything is its own signature. */
	assert_false(pubkey_verify_rs256(n, STR("\1"), message, signature));
	assert_false(pubkey_verify_rs256(n, STR("\2"), message, signature));
	assert_false(pubkey_verify_rs256(n, STR(""), message, signature));
	assert_false(pubkey_verify_rs256(STR(""), e, message, signature));
	assert_false(pubkey_verify_rs256(str_slice(n, 0, 128), e, message, str_slice(signature, 0, 128)));
	assert_false(pubkey_verify_rs256(bent(n, 255), e, message, signature)); /* even */
}

static void es256_by_its_own_key_and_message_alone(void **state)
{
	struct str x = bytes_of(ec_x), y = bytes_of(ec_y), message = str_from(ec_message),
		   signature = bytes_of(ec_signature);
	char nothing[64] = {0};

	(void)state;
	assert_true(pubkey_verify_es256(x, y, message, signature));
	assert_false(pubkey_verify_es256(x, y, bent(message, 3), signature));
	assert_false(pubkey_verify_es256(x, y, message, bent(signature, 5)));
	assert_false(pubkey_verify_es256(x, y, message, bent(signature, 40)));
	assert_false(pubkey_verify_es256(x, y, message, str_slice(signature, 0, 63)));
	assert_false(pubkey_verify_es256(x, y, message, (struct str){nothing, sizeof nothing}));
	assert_false(pubkey_verify_es256(y, x, message, signature)); /* no point of the curve */
	assert_false(pubkey_verify_es256(str_slice(x, 0, 31), y, message, signature));
}

static void base64url_is_strict(void **state)
{
	static const char *const wrong[] = {"A", "AA=", "AA==", "A+", "A/", "A-_*", "AB", "A A", "AAAAA"};
	struct str bytes;

	(void)state;
	assert_true(base64url_parse(arena, STR("-_8"), &bytes) && bytes.size == 2);
	assert_int_equal((unsigned char)bytes.data[0], 0xfb);
	assert_string_equal(base64url_print(arena, "\xfb\xff", 2).data, "-_8");
	assert_true(base64url_parse(arena, STR(""), &bytes) && bytes.size == 0);
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		if (base64url_parse(arena, str_from(wrong[i]), &bytes))
			fail_msg("%s was taken", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rs256_by_its_own_key_and_message_alone),
		cmocka_unit_test(an_rsa_key_that_is_none_verifies_nothing),
		cmocka_unit_test(es256_by_its_own_key_and_message_alone),
		cmocka_unit_test(base64url_is_strict),
	};

	return cmocka_run_group_tests_name("base: signatures of others", tests, begin, end);
}
