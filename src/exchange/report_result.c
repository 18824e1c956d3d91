/* report_result.c: what each person did of what was theirs to do (以实绩论英雄); or, of one, each duty and
 * each verified result. A reader hears of those whose record is open to them. */
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

static bool is_open(const struct making *making, int64_t person)
{
	const struct viewer *viewer = making->ask->viewer;

	return viewer == NULL || record_is_open(making->ask->org, viewer->person, person, making->today);
}

struct record {
	struct settled *settled;
	struct verified *verified;
	size_t settled_count, verified_count;
};

static enum err gather(const struct making *making, int64_t person, struct record *ret_record)
{
	const struct report_ask *ask = making->ask;
	struct record_ask record = {.viewer = ask->viewer,
		.from = period_from(making),
		.until = period_until(making),
		.offset_minutes = ask->offset_minutes,
		.person = person,
		.procedure = ask->procedure,
		.context = ask->context};
	struct record_ask due = record_due(&record);

	TRY(store_settled_list(ask->store, ask->arena, &due, &ret_record->settled, &ret_record->settled_count,
		making->reterr));
	return store_verified_list(ask->store, ask->arena, &record, &ret_record->verified,
		&ret_record->verified_count, making->reterr);
}

/* ---- one person ---- */

static const struct report_column line_columns[] = {
	{"day", "日期", "day"},
	{"how", "履行情况", "how"},
	{"number", "编号", "number"},
	{"title", "事项", "title"},
	{"what", "内容", "what"},
	{"due", "期限", "due"},
};

static struct str fate_word(const struct making *making, enum fate fate)
{
	static const struct {
		const char *zh, *en;
	} words[FATE_COUNT] = {
		[FATE_IN_TIME] = {"按期履行", "in time"},
		[FATE_LATE] = {"逾期履行", "late"},
		[FATE_FAILED] = {"未履行", "failed"},
		[FATE_OWED] = {"逾期仍未办", "overdue"},
	};

	return word_in(making, words[fate].zh, words[fate].en);
}

static struct str action_label(const struct making *making, const struct verified *verified)
{
	const struct procedure *procedure =
		making->ask->procedure(making->ask->context, verified->definition);
	const struct action *action = &procedure->actions[verified->action];

	return label_pick(action->label, action->name, making->ask->lang);
}

static void put_lines(struct making *making, const struct record *record)
{
	COLUMNS(making, line_columns);
	for (size_t i = 0; i < record->settled_count; i++) {
		const struct settled *settled = &record->settled[i];

		put_day(making, settled->day);
		put_text(making, fate_word(making, settled->fate));
		put_text(making, settled->number);
		put_text(making, settled->title);
		put_text(making,
			duty_label(making, settled->definition, settled->kind, settled->rule, settled->name));
		put_day(making, settled->due);
	}
	for (size_t i = 0; i < record->verified_count; i++) {
		const struct verified *verified = &record->verified[i];

		put_day(making, instant_day(verified->ended, making->ask->offset_minutes));
		put_text(making, word_in(making, "成果经核验", "verified"));
		put_text(making, verified->number);
		put_text(making, verified->title);
		put_text(making, action_label(making, verified));
		put_day(making, DAY_NONE);
	}
}

static enum err report_one(struct making *making)
{
	const struct report_ask *ask = making->ask;
	const struct person *person = org_person_by_code(ask->org, ask->person);
	struct record record;

	if (person == NULL || !is_open(making, person->id))
		return err_set(making->reterr, ERR_INVALID, "--person",
			"there is nobody called %.*s whose record is open to you",
			STR_ARG(str_slice(ask->person, 0, 80)));
	TRY(gather(making, person->id, &record));
	record_keep(ask->org, person->id, record.settled, &record.settled_count, record.verified,
		&record.verified_count);
	put_lines(making, &record);
	return ERR_OK;
}

enum err report_results(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct record record;
	struct result *results;
	size_t count;

	if (ask->person.size > 0)
		return report_one(making);
	COLUMNS(making, columns);
	TRY(gather(making, 0, &record));
	results_count(ask->org, record.settled, record.settled_count, record.verified, record.verified_count,
		ask->arena, &results, &count);
	for (size_t i = 0; i < count; i++)
		if (is_open(making, results[i].person))
			put_result(making, &results[i]);
	return ERR_OK;
}
