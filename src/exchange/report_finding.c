/* report_finding.c: problems found, by the unit that must put them right. Only what was verified by somebody
 * else counts as put right. What is a problem, and what its rectification, the definitions say. */
#include "exchange/report_made.h"

static const struct report_column columns[] = {
	{"unit", "责任单位", "unit"},
	{"found", "发现问题", "found"},
	{"planned", "方案已审", "planned"},
	{"verified", "核验销账", "verified"},
	{"undone", "核验未完成", "verified as not done"},
	{"open", "未销账", "open"},
	{"rate", "销账率%", "closing rate%"},
	{"repeats", "重复问题", "repeats"},
};

struct unit_count {
	int64_t found, planned, verified, undone, open, repeats;
};

struct problem {
	const struct finding_line *line;
	const struct procedure *by;
	int64_t unit;
	bool planned; /* a plan to put it right stands */
};
struct problems {
	struct problem *items;
	size_t count, capacity;
};

/* ---- what was found ---- */

static enum err read_findings(struct making *making, struct problems *problems)
{
	const struct report_ask *ask = making->ask;
	const struct procedure *procedure;
	size_t at = 0;

	while ((procedure = counted_next(making, COUNTED_FINDING, &at)) != NULL) {
		struct finding_ask of = {
			ask->viewer, period_from(making), period_until(making), procedure->name};
		struct finding_line *lines;
		size_t count;

		TRY(store_finding_list(ask->store, ask->arena, &of, &lines, &count, making->reterr));
		for (size_t i = 0; i < count; i++) {
			const struct procedure *by = counted_by(making, procedure, lines[i].definition);
			int64_t unit = counted_unit(by, COUNT_PART_UNIT, lines[i].fields);

			*ARENA_PUSH(ask->arena, problems->items, problems->count, problems->capacity) =
				(struct problem){&lines[i], by, unit != 0 ? unit : lines[i].unit, false};
		}
	}
	return ERR_OK;
}

static bool stands_by(const struct procedure *by, struct str action)
{
	for (size_t i = 0; i < by->counts_as.planned_by_count; i++)
		if (str_equal(by->actions[by->counts_as.planned_by[i]].name, action))
			return true;
	return false;
}

static void mark_planned(struct problems *problems, int64_t matter)
{
	for (size_t i = 0; i < problems->count; i++)
		problems->items[i].planned |= problems->items[i].line->id == matter;
}

/* A finding's plan stands by an action of its own, or of its rectification, which is part of it. */
static enum err find_plans(struct making *making, struct problems *problems, enum count_kind as)
{
	const struct report_ask *ask = making->ask;
	const struct procedure *procedure;
	size_t at = 0;

	while ((procedure = counted_next(making, as, &at)) != NULL) {
		struct deed_line *deeds;
		size_t count;

		TRY(store_deed_list(ask->store, ask->arena, ask->viewer, procedure->name, &deeds, &count,
			making->reterr));
		for (size_t i = 0; i < count; i++)
			if (stands_by(counted_by(making, procedure, deeds[i].definition), deeds[i].action))
				mark_planned(
					problems, as == COUNTED_FINDING ? deeds[i].matter : deeds[i].parent);
	}
	return ERR_OK;
}

/* ---- what is counted ---- */

/* The same title at the same unit before, or a link that says so. */
static bool repeats_earlier(const struct problems *problems, size_t i)
{
	const struct problem *problem = &problems->items[i];

	if (problem->line->linked > 0)
		return true;
	for (size_t j = 0; j < i; j++)
		if (problems->items[j].unit == problem->unit &&
			str_equal(problems->items[j].line->title, problem->line->title))
			return true;
	return false;
}

static void count_finding(struct unit_count *count, const struct problem *problem)
{
	struct str result = counted_text(problem->by, COUNT_PART_RESULT, problem->line->fields);
	bool closed = str_is(problem->line->outcome, "success");
	bool undone = closed && result.size > 0 && str_equal(result, problem->by->counts_as.undone);

	count->found++;
	count->planned += problem->planned;
	count->verified += closed && !undone;
	count->undone += undone;
	count->open += problem->line->outcome.size == 0;
}

static void put_count(struct making *making, struct str name, const struct unit_count *count)
{
	put_text(making, name);
	put_number(making, count->found);
	put_number(making, count->planned);
	put_number(making, count->verified);
	put_number(making, count->undone);
	put_number(making, count->open);
	put_text(making, str_format(making->ask->arena, "%.1f",
				 100.0 * (double)count->verified / (double)count->found));
	put_number(making, count->repeats);
}

static void add(struct unit_count *sum, const struct unit_count *count)
{
	sum->found += count->found;
	sum->planned += count->planned;
	sum->verified += count->verified;
	sum->undone += count->undone;
	sum->open += count->open;
	sum->repeats += count->repeats;
}

enum err report_rectification(struct making *making)
{
	const struct report_ask *ask = making->ask;
	size_t unit_count = org_unit_count(ask->org);
	struct unit_count *counts = ARENA_TAKE(ask->arena, unit_count + 1, struct unit_count), sum = {0};
	struct problems problems = {0};

	COLUMNS(making, columns);
	TRY(read_findings(making, &problems));
	TRY(find_plans(making, &problems, COUNTED_FINDING));
	TRY(find_plans(making, &problems, COUNTED_RECTIFICATION));
	for (size_t i = 0; i < problems.count; i++) {
		const struct problem *problem = &problems.items[i];

		/* Withdrawn: it was none. */
		if (str_is(problem->line->outcome, "void") || org_unit(ask->org, problem->unit) == NULL)
			continue;
		count_finding(&counts[problem->unit - 1], problem);
		counts[problem->unit - 1].repeats += repeats_earlier(&problems, i);
	}
	for (size_t i = 0; i < unit_count; i++) {
		if (counts[i].found == 0)
			continue;
		put_count(making, unit_name(making, (int64_t)i + 1), &counts[i]);
		add(&sum, &counts[i]);
	}
	if (sum.found > 0)
		put_count(making, word_in(making, "合计", "all"), &sum);
	return ERR_OK;
}
