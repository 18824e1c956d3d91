/* performance.c: the score of units by a formula, and their rank among peers (绩效、对标). */
#include "grasp/grasp.h"

#include <stdlib.h>

static const struct {
	const char *name;
	bool rate;
} measures[MEASURE_COUNT] = {
	[MEASURE_IN_TIME] = {"in_time", true},
	[MEASURE_CLOSED] = {"closed", true},
	[MEASURE_VERIFIED] = {"verified", false},
	[MEASURE_BREACHES] = {"breaches", false},
};

const char *measure_name(enum measure measure)
{
	return measures[measure].name;
}

bool measure_is_rate(enum measure measure)
{
	return measures[measure].rate;
}

static bool is_of(const struct formula_item *item, struct str procedure)
{
	return item->procedure.size == 0 || str_equal(item->procedure, procedure);
}

enum bearing item_bearing_of_duty(
	const struct formula_item *item, const struct settled *settled, struct str procedure)
{
	bool in_time = settled->fate == FATE_IN_TIME;

	if (!is_of(item, procedure))
		return BEARING_NONE;
	if (item->measure == MEASURE_IN_TIME)
		return in_time ? BEARING_GOOD : BEARING_BAD;
	return item->measure == MEASURE_BREACHES && !in_time ? BEARING_BAD : BEARING_NONE;
}

enum bearing item_bearing_of_matter(const struct formula_item *item, const struct undertaken *undertaken)
{
	if (!is_of(item, undertaken->procedure))
		return BEARING_NONE;
	if (item->measure == MEASURE_CLOSED)
		return undertaken->closed ? BEARING_GOOD : BEARING_BAD;
	return item->measure == MEASURE_VERIFIED && undertaken->closed ? BEARING_GOOD : BEARING_NONE;
}

static void count(struct score_part *part, enum bearing bearing)
{
	part->all += bearing != BEARING_NONE;
	part->good += bearing == BEARING_GOOD;
}

/* Hundredths of a point: rates of what there is to judge, at the weight of all rates together; then counts,
 * to their limit. */
static void reckon(const struct formula *formula, struct score *score)
{
	int64_t whole = 0, judged = 0, rates = 0;

	for (size_t i = 0; i < formula->item_count; i++) {
		const struct formula_item *item = &formula->items[i];
		struct score_part *part = &score->parts[i];

		if (!measure_is_rate(item->measure)) {
			int64_t points = part->all * item->points;
			bool beyond = item->points < 0 ? points < item->most : points > item->most;

			part->points = 100 * (beyond ? item->most : points);
			score->points += part->points;
			continue;
		}
		whole += item->weight;
		part->empty = part->all == 0;
		if (part->empty)
			continue;
		judged += item->weight;
		part->points = INT64_C(100) * item->weight * part->good / part->all;
		rates += part->points;
	}
	if (judged > 0)
		score->points += rates * whole / judged;
}

/* With its kind beside it, so that sorting needs no more. */
struct ranked {
	struct score score;
	struct str kind;
};

static int by_kind_and_points(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;
	int kind = str_compare(left->kind, right->kind);

	if (kind != 0)
		return kind;
	if (left->score.points != right->score.points)
		return left->score.points > right->score.points ? -1 : 1;
	return (left->score.unit > right->score.unit) - (left->score.unit < right->score.unit);
}

static void rank(struct ranked *ranked, size_t ranked_count)
{
	for (size_t first = 0, end; first < ranked_count; first = end) {
		for (end = first; end < ranked_count && str_equal(ranked[end].kind, ranked[first].kind);)
			end++;
		for (size_t i = first; i < end; i++) {
			struct score *score = &ranked[i].score;
			bool same = i > first && score->points == ranked[i - 1].score.points;

			score->peers = (int)(end - first);
			score->rank = same ? ranked[i - 1].score.rank : (int)(i - first) + 1;
		}
	}
}

void performance_score(const struct formula *formula, const struct org *org,
	const struct performance_record *record, struct arena *arena, struct score **ret_scores,
	size_t *ret_count)
{
	size_t units = org_unit_count(org), found = 0;
	struct ranked *all = ARENA_TAKE(arena, units + 1, struct ranked); /* by id */

	for (size_t i = 0; i < record->settled_count; i++) {
		const struct settled *settled = &record->settled[i];
		struct str procedure = record->procedure_of(record->context, settled->definition);

		all[settled->unit].score.unit = settled->unit;
		for (size_t j = 0; j < formula->item_count; j++)
			count(&all[settled->unit].score.parts[j],
				item_bearing_of_duty(&formula->items[j], settled, procedure));
	}
	for (size_t i = 0; i < record->undertaken_count; i++) {
		const struct undertaken *undertaken = &record->undertaken[i];

		all[undertaken->unit].score.unit = undertaken->unit;
		for (size_t j = 0; j < formula->item_count; j++)
			count(&all[undertaken->unit].score.parts[j],
				item_bearing_of_matter(&formula->items[j], undertaken));
	}
	for (size_t i = 1; i <= units; i++)
		if (all[i].score.unit != 0) {
			all[found] = all[i];
			all[found].kind = org_unit(org, all[found].score.unit)->kind;
			reckon(formula, &all[found++].score);
		}
	if (found > 1)
		qsort(all, found, sizeof *all, by_kind_and_points);
	rank(all, found);
	*ret_scores = ARENA_TAKE(arena, found + 1, struct score);
	for (size_t i = 0; i < found; i++)
		(*ret_scores)[i] = all[i].score;
	*ret_count = found;
}
