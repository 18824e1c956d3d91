/* attend.c: who belongs to a body that meets, who is expected where people enter themselves on the list of
 * who came, and their doing so. */
#include "matter/engine.h"

/* ---- people of a unit ---- */

static bool holds_list(const struct doc *list, int64_t person)
{
	for (size_t i = 0; list != NULL && list->kind == DOC_LIST && i < list->count; i++)
		if (list->items[i].number == person)
			return true;
	return false;
}

/* Who stands in a post of the unit that day, each once, in the order of the posts. A liaison writes the
 * minutes and is no member. */
static struct doc *people_of(
	struct arena *arena, const struct org *org, int64_t unit, struct day day, bool members_only)
{
	struct doc *people = doc_list(arena);

	for (size_t i = 0; unit != 0 && i < org_post_count(org); i++) {
		const struct post *post = org_post_at(org, i);
		const struct tenure *tenure;

		if (post->unit != unit || (members_only && post->kind == POST_LIAISON))
			continue;
		tenure = org_holder(org, post->id, day);
		if (tenure != NULL && !holds_list(people, tenure->person))
			doc_push(arena, people, doc_int(arena, tenure->person));
	}
	return people;
}

static struct day day_in(const struct procedure *procedure, const struct doc *fields, int field)
{
	struct day day;

	return field >= 0 && day_parse(doc_get_text(fields, procedure->fields[field].name.data), &day,
				     NULL) == ERR_OK
		       ? day
		       : DAY_NONE;
}

const struct doc *meeting_members(struct arena *arena, const struct procedure *procedure,
	const struct doc *fields, const struct org *org, struct day today)
{
	struct day held = day_in(procedure, fields, procedure->meeting.fields[MEETING_HELD_ON]);

	if (procedure->meeting.members < 0)
		return NULL;
	if (day_is_none(held))
		held = today;
	return people_of(arena, org,
		matter_bearer(procedure, fields, procedure->meeting.members, org, held).unit, held, true);
}

const struct doc *fields_with_members(struct arena *arena, const struct procedure *procedure,
	const struct doc *fields, const struct org *org, struct day today)
{
	const struct doc *members = meeting_members(arena, procedure, fields, org, today);
	struct doc *with = doc_object(arena);

	if (members == NULL || doc_get(fields, CONDITION_MEMBERS) != NULL)
		return fields;
	for (size_t i = 0; i < fields->count; i++)
		doc_set_str(arena, with, fields->keys[i], (struct doc *)(uintptr_t)&fields->items[i]);
	doc_set(arena, with, CONDITION_MEMBERS, (struct doc *)(uintptr_t)members);
	return with;
}

/* ---- who is expected ---- */

const struct doc *check_in_expected(struct arena *arena, const struct procedure *procedure,
	const struct doc *fields, const struct org *org, struct day day)
{
	const struct doc *named =
		procedure->check_in.expected < 0
			? NULL
			: doc_get_str(fields, procedure->fields[procedure->check_in.expected].name);
	const struct doc *members;

	if (named != NULL && named->kind == DOC_LIST && named->count > 0)
		return named;
	members = meeting_members(arena, procedure, fields, org, day);
	if (members != NULL && members->count > 0)
		return members;
	return procedure->check_in.of < 0
		       ? doc_list(arena)
		       : people_of(arena, org,
				 matter_bearer(procedure, fields, procedure->check_in.of, org, day).unit, day,
				 false);
}

bool check_in_expects(struct arena *arena, const struct matter *matter, int64_t person, const struct org *org,
	struct day day)
{
	return matter->procedure->check_in.place.line > 0 &&
	       holds_list(check_in_expected(arena, matter->procedure, matter->fields, org, day), person);
}

/* ---- the list ---- */

static const struct field *list_field(const struct procedure *procedure)
{
	return &procedure->fields[procedure->check_in.into];
}

/* The row about that person, or NULL. */
static const struct doc *row_about(const struct field *field, const struct doc *list, int64_t person)
{
	for (size_t i = 0; list != NULL && list->kind == DOC_LIST && i < list->count; i++)
		if (doc_get_int(&list->items[i], field->columns[0].name.data, 0) == person)
			return &list->items[i];
	return NULL;
}

bool check_in_came(const struct procedure *procedure, const struct doc *fields, int64_t person)
{
	const struct field *field = list_field(procedure), *came = procedure_came_column(procedure);
	const struct doc *list = doc_get_str(fields, field->name), *row;

	if (field->type == FIELD_PERSONS)
		return holds_list(list, person);
	row = row_about(field, list, person);
	return row != NULL && str_equal(doc_get_text(row, came->name.data), procedure->check_in.as);
}

/* With them on it: a row of theirs is changed where there is one. */
static struct doc *list_with(
	struct arena *arena, const struct procedure *procedure, const struct doc *list, int64_t person)
{
	const struct field *field = list_field(procedure), *came = procedure_came_column(procedure);
	struct doc *with = list == NULL || list->kind != DOC_LIST ? doc_list(arena) : doc_copy(arena, list);
	struct doc *row;

	if (field->type == FIELD_PERSONS) {
		doc_push(arena, with, doc_int(arena, person));
		return with;
	}
	row = (struct doc *)(uintptr_t)row_about(field, with, person);
	if (row == NULL) {
		doc_push(arena, with, doc_object(arena));
		row = &with->items[with->count - 1];
		doc_set_str(arena, row, field->columns[0].name, doc_int(arena, person));
	}
	doc_set_str(arena, row, came->name, doc_text(arena, procedure->check_in.as));
	return with;
}

void apply_attended(struct matter *matter, const struct event *event)
{
	struct str name = list_field(matter->procedure)->name;

	doc_set_str(matter->arena, matter->fields, name,
		list_with(matter->arena, matter->procedure, doc_get_str(matter->fields, name),
			doc_get_int(event->payload, "person", 0)));
}

/* ---- deciding ---- */

static bool goes_on_in(const struct procedure *procedure, int state)
{
	for (size_t i = 0; i < procedure->check_in.in_count; i++)
		if (procedure->check_in.in[i] == state)
			return true;
	return false;
}

/* Was it ever in a state in which it goes on? */
static bool has_begun(const struct matter *matter)
{
	bool begun = goes_on_in(matter->procedure, matter->procedure->start);

	for (size_t i = 0; i < matter->deed_count; i++) {
		int to = matter->procedure->actions[matter->deeds[i].action].to;

		begun = begun || (to >= 0 && goes_on_in(matter->procedure, to));
	}
	return begun;
}

static enum err has_list(const struct procedure *procedure, struct bh_err *reterr)
{
	return procedure->check_in.place.line > 0
		       ? ERR_OK
		       : err_set(reterr, ERR_REFUSED, "check_in", "nobody checks in at a matter of %.*s",
				 STR_ARG(procedure->name));
}

enum err check_in_keeper(const struct matter *matter, int64_t person, const struct org *org, struct day today,
	struct bh_err *reterr)
{
	const struct procedure *procedure = matter->procedure;
	struct bearer keeper;

	TRY(has_list(procedure, reterr));
	keeper = matter_bearer(procedure, matter->fields, procedure->check_in.by, org, today);
	return bearer_post_of(&keeper, person, org, today) != 0
		       ? ERR_OK
		       : err_set(reterr, ERR_FORBIDDEN, "by", "the code is shown by whoever keeps the list");
}

enum err check_in_time(const struct matter *matter, struct day today, struct bh_err *reterr)
{
	const struct procedure *procedure = matter->procedure;
	struct day day;

	TRY(has_list(procedure, reterr));
	day = day_in(procedure, matter->fields, procedure->check_in.on);
	if (day_is_none(day))
		return err_set(reterr, ERR_REFUSED, "check_in", "its day isn't filled in yet");
	if (!instant_is_none(matter->ended) || today.number > day.number ||
		(!goes_on_in(procedure, matter->state) && has_begun(matter)))
		return err_set(reterr, ERR_REFUSED, "check_in",
			"it is over: whoever keeps the list enters who came and isn't on it");
	if (today.number < day.number || !goes_on_in(procedure, matter->state))
		return err_set(reterr, ERR_REFUSED, "check_in", "it hasn't begun yet");
	return instant_is_none(matter->suspended_until)
		       ? ERR_OK
		       : err_set(reterr, ERR_REFUSED, "suspended", "the matter is suspended");
}

enum err decide_attend(struct draft *draft, struct events *events)
{
	const struct procedure *procedure = draft->procedure;
	const struct org *org = draft->world->org;
	int64_t person = draft->command->person;
	const struct doc *list;

	TRY(check_in_time(draft->matter, draft->today, draft->reterr));
	if (draft->command->on_behalf != 0)
		return err_set(draft->reterr, ERR_FORBIDDEN, "on_behalf",
			"whoever checks in is there: nobody does it for somebody else");
	if (!holds_list(check_in_expected(draft->arena, procedure, draft->fields, org, draft->today), person))
		return err_set(draft->reterr, ERR_REFUSED, "expected",
			"you aren't among those who are expected: whoever keeps the list can enter you");
	if (check_in_came(procedure, draft->fields, person))
		return err_set(draft->reterr, ERR_CONFLICT, "check_in", "you have checked in already");
	/* Through a post where they hold one; whoever is expected by name needs none. */
	(void)org_posts_held(org, person, draft->today, &draft->post, 1);
	list = doc_get_str(draft->fields, list_field(procedure)->name);
	if (list != NULL && list->count >= FIELD_ROWS_MAX)
		return err_set(draft->reterr, ERR_RANGE, list_field(procedure)->name.data,
			"it has more than %d rows", FIELD_ROWS_MAX);
	draft_finish(draft, EVENT_MATTER_ATTENDED, events);
	return ERR_OK;
}
