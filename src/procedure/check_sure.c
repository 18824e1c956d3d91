/* What is certainly filled in when a matter comes to a state. */
#include "procedure/check.h"

bool action_sets(const struct action *action, int field)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (action->fields[i].sets == field)
			return action->fields[i].required;
	return false;
}

bool action_touches(const struct action *action, int field)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (action->fields[i].sets == field)
			return true;
	return false;
}

static bool leaves_unset(const struct procedure *procedure, int action, int state, const void *context)
{
	const int *field = context;

	(void)state;
	return !action_sets(&procedure->actions[action], *field);
}

/* The states to which some way leads on which the field is not set, or was emptied and not set again: an
 * optional field that is given empty is emptied. */
static bool *states_without(const struct check *check, int field)
{
	const struct procedure *procedure = check->procedure;
	bool *from = ARENA_TAKE(check->arena, procedure->state_count + 1, bool);

	from[procedure->start] = true;
	for (size_t a = 0; a < procedure->action_count; a++) {
		const struct action *action = &procedure->actions[a];

		if (!action_touches(action, field) || action_sets(action, field))
			continue;
		for (size_t i = 0; i < action->from_count; i++)
			if (paths_reach(&check->paths, action->from[i]))
				from[action->to >= 0 ? action->to : action->from[i]] = true;
	}
	return graph_leads_from(check->arena, &check->graph, from, leaves_unset, &field);
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
