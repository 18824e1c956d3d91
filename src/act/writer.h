/* writer.h: what the files of this room share. One `struct installation` belongs to one writer thread, and
 * what is said so to its sealer; everything below runs on the writer's thread unless it says otherwise. */
#ifndef ACT_WRITER_H
#define ACT_WRITER_H

#include "act/act.h"
#include "act/highwater.h"
#include "store/store_write.h"

#include <pthread.h>
#include <stdatomic.h>

#define BATCH_MAX 512 /* acts in one transaction */

/* A definition in memory: the newest of its name is in force, older ones still judge matters opened under
 * them. */
struct adopted {
	struct definition definition;
	int64_t version;
	bool in_force;
};

struct installation {
	struct act_source source;
	struct str dir;
	struct store *store;   /* the one that writes */
	struct store *witness; /* a second connection, on which the sealer re-reads what was committed */

	/* The institution in memory, as of the newest event. */
	struct arena *arena; /* owns the org, the definitions and the calendar; renewed by a reload */
	struct org *org;
	struct directory *directory;
	const struct calendar *calendar;
	struct adopted *adopted; /* every definition there ever was, by id - 1 */
	size_t adopted_count, adopted_capacity;
	struct definition *in_force; /* the newest of each name: what the engine's world shows */
	size_t in_force_count;
	int offset_minutes;
	int64_t next_matter;
	struct instant last_time; /* of the newest event: time in the record never runs back in silence */

	bool ahead; /* an act was refused after it had set rows in memory: they are loaded again */

	struct tree_edge head; /* of the ledger: what is appended */
	uint64_t noted_size;   /* of the newest checkpoint that the database has */

	/* The sealer's. */
	struct tree_edge durable; /* what the witness has seen */
	struct note_key key;
	struct sign_key *signer;
	struct highwater highwater;
	struct checkpoint last; /* what highwater holds, read */

	uint8_t salts[4096]; /* randomness drawn ahead: one system call for many payloads */
	size_t salts_left;

	/* Under the lock, from any thread: what waits to be written, what waits to be sealed, the newest
	 * note. */
	pthread_t writer, sealer;
	bool writing, is_sealing; /* the threads run */
	pthread_mutex_t lock;
	pthread_cond_t waiting, sealing;
	struct act_job *first, *newest;
	struct act_job *to_seal, *to_seal_last;
	struct tree_edge committed;
	bool closing, written, broken; /* written: the writer has ended */
	struct bh_err why_broken;
	char published[HIGHWATER_NOTE_MAX];
	size_t published_size;
	uint64_t sealed_size;
	atomic_uint_least64_t changes; /* of the institution, that were answered */

	pthread_mutex_t telling; /* held while the watcher is told, so that one that was let go is free */
	installation_grew_fn *grew;
	void *grew_context;
	struct arena *keep; /* owns dir and the key's name, for life */
};

/* ---- signer.c: the key ---- */

/* The folder's signing key, under the ledger's name. *ret_signer is the caller's to free. */
MUST_CHECK enum err signer_read(struct str dir, struct str origin, struct sign_key **ret_signer,
	struct note_key *ret_key, struct bh_err *reterr);
MUST_CHECK enum err signer_make(struct str dir, const struct act_source *source, struct bh_err *reterr);

/* ---- record.c: facts into leaves ---- */

/* What is written about one event beside the payload. */
struct record {
	const struct event *event;
	struct str object; /* "m12", "u3" … */
	struct str role;   /* under which the actor acted; "" for none */
	int64_t person, on_behalf;
	int64_t account;  /* names the actor where there is no person */
	int64_t previous; /* index of the object's last event, -1 for none */
	bool compartment; /* the payload is for members only */
};
/* Append it to the ledger: envelope, salted commitment, leaf, nodes. Sets event->index first (the caller
 * passes a fresh event). */
MUST_CHECK enum err record_append(struct installation *installation, struct arena *arena, struct event *event,
	const struct record *record, struct bh_err *reterr);
/* The time of the next event: now, but never before the last one; a clock that was set back is itself
 * recorded first. */
MUST_CHECK enum err record_time(struct installation *installation, struct arena *arena,
	struct instant *ret_now, struct bh_err *reterr);

/* ---- key.c: the same request once ---- */

/* Was this asked before under its key? ERR_OK: yes, and that was the answer. ERR_NOT_FOUND: it is new, or has
 * no key; *ret_request then names it for key_keep. ERR_CONFLICT: something else was. */
MUST_CHECK enum err key_find(struct installation *installation, struct arena *arena, const struct act *act,
	struct hash *ret_request, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err key_keep(struct installation *installation, const struct act *act,
	const struct hash *request, const struct receipt *receipt, struct bh_err *reterr);
/* Is the act, without what it says of it, the one whose digest was told when it was looked at (NULL: nobody
 * looked)? ERR_CONFLICT when it isn't. */
MUST_CHECK enum err act_check_digest(
	struct arena *arena, const struct act *act, const struct hash *looked_at, struct bh_err *reterr);

/* ---- bodies: one act inside the open transaction ---- */

MUST_CHECK enum err act_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct receipt *ret_receipt, struct bh_err *reterr);
/* The same for a row of an import, at a time that is known. */
MUST_CHECK enum err act_body_at(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_import_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_matter_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
/* Would it be let through now? Records nothing. */
MUST_CHECK enum err act_matter_try(struct installation *installation, struct arena *arena,
	const struct command *command, struct instant now, struct bh_err *reterr);
MUST_CHECK enum err act_clock_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
/* The row that an act would set, as it was asked. */
struct doc *act_row_doc(struct arena *arena, const struct act *act);
MUST_CHECK enum err act_org_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
/* act_end.c: may it come to its end on that day, as matters stand? */
MUST_CHECK enum err end_unit_may(const struct installation *installation, const struct unit *unit,
	struct instant now, struct bh_err *reterr);
MUST_CHECK enum err end_post_may(const struct installation *installation, const struct post *post,
	struct instant now, struct bh_err *reterr);
MUST_CHECK enum err act_move_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_adopt_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_formula_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_found_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_calendar_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);

/* May this account ask for such an act at all? */
MUST_CHECK enum err act_account_guard(
	const struct installation *installation, const struct act *act, struct bh_err *reterr);
/* May this person change the institution so? ERR_FORBIDDEN names the function whose holders may. */
MUST_CHECK enum err act_may(const struct installation *installation, const struct act *act,
	struct instant now, struct bh_err *reterr);
MUST_CHECK enum err act_account_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_begin_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_profile_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_demo_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_member_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_ballot_open_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_ballot_vote_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_ballot_paper_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_ballot_close_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_letter_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_letter_due_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_rule_issue_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_rule_repeal_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_peer_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_package_send_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_package_take_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_look_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);

/* ---- installation.c ---- */

/* Load the institution into memory again, from what is committed. */
MUST_CHECK enum err installation_reload(struct installation *installation, struct bh_err *reterr);
const struct procedure *installation_procedure(void *installation, int64_t definition); /* by id; NULL */
/* Takes a definition into force; its tree must live as long as the installation's memory. */
void installation_adopted(struct installation *installation, const struct adopted *adopted);

/* ---- writer.c ---- */

void *writer_main(void *installation);
/* At the end: put the newest note into the database. */
void note_last(struct installation *installation);

/* ---- seal.c: on the sealer's thread, or before it runs ---- */

/* Re-read what is committed, sign it, remember it, give it out. */
MUST_CHECK enum err seal(struct installation *installation, const struct tree_edge *committed,
	struct arena *arena, struct bh_err *reterr);
void *sealer_main(void *installation);

/* ---- seal.c: from any thread ---- */

/* Hand over a batch that was committed, or failed: its jobs are answered when the present head is sealed. */
void seal_submit(struct installation *installation, struct act_job *jobs);
/* Let everybody have the newest note, of a tree of `size`. */
void publish_note(struct installation *installation, struct str note, uint64_t size);
/* The newest note, in `arena`, and the size of its tree. */
uint64_t sealed_note(struct installation *installation, struct arena *arena, struct str *ret_note);
/* After a failure that leaves it unclear what is on the disk, nothing more is written by this process. */
void stop_writing(struct installation *installation, const struct bh_err *why);
/* Those that weren't refused for their own reason fail for this one. */
void fail_all(struct act_job *jobs, enum err err, const struct bh_err *why);

#endif
