/* grasp.h: what the grasps need beyond procedures. Here: who was covered by which supervision (四个全覆盖),
 * the plan of rounds in which every unit is inspected within the term (任期内巡察全覆盖), and what the record
 * says of people and units (以实绩论英雄). Quiet room. */
#ifndef GRASP_GRASP_H
#define GRASP_GRASP_H

#include "org/org.h"
#include "procedure/procedure.h"

/* ---- who was covered ---- */

/* What people call it. */
const char *supervision_title(enum supervision supervision, bool chinese);

/* A unit that a matter covers, from the day on which it was begun there. */
struct covered {
	int64_t unit, matter;
	struct str number;
	enum supervision supervision;
	struct day day;
};
/* Unit, supervision and day of a matter of a definition with `covers` (or a later one of that name, for a
 * matter from before the key), out of its fields; the day of the action where no field has one. false when
 * the fields don't tell: then nobody is covered. */
MUST_CHECK bool coverage_read(const struct procedure *procedure, const struct doc *fields, struct day acted,
	struct covered *ret_covered);

#define COVERAGE_TERM_YEARS 5 /* of a local party committee */
#define COVERAGE_YEARS_MAX  30
/* The end of a term that isn't given (DAY_NONE), by the other one; where neither is, the term is of this
 * calendar year and the four before. ERR_RANGE, at "to", for one of more than COVERAGE_YEARS_MAX years. */
MUST_CHECK enum err coverage_term(struct day today, struct day *from, struct day *to, struct bh_err *reterr);
int coverage_year(struct day day);

/* One unit under one supervision: how many matters covered it, year by year from the first year of the term,
 * and the last of them (NULL: none). Of `items` all that lie outside the term are passed over. */
struct coverage_line {
	int64_t years[COVERAGE_YEARS_MAX];
	const struct covered *last;
};
struct coverage_line coverage_line_of(const struct covered *items, size_t count, struct day from,
	struct day to, int64_t unit, enum supervision supervision);

/* ---- the plan of rounds ----
 *
 * A round has teams, a team inspects a few units in a round, an inspector sits in at most one team a round.
 * Nobody inspects a unit they are barred from: they worked there lately, or have kin there. What is wanted is
 * a plan in which every unit has its place and the work is spread evenly; or else the limits that together
 * leave no such plan, none of which can be spared. */

#define COVERAGE_ROUNDS_MAX     60
#define COVERAGE_UNITS_MAX      1000
#define COVERAGE_INSPECTORS_MAX 500
#define COVERAGE_WEIGHT_MAX     1000
#define COVERAGE_TEAMS_MAX      50

struct coverage_unit {
	int64_t unit;
	int weight;      /* how much work it is: 1 … COVERAGE_WEIGHT_MAX */
	int first, last; /* the rounds it may be inspected in, from 0, both included */
};

/* A unit that is named for the plan; rounds count from 1, 0: no limit on that side. */
struct coverage_wish {
	int64_t unit;
	int weight, earliest, latest;
};

enum coverage_reason { COVERAGE_WORKS, COVERAGE_WORKED, COVERAGE_KIN, COVERAGE_REASON_COUNT };
/* An inspector who may not inspect a unit in the rounds before `until`. */
struct coverage_bar {
	int inspector, unit; /* places in the problem */
	int until;           /* 1 … round_count; round_count: in none */
	enum coverage_reason reason;
	int64_t post;  /* that they, or their kin, hold or held */
	int64_t other; /* the relative; 0 for one's own post */
};

struct coverage_problem {
	const struct coverage_unit *units;
	int unit_count;
	int round_count;  /* 1 … COVERAGE_ROUNDS_MAX */
	const int *teams; /* how many there are in each round */
	int per_team;     /* units that a team inspects in a round, at most; at least 1 */
	int team_size;    /* inspectors of a team; 0: who inspects isn't asked */
	int inspector_count;
	int serve_max; /* rounds that one inspector serves, at most */
	const struct coverage_bar *bars;
	int bar_count;
};

struct coverage_place {
	int round, team; /* both from 0 */
};
struct coverage_plan {
	struct coverage_place *places; /* of each unit */
	int *seats;                    /* [round * inspector_count + inspector]: the team, -1: rests */
	int load,
		load_least; /* the heaviest work of a team in a round; proved: no plan goes below the least */
	int served, share;  /* the most rounds of one inspector; an even share of the teams in use */
};

/* What a plan must keep. The rounds that a unit may take are two limits, so that the one that matters is
 * named. Limits that forbid nothing (a window as wide as the term) aren't limits. */
enum coverage_limit_kind {
	COVERAGE_STAFF, /* each team has its inspectors, of those there are */
	COVERAGE_SERVE, /* nobody serves in more rounds than they may */
	COVERAGE_BAR,   /* which: the place of the bar */
	COVERAGE_FIRST, /* which: the unit that may not come earlier */
	COVERAGE_LAST,  /* which: the unit that may not come later */
	COVERAGE_TEAMS, /* which: the round, whose teams are so many */
	COVERAGE_UNIT,  /* which: the unit that must be inspected at all */
	COVERAGE_LIMIT_KIND_COUNT
};
struct coverage_limit {
	enum coverage_limit_kind kind;
	int which;
};
struct coverage_conflict {
	struct coverage_limit *limits; /* by kind, then by place */
	int count;
	bool least; /* without any one of them there is a plan: proved; else it wasn't found out for some */
};

enum coverage_verdict { COVERAGE_PLANNED, COVERAGE_IMPOSSIBLE, COVERAGE_UNDECIDED };

/* Find a plan (then *ret_plan is set) or the limits that forbid one (then *ret_conflict is). Undecided, which
 * sets neither, is the honest answer where the search was ended by its bound before either was found; the
 * bound counts steps, so that the answer is the same everywhere. The results live in `arena`. */
MUST_CHECK enum coverage_verdict coverage_solve(const struct coverage_problem *problem, struct arena *arena,
	struct coverage_plan *ret_plan, struct coverage_conflict *ret_conflict);

/* The problem with these limits alone: units that no limit names need no inspection, rounds without theirs
 * have as many teams as anybody could use, and so on. Units and bars that are left keep their order. */
struct coverage_problem coverage_only(const struct coverage_problem *problem, struct arena *arena,
	const struct coverage_limit *limits, int count);

/* Who is barred from which unit, by the record of tenures and kin: whoever works there, has worked there
 * within `years` before a round begins, or has kin who work there then. A unit stands for all units below it.
 * `begins` has the first day of each round, rising; `inspectors` are persons. */
void coverage_bars(const struct org *org, const int64_t *inspectors, int inspector_count,
	const struct coverage_unit *units, int unit_count, const struct day *begins, int round_count,
	int years, struct arena *arena, struct coverage_bar **ret_bars, int *ret_count);

/* ---- the record of results ----
 *
 * Merit is read from what was owed and done, never written beside it. A duty is put down to whoever held the
 * post that bears it on the day that counts: the day it fell due, or the day it was done where that came
 * first. A result is put down to whoever brought it about, once others have verified it. */

enum fate {
	FATE_IN_TIME,
	FATE_LATE,   /* done, after its breach */
	FATE_FAILED, /* breached, and closed without having been done */
	FATE_OWED,   /* breached, and still owed */
	FATE_COUNT
};
const char *fate_name(enum fate fate); /* in_time late failed owed */

/* A duty whose day has come, or that was done before. */
struct settled {
	int64_t matter, duty, definition;
	int64_t unit, post, person; /* who bears it: a unit, the post that answers for it, a person by name */
	int rule;
	struct str number, title, kind, name; /* of the matter; of the duty */
	struct day due, day;                  /* day: the one that counts */
	struct instant done;                  /* INSTANT_NONE unless it was */
	enum fate fate;
};
/* Who answers for it; 0 when the post was vacant, or there is none. */
int64_t settled_person(const struct org *org, const struct settled *settled);

/* A deed that somebody else verified, in a matter that ended well. */
struct verified {
	int64_t matter, definition, unit, person; /* unit: of the matter; 0: none */
	int action;
	struct str number, title;
	struct instant ended;
};
/* Is it a deed that others must verify, so that who did it can't close the matter themselves? */
bool deed_is_verified(const struct procedure *procedure, int action);

/* May `reader` be told what stands on record of `person` on this day? Who they are themselves; who acts for
 * the organisation office; the head of a unit in which the person holds a post, or of one above it, and the
 * leader in charge of it. */
bool record_is_open(const struct org *org, int64_t reader, int64_t person, struct day today);
/* Leave in place what is that person's: duties by the day that counts, the newest first; and of what was
 * verified each matter once, the newest first. */
void record_keep(const struct org *org, int64_t person, struct settled *settled, size_t *settled_count,
	struct verified *verified, size_t *verified_count);

/* All of one person. */
struct result {
	int64_t person;
	int64_t fates[FATE_COUNT];
	int64_t verified; /* matters, each once */
};
/* Whoever has anything on the record, by id. What nobody answers for stands under 0. `verified` must be
 * sorted by person, then by matter. */
void results_count(const struct org *org, const struct settled *settled, size_t settled_count,
	const struct verified *verified, size_t verified_count, struct arena *arena,
	struct result **ret_results, size_t *ret_count);

/* ---- performance (绩效、对标) ----
 *
 * A unit's score by a formula that anybody can read: a table of measures, each with its weight. Only what the
 * record shows of a unit's official duties is measured; no person is. */

enum measure {
	MEASURE_IN_TIME,  /* of the duties that fell due, those done in time: a rate */
	MEASURE_CLOSED,   /* of the matters opened for the unit, those verified and closed: a rate */
	MEASURE_VERIFIED, /* matters of the unit that ended well: a count */
	MEASURE_BREACHES, /* duties that were breached: a count */
	MEASURE_COUNT
};
const char *measure_name(enum measure measure); /* in_time closed verified breaches */
bool measure_is_rate(enum measure measure);

struct formula_item {
	struct str name;
	struct label label;
	enum measure measure;
	struct str procedure; /* of these matters alone; "": of all */
	int weight;           /* of a rate: the points for 100 % */
	int points, most; /* of a count: for each, and at most, in all; negative where they are deducted */
};
#define FORMULA_ITEMS_MAX 20
struct formula {
	struct str name;
	struct label title;
	struct str hash; /* of its text: which formula it was, beyond doubt */
	int64_t version; /* as which it was adopted; 0: it wasn't */
	struct formula_item items[FORMULA_ITEMS_MAX];
	size_t item_count;
};

#define FORMULA_TEXT_MAX ((size_t)64 * 1024) /* bytes */
/* From its YAML text, in `arena`. ERR_INVALID says the first thing that is wrong, with its line. */
MUST_CHECK enum err formula_read(struct arena *arena, struct str file, struct str text,
	struct formula *ret_formula, struct bh_err *reterr);

/* A matter that was opened for a unit and wasn't called off. */
struct undertaken {
	int64_t matter, unit;
	struct str number, title, procedure;
	struct instant ended; /* INSTANT_NONE while it runs */
	bool closed;          /* it ended well */
};

/* What a formula is reckoned from. */
struct performance_record {
	const struct settled *settled;
	size_t settled_count;
	const struct undertaken *undertaken;
	size_t undertaken_count;
	struct str (*procedure_of)(void *context, int64_t definition); /* of a duty's matter */
	void *context;
};

struct score_part {
	int64_t good, all; /* of a rate; of a count `all` alone */
	int64_t points;    /* in hundredths; of a rate without anything to judge 0 */
	bool empty;        /* a rate without anything to judge: its weight goes to the other rates */
};
struct score {
	int64_t unit;
	int64_t points;  /* in hundredths */
	int rank, peers; /* among the units of its kind; equal points, equal rank */
	struct score_part parts[FORMULA_ITEMS_MAX];
};
/* Does what is on the record count for this item of the formula, and for or against it? */
enum bearing { BEARING_NONE, BEARING_GOOD, BEARING_BAD };
enum bearing item_bearing_of_duty(
	const struct formula_item *item, const struct settled *settled, struct str procedure);
enum bearing item_bearing_of_matter(const struct formula_item *item, const struct undertaken *undertaken);
/* Every unit that has anything on the record, by kind, then by rank, then by id. */
void performance_score(const struct formula *formula, const struct org *org,
	const struct performance_record *record, struct arena *arena, struct score **ret_scores,
	size_t *ret_count);

/* ---- education: who learned for how many hours of what their unit planned ----
 *
 * Only what somebody else confirmed counts: hours of sessions that were checked, and of catching up that was
 * accepted. Held on a day, attended, for so many hours: nothing else of anybody is read. */

struct study_plan {
	int64_t unit, year, sessions, hours; /* hours: of each person */
	struct str number;
};
struct study_seat {
	int64_t person, hours; /* hours: earned there, 0 when away */
	bool present;
};
struct study_session {
	int64_t unit;
	struct day held;
	bool confirmed, first_item; /* first_item: the agenda names one */
	struct study_seat *seats;
	size_t seat_count;
};
struct study_catch_up {
	int64_t person, hours;
	struct day held, due; /* held: the session; due: DAY_NONE when nothing is owed */
	bool done;
};
/* What the fields of a matter say by the `study` of a definition, which must be of that kind; false where
 * they say too little. */
MUST_CHECK bool study_plan_read(
	const struct procedure *procedure, const struct doc *fields, struct study_plan *ret_plan);
MUST_CHECK bool study_session_read(const struct procedure *procedure, const struct doc *fields,
	struct arena *arena, struct study_session *ret_session);
MUST_CHECK bool study_catch_up_read(
	const struct procedure *procedure, const struct doc *fields, struct study_catch_up *ret_catch_up);

struct study_record {
	const struct org *org;
	struct day from, to, today; /* of the period; who holds which post is asked of `today` */
	struct study_plan *plans;
	size_t plan_count, plan_capacity;
	struct study_session *sessions;
	size_t session_count, session_capacity;
	struct study_catch_up *catch_ups;
	size_t catch_up_count, catch_up_capacity;
};
/* Somebody under a plan, or who attended without one. */
struct learner {
	int64_t person, post, unit;   /* unit: whose plan it is, or their own where none above it has one */
	int64_t required;             /* hours, of the plans of the years that the period touches; 0: none */
	int64_t hours, made_up;       /* confirmed; hours has both */
	int64_t attended, away, owed; /* sessions; owed: still to be made up */
	struct day due;               /* of the earliest that is owed */
	bool late;                    /* and it is overdue */
};
/* A unit with a plan, or with a session. */
struct study_unit {
	int64_t unit, planned, held, confirmed, first_items, required;
	int64_t people, met, hours, away, owed, late; /* of its learners; met: have the hours required */
	struct str numbers;                           /* of its plans */
};
/* Units by id, learners by unit and person. In `arena`. */
void study_count(const struct study_record *record, struct arena *arena, struct study_unit **ret_units,
	size_t *ret_unit_count, struct learner **ret_learners, size_t *ret_learner_count);

#endif
