/* R1 责任到岗: in the institution at hand each role is a post, and no post is on both sides. */
#include "procedure/check.h"

const char rule_r1_zh[] =
	"对照机构:每个角色至少落到一个现有岗位(职能已交给某部门或岗位,部门有负责人岗位,`superior of` "
	"之上确有岗位);\n"
	"没有岗位同时在分离的两边:不能既提请又办结,"
	"责任人的追责也不能只送到责任人自己的岗位。由字段决定的角色要等到具体事项\n"
	"才知道,这里不查。\n"
	"违反:\n"
	"    functions: {supervision_office: office, inspection_office: office}   # 提请与办结同在一个部门\n"
	"改正:\n"
	"    functions: {supervision_office: office, inspection_office: inspection}\n";
const char rule_r1_en[] = "With the institution at hand: each role resolves to at least one existing post "
			  "(its function is given to a unit\n"
			  "with a head post or to a post; above a `superior of` there is one), and no post "
			  "is on both sides of a\n"
			  "separation: none both asks and closes, and no breach reaches only the posts that "
			  "failed the duty. Roles that\n"
			  "a field names are known only in a matter and aren't checked here.\n"
			  "Breaks it:\n"
			  "    functions: {supervision_office: office, inspection_office: office}   # one "
			  "asks, the other closes\n"
			  "Mends it:\n"
			  "    functions: {supervision_office: office, inspection_office: inspection}\n";

/* ---- each role is a post ---- */

static void check_function(const struct check *check, const struct role *role)
{
	const struct function *function = org_function(check->org, role->function);
	const struct unit *unit;

	if (function == NULL) {
		REFUSE(check, role->place, STR_NONE,
			"role %.*s needs the function %.*s, which no unit or post of this institution has: "
			"give it to one",
			STR_ARG(role->name), STR_ARG(role->function));
		return;
	}
	if (function->post != 0) {
		if (org_post(check->org, function->post) == NULL)
			REFUSE(check, role->place, STR_NONE,
				"role %.*s needs the function %.*s, whose post does not exist: give it to "
				"another",
				STR_ARG(role->name), STR_ARG(role->function));
		return;
	}
	unit = org_unit(check->org, function->unit);
	if (unit == NULL || org_head_post(check->org, function->unit) == 0)
		REFUSE(check, role->place, STR_NONE,
			"role %.*s needs the function %.*s, but the unit %.*s that has it has no head post: "
			"add one",
			STR_ARG(role->name), STR_ARG(role->function),
			STR_ARG(unit != NULL ? unit->code : STR("?")));
}

static bool is_post(const struct check *check, int role)
{
	struct post_set posts = role_posts(check, role);

	return posts.count > 0;
}

static void check_role(const struct check *check, int index)
{
	const struct role *role = &check->procedure->roles[index];
	struct post_set posts;

	if (role->kind == ROLE_FUNCTION) {
		check_function(check, role);
		return;
	}
	posts = role_posts(check, index);
	/* Where the role below it is no post either, that is the finding. */
	if (posts.known && posts.count == 0 && is_post(check, role->of))
		REFUSE(check, role->place, STR_NONE,
			"role %.*s, the %s %.*s, is no post of this institution: add one or name another "
			"role",
			STR_ARG(role->name), role->kind == ROLE_HEAD ? "head of" : "post above",
			STR_ARG(check->procedure->roles[role->of].name));
}

/* ---- no post on both sides ---- */

static void check_closing(const struct check *check, int closing, int asking)
{
	const struct procedure *procedure = check->procedure;
	const struct action *close = &procedure->actions[closing], *ask = &procedure->actions[asking];
	struct post_set closers, askers;
	int64_t post;

	if (roles_overlap(procedure, close->by, ask->by))
		return; /* S1 refuses that without an institution */
	closers = role_posts(check, close->by);
	askers = role_posts(check, ask->by);
	post = post_sets_shared(&closers, &askers);
	if (post != 0)
		REFUSE(check, close->place, STR_NONE,
			"%.*s by %.*s accepts what %.*s asks for by %.*s, and in this institution the post "
			"%.*s is both: give "
			"one of the two functions to another unit",
			STR_ARG(close->name), STR_ARG(procedure->roles[close->by].name),
			STR_ARG(procedure->roles[ask->by].name), STR_ARG(ask->name),
			STR_ARG(org_post(check->org, post)->code));
}

static void check_closings(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (int c = 0; c < (int)procedure->action_count; c++) {
		int to = procedure->actions[c].to;

		if (to < 0 || !state_succeeds(procedure, to))
			continue;
		for (int a = 0; a < (int)procedure->action_count; a++)
			if (a != c && procedure->actions[a].to >= 0 &&
				action_leaves(&procedure->actions[c], procedure->actions[a].to))
				check_closing(check, c, a);
	}
}

/* Does a reach lead to a post, or to one that only the matter knows, that isn't the bearer's? */
static bool reaches_beyond(
	const struct check *check, const struct reach *reach, const struct post_set *bearer)
{
	struct post_set posts = reach_posts(check, reach);
	bool beyond = !posts.known || !bearer->known;

	for (size_t i = 0; i < posts.count; i++) {
		const struct post_set one = {true, &posts.ids[i], 1};

		beyond |= post_sets_shared(&one, bearer) == 0;
	}
	return beyond;
}

static void check_breach(const struct check *check, const struct breach_holder *holder)
{
	struct post_set bearer = role_posts(check, holder->bearer);

	if (holder->has_default || holder->breach->opens.procedure.size > 0 ||
		holder->breach->escalate_count == 0 || !is_post(check, holder->bearer))
		return;
	for (size_t i = 0; i < holder->breach->escalate_count; i++)
		if (reaches_beyond(check, &holder->breach->escalate[i], &bearer))
			return;
	REFUSE(check, holder->breach->place, STR_NONE,
		"in this institution a breach of %.*s %.*s reaches nobody other than %.*s, who bears it: "
		"escalate to a "
		"role that another unit has",
		STR_ARG(holder->kind), STR_ARG(holder->name),
		STR_ARG(check->procedure->roles[holder->bearer].name));
}

void rule_r1_check_org(const struct check *check)
{
	struct breach_holder holder;

	if (check->org == NULL)
		return;
	for (int i = 0; i < (int)check->procedure->role_count; i++)
		check_role(check, i);
	check_closings(check);
	for (size_t i = 0; breach_holder_at(check->procedure, i, &holder); i++)
		check_breach(check, &holder);
}
