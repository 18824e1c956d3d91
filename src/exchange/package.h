/* package.h: the file between levels (上下级文件包): one plain tar, which names its sender, its addressee and
 * its number, lists what it holds by hash, and is signed under the key of the sender's ledger.
 *
 *   signature      a C2SP signed note of five lines: the format, from, to, number, SHA-256 of the manifest
 *   manifest.json  canonical JSON: {"checkpoint", "files":[{"hash","name","size"}…], "format", "from", …}
 *   checkpoint     the newest of the sender's ledger
 *   …              the other files of the list, in its order
 *
 * tar, sha256sum and openssl are enough to look into one. */
#ifndef EXCHANGE_PACKAGE_H
#define EXCHANGE_PACKAGE_H

#include "ledger/ledger.h"

#define PACKAGE_SIZE_MAX  ((size_t)50 * 1024 * 1024)
#define PACKAGE_FILES_MAX ((size_t)2000)

struct package_part {
	struct str name; /* "checkpoint", "file/<hash>" … */
	struct str bytes;
};

/* What the signature says of it. */
struct package_head {
	struct str from, to; /* names of ledgers: origins */
	int64_t number;
	struct hash manifest;
};
struct str package_head_print(struct arena *arena, const struct package_head *head);

/* The whole file. `manifest` gets its list of files; `signature` is a note over package_head_print of a head
 * with the hash of package_manifest_print. ERR_RANGE beyond the sizes above. */
struct str package_manifest_print(
	struct arena *arena, struct doc *manifest, const struct package_part *parts, size_t count);
MUST_CHECK enum err package_write(struct arena *arena, struct str signature, struct str manifest,
	const struct package_part *parts, size_t count, int64_t time, struct str *ret_bytes,
	struct bh_err *reterr);

/* A file as it came: taken apart, and nothing of it believed yet. Points into the bytes. */
struct package_file {
	struct str bytes, signature, manifest;
	struct package_part *parts; /* behind the two */
	size_t count;
	struct package_head head; /* as it says itself */
};
/* Taken apart in a child that can do nothing else (apart.h). ERR_INVALID: no package, cut short, or of a
 * format of another version of this program. */
MUST_CHECK enum err package_take_apart(
	struct arena *arena, struct str bytes, struct package_file *ret_file, struct bh_err *reterr);
/* The same in this process: what the child does. */
MUST_CHECK enum err package_split(
	struct arena *arena, struct str bytes, struct package_file *ret_file, struct bh_err *reterr);

/* Is every byte of it what the institution signed whose key is given: the signature, the manifest, each file,
 * the checkpoint? ERR_TAMPERED or ERR_INVALID says what isn't. */
MUST_CHECK enum err package_verify(struct arena *arena, const struct package_file *file,
	const struct note_key *key, struct doc **ret_manifest, struct checkpoint *ret_checkpoint,
	struct bh_err *reterr);
/* A file of it by name; STR_NONE. */
struct str package_bytes(const struct package_file *file, struct str name);

#endif
