/* test_rule.c: a rule's text taken apart, and two of them compared: what was put in, taken out, changed or
 * only renumbered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grasp/rule.h"

static const char old_text[] = "# 大额资金使用管理办法\n"
			       "\n"
			       "为规范大额资金使用,制定本办法。\n"
			       "\n"
			       "## 第一章 总则\n"
			       "**第一条** 本办法所称大额资金,是指单笔五十万元以上的支出。\n"
			       "第二条 大额资金使用应当集体讨论决定。\n"
			       "第二条所称集体,是指单位领导班子。\n"
			       "第二章 程序\n"
			       "第三条 使用单位应当提前三日提交材料。\n"
			       "第四条 会议记录保存十年。\n";
static const char new_text[] = "# 大额资金使用管理办法\n"
			       "\n"
			       "为规范大额资金使用,制定本办法。\n"
			       "\n"
			       "## 第一章 总则\n"
			       "第一条 本办法所称大额资金,是指单笔三十万元以上的支出。\n"
			       "第二条 大额资金使用应当集体讨论决定。\n"
			       "第二条所称集体,是指单位领导班子。\n"
			       "## 第二章 程序\n"
			       "第三条 纪检组派员列席会议,不参与表决。\n"
			       "第四条 使用单位应当提前五日提交材料。\n";

static struct rule_text read(struct arena *arena, const char *from)
{
	struct rule_text text;
	struct bh_err why = {0};
	enum err err = rule_text_read(arena, str_from(from), &text, &why);

	if (err != ERR_OK)
		print_error("%s: %s\n", why.place, why.text);
	assert_int_equal(err, ERR_OK);
	return text;
}

static void expect(struct str got, const char *wanted)
{
	if (!str_is(got, wanted))
		print_error("%.*s instead of %s\n", STR_ARG(got), wanted);
	assert_true(str_is(got, wanted));
}

static void a_text_is_taken_apart(void **state)
{
	struct arena *arena = arena_new();
	struct rule_text text = read(arena, old_text);

	(void)state;
	expect(text.title, "大额资金使用管理办法");
	assert_int_equal(text.count, 7);
	assert_int_equal(rule_article_count(&text), 4);
	assert_int_equal(text.parts[0].kind, RULE_PREAMBLE);
	expect(text.parts[0].text, "为规范大额资金使用,制定本办法。");
	assert_int_equal(text.parts[1].kind, RULE_CHAPTER);
	expect(text.parts[1].text, "总则");
	expect(text.parts[2].label, "第一条");
	expect(text.parts[2].text, "本办法所称大额资金,是指单笔五十万元以上的支出。");
	/* A line that only speaks of an article doesn't begin one. */
	expect(text.parts[3].text, "大额资金使用应当集体讨论决定。\n第二条所称集体,是指单位领导班子。");
	assert_int_equal(text.parts[5].number, 3);
	arena_free(arena);
}

static void numbers_are_read_as_they_are_written(void **state)
{
	static const struct {
		const char *text;
		int number, behind;
	} cases[] = {{"第一条 甲", 1, 0}, {"第1条 甲", 1, 0}, {"### Article 1\n甲", 1, 0},
		{"Article 1. A", 1, 0}, {"**Article 1** A", 1, 0}, {"第一条:甲", 1, 0}, {"第一条　甲", 1, 0}};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct rule_text text = read(arena, cases[i].text);

		assert_int_equal(text.parts[0].number, cases[i].number);
		assert_int_equal(text.parts[0].text.size, str_is(text.parts[0].text, "A") ? 1 : 3);
	}
	/* Up to three digits, and those that were put in later. */
	struct buf buf = buf_new(arena);
	static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

	for (int i = 1; i <= 121; i++) {
		buf_puts(&buf, "第");
		if (i >= 100)
			buf_puts(&buf, i % 100 < 10 && i % 100 > 0 ? "一百零" : "一百");
		if (i % 100 >= 10)
			buf_format(&buf, "%s十", i / 10 == 1 ? "" : digits[i / 10 % 10]);
		buf_format(&buf, "%s条 甲\n", digits[i % 10]);
		if (i == 20)
			buf_puts(&buf, "第二十条之一 甲\n第二十条之二 甲\n");
	}
	struct rule_text text = read(arena, buf_str(&buf).data);

	assert_int_equal(text.count, 123);
	assert_int_equal(text.parts[122].number, 121);
	assert_int_equal(text.parts[21].behind, 2);
	arena_free(arena);
}

static void a_text_that_cant_be_right_is_refused_by_its_line(void **state)
{
	static const struct {
		const char *text, *line;
	} cases[] = {{"第一条 甲\n第三条 乙", "line 2"}, {"第二条 甲", "line 1"},
		{"第一条 甲\n第一条 乙", "line 2"}, {"第二章 甲", "line 1"}, {"第一章 总则\n甲", "line 2"},
		{"第一条\n第二条 甲", "第一条"}, {"", "no text"}, {"# 只有标题", "no text"},
		{"第一条 甲\x01", "line 1"}, {"第一条 \xff", "UTF-8"},
		{"第一条 甲\n第一条之二 乙", "line 2"}};
	struct arena *arena = arena_new();
	struct rule_text text;
	struct bh_err why;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		assert_int_equal(rule_text_read(arena, str_from(cases[i].text), &text, &why), ERR_INVALID);
		assert_string_equal(why.place, "text");
		if (str_find(str_from(why.text), str_from(cases[i].line)) == SIZE_MAX)
			print_error("%s\n", why.text);
		assert_true(str_find(str_from(why.text), str_from(cases[i].line)) != SIZE_MAX);
	}
	arena_free(arena);
}

static struct str marked(struct arena *arena, const struct marked_words *words, size_t count)
{
	static const char *const open[] = {"", "[-", "[+"};
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "%s%.*s%s", open[words[i].mark], STR_ARG(words[i].text),
			words[i].mark == WORDS_SAME ? "" : "]");
	return buf_str(&buf);
}

static void words_that_differ_are_marked(void **state)
{
	static const struct {
		const char *before, *after, *marked;
	} cases[] = {{"提前三日提交", "提前五日提交", "提前[-三][+五]日提交"}, {"甲乙", "甲乙", "甲乙"},
		{"within 30 days", "within 45 working days", "within [-30][+45 working] days"},
		{"", "甲", "[+甲]"}, {"甲", "", "[-甲]"},
		/* 十 stays by chance. */
		{"在三十日内", "在十五日内", "在[-三十][+十五]日内"}};
	struct arena *arena = arena_new();
	struct marked_words *words;
	size_t count;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		words_compare(arena, str_from(cases[i].before), str_from(cases[i].after), &words, &count);
		expect(marked(arena, words, count), cases[i].marked);
	}
	arena_free(arena);
}

static void articles_answer_to_each_other(void **state)
{
	static const struct {
		enum rule_change change;
		const char *before, *after;
	} wanted[] = {{RULE_SAME, "", ""}, {RULE_SAME, "第一章", "第一章"},
		{RULE_CHANGED, "第一条", "第一条"}, {RULE_SAME, "第二条", "第二条"},
		{RULE_SAME, "第二章", "第二章"}, {RULE_ADDED, NULL, "第三条"},
		{RULE_CHANGED, "第三条", "第四条"}, {RULE_REMOVED, "第四条", NULL}};
	struct arena *arena = arena_new();
	struct rule_text before = read(arena, old_text), after = read(arena, new_text);
	struct rule_difference *all;
	size_t count;

	(void)state;
	rule_compare(arena, &before, &after, &all, &count);
	assert_int_equal(count, ARRAY_COUNT(wanted));
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(all[i].change, wanted[i].change);
		assert_true((all[i].before == NULL) == (wanted[i].before == NULL));
		assert_true((all[i].after == NULL) == (wanted[i].after == NULL));
		if (wanted[i].before != NULL)
			expect(all[i].before->label, wanted[i].before);
		if (wanted[i].after != NULL)
			expect(all[i].after->label, wanted[i].after);
	}
	expect(marked(arena, all[2].words, all[2].word_count),
		"本办法所称大额资金,是指单笔[-五][+三]十万元以上的支出。");
	arena_free(arena);
}

static void what_only_moved_is_renumbered(void **state)
{
	struct arena *arena = arena_new();
	struct rule_text before = read(arena, "第一条 目的和依据由此说明。\n第二条 适用于区直各单位。\n");
	struct rule_text after = read(
		arena, "第一条 先说明全部用语。\n第二条 目的和依据由此说明。\n第三条 适用于区直各单位。\n");
	struct rule_difference *all;
	size_t count;

	(void)state;
	rule_compare(arena, &before, &after, &all, &count);
	assert_int_equal(count, 3);
	assert_int_equal(all[0].change, RULE_ADDED);
	assert_int_equal(all[1].change, RULE_RENUMBERED);
	assert_int_equal(all[2].change, RULE_RENUMBERED);
	arena_free(arena);
}

/* Whatever is compared, both texts can be read from the result again. */
static void nothing_is_lost_in_a_comparison(void **state)
{
	struct arena *arena = arena_new();
	uint32_t seed = 7;

	(void)state;
	for (int round = 0; round < 300; round++) {
		char sides[2][64];
		struct buf read_back[2] = {buf_new(arena), buf_new(arena)};
		struct marked_words *words;
		size_t count;

		for (int side = 0; side < 2; side++) {
			size_t size = (seed = seed * 1103515245U + 12345U) >> 16 & 31;

			for (size_t i = 0; i < size; i++)
				sides[side][i] = "ab ,1"[((seed = seed * 1103515245U + 12345U) >> 16) % 5];
			sides[side][size] = '\0';
		}
		words_compare(arena, str_from(sides[0]), str_from(sides[1]), &words, &count);
		for (size_t i = 0; i < count; i++) {
			if (words[i].mark != WORDS_ADDED)
				buf_put(&read_back[0], words[i].text);
			if (words[i].mark != WORDS_REMOVED)
				buf_put(&read_back[1], words[i].text);
		}
		for (int side = 0; side < 2; side++)
			expect(buf_str(&read_back[side]), sides[side]);
	}
	arena_free(arena);
}

static const char issue_text[] = "{\"rule\":1,\"version\":1,\"code\":\"big-money\",\"title\":{\"zh\":"
				 "\"办法\"},\"area\":\"money\",\"stages\":[\"policy\"],"
				 "\"unit\":1,\"text\":\"第一条 甲\",\"from\":\"2019-01-01\"%s}";

static enum err read_issue(
	struct arena *arena, const char *more, struct rule_issue *ret_issue, struct bh_err *why)
{
	struct doc *doc;

	assert_int_equal(doc_read(arena, str_format(arena, issue_text, more), &doc, NULL), ERR_OK);
	return rule_issue_read(arena, doc, ret_issue, why);
}

static void what_is_put_into_the_register_is_held_to_its_form(void **state)
{
	static const struct {
		const char *more, *place;
	} cases[] = {{",\"review_on\":\"2020-01-01\"", "review_on"}, {",\"review\":3", "review_on"},
		{",\"review\":3,\"review_on\":\"2019-01-01\"", "review_on"},
		{",\"review\":3,\"review_on\":\"soon\"", "review_on"},
		{",\"procedures\":[\"a\",\"a\"]", "procedures"}};
	struct arena *arena = arena_new();
	struct rule_issue issue;
	struct bh_err why;

	(void)state;
	assert_int_equal(read_issue(arena, "", &issue, &why), ERR_OK);
	assert_int_equal(issue.area, AREA_MONEY);
	assert_int_equal(issue.stages, 1 << STAGE_POLICY);
	assert_int_equal(
		read_issue(arena, ",\"review\":3,\"review_on\":\"2020-01-01\"", &issue, &why), ERR_OK);
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		assert_int_equal(read_issue(arena, cases[i].more, &issue, &why), ERR_INVALID);
		assert_string_equal(why.place, cases[i].place);
	}
	arena_free(arena);
}

static void versions_follow_one_another(void **state)
{
	struct rule_standing none = {0}, one = {.code = STR("big-money"), .versions = 1, .from = {100}};
	struct rule_standing over = one;
	struct rule_issue issue = {.version = 2, .code = STR("big-money"), .from = {101}};
	struct rule_repeal repeal = {.until = {101}};

	(void)state;
	over.repealed = true;
	assert_int_equal(rule_issue_follows(&issue, &one, NULL), ERR_OK);
	assert_int_equal(rule_issue_follows(&issue, &none, NULL), ERR_CONFLICT);
	assert_int_equal(rule_issue_follows(&issue, &over, NULL), ERR_CONFLICT);
	issue.from.number = 100;
	assert_int_equal(rule_issue_follows(&issue, &one, NULL), ERR_INVALID);
	issue.from.number = 101;
	issue.code = STR("other");
	assert_int_equal(rule_issue_follows(&issue, &one, NULL), ERR_INVALID);
	assert_int_equal(rule_repeal_follows(&repeal, &one, NULL), ERR_OK);
	assert_int_equal(rule_repeal_follows(&repeal, &none, NULL), ERR_NOT_FOUND);
	assert_int_equal(rule_repeal_follows(&repeal, &over, NULL), ERR_CONFLICT);
	repeal.until.number = 100;
	assert_int_equal(rule_repeal_follows(&repeal, &one, NULL), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_is_taken_apart),
		cmocka_unit_test(numbers_are_read_as_they_are_written),
		cmocka_unit_test(a_text_that_cant_be_right_is_refused_by_its_line),
		cmocka_unit_test(words_that_differ_are_marked),
		cmocka_unit_test(articles_answer_to_each_other),
		cmocka_unit_test(what_only_moved_is_renumbered),
		cmocka_unit_test(nothing_is_lost_in_a_comparison),
		cmocka_unit_test(what_is_put_into_the_register_is_held_to_its_form),
		cmocka_unit_test(versions_follow_one_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
