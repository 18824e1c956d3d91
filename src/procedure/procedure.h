/* procedure.h: definitions, from text to a tree to findings.
 *
 * A procedure is an institution's rule as a clerk can read it aloud (YAML) and as a program can prove it
 * sound. procedure_read gives the tree and everything wrong with the text; procedure_check proves the
 * soundness rules and shows the shortest path to what breaks one. Names are resolved to indexes while
 * reading: -1 means "none" in every index field below.
 * Quiet room: definitions come in as text. docs/procedures.md describes the format for its writers. */
#ifndef PROCEDURE_PROCEDURE_H
#define PROCEDURE_PROCEDURE_H

#include "base/base.h"
#include "calendar/calendar.h"
#include "org/org.h"
#include "procedure/reported.h"

#define PROCEDURE_TEXT_MAX   ((size_t)1024 * 1024) /* bytes of one definition */
#define PROCEDURE_STATES_MAX 256
#define PROCEDURE_ITEMS_MAX  512 /* roles, fields, actions, duties, requests: each */
#define FIELD_COLUMNS_MAX    12
#define FIELD_ROWS_MAX       1000

struct place {
	int line, col; /* both from 1; 0 when the thing isn't in the text */
};

struct label {
	struct str zh, en; /* "" where the text gives none: show the name */
};

/* ---- findings ---- */

struct finding {
	struct str rule; /* "W1" … "R2", or "format" for text that can't be read as a definition */
	struct str file;
	struct place place;
	struct str text;    /* one sentence: what is wrong and what to do … */
	struct str text_zh; /* … and in Chinese */
	struct str path; /* the shortest path that shows it, "draft ─dispatch→ dispatched"; "" where none
			    matters */
};

#define FINDINGS_MAX 200 /* nobody reads more; a file with that many is broken in one way */

struct findings {
	struct arena *arena;
	struct finding *items;
	size_t count, capacity;
	size_t beyond; /* at least so many more were found than are kept */
};

struct findings findings_new(struct arena *arena);
/* No more are kept, so what would only make one longer to read (a path, the nearest name) can be left out. */
bool findings_full(const struct findings *findings);
void findings_add(struct findings *findings, const char *rule, struct str file, struct place place,
	struct str path, const char *format, ...) PRINTF_LIKE(6, 7);
void findings_sort(struct findings *findings); /* by file, line, column, rule */
/* "file:line:col: W1: text" and, where there is one, "\n    path: …" behind it. */
struct str finding_print(struct arena *arena, const struct finding *finding);
struct str finding_say(
	struct arena *arena, const struct finding *finding, struct str lang); /* "zh" or "en" */
/* For programs: {"sound": …, "findings": [{"file", "line", "col", "rule", "text", "text_zh", "path"}, …]},
 * the keys always all there, in the order of `findings`. */
void findings_put_json(struct buf *buf, const struct findings *findings);

/* ---- the tree ---- */

#define GRASPS                                                                                               \
	GRASP(EDUCATION, "education")                                                                        \
	GRASP(CONDUCT, "conduct")                                                                            \
	GRASP(CASE, "case")                                                                                  \
	GRASP(APPOINTMENT, "appointment")                                                                    \
	GRASP(RULES, "rules")                                                                                \
	GRASP(SUPERVISION, "supervision")                                                                    \
	GRASP(RESPONSIBILITY, "responsibility") GRASP(GOVERNANCE, "governance")
enum grasp {
#define GRASP(NAME, wire) GRASP_##NAME,
	GRASPS
#undef GRASP
		GRASP_COUNT
};
const char *grasp_name(enum grasp grasp);

enum role_kind {
	ROLE_FUNCTION, /* {function: NAME}: the unit or post to which the institution gave this function */
	ROLE_FIELD,    /* {field: NAME}: the unit, post or person named in this field */
	ROLE_HEAD,     /* {head_of: ROLE}: the post that heads the unit of another role */
	ROLE_SUPERIOR, /* {superior_of: ROLE}: the post above another role's unit */
};
struct role {
	struct str name;
	struct place place;
	struct label label;
	enum role_kind kind;
	struct str function; /* ROLE_FUNCTION */
	int field;           /* ROLE_FIELD: index in fields; of type unit, post or person */
	int of;              /* ROLE_HEAD, ROLE_SUPERIOR: index in roles */
};

#define FIELD_TYPES                                                                                          \
	FIELD_TYPE(TEXT, "text")                                                                             \
	FIELD_TYPE(LINES, "lines") /* texts in their order, one a line */                                    \
	FIELD_TYPE(NUMBER, "number")                                                                         \
	FIELD_TYPE(PERCENT, "percent")                                                                       \
	FIELD_TYPE(MONEY, "money")                                                                           \
	FIELD_TYPE(DATE, "date")                                                                             \
	FIELD_TYPE(CHOICE, "choice")                                                                         \
	FIELD_TYPE(CHOICES, "choices")                                                                       \
	FIELD_TYPE(UNIT, "unit")                                                                             \
	FIELD_TYPE(UNITS, "units")                                                                           \
	FIELD_TYPE(POST, "post")                                                                             \
	FIELD_TYPE(PERSON, "person")                                                                         \
	FIELD_TYPE(PERSONS, "persons") /* in their order */                                                  \
	FIELD_TYPE(RULE, "rule")                                                                             \
	FIELD_TYPE(MATTER, "matter")                                                                         \
	FIELD_TYPE(FILE, "file")                                                                             \
	FIELD_TYPE(HOURS, "hours")                                                                           \
	FIELD_TYPE(BOOL, "bool") FIELD_TYPE(ROWS, "rows")
enum field_type {
#define FIELD_TYPE(NAME, wire) FIELD_##NAME,
	FIELD_TYPES
#undef FIELD_TYPE
		FIELD_TYPE_COUNT
};
const char *field_type_name(enum field_type type);

struct choice {
	struct str name;
	struct label label;
};
struct field {
	struct str name;
	struct place place;
	struct label label;
	enum field_type type;
	bool required;
	struct str unit;        /* of a number: "%", "公里" … for showing */
	struct choice *choices; /* of choice and choices */
	size_t choice_count;
	struct field
		*columns; /* of rows: the first says what a row is about, and no two are about the same */
	size_t column_count;
	int sets;  /* of an action: the field of the procedure that it sets, or -1 */
	bool told; /* of the procedure: whom a compartment is about may always know it */
};

enum end_kind { END_NONE, END_SUCCESS, END_FAILURE, END_VOID };
const char *end_kind_name(enum end_kind end); /* success failure void; "" for none */
struct state {
	struct str name;
	struct place place;
	struct label label;
	bool start;
	enum end_kind end;
};

struct basis {
	struct str rule, article, note;
	bool confirm; /* `confirm: true`: to be confirmed by the office, shown so */
};

/* ---- conditions: what must be so, in figures ----
 *
 * `3 * present >= 2 * entitled`, `clearance = yes`, `chief last_of spoke`. No more than sums of fields beside
 * each other, and lists beside each other, so that whoever reads it can reckon it, and it always ends. A list
 * in a sum counts what it names. A field that is empty makes it false; a list that is empty names nobody. */

enum compare {
	COMPARE_GIVEN, /* a field alone: filled in, and true where it is yes or no */
	COMPARE_EQUAL,
	COMPARE_UNEQUAL,
	COMPARE_BELOW,
	COMPARE_AT_MOST,
	COMPARE_ABOVE,
	COMPARE_AT_LEAST,
	COMPARE_WITHIN,  /* each of the left list is in the right one */
	COMPARE_OUTSIDE, /* none of it is */
	COMPARE_FIRST_OF,
	COMPARE_LAST_OF /* the left one is the last of the right list */
};
#define CONDITION_TODAY      "today"   /* stands for the day of the act, where no field has that name */
#define CONDITION_MEMBERS    "members" /* for those of the body that meets, of a meeting that names one */
#define CONDITION_PARTS_MAX  8
#define CONDITION_FACTOR_MAX 1000
struct condition_sum {
	struct {
		int64_t factor;   /* or the constant itself, where there is no field */
		struct str field; /* "": a constant */
		bool is_list;     /* it counts what the list names: none when it is empty */
	} parts[CONDITION_PARTS_MAX];
	size_t count;
};
struct condition {
	struct str text; /* "": none, which always holds */
	struct place place;
	enum compare compare;
	struct condition_sum left, right;
	struct str word; /* instead of `right`: the choice that a field of choices must or mustn't be */
};
/* Do the values fulfil it, on the day of the act: those that are being given (NULL: none) before those that
 * the matter has? */
bool condition_holds(const struct condition *condition, const struct doc *given, const struct doc *fields,
	struct day today);
/* Of lists beside each other: those on the left that `within` misses on the right, or `outside` finds there.
 * Nothing for any other condition. Borrowed from the values; at most `max`. */
size_t condition_strays(const struct condition *condition, const struct doc *given, const struct doc *fields,
	const struct doc **ret_strays, size_t max);

/* What a `with:` gives to a field of the procedure that is opened: a field of this matter, or a constant. */
struct given {
	struct str to; /* field name in the opened procedure */
	struct place place;
	const struct field *column; /* of the row it is opened for, or NULL … */
	int field;                  /* … a field of this procedure, or -1 … */
	struct str text;            /* … and then this constant */
};
struct opening {
	struct str procedure; /* "" when nothing is opened */
	struct place place;
	struct given *with;
	size_t with_count;
	const struct field *each; /* NULL: one matter; else one for each row of this field that fulfils … */
	struct condition where;   /* … this */
};

/* Who may be given a post: rules of eligibility and avoidance (任职资格、任职回避), each with its source. */
#define ELIGIBILITY_TESTS                                                                                    \
	ELIGIBILITY_TEST(TIME_IN_RANK, "time_in_rank") /* `least` in posts of the rank held now */           \
	ELIGIBILITY_TEST(AGE, "age")                   /* at most `years` old */                             \
	ELIGIBILITY_TEST(KIN, "kin")       /* no relative in the unit, above it or right below it */         \
	ELIGIBILITY_TEST(EFFECT, "effect") /* nothing in effect that bars `bars` */
enum eligibility_test {
#define ELIGIBILITY_TEST(NAME, wire) ELIGIBILITY_##NAME,
	ELIGIBILITY_TESTS
#undef ELIGIBILITY_TEST
		ELIGIBILITY_TEST_COUNT
};
struct eligibility_rule {
	struct str name;
	struct place place;
	struct label say; /* the rule in one sentence */
	enum eligibility_test test;
	struct term least;
	int years;
	struct str bars;
	struct condition when;
	struct basis *basis;
	size_t basis_count;
};

/* `purpose: hearing` or `purpose: appeal` on an action or a request: how the one a case is about is heard,
 * and how it appeals (rule R2). */
enum purpose { PURPOSE_NONE, PURPOSE_HEARING, PURPOSE_APPEAL };

enum limit_kind { LIMIT_WITHIN, LIMIT_BY, LIMIT_EVERY, LIMIT_CALENDAR };
struct limit {
	enum limit_kind kind;
	struct place place;
	struct term term;   /* WITHIN: after arising; CALENDAR: after `field` */
	int field;          /* BY, CALENDAR: a date field */
	enum period period; /* EVERY */
};

enum evidence { EVIDENCE_NONE, EVIDENCE_OPTIONAL, EVIDENCE_REQUIRED };

/* Who hears of a breach: a role, or the head of or the post above a role's unit ("head of lead", "superior of
 * lead"). */
enum reach_kind { REACH_ROLE, REACH_HEAD, REACH_SUPERIOR };
struct reach {
	enum reach_kind kind;
	int role;
	struct place place;
};

struct breach {
	struct place place; /* line 0: the text gives none */
	struct reach *escalate;
	size_t escalate_count;
	struct opening opens;
};

/* A check of an action. Where it doesn't hold the act is refused in these words; or, where it names a breach,
 * the act is done all the same and recorded as a breach of procedure (违反程序) by that role. */
struct check_rule {
	struct place place;
	const struct field *each;    /* NULL: asked once; else of every row of this field */
	struct condition that, when; /* when: only where this holds */
	struct label say;
	struct basis *basis;
	size_t basis_count;
	int of;               /* whose breach of procedure it is: a role; -1: refused */
	struct breach breach; /* who hears of it */
};
/* Does it hold, of what is given and of the fields as they will be with that? */
bool check_holds(
	const struct check_rule *check, const struct doc *given, const struct doc *fields, struct day today);

struct action {
	struct str name;
	struct place place;
	struct label label;
	int by;    /* role */
	int *from; /* states */
	size_t from_count;
	int to;               /* state, or -1: the state stays */
	struct field *fields; /* one named like a field of the procedure sets that field; `progress` of type
				 percent sets the progress */
	size_t field_count;
	enum evidence evidence;
	struct limit not_before; /* BY or CALENDAR: may be done when that day is over; line 0: at any time */
	int *not_by;             /* actions whose doers, in this matter, may not do this one */
	size_t not_by_count;
	struct place not_by_place;
	int answers_to;       /* role that is told and can object, or -1 */
	struct opening opens; /* a matter that this action opens by itself, as a child where `child: true` */
	bool opens_child;
	enum purpose purpose;
	struct check_rule *checks;
	size_t check_count;
	bool eligible; /* the candidate of `eligibility` must be eligible */
	/* Served on whom a compartment is about: they learn that it was done, when, and these fields of it or
	 * of the procedure as they then stand. */
	struct str *tells;
	size_t tells_count;
	struct place tells_place;
	struct str *
		tells_reporter; /* the same for whoever reported without a name, who reads it by their code */
	size_t tells_reporter_count;
	struct place tells_reporter_place;
};

struct duty_rule {
	struct str name;
	struct place place;
	struct label label;
	int bearer; /* role */
	int *in;    /* states */
	size_t in_count;
	int *discharged_by; /* actions */
	size_t discharged_by_count;
	struct limit limit;
	struct term warn; /* amount 0: no warning */
	struct place warn_place;
	struct breach breach;
	struct basis *basis; /* where this limit comes from */
	size_t basis_count;
};

struct request_rule {
	struct str name;
	struct place place;
	struct label label;
	int by, decided_by; /* roles */
	int *in;            /* states */
	size_t in_count;
	int moves;       /* duty whose due day becomes the field `until`, or -1 */
	bool stops_all;  /* `stops: all`: every clock of the matter stands until the field `until` */
	bool before_due; /* must be asked before the moved duty is due */
	struct term decide_within;
	struct field *fields;
	size_t field_count;
	enum purpose purpose;
	struct breach breach; /* of the decider; where the text gives none, it reaches the asker and the post
				 above the decider */
};

/* What makes a procedure a meeting (会议), or an item that a meeting decides: which field says what.
 * MEETING_PART(NAME, wire, types, help): a bit for each type that the field may have. */
#define MEETING_TYPE(NAME) (1u << FIELD_##NAME)
#define MEETING_PARTS                                                                                        \
	MEETING_PART(HELD_ON, "held_on", MEETING_TYPE(DATE), "the day it is held")                           \
	MEETING_PART(BODY, "body", MEETING_TYPE(UNIT), "the body that meets; the first unit when not given") \
	MEETING_PART(KIND, "kind", MEETING_TYPE(CHOICE), "what kind it is of")                               \
	MEETING_PART(CHAIR, "chair", MEETING_TYPE(POST) | MEETING_TYPE(PERSON), "who chairs it")             \
	MEETING_PART(PLACE, "place", MEETING_TYPE(TEXT), "where")                                            \
	MEETING_PART(OF, "of", MEETING_TYPE(MATTER), "the meeting of which this is an item")                 \
	MEETING_PART(SENT_ON, "sent_on", MEETING_TYPE(DATE), "when the material was sent")                   \
	MEETING_PART(FIRST_ITEM, "first_item", MEETING_TYPE(TEXT), "what is studied first")                  \
	MEETING_PART(AGENDA, "agenda", MEETING_TYPE(LINES), "its items in order")                            \
	MEETING_PART(EXPECTED, "expected", MEETING_TYPE(PERSONS), "who is expected")                         \
	MEETING_PART(PRESENT, "present", MEETING_TYPE(PERSONS), "who is present")                            \
	MEETING_PART(RECUSED, "recused", MEETING_TYPE(PERSONS), "who keeps out of it")                       \
	MEETING_PART(SPOKE, "spoke", MEETING_TYPE(PERSONS), "who spoke, in that order")                      \
	MEETING_PART(AGREE, "agree", MEETING_TYPE(PERSONS) | MEETING_TYPE(NUMBER), "votes for")              \
	MEETING_PART(AGAINST, "against", MEETING_TYPE(PERSONS) | MEETING_TYPE(NUMBER), "votes against")      \
	MEETING_PART(ABSTAIN, "abstain", MEETING_TYPE(PERSONS) | MEETING_TYPE(NUMBER), "abstentions")        \
	MEETING_PART(DECISION, "decision", MEETING_TYPE(TEXT) | MEETING_TYPE(LINES), "what was decided")     \
	MEETING_PART(DISSENT, "dissent", MEETING_TYPE(TEXT), "what was said against it")
/* What makes a procedure one for tasks from the level above (上级交办), which come in files between levels:
 * which field takes what such a task says. */
#define FROM_ABOVE_PARTS                                                                                     \
	FROM_ABOVE_PART(TITLE, "title", MEETING_TYPE(TEXT), "what the task is called")                       \
	FROM_ABOVE_PART(REQUIREMENT, "requirement", MEETING_TYPE(TEXT), "what is required")                  \
	FROM_ABOVE_PART(DOCUMENT, "document", MEETING_TYPE(TEXT), "the document or meeting it comes from")   \
	FROM_ABOVE_PART(NUMBER, "number", MEETING_TYPE(TEXT), "its number there")                            \
	FROM_ABOVE_PART(DUE, "due", MEETING_TYPE(DATE), "the day by which it is due")
enum from_above_part {
#define FROM_ABOVE_PART(NAME, wire, types, help) FROM_ABOVE_##NAME,
	FROM_ABOVE_PARTS
#undef FROM_ABOVE_PART
		FROM_ABOVE_PART_COUNT
};
enum meeting_part {
#define MEETING_PART(NAME, wire, types, help) MEETING_##NAME,
	MEETING_PARTS
#undef MEETING_PART
		MEETING_PART_COUNT
};

enum visibility { VISIBILITY_INSTITUTION, VISIBILITY_UNIT, VISIBILITY_COMPARTMENT };

/* Does a part count in the progress and the closing of its whole: is nobody told of it by these who doesn't
 * see it? Parts in compartments never do; within the same unit's sight they do. sql/see.sql asks the same. */
bool part_counts(enum visibility part, enum visibility whole);

struct procedure {
	struct str name, file, text; /* text: the definition as it was read, byte for byte */
	struct place place;
	struct label title;
	enum grasp grasp;
	bool accountability; /* `kind: accountability` (rule R2 then holds as for grasp case) */
	struct basis *basis;
	size_t basis_count;
	struct str number; /* pattern with {year} and {seq}, maybe {seq:4} */
	struct place number_place;
	struct role *roles;
	size_t role_count;
	struct field *fields;
	size_t field_count;
	struct state *states;
	size_t state_count;
	int start; /* the start state */
	struct action *actions;
	size_t action_count;
	struct duty_rule *duties;
	size_t duty_count;
	struct request_rule *requests;
	size_t request_count;
	struct {
		struct str of; /* "": no children */
		struct place place;
		bool close_before_parent;
		bool weighted;
	} children;
	struct {
		struct place place;  /* line 0: none */
		int candidate, post; /* fields: a person, a post */
		struct eligibility_rule *rules;
		size_t rule_count;
	} eligibility;
	struct { /* what a decision brings about for a time (影响期), and what that bars */
		struct place place;      /* line 0: none */
		int person, unit, until; /* fields; person or unit -1 */
		int *in;                 /* the states in which it is in effect */
		size_t in_count;
		struct choice *bars;
		size_t bar_count;
	} effect;
	struct {                    /* anybody may begin one without a name (匿名反映) */
		struct place place; /* line 0: nobody may */
		int about;          /* the role that it is about, which is kept out */
		struct str *fields; /* of the procedure: what whoever reports fills in */
		size_t field_count;
	} letters;
	struct {
		struct place place;             /* line 0: it is no meeting */
		int fields[MEETING_PART_COUNT]; /* -1: nothing says that */
		int members; /* a role: the unit whose members make up the body that meets; -1: not said */
	} meeting;
	struct {                         /* its matters cover a unit (监督全覆盖) */
		struct place place;      /* line 0: they cover none */
		int unit;                /* a field of type unit */
		enum supervision always; /* SUPERVISION_COUNT: the field `kind` says by which */
		int kind;                /* a choice among names of supervisions, or -1 */
		int *begun_by;           /* actions: what is only planned covers nobody */
		size_t begun_by_count;
		int begun_on; /* a date field; -1: the day of the action */
	} covers;
	struct {                    /* its matters are part of the record of study */
		struct place place; /* line 0: they aren't */
		enum study as;
		int fields[STUDY_PART_COUNT]; /* -1: nothing says that */
	} study;
	struct {                    /* its matters are counted as something else that reports know */
		struct place place; /* line 0: they aren't */
		enum count_kind as;
		int fields[COUNT_PART_COUNT]; /* -1: nothing says that */
		struct str undone;       /* of a finding's result: the choice that it wasn't put right; "" */
		struct str met, missing; /* choices of a column of a checklist */
		int *planned_by;         /* actions, of a finding or its rectification: a plan stands */
		size_t planned_by_count;
	} counts_as;
	struct {                    /* whoever comes enters themselves on the list (扫码签到) */
		struct place place; /* line 0: nobody does */
		int by;             /* role that keeps the list and shows the code */
		int *in;            /* the states in which it goes on */
		size_t in_count;
		int on;        /* a date field: its day */
		int into;      /* the list: a field of people, or of rows about people */
		struct str as; /* of rows: the choice that says that they came */
		int expected;  /* a field of people; -1 */
		int of;        /* role: whose people are expected where nobody else says who is; -1 */
	} check_in;
	struct {
		struct place place;                /* line 0: it takes no tasks from above */
		int fields[FROM_ABOVE_PART_COUNT]; /* -1: nothing takes that */
	} from_above;
	enum visibility visibility;
	struct {
		int yellow_days;               /* working days before the due day; default 3 */
		int yellow_behind, red_behind; /* points behind plan; default 10, 30 */
		struct place place;
	} lamp;
	struct str no_evidence; /* why no closing needs evidence (rule S2), or "" */
	struct place no_evidence_place;
	struct term answer_within; /* of an instruction or a breach; default 5 working days */
	struct place answer_within_place;
};

/* ---- verbs ---- */

/* Read one definition. All errors of the text are added to `findings`, in one pass. Returns the tree when it
 * is usable for checking (no "format" finding and every name resolved), else NULL. Everything lives in
 * `arena`; `text` is copied. Bytes that aren't UTF-8 are refused with a hint (GB18030 is guessed and named).
 */
const struct procedure *procedure_read(
	struct arena *arena, struct str file, struct str text, struct findings *findings);

/* The JSON Schema (draft 2020-12) by which editors complete and check a definition: made from the tables of
 * keys that procedure_read reads by, and kept as institutions/procedure.schema.json. It knows forms, not
 * rules. */
void procedure_schema(struct buf *buf);

/* Several procedures that refer to each other by name. */
struct procedures {
	const struct procedure **items;
	size_t count;
};
const struct procedure *procedures_find(
	const struct procedures *procedures, struct str name); /* NULL when absent */

/* Prove one procedure: W2, W3, P1–P3, S1–S3, R2 and, against its fellows, what `opens` and `children` need.
 */
void procedure_check(
	const struct procedure *procedure, const struct procedures *all, struct findings *findings);
/* Against an institution: the chain of consequences over all procedures (P3), roles and separations (R1,
 * S3). */
void procedures_check_org(
	const struct procedures *all, const struct org *org, struct day today, struct findings *findings);

/* Prove all that an institution has in one call, findings sorted: each procedure against its fellows and,
 * where `org` isn't NULL, against the institution. `complete` false: some definition could not be read, so
 * what opens or names a fellow isn't judged until all can be. */
void procedures_prove(const struct procedures *all, bool complete, const struct org *org, struct day today,
	struct findings *findings);

struct rule_row {
	const char *name; /* "P2" */
	const char *title_zh, *title_en;
	const char *meaning_zh,
		*meaning_en; /* what `check --explain` prints, with an example of breaking and mending it */
};
const struct rule_row *rule_find(struct str name); /* NULL when there is no such rule */
size_t rule_count(void);
const struct rule_row *rule_at(size_t i);

/* The mutation report: take out each single duty, breach, not_by, evidence and action in turn. */
struct mutation {
	const char *kind;    /* "duty", "breach", "not_by", "evidence", "action" */
	struct str name;     /* of what was taken out, or of what holds it */
	bool refused;        /* by `rule` */
	struct str rule;     /* the first rule that refuses it */
	struct str harmless; /* otherwise: why nothing is lost */
};
/* Returns the array in `arena`; *ret_count of them. */
const struct mutation *procedure_mutate(struct arena *arena, const struct procedure *procedure,
	const struct procedures *all, size_t *ret_count);

enum draw_format { DRAW_SVG, DRAW_MERMAID, DRAW_BPMN, DRAW_FORMAT_COUNT };
/* Draw the states, actions and duties; labels in `lang` "zh" or "en"; `present` is the state to mark, or -1.
 */
void procedure_draw(struct buf *buf, const struct procedure *procedure, enum draw_format format,
	struct str lang, int present);

/* Small questions that the engine, the checker and the drawings share. */
int procedure_state(const struct procedure *procedure, struct str name); /* index or -1 */
int procedure_action(const struct procedure *procedure, struct str name);
int procedure_field(const struct procedure *procedure, struct str name);
/* What `fields` of a matter say in the field of that index; NULL where they say nothing, or it is -1. */
const struct doc *procedure_says(const struct procedure *procedure, int field, const struct doc *fields);
/* The field of that name among some: of an action, a request, the columns of rows. NULL when there is none.
 */
const struct field *field_find(const struct field *fields, size_t count, struct str name);
bool field_has_choice(const struct field *field, struct str name);
/* Whom it is about must be heard and may appeal (rule R2): it holds to account, or is of grasp case. */
bool procedure_must_hear(const struct procedure *procedure);
/* May what is filled in, or who is chosen, forbid it, though the asker holds the power? */
bool action_is_conditional(const struct action *action);
int procedure_duty(const struct procedure *procedure, struct str name);
int procedure_request(const struct procedure *procedure, struct str name);
int procedure_role(const struct procedure *procedure, struct str name);
/* Of a list of rows into which people enter themselves: the column that says that they came. NULL: it is a
 * list of people alone, or they don't. */
const struct field *procedure_came_column(const struct procedure *procedure);
/* Of the rows of a checklist (`counts_as`): the column that says whether an item is met. NULL: it is none. */
const struct field *procedure_met_column(const struct procedure *procedure);
bool action_leaves(const struct action *action, int state); /* may be done in this state */
bool action_waits(const struct action *action);             /* for a day: `not_before` */
bool duty_holds_in(const struct duty_rule *duty, int state);
bool duty_discharged_by(const struct duty_rule *duty, int action);
/* The functions that its roles name are called in `org` as it labels those roles (org_function_word). */
void procedure_call_functions(const struct procedure *procedure, struct org *org);
struct str label_pick(struct label label, struct str name,
	struct str lang); /* the label in that language, else the other, else the name */

#endif
