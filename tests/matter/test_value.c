/* What a person types into a field, what is stored, and how it is shown again. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct choice choices[] = {
	{.name = {"high", 4}, .label = {.zh = {"高", 3}, .en = {"High", 4}}},
	{.name = {"low", 3}, .label = {.zh = {"低", 3}, .en = {"Low", 3}}},
};

static struct field columns[] = {
	{.name = {"person", 6}, .type = FIELD_PERSON, .required = true},
	{.name = {"status", 6},
		.type = FIELD_CHOICE,
		.required = true,
		.choices = choices,
		.choice_count = 2},
	{.name = {"why", 3}, .type = FIELD_TEXT},
	{.name = {"earned", 6}, .type = FIELD_HOURS},
};

static struct field field_of(enum field_type type)
{
	return (struct field){.name = STR("value"),
		.type = type,
		.columns = columns,
		.column_count = type == FIELD_ROWS ? ARRAY_COUNT(columns) : 0,
		.unit = STR("公里"),
		.choices = choices,
		.choice_count = 2};
}

static const struct {
	enum field_type type;
	const char *typed, *stored; /* canonical; NULL: refused */
} readings[] = {
	{FIELD_TEXT, " 西江 ", "\"西江\""},
	{FIELD_TEXT, "", "\"\""},
	{FIELD_TEXT, "\xff", NULL},
	{FIELD_NUMBER, "12.50", "\"12.50\""},
	{FIELD_NUMBER, "-3", "\"-3\""},
	{FIELD_NUMBER, "12公里", "\"12\""},
	{FIELD_NUMBER, "1.2.3", NULL},
	{FIELD_NUMBER, ".", NULL},
	{FIELD_NUMBER, "1e9", NULL},
	{FIELD_NUMBER, "", NULL},
	{FIELD_NUMBER, "1234567890123456789012345678901", NULL},
	{FIELD_MONEY, "1000000.01", "\"1000000.01\""},
	{FIELD_MONEY, "1,000", NULL},
	{FIELD_PERCENT, "40", "40"},
	{FIELD_PERCENT, "40 %", "40"},
	{FIELD_PERCENT, "0", "0"},
	{FIELD_PERCENT, "100%", "100"},
	{FIELD_PERCENT, "101", NULL},
	{FIELD_PERCENT, "-1", NULL},
	{FIELD_PERCENT, "%", NULL},
	{FIELD_PERCENT, "4.5", NULL},
	{FIELD_DATE, "2019-02-28", "\"2019-02-28\""},
	{FIELD_DATE, "2019-02-29", NULL},
	{FIELD_DATE, "2019-2-8", NULL},
	{FIELD_CHOICE, "high", "\"high\""},
	{FIELD_CHOICE, "高", "\"high\""},
	{FIELD_CHOICE, "High", "\"high\""},
	{FIELD_CHOICE, "middle", NULL},
	{FIELD_CHOICE, "", NULL},
	{FIELD_CHOICES, "high、低", "[\"high\",\"low\"]"},
	{FIELD_CHOICES, "low; high", "[\"low\",\"high\"]"},
	{FIELD_CHOICES, "", "[]"},
	{FIELD_CHOICES, "high,middle", NULL},
	{FIELD_UNIT, "water", "4"},
	{FIELD_UNIT, "水务局", "4"},
	{FIELD_UNIT, "navy", NULL},
	{FIELD_UNITS, "water，园林中心", "[4,6]"},
	{FIELD_UNITS, "water,navy", NULL},
	{FIELD_POST, "water-head", "7"},
	{FIELD_POST, "admiral", NULL},
	{FIELD_PERSON, "lin", "1"},
	{FIELD_PERSON, "nobody", NULL},
	{FIELD_RULE, "条例第十八条", "\"条例第十八条\""},
	{FIELD_FILE, "a.pdf", "\"a.pdf\""},
	{FIELD_MATTER, "12", "12"},
	{FIELD_MATTER, "m12", NULL},
	{FIELD_HOURS, "8", "8"},
	{FIELD_HOURS, "-8", NULL},
	{FIELD_HOURS, "99999999999999", NULL},
	{FIELD_BOOL, "是", "true"},
	{FIELD_BOOL, "no", "false"},
	{FIELD_BOOL, "perhaps", NULL},
	{FIELD_ROWS, "lin | 高\nzhao|low| 出差 |3\n\n",
		"[{\"person\":1,\"status\":\"high\"},{\"earned\":3,\"person\":2,\"status\":\"low\",\"why\":"
		"\"出差\"}]"},
	{FIELD_ROWS, "", "[]"},
	{FIELD_ROWS, "lin|high\nlin|low", NULL},
	{FIELD_ROWS, "lin", NULL},
	{FIELD_ROWS, "|high", NULL},
	{FIELD_ROWS, "nobody|high", NULL},
	{FIELD_ROWS, "lin|middle", NULL},
	{FIELD_ROWS, "lin|high|x|1|more", NULL},
};

static void each_type_reads_what_is_right_and_refuses_what_is_not(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(readings); i++) {
		struct field field = field_of(readings[i].type);
		struct doc *value = NULL;
		struct bh_err why = {0};
		enum err err = field_value_read(
			scene->arena, &field, scene->org, str_from(readings[i].typed), &value, &why);

		if (readings[i].stored == NULL) {
			expect(readings[i].typed, err == ERR_INVALID || err == ERR_RANGE);
			expect_text("names the field", why.place, "value");
			expect("says why, as text", why.text[0] != '\0' && utf8_is_valid(str_from(why.text)));
			continue;
		}
		if (err != ERR_OK)
			fail_msg("%s of a %s: %s", readings[i].typed, field_type_name(readings[i].type),
				why.text);
		expect_text(readings[i].typed, doc_print(scene->arena, value).data, readings[i].stored);
		expect("what is read is let in",
			field_value_check(&field, value, scene->org, &why) == ERR_OK);
	}
	scene_free(scene);
}

/* Types whose print is what a person may type again. Posts and people are shown by title and name, and typed
 * by code. */
static void what_is_shown_can_be_typed_again(void **state)
{
	static const struct {
		enum field_type type;
		const char *typed, *zh, *en;
	} rows[] = {
		{FIELD_TEXT, "西江", "西江", "西江"},
		{FIELD_NUMBER, "12.5", "12.5公里", "12.5公里"},
		{FIELD_PERCENT, "40", "40%", "40%"},
		{FIELD_MONEY, "10.00", "10.00", "10.00"},
		{FIELD_DATE, "2019-03-04", "2019-03-04", "2019-03-04"},
		{FIELD_CHOICE, "high", "高", "High"},
		{FIELD_CHOICES, "high,low", "高、低", "High, Low"},
		{FIELD_UNIT, "water", "水务局", "水务局"},
		{FIELD_UNITS, "water,park", "水务局、园林中心", "水务局, 园林中心"},
		{FIELD_RULE, "条例", "条例", "条例"},
		{FIELD_MATTER, "12", "12", "12"},
		{FIELD_FILE, "a.pdf", "a.pdf", "a.pdf"},
		{FIELD_HOURS, "8", "8", "8"},
		{FIELD_BOOL, "yes", "是", "yes"},
		{FIELD_BOOL, "否", "否", "no"},
	};
	static const char *const langs[] = {"zh", "en"};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		for (size_t k = 0; k < ARRAY_COUNT(langs); k++) {
			struct field field = field_of(rows[i].type);
			struct doc *value, *again;
			struct bh_err why;

			if (field_value_read(scene->arena, &field, scene->org, str_from(rows[i].typed),
				    &value, &why) != ERR_OK)
				fail_msg("%s: %s", rows[i].typed, why.text);
			struct str shown = field_value_print(
				scene->arena, &field, value, scene->org, str_from(langs[k]));

			expect_text(rows[i].typed, str_copy(scene->arena, shown).data,
				k == 0 ? rows[i].zh : rows[i].en);
			if (field_value_read(scene->arena, &field, scene->org, shown, &again, &why) != ERR_OK)
				fail_msg("%s, shown as %.*s: %s", rows[i].typed, STR_ARG(shown), why.text);
			expect(rows[i].typed, doc_equal(value, again));
		}
	scene_free(scene);
}

static void posts_and_people_are_shown_by_name(void **state)
{
	static const struct {
		enum field_type type;
		const char *typed, *shown;
	} rows[] = {{FIELD_POST, "water-head", "水务局局长"}, {FIELD_PERSON, "lin", "lin"}};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct field field = field_of(rows[i].type);
		struct doc *value;

		assert_int_equal(field_value_read(scene->arena, &field, scene->org, str_from(rows[i].typed),
					 &value, NULL),
			ERR_OK);
		struct str shown = field_value_print(scene->arena, &field, value, scene->org, STR("zh"));

		expect_text(rows[i].typed, shown.data, rows[i].shown);
	}
	expect("nothing is shown as nothing",
		field_value_print(
			scene->arena, &(struct field){.type = FIELD_TEXT}, NULL, scene->org, STR("zh"))
				.size == 0);
	scene_free(scene);
}

static void a_name_of_two_units_names_neither(void **state)
{
	struct scene *scene = scene_new();
	struct field field = field_of(FIELD_UNIT);
	struct unit twin = {.id = (int64_t)org_unit_count(scene->org) + 1,
		.code = STR("water-2"),
		.name = STR("水务局"),
		.kind = STR("department"),
		.since = DAY_NONE,
		.until = DAY_NONE};
	struct doc *value;

	(void)state;
	org_unit_set(scene->org, &twin);
	assert_int_equal(
		field_value_read(scene->arena, &field, scene->org, STR("水务局"), &value, NULL), ERR_INVALID);
	assert_int_equal(
		field_value_read(scene->arena, &field, scene->org, STR("water-2"), &value, NULL), ERR_OK);
	scene_free(scene);
}

static const struct {
	enum field_type type;
	const char *json;
	bool right;
} storings[] = {
	{FIELD_TEXT, "\"x\"", true},
	{FIELD_TEXT, "1", false},
	{FIELD_TEXT, "{}", false},
	{FIELD_TEXT, "[\"x\"]", false},
	{FIELD_NUMBER, "\"1.5\"", true},
	{FIELD_NUMBER, "1", false},
	{FIELD_NUMBER, "1.5", false},
	{FIELD_NUMBER, "\"many\"", false},
	{FIELD_PERCENT, "50", true},
	{FIELD_PERCENT, "101", false},
	{FIELD_PERCENT, "\"50\"", false},
	{FIELD_DATE, "\"2019-03-04\"", true},
	{FIELD_DATE, "\"2019-02-30\"", false},
	{FIELD_CHOICE, "\"high\"", true},
	{FIELD_CHOICE, "\"middle\"", false},
	{FIELD_CHOICE, "\"高\"", false},
	{FIELD_CHOICES, "[\"high\"]", true},
	{FIELD_CHOICES, "\"high\"", false},
	{FIELD_CHOICES, "[1]", false},
	{FIELD_CHOICES, "[[\"high\"]]", false},
	{FIELD_UNIT, "4", true},
	{FIELD_UNIT, "99", false},
	{FIELD_UNIT, "0", false},
	{FIELD_UNIT, "-1", false},
	{FIELD_UNITS, "[4,5]", true},
	{FIELD_UNITS, "[4,99]", false},
	{FIELD_POST, "1", true},
	{FIELD_POST, "999", false},
	{FIELD_PERSON, "1", true},
	{FIELD_PERSON, "999", false},
	{FIELD_BOOL, "true", true},
	{FIELD_BOOL, "false", true},
	{FIELD_BOOL, "1", false},
	{FIELD_HOURS, "8", true},
	{FIELD_HOURS, "-1", false},
	{FIELD_MATTER, "3", true},
	{FIELD_MATTER, "\"3\"", false},
	{FIELD_FILE, "\"a\"", true},
	{FIELD_RULE, "null", false},
	{FIELD_ROWS, "[]", true},
	{FIELD_ROWS, "[{\"person\":1,\"status\":\"high\"}]", true},
	{FIELD_ROWS, "{\"person\":1,\"status\":\"high\"}", false},
	{FIELD_ROWS, "[1]", false},
	{FIELD_ROWS, "[{\"person\":1}]", false},
	{FIELD_ROWS, "[{\"status\":\"high\"}]", false},
	{FIELD_ROWS, "[{\"person\":999,\"status\":\"high\"}]", false},
	{FIELD_ROWS, "[{\"person\":1,\"status\":\"high\",\"mood\":\"x\"}]", false},
	{FIELD_ROWS, "[{\"person\":1,\"status\":\"high\",\"why\":\"a|b\"}]", false},
	{FIELD_ROWS, "[{\"person\":1,\"status\":\"high\",\"why\":\"a\\nb\"}]", false},
	{FIELD_ROWS, "[{\"person\":1,\"status\":\"high\"},{\"person\":1,\"status\":\"low\"}]", false},
	{FIELD_ROWS, "[{\"person\":1,\"status\":\"high\",\"earned\":-1}]", false},
};

static void what_is_stored_is_of_its_kind(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(storings); i++) {
		struct field field = field_of(storings[i].type);
		struct doc *value;
		struct bh_err why;

		assert_int_equal(doc_read(scene->arena, str_from(storings[i].json), &value, &why), ERR_OK);
		expect(storings[i].json,
			(field_value_check(&field, value, scene->org, &why) == ERR_OK) == storings[i].right);
	}
	scene_free(scene);
}

static void a_long_mistake_is_cut_between_characters(void **state)
{
	struct scene *scene = scene_new();
	struct buf buf = buf_new(scene->arena);

	(void)state;
	for (int offset = 0; offset < 3; offset++) {
		struct field field = field_of(FIELD_DATE);
		enum field_type types[] = {FIELD_NUMBER, FIELD_CHOICE, FIELD_UNIT, FIELD_BOOL};

		buf_put_char(&buf, 'x');
		struct buf text = buf_new(scene->arena);

		buf_put(&text, buf_str(&buf));
		for (int i = 0; i < 50; i++)
			buf_puts(&text, "水");
		for (size_t i = 0; i < ARRAY_COUNT(types); i++) {
			struct doc *value;
			struct bh_err why = {0};

			field.type = types[i];
			assert_int_equal(field_value_read(scene->arena, &field, scene->org, buf_str(&text),
						 &value, &why),
				ERR_INVALID);
			expect("still text", utf8_is_valid(str_from(why.text)));
		}
	}
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_type_reads_what_is_right_and_refuses_what_is_not),
		cmocka_unit_test(what_is_shown_can_be_typed_again),
		cmocka_unit_test(posts_and_people_are_shown_by_name),
		cmocka_unit_test(a_name_of_two_units_names_neither),
		cmocka_unit_test(what_is_stored_is_of_its_kind),
		cmocka_unit_test(a_long_mistake_is_cut_between_characters),
	};

	return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
