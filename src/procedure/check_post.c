/* Which posts a role means in the institution at hand. */
#include "procedure/check.h"

static void add_post(struct arena *arena, struct post_set *set, size_t *capacity, int64_t post)
{
	if (post != 0)
		*ARENA_PUSH(arena, set->ids, set->count, *capacity) = post;
}

/* The unit a role is or belongs to; 0 when there is none or a field decides. */
static int64_t unit_at_hand(const struct check *check, int role, size_t depth)
{
	const struct role *row = &check->procedure->roles[role];
	const struct function *function;
	const struct post *post;

	if (depth == 0 || row->kind == ROLE_FIELD)
		return 0;
	if (row->kind == ROLE_HEAD)
		return unit_at_hand(check, row->of, depth - 1);
	if (row->kind == ROLE_SUPERIOR) {
		int64_t unit = unit_at_hand(check, row->of, depth - 1);

		post = unit != 0 ? org_post(check->org, org_superior_post(check->org, unit)) : NULL;
		return post != NULL ? post->unit : 0;
	}
	function = org_function(check->org, row->function);
	if (function == NULL)
		return 0;
	post = function->post != 0 ? org_post(check->org, function->post) : NULL;
	return post != NULL ? post->unit : function->unit;
}

static struct post_set of_function(const struct check *check, const struct role *role)
{
	struct post_set set = {.known = true};
	const struct function *function = org_function(check->org, role->function);
	size_t capacity = 0;

	if (function == NULL)
		return set;
	if (function->post != 0) {
		add_post(check->arena, &set, &capacity, function->post);
		return set;
	}
	for (size_t i = 0; i < org_post_count(check->org); i++) {
		int64_t post = org_post_at(check->org, i)->id;

		if (org_post_acts_for(check->org, post, function->unit))
			add_post(check->arena, &set, &capacity, post);
	}
	return set;
}

static struct post_set one_post(const struct check *check, int role, bool superior)
{
	struct post_set set = {.known = role_field(check->procedure, role) < 0};
	int64_t unit = unit_at_hand(check, role, check->procedure->role_count + 1);
	size_t capacity = 0;

	if (set.known && unit != 0)
		add_post(check->arena, &set, &capacity,
			superior ? org_superior_post(check->org, unit) : org_head_post(check->org, unit));
	return set;
}

struct post_set role_posts(const struct check *check, int role)
{
	const struct role *row = &check->procedure->roles[role];

	if (row->kind == ROLE_FUNCTION)
		return of_function(check, row);
	if (row->kind == ROLE_FIELD)
		return (struct post_set){.known = false};
	return one_post(check, row->of, row->kind == ROLE_SUPERIOR);
}

struct post_set reach_posts(const struct check *check, const struct reach *reach)
{
	if (reach->kind == REACH_ROLE)
		return role_posts(check, reach->role);
	return one_post(check, reach->role, reach->kind == REACH_SUPERIOR);
}

int64_t post_sets_shared(const struct post_set *a, const struct post_set *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++)
			if (a->ids[i] == b->ids[k])
				return a->ids[i];
	return 0;
}
