/* test_rules.c: the register of rules is believed only as far as its events follow from one another. */
#include "check/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static enum err follow(
	struct told_rules *rules, enum event_kind kind, const char *payload, struct bh_err *why)
{
	struct event event = {.kind = kind};
	struct doc *doc;

	assert_int_equal(doc_read(rules->arena, str_from(payload), &doc, NULL), ERR_OK);
	event.payload = doc;
	return rules_follow(rules, &event, why);
}

#define ISSUE(rule, version, code, text, from)                                                               \
	"{\"rule\":" rule ",\"version\":" version ",\"code\":\"" code                                        \
	"\",\"title\":{\"zh\":\"办法\"},\"area\":\"money\",\"stages\":[\"policy\"],\"unit\":1,\"text\":"   \
	"\"" text "\",\"from\":\"" from "\"}"
#define REPEAL(rule, until) "{\"rule\":" rule ",\"until\":\"" until "\",\"reason\":\"并入新规\"}"

static const struct step {
	enum event_kind kind;
	const char *payload, *wrong; /* wrong NULL: it follows */
} steps[] = {
	{EVENT_RULE_ISSUED, ISSUE("2", "1", "a", "第一条 甲", "2017-01-01"), "isn't the next"},
	{EVENT_RULE_ISSUED, ISSUE("1", "2", "a", "第一条 甲", "2017-01-01"), "isn't the next"},
	{EVENT_RULE_ISSUED, ISSUE("1", "1", "a", "第二条 甲", "2017-01-01"), "numbered"},
	{EVENT_RULE_REPEALED, REPEAL("1", "2018-01-01"), "no such rule"},
	{EVENT_RULE_ISSUED, ISSUE("1", "1", "a", "第一条 甲", "2017-01-01"), NULL},
	{EVENT_RULE_ISSUED, ISSUE("2", "1", "a", "第一条 甲", "2017-01-01"), "another rule has its code"},
	{EVENT_RULE_ISSUED, ISSUE("2", "1", "b", "第一条 甲", "2017-01-01"), NULL},
	{EVENT_RULE_ISSUED, ISSUE("1", "3", "a", "第一条 乙", "2018-01-01"), "isn't the next version"},
	{EVENT_RULE_ISSUED, ISSUE("1", "2", "c", "第一条 乙", "2018-01-01"), "isn't the next version"},
	{EVENT_RULE_ISSUED, ISSUE("1", "2", "a", "第一条 乙", "2017-01-01"), "no later"},
	{EVENT_RULE_ISSUED, ISSUE("1", "2", "a", "第一条 乙", "2018-01-01"), NULL},
	{EVENT_RULE_REPEALED, REPEAL("1", "2018-01-01"), "ended before it began"},
	{EVENT_RULE_REPEALED, REPEAL("1", "2018-01-02"), NULL},
	{EVENT_RULE_REPEALED, REPEAL("1", "2018-01-03"), "repealed before"},
	{EVENT_RULE_ISSUED, ISSUE("1", "3", "a", "第一条 丙", "2019-01-01"), "repealed before"},
};

static void what_could_not_have_been_recorded_is_told(void **state)
{
	struct told_rules rules = {.arena = arena_new()};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		struct bh_err why = {0};
		enum err err = follow(&rules, steps[i].kind, steps[i].payload, &why);

		if ((err == ERR_OK) != (steps[i].wrong == NULL) ||
			(steps[i].wrong != NULL && strstr(why.text, steps[i].wrong) == NULL))
			fail_msg("step %zu: %s", i, why.text);
	}
	assert_int_equal(rules.count, 2);
	arena_free(rules.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(what_could_not_have_been_recorded_is_told)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
