/* letter.c: what is reported without a name. The code of whoever reports is a right of its own: to begin such
 * a matter, to read what is answered and to add to it; and nothing else. */
#include "matter/engine.h"

static bool is_asked(const struct procedure *procedure, struct str field)
{
	for (size_t i = 0; i < procedure->letters.field_count; i++)
		if (str_equal(procedure->letters.fields[i], field))
			return true;
	return false;
}

static bool lies_in(const struct org *org, int64_t unit, int64_t above)
{
	/* Units stand in no circle: org_unit_may refuses it. */
	for (; unit != 0; unit = org_unit(org, unit)->parent)
		if (unit == above)
			return true;
	return false;
}

static int64_t unit_of(const struct org *org, const struct bearer *bearer)
{
	return bearer->unit != 0 ? bearer->unit : bearer->post != 0 ? org_post(org, bearer->post)->unit : 0;
}

/* Nobody takes up what is reported of themselves, or of the unit they belong to. */
static enum err keep_apart(struct draft *draft)
{
	const struct procedure *procedure = draft->procedure;
	const struct org *org = draft->world->org;
	struct bearer about =
		matter_bearer(procedure, draft->fields, procedure->letters.about, org, draft->today);

	for (size_t i = 0; i < procedure->action_count; i++) {
		if (!action_leaves(&procedure->actions[i], procedure->start))
			continue;
		struct bearer by =
			matter_bearer(procedure, draft->fields, procedure->actions[i].by, org, draft->today);

		if (unit_of(org, &about) != 0 && lies_in(org, unit_of(org, &by), unit_of(org, &about)))
			return err_set(draft->reterr, ERR_REFUSED, "about",
				"this would be read by whom it is about: report it to the office above");
	}
	return ERR_OK;
}

static void put_came(struct draft *draft)
{
	struct day came = draft->command->came;

	if (day_is_none(came) || came.number > draft->today.number)
		came = draft->today;
	doc_set(draft->arena, draft->payload, "came", doc_text(draft->arena, day_print(draft->arena, came)));
}

enum err draft_letter(struct draft *draft)
{
	const struct procedure *procedure = draft->procedure;
	struct str bytes;

	if (procedure->letters.place.line == 0)
		return err_set(draft->reterr, ERR_REFUSED, "letters",
			"%.*s isn't begun by a report without a name", STR_ARG(procedure->name));
	if (!hex_parse(draft->arena, draft->command->letter, &bytes) || bytes.size != HASH_SIZE)
		return err_set(draft->reterr, ERR_INVALID, "code", "a code is named by its SHA-256");
	for (size_t i = 0; i < draft->fields->count; i++)
		if (!is_asked(procedure, draft->fields->keys[i]))
			return err_set(draft->reterr, ERR_INVALID, draft->fields->keys[i].data,
				"whoever reports isn't asked for %.*s", STR_ARG(draft->fields->keys[i]));
	TRY(keep_apart(draft));
	doc_set(draft->arena, draft->payload, "letter", doc_text(draft->arena, draft->command->letter));
	put_came(draft);
	return ERR_OK;
}

enum err draft_letter_more(struct draft *draft)
{
	const struct duty *next = duty_next_step(draft->matter);

	TRY(draft_evidence(draft));
	doc_set(draft->arena, draft->payload, "reporter", doc_bool(draft->arena, true));
	put_came(draft);
	if (next != NULL)
		draft_tell(draft, next->post, NOTICE_ADDED, 0);
	return ERR_OK;
}
