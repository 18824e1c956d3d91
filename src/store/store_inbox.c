/* store_inbox.c: what somebody was told, and what hangs on a matter, as they may see it. */
#include "store/store_lines.h"

#include <stdlib.h>

enum err store_number_seen(struct store *store, const struct viewer *viewer, struct str number,
	int64_t *ret_matter, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct number found = {0};
	enum err err = RUN(store, STMT_NUMBER_SEEN, take_number, &found, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_TEXT(number));

	arena_free(arena);
	if (err == ERR_OK && !found.found)
		return err_set(reterr, ERR_NOT_FOUND, "matter", "there is no matter %.*s", STR_ARG(number));
	*ret_matter = found.value;
	return err;
}

/* ---- inbox ---- */

/* The newest first; of one event in an order that never changes, so that a page can begin within it. */
static int newest_first(const void *a, const void *b)
{
	const struct notice_line *left = a, *right = b;

	if (left->index != right->index)
		return left->index > right->index ? -1 : 1;
	if (left->post != right->post)
		return left->post < right->post ? -1 : 1;
	if (left->matter != right->matter)
		return left->matter < right->matter ? -1 : 1;
	if (left->duty != right->duty)
		return left->duty < right->duty ? -1 : 1;
	return str_compare(left->kind, right->kind);
}

/* A place is an event and how many lines of it were given already. */
static void cut_page(
	struct list *list, int64_t limit, const struct page_after *after, struct page_after *ret_next)
{
	struct notice_line *lines = list->items;
	size_t skip = 0, end;
	int64_t same = 0;

	*ret_next = (struct page_after){0};
	while (after->id != 0 && skip < list->count && (int64_t)skip < after->part &&
		lines[skip].index == after->key)
		skip++;
	end = list->count - skip > (size_t)limit ? skip + (size_t)limit : list->count;
	if (end < list->count) {
		for (size_t i = 0; i < end; i++)
			same += lines[i].index == lines[end - 1].index;
		*ret_next = (struct page_after){.key = lines[end - 1].index, .id = 1, .part = same};
	}
	list->items = lines == NULL ? NULL : lines + skip;
	list->count = end - skip;
}

static enum err add_news(struct list *list, struct store *store, const struct viewer *viewer, int64_t newest,
	int64_t limit, struct bh_err *reterr)
{
	struct notice_line *lines;
	size_t count;

	TRY(store_news_list(store, list->arena, viewer, newest, limit, &lines, &count, reterr));
	for (size_t i = 0; i < count; i++)
		*LIST_PUSH(list, struct notice_line) = lines[i];
	return ERR_OK;
}

enum err store_notice_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t limit, const struct page_after *after, struct notice_line **ret_lines, size_t *ret_count,
	struct page_after *ret_next, struct bh_err *reterr)
{
	const struct page_after from = after == NULL ? (struct page_after){0} : *after;
	struct str today = day_print(arena, viewer->today);
	struct list posts = {.arena = arena}, list = {.arena = arena};

	REQUIRE(limit > 0 && limit < INT32_MAX);
	TRY(RUN(store, STMT_POSTS_OF_PERSON, line_of_id, &posts, reterr, V_INT(viewer->person),
		V_TEXT(today)));
	/* Each post's own are walked in their order; together they are few. */
	for (size_t i = 0; i < posts.count; i++)
		TRY(RUN(store, STMT_NOTICE_PAGE, line_of_notice, &list, reterr, V_INT(viewer->person),
			V_TEXT(today), V_INT(((int64_t *)posts.items)[i]),
			V_INT(from.id == 0 ? INT64_MAX : from.key),
			V_INT(limit + 1 + (from.id == 0 ? 0 : from.part))));
	TRY(add_news(&list, store, viewer, from.id == 0 ? INT64_MAX : from.key,
		limit + 1 + (from.id == 0 ? 0 : from.part), reterr));
	if (list.count > 1)
		qsort(list.items, list.count, sizeof(struct notice_line), newest_first);
	cut_page(&list, limit, &from, ret_next);
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

/* ---- what hangs on a matter ---- */

enum err store_link_seen(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct link_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_LINK_PAGE, line_of_link, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(matter)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err store_evidence_seen(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct evidence_item **ret_items, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_EVIDENCE_PAGE, line_of_evidence, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(matter)));
	LIST_GIVE(list, ret_items, ret_count);
	return ERR_OK;
}

enum err store_evidence_matter(struct store *store, const struct viewer *viewer, struct str hash,
	int64_t *ret_matter, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct number found = {0};
	enum err err = RUN(store, STMT_EVIDENCE_SEEN, take_number, &found, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_TEXT(hash));

	arena_free(arena);
	if (err == ERR_OK && !found.found)
		return err_set(reterr, ERR_NOT_FOUND, "evidence", "there is no such file");
	*ret_matter = found.value;
	return err;
}

enum err store_evidence_also(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str hash, int64_t matter, struct str *ret_number, struct bh_err *reterr)
{
	struct text_call call = {.arena = arena};

	TRY(RUN(store, STMT_EVIDENCE_ALSO, take_text, &call, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_TEXT(hash), V_INT(matter)));
	*ret_number = call.text;
	return ERR_OK;
}
