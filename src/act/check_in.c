/* check_in.c: the code on the wall by which people check in. Each holds for a moment, so that a picture of it
 * sent to somebody who isn't there is soon worth nothing; and none is kept, because each can be reckoned
 * again. */
#include "act/gate.h"
#include "act/writer.h"

#include <string.h>

#define STEP_US          (INT64_C(1000000) * CHECK_IN_SECONDS)
#define STEPS_GOOD       3   /* the one shown now, and two that a slow hand may still have scanned */
#define STEPS_KNOWN      240 /* said to be old, for two hours; of older ones nobody knows */
#define CODE_BYTES_SHOWN 10

struct check_in_key {
	struct hash hash;
};

static enum err key_read(struct str dir, struct check_in_key *ret_key, struct bh_err *reterr)
{
	uint8_t secret[SEAL_KEY_SIZE];

	TRY(signer_secret(dir, secret, reterr));
	ret_key->hash =
		hmac_sha256((struct str){(const char *)secret, sizeof secret}, STR("bihuan check-in, 1"));
	secret_wipe(secret, sizeof secret);
	return ERR_OK;
}

static struct str code_of(const struct check_in_key *key, int64_t matter, int64_t step, struct arena *arena)
{
	struct str about = str_format(arena, "m%lld %lld", (long long)matter, (long long)step);
	struct hash mac = hmac_sha256((struct str){(const char *)key->hash.bytes, HASH_SIZE}, about);

	return hex_print(arena, mac.bytes, CODE_BYTES_SHOWN);
}

enum err check_in_code_now(struct str dir, int64_t matter, struct instant now, struct arena *arena,
	struct check_in_code *ret_code, struct bh_err *reterr)
{
	int64_t step = now.us / STEP_US;
	struct check_in_key key;

	TRY(key_read(dir, &key, reterr));
	*ret_code = (struct check_in_code){
		.code = code_of(&key, matter, step, arena), .until = {(step + 1) * STEP_US}};
	secret_wipe(&key, sizeof key);
	return ERR_OK;
}

/* How many steps ago it was shown; -1: not lately. All are compared, so that the time tells nothing. */
static int steps_since(
	const struct check_in_key *key, int64_t matter, struct str code, int64_t step, struct arena *arena)
{
	int found = -1;

	for (int back = STEPS_KNOWN; back >= 0; back--) {
		struct str wanted = code_of(key, matter, step - back, arena);
		unsigned differs = code.size != wanted.size;

		for (size_t i = 0; i < wanted.size && i < code.size; i++)
			differs |= (unsigned)(code.data[i] ^ wanted.data[i]);
		if (differs == 0)
			found = back;
	}
	return found;
}

enum err check_in_code_good(struct str dir, int64_t matter, struct str code, struct instant now,
	struct arena *arena, struct bh_err *reterr)
{
	struct check_in_key key;

	TRY(key_read(dir, &key, reterr));
	int since = steps_since(&key, matter, str_trim(code), now.us / STEP_US, arena);

	secret_wipe(&key, sizeof key);
	if (since < 0)
		return err_set(reterr, ERR_REFUSED, "code",
			"this is no code of this session: scan the one that is shown there");
	return since < STEPS_GOOD ? ERR_OK
				  : err_set(reterr, ERR_REFUSED, "code",
					    "this code is old: scan the one that is shown now");
}
