/* due.c: when a duty falls due. Computed once, when it arises, and recorded with the fact. */
#include "matter/engine.h"

/* A report that comes round leaves its bearer at least a week. */
#define PERIOD_DAYS_MIN 7

static struct day field_day(const struct procedure *procedure, const struct doc *fields, int field)
{
	struct day day;
	struct str text = STR_NONE;
	const struct doc *value = doc_get_str(fields, procedure->fields[field].name);

	if (value != NULL && value->kind == DOC_TEXT)
		text = value->text;
	return text.size > 0 && day_parse(text, &day, NULL) == ERR_OK ? day : DAY_NONE;
}

/* The first day counted is the day after; a round that begins at midnight has all of its first day. */
static struct day period_due(enum period period, struct instant armed, const struct world *world)
{
	struct day end = period_end(period, instant_day(armed, world->offset_minutes));
	struct day before = instant_day((struct instant){armed.us - 1}, world->offset_minutes);

	return end.number - before.number < PERIOD_DAYS_MIN ? period_end(period, day_add(end, 1)) : end;
}

static struct due due_on(struct day day, struct term warn, bool provisional, const struct world *world)
{
	struct due due = {.day = day, .due = INSTANT_NONE, .warn = INSTANT_NONE, .provisional = provisional};

	if (day_is_none(day))
		return due;
	due.due = day_end(day, world->offset_minutes);
	if (warn.amount > 0)
		due.warn = day_start(calendar_term_before(world->calendar, day, warn), world->offset_minutes);
	return due;
}

static struct day due_day(const struct limit *limit, const struct doc *fields,
	const struct procedure *procedure, struct instant armed, const struct world *world, bool *provisional)
{
	struct day day;

	switch (limit->kind) {
	case LIMIT_WITHIN:
		return calendar_term_end(
			world->calendar, instant_day(armed, world->offset_minutes), limit->term, provisional);
	case LIMIT_BY:
		return field_day(procedure, fields, limit->field);
	case LIMIT_EVERY:
		return period_due(limit->period, armed, world);
	case LIMIT_CALENDAR:
		day = field_day(procedure, fields, limit->field);
		return day_is_none(day) ? day
					: calendar_term_end(world->calendar, day, limit->term, provisional);
	}
	return DAY_NONE;
}

struct due due_compute(const struct limit *limit, struct term warn, const struct doc *fields,
	const struct procedure *procedure, struct instant armed, const struct world *world)
{
	bool provisional = false;
	struct day day = due_day(limit, fields, procedure, armed, world, &provisional);

	return due_on(day, warn, provisional, world);
}

bool field_is_waited_for(const struct procedure *procedure, struct str field)
{
	for (size_t i = 0; i < procedure->action_count; i++)
		if (action_waits(&procedure->actions[i]) &&
			str_equal(procedure->fields[procedure->actions[i].not_before.field].name, field))
			return true;
	return false;
}

struct instant action_waits_until(const struct procedure *procedure, const struct action *action,
	const struct doc *fields, const struct world *world)
{
	return due_compute(&action->not_before, (struct term){0}, fields, procedure, world->now, world).due;
}
