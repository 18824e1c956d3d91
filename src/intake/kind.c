#include "intake/kind.h"

#include "view/unknown.h"

static const struct kind kinds[] = {
	{"units", "单位", KIND_OF_ORG, ORG_UNITS, NULL, NULL},
	{"posts", "岗位", KIND_OF_ORG, ORG_POSTS, NULL, NULL},
	{"people", "人员", KIND_OF_ORG, ORG_PEOPLE, NULL, NULL},
	{"tenures", "任职", KIND_OF_ORG, ORG_TENURES, NULL, NULL},
	{"functions", "职能", KIND_OF_ORG, ORG_FUNCTIONS, NULL, NULL},
	{"delegations", "授权", KIND_OF_ORG, ORG_DELEGATIONS, NULL, NULL},
	{"kin", "亲属", KIND_OF_ORG, ORG_KIN, NULL, NULL},
	{"relations", "事项关系", KIND_OF_ORG, ORG_RELATIONS, NULL, NULL},
	{"calendar", "日历", KIND_OF_CALENDAR, ORG_TABLE_COUNT, NULL, NULL},
	{"tasks", "重点工作", KIND_OF_MATTERS, ORG_TABLE_COUNT, "key_task", NULL},
	{"findings", "问题", KIND_OF_MATTERS, ORG_TABLE_COUNT, "finding", NULL},
	{"rules", "制度", KIND_OF_RULES, ORG_TABLE_COUNT, NULL, NULL},
	{"matters", "事项", KIND_OF_MATTERS, ORG_TABLE_COUNT, NULL, NULL},
	{"attendance", "到会名单", KIND_OF_ROWS, ORG_TABLE_COUNT, "study_session", "attendance"},
	{"checklists", "检查表", KIND_OF_ROWS, ORG_TABLE_COUNT, "standard_review", "checklist"},
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
