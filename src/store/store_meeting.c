/* store_meeting.c: meetings, what they decided, and what was done against the rules of its procedure. */
#include "store/store_meeting.h"
#include "store/store_lines.h"

static enum err line_of_meeting(void *context, const struct row *row)
{
	struct list *list = context;
	struct list one = {.arena = list->arena};

	TRY(line_of_matter(&one, row));
	*LIST_PUSH(list, struct meeting_line) = (struct meeting_line){
		.line = *(struct matter_line *)one.items,
		.held_on = {(int32_t)row_int(row, LINE_COLUMNS)},
		.body = row_int(row, LINE_COLUMNS + 1),
		.kind = str_copy(list->arena, row_text(row, LINE_COLUMNS + 2)),
		.whole = row_int(row, LINE_COLUMNS + 3),
		.fields = str_copy(list->arena, row_text(row, LINE_COLUMNS + 4)),
		.items = row_int(row, LINE_COLUMNS + 5),
		.tasks = row_int(row, LINE_COLUMNS + 6),
		.tasks_done = row_int(row, LINE_COLUMNS + 7),
		.tasks_overdue = row_int(row, LINE_COLUMNS + 8),
		.irregularities = row_int(row, LINE_COLUMNS + 9),
	};
	return ERR_OK;
}

/* Days as numbers; DAY_NONE is the edge of all days. */
static struct value first_day(struct day day)
{
	return V_INT(day_is_none(day) ? INT32_MIN : day.number);
}

static struct value last_day(struct day day)
{
	return V_INT(day_is_none(day) ? INT32_MAX : day.number);
}

enum err store_meeting_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct meeting_query *query, const struct page_after *after, struct meeting_line **ret_lines,
	size_t *ret_count, struct page_after *ret_next, struct bh_err *reterr)
{
	bool first = after == NULL || after->id == 0;
	struct list list = {.arena = arena};

	REQUIRE(query->limit > 0 && query->limit < INT64_MAX);
	TRY(RUN(store, STMT_MEETING_PAGE, line_of_meeting, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_ID(query->body), V_WORD(query->kind),
		V_WORD(query->state), first_day(query->from), last_day(query->until),
		V_WORD(query->procedure), V_INT(query->limit + 1), V_INT(first ? INT64_MAX : after->key),
		V_INT(first ? INT64_MAX : after->id)));
	*ret_next = (struct page_after){0};
	if ((int64_t)list.count > query->limit) {
		const struct meeting_line *last = &((struct meeting_line *)list.items)[query->limit - 1];

		list.count = (size_t)query->limit;
		*ret_next = (struct page_after){.key = last->held_on.number, .id = last->line.id};
	}
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err store_meeting_items(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct meeting_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_MEETING_ITEMS, line_of_meeting, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(matter)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err store_decision_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct day from, struct day until, struct meeting_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_DECISION_LIST, line_of_meeting, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), first_day(from), last_day(until)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

/* ---- against the rules ---- */

static enum err line_of_irregularity(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct irregularity_line) = (struct irregularity_line){
		.matter = row_int(row, 0),
		.definition = row_int(row, 1),
		.number = str_copy(list->arena, row_text(row, 2)),
		.title = str_copy(list->arena, row_text(row, 3)),
		.index = row_int(row, 4),
		.check = (int)row_int(row, 5),
		.action = str_copy(list->arena, row_text(row, 6)),
		.unit = row_int(row, 7),
		.post = row_int(row, 8),
		.person = row_int(row, 9),
		.time = row_instant(row, 10),
		.answer = row_int(row, 11),
		.answer_state = str_copy(list->arena, row_text(row, 12)),
		.answer_post = row_int(row, 13),
		.answer_breached = row_int(row, 14) != 0,
	};
	return ERR_OK;
}

enum err store_irregularity_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct instant from, struct instant until, struct irregularity_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_IRREGULARITY_LIST, line_of_irregularity, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), V_INT(from.us), V_INT(until.us)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err store_irregularity_of(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct irregularity_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_IRREGULARITY_OF, line_of_irregularity, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(matter)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}
