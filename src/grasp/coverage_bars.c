/* coverage_bars.c: who may not inspect whom (任职回避, 亲属回避), from the record of tenures and kin. */
#include "grasp/coverage.h"

struct bars {
	const struct org *org;
	const struct coverage_unit *units;
	int unit_count;
	const struct day *begins;
	int round_count, years;
	struct arena *arena;
	struct coverage_bar *items;
	size_t count, capacity;
};

/* The first round that begins on the day or later. */
static int round_from(const struct bars *bars, struct day day)
{
	int round = 0;

	while (round < bars->round_count && bars->begins[round].number < day.number)
		round++;
	return round;
}

static bool is_within(const struct org *org, int64_t unit, int64_t whole)
{
	while (unit != 0 && unit != whole)
		unit = org_unit(org, unit)->parent;
	return unit != 0;
}

/* The strictest bar of an inspector from a unit is the one that is told. */
static void add(struct bars *bars, const struct coverage_bar *bar, size_t first)
{
	if (bar->until == 0)
		return;
	for (size_t i = first; i < bars->count; i++)
		if (bars->items[i].unit == bar->unit) {
			if (bar->until > bars->items[i].until)
				bars->items[i] = *bar;
			return;
		}
	*ARENA_PUSH(bars->arena, bars->items, bars->count, bars->capacity) = *bar;
}

static struct coverage_bar bar_of(const struct bars *bars, const struct tenure *tenure, int64_t relative)
{
	bool lasts = day_is_none(tenure->until);
	struct coverage_bar bar = {.post = tenure->post, .other = relative};

	bar.reason = relative != 0 ? COVERAGE_KIN : lasts ? COVERAGE_WORKS : COVERAGE_WORKED;
	if (lasts)
		bar.until = bars->round_count;
	else if (relative != 0)
		bar.until = round_from(bars, tenure->until);
	else
		bar.until = round_from(bars, day_add_months(tenure->until, 12 * bars->years));
	return bar;
}

/* All that the tenures of one person bar the inspector from: their own, or a relative's. */
static void bar_by(struct bars *bars, int inspector, int64_t person, int64_t relative, size_t first)
{
	for (size_t i = 0; i < org_tenure_count(bars->org); i++) {
		const struct tenure *tenure = org_tenure_at(bars->org, i);

		if (tenure->person != person)
			continue;
		struct coverage_bar bar = bar_of(bars, tenure, relative);
		int64_t worked = org_post(bars->org, tenure->post)->unit;

		bar.inspector = inspector;
		for (bar.unit = 0; bar.unit < bars->unit_count; bar.unit++)
			if (is_within(bars->org, worked, bars->units[bar.unit].unit))
				add(bars, &bar, first);
	}
}

void coverage_bars(const struct org *org, const int64_t *inspectors, int inspector_count,
	const struct coverage_unit *units, int unit_count, const struct day *begins, int round_count,
	int years, struct arena *arena, struct coverage_bar **ret_bars, int *ret_count)
{
	struct bars bars = {.org = org,
		.units = units,
		.unit_count = unit_count,
		.begins = begins,
		.round_count = round_count,
		.years = years,
		.arena = arena};

	for (int inspector = 0; inspector < inspector_count; inspector++) {
		int64_t person = inspectors[inspector];
		size_t first = bars.count;

		bar_by(&bars, inspector, person, 0, first);
		for (size_t i = 0; i < org_kin_count(org); i++) {
			const struct kin *kin = org_kin_at(org, i);
			int64_t relative = kin->person == person  ? kin->other
					   : kin->other == person ? kin->person
								  : 0;

			if (relative != 0 && org_are_kin(org, person, relative, begins[0]))
				bar_by(&bars, inspector, relative, relative, first);
		}
	}
	*ret_bars = bars.items;
	*ret_count = (int)bars.count;
}
