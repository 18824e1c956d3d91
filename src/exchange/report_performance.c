/* report_performance.c: units by a formula, each beside its peers; or, of one unit, every event behind its
 * points. */
#include "exchange/performance.h"
#include "exchange/report_made.h"

struct performance {
	struct making *making;
	const struct formula *formula;
	struct performance_ask ask;
	struct performance_record record;
};

static struct str hundredths(struct arena *arena, int64_t points)
{
	int64_t size = points < 0 ? -points : points;

	return str_format(arena, "%s%lld.%02lld", points < 0 ? "-" : "", (long long)(size / 100),
		(long long)(size % 100));
}

/* ---- the ranking ---- */

static void set_columns(struct performance *performance)
{
	static const struct report_column first[] = {
		{"kind", "类别", "kind"},
		{"rank", "名次", "rank"},
		{"peers", "同类单位", "peers"},
		{"unit", "单位", "unit"},
		{"points", "得分", "points"},
	};
	static const struct report_column last = {"formula", "公式", "formula"};
	const struct formula *formula = performance->formula;
	struct report *report = performance->making->report;
	struct report_column *columns = ARENA_TAKE(performance->making->ask->arena,
		ARRAY_COUNT(first) + formula->item_count + 1, struct report_column);

	for (size_t i = 0; i < ARRAY_COUNT(first); i++)
		columns[i] = first[i];
	for (size_t i = 0; i < formula->item_count; i++)
		columns[ARRAY_COUNT(first) + i] = (struct report_column){formula->items[i].name.data,
			formula->items[i].label.zh.data, formula->items[i].label.en.data};
	columns[ARRAY_COUNT(first) + formula->item_count] = last;
	report->columns = columns;
	report->column_count = ARRAY_COUNT(first) + formula->item_count + 1;
}

/* "24.00 (3/5)" of a rate, "-4.00 (2)" of a count; empty where there was nothing to judge. */
static void put_part(struct making *making, const struct formula_item *item, const struct score_part *part)
{
	struct arena *arena = making->ask->arena;
	struct str points = hundredths(arena, part->points);

	if (part->empty)
		put_text(making, STR(""));
	else if (measure_is_rate(item->measure))
		put_text(making, str_format(arena, "%.*s (%lld/%lld)", STR_ARG(points), (long long)part->good,
					 (long long)part->all));
	else
		put_text(making, str_format(arena, "%.*s (%lld)", STR_ARG(points), (long long)part->all));
}

static void put_scores(struct performance *performance, const struct score *scores, size_t count)
{
	struct making *making = performance->making;
	const struct report_ask *ask = making->ask;
	const struct formula *formula = performance->formula;
	struct str version = formula->version == 0
				     ? STR("")
				     : str_format(ask->arena, " v%lld", (long long)formula->version);
	struct str named = str_format(ask->arena, "%.*s%.*s sha256:%.*s", STR_ARG(formula->name),
		STR_ARG(version), STR_ARG(str_slice(formula->hash, 0, 12)));

	set_columns(performance);
	for (size_t i = 0; i < count; i++) {
		struct str kind = org_unit(ask->org, scores[i].unit)->kind;

		if (ask->kind.size > 0 && !str_equal(kind, ask->kind))
			continue;
		put_text(making, unit_kind_word(kind, !str_is(ask->lang, "en")));
		put_number(making, scores[i].rank);
		put_number(making, scores[i].peers);
		put_text(making, unit_name(making, scores[i].unit));
		put_text(making, hundredths(ask->arena, scores[i].points));
		for (size_t j = 0; j < performance->formula->item_count; j++)
			put_part(making, &performance->formula->items[j], &scores[i].parts[j]);
		put_text(making, named);
	}
}

/* ---- what is behind the points of one unit ---- */

static const struct report_column trace_columns[] = {
	{"item", "计分项", "item"},
	{"counts", "计入", "counts"},
	{"number", "编号", "number"},
	{"title", "事项", "title"},
	{"what", "内容", "what"},
	{"day", "日期", "day"},
	{"event", "事件序号", "event"},
};

static struct str fact_what(struct making *making, const struct performance_fact *fact)
{
	const struct settled *settled = fact->settled;

	if (settled != NULL)
		return duty_label(making, settled->definition, settled->kind, settled->rule, settled->name);
	if (fact->undertaken->closed)
		return word_in(making, "核验办结", "verified and closed");
	return instant_is_none(fact->undertaken->ended) ? word_in(making, "在办", "still open")
							: word_in(making, "未办成", "ended otherwise");
}

static enum err put_fact(struct performance *performance, const struct performance_fact *fact)
{
	struct making *making = performance->making;
	const struct report_ask *ask = making->ask;
	const struct formula_item *item = &performance->formula->items[fact->item];
	int64_t index;

	TRY(performance_fact_event(&performance->ask, fact, &index, making->reterr));
	put_text(making, label_pick(item->label, item->name, ask->lang));
	put_text(making, fact->bearing == BEARING_GOOD ? word_in(making, "得分", "for")
						       : word_in(making, "失分", "against"));
	put_text(making, fact->settled != NULL ? fact->settled->number : fact->undertaken->number);
	put_text(making, fact->settled != NULL ? fact->settled->title : fact->undertaken->title);
	put_text(making, fact_what(making, fact));
	put_day(making, performance_fact_day(fact, ask->offset_minutes));
	if (index < 0)
		put_text(making, STR(""));
	else
		put_number(making, index);
	return ERR_OK;
}

static enum err put_facts(struct performance *performance, int64_t unit)
{
	struct making *making = performance->making;
	struct performance_fact *facts;
	size_t count;

	COLUMNS(making, trace_columns);
	performance_facts(
		performance->formula, &performance->record, unit, making->ask->arena, &facts, &count);
	for (size_t i = 0; i < count; i++)
		TRY(put_fact(performance, &facts[i]));
	return ERR_OK;
}

/* The one that was given, or the one in force on the last day of the period. */
static enum err find_formula(struct performance *performance)
{
	struct making *making = performance->making;
	const struct report_ask *ask = making->ask;
	struct formula *formula;

	performance->formula = ask->formula;
	if (ask->formula != NULL)
		return ERR_OK;
	formula = ARENA_TAKE(ask->arena, 1, struct formula);
	performance->formula = formula;
	return formula_in_force(ask->store, ask->arena, day_is_none(ask->to) ? making->today : ask->to,
		formula, making->reterr);
}

enum err report_performance(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct performance performance = {.making = making,
		.ask = {.arena = ask->arena,
			.store = ask->store,
			.viewer = ask->viewer,
			.offset_minutes = ask->offset_minutes,
			.procedure = ask->procedure,
			.context = ask->context,
			.from = ask->from,
			.to = ask->to}};
	const struct unit *unit = org_unit_by_code(ask->org, ask->unit);
	struct score *scores;
	size_t count;

	if (ask->unit.size > 0 && unit == NULL)
		return err_set(making->reterr, ERR_INVALID, "--unit", "there is no unit %.*s",
			STR_ARG(str_slice(ask->unit, 0, 80)));
	TRY(find_formula(&performance));
	TRY(performance_gather(&performance.ask, &performance.record, making->reterr));
	if (unit != NULL)
		return put_facts(&performance, unit->id);
	performance_score(performance.formula, ask->org, &performance.record, ask->arena, &scores, &count);
	put_scores(&performance, scores, count);
	return ERR_OK;
}
