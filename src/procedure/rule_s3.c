/* S3 求者不批: who asks for something is never the one who grants it. */
#include "procedure/check.h"

#include "base/words.h"

const char rule_s3_zh[] =
	"求者不批。请求的提出者与决定者不同:不同名但职能或字段相同的角色是同一角色,部门与其负责人也不算\n"
	"两个。决定者不因此得益:不推迟、不停止自己的责任。\n"
	"谁也不给自己定期限、不把自己的责任转给别人:责任人自己的动作若填写期限或责任人所在的字段,\n"
	"到该责任存续之前须有另一方做过动作,或用 `answers_to` 告知另一方。\n"
	"对照机构再查一次:两项职能若落在同一部门或同一岗位,也算同一角色。\n"
	"违反:\n"
	"    extend: {by: lead, decided_by: lead_head, …}          # lead_head: {head_of: lead}\n"
	"改正:\n"
	"    extend: {by: lead, decided_by: office, …}\n";
const char rule_s3_en[] =
	"Who asks never grants. A request's asker and decider differ: roles with another name but the same\n"
	"function or field are one role, and a unit and its head aren't two. Who decides gains nothing by "
	"it:\n"
	"it neither puts off nor stops a duty of its own.\n"
	"Nobody sets the day of their own duty or passes it on: where an action of the bearer's fills in "
	"the\n"
	"field that holds the day or the bearer, another side acts before the duty holds, or is told by\n"
	"`answers_to`.\n"
	"It is checked again with the institution at hand: two functions given to one unit or post are one\n"
	"role as well.\n"
	"Breaks it:\n"
	"    extend: {by: lead, decided_by: lead_head, …}          # lead_head: {head_of: lead}\n"
	"Mends it:\n"
	"    extend: {by: lead, decided_by: office, …}\n";

static void check_asker(const struct check *check, const struct request_rule *request)
{
	const struct procedure *procedure = check->procedure;
	const char *why = ", and the two are one side";

	if (!roles_overlap(check, request->by, request->decided_by))
		return;
	if (request->by == request->decided_by)
		why = ", which is the same role";
	else if (roles_equal(procedure, request->by, request->decided_by))
		why = ", which is the same role under another name";
	else if (role_unit(procedure, request->by) == role_unit(procedure, request->decided_by))
		why = ", and a unit and its own head are one side";
	REFUSE(check, request->place, STR_NONE,
		"%.*s is asked for by %.*s and decided by %.*s%s: let another role decide",
		STR_ARG(request->name), STR_ARG(procedure->roles[request->by].name),
		STR_ARG(procedure->roles[request->decided_by].name), why);
}

/* ---- who decides gains nothing by it ---- */

static void refuse_gain(const struct check *check, const struct request_rule *request, int duty, int state)
{
	const struct procedure *procedure = check->procedure;

	REFUSE(check, request->place, path_print(check->arena, &check->paths, state),
		"by granting %.*s, %.*s would %s its own duty %.*s: let a role decide that owes nothing by "
		"it",
		STR_ARG(request->name), STR_ARG(procedure->roles[request->decided_by].name),
		request->moves >= 0 ? WORDS_BOTH("推迟", "put off") : WORDS_BOTH("中止", "stop"),
		STR_ARG(procedure->duties[duty].name));
}

static void check_gain(const struct check *check, const struct request_rule *request)
{
	const struct procedure *procedure = check->procedure;

	if (roles_overlap(check, request->by, request->decided_by))
		return; /* refused for that */
	for (int d = 0; d < (int)procedure->duty_count; d++) {
		const struct duty_rule *duty = &procedure->duties[d];
		bool touched = request->moves == d || (request->stops_all && duty->limit.kind != LIMIT_EVERY);

		if (!touched || !roles_overlap(check, duty->bearer, request->decided_by))
			continue;
		for (size_t i = 0; i < request->in_count; i++)
			if (duty_holds_in(duty, request->in[i])) {
				refuse_gain(check, request, d, request->in[i]);
				return;
			}
	}
}

/* ---- nobody sets their own day, or passes on their own duty ---- */

struct side {
	const struct check *check;
	int role;
};

static bool is_of_side(const struct procedure *procedure, int action, int state, const void *context)
{
	const struct side *side = context;

	(void)state;
	return roles_overlap(side->check, procedure->actions[action].by, side->role);
}

static void refuse_own_field(const struct check *check, const struct duty_rule *duty, int field,
	const char *what, int action, int from)
{
	const struct procedure *procedure = check->procedure;
	const struct action *sets = &procedure->actions[action];
	struct side side = {check, duty->bearer};
	struct paths paths =
		paths_from(check->arena, &check->graph, sets->to >= 0 ? sets->to : from, is_of_side, &side);
	struct buf path = buf_new(check->arena);
	size_t i = 0;

	while (!paths_reach(&paths, duty->in[i]))
		i++;
	path_put(&path, &check->paths, from);
	path_put_action(&path, procedure, action, from);
	path_put_rest(&path, &paths, duty->in[i]);
	REFUSE(check, sets->place, buf_str(&path),
		"%.*s lets %.*s set %.*s, %s %.*s, and nobody else acts before it holds: let another role "
		"set it, act "
		"in between, or be told by `answers_to`",
		STR_ARG(sets->name), STR_ARG(procedure->roles[sets->by].name),
		STR_ARG(procedure->fields[field].name), what, STR_ARG(duty->name));
}

/* Does an action of the bearer's own set the field, untold, and come to the duty before anybody else has
 * acted? */
static void check_own_field(
	const struct check *check, const struct duty_rule *duty, int field, const char *what)
{
	const struct procedure *procedure = check->procedure;
	struct side side = {check, duty->bearer};
	bool *held = ARENA_TAKE(check->arena, procedure->state_count + 1, bool);
	const bool *leads;

	for (size_t i = 0; i < duty->in_count; i++)
		held[duty->in[i]] = true;
	leads = graph_leads_to(check->arena, &check->graph, held, is_of_side, &side);
	for (int a = 0; a < (int)procedure->action_count && !findings_full(check->findings); a++) {
		const struct action *action = &procedure->actions[a];

		if (!action_touches(action, field) || !roles_overlap(check, action->by, duty->bearer))
			continue;
		for (size_t i = 0; i < action->from_count; i++) {
			int from = action->from[i];

			if (!paths_reach(&check->paths, from) || action_is_told(check, action, from) ||
				!leads[action->to >= 0 ? action->to : from])
				continue;
			refuse_own_field(check, duty, field, what, a, from);
			break;
		}
	}
}

static void check_own_duty(const struct check *check, const struct duty_rule *duty)
{
	int bearer = role_field(check->procedure, duty->bearer);

	if (duty->limit.kind == LIMIT_BY || duty->limit.kind == LIMIT_CALENDAR)
		check_own_field(check, duty, duty->limit.field,
			WORDS_BOTH("以此限定自己的责任", "the day that limits its own duty"));
	if (bearer >= 0)
		check_own_field(check, duty, bearer,
			WORDS_BOTH("以此定出自己的责任由谁承担,即", "who bears its own duty"));
}

void rule_s3_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; i < procedure->duty_count; i++)
		check_own_duty(check, &procedure->duties[i]);
	for (size_t i = 0; i < procedure->request_count; i++)
		check_gain(check, &procedure->requests[i]);

	for (size_t i = 0; i < procedure->request_count; i++)
		check_asker(check, &procedure->requests[i]);
}

void rule_s3_check_org(const struct check *check)
{
	static rule_check_fn *const prove[] = {rule_s3_check};

	if (check->org != NULL)
		together_check(check, prove, ARRAY_COUNT(prove));
}
