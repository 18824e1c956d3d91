/* read_meeting.c: what makes a procedure a meeting, and a list that people enter themselves on. */
#include "procedure/read.h"

void shape_meeting(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &meeting_keys, value, reader->procedure);
}

void shape_check_in(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &check_in_keys, value, reader->procedure);
}

/* Does the role stand for a unit, so that there are people of it? What a function is given to is known with
 * an institution only. */
static bool may_be_a_unit(const struct procedure *procedure, int index)
{
	const struct role *role = &procedure->roles[index];

	return role->kind == ROLE_FUNCTION ||
	       (role->kind == ROLE_FIELD && procedure->fields[role->field].type == FIELD_UNIT);
}

static void need_unit(struct reader *reader, struct place place, int role, const char *key)
{
	if (role >= 0 && !may_be_a_unit(reader->procedure, role))
		SAY_W1(reader, place, "'%s' must be a role that is a unit, and '%.*s' is none", key,
			STR_ARG(reader->procedure->roles[role].name));
}

static void check_parts(struct reader *reader)
{
#define MEETING_PART(NAME, wire, types, help) {wire, types},
	static const struct {
		const char *name;
		unsigned types;
	} parts[] = {MEETING_PARTS};
#undef MEETING_PART
	const struct procedure *procedure = reader->procedure;

	for (int part = 0; part < MEETING_PART_COUNT; part++) {
		int field = procedure->meeting.fields[part];

		if (field >= 0 && (parts[part].types & (1u << procedure->fields[field].type)) == 0)
			SAY_W1(reader, procedure->meeting.place,
				"'%s' of a meeting can't be '%.*s', which is a %s: see what it may be in "
				"docs/meetings.md",
				parts[part].name, STR_ARG(procedure->fields[field].name),
				field_type_name(procedure->fields[field].type));
	}
	need_unit(reader, procedure->meeting.place, procedure->meeting.members, "members");
}

/* ---- check_in ---- */

const struct field *procedure_came_column(const struct procedure *procedure)
{
	const struct field *list =
		procedure->check_in.into < 0 ? NULL : &procedure->fields[procedure->check_in.into];

	for (size_t i = 1; list != NULL && i < list->column_count; i++)
		if (list->columns[i].type == FIELD_CHOICE && list->columns[i].required)
			return &list->columns[i];
	return NULL;
}

/* Whoever comes knows no more than that: a row needs nothing else. */
static void check_list(struct reader *reader)
{
	const struct procedure *procedure = reader->procedure;
	const struct field *list = &procedure->fields[procedure->check_in.into];
	const struct field *came = procedure_came_column(procedure);
	struct place place = procedure->check_in.place;
	size_t needed = 0;

	if (list->type == FIELD_PERSONS) {
		if (procedure->check_in.as.size > 0)
			SAY_W1(reader, place, "'as' speaks of rows, and '%.*s' is a list of people",
				STR_ARG(list->name));
		return;
	}
	if (list->type != FIELD_ROWS || list->column_count == 0 || list->columns[0].type != FIELD_PERSON) {
		SAY_W1(reader, place,
			"'into' must be a field of persons, or of rows whose first column is a person");
		return;
	}
	for (size_t i = 1; i < list->column_count; i++)
		needed += list->columns[i].required;
	if (came == NULL || needed != 1 || !field_has_choice(came, procedure->check_in.as))
		SAY_W1(reader, place,
			"'as' must be a choice of the one further column of '%.*s' that every row has",
			STR_ARG(list->name));
}

static void check_check_in(struct reader *reader)
{
	const struct procedure *procedure = reader->procedure;
	struct place place = procedure->check_in.place;
	int expected = procedure->check_in.expected;

	if (place.line == 0)
		return;
	if (procedure->fields[procedure->check_in.on].type != FIELD_DATE)
		SAY_W1(reader, place, "'on' must be a field of type date");
	if (expected >= 0 && procedure->fields[expected].type != FIELD_PERSONS)
		SAY_W1(reader, place, "'expected' must be a field of type persons");
	need_unit(reader, place, procedure->check_in.of, "of");
	check_list(reader);
	if (expected < 0 && procedure->check_in.of < 0 && procedure->meeting.members < 0)
		SAY_W1(reader, place,
			"nobody is expected: name a field of people in 'expected', or a unit in 'of'");
	for (size_t i = 0; i < procedure->check_in.in_count; i++)
		if (procedure->states[procedure->check_in.in[i]].end != END_NONE)
			SAY_W1(reader, place, "nobody checks in behind the end: take %.*s out of 'in'",
				STR_ARG(procedure->states[procedure->check_in.in[i]].name));
	if (procedure->visibility == VISIBILITY_COMPARTMENT)
		SAY_W1(reader, place, "a code on a wall would tell of a compartment: keep its list by hand");
}

void read_meeting_check(struct reader *reader)
{
	check_parts(reader);
	check_check_in(reader);
}
