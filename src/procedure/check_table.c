/* Which action where, which duty where and by what, which roles are one side: looked up instead of searched.
 */
#include "procedure/check.h"

static bool *fill(struct arena *arena, size_t rows, size_t columns)
{
	return ARENA_TAKE(arena, rows * columns + 1, bool);
}

static void mark(bool *row, const int *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		row[items[i]] = true;
}

void tables_make(struct check *check)
{
	const struct procedure *procedure = check->procedure;
	size_t states = procedure->state_count, actions = procedure->action_count,
	       roles = procedure->role_count;

	check->table.action_state = fill(check->arena, actions, states);
	check->table.duty_state = fill(check->arena, procedure->duty_count, states);
	check->table.duty_action = fill(check->arena, procedure->duty_count, actions);
	check->table.role_role = fill(check->arena, roles, roles);
	for (size_t a = 0; a < actions; a++)
		mark(check->table.action_state + a * states, procedure->actions[a].from,
			procedure->actions[a].from_count);
	for (size_t d = 0; d < procedure->duty_count; d++) {
		const struct duty_rule *duty = &procedure->duties[d];

		mark(check->table.duty_state + d * states, duty->in, duty->in_count);
		mark(check->table.duty_action + d * actions, duty->discharged_by, duty->discharged_by_count);
	}
	for (size_t a = 0; a < roles; a++)
		for (size_t b = 0; b < roles; b++)
			check->table.role_role[a * roles + b] = roles_are_one_side(procedure, (int)a, (int)b);
}

bool may_be_done(const struct check *check, int action, int state)
{
	return check->table.action_state[(size_t)action * check->procedure->state_count + (size_t)state];
}

bool is_owed_in(const struct check *check, int duty, int state)
{
	return check->table.duty_state[(size_t)duty * check->procedure->state_count + (size_t)state];
}

bool is_discharged(const struct check *check, int duty, int action)
{
	return check->table.duty_action[(size_t)duty * check->procedure->action_count + (size_t)action];
}

bool roles_overlap(const struct check *check, int a, int b)
{
	size_t at = (size_t)a * check->procedure->role_count + (size_t)b;

	return check->table.role_role[at] || (check->together != NULL && check->together[at]);
}
