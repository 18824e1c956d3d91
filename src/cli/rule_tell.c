/* rule_tell.c: rules in lines for people. */
#include "cli/rule.h"

#include <stdio.h>

static const char *word_of(const struct call *call, struct str word)
{
	static const struct {
		const char *word, *zh, *en;
	} words[] = {{"people", "人", "people"}, {"money", "财", "money"}, {"property", "物", "property"},
		{"affairs", "事", "affairs"}, {"policy", "政策机制", "policy"},
		{"supervision", "监管落实", "supervision"}, {"target", "目标任务", "target"},
		{"assessment", "绩效考核", "assessment"}, {"in_force", "现行", "in force"},
		{"future", "未施行", "not in force yet"}, {"repealed", "已废止", "repealed"},
		{"added", "新增", "added"}, {"removed", "删去", "removed"}, {"changed", "修改", "changed"},
		{"renumbered", "改条序", "renumbered"}, {"same", "未变", "same"}};

	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (str_is(word, words[i].word))
			return call->chinese ? words[i].zh : words[i].en;
	return str_copy(call->arena, word).data;
}

static struct str words_of(const struct call *call, const struct doc *list)
{
	struct buf buf = buf_new(call->arena);

	for (size_t i = 0; list != NULL && i < list->count; i++)
		buf_format(&buf, "%s%s", i > 0 ? (call->chinese ? "、" : ", ") : "",
			call->json ? str_copy(call->arena, list->items[i].text).data
				   : word_of(call, list->items[i].text));
	return buf_str(&buf);
}

static struct str text_of(const struct doc *object, const char *key)
{
	struct str text = doc_get_text(object, key);

	return text.data == NULL ? STR("") : text;
}

/* ---- the list ---- */

static void put_row(const struct call *call, struct table *table, const struct doc *rule)
{
	struct str area = text_of(rule, "area"), state = text_of(rule, "state");

	table_number(table, doc_get_int(rule, "rule", 0));
	table_put(table, text_of(rule, "code"));
	table_put(table, text_of(rule, "title"));
	table_put(table, call->json ? area : str_from(word_of(call, area)));
	table_put(table, words_of(call, doc_get(rule, "stages")));
	table_put(table, text_of(rule, call->json ? "unit" : "unit_name"));
	table_put(table, call->json ? state : str_from(word_of(call, state)));
	table_number(table, doc_get_int(rule, "version", 0));
	table_put(table, text_of(rule, "from"));
	table_put(table, text_of(rule, "until"));
	table_put(table, text_of(rule, "review_on"));
	table_number(table, doc_get_int(rule, "articles", 0));
}

enum err rule_tell_list(struct call *call, enum table_form form, const struct doc *list)
{
	static const struct {
		const char *key, *zh, *en;
	} heads[] = {{"rule", "序号", "id"}, {"code", "代码", "code"}, {"title", "制度", "rule"},
		{"area", "领域", "area"}, {"stages", "阶段", "stages"}, {"unit", "单位", "unit"},
		{"state", "状态", "state"}, {"version", "版本", "version"}, {"from", "施行", "from"},
		{"until", "失效", "until"}, {"review_on", "复审", "review"},
		{"articles", "条数", "articles"}};
	const struct doc *rules = doc_get(list, "rules");
	struct table *table = table_new(call, form, ARRAY_COUNT(heads));

	for (size_t i = 0; i < ARRAY_COUNT(heads); i++)
		table_head(table, heads[i].key, heads[i].zh, heads[i].en);
	for (size_t i = 0; i < rules->count; i++)
		put_row(call, table, &rules->items[i]);
	return table_print(table);
}

/* ---- one rule ---- */

static void tell_part(const struct doc *part)
{
	struct str kind = text_of(part, "kind"), label = text_of(part, "label"), text = text_of(part, "text");
	bool heading = str_is(kind, "chapter") || str_is(kind, "section");

	if (heading)
		printf("\n%.*s %.*s\n", STR_ARG(label), STR_ARG(text));
	else if (label.size > 0)
		printf("  %.*s  %.*s\n", STR_ARG(label), STR_ARG(text));
	else
		printf("%.*s\n", STR_ARG(text));
}

static void tell_matter(const struct doc *matter, const char *what)
{
	if (matter != NULL)
		printf("  %s %.*s %.*s (%.*s)\n", what, STR_ARG(text_of(matter, "number")),
			STR_ARG(text_of(matter, "title")), STR_ARG(text_of(matter, "state")));
}

static void tell_version(const struct call *call, const struct doc *version)
{
	struct str until = text_of(version, "until");

	printf(say(call, "第 %lld 版  %.*s 起", "version %lld  from %.*s"),
		(long long)doc_get_int(version, "version", 0), STR_ARG(text_of(version, "from")));
	if (until.size > 0)
		printf(say(call, ",至 %.*s(不含)", ", until %.*s"), STR_ARG(until));
	printf(say(call, "  %s 条  事件 %lld\n", "  %s  event %lld\n"),
		counted(call, (size_t)doc_get_int(version, "articles", 0), "article", "articles"),
		(long long)doc_get_int(version, "index", 0));
	if (text_of(version, "note").size > 0)
		printf("  %.*s\n", STR_ARG(text_of(version, "note")));
	tell_matter(doc_get(version, "matter"), say(call, "制定事项", "made by"));
	if (text_of(version, "review_on").size > 0)
		printf(say(call, "  复审 %.*s\n", "  to be reviewed on %.*s\n"),
			STR_ARG(text_of(version, "review_on")));
	tell_matter(doc_get(version, "review"), say(call, "复审事项", "review owed in"));
}

static void tell_repeal(const struct call *call, const struct doc *repeal)
{
	if (repeal == NULL)
		return;
	printf(say(call, "%.*s 起废止: %.*s\n", "repealed from %.*s: %.*s\n"),
		STR_ARG(text_of(repeal, "until")), STR_ARG(text_of(repeal, "reason")));
	if (text_of(repeal, "by_title").size > 0)
		printf("  %s %.*s\n", say(call, "由其替代:", "its place is taken by"),
			STR_ARG(text_of(repeal, "by_title")));
	tell_matter(doc_get(repeal, "matter"), say(call, "废止事项", "repealed by"));
}

void rule_tell(const struct call *call, const struct doc *rule)
{
	const struct doc *history = doc_get(rule, "history"), *parts = doc_get(rule, "parts");
	const struct doc *procedures = doc_get(rule, "procedures"), *sources = doc_get(rule, "sources");

	printf("%lld  %.*s  %.*s\n%s · %.*s · %.*s · %s\n", (long long)doc_get_int(rule, "rule", 0),
		STR_ARG(text_of(rule, "code")), STR_ARG(text_of(rule, "title")),
		word_of(call, text_of(rule, "area")), STR_ARG(words_of(call, doc_get(rule, "stages"))),
		STR_ARG(text_of(rule, "unit_name")), word_of(call, text_of(rule, "state")));
	for (size_t i = 0; i < sources->count; i++)
		tell_matter(&sources->items[i], say(call, "源于", "arises from"));
	for (size_t i = 0; i < procedures->count; i++)
		printf("  %s %.*s\n", say(call, "落实程序", "carried out by"),
			STR_ARG(text_of(&procedures->items[i], "title")));
	tell_repeal(call, doc_get(rule, "repeal"));
	for (size_t i = 0; i < history->count; i++)
		tell_version(call, &history->items[i]);
	printf("\n");
	printf(say(call, "第 %lld 版全文\n", "text of version %lld\n"),
		(long long)doc_get_int(rule, "version", 0));
	for (size_t i = 0; i < parts->count; i++)
		tell_part(&parts->items[i]);
}

/* ---- comparison ---- */

static void tell_words(const struct doc *words)
{
	for (size_t i = 0; i < words->count; i++) {
		struct str mark = text_of(&words->items[i], "mark"), text = text_of(&words->items[i], "text");

		if (str_is(mark, "same"))
			printf("%.*s", STR_ARG(text));
		else
			printf(str_is(mark, "added") ? "{+%.*s+}" : "[-%.*s-]", STR_ARG(text));
	}
	printf("\n");
}

static void tell_difference(const struct call *call, const struct doc *part)
{
	const struct doc *before = doc_get(part, "before"), *after = doc_get(part, "after");
	struct str old = text_of(before, "label"), new = text_of(after, "label");

	printf("%s  %.*s%s%.*s  ", word_of(call, text_of(part, "change")), STR_ARG(old),
		before != NULL && after != NULL && !str_equal(old, new) ? " → " : "",
		STR_ARG(before != NULL && str_equal(old, new) ? STR("") : new));
	if (doc_get(part, "words") != NULL)
		tell_words(doc_get(part, "words"));
	else
		printf("%.*s\n", STR_ARG(text_of(after != NULL ? after : before, "text")));
}

void rule_tell_comparison(const struct call *call, const struct doc *comparison)
{
	const struct doc *parts = doc_get(comparison, "parts");

	for (size_t i = 0; i < parts->count; i++)
		if (!str_is(text_of(&parts->items[i], "change"), "same"))
			tell_difference(call, &parts->items[i]);
	if (doc_get_int(comparison, "changes", 0) == 0)
		puts(say(call, "文字没有改动", "no word has changed"));
}
