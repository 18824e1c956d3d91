/* report_coverage.c: which units were covered by which of the four supervisions in a term, year by year.
 * Every unit stands there with each of the four, so that what was never covered is a row and not a row less.
 */
#include "exchange/report_made.h"

static const struct report_column before[] = {
	{"unit", "单位", "unit"},
	{"kind", "类别", "kind"},
	{"supervision", "监督", "supervision"},
};
static const struct report_column behind[] = {
	{"last", "最近一次", "last"},
	{"by", "依据事项", "by"},
	{"covered", "已覆盖", "covered"},
};

struct coverage {
	struct making *making;
	struct day from, to;
	int first_year, years;
	const struct covered *items;
	size_t count;
};

/* ---- the term ---- */

static enum err read_term(struct coverage *coverage)
{
	struct making *making = coverage->making;
	struct bh_err why;
	enum err err;

	coverage->from = making->ask->from;
	coverage->to = making->ask->to;
	if ((err = coverage_term(making->today, &coverage->from, &coverage->to, &why)) != ERR_OK)
		return err_pass(making->reterr, err, "--to", &why);
	coverage->first_year = coverage_year(coverage->from);
	coverage->years = coverage_year(coverage->to) - coverage->first_year + 1;
	return ERR_OK;
}

static void make_columns(const struct coverage *coverage)
{
	struct arena *arena = coverage->making->ask->arena;
	struct report *report = coverage->making->report;
	size_t count = ARRAY_COUNT(before) + (size_t)coverage->years + ARRAY_COUNT(behind), at = 0;
	struct report_column *columns = ARENA_TAKE(arena, count, struct report_column);

	for (size_t i = 0; i < ARRAY_COUNT(before); i++)
		columns[at++] = before[i];
	for (int i = 0; i < coverage->years; i++) {
		const char *year = str_format(arena, "%d", coverage->first_year + i).data;

		columns[at++] = (struct report_column){year, year, year};
	}
	for (size_t i = 0; i < ARRAY_COUNT(behind); i++)
		columns[at++] = behind[i];
	report->columns = columns;
	report->column_count = count;
}

static enum err load(struct coverage *coverage)
{
	const struct report_ask *ask = coverage->making->ask;
	const struct covered_ask what = {.viewer = ask->viewer,
		.definitions = ask->in_force,
		.definition_count = ask->in_force_count,
		.procedure = ask->procedure,
		.context = ask->context,
		.offset_minutes = ask->offset_minutes};
	struct covered *items;

	TRY(store_covered_list(
		ask->store, ask->arena, &what, &items, &coverage->count, coverage->making->reterr));
	coverage->items = items;
	return ERR_OK;
}

/* ---- rows ---- */

static void put_years(const struct coverage *coverage, const struct coverage_line *line)
{
	for (int i = 0; i < coverage->years; i++)
		if (line->years[i] > 0)
			put_number(coverage->making, line->years[i]);
		else
			put_text(coverage->making, STR(""));
}

static struct str label_of(const struct coverage *coverage, enum supervision supervision)
{
	return word_in(coverage->making, supervision_title(supervision, true),
		supervision_title(supervision, false));
}

static void put_line(const struct coverage *coverage, const struct unit *unit, enum supervision supervision,
	const struct coverage_line *line)
{
	struct making *making = coverage->making;

	put_text(making, unit_name(making, unit->id));
	put_text(making, unit_kind_word(unit->kind, !str_is(making->ask->lang, "en")));
	put_text(making, label_of(coverage, supervision));
	put_years(coverage, line);
	put_day(making, line->last != NULL ? line->last->day : DAY_NONE);
	put_text(making, line->last != NULL ? line->last->number : STR(""));
	put_text(making, line->last != NULL ? word_in(making, "是", "yes") : word_in(making, "否", "no"));
}

static void put_sum(const struct coverage *coverage, enum supervision supervision,
	const struct coverage_line *sum, int64_t covered, int64_t units)
{
	struct making *making = coverage->making;

	put_text(making, word_in(making, "合计", "all"));
	put_text(making, STR(""));
	put_text(making, label_of(coverage, supervision));
	put_years(coverage, sum);
	put_text(making, STR(""));
	put_text(making, STR(""));
	put_text(making, str_format(making->ask->arena, "%lld/%lld", (long long)covered, (long long)units));
}

enum err report_coverage(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct coverage coverage = {.making = making};
	struct coverage_line sums[SUPERVISION_COUNT] = {0};
	int64_t covered[SUPERVISION_COUNT] = {0}, units = 0;

	TRY(read_term(&coverage));
	make_columns(&coverage);
	TRY(load(&coverage));
	for (size_t i = 0; i < org_unit_count(ask->org); i++) {
		const struct unit *unit = org_unit_at(ask->org, i);
		/* What was abolished by the end of the term is no gap in it; what reached it before stays. */
		bool counts = org_unit_is_on(ask->org, unit->id, coverage.to);

		if (ask->kind.size > 0 && !str_equal(unit->kind, ask->kind))
			continue;
		units += counts;
		for (int s = 0; s < SUPERVISION_COUNT; s++) {
			struct coverage_line line = coverage_line_of(coverage.items, coverage.count,
				coverage.from, coverage.to, unit->id, (enum supervision)s);

			for (int year = 0; counts && year < coverage.years; year++)
				sums[s].years[year] += line.years[year] > 0;
			covered[s] += counts && line.last != NULL;
			if ((counts && s < SUPERVISION_FULL_COUNT) || line.last != NULL)
				put_line(&coverage, unit, (enum supervision)s, &line);
		}
	}
	for (int s = 0; s < SUPERVISION_FULL_COUNT && units > 0; s++)
		put_sum(&coverage, (enum supervision)s, &sums[s], covered[s], units);
	return ERR_OK;
}
