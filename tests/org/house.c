#include "house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void must(enum err err, const struct bh_err *why)
{
	if (err != ERR_OK)
		fail_msg("the house can't be built: %s: %s", why->place, why->text);
}

struct day day_at(const char *text)
{
	struct day day;
	struct bh_err why;

	must(day_parse(str_from(text), &day, &why), &why);
	return day;
}

int64_t unit_at(const struct house *house, const char *code)
{
	const struct unit *unit = org_unit_by_code(house->org, str_from(code));

	assert_non_null(unit);
	return unit->id;
}

int64_t post_at(const struct house *house, const char *code)
{
	const struct post *post = org_post_by_code(house->org, str_from(code));

	assert_non_null(post);
	return post->id;
}

int64_t person_at(const struct house *house, const char *code)
{
	const struct person *person = org_person_by_code(house->org, str_from(code));

	assert_non_null(person);
	return person->id;
}

int64_t house_unit(struct house *house, const char *code, const char *parent, const char *leader)
{
	struct bh_err why;
	struct unit unit = {.id = (int64_t)org_unit_count(house->org) + 1,
		.code = str_from(code),
		.name = str_from(code),
		.parent = parent == NULL ? 0 : unit_at(house, parent),
		.leader = leader == NULL ? 0 : post_at(house, leader),
		.since = DAY_NONE,
		.until = DAY_NONE};

	must(org_unit_may(house->org, &unit, &why), &why);
	org_unit_set(house->org, &unit);
	return unit.id;
}

int64_t house_post(struct house *house, const char *code, const char *unit, enum post_kind kind)
{
	struct bh_err why;
	struct post post = {.id = (int64_t)org_post_count(house->org) + 1,
		.code = str_from(code),
		.title = str_from(code),
		.unit = unit_at(house, unit),
		.kind = kind,
		.until = DAY_NONE};

	must(org_post_may(house->org, &post, &why), &why);
	org_post_set(house->org, &post);
	return post.id;
}

int64_t house_person(struct house *house, const char *code)
{
	struct bh_err why;
	struct person person = {.id = (int64_t)org_person_count(house->org) + 1,
		.code = str_from(code),
		.name = str_from(code),
		.born = DAY_NONE};

	must(org_person_may(house->org, &person, &why), &why);
	org_person_set(house->org, &person);
	return person.id;
}

int64_t house_tenure(struct house *house, const char *post, const char *person, const char *from,
	const char *until, enum tenure_kind kind)
{
	struct bh_err why;
	struct tenure tenure = {.id = (int64_t)org_tenure_count(house->org) + 1,
		.post = post_at(house, post),
		.person = person_at(house, person),
		.from = day_at(from),
		.until = until == NULL ? DAY_NONE : day_at(until),
		.kind = kind};

	must(org_tenure_may(house->org, &tenure, &why), &why);
	org_tenure_set(house->org, &tenure);
	return tenure.id;
}

int64_t house_delegation(
	struct house *house, const char *from, const char *to, const char *since, const char *until)
{
	struct bh_err why;
	struct delegation delegation = {.id = (int64_t)org_delegation_count(house->org) + 1,
		.from = person_at(house, from),
		.to = person_at(house, to),
		.since = day_at(since),
		.until = day_at(until)};

	must(org_delegation_may(house->org, &delegation, &why), &why);
	org_delegation_set(house->org, &delegation);
	return delegation.id;
}

struct house house_begin(void)
{
	struct arena *arena = arena_new();
	struct house house = {arena, org_new(arena)};

	house_unit(&house, "committee", NULL, NULL);
	house_post(&house, "secretary", "committee", POST_HEAD);
	house_unit(&house, "office", "committee", "secretary");
	house_unit(&house, "government", "committee", NULL);
	house_post(&house, "mayor", "government", POST_HEAD);
	house_post(&house, "vice-mayor", "government", POST_DEPUTY);
	house_unit(&house, "water", "government", "vice-mayor");
	house_unit(&house, "park", "government", NULL);
	house_unit(&house, "pool", "park", NULL);
	house_post(&house, "office-deputy", "office", POST_DEPUTY);
	house_post(&house, "office-head", "office", POST_HEAD);
	house_post(&house, "office-liaison", "office", POST_LIAISON);
	house_post(&house, "office-member", "office", POST_MEMBER);
	house_post(&house, "water-head", "water", POST_HEAD);
	house_post(&house, "pool-head", "pool", POST_HEAD);
	house_person(&house, "an");
	house_person(&house, "bo");
	house_person(&house, "cai");
	house_person(&house, "du");
	return house;
}

void house_end(struct house *house)
{
	arena_free(house->arena);
}
