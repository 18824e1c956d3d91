/* levels.h: files between levels: made of matters, and looked at before they are taken.
 *
 * Down go tasks, up go reports. A report carries the acts that it tells of with their receipts, so that the
 * level above sees by the other's key alone that they stand in its record, and that this record only grew
 * since the last package. */
#ifndef LEVELS_LEVELS_H
#define LEVELS_LEVELS_H

#include "act/act.h"
#include "exchange/package.h"
#include "view/teller.h"

/* Who asks, and of what. Borrowed by each call; everything made lives in the teller's arena. */
struct level_ask {
	struct installation *installation; /* NULL where nothing is made */
	struct note_key own;               /* of our ledger */
	struct teller teller;
	struct store *store;
	struct str folder; /* of evidence */
	int64_t person;
	struct instant now;
};

/* ---- making ---- */

/* A package that is written down and not yet given away. */
struct package_made {
	struct peer peer;
	struct doc *spec; /* for the act that records it */
	struct str bytes, hash;
	bool existing; /* the very same bytes lay there before */
};
/* `asked`: {"peer": code, "items": [{"matter": id, "text", "requirement", "document", "due", "report_on":
 * [days], "files": bool}]}: tasks for a level below, reports for one above. The file is kept under its hash.
 * ERR_INVALID and ERR_REFUSED name the item, "2.text". */
MUST_CHECK enum err package_make(const struct level_ask *ask, const struct doc *asked,
	struct package_made *ret_made, struct bh_err *reterr);
/* What records it; borrows both. */
struct act package_send_act(const struct package_made *made, const struct doc *asked);
/* It was refused: its file goes again. */
void package_unmake(const struct level_ask *ask, const struct package_made *made);
/* What a report to this institution would be about: the tasks that came from it, and their matters. */
MUST_CHECK enum err level_task_of(const struct level_ask *ask, int64_t peer, int64_t matter,
	struct stored_item *ret_task, struct bh_err *reterr);

/* ---- taking ---- */

enum package_standing {
	PACKAGE_NEW,
	PACKAGE_AGAIN
}; /* again: it was taken before, and nothing is to be done */
enum package_does { PACKAGE_OPENS, PACKAGE_ACTS, PACKAGE_NOTES };
enum package_growth {
	GROWTH_FIRST,     /* nothing was known of their record before */
	GROWTH_CONTINUES, /* it holds all that was known of it */
	GROWTH_EARLIER    /* what is known of it is newer than this package */
};
const char *package_does_name(enum package_does does);       /* opens acts notes */
const char *package_growth_name(enum package_growth growth); /* first continues earlier */

struct package_fault {
	size_t item; /* from 1; 0: the package itself */
	struct bh_err why;
};
struct package_plan {
	enum package_kind kind;
	const struct doc *body; /* as it is recorded: of a report with its acts as they were verified */
	struct str far;         /* number of their matter */
	int64_t matter;         /* of ours that a report is about; 0: one is opened */
	enum package_does does;
	const struct procedure *procedure; /* NULL: it isn't known yet */
	struct command command;
};
struct package_look {
	struct package_file file;
	struct peer peer;
	struct doc *manifest;
	struct checkpoint checkpoint;
	struct str hash;
	enum package_standing standing;
	struct stored_package before; /* PACKAGE_AGAIN */
	enum package_growth growth;
	int64_t *missing; /* numbers before it that haven't come, at most MISSING_SHOWN … */
	size_t missing_count;
	bool late; /* … and: a later one was taken already */
	struct package_plan *plans;
	size_t plan_count;
	struct package_fault *faults;
	size_t fault_count, fault_capacity;
	struct doc *spec; /* for the act */
	struct command *commands;
};
#define MISSING_SHOWN 100

/* Held to the key of its sender, then tried on what is recorded now. `choices`: {"items": [{"procedure",
 * "fields": {…}}]}, one for each item where there are any: what whoever takes it adds. What can't be taken at
 * all is an error: no package, an unknown sender, a signature that isn't theirs, another addressee, a record
 * that was changed. What is wrong with one item is among `faults`. Nothing is written. */
MUST_CHECK enum err package_look(const struct level_ask *ask, struct str bytes, const struct doc *choices,
	struct package_look *ret_look, struct bh_err *reterr);
/* As JSON, for a screen or --json. */
void package_look_put(const struct level_ask *ask, const struct package_look *look, struct json_out *out);
/* What takes it, without the digest that was confirmed; borrows the look. REQUIREs no faults and
 * PACKAGE_NEW. */
struct act package_take_act(const struct package_look *look);
/* Keep its files, and the package itself, under their hashes; `made` those that didn't lie there. */
struct package_kept {
	struct str *made;
	size_t count, capacity;
};
MUST_CHECK enum err package_keep(const struct level_ask *ask, const struct package_look *look,
	struct package_kept *ret_kept, struct bh_err *reterr);
void package_unkeep(const struct level_ask *ask, const struct package_kept *kept);

/* ---- telling ---- */

/* Institutions above and below, what was exchanged, and one package with what it holds, as JSON; of a viewer
 * (NULL: the operator) what they see. */
void peer_put(struct arena *arena, const struct peer *peer, struct json_out *out);
MUST_CHECK enum err packages_put(const struct level_ask *ask, const struct package_filter *filter,
	struct json_out *out, struct bh_err *reterr);

#endif
