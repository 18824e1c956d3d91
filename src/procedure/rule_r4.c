/* R4 来信必复: whoever reports without a name is answered, on every way to an end, and told to few. */
#include "procedure/check.h"

const char rule_r4_zh[] =
	"写了 `letters` 的程序,任何人可不具名发起,凭回执码查看答复。这样的程序必须是隔离事项\n"
	"(`visibility: compartment`):来信的原话和被反映人只让承办的少数人知道。\n"
	"从开始到任何办结状态,每条路上都有写了 `tells_reporter` 的动作:来信总有答复。\n"
	"没有 `letters` 的程序不写 `tells_reporter`:没有人会读到。\n"
	"违反(可以不答复就了结):\n"
	"    drop: {by: office, from: received, to: closed}\n"
	"改正:\n"
	"    drop: {by: office, from: received, to: closed, fields: {answer: {type: text, required: true}}, "
	"tells_reporter: [answer]}\n";
const char rule_r4_en[] =
	"A procedure with `letters` may be begun by anybody without a name, who reads the answer by a code. "
	"It is "
	"a\n"
	"compartment (`visibility: compartment`): the words of a report, and whom it is about, are for the "
	"few "
	"who\n"
	"deal with it. On every way from the beginning to an end there is an action with `tells_reporter`, "
	"so "
	"that\n"
	"each report is answered. Without `letters` there is nobody whom `tells_reporter` could tell.\n"
	"Breaks it (it can end without an answer):\n"
	"    drop: {by: office, from: received, to: closed}\n"
	"Mends it:\n"
	"    drop: {by: office, from: received, to: closed, fields: {answer: {type: text, required: true}}, "
	"tells_reporter: [answer]}\n";

static bool says_nothing(const struct procedure *procedure, int action, int state, const void *context)
{
	(void)state;
	(void)context;
	return procedure->actions[action].tells_reporter_count == 0;
}

static void refuse_idle(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].tells_reporter_count > 0)
			REFUSE(check, procedure->actions[i].tells_reporter_place, STR_NONE,
				"%.*s tells nobody by it: without `letters` nobody reports",
				STR_ARG(procedure->actions[i].name));
}

void rule_r4_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	if (procedure->letters.place.line == 0) {
		refuse_idle(check);
		return;
	}
	if (procedure->visibility != VISIBILITY_COMPARTMENT)
		REFUSE(check, procedure->letters.place, STR_NONE,
			"what is reported without a name is told to few: let `visibility` be compartment");
	struct paths silent = paths_from(check->arena, &check->graph, procedure->start, says_nothing, NULL);

	for (size_t i = 0; i < procedure->state_count; i++)
		if (procedure->states[i].end != END_NONE && paths_reach(&silent, (int)i))
			REFUSE(check, procedure->letters.place, path_print(check->arena, &silent, (int)i),
				"it can end as %.*s before whoever reported was answered: let an action on "
				"the way have `tells_reporter`",
				STR_ARG(procedure->states[i].name));
}
