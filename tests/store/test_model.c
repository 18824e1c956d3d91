/* test_model.c: the predicate in SQL against another way to say the same: the rules of who sees what, in C,
 * over institutions and matters made at random. Of a compartment the other way is compartment_enter. */
#include "sight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HELD_MAX 32

/* ---- chance ---- */

struct chance {
	uint64_t state;
};

/* splitmix64 */
static uint64_t draw(struct chance *chance, uint64_t below)
{
	uint64_t z = (chance->state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (z ^ (z >> 31)) % below;
}

static bool coin(struct chance *chance, uint64_t of)
{
	return draw(chance, of) == 0;
}

/* One of the ids from 1 to `count`; sometimes none. */
static int64_t pick(struct chance *chance, size_t count)
{
	return (int64_t)draw(chance, count + 1);
}

static int64_t some(struct chance *chance, size_t count)
{
	return 1 + (int64_t)draw(chance, count);
}

/* A span around today, that often begins or ends on the very day. */
static int days_before(struct chance *chance)
{
	static const int days[] = {-400, -30, -1, 0, 0, 1, 30};

	return days[draw(chance, ARRAY_COUNT(days))];
}

static int days_after(struct chance *chance, int from)
{
	static const int days[] = {1, 2, 31, 500, 9999};

	return coin(chance, 3) && from < 0 ? 0
					   : (from < 0 ? 0 : from) + days[draw(chance, ARRAY_COUNT(days))];
}

/* ---- institutions ---- */

/* In half of the institutions none is named, so that what is above follows from the units alone. */
static void make_leaders(struct sight *sight, struct chance *chance)
{
	bool any = coin(chance, 2);

	for (int64_t unit = 1; any && unit <= (int64_t)org_unit_count(sight->org); unit++) {
		int64_t head = org_head_post(sight->org, unit);

		if (coin(chance, 2))
			sight_leader(sight, unit,
				head != 0 && coin(chance, 2) ? head
							     : some(chance, org_post_count(sight->org)));
	}
}

static void make_org(struct sight *sight, struct chance *chance)
{
	size_t units = 3 + draw(chance, 8), people = 5 + draw(chance, 6);

	for (size_t i = 0; i < units; i++)
		(void)sight_unit(sight, coin(chance, 2) ? (int64_t)i : pick(chance, i), 0);
	for (size_t i = 0; i < units * 2; i++)
		(void)sight_post(sight, some(chance, units),
			coin(chance, 2) ? POST_HEAD : (enum post_kind)draw(chance, POST_KIND_COUNT));
	for (size_t i = 0; i < people; i++)
		(void)sight_person(sight);
	for (size_t i = 0; i < people * 3; i++) {
		int from = days_before(chance);

		(void)sight_tenure(sight, some(chance, org_post_count(sight->org)), some(chance, people),
			coin(chance, 3) ? TENURE_ACTING : TENURE_HOLDER, from, days_after(chance, from));
	}
	make_leaders(sight, chance);
	for (int i = 0; i < 4; i++) {
		int from = days_before(chance), until = days_after(chance, from);

		(void)sight_delegation(
			sight, some(chance, people), some(chance, people), from, until > 1000 ? 60 : until);
		(void)sight_kin(sight, some(chance, people), some(chance, people),
			coin(chance, 3) ? 0 : days_after(chance, 0));
	}
	if (coin(chance, 2))
		sight_function(sight, "office", some(chance, units), 0);
	else
		sight_function(sight, "office", 0, some(chance, org_post_count(sight->org)));
	sight_function(sight, "chief", 0, some(chance, org_post_count(sight->org)));
	if (coin(chance, 3))
		sight_keeper(sight, some(chance, people));
}

static void make_matter(struct sight *sight, struct chance *chance)
{
	size_t units = org_unit_count(sight->org), posts = org_post_count(sight->org),
	       people = org_person_count(sight->org);
	enum sight_definition definition =
		(enum sight_definition)(1 + draw(chance, SIGHT_DEFINITION_END - 1));
	struct matter *matter = sight_matter(
		sight, definition, pick(chance, units), pick(chance, posts), pick(chance, people));

	for (uint64_t i = draw(chance, 3); i > 0; i--) {
		bool named = coin(chance, 3);

		sight_duty(matter, named ? 0 : pick(chance, units), pick(chance, posts),
			named ? some(chance, people) : 0, coin(chance, 2));
	}
	if (coin(chance, 3))
		sight_deed(matter, some(chance, people));
	if (coin(chance, 2))
		sight_follow(matter, some(chance, people));
	for (uint64_t i = draw(chance, 6); i > 0; i--) {
		int from = days_before(chance), until = days_after(chance, from);

		sight_member(sight, matter->id, some(chance, people), from, until > 1000 ? 60 : until);
	}
	sight_save(sight, matter, coin(chance, 4));
}

/* ---- the rules, once more ---- */

struct held {
	int64_t posts[HELD_MAX];
	size_t count;
};

static struct held held_by(const struct sight *sight, int64_t person)
{
	struct held held;

	held.count = org_posts_held(sight->org, person, sight->today, held.posts, HELD_MAX);
	return held;
}

/* Is `above` the unit, or over it at any distance? */
static bool is_above(const struct sight *sight, int64_t above, int64_t unit)
{
	for (size_t i = 0; unit != 0 && i <= org_unit_count(sight->org); i++) {
		if (unit == above)
			return true;
		unit = org_unit(sight->org, unit)->parent;
	}
	return false;
}

static bool names_function(const struct sight *sight, const struct matter *matter, int64_t post)
{
	for (size_t i = 0; i < matter->procedure->role_count; i++) {
		const struct role *role = &matter->procedure->roles[i];
		const struct function *function =
			role->kind == ROLE_FUNCTION ? org_function(sight->org, role->function) : NULL;

		if (function != NULL &&
			(function->post != 0 ? function->post == post
					     : function->unit == org_post(sight->org, post)->unit))
			return true;
	}
	return false;
}

/* The function is a post, and this is it. */
static bool is_function_post(const struct sight *sight, const struct matter *matter, int64_t post)
{
	for (size_t i = 0; i < matter->procedure->role_count; i++) {
		const struct role *role = &matter->procedure->roles[i];
		const struct function *function =
			role->kind == ROLE_FUNCTION ? org_function(sight->org, role->function) : NULL;

		if (function != NULL && function->post == post)
			return true;
	}
	return false;
}

static bool is_party(const struct sight *sight, const struct matter *matter, int64_t person)
{
	struct held held = held_by(sight, person);

	for (size_t i = 0; i < held.count; i++) {
		int64_t post = held.posts[i], unit = org_post(sight->org, post)->unit;

		if (is_above(sight, unit, doc_get_int(matter->fields, "lead", 0)) ||
			post == doc_get_int(matter->fields, "boss", 0) || names_function(sight, matter, post))
			return true;
		for (size_t j = 0; j < matter->duty_count; j++)
			if (matter->duties[j].person == 0 &&
				(matter->duties[j].post == post || matter->duties[j].unit == unit))
				return true;
	}
	for (size_t j = 0; held.count > 0 && j < matter->duty_count; j++)
		if (matter->duties[j].person == person)
			return true;
	for (size_t j = 0; held.count > 0 && j < matter->deed_count; j++)
		if (matter->deeds[j].person == person)
			return true;
	return false;
}

static bool owes(const struct sight *sight, const struct matter *matter, int64_t person)
{
	struct held held = held_by(sight, person);

	for (size_t j = 0; j < matter->duty_count; j++) {
		const struct duty *duty = &matter->duties[j];

		if (!instant_is_none(duty->closed))
			continue;
		if (duty->person != 0 && duty->person == person)
			return true;
		for (size_t i = 0; duty->person == 0 && i < held.count; i++)
			if (held.posts[i] == duty->post ||
				(duty->unit != 0 && org_post_acts_for(sight->org, held.posts[i], duty->unit)))
				return true;
	}
	return false;
}

static bool acted(const struct sight *sight, const struct matter *matter, int64_t person)
{
	struct held held = held_by(sight, person);
	bool did = false;

	for (size_t j = 0; j < matter->deed_count; j++)
		did = did || matter->deeds[j].person == person;
	for (size_t i = 0; did && instant_is_none(matter->ended) && i < held.count; i++)
		if (names_function(sight, matter, held.posts[i]) &&
			(org_post(sight->org, held.posts[i])->kind != POST_MEMBER ||
				is_function_post(sight, matter, held.posts[i])))
			return true;
	return false;
}

/* Does it stand at the door: is the matter about this person, or about what they act for? */
static bool at_door(struct sight *sight, const struct matter *matter, int64_t person)
{
	struct held held = held_by(sight, person);
	size_t count;
	const struct subject *subjects =
		matter_subjects(matter, sight->org, sight->today, sight->arena, &count);

	if (matter->procedure->visibility != VISIBILITY_COMPARTMENT)
		return false;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < held.count; j++)
			if (subjects[i].person != 0 ? subjects[i].person == person
				: subjects[i].unit != 0
					? org_post_acts_for(sight->org, held.posts[j], subjects[i].unit)
					: subjects[i].post == held.posts[j])
				return true;
	return false;
}

static bool enters(struct sight *sight, const struct matter *matter, int64_t person)
{
	struct visit visit = {.matter = matter->id,
		.person = person,
		.owes = owes(sight, matter, person),
		.acted = acted(sight, matter, person),
		.today = sight->today};

	visit.subjects =
		matter_subjects(matter, sight->org, sight->today, sight->arena, &visit.subject_count);
	return compartment_enter(sight->directory, sight->org, &visit, NULL) == ERR_OK;
}

static bool should_see(struct sight *sight, const struct matter *matter, int64_t person)
{
	if (matter->procedure->visibility == VISIBILITY_COMPARTMENT)
		return enters(sight, matter, person);
	for (size_t i = 0; i <= org_person_count(sight->org); i++) {
		int64_t one =
			(int64_t)i == 0 ? person : (int64_t)i; /* themselves first, then each delegator */

		if ((i > 0 && !org_is_delegate(sight->org, one, person, sight->today)) ||
			held_by(sight, one).count == 0)
			continue;
		if (matter->procedure->visibility == VISIBILITY_INSTITUTION || is_party(sight, matter, one))
			return true;
	}
	return false;
}

/* ---- the comparison ---- */

static int64_t seen[SIGHT_DEFINITION_END], unseen[SIGHT_DEFINITION_END], stood[SIGHT_DEFINITION_END];

static void compare_single(struct sight *sight, uint64_t seed, int64_t person)
{
	for (size_t i = 0; i < sight->matter_count; i++) {
		const struct matter *matter = sight->matters[i];
		bool should = should_see(sight, matter, person);

		if (sight_sees(sight, person, matter->id) != should)
			fail_msg("seed %llu: person %lld should%s see matter %lld of %s",
				(unsigned long long)seed, (long long)person, should ? "" : "n't",
				(long long)matter->id, matter->procedure->name.data);
		(should ? seen : unseen)[matter->definition]++;
		bool there = at_door(sight, matter, person);

		if (sight_at_door(sight, person, matter->id) != there)
			fail_msg("seed %llu: person %lld should%s stand at the door of matter %lld of %s",
				(unsigned long long)seed, (long long)person, there ? "" : "n't",
				(long long)matter->id, matter->procedure->name.data);
		assert_false(there && should);
		stood[matter->definition] += there;
	}
}

/* The list, page by page, and the count say the same as the single questions. */
static void compare_list(struct sight *sight, int64_t person, int64_t limit)
{
	const struct viewer viewer = {.person = person, .today = sight->today};
	const struct matter_query query = {.limit = limit};
	struct page_after after = {0};
	int64_t expected = (int64_t)sight->matter_count, counted, listed = 0;

	do {
		struct matter_line *lines;
		size_t count;

		sight_must(sight, store_matter_page(sight->store, sight->arena, &viewer, &query, &after,
					  &lines, &count, &after, &sight->why));
		for (size_t i = 0; i < count; i++, expected--, listed++)
			while (expected != lines[i].id) {
				assert_true(expected > 0 && !sight_sees(sight, person, expected));
				expected--;
			}
	} while (after.id != 0);
	for (; expected > 0; expected--)
		assert_false(sight_sees(sight, person, expected));
	sight_must(sight,
		store_matter_count(sight->store, sight->arena, &viewer, &query, &counted, &sight->why));
	assert_int_equal(counted, listed);
}

static void the_two_ways_agree_on_institutions_made_at_random(void **state)
{
	const char *only = getenv("SEED");

	(void)state;
	for (uint64_t seed = 1; seed <= 40; seed++) {
		struct chance chance = {only != NULL ? strtoull(only, NULL, 10) : seed};
		struct sight *sight = sight_new();

		make_org(sight, &chance);
		for (int i = 0; i < 40; i++)
			make_matter(sight, &chance);
		for (int64_t person = 0; person <= (int64_t)org_person_count(sight->org); person++) {
			compare_single(sight, seed, person);
			compare_list(sight, person, 1 + person % 7);
		}
		sight_free(sight);
	}
	/* Chance has said yes and no of each often enough for the comparison to mean something. */
	for (int i = 1; i < SIGHT_DEFINITION_END; i++)
		if (seen[i] < 20 || unseen[i] < 20)
			fail_msg("definition %d was seen %lld times and not seen %lld times", i,
				(long long)seen[i], (long long)unseen[i]);
	for (int i = SIGHT_SHUT; i < SIGHT_DEFINITION_END; i++)
		if (stood[i] < 20)
			fail_msg("somebody stood at the door of definition %d only %lld times", i,
				(long long)stood[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_two_ways_agree_on_institutions_made_at_random),
	};
	return cmocka_run_group_tests_name("store: the predicate and its model", tests, NULL, NULL);
}
