#include "intake/kind.h"

#include "view/unknown.h"

static bool counts_as(const struct procedure *procedure, enum count_kind as)
{
	return procedure->counts_as.place.line > 0 && procedure->counts_as.as == as;
}

static bool is_of_tasks(const struct procedure *procedure)
{
	return counts_as(procedure, COUNTED_TASK);
}

static bool is_of_findings(const struct procedure *procedure)
{
	return counts_as(procedure, COUNTED_FINDING);
}

static const struct field *roll_of(const struct procedure *procedure)
{
	return procedure->study.place.line > 0 && procedure->study.as == STUDY_SESSION
		       ? &procedure->fields[procedure->study.fields[STUDY_PART_ROLL]]
		       : NULL;
}

static const struct field *checklist_of(const struct procedure *procedure)
{
	return counts_as(procedure, COUNTED_CHECKLIST)
		       ? &procedure->fields[procedure->counts_as.fields[COUNT_PART_ITEMS]]
		       : NULL;
}

static const struct kind kinds[] = {
	{"units", "单位", KIND_OF_ORG, ORG_UNITS, NULL, NULL},
	{"posts", "岗位", KIND_OF_ORG, ORG_POSTS, NULL, NULL},
	{"people", "人员", KIND_OF_ORG, ORG_PEOPLE, NULL, NULL},
	{"tenures", "任职", KIND_OF_ORG, ORG_TENURES, NULL, NULL},
	{"functions", "职能", KIND_OF_ORG, ORG_FUNCTIONS, NULL, NULL},
	{"delegations", "授权", KIND_OF_ORG, ORG_DELEGATIONS, NULL, NULL},
	{"kin", "亲属", KIND_OF_ORG, ORG_KIN, NULL, NULL},
	{"relations", "事项关系", KIND_OF_ORG, ORG_RELATIONS, NULL, NULL},
	{"lrmx", "任免审批表", KIND_OF_FORM, ORG_TENURES, NULL, NULL},
	{"calendar", "日历", KIND_OF_CALENDAR, ORG_TABLE_COUNT, NULL, NULL},
	{"tasks", "重点工作", KIND_OF_MATTERS, ORG_TABLE_COUNT, is_of_tasks, NULL},
	{"findings", "问题", KIND_OF_MATTERS, ORG_TABLE_COUNT, is_of_findings, NULL},
	{"rules", "制度", KIND_OF_RULES, ORG_TABLE_COUNT, NULL, NULL},
	{"matters", "事项", KIND_OF_MATTERS, ORG_TABLE_COUNT, NULL, NULL},
	{"attendance", "到会名单", KIND_OF_ROWS, ORG_TABLE_COUNT, NULL, roll_of},
	{"checklists", "检查表", KIND_OF_ROWS, ORG_TABLE_COUNT, NULL, checklist_of},
};

enum err kind_by_name(struct arena *arena, struct str name, const char *place, const struct kind **ret_kind,
	struct bh_err *reterr)
{
	const char *names[ARRAY_COUNT(kinds)];

	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		names[i] = kinds[i].name;
		if (str_is(name, kinds[i].name) || str_is(name, kinds[i].zh)) {
			*ret_kind = &kinds[i];
			return ERR_OK;
		}
	}
	return unknown_set(reterr, arena, ERR_INVALID, place,
		UNKNOWN("没有这一类", "there is no such kind",
			unknown_list(arena, "可用", names, ARRAY_COUNT(kinds)),
			unknown_list(arena, "there are", names, ARRAY_COUNT(kinds))),
		name, names, ARRAY_COUNT(kinds));
}

static bool speaks_of(const struct kind *kind, const struct procedure *procedure)
{
	if (kind->of == KIND_OF_ROWS)
		return kind->rows(procedure) != NULL;
	return kind->speaks_of == NULL || kind->speaks_of(procedure);
}

/* One of some, none of which was named, or the only one. */
static enum err choose(struct arena *arena, const struct kind *kind, const struct institution *institution,
	const struct definition **ret_definition, struct bh_err *reterr)
{
	struct buf names = buf_new(arena);
	size_t count = 0;

	for (size_t i = 0; i < institution->in_force_count; i++) {
		const struct definition *definition = &institution->in_force[i];

		if (!speaks_of(kind, definition->procedure))
			continue;
		buf_format(&names, "%s%.*s", count++ > 0 ? ", " : "", STR_ARG(definition->procedure->name));
		*ret_definition = definition;
	}
	if (count == 0)
		return err_set(reterr, ERR_NOT_FOUND, "--procedure",
			"no procedure in force is of %s: adopt one whose definition says so by counts_as or "
			"study",
			kind->name);
	if (count > 1 || (kind->of == KIND_OF_MATTERS && kind->speaks_of == NULL))
		return err_set(reterr, ERR_INVALID, "--procedure", "say of which procedure these are: %s",
			buf_str(&names).data);
	return ERR_OK;
}

enum err kind_definition(struct arena *arena, const struct kind *kind, const struct institution *institution,
	struct str named, const struct definition **ret_definition, struct bh_err *reterr)
{
	if (named.size == 0)
		return choose(arena, kind, institution, ret_definition, reterr);
	TRY(institution_definition(institution, arena, named, ret_definition, reterr));
	if (!speaks_of(kind, (*ret_definition)->procedure))
		return err_set(reterr, ERR_INVALID, "--procedure",
			"the procedure %s in force isn't of %s: its definition says so by counts_as or study",
			str_copy(arena, named).data, kind->name);
	return ERR_OK;
}
