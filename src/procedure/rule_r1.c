/* R1 责任到岗: in the institution at hand each role is a post, and no post is on both sides. */
#include "procedure/check.h"

#include "base/words.h"

const char rule_r1_zh[] =
	"对照机构:每个角色至少落到一个现有岗位(职能已交给某部门或岗位,部门有负责人岗位,`superior_of`\n"
	"之上确有岗位);`with` 里写明的单位、岗位、人员代码确有其物。\n"
	"落到同一岗位的两个角色算同一方,P1、P2、S1 照此再查一次;责任人的追责不能只送到责任人自己的岗位;\n"
	"\n"
	"因 `not_by` "
	"而不能做下一步的岗位,不能把能做的岗位占尽。由字段决定的角色要等到具体事项才知道,这里不查。\n"
	"违反:\n"
	"    functions: {supervision_office: office, inspection_office: office}   # 提请与办结同在一个部门\n"
	"改正:\n"
	"    functions: {supervision_office: office, inspection_office: inspection}\n";
const char rule_r1_en[] =
	"With the institution at hand: each role resolves to at least one existing post (its function is\n"
	"given to a unit with a head post or to a post; above a `superior_of` there is one), and every code\n"
	"of a unit, post or person in a `with` exists.\n"
	"Two roles that are one post are one side, and P1, P2 and S1 are proved again with that. No breach\n"
	"reaches only the posts that failed the duty, and the steps that `not_by` names can't use up all "
	"the\n"
	"posts that may do the next. Roles that a field names are known only in a matter and aren't checked "
	"here.\n"
	"Breaks it:\n"
	"    functions: {supervision_office: office, inspection_office: office}   # one asks, the other "
	"closes\n"
	"Mends it:\n"
	"    functions: {supervision_office: office, inspection_office: inspection}\n";

/* ---- each role is a post ---- */

static void check_function(const struct check *check, const struct role *role)
{
	const struct function *function = org_function(check->org, role->function);

	if (function == NULL) {
		REFUSE(check, role->place, STR_NONE,
			"role %.*s needs the function %.*s, which no unit or post of this institution has: "
			"give it to one",
			STR_ARG(role->name), STR_ARG(role->function));
		return;
	}
	/* A post that has it, and the unit, exist: the org takes no function without. */
	if (function->post == 0 && org_head_post(check->org, function->unit) == 0)
		REFUSE(check, role->place, STR_NONE,
			"role %.*s needs the function %.*s, but the unit %.*s that has it has no head post: "
			"add one",
			STR_ARG(role->name), STR_ARG(role->function),
			STR_ARG(org_unit(check->org, function->unit)->code));
}

static void check_role(const struct check *check, int index)
{
	const struct role *role = &check->procedure->roles[index];

	if (role->kind == ROLE_FUNCTION) {
		check_function(check, role);
		return;
	}
	/* Where the role below it is no post either, that is the finding. */
	if (role_post(check, index) == 0 && role_post(check, role->of) > 0)
		REFUSE(check, role->place, STR_NONE,
			"role %.*s, the %s %.*s, is no post of this institution: add one or name another "
			"role",
			STR_ARG(role->name),
			role->kind == ROLE_HEAD ? WORDS_BOTH("主要负责人,属", "head of")
						: WORDS_BOTH("上级岗位,高于", "post above"),
			STR_ARG(check->procedure->roles[role->of].name));
}

/* ---- constants ---- */

static bool are_units(const struct org *org, struct str codes)
{
	for (struct str code; str_cut(&codes, ',', &code);)
		if (org_unit_by_code(org, str_trim(code)) == NULL)
			return false;
	return true;
}

static bool are_persons(const struct org *org, struct str codes)
{
	for (struct str code; str_cut(&codes, ',', &code);)
		if (org_person_by_code(org, str_trim(code)) == NULL)
			return false;
	return true;
}

static bool is_known(const struct org *org, enum field_type type, struct str code)
{
	switch (type) {
	case FIELD_UNIT:
		return org_unit_by_code(org, code) != NULL;
	case FIELD_UNITS:
		return are_units(org, code);
	case FIELD_POST:
		return org_post_by_code(org, code) != NULL;
	case FIELD_PERSON:
		return org_person_by_code(org, code) != NULL;
	case FIELD_PERSONS:
		return are_persons(org, code);
	default:
		return true;
	}
}

/* A code that stands for nobody would keep the matter from being opened when it is due. */
static void check_constants(const struct check *check, const struct opener *opener)
{
	const struct procedure *target = opener_target(check, opener->opening);

	for (size_t i = 0; target != NULL && i < opener->opening->with_count; i++) {
		const struct given *given = &opener->opening->with[i];
		int to = procedure_field(target, given->to);

		if (to < 0 || given->field >= 0 || given->column != NULL ||
			is_known(check->org, target->fields[to].type, given->text))
			continue;
		REFUSE(check, given->place, STR_NONE,
			"%.*s gives \"%.*s\" to %.*s of %.*s, and this institution has none of that code: "
			"name one that it has",
			STR_ARG(opener->holder), STR_ARG(given->text), STR_ARG(given->to),
			STR_ARG(target->name));
	}
}

/* ---- no post on both sides ---- */

static bool has_all(const struct post_set *outer, const struct post_set *inner)
{
	for (size_t i = 0; i < inner->count; i++)
		if (!post_set_has(outer, inner->ids[i]))
			return false;
	return inner->known && inner->count > 0;
}

/* How many of those posts the actions that `action` excludes may bar from it; all where one of them repeats.
 */
static size_t count_barred(const struct check *check, int index, const struct post_set *posts, int *ret_by)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[index];
	const bool *leads = graph_leads_to(check->arena, &check->graph, states_of(check, index), NULL, NULL);
	size_t barred = 0;

	for (size_t i = 0; i < action->not_by_count; i++) {
		int other = action->not_by[i];
		struct post_set others = role_posts(check, procedure->actions[other].by);

		if (!has_all(&others, posts) || asks_for_success(check, other, index) ||
			!action_precedes(check, other, leads))
			continue;
		*ret_by = other;
		if (!action_repeats(check, other))
			barred++;
		else if (!role_covers(procedure, procedure->actions[other].by, action->by))
			return posts->count; /* where it covers, P2 refuses that without an institution */
	}
	return barred;
}

/* Each that does what `not_by` bars from the next step is one post less for it; somebody must be left. */
static void check_left(const struct check *check, int index)
{
	const struct procedure *procedure = check->procedure;
	const struct action *action = &procedure->actions[index];
	struct post_set posts = role_posts(check, action->by);
	int by = -1;

	if (!posts.known || posts.count == 0 || count_barred(check, index, &posts, &by) < posts.count)
		return;
	REFUSE(check, action->not_by_place, STR_NONE,
		"in this institution %.*s has %zu post%s, and none may be left for %.*s: each may have done "
		"%.*s or the "
		"like before, which bars from it; give the function of %.*s to another unit, or add a deputy",
		STR_ARG(procedure->roles[action->by].name), posts.count, posts.count == 1 ? "" : "s",
		STR_ARG(action->name), STR_ARG(procedure->actions[by].name),
		STR_ARG(procedure->roles[action->by].name));
}

/* Does a reach lead to a post, or to one that only the matter knows, that isn't the bearer's? */
static bool reaches_beyond(
	const struct check *check, const struct reach *reach, const struct post_set *bearer)
{
	int64_t post = reach_post(check, reach);

	/* A role that is no post is refused by itself. */
	return post < 0 || role_post(check, reach->role) == 0 || (post > 0 && !post_set_has(bearer, post));
}

static void check_breach(const struct check *check, const struct breach_holder *holder)
{
	struct post_set bearer = role_posts(check, holder->bearer);

	if (holder->has_default || holder->breach->opens.procedure.size > 0 ||
		holder->breach->escalate_count == 0 || (bearer.known && bearer.count == 0))
		return;
	for (size_t i = 0; i < holder->breach->escalate_count; i++)
		if (reaches_beyond(check, &holder->breach->escalate[i], &bearer))
			return;
	REFUSE(check, holder->breach->place, STR_NONE,
		"in this institution a breach of %.*s.%.*s reaches nobody other than %.*s, who bears it: "
		"escalate to a role that another unit has",
		STR_ARG(holder->section), STR_ARG(holder->name),
		STR_ARG(check->procedure->roles[holder->bearer].name));
}

void rule_r1_check_org(const struct check *check)
{
	static rule_check_fn *const about_sides[] = {rule_p1_check, rule_p2_check, rule_s1_check};
	const struct procedure *procedure = check->procedure;
	struct breach_holder holder;
	struct opener opener;

	if (check->org == NULL)
		return;
	for (int i = 0; i < (int)procedure->role_count; i++)
		check_role(check, i);
	for (size_t i = 0; opener_at(check->arena, procedure, i, &opener); i++)
		check_constants(check, &opener);
	together_check(check, about_sides, ARRAY_COUNT(about_sides));
	for (int i = 0; i < (int)procedure->action_count; i++)
		if (procedure->actions[i].not_by_count > 0)
			check_left(check, i);
	for (size_t i = 0; breach_holder_at(procedure, i, &holder); i++)
		check_breach(check, &holder);
}
