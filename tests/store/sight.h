/* sight.h: an institution and its matters as rows, made by hand, to ask who sees what. */
#ifndef TESTS_STORE_SIGHT_H
#define TESTS_STORE_SIGHT_H

#include "act/district.h"
#include "store/store_write.h"

/* The definitions there are, by id. */
enum sight_definition {
	SIGHT_OPEN = 1,      /* institution; function "office" */
	SIGHT_UNIT,          /* unit; function "office" */
	SIGHT_UNIT_POST,     /* unit; function "chief" */
	SIGHT_SHUT,          /* compartment; about the person `whom` */
	SIGHT_SHUT_UNIT,     /* … the unit `lead` */
	SIGHT_SHUT_POST,     /* … the post `boss` */
	SIGHT_SHUT_SUPERIOR, /* … the superior of `lead` */
	SIGHT_SHUT_HEAD,     /* … the head of `whom` */
	SIGHT_SHUT_TWICE,    /* … the superior of the superior of `boss` */
	SIGHT_SHUT_FUNCTION, /* … the function "office", and the head of "chief" */
	SIGHT_DEFINITION_END
};

struct sight {
	struct arena *arena;
	struct str above;
	struct store *store; /* open for writing, in a transaction */
	struct org *org;
	struct directory *directory;
	struct day today;
	const struct procedure *procedures[SIGHT_DEFINITION_END];
	struct matter **matters; /* by id - 1 */
	size_t matter_count, matter_capacity;
	struct bh_err why;
};

struct sight *sight_new(void); /* without any row, on 2019-03-04 */
void sight_free(struct sight *sight);
void sight_must(struct sight *sight, enum err err);

/* Each records one row; the id is the next one. Days are counted from today. What the rules of org.h refuse
 * isn't recorded: 0. */
int64_t sight_unit(struct sight *sight, int64_t parent, int64_t leader);
void sight_leader(struct sight *sight, int64_t unit, int64_t leader);
int64_t sight_post(struct sight *sight, int64_t unit, enum post_kind kind);
int64_t sight_person(struct sight *sight);
int64_t sight_tenure(
	struct sight *sight, int64_t post, int64_t person, enum tenure_kind kind, int from, int until);
void sight_function(struct sight *sight, const char *name, int64_t unit, int64_t post);
int64_t sight_delegation(struct sight *sight, int64_t from, int64_t to, int since, int until);
int64_t sight_kin(struct sight *sight, int64_t person, int64_t other, int until);
void sight_keeper(struct sight *sight, int64_t person);
void sight_member(struct sight *sight, int64_t matter, int64_t person, int from, int until);

/* Begin a matter; what is added to it then is saved by sight_save. 0: an empty field. */
struct matter *sight_matter(
	struct sight *sight, enum sight_definition definition, int64_t lead, int64_t boss, int64_t whom);
void sight_duty(struct matter *matter, int64_t unit, int64_t post, int64_t person, bool open);
void sight_deed(struct matter *matter, int64_t person);
void sight_follow(struct matter *matter, int64_t person);
void sight_save(struct sight *sight, struct matter *matter, bool ended);

bool sight_sees(struct sight *sight, int64_t person, int64_t matter);
bool sight_at_door(struct sight *sight, int64_t person, int64_t matter);

#endif
