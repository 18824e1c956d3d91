#include "base/seal.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

static const unsigned char *bytes_of(struct str text)
{
	return (const unsigned char *)(text.data != NULL ? text.data : "");
}

struct str seal_close(struct arena *arena, const uint8_t key[SEAL_KEY_SIZE],
	const uint8_t nonce[SEAL_NONCE_SIZE], struct str about, struct str secret)
{
	size_t size = SEAL_NONCE_SIZE + secret.size + SEAL_TAG_SIZE;
	unsigned char *sealed = ARENA_TAKE(arena, size, unsigned char);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	int written = 0;

	REQUIRE(context != NULL && secret.size < INT32_MAX);
	memcpy(sealed, nonce, SEAL_NONCE_SIZE);
	REQUIRE(EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1);
	REQUIRE(EVP_EncryptUpdate(context, NULL, &written, bytes_of(about), (int)about.size) == 1);
	REQUIRE(EVP_EncryptUpdate(context, sealed + SEAL_NONCE_SIZE, &written, bytes_of(secret),
			(int)secret.size) == 1);
	REQUIRE((size_t)written == secret.size);
	REQUIRE(EVP_EncryptFinal_ex(context, sealed + SEAL_NONCE_SIZE + secret.size, &written) == 1);
	REQUIRE(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, SEAL_TAG_SIZE,
			sealed + SEAL_NONCE_SIZE + secret.size) == 1);
	EVP_CIPHER_CTX_free(context);
	return (struct str){(const char *)sealed, size};
}

bool seal_open(struct arena *arena, const uint8_t key[SEAL_KEY_SIZE], struct str about, struct str sealed,
	struct str *ret_secret)
{
	unsigned char tag[SEAL_TAG_SIZE];
	int written = 0;

	if (sealed.size < SEAL_NONCE_SIZE + SEAL_TAG_SIZE || sealed.size > INT32_MAX)
		return false;
	size_t size = sealed.size - SEAL_NONCE_SIZE - SEAL_TAG_SIZE;
	const unsigned char *nonce = bytes_of(sealed), *from = nonce + SEAL_NONCE_SIZE;
	unsigned char *secret = ARENA_TAKE(arena, size + SEAL_TAG_SIZE, unsigned char);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

	memcpy(tag, from + size, SEAL_TAG_SIZE);
	REQUIRE(context != NULL && EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1);
	REQUIRE(EVP_DecryptUpdate(context, NULL, &written, bytes_of(about), (int)about.size) == 1);
	bool fits = EVP_DecryptUpdate(context, secret, &written, from, (int)size) == 1 &&
		    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, SEAL_TAG_SIZE, tag) == 1 &&
		    EVP_DecryptFinal_ex(context, secret + size, &written) == 1;

	EVP_CIPHER_CTX_free(context);
	if (!fits)
		return false;
	*ret_secret = (struct str){(const char *)secret, size};
	return true;
}

bool secret_equal(struct str a, struct str b)
{
	return a.size == b.size && (a.size == 0 || CRYPTO_memcmp(a.data, b.data, a.size) == 0);
}

void secret_wipe(void *bytes, size_t size)
{
	OPENSSL_cleanse(bytes, size);
}
