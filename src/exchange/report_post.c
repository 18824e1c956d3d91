/* report_post.c: posts on a day: those that are held, and those that are vacant or only acted in, since when.
 */
#include "exchange/report_made.h"

static const struct report_column columns[] = {
	{"unit", "单位", "unit"},
	{"post", "岗位", "post"},
	{"rank", "职级", "rank"},
	{"state", "状况", "state"},
	{"since", "起始日", "since"},
	{"days", "天数", "days"},
	{"person", "代理人", "acted in by"},
	{"before", "前任", "held before by"},
	{"posts", "编制岗位数", "posts"},
	{"held", "在任", "held"},
	{"acting", "代理", "acting"},
	{"vacant", "空缺", "vacant"},
};

/* Of one post on a day: the last who held it for good, and the first day on which nobody did. */
struct gap {
	const struct tenure *acting, *last;
	struct day since; /* DAY_NONE: it was never held */
};

static bool look(const struct org *org, int64_t post, struct day day, struct gap *ret_gap)
{
	const struct tenure *now = org_holder(org, post, day);
	struct gap gap = {.since = DAY_NONE};

	if (now != NULL && now->kind == TENURE_HOLDER)
		return false;
	gap.acting = now;
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if (tenure->post != post || tenure->kind != TENURE_HOLDER || day_is_none(tenure->until) ||
			tenure->until.number > day.number)
			continue;
		if (gap.last == NULL || tenure->until.number > gap.since.number) {
			gap.last = tenure;
			gap.since = tenure->until;
		}
	}
	*ret_gap = gap;
	return true;
}

static struct str person_name(const struct making *making, const struct tenure *tenure)
{
	const struct person *person = tenure == NULL ? NULL : org_person(making->ask->org, tenure->person);

	return person == NULL ? STR("") : person->name;
}

static void put_gap(struct making *making, const struct post *post, const struct gap *gap, struct day day)
{
	put_text(making, unit_name(making, post->unit));
	put_text(making, post_name(making, post->id));
	put_text(making, post->rank);
	put_text(making,
		gap->acting != NULL ? word_in(making, "代理", "acting") : word_in(making, "空缺", "vacant"));
	put_day(making, gap->since);
	if (day_is_none(gap->since))
		put_text(making, STR(""));
	else
		put_number(making, day.number - gap->since.number);
	put_text(making, person_name(making, gap->acting));
	put_text(making, person_name(making, gap->last));
	for (int i = 0; i < 4; i++)
		put_text(making, STR(""));
}

/* One row of sums; a unit of 0 is all of them. */
struct tally {
	int64_t posts, acting, vacant;
};

static void put_tally(struct making *making, struct str unit, const struct tally *tally)
{
	put_text(making, unit);
	put_text(making, word_in(making, "合计", "all posts"));
	for (int i = 0; i < 6; i++)
		put_text(making, STR(""));
	put_number(making, tally->posts);
	put_number(making, tally->posts - tally->acting - tally->vacant);
	put_number(making, tally->acting);
	put_number(making, tally->vacant);
}

static void put_unit(struct making *making, const struct unit *unit, struct day day, struct tally *all)
{
	const struct org *org = making->ask->org;
	struct tally tally = {0};

	for (size_t i = 0; i < org_post_count(org); i++) {
		const struct post *post = org_post_at(org, i);
		struct gap gap;

		if (post->unit != unit->id || !org_post_is_on(org, post->id, day))
			continue;
		tally.posts++;
		if (!look(org, post->id, day, &gap))
			continue;
		tally.acting += gap.acting != NULL;
		tally.vacant += gap.acting == NULL;
		put_gap(making, post, &gap, day);
	}
	if (tally.acting + tally.vacant > 0)
		put_tally(making, unit_name(making, unit->id), &tally);
	all->posts += tally.posts;
	all->acting += tally.acting;
	all->vacant += tally.vacant;
}

enum err report_vacancies(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct day day = day_is_none(ask->at) ? making->today : ask->at;
	struct tally all = {0};

	COLUMNS(making, columns);
	for (size_t i = 0; i < org_unit_count(ask->org); i++) {
		const struct unit *unit = org_unit_at(ask->org, i);

		if (ask->kind.size == 0 || str_equal(unit->kind, ask->kind))
			put_unit(making, unit, day, &all);
	}
	put_tally(making, word_in(making, "全部单位", "all units"), &all);
	return ERR_OK;
}
