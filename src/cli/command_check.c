/* command_check.c: prove definitions sound, explain the rules, and show what each part of a definition is
 * for.
 */
#include "cli/sources.h"

#include <stdio.h>
#include <time.h>

static enum err explain(struct call *call, const char *name)
{
	const struct rule_row *rule = rule_find(str_from(name));

	if (rule == NULL) {
		const char **names = ARENA_TAKE(call->arena, rule_count(), const char *);

		for (size_t i = 0; i < rule_count(); i++)
			names[i] = rule_at(i)->name;
		return unknown_name(call, ERR_NOT_FOUND,
			UNKNOWN("没有这条规则", "there is no such rule",
				name_list(call, "规则有", names, rule_count()),
				name_list(call, "the rules are", names, rule_count())),
			str_from(name), names, rule_count());
	}
	printf("%s %s\n\n%s", rule->name, say(call, rule->title_zh, rule->title_en),
		say(call, rule->meaning_zh, rule->meaning_en));
	return ERR_OK;
}

/* ---- the mutation report ---- */

static enum err report_mutations(struct call *call, const struct sources *sources)
{
	struct table *table = table_new(call, TABLE_TEXT, 4);
	size_t open = 0;

	table_head(table, "procedure", "程序", "procedure");
	table_head(table, "kind", "去掉", "taken out");
	table_head(table, "name", "名称", "name");
	table_head(table, "verdict", "结果", "verdict");
	for (size_t i = 0; i < sources->given.count; i++) {
		size_t count;
		const struct mutation *mutations =
			procedure_mutate(call->arena, sources->given.items[i], &sources->fellows, &count);

		for (size_t j = 0; j < count; j++) {
			const struct mutation *mutation = &mutations[j];
			bool known = mutation->refused || mutation->harmless.size > 0;

			open += !known;
			table_put(table, sources->given.items[i]->name);
			table_put(table, str_from(mutation->kind));
			table_put(table, mutation->name);
			if (mutation->refused)
				table_put(table,
					str_format(call->arena, "%s %.*s", say(call, "拒绝:", "refused:"),
						STR_ARG(mutation->rule)));
			else
				table_put(table, known ? str_format(call->arena, "%s %.*s",
								 say(call, "无害:", "harmless:"),
								 STR_ARG(mutation->harmless))
						       : str_from(say(call, "未被发现", "not noticed")));
		}
	}
	TRY(table_print(table));
	return open == 0
		       ? ERR_OK
		       : err_set(&call->why, ERR_REFUSED, "mutations",
				 "%zu can be taken out and no rule notices: the rules miss something", open);
}

/* ---- the proof ---- */

static int64_t milliseconds(void)
{
	struct timespec now;

	REQUIRE(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static void print_json(
	struct call *call, const struct sources *sources, const struct findings *findings, int64_t ms)
{
	struct buf buf = buf_new(call->arena);

	buf_format(&buf, "{\"procedures\":%zu,\"ms\":%lld,\"proof\":", sources->files, (long long)ms);
	findings_put_json(&buf, findings);
	printf("%s}\n", buf_str(&buf).data);
}

static void print_text(
	struct call *call, const struct sources *sources, const struct findings *findings, int64_t ms)
{
	findings_print(call, findings, false);
	if (call->chinese)
		printf("%zu 个程序, %zu 处问题, %lld 毫秒\n", sources->files, findings->count, (long long)ms);
	else
		printf("%zu procedure%s, %zu finding%s, %lld ms\n", sources->files,
			sources->files == 1 ? "" : "s", findings->count, findings->count == 1 ? "" : "s",
			(long long)ms);
}

enum err command_check(struct call *call)
{
	const char *rule = option_value(call, "explain");
	struct findings findings = findings_new(call->arena);
	struct sources sources;
	int64_t began = milliseconds();

	if (rule != NULL)
		return explain(call, rule);
	if (call->count == 0)
		return err_set(&call->why, ERR_INVALID, "PATH",
			"say what to prove: a definition's file, a folder of them, or an institution folder");
	TRY(sources_read(call, call->arguments[0], &findings, &sources));
	sources_prove(&sources, &findings);
	if (option_given(call, "mutations") && findings.count == 0)
		return report_mutations(call, &sources);
	int64_t ms = milliseconds() - began;

	if (call->json)
		print_json(call, &sources, &findings, ms);
	else
		print_text(call, &sources, &findings, ms);
	call->answered = true;
	return findings.count == 0 ? ERR_OK : ERR_REFUSED;
}
