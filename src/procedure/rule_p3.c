/* P3 失责必追究: every duty has a breach that surely reaches somebody else, and consequences come to an end.
 */
#include "procedure/check.h"

const char rule_p3_zh[] =
	"失责必追究。每项责任都有 `breach`,其后果一定送达责任人以外的人:所指角色任何时候都能落到岗位\n"
	"(机构职能、不会为空的字段,或其上级);责任人自己或其部门负责人(`head of` 责任人)不算以外的人。\n"
	"每个 `open` 指向现有程序并填满其必填字段;后果引出的后果不会循环。只写 `open` 时,被打开的程序\n"
	"一开始就须有别人负责。\n"
	"逾期的仍是逾期:推迟期限的请求(`moves`)须写 `before_due: true`。\n"
	"违反(超期只告诉承办单位自己的负责人):\n"
	"    breach: {escalate: [head of lead]}                # 责任人是 lead\n"
	"改正:\n"
	"    breach: {escalate: [head of lead, office]}\n";
const char rule_p3_en[] =
	"Whoever fails a duty is called to account. Every duty has a `breach` whose consequence surely\n"
	"reaches somebody other than its bearer, by a role that always resolves: a function, a field that\n"
	"can't be empty, or the post above one. The bearer itself and the head of the bearer's unit are not\n"
	"somebody other. Every `open` names an existing procedure and fills all its required fields; where "
	"a\n"
	"breach only opens, somebody else must owe the first step there; and no chain of consequences comes\n"
	"back to where it began.\n"
	"What is late stays late: a request that `moves` a day has `before_due: true`.\n"
	"Breaks it (the lead unit's own head is all who hears):\n"
	"    breach: {escalate: [head of lead]}                # borne by lead\n"
	"Mends it:\n"
	"    breach: {escalate: [head of lead, office]}\n";

static bool is_sure_throughout(const struct check *check, int role, const int *states, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (paths_reach(&check->paths, states[i]) && !role_is_sure(check, role, states[i]))
			return false;
	return true;
}

/* Somebody other is named, and by a field that may be empty. */
static bool rests_on_a_field(const struct check *check, const struct breach_holder *holder)
{
	for (size_t i = 0; i < holder->breach->escalate_count; i++)
		if (reach_is_other(check, &holder->breach->escalate[i], holder->bearer))
			return true;
	return false;
}

static void refuse_reach(const struct check *check, const struct breach_holder *holder)
{
	const struct procedure *procedure = check->procedure;
	struct str bearer = procedure->roles[holder->bearer].name;
	struct place place = holder->breach->place.line > 0 ? holder->breach->place : holder->place;
	struct buf names = buf_new(check->arena);

	for (size_t i = 0; i < holder->breach->escalate_count; i++)
		list_put(&names, reach_print(check->arena, procedure, &holder->breach->escalate[i]), i,
			holder->breach->escalate_count);
	if (holder->breach->escalate_count > 0 && rests_on_a_field(check, holder))
		REFUSE(check, place, STR_NONE,
			"a breach of %.*s.%.*s reaches only %.*s, who rests on a field that may be empty, so "
			"nobody other than %.*s surely hears of it: add a role that always resolves to "
			"`escalate`",
			STR_ARG(holder->section), STR_ARG(holder->name), STR_ARG(buf_str(&names)),
			STR_ARG(bearer));
	else if (holder->breach->escalate_count > 0)
		REFUSE(check, place, STR_NONE,
			"a breach of %.*s.%.*s reaches only %.*s, who is the bearer itself or the head of "
			"its "
			"own unit, so nobody other than %.*s surely hears of it: add a role that always "
			"resolves to `escalate`",
			STR_ARG(holder->section), STR_ARG(holder->name), STR_ARG(buf_str(&names)),
			STR_ARG(bearer));
	else if (holder->breach->opens.procedure.size > 0)
		REFUSE(check, place, STR_NONE,
			"a breach of %.*s.%.*s only opens %.*s, where nobody other than %.*s owes the first "
			"step: add "
			"`escalate` with another role",
			STR_ARG(holder->section), STR_ARG(holder->name),
			STR_ARG(holder->breach->opens.procedure), STR_ARG(bearer));
	else
		REFUSE(check, place, STR_NONE,
			"%.*s.%.*s has no consequence when %.*s fails it: add `breach` with `escalate` to "
			"another role, or "
			"`open`",
			STR_ARG(holder->section), STR_ARG(holder->name), STR_ARG(bearer));
}

static void check_reach(const struct check *check, const struct breach_holder *holder)
{
	if (holder->has_default)
		return; /* it reaches the asker and the post above the decider; S3 keeps them apart */
	for (size_t i = 0; i < holder->breach->escalate_count; i++) {
		const struct reach *reach = &holder->breach->escalate[i];

		if (reach_is_other(check, reach, holder->bearer) &&
			is_sure_throughout(check, reach->role, holder->in, holder->in_count))
			return;
	}
	if (!opening_reaches_other(check, &holder->breach->opens, holder->bearer))
		refuse_reach(check, holder);
}

/* ---- what is opened ---- */

/* Is the field of the opened procedure given a value that can't be empty? */
static bool is_filled(const struct check *check, const struct opener *opener, struct str name)
{
	for (size_t i = 0; i < opener->opening->with_count; i++) {
		const struct given *given = &opener->opening->with[i];
		bool sure = true;

		if (!str_equal(given->to, name))
			continue;
		if (given->column != NULL)
			return given->column->required;
		if (given->field < 0)
			return given->text.size > 0;
		if (opener->action != NULL && action_sets(opener->action, given->field))
			return true;
		for (size_t k = 0; k < opener->state_count; k++)
			if (paths_reach(&check->paths, opener->states[k]))
				sure &= field_is_sure(check, given->field, opener->states[k]);
		return sure;
	}
	return false;
}

static void check_opener(const struct check *check, const struct opener *opener)
{
	const struct opening *opening = opener->opening;
	const struct procedure *target = opener_target(check, opening);

	if (target == NULL) {
		if (check->all != NULL)
			REFUSE(check, opening->place, STR_NONE,
				"%.*s opens %.*s, but there is no such procedure: add its definition or name "
				"another",
				STR_ARG(opener->holder), STR_ARG(opening->procedure));
		return;
	}
	for (size_t i = 0; i < target->field_count; i++)
		if (target->fields[i].required && !is_filled(check, opener, target->fields[i].name))
			REFUSE(check, opening->place, STR_NONE,
				"%.*s opens %.*s without surely filling its required field %.*s: give it a "
				"constant or a required "
				"field in `with`",
				STR_ARG(opener->holder), STR_ARG(target->name),
				STR_ARG(target->fields[i].name));
}

/* A breach of procedure is somebody's, and somebody else hears of it. */
static void check_irregularities(const struct check *check, const struct action *action)
{
	for (size_t i = 0; i < action->check_count; i++) {
		const struct check_rule *rule = &action->checks[i];
		const struct breach_holder holder = {.breach = &rule->breach,
			.section = STR("actions"),
			.name = str_format(check->arena, "%.*s.checks", STR_ARG(action->name)),
			.place = rule->place,
			.bearer = rule->of,
			.in = action->from,
			.in_count = action->from_count};

		if (rule->of >= 0)
			check_reach(check, &holder);
	}
}

/* What is late stays late. */
static void check_moved(const struct check *check, const struct request_rule *request)
{
	if (request->moves >= 0 && !request->before_due)
		REFUSE(check, request->place, STR_NONE,
			"%.*s may move the day of %.*s when it has passed, so what was late would not stay "
			"late: add "
			"`before_due: true`",
			STR_ARG(request->name), STR_ARG(check->procedure->duties[request->moves].name));
}

void rule_p3_check(const struct check *check)
{
	struct breach_holder holder;
	struct opener opener;

	for (size_t i = 0; breach_holder_at(check->procedure, i, &holder); i++)
		check_reach(check, &holder);
	for (size_t i = 0; opener_at(check->arena, check->procedure, i, &opener); i++)
		check_opener(check, &opener);
	for (size_t i = 0; i < check->procedure->action_count; i++)
		check_irregularities(check, &check->procedure->actions[i]);
	for (size_t i = 0; i < check->procedure->request_count; i++)
		check_moved(check, &check->procedure->requests[i]);
	chain_check(check);
}

void rule_p3_check_org(const struct check *check)
{
	chain_check(check);
}
