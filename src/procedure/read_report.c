/* read_report.c: what reports read of matters by their definition: which of them cover a unit, which are part
 * of the record of study, and as what others are counted. */
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

void shape_counts_as(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &counts_as_keys, value, reader->procedure);
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

/* One key in which each part is a field: what may say it, and as what the matters count that need it, or
 * may have it; a bit each. */
struct part {
	const char *name;
	unsigned types, needed, allowed;
};

/* `as`: the bit and the word of what the matters are. */
struct said_as {
	struct place place;
	const char *name;
	unsigned bit;
};

static void check_part(
	struct reader *reader, const struct said_as *as, const struct part *part, const struct field *field)
{
	if (field == NULL) {
		if ((part->needed & as->bit) != 0)
			SAY_W1(reader, as->place, "a %s needs '%s': name the field that says it", as->name,
				part->name);
		return;
	}
	if ((part->allowed & as->bit) == 0)
		SAY_W1(reader, as->place, "a %s has no '%s': leave it out", as->name, part->name);
	if ((part->types & (1u << field->type)) == 0)
		SAY_W1(reader, as->place, "'%s' of a %s can't be '%.*s', which is a %s", part->name, as->name,
			STR_ARG(field->name), field_type_name(field->type));
}

static const struct field *field_at(const struct procedure *procedure, int index)
{
	return index < 0 ? NULL : &procedure->fields[index];
}

static void check_study(struct reader *reader)
{
#define STUDY_PART(NAME, wire, types, needed, allowed, help) {wire, types, needed, allowed},
	static const struct part parts[] = {STUDY_PARTS};
#undef STUDY_PART
	const struct procedure *procedure = reader->procedure;
	struct said_as as = {
		procedure->study.place, study_name(procedure->study.as), 1u << procedure->study.as};
	const struct field *roll = field_at(procedure, procedure->study.fields[STUDY_PART_ROLL]);

	if (as.place.line == 0)
		return;
	for (int part = 0; part < STUDY_PART_COUNT; part++)
		check_part(reader, &as, &parts[part], field_at(procedure, procedure->study.fields[part]));
	if (roll != NULL && roll->type == FIELD_ROWS)
		check_roll(reader, roll);
}

/* ---- counts_as ---- */

const struct field *procedure_met_column(const struct procedure *procedure)
{
	const struct field *items = field_at(procedure, procedure->counts_as.fields[COUNT_PART_ITEMS]);
	const struct field *column = items == NULL || items->column_count < 2 ? NULL : &items->columns[1];

	return column != NULL && column->type == FIELD_CHOICE ? column : NULL;
}

/* What a row's second column may say of its item. */
static void check_items(struct reader *reader, const struct said_as *as)
{
	const struct procedure *procedure = reader->procedure;
	const struct field *items = field_at(procedure, procedure->counts_as.fields[COUNT_PART_ITEMS]);
	const struct field *column = procedure_met_column(procedure);
	bool is_checklist = procedure->counts_as.as == COUNTED_CHECKLIST;
	struct str met = procedure->counts_as.met, missing = procedure->counts_as.missing;

	if (!is_checklist && met.size + missing.size > 0)
		SAY_W1(reader, as->place, "a %s has no 'met' and no 'missing': leave them out", as->name);
	if (items == NULL)
		return;
	if (is_checklist != (items->type == FIELD_ROWS))
		SAY_W1(reader, as->place, "'items' of a %s can't be '%.*s', which is a %s", as->name,
			STR_ARG(items->name), field_type_name(items->type));
	else if (is_checklist &&
		 (column == NULL || str_equal(met, missing) || !field_has_choice(column, met) ||
			 !field_has_choice(column, missing)))
		SAY_W1(reader, as->place,
			"'met' and 'missing' must be two choices of the second column of '%.*s'",
			STR_ARG(items->name));
}

static void check_counts_as(struct reader *reader)
{
#define COUNT_PART(NAME, wire, types, needed, allowed, help) {wire, types, needed, allowed},
	static const struct part parts[] = {COUNT_PARTS};
#undef COUNT_PART
	const struct procedure *procedure = reader->procedure;
	struct said_as as = {procedure->counts_as.place, count_kind_name(procedure->counts_as.as),
		1u << procedure->counts_as.as};
	const struct field *result = field_at(procedure, procedure->counts_as.fields[COUNT_PART_RESULT]);
	struct str undone = procedure->counts_as.undone;
	bool plans = procedure->counts_as.planned_by_count > 0;

	if (as.place.line == 0)
		return;
	for (int part = 0; part < COUNT_PART_COUNT; part++)
		check_part(reader, &as, &parts[part], field_at(procedure, procedure->counts_as.fields[part]));
	check_items(reader, &as);
	if (undone.size > 0 && (result == NULL || !field_has_choice(result, undone)))
		SAY_W1(reader, as.place, "'undone' must be a choice of the field that is 'result'");
	if (plans && procedure->counts_as.as != COUNTED_FINDING &&
		procedure->counts_as.as != COUNTED_RECTIFICATION)
		SAY_W1(reader, as.place, "a %s has no 'planned_by': leave it out", as.name);
	if (!plans && procedure->counts_as.as == COUNTED_RECTIFICATION)
		SAY_W1(reader, as.place,
			"a %s needs 'planned_by': name the action with which its plan stands", as.name);
}

void read_report_check(struct reader *reader)
{
	check_covers(reader);
	check_study(reader);
	check_counts_as(reader);
}
