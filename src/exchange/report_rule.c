/* report_rule.c: in which areas (人财物事) rules are in force for which stages, from policy to assessment.
 * What has none stands there as 0: it is a gap. */
#include "exchange/report_made.h"
#include "store/store_rule.h"

static const struct report_column columns[] = {
	{"area", "领域", "area"},
	{"policy", "政策机制", "policy"},
	{"supervision", "监管落实", "supervision"},
	{"target", "目标任务", "target"},
	{"assessment", "绩效考核", "assessment"},
	{"rules", "现行制度", "rules in force"},
	{"gaps", "缺口", "gaps"},
};

struct covering {
	int64_t stages[RULE_STAGE_COUNT];
	int64_t rules;
};

static bool is_in_force(const struct stored_rule *rule, const struct stored_rule_version *versions,
	size_t count, struct day day)
{
	for (size_t i = 0; i < count; i++)
		if (versions[i].rule == rule->id && versions[i].from.number <= day.number &&
			(day_is_none(versions[i].until) || versions[i].until.number > day.number))
			return true;
	return false;
}

static void add(struct covering *covering, const struct stored_rule *rule)
{
	covering->rules++;
	for (int stage = 0; stage < RULE_STAGE_COUNT; stage++)
		covering->stages[stage] += (rule->stages & 1U << stage) != 0;
}

/* What no rule of the area serves, in words. */
static struct str gaps_of(const struct making *making, const struct covering *covering)
{
	struct buf buf = buf_new(making->ask->arena);

	for (int stage = 0; stage < RULE_STAGE_COUNT; stage++) {
		struct label label = rule_stage_label((enum rule_stage)stage);

		if (covering->stages[stage] == 0)
			buf_format(&buf, "%s%.*s",
				buf.size > 0 ? (str_is(making->ask->lang, "en") ? ", " : "、") : "",
				STR_ARG(label_pick(label, label.zh, making->ask->lang)));
	}
	return buf_str(&buf);
}

enum err report_rules(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct day day = day_is_none(ask->at) ? making->today : ask->at;
	struct covering areas[RULE_AREA_COUNT] = {0};
	struct stored_rule_version *versions;
	struct stored_rule *rules;
	size_t rule_count, version_count;

	COLUMNS(making, columns);
	TRY(store_rule_list(ask->store, ask->arena, &rules, &rule_count, making->reterr));
	TRY(store_rule_versions(ask->store, ask->arena, 0, &versions, &version_count, making->reterr));
	for (size_t i = 0; i < rule_count; i++)
		if (is_in_force(&rules[i], versions, version_count, day))
			add(&areas[rules[i].area], &rules[i]);
	for (int area = 0; area < RULE_AREA_COUNT; area++) {
		struct label label = rule_area_label((enum rule_area)area);

		put_text(making, label_pick(label, label.zh, ask->lang));
		for (int stage = 0; stage < RULE_STAGE_COUNT; stage++)
			put_number(making, areas[area].stages[stage]);
		put_number(making, areas[area].rules);
		put_text(making, gaps_of(making, &areas[area]));
	}
	return ERR_OK;
}
