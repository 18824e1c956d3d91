/* store_rows.h: changing rows. Included by act/, which can begin a write, and by check/, which can't: its
 * rows go into a store that is nowhere (STORE_MEMORY), into which it replays. A row put into any other store
 * outside a transaction is our own mistake and stops the process. */
#ifndef STORE_STORE_ROWS_H
#define STORE_STORE_ROWS_H

#include "grasp/rule.h"
#include "store/store.h"

/* The one row that says whose data it is; written at the founding. */
MUST_CHECK enum err store_institution_put(
	struct store *store, const struct store_institution *institution, struct bh_err *reterr);

/* An event with its payload. All is borrowed for the call. */
struct event_row {
	int64_t index;
	struct instant time;
	struct str kind, object, envelope;
	struct str slot, class, salt, payload;
};
/* ERR_BROKEN when there is an event of that index. */
MUST_CHECK enum err store_event_put(struct store *store, const struct event_row *row, struct bh_err *reterr);
MUST_CHECK enum err store_node_put(
	struct store *store, unsigned level, uint64_t i, const struct hash *hash, struct bh_err *reterr);
MUST_CHECK enum err store_checkpoint_put(
	struct store *store, uint64_t size, struct str note, struct bh_err *reterr);

/* Insert a row of the institution, or replace the one with its id (a function: its name). */
MUST_CHECK enum err store_unit_put(struct store *store, const struct unit *unit, struct bh_err *reterr);
MUST_CHECK enum err store_post_put(struct store *store, const struct post *post, struct bh_err *reterr);
MUST_CHECK enum err store_person_put(struct store *store, const struct person *person, struct bh_err *reterr);
MUST_CHECK enum err store_tenure_put(struct store *store, const struct tenure *tenure, struct bh_err *reterr);
MUST_CHECK enum err store_function_put(
	struct store *store, const struct function *function, struct bh_err *reterr);
MUST_CHECK enum err store_delegation_put(
	struct store *store, const struct delegation *delegation, struct bh_err *reterr);
MUST_CHECK enum err store_kin_put(struct store *store, const struct kin *kin, struct bh_err *reterr);
MUST_CHECK enum err store_relation_put(
	struct store *store, const struct relation *relation, struct bh_err *reterr);
MUST_CHECK enum err store_peer_put(struct store *store, const struct peer *peer, struct bh_err *reterr);
MUST_CHECK enum err store_package_put(struct store *store, struct arena *arena, const struct package *package,
	bool taken, int64_t person, int64_t index, struct bh_err *reterr);
/* The database itself refuses two accounts of one person, or of one keeper, and a person with an
 * administrator's role: ERR_BROKEN, for whoever asked should have known. */
MUST_CHECK enum err store_account_put(
	struct store *store, const struct account *account, struct bh_err *reterr);
MUST_CHECK enum err store_member_put(struct store *store, const struct member *member, struct bh_err *reterr);
MUST_CHECK enum err store_profile_put(
	struct store *store, enum password_profile profile, struct bh_err *reterr);
MUST_CHECK enum err store_demo_put(struct store *store, struct bh_err *reterr); /* for good */
MUST_CHECK enum err store_look_put(
	struct store *store, const struct looked *look, int64_t index, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_put(
	struct store *store, const struct stored_ballot *ballot, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_code_put(struct store *store, struct arena *arena, int64_t ballot,
	const struct ballot_code *code, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_seal_put(
	struct store *store, int64_t ballot, struct str seal, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_line_put(struct store *store, struct arena *arena, int64_t ballot,
	const struct ballot_line *line, struct bh_err *reterr);
/* While it is open; no projection. */
MUST_CHECK enum err store_ballot_cast_put(struct store *store, struct arena *arena, int64_t ballot,
	const struct ballot_line *line, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_cast_seal(struct store *store, struct arena *arena, int64_t ballot,
	const struct hash *code, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_cast_drop(struct store *store, int64_t ballot, struct bh_err *reterr);
MUST_CHECK enum err store_letter_put(
	struct store *store, struct str code, int64_t matter, struct bh_err *reterr);
/* No projection. What is dropped is overwritten. */
MUST_CHECK enum err store_letter_wait(
	struct store *store, struct arena *arena, const struct letter_part *part, struct bh_err *reterr);
MUST_CHECK enum err store_letter_drop(
	struct store *store, const struct letter_part *part, struct bh_err *reterr);
/* What the register holds of a rule from then on: the version before it ends with its first day. */
MUST_CHECK enum err store_rule_issue_put(struct store *store, struct arena *arena,
	const struct rule_issue *issue, const struct event *event, struct bh_err *reterr);
MUST_CHECK enum err store_rule_repeal_put(struct store *store, struct arena *arena,
	const struct rule_repeal *repeal, int64_t index, struct bh_err *reterr);
MUST_CHECK enum err store_definition_put(struct store *store, const struct stored_definition *definition,
	int64_t index, struct bh_err *reterr);
MUST_CHECK enum err store_formula_put(struct store *store, struct arena *arena,
	const struct stored_formula *formula, struct bh_err *reterr);
MUST_CHECK enum err store_calendar_put(
	struct store *store, struct str version, struct str days, int64_t index, struct bh_err *reterr);
/* Write what has changed since it was loaded: the matter's row, changed duties, requests and deeds, new
 * notices, evidence, links; keeps the counters and the progress of its parents. */
MUST_CHECK enum err store_matter_save(struct store *store, struct arena *arena, const struct matter *matter,
	const struct lamp *lamp, struct bh_err *reterr);
/* No lamp of an open matter is to be trusted from `now` on: the sweep finds them all. */
MUST_CHECK enum err store_lamps_stale(struct store *store, struct instant now, struct bh_err *reterr);
/* The last number given to a procedure in a year. */
MUST_CHECK enum err store_sequence_take(
	struct store *store, struct str procedure, int64_t year, int64_t seq, struct bh_err *reterr);

/* What was asked under which key, and what came of it. */
struct command_key {
	struct hash digest;                        /* of the command */
	int64_t matter, version, id, first, count; /* of the receipt */
};
/* ERR_NOT_FOUND: not heard before. */
MUST_CHECK enum err store_command_key_find(struct store *store, int64_t person, struct str key,
	struct command_key *ret_key, struct bh_err *reterr);
MUST_CHECK enum err store_command_key_put(struct store *store, int64_t person, struct str key,
	const struct command_key *row, struct bh_err *reterr);

#endif
