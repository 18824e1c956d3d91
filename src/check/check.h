/* check.h: the second opinion. What is live is compared with what its own events say, with what the rules
 * say, and with what was signed. It shares no code with act/, and writes into nothing but a store in memory.
 *
 * replay   every projection is built again from the events, elsewhere, and compared row by row
 * audit    the three sentences 有权必有责, 有责要担当, 失责必追究, and every invariant of the record: each a
 * question in SQL, written from the text of the rule, that gives the rows which break it record   every
 * stored event, payload and checkpoint is hashed again law      for whoever verifies an exported record: is
 * each step legal under the definition then in force, and is the recorded state what follows from the steps?
 */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "ledger/ledger.h"
#include "store/store.h"

/* ---- replay ---- */

struct replayed {
	uint64_t events;      /* folded */
	uint64_t rows;        /* compared */
	uint64_t differences; /* rows, and recorded states, that aren't the same */
	uint64_t erased;      /* events whose payload is gone: what they said can't be rebuilt */
};
/* `place` is a table, or "event N"; one side may be "". Texts are valid during the call. */
typedef void check_differ_fn(void *context, const char *place, struct str live, struct str rebuilt);
/* Reads `live` in one snapshot. What differs is told, not an error; an error is a failure of the store. */
MUST_CHECK enum err check_replay(struct store *live, struct instant now, check_differ_fn *differ,
	void *context, struct replayed *ret_replayed, struct bh_err *reterr);

/* ---- audit ---- */

enum sentence {
	SENTENCE_RECORD, /* none of the three: the record itself */
	SENTENCE_POWER,  /* 有权必有责 */
	SENTENCE_DUTY,   /* 有责要担当 */
	SENTENCE_BREACH, /* 失责必追究 */
	SENTENCE_COUNT
};
const char *sentence_text(enum sentence sentence, struct str lang); /* "zh" or "en" */

struct invariant {
	enum sentence sentence;
	const char *name, *zh, *en; /* the sentence that must hold */
	const char *sql;            /* asks for the rows that break it */
};
size_t invariant_count(void);
const struct invariant *invariant_at(size_t i);
const struct invariant *invariant_find(struct str name); /* NULL when there is no such one */

/* What breaks it: its cells by name (what is absent has no data), and all in one line, "number=督〔2019〕1号
 * duty=3 …". Valid during the call. */
struct broken_row {
	struct str text;
	const struct str *names, *cells;
	size_t count;
};
typedef void check_broken_fn(void *context, const struct invariant *invariant, const struct broken_row *row);
struct audited {
	uint64_t broken[SENTENCE_COUNT]; /* rows that break a sentence */
};
/* Ask everything, or `only` one. In one snapshot. */
MUST_CHECK enum err check_audit(struct store *store, struct instant now, const struct invariant *only,
	check_broken_fn *broken, void *context, struct audited *ret_audited, struct bh_err *reterr);

/* ---- the record ---- */

struct recorded {
	uint64_t events, payloads, absent, checkpoints;
	int64_t first_bad; /* index of the first event that is wrong; -1: none */
	struct str what;   /* what is wrong, one sentence, in the arena; "" when all is well */
};
/* Hash every event and payload again, build the tree, and hold each stored checkpoint to it; signatures too
 * where `key` is given. */
MUST_CHECK enum err check_record(struct store *store, const struct note_key *key, struct arena *arena,
	struct recorded *ret_recorded, struct bh_err *reterr);

/* ---- law ---- */

struct law; /* what is known of the institution while its events go by in order */
struct law *law_new(void);
void law_free(struct law *law); /* NULL is fine */
/* A verified_event_fn: `context` is a struct law. ERR_TAMPERED says which rule the event breaks. */
verified_event_fn law_judge;
struct judged {
	uint64_t events;   /* whose steps were judged */
	uint64_t matters;  /* that were opened */
	uint64_t unjudged; /* events of matters of which something is withheld or erased */
};
struct judged law_judged(const struct law *law);

#endif
