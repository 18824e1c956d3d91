/* hash.h: SHA-256 and the texts of bytes. OpenSSL's digest is fetched once per process. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

#define HASH_SIZE ((size_t)32)

struct hash {
	uint8_t bytes[HASH_SIZE];
};

struct hash hash_bytes(const void *bytes, size_t size);
/* The hash of several pieces one behind the other. */
struct hash hash_parts(const struct str *parts, size_t count);
bool hash_equal(const struct hash *a, const struct hash *b);

/* Keyed hashes (RFC 2104). SHA-1 serves one-time codes (RFC 6238) and nothing else. */
#define HMAC_SHA1_SIZE 20
struct hash hmac_sha256(struct str key, struct str message);
void hmac_sha1(struct str key, struct str message, uint8_t ret_mac[HMAC_SHA1_SIZE]);

/* A hash over bytes that come in pieces. */
struct hash_stream;
struct hash_stream *hash_stream_new(void);
void hash_stream_put(struct hash_stream *stream, const void *bytes, size_t size);
struct hash hash_stream_end(struct hash_stream *stream); /* frees the stream */

struct str hex_print(struct arena *arena, const void *bytes, size_t size); /* lower case */
MUST_CHECK bool hex_parse(struct arena *arena, struct str text, struct str *ret_bytes);
/* RFC 4648 section 5 without padding, as JOSE writes bytes; strict. */
struct str base64url_print(struct arena *arena, const void *bytes, size_t size);
MUST_CHECK bool base64url_parse(struct arena *arena, struct str text, struct str *ret_bytes);
struct str base64_print(struct arena *arena, const void *bytes, size_t size); /* RFC 4648 section 4, padded */
/* Strict: standard alphabet, padding right, no white space, unused bits zero. */
MUST_CHECK bool base64_parse(struct arena *arena, struct str text, struct str *ret_bytes);

#endif
