/* level.h: institutions above and below (上下级机构) with which files are exchanged, and what is recorded of
 * such a file: who sent it, its number in sequence, and what it holds. Pure. */
#ifndef GRASP_LEVEL_H
#define GRASP_LEVEL_H

#include "ledger/ledger.h"
#include "procedure/procedure.h"

#define PACKAGE_ITEMS_MAX  200
#define PACKAGE_NUMBER_MAX 1000000

enum level_side { LEVEL_ABOVE, LEVEL_BELOW, LEVEL_SIDE_COUNT };
const char *level_side_name(enum level_side side); /* above below */
MUST_CHECK bool level_side_parse(struct str text, enum level_side *ret_side);

/* An institution above or below us. Its key was entered by an administrator who compared its fingerprint with
 * what that institution says of it another way. */
struct peer {
	int64_t id;      /* from 1 */
	struct str code; /* ours for it, unique, for ever: letters, digits and - */
	struct label title;
	enum level_side side;
	struct str key; /* verifier key: name+hash+base64 */
	bool closed;    /* nothing is exchanged with it any more */
};
struct doc *peer_to_doc(struct arena *arena, const struct peer *peer);
/* From what its event holds, or will. ERR_INVALID names the member. Its texts point into `doc`. */
MUST_CHECK enum err peer_read(
	struct arena *arena, const struct doc *doc, struct peer *ret_peer, struct bh_err *reterr);
/* May it be recorded beside these: the next id or one of theirs, a code that stays and is no other's, a key
 * of an institution that is no other's. ERR_CONFLICT or ERR_NOT_FOUND. `arena` for what is looked at. */
MUST_CHECK enum err peer_may(struct arena *arena, const struct peer *peers, size_t count,
	const struct peer *peer, struct bh_err *reterr);
/* The institution that a peer's key names: its origin. The key was read by peer_read. */
struct note_key peer_key(struct arena *arena, const struct peer *peer);

/* What two people read to each other: the first 160 bits of SHA-256 over the text of the key, in groups of
 * four hex digits. */
struct str key_fingerprint(struct arena *arena, struct str key);
/* Is that the fingerprint, however it is spaced? */
bool key_fingerprint_is(struct arena *arena, struct str key, struct str typed);

enum package_kind { PACKAGE_TASK, PACKAGE_REPORT, PACKAGE_KIND_COUNT };
const char *package_kind_name(enum package_kind kind); /* task report */
MUST_CHECK bool package_kind_parse(struct str text, enum package_kind *ret_kind);

/* One task or one report. */
struct package_item {
	enum package_kind kind;
	int64_t matter;         /* of ours: that was sent, was opened by it, or is reported on */
	int64_t event;          /* of a report: the newest act of ours it tells of; of what was taken: the
				   event that recorded it; -1: none */
	struct str far;         /* the matter's number at the other institution; "" where it has none yet */
	const struct doc *body; /* as the package has it */
};
struct package {
	int64_t id, peer, number; /* number: from 1, for each peer and direction */
	struct str hash;          /* of the file: hex */
	int64_t size;             /* events under the checkpoint in it … */
	struct str root;          /* … and their root: hex */
	struct package_item *items;
	size_t item_count;
};
/* From what its event holds, or will. ERR_INVALID
 * names the member. */
MUST_CHECK enum err package_read(
	struct arena *arena, const struct doc *doc, struct package *ret_package, struct bh_err *reterr);

#endif
