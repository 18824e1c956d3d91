/* What is certainly filled in when a matter comes to a state. */
#include "procedure/check.h"

bool action_sets(const struct procedure *procedure, const struct action *action, int field)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (action->fields[i].required &&
			str_equal(action->fields[i].name, procedure->fields[field].name))
			return true;
	return false;
}

static bool leaves_unset(const struct procedure *procedure, int action, const void *context)
{
	const int *field = context;

	return !action_sets(procedure, &procedure->actions[action], *field);
}

bool field_is_sure(const struct check *check, int field, int state)
{
	struct paths *without;

	if (check->procedure->fields[field].required)
		return true;
	if (check->without[field] == NULL) {
		check->without[field] = ARENA_TAKE(check->arena, 1, struct paths);
		*check->without[field] = paths_from(
			check->arena, &check->graph, check->procedure->start, leaves_unset, &field);
	}
	without = check->without[field];
	return !paths_reach(without, state);
}

bool role_is_sure(const struct check *check, int role, int state)
{
	int field = role_field(check->procedure, role);

	return field < 0 || field_is_sure(check, field, state);
}
