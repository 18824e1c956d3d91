/* law_office.c: who changed the institution. docs/procedures.md gives each kind of row to one function; where
 * nobody acts for it the head of the top unit stands in. Nobody records what is about themselves. */
#include "check/law.h"

static const struct {
	enum event_kind kind;
	const char *function;
} offices[] = {
	{EVENT_UNIT_SET, "establishment_office"},
	{EVENT_POST_SET, "establishment_office"},
	{EVENT_FUNCTION_SET, "establishment_office"},
	{EVENT_PERSON_SET, "organisation_office"},
	{EVENT_TENURE_SET, "organisation_office"},
	{EVENT_KIN_SET, "organisation_office"},
	{EVENT_DELEGATION_SET, "organisation_office"},
	{EVENT_CALENDAR_SET, "rules_office"},
	{EVENT_PROCEDURE_ADOPTED, "rules_office"},
	{EVENT_FORMULA_ADOPTED, "rules_office"},
	{EVENT_RELATION_SET, "rules_office"},
	{EVENT_BALLOT_OPENED, "organisation_office"},
	{EVENT_BALLOT_PAPER, "organisation_office"},
	{EVENT_BALLOT_CLOSED, "organisation_office"},
	{EVENT_RULE_ISSUED, "rules_office"},
	{EVENT_RULE_REPEALED, "rules_office"},
};

/* Stands the person in a post that answers or acts for the function, or heads a unit above which is none? */
static bool is_of_office(const struct org *org, const char *name, int64_t person, struct day today)
{
	const struct function *function = org_function(org, str_from(name));

	for (size_t i = 0; i < org_post_count(org); i++) {
		const struct post *post = org_post_at(org, i);
		const struct unit *unit = org_unit(org, post->unit);
		const struct tenure *tenure = org_holder(org, post->id, today);

		if (tenure == NULL || tenure->person != person)
			continue;
		if (unit != NULL && unit->parent == 0 && org_head_post(org, unit->id) == post->id)
			return true;
		if (function != NULL &&
			(function->unit != 0 ? org_post_acts_for(org, post->id, function->unit)
					     : post->id == function->post))
			return true;
	}
	return false;
}

static bool is_about(const struct event *event, int64_t person)
{
	const struct doc *payload = event->payload;

	switch (event->kind) {
	case EVENT_PERSON_SET:
		return doc_get_int(payload, "id", 0) == person;
	case EVENT_TENURE_SET:
		return doc_get_int(payload, "person", 0) == person;
	case EVENT_KIN_SET:
		return doc_get_int(payload, "person", 0) == person ||
		       doc_get_int(payload, "other", 0) == person;
	case EVENT_DELEGATION_SET:
		return doc_get_int(payload, "to", 0) == person;
	default:
		return false;
	}
}

enum err judge_recorder(const struct law *law, const struct event *event, struct bh_err *reterr)
{
	const struct chronicle *chronicle = &law->chronicle;
	int64_t by = doc_get_int(event->payload, "by", 0);
	const char *office = NULL;

	for (size_t i = 0; i < ARRAY_COUNT(offices); i++)
		if (offices[i].kind == event->kind)
			office = offices[i].function;
	if (office == NULL || law->chronicle.people_unknown ||
		(by == 0 && directory_account_count(chronicle->directory) == 0))
		return ERR_OK;
	if (by == 0)
		return err_set(reterr, ERR_TAMPERED, "by",
			"the founding was over, and nobody is said to have recorded this");
	if (is_about(event, by))
		return err_set(reterr, ERR_TAMPERED, "by", "who recorded it is the one it is about");
	if (event->kind == EVENT_DELEGATION_SET && doc_get_int(event->payload, "from", 0) == by)
		return ERR_OK;
	return is_of_office(chronicle->org, office, by, chronicle_day(chronicle, event->time))
		       ? ERR_OK
		       : err_set(reterr, ERR_TAMPERED, "by", "person %lld, who recorded it, acts for no %s",
				 (long long)by, office);
}
