/* seal.h: what must be read again but by nobody else: AES-256-GCM, and comparing and wiping of secrets. */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include "base/str.h"

#define SEAL_KEY_SIZE   32
#define SEAL_NONCE_SIZE 12
#define SEAL_TAG_SIZE   16

/* nonce ‖ ciphertext ‖ tag, in `arena`. A nonce is random and never used twice with a key. `about` says what
 * the secret belongs to: it isn't kept in the seal, but the same must be given to open it. */
struct str seal_close(struct arena *arena, const uint8_t key[SEAL_KEY_SIZE],
	const uint8_t nonce[SEAL_NONCE_SIZE], struct str about, struct str secret);
/* False when it was sealed under another key, for something else, or changed. */
MUST_CHECK bool seal_open(struct arena *arena, const uint8_t key[SEAL_KEY_SIZE], struct str about,
	struct str sealed, struct str *ret_secret);

/* Equal, in a time that says nothing about where they differ (but does about their sizes). */
bool secret_equal(struct str a, struct str b);
/* Overwrite, in a way that the compiler keeps. */
void secret_wipe(void *bytes, size_t size);

#endif
