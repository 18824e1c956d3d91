/* Matters that one procedure opens in another, and the breaches that open them. */
#include "procedure/check.h"

bool breach_is_given(const struct breach *breach)
{
	return breach->place.line > 0 || breach->escalate_count > 0 || breach->opens.procedure.size > 0;
}

bool breach_holder_at(const struct procedure *procedure, size_t i, struct breach_holder *ret_holder)
{
	if (i < procedure->duty_count) {
		const struct duty_rule *duty = &procedure->duties[i];

		*ret_holder = (struct breach_holder){&duty->breach, STR("duties"), duty->name, duty->place,
			duty->bearer, duty->in, duty->in_count, false};
		return true;
	}
	i -= procedure->duty_count;
	if (i < procedure->request_count) {
		const struct request_rule *request = &procedure->requests[i];

		*ret_holder = (struct breach_holder){&request->breach, STR("requests"), request->name,
			request->place, request->decided_by, request->in, request->in_count,
			!breach_is_given(&request->breach)};
		return true;
	}
	return false;
}

bool opener_at(struct arena *arena, const struct procedure *procedure, size_t i, struct opener *ret_opener)
{
	struct breach_holder holder;
	size_t seen = 0;

	for (size_t k = 0; breach_holder_at(procedure, k, &holder); k++)
		if (holder.breach->opens.procedure.size > 0 && seen++ == i) {
			*ret_opener = (struct opener){&holder.breach->opens,
				str_format(arena, "%.*s.%.*s.breach", STR_ARG(holder.section),
					STR_ARG(holder.name)),
				NULL, holder.in, holder.in_count};
			return true;
		}
	for (size_t k = 0; k < procedure->action_count; k++) {
		const struct action *action = &procedure->actions[k];

		if (action->opens.procedure.size > 0 && seen++ == i) {
			*ret_opener = (struct opener){&action->opens,
				str_format(arena, "actions.%.*s", STR_ARG(action->name)), action,
				action->from, action->from_count};
			return true;
		}
	}
	return false;
}

const struct procedure *opener_target(const struct check *check, const struct opening *opening)
{
	if (str_equal(opening->procedure, check->procedure->name))
		return check->procedure;
	return check->all == NULL ? NULL : procedures_find(check->all, opening->procedure);
}

/* Is `role` of the opened procedure the `bearer` of this one, handed over through `with`? */
static bool is_handed_over(const struct check *check, const struct opening *opening,
	const struct procedure *target, int role, int bearer)
{
	const struct role *theirs = &target->roles[role_unit(target, role)];
	const struct role *ours = &check->procedure->roles[role_unit(check->procedure, bearer)];

	if (theirs->kind == ROLE_FUNCTION)
		return ours->kind == ROLE_FUNCTION && str_equal(theirs->function, ours->function);
	if (theirs->kind != ROLE_FIELD)
		return false;
	for (size_t i = 0; i < opening->with_count; i++)
		if (str_equal(opening->with[i].to, target->fields[theirs->field].name))
			return opening->with[i].field < 0 ||
			       (ours->kind == ROLE_FIELD && ours->field == opening->with[i].field);
	return true; /* nobody is named there: that reaches no one */
}

bool opening_reaches_other(const struct check *check, const struct opening *opening, int bearer)
{
	const struct procedure *target = opener_target(check, opening);

	if (opening->procedure.size == 0)
		return false;
	if (target == NULL)
		return true; /* not known, or the finding is that there is none */
	for (size_t i = 0; i < target->duty_count; i++)
		if (duty_holds_in(&target->duties[i], target->start) &&
			!is_handed_over(check, opening, target, target->duties[i].bearer, bearer))
			return true;
	return false;
}
