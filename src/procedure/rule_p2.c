/* P2 有责要担当: in every state somebody owes, in finite time, an act that they can do and that moves on. */
#include "procedure/check.h"

const char rule_p2_zh[] =
	"有责要担当。每个非终结状态里,都有人须在有限期限内做一件推动事项的事(仅有定期报告不算);"
	"每个循环都经过一个须写明\n"
	"理由(必填文字)的动作;责任人在责任存续的每个状态里,都能做一件解除它的事;"
	"责任人和期限不依赖可能为空的字段。\n"
	"字段必填,或到达该状态的每条路径都有动作必填它,才算不会为空。\n"
	"违反(待签收时无人负责,可以一直搁着):\n"
	"    states: {dispatched: {label: {zh: 待签收}}}      # duties 里没有 in: dispatched 的\n"
	"改正:\n"
	"    sign_in_time: {bearer: lead, in: dispatched, discharged_by: [sign, refuse], within: 2 working "
	"days,\n"
	"                   breach: {escalate: [office]}}\n";
const char rule_p2_en[] =
	"Whoever bears a duty takes it up. In every state that is no end somebody owes, by a finite instant, "
	"an act that\n"
	"moves the matter on (a recurring report alone does not); every loop passes an action that gives a "
	"reason (a\n"
	"required text); a bearer can, in every state where the duty is open, do something that discharges "
	"it; and\n"
	"neither bearer nor limit rests on a field that may be empty. A field can't be empty when it is "
	"required, or\n"
	"when every way to the state passes an action that requires it.\n"
	"Breaks it (nobody need sign for the matter, so it may lie there for ever):\n"
	"    states: {dispatched: {label: {en: To sign for}}}     # and no duty that is `in: dispatched`\n"
	"Mends it:\n"
	"    sign_in_time: {bearer: lead, in: dispatched, discharged_by: [sign, refuse], within: 2 working "
	"days,\n"
	"                   breach: {escalate: [office]}}\n";

/* ---- somebody owes a move ---- */

enum owed { OWED_NOTHING, OWED_RECURRING, OWED_IMPOSSIBLE, OWED_STANDSTILL, OWED_MOVE };

static enum owed owed_by(const struct procedure *procedure, const struct duty_rule *duty, int state)
{
	enum owed owed = OWED_IMPOSSIBLE;

	if (duty->limit.kind == LIMIT_EVERY)
		return OWED_RECURRING;
	for (size_t i = 0; i < duty->discharged_by_count; i++) {
		const struct action *action = &procedure->actions[duty->discharged_by[i]];

		if (!action_leaves(action, state) || !roles_equal(procedure, action->by, duty->bearer))
			continue;
		if (action_moves(action, state))
			return OWED_MOVE;
		owed = OWED_STANDSTILL;
	}
	return owed;
}

static void check_state(const struct check *check, int state)
{
	const struct procedure *procedure = check->procedure;
	enum owed best = OWED_NOTHING;
	struct str duty = STR_NONE, path = path_print(check->arena, &check->paths, state);
	struct str name = procedure->states[state].name;

	for (size_t i = 0; i < procedure->duty_count; i++) {
		enum owed owed;

		if (!duty_holds_in(&procedure->duties[i], state))
			continue;
		owed = owed_by(procedure, &procedure->duties[i], state);
		if (owed > best) {
			best = owed;
			duty = procedure->duties[i].name;
		}
	}
	if (best == OWED_NOTHING)
		REFUSE(check, procedure->states[state].place, path,
			"nobody owes anything in %.*s, so a matter may lie there for ever: add a duty that "
			"is `in` it",
			STR_ARG(name));
	if (best == OWED_RECURRING)
		REFUSE(check, procedure->states[state].place, path,
			"in %.*s only the recurring %.*s is owed, which alone does not move the matter on: "
			"add a duty with "
			"an end to its time",
			STR_ARG(name), STR_ARG(duty));
	if (best == OWED_STANDSTILL)
		REFUSE(check, procedure->states[state].place, path,
			"in %.*s what %.*s asks for leaves the matter where it is: add a duty, or an action "
			"to "
			"`discharged_by`, that leads on",
			STR_ARG(name), STR_ARG(duty));
	/* OWED_IMPOSSIBLE is refused with its duty. */
}

/* ---- what a duty needs ---- */

static bool can_discharge(const struct procedure *procedure, const struct duty_rule *duty, int state)
{
	for (size_t i = 0; i < duty->discharged_by_count; i++) {
		const struct action *action = &procedure->actions[duty->discharged_by[i]];

		if (action_leaves(action, state) && roles_equal(procedure, action->by, duty->bearer))
			return true;
	}
	return false;
}

/* The first reachable state of the duty in which `field` may still be empty, or -1. */
static int unsure_in(const struct check *check, const struct duty_rule *duty, int field)
{
	for (size_t i = 0; i < duty->in_count; i++)
		if (paths_reach(&check->paths, duty->in[i]) && !field_is_sure(check, field, duty->in[i]))
			return duty->in[i];
	return -1;
}

static void check_rests(const struct check *check, const struct duty_rule *duty)
{
	const struct procedure *procedure = check->procedure;
	bool dated = duty->limit.kind == LIMIT_BY || duty->limit.kind == LIMIT_CALENDAR;
	int bearer_field = role_field(procedure, duty->bearer), state;

	state = dated ? unsure_in(check, duty, duty->limit.field) : -1;
	if (state >= 0)
		REFUSE(check, duty->limit.place, path_print(check->arena, &check->paths, state),
			"duty %.*s ends by %.*s, which may be empty in %.*s, so its time may never end: make "
			"the field "
			"required",
			STR_ARG(duty->name), STR_ARG(procedure->fields[duty->limit.field].name),
			STR_ARG(procedure->states[state].name));
	state = bearer_field >= 0 ? unsure_in(check, duty, bearer_field) : -1;
	if (state >= 0)
		REFUSE(check, duty->place, path_print(check->arena, &check->paths, state),
			"duty %.*s is borne by %.*s, but the field %.*s may be empty in %.*s, so nobody may "
			"owe it: make the "
			"field required",
			STR_ARG(duty->name), STR_ARG(procedure->roles[duty->bearer].name),
			STR_ARG(procedure->fields[bearer_field].name),
			STR_ARG(procedure->states[state].name));
}

static void check_duty(const struct check *check, const struct duty_rule *duty)
{
	const struct procedure *procedure = check->procedure;

	check_rests(check, duty);
	for (size_t i = 0; i < duty->in_count; i++) {
		int state = duty->in[i];

		if (can_discharge(procedure, duty, state))
			continue;
		REFUSE(check, duty->place, path_print(check->arena, &check->paths, state),
			"duty %.*s is open in %.*s, where %.*s can do nothing that discharges it: %s",
			STR_ARG(duty->name), STR_ARG(procedure->states[state].name),
			STR_ARG(procedure->roles[duty->bearer].name),
			state_ends(procedure, state)
				? "the matter is over there, so take the state out of `in`"
				: "put an action of its own that is possible there into `discharged_by`");
	}
}

/* ---- loops ---- */

static bool gives_reason(const struct action *action)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (action->fields[i].required && action->fields[i].type == FIELD_TEXT)
			return true;
	return false;
}

static bool gives_no_reason(const struct procedure *procedure, int action, const void *context)
{
	(void)context;
	return !gives_reason(&procedure->actions[action]);
}

static void refuse_loop(const struct check *check, const struct paths *round, int from, int action)
{
	const struct procedure *procedure = check->procedure;
	int to = procedure->actions[action].to;
	struct buf path = buf_new(check->arena);

	path_put(&path, &check->paths, to);
	path_put_rest(&path, round, from);
	path_put_action(&path, procedure, action, from);
	REFUSE(check, procedure->actions[action].place, buf_str(&path),
		"%.*s closes a loop through %.*s on which nobody gives a reason, so a matter may go round "
		"for ever "
		"unexplained: give it a required text field",
		STR_ARG(procedure->actions[action].name), STR_ARG(procedure->states[to].name));
}

/* Every loop has an action that doesn't lead farther from the start, so it is enough to look at those: is
 * there a way without reasons from where it leads to where it began? */
static void check_loop(const struct check *check, struct paths **rounds, int action)
{
	const struct action *back = &check->procedure->actions[action];

	if (back->to < 0 || gives_reason(back))
		return;
	for (size_t i = 0; i < back->from_count; i++) {
		int from = back->from[i];

		if (!paths_reach(&check->paths, from) ||
			check->paths.distance[back->to] > check->paths.distance[from])
			continue;
		if (rounds[back->to] == NULL) {
			rounds[back->to] = ARENA_TAKE(check->arena, 1, struct paths);
			*rounds[back->to] =
				paths_from(check->arena, &check->graph, back->to, gives_no_reason, NULL);
		}
		if (paths_reach(rounds[back->to], from)) {
			refuse_loop(check, rounds[back->to], from, action);
			return;
		}
	}
}

void rule_p2_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	struct paths **rounds = ARENA_TAKE(check->arena, procedure->state_count + 1, struct paths *);

	for (int s = 0; s < (int)procedure->state_count; s++)
		if (paths_reach(&check->paths, s) && !state_ends(procedure, s))
			check_state(check, s);
	for (size_t i = 0; i < procedure->duty_count; i++)
		check_duty(check, &procedure->duties[i]);
	for (int a = 0; a < (int)procedure->action_count; a++)
		check_loop(check, rounds, a);
}
