/* engine.h: what the files of this room share and nobody else needs. */
#ifndef MATTER_ENGINE_H
#define MATTER_ENGINE_H

#include "matter/matter.h"

/* ---- role.c ---- */

int64_t bearer_head(
	const struct org *org, const struct bearer *bearer); /* post heading the bearer's unit, 0 none */
int64_t bearer_superior(
	const struct org *org, const struct bearer *bearer); /* the post above, 0 at the top */
bool bearer_is_nobody(const struct bearer *bearer);
/* The nearest post above the bearer in which the person stands today; 0 when there is none. */
int64_t bearer_overseer(const struct org *org, int64_t person, const struct bearer *bearer, struct day today);

/* ---- due.c ---- */

/* When the day is over that an action waits for; INSTANT_NONE when the field is empty. */
struct instant action_waits_until(const struct procedure *procedure, const struct action *action,
	const struct doc *fields, const struct world *world);

/* Does an action of this procedure wait for the day in the field of that name? */
bool field_is_waited_for(const struct procedure *procedure, struct str field);

/* ---- duty.c ---- */

bool duty_is_owed(const struct duty *duty);                                   /* open or paused */
const struct duty *matter_duty(const struct matter *matter, int64_t id);      /* NULL when it isn't owed */
int role_of_duty(const struct procedure *procedure, const struct duty *duty); /* -1 for DUTY_ANSWER */
/* Does discharging this duty move the matter on (it isn't a report that comes round)? */
bool duty_moves(const struct procedure *procedure, const struct duty *duty);
struct bearer bearer_of_duty(const struct duty *duty);
/* The one that the next step waits for: the open one that moves the matter and falls due first; or NULL. */
const struct duty *duty_next_step(const struct matter *matter);
/* The duty whose recorded breach is the failure that `rule` would be, due then; 0 when it would be a new one.
 */
int64_t failure_known(const struct matter *matter, int rule, struct instant due);
/* Of its rule or request; "answer" for DUTY_ANSWER. */
struct str duty_name(const struct procedure *procedure, const struct duty *duty);

/* ---- draft.c: facts being written ---- */

/* One event in the making: what the matter is, what is asked, and the payload as it grows. */
struct draft {
	const struct matter *matter; /* NULL while opening */
	const struct procedure *procedure;
	const struct command *command;
	const struct world *world;
	struct arena *arena;
	struct bh_err *reterr;
	struct day today;
	struct doc *payload;
	struct doc *fields; /* the matter's fields as they will be */
	int64_t matter_id;
	int64_t next_duty;
	int64_t post; /* through which the asker acts; 0 for the clock */
};

struct draft draft_new(const struct matter *matter, const struct command *command, const struct world *world,
	struct arena *arena, struct bh_err *reterr);
/* Who asked, through which post, for whom, under which key: the same in every payload. */
void draft_sign(struct draft *draft);
void draft_finish(struct draft *draft, enum event_kind kind, struct events *events);

/* Append {…} to the list `key` of the payload. */
struct doc *draft_push(struct draft *draft, const char *key);

/* Open the duty `rule` of the procedure (kind DUTY_RULE), armed now. */
MUST_CHECK enum err draft_arm(struct draft *draft, int rule);
/* Open the next round of a duty that comes round, beginning where this one ends; paused while the matter is
 * suspended. Where its role names nobody any more, who bore the last round bears this one. */
void draft_arm_again(struct draft *draft, const struct duty *duty);
/* Stop its clock today. */
void draft_pause(struct draft *draft, const struct duty *duty);
/* Set a field of the matter. */
void draft_set(struct draft *draft, struct str field, struct doc *value);
/* The due part, and the bearer, of a duty in the form apply reads. */
void draft_put_due(struct draft *draft, struct doc *object, const struct due *due);
void draft_put_bearer(struct draft *draft, struct doc *object, const struct bearer *bearer);
/* Open a duty to decide or to answer. Returns its id. */
int64_t draft_owe(struct draft *draft, enum duty_kind kind, int rule, int64_t about, int64_t asker,
	const struct bearer *bearer, struct term within);
void draft_close(struct draft *draft, const struct duty *duty, enum duty_state how);
void draft_tell(struct draft *draft, int64_t post, enum notice_kind kind, int64_t duty);
/* What opens another matter by itself. */
struct opened_by {
	const struct opening *opening;
	struct str cause; /* the action, or the duty that was breached */
	bool as_child;
};
/* One more event for each matter that it opens: one, or one for each row that fulfils its condition. */
MUST_CHECK enum err draft_opening(struct draft *draft, const struct opened_by *by, struct events *events);

/* ---- move.c ---- */

/* What follows for duties and requests when `action` is done and the state becomes `to` (the present one when
 * it stays). */
MUST_CHECK enum err draft_move(struct draft *draft, int action, int from, int to);
/* Let what is owed, except one (NULL for none), follow the fields as they will be. */
void draft_revise(struct draft *draft, const struct duty *except);

/* ---- reach.c: who hears of a breach ---- */

struct reached {
	struct bearer bearers[16];
	size_t count;
};
/* Whom the rule names; where it names nobody outside the house that failed (or is NULL), the post above it
 * and the one who waits for the answer (`asker`, 0: nobody). */
void reach_all(struct draft *draft, const struct bearer *failing, int64_t asker, const struct breach *breach,
	struct reached *reached);
/* The first reached outside the house that failed must say what follows; NULL: nobody is. Of what lies with a
 * unit, its head is of that house, though told as a post; above a single post its head is the first who may
 * ask. */
const struct bearer *reach_follower(
	const struct draft *draft, const struct reached *reached, const struct bearer *failing);

/* ---- rows.c: fields that hold rows ---- */

/* As field_value_read, _take, _check and _print. Typed, a row is a line and its cells have | between them. */
MUST_CHECK enum err rows_read(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr);
MUST_CHECK enum err rows_take(struct arena *arena, const struct field *field, const struct org *org,
	const struct doc *sent, struct doc **ret_value, struct bh_err *reterr);
MUST_CHECK enum err rows_check(
	const struct field *field, const struct doc *value, const struct org *org, struct bh_err *reterr);
struct str rows_print(struct arena *arena, const struct field *field, const struct doc *rows,
	const struct org *org, struct str lang);

/* ---- authority of one command, may.c ---- */

/* Through which post may the asker act as `role`? Fills draft->post, or ERR_FORBIDDEN in words. */
MUST_CHECK enum err draft_authorise(struct draft *draft, int role);
/* The same for whom the matter is about and who holds no post any more, and so can do nothing themselves:
 * what they wrote on paper an office of the procedure enters in their name and shows. */
MUST_CHECK enum err draft_in_name_of(struct draft *draft, const struct action *action);
/* Is the asker, or whom they stand in for, on the other side of a separation? ERR_REFUSED "not_by". */
MUST_CHECK enum err draft_separate(struct draft *draft, const struct action *action);
/* Whose authority counts: the person stood in for, else the asker. */
int64_t command_principal(const struct command *command);
/* The standing-in itself: ERR_FORBIDDEN unless delegated today. */
MUST_CHECK enum err draft_delegation(struct draft *draft);
/* Which role of the procedure the asker holds in this matter, -1 for none; sets draft->post. */
int draft_role_held(struct draft *draft);

/* ---- eligible.c: what must be so, besides who and when ---- */

/* Do the figures of this action hold? ERR_REFUSED "checks" in the words of the first that doesn't. */
MUST_CHECK enum err draft_check(struct draft *draft, const struct action *action);
/* What of it was done against the rules of its procedure: into the payload, whose it is, who is told, and who
 * owes a word on what follows. */
void draft_irregularities(struct draft *draft, const struct action *action);
/* Is the candidate eligible? ERR_REFUSED "eligibility" with each rule that isn't met, why, and its source. */
MUST_CHECK enum err draft_eligible(struct draft *draft, const struct action *action);

/* ---- shown.c ---- */

/* Let the files that rows name be those of the command or of the world: into a copy of the command, by their
 * hashes. The fields have been checked. */
MUST_CHECK enum err draft_files(struct draft *draft, const struct field *fields, size_t count);

/* ---- attend.c ---- */

void apply_attended(struct matter *matter, const struct event *event);

/* ---- letter.c: what is reported without a name ---- */

/* May the matter that is being opened begin so? Records the code's hash and the day. */
MUST_CHECK enum err draft_letter(struct draft *draft);
/* Whoever made the report adds to it: the day, for whoever owes the next step to hear of. */
MUST_CHECK enum err draft_letter_more(struct draft *draft);

/* ---- the commands ---- */

#define DECIDER(name) MUST_CHECK enum err name(struct draft *draft, struct events *events)
DECIDER(decide_open);
DECIDER(decide_act);
DECIDER(decide_note);
DECIDER(decide_urge);
DECIDER(decide_instruct);
DECIDER(decide_answer);
DECIDER(decide_request);
DECIDER(decide_decision);
DECIDER(decide_link);
DECIDER(decide_follow);
DECIDER(decide_unfollow);
DECIDER(decide_attend); /* attend.c */
DECIDER(decide_warn);
DECIDER(decide_breach);
DECIDER(decide_resume);
#undef DECIDER

/* The fields of an action or a request: all required ones there, none unknown, each of its kind. */
MUST_CHECK enum err fields_check(const struct field *fields, size_t count, const struct doc *given,
	const struct org *org, struct bh_err *reterr);

const struct definition *world_definition(
	const struct world *world, struct str procedure); /* in force; NULL */
/* UTF-8 without a NUL: what may stand in a fact. */
bool text_is_clean(struct str text);
/* The files of a command, into the payload; ERR_INVALID when one has no good hash, name or size. */
MUST_CHECK enum err draft_evidence(struct draft *draft);
/* Some words of a command, into the payload as "text": UTF-8 and no book. `needed`: why they may not be
 * empty, or NULL when they may. */
MUST_CHECK enum err draft_text(struct draft *draft, const char *needed);

#endif
