#include "base/pubkey.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

#define RSA_BITS_MIN  2048
#define RSA_BITS_MAX  8192
#define EXPONENT_MAX  8 /* bytes */
#define COORDINATE    32
#define SIGNATURE_DER 128

/* The key that these parameters are; NULL when they are none. */
static EVP_PKEY *make_key(const char *kind, OSSL_PARAM_BLD *build)
{
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(build);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
	EVP_PKEY *key = NULL;

	REQUIRE(params != NULL && context != NULL && EVP_PKEY_fromdata_init(context) == 1);
	if (EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(context);
	OSSL_PARAM_free(params);
	return key;
}

static bool fits(EVP_PKEY *key, struct str message, const unsigned char *signature, size_t size)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool right = key != NULL && context != NULL &&
		     EVP_DigestVerifyInit_ex(context, NULL, "SHA256", NULL, NULL, key, NULL) == 1 &&
		     EVP_DigestVerify(context, signature, size, (const unsigned char *)message.data,
			     message.size) == 1;

	EVP_MD_CTX_free(context);
	return right;
}

bool pubkey_verify_rs256(struct str modulus, struct str exponent, struct str message, struct str signature)
{
	if (modulus.size > RSA_BITS_MAX / 8 + 1 || exponent.size == 0 || exponent.size > EXPONENT_MAX)
		return false;
	BIGNUM *n = BN_bin2bn((const unsigned char *)modulus.data, (int)modulus.size, NULL),
	       *e = BN_bin2bn((const unsigned char *)exponent.data, (int)exponent.size, NULL);

	REQUIRE(n != NULL && e != NULL);
	bool good = BN_num_bits(n) >= RSA_BITS_MIN && BN_num_bits(n) <= RSA_BITS_MAX && BN_is_odd(n) &&
		    BN_is_odd(e) && !BN_is_one(e);

	if (good) {
		OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();

		REQUIRE(build != NULL && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
			OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e) == 1);
		EVP_PKEY *key = make_key("RSA", build);

		good = fits(key, message, (const unsigned char *)signature.data, signature.size);
		EVP_PKEY_free(key);
		OSSL_PARAM_BLD_free(build);
	}
	BN_free(n);
	BN_free(e);
	return good;
}

/* JOSE's form of a signature as OpenSSL takes it; its size, 0 when it is none. */
static size_t to_der(struct str signature, unsigned char der[SIGNATURE_DER])
{
	const unsigned char *bytes = (const unsigned char *)signature.data;
	ECDSA_SIG *pair = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(bytes, COORDINATE, NULL), *s = BN_bin2bn(bytes + COORDINATE, COORDINATE, NULL);

	REQUIRE(pair != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(pair, r, s) == 1);
	int size = i2d_ECDSA_SIG(pair, NULL);

	REQUIRE(size > 0 && size <= SIGNATURE_DER);
	size = i2d_ECDSA_SIG(pair, &der);
	ECDSA_SIG_free(pair);
	return (size_t)size;
}

bool pubkey_verify_es256(struct str x, struct str y, struct str message, struct str signature)
{
	unsigned char point[1 + 2 * COORDINATE] = {0x04}, der[SIGNATURE_DER];

	if (x.size != COORDINATE || y.size != COORDINATE || signature.size != (size_t)2 * COORDINATE)
		return false;
	memcpy(point + 1, x.data, COORDINATE);
	memcpy(point + 1 + COORDINATE, y.data, COORDINATE);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();

	REQUIRE(build != NULL &&
		OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) == 1 &&
		OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point) == 1);
	EVP_PKEY *key = make_key("EC", build);
	bool good = fits(key, message, der, to_der(signature, der));

	EVP_PKEY_free(key);
	OSSL_PARAM_BLD_free(build);
	return good;
}
