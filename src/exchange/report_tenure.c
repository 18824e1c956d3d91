/* report_tenure.c: moves of office-holders in a period, by kind, and the ages of heads on a day and before
 * it.
 */
#include "exchange/report_made.h"

#include <stdlib.h>

static const struct report_column columns[] = {
	{"measure", "项目", "measure"},
	{"kind", "类别", "kind"},
	{"value", "数值", "value"},
};

/* What a person in office goes through; who comes to a first post isn't moved. */
static const struct {
	const char *move, *zh;
	bool counts;
} known_moves[] = {
	{"promotion", "提拔", true},
	{"transfer", "交流", true},
	{"appointment", "任命", false},
	{"concurrent", "兼任", false},
};

static void put_row(struct making *making, struct str measure, struct str kind, int64_t value)
{
	put_text(making, measure);
	put_text(making, kind);
	put_number(making, value);
}

/* ---- moves ---- */

struct kind_count {
	struct str move;
	int64_t count;
};

static bool in_period(const struct report_ask *ask, struct day day)
{
	return (day_is_none(ask->from) || day.number >= ask->from.number) &&
	       (day_is_none(ask->to) || day.number <= ask->to.number);
}

static void count_move(struct kind_count *counts, size_t *count, struct str move)
{
	size_t i = 0;

	while (i < *count && !str_equal(counts[i].move, move))
		i++;
	if (i == *count)
		counts[(*count)++] = (struct kind_count){.move = move};
	counts[i].count++;
}

static struct str move_name(const struct making *making, struct str move)
{
	for (size_t i = 0; i < ARRAY_COUNT(known_moves); i++)
		if (str_is(move, known_moves[i].move))
			return word_in(making, known_moves[i].zh, known_moves[i].move);
	return move.size > 0 ? move : word_in(making, "未注明", "not said");
}

static bool is_move(struct str move)
{
	for (size_t i = 0; i < ARRAY_COUNT(known_moves); i++)
		if (known_moves[i].counts && str_is(move, known_moves[i].move))
			return true;
	return false;
}

static int compare_counts(const void *a, const void *b)
{
	const struct kind_count *left = a, *right = b;

	if (is_move(left->move) != is_move(right->move))
		return is_move(left->move) ? -1 : 1;
	return str_compare(left->move, right->move);
}

static void put_moves(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct kind_count *counts = ARENA_TAKE(ask->arena, org_tenure_count(ask->org) + 1, struct kind_count);
	size_t count = 0;
	int64_t moved = 0;

	for (size_t i = 0; i < org_tenure_count(ask->org); i++)
		if (in_period(ask, org_tenure_at(ask->org, i)->from))
			count_move(counts, &count, org_tenure_at(ask->org, i)->move);
	if (count > 1)
		qsort(counts, count, sizeof *counts, compare_counts);
	for (size_t i = 0; i < count; i++)
		moved += is_move(counts[i].move) ? counts[i].count : 0;
	put_row(making, word_in(making, "调整", "moves"),
		word_in(making, "合计(提拔和交流)", "promotion and transfer"), moved);
	for (size_t i = 0; i < count; i++)
		put_row(making,
			is_move(counts[i].move) ? word_in(making, "调整", "moves")
						: word_in(making, "其他任职", "other tenures"),
			move_name(making, counts[i].move), counts[i].count);
}

/* ---- ages ---- */

static int full_years(struct day born, struct day day)
{
	int born_year, born_month, born_dom, year, month, dom;

	day_split(born, &born_year, &born_month, &born_dom);
	day_split(day, &year, &month, &dom);
	return year - born_year - (month < born_month || (month == born_month && dom < born_dom));
}

static int compare_ages(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Who heads a unit of the kind on a day: their ages in order, and how long they have held the post. */
struct heads {
	struct day day;
	int *ages;
	size_t count;        /* of ages: a birth that isn't recorded counts nowhere */
	int64_t days, posts; /* days in the post by now, of so many */
};

static struct heads heads_on(const struct report_ask *ask, struct day day)
{
	struct str kind = ask->kind.size > 0 ? ask->kind : STR("department");
	struct heads heads = {.day = day, .ages = ARENA_TAKE(ask->arena, org_unit_count(ask->org) + 1, int)};

	for (size_t i = 0; i < org_unit_count(ask->org); i++) {
		const struct unit *unit = org_unit_at(ask->org, i);
		const struct tenure *tenure = org_holder(ask->org, org_head_post(ask->org, unit->id), day);
		const struct person *person = tenure == NULL ? NULL : org_person(ask->org, tenure->person);

		if (!str_equal(unit->kind, kind) || person == NULL)
			continue;
		heads.days += day.number - tenure->from.number;
		heads.posts++;
		if (!day_is_none(person->born))
			heads.ages[heads.count++] = full_years(person->born, day);
	}
	if (heads.count > 1)
		qsort(heads.ages, heads.count, sizeof *heads.ages, compare_ages);
	return heads;
}

/* Tenths, rounded half up. */
static struct str tenths(struct arena *arena, int64_t sum, int64_t count)
{
	int64_t value = (20 * sum + count) / (2 * count);

	return str_format(arena, "%lld.%lld", (long long)(value / 10), (long long)(value % 10));
}

static void put_tenths(struct making *making, struct str measure, struct str kind, int64_t sum, int64_t count)
{
	put_text(making, measure);
	put_text(making, kind);
	put_text(making, tenths(making->ask->arena, sum, count));
}

/* Up to which age each band goes; the last has no end. */
static const int band_ends[] = {35, 40, 45, 50, 55, 200};

static void put_bands(struct making *making, struct str measure, const struct heads *heads)
{
	size_t at = 0;

	for (size_t band = 0; band < ARRAY_COUNT(band_ends); band++) {
		int first = band == 0 ? 0 : band_ends[band - 1] + 1;
		int64_t count = 0;
		struct str name;

		for (; at < heads->count && heads->ages[at] <= band_ends[band]; at++)
			count++;
		if (band == 0)
			name = str_format(making->ask->arena, "≤%d", band_ends[band]);
		else if (band + 1 == ARRAY_COUNT(band_ends))
			name = str_format(making->ask->arena, "≥%d", first);
		else
			name = str_format(making->ask->arena, "%d–%d", first, band_ends[band]);
		put_row(making, measure, name, count);
	}
}

static void put_ages(struct making *making, struct str measure, struct day day)
{
	struct arena *arena = making->ask->arena;
	struct heads heads = heads_on(making->ask, day);
	int64_t sum = 0, middle;

	for (size_t i = 0; i < heads.count; i++)
		sum += heads.ages[i];
	measure = str_format(arena, "%.*s %.*s", STR_ARG(measure), STR_ARG(day_print(arena, day)));
	put_row(making, measure, word_in(making, "主要负责人数", "heads"), (int64_t)heads.count);
	if (heads.count == 0)
		return;
	middle = heads.ages[(heads.count - 1) / 2] + heads.ages[heads.count / 2];
	put_tenths(making, measure, word_in(making, "平均年龄", "mean age"), sum, (int64_t)heads.count);
	put_tenths(making, measure, word_in(making, "年龄中位数", "median age"), middle, 2);
	put_bands(making, measure, &heads);
	/* 365.25 days a year, in hundredths of a day. */
	put_tenths(making, measure, word_in(making, "平均任职年限", "mean years in the post"),
		100 * heads.days, 36525 * heads.posts);
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
