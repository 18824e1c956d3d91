/* report_result.c: what each person did of what was theirs to do (以实绩论英雄). */
#include "exchange/report_made.h"

static const struct report_column columns[] = {
	{"person", "姓名", "person"},
	{"code", "登录名", "sign-in name"},
	{"post", "现任岗位", "present post"},
	{"duties", "到期责任", "duties"},
	{"in_time", "按期履行", "in time"},
	{"late", "逾期履行", "late"},
	{"failed", "未履行", "failed"},
	{"owed", "逾期仍未办", "overdue"},
	{"rate", "按期率%", "in time%"},
	{"verified", "经他人核验的成果", "verified results"},
};

static void put_result(struct making *making, const struct result *result)
{
	const struct org *org = making->ask->org;
	const struct person *person = org_person(org, result->person);
	int64_t post = 0, sum = 0;

	for (int fate = 0; fate < FATE_COUNT; fate++)
		sum += result->fates[fate];
	if (person != NULL)
		(void)org_posts_held(org, person->id, making->today, &post, 1);
	put_text(making, person == NULL ? word_in(making, "(岗位空缺)", "(post vacant)") : person->name);
	put_text(making, person == NULL ? STR("") : person->code);
	put_text(making, post_in_unit(making, post));
	put_number(making, sum);
	for (int fate = 0; fate < FATE_COUNT; fate++)
		put_number(making, result->fates[fate]);
	put_percent(making, sum == 0 ? -1 : (int)(100 * result->fates[FATE_IN_TIME] / sum));
	put_number(making, result->verified);
}

enum err report_results(struct making *making)
{
	const struct report_ask *ask = making->ask;
	/* A due instant is the end of its day, so a period of due days begins and ends behind midnight. */
	struct record_ask record = {.viewer = ask->viewer,
		.from = {period_from(making).us + 1},
		.until = {period_until(making).us + 1},
		.offset_minutes = ask->offset_minutes,
		.procedure = ask->procedure,
		.context = ask->context};
	struct settled *settled;
	struct verified *verified;
	struct result *results;
	size_t settled_count, verified_count, count;

	COLUMNS(making, columns);
	TRY(store_settled_list(ask->store, ask->arena, &record, &settled, &settled_count, making->reterr));
	record.from = period_from(making);
	record.until = period_until(making);
	TRY(store_verified_list(ask->store, ask->arena, &record, &verified, &verified_count, making->reterr));
	results_count(
		ask->org, settled, settled_count, verified, verified_count, ask->arena, &results, &count);
	for (size_t i = 0; i < count; i++)
		put_result(making, &results[i]);
	return ERR_OK;
}
