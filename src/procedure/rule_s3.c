/* S3 求者不批: who asks for something is never the one who grants it. */
#include "procedure/check.h"

const char rule_s3_zh[] =
	"求者不批。请求的提出者与决定者不同:不同名但职能或字段相同的角色是同一角色,"
	"部门与其负责人也不算两个。\n"
	"对照机构再查一次:两项职能若落在同一部门或同一岗位,也算同一角色。\n"
	"违反:\n"
	"    extend: {by: lead, decided_by: lead_head, …}          # lead_head: {head_of: lead}\n"
	"改正:\n"
	"    extend: {by: lead, decided_by: office, …}\n";
const char rule_s3_en[] =
	"Who asks never grants. A request's asker and decider differ: roles with another name but the same "
	"function or\n"
	"field are one role, and a unit and its head aren't two. It is checked again with the institution at "
	"hand: two\n"
	"functions given to one unit or post are one role as well.\n"
	"Breaks it:\n"
	"    extend: {by: lead, decided_by: lead_head, …}          # lead_head: {head_of: lead}\n"
	"Mends it:\n"
	"    extend: {by: lead, decided_by: office, …}\n";

void rule_s3_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; i < procedure->request_count; i++) {
		const struct request_rule *request = &procedure->requests[i];
		const char *why = "which is the same role";

		if (!roles_overlap(procedure, request->by, request->decided_by))
			continue;
		if (request->by != request->decided_by)
			why = roles_equal(procedure, request->by, request->decided_by)
				      ? "which is the same role under another name"
				      : "and a unit and its own head are one side";
		REFUSE(check, request->place, STR_NONE,
			"%.*s is asked for by %.*s and decided by %.*s, %s: let another role decide",
			STR_ARG(request->name), STR_ARG(procedure->roles[request->by].name),
			STR_ARG(procedure->roles[request->decided_by].name), why);
	}
}

void rule_s3_check_org(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; check->org != NULL && i < procedure->request_count; i++) {
		const struct request_rule *request = &procedure->requests[i];
		struct post_set askers = role_posts(check, request->by);
		struct post_set deciders = role_posts(check, request->decided_by);
		int64_t post = post_sets_shared(&askers, &deciders);

		if (post == 0 || roles_overlap(procedure, request->by, request->decided_by))
			continue;
		REFUSE(check, request->place, STR_NONE,
			"%.*s is asked for by %.*s and decided by %.*s, and in this institution the post "
			"%.*s is both: give "
			"one of the two functions to another unit",
			STR_ARG(request->name), STR_ARG(procedure->roles[request->by].name),
			STR_ARG(procedure->roles[request->decided_by].name),
			STR_ARG(org_post(check->org, post)->code));
	}
}
