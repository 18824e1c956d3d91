/* possible.c: what a person may do here now, and why not the rest. Asked of decide's own checks, so that the
 * screen can never promise what the engine then refuses. */
#include "matter/engine.h"

static const struct why_row {
	const char *rule, *zh, *en;
} why_rows[] = {
	{"from", "当前环节不能办理此项", "not in the present state"},
	{"in", "当前环节不能提出此项申请", "can't be asked for in the present state"},
	{"by", "须由其他岗位办理", "belongs to another post"},
	{"not_by", "经办人不得自行审核", "whoever reported may not verify"},
	{"not_before", "规定的期间未满,还不能办理", "the time that must pass first isn't over"},
	{"suspended", "事项中止期间不能办理", "the matter is suspended"},
	{"end", "事项已经结束", "the matter has ended"},
	{"moves", "所涉期限现不计时", "the day it would move doesn't run now"},
	{"before_due", "须在到期前提出", "had to be asked before the due day"},
	{"close_before_parent", "尚有子项未办结", "parts of it are still open"},
	{"on_behalf", "没有有效的授权代办", "no delegation holds"},
};

static void explain(struct possible *possible, const struct bh_err *why)
{
	for (size_t i = 0; i < ARRAY_COUNT(why_rows); i++)
		if (str_is(str_from(why->place), why_rows[i].rule)) {
			possible->rule = str_from(why_rows[i].rule);
			possible->why_zh = str_from(why_rows[i].zh);
			possible->why_en = str_from(why_rows[i].en);
			return;
		}
}

/* A missing field or a missing file only means that the form isn't filled in yet. */
static bool only_unfilled(enum err err, const struct bh_err *why)
{
	return err == ERR_INVALID || str_is(str_from(why->place), "evidence");
}

static void ask(const struct matter *matter, const struct command *command, const struct world *world,
	struct arena *arena, struct possible *possible)
{
	struct events events;
	struct bh_err why = {0};
	enum err err = matter_decide(matter, command, world, arena, &events, &why);

	possible->may = err == ERR_OK || only_unfilled(err, &why);
	if (!possible->may) {
		explain(possible, &why);
		if (possible->rule.size == 0) {
			possible->rule = str_copy(arena, str_from(why.place));
			possible->why_zh = str_copy(arena, str_from(why.text_zh));
			possible->why_en = str_copy(arena, str_from(why.text));
		}
	}
}

const struct possible *matter_possible(const struct matter *matter, int64_t person, const struct world *world,
	struct arena *arena, size_t *ret_count)
{
	const struct procedure *procedure = matter->procedure;
	size_t count = 0;
	struct possible *all =
		ARENA_TAKE(arena, procedure->action_count + procedure->request_count, struct possible);

	for (size_t i = 0; i < procedure->action_count; i++) {
		struct command command = {.kind = COMMAND_ACT,
			.person = person,
			.matter = matter->id,
			.name = procedure->actions[i].name};

		all[count] = (struct possible){.action = (int)i, .request = -1};
		ask(matter, &command, world, arena, &all[count++]);
	}
	for (size_t i = 0; i < procedure->request_count; i++) {
		struct command command = {.kind = COMMAND_REQUEST,
			.person = person,
			.matter = matter->id,
			.name = procedure->requests[i].name};

		all[count] = (struct possible){.action = -1, .request = (int)i};
		ask(matter, &command, world, arena, &all[count++]);
	}
	*ret_count = count;
	return all;
}

static bool is_named_by_field(const struct procedure *procedure, int role)
{
	const struct role *base = &procedure->roles[role];

	/* The reader refuses circles of roles, so this ends. */
	while (base->kind == ROLE_HEAD || base->kind == ROLE_SUPERIOR)
		base = &procedure->roles[base->of];
	return base->kind == ROLE_FIELD;
}

bool matter_may_open(
	const struct procedure *procedure, int64_t person, const struct org *org, struct day today)
{
	for (size_t i = 0; i < procedure->action_count; i++) {
		int role = procedure->actions[i].by;

		if (!action_leaves(&procedure->actions[i], procedure->start))
			continue;
		if (is_named_by_field(procedure, role))
			return true;
		struct bearer bearer = matter_bearer(procedure, NULL, role, org, today);

		if (bearer_post_of(&bearer, person, org, today) != 0)
			return true;
	}
	return false;
}
