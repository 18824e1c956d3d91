/* form.h: what export and verification must agree on: the manifest, the payload records, the order of the
 * files.
 *
 * An archive holds, in this order and nothing else: manifest.json, checkpoint, vkey, older/<size> …; then for
 * each bundle of 256 events its level 0 tile, its entries, its payloads, and the higher tiles that it
 * finishes. The order lets a reader check everything in one pass with little memory; that it is fixed lets it
 * see whatever is missing, added or moved. */
#ifndef LEDGER_FORM_H
#define LEDGER_FORM_H

#include "ledger/ledger.h"

#define MANIFEST_SIZE_MAX ((size_t)1024 * 1024)
#define BUNDLE_SIZE_MAX   (TILE_WIDTH * (2 + ENVELOPE_SIZE_MAX))

struct manifest {
	struct checkpoint checkpoint;
	struct note_key key;
	int64_t time;          /* when the export was made, in seconds */
	const uint64_t *older; /* sizes of the older checkpoints, rising */
	size_t older_count;
	/* Of the note and the older notes one behind the other: so that a changed byte shows in those lines
	 * of theirs too that only a witness's key could check. */
	struct hash notes;
	bool withheld[PAYLOAD_CLASS_COUNT];
};
/* Canonical JSON and a newline. */
struct str manifest_print(struct arena *arena, const struct manifest *manifest);
/* Reads what can't be known yet (time, older, notes, withheld) into `manifest`, whose other parts are given,
 * and takes the text only if it is what manifest_print prints of the whole. */
MUST_CHECK enum err manifest_parse(
	struct arena *arena, struct str text, struct manifest *manifest, struct bh_err *reterr);

struct str older_path(struct arena *arena, uint64_t size);
struct str payload_path(struct arena *arena, const struct tile *bundle); /* "payload/x001/067.p/12" */

/* One payload as it lies in a payload file: size in 32 bits (of all that follows), index in 64 bits, slot,
 * NUL, class, NUL, salt, payload. From the class on these are the very bytes of the commitment behind its
 * prefix. */
struct payload_record {
	uint64_t index;
	struct opened_payload payload;
};
#define PAYLOAD_RECORD_HEAD 4
#define PAYLOAD_RECORD_MAX  (8 + SLOT_NAME_MAX + 1 + 16 + SALT_SIZE + PAYLOAD_SIZE_MAX)
size_t payload_record_size_of(const struct payload_record *record); /* with its head */
void payload_record_put(struct buf *buf, const struct payload_record *record);
/* The size of what follows the first PAYLOAD_RECORD_HEAD bytes. */
size_t payload_record_size(const char head[PAYLOAD_RECORD_HEAD]);
/* `bytes` are what follows; the record's texts point into them. false: no such record. */
MUST_CHECK bool payload_record_parse(struct str bytes, struct payload_record *ret_record);

#endif
