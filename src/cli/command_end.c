/* command_end.c: a unit or a post comes to its end, and a unit is given another name. */
#include "cli/house.h"

#include <stdio.h>

static enum err day_from(struct house *house, struct day *ret_day)
{
	const char *from = option_value(house->call, "from");
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	*ret_day = house->today;
	if (from != NULL && day_parse(str_from(from), ret_day, &why) != ERR_OK)
		return err_set(
			&house->call->why, ERR_INVALID, "--from", "%s: %s", from, err_both(&why, both));
	return ERR_OK;
}

/* Runs it, and tells what came of it in one line. */
static enum err record(struct house *house, struct act *act, const char *zh, const char *en, struct str what,
	struct day from)
{
	struct call *call = house->call;
	struct receipt receipt;

	TRY(house_run(house, act, &receipt));
	if (call->json) {
		printf("{\"event\":%lld,\"events\":%lld,\"id\":%lld}\n", (long long)receipt.first,
			(long long)receipt.count, (long long)receipt.id);
		return ERR_OK;
	}
	printf("%s: %.*s, %s %.*s  %s %lld\n", say(call, zh, en), STR_ARG(what), say(call, "自", "from"),
		STR_ARG(day_print(call->arena, from)), say(call, "事件", "event"), (long long)receipt.first);
	return ERR_OK;
}

/* ---- abolish ---- */

static enum err ended_already(struct call *call)
{
	return err_set(&call->why, ERR_CONFLICT, call->arguments[2], "it was abolished already");
}

static enum err abolish_unit(struct house *house)
{
	struct unit unit;
	struct act act = {.kind = ACT_UNIT, .what.unit = &unit};
	struct day from;
	int64_t id;

	TRY(house_unit(house, house->call->arguments[2], &id));
	TRY(day_from(house, &from));
	if (org_unit_has_ended(house->institution.org, id))
		return ended_already(house->call);
	unit = *org_unit(house->institution.org, id);
	unit.until = from;
	return record(house, &act, "已撤销单位", "unit abolished", tell_unit(&house->teller, id), from);
}

static enum err abolish_post(struct house *house)
{
	struct post post;
	struct act act = {.kind = ACT_POST, .what.post = &post};
	struct day from;
	int64_t id;

	TRY(house_post(house, house->call->arguments[2], &id));
	TRY(day_from(house, &from));
	if (org_post_has_ended(house->institution.org, id))
		return ended_already(house->call);
	post = *org_post(house->institution.org, id);
	post.until = from;
	return record(house, &act, "已撤销岗位", "post abolished", tell_post(&house->teller, id), from);
}

enum err command_abolish(struct call *call)
{
	struct str noun = str_from(call->arguments[1]);
	struct house house;

	TRY(call_needs_person(call));
	if (!str_is(noun, "unit") && !str_is(noun, "post"))
		return err_set(&call->why, ERR_INVALID, call->arguments[1],
			"say what is abolished: unit or post, and then its code");
	TRY(house_open_to_write(call, &house));
	enum err err = str_is(noun, "unit") ? abolish_unit(&house) : abolish_post(&house);

	house_close(&house);
	return err;
}

/* ---- rename ---- */

static enum err give_name(struct house *house)
{
	struct call *call = house->call;
	const char *en = option_value(call, "en");
	struct unit unit;
	struct act act = {.kind = ACT_UNIT, .what.unit = &unit};
	int64_t id;

	TRY(house_unit(house, call->arguments[1], &id));
	unit = *org_unit(house->institution.org, id);
	unit.name = str_from(call->arguments[2]);
	if (en != NULL)
		unit.name_en = str_from(en);
	TRY(day_from(house, &unit.since));
	return record(house, &act, "已更名", "renamed", unit.name, unit.since);
}

enum err command_rename(struct call *call)
{
	struct house house;

	TRY(call_needs_person(call));
	TRY(house_open_to_write(call, &house));
	enum err err = give_name(&house);

	house_close(&house);
	return err;
}
