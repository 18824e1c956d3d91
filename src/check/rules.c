#include "check/rules.h"

#include <stdio.h>

static enum err wrong(struct bh_err *reterr, const struct event *event, const char *what)
{
	char place[64];

	snprintf(place, sizeof place, "rule %lld", (long long)doc_get_int(event->payload, "rule", 0));
	return err_set(reterr, ERR_TAMPERED, place, "%s", what);
}

static bool has_code(const struct told_rules *rules, struct str code)
{
	for (size_t i = 0; rules->items != NULL && i < rules->count; i++)
		if (str_equal(rules->items[i].code, code))
			return true;
	return false;
}

static enum err follow_issue(struct told_rules *rules, const struct event *event, struct bh_err *reterr)
{
	struct arena *scratch = arena_new();
	struct rule_issue issue;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];
	enum err err = rule_issue_read(scratch, event->payload, &issue, &why);

	arena_free(scratch);
	if (err != ERR_OK)
		return wrong(reterr, event, err_both(&why, both));
	struct told_rule *told =
		issue.rule < 1 || (uint64_t)issue.rule > rules->count ? NULL : &rules->items[issue.rule - 1];

	if (told == NULL && (issue.rule != (int64_t)rules->count + 1 || issue.version != 1))
		return wrong(reterr, event, "rules are numbered without a gap, and this isn't the next");
	if (told == NULL && has_code(rules, issue.code))
		return wrong(reterr, event, "another rule has its code");
	if (told == NULL) {
		told = ARENA_PUSH(rules->arena, rules->items, rules->count, rules->capacity);
		*told = (struct told_rule){.code = str_copy(rules->arena, issue.code)};
	} else if (told->repealed) {
		return wrong(reterr, event, "it was repealed before");
	} else if (issue.version != told->versions + 1 || !str_equal(issue.code, told->code)) {
		return wrong(reterr, event, "this isn't the next version of it");
	} else if (issue.from.number <= told->from.number) {
		return wrong(reterr, event, "its version is in force no later than the one before");
	}
	told->versions = issue.version;
	told->from = issue.from;
	return ERR_OK;
}

static enum err follow_repeal(struct told_rules *rules, const struct event *event, struct bh_err *reterr)
{
	struct rule_repeal repeal;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (rule_repeal_read(event->payload, &repeal, &why) != ERR_OK)
		return wrong(reterr, event, err_both(&why, both));
	if (repeal.rule < 1 || (uint64_t)repeal.rule > rules->count || repeal.by_rule < 0 ||
		(uint64_t)repeal.by_rule > rules->count)
		return wrong(reterr, event, "there was no such rule");
	struct told_rule *told = &rules->items[repeal.rule - 1];

	if (told->repealed || repeal.until.number <= told->from.number)
		return wrong(reterr, event, "it was repealed before, or would have ended before it began");
	told->repealed = true;
	return ERR_OK;
}

enum err rules_follow(struct told_rules *rules, const struct event *event, struct bh_err *reterr)
{
	return event->kind == EVENT_RULE_ISSUED ? follow_issue(rules, event, reterr)
						: follow_repeal(rules, event, reterr);
}

enum err replay_rule(
	struct store *store, struct arena *arena, const struct event *event, struct bh_err *reterr)
{
	struct rule_issue issue;
	struct rule_repeal repeal;

	if (event->kind == EVENT_RULE_ISSUED) {
		TRY(rule_issue_read(arena, event->payload, &issue, reterr));
		return store_rule_issue_put(store, arena, &issue, event, reterr);
	}
	TRY(rule_repeal_read(event->payload, &repeal, reterr));
	return store_rule_repeal_put(store, arena, &repeal, event->index, reterr);
}
