/* ledger.h: an append-only Merkle log of opaque leaves, and how anybody shows that it is whole.
 *
 * Formats are public ones: RFC 6962 hashing; C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof. So
 * openssl and sha256sum are enough to check a checkpoint and a leaf (docs/verification.md).
 *
 * Quiet room: includes base/ only. No clock, no SQL, no files: bytes and nodes come and go through small
 * callbacks, keys are passed in. Knows nothing of matters. Invariant: of two trees signed by one key, the
 * smaller is a prefix of the larger. */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "base/base.h"

/* ---- envelopes: what a leaf is ---- */

#define ENVELOPE_SIZE_MAX  ((size_t)16 * 1024)
#define ENVELOPE_SLOTS_MAX 8
#define SLOT_NAME_MAX      63
#define SALT_SIZE          32

#define PAYLOAD_CLASSES                                                                                      \
	PAYLOAD_CLASS(PUBLIC, "public")                                                                      \
	PAYLOAD_CLASS(INTERNAL, "internal")                                                                  \
	PAYLOAD_CLASS(COMPARTMENT, "compartment")                                                            \
	PAYLOAD_CLASS(PERSONAL, "personal")                                                                  \
	PAYLOAD_CLASS(TECHNICAL, "technical") PAYLOAD_CLASS(ATTACHMENT, "attachment")
enum payload_class {
#define PAYLOAD_CLASS(NAME, wire) PAYLOAD_##NAME,
	PAYLOAD_CLASSES
#undef PAYLOAD_CLASS
		PAYLOAD_CLASS_COUNT
};
const char *payload_class_name(enum payload_class class);
MUST_CHECK bool payload_class_parse(struct str text, enum payload_class *ret_class);

struct commitment {
	struct str slot; /* "main", or what else the event carries: 1 to SLOT_NAME_MAX of [a-z0-9_] */
	enum payload_class class;
	struct hash hash;
};

/* The two acts that the ledger itself gives a meaning to. Only right behind the first may an event be earlier
 * than the one before it. The second explains payloads that are gone: its payload in slot "main", class
 * public, is canonical JSON with a member "erased": [{"index":N,"slot":"…"}, …], each N an earlier event. */
#define ACT_CLOCK_STEP_BACK "clock.step_back"
#define ACT_PRIVACY_ERASE   "privacy.erase"

/* One event as the ledger sees it. No name, number, address or free text stands here: each text is a word of
 * printable ASCII without a quote or a backslash, so that it has one form only. */
struct envelope {
	uint64_t index;
	int64_t time;         /* µs since 1970-01-01T00:00:00Z, the server's */
	struct str actor;     /* a pseudonym, or "clock", or "system" */
	struct str on_behalf; /* a pseudonym; "" */
	struct str role;      /* of the procedure; "" */
	struct str act;       /* "matter.act", "duty.breach" … or "sealed" in a compartment */
	struct str object;    /* "m12" … */
	int64_t previous;     /* index of the object's last event; -1: its first */
	struct commitment commitments[ENVELOPE_SLOTS_MAX]; /* sorted by slot */
	size_t commitment_count;
};

/* SHA-256("bihuan-commit-v1\0" ‖ class ‖ 0x00 ‖ salt ‖ payload) */
struct hash commitment_hash(enum payload_class class, const uint8_t salt[SALT_SIZE], struct str payload);
/* Why an envelope has no canonical bytes, or NULL when it has: a text that is no word, slots out of order,
 * too large … */
const char *envelope_objection(const struct envelope *envelope);
/* The canonical bytes. REQUIREs that there is no objection: its texts are ours, none is a person's. */
struct str envelope_print(struct arena *arena, const struct envelope *envelope);
/* Takes exactly what envelope_print prints; ERR_TAMPERED names what is wrong and where. Texts point into
 * `bytes`. */
MUST_CHECK enum err envelope_parse(struct str bytes, struct envelope *ret_envelope, struct bh_err *reterr);

/* ---- the tree ---- */

struct hash leaf_hash(struct str leaf);                                   /* SHA-256(0x00 ‖ leaf) */
struct hash node_hash(const struct hash *left, const struct hash *right); /* SHA-256(0x01 ‖ l ‖ r) */
struct hash tree_empty_root(void);                                        /* SHA-256("") */

/* The right edge of a tree: one complete subtree for each bit of its size. Appending needs nothing else. */
struct tree_edge {
	uint64_t size;
	struct hash nodes[64]; /* nodes[level] is set where bit `level` of size is */
};

/* Called for each complete subtree that an append makes: node i of its level. Level 0 are the leaves. */
typedef enum err tree_node_fn(void *context, unsigned level, uint64_t i, const struct hash *hash);
MUST_CHECK enum err tree_append(
	struct tree_edge *edge, const struct hash *leaf, tree_node_fn *put, void *context);
struct hash tree_root(const struct tree_edge *edge);

/* Where complete subtrees are read from. ERR_NOT_FOUND when there is no such node. */
struct tree_source {
	enum err (*node)(void *context, unsigned level, uint64_t i, struct hash *ret_hash);
	void *context;
};
/* The edge of the tree of `size` leaves, from stored nodes. */
MUST_CHECK enum err tree_edge_load(
	const struct tree_source *source, uint64_t size, struct tree_edge *ret_edge);

/* ---- proofs ---- */

#define PROOF_MAX 128
struct proof {
	size_t count;
	struct hash hashes[PROOF_MAX];
};

/* ERR_RANGE unless index < size, or size1 <= size2. */
MUST_CHECK enum err prove_inclusion(
	const struct tree_source *source, uint64_t index, uint64_t size, struct proof *ret_proof);
MUST_CHECK enum err prove_consistency(
	const struct tree_source *source, uint64_t size1, uint64_t size2, struct proof *ret_proof);
/* RFC 9162, 2.1.3.2 and 2.1.4.2. From size 0 only an empty proof and the root of the empty tree are valid. */
bool inclusion_is_valid(const struct hash *leaf, uint64_t index, uint64_t size, const struct proof *proof,
	const struct hash *root);
bool consistency_is_valid(uint64_t size1, const struct hash *root1, uint64_t size2, const struct hash *root2,
	const struct proof *proof);
/* One JSON object as foreign vectors have it: {leaf_hash, index, size, root, proof} or {size1, root1, size2,
 * root2, proof}; hashes in base64 or hex. A hash that isn't 32 bytes is invalid. ERR_INVALID when it is no
 * such object at all. */
MUST_CHECK enum err proof_check_json(
	struct arena *arena, struct str kind, struct str text, bool *ret_valid, struct bh_err *reterr);

/* ---- checkpoints: C2SP signed-note and tlog-checkpoint ---- */

#define NOTE_SIZE_MAX ((size_t)16 * 1024)
#define NOTE_NAME_MAX ((size_t)200)

struct checkpoint {
	struct str origin;
	uint64_t size;
	struct hash root;
};

/* A signing key under a name, and the text by which others know it: "name+hash+base64" (vkey). */
struct note_key {
	struct str name;
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	uint8_t id[4]; /* SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key), first four bytes */
};
struct note_key note_key_make(struct str name, const uint8_t public_key[SIGN_PUBLIC_SIZE]);
struct str note_key_print(struct arena *arena, const struct note_key *key);
MUST_CHECK enum err note_key_parse(
	struct arena *arena, struct str text, struct note_key *ret_key, struct bh_err *reterr);
bool note_name_is_good(struct str name); /* 1 to NOTE_NAME_MAX bytes, no white space, no plus */

/* Any text as a signed note; it ends with a newline (REQUIREd). Whoever signs something else than a
 * checkpoint begins its text with a line of its own and more than three, so that neither is taken for the
 * other. */
struct str note_sign(
	struct arena *arena, struct str text, const struct note_key *key, const struct sign_key *signer);
/* The text of a note, whoever signed it: says nothing about its truth. ERR_INVALID. */
MUST_CHECK enum err note_text(struct str note, struct str *ret_text, struct bh_err *reterr);
/* The same once the signature of `key`, which must come from elsewhere, is checked. ERR_INVALID: no note;
 * ERR_TAMPERED: no signature by this key, or a wrong one. */
MUST_CHECK enum err note_open(struct arena *arena, struct str note, const struct note_key *key,
	struct str *ret_text, struct bh_err *reterr);

/* The whole note: three lines of text, an empty line, the signature line. */
struct str checkpoint_sign(struct arena *arena, const struct checkpoint *checkpoint,
	const struct note_key *key, const struct sign_key *signer);
/* Read a note and check the signature of `key`, which must come from elsewhere than the note. Further
 * signature lines (witnesses) are let stand. ERR_INVALID: no checkpoint; ERR_TAMPERED: no signature by this
 * key, or a wrong one. */
MUST_CHECK enum err checkpoint_open(struct arena *arena, struct str note, const struct note_key *key,
	struct checkpoint *ret_checkpoint, struct bh_err *reterr);
MUST_CHECK enum err checkpoint_parse(
	struct arena *arena, struct str note, struct checkpoint *ret_checkpoint, struct bh_err *reterr);
/* May a signer whose last note was `last` (size 0 and no note: none yet) sign `next`? Never a smaller size,
 * never another root. */
MUST_CHECK enum err checkpoint_may_follow(
	const struct checkpoint *last, const struct checkpoint *next, struct bh_err *reterr);

/* ---- tiles: C2SP tlog-tiles ---- */

#define TILE_WIDTH  256u
#define TILE_LEVELS 8u /* of 8 tree levels each: all that 64 bits of size can need */

/* Hashes [n * 256, n * 256 + width) of tree level 8 * level; or as many leaves, which is a bundle of entries.
 */
struct tile {
	bool entries;
	unsigned level;
	uint64_t n;
	unsigned width; /* 1 to 256; below 256: a partial tile */
};
struct str tile_path(struct arena *arena, const struct tile *tile); /* "tile/0/x001/067.p/12" */
MUST_CHECK bool tile_parse(
	struct arena *arena, struct str path, struct tile *ret_tile); /* what tile_path prints */
unsigned tile_width(unsigned level, uint64_t n,
	uint64_t size); /* in the tree of `size` leaves; 0: there is no such tile */
/* The tile's hashes, `width` of them; their bytes one behind the other are the tile's file. */
MUST_CHECK enum err tile_hashes(
	const struct tree_source *source, const struct tile *tile, struct hash *ret_hashes);
/* The tiles above level 0 that are finished by bundle number `bundle` in the tree of `size` leaves, the
 * partial ones behind the last bundle. Returns how many. */
size_t tiles_behind_bundle(uint64_t size, uint64_t bundle, struct tile ret_tiles[TILE_LEVELS]);
void bundle_put(struct buf *buf, struct str entry); /* one entry, its size in 16 bits before it */
MUST_CHECK bool bundle_next(struct str *rest, struct str *ret_entry); /* false: nothing whole is left */

/* ---- receipts: C2SP tlog-proof ---- */

#define RECEIPT_HEADER "c2sp.org/tlog-proof@v1\n"

/* The path of an event under a note, as text; and read again, which checks its form only: ERR_INVALID says
 * which line. Whoever believes a receipt opens its note with the key and walks the path from the leaf. */
struct str receipt_print(struct arena *arena, uint64_t index, const struct proof *proof, struct str note);
MUST_CHECK enum err receipt_parse(struct arena *arena, struct str text, uint64_t *ret_index,
	struct proof *ret_proof, struct str *ret_note, struct bh_err *reterr);

/* One event with all that proves it to somebody who has the ledger's key. */
struct attested {
	struct str envelope;
	enum payload_class class;
	uint8_t salt[SALT_SIZE];
	struct str payload; /* of slot "main" */
	struct str receipt; /* C2SP tlog-proof */
};
/* Does all of it follow: payload in envelope, envelope under the signed root? ERR_INVALID: it has not that
 * form. ERR_TAMPERED says what doesn't follow. The envelope's texts point into `attested`. */
MUST_CHECK enum err attested_verify(struct arena *arena, const struct attested *attested,
	const struct note_key *key, struct envelope *ret_envelope, struct checkpoint *ret_checkpoint,
	struct bh_err *reterr);

/* ---- export and verification ---- */

/* Bytes in order; ERR_IO when they can't be written. */
struct byte_sink {
	enum err (*put)(void *context, struct str bytes);
	void *context;
};
/* Up to `size` bytes in order; *ret_size 0 at the end. */
struct byte_source {
	enum err (*get)(void *context, char *bytes, size_t size, size_t *ret_size);
	void *context;
};

#define PAYLOAD_SIZE_MAX ((size_t)16 * 1024 * 1024)
#define EXPORT_OLDER_MAX 20000

/* One payload with what opens its commitment. */
struct opened_payload {
	struct str slot;
	enum payload_class class;
	uint8_t salt[SALT_SIZE];
	struct str bytes;
};
/* What an export is made from: the leaf's bytes, and its payloads by slot, as far as they are there. An event
 * may be asked for twice, and must be the same. */
struct export_source {
	enum err (*event)(void *context, uint64_t index, struct arena *arena, struct str *ret_envelope,
		struct opened_payload *ret_payloads, size_t *ret_count);
	void *context;
	struct tree_source tree;
};
struct export_plan {
	struct str note;     /* the signed checkpoint that covers it: says origin, size and root */
	struct note_key key; /* under which it is signed */
	const struct str
		*older;     /* older signed checkpoints, the smallest first, each smaller than the next */
	size_t older_count; /* at most EXPORT_OLDER_MAX */
	bool withheld[PAYLOAD_CLASS_COUNT]; /* classes that the recipient may not see */
	int64_t time; /* when it was made, seconds: the only time in the archive's headers */
};
/* One plain tar, as docs/verification.md shows it. Streams: memory is bounded by 256 envelopes, 16 MiB of
 * payloads and one event. ERR_INVALID when the plan contradicts itself, ERR_RANGE when an envelope, a
 * payload, the payloads of one bundle (8 GiB) or the list of older checkpoints is too large, else what a
 * callback said. What the source holds isn't verified: an export of a tampered record is how one shows it. */
MUST_CHECK enum err ledger_export(const struct export_plan *plan, const struct export_source *source,
	struct byte_sink *sink, struct bh_err *reterr);

enum verdict { VERDICT_OK, VERDICT_TAMPERED, VERDICT_INCOMPLETE };
struct verification {
	enum verdict verdict;
	int64_t first_bad; /* index of the first event that is wrong or lacks something, or of the first of
			      the bundle that does; -1 when it isn't the events */
	struct str what;   /* what differs or is missing, one sentence */
	struct checkpoint checkpoint;
	/* Events and payloads verified; payloads absent because the manifest withholds their class, and
	 * lawfully erased. */
	uint64_t events, payloads, withheld[PAYLOAD_CLASS_COUNT], erased;
};
/* Called for each event, in order, once its own checks are passed; the root is known to fit only at the end,
 * so nothing may be made of it before the verdict. Everything given is borrowed for the call. May itself find
 * it wrong (a transition the rules don't allow) and says so by an error: the verdict is then TAMPERED at this
 * event, or INCOMPLETE for ERR_INCOMPLETE; ERR_IO ends the verification without a verdict. */
typedef enum err verified_event_fn(void *context, const struct envelope *envelope,
	const struct opened_payload *payloads, size_t payload_count, struct bh_err *reterr);
struct verify_plan {
	struct note_key key;     /* from elsewhere than the file */
	const struct str *since; /* older signed checkpoints, or receipts, of what must be the same history */
	size_t since_count;
	bool required[PAYLOAD_CLASS_COUNT]; /* classes that were promised: one withheld makes it INCOMPLETE */
	verified_event_fn *each;            /* NULL: nothing more is asked of an event */
	void *context;
};
/* Never a failure of its own but ERR_IO: everything else is the verdict. Streams. */
MUST_CHECK enum err ledger_verify(struct arena *arena, const struct verify_plan *plan,
	struct byte_source *source, struct verification *ret_verification, struct bh_err *reterr);

#endif
