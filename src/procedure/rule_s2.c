/* S2 办结凭据: no way to success without evidence. */
#include "procedure/check.h"

const char rule_s2_zh[] =
	"每条走向成功终结的路径,在办结动作之前都经过一个必须附凭据的动作(`evidence: required`);\n"
	"否则程序用 `no_evidence` 写明为什么不需要。办结动作自带的是验收记录,不是它所验的凭据,不算。\n"
	"违反(空口提请办结):\n"
	"    ask_close: {by: lead, from: working, to: review}\n"
	"改正:\n"
	"    ask_close: {by: lead, from: working, to: review, evidence: required}\n"
	"或者:\n"
	"    no_evidence: 会议结果以表决记录为准,另无佐证材料\n";
const char rule_s2_en[] =
	"Each path to `end: success` passes, before the closing action, one with `evidence: required`; or\n"
	"the procedure says in `no_evidence` why none is needed. What the closing action itself brings is "
	"the\n"
	"record of acceptance, not what is accepted, and doesn't count.\n"
	"Breaks it (asking to close on one's word):\n"
	"    ask_close: {by: lead, from: working, to: review}\n"
	"Mends it:\n"
	"    ask_close: {by: lead, from: working, to: review, evidence: required}\n"
	"or:\n"
	"    no_evidence: the ballot's own record shows the result\n";

static bool asks_no_evidence(const struct procedure *procedure, int action, int state, const void *context)
{
	(void)state, (void)context;
	return procedure->actions[action].evidence != EVIDENCE_REQUIRED;
}

/* The shortest bare way to `closing`, or the state -1. */
static int bare_from(const struct paths *bare, const struct action *closing)
{
	int nearest = -1;

	for (size_t i = 0; i < closing->from_count; i++)
		if (paths_reach(bare, closing->from[i]) &&
			(nearest < 0 || bare->distance[closing->from[i]] < bare->distance[nearest]))
			nearest = closing->from[i];
	return nearest;
}

static void check_closing(const struct check *check, const struct paths *bare, int closing)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[closing];
	int from = bare_from(bare, action);
	struct buf path = buf_new(check->arena);

	if (from < 0)
		return;
	path_put(&path, bare, from);
	path_put_action(&path, procedure, closing, from);
	REFUSE(check, action->place, buf_str(&path),
		"a matter can come to %.*s without any evidence%s%.*s%s: put `evidence: required` on an "
		"action of this path%s, or say in `no_evidence` why none is needed",
		STR_ARG(procedure->states[action->to].name),
		action->evidence == EVIDENCE_REQUIRED ? " but what " : "",
		STR_ARG(action->evidence == EVIDENCE_REQUIRED ? action->name : STR_NONE),
		action->evidence == EVIDENCE_REQUIRED ? " brings itself" : "",
		action->evidence == EVIDENCE_REQUIRED ? " that comes before it" : "");
}

void rule_s2_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	struct paths bare;

	if (str_trim(procedure->no_evidence).size > 0)
		return;
	bare = paths_from(check->arena, &check->graph, procedure->start, asks_no_evidence, NULL);
	for (int a = 0; a < (int)procedure->action_count; a++)
		if (procedure->actions[a].to >= 0 && state_succeeds(procedure, procedure->actions[a].to))
			check_closing(check, &bare, a);
}
