/* store_rule.c: rows of the register of rules. */
#include "store/store_rule.h"
#include "store/bigram.h"
#include "store/store_lines.h"
#include "store/store_rows.h"
#include "store/store_search.h"

/* ---- writing ---- */

static struct str stages_print(struct arena *arena, unsigned stages)
{
	struct buf buf = buf_new(arena);

	for (int stage = 0; stage < RULE_STAGE_COUNT; stage++)
		if ((stages & 1U << stage) != 0)
			buf_format(&buf, "%s%s", buf.size > 0 ? " " : "",
				rule_stage_name((enum rule_stage)stage));
	return buf_str(&buf);
}

static struct str names_print(struct arena *arena, const struct rule_issue *issue)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < issue->procedure_count; i++)
		buf_format(&buf, "%s%.*s", i > 0 ? " " : "", STR_ARG(issue->procedures[i]));
	return buf_str(&buf);
}

enum err store_rule_issue_put(struct store *store, struct arena *arena, const struct rule_issue *issue,
	const struct event *event, struct bh_err *reterr)
{
	struct rule_text text;

	TRY(rule_text_read(arena, issue->text, &text, reterr));
	TRY(RUN(store, STMT_RULE_PUT, NULL, NULL, reterr, V_INT(issue->rule), V_TEXT(issue->code),
		V_TEXT(str_from(rule_area_name(issue->area))), V_TEXT(stages_print(arena, issue->stages)),
		V_INT(issue->unit), V_ID(issue->finding), V_TEXT(names_print(arena, issue)),
		V_INT(issue->version)));
	if (issue->version > 1)
		TRY(RUN(store, STMT_RULE_VERSION_END, NULL, NULL, reterr, V_INT(issue->rule),
			V_INT(issue->version - 1), day_value(arena, issue->from)));
	return RUN(store, STMT_RULE_VERSION_PUT, NULL, NULL, reterr, V_INT(issue->rule),
		V_INT(issue->version), V_TEXT(issue->title.zh), V_TEXT(issue->title.en), V_TEXT(issue->text),
		V_INT((int64_t)rule_article_count(&text)), day_value(arena, issue->from), V_ID(issue->matter),
		V_ID(issue->review), day_value(arena, issue->review_on), V_TEXT(issue->note),
		V_INT(event->index), V_INT(event->time.us));
}

enum err store_rule_repeal_put(struct store *store, struct arena *arena, const struct rule_repeal *repeal,
	int64_t index, struct bh_err *reterr)
{
	struct stored_rule rule;

	TRY(store_rule_get(store, arena, repeal->rule, &rule, reterr));
	TRY(RUN(store, STMT_RULE_VERSION_END, NULL, NULL, reterr, V_INT(repeal->rule), V_INT(rule.versions),
		day_value(arena, repeal->until)));
	return RUN(store, STMT_RULE_REPEAL_PUT, NULL, NULL, reterr, V_INT(repeal->rule),
		day_value(arena, repeal->until), V_ID(repeal->by_rule), V_ID(repeal->matter),
		V_TEXT(repeal->reason), V_INT(index));
}

/* ---- reading ---- */

static bool read_stages(struct str words, unsigned *ret_stages)
{
	struct str word;

	*ret_stages = 0;
	while (str_cut(&words, ' ', &word)) {
		enum rule_stage stage;

		if (!rule_stage_parse(word, &stage))
			return false;
		*ret_stages |= 1U << stage;
	}
	return true;
}

static enum err push_rule(void *context, const struct row *row)
{
	struct list *list = context;
	struct stored_rule *rule = LIST_PUSH(list, struct stored_rule);

	*rule = (struct stored_rule){.id = row_int(row, 0),
		.code = str_copy(list->arena, row_text(row, 1)),
		.unit = row_int(row, 4),
		.finding = row_int(row, 5),
		.procedures = str_copy(list->arena, row_text(row, 6)),
		.versions = row_int(row, 7),
		.repealed = row_day(row, 8),
		.by_rule = row_int(row, 9),
		.repeal_matter = row_int(row, 10),
		.reason = str_copy(list->arena, row_text(row, 11)),
		.repeal_index = row_is_null(row, 12) ? -1 : row_int(row, 12)};
	return rule_area_parse(row_text(row, 2), &rule->area) && read_stages(row_text(row, 3), &rule->stages)
		       ? ERR_OK
		       : ERR_TAMPERED;
}

static enum err told(enum err err, struct bh_err *reterr)
{
	return err == ERR_TAMPERED ? err_set(reterr, err, "rule",
					     "a row couldn't have been recorded like this: run bihuan replay")
				   : err;
}

enum err store_rule_list(struct store *store, struct arena *arena, struct stored_rule **ret_rules,
	size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN0(store, STMT_RULE_ALL, push_rule, &list, reterr), reterr));
	LIST_GIVE(list, ret_rules, ret_count);
	return ERR_OK;
}

enum err store_rule_get(struct store *store, struct arena *arena, int64_t id, struct stored_rule *ret_rule,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN(store, STMT_RULE_GET, push_rule, &list, reterr, V_INT(id)), reterr));
	if (list.count == 0)
		return err_set(reterr, ERR_NOT_FOUND, "rule", "there is no such rule");
	*ret_rule = ((const struct stored_rule *)list.items)[0];
	return ERR_OK;
}

enum err store_rule_find(struct store *store, struct str code, int64_t *ret_id, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct list list = {.arena = arena};
	enum err err = RUN(store, STMT_RULE_FIND, line_of_id, &list, reterr, V_TEXT(code));

	if (err == ERR_OK && list.count == 0)
		err = err_set(reterr, ERR_NOT_FOUND, "rule", "there is no such rule");
	if (err == ERR_OK)
		*ret_id = ((const int64_t *)list.items)[0];
	arena_free(arena);
	return err;
}

static enum err push_version(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct stored_rule_version) = (struct stored_rule_version){.rule = row_int(row, 0),
		.version = row_int(row, 1),
		.title = {str_copy(list->arena, row_text(row, 2)), str_copy(list->arena, row_text(row, 3))},
		.articles = row_int(row, 4),
		.from = row_day(row, 5),
		.until = row_day(row, 6),
		.matter = row_int(row, 7),
		.review = row_int(row, 8),
		.review_on = row_day(row, 9),
		.note = str_copy(list->arena, row_text(row, 10)),
		.index = row_int(row, 11),
		.time = row_instant(row, 12)};
	return ERR_OK;
}

enum err store_rule_versions(struct store *store, struct arena *arena, int64_t rule,
	struct stored_rule_version **ret_versions, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_RULE_VERSION_ALL, push_version, &list, reterr, V_INT(rule)));
	LIST_GIVE(list, ret_versions, ret_count);
	return ERR_OK;
}

enum err store_rule_text(struct store *store, struct arena *arena, int64_t rule, int64_t version,
	struct str *ret_text, struct bh_err *reterr)
{
	struct text_call call = {.arena = arena};

	TRY(RUN(store, STMT_RULE_VERSION_BODY, take_text, &call, reterr, V_INT(rule), V_INT(version)));
	if (call.text.data == NULL)
		return err_set(reterr, ERR_NOT_FOUND, "version", "the rule has no such version");
	*ret_text = call.text;
	return ERR_OK;
}

/* ---- search ---- */

struct rule_search {
	struct list list;
	struct str typed;
	struct bigram_asked *asked;
	int64_t limit;
};

/* The first part of the text that has all of it. */
static enum err find_part(struct rule_search *search, struct str body, struct rule_hit *hit)
{
	struct arena *arena = search->list.arena;
	struct rule_text text;
	size_t from, to;

	TRY(rule_text_read(arena, body, &text, NULL));
	for (size_t i = 0; i < text.count; i++) {
		const struct rule_part *part = &text.parts[i];

		if (!bigram_asked_in(search->asked, &part->text, 1) ||
			!bigram_find(arena, part->text, search->typed, &from, &to))
			continue;
		hit->label = part->label;
		struct excerpt excerpt = search_excerpt(part->text, from, to);

		hit->excerpt = excerpt.text;
		hit->from = excerpt.from;
		hit->to = excerpt.to;
		return ERR_OK;
	}
	return ERR_NOT_FOUND;
}

static enum err push_found(void *context, const struct row *row)
{
	struct rule_search *search = context;
	struct arena *arena = search->list.arena;
	struct str texts[] = {row_text(row, 2), row_text(row, 3), row_text(row, 4)};

	if ((int64_t)search->list.count == search->limit ||
		!bigram_asked_in(search->asked, texts, ARRAY_COUNT(texts)))
		return ERR_OK;
	struct rule_hit *hit = LIST_PUSH(&search->list, struct rule_hit);

	*hit = (struct rule_hit){.rule = row_int(row, 0),
		.version = row_int(row, 1),
		.title = {str_copy(arena, texts[0]), str_copy(arena, texts[1])}};
	enum err err = find_part(search, str_copy(arena, texts[2]), hit);

	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err store_search_rules(struct store *store, struct arena *arena, struct str typed, struct day day,
	int64_t limit, struct rule_hit **ret_hits, size_t *ret_count, struct bh_err *reterr)
{
	struct rule_search search = {.list = {.arena = arena},
		.typed = typed,
		.asked = bigram_asked_new(bigram_question(arena, typed)),
		.limit = limit};
	enum err err = search.asked == NULL ? ERR_OK
					    : RUN(store, STMT_RULE_BODIES, push_found, &search, reterr,
						      day_value(arena, day));

	bigram_asked_free(search.asked);
	if (err == ERR_OK)
		LIST_GIVE(search.list, ret_hits, ret_count);
	return err;
}

/* ---- by matter ---- */

static enum err push_tie(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct rule_tie) = (struct rule_tie){
		.rule = row_int(row, 0),
		.version = row_int(row, 1),
		.title = {str_copy(list->arena, row_text(row, 2)), str_copy(list->arena, row_text(row, 3))},
		.how = str_copy(list->arena, row_text(row, 4)),
	};
	return ERR_OK;
}

enum err store_rules_of_matter(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct rule_tie **ret_ties, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_RULES_OF_MATTER, push_tie, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), V_INT(matter)));
	LIST_GIVE(list, ret_ties, ret_count);
	return ERR_OK;
}
