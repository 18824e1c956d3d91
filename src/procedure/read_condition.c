/* read_condition.c: sources, conditions, checks, eligibility and effects: from text to the tree. A condition
 * is read when all fields are known, because it must know of each what kind of value it holds. */
#include "procedure/read.h"

#define PUT(type, at, value) (*(type *)(at) = (value))

void shape_condition(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	struct condition *condition = into;

	if (!read_is_text(reader, value, key->name))
		return;
	condition->text = str_trim(value->text);
	condition->place = value->place;
	if (condition->text.size == 0)
		SAY(reader, value->place, "'%s' is empty: write what must be so, or leave it out", key->name);
}

void shape_checks(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	size_t count = value->kind == YAML_LIST ? value->count : 1;
	struct check_rule *checks = ARENA_TAKE(reader->arena, count + 1, struct check_rule);

	(void)key;
	for (size_t i = 0; i < count; i++) {
		const struct yaml *map = value->kind == YAML_LIST ? value->items[i] : value;

		checks[i].place = map->place;
		checks[i].of = -1;
		read_map(reader, &check_keys, map, &checks[i]);
	}
	PUT(struct check_rule *, into, checks);
	PUT(size_t, (char *)into + sizeof(struct check_rule *), count);
}

void shape_basis(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	size_t count = value->kind == YAML_LIST ? value->count : 1;
	struct basis *basis = ARENA_TAKE(reader->arena, count + 1, struct basis);

	(void)key;
	for (size_t i = 0; i < count; i++)
		read_map(reader, &basis_keys, value->kind == YAML_LIST ? value->items[i] : value, &basis[i]);
	PUT(struct basis *, into, basis);
	PUT(size_t, (char *)into + sizeof(struct basis *), count);
}

void shape_eligibility(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &eligibility_keys, value, reader->procedure);
}

void shape_eligibility_test(
	struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	struct words words = shape_words(SHAPE_ELIGIBILITY_TEST);
	int word = read_word(reader, value, words.items, words.count, key->name);

	if (word >= 0)
		PUT(enum eligibility_test, into, (enum eligibility_test)word);
}

/* Each test has the one key that it needs. */
static void check_rule_keys(struct reader *reader, const struct eligibility_rule *rule)
{
	static const char *const needs[ELIGIBILITY_TEST_COUNT] = {[ELIGIBILITY_TIME_IN_RANK] = "least",
		[ELIGIBILITY_AGE] = "years",
		[ELIGIBILITY_EFFECT] = "bars"};
	const bool has[ELIGIBILITY_TEST_COUNT] = {[ELIGIBILITY_TIME_IN_RANK] = rule->least.amount > 0,
		[ELIGIBILITY_AGE] = rule->years > 0,
		[ELIGIBILITY_EFFECT] = rule->bars.size > 0};

	for (int test = 0; test < ELIGIBILITY_TEST_COUNT; test++) {
		bool wanted = test == (int)rule->test && needs[test] != NULL;

		if (wanted && !has[test])
			SAY_W1(reader, rule->place, "the rule '%.*s' needs the key '%s'", STR_ARG(rule->name),
				needs[test]);
		else if (!wanted && has[test])
			SAY_W1(reader, rule->place,
				"the rule '%.*s' takes no '%s': its test doesn't ask for it",
				STR_ARG(rule->name), needs[test]);
	}
}

void shape_eligibility_rules(
	struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	size_t count;
	struct eligibility_rule *rules = read_named(
		reader, key->name, value, PROCEDURE_ITEMS_MAX, sizeof(struct eligibility_rule), &count);

	(void)into;
	for (size_t i = 0; i < count; i++) {
		read_map(reader, &eligibility_rule_keys, value->items[i], &rules[i]);
		check_rule_keys(reader, &rules[i]);
	}
	reader->procedure->eligibility.rules = rules;
	reader->procedure->eligibility.rule_count = count;
}

void shape_effect(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &effect_keys, value, reader->procedure);
}

void shape_from_above(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key, (void)into;
	read_map(reader, &from_above_keys, value, reader->procedure);
}

void shape_check_breach(struct reader *reader, const struct key *key, void *into, const struct yaml *value)
{
	(void)key;
	read_map(reader, &check_breach_keys, value, into);
}

/* ---- the text of a condition ---- */

struct scan {
	struct reader *reader;
	const struct action *action; /* whose fields count too; NULL */
	const struct field *each;    /* whose columns come first; NULL */
	bool is_check;               /* only a check knows who belongs to the body that meets */
	struct condition *condition;
	struct str rest;
	bool bad; /* said already */
};

#define SAY_CONDITION(scan, ...)                                                                             \
	do {                                                                                                 \
		if (!(scan)->bad)                                                                            \
			SAY_W1((scan)->reader, (scan)->condition->place, __VA_ARGS__);                       \
		(scan)->bad = true;                                                                          \
	} while (0)

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static struct str next_word(struct scan *scan)
{
	size_t size = 0;
	struct str word;

	scan->rest = str_trim(scan->rest);
	while (size < scan->rest.size && is_word_char(scan->rest.data[size]))
		size++;
	word = str_slice(scan->rest, 0, size);
	scan->rest = str_trim(str_slice(scan->rest, size, scan->rest.size));
	return word;
}

static bool take(struct scan *scan, const char *sign)
{
	if (!str_starts(scan->rest, sign))
		return false;
	scan->rest = str_trim(str_slice(scan->rest, str_from(sign).size, scan->rest.size));
	return true;
}

static const struct field *field_named(const struct scan *scan, struct str name)
{
	static const struct field today = {.type = FIELD_DATE},
				  members = {.name = {CONDITION_MEMBERS, sizeof CONDITION_MEMBERS - 1},
					  .type = FIELD_PERSONS};
	const struct procedure *procedure = scan->reader->procedure;
	const struct field *found = NULL;

	if (scan->each != NULL)
		found = field_find(scan->each->columns, scan->each->column_count, name);
	if (found == NULL && scan->action != NULL)
		found = field_find(scan->action->fields, scan->action->field_count, name);
	if (found == NULL)
		found = field_find(procedure->fields, procedure->field_count, name);
	if (found == NULL && str_is(name, CONDITION_TODAY))
		return &today;
	if (found == NULL && str_is(name, CONDITION_MEMBERS) && scan->is_check &&
		procedure->meeting.members >= 0)
		return &members;
	return found;
}

/* One part of a sum: 3 * present, present, 3. */
static void scan_part(struct scan *scan, struct condition_sum *sum, int64_t sign)
{
	struct str word = next_word(scan);
	int64_t number = 1;

	if (sum->count == CONDITION_PARTS_MAX) {
		SAY_CONDITION(scan, "a sum has at most %d parts", CONDITION_PARTS_MAX);
		return;
	}
	if (str_to_int(word, &number)) {
		bool times = take(scan, "*");

		if (times && number > CONDITION_FACTOR_MAX)
			SAY_CONDITION(scan, "a factor is %d at most", CONDITION_FACTOR_MAX);
		if (number > INT64_C(1000000000))
			SAY_CONDITION(scan, "a number of a condition has nine digits at most");
		word = times ? next_word(scan) : STR_NONE;
		if (times && word.size == 0)
			SAY_CONDITION(scan, "a field must follow the '*'");
	} else if (word.size == 0) {
		SAY_CONDITION(scan, "'%.*s' is no condition: name a field or a number at '%.*s'",
			STR_ARG(str_slice(scan->condition->text, 0, 80)),
			STR_ARG(str_slice(scan->rest, 0, 20)));
	}
	sum->parts[sum->count].factor = sign * number;
	sum->parts[sum->count++].field = word;
}

static void scan_sum(struct scan *scan, struct condition_sum *sum)
{
	int64_t sign = 1;

	do {
		scan_part(scan, sum, sign);
		sign = take(scan, "+") ? 1 : take(scan, "-") ? -1 : 0;
	} while (sign != 0 && !scan->bad);
}

/* The type of a list of these, or FIELD_TYPE_COUNT. */
static enum field_type list_of(enum field_type type)
{
	if (type == FIELD_PERSON || type == FIELD_PERSONS)
		return FIELD_PERSONS;
	if (type == FIELD_TEXT || type == FIELD_LINES)
		return FIELD_LINES;
	return type == FIELD_UNIT || type == FIELD_UNITS ? FIELD_UNITS : FIELD_TYPE_COUNT;
}

static struct str word_ahead(const struct scan *scan)
{
	struct scan ahead = *scan;

	return next_word(&ahead);
}

static enum compare scan_compare(struct scan *scan)
{
	static const struct {
		const char *sign;
		enum compare compare;
	} words[] = {{"within", COMPARE_WITHIN}, {"outside", COMPARE_OUTSIDE}, {"first_of", COMPARE_FIRST_OF},
		{"last_of", COMPARE_LAST_OF}};
	static const struct {
		const char *sign;
		enum compare compare;
	} signs[] = {{"!=", COMPARE_UNEQUAL}, {"<=", COMPARE_AT_MOST}, {">=", COMPARE_AT_LEAST},
		{"=", COMPARE_EQUAL}, {"<", COMPARE_BELOW}, {">", COMPARE_ABOVE}};

	for (size_t i = 0; i < ARRAY_COUNT(signs); i++)
		if (take(scan, signs[i].sign))
			return signs[i].compare;
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (str_starts(scan->rest, words[i].sign) && str_is(word_ahead(scan), words[i].sign)) {
			(void)next_word(scan);
			return words[i].compare;
		}
	return COMPARE_GIVEN;
}

/* Lists of people or units beside each other; on the left of either may stand one alone. */
static void scan_lists(struct scan *scan)
{
	struct condition_sum *left = &scan->condition->left, *right = &scan->condition->right;
	const struct field *first = field_named(scan, left->parts[0].field), *second;

	scan_part(scan, right, 1);
	second = field_named(scan, right->parts[0].field);
	if (second == NULL && right->parts[0].field.size > 0)
		SAY_CONDITION(
			scan, "there is no field '%.*s'", STR_ARG(str_slice(right->parts[0].field, 0, 80)));
	else if (left->count != 1 || left->parts[0].factor != 1 || first == NULL || second == NULL)
		SAY_CONDITION(scan, "'%.*s' compares two fields: a list, or one, with a list",
			STR_ARG(str_slice(scan->condition->text, 0, 80)));
	else if (list_of(first->type) == FIELD_TYPE_COUNT || second->type != list_of(first->type))
		SAY_CONDITION(scan,
			"'%.*s' is a %s and '%.*s' a %s: people go with a list of people, units with one of "
			"units, a text with lines",
			STR_ARG(first->name), field_type_name(first->type), STR_ARG(second->name),
			field_type_name(second->type));
}

/* A field of choices stands alone on the left, and one of its choices on the right. */
static void scan_choice(struct scan *scan, const struct field *field)
{
	struct condition *condition = scan->condition;

	condition->word = next_word(scan);
	if (condition->compare != COMPARE_EQUAL && condition->compare != COMPARE_UNEQUAL)
		SAY_CONDITION(scan, "'%.*s' is a choice: it is compared by = or !=", STR_ARG(field->name));
	for (size_t i = 0; i < field->choice_count; i++)
		if (str_equal(field->choices[i].name, condition->word))
			return;
	SAY_CONDITION(scan, "'%.*s' has no choice '%.*s'", STR_ARG(field->name),
		STR_ARG(str_slice(condition->word, 0, 80)));
}

/* A list counts what it names. */
static bool is_list(enum field_type type)
{
	return type == FIELD_PERSONS || type == FIELD_UNITS || type == FIELD_LINES;
}

static bool is_figure(enum field_type type)
{
	return is_list(type) || type == FIELD_NUMBER || type == FIELD_PERCENT || type == FIELD_MONEY ||
	       type == FIELD_HOURS;
}

/* Figures beside figures, days beside days (and a number of days). */
static void check_sums(struct scan *scan)
{
	struct condition_sum *sums[] = {&scan->condition->left, &scan->condition->right};
	bool figures = false, days = false;

	for (size_t side = 0; side < ARRAY_COUNT(sums); side++)
		for (size_t i = 0; i < sums[side]->count; i++) {
			struct str name = sums[side]->parts[i].field;
			const struct field *field = name.size == 0 ? NULL : field_named(scan, name);

			if (name.size > 0 && field == NULL) {
				SAY_CONDITION(
					scan, "there is no field '%.*s'", STR_ARG(str_slice(name, 0, 80)));
			} else if (field != NULL) {
				sums[side]->parts[i].is_list = is_list(field->type);
				figures = figures || is_figure(field->type);
				days = days || field->type == FIELD_DATE;
				if (!is_figure(field->type) && field->type != FIELD_DATE)
					SAY_CONDITION(scan, "'%.*s' is a %s, which can't be reckoned with",
						STR_ARG(field->name), field_type_name(field->type));
			}
		}
	if (figures && days)
		SAY_CONDITION(scan, "figures and days can't be compared with each other");
}

static void read_condition(struct reader *reader, const struct action *action, const struct field *each,
	bool is_check, struct condition *condition)
{
	struct scan scan = {.reader = reader,
		.is_check = is_check,
		.action = action,
		.each = each,
		.condition = condition,
		.rest = condition->text};
	const struct field *first;

	if (condition->text.size == 0)
		return;
	scan_sum(&scan, &condition->left);
	if (scan.bad)
		return;
	condition->compare = scan_compare(&scan);
	first = field_named(&scan, condition->left.parts[0].field);
	if (condition->compare == COMPARE_GIVEN) {
		if (condition->left.count != 1 || condition->left.parts[0].field.size == 0 ||
			condition->left.parts[0].factor != 1)
			SAY_CONDITION(&scan, "'%.*s' compares nothing: write what it is beside",
				STR_ARG(str_slice(condition->text, 0, 80)));
		else if (first == NULL)
			SAY_CONDITION(&scan, "there is no field '%.*s'",
				STR_ARG(str_slice(condition->left.parts[0].field, 0, 80)));
	} else if (condition->compare >= COMPARE_WITHIN) {
		scan_lists(&scan);
	} else if (condition->left.count == 1 && first != NULL &&
		   (first->type == FIELD_CHOICE || first->type == FIELD_CHOICES)) {
		scan_choice(&scan, first);
	} else {
		scan_sum(&scan, &condition->right);
		check_sums(&scan);
	}
	if (scan.rest.size > 0)
		SAY_CONDITION(
			&scan, "the condition ends before '%.*s'", STR_ARG(str_slice(scan.rest, 0, 40)));
}

/* ---- what the whole definition must have for them ---- */

static void need_type(struct reader *reader, struct place place, int field, enum field_type type)
{
	if (field >= 0 && reader->procedure->fields[field].type != type)
		SAY_W1(reader, place, "'%.*s' must be a field of type %s",
			STR_ARG(reader->procedure->fields[field].name), field_type_name(type));
}

static void check_from_above(struct reader *reader)
{
#define FROM_ABOVE_PART(NAME, wire, types, help) {wire, types},
	static const struct {
		const char *name;
		unsigned types;
	} parts[] = {FROM_ABOVE_PARTS};
#undef FROM_ABOVE_PART
	const struct procedure *procedure = reader->procedure;

	for (int part = 0; part < FROM_ABOVE_PART_COUNT; part++) {
		int field = procedure->from_above.fields[part];

		if (field >= 0 && (parts[part].types & (1u << procedure->fields[field].type)) == 0)
			SAY_W1(reader, procedure->from_above.place,
				"'%s' of a task from above can't go into '%.*s', which is a %s: see "
				"docs/levels.md",
				parts[part].name, STR_ARG(procedure->fields[field].name),
				field_type_name(procedure->fields[field].type));
	}
	if (procedure->from_above.place.line != 0 && procedure->visibility == VISIBILITY_COMPARTMENT)
		SAY_W1(reader, procedure->from_above.place,
			"a compartment takes no tasks from above: a file between levels is no secret's way");
}

void read_conditions(struct reader *reader)
{
	struct procedure *procedure = reader->procedure;
	const struct place *effect = &procedure->effect.place, *eligibility = &procedure->eligibility.place;

	for (size_t i = 0; i < procedure->action_count; i++) {
		struct action *action = &procedure->actions[i];

		for (size_t j = 0; j < action->check_count; j++) {
			struct check_rule *check = &action->checks[j];

			read_condition(reader, action, check->each, true, &check->that);
			read_condition(reader, action, check->each, true, &check->when);
		}
		read_condition(reader, action, action->opens.each, false, &action->opens.where);
		if (action->eligible && eligibility->line == 0)
			SAY_W1(reader, action->place,
				"'%.*s' asks who is eligible, and there is no 'eligibility'",
				STR_ARG(action->name));
	}
	for (size_t i = 0; i < procedure->eligibility.rule_count; i++)
		read_condition(reader, NULL, NULL, false, &procedure->eligibility.rules[i].when);
	check_from_above(reader);
	need_type(reader, *eligibility, procedure->eligibility.candidate, FIELD_PERSON);
	need_type(reader, *eligibility, procedure->eligibility.post, FIELD_POST);
	need_type(reader, *effect, procedure->effect.person, FIELD_PERSON);
	need_type(reader, *effect, procedure->effect.unit, FIELD_UNIT);
	need_type(reader, *effect, procedure->effect.until, FIELD_DATE);
	if (effect->line > 0 && procedure->effect.person < 0 && procedure->effect.unit < 0)
		SAY_W1(reader, *effect, "an effect is on a person or on a unit: name the field");
	/* Else whoever tries an appointment would learn what few may know. */
	if (effect->line > 0 && procedure->visibility == VISIBILITY_COMPARTMENT)
		SAY_W1(reader, *effect,
			"what only a compartment knows can't bar anything by itself: let the clearance say "
			"so");
}
