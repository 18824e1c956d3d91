#include "base/sign.h"

#include <openssl/evp.h>

struct sign_key {
	EVP_PKEY *key;
};

struct sign_key *sign_key_new(const uint8_t seed[SIGN_SEED_SIZE])
{
	struct sign_key *key = OPENSSL_zalloc(sizeof *key);

	REQUIRE(key != NULL);
	key->key = EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL, seed, SIGN_SEED_SIZE);
	REQUIRE(key->key != NULL);
	return key;
}

void sign_key_free(struct sign_key *key)
{
	if (key == NULL)
		return;
	EVP_PKEY_free(key->key);
	OPENSSL_free(key);
}

void sign_key_public(const struct sign_key *key, uint8_t ret_public[SIGN_PUBLIC_SIZE])
{
	size_t size = SIGN_PUBLIC_SIZE;

	REQUIRE(EVP_PKEY_get_raw_public_key(key->key, ret_public, &size) == 1);
}

void sign_message(const struct sign_key *key, struct str message, uint8_t ret_signature[SIGN_SIGNATURE_SIZE])
{
	size_t size = SIGN_SIGNATURE_SIZE;
	EVP_MD_CTX *context = EVP_MD_CTX_new();

	REQUIRE(context != NULL);
	REQUIRE(EVP_DigestSignInit_ex(context, NULL, NULL, NULL, NULL, key->key, NULL) == 1);
	REQUIRE(EVP_DigestSign(context, ret_signature, &size, (const unsigned char *)message.data,
			message.size) == 1);
	EVP_MD_CTX_free(context);
}

bool sign_verify(const uint8_t public_key[SIGN_PUBLIC_SIZE], struct str message, struct str signature)
{
	if (signature.size != SIGN_SIGNATURE_SIZE)
		return false;
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, public_key, SIGN_PUBLIC_SIZE);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool fits = key != NULL && context != NULL &&
		    EVP_DigestVerifyInit_ex(context, NULL, NULL, NULL, NULL, key, NULL) == 1 &&
		    EVP_DigestVerify(context, (const unsigned char *)signature.data, signature.size,
			    (const unsigned char *)message.data, message.size) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return fits;
}
