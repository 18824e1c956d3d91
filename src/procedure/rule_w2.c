/* W2: one beginning, a way to an end from everywhere, and nothing behind an end. */
#include "procedure/check.h"

const char rule_w2_zh[] =
	"恰有一个起始状态,至少有一个成功的终结状态;每个状态都能到达;从能到达的每个状态都能走到终结;\n"
	"终结之后不再有动作和请求。\n"
	"违反(suspended 进得去、出不来):\n"
	"    states:  {draft: {start: true}, suspended: {}, closed: {end: success}}\n"
	"    actions: {suspend: {by: office, from: draft, to: suspended}, close: {by: office, from: draft, "
	"to: closed}}\n"
	"改正:补上一个走出去的动作\n"
	"    resume: {by: office, from: suspended, to: draft, fields: {reason: {type: text, required: "
	"true}}}\n";
const char rule_w2_en[] =
	"Exactly one state is the start and at least one is `end: success`; every state can be reached; from "
	"every\n"
	"state that can be reached an end can be; behind an end there is no action and no request.\n"
	"Breaks it (there is a way into suspended and none out):\n"
	"    states:  {draft: {start: true}, suspended: {}, closed: {end: success}}\n"
	"    actions: {suspend: {by: office, from: draft, to: suspended}, close: {by: office, from: draft, "
	"to: closed}}\n"
	"Mends it: an action that leads out\n"
	"    resume: {by: office, from: suspended, to: draft, fields: {reason: {type: text, required: "
	"true}}}\n";

static void check_starts(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	int first = -1;

	for (int s = 0; s < (int)procedure->state_count; s++) {
		const struct state *state = &procedure->states[s];

		if (!state->start)
			continue;
		if (first >= 0)
			REFUSE(check, state->place, STR_NONE,
				"%.*s is a second start beside %.*s, so nobody can tell where a matter "
				"begins: keep "
				"`start: true` at one of them",
				STR_ARG(state->name), STR_ARG(procedure->states[first].name));
		else
			first = s;
		if (state_ends(procedure, s))
			REFUSE(check, state->place, STR_NONE,
				"%.*s is the start and an end at once, so a matter would be over before "
				"anything is done: "
				"give it one of the two",
				STR_ARG(state->name));
	}
	if (first < 0)
		REFUSE(check, procedure->place, STR_NONE,
			"no state is the start: put `start: true` at the one in which a matter begins");
}

static bool check_success(const struct check *check)
{
	bool any_end = false, any_success = false;

	for (int s = 0; s < (int)check->procedure->state_count; s++) {
		any_end |= state_ends(check->procedure, s);
		any_success |= state_succeeds(check->procedure, s);
	}
	if (!any_success)
		REFUSE(check, check->procedure->place, STR_NONE,
			"no state is `end: success`, so a matter can never be done: mark the state in which "
			"its "
			"purpose is reached");
	return any_end;
}

static void check_reached(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	if (procedure->start < 0)
		return;
	for (int s = 0; s < (int)procedure->state_count; s++)
		if (!paths_reach(&check->paths, s) && !procedure->states[s].start)
			REFUSE(check, procedure->states[s].place, STR_NONE,
				"%.*s can't be reached: no action leads there from %.*s, so add one or take "
				"the state out",
				STR_ARG(procedure->states[s].name),
				STR_ARG(procedure->states[procedure->start].name));
}

/* States with no way to an end, named once where the trap is entered. */
static void check_traps(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	bool *ends = ARENA_TAKE(check->arena, procedure->state_count + 1, bool), *leads;

	for (int s = 0; s < (int)procedure->state_count; s++)
		ends[s] = state_ends(procedure, s);
	leads = graph_leads_to(check->arena, &check->graph, ends, NULL, NULL);
	for (int s = 0; s < (int)procedure->state_count; s++) {
		int before = check->paths.before[s];

		if (leads[s] || !paths_reach(&check->paths, s) || (before >= 0 && !leads[before]))
			continue;
		REFUSE(check, procedure->states[s].place, path_print(check->arena, &check->paths, s),
			"from %.*s no way leads to an end: add an action that does",
			STR_ARG(procedure->states[s].name));
	}
}

static void check_ends(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; i < procedure->action_count; i++)
		for (size_t k = 0; k < procedure->actions[i].from_count; k++)
			if (state_ends(procedure, procedure->actions[i].from[k]))
				REFUSE(check, procedure->actions[i].place, STR_NONE,
					"%.*s may be done in %.*s, but a matter is over there: take it out "
					"of `from`",
					STR_ARG(procedure->actions[i].name),
					STR_ARG(procedure->states[procedure->actions[i].from[k]].name));
	for (size_t i = 0; i < procedure->request_count; i++)
		for (size_t k = 0; k < procedure->requests[i].in_count; k++)
			if (state_ends(procedure, procedure->requests[i].in[k]))
				REFUSE(check, procedure->requests[i].place, STR_NONE,
					"%.*s may be asked for in %.*s, but a matter is over there: take it "
					"out of `in`",
					STR_ARG(procedure->requests[i].name),
					STR_ARG(procedure->states[procedure->requests[i].in[k]].name));
}

void rule_w2_check(const struct check *check)
{
	check_starts(check);
	check_reached(check);
	if (check_success(check))
		check_traps(check);
	check_ends(check);
}
