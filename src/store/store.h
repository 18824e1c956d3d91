/* store.h: rows. The only room that knows SQL and databases; what it gives are the structs of the rooms
 * below.
 *
 * A `struct store` is one connection. Readers open their own, one per thread; the one that writes is opened
 * with STORE_WRITE and holds the folder's lock, so a second process is refused. Changing anything is in
 * store_write.h, which only act/ may include. All functions leave `reterr` telling what to do when the
 * database itself fails: ERR_BUSY, ERR_FULL, ERR_IO. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "account/account.h"
#include "grasp/ballot.h"
#include "grasp/grasp.h"
#include "grasp/level.h"
#include "matter/matter.h"

struct store;

enum store_mode {
	STORE_READ,    /* an existing folder, read only */
	STORE_WRITE,   /* an existing folder, with its lock */
	STORE_CREATE,  /* a new one: the folder must be empty or absent */
	STORE_MEMORY,  /* nowhere: for replay and tests */
	STORE_SESSION, /* an existing folder, beside who writes it: for secrets and sessions (store_session.h)
			*/
};
/* `dir` is the data folder; the database is dir/bihuan.db. ERR_NOT_FOUND: no installation there. ERR_BUSY:
 * another process writes it. ERR_CONFLICT: STORE_CREATE on a folder that has one, or a schema newer or older
 * than this program. */
MUST_CHECK enum err store_open(
	struct str dir, enum store_mode mode, struct store **ret_store, struct bh_err *reterr);
void store_close(struct store *store); /* NULL is fine */
/* After a failed fsync or read nothing more may be written by this process. */
bool store_is_broken(const struct store *store);
/* Does a process write this folder now, and which; *ret_process is 0 when it can't be known. */
bool store_is_written(struct str dir, int64_t *ret_process);
int store_schema_version(const struct store *store);
int store_schema_newest(void);

/* Between these two all questions see one state of the store, whatever is written meanwhile. Long ones hold
 * the log back: end them. */
MUST_CHECK enum err store_snapshot_begin(struct store *store, struct bh_err *reterr);
void store_snapshot_end(struct store *store);

struct store_institution {
	struct str name;
	struct label title;
	struct str origin;
	int offset_minutes;
};
/* Whose data it is, in `arena`. ERR_NOT_FOUND when the founding never came to its end. */
MUST_CHECK enum err store_institution_get(struct store *store, struct arena *arena,
	struct store_institution *ret_institution, struct bh_err *reterr);

/* ---- the ledger ---- */

/* How many events there are, and the time of the newest (0 when there is none). */
MUST_CHECK enum err store_ledger_size(
	struct store *store, uint64_t *ret_size, struct instant *ret_last, struct bh_err *reterr);
/* The stored bytes of each leaf in [from, to), in order. */
typedef enum err store_leaf_fn(void *context, struct str leaf);
MUST_CHECK enum err store_leaf_each(struct store *store, uint64_t from, uint64_t to, store_leaf_fn *each,
	void *context, struct bh_err *reterr);
MUST_CHECK enum err store_node_get(
	struct store *store, unsigned level, uint64_t i, struct hash *ret_hash, struct bh_err *reterr);
MUST_CHECK enum err store_checkpoint_newest(
	struct store *store, struct arena *arena, struct str *ret_note, struct bh_err *reterr);
/* At most about `most` older checkpoints, spread over the history, oldest first. */
MUST_CHECK enum err store_checkpoints(struct store *store, struct arena *arena, size_t most,
	struct str **ret_notes, size_t *ret_count, struct bh_err *reterr);

/* One stored event with one of its payloads (payload.data NULL: none, or erased). An event with several comes
 * several times. */
struct stored_event {
	int64_t index;
	struct instant time;
	struct str kind, object, envelope; /* envelope: only from store_event_each */
	struct str slot, class, salt, payload;
};
typedef enum err store_event_fn(void *context, const struct stored_event *event);
MUST_CHECK enum err store_event_each(struct store *store, uint64_t from, uint64_t to, store_event_fn *each,
	void *context, struct bh_err *reterr);
/* Matter by matter, each in its order; and all that isn't about a matter, in order. */
MUST_CHECK enum err store_event_each_matter(
	struct store *store, store_event_fn *each, void *context, struct bh_err *reterr);
MUST_CHECK enum err store_event_each_other(
	struct store *store, store_event_fn *each, void *context, struct bh_err *reterr);
MUST_CHECK enum err store_event_of_object(
	struct store *store, struct str object, store_event_fn *each, void *context, struct bh_err *reterr);
/* A page of them: behind the event `after` (0: from the beginning), or before it and the newest first. */
struct event_place {
	int64_t after, limit;
	bool down;
};
MUST_CHECK enum err store_event_page(struct store *store, struct str object, const struct event_place *place,
	store_event_fn *each, void *context, struct bh_err *reterr);
/* Those of one instant. */
MUST_CHECK enum err store_event_at(struct store *store, struct str object, struct instant time,
	store_event_fn *each, void *context, struct bh_err *reterr);
MUST_CHECK enum err store_object_last(
	struct store *store, struct str object, int64_t *ret_index, struct bh_err *reterr); /* -1: none */

/* ---- the institution ---- */

MUST_CHECK enum err store_org_load(
	struct store *store, struct arena *arena, struct org **ret_org, struct bh_err *reterr);
/* What is open and rests on a unit with all its posts, or on one post (the other is 0). */
struct end_rests {
	int64_t duties, matters; /* owed there; in its hands */
};
MUST_CHECK enum err store_end_rests(
	struct store *store, int64_t unit, int64_t post, struct end_rests *ret_rests, struct bh_err *reterr);
struct stored_definition {
	int64_t id, version;
	struct str procedure, file, text;
};
/* All that were ever adopted, by id; the newest of a name is the one in force. */
MUST_CHECK enum err store_definitions(struct store *store, struct arena *arena,
	struct stored_definition **ret_definitions, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_calendar_load(struct store *store, struct arena *arena,
	const struct calendar **ret_calendar, struct bh_err *reterr);

/* The days of a calendar from the JSON list that its event holds. */
const struct calendar_day *store_calendar_days(
	struct arena *arena, const struct doc *days, size_t *ret_count);
/* The days that the institution laid over the calendar it began with, and how many times it has; 0: never. */
MUST_CHECK enum err store_calendar_own(struct store *store, struct arena *arena,
	const struct calendar_day **ret_days, size_t *ret_count, int64_t *ret_times, struct bh_err *reterr);

/* ---- accounts ---- */

/* Every account and membership, and the profile of passwords in force, in `arena`. ERR_TAMPERED when a row
 * couldn't have been recorded like this. */
MUST_CHECK enum err store_directory_load(
	struct store *store, struct arena *arena, struct directory **ret_directory, struct bh_err *reterr);
/* One account by id, by sign-in name, or by who it is elsewhere. ERR_NOT_FOUND when there is none. */
MUST_CHECK enum err store_account_get(struct store *store, struct arena *arena, int64_t id,
	struct account *ret_account, struct bh_err *reterr);
MUST_CHECK enum err store_account_find(struct store *store, struct arena *arena, struct str code,
	struct account *ret_account, struct bh_err *reterr);
MUST_CHECK enum err store_account_tied(struct store *store, struct arena *arena, struct str issuer,
	struct str subject, struct account *ret_account, struct bh_err *reterr);
MUST_CHECK enum err store_profile_get(
	struct store *store, enum password_profile *ret_profile, struct bh_err *reterr);

/* Is it a demonstration, whose sample accounts have a password that everybody knows? */
MUST_CHECK enum err store_demo_get(struct store *store, bool *ret_demo, struct bh_err *reterr);

/* That an account looked at something that is recorded to be looked at: a compartment, an export … */
struct looked {
	int64_t index;     /* of the event that says it */
	struct str object; /* "m12" … */
	int64_t account;
	struct instant first, last;
	int64_t times;
};
/* Who looked at it, the newest first, behind `after` (NULL: from the newest); object "" for everything. */
MUST_CHECK enum err store_look_list(struct store *store, struct arena *arena, struct str object,
	const struct looked *after, int64_t limit, struct looked **ret_looks, size_t *ret_count,
	struct bh_err *reterr);

/* ---- secret votes ---- */

enum ballot_state { BALLOT_OPEN, BALLOT_CLOSED, BALLOT_VOID, BALLOT_STATE_COUNT };
const char *ballot_state_name(enum ballot_state state); /* open closed void */
struct stored_ballot {
	int64_t id;
	struct str spec; /* JSON, as ballot_read takes it */
	struct str root; /* hex */
	enum ballot_state state;
	struct instant opened, closed;
	int64_t code_count;
	struct str paper;               /* JSON, as ballot_paper_read takes it; "" for none */
	int64_t paper_by, paper_second; /* persons; 0: nobody yet */
	struct str result;              /* JSON, of ballot_tally_doc; "" while it is open */
};
MUST_CHECK enum err store_ballot_get(struct store *store, struct arena *arena, int64_t id,
	struct stored_ballot *ret_ballot, struct bh_err *reterr);
/* The newest first. */
MUST_CHECK enum err store_ballot_list(struct store *store, struct arena *arena, int64_t limit,
	struct stored_ballot **ret_ballots, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_last(
	struct store *store, int64_t *ret_id, struct bh_err *reterr); /* 0: there is none */
/* ERR_NOT_FOUND: no ballot has such a code. */
MUST_CHECK enum err store_ballot_code_find(struct store *store, struct arena *arena, const struct hash *code,
	int64_t *ret_ballot, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_codes(struct store *store, struct arena *arena, int64_t ballot,
	struct ballot_code **ret_codes, size_t *ret_count, struct bh_err *reterr); /* by hash */
/* What was cast, by hash: nobody is shown the lines of one that is open. */
struct cast_line {
	struct ballot_line line;
	bool sealed;
};
MUST_CHECK enum err store_ballot_lines(struct store *store, struct arena *arena,
	const struct stored_ballot *ballot, struct cast_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);
/* ERR_NOT_FOUND, which sets nothing: the code is unused. */
MUST_CHECK enum err store_ballot_cast_find(struct store *store, struct arena *arena, int64_t ballot,
	const struct hash *code, struct str *ret_marks, struct bh_err *reterr);
MUST_CHECK enum err store_ballot_cast_count(
	struct store *store, int64_t ballot, int64_t *ret_count, struct bh_err *reterr);

/* ---- what is reported without a name ---- */

/* What came and isn't recorded yet: the report itself (part 0), or what its maker added. */
struct letter_part {
	struct str code; /* hex: hash of the code */
	int64_t part;
	struct day came;
	struct str body; /* JSON */
};
/* The matter that a code opens. ERR_NOT_FOUND: none, or its report waits yet. */
MUST_CHECK enum err store_letter_find(
	struct store *store, struct str code, int64_t *ret_matter, struct bh_err *reterr);
/* What waits under this code ("": under any), in order. */
MUST_CHECK enum err store_letter_waiting(struct store *store, struct arena *arena, struct str code,
	struct letter_part **ret_parts, size_t *ret_count, struct bh_err *reterr);
/* The codes under which something came before this day. */
MUST_CHECK enum err store_letter_due(struct store *store, struct arena *arena, struct day today,
	struct str **ret_codes, size_t *ret_count, struct bh_err *reterr);
/* How many came on this day and wait. */
MUST_CHECK enum err store_letter_came(
	struct store *store, struct arena *arena, struct day day, int64_t *ret_count, struct bh_err *reterr);

/* ---- institutions above and below, and the files between them ---- */

MUST_CHECK enum err store_peers(struct store *store, struct arena *arena, struct peer **ret_peers,
	size_t *ret_count, struct bh_err *reterr); /* by id */
/* By code. ERR_NOT_FOUND says who enters one. */
MUST_CHECK enum err store_peer_find(struct store *store, struct arena *arena, struct str code,
	struct peer *ret_peer, struct bh_err *reterr);

struct stored_package {
	int64_t id, peer, number;
	bool taken; /* came from the peer; else it went there */
	struct str hash;
	int64_t size;    /* events under its checkpoint … */
	struct str root; /* … and their root, hex */
	int64_t person;
	int64_t index;
	struct instant time;
};
/* The newest id, and the highest number of this peer and direction; 0: none yet. */
MUST_CHECK enum err store_package_last(struct store *store, int64_t peer, bool taken, int64_t *ret_id,
	int64_t *ret_number, struct bh_err *reterr);
/* ERR_NOT_FOUND, which says nothing, when there is none of this number. */
MUST_CHECK enum err store_package_find(struct store *store, struct arena *arena, int64_t peer, bool taken,
	int64_t number, struct stored_package *ret_package, struct bh_err *reterr);
struct package_filter {
	const struct viewer
		*viewer;  /* those of which they see a matter, or which they made or took; NULL: all */
	int64_t id, peer; /* 0 doesn't count */
	int64_t limit;
};
/* The newest first. */
MUST_CHECK enum err store_packages(struct store *store, struct arena *arena,
	const struct package_filter *filter, struct stored_package **ret_packages, size_t *ret_count,
	struct bh_err *reterr);
/* All of one peer and direction, by number. */
MUST_CHECK enum err store_package_numbers(struct store *store, struct arena *arena, int64_t peer, bool taken,
	struct stored_package **ret_packages, size_t *ret_count, struct bh_err *reterr);
struct stored_item {
	struct stored_package package; /* of store_package_items only its id */
	int64_t at;                    /* from 0 in its package */
	struct package_item item;
};
/* What a package holds, as far as the viewer sees the matters (NULL: all of it). */
MUST_CHECK enum err store_package_items(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t package, struct stored_item **ret_items, size_t *ret_count, struct bh_err *reterr);
/* All that was sent or taken about one matter, in order. */
MUST_CHECK enum err store_matter_packages(struct store *store, struct arena *arena, int64_t matter,
	struct stored_item **ret_items, size_t *ret_count, struct bh_err *reterr);

/* A list that somebody keeps under a name: no event, like sessions. */
#define SAVED_VIEWS_MAX      100
#define SAVED_VIEW_NAME_MAX  120  /* bytes: 40 characters */
#define SAVED_VIEW_QUERY_MAX 4096 /* bytes of JSON */
struct saved_view {
	struct str name, query; /* query: a JSON object, as the screen that shows it wants it */
	struct instant changed;
};
/* An account's own, by name; nobody reads another's. */
MUST_CHECK enum err store_saved_view_list(struct store *store, struct arena *arena, int64_t account,
	struct saved_view **ret_views, size_t *ret_count, struct bh_err *reterr);

/* Which column of an office's table somebody took for which of ours, by the headers of the table. No event:
 * it is offered again for the next file with such headers. */
#define IMPORT_CHOICE_MAX 131072 /* bytes of JSON */
struct import_choice {
	int64_t person;
	struct str kind;    /* what the file is of, "tasks" or "matters:finding" */
	struct str choices; /* a JSON list of {header, column}; column "-" for one that is left out */
};
/* "" when there is none. In `arena`. */
MUST_CHECK enum err store_import_choice_get(struct store *store, struct arena *arena, int64_t person,
	struct str kind, struct str *ret_choices, struct bh_err *reterr);

/* ---- matters ---- */

/* Which procedure a definition is: asked while loading. NULL is answered with ERR_BROKEN. */
typedef const struct procedure *store_procedure_fn(void *context, int64_t definition);
/* With its open duties and requests and all deeds, in `arena`. ERR_NOT_FOUND when there is none. */
MUST_CHECK enum err store_matter_load(struct store *store, struct arena *arena, int64_t id,
	store_procedure_fn *procedure, void *context, struct matter **ret_matter, struct bh_err *reterr);
MUST_CHECK enum err store_matter_find(
	struct store *store, struct str number, int64_t *ret_id, struct bh_err *reterr);
/* What an import opened under this key ("import:…"), whoever ran it. ERR_NOT_FOUND: nothing yet. */
MUST_CHECK enum err store_import_find(
	struct store *store, struct str key, int64_t *ret_matter, struct bh_err *reterr);
MUST_CHECK enum err store_matter_exists(
	struct store *store, int64_t id, bool *ret_exists, struct bh_err *reterr);
MUST_CHECK enum err store_matter_next(struct store *store, int64_t *ret_id, struct bh_err *reterr);
MUST_CHECK enum err store_children_open(
	struct store *store, int64_t parent, int64_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_sequence_next(
	struct store *store, struct str procedure, int year, int64_t *ret_seq, struct bh_err *reterr);

/* How a matter stands, in the words of the figures on a board; one that is overdue is open, and one that was
 * breached may run or have ended. */
enum matter_standing {
	STANDING_ANY,
	STANDING_OPEN,
	STANDING_OVERDUE,  /* open, and something owed in it is past its due day */
	STANDING_BREACHED, /* a duty that moves it was breached */
	STANDING_CLOSED,   /* ended without a breach */
	STANDING_LATE,     /* ended after one */
	STANDING_VOID,     /* dropped */
	STANDING_COUNT
};
const char *matter_standing_name(enum matter_standing standing); /* "" for any */
MUST_CHECK bool matter_standing_parse(struct str text, enum matter_standing *ret_standing);

struct matter_filter {
	struct str procedure, grasp, state, lamp, q; /* "" doesn't count */
	int64_t unit, parent, follower;              /* 0 doesn't count */
	enum matter_standing standing;
	int64_t limit;
};
struct matter_line {
	int64_t id, definition, unit, commander, parent;
	struct str number, title, procedure, state, lamp;
	struct instant due, ended; /* INSTANT_NONE when there is none */
	int progress, rolled;      /* percent; -1 when none was reported */
	struct instant opened;
	int64_t last_index; /* of its newest event */
};
MUST_CHECK enum err store_matter_list(struct store *store, struct arena *arena,
	const struct matter_filter *filter, struct matter_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);

struct duty_line {
	int64_t matter, id, unit, post, person, definition;
	int rule;
	struct str kind, name, number, title;
	struct instant due;
	bool breached;
	struct str state;
	struct instant closed; /* INSTANT_NONE while open */
};
/* Open ones by due day, of a post, of a unit, or of all (both 0). */
MUST_CHECK enum err store_duty_list(struct store *store, struct arena *arena, int64_t post, int64_t unit,
	int64_t limit, struct duty_line **ret_lines, size_t *ret_count, struct bh_err *reterr);
/* Open ones that a role gave to the person by name, by due day: they stay with the person, whatever the post.
 */
MUST_CHECK enum err store_duty_of_person(struct store *store, struct arena *arena, int64_t person,
	int64_t limit, struct duty_line **ret_lines, size_t *ret_count, struct bh_err *reterr);
/* Every duty a matter ever had, by id. */
MUST_CHECK enum err store_duty_history(struct store *store, struct arena *arena, int64_t matter,
	struct duty **ret_duties, size_t *ret_count, struct bh_err *reterr);
/* Of every request there ever was in it: its rule in the definition, and how it stands. */
typedef enum err store_request_rule_fn(void *context, int64_t id, int rule, enum request_state state);
MUST_CHECK enum err store_request_rules(struct store *store, int64_t matter, store_request_rule_fn *each,
	void *context, struct bh_err *reterr);

struct notice_line {
	int64_t index, matter, duty, post; /* post: whose notice it is; 0: of a matter that one follows */
	struct str kind, number, title;
	struct instant time;
	bool apart; /* of a compartment, of which nothing is said outside the house */
};
/* What a post was told, the newest first; at most `limit`, in `arena`. */
MUST_CHECK enum err store_notice_list(struct store *store, struct arena *arena, int64_t post, int64_t limit,
	struct notice_line **ret_lines, size_t *ret_count, struct bh_err *reterr);

struct link_line {
	int64_t other;
	struct str relation, number, title;
	bool forth; /* this matter names the other; else the other way round */
};
MUST_CHECK enum err store_link_list(struct store *store, struct arena *arena, int64_t matter,
	struct link_line **ret_lines, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_evidence_list(struct store *store, struct arena *arena, int64_t matter,
	struct evidence_item **ret_items, size_t *ret_count, struct bh_err *reterr);
/* The hash of every file that was ever shown, once. */
MUST_CHECK enum err store_evidence_hashes(struct store *store, struct arena *arena, struct str **ret_hashes,
	size_t *ret_count, struct bh_err *reterr);
/* The number of another matter for which the same file was shown; "" when there is none. */
MUST_CHECK enum err store_evidence_elsewhere(struct store *store, struct arena *arena, struct str hash,
	int64_t matter, struct str *ret_number, struct bh_err *reterr);

/* Matters for which time has brought something by `now`, the earliest first. */
MUST_CHECK enum err store_due_now(struct store *store, struct instant now, struct arena *arena,
	int64_t **ret_matters, size_t *ret_count, struct bh_err *reterr);

/* The instant at which time will next bring something, past or to come; INSTANT_NONE when nothing is open. */
MUST_CHECK enum err store_due_next(struct store *store, struct instant *ret_instant, struct bh_err *reterr);

/* A figure that is kept as matters change: scope all, grasp, procedure, unit, commander count what the whole
 * institution may see; unit_inner and commander_inner what only those around a unit may; compartments count
 * nowhere. Measure open, overdue, closed, late, void, and the colours of lamps. */
typedef enum err store_counter_fn(void *context, struct str measure, int64_t value);
MUST_CHECK enum err store_counter_each(struct store *store, struct str scope, struct str id,
	store_counter_fn *each, void *context, struct bh_err *reterr);

/* ---- what one may see ----
 *
 * One predicate (sql/see.sql) stands in all of these, and what the viewer may not see is nowhere: no row, no
 * count, no title of what is linked, no parent. All that is shown to somebody comes from here; the lists
 * above are the operator's, who has the machine. */

struct viewer {
	int64_t person;   /* 0: nobody, an administrator too; sees nothing */
	struct day today; /* at the institution */
};
/* False also when there is no such matter. */
MUST_CHECK enum err store_may_see(struct store *store, const struct viewer *viewer, int64_t matter,
	bool *ret_sees, struct bh_err *reterr);
/* Is the compartment of this matter about the viewer, who therefore never sees it, but may be told something
 * at its door? What that is the definition says (view/door.c). False for whatever is no compartment. */
MUST_CHECK enum err store_at_door(struct store *store, const struct viewer *viewer, int64_t matter,
	bool *ret_there, struct bh_err *reterr);
/* The matters at whose door the viewer stands, the newest first; and those of them that show the file of this
 * hash. */
MUST_CHECK enum err store_door_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t limit, int64_t **ret_matters, size_t *ret_count, struct bh_err *reterr);
/* The same of compartments that are about the viewer at their door or by name, whether or not they hold a
 * post. */
MUST_CHECK enum err store_is_about(struct store *store, const struct viewer *viewer, int64_t matter,
	bool *ret_about, struct bh_err *reterr);
MUST_CHECK enum err store_about_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t limit, int64_t **ret_matters, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_door_evidence(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str hash, int64_t **ret_matters, size_t *ret_count, struct bh_err *reterr);
/* By its number. ERR_NOT_FOUND when there is none that the viewer sees. */
MUST_CHECK enum err store_number_seen(struct store *store, const struct viewer *viewer, struct str number,
	int64_t *ret_matter, struct bh_err *reterr);

/* The place behind which a page begins; all 0: the first page. Opaque, but for being three numbers that may
 * travel. */
struct page_after {
	int64_t key, id, part;
};

enum matter_sort {
	MATTER_NEWEST, /* by id, the newest first */
	MATTER_DUE,    /* by due day, what has none last */
	MATTER_DUE_LAST,
	MATTER_CHANGED, /* by the newest event of each */
	MATTER_CHANGED_LAST,
	MATTER_NUMBER, /* procedure by procedure, year by year; of one unit or of parts: by year */
	MATTER_NUMBER_LAST,
	MATTER_SORT_COUNT
};
const char *matter_sort_name(enum matter_sort sort); /* -id due -due changed -changed number -number */
MUST_CHECK bool matter_sort_parse(struct str text, enum matter_sort *ret_sort);

struct matter_query {
	struct str procedure, grasp, state, lamp, q; /* "" doesn't count */
	int64_t unit, commander, parent, programme;  /* 0 doesn't count; programme: all that is below */
	struct instant due_before, opened_from, opened_until; /* INSTANT_NONE or 0 doesn't count; half-open */
	bool followed;                                        /* only what the viewer follows */
	enum matter_standing standing;
	enum matter_sort sort;
	int64_t limit;
};
/* A page of what the viewer sees, behind `after` (NULL: from the beginning). `ret_next` is where the next
 * page begins, all 0 when this was the last. */
MUST_CHECK enum err store_matter_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct matter_query *query, const struct page_after *after, struct matter_line **ret_lines,
	size_t *ret_count, struct page_after *ret_next, struct bh_err *reterr);
/* How many there are, up to MATTER_COUNT_MAX, which means so many or more. */
#define MATTER_COUNT_MAX 10001
MUST_CHECK enum err store_matter_count(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct matter_query *query, int64_t *ret_count, struct bh_err *reterr);

/* What of all that is below a matter, at any height, the viewer sees; the matter itself is one that they see.
 */
struct parts_counted {
	int64_t parts, open, red; /* open ones; of these with a red lamp */
};
MUST_CHECK enum err store_parts_count(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct parts_counted *ret_counted, struct bh_err *reterr);

/* What was typed, found in numbers, titles, fields of text and all that was said: every word must be there,
 * in Chinese each two characters together, the last word may be a beginning. First what has it in its number
 * or title, then the rest; each the newest first. No sign in it is syntax. */
struct search_hit {
	struct matter_line line;
	const char *part;   /* head: number and title; body: other fields; said: notes, answers and so on */
	struct str excerpt; /* of the line in which it was found first … */
	size_t from, to;    /* … and where it is there, in bytes */
};
MUST_CHECK enum err store_search(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str typed, int64_t limit, const struct page_after *after, struct search_hit **ret_hits,
	size_t *ret_count, struct page_after *ret_next, struct bh_err *reterr);
/* The same in the definitions in force, for whoever holds a post. */
struct definition_hit {
	int64_t id, version;
	struct str procedure, excerpt;
	size_t from, to;
};
MUST_CHECK enum err store_search_definitions(struct store *store, struct arena *arena,
	const struct viewer *viewer, struct str typed, int64_t limit, struct definition_hit **ret_hits,
	size_t *ret_count, struct bh_err *reterr);

struct duty_query {
	int64_t person;       /* whose: by name, of the posts they hold today, of the units these act for */
	int64_t asker;        /* to whose posts it is an answer; only open ones then */
	struct str procedure; /* of its matter; "" doesn't count */
	int64_t unit, post;
	struct instant due_before; /* INSTANT_NONE or 0 doesn't count */
	bool open, breached;
	int64_t limit;
};
/* By due day. Duties of matters that the viewer doesn't see aren't there, but for the viewer's own at the
 * door of a compartment, which come without the title of the matter. */
MUST_CHECK enum err store_duty_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct duty_query *query, const struct page_after *after, struct duty_line **ret_lines,
	size_t *ret_count, struct page_after *ret_next, struct bh_err *reterr);

/* What was told to the posts that the viewer holds today, and what happened in matters that they follow, the
 * newest first. */
MUST_CHECK enum err store_notice_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t limit, const struct page_after *after, struct notice_line **ret_lines, size_t *ret_count,
	struct page_after *ret_next, struct bh_err *reterr);

/* What happened in matters that the viewer follows and sees, by others, up to event `newest`; the newest
 * first, at most `limit`. Their post is 0. What a post of theirs was told of the same event isn't among it.
 */
MUST_CHECK enum err store_news_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t newest, int64_t limit, struct notice_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);

/* What hangs on a matter; nothing where the viewer doesn't see the matter. */
MUST_CHECK enum err store_link_seen(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct link_line **ret_lines, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_evidence_seen(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct evidence_item **ret_items, size_t *ret_count, struct bh_err *reterr);
/* A matter that shows the file of this hash. ERR_NOT_FOUND when the viewer sees none. */
MUST_CHECK enum err store_evidence_matter(struct store *store, const struct viewer *viewer, struct str hash,
	int64_t *ret_matter, struct bh_err *reterr);
/* Figures of a scope for somebody: of a unit in or above which they hold a post, and of a commander whose
 * post they hold, with the inner ones in the same sum. Nothing for nobody. */
MUST_CHECK enum err store_counter_seen(struct store *store, const struct viewer *viewer, struct str scope,
	struct str id, store_counter_fn *each, void *context, struct bh_err *reterr);
/* The same of all that the scope has figures of, those of one `id` together. */
typedef enum err store_board_fn(void *context, struct str id, struct str measure, int64_t value);
MUST_CHECK enum err store_counter_board(struct store *store, const struct viewer *viewer, struct str scope,
	store_board_fn *each, void *context, struct bh_err *reterr);
/* What happened in a time, [from, until), of what everybody may see: matters opened, ended without a breach,
 * ended after one, dropped; and duties due in it whose breach is recorded. Times begin and end with an hour.
 * Kept by the hour as matters change, but for breaches, of which those of the time are counted. Nothing for
 * nobody. */
struct trend {
	int64_t opened, closed, late, dropped, breached;
};
MUST_CHECK enum err store_trend(struct store *store, const struct viewer *viewer, struct instant from,
	struct instant until, struct trend *ret_trend, struct bh_err *reterr);
/* As store_evidence_elsewhere, among what the viewer sees. */
MUST_CHECK enum err store_evidence_also(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str hash, int64_t matter, struct str *ret_number, struct bh_err *reterr);

/* A formula of performance as it was adopted. */
struct stored_formula {
	int64_t id; /* its version: 1, 2, 3 … */
	struct str name, file, text;
	struct day from; /* in force from this day on, until another is */
	int64_t index;   /* the event that adopted it */
	struct instant adopted;
};
/* All there ever were, by version. */
MUST_CHECK enum err store_formulas(struct store *store, struct arena *arena,
	struct stored_formula **ret_formulas, size_t *ret_count, struct bh_err *reterr);
/* The one in force on that day: of those that begin by then the one that begins last; of one day the later
 * version. NULL: none was. */
const struct stored_formula *stored_formula_on(
	const struct stored_formula *formulas, size_t count, struct day day);

/* ---- reports: times are half-open, [from, until) ----
 *
 * Of what the viewer sees, rows and sums alike; `viewer` NULL: the operator, from whom nothing is hidden. */

/* Open duties that fell due in this time, the longest overdue first. */
MUST_CHECK enum err store_duty_overdue(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct instant from, struct instant until, struct duty_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);

/* A matter that is a part, or has parts, or could: what deployments, programmes and tasks are. By id. */
struct part_line {
	int64_t id, parent, weight, definition, unit, commander;
	struct str number, title, procedure, state;
	struct instant due;
	int progress; /* percent, of its parts by weight where it has any; -1 when none was reported */
};
MUST_CHECK enum err store_part_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct part_line **ret_lines, size_t *ret_count, struct bh_err *reterr);

/* A day that was missed, whatever became of the duty, with the answer that somebody owed for it. By unit,
 * post and due. */
struct breach_line {
	int64_t matter, duty, unit, post, definition;
	int rule;
	struct str kind, name, number, title, state;
	struct instant due, closed;
	struct str answer; /* state of the duty to answer; "" when nobody owed one */
	bool answer_breached;
	int64_t answer_post;
	struct instant new_due; /* of a duty that was given another day; INSTANT_NONE */
};
MUST_CHECK enum err store_breach_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct instant from, struct instant until, struct breach_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);
/* A matter that a breach opened by itself. `said` is the payload of the breach, which names the duty. */
struct consequence_line {
	int64_t failing, id, definition;
	struct str said, number, procedure, state, outcome;
};
MUST_CHECK enum err store_consequence_list(struct store *store, struct arena *arena,
	const struct viewer *viewer, struct consequence_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);

/* A problem that was found: a matter of this procedure that was opened in this time. By id. */
struct finding_line {
	int64_t id, definition, unit; /* unit: the first of its fields */
	struct str number, title, outcome;
	struct doc *fields;
	int64_t linked; /* to other problems, as the same one */
};
struct finding_ask {
	const struct viewer *viewer; /* NULL: the operator */
	struct instant from, until;
	struct str procedure;
};
MUST_CHECK enum err store_finding_list(struct store *store, struct arena *arena,
	const struct finding_ask *ask, struct finding_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);
/* What was done in the matters of a procedure, each action of each once. By matter. */
struct deed_line {
	int64_t matter, parent, definition; /* parent: 0 when it is part of nothing */
	struct str action;
};
MUST_CHECK enum err store_deed_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str procedure, struct deed_line **ret_lines, size_t *ret_count, struct bh_err *reterr);

/* Every unit that a matter covers, by whatever supervision; by procedure, then by matter. A matter is read by
 * its own definition, or, where that is from before `covers`, by the one in force. */
struct covered_ask {
	const struct viewer *viewer;          /* NULL: the operator */
	const struct definition *definitions; /* in force; those that cover nobody are passed over */
	size_t definition_count;
	store_procedure_fn *procedure;
	void *context;
	int offset_minutes; /* of days, from UTC */
};
MUST_CHECK enum err store_covered_list(struct store *store, struct arena *arena,
	const struct covered_ask *ask, struct covered **ret_covered, size_t *ret_count,
	struct bh_err *reterr);

/* The record of results in this time: duties by their due day, by matter and duty; and what was verified in
 * matters that ended in it, by person and matter. The viewer, where there is one, hears only of matters they
 * may see; days are of that offset from UTC. */
struct record_ask {
	const struct viewer *viewer; /* NULL: the operator */
	struct instant from, until;
	int offset_minutes;
	int64_t person; /* 0: everybody. Else every duty of a post that they ever held: record_keep leaves
			 * what was theirs. Of what was undertaken there is no person. */
	store_procedure_fn *procedure;
	void *context;
};
/* The time from one day to another, both included; DAY_NONE: not limited on that side. */
struct instant record_from(struct day from, int offset_minutes);
struct instant record_until(struct day to, int offset_minutes);
/* The same period of due days: a due instant is the end of its day, so it begins and ends behind midnight. */
struct record_ask record_due(const struct record_ask *ask);
MUST_CHECK enum err store_settled_list(struct store *store, struct arena *arena, const struct record_ask *ask,
	struct settled **ret_settled, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_verified_list(struct store *store, struct arena *arena,
	const struct record_ask *ask, struct verified **ret_verified, size_t *ret_count,
	struct bh_err *reterr);

/* Matters opened in this time for a unit and not called off, by unit and matter. */
MUST_CHECK enum err store_undertaken_list(struct store *store, struct arena *arena,
	const struct record_ask *ask, struct undertaken **ret_undertaken, size_t *ret_count,
	struct bh_err *reterr);
/* The event behind a fact: that closed a duty, done at `time`; that recorded its breach, where `time` is
 * none; that ended a matter at `time`, where `duty` is 0. -1 when it can't be told: its payload was erased.
 */
MUST_CHECK enum err store_event_behind(struct store *store, struct arena *arena, int64_t matter, int64_t duty,
	struct instant time, int64_t *ret_index, struct bh_err *reterr);

/* What has been decided in matters of these procedures and is, or was, in effect in the state they stand in:
 * by its last day, the latest first. `person` 0: on anybody. */
struct effect_ask {
	const struct viewer *viewer;          /* NULL: the operator, and the engine */
	const struct definition *definitions; /* in force; those without an effect are passed over */
	size_t definition_count;
	int64_t person;
	store_procedure_fn *procedure;
	void *context;
};
MUST_CHECK enum err store_effect_list(struct store *store, struct arena *arena, const struct effect_ask *ask,
	struct effect **ret_effects, size_t *ret_count, struct bh_err *reterr);

/* Matters of a procedure that weren't called off, with all they say. By id. */
struct kept_line {
	int64_t id, definition;
	struct str number, title, state, outcome; /* outcome: "" while it runs */
	struct doc *fields;
	struct instant due; /* of the earliest open duty; INSTANT_NONE */
};
MUST_CHECK enum err store_kept_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str procedure, struct kept_line **ret_lines, size_t *ret_count, struct bh_err *reterr);

/* What stands under one leader's name, of what was opened in this time. By what is overdue, then by what is
 * open. */
struct commander_line {
	int64_t post, open, overdue, red, yellow, closed, late;
	int progress; /* mean of the open ones; -1 when there is none */
};
MUST_CHECK enum err store_commander_list(struct store *store, struct arena *arena,
	const struct viewer *viewer, struct instant now, struct instant from, struct instant until,
	struct commander_line **ret_lines, size_t *ret_count, struct bh_err *reterr);

/* ---- the second opinion ---- */

/* Run one question of check/ and give each row as text: $1 is the institution, $2 the present instant, $3
 * what the caller knows and the tables don't, as JSON ("" when nothing). Names and cells are valid until the
 * next row; a cell without data is null. */
typedef enum err store_text_row_fn(
	void *context, const struct str *names, const struct str *cells, size_t count);
MUST_CHECK enum err store_query_text(struct store *store, const char *sql, struct instant now,
	struct str known, store_text_row_fn *each, void *context, struct bh_err *reterr);
/* Compare every projection of a live store with one that was rebuilt: `differ` hears of each row that only
 * one of them has (the other side is ""). What time alone changes (lamps) is compared where the live row says
 * that it still holds at `now`. Memory is some bytes a row. */
typedef void store_differ_fn(void *context, const char *table, struct str live, struct str rebuilt);
MUST_CHECK enum err store_compare(struct store *live, struct store *rebuilt, struct instant now,
	store_differ_fn *differ, void *context, uint64_t *ret_rows, struct bh_err *reterr);

/* ---- keeping ---- */

typedef void store_progress_fn(void *context, int64_t done, int64_t total); /* pages */
/* An exact copy of a store that is in use, into one new file. */
MUST_CHECK enum err store_backup(struct store *store, struct str file, store_progress_fn *progress,
	void *context, struct bh_err *reterr);
/* A folder from such a file: checks it first, and never overwrites. */
MUST_CHECK enum err store_restore(struct str file, struct str dir, struct bh_err *reterr);
/* What the database says of its own pages; "ok" when all is well. */
MUST_CHECK enum err store_integrity(
	struct store *store, struct arena *arena, struct str *ret_verdict, struct bh_err *reterr);
/* Bring an older schema up to date. Returns the version it had. */
MUST_CHECK enum err store_migrate(struct str dir, int *ret_before, struct bh_err *reterr);
const char *store_sqlite_version(void);

#endif
