/* auditor.c: one audit for all who ask at once. Waiting costs no thread: a request that finds another asking
 * is laid aside, and goes back to the workers when that one is done. */
#include "http/auditor.h"

#include <pthread.h>
#include <stdlib.h>

#define KEPT_US   INT64_C(60000000) /* what is overdue changes with time, too */
#define ROWS_KEPT 20000             /* more isn't kept: then everybody asks by themselves, in turn */

struct audit_run {
	struct arena *arena;
	uint64_t size; /* the events that it holds at least */
	struct instant now;
	bool record;
	struct audit_row *rows;
	size_t count, capacity;
	size_t holders; /* who asks or tells it, and `newest` */
};

struct auditor {
	pthread_mutex_t lock;
	struct audit_run *newest; /* NULL: none that may still be told */
	bool asking;
	struct exchange *parked;
};

struct auditor *auditor_new(void)
{
	struct auditor *auditor = calloc(1, sizeof *auditor);

	REQUIRE(auditor != NULL && pthread_mutex_init(&auditor->lock, NULL) == 0);
	return auditor;
}

/* Under the lock. */
static void let_go(struct audit_run *run)
{
	if (run == NULL || --run->holders > 0)
		return;
	arena_free(run->arena);
	free(run);
}

void auditor_free(struct auditor *auditor)
{
	if (auditor == NULL)
		return;
	REQUIRE(auditor->parked == NULL && (auditor->newest == NULL || auditor->newest->holders == 1));
	let_go(auditor->newest);
	pthread_mutex_destroy(&auditor->lock);
	free(auditor);
}

/* ---- asking ---- */

static struct audit_run *run_new(uint64_t size, struct instant now, bool record)
{
	struct audit_run *run = calloc(1, sizeof *run);

	REQUIRE(run != NULL);
	*run = (struct audit_run){
		.arena = arena_new(), .size = size, .now = now, .record = record, .holders = 1};
	return run;
}

static bool is_good_for(const struct audit_run *run, uint64_t size, struct instant now, bool record)
{
	return run != NULL && run->size == size && (run->record || !record) && now.us >= run->now.us &&
	       now.us - run->now.us < KEPT_US;
}

enum audit_turn auditor_take(
	struct auditor *auditor, uint64_t size, struct instant now, bool record, struct audit_run **ret_run)
{
	enum audit_turn turn = AUDIT_WAIT;

	pthread_mutex_lock(&auditor->lock);
	if (is_good_for(auditor->newest, size, now, record)) {
		auditor->newest->holders++;
		*ret_run = auditor->newest;
		turn = AUDIT_TOLD;
	} else if (!auditor->asking) {
		auditor->asking = true;
		*ret_run = run_new(size, now, record);
		turn = AUDIT_ASK;
	}
	pthread_mutex_unlock(&auditor->lock);
	return turn;
}

static void take_row(void *context, const struct invariant *invariant, const struct broken_row *row)
{
	struct audit_run *run = context;
	struct str *names = ARENA_TAKE(run->arena, row->count, struct str);
	struct str *cells = ARENA_TAKE(run->arena, row->count, struct str);

	for (size_t i = 0; i < row->count; i++) {
		names[i] = str_copy(run->arena, row->names[i]);
		cells[i] = row->cells[i].data == NULL ? STR_NONE : str_copy(run->arena, row->cells[i]);
	}
	*ARENA_PUSH(run->arena, run->rows, run->count, run->capacity) = (struct audit_row){
		.invariant = invariant, .row = {.names = names, .cells = cells, .count = row->count}};
}

enum err audit_run_ask(struct audit_run *run, struct store *store, struct bh_err *reterr)
{
	struct audited audited;

	for (size_t i = 0; i < invariant_count(); i++)
		if (run->record || invariant_at(i)->sentence != SENTENCE_RECORD)
			TRY(check_audit(store, run->now, invariant_at(i), take_row, run, &audited, reterr));
	return ERR_OK;
}

/* ---- telling ---- */

void auditor_told(struct auditor *auditor, struct audit_run *run, enum err err)
{
	struct exchange *parked;

	pthread_mutex_lock(&auditor->lock);
	let_go(auditor->newest);
	auditor->newest = NULL;
	if (err == ERR_OK && run->count <= ROWS_KEPT) {
		run->holders++;
		auditor->newest = run;
	}
	auditor->asking = false;
	parked = auditor->parked;
	auditor->parked = NULL;
	pthread_mutex_unlock(&auditor->lock);
	while (parked != NULL) {
		struct exchange *next = parked->next;

		dispatch_hand_over(parked);
		parked = next;
	}
}

void auditor_release(struct auditor *auditor, struct audit_run *run)
{
	pthread_mutex_lock(&auditor->lock);
	let_go(run);
	pthread_mutex_unlock(&auditor->lock);
}

bool auditor_park(void *context, struct exchange *exchange)
{
	struct auditor *auditor = context;

	pthread_mutex_lock(&auditor->lock);
	bool waits = auditor->asking;

	if (waits) {
		exchange->next = auditor->parked;
		auditor->parked = exchange;
	}
	pthread_mutex_unlock(&auditor->lock);
	return waits;
}

const struct audit_row *audit_run_rows(const struct audit_run *run, size_t *ret_count)
{
	*ret_count = run->count;
	return run->rows;
}
