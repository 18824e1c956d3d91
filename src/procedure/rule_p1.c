/* P1 有权必有责: who may act answers for something, and each act is answered for. */
#include "procedure/check.h"

const char rule_p1_zh[] =
	"有权必有责。每个握有动作的角色,在本程序中都承担一项可由其自己的动作解除的责任;每个改变状态的\n"
	"动作,在它能做的每个状态里都有人为它负责:它解除该角色在此的一项责任,或引向另一角色负有责任的\n"
	"状态,或用 `answers_to` 告知另一角色(对方可以提出异议,异议必须答复)。部门与其负责人不算两个角色。\n"
	"使事项未成而终(failure、void)的动作之后再无人负责,只解除自己的责任还不够:须用 `answers_to`\n"
	"告知另一角色,或用 `open` 打开由别人接手的事项。\n"
	"当事人的陈述与申诉(`purpose: hearing|appeal`,见 R2)是权利,不是权力,不因此负责任。\n"
	"违反(office 能撤销,却不必向任何人交代):\n"
	"    withdraw: {by: office, from: dispatched, to: withdrawn}\n"
	"改正:\n"
	"    withdraw: {by: office, from: dispatched, to: withdrawn, answers_to: commander}\n";
const char rule_p1_en[] =
	"Whoever holds a power bears a duty. Each role that holds an action bears a duty in this procedure\n"
	"which one of its own actions discharges. Each action that changes the state is answered for, in\n"
	"every state where it may be done: it discharges a duty that its role has there, or leads to a "
	"state\n"
	"in which another role owes something, or names `answers_to`, another role that is told and can\n"
	"object. A unit and its head aren't two.\n"
	"Behind an action that ends the matter without success (failure, void) nobody owes anything, so\n"
	"discharging one's own duty is not enough for it: it names `answers_to`, or opens a matter that\n"
	"somebody else must take up.\n"
	"Being heard and appealing (`purpose: hearing|appeal`, see R2) are rights, not powers: they ask no\n"
	"duty.\n"
	"Breaks it (office may withdraw and answers to nobody):\n"
	"    withdraw: {by: office, from: dispatched, to: withdrawn}\n"
	"Mends it:\n"
	"    withdraw: {by: office, from: dispatched, to: withdrawn, answers_to: commander}\n";

/* Does the role bear a duty that one of its own actions discharges? */
static bool bears_duty(const struct procedure *procedure, int role)
{
	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		if (!roles_equal(procedure, duty->bearer, role))
			continue;
		for (size_t k = 0; k < duty->discharged_by_count; k++)
			if (roles_equal(procedure, procedure->actions[duty->discharged_by[k]].by, role))
				return true;
	}
	return false;
}

static void check_roles(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (int role = 0; role < (int)procedure->role_count; role++) {
		int first = -1;

		for (int a = (int)procedure->action_count - 1; a >= 0; a--)
			if (procedure->actions[a].by == role && !action_is_right(check, a))
				first = a;
		if (first >= 0 && !bears_duty(procedure, role))
			REFUSE(check, procedure->roles[role].place, STR_NONE,
				"role %.*s may %.*s but bears no duty that an action of its own discharges: "
				"give it a duty, "
				"or give the action to a role that has one",
				STR_ARG(procedure->roles[role].name),
				STR_ARG(procedure->actions[first].name));
	}
}

static bool discharges_here(const struct check *check, int action, int state)
{
	const struct procedure *procedure = check->procedure;

	for (int i = 0; i < (int)procedure->duty_count; i++)
		if (is_owed_in(check, i, state) && is_discharged(check, i, action) &&
			roles_equal(procedure, procedure->duties[i].bearer, procedure->actions[action].by))
			return true;
	return false;
}

static bool another_owes(const struct check *check, int role, int state)
{
	const struct procedure *procedure = check->procedure;

	for (int i = 0; i < (int)procedure->duty_count; i++)
		if (is_owed_in(check, i, state) && !roles_overlap(check, procedure->duties[i].bearer, role))
			return true;
	return false;
}

bool action_is_told(const struct check *check, const struct action *action, int state)
{
	return action->answers_to >= 0 && !roles_overlap(check, action->answers_to, action->by) &&
	       role_is_sure(check, action->answers_to, state);
}

static void refuse_action(const struct check *check, int index, int state)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[index];
	struct buf path = buf_new(check->arena);

	path_put(&path, &check->paths, state);
	path_put_action(&path, procedure, index, state);
	REFUSE(check, action->place, buf_str(&path),
		"nobody answers for %.*s by %.*s in %.*s: it discharges no duty that %.*s has there, in %.*s "
		"no other role "
		"owes anything, and no other role that always resolves is told: add `answers_to`",
		STR_ARG(action->name), STR_ARG(procedure->roles[action->by].name),
		STR_ARG(procedure->states[state].name), STR_ARG(procedure->roles[action->by].name),
		STR_ARG(procedure->states[action->to].name));
}

/* What a matter was for isn't reached and nobody owes anything any more, so somebody must be told. */
static void refuse_giving_up(const struct check *check, int index, int state)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[index];
	struct buf path = buf_new(check->arena);

	path_put(&path, &check->paths, state);
	path_put_action(&path, procedure, index, state);
	REFUSE(check, action->place, buf_str(&path),
		"%.*s by %.*s ends the matter in %.*s without success, and no other role that always "
		"resolves is "
		"told, nor is a matter opened that another must take up: add `answers_to`",
		STR_ARG(action->name), STR_ARG(procedure->roles[action->by].name),
		STR_ARG(procedure->states[action->to].name));
}

static void check_action(const struct check *check, int index)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[index];

	if (action->answers_to >= 0 && roles_overlap(check, action->answers_to, action->by)) {
		REFUSE(check, action->place, STR_NONE,
			"%.*s by %.*s answers to %.*s, which is the same: name another role in `answers_to`",
			STR_ARG(action->name), STR_ARG(procedure->roles[action->by].name),
			STR_ARG(procedure->roles[action->answers_to].name));
		return;
	}
	if (action_is_right(check, index))
		return;
	for (size_t i = 0; i < action->from_count; i++) {
		int state = action->from[i];

		if (action->to < 0 || action->to == state || !paths_reach(&check->paths, state))
			continue;
		if (action_is_told(check, action, state))
			continue;
		if (state_ends(procedure, action->to) && !state_succeeds(procedure, action->to) &&
			!opening_reaches_other(check, &action->opens, action->by)) {
			refuse_giving_up(check, index, state);
			return;
		}
		if (!discharges_here(check, index, state) && !another_owes(check, action->by, action->to)) {
			refuse_action(check, index, state);
			return;
		}
	}
}

void rule_p1_check(const struct check *check)
{
	check_roles(check);
	for (int i = 0; i < (int)check->procedure->action_count; i++)
		check_action(check, i);
}
