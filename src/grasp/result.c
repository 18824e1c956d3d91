/* result.c: the record of results of each person, from what was owed and done (以实绩论英雄). */
#include "grasp/grasp.h"

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
