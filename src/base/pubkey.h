/* pubkey.h: signatures of others, checked by the numbers of their public keys, as JWK writes them (RFC 7518).
 */
#ifndef BASE_PUBKEY_H
#define BASE_PUBKEY_H

#include "base/str.h"

/* RSASSA-PKCS1-v1_5 with SHA-256. Modulus and exponent are big-endian; a modulus below 2048 bits or above
 * 8192 is none, and an even exponent or 1 neither. */
bool pubkey_verify_rs256(struct str modulus, struct str exponent, struct str message, struct str signature);
/* ECDSA on P-256 with SHA-256: coordinates of 32 bytes, the signature r and s one behind the other. */
bool pubkey_verify_es256(struct str x, struct str y, struct str message, struct str signature);

#endif
