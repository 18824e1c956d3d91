/* signer.c: the signing key of a data folder, and what may be known of its ledger by looking at the folder.
 */
#include "act/gate.h"
#include "act/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void key_path(struct str dir, char *path, size_t size)
{
	snprintf(path, size, "%.*s/signing.key", STR_ARG(dir));
}

static enum err seed_read(struct str dir, uint8_t seed[SIGN_SEED_SIZE + 1], struct bh_err *reterr)
{
	char path[4096];

	key_path(dir, path, sizeof path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, seed, SIGN_SEED_SIZE + 1);
	int why = errno;

	if (fd >= 0)
		close(fd);
	if (got != SIGN_SEED_SIZE)
		return err_set(reterr, ERR_IO, path, "the signing key can't be read: %s",
			got < 0 ? strerror(why) : "it isn't 32 bytes long");
	return ERR_OK;
}

enum err signer_secret(struct str dir, uint8_t ret_key[SEAL_KEY_SIZE], struct bh_err *reterr)
{
	uint8_t seed[SIGN_SEED_SIZE + 1];

	TRY(seed_read(dir, seed, reterr));
	/* One-way: who learns this key can't sign with it. */
	struct hash key = hmac_sha256(
		(struct str){(const char *)seed, SIGN_SEED_SIZE}, STR("bihuan secrets of accounts, 1"));

	static_assert(SEAL_KEY_SIZE == HASH_SIZE, "a hash is a key");
	memcpy(ret_key, key.bytes, SEAL_KEY_SIZE);
	secret_wipe(seed, sizeof seed);
	secret_wipe(&key, sizeof key);
	return ERR_OK;
}

enum err signer_read(struct str dir, struct str origin, struct sign_key **ret_signer,
	struct note_key *ret_key, struct bh_err *reterr)
{
	uint8_t seed[SIGN_SEED_SIZE + 1], public_key[SIGN_PUBLIC_SIZE];

	TRY(seed_read(dir, seed, reterr));
	*ret_signer = sign_key_new(seed);
	sign_key_public(*ret_signer, public_key);
	*ret_key = note_key_make(origin, public_key);
	explicit_bzero(seed, sizeof seed);
	return ERR_OK;
}

enum err signer_make(struct str dir, const struct act_source *source, struct bh_err *reterr)
{
	char path[4096];
	uint8_t seed[SIGN_SEED_SIZE];

	key_path(dir, path, sizeof path);
	source->random(source->context, seed, sizeof seed);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool written = fd >= 0 && write(fd, seed, sizeof seed) == (ssize_t)sizeof seed && fsync(fd) == 0;

	explicit_bzero(seed, sizeof seed);
	if (fd >= 0)
		close(fd);
	return written ? ERR_OK
		       : err_set(reterr, ERR_IO, path, "the signing key can't be written: %s",
				 strerror(errno));
}

/* ---- looking ---- */

enum err folder_key(struct str dir, struct store *store, struct arena *arena, struct note_key *ret_key,
	struct bh_err *reterr)
{
	struct store_institution institution;
	struct sign_key *signer;

	TRY(store_institution_get(store, arena, &institution, reterr));
	TRY(signer_read(dir, institution.origin, &signer, ret_key, reterr));
	sign_key_free(signer);
	return ERR_OK;
}

enum err folder_note(
	struct str dir, struct store *store, struct arena *arena, struct str *ret_note, struct bh_err *reterr)
{
	*ret_note = highwater_look(dir, arena);
	return ret_note->size > 0 ? ERR_OK : store_checkpoint_newest(store, arena, ret_note, reterr);
}
