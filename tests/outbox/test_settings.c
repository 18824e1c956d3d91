/* test_settings.c: outbox.json, and the addresses to which mail may go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "outbox/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/bihuan-outbox-XXXXXX";
static struct arena *arena;
static struct settings settings;
static struct bh_err why;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	return mkdtemp(folder) == NULL;
}

static int end(void **state)
{
	(void)state;
	unlink(str_format(arena, "%s/" OUTBOX_FILE, folder).data);
	rmdir(folder);
	arena_free(arena);
	return 0;
}

static enum err read_with(const char *text, mode_t mode)
{
	const char *path = str_format(arena, "%s/" OUTBOX_FILE, folder).data;
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
	memset(&why, 0, sizeof why);
	return settings_read(str_from(folder), arena, &settings, &why);
}

#define MAIL "\"mail\": {\"host\": \"mail.x.cn\", \"tls\": \"starttls\", \"from\": \"b@x.cn\"%s}"
#define HEAD "{\"link\": \"https://b.x.cn/\", \"hosts\": [\"mail.x.cn\", \"oapi.dingtalk.com\"], "
#define HOOK                                                                                                 \
	"\"hooks\": [{\"name\": \"office\", \"kind\": \"dingtalk\", \"url\": \"%s\", \"secret\": "           \
	"\"SECabc\"}]"

static void there_is_none_before_somebody_writes_it(void **state)
{
	(void)state;
	assert_int_equal(settings_read(str_from(folder), arena, &settings, &why), ERR_NOT_FOUND);
	assert_false(outbox_setup_read(str_from(folder), arena).there);
}

static void it_is_read_whole(void **state)
{
	const char *text = str_format(arena, HEAD MAIL ", " HOOK "}", ", \"domains\": [\"x.cn\"]",
		"https://oapi.dingtalk.com/robot/send?access_token=t0k3n")
				   .data;

	(void)state;
	assert_int_equal(read_with(text, 0600), ERR_OK);
	assert_string_equal(str_copy(arena, settings.link).data, "https://b.x.cn");
	assert_int_equal(settings.mail_server.port, 587);
	assert_false(settings.mail_server.implicit);
	assert_int_equal(settings.hook_count, 1);
	assert_string_equal(settings_hook(&settings, STR("office"))->host.data == NULL
				    ? ""
				    : str_copy(arena, settings.hooks[0].host).data,
		"oapi.dingtalk.com");
	assert_false(settings.hooks[0].lines);
	assert_int_equal(settings_address_may(&settings, STR("li.ming@X.cn"), &why), ERR_OK);
	assert_int_equal(settings_address_may(&settings, STR("li.ming@qq.com"), &why), ERR_FORBIDDEN);
	struct outbox_setup setup = outbox_setup_read(str_from(folder), arena);

	assert_true(setup.there && setup.mail && setup.hook_count == 1 && setup.fault.size == 0);
}

static void others_may_not_read_it(void **state)
{
	(void)state;
	assert_int_equal(read_with(HEAD "\"hooks\": []}", 0640), ERR_FORBIDDEN);
	assert_int_equal(read_with(HEAD "\"hooks\": []}", 0604), ERR_FORBIDDEN);
	assert_non_null(strstr(outbox_setup_read(str_from(folder), arena).fault.data, "chmod 600"));
	assert_int_equal(read_with(HEAD "\"hooks\": []}", 0400), ERR_OK);
}

static void what_is_wrong_with_it_is_named_and_no_secret_is_said(void **state)
{
	static const struct {
		const char *text, *place;
	} rows[] = {
		{"", "1:0"},
		{"{}", "link"},
		{"{\"link\": \"b.x.cn\"}", "link"},
		{HEAD "\"mial\": {}}", OUTBOX_FILE},
		{HEAD "\"inside\": [\"10.0.0.0/40\"]}", "inside"},
		{HEAD "\"mail\": {\"host\": \"evil.x.cn\", \"tls\": \"starttls\", \"from\": \"b@x.cn\"}}",
			"mail.host"},
		{HEAD "\"mail\": {\"host\": \"mail.x.cn\", \"tls\": \"none\", \"from\": \"b@x.cn\"}}",
			"mail.tls"},
		{HEAD "\"mail\": {\"host\": \"mail.x.cn\", \"tls\": \"implicit\", \"from\": \"nobody\"}}",
			"mail.from"},
		{HEAD "\"mail\": {\"host\": \"mail.x.cn\", \"tls\": \"implicit\", \"from\": \"b@x.cn\", "
		      "\"user\": \"b\"}}",
			"password"},
		{HEAD "\"mail\": {\"host\": \"mail.x.cn\", \"tls\": \"implicit\", \"from\": \"b@x.cn\", "
		      "\"port\": 0}}",
			"mail.port"},
		{HEAD "\"hooks\": [{\"name\": \"mail\", \"kind\": \"wecom\", \"url\": "
		      "\"https://oapi.dingtalk.com/s3cr3t\"}]}",
			"hooks.name"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"slack\", \"url\": "
		      "\"https://oapi.dingtalk.com/s3cr3t\"}]}",
			"hooks.kind"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"signed\", \"url\": "
		      "\"https://oapi.dingtalk.com/s3cr3t\"}]}",
			"secret"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"wecom\", \"url\": "
		      "\"http://oapi.dingtalk.com/s3cr3t\"}]}",
			"hooks.url"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"wecom\", \"url\": "
		      "\"https://qyapi.weixin.qq.com/s3cr3t\"}]}",
			"hooks.url"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"wecom\", \"url\": "
		      "\"https://oapi.dingtalk.com@evil.cn/s3cr3t\"}]}",
			"hooks.url"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"wecom\", \"url\": "
		      "\"https://oapi.dingtalk.com:80x/s3cr3t\"}]}",
			"hooks.url"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"wecom\", \"url\": "
		      "\"https://oapi.dingtalk.com\\\\@evil.cn/s3cr3t\"}]}",
			"hooks.url"},
		{HEAD "\"hooks\": [{\"name\": \"a\", \"kind\": \"wecom\", \"url\": "
		      "\"https://OAPI.dingtalk.com/s3cr3t\"}]}",
			"hooks.url"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		if (read_with(rows[i].text, 0600) == ERR_OK)
			fail_msg("this must be refused: %s", rows[i].text);
		assert_string_equal(why.place, rows[i].place);
		assert_null(strstr(why.text, "s3cr3t"));
		assert_null(strstr(why.text_zh, "s3cr3t"));
	}
}

static void an_address_is_plain_or_it_is_none(void **state)
{
	static const char *const plain[] = {"a@b.cn", "li.ming+x@mail.x-y.gov.cn", "o'neill@b.cn"};
	static const char *const wrong[] = {"", "@b.cn", "a@", "a", "a@b@c.cn", "a b@c.cn",
		"a@b.cn\r\nBcc: x@y.cn", "<a@b.cn>", "a@b.cn>", "\"a\"@b.cn", "a@b.cn,c@d.cn", "-a@b.cn",
		"a@-b.cn", "a@.cn", "a@b.", "张@b.cn", "a@b!c.cn", "a;rm@b.cn"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(plain); i++)
		if (!address_is_plain(str_from(plain[i])))
			fail_msg("%s is an address", plain[i]);
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		if (address_is_plain(str_from(wrong[i])))
			fail_msg("%s is none", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_is_none_before_somebody_writes_it),
		cmocka_unit_test(it_is_read_whole),
		cmocka_unit_test(others_may_not_read_it),
		cmocka_unit_test(what_is_wrong_with_it_is_named_and_no_secret_is_said),
		cmocka_unit_test(an_address_is_plain_or_it_is_none),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
