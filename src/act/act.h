/* act.h: the one write path. Everything that changes an institution goes through here: authorise, load,
 * decide, apply, record, commit, sign, answer.
 *
 * One writer thread takes the waiting acts, runs each as a retryable body inside one transaction, and commits
 * once (fsync). A sealer beside it re-reads what was written on a second connection, signs once, remembers it
 * (fsync), and then answers all. An act that is refused leaves no trace and harms no neighbour. Nothing is
 * acknowledged before it is durable and covered by a signed checkpoint. */
#ifndef ACT_ACT_H
#define ACT_ACT_H

#include "ledger/ledger.h"
#include "matter/matter.h"
#include "store/store.h"

/* An installation that is open for writing: its data folder, its institution in memory, its signer. */
struct installation;

/* Where time and chance come from: the machine's, or a test's. */
struct act_source {
	struct instant (*now)(void *context);
	void (*random)(void *context, uint8_t *bytes, size_t size);
	void *context;
};
extern const struct act_source act_machine; /* the machine's clock and the kernel's randomness */

/* Make a new data folder: schema, signing key, the founding event. ERR_CONFLICT when the folder holds one
 * already. */
struct founding {
	struct str name; /* pengjiang-2019 */
	struct label title;
	struct str origin;  /* of the ledger: "<host>/<institution>" */
	int offset_minutes; /* from UTC */
};
MUST_CHECK enum err installation_found(struct str dir, const struct founding *founding,
	const struct act_source *source, struct bh_err *reterr);

/* Open an existing one for writing; starts the writer thread. ERR_BUSY when another process has it. */
MUST_CHECK enum err installation_open(struct str dir, const struct act_source *source,
	struct installation **ret_installation, struct bh_err *reterr);
/* Finish what is queued, stop the thread, close. NULL is fine. */
void installation_close(struct installation *installation);

int installation_offset(const struct installation *installation); /* minutes from UTC */
struct instant installation_now(const struct installation *installation);
/* The verifier key of its ledger, as text, in `arena`. */
struct str installation_vkey(const struct installation *installation, struct arena *arena);

/* `text` as a note signed under that key, in `arena`: never a checkpoint (ledger.h, note_sign). From any
 * thread. */
struct str installation_sign(const struct installation *installation, struct arena *arena, struct str text);

/* The newest signed checkpoint as a note in `arena`: covers everything that was ever acknowledged. From any
 * thread, at no more than the price of a copy. */
struct str installation_checkpoint(struct installation *installation, struct arena *arena);
/* ERR_OK while it can write; else what stopped it, until the process is started again. From any thread. */
MUST_CHECK enum err installation_health(struct installation *installation, struct bh_err *reterr);
/* Be told whenever the record has grown: so many events are now durable and signed. Called from the
 * sealer's thread, so it must neither wait nor act; one watcher, `grew` NULL for none. Once this returns,
 * the watcher before it isn't called any more, nor is it being called. */
typedef void installation_grew_fn(void *context, uint64_t size);
void installation_watch(struct installation *installation, installation_grew_fn *grew, void *context);

/* A number that is another one once the institution has changed (org, definitions, calendar), and is so
 * before the one who changed it is answered. From any thread. */
uint64_t installation_changes(const struct installation *installation);

/* ---- looking at a folder, beside whoever has it open ---- */

/* The verifier key of its ledger. ERR_IO when the folder has no signing key. */
MUST_CHECK enum err folder_key(struct str dir, struct store *store, struct arena *arena,
	struct note_key *ret_key, struct bh_err *reterr);
/* The newest signed checkpoint: what the signer remembers, or, where that is gone, what the database kept.
 * ERR_NOT_FOUND when nothing was ever signed. */
MUST_CHECK enum err folder_note(struct str dir, struct store *store, struct arena *arena,
	struct str *ret_note, struct bh_err *reterr);

/* ---- acts ---- */

#define MOVE_TENURES_MAX 8     /* of one move */
#define IMPORT_ROWS_MAX  10000 /* of one import: the writer does nothing else meanwhile */
#define LETTERS_A_DAY    300   /* that are taken without a name: no flood fills the disk or an office */

enum act_kind {
	ACT_COMMAND,
	ACT_UNIT,
	ACT_POST,
	ACT_PERSON,
	ACT_TENURE,
	ACT_FUNCTION,
	ACT_DELEGATION,
	ACT_CALENDAR,
	ACT_ADOPT, /* definitions that may need each other, all or nothing */
	ACT_CLOCK,
	ACT_FOUND, /* the first event of all; installation_found does it */
	ACT_KIN,
	ACT_ACCOUNT,
	ACT_MEMBER,
	ACT_PROFILE,
	ACT_LOOK,
	ACT_DEMO,   /* mark it as a demonstration, for good; auth_run makes its sample accounts */
	ACT_BEGIN,  /* the three administrators, once; auth_begin does it, with their passwords */
	ACT_MOVE,   /* people change posts: what ends and what begins, all or nothing */
	ACT_IMPORT, /* the rows of a file, all or nothing */
	ACT_BALLOT_OPEN,
	ACT_BALLOT_VOTE, /* by whoever has a code: nobody is named, and no event tells of one alone */
	ACT_BALLOT_PAPER,
	ACT_BALLOT_CLOSE, /* counts it and tells the matters of its subjects, all or nothing */
	ACT_LETTER,       /* reported without a name, or added to what was: no event before the day is over */
	ACT_LETTER_DUE,   /* the clock's: what came under a code before today is recorded */
	ACT_RULE_ISSUE,   /* a rule, or a version of one, with what is done in the matter that made it, all or
			     nothing */
	ACT_RULE_REPEAL,
	ACT_FORMULA,      /* a formula of performance, from a day on */
	ACT_RELATION,     /* a word for how one matter is related to another */
	ACT_PEER,         /* an institution above or below, and its key */
	ACT_PACKAGE_SEND, /* a file for one of them was made */
	ACT_PACKAGE_TAKE, /* one that came: all that it brings about, or nothing */
	ACT_KIND_COUNT
};

struct definition_text {
	struct str file, text;
};

/* What is asked, by whom. All pointers are borrowed until the act is answered. Ids of 0 mean: a new one. */
struct act {
	enum act_kind kind;
	struct str key;  /* idempotency: the same key by the same person is done once; "" for none */
	int64_t person;  /* who asks; 0: the system itself */
	int64_t account; /* through which account, which must be that person's and active; 0: none, as from a
			    shell. An administrator's account has no person, and no part in other acts than
			    its own */
	union {
		const struct command *command;
		const struct unit *unit;
		const struct post *post;
		const struct person *person;
		const struct tenure *tenure;
		const struct function *function;
		const struct relation *relation;
		const struct delegation *delegation;
		struct {
			struct str version;
			const struct calendar_day *days;
			size_t count;
		} calendar;
		struct {
			const struct definition_text *items; /* each procedure once; refused unless all are
								sound beside each other and those in force */
			size_t count;
		} adopt;
		struct {
			struct definition_text source;
			struct day from; /* not before the day of the act; DAY_NONE: that day */
		} formula;
		int64_t matter; /* ACT_CLOCK: fire what has fallen due in it */
		struct {
			const struct tenure *tenures; /* in their order: who leaves before who comes; their
							 events follow one another from receipt.first on */
			size_t count;
		} move;
		const struct kin *kin;
		const struct account_ask *account; /* `by` and `today` are filled in */
		const struct member *member; /* `by` is filled in; id 0: a new one; from DAY_NONE: today */
		enum password_profile profile;
		struct {
			const struct looked *items; /* those of one object together, each account once */
			size_t count;
		} looks;
		const struct str *administrators; /* ADMIN_COUNT sign-in names */
		struct {
			const struct act_part *parts; /* in the order in which they can be done */
			size_t count;
			const struct hash
				*confirmed; /* act_digest of what was looked at beforehand: nothing else is
					       done, and the key stands for it; NULL: none */
			const struct import_choice
				*remember; /* for the next file of this kind; NULL: nothing */
		} import;
		struct {
			const struct doc *spec, *codes; /* as ballot_read and ballot_codes_read take them */
		} ballot_opening;
		struct {
			struct str code, marks; /* code: as code_read gives it */
		} ballot_vote;
		struct {
			int64_t ballot;
			const struct doc *paper; /* as ballot_paper_read takes it */
		} ballot_paper;
		struct {
			int64_t ballot;
			const struct doc
				*fields; /* what else the actions in the matters ask; NULL for nothing */
		} ballot_closing;
		struct {
			struct str code;      /* hex: hash of the code */
			struct str procedure; /* of a report; "": it adds to the one of this code */
			struct doc *fields;   /* of a report, as stored: an object */
			struct str text;      /* of what is added */
			struct evidence_item *evidence;
			size_t evidence_count;
		} letter;
		struct str letter_due; /* ACT_LETTER_DUE: hex, hash of the code */
		struct {
			const struct doc *spec; /* as rule_issue_read takes it, but for what the act finds
						   out: the version, the rule of a new one, and the matter in
						   which the review is owed, where it is `with` */
			const struct command
				*with; /* what is done in the same act: an action in the matter, or the
					  opening of its review; fields called in_force, review_on, articles,
					  title, unit, due and rule are filled in. NULL: nothing */
		} rule_issue;
		const struct doc *rule_repeal; /* as rule_repeal_read takes it */
		struct {
			const struct doc *row; /* as peer_read takes it; id 0: a new one */
			struct str
				fingerprint; /* of its key as it was compared; needed where the key is new */
		} peer;
		struct {
			const struct doc *spec; /* as package_read takes it, but for its id */
			const struct doc
				*asked; /* SEND: what was asked for, of which the same key is known */
			const struct command *commands; /* TAKE: for each item, what it does */
			size_t count;
			const struct hash *confirmed; /* TAKE: act_digest of what was looked at; NULL: none */
		} package;
	} what;
	bool imported; /* ACT_ADOPT: the definitions are part of a whole that was checked as a whole */
};

/* One row of a file: an act of its own, judged as such, by the person it names, with the key by which the row
 * is known again. Through an account that is its own person and no other. */
struct act_part {
	struct act act;  /* of a command, of a row of the institution, or of a rule */
	ptrdiff_t under; /* COMMAND_OPEN: a part of the matter that this part before it opens; ACT_RULE_ISSUE:
			    the next version of the rule that it issues; -1: as the act itself says */
	struct str place; /* where the row stands, for what is said when it is refused */
};

/* What is asked, as a hash: the same for the same request, whoever asks it and whenever. Not of ACT_CLOCK and
 * what stands behind it, but for kin, a move and an import. */
struct hash act_digest(struct arena *arena, const struct act *act);
/* May this act's person record such a row of the institution, or change its calendar or its procedures, on
 * that day? What the one write path asks, for a look beforehand. ERR_FORBIDDEN names the function. */
MUST_CHECK enum err act_row_may(
	const struct org *org, const struct act *act, struct day today, struct bh_err *reterr);

/* Whom a matter is about: whoever is heard in it or may appeal. In `arena`. */
const struct subject *matter_subjects(const struct matter *matter, const struct org *org, struct day day,
	struct arena *arena, size_t *ret_count);

struct receipt {
	int64_t first, count;    /* the events it brought: first index in the ledger, and how many; count 0:
				    nothing to do */
	int64_t matter, version; /* of the matter, when it was about one */
	int64_t id;              /* of the row it set, otherwise */
	bool again;              /* it had been done before under this key */
};

/* Run one act to its end and wait: all of it is recorded and signed, or none of it. Safe from any thread. */
MUST_CHECK enum err act_run(struct installation *installation, const struct act *act,
	struct receipt *ret_receipt, struct bh_err *reterr);

/* The same without waiting: `answer` is called from another thread, once. The job belongs to the caller,
 * who keeps it until then. */
struct act_job {
	const struct act *act;
	void (*answer)(struct act_job *job);
	void *context;
	enum err err; /* set before answer is called … */
	struct bh_err why;
	struct receipt receipt;
	struct act_job *next; /* the queue's */
};
void act_submit(struct installation *installation, struct act_job *job);

/* ---- checking in ---- */

#define CHECK_IN_SECONDS 30 /* as long one code is shown; it holds as long again, and once more */
struct check_in_code {
	struct str code;
	struct instant until; /* when the next one takes its place */
};
/* The code by which people check in at this matter now. It is reckoned from the key of the folder and the
 * time, so nothing of it is kept. */
MUST_CHECK enum err check_in_code_now(struct str dir, int64_t matter, struct instant now, struct arena *arena,
	struct check_in_code *ret_code, struct bh_err *reterr);
/* Is it one of the newest? ERR_REFUSED "code": it is old, or none of this matter's. */
MUST_CHECK enum err check_in_code_good(struct str dir, int64_t matter, struct str code, struct instant now,
	struct arena *arena, struct bh_err *reterr);

/* ---- the clock ---- */

/* Fire everything that has fallen due by now (warnings, breaches, ends of suspensions), each once and in the
 * order of the due instants, and refresh the lamps that time alone has changed. `reader` is a connection of
 * the caller's own. Says how many events that was. */
MUST_CHECK enum err clock_sweep(
	struct installation *installation, struct store *reader, int64_t *ret_events, struct bh_err *reterr);
/* Record what was reported without a name on a day that is over, once its files lie among the evidence. */
MUST_CHECK enum err letter_sweep(
	struct installation *installation, struct store *reader, int64_t *ret_events, struct bh_err *reterr);

#endif
