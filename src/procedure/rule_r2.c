/* R2 听辩与申诉: whom a case is about can be heard and can appeal, and somebody else must answer. */
#include "procedure/check.h"

#include "base/words.h"

const char rule_r2_zh[] =
	"办案类(`grasp: case`)和问责类(`kind: accountability`)程序,当事人能陈述申辩(`purpose: "
	"hearing`),也能申诉\n"
	"(`purpose: "
	"appeal`),二者由同一当事人角色行使。当事人角色由字段指定(被处理的单位、岗位或人),不是机构职能。\n"
	"每一项都须有别人答复:动作引向的状态里,另一角色负有一项有期限、有 `breach` 的责任;或动作用 `open` "
	"打开另一程序,\n"
	"那里一开始就由别人负责;或写成请求,由另一角色在 `decide_within` "
	"内决定。留在原状态的动作不产生责任,不算。\n"
	"其他程序写了 `purpose` 的动作也照此检查。\n"
	"违反(申辩之后没有人必须答复):\n"
	"    defend: {by: subject, from: notified, purpose: hearing, fields: {statement: {type: text, "
	"required: true}}}\n"
	"改正:\n"
	"    defend: {by: subject, from: notified, to: heard, purpose: hearing, fields: {statement: {type: "
	"text, required: true}}}\n"
	"    answer: {bearer: office, in: heard, discharged_by: [decide], within: 10 working days, breach: "
	"{escalate: [leader]}}\n";
const char rule_r2_en[] =
	"A procedure of grasp case or of kind accountability lets whom it is about be heard (`purpose: "
	"hearing`) and\n"
	"appeal (`purpose: appeal`), both by the same role: one that a field names (the unit, post or person "
	"dealt with),\n"
	"never a function of the institution. Somebody else must answer each: the action leads to a state in "
	"which\n"
	"another role has a duty with an end to its time and a breach; or it opens a procedure in which "
	"somebody else\n"
	"owes the first step; or it is a request that another role decides. An action that stays where it is "
	"gives rise\n"
	"to no duty and is not enough. Where other procedures name a purpose, the same holds.\n"
	"Breaks it (nobody need answer what was said):\n"
	"    defend: {by: subject, from: notified, purpose: hearing, fields: {statement: {type: text, "
	"required: true}}}\n"
	"Mends it:\n"
	"    defend: {by: subject, from: notified, to: heard, purpose: hearing, fields: {statement: {type: "
	"text, required: true}}}\n"
	"    answer: {bearer: office, in: heard, discharged_by: [decide], within: 10 working days, breach: "
	"{escalate: [leader]}}\n";

enum answer { ANSWER_NONE, ANSWER_BY_OPENING, ANSWER_WITHOUT_BREACH, ANSWER_OWED };

static bool is_named_by_field(const struct procedure *procedure, int role)
{
	return procedure->roles[role_unit(procedure, role)].kind == ROLE_FIELD;
}

static enum answer answer_in(const struct check *check, int state, int role)
{
	const struct procedure *procedure = check->procedure;
	enum answer answer = ANSWER_NONE;

	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		if (!duty_holds_in(duty, state) || duty->limit.kind == LIMIT_EVERY ||
			roles_overlap(check, duty->bearer, role))
			continue;
		if (breach_is_given(&duty->breach))
			return ANSWER_OWED;
		answer = ANSWER_WITHOUT_BREACH;
	}
	return answer;
}

static enum answer answer_to(const struct check *check, const struct action *action)
{
	enum answer answer = ANSWER_NONE;

	if (action->to >= 0)
		answer = answer_in(check, action->to, action->by);
	if (answer != ANSWER_OWED && opening_reaches_other(check, &action->opens, action->by))
		answer = ANSWER_BY_OPENING;
	return answer;
}

bool action_is_right(const struct check *check, int action)
{
	const struct action *row = &check->procedure->actions[action];

	return row->purpose != PURPOSE_NONE && is_named_by_field(check->procedure, row->by) &&
	       answer_to(check, row) != ANSWER_NONE;
}

static const char *purpose_noun(enum purpose purpose)
{
	return purpose == PURPOSE_HEARING ? WORDS_BOTH("陈述申辩", "a hearing")
					  : WORDS_BOTH("申诉", "an appeal");
}

/* Says what is wrong with a way to be heard or to appeal; false when it is sound. */
static bool refuse_by(
	const struct check *check, struct str name, struct place place, enum purpose purpose, int by)
{
	const struct procedure *procedure = check->procedure;

	if (is_named_by_field(procedure, by))
		return false;
	REFUSE(check, place, STR_NONE,
		"%.*s is %s by %.*s, which is no party to the matter: let a role have it that a field "
		"names, the one "
		"whom the matter is about",
		STR_ARG(name), purpose_noun(purpose), STR_ARG(procedure->roles[by].name));
	return true;
}

static bool refuse_action(const struct check *check, const struct action *action)
{
	enum answer answer = answer_to(check, action);
	const char *noun = purpose_noun(action->purpose);

	if (refuse_by(check, action->name, action->place, action->purpose, action->by))
		return true;
	if (answer == ANSWER_NONE && action->to < 0)
		REFUSE(check, action->place, STR_NONE,
			"%.*s is %s that leaves the matter where it is, so no duty to answer arises: let "
			"it lead to a "
			"state in which another role owes the answer",
			STR_ARG(action->name), noun);
	else if (answer == ANSWER_NONE)
		REFUSE(check, action->place, STR_NONE,
			"%.*s is %s, but in %.*s no other role owes an answer by a finite time: add a duty "
			"there",
			STR_ARG(action->name), noun, STR_ARG(check->procedure->states[action->to].name));
	else if (answer == ANSWER_WITHOUT_BREACH)
		REFUSE(check, action->place, STR_NONE,
			"%.*s is %s whose answer in %.*s may be left out without consequence: add `breach` "
			"to the duty "
			"there",
			STR_ARG(action->name), noun, STR_ARG(check->procedure->states[action->to].name));
	return answer == ANSWER_NONE || answer == ANSWER_WITHOUT_BREACH;
}

/* ---- whom the matter is about ---- */

/* The roles that have a sound way of this purpose; and whether any way of it was tried at all. */
struct ways {
	bool *roles;
	bool tried, sound;
};

static void add_way(struct ways *ways, bool refused, int by)
{
	ways->tried = true;
	if (!refused)
		ways->sound = ways->roles[by] = true;
}

static struct ways check_purpose(const struct check *check, enum purpose purpose)
{
	const struct procedure *procedure = check->procedure;
	struct ways ways = {.roles = ARENA_TAKE(check->arena, procedure->role_count + 1, bool)};

	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].purpose == purpose)
			add_way(&ways, refuse_action(check, &procedure->actions[i]),
				procedure->actions[i].by);
	for (size_t i = 0; i < procedure->request_count; i++) {
		const struct request_rule *request = &procedure->requests[i];

		if (request->purpose == purpose)
			add_way(&ways, refuse_by(check, request->name, request->place, purpose, request->by),
				request->by);
	}
	return ways;
}

static bool share_role(const struct check *check, const struct ways *a, const struct ways *b)
{
	const struct procedure *procedure = check->procedure;

	for (int i = 0; i < (int)procedure->role_count; i++)
		for (int k = 0; k < (int)procedure->role_count; k++)
			if (a->roles[i] && b->roles[k] && roles_overlap(check, i, k))
				return true;
	return false;
}

void rule_r2_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	struct ways hearing = check_purpose(check, PURPOSE_HEARING);
	struct ways appeal = check_purpose(check, PURPOSE_APPEAL);

	if (!procedure_must_hear(procedure))
		return;
	if (!hearing.tried)
		REFUSE(check, procedure->place, STR_NONE,
			"whom %.*s is about can't be heard: add an action or a request of theirs with "
			"`purpose: hearing`, "
			"which somebody else must answer",
			STR_ARG(procedure->name));
	if (!appeal.tried)
		REFUSE(check, procedure->place, STR_NONE,
			"whom %.*s is about can't appeal: add an action or a request of theirs with "
			"`purpose: appeal`, "
			"which somebody else must answer",
			STR_ARG(procedure->name));
	if (hearing.sound && appeal.sound && !share_role(check, &hearing, &appeal))
		REFUSE(check, procedure->place, STR_NONE,
			"one role of %.*s may be heard and another may appeal: whoever the matter is about "
			"needs both",
			STR_ARG(procedure->name));
}
