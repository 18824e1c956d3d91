/* law_attend.c: whoever checked in was expected, once, on the day and while it went on, and did it
 * themselves. */
#include "check/law.h"

static bool is_among(const struct doc *list, int64_t person)
{
	for (size_t i = 0; list != NULL && list->kind == DOC_LIST && i < list->count; i++)
		if (list->items[i].number == person)
			return true;
	return false;
}

/* Anybody in a post of that unit, a liaison only where all its people are meant. */
static bool stands_in(const struct case_at_hand *at, int role, int64_t person, struct day day, bool members)
{
	const struct org *org = at->law->chronicle.org;
	int64_t unit = matter_bearer(at->procedure, at->matter->fields, role, org, day).unit;

	for (size_t i = 0; i < org_post_count(org); i++) {
		const struct post *post = org_post_at(org, i);
		const struct tenure *tenure = post->unit == unit ? org_holder(org, post->id, day) : NULL;

		if (tenure != NULL && tenure->person == person && !(members && post->kind == POST_LIAISON))
			return true;
	}
	return false;
}

static bool has_members(const struct case_at_hand *at, struct day day)
{
	const struct doc *members = meeting_members(
		at->law->event_arena, at->procedure, at->matter->fields, at->law->chronicle.org, day);

	return members != NULL && members->count > 0;
}

static bool is_expected(const struct case_at_hand *at, int64_t person)
{
	const struct procedure *procedure = at->procedure;
	const struct doc *named = procedure->check_in.expected < 0
					  ? NULL
					  : doc_get_str(at->matter->fields,
						    procedure->fields[procedure->check_in.expected].name);

	if (named != NULL && named->kind == DOC_LIST && named->count > 0)
		return is_among(named, person);
	if (has_members(at, at->today))
		return stands_in(at, procedure->meeting.members, person, at->today, true);
	return procedure->check_in.of >= 0 && stands_in(at, procedure->check_in.of, person, at->today, false);
}

static bool goes_on(const struct case_at_hand *at)
{
	const struct procedure *procedure = at->procedure;
	struct day day;
	bool here = false;

	for (size_t i = 0; i < procedure->check_in.in_count; i++)
		here = here || procedure->check_in.in[i] == at->matter->state;
	return here && instant_is_none(at->matter->suspended_until) &&
	       day_parse(
		       doc_get_text(at->matter->fields, procedure->fields[procedure->check_in.on].name.data),
		       &day, NULL) == ERR_OK &&
	       day.number == at->today.number;
}

enum err judge_attended(const struct case_at_hand *at)
{
	int64_t person = doc_get_int(at->payload, "person", 0);

	if (at->procedure->check_in.place.line == 0)
		return unlawful(at, "check_in", "its definition has nobody check in");
	if (person == 0 || doc_get(at->payload, "on_behalf") != NULL)
		return unlawful(at, "check_in", "nobody checks in for somebody else");
	if (!goes_on(at))
		return unlawful(at, "check_in", "it didn't go on then");
	if (!at->law->chronicle.people_unknown && !is_expected(at, person))
		return unlawful(at, "check_in", "person %lld wasn't expected", (long long)person);
	return check_in_came(at->procedure, at->matter->fields, person)
		       ? unlawful(at, "check_in", "person %lld had checked in", (long long)person)
		       : ERR_OK;
}
