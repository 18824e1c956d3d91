/* may.c: who may change the institution itself. One table: each kind of act and the functions whose holders
 * may ask for it, today and through a post that acts for the unit. Matters have their own law (the
 * procedure), and accounts theirs (account/). */
#include "act/writer.h"

#define CONCERNED_MAX ((size_t)2 * MOVE_TENURES_MAX)

/* Functions are known by these names in every institution; docs/procedures.md lists them. */
static const struct right {
	const char *function; /* NULL: the act has a law of its own */
} rights[ACT_KIND_COUNT] = {
	[ACT_UNIT] = {"establishment_office"},
	[ACT_POST] = {"establishment_office"},
	[ACT_FUNCTION] = {"establishment_office"},
	[ACT_PERSON] = {"organisation_office"},
	[ACT_TENURE] = {"organisation_office"},
	[ACT_MOVE] = {"organisation_office"},
	[ACT_KIN] = {"organisation_office"},
	[ACT_DELEGATION] = {"organisation_office"}, /* of one's own powers: oneself */
	[ACT_CALENDAR] = {"rules_office"},
	[ACT_ADOPT] = {"rules_office"},
	[ACT_FORMULA] = {"rules_office"},
	[ACT_RELATION] = {"rules_office"},
	[ACT_BALLOT_OPEN] = {"organisation_office"},
	[ACT_BALLOT_PAPER] = {"organisation_office"},
	[ACT_BALLOT_CLOSE] = {"organisation_office"},
	[ACT_RULE_ISSUE] = {"rules_office"},
	[ACT_RULE_REPEAL] = {"rules_office"},
};

/* The people an act is about: none of them records it. */
struct concerned {
	int64_t people[CONCERNED_MAX];
	size_t count;
};

static void concern(struct concerned *concerned, int64_t person)
{
	REQUIRE(concerned->count < CONCERNED_MAX);
	if (person != 0)
		concerned->people[concerned->count++] = person;
}

static bool is_concerned(const struct concerned *concerned, int64_t person)
{
	for (size_t i = 0; i < concerned->count; i++)
		if (concerned->people[i] == person)
			return true;
	return false;
}

/* Whom it is about as it would be, and as it is. */
static void concern_tenure(struct concerned *concerned, const struct org *org, const struct tenure *tenure)
{
	concern(concerned, tenure->person);
	if (tenure->id > 0 && tenure->id <= (int64_t)org_tenure_count(org))
		concern(concerned, org_tenure_at(org, (size_t)tenure->id - 1)->person);
}

static struct concerned concerned_by(const struct org *org, const struct act *act)
{
	struct concerned concerned = {0};

	if (act->kind == ACT_PERSON) {
		concern(&concerned, act->what.person->id);
	} else if (act->kind == ACT_TENURE) {
		concern_tenure(&concerned, org, act->what.tenure);
	} else if (act->kind == ACT_MOVE) {
		for (size_t i = 0; i < act->what.move.count; i++)
			concern_tenure(&concerned, org, &act->what.move.tenures[i]);
	} else if (act->kind == ACT_KIN) {
		const struct kin *kin = act->what.kin;

		concern(&concerned, kin->person);
		concern(&concerned, kin->other);
		if (kin->id > 0 && kin->id <= (int64_t)org_kin_count(org)) {
			concern(&concerned, org_kin_at(org, (size_t)kin->id - 1)->person);
			concern(&concerned, org_kin_at(org, (size_t)kin->id - 1)->other);
		}
	} else if (act->kind == ACT_DELEGATION) {
		concern(&concerned, act->what.delegation->to);
	}
	return concerned;
}

/* Whoever gives away powers of their own needs nobody else for it. */
static bool is_own_delegation(const struct org *org, const struct act *act)
{
	if (act->kind != ACT_DELEGATION || act->what.delegation->from != act->person)
		return false;
	int64_t id = act->what.delegation->id;

	return id <= 0 || id > (int64_t)org_delegation_count(org) ||
	       org_delegation_at(org, (size_t)id - 1)->from == act->person;
}

/* Does somebody the act isn't about act for the function today? */
static bool function_is_held(const struct org *org, const struct function *function,
	const struct concerned *concerned, struct day today)
{
	for (size_t i = 0; i < org_post_count(org); i++) {
		int64_t post = org_post_at(org, i)->id;
		const struct tenure *tenure =
			org_post_carries(org, post, function) ? org_holder(org, post, today) : NULL;

		if (tenure != NULL && !is_concerned(concerned, tenure->person))
			return true;
	}
	return false;
}

/* The unit at the top of the institution: the first without one above it. */
static const struct unit *top_unit(const struct org *org)
{
	for (size_t i = 0; i < org_unit_count(org); i++)
		if (org_unit_at(org, i)->parent == 0 && !org_unit_has_ended(org, org_unit_at(org, i)->id))
			return org_unit_at(org, i);
	return NULL;
}

/* Where no unit has the function, or nobody in it is left to record this, the head of the top unit does. */
static enum err ask_the_top(const struct org *org, const struct act *act, const char *function,
	struct day today, struct bh_err *reterr)
{
	const struct unit *top = top_unit(org);
	struct bearer head = {.post = top == NULL ? 0 : org_head_post(org, top->id)};
	char word[512];

	if (head.post != 0 && bearer_post_of(&head, act->person, org, today) != 0)
		return ERR_OK;
	return err_set(reterr, ERR_FORBIDDEN, "person",
		"only the head of %.*s may record this, as nobody acts for the function \"%s\"",
		STR_ARG(top == NULL ? STR("the top unit") : top->name),
		org_function_both(org, str_from(function), word, sizeof word));
}

static enum err ask_the_function(const struct org *org, const struct act *act, const char *name,
	const struct concerned *concerned, struct day today, struct bh_err *reterr)
{
	const struct function *function = org_function(org, str_from(name));
	char word[512];

	if (function == NULL || !function_is_held(org, function, concerned, today))
		return ask_the_top(org, act, name, today, reterr);
	struct bearer bearer = {.unit = function->unit, .post = function->post};

	if (bearer_post_of(&bearer, act->person, org, today) != 0)
		return ERR_OK;
	return err_set(reterr, ERR_FORBIDDEN, "person",
		"only whoever acts for the function \"%s\" may record this: %.*s has it",
		org_function_both(org, str_from(name), word, sizeof word),
		STR_ARG(function->unit != 0 ? org_unit(org, function->unit)->name
					    : org_post(org, function->post)->title));
}

/* The founding ends with the three administrators; until then the system itself lays the ground. */
static bool is_founding(const struct installation *installation)
{
	return directory_account_count(installation->directory) == 0;
}

enum err act_row_may(const struct org *org, const struct act *act, struct day today, struct bh_err *reterr)
{
	const char *function = rights[act->kind].function;
	char word[512];

	if (function == NULL)
		return ERR_OK;
	if (act->person == 0)
		return err_set(reterr, ERR_FORBIDDEN, "person",
			"say who records it: somebody who acts for the function \"%s\"",
			org_function_both(org, str_from(function), word, sizeof word));
	if (is_own_delegation(org, act))
		return ERR_OK;
	struct concerned concerned = concerned_by(org, act);

	if (is_concerned(&concerned, act->person))
		return err_set(reterr, ERR_FORBIDDEN, "person",
			"nobody records what is about themselves: somebody else of \"%s\" must",
			org_function_both(org, str_from(function), word, sizeof word));
	return ask_the_function(org, act, function, &concerned, today, reterr);
}

enum err act_may(const struct installation *installation, const struct act *act, struct instant now,
	struct bh_err *reterr)
{
	if (act->kind == ACT_MOVE && (act->what.move.count == 0 || act->what.move.count > MOVE_TENURES_MAX))
		return err_set(reterr, ERR_INVALID, "tenures", "a move ends and begins 1 to %d tenures",
			MOVE_TENURES_MAX);
	if (act->person == 0 && is_founding(installation))
		return ERR_OK;
	return act_row_may(installation->org, act, instant_day(now, installation->offset_minutes), reterr);
}
