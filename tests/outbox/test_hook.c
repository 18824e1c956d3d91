/* test_hook.c: what robots and webhooks are sent, and what their answers mean. The signatures were reckoned
 * by the formulas of their makers with openssl; that they are right over the line is tested beside a server
 * (sending.mjs). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "outbox/hook.h"

#include <string.h>

static struct arena *arena;
static const struct said said = {
	.text = {"lines \"q\"", 9}, .counts = {"counts", 6}, .name = {"孙", 3}, .link = {"https://b.cn", 12}};
static const struct instant now = {INT64_C(1551664800123456)};

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

static struct hook_call call_of(enum hook_kind kind, const char *secret, bool lines)
{
	const struct hook hook = {
		.kind = kind, .url = STR("https://h.cn/x?t=1"), .secret = str_from(secret), .lines = lines};

	return hook_call(arena, &hook, &said, STR("k1"), now);
}

static void a_robot_is_told_how_many_and_not_of_what(void **state)
{
	struct hook_call call = call_of(HOOK_WECOM, "", false);

	(void)state;
	assert_string_equal(call.body.data, "{\"msgtype\":\"text\",\"text\":{\"content\":\"counts\"}}");
	assert_string_equal(call_of(HOOK_WECOM, "", true).body.data,
		"{\"msgtype\":\"text\",\"text\":{\"content\":\"lines \\\"q\\\"\"}}");
	assert_string_equal(str_copy(arena, call.url).data, "https://h.cn/x?t=1");
}

static void dingtalk_has_its_signature_in_the_query(void **state)
{
	(void)state;
	assert_string_equal(str_copy(arena, call_of(HOOK_DINGTALK, "SECabc", false).url).data,
		"https://h.cn/"
		"x?t=1&timestamp=1551664800123&sign=J%2BAkGY3u5dvIaVwsDnJPSeSpH986gCHyRqQrNFQK2f4%3D");
	assert_string_equal(
		str_copy(arena, call_of(HOOK_DINGTALK, "", false).url).data, "https://h.cn/x?t=1");
}

static void feishu_has_its_signature_in_the_body(void **state)
{
	(void)state;
	assert_string_equal(call_of(HOOK_FEISHU, "abc", false).body.data,
		"{\"timestamp\":\"1551664800\",\"sign\":\"YjQlvZDPLqQxhiJSNlqOF68kH4wj30dN9XLUQyNChwI=\","
		"\"msg_type\":\"text\",\"content\":{\"text\":\"counts\"}}");
	assert_string_equal(call_of(HOOK_FEISHU, "", false).body.data,
		"{\"msg_type\":\"text\",\"content\":{\"text\":\"counts\"}}");
}

static void a_text_is_cut_between_characters(void **state)
{
	struct buf buf = buf_new(arena);
	struct hook hook = {.kind = HOOK_WECOM, .url = STR("https://h.cn/"), .lines = true};

	(void)state;
	buf_puts(&buf, "x");
	for (int i = 0; i < 1000; i++)
		buf_puts(&buf, "督");
	struct said much = {.text = buf_str(&buf)};
	struct str body = hook_call(arena, &hook, &much, STR("k"), now).body;

	assert_true(utf8_is_valid(body) && body.size < 2048);
}

static enum hook_verdict judge(enum hook_kind kind, long status, const char *body)
{
	const struct hook hook = {.kind = kind};
	struct bh_err why = {0};
	enum hook_verdict verdict = hook_judge(arena, &hook, status, str_from(body), &why);

	assert_true((verdict == HOOK_TAKEN) == (why.text[0] == '\0'));
	return verdict;
}

static void an_answer_means_what_its_maker_says(void **state)
{
	static const struct {
		enum hook_kind kind;
		long status;
		const char *body;
		enum hook_verdict verdict;
	} rows[] = {
		{HOOK_WECOM, 200, "{\"errcode\":0,\"errmsg\":\"ok\"}", HOOK_TAKEN},
		{HOOK_WECOM, 200, "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}", HOOK_LATER},
		{HOOK_WECOM, 200, "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}", HOOK_REFUSED},
		{HOOK_DINGTALK, 200, "{\"errcode\":0,\"errmsg\":\"ok\"}", HOOK_TAKEN},
		{HOOK_DINGTALK, 200, "{\"errcode\":310000,\"errmsg\":\"sign not match\"}", HOOK_REFUSED},
		{HOOK_DINGTALK, 200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}", HOOK_LATER},
		{HOOK_FEISHU, 200, "{\"code\":0,\"msg\":\"success\"}", HOOK_TAKEN},
		{HOOK_FEISHU, 200, "{\"StatusCode\":0,\"StatusMessage\":\"success\"}", HOOK_TAKEN},
		{HOOK_FEISHU, 200, "{\"code\":19021,\"msg\":\"sign match fail\"}", HOOK_REFUSED},
		{HOOK_FEISHU, 200, "{\"code\":11232,\"msg\":\"frequency limited\"}", HOOK_LATER},
		{HOOK_FEISHU, 200, "<html>", HOOK_UNCLEAR},
		{HOOK_SIGNED, 204, "", HOOK_TAKEN},
		{HOOK_SIGNED, 302, "", HOOK_REFUSED},
		{HOOK_SIGNED, 404, "", HOOK_REFUSED},
		{HOOK_SIGNED, 429, "", HOOK_LATER},
		{HOOK_SIGNED, 503, "", HOOK_LATER},
		{HOOK_SIGNED, 500, "", HOOK_UNCLEAR},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if (judge(rows[i].kind, rows[i].status, rows[i].body) != rows[i].verdict)
			fail_msg("%ld %s", rows[i].status, rows[i].body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_robot_is_told_how_many_and_not_of_what),
		cmocka_unit_test(dingtalk_has_its_signature_in_the_query),
		cmocka_unit_test(feishu_has_its_signature_in_the_body),
		cmocka_unit_test(a_text_is_cut_between_characters),
		cmocka_unit_test(an_answer_means_what_its_maker_says),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
