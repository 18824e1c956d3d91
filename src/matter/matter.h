/* matter.h: the engine. One running instance of a procedure, what is owed in it, and the two pure functions
 * through which everything goes.
 *
 * decide: given what is and what is asked, the facts that follow, or why not. Changes nothing.
 * apply:  make one recorded fact true. Total: whatever decide once produced can be applied, in any build.
 *
 * A fact carries everything apply needs (the due instants that were computed, the posts that were
 * resolved), so replay needs neither calendar nor org. Quiet room: time, org, calendar and ids come in
 * through `struct world`. */
#ifndef MATTER_MATTER_H
#define MATTER_MATTER_H

#include "procedure/procedure.h"

/* ---- events ---- */

enum event_kind {
#define EVENT(number, NAME, wire, object, class) EVENT_##NAME = (number),
#include "matter/event.def"
#undef EVENT
	EVENT_KIND_END /* one past the last */
};
enum event_object { OBJECT_INSTITUTION, OBJECT_ORG, OBJECT_MATTER };
enum event_class { CLASS_INTERNAL, CLASS_PERSONAL };

/* What each kind is called in the ledger, what it is about, and how its payload is to be treated. */
const char *event_wire(enum event_kind kind);
enum event_object event_object(enum event_kind kind);
enum event_class event_class(enum event_kind kind);
MUST_CHECK bool event_kind_parse(struct str wire, enum event_kind *ret_kind);

struct event {
	enum event_kind kind;
	int64_t matter;      /* OBJECT_MATTER */
	struct instant time; /* when it was recorded */
	int64_t index;       /* in the ledger; -1 until it has one */
	struct doc *payload; /* an object; printed canonically it is what the ledger commits to */
};

struct events {
	struct event *items;
	size_t count, capacity;
};

/* ---- what is owed ---- */

enum duty_kind {
	DUTY_RULE,   /* from the procedure: `rule` indexes procedure->duties */
	DUTY_DECIDE, /* to answer a request: `rule` indexes procedure->requests, `about` is the request */
	DUTY_ANSWER, /* to answer an instruction or a breach: `about` is the instruction, or the breached duty
		      */
	DUTY_KIND_COUNT
};
enum duty_state {
	DUTY_OPEN,
	DUTY_PAUSED,  /* the matter is suspended; `remaining_days` working days are left */
	DUTY_DONE,    /* discharged by its bearer */
	DUTY_DROPPED, /* the matter went on another way */
	DUTY_MISSED,  /* a period went by without its report; breached, and the next period has a duty of its
			 own */
	DUTY_STATE_COUNT
};
const char *duty_kind_name(enum duty_kind kind); /* rule decide answer */
MUST_CHECK bool duty_kind_parse(struct str text, enum duty_kind *ret_kind);
const char *duty_state_name(enum duty_state state); /* open paused done dropped missed */

struct duty {
	int64_t id; /* within its matter, from 1, never used again */
	enum duty_kind kind;
	int rule;
	int64_t about;      /* DUTY_RULE: the breached duty with which this one goes on, 0: none */
	int64_t asker;      /* DUTY_DECIDE, DUTY_ANSWER: the post that waits for the answer; 0: none */
	int64_t unit, post; /* who bears it: the unit (0 when a single post does) and the post that answers
			       for it (0: no such post) */
	int64_t person;     /* the person a role named, 0 otherwise: only that person may then act */
	enum duty_state state;
	struct instant armed, due, warn; /* warn: INSTANT_NONE when there is none */
	int remaining_days;              /* DUTY_PAUSED */
	bool provisional;                /* the due day lies beyond the calendar's data */
	bool extended, warned, breached; /* breached: by its day as it stands */
	struct instant
		missed; /* the last day whose breach was recorded, whatever day it has now; INSTANT_NONE */
	struct instant closed; /* INSTANT_NONE while open or paused */
	bool changed;          /* since loading: what a save has to write */
};

/* A duty of the procedure of which a day was missed and that is closed. Armed once more with no later day it
 * is the same failure, which has been called to account. */
struct failure {
	int rule;
	struct instant due;
	int64_t duty; /* of which the breach was recorded */
};

/* A day whose breach was recorded: it stays, whatever day its duty is given afterwards. */
struct missed_day {
	int64_t duty;
	struct instant due;
};

/* An act that was done against a rule of its procedure (违反程序): which check didn't hold, and whose it is.
 */
struct irregularity {
	int action, check;  /* procedure->actions[action].checks[check] */
	int64_t unit, post; /* of whom it is the breach … */
	int64_t person;     /* … and who held the post that day; 0: nobody */
	int64_t answer;     /* the duty to say what follows; 0: nobody owes it */
	int64_t index;      /* the event that did it */
	struct instant time;
};

enum request_state { REQUEST_OPEN, REQUEST_GRANTED, REQUEST_REFUSED, REQUEST_LAPSED, REQUEST_STATE_COUNT };
const char *request_state_name(enum request_state state);

struct request {
	int64_t id;                      /* within its matter, from 1 */
	int rule;                        /* procedure->requests */
	int64_t person, on_behalf, post; /* who asked */
	struct instant asked;
	struct doc *fields;
	enum request_state state;
	bool changed;
};

/* Who has done what in this matter: one row for an action and a person, kept for `not_by` and the record of
 * results. A delegate's deed is a deed of both persons. */
struct deed {
	int action;
	int64_t person;
	struct instant last;
	int64_t times;
	bool changed;
};

/* Something a post should hear of; a row of its inbox. */
enum notice_kind {
	NOTICE_DUTY,
	NOTICE_WARNED,
	NOTICE_BREACHED,
	NOTICE_URGED,
	NOTICE_INSTRUCTED,
	NOTICE_ANSWERED,
	NOTICE_REQUESTED,
	NOTICE_DECIDED,
	NOTICE_ACTED,
	NOTICE_ADDED,     /* by whoever reported it without a name */
	NOTICE_IRREGULAR, /* an act was done against the rules of its procedure */
	NOTICE_MOVED,     /* to whoever follows: it stands in another state */
	NOTICE_ENDED,     /* to whoever follows it, or what it arose from */
	NOTICE_BEGUN,     /* to whoever follows what it arose from */
	NOTICE_KIND_COUNT
};
const char *notice_kind_name(enum notice_kind kind);
struct notice {
	int64_t post;
	enum notice_kind kind;
	int64_t duty;  /* 0 when it is about the matter */
	int64_t index; /* the event that says it */
};

/* Who follows a matter, and what happened meanwhile: from behind one event on until another. */
struct follower {
	int64_t person;
	int64_t since, until; /* events; until: -1 while they follow it */
	bool changed;
};

/* What whoever follows a matter hears of. They are told when they ask, by what they may see then. */
struct news {
	enum notice_kind kind;
	int64_t duty; /* 0 when it is about the matter */
	int64_t index;
	int64_t person, on_behalf, in_name_of; /* whose act it was: they aren't told; 0: nobody */
	bool to_cause; /* nobody follows this matter now: heard where it arose from one that somebody follows
			*/
};

struct evidence_item {
	struct str hash; /* SHA-256 of the file, hex */
	struct str name;
	int64_t size;
	int64_t index; /* the event that brought it; unused in a command */
};

struct link {
	int64_t other;
	struct str relation;
	int64_t index;
};

struct matter {
	int64_t id;
	const struct procedure *procedure;
	int64_t definition; /* which adopted definition judges it */
	struct str number;
	int64_t year, seq;
	int state;
	struct doc *fields;
	int64_t parent, weight;
	int progress;                             /* percent, its own; -1 when none was ever reported */
	struct instant opened, changed_at, ended; /* ended: INSTANT_NONE while it runs */
	struct instant suspended_until;           /* INSTANT_NONE unless suspended */
	int64_t version;                          /* events so far */
	int64_t last_index;                       /* ledger index of its newest event */
	bool taken_up;                            /* a role other than the one that opened it has acted */
	bool late; /* a duty that moves the matter was breached: a closure keeps its red mark */
	bool extended;
	int64_t next_duty, next_request, next_instruction; /* ids to give */
	struct duty *duties; /* open and paused ones, and those closed since loading */
	size_t duty_count, duty_capacity;
	struct failure *failures; /* of rounds that come again none: each is a failure of its own */
	size_t failure_count, failure_capacity;
	struct missed_day *missed; /* new since loading */
	size_t missed_count, missed_capacity;
	struct irregularity *irregularities; /* new since loading */
	size_t irregularity_count, irregularity_capacity;
	struct request *requests; /* open ones, and those closed since loading */
	size_t request_count, request_capacity;
	struct deed *deeds;
	size_t deed_count, deed_capacity;
	struct notice *notices; /* new since loading */
	size_t notice_count, notice_capacity;
	struct evidence_item *evidence; /* new since loading */
	size_t evidence_count, evidence_capacity;
	struct link *links; /* new since loading */
	size_t link_count, link_capacity;
	struct str letter; /* hex: hash of the code by which whoever reported it reads the answers; new since
			      loading, else "" */
	struct follower *followers; /* who follows it, and who did since loading */
	size_t follower_count, follower_capacity;
	struct news *news; /* new since loading */
	size_t news_count, news_capacity;
	struct str *said; /* words: notes, urgings, instructions, answers, what acts and requests say; new
			     since loading */
	size_t said_count, said_capacity;
	struct arena *arena; /* owns all of it */
};

/* ---- what is asked ---- */

enum command_kind {
	COMMAND_OPEN,
	COMMAND_ACT,
	COMMAND_NOTE,
	COMMAND_URGE,
	COMMAND_INSTRUCT,
	COMMAND_ANSWER,
	COMMAND_REQUEST,
	COMMAND_DECIDE,
	COMMAND_LINK,
	COMMAND_FOLLOW,
	COMMAND_UNFOLLOW,
	COMMAND_ATTEND, /* by a code that act/ has found good */
	COMMAND_WARN,
	COMMAND_BREACH,
	COMMAND_RESUME, /* the clock's */
	COMMAND_KIND_COUNT
};
const char *command_kind_name(enum command_kind kind);

struct command {
	enum command_kind kind;
	struct str key;     /* the asker's own id of this request: the same key is done once; "" for none */
	int64_t person;     /* who asks; 0: the clock */
	int64_t on_behalf;  /* the person they stand in for, 0: themselves */
	int64_t matter;     /* 0 for COMMAND_OPEN */
	int64_t version;    /* of the matter the asker looked at; 0: whatever it is */
	struct str name;    /* OPEN: procedure; ACT: action; REQUEST: request; LINK: relation */
	struct doc *fields; /* an object, or NULL */
	struct evidence_item *evidence;
	size_t evidence_count;
	struct str text; /* NOTE, URGE, INSTRUCT, ANSWER, DECIDE; OPEN: where it comes from; ATTEND: the
			    code, which isn't kept */
	struct str role; /* INSTRUCT: to whom; "" = whoever owes the next step */
	int64_t parent, weight; /* OPEN */
	int64_t about;          /* DECIDE: request; ANSWER, WARN, BREACH: duty; LINK: the other matter */
	bool grant;             /* DECIDE */
	/* ACT: whose letter is entered: somebody whom the matter is about and who holds no post; 0: none. */
	int64_t in_name_of;
	/* What was reported without a name: OPEN by such a report, NOTE by whoever made it. */
	struct str letter; /* hex: hash of the code that whoever reports has; "": none of it */
	struct day came;   /* with letter or in_name_of: on which day; nobody keeps a finer time */
};

/* All that a quiet room may not fetch for itself. Built once per command by act/, by hand in tests: the same
 * world and the same command give the same events, always. */
struct definition {
	int64_t id;
	const struct procedure *procedure;
	int64_t next_seq; /* of numbers in the year of `now` */
};
/* What a decision in some matter brought about for a time: it bars what its definition says until its last
 * day is over, and then nothing, without anybody lifting it. */
struct effect {
	int64_t matter;
	const struct procedure *procedure; /* procedure->effect says what it bars */
	struct str number, title;
	int64_t person, unit; /* on whom; 0: not on such a one */
	struct day until;     /* its last day */
};
struct world {
	struct instant now;
	int offset_minutes;
	const struct calendar *calendar;
	const struct org *org;
	struct definition *definitions; /* the ones in force */
	size_t definition_count;
	int64_t next_matter;
	const struct matter *parent;  /* of the matter, or of the one being opened; NULL when it has none */
	int64_t children_open;        /* of the matter */
	bool other_exists;            /* LINK: the other matter does */
	bool sees;                    /* FOLLOW: whoever asks may see the matter */
	const struct effect *effects; /* on the candidate, where the action asks whether they are eligible */
	size_t effect_count;
	const struct evidence_item *evidence; /* shown in the matter, where the action's rows name files */
	size_t evidence_count;
	bool values_unjudged; /* checks and eligibility are let be: a simulation knows no people */
};

/* ---- the engine ---- */

/* The facts that follow from `command`, in `arena`. `matter` is NULL for COMMAND_OPEN. Refusals:
 * ERR_FORBIDDEN the posts held give no such power; ERR_REFUSED the procedure forbids it now, and why;
 * ERR_INVALID a field; ERR_STALE the version isn't the one looked at; ERR_CONFLICT done already.
 * reterr->place names the field, action or rule ("not_by", "from", "close_before_parent" …). */
MUST_CHECK enum err matter_decide(const struct matter *matter, const struct command *command,
	const struct world *world, struct arena *arena, struct events *ret_events, struct bh_err *reterr);

/* A matter without events, to apply its opening to. */
struct matter *matter_new(struct arena *arena);
/* Make one fact about this matter true. `procedure` is needed for EVENT_MATTER_OPENED only. */
void matter_apply(struct matter *matter, const struct event *event, const struct procedure *procedure);
/* The words that a fact about a matter of `procedure` says, added to `said` without a copy: its text, and the
 * text fields of an act or a request. */
void event_said(struct arena *arena, const struct event *event, const struct procedure *procedure,
	struct str **said, size_t *count, size_t *capacity);
/* What a fact says of who follows the matter, and what of it they hear. A part of matter_apply, which stands
 * alone for what was recorded before anybody asked who follows: it needs the matter's procedure and no more.
 */
void matter_hear(struct matter *matter, const struct event *event);
/* Who of those who follow it now is this person; NULL: they don't. */
const struct follower *matter_follower(const struct matter *matter, int64_t person);
/* SHA-256 over the canonical print of what is true now; recorded with each fact, compared on replay. */
struct hash matter_digest(struct arena *arena, const struct matter *matter);
/* The last day of it whose breach was recorded, also where it has another day since; INSTANT_NONE: none was.
 */
struct instant day_called_to_account(const struct duty *duty);
/* Remember a duty that is closed, if a breach of it was recorded and it doesn't come round. */
void matter_keep_failure(struct matter *matter, const struct duty *duty);
/* Forget what a save has written: closed duties and requests, notices, evidence, marks of change. */
void matter_settle(struct matter *matter);

/* The next thing that time has brought for this matter by `now`, in the order of its instants: a warning, a
 * breach, the end of a suspension, as a command to decide. False when there is none. */
bool matter_clock_next(const struct matter *matter, struct instant now, struct command *ret_command);

/* What `person` may do in this matter now, and why not the rest: for the screen and for `show`. */
struct possible {
	int action;  /* index in procedure->actions … */
	int request; /* … or in procedure->requests; the other is -1 */
	bool may;
	struct str rule; /* what forbids it: "from", "by", "not_by", "end", "suspended" … */
	struct str why_zh, why_en;
};
const struct possible *matter_possible(const struct matter *matter, int64_t person, const struct world *world,
	struct arena *arena, size_t *ret_count);

/* What `person` may enter from a letter now, for an office that the procedure names: an action of a hearing
 * or an appeal of whom the matter is about, where that is somebody who holds no post. */
struct letter_entry {
	int action;
	int64_t of; /* whose letter */
};
const struct letter_entry *matter_letters(const struct matter *matter, int64_t person,
	const struct world *world, struct arena *arena, size_t *ret_count);

/* May `person` open a matter of this procedure: through a role that acts first, or, where that role is whom a
 * field names, once it is filled in? As a part of another matter whoever breaks that down may, too. */
bool matter_may_open(
	const struct procedure *procedure, int64_t person, const struct org *org, struct day today);

/* The effect of a matter that stands in a state, with these fields; false when it has none (yet). */
MUST_CHECK bool effect_read(const struct procedure *procedure, struct str state, const struct doc *fields,
	struct effect *ret_effect);
/* Whom `action` asks to be eligible, as the fields will be; 0: nobody. */
int64_t eligibility_candidate(
	const struct procedure *procedure, int action, const struct doc *given, const struct doc *fields);
/* May `person` be given the post, by one rule on this day? When not, why, in both languages: the fact,
 * without the rule. */
struct candidate {
	int64_t person, post;
	struct day day;
	const struct org *org;
	const struct calendar *calendar;
	const struct effect *effects;
	size_t effect_count;
	struct arena *arena;
};
MUST_CHECK bool eligibility_meets(
	const struct eligibility_rule *rule, const struct candidate *candidate, struct label *ret_why);

/* Who a role is, in this matter: a unit or a post or a person; all 0 when the field is empty. */
struct bearer {
	int64_t unit, post, person;
};
struct bearer matter_bearer(const struct procedure *procedure, const struct doc *fields, int role,
	const struct org *org, struct day today);
/* May `person` act as this bearer today? Answers through which post (0: no). */
int64_t bearer_post_of(const struct bearer *bearer, int64_t person, const struct org *org, struct day today);

/* Is there a list among them whose rows name files that are shown? */
bool fields_name_files(const struct field *fields, size_t count);

/* ---- meetings, and lists that people enter themselves on ---- */

/* The people of the body that meets, as on the day of the meeting: whoever holds a post of its unit, or acts
 * in one, but liaisons. NULL where the definition names no body. */
const struct doc *meeting_members(struct arena *arena, const struct procedure *procedure,
	const struct doc *fields, const struct org *org, struct day today);
/* The fields with those people among them, as conditions call them. Borrowed where nothing is added. */
const struct doc *fields_with_members(struct arena *arena, const struct procedure *procedure,
	const struct doc *fields, const struct org *org, struct day today);
/* Whoever is expected: those that the definition's field names; else the body that meets; else the unit. */
const struct doc *check_in_expected(struct arena *arena, const struct procedure *procedure,
	const struct doc *fields, const struct org *org, struct day day);
/* Is that person among those who are expected where people check in? */
bool check_in_expects(struct arena *arena, const struct matter *matter, int64_t person, const struct org *org,
	struct day day);
/* Are they on the list as having come? The definition has a list (`check_in`). */
bool check_in_came(const struct procedure *procedure, const struct doc *fields, int64_t person);
/* May they show its code? ERR_FORBIDDEN: it belongs to the role that keeps the list; ERR_REFUSED: nobody
 * does. */
MUST_CHECK enum err check_in_keeper(const struct matter *matter, int64_t person, const struct org *org,
	struct day today, struct bh_err *reterr);
/* Does it go on now? ERR_REFUSED says in words that it hasn't begun or is over. */
MUST_CHECK enum err check_in_time(const struct matter *matter, struct day today, struct bh_err *reterr);

/* ---- the lamp ---- */

enum lamp_colour { LAMP_GREY, LAMP_GREEN, LAMP_YELLOW, LAMP_RED, LAMP_BLUE, LAMP_COLOUR_COUNT };
const char *lamp_colour_name(enum lamp_colour colour);
struct lamp {
	enum lamp_colour colour;
	int days_late;        /* working days since the earliest overdue duty was due; 0 when none is */
	int days_left;        /* working days to the next due day; -1 when nothing is due */
	int progress, plan;   /* percent; plan -1 where there is none to be behind of */
	bool due_today;       /* the next due day is today: days_left is 0, as on a day off before it */
	bool late;            /* it ended, or goes on, after a breach */
	struct instant until; /* when it may change by time alone; INSTANT_NONE: never */
};
/* Has somebody taken it into their hands? Another role than the one that began it, or that one itself by what
 * leaves the next step with them. Until then its lamp is grey. */
bool matter_is_taken_up(const struct matter *matter);
struct lamp matter_lamp(const struct matter *matter, const struct world *world);
/* "red: 3 working days late; progress 40 %, plan 70 %", or in Chinese. */
struct str lamp_print(struct arena *arena, const struct lamp *lamp, struct str lang);

/* When a limit that begins on the day of `armed` ends. */
struct due {
	struct day day;
	struct instant due, warn; /* due: 24:00 of the day; warn: INSTANT_NONE when the rule has none */
	bool provisional;
};
struct due due_compute(const struct limit *limit, struct term warn, const struct doc *fields,
	const struct procedure *procedure, struct instant armed, const struct world *world);

/* ---- values of fields ---- */

/* Read what a person typed for a field into what is stored, resolving codes of units, posts and people to
 * ids: text, choice, date, file and rule as text; number and money as text in decimal; percent, hours, unit,
 * post, person, matter as integer; bool; units and choices as lists. ERR_INVALID names the field. */
MUST_CHECK enum err field_value_read(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr);
/* The same from what a program sent as JSON: numbers and ids as numbers or as text, lists as lists. */
MUST_CHECK enum err field_value_take(struct arena *arena, const struct field *field, const struct org *org,
	const struct doc *sent, struct doc **ret_value, struct bh_err *reterr);
/* Is the stored value of the right kind? Used on everything decide lets in. */
MUST_CHECK enum err field_value_check(
	const struct field *field, const struct doc *value, const struct org *org, struct bh_err *reterr);
/* All that is wrong with the fields of an opening, an action or a request: unknown ones, ones of another
 * kind, required ones that are missing. `each` hears of every one; returns how many there are. */
typedef void field_fault_fn(void *context, struct str field, const struct bh_err *why);
size_t fields_faults(const struct field *fields, size_t count, const struct doc *given, const struct org *org,
	field_fault_fn *each, void *context);
/* For people: codes and ids as names. */
struct str field_value_print(struct arena *arena, const struct field *field, const struct doc *value,
	const struct org *org, struct str lang);

#endif
