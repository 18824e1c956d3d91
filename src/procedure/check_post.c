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

static int64_t post_beside(const struct check *check, int role, bool superior)
{
	int64_t unit = unit_at_hand(check, role, check->procedure->role_count + 1);

	if (role_field(check->procedure, role) >= 0)
		return -1;
	if (unit == 0)
		return 0;
	return superior ? org_superior_post(check->org, unit) : org_head_post(check->org, unit);
}

int64_t role_post(const struct check *check, int role)
{
	const struct role *row = &check->procedure->roles[role];
	const struct function *function;

	if (row->kind == ROLE_FIELD)
		return -1;
	if (row->kind != ROLE_FUNCTION)
		return post_beside(check, row->of, row->kind == ROLE_SUPERIOR);
	function = org_function(check->org, row->function);
	if (function == NULL)
		return 0;
	return function->post != 0 ? function->post : org_head_post(check->org, function->unit);
}

int64_t reach_post(const struct check *check, const struct reach *reach)
{
	if (reach->kind == REACH_ROLE)
		return role_post(check, reach->role);
	return post_beside(check, reach->role, reach->kind == REACH_SUPERIOR);
}

struct post_set role_posts(const struct check *check, int role)
{
	const struct role *row = &check->procedure->roles[role];
	struct post_set set = {.known = false};
	size_t capacity = 0;
	int64_t post;

	if (row->kind == ROLE_FUNCTION)
		return of_function(check, row);
	post = role_post(check, role);
	set.known = post >= 0;
	if (post > 0)
		add_post(check->arena, &set, &capacity, post);
	return set;
}

bool post_set_has(const struct post_set *set, int64_t post)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->ids[i] == post)
			return true;
	return false;
}
