/* check.h: what the soundness rules share. Private to the room.
 *
 * Each rule is one file rule_<name>.c and one row of rules.def. A rule looks at `struct check` and adds a
 * finding for every breach of it; it changes nothing and knows no other rule. */
#ifndef PROCEDURE_CHECK_H
#define PROCEDURE_CHECK_H

#include "procedure/path.h"
#include "procedure/procedure.h"

struct check {
	const struct procedure *procedure;
	const struct procedures *all; /* NULL: its fellows are not known, so nothing is said about them */
	struct findings *findings;
	struct arena *arena;
	const char *rule; /* the one that is looking now */
	struct graph graph;
	struct paths paths;    /* from the start state */
	bool **without;        /* for each field, once asked for: states in which it may be empty */
	const struct org *org; /* NULL unless checked against the institution */
	/* Where it is not NULL: which roles are one post in that institution, role by role (check_post.c). */
	const bool *together;
	struct {
		bool *action_state, *duty_state, *duty_action, *role_role;
	} table; /* what the questions below look up */
};

typedef void rule_check_fn(const struct check *check);

struct rule {
	struct rule_row row;
	rule_check_fn *check; /* one procedure, and its fellows where known; NULL: nothing to prove there */
	rule_check_fn *check_org; /* the same procedure with the institution at hand; NULL likewise */
};

#define RULE(NAME, id, title_zh, title_en, checks, checks_org)                                               \
	rule_check_fn rule_##id##_check, rule_##id##_check_org;                                              \
	extern const char rule_##id##_zh[], rule_##id##_en[];
#include "procedure/rules.def"
#undef RULE

#define REFUSE(check, at, path, ...)                                                                         \
	findings_add((check)->findings, (check)->rule, (check)->procedure->file, (at), (path), __VA_ARGS__)

/* ---- lists as tables, because rules ask them over and over (check_table.c) ---- */

void tables_make(struct check *check);
bool may_be_done(const struct check *check, int action, int state);
bool is_owed_in(const struct check *check, int duty, int state);
bool is_discharged(const struct check *check, int duty, int action);

/* ---- roles (check_role.c) ---- */

/* The same role under one name or two: the same function, field, or head or superior of equal roles. */
bool roles_equal(const struct procedure *procedure, int a, int b);
/* Could one post be both? As above, and a unit and its own head, who may act for the unit; and what is
 * `together`. Two fields that may name the same unit can't be seen here: `not_by` keeps the persons apart. */
bool roles_overlap(const struct check *check, int a, int b);
/* The same without an institution, not looked up: what the table is made from. */
bool roles_are_one_side(const struct procedure *procedure, int a, int b);
/* May whoever stands in `inner` stand in `outer` too: the same role, or a unit and its head. */
bool role_covers(const struct procedure *procedure, int outer, int inner);
/* The role without "head of": whose unit it is. */
int role_unit(const struct procedure *procedure, int role);
/* Is who hears of it certainly not (the head of) the bearer? */
bool reach_is_other(const struct check *check, const struct reach *reach, int bearer);
struct str reach_print(struct arena *arena, const struct procedure *procedure, const struct reach *reach);

/* ---- what is certainly filled in (check_sure.c) ---- */

/* In every run that comes to `state` the field has a value: it is required, or every way there passes an
 * action that requires it, behind any that may empty it. */
bool field_is_sure(const struct check *check, int field, int state);
/* The role resolves in every run that comes to `state`. */
bool role_is_sure(const struct check *check, int role, int state);
/* The field on which an unsure role rests. */
int role_field(const struct procedure *procedure, int role);
bool action_sets(const struct action *action, int field);
/* Does it offer the field, required or not? */
bool action_touches(const struct action *action, int field);

/* ---- openings (check_opening.c) ---- */

/* A place of the text where a matter of another procedure is opened. */
struct opener {
	const struct opening *opening;
	struct str holder;           /* where the text says it: "duties.finish.breach", "actions.hand_over" */
	const struct action *action; /* NULL for a breach */
	const int *states;           /* in which it can happen */
	size_t state_count;
};
/* The i-th opening of a procedure; false behind the last. */
bool opener_at(struct arena *arena, const struct procedure *procedure, size_t i, struct opener *ret_opener);
/* The procedure that is opened: NULL when fellows are not known or there is none of that name. */
const struct procedure *opener_target(const struct check *check, const struct opening *opening);
/* Does the opened procedure begin with a duty of somebody other than `bearer`? True when it is not known. */
bool opening_reaches_other(const struct check *check, const struct opening *opening, int bearer);

/* ---- breaches ---- */

/* A breach and who would have to answer for it: a duty's bearer or a request's decider. */
struct breach_holder {
	const struct breach *breach;
	struct str section, name; /* where the text says it: duties, requests or actions; `section.name` */
	struct place place;
	int bearer;
	const int *in;
	size_t in_count;
	bool has_default; /* a request's, when the text gives none */
};
/* The i-th: duties first, then requests; false behind the last. */
bool breach_holder_at(const struct procedure *procedure, size_t i, struct breach_holder *ret_holder);
bool breach_is_given(const struct breach *breach);

/* Can `action` be done before a matter is in one of these states, on some way there? `leads`: what
 * graph_leads_to gives for them. */
bool action_precedes(const struct check *check, int action, const bool *leads);
/* The marks of the reachable states in which `action` may be done (check_loop.c). */
bool *states_of(const struct check *check, int action);
/* Does `action` ask for the success that `closing` brings: both of one side is what S1 refuses
 * (check_loop.c). */
bool asks_for_success(const struct check *check, int action, int closing);
/* Can it be done again and again, by one after the other (check_loop.c)? */
bool action_repeats(const struct check *check, int action);
/* An action that `action` excludes by `not_by` and that everybody who may do `action` may have done before,
 * one after the other; -1 when there is none (check_loop.c). */
int excluded_by_own_side(const struct check *check, int action);

/* Loops without a reason, and loops on which one side acts alone (check_loop.c). */
void loop_check(const struct check *check);

/* Consequences that open each other without end (check_chain.c). */
void chain_check(const struct check *check);

/* Is another role, one that resolves in `state`, told of this action, so that it can object (rule_p1.c)? */
bool action_is_told(const struct check *check, const struct action *action, int state);

/* ---- rights (rule_r2.c) ---- */

/* Is this action of purpose hearing or appeal a right that somebody else must answer? Such an action is no
 * power, so P1 asks no duty of who has it. */
bool action_is_right(const struct check *check, int action);

/* ---- posts (check_post.c) ---- */

struct post_set {
	bool known; /* false where a field decides */
	int64_t *ids;
	size_t count;
};
struct post_set role_posts(const struct check *check, int role);
bool post_set_has(const struct post_set *set, int64_t post);
/* The post that answers for the role: of a unit its head. 0: none; -1: a field decides. */
int64_t role_post(const struct check *check, int role);
int64_t reach_post(const struct check *check, const struct reach *reach);

/* What `prove` finds when roles that share a post in this institution count as one role, and doesn't find
 * without: each under the present rule's name, with the roles and their post named (check_together.c). */
void together_check(const struct check *check, rule_check_fn *const *prove, size_t count);

/* ---- small words ---- */

/* A term in tenths of a day, to compare terms of different units: a working day counts 1.4 days, a month 30.
 */
int64_t term_tenths(struct term term);

bool state_ends(const struct procedure *procedure, int state);
bool state_succeeds(const struct procedure *procedure, int state);
/* "a", "a and b", "a, b and c" */
void list_put(struct buf *buf, struct str name, size_t at, size_t count);

#endif
