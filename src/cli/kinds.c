#include "cli/kinds.h"

#include <string.h>

static const struct kind kinds[] = {
	{"units", "单位", KIND_OF_ORG, ORG_UNITS, NULL},
	{"posts", "岗位", KIND_OF_ORG, ORG_POSTS, NULL},
	{"people", "人员", KIND_OF_ORG, ORG_PEOPLE, NULL},
	{"tenures", "任职", KIND_OF_ORG, ORG_TENURES, NULL},
	{"functions", "职能", KIND_OF_ORG, ORG_FUNCTIONS, NULL},
	{"delegations", "授权", KIND_OF_ORG, ORG_DELEGATIONS, NULL},
	{"calendar", "日历", KIND_OF_CALENDAR, ORG_TABLE_COUNT, NULL},
	{"tasks", "重点工作", KIND_OF_MATTERS, ORG_TABLE_COUNT, "key_task"},
	{"findings", "问题", KIND_OF_MATTERS, ORG_TABLE_COUNT, "finding"},
	{"matters", "事项", KIND_OF_MATTERS, ORG_TABLE_COUNT, NULL},
};

enum err kind_find(struct call *call, const struct kind **ret_kind, const char **ret_procedure)
{
	const char *names[ARRAY_COUNT(kinds)], *name = call->arguments[1];
	const struct kind *found = NULL;

	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		names[i] = kinds[i].name;
		if (strcmp(name, kinds[i].name) == 0 || strcmp(name, kinds[i].zh) == 0)
			found = &kinds[i];
	}
	if (found == NULL)
		return unknown_name(call, ERR_INVALID,
			UNKNOWN("没有这一类", "there is no such kind",
				name_list(call, "可用", names, ARRAY_COUNT(kinds)),
				name_list(call, "there are", names, ARRAY_COUNT(kinds))),
			str_from(name), names, ARRAY_COUNT(kinds));
	*ret_kind = found;
	*ret_procedure = found->procedure != NULL ? found->procedure : option_value(call, "procedure");
	if (found->of == KIND_OF_MATTERS && *ret_procedure == NULL)
		return err_set(&call->why, ERR_INVALID, "--procedure",
			"say of which procedure these matters are: --procedure key_task");
	return ERR_OK;
}
