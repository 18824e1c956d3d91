/* law_eligible.c: whoever was given a post was eligible for it by the rules of the definition, on that day,
 * by the people and the decisions that the record had told of until then. Written from what
 * docs/procedures.md says of each test, and not from the code that refuses. */
#include "check/law.h"

struct nominee {
	int64_t person, post;
};

static bool runs_on(const struct tenure *tenure, struct day day)
{
	return tenure->from.number <= day.number &&
	       (day_is_none(tenure->until) || day.number < tenure->until.number);
}

static struct str rank_of(const struct org *org, const struct tenure *tenure)
{
	return org_post(org, tenure->post)->rank;
}

/* The tenure of this person that they came to last, among those that run on that day in a ranked post. */
static const struct tenure *newest_ranked(const struct org *org, int64_t person, struct day day)
{
	const struct tenure *newest = NULL;

	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if (tenure->person == person && tenure->kind == TENURE_HOLDER && runs_on(tenure, day) &&
			rank_of(org, tenure).size > 0 &&
			(newest == NULL || tenure->from.number > newest->from.number))
			newest = tenure;
	}
	return newest;
}

/* `least` at their rank without a break: the day before the first that is counted they weren't at it. */
static bool time_in_rank_holds(
	const struct case_at_hand *at, const struct eligibility_rule *rule, const struct nominee *nominee)
{
	const struct org *org = at->law->chronicle.org;
	const struct tenure *newest = newest_ranked(org, nominee->person, at->today);
	struct day begun, before = at->today;

	if (newest == NULL)
		return false;
	do {
		begun = before;
		for (size_t i = 0; i < org_tenure_count(org); i++) {
			const struct tenure *tenure = org_tenure_at(org, i);

			if (tenure->person == nominee->person && tenure->kind == TENURE_HOLDER &&
				str_equal(rank_of(org, tenure), rank_of(org, newest)) &&
				(runs_on(tenure, begun) || runs_on(tenure, day_add(begun, -1))) &&
				tenure->from.number < before.number)
				before = tenure->from;
		}
	} while (before.number < begun.number);
	return calendar_term_end(at->law->chronicle.calendar, begun, rule->least, NULL).number <=
	       at->today.number;
}

/* Not older than `years`: that birthday and a year haven't passed. */
static bool age_holds(
	const struct case_at_hand *at, const struct eligibility_rule *rule, const struct nominee *nominee)
{
	struct day born = org_person(at->law->chronicle.org, nominee->person)->born;

	return !day_is_none(born) && at->today.number < day_add_months(born, 12 * (rule->years + 1)).number;
}

/* No relative in the unit of the post, in the unit right above or right below it, or in a post that is the
 * superior of the other's unit. */
static bool kin_holds(
	const struct case_at_hand *at, const struct eligibility_rule *rule, const struct nominee *nominee)
{
	const struct org *org = at->law->chronicle.org;
	int64_t unit = org_post(org, nominee->post)->unit;

	(void)rule;
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);
		int64_t theirs = org_post(org, tenure->post)->unit;

		if (runs_on(tenure, at->today) &&
			org_are_kin(org, nominee->person, tenure->person, at->today) &&
			(theirs == unit || org_unit(org, unit)->parent == theirs ||
				org_unit(org, theirs)->parent == unit ||
				org_superior_post(org, unit) == tenure->post ||
				org_superior_post(org, theirs) == nominee->post))
			return false;
	}
	return true;
}

static bool has_bar(const struct procedure *procedure, struct str bar)
{
	for (size_t i = 0; i < procedure->effect.bar_count; i++)
		if (str_equal(procedure->effect.bars[i].name, bar))
			return true;
	return false;
}

/* Nothing in effect on them that bars `bars`. Of a matter that can't be followed nothing is known, so it bars
 * nobody here. */
static bool effect_holds(
	const struct case_at_hand *at, const struct eligibility_rule *rule, const struct nominee *nominee)
{
	const struct law *law = at->law;

	for (size_t i = 0; i < law->effective_count; i++) {
		const struct law_matter *of = &law->matters[law->effective[i] - 1];
		struct effect effect;

		if (!of->unknown && has_bar(of->matter->procedure, rule->bars) &&
			effect_read(of->matter->procedure,
				of->matter->procedure->states[of->matter->state].name, of->matter->fields,
				&effect) &&
			effect.person == nominee->person && at->today.number <= effect.until.number)
			return false;
	}
	return true;
}

enum err judge_eligible(const struct case_at_hand *at, const struct action *action, const struct doc *fields)
{
	static bool (*const holds[ELIGIBILITY_TEST_COUNT])(
		const struct case_at_hand *, const struct eligibility_rule *, const struct nominee *) = {
		[ELIGIBILITY_TIME_IN_RANK] = time_in_rank_holds,
		[ELIGIBILITY_AGE] = age_holds,
		[ELIGIBILITY_KIN] = kin_holds,
		[ELIGIBILITY_EFFECT] = effect_holds,
	};
	const struct procedure *procedure = at->procedure;
	const struct org *org = at->law->chronicle.org;
	struct nominee nominee;

	if (!action->eligible || at->law->chronicle.people_unknown)
		return ERR_OK;
	nominee.person =
		doc_get_int(fields, procedure->fields[procedure->eligibility.candidate].name.data, 0);
	nominee.post = doc_get_int(fields, procedure->fields[procedure->eligibility.post].name.data, 0);
	if (org_person(org, nominee.person) == NULL || org_post(org, nominee.post) == NULL)
		return ERR_OK;
	for (size_t i = 0; i < procedure->eligibility.rule_count; i++) {
		const struct eligibility_rule *rule = &procedure->eligibility.rules[i];

		if (condition_holds(&rule->when, doc_get(at->payload, "fields"), fields, at->today) &&
			!holds[rule->test](at, rule, &nominee))
			return unlawful(at, "eligibility",
				"person %lld didn't meet the rule %.*s for post %lld that day",
				(long long)nominee.person, STR_ARG(rule->name), (long long)nominee.post);
	}
	return ERR_OK;
}
