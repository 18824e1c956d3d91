/* field_value.c: the values of fields: from what a person typed to what is stored, and back. One row per
 * type. */
#include "matter/engine.h"

#include <string.h>

#define TEXT_BYTES_MAX  32768
#define SHOWN_BYTES_MAX 60

/* The beginning of what was typed, to be shown in an error: whole characters only. */
static struct str beginning(struct str typed)
{
	size_t size = typed.size < SHOWN_BYTES_MAX ? typed.size : SHOWN_BYTES_MAX;

	if (!text_is_clean(typed))
		return STR("…");
	while (size < typed.size && ((unsigned char)typed.data[size] & 0xC0) == 0x80)
		size--;
	return str_slice(typed, 0, size);
}

bool text_is_clean(struct str text)
{
	return utf8_is_valid(text) && (text.size == 0 || memchr(text.data, 0, text.size) == NULL);
}

/* Digits with at most one point: money and numbers stay the decimal text they were, so nothing is rounded. */
static bool is_decimal(struct str text)
{
	size_t digits = 0, points = 0;

	for (size_t i = text.size > 0 && text.data[0] == '-' ? 1 : 0; i < text.size; i++) {
		if (text.data[i] == '.')
			points++;
		else if (text.data[i] >= '0' && text.data[i] <= '9')
			digits++;
		else
			return false;
	}
	return digits > 0 && digits <= 30 && points <= 1;
}

static const struct choice *find_choice(const struct field *field, struct str name)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (str_equal(field->choices[i].name, name))
			return &field->choices[i];
	return NULL;
}

/* A choice by its name, or by its label in either language. */
static const struct choice *find_labelled(const struct field *field, struct str typed)
{
	const struct choice *choice = find_choice(field, typed);

	for (size_t i = 0; choice == NULL && typed.size > 0 && i < field->choice_count; i++)
		if (str_equal(field->choices[i].label.zh, typed) ||
			str_equal(field->choices[i].label.en, typed))
			choice = &field->choices[i];
	return choice;
}

/* The one unit of exactly this name; 0 when there is none, or more than one. */
static int64_t find_unit_named(const struct org *org, struct str name)
{
	int64_t found = 0;

	for (size_t i = 0; i < org_unit_count(org); i++) {
		if (!str_equal(org_unit_at(org, i)->name, name) ||
			org_unit_has_ended(org, org_unit_at(org, i)->id))
			continue;
		if (found != 0)
			return 0;
		found = org_unit_at(org, i)->id;
	}
	return found;
}

/* A unit, post or person by its code, or a unit by its exact name; 0 when there is none. */
static int64_t find_id(const struct org *org, enum field_type type, struct str typed)
{
	const struct unit *unit = NULL;
	const struct post *post = NULL;
	const struct person *person = NULL;

	switch (type) {
	case FIELD_UNIT:
	case FIELD_UNITS:
		unit = org_unit_by_code(org, typed);
		return unit == NULL ? find_unit_named(org, typed) : unit->id;
	case FIELD_POST:
		post = org_post_by_code(org, typed);
		return post == NULL ? 0 : post->id;
	case FIELD_PERSON:
	case FIELD_PERSONS:
		person = org_person_by_code(org, typed);
		return person == NULL ? 0 : person->id;
	default:
		return 0;
	}
}

static enum err read_text(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	(void)org;
	if (typed.size > TEXT_BYTES_MAX)
		return err_set(reterr, ERR_RANGE, field->name.data,
			"more than %d bytes: attach a file instead", TEXT_BYTES_MAX);
	if (!text_is_clean(typed))
		return err_set(
			reterr, ERR_INVALID, field->name.data, "the text isn't UTF-8, or has a NUL in it");
	*ret_value = doc_text(arena, str_copy(arena, typed));
	return ERR_OK;
}

static enum err read_decimal(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	(void)org;
	/* "12.5公里", as it is shown */
	if (field->unit.size > 0 && typed.size > field->unit.size &&
		str_equal(str_slice(typed, typed.size - field->unit.size, field->unit.size), field->unit))
		typed = str_trim(str_slice(typed, 0, typed.size - field->unit.size));
	if (!is_decimal(typed))
		return err_set(reterr, ERR_INVALID, field->name.data,
			"'%.*s' is no number: write digits, with a point where needed",
			STR_ARG(beginning(typed)));
	*ret_value = doc_text(arena, str_copy(arena, typed));
	return ERR_OK;
}

static enum err read_whole(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	int64_t number, most = field->type == FIELD_PERCENT ? 100 : INT64_C(1) << 40;

	(void)org;
	if (field->type == FIELD_PERCENT && str_ends(typed, "%"))
		typed = str_trim(str_slice(typed, 0, typed.size - 1));
	if (!str_to_int(typed, &number) || number < 0 || number > most)
		return err_set(reterr, ERR_INVALID, field->name.data,
			field->type == FIELD_PERCENT ? "'%.*s' is no whole percentage from 0 to 100"
						     : "'%.*s' is no whole number from 0",
			STR_ARG(beginning(typed)));
	*ret_value = doc_int(arena, number);
	return ERR_OK;
}

static enum err read_date(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	struct day day;
	struct bh_err why;

	(void)org;
	if (day_parse(typed, &day, &why) != ERR_OK)
		return err_pass(reterr, ERR_INVALID, field->name.data, &why);
	*ret_value = doc_text(arena, day_print(arena, day));
	return ERR_OK;
}

static enum err read_choice(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	const struct choice *choice = find_labelled(field, typed);

	(void)org;
	if (choice == NULL) {
		struct buf names = buf_new(arena);

		for (size_t i = 0; i < field->choice_count; i++)
			buf_format(&names, "%s%.*s", i > 0 ? ", " : "", STR_ARG(field->choices[i].name));
		buf_str(&names);
		return err_set(reterr, ERR_INVALID, field->name.data, "'%.*s' is none of: %.600s",
			STR_ARG(beginning(typed)), names.data);
	}
	*ret_value = doc_text(arena, choice->name);
	return ERR_OK;
}

static enum err read_id(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	int64_t id = find_id(org, field->type, typed);

	if (id == 0)
		return err_set(reterr, ERR_INVALID, field->name.data,
			field->type == FIELD_POST ? "'%.*s' is no post of this institution: give its code"
			: field->type == FIELD_PERSON || field->type == FIELD_PERSONS
				? "'%.*s' is no person of this institution: give the sign-in name"
				: "'%.*s' is no unit of this institution, or more than one: give its code, "
				  "or its full name where only one has it",
			STR_ARG(beginning(typed)));
	*ret_value = doc_int(arena, id);
	return ERR_OK;
}

static enum err read_bool(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	static const char *const yes[] = {"true", "yes", "1", "是"}, *const no[] = {"false", "no", "0", "否"};

	(void)org;
	for (size_t i = 0; i < ARRAY_COUNT(yes); i++)
		if (str_is(typed, yes[i]) || str_is(typed, no[i])) {
			*ret_value = doc_bool(arena, str_is(typed, yes[i]));
			return ERR_OK;
		}
	return err_set(reterr, ERR_INVALID, field->name.data, "'%.*s' is neither yes nor no",
		STR_ARG(beginning(typed)));
}

/* Of what is a list a list? */
static enum field_type type_of_item(enum field_type type)
{
	switch (type) {
	case FIELD_UNITS:
		return FIELD_UNIT;
	case FIELD_PERSONS:
		return FIELD_PERSON;
	case FIELD_LINES:
		return FIELD_TEXT;
	default:
		return FIELD_CHOICE;
	}
}

/* Texts in their order, each on a line of its own: nothing else can't stand in one. */
static enum err read_lines(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	struct doc *list = doc_list(arena);
	struct str line;

	while (str_cut(&typed, '\n', &line)) {
		struct doc *value = NULL;

		line = str_trim(line);
		if (line.size == 0)
			continue;
		TRY(read_text(arena, field, org, line, &value, reterr));
		doc_push(arena, list, value);
	}
	*ret_value = list;
	return ERR_OK;
}

/* Several, one behind the other with , or ; or 、 between them. */
static enum err read_several(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	struct doc *list = doc_list(arena);
	struct buf plain = buf_new(arena);
	struct str rest, part;

	for (size_t i = 0; i < typed.size;) {
		struct str at = str_slice(typed, i, typed.size);
		bool wide = str_starts(at, "、") || str_starts(at, "，") || str_starts(at, "；");
		bool narrow = typed.data[i] == ',' || typed.data[i] == ';' || typed.data[i] == '\n';

		buf_put_char(&plain, wide || narrow ? ',' : typed.data[i]);
		i += wide ? 3 : 1;
	}
	rest = buf_str(&plain);
	while (str_cut(&rest, ',', &part)) {
		struct doc *value;

		part = str_trim(part);
		if (part.size == 0)
			continue;
		TRY(field->type == FIELD_CHOICES ? read_choice(arena, field, org, part, &value, reterr)
						 : read_id(arena, field, org, part, &value, reterr));
		doc_push(arena, list, value);
	}
	*ret_value = list;
	return ERR_OK;
}

static const struct value_row {
	enum err (*read)(struct arena *, const struct field *, const struct org *, struct str, struct doc **,
		struct bh_err *);
	enum doc_kind kind;
} value_rows[] = {
	[FIELD_TEXT] = {read_text, DOC_TEXT},
	[FIELD_LINES] = {read_lines, DOC_LIST},
	[FIELD_NUMBER] = {read_decimal, DOC_TEXT},
	[FIELD_PERCENT] = {read_whole, DOC_INT},
	[FIELD_MONEY] = {read_decimal, DOC_TEXT},
	[FIELD_DATE] = {read_date, DOC_TEXT},
	[FIELD_CHOICE] = {read_choice, DOC_TEXT},
	[FIELD_CHOICES] = {read_several, DOC_LIST},
	[FIELD_UNIT] = {read_id, DOC_INT},
	[FIELD_UNITS] = {read_several, DOC_LIST},
	[FIELD_POST] = {read_id, DOC_INT},
	[FIELD_PERSON] = {read_id, DOC_INT},
	[FIELD_PERSONS] = {read_several, DOC_LIST},
	[FIELD_RULE] = {read_text, DOC_TEXT},
	[FIELD_MATTER] = {read_whole, DOC_INT},
	[FIELD_FILE] = {read_text, DOC_TEXT},
	[FIELD_HOURS] = {read_whole, DOC_INT},
	[FIELD_BOOL] = {read_bool, DOC_TRUE},
	[FIELD_ROWS] = {rows_read, DOC_LIST},
};
static_assert(ARRAY_COUNT(value_rows) == FIELD_TYPE_COUNT, "every field type is read");

enum err field_value_read(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	return value_rows[field->type].read(arena, field, org, str_trim(typed), ret_value, reterr);
}

static enum err take_list(struct arena *arena, const struct field *field, const struct org *org,
	const struct doc *sent, struct doc **ret_value, struct bh_err *reterr)
{
	struct field item = *field;
	struct doc *list = doc_list(arena);

	if (sent->kind != DOC_LIST)
		return err_set(reterr, ERR_INVALID, field->name.data, "it must be a list");
	item.type = type_of_item(field->type);
	for (size_t i = 0; i < sent->count; i++) {
		struct doc *value;

		if (field->type == FIELD_LINES && sent->items[i].kind == DOC_TEXT &&
			str_trim(sent->items[i].text).size == 0)
			continue; /* an empty line */
		TRY(field_value_take(arena, &item, org, &sent->items[i], &value, reterr));
		doc_push(arena, list, value);
	}
	*ret_value = list;
	return ERR_OK;
}

enum err field_value_take(struct arena *arena, const struct field *field, const struct org *org,
	const struct doc *sent, struct doc **ret_value, struct bh_err *reterr)
{
	const struct value_row *row = &value_rows[field->type];
	bool decimal = row->read == read_decimal;

	if (field->type == FIELD_ROWS && sent->kind == DOC_LIST)
		return rows_take(arena, field, org, sent, ret_value, reterr);
	if (row->kind == DOC_LIST)
		return take_list(arena, field, org, sent, ret_value, reterr);
	if (row->kind == DOC_TRUE && sent->kind != DOC_TRUE && sent->kind != DOC_FALSE)
		return err_set(reterr, ERR_INVALID, field->name.data, "it must be true or false");
	if (sent->kind == DOC_TEXT)
		return field_value_read(arena, field, org, sent->text, ret_value, reterr);
	if (sent->kind == DOC_INT && decimal)
		*ret_value = doc_text(arena, str_format(arena, "%lld", (long long)sent->number));
	else if (sent->kind == DOC_INT || row->kind == DOC_TRUE)
		*ret_value = doc_copy(arena, sent);
	else
		return err_set(reterr, ERR_INVALID, field->name.data,
			row->kind == DOC_INT || decimal ? "it must be a number or a text"
							: "it must be a text");
	return field_value_check(field, *ret_value, org, reterr);
}

static bool id_exists(const struct org *org, enum field_type type, int64_t id)
{
	switch (type) {
	case FIELD_UNIT:
	case FIELD_UNITS:
		return org_unit(org, id) != NULL;
	case FIELD_POST:
		return org_post(org, id) != NULL;
	case FIELD_PERSON:
	case FIELD_PERSONS:
		return org_person(org, id) != NULL;
	case FIELD_PERCENT:
		return id >= 0 && id <= 100;
	default:
		return id >= 0;
	}
}

/* One text or one number of a field; lists are checked item by item with this. */
static bool item_fits(const struct field *field, const struct doc *value, const struct org *org)
{
	struct day day;

	if (value->kind == DOC_INT)
		return id_exists(org, field->type, value->number);
	switch (field->type) {
	case FIELD_CHOICE:
	case FIELD_CHOICES:
		return find_choice(field, value->text) != NULL;
	case FIELD_DATE:
		return day_parse(value->text, &day, NULL) == ERR_OK;
	case FIELD_NUMBER:
	case FIELD_MONEY:
		return is_decimal(value->text);
	default:
		return value->text.size <= TEXT_BYTES_MAX && text_is_clean(value->text);
	}
}

/* Does it name a unit or a post that was abolished? It stays where it was named before. */
static bool names_what_ended(const struct field *field, const struct doc *value, const struct org *org)
{
	if (field->type == FIELD_UNIT)
		return org_unit_has_ended(org, value->number);
	if (field->type == FIELD_POST)
		return org_post_has_ended(org, value->number);
	for (size_t i = 0; field->type == FIELD_UNITS && i < value->count; i++)
		if (org_unit_has_ended(org, value->items[i].number))
			return true;
	return false;
}

enum err field_value_check(
	const struct field *field, const struct doc *value, const struct org *org, struct bh_err *reterr)
{
	enum doc_kind want = value_rows[field->type].kind;

	if (field->type == FIELD_ROWS)
		return rows_check(field, value, org, reterr);
	bool fits = value->kind == want || (want == DOC_TRUE && value->kind == DOC_FALSE);

	if (fits && want == DOC_LIST)
		for (size_t i = 0; i < value->count; i++)
			fits = fits && value->items[i].kind == value_rows[type_of_item(field->type)].kind &&
			       item_fits(field, &value->items[i], org);
	else if (fits && want != DOC_TRUE)
		fits = item_fits(field, value, org);
	if (!fits)
		return err_set(reterr, ERR_INVALID, field->name.data,
			"the value is no %s of this institution", field_type_name(field->type));
	if (names_what_ended(field, value, org))
		return err_set(reterr, ERR_INVALID, field->name.data,
			"what it names was abolished: name a unit or post that is there");
	return ERR_OK;
}

static struct str print_id(
	const struct org *org, enum field_type type, int64_t id, struct str lang, struct arena *arena)
{
	const struct unit *unit = org_unit(org, id);
	const struct post *post = org_post(org, id);
	const struct person *person = org_person(org, id);
	bool english = str_is(lang, "en");

	switch (type) {
	case FIELD_UNIT:
	case FIELD_UNITS:
		if (unit != NULL)
			return english && unit->name_en.size > 0 ? unit->name_en : unit->name;
		break;
	case FIELD_POST:
		if (post != NULL)
			return english && post->title_en.size > 0 ? post->title_en : post->title;
		break;
	case FIELD_PERSON:
	case FIELD_PERSONS:
		if (person != NULL)
			return person->name;
		break;
	default:
		break;
	}
	return str_format(arena, type == FIELD_PERCENT ? "%lld%%" : "%lld", (long long)id);
}

struct str field_value_print(struct arena *arena, const struct field *field, const struct doc *value,
	const struct org *org, struct str lang)
{
	const struct choice *choice;
	struct buf buf = buf_new(arena);

	switch (value == NULL ? DOC_NULL : value->kind) {
	case DOC_INT:
		return print_id(org, field->type, value->number, lang, arena);
	case DOC_TRUE:
		return str_is(lang, "en") ? STR("yes") : STR("是");
	case DOC_FALSE:
		return str_is(lang, "en") ? STR("no") : STR("否");
	case DOC_TEXT:
		choice = field->type == FIELD_CHOICE || field->type == FIELD_CHOICES
				 ? find_choice(field, value->text)
				 : NULL;
		if (choice != NULL)
			return label_pick(choice->label, choice->name, lang);
		return field->type == FIELD_NUMBER && field->unit.size > 0
			       ? str_format(arena, "%.*s%.*s", STR_ARG(value->text), STR_ARG(field->unit))
			       : value->text;
	case DOC_LIST:
		if (field->type == FIELD_ROWS)
			return rows_print(arena, field, value, org, lang);
		for (size_t i = 0; i < value->count; i++) {
			buf_puts(&buf, i == 0                       ? ""
				       : field->type == FIELD_LINES ? "\n"
				       : str_is(lang, "en")         ? ", "
								    : "、");
			buf_put(&buf, field_value_print(arena, field, &value->items[i], org, lang));
		}
		return buf_str(&buf);
	default:
		return STR("");
	}
}
