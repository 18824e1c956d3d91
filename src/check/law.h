/* law.h: what the files that judge an event share. Private to check/.
 *
 * Each rule here is written from docs/concepts.md and the definition's own text, and asks of the recorded
 * fact: was it allowed then, by whom, and does it carry every consequence the definition names? None of it
 * runs the functions that decided. */
#ifndef CHECK_LAW_PRIVATE_H
#define CHECK_LAW_PRIVATE_H

#include "check/check.h"
#include "check/chronicle.h"
#include "check/fits.h"

/* A matter as its events have told of it. */
struct law_matter {
	struct arena *arena; /* owns the matter; renewed when most of it is garbage */
	size_t kept;         /* bytes of it that the matter takes */
	struct matter *matter;
	bool unknown;          /* an event of it is withheld or erased: nothing more of it can be judged */
	int64_t children_open; /* known ones */
	struct str *shown;     /* hashes of the files shown in it, where rows may name them */
	size_t shown_count, shown_capacity;
};

/* What must come next: a breach or an action opened a matter. */
struct awaited {
	struct str procedure; /* "" when nothing is awaited */
	size_t count;         /* so many of them */
	int64_t cause;
	bool as_child;
	int64_t index; /* of the event that opened it */
};

/* The last number of a procedure in a year. */
struct law_sequence {
	struct str procedure;
	int64_t year, last;
};

struct law {
	struct arena *arena, *event_arena;
	struct chronicle chronicle;
	struct law_matter *matters; /* by id - 1 */
	size_t matter_count, matter_capacity;
	struct law_sequence *sequences;
	size_t sequence_count, sequence_capacity;
	int64_t *effective; /* matters whose definition says what a decision brings about */
	size_t effective_count, effective_capacity;
	struct awaited awaited;
	bool rules_unknown;   /* a definition is */
	bool numbers_unknown; /* an opening is: the numbers of its procedure can't be followed */
	struct judged judged;
};

/* One event of one matter being judged. `matter` is as it was before it. */
struct case_at_hand {
	struct law *law;
	struct law_matter *of;
	const struct matter *matter;
	const struct procedure *procedure;
	const struct event *event;
	const struct doc *payload;
	const struct envelope *envelope;
	struct day today;
	struct bh_err *reterr;
};

/* ERR_TAMPERED in words: the event breaks `rule`. */
MUST_CHECK enum err unlawful(const struct case_at_hand *at, const char *rule, const char *format, ...)
	PRINTF_LIKE(3, 4);

/* ---- law_who.c: by whom ---- */

int64_t case_principal(const struct case_at_hand *at); /* whose authority counts */
/* The envelope names who the payload says; they stood in for nobody without a delegation; they held the post.
 */
MUST_CHECK enum err judge_person(const struct case_at_hand *at);
/* Does the post through which they acted stand for this role of the definition, as `fields` name it? */
bool stands_for(const struct case_at_hand *at, int role, const struct doc *fields);
/* It must. */
MUST_CHECK enum err judge_role(const struct case_at_hand *at, int role);

/* ---- law_duty.c: what is owed, before and after ---- */

/* The event has only parts that its kind may have. */
MUST_CHECK enum err judge_parts(const struct case_at_hand *at);
/* Nobody acts over a breach that isn't recorded yet. */
MUST_CHECK enum err judge_overdue(const struct case_at_hand *at);
/* Coming into state `to` from `from` (-1: it is opened) by `action` (-1: none): what must be closed is
 * closed, what must be opened is opened, and nothing else is. */
MUST_CHECK enum err judge_move(const struct case_at_hand *at, int action, int from, int to);
/* Due days that were opened are those that the definition gives. `after` is the matter as it is now. */
MUST_CHECK enum err judge_due_days(const struct case_at_hand *at, const struct matter *after);
/* law_office.c: did whoever changed the institution have the office for it? */
MUST_CHECK enum err judge_recorder(const struct law *law, const struct event *event, struct bh_err *reterr);
/* law_end.c: may this unit or post have come to its end then? Before it is taken in. */
MUST_CHECK enum err judge_end(const struct law *law, const struct event *event, struct bh_err *reterr);
/* Nothing is laid on what was abolished. */
MUST_CHECK enum err judge_bearers(const struct case_at_hand *at);
/* One failure is called to account once: what is owed anew is known as breached where, and only where, an
 * earlier breach already was of that day or a later one … */
MUST_CHECK enum err judge_failures(const struct case_at_hand *at, const struct matter *after);
/* … and what is moved, where a breached duty gets a day that is over. Before it is applied. */
MUST_CHECK enum err judge_new_days(const struct case_at_hand *at);
/* The item of the payload's list `key` with this id, or NULL. */
const struct doc *part_with_id(const struct doc *payload, const char *key, int64_t id);
/* Does it open a duty of `kind` about that: to decide the request of rule `rule`, or (STR_NONE) to answer? */
bool opens_duty_about(const struct doc *payload, enum duty_kind kind, int64_t about, struct str rule);

/* law_eligible.c: was whoever this action gives a post eligible, as the fields were with the act? */
MUST_CHECK enum err judge_eligible(
	const struct case_at_hand *at, const struct action *action, const struct doc *fields);

/* ---- law_step.c, law_clock.c, law_word.c, law_attend.c: the kinds of events ---- */

MUST_CHECK enum err judge_opened(const struct case_at_hand *at);
MUST_CHECK enum err judge_acted(const struct case_at_hand *at);
MUST_CHECK enum err judge_noted(const struct case_at_hand *at);
MUST_CHECK enum err judge_warned(const struct case_at_hand *at);
MUST_CHECK enum err judge_breached(const struct case_at_hand *at);
MUST_CHECK enum err judge_resumed(const struct case_at_hand *at);
MUST_CHECK enum err judge_requested(const struct case_at_hand *at);
MUST_CHECK enum err judge_decided(const struct case_at_hand *at);
MUST_CHECK enum err judge_instructed(const struct case_at_hand *at);
MUST_CHECK enum err judge_answered(const struct case_at_hand *at);
MUST_CHECK enum err judge_unfollowed(const struct case_at_hand *at);
MUST_CHECK enum err judge_attended(const struct case_at_hand *at);
/* law_file.c: rows name files that were shown; and what this event shows, for those behind it. */
MUST_CHECK enum err judge_files(
	const struct case_at_hand *at, const struct field *fields, size_t count, const struct doc *given);
void law_keep_files(const struct case_at_hand *at);
/* Every required field is there, none is unknown, and rows name what was shown. */
MUST_CHECK enum err judge_fields(
	const struct case_at_hand *at, const struct field *fields, size_t count, const struct doc *given);

#endif
