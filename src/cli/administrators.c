#include "cli/administrators.h"

#include <stdio.h>

enum err administrators_begin(struct call *call, struct auth *auth, struct auth_answer *ret_answer)
{
	struct str codes[ADMIN_COUNT] = {0};
	struct auth_ask ask = {.kind = AUTH_BEGIN, .administrators = codes};

	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++)
		codes[i] = str_from(admin_name((enum admin)i));
	return auth_run(auth, &ask, ret_answer, &call->why);
}

void administrators_print(struct json_out *out, const struct auth_answer *answer)
{
	json_out_key(out, "administrators");
	json_out_open(out, '{');
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++)
		json_out_field_text(out, admin_name((enum admin)i), str_from(answer->codes[i]));
	json_out_close(out, '}');
}

void administrators_tell(const struct call *call, const struct auth_answer *answer)
{
	static const char *const zh[ADMIN_COUNT] = {"", "系统管理员", "安全管理员", "审计管理员"};
	static const char *const en[ADMIN_COUNT] = {
		"", "system administrator", "security administrator", "audit administrator"};

	printf("%s\n",
		say(call, "三名管理员的一次性口令(只显示这一次,七日内有效,首次登录须更改;请分别交给三个人):",
			"one-time passwords of the three administrators (shown only now, good for seven "
			"days, to be "
			"changed at the first sign-in; hand them to three people):"));
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++)
		printf("  %-9s %s  %s\n", admin_name((enum admin)i), answer->codes[i],
			say(call, zh[i], en[i]));
}
