/* read_shape.c: one reader for each shape a value may have. */
#include "procedure/read.h"

#include "base/words.h"

#include <string.h>

#define READER(name)                                                                                         \
	static void name(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
READER(shape_text)
{
	if (read_is_text(reader, value, key->name))
		*(struct str *)into = value->text;
}

void shape_name(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	if (!read_is_text(reader, value, key->name))
		return;
	for (size_t i = 0; i < value->text.size; i++) {
		char c = value->text.data[i];

		if (!((c >= 'a' && c <= 'z') || (i > 0 && ((c >= '0' && c <= '9') || c == '_'))) || i >= 64) {
			SAY(reader, value->place,
				"'%.*s' is no name: small letters, digits and _, a letter first, at most 64",
				STR_ARG(str_slice(value->text, 0, 80)));
			return;
		}
	}
	if (value->text.size == 0)
		SAY(reader, value->place, "a name is missing behind '%s'", key->name);
	*(struct str *)into = value->text;
}

READER(shape_bool)
{
	if (!read_is_text(reader, value, key->name))
		return;
	*(bool *)into = str_is(value->text, "true");
	if (!str_is(value->text, "true") && !str_is(value->text, "false"))
		SAY(reader, value->place, "'%s' is true or false, not '%.*s'", key->name,
			STR_ARG(str_slice(value->text, 0, 80)));
}

READER(shape_count)
{
	int64_t number;

	if (!read_is_text(reader, value, key->name))
		return;
	if (!str_to_int(value->text, &number) || number < 0 || number > 10000)
		SAY(reader, value->place, "'%.*s' is no whole number from 0 to 10000",
			STR_ARG(str_slice(value->text, 0, 40)));
	else
		*(int *)into = (int)number;
}

READER(shape_label)
{
	(void)key;
	read_map(reader, &label_keys, value, into);
}

/* `first` is what the first word stands for. */
#define WORD_READER(reader_name, type, first)                                                                \
	READER(reader_name)                                                                                  \
	{                                                                                                    \
		struct words words = shape_words(key->shape);                                                \
		int word = read_word(reader, value, words.items, words.count, key->name);                    \
		if (word >= 0)                                                                               \
			*(type *)into = (type)(word + (first));                                              \
	}

WORD_READER(shape_grasp, enum grasp, 0)
WORD_READER(shape_kind, bool, 1)
WORD_READER(shape_visibility, enum visibility, 0)
WORD_READER(shape_end, enum end_kind, 1)
WORD_READER(shape_evidence, enum evidence, 0)
WORD_READER(shape_purpose, enum purpose, 1)
WORD_READER(shape_stops, bool, 1)
WORD_READER(shape_told, bool, 1)
WORD_READER(shape_close, bool, 1)
WORD_READER(shape_progress, bool, 1)
WORD_READER(shape_supervision, enum supervision, 0)
WORD_READER(shape_study_as, enum study, 0)
WORD_READER(shape_counted, enum count_kind, 0)

READER(shape_field_type)
{
	struct words words = shape_words(SHAPE_FIELD_TYPE);
	const char *nearest;

	if (!read_is_text(reader, value, key->name))
		return;
	for (size_t i = 0; i < words.count; i++)
		if (str_is(value->text, words.items[i])) {
			*(enum field_type *)into = (enum field_type)i;
			return;
		}
	nearest = str_nearest(reader->arena, value->text, words.items, words.count);
	SAY_W1(reader, value->place, "there is no field type '%.*s'%s%s%s",
		STR_ARG(str_slice(value->text, 0, 80)),
		nearest != NULL ? WORDS_BOTH(";是否应为“", "; did you mean '") : "",
		nearest != NULL ? nearest : "", nearest != NULL ? WORDS_BOTH("”?", "'?") : "");
}

void shape_term(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	if (read_is_text(reader, value, key->name) && !term_parse(value->text, into))
		SAY(reader, value->place,
			"'%.*s' is no term: write 3 working days, 10 days or 2 months (1 to 9999)",
			STR_ARG(str_slice(value->text, 0, 60)));
}

void shape_role(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key;
	*(int *)into = read_reference(reader, value, reader->procedure->roles, reader->procedure->role_count,
		sizeof(struct role), "role");
}

int read_field_reference(struct reader *reader, const struct yaml *value)
{
	return read_reference(reader, value, reader->procedure->fields, reader->procedure->field_count,
		sizeof(struct field), "field");
}

READER(shape_field)
{
	(void)key;
	*(int *)into = read_field_reference(reader, value);
}

static int state_reference(struct reader *reader, const struct yaml *value)
{
	return read_reference(reader, value, reader->procedure->states, reader->procedure->state_count,
		sizeof(struct state), "state");
}

READER(shape_state)
{
	(void)key;
	*(int *)into = state_reference(reader, value);
}

static int action_reference(struct reader *reader, const struct yaml *value)
{
	return read_reference(reader, value, reader->procedure->actions, reader->procedure->action_count,
		sizeof(struct action), "action");
}

/* One name, or a list of different names. */
static void read_references(struct reader *reader, const struct key *key, void *into,
	const struct yaml *value, int (*reference)(struct reader *, const struct yaml *))
{
	size_t count = value->kind == YAML_LIST ? value->count : 1, kept = 0;
	int *items = ARENA_TAKE(reader->arena, count + 1, int);

	if (count == 0)
		SAY(reader, value->place, "'%s' names nothing: the list is empty", key->name);
	for (size_t i = 0; i < count; i++) {
		const struct yaml *item = value->kind == YAML_LIST ? value->items[i] : value;
		int index = reference(reader, item);

		for (size_t j = 0; j < kept; j++)
			if (index >= 0 && items[j] == index)
				SAY(reader, item->place, "'%.*s' stands twice in this list",
					STR_ARG(item->text));
		items[kept++] = index;
	}
	PUT_LIST(into, int, items, kept);
}

READER(shape_states)
{
	read_references(reader, key, into, value, state_reference);
}

READER(shape_actions)
{
	read_references(reader, key, into, value, action_reference);
}

READER(shape_duty)
{
	(void)key;
	*(int *)into = read_reference(reader, value, reader->procedure->duties, reader->procedure->duty_count,
		sizeof(struct duty_rule), "duty");
}

READER(shape_tells)
{
	size_t count = value->kind == YAML_TEXT ? 1 : value->count;
	struct str *names = ARENA_TAKE(reader->arena, count + 1, struct str);

	if (value->kind == YAML_MAP) {
		SAY(reader, value->place, "'%s' is a list of names of fields", key->name);
		count = 0;
	}
	for (size_t i = 0; i < count; i++)
		shape_name(reader, key, &names[i], value->kind == YAML_TEXT ? value : value->items[i]);
	PUT_LIST(into, struct str, names, count);
}

/* ---- roles ---- */

READER(shape_role_map)
{
	size_t count;
	struct role *roles =
		read_named(reader, key->name, value, PROCEDURE_ITEMS_MAX, sizeof(struct role), &count);

	/* Set before reading them: a role may be the head of another. */
	PUT_LIST(into, struct role, roles, count);
	for (size_t i = 0; i < count; i++) {
		const struct yaml *map = value->items[i];
		int ways = 0;

		roles[i].field = roles[i].of = -1;
		for (size_t j = 0; map->kind == YAML_MAP && j < map->count; j++)
			ways += !str_is(map->keys[j]->text, "label");
		read_map(reader, &role_keys, map, &roles[i]);
		if (map->kind == YAML_MAP && ways != 1)
			SAY(reader, map->place,
				"a role resolves in one way: give it function, field, head_of or "
				"superior_of");
	}
}

READER(shape_role_function)
{
	struct role *role = into;

	role->kind = ROLE_FUNCTION;
	shape_name(reader, key, &role->function, value);
}

READER(shape_role_field)
{
	struct role *role = into;

	(void)key;
	role->kind = ROLE_FIELD;
	role->field = read_field_reference(reader, value);
}

READER(shape_role_head)
{
	struct role *role = into;

	role->kind = ROLE_HEAD;
	shape_role(reader, key, &role->of, value);
}

READER(shape_role_superior)
{
	struct role *role = into;

	role->kind = ROLE_SUPERIOR;
	shape_role(reader, key, &role->of, value);
}

/* ---- states, actions, duties, requests ---- */

READER(shape_state_map)
{
	size_t count;
	struct state *states =
		read_named(reader, key->name, value, PROCEDURE_STATES_MAX, sizeof(struct state), &count);

	for (size_t i = 0; i < count; i++) {
		read_map(reader, &state_keys, value->items[i], &states[i]);
		if (states[i].start && reader->procedure->start < 0)
			reader->procedure->start = (int)i;
	}
	PUT_LIST(into, struct state, states, count);
}

READER(shape_action_map)
{
	size_t count;
	struct action *actions =
		read_named(reader, key->name, value, PROCEDURE_ITEMS_MAX, sizeof(struct action), &count);

	PUT_LIST(into, struct action, actions, count);
	for (size_t i = 0; i < count; i++) {
		actions[i].to = actions[i].answers_to = -1;
		read_map(reader, &action_keys, value->items[i], &actions[i]);
	}
}

READER(shape_duty_map)
{
	size_t count;
	struct duty_rule *duties =
		read_named(reader, key->name, value, PROCEDURE_ITEMS_MAX, sizeof(struct duty_rule), &count);

	for (size_t i = 0; i < count; i++) {
		const struct yaml *map = value->items[i];
		int limits = (yaml_get(map, "within") != NULL) + (yaml_get(map, "by") != NULL) +
			     (yaml_get(map, "every") != NULL) + (yaml_get(map, "calendar") != NULL);

		duties[i].limit.field = -1;
		read_map(reader, &duty_keys, map, &duties[i]);
		if (map->kind == YAML_MAP && limits != 1)
			SAY(reader, map->place, "a duty has one limit: within, by, every or calendar");
	}
	PUT_LIST(into, struct duty_rule, duties, count);
}

READER(shape_request_map)
{
	size_t count;
	struct request_rule *requests = read_named(
		reader, key->name, value, PROCEDURE_ITEMS_MAX, sizeof(struct request_rule), &count);

	for (size_t i = 0; i < count; i++) {
		requests[i].moves = -1;
		read_map(reader, &request_keys, value->items[i], &requests[i]);
	}
	PUT_LIST(into, struct request_rule, requests, count);
}

READER(shape_children)
{
	(void)key, (void)into;
	read_map(reader, &children_keys, value, reader->procedure);
}

READER(shape_letters)
{
	(void)key, (void)into;
	read_map(reader, &letters_keys, value, reader->procedure);
}

READER(shape_lamp)
{
	(void)key, (void)into;
	read_map(reader, &lamp_keys, value, reader->procedure);
}

READER(shape_number)
{
	bool seq = false;

	if (!read_is_text(reader, value, key->name))
		return;
	*(struct str *)into = value->text;
	for (size_t i = 0; i < value->text.size; i++) {
		struct str rest = str_slice(value->text, i, value->text.size);

		if (rest.data[0] != '{')
			continue;
		bool padded = rest.size >= 7 && str_starts(rest, "{seq:") && rest.data[5] >= '1' &&
			      rest.data[5] <= '9' && rest.data[6] == '}';

		if (str_starts(rest, "{seq}") || padded)
			seq = true;
		else if (!str_starts(rest, "{year}"))
			SAY_W1(reader, value->place,
				"a number knows {year}, {seq} and {seq:4}, nothing else in braces");
	}
	if (!seq)
		SAY_W1(reader, value->place, "without {seq} two matters would have the same number");
}

read_shape_fn *const shape_readers[SHAPE_COUNT_OF] = {
	[SHAPE_TEXT] = shape_text,
	[SHAPE_NAME] = shape_name,
	[SHAPE_BOOL] = shape_bool,
	[SHAPE_COUNT] = shape_count,
	[SHAPE_LABEL] = shape_label,
	[SHAPE_GRASP] = shape_grasp,
	[SHAPE_KIND] = shape_kind,
	[SHAPE_VISIBILITY] = shape_visibility,
	[SHAPE_FIELD_TYPE] = shape_field_type,
	[SHAPE_END] = shape_end,
	[SHAPE_EVIDENCE] = shape_evidence,
	[SHAPE_PURPOSE] = shape_purpose,
	[SHAPE_TERM] = shape_term,
	[SHAPE_ROLE] = shape_role,
	[SHAPE_FIELD] = shape_field,
	[SHAPE_STATE] = shape_state,
	[SHAPE_STATES] = shape_states,
	[SHAPE_ACTIONS] = shape_actions,
	[SHAPE_DUTY] = shape_duty,
	[SHAPE_STOPS] = shape_stops,
	[SHAPE_TOLD] = shape_told,
	[SHAPE_TELLS] = shape_tells,
	[SHAPE_CHOICES] = shape_choices,
	[SHAPE_EACH] = shape_each,
	[SHAPE_FIELDS] = shape_fields,
	[SHAPE_COLUMNS] = shape_columns,
	[SHAPE_SET_FIELDS] = shape_set_fields,
	[SHAPE_BASIS] = shape_basis,
	[SHAPE_ROLES] = shape_role_map,
	[SHAPE_STATE_MAP] = shape_state_map,
	[SHAPE_ACTION_MAP] = shape_action_map,
	[SHAPE_DUTY_MAP] = shape_duty_map,
	[SHAPE_REQUEST_MAP] = shape_request_map,
	[SHAPE_CHILDREN] = shape_children,
	[SHAPE_CLOSE] = shape_close,
	[SHAPE_PROGRESS] = shape_progress,
	[SHAPE_LAMP] = shape_lamp,
	[SHAPE_NUMBER] = shape_number,
	[SHAPE_WITHIN] = shape_within,
	[SHAPE_BY] = shape_by,
	[SHAPE_EVERY] = shape_every,
	[SHAPE_CALENDAR] = shape_calendar,
	[SHAPE_NOT_BEFORE] = shape_not_before,
	[SHAPE_BREACH] = shape_breach,
	[SHAPE_ESCALATE] = shape_escalate,
	[SHAPE_OPEN] = shape_open,
	[SHAPE_WITH] = shape_with,
	[SHAPE_ROLE_FUNCTION] = shape_role_function,
	[SHAPE_ROLE_FIELD] = shape_role_field,
	[SHAPE_ROLE_HEAD] = shape_role_head,
	[SHAPE_ROLE_SUPERIOR] = shape_role_superior,
	[SHAPE_CONDITION] = shape_condition,
	[SHAPE_CHECKS] = shape_checks,
	[SHAPE_ELIGIBILITY] = shape_eligibility,
	[SHAPE_ELIGIBILITY_RULES] = shape_eligibility_rules,
	[SHAPE_ELIGIBILITY_TEST] = shape_eligibility_test,
	[SHAPE_EFFECT] = shape_effect,
	[SHAPE_LETTERS] = shape_letters,
	[SHAPE_MEETING] = shape_meeting,
	[SHAPE_COVERS] = shape_covers,
	[SHAPE_SUPERVISION] = shape_supervision,
	[SHAPE_STUDY] = shape_study,
	[SHAPE_STUDY_AS] = shape_study_as,
	[SHAPE_COUNTS_AS] = shape_counts_as,
	[SHAPE_COUNTED] = shape_counted,
	[SHAPE_CHECK_IN] = shape_check_in,
	[SHAPE_FROM_ABOVE] = shape_from_above,
	[SHAPE_CHECK_BREACH] = shape_check_breach,
};
