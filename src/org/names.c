/* names.c: the words for kinds of posts and tenures, and what people read for kinds of units. */
#include "org/org.h"

static const char *const post_kind_names[] = {"head", "deputy", "liaison", "member"};
static const char *const tenure_kind_names[] = {"holder", "acting"};
static_assert(ARRAY_COUNT(post_kind_names) == POST_KIND_COUNT, "every kind of post has a name");
static_assert(ARRAY_COUNT(tenure_kind_names) == TENURE_KIND_COUNT, "every kind of tenure has a name");

const char *post_kind_name(enum post_kind kind)
{
	REQUIRE(kind < POST_KIND_COUNT);
	return post_kind_names[kind];
}

const char *tenure_kind_name(enum tenure_kind kind)
{
	REQUIRE(kind < TENURE_KIND_COUNT);
	return tenure_kind_names[kind];
}

static bool name_find(struct str text, const char *const *names, size_t count, size_t *ret_at)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(text, names[i])) {
			*ret_at = i;
			return true;
		}
	return false;
}

bool post_kind_parse(struct str text, enum post_kind *ret_kind)
{
	size_t at;

	if (!name_find(text, post_kind_names, POST_KIND_COUNT, &at))
		return false;
	*ret_kind = (enum post_kind)at;
	return true;
}

bool tenure_kind_parse(struct str text, enum tenure_kind *ret_kind)
{
	size_t at;

	if (!name_find(text, tenure_kind_names, TENURE_KIND_COUNT, &at))
		return false;
	*ret_kind = (enum tenure_kind)at;
	return true;
}

/* An institution may use any word; these are the ones that the shipped institutions use. */
static const struct {
	const char *kind, *zh, *en;
} unit_kinds[] = {
	{"committee", "党委", "Party committee"},
	{"congress", "人大", "People's congress"},
	{"government", "政府", "Government"},
	{"conference", "政协", "Consultative conference"},
	{"discipline", "纪检监察机关", "Discipline and supervision commission"},
	{"zone", "功能区", "Development area"},
	{"organ", "党委工作机关", "Party organ"},
	{"department", "政府工作部门", "Government department"},
	{"branch", "垂直管理机构", "Branch of a higher authority"},
	{"room", "内设室", "Office within the commission"},
	{"resident", "派驻机构", "Resident group"},
	{"team", "巡察组", "Inspection team"},
	{"street", "街道", "Sub-district"},
	{"town", "镇", "Town"},
	{"village", "村(社区)", "Village or community"},
	{"centre", "服务中心", "Service centre"},
	{"leadership", "领导班子", "Leadership"},
	{"section", "科室", "Section"},
	{"station", "基层站所", "Field station"},
};

struct str unit_kind_word(struct str kind, bool chinese)
{
	for (size_t i = 0; i < ARRAY_COUNT(unit_kinds); i++)
		if (str_is(kind, unit_kinds[i].kind))
			return str_from(chinese ? unit_kinds[i].zh : unit_kinds[i].en);
	return kind;
}

static const struct {
	const char *name, *zh, *en;
} own_functions[] = {
	{"organisation_office", "人员与任职登记", "Records of people and tenures"},
	{"establishment_office", "机构编制登记", "Records of units, posts and functions"},
	{"rules_office", "程序与日历公布", "Adoption of procedures and the calendar"},
};

struct str function_own_word(struct str name, bool chinese)
{
	for (size_t i = 0; i < ARRAY_COUNT(own_functions); i++)
		if (str_is(name, own_functions[i].name))
			return str_from(chinese ? own_functions[i].zh : own_functions[i].en);
	return STR_NONE;
}
