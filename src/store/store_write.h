/* store_write.h: changing rows. Included by act/ alone (and by check/ for the memory store into which it
 * replays): whoever can begin a write goes through the one write path. All of it inside one transaction. */
#ifndef STORE_STORE_WRITE_H
#define STORE_STORE_WRITE_H

#include "store/store.h"

MUST_CHECK enum err store_begin(struct store *store, struct bh_err *reterr);
MUST_CHECK enum err store_commit(
	struct store *store, struct bh_err *reterr); /* durable when it returns ERR_OK */
void store_abort(struct store *store);               /* nothing, if nothing is open */
MUST_CHECK enum err store_savepoint(struct store *store, struct bh_err *reterr);
MUST_CHECK enum err store_release(struct store *store, struct bh_err *reterr);
MUST_CHECK enum err store_rollback_to(struct store *store, struct bh_err *reterr); /* and release */
/* Move what is committed from the log into the database when the log has grown; the writer calls it between
 * transactions. */
void store_tidy(struct store *store);

MUST_CHECK enum err store_institution_put(
	struct store *store, const struct store_institution *institution, struct bh_err *reterr);

struct event_row {
	int64_t index;
	struct instant time;
	struct str kind, object, envelope;
	struct str slot, class, salt, payload;
};
MUST_CHECK enum err store_event_put(struct store *store, const struct event_row *row, struct bh_err *reterr);
MUST_CHECK enum err store_node_put(
	struct store *store, unsigned level, uint64_t i, const struct hash *hash, struct bh_err *reterr);
MUST_CHECK enum err store_checkpoint_put(
	struct store *store, uint64_t size, struct str note, struct bh_err *reterr);

MUST_CHECK enum err store_unit_put(struct store *store, const struct unit *unit, struct bh_err *reterr);
MUST_CHECK enum err store_post_put(struct store *store, const struct post *post, struct bh_err *reterr);
MUST_CHECK enum err store_person_put(struct store *store, const struct person *person, struct bh_err *reterr);
MUST_CHECK enum err store_tenure_put(struct store *store, const struct tenure *tenure, struct bh_err *reterr);
MUST_CHECK enum err store_function_put(
	struct store *store, const struct function *function, struct bh_err *reterr);
MUST_CHECK enum err store_delegation_put(
	struct store *store, const struct delegation *delegation, struct bh_err *reterr);
MUST_CHECK enum err store_definition_put(struct store *store, const struct stored_definition *definition,
	int64_t index, struct bh_err *reterr);
MUST_CHECK enum err store_calendar_put(
	struct store *store, struct str version, struct str days, int64_t index, struct bh_err *reterr);
/* The days of a calendar from the JSON list that its event holds. */
const struct calendar_day *store_calendar_days(
	struct arena *arena, const struct doc *days, size_t *ret_count);

/* Write what has changed since it was loaded: the matter's row, changed duties, requests and deeds, new
 * notices, evidence, links; keeps the counters and the progress of its parents. */
MUST_CHECK enum err store_matter_save(struct store *store, struct arena *arena, const struct matter *matter,
	const struct lamp *lamp, struct bh_err *reterr);
/* The last number given to a procedure in a year. */
MUST_CHECK enum err store_sequence_take(
	struct store *store, struct str procedure, int64_t year, int64_t seq, struct bh_err *reterr);

struct command_key {
	struct hash digest; /* of the command */
	int64_t matter, version, first, count;
};
/* ERR_NOT_FOUND: not heard before. */
MUST_CHECK enum err store_command_key_find(struct store *store, int64_t person, struct str key,
	struct command_key *ret_key, struct bh_err *reterr);
MUST_CHECK enum err store_command_key_put(struct store *store, int64_t person, struct str key,
	const struct command_key *row, struct bh_err *reterr);

#endif
