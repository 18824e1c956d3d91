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

static bool leaves_unset(const struct procedure *procedure, int action, int state, const void *context)
{
	const int *field = context;

	(void)state;
	return !action_sets(procedure, &procedure->actions[action], *field);
}

bool action_touches(const struct procedure *procedure, const struct action *action, int field)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (str_equal(action->fields[i].name, procedure->fields[field].name))
			return true;
	return false;
}

/* An optional field that is given empty is emptied. */
static bool may_empty(const struct procedure *procedure, const struct action *action, int field)
{
	return action_touches(procedure, action, field) && !action_sets(procedure, action, field);
}

static void add_without(const struct check *check, bool *without, int from, int field)
{
	struct paths paths = paths_from(check->arena, &check->graph, from, leaves_unset, &field);

	for (int s = 0; s < (int)check->procedure->state_count; s++)
		without[s] |= paths_reach(&paths, s);
}

/* The states to which some way leads on which the field is not set, or was emptied and not set again. */
static bool *states_without(const struct check *check, int field)
{
	const struct procedure *procedure = check->procedure;
	bool *without = ARENA_TAKE(check->arena, procedure->state_count + 1, bool);

	add_without(check, without, procedure->start, field);
	for (size_t a = 0; a < procedure->action_count; a++) {
		const struct action *action = &procedure->actions[a];

		for (size_t i = 0; i < action->from_count && may_empty(procedure, action, field); i++) {
			int after = action->to >= 0 ? action->to : action->from[i];

			if (paths_reach(&check->paths, action->from[i]) && !without[after])
				add_without(check, without, after, field);
		}
	}
	return without;
}

bool field_is_sure(const struct check *check, int field, int state)
{
	if (check->procedure->fields[field].required)
		return true;
	if (check->without[field] == NULL)
		check->without[field] = states_without(check, field);
	return !check->without[field][state];
}

bool role_is_sure(const struct check *check, int role, int state)
{
	int field = role_field(check->procedure, role);

	return field < 0 || field_is_sure(check, field, state);
}
