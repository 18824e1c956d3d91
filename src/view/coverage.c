/* coverage.c: the question of a plan of rounds, gathered from the institution and its record. */
#include "view/coverage.h"

struct gathering {
	const struct coverage_ask *ask;
	struct arena *arena;
	struct coverage_told *told;
	struct coverage_unit *units;
	int unit_count;
	int64_t office; /* the unit that inspects; 0 where no unit does */
	struct bh_err *reterr;
};

static bool is_within(const struct org *org, int64_t unit, int64_t whole)
{
	while (unit != 0 && unit != whole)
		unit = org_unit(org, unit)->parent;
	return unit != 0 && whole != 0;
}

static int child_count(const struct org *org, int64_t unit)
{
	int count = 0;

	for (size_t i = 0; unit != 0 && i < org_unit_count(org); i++)
		count += org_unit_at(org, i)->parent == unit && day_is_none(org_unit_at(org, i)->until);
	return count;
}

/* ---- rounds ---- */

/* They begin at even distances, the first on `begin`. */
static enum err gather_rounds(struct gathering *gathering)
{
	const struct coverage_ask *ask = gathering->ask;
	struct coverage_problem *problem = &gathering->told->problem;
	int days = ask->to.number - ask->begin.number + 1;
	int teams = ask->teams;

	if (ask->rounds < 1 || ask->rounds > COVERAGE_ROUNDS_MAX)
		return err_set(gathering->reterr, ERR_RANGE, "rounds", "1 to %d rounds can be planned",
			COVERAGE_ROUNDS_MAX);
	if (days < ask->rounds)
		return err_set(gathering->reterr, ERR_INVALID, "to",
			"the term ends before as many rounds could begin: %d", ask->rounds);
	if (teams == 0)
		teams = child_count(ask->institution->org, gathering->office);
	if (teams < 1 || teams > COVERAGE_TEAMS_MAX)
		return err_set(gathering->reterr, ERR_RANGE, "teams", "say how many teams there are: 1 to %d",
			COVERAGE_TEAMS_MAX);
	gathering->told->begins = ARENA_TAKE(gathering->arena, (size_t)ask->rounds, struct day);
	int *each = ARENA_TAKE(gathering->arena, (size_t)ask->rounds, int);

	for (int i = 0; i < ask->rounds; i++) {
		gathering->told->begins[i] = day_add(ask->begin, days * i / ask->rounds);
		each[i] = teams;
	}
	problem->round_count = ask->rounds;
	problem->teams = each;
	return ERR_OK;
}

/* ---- units ---- */

/* In the term, by inspection: a unit that one above it stands for isn't inspected itself. */
static bool was_covered(
	const struct coverage_ask *ask, const struct covered *items, size_t count, int64_t unit)
{
	for (size_t i = 0; i < count; i++)
		if (items[i].unit == unit && items[i].supervision == SUPERVISION_INSPECTION &&
			items[i].day.number >= ask->from.number && items[i].day.number <= ask->to.number)
			return true;
	return false;
}

static enum err add_unit(struct gathering *gathering, const struct coverage_wish *wish)
{
	int rounds = gathering->ask->rounds;
	struct coverage_unit unit = {.unit = wish->unit,
		.weight = wish->weight,
		.first = wish->earliest > 0 ? wish->earliest - 1 : 0,
		.last = wish->latest > 0 && wish->latest < rounds ? wish->latest - 1 : rounds - 1};

	if (org_unit_has_ended(gathering->ask->institution->org, wish->unit))
		return err_set(gathering->reterr, ERR_CONFLICT, "units",
			"%.*s was abolished: there is nobody to inspect any more",
			STR_ARG(org_unit(gathering->ask->institution->org, wish->unit)->code));
	if (unit.first > unit.last)
		return err_set(gathering->reterr, ERR_INVALID, "units",
			"%.*s: round %d is the earliest for this unit, and round %d the last",
			STR_ARG(org_unit(gathering->ask->institution->org, wish->unit)->code), unit.first + 1,
			unit.last + 1);
	if (gathering->unit_count == COVERAGE_UNITS_MAX)
		return err_set(gathering->reterr, ERR_RANGE, "units", "%d units at most can be planned",
			COVERAGE_UNITS_MAX);
	gathering->units[gathering->unit_count++] = unit;
	return ERR_OK;
}

static enum err gather_wishes(struct gathering *gathering, const struct covered *items, size_t count)
{
	const struct coverage_ask *ask = gathering->ask;

	for (int i = 0; i < ask->wish_count; i++)
		if (!ask->again && was_covered(ask, items, count, ask->wishes[i].unit))
			gathering->told->covered++;
		else
			TRY(add_unit(gathering, &ask->wishes[i]));
	return ERR_OK;
}

static enum err gather_all(struct gathering *gathering, const struct covered *items, size_t count)
{
	const struct coverage_ask *ask = gathering->ask;
	const struct org *org = ask->institution->org;
	int64_t known = 0;

	for (size_t i = 0; i < org_unit_count(org); i++) {
		const struct unit *unit = org_unit_at(org, i);

		if ((ask->kind != NULL && !str_is(unit->kind, ask->kind)) || !day_is_none(unit->until))
			continue;
		known++;
		/* Who inspects, and whoever stands above them, is inspected from further above. */
		if (is_within(org, unit->id, gathering->office) ||
			is_within(org, gathering->office, unit->id))
			continue;
		if (!ask->again && was_covered(ask, items, count, unit->id))
			gathering->told->covered++;
		else
			TRY(add_unit(gathering, &(struct coverage_wish){.unit = unit->id, .weight = 1}));
	}
	if (known == 0)
		return err_set(gathering->reterr, ERR_INVALID, "kind", "there is no unit of the kind %s",
			ask->kind != NULL ? ask->kind : "");
	return ERR_OK;
}

static enum err gather_units(struct gathering *gathering)
{
	const struct coverage_ask *ask = gathering->ask;
	struct covered *items;
	size_t count;

	gathering->units = ARENA_TAKE(gathering->arena, COVERAGE_UNITS_MAX, struct coverage_unit);
	TRY(institution_covered(ask->institution, ask->store, gathering->arena, ask->viewer, &items, &count,
		gathering->reterr));
	TRY(ask->wishes != NULL ? gather_wishes(gathering, items, count)
				: gather_all(gathering, items, count));
	gathering->told->problem.units = gathering->units;
	gathering->told->problem.unit_count = gathering->unit_count;
	return ERR_OK;
}

/* ---- inspectors ---- */

static bool is_listed(const int64_t *people, int count, int64_t person)
{
	for (int i = 0; i < count; i++)
		if (people[i] == person)
			return true;
	return false;
}

static enum err gather_inspectors(struct gathering *gathering)
{
	const struct coverage_ask *ask = gathering->ask;
	const struct org *org = ask->institution->org;
	int64_t *people = ARENA_TAKE(gathering->arena, COVERAGE_INSPECTORS_MAX, int64_t);
	int count = 0;

	for (int i = 0; i < ask->inspector_count && i < COVERAGE_INSPECTORS_MAX; i++)
		people[count++] = ask->inspectors[i];
	for (size_t i = 0; ask->inspectors == NULL && i < org_post_count(org); i++) {
		const struct post *post = org_post_at(org, i);
		const struct tenure *tenure = org_holder(org, post->id, ask->begin);

		if (tenure != NULL && post->unit != gathering->office &&
			is_within(org, post->unit, gathering->office) && count < COVERAGE_INSPECTORS_MAX &&
			!is_listed(people, count, tenure->person))
			people[count++] = tenure->person;
	}
	if (ask->inspector_count > COVERAGE_INSPECTORS_MAX)
		return err_set(gathering->reterr, ERR_RANGE, "inspectors",
			"%d inspectors at most can be planned", COVERAGE_INSPECTORS_MAX);
	gathering->told->inspectors = people;
	gathering->told->problem.inspector_count = count;
	return ERR_OK;
}

static void gather_bars(struct gathering *gathering)
{
	struct coverage_problem *problem = &gathering->told->problem;
	struct coverage_bar *bars;

	coverage_bars(gathering->ask->institution->org, gathering->told->inspectors, problem->inspector_count,
		gathering->units, gathering->unit_count, gathering->told->begins, problem->round_count,
		gathering->ask->years, gathering->arena, &bars, &problem->bar_count);
	problem->bars = bars;
}

enum err coverage_tell(const struct coverage_ask *ask, struct arena *arena, struct coverage_told *ret_told,
	struct bh_err *reterr)
{
	struct gathering gathering = {.ask = ask, .arena = arena, .told = ret_told, .reterr = reterr};
	const struct function *function = org_function(ask->institution->org, STR("inspection_office"));

	*ret_told = (struct coverage_told){0};
	gathering.office = function != NULL ? function->unit : 0;
	TRY(gather_rounds(&gathering));
	TRY(gather_units(&gathering));
	TRY(gather_inspectors(&gathering));
	gather_bars(&gathering);
	ret_told->problem.per_team = ask->per_team;
	ret_told->problem.team_size = ask->team_size;
	ret_told->problem.serve_max = ask->serve > 0 && ask->serve < ask->rounds ? ask->serve : ask->rounds;
	ret_told->verdict = coverage_solve(&ret_told->problem, arena, &ret_told->plan, &ret_told->conflict);
	return ERR_OK;
}

/* ---- what isn't said ---- */

static struct day later(struct day a, struct day b)
{
	return a.number > b.number ? a : b;
}

/* Rounds that begin every half-year; one at least. */
static int rounds_until(struct day begin, struct day to)
{
	int rounds = 0;

	while (rounds < COVERAGE_ROUNDS_MAX &&
		day_add_months(begin, rounds * COVERAGE_ROUND_MONTHS).number <= to.number)
		rounds++;
	return rounds > 0 ? rounds : 1;
}

enum err coverage_ask_complete(struct coverage_ask *ask, struct day today, struct bh_err *reterr)
{
	if (day_is_none(ask->from) && day_is_none(ask->to))
		return err_set(reterr, ERR_INVALID, "to", "say when the term begins or ends");
	TRY(coverage_term(today, &ask->from, &ask->to, reterr));
	if (day_is_none(ask->begin))
		ask->begin = later(ask->from, today);
	if (ask->begin.number > ask->to.number || ask->begin.number < ask->from.number)
		return err_set(reterr, ERR_INVALID, "begin", "the first round must begin in the term");
	if (ask->rounds == 0)
		ask->rounds = rounds_until(ask->begin, ask->to);
	return ERR_OK;
}
