/* P2 有责要担当: in every state somebody owes, in finite time, an act that they can do and that moves on. */
#include "procedure/check.h"

const char rule_p2_zh[] =
	"有责要担当。每个非终结状态里,都有人须在有限期限内做一件推动事项的事(仅有定期报告不算);\n"
	"只做须做的事,就能走到终结:谁也不必做的出路不算;同一角色反复做过 `not_by` 所列的动作,\n"
	"人人都做不了的出路也不算。\n"
	"责任人在责任存续的每个状态里,都能做一件解除它的事;同一状态里既能推进又能原地解除的责任,\n"
	"期限可以一再重来,不行。\n"
	"带 `checks` 或 `eligible` 的动作可能被驳回,不能作为解除责任的唯一办法。\n"
	"每个循环都经过一个须写明理由(必填文字)的动作,并经过另一方的动作,或用 `answers_to` 告知另一方。\n"
	"责任人、期限和请求的决定者不依赖可能为空的字段:字段必填,或到达该状态的每条路径都有动作必填它\n"
	"(其后没有动作能清空它),才算不会为空。动作用 `not_before` 等待的日期也不能为空,只能靠它解除的\n"
	"责任须从同一日期起算、期限更长。\n"
	"违反(待签收时无人负责,可以一直搁着):\n"
	"    states: {dispatched: {label: {zh: 待签收}}}      # duties 里没有 in: dispatched 的\n"
	"改正:\n"
	"    sign_in_time: {bearer: lead, in: dispatched, discharged_by: [sign, refuse],\n"
	"                   within: 2 working days, breach: {escalate: [office]}}\n";
const char rule_p2_en[] =
	"Whoever bears a duty takes it up. In every state that is no end somebody owes, by a finite "
	"instant,\n"
	"an act that moves the matter on (a recurring report alone does not); and doing what is owed comes "
	"to\n"
	"an end: a way out that nobody owes doesn't count, nor one from which all who owe it may have "
	"barred\n"
	"themselves, because they also do, again and again, what its `not_by` names.\n"
	"A bearer can, in every state where the duty is open, do something that discharges it. A duty that\n"
	"may be discharged in one state both by moving on and by staying there would begin its time anew as\n"
	"often as its bearer likes. An action with `checks`, or one that asks who is `eligible`, may be\n"
	"refused, so it can't be the only way to discharge a duty.\n"
	"Every loop passes an action that gives a reason (a required text), and one by another side or one\n"
	"that `answers_to` another.\n"
	"Neither bearer, nor limit, nor who decides a request rests on a field that may be empty. A field\n"
	"can't be empty when it is required, or when every way to the state passes an action that requires\n"
	"it, behind any that may empty it. Nor may the day be empty for which an action waits by\n"
	"`not_before`; and a duty that only waiting discharges counts from that same day, by a longer term.\n"
	"Breaks it (nobody need sign for the matter, so it may lie there for ever):\n"
	"    states: {dispatched: {label: {en: To sign for}}}     # and no duty that is `in: dispatched`\n"
	"Mends it:\n"
	"    sign_in_time: {bearer: lead, in: dispatched, discharged_by: [sign, refuse],\n"
	"                   within: 2 working days, breach: {escalate: [office]}}\n";

/* ---- somebody owes a move ---- */

enum owed { OWED_NOTHING, OWED_RECURRING, OWED_IMPOSSIBLE, OWED_STANDSTILL, OWED_MOVE };

/* The first action of the bearer's own that discharges the duty in `state` and there moves the matter on, or
 * stays; -1 when there is none. */
static int own_discharge(const struct check *check, const struct duty_rule *duty, int state, bool moves)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; i < duty->discharged_by_count; i++) {
		int index = duty->discharged_by[i];
		const struct action *action = &procedure->actions[index];

		/* What figures or a person's eligibility may forbid can't be counted on. */
		if (!action_is_conditional(action) && may_be_done(check, index, state) &&
			roles_equal(procedure, action->by, duty->bearer) &&
			(action->to >= 0 && action->to != state) == moves)
			return index;
	}
	return -1;
}

static enum owed owed_by(const struct check *check, const struct duty_rule *duty, int state)
{
	if (duty->limit.kind == LIMIT_EVERY)
		return OWED_RECURRING;
	if (own_discharge(check, duty, state, true) >= 0)
		return OWED_MOVE;
	return own_discharge(check, duty, state, false) >= 0 ? OWED_STANDSTILL : OWED_IMPOSSIBLE;
}

/* What the duties of a state come to; *ret_duty is the one that comes nearest to a move. */
static enum owed owed_in(const struct check *check, int state, struct str *ret_duty)
{
	const struct procedure *procedure = check->procedure;
	enum owed best = OWED_NOTHING;

	for (int i = 0; i < (int)procedure->duty_count; i++) {
		enum owed owed = is_owed_in(check, i, state) ? owed_by(check, &procedure->duties[i], state)
							     : OWED_NOTHING;

		if (owed > best) {
			best = owed;
			*ret_duty = procedure->duties[i].name;
		}
	}
	return best;
}

static void check_state(const struct check *check, int state)
{
	const struct procedure *procedure = check->procedure;
	struct str duty = STR_NONE, path = path_print(check->arena, &check->paths, state);
	struct str name = procedure->states[state].name;
	enum owed best = owed_in(check, state, &duty);

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

/* What is owed and, action by action, whether somebody is always left who may do it. */
struct owing {
	const struct check *check;
	const bool *always; /* NULL: as if for all */
};

/* Is this action, out of this state, one that somebody owes? */
static bool is_owed(const struct procedure *procedure, int action, int state, const void *context)
{
	const struct owing *owing = context;

	if (owing->always != NULL && !owing->always[action])
		return false;
	for (int i = 0; i < (int)procedure->duty_count; i++)
		if (procedure->duties[i].limit.kind != LIMIT_EVERY && is_owed_in(owing->check, i, state) &&
			is_discharged(owing->check, i, action) &&
			roles_equal(procedure, procedure->actions[action].by, procedure->duties[i].bearer))
			return true;
	return false;
}

/* The state in which a part without `leads` is entered, so that it is named once; a state itself refused
 * isn't. */
static bool enters_round(const struct check *check, const bool *leads, int state)
{
	int before = check->paths.before[state];

	return !leads[state] && paths_reach(&check->paths, state) && (before < 0 || leads[before]);
}

static void refuse_round(const struct check *check, int state)
{
	REFUSE(check, check->procedure->states[state].place, path_print(check->arena, &check->paths, state),
		"from %.*s what is owed only goes round: nobody owes an action that leads to an end, so let "
		"a duty be "
		"discharged by one",
		STR_ARG(check->procedure->states[state].name));
}

/* The first owed action that would lead on and that its whole side may have barred itself from. */
static void refuse_barred(const struct check *check, const struct owing *owing, const bool *leads, int state)
{
	const struct procedure *procedure = check->procedure;

	for (int a = 0; a < (int)procedure->action_count; a++) {
		const struct action *action = &procedure->actions[a];
		int other = owing->always[a] ? -1 : excluded_by_own_side(check, a);

		for (size_t i = 0; other >= 0 && action->to >= 0 && i < action->from_count; i++) {
			struct buf path = buf_new(check->arena);

			if (leads[action->from[i]] || !paths_reach(&check->paths, action->from[i]))
				continue;
			path_put(&path, &check->paths, action->from[i]);
			path_put_action(&path, procedure, a, action->from[i]);
			REFUSE(check, action->not_by_place, buf_str(&path),
				"%.*s is owed by %.*s, who may also do %.*s, which bars from it: when each "
				"of them has, "
				"nobody is left to go on from %.*s; let another role do one of the two",
				STR_ARG(action->name), STR_ARG(procedure->roles[action->by].name),
				STR_ARG(procedure->actions[other].name),
				STR_ARG(procedure->states[state].name));
			return;
		}
	}
}

/* Whoever does what they owe must be able to come to an end: a way out that nobody owes may never be gone,
 * nor one from which its whole side has barred itself. What is refused by itself counts as left. */
static void check_rounds(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	size_t count = procedure->state_count;
	bool *ends = ARENA_TAKE(check->arena, count + 1, bool),
	     *goals = ARENA_TAKE(check->arena, count + 1, bool),
	     *always = ARENA_TAKE(check->arena, procedure->action_count + 1, bool);
	struct owing owing = {check, NULL};
	const bool *can_end, *leads;
	struct str duty;

	for (int s = 0; s < (int)count; s++)
		ends[s] = state_ends(procedure, s);
	can_end = graph_leads_to(check->arena, &check->graph, ends, NULL, NULL);
	for (int s = 0; s < (int)count; s++)
		goals[s] = ends[s] || !can_end[s] || owed_in(check, s, &duty) != OWED_MOVE;
	leads = graph_leads_to(check->arena, &check->graph, goals, is_owed, &owing);
	for (int s = 0; s < (int)count; s++) {
		if (enters_round(check, leads, s))
			refuse_round(check, s);
		goals[s] |= !leads[s];
	}
	for (int a = 0; a < (int)procedure->action_count; a++)
		always[a] = excluded_by_own_side(check, a) < 0;
	owing.always = always;
	leads = graph_leads_to(check->arena, &check->graph, goals, is_owed, &owing);
	for (int s = 0; s < (int)count; s++)
		if (enters_round(check, leads, s))
			refuse_barred(check, &owing, leads, s);
}

/* ---- what a duty needs ---- */

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

/* Where a duty is discharged both by moving on and by staying, whoever stays begins its time anew. */
static void check_renewal(const struct check *check, const struct duty_rule *duty, int state)
{
	const struct procedure *procedure = check->procedure;
	int stays = own_discharge(check, duty, state, false);
	struct buf path = buf_new(check->arena);

	if (duty->limit.kind == LIMIT_EVERY || stays < 0 || own_discharge(check, duty, state, true) < 0 ||
		!paths_reach(&check->paths, state))
		return;
	path_put(&path, &check->paths, state);
	path_put_action(&path, procedure, stays, state);
	REFUSE(check, duty->place, buf_str(&path),
		"duty %.*s may be discharged in %.*s by %.*s, which leaves the matter there, so that its "
		"time "
		"begins anew as often as %.*s likes: take it out of `discharged_by`, or make it a duty of "
		"its own",
		STR_ARG(duty->name), STR_ARG(procedure->states[state].name),
		STR_ARG(procedure->actions[stays].name), STR_ARG(procedure->roles[duty->bearer].name));
}

/* ---- actions that wait for a day ---- */

static void check_wait(const struct check *check, const struct action *action)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; action_waits(action) && i < action->from_count; i++) {
		int state = action->from[i];

		if (!paths_reach(&check->paths, state) ||
			field_is_sure(check, action->not_before.field, state))
			continue;
		REFUSE(check, action->not_before.place, path_print(check->arena, &check->paths, state),
			"%.*s waits for %.*s, which may be empty in %.*s, so it may never be possible: make "
			"the "
			"field required",
			STR_ARG(action->name), STR_ARG(procedure->fields[action->not_before.field].name),
			STR_ARG(procedure->states[state].name));
		return;
	}
}

/* Is the day for which the action waits over before the limit of the duty? Certain only where both count from
 * the same field. */
static bool is_over_in_time(const struct action *action, const struct limit *limit)
{
	int64_t wait = action->not_before.kind == LIMIT_CALENDAR ? term_tenths(action->not_before.term) : 0;

	return limit->kind == LIMIT_CALENDAR && limit->field == action->not_before.field &&
	       term_tenths(limit->term) > wait;
}

/* A duty that only waiting can discharge would be breached by who keeps the rule. */
static void check_patience(const struct check *check, const struct duty_rule *duty, int state)
{
	const struct procedure *procedure = check->procedure;
	const struct action *waiting = NULL;

	for (size_t i = 0; i < duty->discharged_by_count; i++) {
		const struct action *action = &procedure->actions[duty->discharged_by[i]];

		if (!action_leaves(action, state) || !roles_equal(procedure, action->by, duty->bearer))
			continue;
		if (!action_waits(action) || is_over_in_time(action, &duty->limit))
			return;
		waiting = action;
	}
	if (waiting != NULL)
		REFUSE(check, duty->limit.place, path_print(check->arena, &check->paths, state),
			"duty %.*s may fall due in %.*s before %.*s, which alone discharges it, may be done: "
			"count "
			"its limit from %.*s with a longer term",
			STR_ARG(duty->name), STR_ARG(procedure->states[state].name), STR_ARG(waiting->name),
			STR_ARG(procedure->fields[waiting->not_before.field].name));
}

static void check_duty(const struct check *check, const struct duty_rule *duty)
{
	const struct procedure *procedure = check->procedure;

	check_rests(check, duty);
	for (size_t i = 0; i < duty->in_count; i++)
		check_renewal(check, duty, duty->in[i]);
	for (size_t i = 0; i < duty->in_count; i++) {
		int state = duty->in[i];

		check_patience(check, duty, state);
		if (own_discharge(check, duty, state, true) >= 0 ||
			own_discharge(check, duty, state, false) >= 0)
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

/* A request that reaches nobody is never decided, so its asker is left with the duty alone. */
static void check_request(const struct check *check, const struct request_rule *request)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; i < request->in_count; i++) {
		int state = request->in[i];

		if (!paths_reach(&check->paths, state) || role_is_sure(check, request->decided_by, state))
			continue;
		REFUSE(check, request->place, path_print(check->arena, &check->paths, state),
			"request %.*s is decided by %.*s, but the field %.*s may be empty in %.*s, so nobody "
			"may "
			"decide it: make the field required",
			STR_ARG(request->name), STR_ARG(procedure->roles[request->decided_by].name),
			STR_ARG(procedure->fields[role_field(procedure, request->decided_by)].name),
			STR_ARG(procedure->states[state].name));
		return;
	}
}

void rule_p2_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (int s = 0; s < (int)procedure->state_count; s++)
		if (paths_reach(&check->paths, s) && !state_ends(procedure, s))
			check_state(check, s);
	check_rounds(check);
	for (size_t i = 0; i < procedure->duty_count; i++)
		check_duty(check, &procedure->duties[i]);
	for (size_t i = 0; i < procedure->request_count; i++)
		check_request(check, &procedure->requests[i]);
	for (size_t i = 0; i < procedure->action_count; i++)
		check_wait(check, &procedure->actions[i]);
	loop_check(check);
}
