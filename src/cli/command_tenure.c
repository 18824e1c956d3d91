/* command_tenure.c: who holds which post. A post's open duties stay with it, and what passes to whom is
 * shown. */
#include "cli/duty_list.h"

#include <stdio.h>

/* The tenures that a move ends or begins, in the order in which they are recorded. */
struct move {
	struct house *house;
	int64_t post, person;
	struct day from;
	enum tenure_kind kind;
	struct tenure changes[3];
	size_t count;
	int64_t first_event; /* they follow one another */
};

static enum err option_day(struct call *call, const char *name, struct day *day)
{
	const char *value = option_value(call, name);
	struct bh_err why;

	if (value != NULL && day_parse(str_from(value), day, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, str_format(call->arena, "--%s", name).data, "%s: %s",
			value, why.text);
	return ERR_OK;
}

/* The tenure of this kind, or of any (TENURE_KIND_COUNT), that holds the post on the day. */
static const struct tenure *sitting(
	const struct org *org, int64_t post, int64_t person, enum tenure_kind kind, struct day day)
{
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if (tenure->post == post && (person == 0 || tenure->person == person) &&
			(kind == TENURE_KIND_COUNT || tenure->kind == kind) &&
			tenure->from.number <= day.number &&
			(day_is_none(tenure->until) || day.number < tenure->until.number))
			return tenure;
	}
	return NULL;
}

/* All of a move is checked on this command's own copy of the institution before anything is recorded. */
static enum err plan(struct move *move, struct tenure tenure)
{
	struct house *house = move->house;

	if (tenure.id == 0)
		tenure.id = (int64_t)org_tenure_count(house->institution.org) + 1;
	TRY(org_tenure_may(house->institution.org, &tenure, &house->call->why));
	org_tenure_set(house->institution.org, &tenure);
	move->changes[move->count++] = tenure;
	return ERR_OK;
}

static enum err plan_end(struct move *move, const struct tenure *tenure)
{
	struct tenure ended = *tenure;

	ended.until = move->from;
	return plan(move, ended);
}

/* --end, and --leave of another post: the person's own tenure there ends. */
static enum err plan_leaving(struct move *move, int64_t post)
{
	struct house *house = move->house;
	const struct tenure *tenure =
		sitting(house->institution.org, post, move->person, TENURE_KIND_COUNT, move->from);

	if (tenure == NULL)
		return err_set(&house->call->why, ERR_CONFLICT,
			org_post(house->institution.org, post)->code.data,
			"%.*s doesn't hold this post on %.*s",
			STR_ARG(tell_person(&house->teller, move->person)),
			STR_ARG(day_print(house->call->arena, move->from)));
	return plan_end(move, tenure);
}

static enum err plan_coming(struct move *move)
{
	struct house *house = move->house;
	struct call *call = house->call;
	const struct tenure *present = sitting(house->institution.org, move->post, 0, move->kind, move->from);

	if (present != NULL && present->person == move->person)
		return err_set(&call->why, ERR_CONFLICT, call->arguments[2], "%.*s holds this post already",
			STR_ARG(tell_person(&house->teller, move->person)));
	if (move->kind == TENURE_ACTING &&
		sitting(house->institution.org, move->post, 0, TENURE_HOLDER, move->from) != NULL)
		return err_set(&call->why, ERR_CONFLICT, call->arguments[1],
			"the post has a holder on that day, who answers for it: end that tenure first, with "
			"--end");
	if (present != NULL)
		TRY(plan_end(move, present));
	return plan(move, (struct tenure){.post = move->post,
				  .person = move->person,
				  .from = move->from,
				  .until = DAY_NONE,
				  .kind = move->kind,
				  .move = str_from(option_value(call, "how"))});
}

static enum err plan_all(struct move *move)
{
	struct house *house = move->house;
	struct call *call = house->call;
	const char *leave = option_value(call, "leave");
	int64_t left;

	TRY(house_post(house, call->arguments[1], &move->post));
	TRY(house_person(house, call->arguments[2], &move->person));
	TRY(option_day(call, "from", &move->from));
	if (option_given(call, "end"))
		return plan_leaving(move, move->post);
	if (leave != NULL) {
		TRY(house_post(house, leave, &left));
		TRY(plan_leaving(move, left));
	}
	return plan_coming(move);
}

static enum err record(struct move *move)
{
	struct act act = {.kind = ACT_MOVE, .what.move = {.tenures = move->changes, .count = move->count}};
	struct receipt receipt;

	TRY(house_run(move->house, &act, 0, &receipt));
	move->first_event = receipt.first;
	return house_refresh(move->house);
}

/* ---- the hand-over ---- */

static struct str holder_of(struct house *house, int64_t post, struct day day)
{
	const struct tenure *tenure = org_holder(house->institution.org, post, day);

	return tenure == NULL ? str_from(say(house->call, "空缺", "nobody"))
			      : tell_person(&house->teller, tenure->person);
}

/* Which open duties stay with a post, and with whom that puts them. */
static enum err say_passed(const struct move *move, int64_t post)
{
	struct house *house = move->house;
	struct call *call = house->call;
	struct duty_list list = {0};
	struct str before = holder_of(house, post, day_add(move->from, -1)),
		   after = holder_of(house, post, move->from);

	TRY(duty_list_add(house, &list, post, 0));
	if (!call->json)
		printf(say(call, "%.*s: %.*s → %.*s,自 %.*s;随岗交接的未了责任:%zu 项\n",
			       "%.*s: %.*s → %.*s from %.*s; open duties that pass: %zu\n"),
			STR_ARG(tell_post(&house->teller, post)), STR_ARG(before), STR_ARG(after),
			STR_ARG(day_print(call->arena, move->from)), list.count);
	if (call->json || list.count > 0)
		TRY(duty_list_print(house, &list, move->from));
	if (list.count > 0 && org_holder(house->institution.org, post, move->from) == NULL)
		fprintf(stderr,
			say(call, "bihuan: %s: 岗位空缺而有 %zu 项未了责任:请尽快安排任职或代理\n",
				"bihuan: %s: the post is vacant with open duties (%zu): name a holder or "
				"somebody acting\n"),
			org_post(house->institution.org, post)->code.data, list.count);
	return ERR_OK;
}

static enum err move_post(struct house *house)
{
	struct move move = {.house = house,
		.from = house->today,
		.kind = option_given(house->call, "acting") ? TENURE_ACTING : TENURE_HOLDER};

	TRY(plan_all(&move));
	TRY(record(&move));
	if (!house->call->json)
		for (size_t i = 0; i < move.count; i++)
			printf("%s %lld  %.*s  %.*s  %.*s – %.*s\n", say(house->call, "事件", "event"),
				(long long)move.first_event + (long long)i,
				STR_ARG(tell_post(&house->teller, move.changes[i].post)),
				STR_ARG(tell_person(&house->teller, move.changes[i].person)),
				STR_ARG(day_print(house->call->arena, move.changes[i].from)),
				STR_ARG(day_is_none(move.changes[i].until)
						? STR("")
						: day_print(house->call->arena, move.changes[i].until)));
	for (size_t i = 0; i < move.count && !house->call->json; i++)
		if (move.changes[i].post != move.post)
			TRY(say_passed(&move, move.changes[i].post));
	return say_passed(&move, move.post);
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
	TRY(house_run(house, &act, 0, &receipt));
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
