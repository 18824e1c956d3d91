/* writer.h: what the files of this room share. One `struct installation` belongs to one writer thread;
 * everything below runs on that thread unless it says otherwise. */
#ifndef ACT_WRITER_H
#define ACT_WRITER_H

#include "act/act.h"
#include "act/highwater.h"
#include "store/store_write.h"

#include <pthread.h>

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
	struct store *witness; /* a second connection, which re-reads what was committed */

	/* The institution in memory, as of the newest event. */
	struct arena *arena; /* owns the org, the definitions and the calendar; renewed by a reload */
	struct org *org;
	const struct calendar *calendar;
	struct adopted *adopted; /* every definition there ever was, by id - 1 */
	size_t adopted_count, adopted_capacity;
	struct definition *in_force; /* the newest of each name: what the engine's world shows */
	size_t in_force_count;
	int offset_minutes;
	int64_t next_matter;
	struct instant last_time; /* of the newest event: time in the record never runs back in silence */

	/* The ledger's head: what is appended, and what the witness has seen durable. */
	struct tree_edge head, durable;
	struct note_key key;
	struct sign_key *signer;
	struct highwater highwater;
	struct checkpoint last; /* what highwater holds, read */
	bool checkpoint_owed;   /* the newest note isn't yet in the database */
	uint8_t salts[4096];    /* randomness drawn ahead: one system call for many payloads */
	size_t salts_left;

	/* The queue, from any thread. */
	pthread_t thread;
	bool running;
	pthread_mutex_t lock;
	pthread_cond_t waiting;
	struct act_job *first, *newest;
	bool closing, broken;
	struct bh_err why_broken;
	char published[HIGHWATER_NOTE_MAX]; /* the newest note, for readers on other threads */
	size_t published_size;
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

/* ---- bodies: one act inside the open transaction ---- */

MUST_CHECK enum err act_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_matter_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_clock_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
/* The row that an act would set, as it was asked. */
struct doc *act_row_doc(struct arena *arena, const struct act *act);
MUST_CHECK enum err act_org_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_adopt_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_found_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);
MUST_CHECK enum err act_calendar_body(struct installation *installation, struct arena *arena,
	const struct act *act, struct instant now, struct receipt *ret_receipt, struct bh_err *reterr);

/* ---- installation.c ---- */

/* Load the institution into memory again, from what is committed. */
MUST_CHECK enum err installation_reload(struct installation *installation, struct bh_err *reterr);
const struct procedure *installation_procedure(void *installation, int64_t definition); /* by id; NULL */
/* Takes a definition into force; its tree must live as long as the installation's memory. */
void installation_adopted(struct installation *installation, const struct adopted *adopted);

/* ---- writer.c ---- */

/* Let readers on other threads have the newest note. */
void publish_note(struct installation *installation, struct str note);
/* Re-read what is committed, sign it, remember it. */
MUST_CHECK enum err sign_head(struct installation *installation, struct arena *arena, struct bh_err *reterr);
void *writer_main(void *installation);

#endif
