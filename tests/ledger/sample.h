/* sample.h: a ledger made up for tests, in memory, the same for the same seed; its export; and what a hostile
 * archivist would do to that. */
#ifndef TESTS_LEDGER_SAMPLE_H
#define TESTS_LEDGER_SAMPLE_H

#include "ledger/ledger.h"

#define SAMPLE_ORIGIN "bihuan.example/pengjiang-2019"
#define SAMPLE_MADE   INT64_C(1551749400) /* when its exports are made */

struct sample_event {
	struct envelope envelope;
	struct str leaf;
	struct opened_payload payloads[ENVELOPE_SLOTS_MAX];
	size_t payload_count; /* those that are there; the envelope commits to more where some are erased */
};

struct sample {
	struct arena *arena;
	struct sign_key *signer;
	struct note_key key;
	struct sample_event *events;
	size_t count, capacity;
	int64_t time;           /* of the next event */
	struct hash *nodes[64]; /* per level */
	size_t node_counts[64], node_capacities[64];
	struct tree_edge edge;
	uint64_t random;
	uint64_t asked; /* how often the export asked for an event */
};

/* The key is made from `seed`. */
struct sample *sample_new(uint8_t seed);
void sample_free(struct sample *sample);
/* The same events under the same key, in a ledger of its own. */
struct sample *sample_copy(const struct sample *sample);
uint64_t sample_random(struct sample *sample, uint64_t below); /* from the seed */

/* One event: its index, time, previous index and commitments are put in; payloads are copied. */
void sample_append(struct sample *sample, const struct envelope *envelope,
	const struct opened_payload *payloads, size_t count);
/* So many ordinary events: a few objects, no to three payloads of all classes. */
void sample_grow(struct sample *sample, size_t count);
/* An event ACT_PRIVACY_ERASE that says so of one payload, which is taken away. */
void sample_erase(struct sample *sample, uint64_t index, const char *slot);
/* Take a payload away and say nothing. */
void sample_lose(struct sample *sample, uint64_t index, const char *slot);
/* Print the envelope of one event anew, from what it holds, and the tree of all: what a forger does. */
void sample_rewrite(struct sample *sample, uint64_t index);
void sample_rebuild(struct sample *sample);

struct tree_source sample_tree(struct sample *sample);
struct checkpoint sample_checkpoint(struct sample *sample, uint64_t size);
struct str sample_note(struct sample *sample, uint64_t size); /* signed */

/* The plan of an ordinary export: the newest note, nothing withheld, no older notes. */
struct export_plan sample_plan(struct sample *sample);
struct export_source sample_source(struct sample *sample);
struct str sample_export(struct sample *sample, const struct export_plan *plan);
/* Verified with the sample's key; every field but `key` is the caller's. */
struct verification sample_verify(struct sample *sample, struct str export, struct verify_plan plan);
void assert_verdict(struct verification found, enum verdict wanted, int64_t first_bad, const char *what_says);
/* A source over bytes that gives at most `step` at a time. */
struct bytes_left {
	struct str rest;
	size_t step;
	int gets_left; /* then it fails; -1 never */
};
enum err bytes_get(void *context, char *bytes, size_t size, size_t *ret_size);

/* ---- an archive in pieces ---- */

struct piece {
	struct str name, bytes;
};
struct pieces {
	struct piece items[256];
	size_t count;
};
void pieces_split(struct arena *arena, struct str export, struct pieces *ret_pieces);
struct str pieces_join(struct arena *arena, const struct pieces *pieces);
struct piece *piece_find(struct pieces *pieces, const char *name);
struct str str_replace(
	struct arena *arena, struct str text, const char *from, const char *to); /* once; must be there */

#endif
