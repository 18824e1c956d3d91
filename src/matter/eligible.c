/* eligible.c: what must be so for an action besides who does it and when: figures that add up, and a
 * candidate who may be given the post. Every refusal says the rule, the fact and where the rule comes from.
 */
#include "matter/engine.h"

/* ---- effects ---- */

bool effect_read(const struct procedure *procedure, struct str state, const struct doc *fields,
	struct effect *ret_effect)
{
	struct effect effect = {.procedure = procedure};
	bool in_effect = false;

	if (procedure->effect.place.line == 0)
		return false;
	for (size_t i = 0; i < procedure->effect.in_count; i++)
		in_effect = in_effect || str_equal(procedure->states[procedure->effect.in[i]].name, state);
	if (procedure->effect.person >= 0)
		effect.person = doc_get_int(fields, procedure->fields[procedure->effect.person].name.data, 0);
	if (procedure->effect.unit >= 0)
		effect.unit = doc_get_int(fields, procedure->fields[procedure->effect.unit].name.data, 0);
	if (!in_effect ||
		day_parse(doc_get_text(fields, procedure->fields[procedure->effect.until].name.data),
			&effect.until, NULL) != ERR_OK)
		return false;
	*ret_effect = effect;
	return effect.person != 0 || effect.unit != 0;
}

/* ---- the tests ---- */

/* The post that says at which rank somebody stands: the last one they came to and still hold. */
static const struct tenure *present_tenure(const struct candidate *candidate)
{
	const struct tenure *present = NULL;

	for (size_t i = 0; i < org_tenure_count(candidate->org); i++) {
		const struct tenure *tenure = org_tenure_at(candidate->org, i);

		if (tenure->person != candidate->person || tenure->kind != TENURE_HOLDER ||
			tenure->from.number > candidate->day.number ||
			(!day_is_none(tenure->until) && tenure->until.number <= candidate->day.number) ||
			org_post(candidate->org, tenure->post)->rank.size == 0)
			continue;
		if (present == NULL || tenure->from.number > present->from.number)
			present = tenure;
	}
	return present;
}

/* Since when without a break: from tenure to tenure at the same rank, each beginning when another ended or
 * before. */
static struct day since_at_rank(const struct candidate *candidate, struct str rank, struct day since)
{
	bool earlier = true;

	while (earlier) {
		earlier = false;
		for (size_t i = 0; i < org_tenure_count(candidate->org); i++) {
			const struct tenure *tenure = org_tenure_at(candidate->org, i);

			if (tenure->person == candidate->person && tenure->kind == TENURE_HOLDER &&
				str_equal(org_post(candidate->org, tenure->post)->rank, rank) &&
				tenure->from.number < since.number &&
				(day_is_none(tenure->until) || tenure->until.number >= since.number)) {
				since = tenure->from;
				earlier = true;
			}
		}
	}
	return since;
}

static bool meets_time_in_rank(
	const struct eligibility_rule *rule, const struct candidate *candidate, struct label *ret_why)
{
	const struct tenure *present = present_tenure(candidate);
	struct str rank, since, from;
	struct day begun, enough;

	if (present == NULL) {
		*ret_why = (struct label){
			STR("现无登记职级的岗位"), STR("holds no post whose rank is recorded")};
		return false;
	}
	rank = org_post(candidate->org, present->post)->rank;
	begun = since_at_rank(candidate, rank, present->from);
	enough = calendar_term_end(candidate->calendar, begun, rule->least, NULL);
	if (enough.number <= candidate->day.number)
		return true;
	since = day_print(candidate->arena, begun);
	from = day_print(candidate->arena, enough);
	ret_why->zh = str_format(candidate->arena, "自%.*s起任%.*s职级岗位,至%.*s方满", STR_ARG(since),
		STR_ARG(rank), STR_ARG(from));
	ret_why->en =
		str_format(candidate->arena, "in posts of rank %.*s since %.*s, which is enough from %.*s on",
			STR_ARG(rank), STR_ARG(since), STR_ARG(from));
	return false;
}

static bool meets_age(
	const struct eligibility_rule *rule, const struct candidate *candidate, struct label *ret_why)
{
	struct day born = org_person(candidate->org, candidate->person)->born;
	struct str on;

	if (day_is_none(born)) {
		*ret_why = (struct label){STR("出生日期没有登记"), STR("the day of birth isn't recorded")};
		return false;
	}
	/* As old as that until the day before the next birthday. */
	if (day_add_months(born, 12 * (rule->years + 1)).number > candidate->day.number)
		return true;
	on = day_print(candidate->arena, born);
	ret_why->zh = str_format(candidate->arena, "%.*s出生,已超过%d周岁", STR_ARG(on), rule->years);
	ret_why->en =
		str_format(candidate->arena, "born on %.*s, so older than %d", STR_ARG(on), rule->years);
	return false;
}

/* Is the one unit the other, or right below it, or is one post above the other's unit? */
static bool is_near(const struct org *org, int64_t post, int64_t other)
{
	int64_t unit = org_post(org, post)->unit, theirs = org_post(org, other)->unit;

	return unit == theirs || org_unit(org, unit)->parent == theirs ||
	       org_unit(org, theirs)->parent == unit || org_superior_post(org, unit) == other ||
	       org_superior_post(org, theirs) == post;
}

static bool meets_kin(
	const struct eligibility_rule *rule, const struct candidate *candidate, struct label *ret_why)
{
	const struct org *org = candidate->org;

	(void)rule;
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);
		struct str name, title;

		if (tenure->from.number > candidate->day.number ||
			(!day_is_none(tenure->until) && tenure->until.number <= candidate->day.number) ||
			!org_are_kin(org, candidate->person, tenure->person, candidate->day) ||
			!is_near(org, candidate->post, tenure->post))
			continue;
		name = org_person(org, tenure->person)->name;
		title = org_post(org, tenure->post)->title;
		ret_why->zh = str_format(candidate->arena, "亲属%.*s现任%.*s%.*s", STR_ARG(name),
			STR_ARG(org_unit(org, org_post(org, tenure->post)->unit)->name), STR_ARG(title));
		ret_why->en = str_format(candidate->arena, "a relative, %.*s, holds %.*s there",
			STR_ARG(name), STR_ARG(org_post(org, tenure->post)->code));
		return false;
	}
	return true;
}

static bool bars(const struct procedure *procedure, struct str bar)
{
	for (size_t i = 0; i < procedure->effect.bar_count; i++)
		if (str_equal(procedure->effect.bars[i].name, bar))
			return true;
	return false;
}

static bool meets_effect(
	const struct eligibility_rule *rule, const struct candidate *candidate, struct label *ret_why)
{
	for (size_t i = 0; i < candidate->effect_count; i++) {
		const struct effect *effect = &candidate->effects[i];
		struct str until;

		if (effect->person != candidate->person || effect->until.number < candidate->day.number ||
			!bars(effect->procedure, rule->bars))
			continue;
		until = day_print(candidate->arena, effect->until);
		ret_why->zh = str_format(
			candidate->arena, "%.*s的影响期至%.*s", STR_ARG(effect->number), STR_ARG(until));
		ret_why->en = str_format(candidate->arena, "%.*s is in effect until %.*s",
			STR_ARG(effect->number), STR_ARG(until));
		return false;
	}
	return true;
}

bool eligibility_meets(
	const struct eligibility_rule *rule, const struct candidate *candidate, struct label *ret_why)
{
	static bool (*const tests[ELIGIBILITY_TEST_COUNT])(
		const struct eligibility_rule *, const struct candidate *, struct label *) = {
		[ELIGIBILITY_TIME_IN_RANK] = meets_time_in_rank,
		[ELIGIBILITY_AGE] = meets_age,
		[ELIGIBILITY_KIN] = meets_kin,
		[ELIGIBILITY_EFFECT] = meets_effect,
	};

	return tests[rule->test](rule, candidate, ret_why);
}

int64_t eligibility_candidate(
	const struct procedure *procedure, int action, const struct doc *given, const struct doc *fields)
{
	const char *name;
	int64_t person;

	if (action < 0 || !procedure->actions[action].eligible)
		return 0;
	name = procedure->fields[procedure->eligibility.candidate].name.data;
	person = given == NULL ? 0 : doc_get_int(given, name, 0);
	return person != 0 ? person : doc_get_int(fields, name, 0);
}

/* ---- refusing ---- */

/* "(rule, article)" behind a sentence; nothing where no source is named. */
static void put_basis(struct buf *buf, const struct basis *basis, size_t count, bool chinese)
{
	for (size_t i = 0; i < count; i++) {
		buf_puts(buf, i > 0 ? (chinese ? "、" : ", ") : chinese ? "(依据:" : " (");
		buf_put(buf, basis[i].rule);
		if (basis[i].article.size > 0)
			buf_puts(buf, chinese ? "" : " ");
		buf_put(buf, basis[i].article);
	}
	if (count > 0)
		buf_puts(buf, ")");
}

static const struct doc *checked_fields(const struct draft *draft)
{
	return fields_with_members(
		draft->arena, draft->procedure, draft->fields, draft->world->org, draft->today);
}

#define STRAYS_MAX 20

/* Of lists of people beside each other: who it is that makes it untrue. */
static void put_strays(struct draft *draft, const struct check_rule *check, const struct doc *fields,
	struct buf *zh, struct buf *en)
{
	struct str name = check->that.left.parts[0].field;
	int field = procedure_field(draft->procedure, name);
	const struct doc *strays[STRAYS_MAX];
	size_t count;

	if (str_is(name, CONDITION_MEMBERS)
			? field >= 0
			: field < 0 || draft->procedure->fields[field].type != FIELD_PERSONS)
		return;
	count = condition_strays(&check->that, draft->command->fields, fields, strays, STRAYS_MAX);
	for (size_t i = 0; i < count; i++) {
		const struct person *person = org_person(draft->world->org, strays[i]->number);

		buf_puts(zh, i == 0 ? ":" : "、");
		buf_puts(en, i == 0 ? ": " : ", ");
		buf_put(zh, person == NULL ? STR("?") : person->name);
		buf_put(en, person == NULL ? STR("?") : person->name);
	}
}

enum err draft_check(struct draft *draft, const struct action *action)
{
	const struct doc *fields;

	if (draft->world->values_unjudged)
		return ERR_OK;
	fields = checked_fields(draft);
	for (size_t i = 0; i < action->check_count; i++) {
		const struct check_rule *check = &action->checks[i];
		struct buf zh = buf_new(draft->arena), en = buf_new(draft->arena);

		if (check->of >= 0 || check_holds(check, draft->command->fields, fields, draft->today))
			continue;
		buf_put(&zh, check->say.zh);
		buf_put(&en, check->say.en);
		put_strays(draft, check, fields, &zh, &en);
		put_basis(&zh, check->basis, check->basis_count, true);
		put_basis(&en, check->basis, check->basis_count, false);
		return err_set_both(
			draft->reterr, ERR_REFUSED, "checks", buf_str(&zh).data, buf_str(&en).data);
	}
	return ERR_OK;
}

static void put_irregularity(struct draft *draft, const struct check_rule *check, size_t index)
{
	struct bearer failing =
		matter_bearer(draft->procedure, draft->fields, check->of, draft->world->org, draft->today);
	const struct tenure *tenure = org_holder(draft->world->org, failing.post, draft->today);
	int64_t holder = failing.person != 0 ? failing.person : tenure != NULL ? tenure->person : 0;
	struct doc *object = draft_push(draft, "irregular");
	struct reached reached = {0};
	const struct bearer *follower;
	int64_t answer = 0;

	reach_all(draft, &failing, 0, &check->breach, &reached);
	follower = reach_follower(draft, &reached, &failing);
	/* Whose it is waits to hear what follows. */
	if (follower != NULL)
		answer = draft_owe(
			draft, DUTY_ANSWER, -1, 0, failing.post, follower, draft->procedure->answer_within);
	for (size_t i = 0; i < reached.count; i++)
		draft_tell(draft, reached.bearers[i].post, NOTICE_IRREGULAR, answer);
	doc_set(draft->arena, object, "check", doc_int(draft->arena, (int64_t)index));
	draft_put_bearer(draft, object, &failing);
	doc_set(draft->arena, object, "holder", doc_int(draft->arena, holder));
	doc_set(draft->arena, object, "answer", doc_int(draft->arena, answer));
}

void draft_irregularities(struct draft *draft, const struct action *action)
{
	const struct doc *fields;

	if (draft->world->values_unjudged)
		return;
	fields = checked_fields(draft);
	for (size_t i = 0; i < action->check_count; i++)
		if (action->checks[i].of >= 0 &&
			!check_holds(&action->checks[i], draft->command->fields, fields, draft->today))
			put_irregularity(draft, &action->checks[i], i);
}

static struct candidate candidate_of(struct draft *draft, int64_t person)
{
	const struct procedure *procedure = draft->procedure;

	return (struct candidate){.person = person,
		.post = doc_get_int(
			draft->fields, procedure->fields[procedure->eligibility.post].name.data, 0),
		.day = draft->today,
		.org = draft->world->org,
		.calendar = draft->world->calendar,
		.effects = draft->world->effects,
		.effect_count = draft->world->effect_count,
		.arena = draft->arena};
}

enum err draft_eligible(struct draft *draft, const struct action *action)
{
	const struct procedure *procedure = draft->procedure;
	int index = procedure_action(procedure, action->name);
	int64_t person = eligibility_candidate(procedure, index, draft->command->fields, draft->fields);
	struct buf zh = buf_new(draft->arena), en = buf_new(draft->arena);
	size_t count = 0;

	if (person == 0 || draft->world->values_unjudged)
		return ERR_OK;
	struct candidate candidate = candidate_of(draft, person);

	if (org_person(candidate.org, person) == NULL || org_post(candidate.org, candidate.post) == NULL)
		return ERR_OK;
	for (size_t i = 0; i < procedure->eligibility.rule_count; i++) {
		const struct eligibility_rule *rule = &procedure->eligibility.rules[i];
		struct label why;

		if (!condition_holds(&rule->when, draft->command->fields, draft->fields, draft->today) ||
			eligibility_meets(rule, &candidate, &why))
			continue;
		buf_puts(&zh, count > 0 ? ";" : "");
		buf_puts(&en, count++ > 0 ? "; " : "");
		buf_format(&zh, "%.*s:%.*s", STR_ARG(rule->say.zh), STR_ARG(why.zh));
		buf_format(&en, "%.*s: %.*s", STR_ARG(rule->say.en), STR_ARG(why.en));
		put_basis(&zh, rule->basis, rule->basis_count, true);
		put_basis(&en, rule->basis, rule->basis_count, false);
	}
	if (count == 0)
		return ERR_OK;
	return err_set_both(draft->reterr, ERR_REFUSED, "eligibility", buf_str(&zh).data, buf_str(&en).data);
}
