/* S2 办结凭据: no way to success without evidence. */
#include "procedure/check.h"

const char rule_s2_zh[] = "每条走向成功终结的路径,都经过一个必须附凭据的动作(`evidence: "
			  "required`);否则程序用 `no_evidence` 写明为什么不需要。\n"
			  "办结动作自己必附的验收记录也算。\n"
			  "违反(空口提请办结):\n"
			  "    ask_close: {by: lead, from: working, to: review}\n"
			  "改正:\n"
			  "    ask_close: {by: lead, from: working, to: review, evidence: required}\n"
			  "或者:\n"
			  "    no_evidence: 会议结果以表决记录为准,另无佐证材料\n";
const char rule_s2_en[] =
	"Each path to `end: success` passes an action with `evidence: required`, or the procedure says in "
	"`no_evidence`\n"
	"why none is needed. A record of acceptance that the closing action itself requires counts.\n"
	"Breaks it (asking to close on one's word):\n"
	"    ask_close: {by: lead, from: working, to: review}\n"
	"Mends it:\n"
	"    ask_close: {by: lead, from: working, to: review, evidence: required}\n"
	"or:\n"
	"    no_evidence: the ballot's own record shows the result\n";

static bool asks_no_evidence(const struct procedure *procedure, int action, const void *context)
{
	(void)context;
	return procedure->actions[action].evidence != EVIDENCE_REQUIRED;
}

void rule_s2_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	struct paths bare;

	if (str_trim(procedure->no_evidence).size > 0)
		return;
	bare = paths_from(check->arena, &check->graph, procedure->start, asks_no_evidence, NULL);
	for (int s = 0; s < (int)procedure->state_count; s++)
		if (state_succeeds(procedure, s) && paths_reach(&bare, s) && s != procedure->start)
			REFUSE(check, procedure->actions[bare.by[s]].place,
				path_print(check->arena, &bare, s),
				"a matter can come to %.*s without any evidence: put `evidence: required` on "
				"an action of this "
				"path, or say in `no_evidence` why none is needed",
				STR_ARG(procedure->states[s].name));
}
