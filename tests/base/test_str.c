/* test_str.c: text, UTF-8, text being written, and errors that show text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/words.h"

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

/* ---- text ---- */

static void texts_are_compared_by_bytes(void **state)
{
	(void)state;
	assert_true(str_equal(STR("闭环"), str_copy(arena, STR("闭环"))));
	assert_true(str_equal(STR_NONE, STR("")));
	assert_false(str_equal(STR("a"), STR("ab")));
	assert_true(str_compare(STR("a"), STR("ab")) < 0);
	assert_true(str_compare(STR("b"), STR("ab")) > 0);
	assert_true(str_compare(STR("\x7F"), STR("\x80")) < 0); /* bytes have no sign */
	assert_int_equal(str_compare(STR_NONE, STR("")), 0);
	assert_true(str_is(str_from(NULL), ""));
	assert_true(str_starts(STR("tile/0"), "tile/") && !str_starts(STR("til"), "tile"));
	assert_true(str_ends(STR("000.p"), ".p") && !str_ends(STR("p"), ".p"));
	assert_true(str_starts(STR_NONE, "") && str_ends(STR_NONE, ""));
}

static void a_slice_is_clipped_to_the_text(void **state)
{
	(void)state;
	assert_text(str_slice(STR("abcd"), 1, 2), "bc");
	assert_text(str_slice(STR("abcd"), 3, SIZE_MAX), "d");
	assert_text(str_slice(STR("abcd"), 9, 1), "");
	assert_text(str_slice(STR_NONE, 0, 5), "");
}

static void white_space_of_both_scripts_is_trimmed(void **state)
{
	(void)state;
	assert_text(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
	assert_text(str_trim(STR("\u3000 闭环\u3000\u3000")), "闭环");
	assert_text(str_trim(STR(" \u3000 ")), "");
	assert_text(str_trim(STR("\u00A0a")), "\u00A0a");
}

static void a_text_is_cut_at_each_separator(void **state)
{
	struct str rest = STR("a,,b,"), part;

	(void)state;
	assert_true(str_cut(&rest, ',', &part) && str_is(part, "a"));
	assert_true(str_cut(&rest, ',', &part) && part.size == 0);
	assert_true(str_cut(&rest, ',', &part) && str_is(part, "b"));
	assert_true(str_cut(&rest, ',', &part) && part.size == 0);
	assert_false(str_cut(&rest, ',', &part));
	rest = STR("");
	assert_true(str_cut(&rest, ',', &part) && part.size == 0);
	assert_false(str_cut(&rest, ',', &part));
}

static void a_text_is_found_where_it_first_stands(void **state)
{
	(void)state;
	assert_int_equal(str_find(STR("ababc"), STR("abc")), 2);
	assert_int_equal(str_find(STR("ab"), STR("")), 0);
	assert_true(str_find(STR("ab"), STR("abc")) == SIZE_MAX);
	assert_true(str_find(STR_NONE, STR("a")) == SIZE_MAX);
	assert_int_equal(str_find(STR("abc"), STR("c")), 2);
}

static void copies_end_in_a_nul(void **state)
{
	struct str copy = str_copy(arena, str_slice(STR("abcd"), 0, 2));

	(void)state;
	assert_string_equal(copy.data, "ab");
	assert_string_equal(str_copy(arena, STR_NONE).data, "");
	assert_string_equal(str_format(arena, "%d %.*s", 7, STR_ARG(copy)).data, "7 ab");
}

static const struct {
	const char *text;
	bool good;
	int64_t value;
} ints[] = {
	{"0", true, 0},
	{"-0", true, 0},
	{"007", true, 7},
	{"9223372036854775807", true, INT64_MAX},
	{"-9223372036854775808", true, INT64_MIN},
	{"9223372036854775808", false, 0},
	{"-9223372036854775809", false, 0},
	{"99999999999999999999999", false, 0},
	{"", false, 0},
	{"-", false, 0},
	{"+1", false, 0},
	{" 1", false, 0},
	{"1 ", false, 0},
	{"--1", false, 0},
	{"0x1", false, 0},
	{"1.0", false, 0},
	{"١", false, 0},
};

static void only_whole_decimals_in_64_bits_are_integers(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(ints); i++) {
		int64_t value = 0;
		bool good = str_to_int(str_from(ints[i].text), &value);

		if (good != ints[i].good || value != ints[i].value)
			fail_msg("'%s' gives %d, %lld", ints[i].text, good, (long long)value);
	}
}

static void the_nearest_name_is_the_one_with_fewest_changes(void **state)
{
	static const char *const names[] = {"verify", "export", "提交", "办结"};

	(void)state;
	assert_string_equal(str_nearest(arena, STR("verfy"), names, ARRAY_COUNT(names)), "verify");
	assert_string_equal(str_nearest(arena, STR("exprot"), names, ARRAY_COUNT(names)), "export");
	assert_string_equal(str_nearest(arena, STR("提文"), names, ARRAY_COUNT(names)), "提交");
	/* Two neighbours that changed places are one change: nearer than two others. */
	const char *const actions[] = {"send", "sign"};

	assert_string_equal(str_nearest(arena, STR("sing"), actions, ARRAY_COUNT(actions)), "sign");
	assert_null(str_nearest(arena, STR("banana"), names, ARRAY_COUNT(names)));
	/* Counted by characters: two wrong ones of two are no slip of the pen. */
	assert_null(str_nearest(arena, STR("甲乙"), names, ARRAY_COUNT(names)));
	assert_null(str_nearest(arena, STR("verify"), names, 0));
}

/* ---- UTF-8 ---- */

static void utf8_is_what_the_standard_says(void **state)
{
	static const char *const good[] = {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
		"\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
		"闭环🀄"};
	static const char *const bad[] = {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41",
		"\xE0\x9F\xBF", "\xE0\xA0", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF", "a\xFF", "\xE9\x97\xAD\xE7\x8E"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(good); i++)
		if (!utf8_is_valid(str_from(good[i])))
			fail_msg("good text %zu is refused", i);
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		if (utf8_is_valid(str_from(bad[i])))
			fail_msg("bad text %zu is accepted", i);
	assert_true(utf8_is_valid((struct str){"a\0b", 3}));
}

static void every_character_is_written_and_read_back(void **state)
{
	char bytes[4];

	(void)state;
	for (uint32_t c = 0, back = 0; c <= 0x10FFFF; c++) {
		struct str text = {bytes, utf8_put(c, bytes)};
		bool surrogate = c >= 0xD800 && c <= 0xDFFF;

		if (utf8_is_valid(text) == surrogate)
			fail_msg("U+%04X", c);
		if (!surrogate && (utf8_next(text, 0, &back) != text.size || back != c))
			fail_msg("U+%04X comes back as U+%04X", c, back);
	}
}

static void a_bad_byte_is_passed_alone(void **state)
{
	uint32_t c;

	(void)state;
	assert_int_equal(utf8_next(STR("\xE9\x97 a"), 0, &c), 1);
	assert_int_equal(c, 0xFFFD);
	assert_int_equal(utf8_next(STR("a\xFF"), 1, &c), 1);
	assert_int_equal(c, 0xFFFD);
}

static void wide_characters_take_two_columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_width(STR("")), 0);
	assert_int_equal(utf8_width(STR("abc")), 3);
	assert_int_equal(utf8_width(STR("闭环，《a》")), 11);
	assert_int_equal(utf8_width(STR("é—")), 2);
}

/* ---- text being written ---- */

static void a_buffer_grows_and_keeps_what_was_put(void **state)
{
	struct buf buf = buf_new(arena);

	(void)state;
	assert_string_equal(buf_str(&buf).data, "");
	for (int i = 0; i < 1000; i++) {
		buf_put_char(&buf, 'a');
		buf_puts(&buf, "b");
		buf_put(&buf, STR_NONE);
		buf_format(&buf, "%03d", i);
	}
	struct str text = buf_str(&buf);

	assert_int_equal(text.size, 5000);
	assert_int_equal(text.data[text.size], '\0');
	for (size_t i = 0; i < 1000; i++)
		assert_true(str_equal(str_slice(text, 5 * i, 5), str_format(arena, "ab%03zu", i)));
}

/* ---- errors ---- */

static void an_error_is_one_line_of_utf8_whatever_it_shows(void **state)
{
	static const char long_text[] = "闭环闭环闭环闭环闭环闭环闭环闭环闭环闭环";
	struct bh_err err;
	struct buf buf = buf_new(arena);

	(void)state;
	assert_int_equal(err_set(&err, ERR_INVALID, "a\nb", "'%.*s' is\tno date\x7F",
				 STR_ARG(str_slice(str_from(long_text), 0, 40))),
		ERR_INVALID);
	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.place, "a b");
	assert_string_equal(err.text, "'闭环闭环闭环闭环闭环闭环闭?' is no date ");
	/* Longer than an error can be: cut, and still UTF-8. */
	for (int i = 0; i < 100; i++)
		buf_puts(&buf, long_text);
	assert_int_equal(err_set(&err, ERR_IO, buf_str(&buf).data, "x%s", buf_str(&buf).data), ERR_IO);
	assert_true(utf8_is_valid(str_from(err.place)) && utf8_is_valid(str_from(err.text)));
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
	assert_int_equal(err_set(&err, ERR_IO, "\x80", "a b\x80"), ERR_IO);
	assert_string_equal(err.place, "?");
	assert_string_equal(err.text, "a b?");
	/* U+FFFD itself is a character as any other. */
	assert_int_equal(err_set(&err, ERR_IO, NULL, "\uFFFD"), ERR_IO);
	assert_string_equal(err.text, "\uFFFD");
	assert_string_equal(err.place, "");
	assert_int_equal(err_set(NULL, ERR_FULL, "", "nobody asks"), ERR_FULL);
}

static void a_value_in_both_languages_is_said_in_each(void **state)
{
	char name[64], both[ERR_BOTH_SIZE], wide[1100];
	struct bh_err why, outer;

	(void)state;
	(void)!err_set(&why, ERR_INVALID, "", "%s: %s", "a",
		words_both(name, sizeof name, STR("档案"), STR("Archives")));
	assert_string_equal(why.text, "a: Archives");
	assert_string_equal(why.text_zh, "a: 档案");
	(void)!err_set(&outer, ERR_INVALID, "", "%s: %s", "b", err_both(&why, both));
	assert_string_equal(outer.text, "b: a: Archives");
	assert_string_equal(outer.text_zh, "b: a: 档案");
	/* However long the one is, the other is whole. */
	memset(wide, 'w', sizeof wide - 1);
	wide[sizeof wide - 1] = '\0';
	(void)!err_set_both(&why, ERR_INVALID, "", wide, "short");
	(void)!err_set(&outer, ERR_INVALID, "", "%s: %s", "c", err_both(&why, both));
	assert_string_equal(outer.text, "c: short");
	assert_int_equal(strlen(outer.text_zh), sizeof outer.text_zh - 1);
}

static void every_error_has_a_row_of_its_own(void **state)
{
	(void)state;
	for (enum err a = ERR_OK; a < ERR_COUNT; a++) {
		assert_true(strlen(err_name(a)) > 0 && strlen(err_meaning(a)) > 0);
		assert_in_range(err_exit(a), 0, 3);
		assert_in_range(err_http(a), 200, 599);
		assert_true((err_exit(a) == 0) == (a == ERR_OK));
		/* Only what was our difficulty, not the asker's, may be asked again. */
		assert_true(IMPLIES(err_may_retry(a), err_exit(a) == 3));
		for (enum err b = ERR_OK; b < a; b++)
			assert_string_not_equal(err_name(a), err_name(b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_compared_by_bytes),
		cmocka_unit_test(a_slice_is_clipped_to_the_text),
		cmocka_unit_test(white_space_of_both_scripts_is_trimmed),
		cmocka_unit_test(a_text_is_cut_at_each_separator),
		cmocka_unit_test(a_text_is_found_where_it_first_stands),
		cmocka_unit_test(copies_end_in_a_nul),
		cmocka_unit_test(only_whole_decimals_in_64_bits_are_integers),
		cmocka_unit_test(the_nearest_name_is_the_one_with_fewest_changes),
		cmocka_unit_test(utf8_is_what_the_standard_says),
		cmocka_unit_test(every_character_is_written_and_read_back),
		cmocka_unit_test(a_bad_byte_is_passed_alone),
		cmocka_unit_test(wide_characters_take_two_columns),
		cmocka_unit_test(a_buffer_grows_and_keeps_what_was_put),
		cmocka_unit_test(an_error_is_one_line_of_utf8_whatever_it_shows),
		cmocka_unit_test(a_value_in_both_languages_is_said_in_each),
		cmocka_unit_test(every_error_has_a_row_of_its_own),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
