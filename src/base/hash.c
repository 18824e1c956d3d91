#include "base/hash.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <string.h>

struct hash_stream {
	EVP_MD_CTX *context;
};

static EVP_MD *sha256;
static pthread_once_t sha256_once = PTHREAD_ONCE_INIT;
static _Thread_local EVP_MD_CTX *thread_context; /* reused: a fresh context costs more than a short hash */
static pthread_key_t thread_end;                 /* only so that a thread that ends frees its context */

static void context_free(void *context)
{
	EVP_MD_CTX_free(context);
}

static void sha256_fetch(void)
{
	sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	REQUIRE(sha256 != NULL && pthread_key_create(&thread_end, context_free) == 0);
}

static void context_make(void)
{
	thread_context = EVP_MD_CTX_new();
	REQUIRE(thread_context != NULL && pthread_setspecific(thread_end, thread_context) == 0);
}

struct hash hash_parts(const struct str *parts, size_t count)
{
	struct hash hash;
	unsigned size = 0;

	pthread_once(&sha256_once, sha256_fetch);
	if (thread_context == NULL)
		context_make();
	REQUIRE(EVP_DigestInit_ex2(thread_context, sha256, NULL) == 1);
	for (size_t i = 0; i < count; i++)
		REQUIRE(EVP_DigestUpdate(thread_context, parts[i].data, parts[i].size) == 1);
	REQUIRE(EVP_DigestFinal_ex(thread_context, hash.bytes, &size) == 1);
	REQUIRE(size == HASH_SIZE);
	return hash;
}

struct hash hash_bytes(const void *bytes, size_t size)
{
	return hash_parts(&(struct str){bytes, size}, 1);
}

bool hash_equal(const struct hash *a, const struct hash *b)
{
	return memcmp(a->bytes, b->bytes, HASH_SIZE) == 0;
}

static void hmac(const char *digest, struct str key, struct str message, uint8_t *ret_mac, size_t size)
{
	size_t written = 0;

	REQUIRE(EVP_Q_mac(NULL, "HMAC", NULL, digest, NULL, key.data != NULL ? key.data : "", key.size,
			(const unsigned char *)(message.data != NULL ? message.data : ""), message.size,
			ret_mac, size, &written) != NULL);
	REQUIRE(written == size);
}

struct hash hmac_sha256(struct str key, struct str message)
{
	struct hash hash = {0};

	hmac("SHA256", key, message, hash.bytes, HASH_SIZE);
	return hash;
}

void hmac_sha1(struct str key, struct str message, uint8_t ret_mac[HMAC_SHA1_SIZE])
{
	hmac("SHA1", key, message, ret_mac, HMAC_SHA1_SIZE);
}

struct hash_stream *hash_stream_new(void)
{
	struct hash_stream *stream = OPENSSL_malloc(sizeof *stream);

	pthread_once(&sha256_once, sha256_fetch);
	REQUIRE(stream != NULL);
	stream->context = EVP_MD_CTX_new();
	REQUIRE(stream->context != NULL && EVP_DigestInit_ex2(stream->context, sha256, NULL) == 1);
	return stream;
}

void hash_stream_put(struct hash_stream *stream, const void *bytes, size_t size)
{
	REQUIRE(EVP_DigestUpdate(stream->context, bytes, size) == 1);
}

struct hash hash_stream_end(struct hash_stream *stream)
{
	struct hash hash;

	REQUIRE(EVP_DigestFinal_ex(stream->context, hash.bytes, NULL) == 1);
	EVP_MD_CTX_free(stream->context);
	OPENSSL_free(stream);
	return hash;
}

struct str hex_print(struct arena *arena, const void *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *from = bytes;
	char *text = ARENA_TAKE(arena, size * 2 + 1, char);

	for (size_t i = 0; i < size; i++) {
		text[2 * i] = digits[from[i] >> 4];
		text[2 * i + 1] = digits[from[i] & 15];
	}
	return (struct str){text, size * 2};
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_parse(struct arena *arena, struct str text, struct str *ret_bytes)
{
	char *bytes = ARENA_TAKE(arena, text.size / 2 + 1, char);

	if (text.size % 2 != 0)
		return false;
	for (size_t i = 0; i < text.size / 2; i++) {
		int high = hex_value(text.data[2 * i]), low = hex_value(text.data[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		bytes[i] = (char)(high * 16 + low);
	}
	*ret_bytes = (struct str){bytes, text.size / 2};
	return true;
}

struct str base64_print(struct arena *arena, const void *bytes, size_t size)
{
	char *text = ARENA_TAKE(arena, (size + 2) / 3 * 4 + 1, char);
	int written = EVP_EncodeBlock((unsigned char *)text, bytes, (int)size);

	REQUIRE(written >= 0);
	return (struct str){text, (size_t)written};
}

bool base64_parse(struct arena *arena, struct str text, struct str *ret_bytes)
{
	size_t padding = 0;

	if (text.size % 4 != 0)
		return false;
	while (padding < 2 && padding < text.size && text.data[text.size - 1 - padding] == '=')
		padding++;
	unsigned char *bytes = ARENA_TAKE(arena, text.size / 4 * 3 + 1, unsigned char);
	int size = EVP_DecodeBlock(bytes, (const unsigned char *)text.data, (int)text.size);

	if (size < 0 || (size_t)size != text.size / 4 * 3)
		return false;
	*ret_bytes = (struct str){(const char *)bytes, (size_t)size - padding};
	/* OpenSSL skips white space and unused bits; printing back shows whether there were any. */
	return str_equal(base64_print(arena, bytes, ret_bytes->size), text);
}

struct str base64url_print(struct arena *arena, const void *bytes, size_t size)
{
	struct str text = base64_print(arena, bytes, size);
	char *at = (char *)(uintptr_t)text.data;

	while (str_ends(text, "="))
		text.size--;
	for (size_t i = 0; i < text.size; i++)
		at[i] = at[i] == '+' ? '-' : at[i] == '/' ? '_' : at[i];
	at[text.size] = '\0';
	return text;
}

bool base64url_parse(struct arena *arena, struct str text, struct str *ret_bytes)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (c == '+' || c == '/' || c == '=')
			return false;
		buf_put_char(&buf, c == '-' ? '+' : c == '_' ? '/' : c);
	}
	while (buf.size % 4 != 0)
		buf_put_char(&buf, '=');
	return base64_parse(arena, buf_str(&buf), ret_bytes);
}
