/* report_performance.c: units by a formula, each beside its peers; or, of one unit, every event behind its
 * points. */
#include "exchange/report_made.h"

struct performance {
	struct making *making;
	const struct formula *formula;
	struct performance_record record;
};

static struct str procedure_of(void *context, int64_t definition)
{
	const struct report_ask *ask = context;
	const struct procedure *procedure = ask->procedure(ask->context, definition);

	return procedure == NULL ? STR("") : procedure->name;
}

static enum err gather(struct performance *performance)
{
	struct making *making = performance->making;
	const struct report_ask *ask = making->ask;
	struct record_ask what = {.viewer = ask->viewer,
		.from = period_from(making),
		.until = period_until(making),
		.offset_minutes = ask->offset_minutes,
		.procedure = ask->procedure,
		.context = ask->context};
	struct record_ask due = record_due(&what);
	struct settled *settled;
	struct undertaken *undertaken;

	TRY(store_settled_list(
		ask->store, ask->arena, &due, &settled, &performance->record.settled_count, making->reterr));
	TRY(store_undertaken_list(ask->store, ask->arena, &what, &undertaken,
		&performance->record.undertaken_count, making->reterr));
	performance->record.settled = settled;
	performance->record.undertaken = undertaken;
	performance->record.procedure_of = procedure_of;
	performance->record.context = (void *)ask;
	return ERR_OK;
}

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
	struct str named = str_format(ask->arena, "%.*s sha256:%.*s", STR_ARG(performance->formula->name),
		STR_ARG(str_slice(performance->formula->hash, 0, 12)));

	set_columns(performance);
	for (size_t i = 0; i < count; i++) {
		struct str kind = org_unit(ask->org, scores[i].unit)->kind;

		if (ask->kind.size > 0 && !str_equal(kind, ask->kind))
			continue;
		put_text(making, kind);
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

struct fact {
	const struct formula_item *item;
	enum bearing bearing;
	int64_t matter, duty;
	struct str number, title, what;
	struct day day;
	struct instant at; /* of the event; INSTANT_NONE: of the breach of the duty, or none yet */
};

static enum err put_fact(struct making *making, const struct fact *fact)
{
	const struct report_ask *ask = making->ask;
	int64_t index = -1;

	if (fact->duty != 0 || !instant_is_none(fact->at))
		TRY(store_event_behind(
			ask->store, ask->arena, fact->matter, fact->duty, fact->at, &index, making->reterr));
	put_text(making, label_pick(fact->item->label, fact->item->name, ask->lang));
	put_text(making, fact->bearing == BEARING_GOOD ? word_in(making, "得分", "for")
						       : word_in(making, "失分", "against"));
	put_text(making, fact->number);
	put_text(making, fact->title);
	put_text(making, fact->what);
	put_day(making, fact->day);
	if (index < 0)
		put_text(making, STR(""));
	else
		put_number(making, index);
	return ERR_OK;
}

static enum err trace_item(
	struct performance *performance, const struct formula_item *item, const struct unit *unit)
{
	struct making *making = performance->making;
	const struct performance_record *record = &performance->record;

	for (size_t i = 0; i < record->settled_count; i++) {
		const struct settled *settled = &record->settled[i];
		struct fact fact = {.item = item,
			.bearing = item_bearing_of_duty(
				item, settled, record->procedure_of(record->context, settled->definition)),
			.matter = settled->matter,
			.duty = settled->duty,
			.number = settled->number,
			.title = settled->title,
			.day = settled->day,
			.at = settled->fate == FATE_IN_TIME ? settled->done : INSTANT_NONE};

		if (settled->unit != unit->id || fact.bearing == BEARING_NONE)
			continue;
		fact.what =
			duty_label(making, settled->definition, settled->kind, settled->rule, settled->name);
		TRY(put_fact(making, &fact));
	}
	for (size_t i = 0; i < record->undertaken_count; i++) {
		const struct undertaken *undertaken = &record->undertaken[i];
		bool ended = !instant_is_none(undertaken->ended);
		struct fact fact = {.item = item,
			.bearing = item_bearing_of_matter(item, undertaken),
			.matter = undertaken->matter,
			.number = undertaken->number,
			.title = undertaken->title,
			.what = undertaken->closed ? word_in(making, "核验办结", "verified and closed")
				: ended            ? word_in(making, "未办成", "ended otherwise")
						   : word_in(making, "在办", "still open"),
			.day = ended ? instant_day(undertaken->ended, making->ask->offset_minutes) : DAY_NONE,
			.at = undertaken->ended};

		if (undertaken->unit == unit->id && fact.bearing != BEARING_NONE)
			TRY(put_fact(making, &fact));
	}
	return ERR_OK;
}

enum err report_performance(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct performance performance = {.making = making, .formula = ask->formula};
	const struct unit *unit = org_unit_by_code(ask->org, ask->unit);
	struct score *scores;
	size_t count;

	if (ask->formula == NULL)
		return err_set(making->reterr, ERR_INVALID, "--formula",
			"performance is reckoned by a formula: name its file");
	if (ask->unit.size > 0 && unit == NULL)
		return err_set(making->reterr, ERR_INVALID, "--unit", "there is no unit %.*s",
			STR_ARG(str_slice(ask->unit, 0, 80)));
	TRY(gather(&performance));
	if (unit != NULL) {
		COLUMNS(making, trace_columns);
		for (size_t i = 0; i < ask->formula->item_count; i++)
			TRY(trace_item(&performance, &ask->formula->items[i], unit));
		return ERR_OK;
	}
	performance_score(ask->formula, ask->org, &performance.record, ask->arena, &scores, &count);
	put_scores(&performance, scores, count);
	return ERR_OK;
}
