/* report_finding.c: problems found, by the unit that must put them right. Only what was verified by somebody
 * else counts as put right. */
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

/* The unit responsible, which isn't who found it. */
static int64_t unit_of(const struct finding_line *line, const struct doc *fields)
{
	int64_t unit = doc_get_int(fields, "unit", 0);

	return unit != 0 ? unit : line->unit;
}

/* The same title at the same unit before, or a link that says so. */
static bool repeats_earlier(const struct finding_line *lines, const int64_t *units, size_t i)
{
	if (lines[i].linked > 0)
		return true;
	for (size_t j = 0; j < i; j++)
		if (units[j] == units[i] && str_equal(lines[j].title, lines[i].title))
			return true;
	return false;
}

static void count_finding(struct unit_count *count, const struct finding_line *line, const struct doc *fields)
{
	bool closed = str_is(line->outcome, "success");
	bool undone = closed && str_is(doc_get_text(fields, "result"), "undone");

	count->found++;
	count->planned += line->planned;
	count->verified += closed && !undone;
	count->undone += undone;
	count->open += line->outcome.size == 0;
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
	size_t count, unit_count = org_unit_count(ask->org);
	struct unit_count *counts = ARENA_TAKE(ask->arena, unit_count + 1, struct unit_count), sum = {0};
	struct finding_line *lines;

	COLUMNS(making, columns);
	TRY(store_finding_list(ask->store, ask->arena, ask->viewer, period_from(making), period_until(making),
		&lines, &count, making->reterr));
	int64_t *units = ARENA_TAKE(ask->arena, count + 1, int64_t);

	for (size_t i = 0; i < count; i++) {
		struct doc *fields;

		TRY(doc_read_canonical(ask->arena, lines[i].fields, &fields, making->reterr));
		units[i] = unit_of(&lines[i], fields);
		/* Withdrawn: it was none. */
		if (str_is(lines[i].outcome, "void") || org_unit(ask->org, units[i]) == NULL)
			continue;
		count_finding(&counts[units[i] - 1], &lines[i], fields);
		counts[units[i] - 1].repeats += repeats_earlier(lines, units, i);
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
