/* result.c: the record of results of each person, from what was owed and done (以实绩论英雄). */
#include "grasp/grasp.h"

#include <stdlib.h>

#define POSTS_MAX 64

const char *fate_name(enum fate fate)
{
	static const char *const names[FATE_COUNT] = {
		[FATE_IN_TIME] = "in_time",
		[FATE_LATE] = "late",
		[FATE_FAILED] = "failed",
		[FATE_OWED] = "owed",
	};

	return names[fate];
}

int64_t settled_person(const struct org *org, const struct settled *settled)
{
	const struct tenure *tenure;

	if (settled->person != 0)
		return settled->person;
	tenure = org_holder(org, settled->post, settled->day);
	return tenure == NULL ? 0 : tenure->person;
}

bool deed_is_verified(const struct procedure *procedure, int action)
{
	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *closing = &procedure->actions[i];

		if (closing->to < 0 || procedure->states[closing->to].end != END_SUCCESS)
			continue;
		for (size_t j = 0; j < closing->not_by_count; j++)
			if (closing->not_by[j] == action)
				return true;
	}
	return false;
}

/* Is the unit, or one above it, headed or led from this post? */
static bool stands_above(const struct org *org, int64_t post, int64_t unit)
{
	for (const struct unit *at = org_unit(org, unit); at != NULL; at = org_unit(org, at->parent))
		if (org_head_post(org, at->id) == post || at->leader == post)
			return true;
	return false;
}

bool record_is_open(const struct org *org, int64_t reader, int64_t person, struct day today)
{
	const struct function *office = org_function(org, STR("organisation_office"));
	int64_t posts[POSTS_MAX], theirs[POSTS_MAX];
	size_t count = org_posts_held(org, reader, today, posts, POSTS_MAX),
	       their_count = org_posts_held(org, person, today, theirs, POSTS_MAX);

	if (reader == person)
		return true;
	for (size_t i = 0; i < count; i++) {
		if (office != NULL && org_post_carries(org, posts[i], office))
			return true;
		for (size_t j = 0; j < their_count; j++)
			if (stands_above(org, posts[i], org_post(org, theirs[j])->unit))
				return true;
	}
	return false;
}

static int by_day_down(const void *a, const void *b)
{
	const struct settled *left = a, *right = b;

	if (left->day.number != right->day.number)
		return left->day.number > right->day.number ? -1 : 1;
	if (left->matter != right->matter)
		return left->matter > right->matter ? -1 : 1;
	return (left->duty < right->duty) - (left->duty > right->duty);
}

static int by_end_down(const void *a, const void *b)
{
	const struct verified *left = a, *right = b;

	if (left->ended.us != right->ended.us)
		return left->ended.us > right->ended.us ? -1 : 1;
	if (left->matter != right->matter)
		return left->matter > right->matter ? -1 : 1;
	return left->action - right->action;
}

void record_keep(const struct org *org, int64_t person, struct settled *settled, size_t *settled_count,
	struct verified *verified, size_t *verified_count)
{
	size_t kept = 0, matters = 0;

	for (size_t i = 0; i < *settled_count; i++)
		if (settled_person(org, &settled[i]) == person)
			settled[kept++] = settled[i];
	if (kept > 1)
		qsort(settled, kept, sizeof *settled, by_day_down);
	*settled_count = kept;
	for (size_t i = 0; i < *verified_count; i++)
		if (verified[i].person == person &&
			(matters == 0 || verified[matters - 1].matter != verified[i].matter))
			verified[matters++] = verified[i];
	if (matters > 1)
		qsort(verified, matters, sizeof *verified, by_end_down);
	*verified_count = matters;
}

void results_count(const struct org *org, const struct settled *settled, size_t settled_count,
	const struct verified *verified, size_t verified_count, struct arena *arena,
	struct result **ret_results, size_t *ret_count)
{
	size_t people = org_person_count(org), count = 0;
	struct result *results = ARENA_TAKE(arena, people + 1, struct result); /* by id */
	bool *any = ARENA_TAKE(arena, people + 1, bool);

	for (size_t i = 0; i < settled_count; i++) {
		int64_t person = settled_person(org, &settled[i]);

		results[person].fates[settled[i].fate]++;
		any[person] = true;
	}
	for (size_t i = 0; i < verified_count; i++) {
		const struct verified *before = i == 0 ? NULL : &verified[i - 1];

		if (before != NULL && before->person == verified[i].person &&
			before->matter == verified[i].matter)
			continue;
		results[verified[i].person].verified++;
		any[verified[i].person] = true;
	}
	for (size_t i = 0; i <= people; i++)
		if (any[i]) {
			results[i].person = (int64_t)i;
			results[count++] = results[i];
		}
	*ret_results = results;
	*ret_count = count;
}
