/* test_settings.c: sign-in.json, read strictly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "outside/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD                                                                                                 \
	"{\"link\": \"https://b.x.cn/\", \"hosts\": [\"id.x.cn\", \"127.0.0.1\"], \"local\": \"everyone\", "
#define OIDC(more) "\"oidc\": {\"issuer\": \"https://id.x.cn/a\", \"client\": \"b\"" more "}"
#define LDAP(host, tls, more)                                                                                \
	"\"ldap\": {\"host\": \"" host "\", \"tls\": \"" tls                                                 \
	"\", \"user\": \"cn=s\", \"password\": \"s3cr3t\", \"base\": \"dc=x\"" more "}"
#define FILTER ", \"filter\": \"(uid={name})\""

static char folder[] = "/tmp/bihuan-outside-XXXXXX";
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
	unlink(str_format(arena, "%s/" OUTSIDE_FILE, folder).data);
	rmdir(folder);
	arena_free(arena);
	return 0;
}

static enum err read_with(const char *text, mode_t mode)
{
	const char *path = str_format(arena, "%s/" OUTSIDE_FILE, folder).data;
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	assert_int_equal(chmod(path, mode), 0);
	return outside_settings_read(str_from(folder), arena, &settings, &why);
}

static void nothing_there_is_nothing_set_up(void **state)
{
	struct outside_setup setup;

	(void)state;
	unlink(str_format(arena, "%s/" OUTSIDE_FILE, folder).data);
	assert_int_equal(outside_settings_read(str_from(folder), arena, &settings, &why), ERR_NOT_FOUND);
	setup = outside_setup_read(str_from(folder), arena);
	assert_false(setup.there || setup.local_closed || setup.oidc.there || setup.ldap.there);
}

static void it_is_read_whole(void **state)
{
	(void)state;
	assert_int_equal(
		read_with(HEAD OIDC(", \"secret\": \"s\", \"secret_by\": \"post\", \"algs\": [\"ES256\"], "
				    "\"strong\": {\"amr\": [\"otp\"]}") ", " LDAP("id.x.cn", "starttls",
				  FILTER) "}",
			0600),
		ERR_OK);
	assert_string_equal(settings.link.data, "https://b.x.cn");
	assert_true(settings.oidc_way.there && settings.ldap_way.there && !settings.local_closed);
	assert_true(settings.oidc.secret_in_body && settings.oidc.algs == 1U << TOKEN_ES256);
	assert_string_equal(settings.oidc.scope.data, "openid");
	assert_int_equal(settings.oidc.amr_count, 1);
	assert_int_equal(settings.ldap.port, 389);
	assert_string_equal(settings.ldap.subject.data, "entryUUID");
	assert_int_equal(read_with(HEAD LDAP("127.0.0.1", "none", FILTER) "}", 0600), ERR_OK);
	assert_int_equal(read_with(HEAD LDAP("id.x.cn", "implicit", FILTER) "}", 0600), ERR_OK);
	assert_int_equal(settings.ldap.port, 636);
}

static void others_may_not_read_it_and_a_fault_closes_passwords(void **state)
{
	struct outside_setup setup;

	(void)state;
	assert_int_equal(read_with(HEAD OIDC("") "}", 0640), ERR_FORBIDDEN);
	setup = outside_setup_read(str_from(folder), arena);
	assert_true(setup.there && setup.local_closed && !setup.oidc.there);
	assert_non_null(strstr(setup.fault.data, "chmod 600"));
}

static void what_is_wrong_with_it_is_named_and_no_secret_is_said(void **state)
{
	static const struct {
		const char *text, *place;
	} rows[] = {
		{"{}", "local"},
		{"{\"local\": \"nobody\"}", "local"},
		{"{\"local\": \"break_glass\"}", "local"},
		{"{\"local\": \"everyone\", \"oidc\": {}}", "issuer"},
		{HEAD "\"odic\": {}}", OUTSIDE_FILE},
		{HEAD OIDC(", \"algs\": [\"HS256\"]") "}", "oidc.algs"},
		{HEAD OIDC(", \"algs\": [\"none\"]") "}", "oidc.algs"},
		{HEAD OIDC(", \"secret_by\": \"jwt\"") "}", "oidc.secret_by"},
		{HEAD OIDC(", \"strong\": {\"amr\": \"otp\"}") "}", "amr"},
		{HEAD OIDC(", \"admin\": \"groups\"") "}", "oidc"},
		{HEAD "\"oidc\": {\"issuer\": \"http://id.x.cn\", \"client\": \"b\"}}", "oidc.issuer"},
		{HEAD "\"oidc\": {\"issuer\": \"https://evil.cn\", \"client\": \"b\"}}", "oidc.issuer"},
		{HEAD "\"oidc\": {\"issuer\": \"https://id.x.cn?a\", \"client\": \"b\"}}", "oidc.issuer"},
		{"{\"local\": \"everyone\", \"hosts\": [\"id.x.cn\"], " OIDC("") "}", "link"},
		{HEAD LDAP("evil.cn", "starttls", FILTER) "}", "ldap.host"},
		{HEAD LDAP("id.x.cn", "none", FILTER) "}", "ldap.tls"},
		{"{\"hosts\": [\"127.x.cn\"], \"local\": \"everyone\", " LDAP("127.x.cn", "none", FILTER) "}",
			"ldap.tls"},
		{HEAD LDAP("id.x.cn", "maybe", FILTER) "}", "ldap.tls"},
		{HEAD LDAP("id.x.cn", "implicit", "") "}", "filter"},
		{HEAD LDAP("id.x.cn", "implicit", ", \"filter\": \"(uid=*)\"") "}", "ldap.filter"},
		{HEAD LDAP("id.x.cn", "implicit", FILTER ", \"subject\": \"a b\"") "}", "ldap.subject"},
		{HEAD LDAP("id.x.cn", "implicit", FILTER ", \"port\": 70000") "}", "ldap.port"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		if (read_with(rows[i].text, 0600) == ERR_OK || strcmp(why.place, rows[i].place) != 0)
			fail_msg("%s: %s: %s", rows[i].text, why.place, why.text);
		assert_null(strstr(why.text, "s3cr3t"));
	}
}

static void only_listed_hosts_are_called(void **state)
{
	static const char *const wrong[] = {"https://evil.cn/", "http://id.x.cn/", "https://id.x.cn@evil.cn/",
		"https://id.x.cn.evil.cn/", "https://ID.x.cn/", "https://id.x.cn\\@evil.cn/",
		"file:///etc/passwd", ""};

	(void)state;
	assert_int_equal(read_with(HEAD OIDC("") "}", 0600), ERR_OK);
	assert_int_equal(
		outside_url_may(&settings, STR("https://id.x.cn:8443/token?x=1"), "p", &why), ERR_OK);
	for (size_t i = 0; i < ARRAY_COUNT(wrong); i++)
		if (outside_url_may(&settings, str_from(wrong[i]), "p", &why) == ERR_OK)
			fail_msg("%s was taken", wrong[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_there_is_nothing_set_up),
		cmocka_unit_test(it_is_read_whole),
		cmocka_unit_test(others_may_not_read_it_and_a_fault_closes_passwords),
		cmocka_unit_test(what_is_wrong_with_it_is_named_and_no_secret_is_said),
		cmocka_unit_test(only_listed_hosts_are_called),
	};

	return cmocka_run_group_tests_name("outside: settings", tests, begin, end);
}
