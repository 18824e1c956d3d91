/* store_list.c: what people ask for: lists, inboxes, figures, single facts. */
#include "store/bigram.h"
#include "store/store_figures.h"
#include "store/store_lines.h"

/* ---- single numbers ---- */

enum err take_number(void *context, const struct row *row)
{
	*(struct number *)context = (struct number){true, row_int(row, 0)};
	return ERR_OK;
}

enum err store_matter_find(struct store *store, struct str number, int64_t *ret_id, struct bh_err *reterr)
{
	struct number found = {0};

	TRY(RUN(store, STMT_MATTER_FIND_NUMBER, take_number, &found, reterr, V_TEXT(number)));
	if (!found.found)
		return err_set(reterr, ERR_NOT_FOUND, "matter", "there is no matter %.*s", STR_ARG(number));
	*ret_id = found.value;
	return ERR_OK;
}

enum err store_import_find(struct store *store, struct str key, int64_t *ret_matter, struct bh_err *reterr)
{
	struct number found = {0};

	TRY(RUN(store, STMT_IMPORT_FIND, take_number, &found, reterr, V_TEXT(key)));
	if (!found.found)
		return ERR_NOT_FOUND;
	*ret_matter = found.value;
	return ERR_OK;
}

enum err store_matter_exists(struct store *store, int64_t id, bool *ret_exists, struct bh_err *reterr)
{
	struct number found = {0};

	TRY(RUN(store, STMT_MATTER_EXISTS, take_number, &found, reterr, V_INT(id)));
	*ret_exists = found.found;
	return ERR_OK;
}

enum err store_matter_next(struct store *store, int64_t *ret_id, struct bh_err *reterr)
{
	struct number found = {0};

	TRY(RUN0(store, STMT_MATTER_NEXT, take_number, &found, reterr));
	*ret_id = found.value;
	return ERR_OK;
}

enum err store_children_open(struct store *store, int64_t parent, int64_t *ret_count, struct bh_err *reterr)
{
	struct number found = {0};

	TRY(RUN(store, STMT_CHILDREN_OPEN, take_number, &found, reterr, V_INT(parent)));
	*ret_count = found.value;
	return ERR_OK;
}

enum err store_sequence_next(
	struct store *store, struct str procedure, int year, int64_t *ret_seq, struct bh_err *reterr)
{
	struct number found = {0};

	TRY(RUN(store, STMT_SEQUENCE_LAST, take_number, &found, reterr, V_TEXT(procedure), V_INT(year)));
	*ret_seq = found.value + 1;
	return ERR_OK;
}

/* ---- lists: an array that grows in an arena, one row of a table each ---- */

enum err line_of_matter(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct matter_line) = (struct matter_line){
		.id = row_int(row, 0),
		.number = str_copy(list->arena, row_text(row, 1)),
		.title = str_copy(list->arena, row_text(row, 2)),
		.procedure = str_copy(list->arena, row_text(row, 3)),
		.state = str_copy(list->arena, row_text(row, 4)),
		.definition = row_int(row, 5),
		.unit = row_int(row, 6),
		.commander = row_int(row, 7),
		.due = row_instant(row, 8),
		.lamp = str_copy(list->arena, row_text(row, 9)),
		.progress = row_is_null(row, 10) ? -1 : (int)row_int(row, 10),
		.rolled = row_is_null(row, 11) ? -1 : (int)row_int(row, 11),
		.ended = row_instant(row, 12),
		.parent = row_int(row, 13),
		.last_index = row_int(row, 14),
		.opened = row_instant(row, 15),
	};
	return ERR_OK;
}

static const char *const standings[STANDING_COUNT] = {
	"", "open", "overdue", "breached", "closed", "late", "void"};

const char *matter_standing_name(enum matter_standing standing)
{
	return standings[standing];
}

bool matter_standing_parse(struct str text, enum matter_standing *ret_standing)
{
	for (int i = STANDING_OPEN; i < STANDING_COUNT; i++)
		if (str_is(text, standings[i])) {
			*ret_standing = (enum matter_standing)i;
			return true;
		}
	return false;
}

enum err store_matter_list(struct store *store, struct arena *arena, const struct matter_filter *filter,
	struct matter_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};
	struct str words = bigram_question(arena, filter->q);
	bool unit_only = filter->unit != 0 && filter->standing == STANDING_OPEN &&
			 filter->procedure.size == 0 && filter->grasp.size == 0 && filter->state.size == 0 &&
			 filter->lamp.size == 0 && filter->q.size == 0 && filter->parent == 0 &&
			 filter->follower == 0;

	/* The commonest question has a statement of its own, which an index answers in the order asked for.
	 */
	if (unit_only)
		TRY(RUN(store, STMT_MATTER_LIST_UNIT, line_of_matter, &list, reterr, V_INT(filter->unit),
			V_INT(filter->limit)));
	else if (filter->q.size == 0 || words.size > 0) /* else what was typed has no word in it */
		TRY(RUN(store, STMT_MATTER_LIST, line_of_matter, &list, reterr, V_WORD(filter->procedure),
			V_WORD(filter->grasp), V_WORD(filter->state), V_ID(filter->unit),
			V_WORD(filter->lamp), V_WORD(str_from(matter_standing_name(filter->standing))),
			V_WORD(words), V_ID(filter->parent), V_ID(filter->follower), V_INT(filter->limit)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err line_of_duty(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct duty_line) = (struct duty_line){
		.matter = row_int(row, 0),
		.id = row_int(row, 1),
		.kind = str_copy(list->arena, row_text(row, 2)),
		.name = str_copy(list->arena, row_text(row, 3)),
		.unit = row_int(row, 4),
		.post = row_int(row, 5),
		.due = row_instant(row, 6),
		.breached = row_int(row, 7) != 0,
		.number = str_copy(list->arena, row_text(row, 8)),
		.title = str_copy(list->arena, row_text(row, 9)),
		.definition = row_int(row, 10),
		.rule = (int)row_int(row, 11),
		.person = row_int(row, 12),
		.state = str_copy(list->arena, row_text(row, 13)),
		.closed = row_instant(row, 14),
	};
	return ERR_OK;
}

enum err store_duty_list(struct store *store, struct arena *arena, int64_t post, int64_t unit, int64_t limit,
	struct duty_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	if (unit != 0)
		TRY(RUN(store, STMT_DUTY_OF_UNIT, line_of_duty, &list, reterr, V_INT(unit), V_INT(limit)));
	else if (post != 0)
		TRY(RUN(store, STMT_DUTY_OF_POST, line_of_duty, &list, reterr, V_INT(post), V_INT(limit)));
	else
		TRY(RUN(store, STMT_DUTY_OPEN_ALL, line_of_duty, &list, reterr, V_INT(limit)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err store_duty_of_person(struct store *store, struct arena *arena, int64_t person, int64_t limit,
	struct duty_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_DUTY_OF_PERSON, line_of_duty, &list, reterr, V_INT(person), V_INT(limit)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err line_of_notice(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct notice_line) = (struct notice_line){
		.index = row_int(row, 0),
		.matter = row_int(row, 1),
		.duty = row_int(row, 2),
		.kind = str_copy(list->arena, row_text(row, 3)),
		.time = row_instant(row, 4),
		.number = str_copy(list->arena, row_text(row, 5)),
		.title = str_copy(list->arena, row_text(row, 6)),
		.post = row_int(row, 7),
		.apart = row_int(row, 8) != 0,
	};
	return ERR_OK;
}

enum err store_notice_list(struct store *store, struct arena *arena, int64_t post, int64_t limit,
	struct notice_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_NOTICE_OF_POST, line_of_notice, &list, reterr, V_INT(post), V_INT(limit)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err line_of_link(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct link_line) = (struct link_line){
		.relation = str_copy(list->arena, row_text(row, 0)),
		.number = str_copy(list->arena, row_text(row, 1)),
		.title = str_copy(list->arena, row_text(row, 2)),
		.forth = row_int(row, 3) != 0,
		.other = row_int(row, 4),
	};
	return ERR_OK;
}

enum err store_link_list(struct store *store, struct arena *arena, int64_t matter,
	struct link_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_LINK_OF_MATTER, line_of_link, &list, reterr, V_INT(matter)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

enum err line_of_evidence(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct evidence_item) = (struct evidence_item){
		.index = row_int(row, 0),
		.hash = str_copy(list->arena, row_text(row, 1)),
		.name = str_copy(list->arena, row_text(row, 2)),
		.size = row_int(row, 3),
	};
	return ERR_OK;
}

static enum err push_hash(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct str) = str_copy(list->arena, row_text(row, 0));
	return ERR_OK;
}

enum err store_evidence_hashes(struct store *store, struct arena *arena, struct str **ret_hashes,
	size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN0(store, STMT_EVIDENCE_HASHES, push_hash, &list, reterr));
	LIST_GIVE(list, ret_hashes, ret_count);
	return ERR_OK;
}

enum err store_evidence_list(struct store *store, struct arena *arena, int64_t matter,
	struct evidence_item **ret_items, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_EVIDENCE_OF_MATTER, line_of_evidence, &list, reterr, V_INT(matter)));
	LIST_GIVE(list, ret_items, ret_count);
	return ERR_OK;
}

enum err take_text(void *context, const struct row *row)
{
	struct text_call *call = context;

	call->text = str_copy(call->arena, row_text(row, 0));
	return ERR_OK;
}

enum err store_evidence_elsewhere(struct store *store, struct arena *arena, struct str hash, int64_t matter,
	struct str *ret_number, struct bh_err *reterr)
{
	struct text_call call = {.arena = arena};

	TRY(RUN(store, STMT_EVIDENCE_ELSEWHERE, take_text, &call, reterr, V_TEXT(hash), V_INT(matter)));
	*ret_number = call.text;
	return ERR_OK;
}

/* ---- the clock and the boards ---- */

enum err line_of_id(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, int64_t) = row_int(row, 0);
	return ERR_OK;
}

enum err store_due_now(struct store *store, struct instant now, struct arena *arena, int64_t **ret_matters,
	size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_MATTER_DUE_NOW, line_of_id, &list, reterr, V_INT(now.us)));
	LIST_GIVE(list, ret_matters, ret_count);
	return ERR_OK;
}

static enum err take_instant(void *context, const struct row *row)
{
	*(struct instant *)context = row_instant(row, 0);
	return ERR_OK;
}

enum err store_due_next(struct store *store, struct instant *ret_instant, struct bh_err *reterr)
{
	*ret_instant = INSTANT_NONE;
	return RUN0(store, STMT_MATTER_DUE_NEXT, take_instant, ret_instant, reterr);
}

struct counter_call {
	store_counter_fn *each;
	void *context;
};

static enum err give_counter(void *context, const struct row *row)
{
	struct counter_call *call = context;

	return call->each(call->context, row_text(row, 0), row_int(row, 1));
}

enum err store_counter_each(struct store *store, struct str scope, struct str id, store_counter_fn *each,
	void *context, struct bh_err *reterr)
{
	struct counter_call call = {each, context};

	return RUN(store, STMT_COUNTER_OF, give_counter, &call, reterr, V_TEXT(scope), V_TEXT(id));
}

enum err store_counter_seen(struct store *store, const struct viewer *viewer, struct str scope, struct str id,
	store_counter_fn *each, void *context, struct bh_err *reterr)
{
	struct counter_call call = {each, context};
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_COUNTER_SEEN, give_counter, &call, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_TEXT(scope), V_TEXT(id));

	arena_free(arena);
	return err;
}

struct board_call {
	store_board_fn *each;
	void *context;
};

static enum err give_board(void *context, const struct row *row)
{
	const struct board_call *call = context;

	return call->each(call->context, row_text(row, 0), row_text(row, 1), row_int(row, 2));
}

enum err store_counter_board(struct store *store, const struct viewer *viewer, struct str scope,
	store_board_fn *each, void *context, struct bh_err *reterr)
{
	struct board_call call = {each, context};
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_COUNTER_BOARD, give_board, &call, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_TEXT(scope));

	arena_free(arena);
	return err;
}

static enum err take_hour(void *context, const struct row *row)
{
	struct trend *trend = context;
	struct str measure = row_text(row, 1);
	int64_t value = row_int(row, 2);

	if (str_is(measure, "opened"))
		trend->opened += value;
	else if (str_is(measure, "closed"))
		trend->closed += value;
	else if (str_is(measure, "late"))
		trend->late += value;
	else
		trend->dropped += value;
	return ERR_OK;
}

enum err store_trend(struct store *store, const struct viewer *viewer, struct instant from,
	struct instant until, struct trend *ret_trend, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	const struct value person = V_INT(viewer->person), today = V_TEXT(day_print(arena, viewer->today));
	struct number breached = {0};

	*ret_trend = (struct trend){0};
	enum err err = RUN(store, STMT_COUNTER_HOURS, take_hour, ret_trend, reterr, person, today,
		V_TEXT(figures_hour(arena, from)), V_TEXT(figures_hour(arena, until)));

	if (err == ERR_OK)
		err = RUN(store, STMT_BREACH_COUNT, take_number, &breached, reterr, person, today,
			V_INT(from.us), V_INT(until.us));
	ret_trend->breached = breached.value;
	arena_free(arena);
	return err;
}
