#include "check/chronicle.h"

#include "store/store.h"

struct chronicle chronicle_new(struct arena *arena)
{
	return (struct chronicle){.arena = arena,
		.org = org_new(arena),
		.directory = directory_new(arena),
		.calendar = calendar_china(),
		.ballots = {.arena = arena},
		.rules = {.arena = arena},
		.levels = {.arena = arena}};
}

const struct procedure *chronicle_procedure(const struct chronicle *chronicle, int64_t id)
{
	return id < 1 || (size_t)id > chronicle->definition_count ? NULL
								  : chronicle->definitions[id - 1].procedure;
}

int64_t chronicle_in_force(const struct chronicle *chronicle, struct str procedure)
{
	for (size_t id = chronicle->definition_count; id > 0; id--)
		if (str_equal(chronicle->definitions[id - 1].procedure->name, procedure))
			return (int64_t)id;
	return 0;
}

struct day chronicle_day(const struct chronicle *chronicle, struct instant instant)
{
	return instant_day(instant, chronicle->offset_minutes);
}

struct world chronicle_world(const struct chronicle *chronicle, struct instant now)
{
	return (struct world){.now = now,
		.offset_minutes = chronicle->offset_minutes,
		.calendar = chronicle->calendar,
		.org = chronicle->org};
}

enum err payload_read(struct arena *arena, struct str bytes, struct doc **ret_payload, struct bh_err *reterr)
{
	enum err err = doc_read_canonical(arena, str_copy(arena, bytes), ret_payload, reterr);

	if (err != ERR_OK || (*ret_payload)->kind != DOC_OBJECT)
		return err_set(reterr, ERR_TAMPERED, "payload", "it isn't an object in canonical JSON");
	return ERR_OK;
}

int64_t object_matter(struct str object)
{
	int64_t id;

	return object.size > 1 && object.data[0] == 'm' &&
			       str_to_int(str_slice(object, 1, object.size - 1), &id) && id > 0
		       ? id
		       : 0;
}

static enum err follow_founding(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	int64_t offset = doc_get_int(event->payload, "offset_minutes", INT64_MAX);

	if (chronicle->founded || event->index != 0)
		return err_set(
			reterr, ERR_TAMPERED, "founding", "an institution is founded once, before all else");
	const int64_t day = 24 * 60L;

	if (offset < -day || offset > day)
		return err_set(reterr, ERR_TAMPERED, "offset_minutes", "that is no offset of a place");
	chronicle->founded = true;
	chronicle->offset_minutes = (int)offset;
	return ERR_OK;
}

static enum err follow_adoption(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	struct findings findings = findings_new(chronicle->arena);
	struct str name = doc_get_text(event->payload, "procedure");
	const struct procedure *procedure = procedure_read(chronicle->arena,
		str_copy(chronicle->arena, doc_get_text(event->payload, "file")),
		doc_get_text(event->payload, "text"), &findings);
	int64_t before = chronicle_in_force(chronicle, name);
	struct told_definition definition = {.procedure = procedure,
		.version = before == 0 ? 1 : chronicle->definitions[before - 1].version + 1,
		.index = event->index};

	if (procedure == NULL)
		return err_set(reterr, ERR_TAMPERED, "definition", "%.*s can't be read: %.300s",
			STR_ARG(name),
			findings.count > 0 ? finding_print(chronicle->arena, &findings.items[0]).data : "");
	if (!str_equal(procedure->name, name) ||
		doc_get_int(event->payload, "id", 0) != (int64_t)chronicle->definition_count + 1 ||
		doc_get_int(event->payload, "version", 0) != definition.version)
		return err_set(reterr, ERR_TAMPERED, "definition",
			"%.*s isn't the next definition, or the next version of it", STR_ARG(name));
	*ARENA_PUSH(chronicle->arena, chronicle->definitions, chronicle->definition_count,
		chronicle->definition_capacity) = definition;
	return ERR_OK;
}

/* What it says of itself is what its text says, and it holds for no day that was over. */
static enum err follow_formula(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	struct str name = doc_get_text(event->payload, "formula");
	struct formula formula;
	struct day from;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (formula_read(chronicle->arena, doc_get_text(event->payload, "file"),
		    doc_get_text(event->payload, "text"), &formula, &why) != ERR_OK)
		return err_set(reterr, ERR_TAMPERED, "formula", "%.*s can't be read: %s: %s", STR_ARG(name),
			why.place, err_both(&why, both));
	if (!str_equal(formula.name, name) ||
		doc_get_int(event->payload, "id", 0) != chronicle->formula_count + 1)
		return err_set(reterr, ERR_TAMPERED, "formula", "%.*s isn't the next formula", STR_ARG(name));
	if (day_parse(doc_get_text(event->payload, "from"), &from, &why) != ERR_OK ||
		from.number < chronicle_day(chronicle, event->time).number)
		return err_set(reterr, ERR_TAMPERED, "from", "%.*s would be in force before it was adopted",
			STR_ARG(name));
	chronicle->formula_count++;
	return ERR_OK;
}

static enum err follow_calendar(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	size_t count;
	struct str version = doc_get_text(event->payload, "version");
	const struct calendar_day *days =
		store_calendar_days(chronicle->arena, doc_get(event->payload, "days"), &count);

	if (version.size == 0 || str_equal(version, calendar_version(chronicle->calendar)))
		return err_set(reterr, ERR_TAMPERED, "calendar", "a changed calendar has a name of its own");
	chronicle->calendar = calendar_with(
		chronicle->arena, calendar_china(), str_copy(chronicle->arena, version), days, count);
	return ERR_OK;
}

#define FOLLOW_ROW(noun)                                                                                     \
	static enum err follow_##noun(                                                                       \
		struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)               \
	{                                                                                                    \
		struct noun row = noun##_from_doc(event->payload);                                           \
		struct bh_err why;                                                                           \
		char both[ERR_BOTH_SIZE];                                                                    \
                                                                                                             \
		if (org_##noun##_may(chronicle->org, &row, &why) != ERR_OK)                                  \
			return err_set(                                                                      \
				reterr, ERR_TAMPERED, #noun, "%s: %s", why.place, err_both(&why, both));     \
		org_##noun##_set(chronicle->org, &row);                                                      \
		return ERR_OK;                                                                               \
	}
FOLLOW_ROW(unit)
FOLLOW_ROW(post)
FOLLOW_ROW(person)
FOLLOW_ROW(tenure)
FOLLOW_ROW(function)
FOLLOW_ROW(delegation)
FOLLOW_ROW(kin)
FOLLOW_ROW(relation)

enum err chronicle_follow(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	switch (event->kind) {
	case EVENT_INSTITUTION_FOUNDED:
		return follow_founding(chronicle, event, reterr);
	case EVENT_PROCEDURE_ADOPTED:
		return follow_adoption(chronicle, event, reterr);
	case EVENT_FORMULA_ADOPTED:
		return follow_formula(chronicle, event, reterr);
	case EVENT_CALENDAR_SET:
		return follow_calendar(chronicle, event, reterr);
	case EVENT_UNIT_SET:
		return follow_unit(chronicle, event, reterr);
	case EVENT_POST_SET:
		return follow_post(chronicle, event, reterr);
	case EVENT_PERSON_SET:
		return follow_person(chronicle, event, reterr);
	case EVENT_TENURE_SET:
		return follow_tenure(chronicle, event, reterr);
	case EVENT_FUNCTION_SET:
		return follow_function(chronicle, event, reterr);
	case EVENT_DELEGATION_SET:
		return follow_delegation(chronicle, event, reterr);
	case EVENT_KIN_SET:
		return follow_kin(chronicle, event, reterr);
	case EVENT_RELATION_SET:
		return follow_relation(chronicle, event, reterr);
	case EVENT_BALLOT_OPENED:
	case EVENT_BALLOT_SEALED:
	case EVENT_BALLOT_PAPER:
	case EVENT_BALLOT_CLOSED:
		return ballots_follow(&chronicle->ballots, event, reterr);
	case EVENT_RULE_ISSUED:
	case EVENT_RULE_REPEALED:
		return rules_follow(&chronicle->rules, event, reterr);
	case EVENT_PEER_SET:
	case EVENT_PACKAGE_SENT:
	case EVENT_PACKAGE_TAKEN:
		return levels_follow(&chronicle->levels,
			chronicle->people_unknown ? NULL : chronicle->directory, event, reterr);
	default:
		return chronicle_follow_account(chronicle, event, reterr);
	}
}
