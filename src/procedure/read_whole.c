/* read_whole.c: rule W1 where it needs the whole tree: types that must fit each other. */
#include "procedure/read.h"

static bool names_somebody(enum field_type type)
{
	return type == FIELD_UNIT || type == FIELD_POST || type == FIELD_PERSON;
}

static void check_roles(struct reader *reader)
{
	const struct procedure *procedure = reader->procedure;

	for (size_t i = 0; i < procedure->role_count; i++) {
		const struct role *role = &procedure->roles[i];
		int step = (int)i;

		if (role->kind == ROLE_FIELD && !names_somebody(procedure->fields[role->field].type))
			SAY_W1(reader, role->place,
				"the role '%.*s' needs a field of type unit, post or person, and '%.*s' is a "
				"%s",
				STR_ARG(role->name), STR_ARG(procedure->fields[role->field].name),
				field_type_name(procedure->fields[role->field].type));
		for (size_t steps = 0; step >= 0 && procedure->roles[step].of >= 0; steps++) {
			step = procedure->roles[step].of;
			if (steps > procedure->role_count) {
				SAY_W1(reader, role->place, "the role '%.*s' is defined in a circle",
					STR_ARG(role->name));
				break;
			}
		}
	}
}

static void check_choices(struct reader *reader, const struct field *field)
{
	bool chooses = field->type == FIELD_CHOICE || field->type == FIELD_CHOICES;

	if (chooses && field->choice_count == 0)
		SAY_W1(reader, field->place, "the field '%.*s' offers no choices: give it some",
			STR_ARG(field->name));
	if (!chooses && field->choice_count > 0)
		SAY_W1(reader, field->place, "the field '%.*s' has choices, but its type is %s",
			STR_ARG(field->name), field_type_name(field->type));
}

/* A column is meant before a field, so one can't have the other's name. */
static void check_column(struct reader *reader, const struct field *column)
{
	if (column->type == FIELD_ROWS || column->type == FIELD_UNITS || column->type == FIELD_PERSONS ||
		column->type == FIELD_LINES || column->type == FIELD_CHOICES)
		SAY_W1(reader, column->place, "the column '%.*s' is of %s: a column holds a single value",
			STR_ARG(column->name), field_type_name(column->type));
	if (procedure_field(reader->procedure, column->name) >= 0)
		SAY_W1(reader, column->place,
			"the column '%.*s' has the name of a field of the procedure: give it another",
			STR_ARG(column->name));
	check_choices(reader, column);
}

static void check_columns(struct reader *reader, const struct field *field)
{
	bool rows = field->type == FIELD_ROWS;

	if (rows && field->column_count == 0)
		SAY_W1(reader, field->place,
			"the field '%.*s' is of rows without columns: give them to the procedure's field of "
			"that name",
			STR_ARG(field->name));
	if (!rows && field->column_count > 0)
		SAY_W1(reader, field->place, "the field '%.*s' has columns, but its type is %s",
			STR_ARG(field->name), field_type_name(field->type));
	for (size_t i = 0; rows && field->sets < 0 && i < field->column_count; i++)
		check_column(reader, &field->columns[i]);
}

static void check_field(struct reader *reader, const struct field *field)
{
	check_choices(reader, field);
	check_columns(reader, field);
}

static void check_fields(struct reader *reader, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_field(reader, &fields[i]);
}

static void check_limit(struct reader *reader, struct str name, const struct limit *limit)
{
	if ((limit->kind == LIMIT_BY || limit->kind == LIMIT_CALENDAR) && limit->field >= 0 &&
		reader->procedure->fields[limit->field].type != FIELD_DATE)
		SAY_W1(reader, limit->place, "the limit of '%.*s' needs a date field, and '%.*s' is a %s",
			STR_ARG(name), STR_ARG(reader->procedure->fields[limit->field].name),
			field_type_name(reader->procedure->fields[limit->field].type));
}

/* A field of an action that is named like one of the procedure sets it, so it holds no more than that can. */
static void check_set_field(struct reader *reader, const struct field *field, const struct field *own)
{
	if (own->type != field->type) {
		SAY_W1(reader, field->place,
			"'%.*s' would set the procedure's field of that name, which is a %s, not a %s: leave "
			"out its type",
			STR_ARG(field->name), field_type_name(own->type), field_type_name(field->type));
		return;
	}
	if (!str_equal(own->unit, field->unit))
		SAY_W1(reader, field->place,
			"'%.*s' would set the procedure's field of that name, which counts in '%.*s', not in "
			"'%.*s': leave out its unit",
			STR_ARG(field->name), STR_ARG(own->unit), STR_ARG(field->unit));
	for (size_t i = 0; i < field->choice_count; i++)
		if (!field_has_choice(own, field->choices[i].name))
			SAY_W1(reader, field->place,
				"'%.*s' would set the procedure's field of that name, which has no choice "
				"'%.*s': leave out its choices, or name some of those",
				STR_ARG(field->name), STR_ARG(field->choices[i].name));
}

static void check_tells(struct reader *reader, const struct action *action, const struct str *tells,
	size_t count, struct place place)
{
	const struct procedure *procedure = reader->procedure;

	for (size_t i = 0; i < count; i++)
		if (field_find(action->fields, action->field_count, tells[i]) == NULL &&
			procedure_field(procedure, tells[i]) < 0)
			SAY_W1(reader, place,
				"'%.*s' would tell '%.*s', which is a field neither of it nor of the "
				"procedure",
				STR_ARG(action->name), STR_ARG(tells[i]));
}

/* What can be filled in on a page that anybody may open: no list of people, posts or matters is shown there.
 */
static bool is_for_anybody(enum field_type type)
{
	return type == FIELD_TEXT || type == FIELD_CHOICE || type == FIELD_CHOICES || type == FIELD_DATE ||
	       type == FIELD_UNIT || type == FIELD_BOOL;
}

static bool is_asked(const struct procedure *procedure, struct str name)
{
	for (size_t i = 0; i < procedure->letters.field_count; i++)
		if (str_equal(procedure->letters.fields[i], name))
			return true;
	return false;
}

static void check_letters(struct reader *reader)
{
	const struct procedure *procedure = reader->procedure;
	struct place place = procedure->letters.place;

	if (place.line == 0)
		return;
	for (size_t i = 0; i < procedure->letters.field_count; i++) {
		struct str name = procedure->letters.fields[i];
		int field = procedure_field(procedure, name);

		if (field < 0)
			SAY_W1(reader, place, "'letters' asks for '%.*s', which is no field of the procedure",
				STR_ARG(name));
		else if (!is_for_anybody(procedure->fields[field].type))
			SAY_W1(reader, place,
				"'letters' can't ask for '%.*s': whoever reports without a name fills in "
				"text, choices, days and units only",
				STR_ARG(name));
	}
	for (size_t i = 0; i < procedure->field_count; i++)
		if (procedure->fields[i].required && !is_asked(procedure, procedure->fields[i].name))
			SAY_W1(reader, place,
				"'%.*s' is required, and 'letters' doesn't ask for it: nobody could begin "
				"one",
				STR_ARG(procedure->fields[i].name));
	const struct role *about = &procedure->roles[procedure->letters.about];

	if (about->kind != ROLE_FIELD || !procedure->fields[about->field].required)
		SAY_W1(reader, place, "'about' names a role of a required field: whoever reports says whom");
}

static void check_action(struct reader *reader, const struct action *action)
{
	const struct procedure *procedure = reader->procedure;

	check_fields(reader, action->fields, action->field_count);
	for (size_t i = 0; i < action->field_count; i++) {
		int same = action->fields[i].sets;

		if (same >= 0)
			check_set_field(reader, &action->fields[i], &procedure->fields[same]);
	}
	check_tells(reader, action, action->tells, action->tells_count, action->tells_place);
	check_tells(reader, action, action->tells_reporter, action->tells_reporter_count,
		action->tells_reporter_place);
	if (action_waits(action))
		check_limit(reader, action->name, &action->not_before);
	if (action->opens.procedure.size == 0 && (action->opens.with_count > 0 || action->opens_child))
		SAY(reader, action->place,
			"'with' and 'child' speak of a matter that 'open' names, and there is none");
	if ((action->opens.procedure.size == 0 && action->opens.each != NULL) ||
		(action->opens.each == NULL && action->opens.where.text.size > 0))
		SAY(reader, action->place,
			"'for_each' speaks of matters that 'open' names, and 'where' of the rows of "
			"'for_each'");
}

static void check_request(struct reader *reader, const struct request_rule *request)
{
	const struct field *until = NULL;

	check_fields(reader, request->fields, request->field_count);
	for (size_t i = 0; i < request->field_count; i++)
		if (str_is(request->fields[i].name, "until"))
			until = &request->fields[i];
	if (request->moves < 0 && !request->stops_all)
		return;
	if (until == NULL)
		SAY_W1(reader, request->place,
			"the request '%.*s' moves or stops a clock, so it needs a date field 'until'",
			STR_ARG(request->name));
	else if (until->type != FIELD_DATE || !until->required)
		SAY_W1(reader, until->place, "'until' must be a required field of type date");
}

void read_whole_check(struct reader *reader)
{
	const struct procedure *procedure = reader->procedure;

	check_roles(reader);
	check_fields(reader, procedure->fields, procedure->field_count);
	for (size_t i = 0; i < procedure->action_count; i++)
		check_action(reader, &procedure->actions[i]);
	for (size_t i = 0; i < procedure->duty_count; i++)
		check_limit(reader, procedure->duties[i].name, &procedure->duties[i].limit);
	for (size_t i = 0; i < procedure->request_count; i++)
		check_request(reader, &procedure->requests[i]);
	check_letters(reader);
	read_report_check(reader);
	read_meeting_check(reader);
	read_conditions(reader);
}
