/* command_tenure.c: who holds which post. A post's open duties stay with it, and what passes to whom is
 * shown. */
#include "cli/duty_list.h"

#include <stdio.h>

/* What is asked, and what it comes to. */
struct moving {
	struct house *house;
	struct move ask;
	struct tenure changes[MOVE_PLAN_MAX];
	size_t count;
	int64_t first_event; /* they follow one another */
};

static enum err option_day(struct call *call, const char *name, struct day *day)
{
	const char *value = option_value(call, name);
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (value != NULL && day_parse(str_from(value), day, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, str_format(call->arena, "--%s", name).data, "%s: %s",
			value, err_both(&why, both));
	return ERR_OK;
}

/* What can't be is said of the words that were typed. */
static enum err plan(struct moving *moving)
{
	struct house *house = moving->house;
	struct call *call = house->call;
	struct move *ask = &moving->ask;
	const char *leave = option_value(call, "leave");
	struct bh_err why;

	TRY(house_post(house, call->arguments[1], &ask->post));
	TRY(house_person(house, call->arguments[2], &ask->person));
	TRY(option_day(call, "from", &ask->from));
	if (leave != NULL)
		TRY(house_post(house, leave, &ask->leave));
	enum err err = org_move_plan(house->institution.org, ask, moving->changes, &moving->count, &why);

	if (err == ERR_OK)
		return ERR_OK;
	return err_pass(&call->why, err,
		str_is(str_from(why.place), "leave")    ? leave
		: str_is(str_from(why.place), "person") ? call->arguments[2]
							: call->arguments[1],
		&why);
}

static enum err record(struct moving *moving)
{
	struct act act = {
		.kind = ACT_MOVE, .what.move = {.tenures = moving->changes, .count = moving->count}};
	struct receipt receipt;

	TRY(house_run(moving->house, &act, &receipt));
	moving->first_event = receipt.first;
	return house_refresh(moving->house);
}

/* ---- the hand-over ---- */

static struct str holder_of(struct house *house, int64_t post, struct day day)
{
	const struct tenure *tenure = org_holder(house->institution.org, post, day);

	return tenure == NULL ? str_from(say(house->call, "空缺", "nobody"))
			      : tell_person(&house->teller, tenure->person);
}

/* Which open duties stay with a post, and with whom that puts them. */
static enum err say_passed(const struct moving *moving, int64_t post)
{
	struct house *house = moving->house;
	struct call *call = house->call;
	struct duty_list list = {0};
	struct str before = holder_of(house, post, day_add(moving->ask.from, -1)),
		   after = holder_of(house, post, moving->ask.from);

	TRY(duty_list_add(house, &list, post, 0));
	if (!call->json)
		printf(say(call, "%.*s: %.*s → %.*s,自 %.*s;随岗交接的未了责任:%zu 项\n",
			       "%.*s: %.*s → %.*s from %.*s; open duties that pass: %zu\n"),
			STR_ARG(tell_post(&house->teller, post)), STR_ARG(before), STR_ARG(after),
			STR_ARG(day_print(call->arena, moving->ask.from)), list.count);
	if (call->json || list.count > 0)
		TRY(duty_list_print(house, &list, moving->ask.from));
	if (list.count > 0 && org_holder(house->institution.org, post, moving->ask.from) == NULL)
		fprintf(stderr,
			say(call, "bihuan: %s: 岗位空缺而有 %zu 项未了责任:请尽快安排任职或代理\n",
				"bihuan: %s: the post is vacant with open duties (%zu): name a holder or "
				"somebody acting\n"),
			org_post(house->institution.org, post)->code.data, list.count);
	return ERR_OK;
}

static enum err move_post(struct house *house)
{
	struct moving moving = {.house = house,
		.ask.from = house->today,
		.ask.ends = option_given(house->call, "end"),
		.ask.how = str_from(option_value(house->call, "how")),
		.ask.kind = option_given(house->call, "acting") ? TENURE_ACTING : TENURE_HOLDER};

	TRY(plan(&moving));
	TRY(record(&moving));
	if (!house->call->json)
		for (size_t i = 0; i < moving.count; i++)
			printf("%s %lld  %.*s  %.*s  %.*s – %.*s\n", say(house->call, "事件", "event"),
				(long long)moving.first_event + (long long)i,
				STR_ARG(tell_post(&house->teller, moving.changes[i].post)),
				STR_ARG(tell_person(&house->teller, moving.changes[i].person)),
				STR_ARG(day_print(house->call->arena, moving.changes[i].from)),
				STR_ARG(day_is_none(moving.changes[i].until)
						? STR("")
						: day_print(house->call->arena, moving.changes[i].until)));
	for (size_t i = 0; i < moving.count && !house->call->json; i++)
		if (moving.changes[i].post != moving.ask.post)
			TRY(say_passed(&moving, moving.changes[i].post));
	return say_passed(&moving, moving.ask.post);
}

enum err command_move(struct call *call)
{
	struct house house;

	TRY(call_needs_person(call));
	if (option_given(call, "end") && (option_given(call, "leave") || option_given(call, "acting")))
		return err_set(&call->why, ERR_INVALID, "--end",
			"it only ends a tenure: leave --leave and --acting out");
	TRY(house_open_to_write(call, &house));
	enum err err = move_post(&house);

	house_close(&house);
	return err;
}

/* ---- delegation ---- */

static enum err delegate(struct house *house)
{
	struct call *call = house->call;
	struct delegation delegation = {.since = house->today, .until = DAY_NONE};
	struct act act = {.kind = ACT_DELEGATION, .what.delegation = &delegation};
	struct receipt receipt;

	TRY(house_person(house, call->arguments[1], &delegation.from));
	TRY(house_person(house, call->arguments[2], &delegation.to));
	TRY(option_day(call, "since", &delegation.since));
	if (!option_given(call, "until"))
		return err_set(&call->why, ERR_INVALID, "--until",
			"a delegation ends: say the first day on which it no longer holds");
	TRY(option_day(call, "until", &delegation.until));
	TRY(house_run(house, &act, &receipt));
	if (call->json) {
		printf("{\"event\":%lld,\"id\":%lld}\n", (long long)receipt.first, (long long)receipt.id);
		return ERR_OK;
	}
	printf(say(call, "%.*s 代 %.*s 办理,%.*s 至 %.*s(不含)  事件 %lld\n",
		       "%.*s acts for %.*s from %.*s until %.*s (not included)  event %lld\n"),
		STR_ARG(tell_person(&house->teller, delegation.to)),
		STR_ARG(tell_person(&house->teller, delegation.from)),
		STR_ARG(day_print(call->arena, delegation.since)),
		STR_ARG(day_print(call->arena, delegation.until)), (long long)receipt.first);
	return ERR_OK;
}

enum err command_delegate(struct call *call)
{
	struct house house;

	TRY(call_needs_person(call));
	TRY(house_open_to_write(call, &house));
	enum err err = delegate(&house);

	house_close(&house);
	return err;
}
