/* house.h: a small institution for the tests of org: rows as short calls. Every row is first asked for and
 * then made, as an event does. */
#ifndef TESTS_ORG_HOUSE_H
#define TESTS_ORG_HOUSE_H

#include "org/org.h"

struct house {
	struct arena *arena;
	struct org *org;
};

/*  committee (secretary)
 *  ├── office (office-head, office-deputy, office-liaison, office-member), led by the secretary
 *  └── government (mayor, vice-mayor)
 *      ├── water (water-head), led by the vice-mayor
 *      ├── park (no head)
 *      └── pool (pool-head), below park
 *  People: an, bo, cai, du. Nobody holds a post yet. */
struct house house_begin(void);
void house_end(struct house *house);

struct day day_at(const char *text);
int64_t unit_at(const struct house *house, const char *code);
int64_t post_at(const struct house *house, const char *code);
int64_t person_at(const struct house *house, const char *code);

/* `until` NULL: it lasts. Each returns the id of the row. */
int64_t house_unit(struct house *house, const char *code, const char *parent, const char *leader);
int64_t house_post(struct house *house, const char *code, const char *unit, enum post_kind kind);
int64_t house_person(struct house *house, const char *code);
int64_t house_tenure(struct house *house, const char *post, const char *person, const char *from,
	const char *until, enum tenure_kind kind);
int64_t house_delegation(
	struct house *house, const char *from, const char *to, const char *since, const char *until);

#endif
