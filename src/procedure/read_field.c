/* read_field.c: fields, what they offer and, where they hold rows, the columns of these: from text to the
 * tree.
 */
#include "procedure/read.h"

#include "base/words.h"

void shape_choices(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key;
	size_t count = value->kind == YAML_TEXT ? 0 : value->count;
	struct choice *choices = ARENA_TAKE(reader->arena, count + 1, struct choice);

	if (value->kind == YAML_TEXT)
		SAY(reader, value->place, "choices are a list of names, or names with labels");
	for (size_t i = 0; i < count; i++) {
		const struct yaml *name = value->kind == YAML_MAP ? value->keys[i] : value->items[i];

		shape_readers[SHAPE_NAME](reader, &(struct key){.name = "choices"}, &choices[i].name, name);
		if (value->kind == YAML_MAP)
			shape_readers[SHAPE_LABEL](reader, NULL, &choices[i].label, value->items[i]);
	}
	PUT_LIST(into, struct choice, choices, count);
}

/* A field of type rows. */
void shape_each(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	const struct field *field;
	int index = -1;

	shape_readers[SHAPE_FIELD](reader, key, &index, value);
	if (index < 0)
		return;
	field = &reader->procedure->fields[index];
	if (field->type != FIELD_ROWS)
		SAY_W1(reader, value->place, "'%.*s' is a %s: give a field of type rows",
			STR_ARG(field->name), field_type_name(field->type));
	*(const struct field **)into = field;
}

void shape_columns(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	size_t count;
	struct field *columns =
		read_named(reader, key->name, value, FIELD_COLUMNS_MAX, sizeof(struct field), &count);

	for (size_t i = 0; i < count; i++) {
		columns[i].sets = -1;
		read_map(reader, &column_keys, value->items[i], &columns[i]);
	}
	if (count > 0)
		columns[0].required = true;
	PUT_LIST(into, struct field, columns, count);
}

void shape_fields(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	size_t count;
	struct field *fields =
		read_named(reader, key->name, value, PROCEDURE_ITEMS_MAX, sizeof(struct field), &count);

	for (size_t i = 0; i < count; i++) {
		fields[i].sets = -1;
		read_map(reader, &field_keys, value->items[i], &fields[i]);
	}
	PUT_LIST(into, struct field, fields, count);
}

static void say_untyped(struct reader *reader, const struct yaml *map, struct str name)
{
	const struct procedure *procedure = reader->procedure;
	const char **names = ARENA_TAKE(reader->arena, procedure->field_count + 1, const char *), *nearest;

	for (size_t i = 0; i < procedure->field_count; i++)
		names[i] = procedure->fields[i].name.data;
	nearest = str_nearest(reader->arena, name, names, procedure->field_count);
	SAY(reader, map->place,
		"the field '%.*s' needs the key 'type', because the procedure has no field of that name to "
		"take "
		"it from%s%s%s",
		STR_ARG(str_slice(name, 0, 80)),
		nearest != NULL ? WORDS_BOTH(";是否应为“", "; did you mean '") : "",
		nearest != NULL ? nearest : "", nearest != NULL ? WORDS_BOTH("”?", "'?") : "");
}

void shape_set_fields(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	const struct procedure *procedure = reader->procedure;
	size_t count;
	struct field *fields =
		read_named(reader, key->name, value, PROCEDURE_ITEMS_MAX, sizeof(struct field), &count);

	for (size_t i = 0; i < count; i++) {
		const struct yaml *map = value->items[i];
		int same = procedure_field(procedure, fields[i].name);

		fields[i].sets = same;
		if (same >= 0) {
			const struct field *own = &procedure->fields[same];

			fields[i].type = own->type;
			fields[i].label = own->label;
			fields[i].unit = own->unit;
			fields[i].choices = own->choices;
			fields[i].choice_count = own->choice_count;
			fields[i].columns = own->columns;
			fields[i].column_count = own->column_count;
		}
		read_map(reader, &set_field_keys, map, &fields[i]);
		if (same < 0 && map->kind == YAML_MAP && yaml_get(map, "type") == NULL)
			say_untyped(reader, map, fields[i].name);
	}
	PUT_LIST(into, struct field, fields, count);
}
