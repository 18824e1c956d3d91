/* words.c: names, days and small words for people, in the language of the call. */
#include "cli/house.h"

#include <string.h>

/* A name in the language of the call; where it has none there, the institution's own. */
static struct str pick(const struct house *house, struct str zh, struct str en)
{
	return label_pick((struct label){zh, en}, zh, lang_of(house->call));
}

struct str house_unit_name(const struct house *house, int64_t id)
{
	const struct unit *unit = org_unit(house->org, id);

	return unit == NULL ? STR("") : pick(house, unit->name, unit->name_en);
}

struct str house_person_name(const struct house *house, int64_t id)
{
	const struct person *person = org_person(house->org, id);

	return person == NULL ? STR("") : person->name;
}

/* A title is only plain beside its unit, unless it names the unit already. */
struct str house_post_name(const struct house *house, int64_t id)
{
	const struct post *post = org_post(house->org, id);

	if (post == NULL)
		return STR("");
	struct str title = pick(house, post->title, post->title_en);
	struct str unit = house_unit_name(house, post->unit);

	if (str_find(title, unit) != SIZE_MAX)
		return title;
	return str_format(house->call->arena, house->call->chinese ? "%.*s %.*s" : "%.*s, %.*s",
		STR_ARG(unit), STR_ARG(title));
}

struct str house_bearer(const struct house *house, int64_t unit, int64_t post, int64_t person, struct day day)
{
	struct arena *arena = house->call->arena;
	const struct tenure *tenure = org_holder(house->org, post, day);
	struct str who = unit != 0 ? house_unit_name(house, unit) : house_post_name(house, post);

	if (person != 0)
		return house_person_name(house, person);
	if (tenure == NULL)
		return str_format(arena, "%.*s (%s)", STR_ARG(who), say(house->call, "岗位空缺", "vacant"));
	return str_format(arena, "%.*s (%.*s%s)", STR_ARG(who),
		STR_ARG(house_person_name(house, tenure->person)),
		tenure->kind == TENURE_ACTING ? say(house->call, ",代理", ", acting") : "");
}

struct str house_day(const struct house *house, struct instant due)
{
	if (instant_is_none(due))
		return STR("");
	return day_print(
		house->call->arena, instant_day((struct instant){due.us - 1}, house->offset_minutes));
}

struct str house_time(const struct house *house, struct instant instant)
{
	if (instant_is_none(instant))
		return STR("");
	struct str text = instant_print(house->call->arena, instant, house->offset_minutes);

	return str_format(house->call->arena, "%.10s %.5s", text.data, text.data + 11);
}

struct str house_duty_name(
	const struct house *house, const struct procedure *procedure, const struct duty *duty)
{
	struct call *call = house->call;

	if (duty->kind == DUTY_RULE && duty->rule >= 0 && (size_t)duty->rule < procedure->duty_count) {
		const struct duty_rule *rule = &procedure->duties[duty->rule];

		return label_pick(rule->label, rule->name, lang_of(call));
	}
	if (duty->kind == DUTY_DECIDE && duty->rule >= 0 && (size_t)duty->rule < procedure->request_count) {
		const struct request_rule *rule = &procedure->requests[duty->rule];

		return str_format(call->arena, "%s%.*s", say(call, "答复:", "decide: "),
			STR_ARG(label_pick(rule->label, rule->name, lang_of(call))));
	}
	return str_from(say(call, "回复", "answer"));
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
	{"duty.warn", "临期提醒"},
	{"duty.breach", "失责"},
	{"matter.open", "自动立项"},
	{"matter.resume", "恢复"},
};

const char *house_word(const struct call *call, const char *word)
{
	for (size_t i = 0; call->chinese && i < ARRAY_COUNT(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].zh;
	return word;
}
