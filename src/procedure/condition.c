/* condition.c: does a condition hold of these values? */
#include "procedure/procedure.h"

#define SCALE      1000 /* figures count in thousandths */
#define DIGITS_MAX 12
#define PLACES_MAX 3

static const struct doc *value_of(struct str field, const struct doc *given, const struct doc *fields)
{
	const struct doc *value = given == NULL ? NULL : doc_get_str(given, field);

	return value != NULL ? value : doc_get_str(fields, field);
}

/* "12.5" in thousandths. false for what is no figure, or a longer one. */
static bool read_figure(struct str text, int64_t *ret_figure)
{
	int64_t figure = 0;
	int digits = 0, places = -1;

	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (c == '.' && places < 0) {
			places = 0;
			continue;
		}
		if (c < '0' || c > '9' || ++digits > DIGITS_MAX || places == PLACES_MAX)
			return false;
		figure = 10 * figure + (c - '0');
		places += places >= 0;
	}
	for (int i = places < 0 ? 0 : places; i < PLACES_MAX; i++)
		figure *= 10;
	*ret_figure = figure;
	return digits > 0;
}

static bool figure_of(const struct doc *value, int64_t *ret_figure)
{
	struct day day;

	if (value == NULL)
		return false;
	if (value->kind == DOC_INT) {
		*ret_figure = value->number * SCALE;
		return value->number >= 0 && value->number <= INT64_C(1) << 40;
	}
	if (value->kind != DOC_TEXT)
		return false;
	if (day_parse(value->text, &day, NULL) == ERR_OK) {
		*ret_figure = (int64_t)day.number * SCALE;
		return true;
	}
	return read_figure(value->text, ret_figure);
}

/* The list that a value is: one alone is a list of one, and what is empty names nobody. */
static size_t list_size(const struct doc *value)
{
	if (value != NULL && value->kind == DOC_LIST)
		return value->count;
	return value != NULL && value->kind != DOC_NULL;
}

static const struct doc *list_at(const struct doc *value, size_t i)
{
	return value->kind == DOC_LIST ? &value->items[i] : value;
}

static bool sum_of(const struct condition_sum *sum, const struct doc *given, const struct doc *fields,
	struct day today, int64_t *ret_sum)
{
	int64_t total = 0, figure;

	for (size_t i = 0; i < sum->count; i++) {
		struct str field = sum->parts[i].field;
		const struct doc *value = value_of(field, given, fields);

		if (field.size == 0)
			total += sum->parts[i].factor * SCALE;
		else if (sum->parts[i].is_list)
			total += sum->parts[i].factor * (int64_t)list_size(value) * SCALE;
		else if (value == NULL && str_is(field, CONDITION_TODAY))
			total += sum->parts[i].factor * today.number * SCALE;
		else if (figure_of(value, &figure))
			total += sum->parts[i].factor * figure;
		else
			return false;
	}
	*ret_sum = total;
	return true;
}

static bool is_given(const struct doc *value)
{
	if (value == NULL || value->kind == DOC_NULL || value->kind == DOC_FALSE)
		return false;
	if (value->kind == DOC_TEXT)
		return value->text.size > 0;
	return value->kind != DOC_LIST || value->count > 0;
}

static bool is_in(const struct doc *item, const struct doc *list)
{
	for (size_t i = 0; i < list_size(list); i++)
		if (doc_equal(item, list_at(list, i)))
			return true;
	return false;
}

static bool lists_hold(enum compare compare, const struct doc *left, const struct doc *right)
{
	size_t left_count = list_size(left), right_count = list_size(right);

	if (compare == COMPARE_FIRST_OF || compare == COMPARE_LAST_OF)
		return left_count == 1 && right_count > 0 &&
		       doc_equal(list_at(left, 0),
			       list_at(right, compare == COMPARE_FIRST_OF ? 0 : right_count - 1));
	for (size_t i = 0; i < left_count; i++)
		if (is_in(list_at(left, i), right) != (compare == COMPARE_WITHIN))
			return false;
	return true;
}

/* A choice, or one among several. */
static bool is_word(const struct doc *value, struct str word)
{
	if (value != NULL && value->kind == DOC_LIST)
		for (size_t i = 0; i < value->count; i++)
			if (str_equal(value->items[i].text, word))
				return true;
	return value != NULL && value->kind == DOC_TEXT && str_equal(value->text, word);
}

bool condition_holds(const struct condition *condition, const struct doc *given, const struct doc *fields,
	struct day today)
{
	const struct doc *first;
	int64_t left, right;

	if (condition->text.size == 0)
		return true;
	first = value_of(condition->left.parts[0].field, given, fields);
	if (condition->compare == COMPARE_GIVEN)
		return is_given(first);
	if (condition->word.size > 0)
		return is_given(first) &&
		       is_word(first, condition->word) == (condition->compare == COMPARE_EQUAL);
	if (condition->compare >= COMPARE_WITHIN)
		return lists_hold(
			condition->compare, first, value_of(condition->right.parts[0].field, given, fields));
	if (!sum_of(&condition->left, given, fields, today, &left) ||
		!sum_of(&condition->right, given, fields, today, &right))
		return false;
	switch (condition->compare) {
	case COMPARE_EQUAL:
		return left == right;
	case COMPARE_UNEQUAL:
		return left != right;
	case COMPARE_BELOW:
		return left < right;
	case COMPARE_AT_MOST:
		return left <= right;
	case COMPARE_ABOVE:
		return left > right;
	default:
		return left >= right;
	}
}

size_t condition_strays(const struct condition *condition, const struct doc *given, const struct doc *fields,
	const struct doc **ret_strays, size_t max)
{
	const struct doc *left, *right;
	size_t count = 0;

	if (condition->compare != COMPARE_WITHIN && condition->compare != COMPARE_OUTSIDE)
		return 0;
	left = value_of(condition->left.parts[0].field, given, fields);
	right = value_of(condition->right.parts[0].field, given, fields);
	for (size_t i = 0; i < list_size(left) && count < max; i++)
		if (is_in(list_at(left, i), right) != (condition->compare == COMPARE_WITHIN))
			ret_strays[count++] = list_at(left, i);
	return count;
}

bool check_holds(
	const struct check_rule *check, const struct doc *given, const struct doc *fields, struct day today)
{
	const struct doc *rows = check->each == NULL ? NULL : doc_get_str(fields, check->each->name);

	if (check->each == NULL)
		return !condition_holds(&check->when, given, fields, today) ||
		       condition_holds(&check->that, given, fields, today);
	for (size_t i = 0; rows != NULL && i < rows->count; i++)
		if (condition_holds(&check->when, &rows->items[i], fields, today) &&
			!condition_holds(&check->that, &rows->items[i], fields, today))
			return false;
	return true;
}
