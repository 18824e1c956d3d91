/* org.h: units, posts, people; who holds which post on a given day.
 *
 * Powers and duties attach to posts, never to persons. An org is the whole institution in memory (a
 * district: some 200 units, 1,000 posts), loaded once and changed only by applying events, so that the
 * engine can resolve a role without asking anybody. Quiet room. */
#ifndef ORG_ORG_H
#define ORG_ORG_H

#include "base/base.h"

enum post_kind { POST_HEAD, POST_DEPUTY, POST_LIAISON, POST_MEMBER, POST_KIND_COUNT };
enum tenure_kind { TENURE_HOLDER, TENURE_ACTING, TENURE_KIND_COUNT };

struct unit {
	int64_t id;
	struct str code; /* the institution's own, unique: "supervision-office", "440703002" */
	struct str name, name_en;
	struct str kind;  /* free word of the institution: department, street, town, village, committee … */
	int64_t parent;   /* 0 at the top */
	int64_t leader;   /* post of the leader in charge of this unit (分管领导); 0 when none is named */
	struct day since; /* the first day on which it bears these names; DAY_NONE when it never had others */
	struct day until; /* the first day on which it is no more (撤销); DAY_NONE while it lasts */
};

struct post {
	int64_t id;
	struct str code;
	int64_t unit;
	struct str title, title_en;
	enum post_kind kind; /* the head answers for the unit; head, deputy and liaison may act for it */
	struct str rank;     /* free word: 正处, 副处, 正科, 副科 …; "" when none */
	struct day until;    /* the first day on which it is no more (撤销); DAY_NONE while it lasts */
};

/* What a unit was called before. */
struct former_name {
	int64_t unit;
	struct str name, name_en;
	struct day until; /* the first day on which it was called otherwise */
};

struct person {
	int64_t id;
	struct str code; /* sign-in name, unique */
	struct str name;
	struct str pseudonym; /* stands for the person in the ledger's envelopes: random, chosen at entry */
	struct str gender;    /* "m", "f" or "" */
	struct day born;      /* DAY_NONE when not recorded */
};

struct tenure {
	int64_t id;
	int64_t post, person;
	struct day from;
	struct day until; /* the first day it no longer holds; DAY_NONE while it lasts */
	enum tenure_kind kind;
	struct str move; /* how it began, a free word: appointment, promotion, transfer …; "" when not said */
};

struct function {
	struct str name; /* supervision_office, inspection_office, discipline_commission … */
	int64_t unit;    /* the unit that has it … */
	int64_t post;    /* … or a single post (0 when it is a unit) */
};

struct delegation {
	int64_t id;
	int64_t from, to;        /* persons; `to` acts on behalf of `from`, never passes it on */
	struct day since, until; /* until: the first day it no longer holds */
};

/* Two people who are related: kept only so that neither handles what concerns the other (任职回避, 公务回避).
 */
struct kin {
	int64_t id;
	int64_t person, other;
	struct str kind;  /* a free word: spouse, child, sibling, in-law … */
	struct day until; /* the first day it no longer counts; DAY_NONE while it does */
};

/* How one matter may be related to another (关系): the words that a link may say. */
#define RELATION_CAUSE "cause" /* what opened a matter: the engine records it, and nobody else may */
struct relation {
	int64_t id;
	struct str name;   /* unique; what is recorded in a link */
	struct str zh, en; /* what people read */
};

struct org; /* lives in its arena */

struct org *org_new(struct arena *arena);

/* Looking up: NULL when there is none. Ids are dense, from 1, so this is O(1). */
const struct unit *org_unit(const struct org *org, int64_t id);
const struct post *org_post(const struct org *org, int64_t id);
const struct person *org_person(const struct org *org, int64_t id);
const struct unit *org_unit_by_code(const struct org *org, struct str code);
const struct post *org_post_by_code(const struct org *org, struct str code);
const struct person *org_person_by_code(const struct org *org, struct str code);
const struct function *org_function(const struct org *org, struct str name);
const struct relation *org_relation(const struct org *org, struct str name);

/* Is it there on that day? What was abolished stays in the record, and is there on the days before; a unit's
 * posts end with it. False for an unknown one. */
bool org_unit_is_on(const struct org *org, int64_t unit, struct day day);
bool org_post_is_on(const struct org *org, int64_t post, struct day day);
/* Was its end recorded? No end lies ahead, so this asks of today. Nothing new may name such a one. */
bool org_unit_has_ended(const struct org *org, int64_t unit);
bool org_post_has_ended(const struct org *org, int64_t post);
/* The unit as it was called on that day; its other columns as they stand. REQUIREs a known one. */
struct unit org_unit_on(const struct org *org, int64_t unit, struct day day);

/* Walking: i from 0 to the count. */
size_t org_unit_count(const struct org *org);
size_t org_post_count(const struct org *org);
size_t org_person_count(const struct org *org);
size_t org_tenure_count(const struct org *org);
size_t org_function_count(const struct org *org);
size_t org_delegation_count(const struct org *org);
size_t org_kin_count(const struct org *org);
size_t org_relation_count(const struct org *org);
size_t org_former_name_count(const struct org *org);
const struct unit *org_unit_at(const struct org *org, size_t i);
const struct post *org_post_at(const struct org *org, size_t i);
const struct person *org_person_at(const struct org *org, size_t i);
const struct tenure *org_tenure_at(const struct org *org, size_t i);
const struct function *org_function_at(const struct org *org, size_t i);
const struct delegation *org_delegation_at(const struct org *org, size_t i);
const struct kin *org_kin_at(const struct org *org, size_t i);
const struct relation *org_relation_at(const struct org *org, size_t i);
const struct former_name *org_former_name_at(const struct org *org, size_t i);

/* Who holds the post on that day: its holder, else whoever acts in it, else NULL: vacant. */
const struct tenure *org_holder(const struct org *org, int64_t post, struct day day);
/* The post that answers for the unit (the first of kind head that has no end), 0 when the unit has none. */
int64_t org_head_post(const struct org *org, int64_t unit);
/* The one that did on that day. */
int64_t org_head_post_on(const struct org *org, int64_t unit, struct day day);
/* The post above the unit: its leader in charge; else the head of the nearest unit above that has one;
 * 0 at the top. Never the unit's own head. */
int64_t org_superior_post(const struct org *org, int64_t unit);
/* May the holder of `post` act for `unit`: a head, deputy or liaison of that very unit, that has no end. */
bool org_post_acts_for(const struct org *org, int64_t post, int64_t unit);
/* Does the post carry the function, by itself or by acting for the unit that has it? */
bool org_post_carries(const struct org *org, int64_t post, const struct function *function);
/* The posts that `person` holds or acts in on that day; returns how many were written, at most `max`. */
size_t org_posts_held(const struct org *org, int64_t person, struct day day, int64_t *posts, size_t max);
/* What a function is called: those that the program itself asks for by words of its own, others as they were
 * called (org_function_call); its name where nobody did. */
struct str org_function_word(const struct org *org, struct str name, bool chinese);
/* The same in both languages, for a sentence of an error (words_both). */
const char *org_function_both(const struct org *org, struct str name, char *ret, size_t size);
/* Is `to` allowed to act on behalf of `from` on that day? */
bool org_is_delegate(const struct org *org, int64_t from, int64_t to, struct day day);
/* Are the two registered as relatives on that day? */
bool org_are_kin(const struct org *org, int64_t a, int64_t b, struct day day);

/* Somebody takes a post, or leaves one. */
struct move {
	int64_t post, person;
	int64_t leave;         /* another post that the person leaves with it; 0: none */
	bool ends;             /* the person only leaves `post` */
	struct day from;       /* the first day on which it is so */
	enum tenure_kind kind; /* holder or acting */
	struct str how;        /* appointment, transfer …; "" when not said */
};
#define MOVE_PLAN_MAX 3
/* The tenures that this ends and the one that it begins (id 0), in the order in which they are recorded.
 * ERR_CONFLICT names "post", "person" or "leave". */
MUST_CHECK enum err org_move_plan(const struct org *org, const struct move *move,
	struct tenure ret_tenures[MOVE_PLAN_MAX], size_t *ret_count, struct bh_err *reterr);

/* Changing: each makes one recorded fact true, and first says whether it may be recorded. The *_may
 * functions refuse what contradicts the record, naming the field in reterr->place: unknown unit, a
 * circle of parents, two holders of one post at once, a tenure that ends before it begins, a delegation
 * to oneself or over an unknown person, the end of a unit or a post on which something still rests … The
 * *_set functions REQUIRE what _may accepts, copy their text into the org's arena, and insert (id == count +
 * 1) or replace (id <= count). */
MUST_CHECK enum err org_unit_may(const struct org *org, const struct unit *unit, struct bh_err *reterr);
MUST_CHECK enum err org_post_may(const struct org *org, const struct post *post, struct bh_err *reterr);
MUST_CHECK enum err org_person_may(const struct org *org, const struct person *person, struct bh_err *reterr);
MUST_CHECK enum err org_tenure_may(const struct org *org, const struct tenure *tenure, struct bh_err *reterr);
MUST_CHECK enum err org_function_may(
	const struct org *org, const struct function *function, struct bh_err *reterr);
MUST_CHECK enum err org_delegation_may(
	const struct org *org, const struct delegation *delegation, struct bh_err *reterr);
MUST_CHECK enum err org_kin_may(const struct org *org, const struct kin *kin, struct bh_err *reterr);
MUST_CHECK enum err org_relation_may(
	const struct org *org, const struct relation *relation, struct bh_err *reterr);
void org_unit_set(struct org *org, const struct unit *unit);
void org_post_set(struct org *org, const struct post *post);
void org_person_set(struct org *org, const struct person *person);
void org_tenure_set(struct org *org, const struct tenure *tenure);
void org_function_set(struct org *org, const struct function *function); /* by name */
/* How people call a function, in words of the procedures that name it; the last one said counts. Never
 * recorded. */
void org_function_call(struct org *org, struct str name, struct str zh, struct str en);
void org_delegation_set(struct org *org, const struct delegation *delegation);
void org_kin_set(struct org *org, const struct kin *kin);
/* What a row of the store says; an org_unit_set with other names and the day on which they begin keeps the
 * old ones itself. */
void org_former_name_add(struct org *org, const struct former_name *former);
void org_relation_set(struct org *org, const struct relation *relation);

/* Rows as the payloads of their events (org_doc.c), and back. *_from_doc borrow their text from the doc. */
struct doc *unit_to_doc(struct arena *arena, const struct unit *unit);
struct doc *post_to_doc(struct arena *arena, const struct post *post);
struct doc *person_to_doc(struct arena *arena, const struct person *person);
struct doc *tenure_to_doc(struct arena *arena, const struct tenure *tenure);
struct doc *function_to_doc(struct arena *arena, const struct function *function);
struct doc *delegation_to_doc(struct arena *arena, const struct delegation *delegation);
struct doc *kin_to_doc(struct arena *arena, const struct kin *kin);
struct doc *relation_to_doc(struct arena *arena, const struct relation *relation);
struct unit unit_from_doc(const struct doc *doc);
struct post post_from_doc(const struct doc *doc);
struct person person_from_doc(const struct doc *doc);
struct tenure tenure_from_doc(const struct doc *doc);
struct function function_from_doc(const struct doc *doc);
struct delegation delegation_from_doc(const struct doc *doc);
struct kin kin_from_doc(const struct doc *doc);
struct relation relation_from_doc(const struct doc *doc);

const char *post_kind_name(enum post_kind kind);     /* head deputy liaison member */
const char *tenure_kind_name(enum tenure_kind kind); /* holder acting */
/* What people read for a kind of units; a word of the institution's own stays as it is. */
struct str unit_kind_word(struct str kind, bool chinese);
/* What people read for a function that the program itself asks for; "" for any other (org_function_word). */
struct str function_own_word(struct str name, bool chinese);
MUST_CHECK bool post_kind_parse(struct str text, enum post_kind *ret_kind);
MUST_CHECK bool tenure_kind_parse(struct str text, enum tenure_kind *ret_kind);

#endif
