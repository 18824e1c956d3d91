/* history.h: what must hold from event to event: index, time, the chain of each object, and why a payload is
 * gone. */
#ifndef LEDGER_HISTORY_H
#define LEDGER_HISTORY_H

#include "ledger/ledger.h"

struct last_event {
	struct str object; /* STR_NONE: an empty place */
	uint64_t index;
};

struct absence {
	uint64_t index;
	struct str slot;
	bool erased; /* lawfully, by a later event */
};

struct history {
	struct arena
		*arena; /* memory grows with the number of objects and of absent payloads, not of events */
	uint64_t next;  /* index of the next event */
	int64_t time;   /* of the last event */
	bool may_step_back;      /* the last event says that the clock was set back */
	struct last_event *last; /* open addressing; a power of two places, at most half of them taken */
	size_t places, objects;
	struct absence *absences; /* by index */
	size_t absence_count, absence_capacity;
};

struct history history_new(struct arena *arena);
/* Index, time and previous index of the next event; ERR_TAMPERED says what is wrong. Remembers it. */
MUST_CHECK enum err history_follow(
	struct history *history, const struct envelope *envelope, struct bh_err *reterr);
/* A committed payload of the newest event isn't there. */
void history_absent(struct history *history, uint64_t index, struct str slot);
/* `payload` is what an event ACT_PRIVACY_ERASE says. ERR_TAMPERED when that can't be read. */
MUST_CHECK enum err history_explain(struct history *history, struct arena *arena, uint64_t index,
	struct str payload, struct bh_err *reterr);
/* The first absent payload that nothing explains, or NULL; how many are explained. */
const struct absence *history_unexplained(const struct history *history, uint64_t *ret_erased);

#endif
