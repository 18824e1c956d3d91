/* report_tenure.c: moves of office-holders in a period, by kind, and the ages of heads on a day and before
 * it.
 */
#include "exchange/report_made.h"
#include "exchange/roster_figures.h"

static const struct report_column columns[] = {
	{"measure", "项目", "measure"},
	{"kind", "类别", "kind"},
	{"value", "数值", "value"},
};

static void put_row(struct making *making, struct str measure, struct str kind, int64_t value)
{
	put_text(making, measure);
	put_text(making, kind);
	put_number(making, value);
}

static void put_moves(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct move_count *counts;
	size_t count;
	int64_t moved = 0;

	roster_moves(ask->org, ask->from, ask->to, false, ask->arena, &counts, &count);
	for (size_t i = 0; i < count; i++)
		moved += roster_move_counts(counts[i].move) ? counts[i].count : 0;
	put_row(making, word_in(making, "调整", "moves"),
		word_in(making, "合计(提拔和交流)", "promotion and transfer"), moved);
	for (size_t i = 0; i < count; i++)
		put_row(making,
			roster_move_counts(counts[i].move) ? word_in(making, "调整", "moves")
							   : word_in(making, "其他任职", "other tenures"),
			roster_move_word(counts[i].move, !str_is(ask->lang, "en")), counts[i].count);
}

static void put_figure(struct making *making, struct str measure, struct str kind, struct str figure)
{
	put_text(making, measure);
	put_text(making, kind);
	put_text(making, figure);
}

static void put_ages(struct making *making, struct str measure, struct day day)
{
	struct arena *arena = making->ask->arena;
	struct head_ages ages = roster_ages(
		making->ask->org, making->ask->kind.size > 0 ? making->ask->kind : ROSTER_KIND, day, arena);

	measure = str_format(arena, "%.*s %.*s", STR_ARG(measure), STR_ARG(day_print(arena, day)));
	put_row(making, measure, word_in(making, "主要负责人数", "heads"), ages.count);
	if (ages.count == 0)
		return;
	put_figure(making, measure, word_in(making, "平均年龄", "mean age"), roster_mean_age(&ages, arena));
	put_figure(making, measure, word_in(making, "年龄中位数", "median age"),
		roster_median_age(&ages, arena));
	for (size_t band = 0; band < ROSTER_BANDS; band++)
		put_row(making, measure, roster_band(band, arena), ages.bands[band]);
	put_figure(making, measure, word_in(making, "平均任职年限", "mean years in the post"),
		roster_mean_years(&ages, arena));
}

enum err report_moves(struct making *making)
{
	const struct report_ask *ask = making->ask;

	COLUMNS(making, columns);
	put_moves(making);
	if (day_is_none(ask->at)) {
		put_ages(making, word_in(making, "当前", "on"), making->today);
		return ERR_OK;
	}
	put_ages(making, word_in(making, "之前", "before"), day_add(ask->at, -1));
	put_ages(making, word_in(making, "之后", "after"), ask->at);
	return ERR_OK;
}
