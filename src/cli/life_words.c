/* life_words.c: what is said in the life of a demonstration: the table life.csv of its institution, and forms
 * filled in from it. */
#include "cli/life.h"

#include "exchange/csv.h"
#include "exchange/file.h"

#include <stdio.h>

enum { COLUMN_PROCEDURE, COLUMN_ACTION, COLUMN_FIELD, COLUMN_TITLE, COLUMN_VALUE, COLUMN_COUNT };
static const struct csv_column columns[COLUMN_COUNT] = {
	[COLUMN_PROCEDURE] = {"procedure", NULL, true, NULL},
	[COLUMN_ACTION] = {"action", NULL, true, NULL},
	[COLUMN_FIELD] = {"field", NULL, true, NULL},
	[COLUMN_TITLE] = {"title", NULL, true, NULL},
	[COLUMN_VALUE] = {"value", NULL, true, NULL},
};

struct life_words {
	const struct csv_table *csv;
	int at[COLUMN_COUNT];
};

enum err life_words_read(struct call *call, const char *path, struct life_words **ret_words)
{
	struct life_words *words = ARENA_TAKE(call->arena, 1, struct life_words);
	struct csv_errors errors = csv_errors_new(call->arena, str_from(path));
	struct str text;

	TRY(file_read(call->arena, path, CSV_SIZE_MAX, &text, &call->why));
	words->csv = csv_read(call->arena, text, &errors);
	errors.table = words->csv;
	*ret_words = words;
	if (words->csv != NULL && csv_match(words->csv, columns, COLUMN_COUNT, words->at, &errors) &&
		errors.count == 0)
		return ERR_OK;
	for (size_t i = 0; i < errors.count; i++)
		fprintf(stderr, "%s\n", csv_error_say(call->arena, &errors, i, lang_of(call)).data);
	return err_set(&call->why, ERR_INVALID, path, "wrong cells or lines: %zu, see above",
		errors.count + errors.left_out);
}

static struct str cell(const struct life_words *words, size_t row, int column)
{
	return words->csv->rows[row].cells[words->at[column]];
}

/* How closely a row speaks of this: 0 not at all. Empty cells stand for any. */
static int closeness(const struct life_words *words, size_t row, struct str procedure, struct str action,
	const char *field, struct str title)
{
	struct str of = cell(words, row, COLUMN_PROCEDURE), by = cell(words, row, COLUMN_ACTION),
		   begins = cell(words, row, COLUMN_TITLE);

	if (!str_is(cell(words, row, COLUMN_FIELD), field) || (of.size > 0 && !str_equal(of, procedure)) ||
		(by.size > 0 && !str_equal(by, action)) ||
		(begins.size > 0 && !str_equal(begins, str_slice(title, 0, begins.size))))
		return 0;
	return 1 + (by.size > 0 ? 1 : 0) + (of.size > 0 ? 2 : 0) + (begins.size > 0 ? 4 : 0);
}

struct str life_word(const struct life_words *words, const struct procedure *procedure, struct str action,
	const char *field, struct str title, size_t luck)
{
	size_t count = 0, seen = 0;
	int best = 0;

	for (size_t i = 0; i < words->csv->row_count; i++) {
		int close = closeness(words, i, procedure->name, action, field, title);

		if (close > best)
			count = 0;
		best = close > best ? close : best;
		count += best > 0 && close == best;
	}
	for (size_t i = 0; i < words->csv->row_count && count > 0; i++)
		if (closeness(words, i, procedure->name, action, field, title) == best &&
			seen++ == luck % count)
			return cell(words, i, COLUMN_VALUE);
	return STR_NONE;
}

/* Does a row speak of this very field of this very action? Then it is filled in though it needn't be. */
static bool is_spoken_of(const struct life_form *form, const char *field)
{
	const struct life_words *words = form->words;

	for (size_t i = 0; i < words->csv->row_count; i++)
		if (str_is(cell(words, i, COLUMN_FIELD), field) &&
			str_equal(cell(words, i, COLUMN_ACTION), form->name) &&
			str_equal(cell(words, i, COLUMN_PROCEDURE), form->matter->procedure->name))
			return true;
	return false;
}

/* ---- forms ---- */

/* "+14" is a day after today, "-3" one before, a fixed day stays as it is. */
static struct str day_of(struct arena *arena, const struct life_form *form, struct str word)
{
	bool before = str_starts(word, "-");
	int64_t days = 0;

	if (!before && !str_starts(word, "+"))
		return word.size > 0 ? word : day_print(arena, form->today);
	if (!str_to_int(str_slice(word, 1, word.size), &days))
		return word;
	return day_print(arena, day_add(form->today, (int32_t)(before ? -days : days)));
}

/* The first field of the matter of that type that names somebody. */
static int64_t named(const struct matter *matter, enum field_type type)
{
	const struct procedure *procedure = matter->procedure;

	for (size_t i = 0; i < procedure->field_count; i++) {
		int64_t id = doc_get_int(matter->fields, procedure->fields[i].name.data, 0);

		if (procedure->fields[i].type == type && id != 0)
			return id;
	}
	return 0;
}

/* Whom the matter is about: the unit that it is done in, its leader, who holds that post. */
static struct doc *somebody(struct arena *arena, const struct life_form *form, enum field_type type)
{
	int64_t unit = doc_get_int(form->matter->fields, "unit", named(form->matter, FIELD_UNIT));
	int64_t post = named(form->matter, FIELD_POST);

	if (post == 0)
		post = org_head_post(form->org, unit);
	if (type == FIELD_UNIT)
		return doc_int(arena, unit);
	if (type == FIELD_POST)
		return doc_int(arena, post);
	const struct tenure *holder = org_holder(form->org, post, form->today);

	return doc_int(arena, holder == NULL ? 0 : holder->person);
}

/* Of a hundred, most are the first choice; where there is another, why is said. */
static struct doc *row_of(
	struct arena *arena, const struct life_form *form, const struct field *field, int64_t person)
{
	struct doc *row = doc_object(arena);
	size_t luck = (form->luck * 7 + (size_t)person * 13 + (size_t)form->matter->id * 29) % 100;
	size_t other = luck < 6 ? 1 : luck < 8 ? 2 : 0;

	doc_set_str(arena, row, field->columns[0].name, doc_int(arena, person));
	for (size_t i = 1; i < field->column_count; i++) {
		const struct field *column = &field->columns[i];
		struct str word = life_word(
			form->words, form->matter->procedure, form->name, column->name.data, STR_NONE, luck);

		if (column->type == FIELD_CHOICE)
			doc_set_str(arena, row, column->name,
				doc_text(arena,
					column->choices[other < column->choice_count ? other : 0].name));
		else if (column->type == FIELD_TEXT && other > 0 && word.size > 0)
			doc_set_str(arena, row, column->name, doc_text(arena, word));
	}
	return row;
}

/* A row for everybody who holds a post in the unit, or in one below it. */
static struct doc *rows_of(struct arena *arena, const struct life_form *form, const struct field *field)
{
	int64_t unit = doc_get_int(form->matter->fields, "unit", 0);
	struct doc *list = doc_list(arena);

	if (field->columns[0].type != FIELD_PERSON)
		return NULL;
	for (size_t i = 0; i < org_person_count(form->org) && list->count < FIELD_ROWS_MAX; i++) {
		int64_t person = (int64_t)i + 1, post;

		if (org_posts_held(form->org, person, form->today, &post, 1) == 0)
			continue;
		int64_t at = org_post(form->org, post)->unit;

		if (at == unit ||
			(org_unit(form->org, at) != NULL && org_unit(form->org, at)->parent == unit))
			doc_push(arena, list, row_of(arena, form, field, person));
	}
	return list;
}

static struct doc *value_of(struct arena *arena, const struct life_form *form, const struct field *field)
{
	struct str title = doc_get_text(form->matter->fields, "title");
	struct str word = life_word(
		form->words, form->matter->procedure, form->name, field->name.data, title, form->luck);
	struct doc *value = NULL;

	if (str_is(field->name, "progress") && field->type == FIELD_PERCENT)
		return doc_int(arena, form->progress);
	if (field->type == FIELD_ROWS && word.size == 0)
		return rows_of(arena, form, field);
	if (field->type == FIELD_DATE)
		return doc_text(arena, day_of(arena, form, word));
	if (word.size == 0 &&
		(field->type == FIELD_UNIT || field->type == FIELD_POST || field->type == FIELD_PERSON))
		return somebody(arena, form, field->type);
	if (word.size == 0 && field->type == FIELD_CHOICE)
		return doc_text(arena, field->choices[0].name);
	if (word.size > 0 && field_value_read(arena, field, form->org, word, &value, NULL) != ERR_OK)
		return NULL;
	return value;
}

struct doc *life_fill(
	struct arena *arena, const struct life_form *form, const struct field *fields, size_t count)
{
	struct doc *object = doc_object(arena);

	for (size_t i = 0; i < count; i++) {
		bool filled = fields[i].required || is_spoken_of(form, fields[i].name.data);
		struct doc *value = filled ? value_of(arena, form, &fields[i]) : NULL;

		if (value != NULL)
			doc_set_str(arena, object, fields[i].name, value);
	}
	return object;
}
