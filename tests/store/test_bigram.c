/* test_bigram.c: text as the words by which it is found, and what was typed as a question. */
#include "store/bigram.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int put_word(void *context, const struct bigram *word)
{
	buf_format(context, "%s%.*s@%zu-%zu ", word->joined ? "+" : "", (int)word->size, word->text,
		word->from, word->to);
	return 0;
}

static void a_text_is_taken_apart(void **state)
{
	static const struct {
		const char *says, *text, *kept, *asked;
	} cases[] = {
		{"nothing", "", "", ""},
		{"signs alone", "% 〔〕,。\"*", "", ""},
		{"two characters", "复耕", "复耕@0-6 +耕@3-6 ", "复耕@0-6 "},
		{"three", "复耕地", "复耕@0-6 耕地@3-9 +地@6-9 ", "复耕@0-6 耕地@3-9 "},
		{"one", "地", "地@0-3 ", "地@0-3 "},
		{"words and figures", "Plan-B 2019", "plan@0-4 b@5-6 2019@7-11 ",
			"plan@0-4 b@5-6 2019@7-11 "},
		{"full width", "ＡＢ１", "ab1@0-9 ", "ab1@0-9 "},
		{"a number of the office", "督〔2019〕3号", "督@0-3 2019@6-10 3@13-14 号@14-17 ",
			"督@0-3 2019@6-10 3@13-14 号@14-17 "},
		{"a run, then figures", "督查3", "督查@0-6 +查@3-6 3@6-7 ", "督查@0-6 3@6-7 "},
		{"other letters", "ÀÉ Σ Ж", "àé@0-4 σ@5-7 ж@8-10 ", "àé@0-4 σ@5-7 ж@8-10 "},
		{"what is no UTF-8 parts words",
			"a\xff"
			"b",
			"a@0-1 b@2-3 ", "a@0-1 b@2-3 "},
		{"rare characters", "𠮷野", "𠮷野@0-7 +野@4-7 ", "𠮷野@0-7 "},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct buf kept = buf_new(arena), asked = buf_new(arena);

		assert_int_equal(bigram_each(str_from(cases[i].text), false, put_word, &kept), 0);
		assert_int_equal(bigram_each(str_from(cases[i].text), true, put_word, &asked), 0);
		if (!str_is(buf_str(&kept), cases[i].kept) || !str_is(buf_str(&asked), cases[i].asked))
			fail_msg("%s: %s | %s", cases[i].says, buf_str(&kept).data, buf_str(&asked).data);
	}
	arena_free(arena);
}

static int put_size(void *context, const struct bigram *word)
{
	*(size_t *)context = word->size;
	return 7;
}

static void a_long_word_is_cut_and_a_caller_may_stop(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf = buf_new(arena);
	size_t size = 0;

	(void)state;
	for (int i = 0; i < 1000; i++)
		buf_puts(&buf, "é");
	assert_int_equal(bigram_each(buf_str(&buf), false, put_size, &size), 7);
	assert_int_equal(size, BIGRAM_WORD_MAX);
	arena_free(arena);
}

static void what_is_typed_is_never_syntax(void **state)
{
	static const struct {
		const char *typed, *want;
	} cases[] = {
		{"", ""},
		{" %  * ", ""},
		{"复耕", "\"复耕\""},
		{"复", "\"复\" *"},
		{"撂荒　复耕", "\"撂荒\" \"复耕\""}, /* a full-width blank */
		{"plan b", "\"plan\" * \"b\" *"},
		{"督〔2019〕1", "\"督〔2019〕1\" *"},
		{"a\" OR \"b", "\"a \" * \"OR\" * \" b\" *"},
		{"NEAR(a b)", "\"NEAR(a\" * \"b)\" *"},
		{"title:x* -y ^z", "\"title:x*\" * \"-y\" * \"^z\" *"},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct str question = bigram_question(arena, str_from(cases[i].typed));

		if (!str_is(question, cases[i].want))
			fail_msg("%s: %.*s", cases[i].typed, STR_ARG(question));
	}
	arena_free(arena);
}

static void it_is_found_where_it_stands(void **state)
{
	static const struct {
		const char *text, *typed, *want; /* want: what is marked; NULL: nothing */
	} cases[] = {
		{"撂荒地复耕一千亩", "复耕", "复耕"},
		{"撂荒地复耕一千亩", "复", "复"},
		{"撂荒地复耕一千亩", "亩", "亩"},
		{"撂荒地复耕一千亩", "荒地复耕", "荒地复耕"},
		{"撂荒地复耕一千亩", "荒复", NULL},
		{"撂荒地复耕一千亩", "没有 一千", "一千"},
		{"督〔2019〕31号", "督〔2019〕3", "督〔2019〕3"},
		{"督〔2019〕31号", "督2019", "督〔2019"},
		{"A Planned thing", "plan", "Plan"},
		{"A Planned thing", "lanned", NULL},
		{"ＰＬＡＮ", "plan", "ＰＬＡＮ"},
		{"", "plan", NULL},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct str text = str_from(cases[i].text);
		size_t from = 0, to = 0;
		bool found = bigram_find(arena, text, str_from(cases[i].typed), &from, &to);

		if (found != (cases[i].want != NULL) ||
			(found && !str_is(str_slice(text, from, to - from), cases[i].want)))
			fail_msg("%s in %s: %.*s", cases[i].typed, cases[i].text,
				STR_ARG(str_slice(text, from, to - from)));
	}
	arena_free(arena);
}

/* The parts may stand in different texts, each of them whole in one. */
static void a_question_is_held_against_texts(void **state)
{
	static const struct {
		const char *typed, *texts[2];
		bool want;
	} cases[] = {
		{"复耕", {"撂荒地复耕一千亩", ""}, true},
		{"复耕", {"", "撂荒地复耕一千亩"}, true},
		{"复亩", {"撂荒地复耕一千亩", ""}, false},
		{"亩", {"撂荒地复耕一千亩", ""}, true},
		{"一千 复耕", {"撂荒地复耕", "一千亩"}, true},
		{"一千 复垦", {"撂荒地复耕", "一千亩"}, false},
		{"复耕一千", {"撂荒地复耕", "一千亩"}, false},
		{"plan", {"A Planned thing", ""}, true},
		{"plan thing", {"A Planned thing", ""}, true},
		{"a\"planned", {"A Planned thing", ""}, true},
		{"planned\"a", {"A Planned thing", ""}, false},
		{"lanned", {"A Planned thing", ""}, false},
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		const struct str texts[] = {str_from(cases[i].texts[0]), str_from(cases[i].texts[1])};
		struct bigram_asked *asked =
			bigram_asked_new(bigram_question(arena, str_from(cases[i].typed)));

		assert_non_null(asked);
		for (int again = 0; again < 2; again++)
			if (bigram_asked_in(asked, texts, 2) != cases[i].want)
				fail_msg("%s", cases[i].typed);
		bigram_asked_free(asked);
	}
	assert_null(bigram_asked_new(STR("复耕")));
	assert_null(bigram_asked_new(STR("\"复耕")));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_taken_apart),
		cmocka_unit_test(a_long_word_is_cut_and_a_caller_may_stop),
		cmocka_unit_test(what_is_typed_is_never_syntax),
		cmocka_unit_test(it_is_found_where_it_stands),
		cmocka_unit_test(a_question_is_held_against_texts),
	};
	return cmocka_run_group_tests_name("store: words", tests, NULL, NULL);
}
