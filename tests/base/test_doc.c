/* test_doc.c: JSON in, the canonical form, and JSON out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void assert_text(struct str text, const char *wanted)
{
	if (!str_is(text, wanted))
		fail_msg("'%.*s' where '%s' was wanted", STR_ARG(text), wanted);
}

static struct doc *read_any(struct str text)
{
	struct doc *tree = NULL;
	struct bh_err err;

	if (doc_read(arena, text, &tree, &err) != ERR_OK)
		fail_msg("%.*s: %s: %s", STR_ARG(text), err.place, err.text);
	return tree;
}

static struct doc *read_canonical(struct str text)
{
	struct doc *tree = NULL;
	struct bh_err err;

	if (doc_read_canonical(arena, text, &tree, &err) != ERR_OK)
		fail_msg("%.*s: %s: %s", STR_ARG(text), err.place, err.text);
	return tree;
}

/* ---- the canonical form ---- */

static void canonical_bytes_come_back_as_they_were(void **state)
{
	static const char *const texts[] = {"0", "-1", "9223372036854775807", "-9223372036854775808", "null",
		"true", "false", "\"\"", "\"闭环\"", "\"\\n b\"", "[]", "{}", "[[],{},[1,2]]",
		"{\"0\":1,\"_\":2,\"a\":{\"b\":[null]}}", "{\"a\":1,\"a1\":2,\"a_\":3,\"aa\":4}",
		"{\"09\":1,\"az\":2}", "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u0001\\u001f\x7F\"", "\"🀄\"",
		"{\"actor\":\"q7\",\"due\":\"2019-03-05\",\"fields\":{\"km\":\"12.50\"}}"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		assert_text(doc_print(arena, read_canonical(str_from(texts[i]))), texts[i]);
}

static const struct {
	const char *text, *place, *why;
} refusals[] = {
	{"", "1:1", "cut short"},
	{" 1", "1:1", "no integer"},
	{"1 ", "1:2", "something behind the end"},
	{"1\n", "1:2", "something behind the end"},
	{"\xEF\xBB\xBF"
	 "1",
		"1:1", "no integer"},
	{"01", "1:3", "no leading zero"},
	{"-0", "1:3", "no negative zero"},
	{"-01", "1:4", "no negative zero"},
	{"00", "1:3", "no leading zero"},
	{"-", "1:2", "no integer"},
	{"+1", "1:1", "no integer"},
	{"1.0", "1:2", "something behind the end"},
	{"1e3", "1:2", "something behind the end"},
	{"9223372036854775808", "1:20", "doesn't fit 64 bits"},
	{"-9223372036854775809", "1:21", "doesn't fit 64 bits"},
	{"NaN", "1:1", "no integer"},
	{"nul", "1:1", "a value was expected"},
	{"trueish", "1:5", "something behind the end"},
	{"\"a", "1:3", "a string without an end"},
	{"\"\\", "1:3", "isn't the shortest"},
	{"\"\\n", "1:4", "a string without an end"},
	{"\"a\nb\"", "1:3", "a control character without escape"},
	{"\"\\n\x01\"", "1:4", "a control character without escape"},
	{"\"\\/\"", "1:3", "isn't the shortest"},
	{"\"\\u0041\"", "1:3", "isn't the shortest"},
	{"\"\\u000a\"", "1:3", "isn't the shortest"},
	{"\"\\u0008\"", "1:3", "isn't the shortest"},
	{"\"\\u001F\"", "1:3", "isn't the shortest"},
	{"\"\\u001g\"", "1:3", "isn't the shortest"},
	{"\"\\U001f\"", "1:3", "isn't the shortest"},
	{"\"\\u4e00\"", "1:3", "isn't the shortest"},
	{"\"\\ud83d\\ude02\"", "1:3", "isn't the shortest"},
	{"\"\\u00\"", "1:3", "isn't the shortest"},
	{"\"\\x\"", "1:3", "isn't the shortest"},
	{"\"\xFF\"", "1:1", "no UTF-8"},
	{"\"\xED\xA0\x80\"", "1:1", "no UTF-8"},
	{"{\"b\":1,\"a\":2}", "1:12", "out of byte order"},
	{"{\"a\":1,\"a\":1}", "1:12", "twice the same"},
	{"{\"aa\":1,\"a1\":1}", "1:14", "out of byte order"},
	{"{\"\":1}", "1:4", "an empty key"},
	{"{\"A\":1}", "1:5", "outside [a-z0-9_]"},
	{"{\"a b\":1}", "1:7", "outside [a-z0-9_]"},
	{"{\"\\n\":1}", "1:6", "outside [a-z0-9_]"},
	{"{\"人\":1}", "1:7", "outside [a-z0-9_]"},
	{"{\"a\" :1}", "1:5", "a ':' was expected"},
	{"{\"a\": 1}", "1:6", "no integer"},
	{"{\"a\":1,}", "1:8", "a string was expected"},
	{"{\"a\":1", "1:7", "a ',' or '}' was expected"},
	{"{\"a\":1]", "1:7", "a ',' or '}' was expected"},
	{"{\"a\":", "1:6", "cut short"},
	{"{a:1}", "1:2", "a string was expected"},
	{"[1,]", "1:4", "no integer"},
	{"[1, 2]", "1:4", "no integer"},
	{"[,1]", "1:2", "no integer"},
	{"[1", "1:3", "a ',' or ']' was expected"},
	{"[1}", "1:3", "a ',' or ']' was expected"},
	{"[", "1:2", "cut short"},
	{"1,2", "1:2", "something behind the end"},
};

static void whatever_has_another_form_is_refused_with_its_place(void **state)
{
	struct doc *tree = NULL;
	struct bh_err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(refusals); i++) {
		if (doc_read_canonical(arena, str_from(refusals[i].text), &tree, &err) != ERR_INVALID)
			fail_msg("'%s' is taken", refusals[i].text);
		if (strcmp(err.place, refusals[i].place) != 0 || strstr(err.text, refusals[i].why) == NULL)
			fail_msg("'%s': %s: %s", refusals[i].text, err.place, err.text);
		assert_null(tree);
	}
}

static struct str nested(size_t levels)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < levels; i++)
		buf_put_char(&buf, '[');
	for (size_t i = 0; i < levels; i++)
		buf_put_char(&buf, ']');
	return buf_str(&buf);
}

static void both_readers_stop_at_the_same_depth(void **state)
{
	struct doc *tree;
	struct bh_err err;

	(void)state;
	assert_text(doc_print(arena, read_any(nested(DOC_DEPTH_MAX - 1))), nested(DOC_DEPTH_MAX - 1).data);
	read_canonical(nested(DOC_DEPTH_MAX - 1));
	assert_int_equal(doc_read(arena, nested(DOC_DEPTH_MAX), &tree, &err), ERR_INVALID);
	assert_string_equal(err.text, "it is nested deeper than 31 levels");
	assert_int_equal(doc_read_canonical(arena, nested(DOC_DEPTH_MAX), &tree, &err), ERR_INVALID);
	assert_int_equal(doc_read(arena, nested(100000), &tree, &err), ERR_INVALID);
	assert_int_equal(doc_read_canonical(arena, nested(100000), &tree, &err), ERR_INVALID);
}

/* Whatever text a person may type: printed, read back, the same. */
static void every_text_survives_the_canonical_form(void **state)
{
	char bytes[4];

	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 37) {
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		struct str text = str_copy(arena, (struct str){bytes, utf8_put(c, bytes)});
		struct str printed = doc_print(arena, doc_text(arena, text));

		if (!str_equal(read_canonical(printed)->text, text) ||
			!str_equal(read_any(printed)->text, text))
			fail_msg("U+%04X", c);
	}
}

/* ---- JSON from outside ---- */

static void json_from_outside_becomes_canonical(void **state)
{
	struct doc *tree =
		read_any(STR(" { \"b\" : [ 1 , -0, \"\\u4e00\\/\\ud83d\\ude02\\u0000\" ],\n\"a\":null } "));

	(void)state;
	assert_text(doc_print(arena, tree), "{\"a\":null,\"b\":[1,0,\"一/😂\\u0000\"]}");
	assert_int_equal(read_any(STR("9223372036854775807"))->number, INT64_MAX);
	assert_int_equal(read_any(STR("-9223372036854775808"))->number, INT64_MIN);
	assert_int_equal(read_any(STR("1.0"))->kind, DOC_REAL);
}

static void numbers_beyond_64_bits_are_out_of_range(void **state)
{
	static const char *const texts[] = {"9223372036854775808", "-9223372036854775809", "[1e400]"};
	struct doc *tree = NULL;
	struct bh_err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		assert_int_equal(doc_read(arena, str_from(texts[i]), &tree, &err), ERR_RANGE);
	assert_non_null(strstr(err.text, "a number doesn't fit"));
	assert_null(tree);
}

static void bad_json_is_refused_with_line_and_column(void **state)
{
	static const struct {
		const char *text, *place;
	} rows[] = {{"{\n\"a\":\n x}", "3:2"}, {"", "1:0"}, {"{\"a\":1,\"a\":2}", "1:10"}, {"[1] 2", "1:5"},
		{"\"\xFF\"", "1:1"}, {"{\"a\\u0000\":1}", "1:10"}};
	struct doc *tree = NULL;
	struct bh_err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		if (doc_read(arena, str_from(rows[i].text), &tree, &err) != ERR_INVALID)
			fail_msg("'%s' is taken", rows[i].text);
		if (strcmp(err.place, rows[i].place) != 0)
			fail_msg("'%s': %s: %s", rows[i].text, err.place, err.text);
		assert_null(tree);
	}
	assert_int_equal(doc_read(arena, STR_NONE, &tree, &err), ERR_INVALID);
	assert_int_equal(doc_read(arena, (struct str){"1\0 and more", 11}, &tree, &err), ERR_INVALID);
	assert_string_equal(err.text, "not JSON: there is a NUL byte in it");
	assert_int_equal(doc_read_canonical(arena, (struct str){"1\0", 2}, &tree, &err), ERR_INVALID);
}

/* ---- trees ---- */

static void a_tree_that_was_read_can_be_added_to(void **state)
{
	static const char *const texts[] = {"{}", "{\"k1\":1}", "{\"k1\":1,\"k2\":2,\"k3\":3}",
		"{\"k1\":1,\"k2\":2,\"k3\":3,\"k4\":4,\"k5\":5}"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct doc *trees[] = {read_any(str_from(texts[i])), read_canonical(str_from(texts[i])),
			doc_copy(arena, read_any(str_from(texts[i])))};

		for (size_t t = 0; t < ARRAY_COUNT(trees); t++) {
			size_t before = trees[t]->count;

			for (int k = 0; k < 20; k++)
				doc_set_str(
					arena, trees[t], str_format(arena, "x%02d", k), doc_int(arena, k));
			assert_int_equal(trees[t]->count, before + 20);
			for (size_t k = 1; k <= before; k++)
				assert_int_equal(
					doc_get_int(trees[t], str_format(arena, "k%zu", k).data, -1), k);
			for (int k = 0; k < 20; k++)
				assert_int_equal(
					doc_get_int(trees[t], str_format(arena, "x%02d", k).data, -1), k);
		}
	}
	struct doc *list = read_any(STR("[1,2,3]"));

	for (int k = 0; k < 20; k++)
		doc_push(arena, list, doc_int(arena, 4 + k));
	for (int k = 0; k < 23; k++)
		assert_int_equal(list->items[k].number, k + 1);
}

static void a_copy_outlives_what_it_was_copied_from(void **state)
{
	static const char text[] = "{\"a\":[1,{\"b\":\"c\"},\"\"],\"b\":\"闭环\",\"c\":{},\"d\":[]}";
	struct arena *old = arena_new();
	struct doc *tree, *copy;
	char *bytes = ARENA_TAKE(old, sizeof text, char);

	(void)state;
	memcpy(bytes, text, sizeof text);
	assert_int_equal(doc_read_canonical(old, (struct str){bytes, sizeof text - 1}, &tree, NULL), ERR_OK);
	copy = doc_copy(arena, tree);
	memset(bytes, 'x', sizeof text);
	memset(tree->keys, 0, tree->count * sizeof *tree->keys);
	memset(tree->items, 0, tree->count * sizeof *tree->items);
	arena_free(old);
	assert_text(doc_print(arena, copy), text);
}

static void objects_are_printed_in_byte_order_whatever_order_they_were_set_in(void **state)
{
	struct doc *object = doc_object(arena);

	(void)state;
	doc_set(arena, object, "b", doc_int(arena, 1));
	doc_set(arena, object, "a_", doc_bool(arena, true));
	doc_set(arena, object, "aa", doc_list(arena));
	doc_set(arena, object, "a1", doc_text(arena, STR("x")));
	doc_set(arena, object, "b", doc_int(arena, 2));
	assert_text(doc_print(arena, object), "{\"a1\":\"x\",\"a_\":true,\"aa\":[],\"b\":2}");
}

static void reading_what_is_not_there_gives_the_fallback(void **state)
{
	struct doc *object = read_any(STR("{\"n\":1,\"t\":\"x\",\"yes\":true,\"no\":false}"));

	(void)state;
	assert_int_equal(doc_get_int(object, "n", 7), 1);
	assert_int_equal(doc_get_int(object, "t", 7), 7);
	assert_int_equal(doc_get_int(NULL, "n", 7), 7);
	assert_text(doc_get_text(object, "t"), "x");
	assert_text(doc_get_text(object, "n"), "");
	assert_true(doc_get_bool(object, "yes"));
	assert_false(
		doc_get_bool(object, "no") || doc_get_bool(object, "n") || doc_get_bool(object, "nothing"));
	assert_null(doc_get(doc_list(arena), "n"));
	assert_null(doc_copy(arena, NULL));
}

static void trees_are_equal_when_they_say_the_same(void **state)
{
	static const char *const texts[] = {"null", "true", "false", "0", "1", "0.5", "0.25", "\"\"", "\"0\"",
		"[]", "[0]", "[0,0]", "{}", "{\"a\":0}", "{\"b\":0}", "{\"a\":1}", "{\"a\":0,\"b\":0}",
		"{\"a\":[{\"b\":\"c\"}]}"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		for (size_t j = 0; j < ARRAY_COUNT(texts); j++)
			if (doc_equal(read_any(str_from(texts[i])), read_any(str_from(texts[j]))) != (i == j))
				fail_msg("%s and %s", texts[i], texts[j]);
	assert_true(doc_equal(read_any(STR("{\"a\":1,\"b\":2}")), read_any(STR("{\"b\":2,\"a\":1}"))));
	assert_true(doc_equal(NULL, NULL));
	assert_false(doc_equal(NULL, doc_list(arena)));
	assert_true(doc_equal(read_any(STR("{\"a\":[1,{\"b\":\"c\"}]}")),
		doc_copy(arena, read_any(STR("{\"a\":[1,{\"b\":\"c\"}]}")))));
}

/* ---- streaming out ---- */

static void commas_are_put_by_themselves(void **state)
{
	struct buf buf = buf_new(arena);
	struct json_out out = json_out_new(&buf);

	(void)state;
	json_out_open(&out, '{');
	json_out_field_int(&out, "n", INT64_MIN);
	json_out_field_text(&out, "t", STR("a\"b"));
	json_out_field_bool(&out, "b", false);
	json_out_key(&out, "list");
	json_out_open(&out, '[');
	json_out_null(&out);
	json_out_int(&out, 0);
	json_out_text(&out, STR(""));
	json_out_bool(&out, true);
	json_out_open(&out, '{');
	json_out_close(&out, '}');
	json_out_tree(&out, read_any(STR("{\"z\":[1]}")));
	json_out_close(&out, ']');
	json_out_key(&out, "empty");
	json_out_open(&out, '[');
	json_out_close(&out, ']');
	json_out_close(&out, '}');
	assert_text(buf_str(&buf), "{\"n\":-9223372036854775808,\"t\":\"a\\\"b\",\"b\":false,"
				   "\"list\":[null,0,\"\",true,{},{\"z\":[1]}],\"empty\":[]}");
	read_any(buf_str(&buf));
}

static void escapes_are_the_shortest(void **state)
{
	static const char *const shown[] = {"\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005",
		"\\u0006", "\\u0007", "\\b", "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f",
		"\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
		"\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f"};

	(void)state;
	for (int c = 0; c < 0x80; c++) {
		struct buf buf = buf_new(arena);
		char byte = (char)c;
		struct str wanted = c < 0x20    ? str_from(shown[c])
				    : c == '"'  ? STR("\\\"")
				    : c == '\\' ? STR("\\\\")
						: (struct str){&byte, 1};

		json_put_text(&buf, (struct str){&byte, 1});
		assert_text(buf_str(&buf), str_format(arena, "\"%.*s\"", STR_ARG(wanted)).data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(canonical_bytes_come_back_as_they_were),
		cmocka_unit_test(whatever_has_another_form_is_refused_with_its_place),
		cmocka_unit_test(both_readers_stop_at_the_same_depth),
		cmocka_unit_test(every_text_survives_the_canonical_form),
		cmocka_unit_test(json_from_outside_becomes_canonical),
		cmocka_unit_test(numbers_beyond_64_bits_are_out_of_range),
		cmocka_unit_test(bad_json_is_refused_with_line_and_column),
		cmocka_unit_test(a_tree_that_was_read_can_be_added_to),
		cmocka_unit_test(a_copy_outlives_what_it_was_copied_from),
		cmocka_unit_test(objects_are_printed_in_byte_order_whatever_order_they_were_set_in),
		cmocka_unit_test(reading_what_is_not_there_gives_the_fallback),
		cmocka_unit_test(trees_are_equal_when_they_say_the_same),
		cmocka_unit_test(commas_are_put_by_themselves),
		cmocka_unit_test(escapes_are_the_shortest),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
