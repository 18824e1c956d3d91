/* W3: nothing that can't be told apart, no warning after the fact, no empty limit. */
#include "procedure/check.h"

const char rule_w3_zh[] =
	"没有两项分不清的责任或动作:同一状态里名称(label)不重复;同一角色没有来去、内容、凭据、后果\n"
	"都一样的两个动作,也没有状态、解除动作和期限都一样的两项责任。预警早于期限;期限不超过十年。\n"
	"请求在它能提出的每个状态里都办得成:`moves` 的责任在那里存续。督办灯先黄后红。\n"
	"比较不同单位时,一个工作日按 1.4 天、一个月按 30 天计。\n"
	"违反:\n"
	"    sign_in_time: {…, within: 2 working days, warn: 3 days}\n"
	"改正:\n"
	"    sign_in_time: {…, within: 2 working days, warn: 1 day}\n";
const char rule_w3_en[] =
	"No two duties or actions can't be told apart: in one state no label is used twice, one role has no\n"
	"two actions of the same from, to, fields, evidence and effect, and no two duties of the same "
	"states,\n"
	"discharge and limit. A warning comes before the limit; no limit exceeds ten years. A request can "
	"be\n"
	"made wherever it is offered: the duty that it `moves` is owed there. The lamp is yellow before "
	"red.\n"
	"To compare units, a working day counts 1.4 days and a month 30.\n"
	"Breaks it:\n"
	"    sign_in_time: {…, within: 2 working days, warn: 3 days}\n"
	"Mends it:\n"
	"    sign_in_time: {…, within: 2 working days, warn: 1 day}\n";

static bool holds(const int *items, size_t count, int wanted)
{
	for (size_t i = 0; i < count; i++)
		if (items[i] == wanted)
			return true;
	return false;
}

static bool includes(const int *outer, size_t outer_count, const int *inner, size_t inner_count)
{
	for (size_t i = 0; i < inner_count; i++)
		if (!holds(outer, outer_count, inner[i]))
			return false;
	return true;
}

static bool same_set(const int *a, size_t a_count, const int *b, size_t b_count)
{
	return includes(a, a_count, b, b_count) && includes(b, b_count, a, a_count);
}

static struct str shared_label(struct label a, struct label b)
{
	if (a.zh.size > 0 && str_equal(a.zh, b.zh))
		return a.zh;
	return a.en.size > 0 && str_equal(a.en, b.en) ? a.en : STR_NONE;
}

/* ---- actions ---- */

static bool same_fields(const struct action *a, const struct action *b)
{
	if (a->field_count != b->field_count)
		return false;
	for (size_t i = 0; i < a->field_count; i++) {
		bool found = false;

		for (size_t k = 0; k < b->field_count && !found; k++)
			found = str_equal(a->fields[i].name, b->fields[k].name) &&
				a->fields[i].type == b->fields[k].type &&
				a->fields[i].required == b->fields[k].required;
		if (!found)
			return false;
	}
	return true;
}

static bool same_discharge(const struct check *check, int a, int b)
{
	for (int i = 0; i < (int)check->procedure->duty_count; i++)
		if (is_discharged(check, i, a) != is_discharged(check, i, b))
			return false;
	return true;
}

static bool same_effect(const struct check *check, int left, int right)
{
	const struct procedure *procedure = check->procedure;
	const struct action *a = &procedure->actions[left], *b = &procedure->actions[right];

	return a->to == b->to && a->evidence == b->evidence && a->purpose == b->purpose &&
	       a->answers_to == b->answers_to && same_fields(a, b) &&
	       str_equal(a->opens.procedure, b->opens.procedure) &&
	       same_set(a->not_by, a->not_by_count, b->not_by, b->not_by_count) &&
	       same_discharge(check, left, right);
}

/* A state in which both may be done, or -1. */
static int state_of_both(const struct check *check, int left, int right)
{
	const struct action *action = &check->procedure->actions[left];

	for (size_t i = 0; i < action->from_count; i++)
		if (may_be_done(check, right, action->from[i]))
			return action->from[i];
	return -1;
}

static void check_actions(const struct check *check, int left, int right)
{
	const struct procedure *procedure = check->procedure;
	const struct action *a = &procedure->actions[left], *b = &procedure->actions[right];
	int state = state_of_both(check, left, right);
	struct str label = shared_label(a->label, b->label);

	if (state < 0)
		return;
	if (label.size > 0)
		REFUSE(check, b->place, STR_NONE,
			"actions %.*s and %.*s are both called \"%.*s\" in %.*s: give one another label",
			STR_ARG(a->name), STR_ARG(b->name), STR_ARG(label),
			STR_ARG(procedure->states[state].name));
	else if (roles_equal(procedure, a->by, b->by) && same_effect(check, left, right))
		REFUSE(check, b->place, STR_NONE,
			"actions %.*s and %.*s can't be told apart: in %.*s the same role does the same to "
			"the same "
			"end, so take one out or let them differ",
			STR_ARG(a->name), STR_ARG(b->name), STR_ARG(procedure->states[state].name));
}

/* ---- duties ---- */

static bool same_limit(const struct limit *a, const struct limit *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == LIMIT_EVERY)
		return a->period == b->period;
	if (a->kind != LIMIT_WITHIN && a->field != b->field)
		return false;
	return a->kind == LIMIT_BY || (a->term.amount == b->term.amount && a->term.unit == b->term.unit);
}

static void check_duties(const struct check *check, int left, int right)
{
	const struct procedure *procedure = check->procedure;
	const struct duty_rule *a = &procedure->duties[left], *b = &procedure->duties[right];
	int state = -1;
	struct str label = shared_label(a->label, b->label);

	for (size_t i = 0; i < a->in_count && state < 0; i++)
		if (is_owed_in(check, right, a->in[i]))
			state = a->in[i];
	if (state < 0)
		return;
	if (label.size > 0)
		REFUSE(check, b->place, STR_NONE,
			"duties %.*s and %.*s are both called \"%.*s\" in %.*s: give one another label",
			STR_ARG(a->name), STR_ARG(b->name), STR_ARG(label),
			STR_ARG(procedure->states[state].name));
	else if (roles_equal(procedure, a->bearer, b->bearer) && same_limit(&a->limit, &b->limit) &&
		 same_set(a->discharged_by, a->discharged_by_count, b->discharged_by, b->discharged_by_count))
		REFUSE(check, b->place, STR_NONE,
			"duties %.*s and %.*s can't be told apart: in %.*s the same role owes the same by "
			"the same "
			"time, so take one out or let them differ",
			STR_ARG(a->name), STR_ARG(b->name), STR_ARG(procedure->states[state].name));
}

/* ---- limits ---- */

#define TENTHS_MAX 36600 /* ten years of 366 days */

static int64_t limit_tenths(const struct limit *limit)
{
	static const int tenths[] = {[PERIOD_WEEK] = 70,
		[PERIOD_MONTH] = 300,
		[PERIOD_QUARTER] = 900,
		[PERIOD_HALF_YEAR] = 1800,
		[PERIOD_YEAR] = 3600};

	if (limit->kind == LIMIT_EVERY)
		return tenths[limit->period];
	return limit->kind == LIMIT_BY ? INT64_MAX : term_tenths(limit->term);
}

/* Longer than anybody holds a post: a limit in name only. */
static void check_length(const struct check *check, struct str whose, struct term term, struct place place)
{
	if (term_tenths(term) > TENTHS_MAX)
		REFUSE(check, place, STR_NONE,
			"%.*s of %.*s is none that anybody lives to see: give at most 10 years",
			STR_ARG(whose), STR_ARG(term_print(check->arena, term)));
}

static void check_limit(const struct check *check, const struct duty_rule *duty)
{
	const struct limit *limit = &duty->limit;

	if (limit->kind == LIMIT_WITHIN || limit->kind == LIMIT_CALENDAR)
		check_length(check, str_format(check->arena, "the limit of duty %.*s", STR_ARG(duty->name)),
			limit->term, limit->place);
	if (duty->warn.amount == 0)
		return;
	check_length(check, str_format(check->arena, "the warning of duty %.*s", STR_ARG(duty->name)),
		duty->warn, duty->warn_place);
	if (term_tenths(duty->warn) >= limit_tenths(limit))
		REFUSE(check, duty->warn_place, STR_NONE,
			"duty %.*s warns %.*s ahead of a limit of %.*s, so the warning would come before the "
			"duty "
			"itself: warn later",
			STR_ARG(duty->name), STR_ARG(term_print(check->arena, duty->warn)),
			STR_ARG(limit->kind == LIMIT_EVERY
					? str_format(check->arena, "one %s", period_name(limit->period))
					: term_print(check->arena, limit->term)));
}

static void check_request(const struct check *check, const struct request_rule *request)
{
	const struct procedure *procedure = check->procedure;

	check_length(check,
		str_format(check->arena, "the time to decide request %.*s", STR_ARG(request->name)),
		request->decide_within, request->place);
	for (size_t i = 0; request->moves >= 0 && i < request->in_count; i++)
		if (!duty_holds_in(&procedure->duties[request->moves], request->in[i]))
			REFUSE(check, request->place, STR_NONE,
				"request %.*s moves %.*s, which nobody owes in %.*s, so it can't be made "
				"there: take "
				"the state out of `in`",
				STR_ARG(request->name), STR_ARG(procedure->duties[request->moves].name),
				STR_ARG(procedure->states[request->in[i]].name));
}

void rule_w3_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (int i = 0; i < (int)procedure->action_count; i++)
		for (int k = i + 1; k < (int)procedure->action_count && !findings_full(check->findings); k++)
			check_actions(check, i, k);
	for (int i = 0; i < (int)procedure->duty_count; i++) {
		for (int k = i + 1; k < (int)procedure->duty_count && !findings_full(check->findings); k++)
			check_duties(check, i, k);
		check_limit(check, &procedure->duties[i]);
	}
	for (size_t i = 0; i < procedure->request_count; i++)
		check_request(check, &procedure->requests[i]);
	check_length(
		check, STR("the time to answer"), procedure->answer_within, procedure->answer_within_place);
	if (procedure->lamp.red_behind <= procedure->lamp.yellow_behind)
		REFUSE(check, procedure->lamp.place, STR_NONE,
			"the lamp is red at %d points behind plan and yellow only at %d, so it would never "
			"be yellow: "
			"let red_behind be more than yellow_behind",
			procedure->lamp.red_behind, procedure->lamp.yellow_behind);
}
