/* sign.h: Ed25519 (RFC 8032). */
#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include "base/str.h"

#define SIGN_SEED_SIZE      32
#define SIGN_PUBLIC_SIZE    32
#define SIGN_SIGNATURE_SIZE 64

struct sign_key; /* a private key, expanded once */

/* NULL never: a 32-byte seed always makes a key. Free with sign_key_free. */
struct sign_key *sign_key_new(const uint8_t seed[SIGN_SEED_SIZE]);
void sign_key_free(struct sign_key *key);
void sign_key_public(const struct sign_key *key, uint8_t ret_public[SIGN_PUBLIC_SIZE]);
void sign_message(const struct sign_key *key, struct str message, uint8_t ret_signature[SIGN_SIGNATURE_SIZE]);
bool sign_verify(const uint8_t public_key[SIGN_PUBLIC_SIZE], struct str message, struct str signature);

#endif
