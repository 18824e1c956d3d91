/* teller.c: names, days and small words for people. */
#include "view/teller.h"

#include <string.h>

struct str teller_lang(const struct teller *teller)
{
	return teller->chinese ? STR("zh") : STR("en");
}

const char *tell_either(const struct teller *teller, const char *zh, const char *en)
{
	return teller->chinese ? zh : en;
}

/* A name in the language of the teller; where it has none there, the institution's own. */
static struct str pick(const struct teller *teller, struct str zh, struct str en)
{
	return label_pick((struct label){zh, en}, zh, teller_lang(teller));
}

struct str tell_unit(const struct teller *teller, int64_t id)
{
	const struct unit *unit = org_unit(teller->institution->org, id);

	return unit == NULL ? STR("") : pick(teller, unit->name, unit->name_en);
}

struct str tell_unit_on(const struct teller *teller, int64_t id, struct day day)
{
	if (org_unit(teller->institution->org, id) == NULL)
		return STR("");
	struct unit unit = org_unit_on(teller->institution->org, id, day);

	return pick(teller, unit.name, unit.name_en);
}

struct str tell_person(const struct teller *teller, int64_t id)
{
	const struct person *person = org_person(teller->institution->org, id);

	return person == NULL ? STR("") : person->name;
}

/* A title is only plain beside its unit, unless it names the unit already. */
static struct str tell_post_of(const struct teller *teller, const struct post *post, struct str unit)
{
	struct str title = pick(teller, post->title, post->title_en);

	if (str_find(title, unit) != SIZE_MAX)
		return title;
	return str_format(
		teller->arena, teller->chinese ? "%.*s %.*s" : "%.*s, %.*s", STR_ARG(unit), STR_ARG(title));
}

struct str tell_post(const struct teller *teller, int64_t id)
{
	const struct post *post = org_post(teller->institution->org, id);

	return post == NULL ? STR("") : tell_post_of(teller, post, tell_unit(teller, post->unit));
}

struct str tell_post_on(const struct teller *teller, int64_t id, struct day day)
{
	const struct post *post = org_post(teller->institution->org, id);

	return post == NULL ? STR("") : tell_post_of(teller, post, tell_unit_on(teller, post->unit, day));
}

struct str tell_bearer(
	const struct teller *teller, int64_t unit, int64_t post, int64_t person, struct day day)
{
	struct arena *arena = teller->arena;
	const struct tenure *tenure = org_holder(teller->institution->org, post, day);
	struct str who = unit != 0 ? tell_unit_on(teller, unit, day) : tell_post_on(teller, post, day);

	if (person != 0)
		return tell_person(teller, person);
	if (tenure == NULL)
		return str_format(
			arena, "%.*s (%s)", STR_ARG(who), tell_either(teller, "岗位空缺", "vacant"));
	return str_format(arena, "%.*s (%.*s%s)", STR_ARG(who), STR_ARG(tell_person(teller, tenure->person)),
		tenure->kind == TENURE_ACTING ? tell_either(teller, ",代理", ", acting") : "");
}

struct str tell_day(const struct teller *teller, struct instant due)
{
	if (instant_is_none(due))
		return STR("");
	return day_print(teller->arena,
		instant_day((struct instant){due.us - 1}, teller->institution->offset_minutes));
}

struct str tell_time(const struct teller *teller, struct instant instant)
{
	if (instant_is_none(instant))
		return STR("");
	struct str text = instant_print(teller->arena, instant, teller->institution->offset_minutes);

	return str_format(teller->arena, "%.10s %.5s", text.data, text.data + 11);
}

struct str tell_duty(const struct teller *teller, const struct procedure *procedure, const struct duty *duty)
{

	if (procedure != NULL && duty->kind == DUTY_RULE && duty->rule >= 0 &&
		(size_t)duty->rule < procedure->duty_count) {
		const struct duty_rule *rule = &procedure->duties[duty->rule];

		return label_pick(rule->label, rule->name, teller_lang(teller));
	}
	if (procedure != NULL && duty->kind == DUTY_DECIDE && duty->rule >= 0 &&
		(size_t)duty->rule < procedure->request_count) {
		const struct request_rule *rule = &procedure->requests[duty->rule];

		return str_format(teller->arena, "%s%.*s", tell_either(teller, "答复:", "decide: "),
			STR_ARG(label_pick(rule->label, rule->name, teller_lang(teller))));
	}
	return str_from(tell_either(teller, "回复", "answer"));
}

/* The words of small lists (duty, request, lamp, notice, account), in Chinese; the English ones are the
 * words themselves. */
static const struct {
	const char *word, *zh;
} words[] = {
	{"grey", "灰"},
	{"green", "绿"},
	{"yellow", "黄"},
	{"red", "红"},
	{"blue", "蓝"},
	{"open", "待办"},
	{"paused", "中止"},
	{"done", "已履行"},
	{"dropped", "不再需要"},
	{"missed", "未履行"},
	{"granted", "同意"},
	{"refused", "不同意"},
	{"lapsed", "失效"},
	{"duty", "新责任"},
	{"warned", "临期"},
	{"breached", "失责"},
	{"urged", "催办"},
	{"instructed", "批示"},
	{"answered", "已回复"},
	{"requested", "申请"},
	{"decided", "已答复"},
	{"acted", "已办理"},
	{"added", "反映人补充"},
	{"irregular", "违反程序"},
	{"moved", "进展"},
	{"ended", "办结"},
	{"begun", "由此立项"},
	{"issued", "由此印发"},
	{"arose", "由此建章立制"},
	{"repealed", "由此废止"},
	{"head", "正职"},
	{"deputy", "副职"},
	{"liaison", "联络员"},
	{"member", "成员"},
	{"holder", "任职"},
	{"acting", "代理"},
	{"waiting", "待启用"},
	{"active", "在用"},
	{"disabled", "停用"},
	{"system", "系统"},
	{"security", "安全"},
	{"audit", "审计"},
	{"cause", "起因"},
	{"education", "干部教育"},
	{"conduct", "作风建设"},
	{"case", "查办案件"},
	{"appointment", "用人导向"},
	{"rules", "规矩建设"},
	{"supervision", "监督落实"},
	{"responsibility", "责任落实"},
	{"governance", "统筹治理"},
	{"duty.warn", "临期提醒"},
	{"duty.breach", "失责"},
	{"matter.open", "自动立项"},
	{"matter.resume", "恢复"},
};

const char *tell_word(const struct teller *teller, const char *word)
{
	for (size_t i = 0; teller->chinese && i < ARRAY_COUNT(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].zh;
	return word;
}

struct str tell_notice(const struct teller *teller, struct str kind, int64_t post)
{
	return str_format(teller->arena, "%s%s", post != 0 ? "" : tell_either(teller, "关注:", "followed: "),
		tell_word(teller, str_copy(teller->arena, kind).data));
}

/* ---- relations of matters ---- */

struct str tell_relation(const struct teller *teller, struct str name)
{
	const struct relation *relation = org_relation(teller->institution->org, name);

	if (relation == NULL)
		return str_from(tell_word(teller, str_copy(teller->arena, name).data));
	return label_pick((struct label){relation->zh, relation->en}, name, teller_lang(teller));
}
