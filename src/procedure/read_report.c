/* read_report.c: what reports read of matters by their definition: which of them cover a unit, and which are
 * part of the record of study. */
#include "procedure/read.h"

void shape_covers(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &covers_keys, value, reader->procedure);
	if (value->kind == YAML_MAP &&
		(yaml_get(value, "supervision") != NULL) == (yaml_get(value, "kind") != NULL))
		SAY(reader, value->place,
			"what covers a unit does so by one supervision: give it supervision, or a field as "
			"kind");
}

void shape_study(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &study_keys, value, reader->procedure);
}

/* ---- covers ---- */

static void need(struct reader *reader, const char *part, struct place place, int index, enum field_type type)
{
	const struct field *field = index < 0 ? NULL : &reader->procedure->fields[index];

	if (field != NULL && field->type != type)
		SAY_W1(reader, place, "'%s' of what covers a unit must be a %s, and '%.*s' is a %s", part,
			field_type_name(type), STR_ARG(field->name), field_type_name(field->type));
}

static void check_covers(struct reader *reader)
{
	const struct procedure *procedure = reader->procedure;
	struct place place = procedure->covers.place;

	if (place.line == 0)
		return;
	need(reader, "unit", place, procedure->covers.unit, FIELD_UNIT);
	need(reader, "kind", place, procedure->covers.kind, FIELD_CHOICE);
	need(reader, "begun_on", place, procedure->covers.begun_on, FIELD_DATE);
	if (procedure->covers.kind < 0)
		return;
	const struct field *kind = &procedure->fields[procedure->covers.kind];

	for (size_t i = 0; i < kind->choice_count; i++)
		if (supervision_of(kind->choices[i].name) == SUPERVISION_COUNT)
			SAY_W1(reader, place,
				"'%.*s' of '%.*s' is no supervision: discipline, oversight, stationed, "
				"inspection and special are",
				STR_ARG(kind->choices[i].name), STR_ARG(kind->name));
}

/* ---- study ---- */

/* Who attended is read from rows whose first column is a person, with a status that may be `present`, and
 * hours `earned` where they are fewer. */
static void check_roll(struct reader *reader, const struct field *roll)
{
	const struct field *status = field_find(roll->columns, roll->column_count, STR("status"));
	const struct field *earned = field_find(roll->columns, roll->column_count, STR("earned"));
	bool present = false;

	for (size_t i = 0; status != NULL && i < status->choice_count; i++)
		present = present || str_is(status->choices[i].name, "present");
	if (roll->column_count == 0 || roll->columns[0].type != FIELD_PERSON || !present ||
		(earned != NULL && earned->type != FIELD_HOURS))
		SAY_W1(reader, reader->procedure->study.place,
			"'%.*s' is no roll: its first column is a person, its column `status` may be "
			"`present`, and `earned`, where it has that, holds hours",
			STR_ARG(roll->name));
}

static void check_study(struct reader *reader)
{
#define STUDY_PART(NAME, wire, types, needed, allowed, help) {wire, types, needed, allowed},
	static const struct {
		const char *name;
		unsigned types, needed, allowed;
	} parts[] = {STUDY_PARTS};
#undef STUDY_PART
	const struct procedure *procedure = reader->procedure;
	struct place place = procedure->study.place;
	unsigned as = 1u << procedure->study.as;

	for (int part = 0; place.line > 0 && part < STUDY_PART_COUNT; part++) {
		int index = procedure->study.fields[part];
		const struct field *field = index < 0 ? NULL : &procedure->fields[index];

		if (field == NULL && (parts[part].needed & as) != 0)
			SAY_W1(reader, place, "a %s needs '%s': name the field that says it",
				study_name(procedure->study.as), parts[part].name);
		if (field == NULL)
			continue;
		if ((parts[part].allowed & as) == 0)
			SAY_W1(reader, place, "a %s has no '%s': leave it out",
				study_name(procedure->study.as), parts[part].name);
		if ((parts[part].types & (1u << field->type)) == 0)
			SAY_W1(reader, place, "'%s' of a %s can't be '%.*s', which is a %s", parts[part].name,
				study_name(procedure->study.as), STR_ARG(field->name),
				field_type_name(field->type));
		else if (part == STUDY_PART_ROLL)
			check_roll(reader, field);
	}
}

void read_report_check(struct reader *reader)
{
	check_covers(reader);
	check_study(reader);
}
