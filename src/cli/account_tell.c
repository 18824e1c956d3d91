/* account_tell.c: how somebody wants to be told outside the house, from a shell. */
#include "cli/desk.h"
#include "outbox/outbox.h"

#include <stdio.h>
#include <string.h>

static bool read_quiet(struct str text, struct telling *telling)
{
	struct str rest = text, from;

	return str_cut(&rest, '-', &from) && outbox_clock_parse(from, &telling->quiet_from) &&
	       outbox_clock_parse(rest, &telling->quiet_until);
}

/* One NAME=VALUE of it. */
static bool take(struct telling *telling, struct str name, struct str value)
{
	if (str_is(name, "pace"))
		return pace_parse(value, &telling->pace);
	if (str_is(name, "daily"))
		return outbox_clock_parse(value, &telling->daily_at);
	if (str_is(name, "quiet"))
		return read_quiet(value, telling);
	if (str_is(name, "working_days")) {
		telling->working_days = str_is(value, "yes");
		return telling->working_days || str_is(value, "no");
	}
	if (str_is(name, "lang"))
		telling->lang = value;
	else if (str_is(name, "way"))
		telling->way = value;
	else
		return false;
	return value.size > 0;
}

static void print_telling(const struct call *call, const struct telling *telling)
{
	printf("pace=%s way=%.*s quiet=%02d:%02d-%02d:%02d daily=%02d:%02d working_days=%s lang=%.*s\n",
		pace_name(telling->pace), STR_ARG(telling->way), telling->quiet_from / 60,
		telling->quiet_from % 60, telling->quiet_until / 60, telling->quiet_until % 60,
		telling->daily_at / 60, telling->daily_at % 60, telling->working_days ? "yes" : "no",
		STR_ARG(telling->lang));
	printf("%s: %.*s\n", say(call, "已验证的邮箱", "proved address"),
		STR_ARG(telling->address.size > 0 ? telling->address : str_from(say(call, "无", "none"))));
	if (telling->wanted.size > 0)
		printf("%s: %.*s\n", say(call, "待验证", "waits for its code"), STR_ARG(telling->wanted));
}

static enum err read_telling(struct desk *desk, struct telling *telling)
{
	struct call *call = desk->call;
	const struct account *account = directory_by_code(desk->directory, str_from(desk_argument(desk, 0)));

	if (account == NULL)
		return err_set(&call->why, ERR_NOT_FOUND, desk_argument(desk, 0), "there is no such account");
	return store_telling_get(desk->house.store, call->arena, account->id, telling, &call->why);
}

enum err account_tell(struct desk *desk)
{
	struct call *call = desk->call;
	struct auth_ask tell = {.kind = AUTH_TELL};
	struct auth_answer answer;
	struct str password;

	TRY(read_telling(desk, &tell.telling));
	for (size_t i = 1; desk_argument(desk, i) != NULL; i++) {
		struct str value = str_from(desk_argument(desk, i)), name;

		if (!str_cut(&value, '=', &name) || !take(&tell.telling, name, value))
			return err_set(&call->why, ERR_INVALID, desk_argument(desk, i),
				"say pace=at_once, daily or none, way=mail or a hook's name, "
				"quiet=21:00-07:30, "
				"daily=08:30, working_days=yes or no, lang=zh or en");
	}
	if (desk_argument(desk, 1) != NULL && tell.telling.pace != PACE_NONE)
		TRY(outbox_way_may(str_from(call->arguments[0]), tell.telling.way, &call->why));
	if (desk_argument(desk, 1) != NULL) {
		TRY(desk_enter(desk, &password, &tell.session));
		TRY(desk_ask(desk, &tell, &answer));
		TRY(desk_leave(desk, tell.session.data));
		TRY(read_telling(desk, &tell.telling));
	}
	print_telling(call, &tell.telling);
	return ERR_OK;
}

enum err account_address(struct desk *desk)
{
	struct call *call = desk->call;
	struct auth_ask address = {.kind = AUTH_ADDRESS, .name = str_from(desk_argument(desk, 1))};
	struct auth_answer answer;
	struct str password;

	if (str_is(address.name, "none"))
		address.name = STR("");
	else
		TRY(outbox_address_may(str_from(call->arguments[0]), address.name, &call->why));
	TRY(desk_enter(desk, &password, &address.session));
	TRY(desk_ask(desk, &address, &answer));
	TRY(desk_leave(desk, address.session.data));
	printf("%s\n",
		address.name.size == 0
			? say(call, "已删除邮箱", "no address any more")
			: say(call, "验证码将发往该邮箱,半小时内有效: bihuan account DIR prove ACCOUNT CODE",
				  "a code goes there, good for half an hour: bihuan account DIR prove "
				  "ACCOUNT "
				  "CODE"));
	return ERR_OK;
}

enum err account_prove(struct desk *desk)
{
	struct auth_ask prove = {.kind = AUTH_ADDRESS_PROVE, .code = str_from(desk_argument(desk, 1))};
	struct auth_answer answer;
	struct str password;

	TRY(desk_enter(desk, &password, &prove.session));
	enum err err = desk_ask(desk, &prove, &answer);

	if (err == ERR_OK)
		printf("%s\n", say(desk->call, "邮箱已验证", "the address is proved"));
	struct bh_err why = desk->call->why;
	enum err left = desk_leave(desk, prove.session.data);

	if (err != ERR_OK)
		desk->call->why = why;
	return err != ERR_OK ? err : left;
}
