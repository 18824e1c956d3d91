/* S1 报者不验: who reports that something is done is never the one who accepts it. */
#include "procedure/check.h"

#include "base/words.h"

const char rule_s1_zh[] =
	"报者不验。走向成功终结的动作(办结),其角色不同于提请的角色(进入办结前状态的动作是谁做的,谁就是\n"
	"提请者);办结者自己一方提供过凭据的,其后须有另一方做过动作。其 `not_by` 列出此前可能提供凭据的\n"
	"全部动作,不论哪个角色所做;此前没有凭据时,列出提请的动作。一人可兼两岗,所以角色不同还不够。\n"
	"办结动作自带的凭据是验收人自己的验收记录,它验的是此前的一切,自己不列入。部门与其负责人不算两个\n"
	"角色;起始状态不能直接办结,因为没有人提请。\n"
	"违反:\n"
	"    close: {by: office, from: review, to: closed}\n"
	"改正:\n"
	"    close: {by: office, from: review, to: closed, not_by: [report, ask_close]}\n";
const char rule_s1_en[] =
	"Who reports never verifies. An action that leads to `end: success` is by another role than the one\n"
	"that asked (whoever did the action that entered the state it closes from); where its own side\n"
	"brought evidence, another side has acted since. Its `not_by` names every action before it that may\n"
	"bring evidence, whoever does it; where none does, the actions that asked. One person can hold two\n"
	"posts, so different roles alone are not enough. Evidence that the closing action itself brings is\n"
	"the verifier's own record of acceptance: it is about all that came before and need not name "
	"itself.\n"
	"A unit and its head are not two roles; the start can't be closed directly, because nobody asked.\n"
	"Breaks it:\n"
	"    close: {by: office, from: review, to: closed}\n"
	"Mends it:\n"
	"    close: {by: office, from: review, to: closed, not_by: [report, ask_close]}\n";

static bool closes(const struct procedure *procedure, int action)
{
	int to = procedure->actions[action].to;

	return to >= 0 && state_succeeds(procedure, to);
}

static bool excludes(const struct action *action, int other)
{
	for (size_t i = 0; i < action->not_by_count; i++)
		if (action->not_by[i] == other)
			return true;
	return false;
}

/* A reachable state from which `action` enters `state`, or -1. */
static int enters_from(const struct check *check, int action, int state)
{
	const struct action *entering = &check->procedure->actions[action];

	if (entering->to != state)
		return -1;
	for (size_t i = 0; i < entering->from_count; i++)
		if (entering->from[i] != state && paths_reach(&check->paths, entering->from[i]))
			return entering->from[i];
	return -1;
}

static struct str path_through(const struct check *check, int from, int entering, int state, int closing)
{
	struct buf path = buf_new(check->arena);

	path_put(&path, &check->paths, from);
	if (entering >= 0)
		path_put_action(&path, check->procedure, entering, from);
	path_put_action(&path, check->procedure, closing, state);
	return buf_str(&path);
}

static void check_askers(const struct check *check, int closing, int state)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[closing];

	if (state == procedure->start)
		REFUSE(check, action->place, path_through(check, state, -1, state, closing),
			"%.*s closes straight from the start %.*s, where nobody has asked for it: let "
			"another role ask first, by an action that leads to a state of its own",
			STR_ARG(action->name), STR_ARG(procedure->states[state].name));
	for (int a = 0; a < (int)procedure->action_count; a++) {
		int from = enters_from(check, a, state);

		if (from < 0 || !roles_overlap(check, procedure->actions[a].by, action->by))
			continue;
		REFUSE(check, action->place, path_through(check, from, a, state, closing),
			"%.*s by %.*s accepts what %.*s asked for by %.*s: let another role do one of the "
			"two",
			STR_ARG(action->name), STR_ARG(procedure->roles[action->by].name),
			STR_ARG(procedure->roles[procedure->actions[a].by].name),
			STR_ARG(procedure->actions[a].name));
	}
}

/* ---- evidence that nobody else has looked at ---- */

struct own {
	const struct check *check;
	int role;
};

static bool is_own(const struct procedure *procedure, int action, int state, const void *context)
{
	const struct own *own = context;

	(void)state;
	return roles_overlap(own->check, procedure->actions[action].by, own->role);
}

static void refuse_own_evidence(const struct check *check, int closing, int reporting, int from)
{
	const struct procedure *procedure = check->procedure;
	const struct action *close = &procedure->actions[closing], *report = &procedure->actions[reporting];
	struct own own = {check, close->by};
	struct paths paths =
		paths_from(check->arena, &check->graph, report->to >= 0 ? report->to : from, is_own, &own);
	struct buf path = buf_new(check->arena);
	size_t i = 0;

	while (!paths_reach(&paths, close->from[i]))
		i++;
	path_put(&path, &check->paths, from);
	path_put_action(&path, procedure, reporting, from);
	path_put_rest(&path, &paths, close->from[i]);
	path_put_action(&path, procedure, closing, close->from[i]);
	REFUSE(check, close->place, buf_str(&path),
		"%.*s by %.*s accepts the evidence of %.*s by %.*s, and nobody else has acted in between: "
		"let "
		"another role close, or act before it closes",
		STR_ARG(close->name), STR_ARG(procedure->roles[close->by].name), STR_ARG(report->name),
		STR_ARG(procedure->roles[report->by].name));
}

/* Between an action that brings evidence and the closing, both of one side, somebody of another side must
 * have acted. One such action is enough to say so. */
static void check_own_evidence(const struct check *check, int closing)
{
	const struct procedure *procedure = check->procedure;
	const struct action *close = &procedure->actions[closing];
	struct own own = {check, close->by};
	const bool *begin = states_of(check, closing);
	const bool *leads = graph_leads_to(check->arena, &check->graph, begin, is_own, &own);

	for (int a = 0; a < (int)procedure->action_count; a++) {
		const struct action *report = &procedure->actions[a];

		if (a == closing || report->evidence == EVIDENCE_NONE ||
			!roles_overlap(check, report->by, close->by) ||
			(report->to >= 0 && begin[report->to]))
			continue; /* what enters the state it closes from has asked for it */
		for (size_t i = 0; i < report->from_count; i++)
			if (paths_reach(&check->paths, report->from[i]) &&
				leads[report->to >= 0 ? report->to : report->from[i]]) {
				refuse_own_evidence(check, closing, a, report->from[i]);
				return;
			}
	}
}

/* ---- who may not close ---- */

/* Marks the actions that bring what `closing` verifies; false when none brings evidence. */
static bool mark_evidence(const struct check *check, int closing, bool *marked)
{
	const struct procedure *procedure = check->procedure;
	bool *before, any = false;

	before = graph_leads_to(check->arena, &check->graph, states_of(check, closing), NULL, NULL);
	for (int a = 0; a < (int)procedure->action_count; a++)
		if (a != closing && procedure->actions[a].evidence != EVIDENCE_NONE &&
			action_precedes(check, a, before))
			any = marked[a] = true;
	return any;
}

static void mark_askers(const struct check *check, int closing, bool *marked)
{
	const struct action *action = &check->procedure->actions[closing];

	for (int a = 0; a < (int)check->procedure->action_count; a++)
		for (size_t i = 0; i < action->from_count; i++)
			if (a != closing && enters_from(check, a, action->from[i]) >= 0)
				marked[a] = true;
}

static void check_not_by(const struct check *check, int closing)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[closing];
	bool *verified = ARENA_TAKE(check->arena, procedure->action_count + 1, bool);
	bool evidence = mark_evidence(check, closing, verified);
	struct buf names = buf_new(check->arena);
	size_t missing = 0, listed = 0;

	if (!evidence)
		mark_askers(check, closing, verified);
	for (int a = 0; a < (int)procedure->action_count; a++)
		missing += verified[a] && !excludes(action, a);
	for (int a = 0; a < (int)procedure->action_count; a++)
		if (verified[a] && !excludes(action, a))
			list_put(&names, procedure->actions[a].name, listed++, missing);
	if (missing > 0)
		REFUSE(check, action->not_by_place.line > 0 ? action->not_by_place : action->place, STR_NONE,
			"%.*s may be done by whoever did %.*s, %s it verifies: add %s to its `not_by`",
			STR_ARG(action->name), STR_ARG(buf_str(&names)),
			evidence ? WORDS_BOTH("其佐证", "whose evidence")
				 : WORDS_BOTH("此事", "which is all that"),
			missing > 1 ? WORDS_BOTH("它们", "them") : WORDS_BOTH("它", "it"));
}

void rule_s1_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (int a = 0; a < (int)procedure->action_count; a++) {
		const struct action *action = &procedure->actions[a];

		if (!closes(procedure, a))
			continue;
		for (size_t i = 0; i < action->from_count; i++)
			if (paths_reach(&check->paths, action->from[i]))
				check_askers(check, a, action->from[i]);
		check_own_evidence(check, a);
		check_not_by(check, a);
	}
}
