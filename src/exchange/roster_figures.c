/* roster_figures.c: see roster_figures.h. */
#include "exchange/roster_figures.h"

#include <stdlib.h>

/* What a person in office goes through; who comes to a first post isn't moved. */
static const struct known_move {
	const char *move, *zh;
	bool counts;
} known_moves[] = {
	{"promotion", "提拔", true},
	{"transfer", "交流", true},
	{"appointment", "任命", false},
	{"concurrent", "兼任", false},
};

static const struct known_move *known(struct str move)
{
	for (size_t i = 0; i < ARRAY_COUNT(known_moves); i++)
		if (str_is(move, known_moves[i].move))
			return &known_moves[i];
	return NULL;
}

bool roster_move_counts(struct str move)
{
	return known(move) != NULL && known(move)->counts;
}

struct str roster_move_word(struct str move, bool chinese)
{
	const struct known_move *row = known(move);

	if (row != NULL)
		return str_from(chinese ? row->zh : row->move);
	return move.size > 0 ? move : str_from(chinese ? "未注明" : "not said");
}

static bool in_period(struct day day, struct day from, struct day to)
{
	return (day_is_none(from) || day.number >= from.number) &&
	       (day_is_none(to) || day.number <= to.number);
}

static struct day month_of(struct day day)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	return day_add(day, 1 - dom);
}

static int compare_counts(const void *a, const void *b)
{
	const struct move_count *left = a, *right = b;

	if (left->month.number != right->month.number)
		return left->month.number < right->month.number ? -1 : 1;
	if (roster_move_counts(left->move) != roster_move_counts(right->move))
		return roster_move_counts(left->move) ? -1 : 1;
	return str_compare(left->move, right->move);
}

void roster_moves(const struct org *org, struct day from, struct day to, bool by_month, struct arena *arena,
	struct move_count **ret_counts, size_t *ret_count)
{
	struct move_count *counts = ARENA_TAKE(arena, org_tenure_count(org) + 1, struct move_count);
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if (!in_period(tenure->from, from, to))
			continue;
		counts[count] = (struct move_count){.move = tenure->move, .count = 1};
		counts[count].month = by_month ? month_of(tenure->from) : DAY_NONE;
		count++;
	}
	if (count > 1)
		qsort(counts, count, sizeof *counts, compare_counts);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && compare_counts(&counts[kept - 1], &counts[i]) == 0)
			counts[kept - 1].count++;
		else
			counts[kept++] = counts[i];
	}
	*ret_counts = counts;
	*ret_count = kept;
}

/* ---- ages ---- */

/* Up to which age each band goes; the last has no end. */
static const int band_ends[] = {35, 40, 45, 50, 55, 200};
static_assert(ARRAY_COUNT(band_ends) == ROSTER_BANDS, "a band has an end");

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

static void add_up(struct head_ages *ages, int *each)
{
	size_t band = 0;

	if (ages->count == 0)
		return;
	qsort(each, (size_t)ages->count, sizeof *each, compare_ages);
	for (int64_t i = 0; i < ages->count; i++) {
		while (each[i] > band_ends[band])
			band++;
		ages->bands[band]++;
		ages->years += each[i];
	}
	ages->middle = each[(ages->count - 1) / 2] + each[ages->count / 2];
}

struct head_ages roster_ages(const struct org *org, struct str kind, struct day day, struct arena *arena)
{
	int *each = ARENA_TAKE(arena, org_unit_count(org) + 1, int);
	struct head_ages ages = {.day = day};

	for (size_t i = 0; i < org_unit_count(org); i++) {
		const struct unit *unit = org_unit_at(org, i);
		const struct tenure *tenure = org_holder(org, org_head_post_on(org, unit->id, day), day);
		const struct person *person = tenure == NULL ? NULL : org_person(org, tenure->person);

		if (!str_equal(unit->kind, kind) || person == NULL)
			continue;
		ages.posts++;
		ages.days += day.number - tenure->from.number;
		if (!day_is_none(person->born))
			each[ages.count++] = full_years(person->born, day);
	}
	add_up(&ages, each);
	return ages;
}

struct str roster_band(size_t band, struct arena *arena)
{
	int first = band == 0 ? 0 : band_ends[band - 1] + 1;

	if (band == 0)
		return str_format(arena, "≤%d", band_ends[band]);
	if (band + 1 == ROSTER_BANDS)
		return str_format(arena, "≥%d", first);
	return str_format(arena, "%d–%d", first, band_ends[band]);
}

static struct str tenths(int64_t sum, int64_t count, struct arena *arena)
{
	int64_t value = (20 * sum + count) / (2 * count);

	return str_format(arena, "%lld.%lld", (long long)(value / 10), (long long)(value % 10));
}

struct str roster_mean_age(const struct head_ages *ages, struct arena *arena)
{
	return tenths(ages->years, ages->count, arena);
}

struct str roster_median_age(const struct head_ages *ages, struct arena *arena)
{
	return tenths(ages->middle, 2, arena);
}

struct str roster_mean_years(const struct head_ages *ages, struct arena *arena)
{
	/* Hundredths of a day. */
	return tenths(100 * ages->days, 36525 * ages->posts, arena);
}
