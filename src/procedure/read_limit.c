/* read_limit.c: by when something is owed, and what follows when it isn't: who hears of it, what is opened.
 */
#include "procedure/read.h"

#include <string.h>

/* ---- limits ---- */

void shape_within(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	struct limit *limit = into;

	limit->kind = LIMIT_WITHIN;
	shape_term(reader, key, &limit->term, value);
}

void shape_by(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	struct limit *limit = into;

	(void)key;
	limit->kind = LIMIT_BY;
	limit->field = read_field_reference(reader, value);
}

void shape_every(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	struct words words = shape_words(SHAPE_EVERY);
	struct limit *limit = into;
	int word = read_word(reader, value, words.items, words.count, key->name);

	limit->kind = LIMIT_EVERY;
	if (word >= 0)
		limit->period = (enum period)word;
}

/* "decided_on + 30 days" */
void shape_calendar(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	struct limit *limit = into;
	struct yaml field = *value, term = *value;
	size_t plus;

	limit->kind = LIMIT_CALENDAR;
	if (!read_is_text(reader, value, key->name))
		return;
	plus = str_find(value->text, STR("+"));
	if (plus == SIZE_MAX) {
		SAY(reader, value->place, "write a date field and a term: decided_on + 30 days");
		return;
	}
	field.text = str_copy(reader->arena, str_trim(str_slice(value->text, 0, plus)));
	term.text = str_trim(str_slice(value->text, plus + 1, value->text.size));
	limit->field = read_field_reference(reader, &field);
	shape_term(reader, key, &limit->term, &term);
}

void shape_not_before(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	if (value->kind == YAML_TEXT && str_find(value->text, STR("+")) != SIZE_MAX)
		shape_calendar(reader, key, into, value);
	else
		shape_by(reader, key, into, value);
}

/* ---- breaches, and what opens ---- */

void shape_breach(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key;
	read_map(reader, &breach_keys, value, into);
	if (value->kind == YAML_MAP && yaml_get(value, "with") != NULL && yaml_get(value, "open") == NULL)
		SAY(reader, value->place,
			"'with' gives values to a matter that 'open' names, and there is none");
}

void shape_escalate(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	size_t count = value->kind == YAML_LIST ? value->count : 1;
	struct reach *reaches = ARENA_TAKE(reader->arena, count + 1, struct reach);

	if (count == 0)
		SAY(reader, value->place, "'%s' names nobody: the list is empty", key->name);
	for (size_t i = 0; i < count; i++) {
		struct yaml role = *(value->kind == YAML_LIST ? value->items[i] : value);

		reaches[i].place = role.place;
		if (role.kind == YAML_TEXT && str_starts(role.text, "head of ")) {
			reaches[i].kind = REACH_HEAD;
			role.text = str_slice(role.text, strlen("head of "), role.text.size);
		} else if (role.kind == YAML_TEXT && str_starts(role.text, "superior of ")) {
			reaches[i].kind = REACH_SUPERIOR;
			role.text = str_slice(role.text, strlen("superior of "), role.text.size);
		}
		shape_role(reader, key, &reaches[i].role, &role);
	}
	PUT_LIST(into, struct reach, reaches, count);
}

void shape_open(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	shape_name(reader, key, &((struct opening *)into)->procedure, value);
}

/* A plain value that names a column of the row, or a field of this procedure, means that; anything else is a
 * constant. */
void shape_with(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	struct opening *opening = into;

	if (value->kind != YAML_MAP) {
		SAY(reader, value->place, "'%s' gives their fields values: {their_field: our_field}",
			key->name);
		return;
	}
	opening->with = ARENA_TAKE(reader->arena, value->count + 1, struct given);
	for (size_t i = 0; i < value->count; i++) {
		const struct yaml *from = value->items[i];
		struct given *given = &opening->with[opening->with_count++];

		*given = (struct given){
			.to = value->keys[i]->text, .place = value->keys[i]->place, .field = -1};
		if (!read_is_text(reader, from, "a value behind 'with'"))
			continue;
		given->text = from->text;
		if (!from->quoted && opening->each != NULL)
			given->column =
				field_find(opening->each->columns, opening->each->column_count, from->text);
		if (!from->quoted && given->column == NULL)
			given->field = procedure_field(reader->procedure, from->text);
	}
}
