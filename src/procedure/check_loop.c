/* What comes before what; and loops: each must pass a reason, and somebody of another side. */
#include "procedure/check.h"

#include "base/words.h"

/* ---- what comes before ---- */

bool *states_of(const struct check *check, int action)
{
	const struct action *row = &check->procedure->actions[action];
	bool *states = ARENA_TAKE(check->arena, check->procedure->state_count + 1, bool);

	for (size_t i = 0; i < row->from_count; i++)
		states[row->from[i]] = paths_reach(&check->paths, row->from[i]);
	return states;
}

bool action_precedes(const struct check *check, int action, const bool *leads)
{
	const struct action *earlier = &check->procedure->actions[action];

	for (size_t i = 0; i < earlier->from_count; i++)
		if (paths_reach(&check->paths, earlier->from[i]) &&
			leads[earlier->to >= 0 ? earlier->to : earlier->from[i]])
			return true;
	return false;
}

bool action_repeats(const struct check *check, int action)
{
	const bool *leads = graph_leads_to(check->arena, &check->graph, states_of(check, action), NULL, NULL);

	return action_precedes(check, action, leads);
}

bool asks_for_success(const struct check *check, int action, int closing)
{
	const struct action *asking = &check->procedure->actions[action];
	int to = check->procedure->actions[closing].to;

	return to >= 0 && state_succeeds(check->procedure, to) && asking->to >= 0 &&
	       may_be_done(check, closing, asking->to);
}

int excluded_by_own_side(const struct check *check, int action)
{
	const struct procedure *procedure = check->procedure;
	const struct action *row = &procedure->actions[action];
	const bool *leads = NULL;

	for (size_t i = 0; i < row->not_by_count; i++) {
		int other = row->not_by[i];

		if (!role_covers(procedure, procedure->actions[other].by, row->by) ||
			asks_for_success(check, other, action) || !action_repeats(check, other))
			continue;
		if (leads == NULL)
			leads = graph_leads_to(
				check->arena, &check->graph, states_of(check, action), NULL, NULL);
		if (action_precedes(check, other, leads))
			return other;
	}
	return -1;
}

/* ---- loops without a reason ---- */

static bool gives_reason(const struct action *action)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (action->fields[i].required && action->fields[i].type == FIELD_TEXT)
			return true;
	return false;
}

static bool gives_no_reason(const struct procedure *procedure, int action, int state, const void *context)
{
	(void)state, (void)context;
	return !gives_reason(&procedure->actions[action]);
}

/* ---- loops on which one side alone acts ---- */

struct alone {
	const struct check *check;
	int role;
};

/* Done by that side, and nobody else is told. */
static bool acts_alone(const struct procedure *procedure, int action, int state, const void *context)
{
	const struct alone *alone = context;
	const struct action *row = &procedure->actions[action];

	(void)procedure;
	return roles_overlap(alone->check, row->by, alone->role) && !action_is_told(alone->check, row, state);
}

/* ---- both ---- */

/* A kind of loop: an edge belongs to it when `may_pass` lets it through. */
struct loop_kind {
	path_filter_fn *may_pass;
	const void *context;
	const char *why; /* what is wrong with it, and how it is mended */
};

static void refuse_loop(const struct check *check, const struct loop_kind *kind, const struct paths *round,
	int from, int action)
{
	const struct procedure *procedure = check->procedure;
	int to = procedure->actions[action].to;
	struct buf path = buf_new(check->arena);

	path_put(&path, &check->paths, to);
	path_put_rest(&path, round, from);
	path_put_action(&path, procedure, action, from);
	REFUSE(check, procedure->actions[action].place, buf_str(&path), "%.*s closes a loop through %.*s %s",
		STR_ARG(procedure->actions[action].name), STR_ARG(procedure->states[to].name), kind->why);
}

/* Every loop has an action that doesn't lead farther from the start, so it is enough to look at those: is
 * there a way of the same kind from where it leads to where it began? */
static bool refuse_loops(const struct check *check, const struct loop_kind *kind, int action)
{
	const struct action *back = &check->procedure->actions[action];
	struct paths round = {.distance = NULL};

	for (size_t i = 0; back->to >= 0 && i < back->from_count; i++) {
		int from = back->from[i];

		if (!paths_reach(&check->paths, from) ||
			check->paths.distance[back->to] > check->paths.distance[from] ||
			!kind->may_pass(check->procedure, action, from, kind->context))
			continue;
		if (round.distance == NULL)
			round = paths_from(
				check->arena, &check->graph, back->to, kind->may_pass, kind->context);
		if (paths_reach(&round, from)) {
			refuse_loop(check, kind, &round, from, action);
			return true;
		}
	}
	return false;
}

void loop_check(const struct check *check)
{
	const struct loop_kind unexplained = {gives_no_reason, NULL,
		WORDS_BOTH("循环之中没有人说明理由,事项可能无休止地循环而不作解释:请给它一个必填的文字字段",
			"on which nobody gives a reason, so a matter may go round for ever unexplained: give "
			"it a required text field")};

	for (int a = 0; a < (int)check->procedure->action_count && !findings_full(check->findings); a++) {
		struct alone alone = {check, check->procedure->actions[a].by};
		const struct loop_kind unseen = {acts_alone, &alone,
			WORDS_BOTH(
				"循环之中只有一方办理,其责任可以随意重新起算:请由另一角色办理其中一步,或在 "
				"`answers_to` 中写明另一角色",
				"on which one side acts alone, so its duties begin anew as often as it "
				"likes: "
				"let another role act on it, or name another role in `answers_to`")};

		if (!refuse_loops(check, &unexplained, a))
			refuse_loops(check, &unseen, a);
	}
}
