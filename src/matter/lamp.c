/* lamp.c: how a matter stands, at a glance and in words. Grey before it is taken up, green, yellow when the
 * day is near or the progress behind plan, red when overdue or far behind, blue when closed in time; a late
 * closure keeps its red. */
#include "matter/engine.h"

static struct day due_day(const struct duty *duty, const struct world *world)
{
	return instant_day((struct instant){duty->due.us - 1}, world->offset_minutes);
}

/* The open duty of the procedure that falls due first: the lamp speaks of it. Answers and decisions have
 * their own place in the inbox of who owes them, but when they are overdue the matter is red too. */
static const struct duty *earliest(const struct matter *matter)
{
	const struct duty *first = NULL;

	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].state == DUTY_OPEN &&
			(first == NULL || matter->duties[i].due.us < first->due.us))
			first = &matter->duties[i];
	return first;
}

/* The duty that the plan runs towards: an open one with a day named in a field. */
static const struct duty *planned(const struct matter *matter)
{
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->kind == DUTY_RULE && duty->state == DUTY_OPEN &&
			matter->procedure->duties[duty->rule].limit.kind == LIMIT_BY)
			return duty;
	}
	return NULL;
}

static bool tells_progress(const struct action *action)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (str_is(action->fields[i].name, "progress") && action->fields[i].type == FIELD_PERCENT)
			return true;
	return false;
}

/* Where nobody can say how far it is, nobody is behind. */
static bool has_progress(const struct procedure *procedure)
{
	bool tells = procedure->children.weighted;

	for (size_t i = 0; i < procedure->action_count; i++)
		tells = tells || tells_progress(&procedure->actions[i]);
	return tells;
}

/* Up to which day progress was to be told by now: where the open round of its report began; today where no
 * such report comes round, or where it came before its time. */
static struct day told_until(const struct matter *matter, struct day today, int offset_minutes)
{
	struct day until = today;

	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];
		const struct duty_rule *rule;

		if (duty->kind != DUTY_RULE || duty->state != DUTY_OPEN)
			continue;
		rule = &matter->procedure->duties[duty->rule];
		struct day begun = instant_day(duty->armed, offset_minutes);

		if (rule->limit.kind == LIMIT_EVERY && begun.number < until.number &&
			tells_progress(&matter->procedure->actions[rule->discharged_by[0]]))
			until = begun;
	}
	return until;
}

struct plan {
	struct day from, until; /* until: the day whose share of it is asked for now */
	int total;              /* working days; 0: there is no plan */
};

static struct plan plan_of(const struct matter *matter, const struct world *world)
{
	const struct duty *duty = planned(matter);
	struct plan plan = {0};

	if (duty == NULL || !has_progress(matter->procedure))
		return plan;
	plan.until =
		told_until(matter, instant_day(world->now, world->offset_minutes), world->offset_minutes);
	plan.from = instant_day(duty->armed, world->offset_minutes);
	plan.total = calendar_count(world->calendar, plan.from, due_day(duty, world), NULL);
	if (plan.total < 0)
		plan.total = 0;
	return plan;
}

static int plan_percent(const struct plan *plan, const struct world *world)
{
	if (plan->total == 0)
		return -1;
	int gone = calendar_count(world->calendar, plan->from, plan->until, NULL);

	return gone >= plan->total ? 100 : gone * 100 / plan->total;
}

static struct instant sooner(struct instant a, struct instant b)
{
	if (instant_is_none(a))
		return b;
	return instant_is_none(b) || a.us < b.us ? a : b;
}

/* The first instant at which the plan is `points` ahead of the progress, if that lies in the future. */
static struct instant falls_behind(
	const struct plan *plan, int progress, int points, const struct world *world)
{
	/* A share that stands until the next report isn't passed by time alone. */
	if (plan->total == 0 || progress + points > 100 ||
		plan->until.number < instant_day(world->now, world->offset_minutes).number)
		return INSTANT_NONE;
	/* The smallest number of working days with gone * 100 / total >= progress + points. */
	int gone = ((progress + points) * plan->total + 99) / 100;
	struct instant at =
		day_start(calendar_add(world->calendar, plan->from, gone, NULL), world->offset_minutes);

	return at.us > world->now.us ? at : INSTANT_NONE;
}

static struct instant changes_at(const struct matter *matter, const struct duty *first,
	const struct plan *plan, const struct lamp *lamp, const struct world *world)
{
	struct instant until = INSTANT_NONE;
	const int yellow_days = matter->procedure->lamp.yellow_days;

	if (first != NULL) {
		struct term before = {.amount = yellow_days, .unit = TERM_WORKING_DAYS};
		struct instant yellow =
			day_start(calendar_term_before(world->calendar, due_day(first, world), before),
				world->offset_minutes);

		if (first->due.us > world->now.us)
			until = first->due;
		if (yellow.us > world->now.us)
			until = sooner(until, yellow);
	}
	if (lamp->plan >= 0) {
		until = sooner(until,
			falls_behind(plan, lamp->progress, matter->procedure->lamp.yellow_behind, world));
		until = sooner(
			until, falls_behind(plan, lamp->progress, matter->procedure->lamp.red_behind, world));
	}
	return until;
}

/* Has whoever acts first taken it into their own hands: done what leads to a state in which they owe the next
 * step? Who only passes it on has not. */
static bool is_in_hand(const struct matter *matter)
{
	const struct procedure *procedure = matter->procedure;

	for (size_t i = 0; i < matter->deed_count; i++) {
		const struct action *action = &procedure->actions[matter->deeds[i].action];

		for (size_t k = 0; action->to >= 0 && k < procedure->duty_count; k++)
			if (procedure->duties[k].bearer == action->by &&
				duty_holds_in(&procedure->duties[k], action->to))
				return true;
	}
	return false;
}

bool matter_is_taken_up(const struct matter *matter)
{
	return matter->taken_up || is_in_hand(matter);
}

static enum lamp_colour colour_of(const struct matter *matter, const struct duty *first,
	const struct lamp *lamp, const struct world *world)
{
	int behind = lamp->plan < 0 ? 0 : lamp->plan - lamp->progress;

	if (first != NULL && world->now.us >= first->due.us)
		return LAMP_RED;
	if (!matter_is_taken_up(matter))
		return LAMP_GREY;
	if (behind >= matter->procedure->lamp.red_behind)
		return LAMP_RED;
	if (behind >= matter->procedure->lamp.yellow_behind ||
		(first != NULL && lamp->days_left >= 0 &&
			lamp->days_left <= matter->procedure->lamp.yellow_days))
		return LAMP_YELLOW;
	return LAMP_GREEN;
}

struct lamp matter_lamp(const struct matter *matter, const struct world *world)
{
	struct day today = instant_day(world->now, world->offset_minutes);
	struct lamp lamp = {.days_left = -1,
		.progress = matter->progress < 0 ? 0 : matter->progress,
		.plan = -1,
		.late = matter->late,
		.until = INSTANT_NONE};

	if (!instant_is_none(matter->ended)) {
		enum end_kind end = matter->procedure->states[matter->state].end;

		lamp.colour = end == END_VOID ? LAMP_GREY : matter->late ? LAMP_RED : LAMP_BLUE;
		return lamp;
	}
	const struct duty *first = earliest(matter);
	struct plan plan = plan_of(matter, world);

	if (!instant_is_none(matter->suspended_until))
		plan.total = 0;
	lamp.plan = plan_percent(&plan, world);
	if (first != NULL) {
		int left = calendar_count(world->calendar, today, due_day(first, world), NULL);

		if (world->now.us >= first->due.us)
			lamp.days_late = -left > 0 ? -left : 1;
		else
			lamp.days_left = left;
		lamp.due_today = due_day(first, world).number == today.number;
	}
	lamp.colour = colour_of(matter, first, &lamp, world);
	lamp.until = changes_at(matter, first, &plan, &lamp, world);
	return lamp;
}

static const struct {
	const char *zh, *en;
} colour_words[] = {
	[LAMP_GREY] = {"灰灯", "grey"},
	[LAMP_GREEN] = {"绿灯", "green"},
	[LAMP_YELLOW] = {"黄灯", "yellow"},
	[LAMP_RED] = {"红灯", "red"},
	[LAMP_BLUE] = {"蓝灯", "blue"},
};
static_assert(ARRAY_COUNT(colour_words) == LAMP_COLOUR_COUNT, "every colour has its words");

static void put_days(struct buf *buf, const struct lamp *lamp, bool chinese)
{
	if (lamp->days_late > 0)
		buf_format(buf, chinese ? ":逾期%d个工作日" : ": %d working day%s late", lamp->days_late,
			lamp->days_late == 1 ? "" : "s");
	else if (lamp->due_today)
		buf_puts(buf, chinese ? ":今日到期" : ": due today");
	else if (lamp->days_left >= 0)
		buf_format(buf, chinese ? ":剩余%d个工作日" : ": %d working day%s left", lamp->days_left,
			lamp->days_left == 1 ? "" : "s");
	else if (lamp->colour == LAMP_BLUE)
		buf_puts(buf, chinese ? ":按期办结" : ": closed in time");
	else if (lamp->colour == LAMP_RED && lamp->late)
		buf_puts(buf, chinese ? ":逾期办结" : ": closed late");
	else
		buf_puts(buf, chinese ? ":无到期责任" : ": nothing falls due");
}

struct str lamp_print(struct arena *arena, const struct lamp *lamp, struct str lang)
{
	bool chinese = !str_is(lang, "en");
	struct buf buf = buf_new(arena);

	buf_puts(&buf, chinese ? colour_words[lamp->colour].zh : colour_words[lamp->colour].en);
	put_days(&buf, lamp, chinese);
	if (lamp->plan >= 0)
		buf_format(&buf, chinese ? ";进度%d%%,计划%d%%" : "; progress %d %%, plan %d %%",
			lamp->progress, lamp->plan);
	return buf_str(&buf);
}
