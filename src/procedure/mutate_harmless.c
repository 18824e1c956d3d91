/* Why a mutant that no rule refuses loses nothing: computed from what is left, never asserted. */
#include "procedure/mutate.h"

/* ---- duties ---- */

/* The duty that moves a matter on from `state`, or NULL. */
static const struct duty_rule *mover(const struct procedure *mutant, int state)
{
	for (size_t i = 0; i < mutant->duty_count; i++) {
		const struct duty_rule *duty = &mutant->duties[i];

		if (!duty_holds_in(duty, state) || duty->limit.kind == LIMIT_EVERY)
			continue;
		for (size_t k = 0; k < duty->discharged_by_count; k++) {
			const struct action *action = &mutant->actions[duty->discharged_by[k]];

			if (action_moves(action, state) && roles_equal(mutant, action->by, duty->bearer))
				return duty;
		}
	}
	return NULL;
}

struct str harmless_duty(struct arena *arena, const struct procedure *mutant, const struct duty_rule *duty)
{
	struct buf why = buf_new(arena);

	buf_puts(&why, duty->limit.kind == LIMIT_EVERY ? "a recurring duty: " : "another duty stands: ");
	for (size_t i = 0; i < duty->in_count; i++) {
		const struct duty_rule *left = mover(mutant, duty->in[i]);

		if (left == NULL)
			return STR_NONE;
		buf_format(&why, "%sin %.*s %.*s still has to move the matter on by %.*s", i > 0 ? "; " : "",
			STR_ARG(mutant->states[duty->in[i]].name), STR_ARG(mutant->roles[left->bearer].name),
			STR_ARG(left->name));
	}
	return buf_str(&why);
}

struct str harmless_request_breach(
	struct arena *arena, const struct procedure *procedure, const struct request_rule *request)
{
	return str_format(arena,
		"the default takes its place: it reaches %.*s, who asked, and the post above %.*s",
		STR_ARG(procedure->roles[request->by].name),
		STR_ARG(procedure->roles[request->decided_by].name));
}

/* ---- actions ---- */

/* An action that still leads out of `state`, one of `role` if there is any, or NULL. */
static const struct action *way_out(const struct procedure *mutant, int state, int role)
{
	const struct action *any = NULL;

	for (size_t i = 0; i < mutant->action_count; i++) {
		const struct action *action = &mutant->actions[i];

		if (!action_moves(action, state))
			continue;
		if (roles_equal(mutant, action->by, role))
			return action;
		any = any == NULL ? action : any;
	}
	return any;
}

/* What the mutant's bearer of a duty that `action` discharged can still do for it in `state`, or NULL. */
static const struct action *other_discharge(
	const struct procedure *mutant, const struct duty_rule *duty, int state)
{
	for (size_t i = 0; i < duty->discharged_by_count; i++) {
		const struct action *action = &mutant->actions[duty->discharged_by[i]];

		if (action_leaves(action, state) && roles_equal(mutant, action->by, duty->bearer))
			return action;
	}
	return NULL;
}

static struct str harmless_move(
	struct arena *arena, const struct procedure *mutant, const struct action *action)
{
	struct buf why = buf_new(arena);

	buf_puts(&why, "one way of several: ");
	for (size_t i = 0; i < action->from_count; i++) {
		const struct action *left = way_out(mutant, action->from[i], action->by);

		if (left == NULL)
			return STR_NONE;
		buf_format(&why, "%s%.*s still leads out of %.*s by %.*s", i > 0 ? "; " : "",
			STR_ARG(mutant->roles[left->by].name), STR_ARG(mutant->states[action->from[i]].name),
			STR_ARG(left->name));
	}
	return buf_str(&why);
}

static struct str harmless_stay(
	struct arena *arena, const struct procedure *mutant, const struct procedure *procedure, int index)
{
	const struct action *action = &procedure->actions[index];
	struct buf why = buf_new(arena);
	bool owed = false;

	for (size_t d = 0; d < procedure->duty_count; d++) {
		const struct action *left;

		if (!duty_discharged_by(&procedure->duties[d], index))
			continue;
		for (size_t i = 0; i < action->from_count; i++) {
			if (!duty_holds_in(&procedure->duties[d], action->from[i]))
				continue;
			left = other_discharge(mutant, &mutant->duties[d], action->from[i]);
			if (left == NULL)
				return STR_NONE;
			buf_format(&why, "%s%.*s is still discharged in %.*s by %.*s", owed ? "; " : "",
				STR_ARG(procedure->duties[d].name),
				STR_ARG(procedure->states[action->from[i]].name), STR_ARG(left->name));
			owed = true;
		}
	}
	return owed ? buf_str(&why) : STR("nobody owes it and it moves nothing: a power, not a duty");
}

struct str harmless_action(
	struct arena *arena, const struct procedure *mutant, const struct procedure *procedure, int action)
{
	if (procedure->actions[action].to >= 0)
		return harmless_move(arena, mutant, &procedure->actions[action]);
	return harmless_stay(arena, mutant, procedure, action);
}

/* ---- separation and evidence ---- */

struct str harmless_not_by(struct arena *arena, const struct procedure *mutant, const struct action *action)
{
	struct buf why = buf_new(arena);
	size_t guarded = 0;

	if (action->to >= 0 && state_succeeds(mutant, action->to))
		return STR_NONE;
	buf_puts(&why, "it accepts nothing as done; ");
	for (size_t i = 0; i < mutant->action_count; i++) {
		const struct action *closing = &mutant->actions[i];

		if (closing->to >= 0 && state_succeeds(mutant, closing->to) && closing->not_by_count > 0)
			buf_format(&why, "%s%.*s", guarded++ > 0 ? ", " : "", STR_ARG(closing->name));
	}
	buf_puts(&why, guarded > 1 ? " keep their own not_by" : " keeps its own not_by");
	return guarded > 0 ? buf_str(&why) : STR_NONE;
}

struct str harmless_evidence(struct arena *arena, const struct procedure *mutant, const struct action *action)
{
	struct buf why = buf_new(arena);
	size_t left = 0;

	if (str_trim(mutant->no_evidence).size > 0)
		return str_format(
			arena, "the procedure says why none is needed: %.*s", STR_ARG(mutant->no_evidence));
	buf_puts(&why, action->evidence == EVIDENCE_OPTIONAL ? "it was optional; " : "");
	buf_puts(&why, "each way to success still passes evidence required by ");
	for (size_t i = 0; i < mutant->action_count; i++)
		if (mutant->actions[i].evidence == EVIDENCE_REQUIRED && mutant->actions[i].to >= 0)
			buf_format(
				&why, "%s%.*s", left++ > 0 ? " or " : "", STR_ARG(mutant->actions[i].name));
	return left > 0 ? buf_str(&why) : STR_NONE;
}
