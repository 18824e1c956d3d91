/* store_page.c: lists as somebody may see them, a page at a time: which index is walked, where a page begins
 * and where the next one does. What is seen at all is in sql/see.sql. */
#include "store/bigram.h"
#include "store/store_lines.h"

#include <stdlib.h>

/* Parameters of the statements in sql/page.sql, from $2. */
enum { P_PERSON, P_TODAY, P_PROCEDURE, P_GRASP, P_STATE, P_UNIT, P_LAMP, P_STANDING, P_PARENT, P_COMMANDER };
enum {
	P_DUE = P_COMMANDER + 1,
	P_FROM,
	P_UNTIL,
	P_WORDS,
	P_PROGRAMME,
	P_FOLLOWED,
	P_LIMIT,
	P_KEY,
	P_ID,
	P_WORD,
	P_COUNT
};

static struct value instant_value(struct instant instant)
{
	return instant.us == 0 ? V_NULL : V_INSTANT(instant);
}

static enum err run_bound(struct store *store, enum statement statement, const struct value *values,
	row_fn *each, void *context, struct bh_err *reterr)
{
	return driver_run(store, statement, values, (size_t)statement_rows[statement].parameters - 1, each,
		context, reterr);
}

static void bind_query(struct value values[P_COUNT], struct arena *arena, const struct viewer *viewer,
	const struct matter_query *query)
{
	values[P_PERSON] = V_INT(viewer->person);
	values[P_TODAY] = V_TEXT(day_print(arena, viewer->today));
	values[P_PROCEDURE] = V_WORD(query->procedure);
	values[P_GRASP] = V_WORD(query->grasp);
	values[P_STATE] = V_WORD(query->state);
	values[P_UNIT] = V_ID(query->unit);
	values[P_LAMP] = V_WORD(query->lamp);
	values[P_STANDING] = V_WORD(str_from(matter_standing_name(query->standing)));
	values[P_PARENT] = V_ID(query->parent);
	values[P_COMMANDER] = V_ID(query->commander);
	values[P_DUE] = instant_value(query->due_before);
	values[P_FROM] = instant_value(query->opened_from);
	values[P_UNTIL] = instant_value(query->opened_until);
	values[P_WORDS] = V_WORD(bigram_question(arena, query->q));
	values[P_PROGRAMME] = V_ID(query->programme);
	values[P_FOLLOWED] = query->followed ? V_INT(1) : V_NULL;
}

/* Something was typed, and there is no word in it: nothing can be found. */
static bool asks_nothing(const struct matter_query *query, const struct value values[P_COUNT])
{
	return query->q.size > 0 && values[P_WORDS].kind == VALUE_NULL;
}

/* ---- the order ---- */

static const struct {
	const char *name, *key; /* key: what page_sorted is asked for */
	bool down;
} sorts[MATTER_SORT_COUNT] = {
	[MATTER_NEWEST] = {"-id", "id", true},
	[MATTER_DUE] = {"due", "due", false},
	[MATTER_DUE_LAST] = {"-due", "due", true},
	[MATTER_CHANGED] = {"changed", "changed", false},
	[MATTER_CHANGED_LAST] = {"-changed", "changed", true},
	[MATTER_NUMBER] = {"number", "number", false},
	[MATTER_NUMBER_LAST] = {"-number", "number", true},
};

const char *matter_sort_name(enum matter_sort sort)
{
	return sorts[sort].name;
}

bool matter_sort_parse(struct str text, enum matter_sort *ret_sort)
{
	for (int i = 0; i < MATTER_SORT_COUNT; i++)
		if (str_is(text, sorts[i].name)) {
			*ret_sort = (enum matter_sort)i;
			return true;
		}
	return false;
}

/* The first place of all, in a list that goes up or down. */
static int64_t edge(bool down)
{
	return down ? INT64_MAX : INT64_MIN;
}

/* ---- one page of matters ---- */

struct paging {
	struct store *store;
	const struct matter_query *query;
	struct value values[P_COUNT];
	struct list list;
	struct page_after after, next;
	bool first, down;
	int64_t limit;
	struct bh_err *reterr;
};

/* One line more than is asked for tells whether there is a next page. */
static enum err walk(struct paging *paging, enum statement statement, int64_t key, int64_t id)
{
	paging->values[P_LIMIT] = V_INT(paging->limit + 1 - (int64_t)paging->list.count);
	paging->values[P_KEY] = V_INT(key);
	paging->values[P_ID] = V_INT(id);
	return run_bound(
		paging->store, statement, paging->values, line_of_matter, &paging->list, paging->reterr);
}

static const struct matter_line *last_of(struct paging *paging, bool *ret_more)
{
	struct matter_line *lines = paging->list.items;

	*ret_more = (int64_t)paging->list.count > paging->limit;
	if (*ret_more)
		paging->list.count = (size_t)paging->limit;
	return *ret_more ? &lines[paging->limit - 1] : NULL;
}

static enum err page_newest(struct paging *paging)
{
	const struct matter_query *query = paging->query;
	enum statement statement = query->q.size > 0           ? STMT_PAGE_NEWEST_WORDS
				   : query->unit != 0          ? STMT_PAGE_NEWEST_UNIT
				   : query->procedure.size > 0 ? STMT_PAGE_NEWEST_PROCEDURE
							       : STMT_PAGE_NEWEST_ALL;
	bool more;

	TRY(walk(paging, statement, 0, paging->first ? INT64_MAX : paging->after.id));
	const struct matter_line *last = last_of(paging, &more);

	if (more)
		paging->next = (struct page_after){.key = last->id, .id = last->id};
	return ERR_OK;
}

/* First what has a due day, then the rest by id: `part` says in which of the two a page begins. */
static enum err page_due(struct paging *paging)
{
	static const enum statement due[3][2] = {{STMT_PAGE_DUE_ALL_UP, STMT_PAGE_DUE_ALL_DOWN},
		{STMT_PAGE_DUE_UNIT_UP, STMT_PAGE_DUE_UNIT_DOWN},
		{STMT_PAGE_DUE_COMMANDER_UP, STMT_PAGE_DUE_COMMANDER_DOWN}};
	static const enum statement undue[2][2] = {{STMT_PAGE_UNDUE_ALL_UP, STMT_PAGE_UNDUE_ALL_DOWN},
		{STMT_PAGE_UNDUE_UNIT_UP, STMT_PAGE_UNDUE_UNIT_DOWN}};
	const struct matter_query *query = paging->query;
	int way = query->unit != 0 ? 1 : query->commander != 0 ? 2 : 0;
	bool rest = !paging->first && paging->after.part == 1, more;
	int64_t start = edge(paging->down);

	if (!rest)
		TRY(walk(paging, due[way][paging->down], paging->first ? start : paging->after.key,
			paging->first ? start : paging->after.id));
	if ((int64_t)paging->list.count <= paging->limit &&
		instant_value(query->due_before).kind == VALUE_NULL)
		TRY(walk(paging, undue[query->unit != 0][paging->down], 0, rest ? paging->after.id : start));
	const struct matter_line *last = last_of(paging, &more);

	if (more)
		paging->next = (struct page_after){
			.key = last->due.us, .id = last->id, .part = instant_is_none(last->due)};
	return ERR_OK;
}

static enum err page_changed(struct paging *paging)
{
	bool more;

	TRY(walk(paging, paging->down ? STMT_PAGE_CHANGED_DOWN : STMT_PAGE_CHANGED_UP,
		paging->first ? edge(paging->down) : paging->after.key, 0));
	const struct matter_line *last = last_of(paging, &more);

	if (more)
		paging->next = (struct page_after){.key = last->last_index, .id = last->id};
	return ERR_OK;
}

struct number_key {
	struct arena *arena;
	struct str procedure;
	int64_t year, seq;
};

static enum err take_number_key(void *context, const struct row *row)
{
	struct number_key *key = context;

	key->procedure = str_copy(key->arena, row_text(row, 0));
	key->year = row_int(row, 1);
	key->seq = row_int(row, 2);
	return ERR_OK;
}

static enum err number_key_of(struct store *store, struct arena *arena, int64_t id,
	struct number_key *ret_key, struct bh_err *reterr)
{
	*ret_key = (struct number_key){.arena = arena};
	return RUN(store, STMT_NUMBER_KEY, take_number_key, ret_key, reterr, V_INT(id));
}

static enum err page_number(struct paging *paging)
{
	struct number_key key = {.procedure = paging->down ? STR("~") : STR(""), .year = edge(paging->down)};
	bool more;

	/* A number never changes, so the last one's id is place enough. */
	if (!paging->first)
		TRY(number_key_of(paging->store, paging->list.arena, paging->after.id, &key, paging->reterr));
	paging->values[P_WORD] = V_TEXT(key.procedure);
	TRY(walk(paging, paging->down ? STMT_PAGE_NUMBER_DOWN : STMT_PAGE_NUMBER_UP, key.year, key.seq));
	const struct matter_line *last = last_of(paging, &more);

	if (more)
		paging->next = (struct page_after){.key = last->id, .id = last->id};
	return ERR_OK;
}

/* Where a line stands in the order that page_sorted was asked for. */
static enum err place_of(struct paging *paging, const struct matter_line *line, int64_t *ret_place)
{
	struct number_key key;

	switch (paging->query->sort) {
	case MATTER_DUE:
	case MATTER_DUE_LAST:
		*ret_place = !instant_is_none(line->due) ? line->due.us
			     : paging->down              ? -INT64_MAX
							 : INT64_MAX;
		return ERR_OK;
	case MATTER_CHANGED:
	case MATTER_CHANGED_LAST:
		*ret_place = line->last_index;
		return ERR_OK;
	case MATTER_NUMBER:
	case MATTER_NUMBER_LAST:
		TRY(number_key_of(paging->store, paging->list.arena, line->id, &key, paging->reterr));
		*ret_place = key.year * 1000000000 + key.seq;
		return ERR_OK;
	default:
		*ret_place = line->id;
		return ERR_OK;
	}
}

enum { NARROW_UNIT, NARROW_PARENT, NARROW_PROGRAMME, NARROW_WORDS, NARROW_FOLLOWED, NARROW_COUNT };

static enum err page_sorted(struct paging *paging, int narrow)
{
	static const enum statement statements[NARROW_COUNT][2] = {
		[NARROW_UNIT] = {STMT_PAGE_SORTED_UNIT_UP, STMT_PAGE_SORTED_UNIT_DOWN},
		[NARROW_PARENT] = {STMT_PAGE_SORTED_PARENT_UP, STMT_PAGE_SORTED_PARENT_DOWN},
		[NARROW_PROGRAMME] = {STMT_PAGE_SORTED_PROGRAMME_UP, STMT_PAGE_SORTED_PROGRAMME_DOWN},
		[NARROW_WORDS] = {STMT_PAGE_SORTED_WORDS_UP, STMT_PAGE_SORTED_WORDS_DOWN},
		[NARROW_FOLLOWED] = {STMT_PAGE_SORTED_FOLLOWED_UP, STMT_PAGE_SORTED_FOLLOWED_DOWN}};
	bool more;

	paging->values[P_WORD] = V_TEXT(str_from(sorts[paging->query->sort].key));
	TRY(walk(paging, statements[narrow][paging->down],
		paging->first ? edge(paging->down) : paging->after.key,
		paging->first ? edge(paging->down) : paging->after.id));
	const struct matter_line *last = last_of(paging, &more);

	if (more) {
		TRY(place_of(paging, last, &paging->next.key));
		paging->next.id = last->id;
	}
	return ERR_OK;
}

static enum err page_of(struct paging *paging)
{
	const struct matter_query *query = paging->query;

	if (query->parent != 0)
		return page_sorted(paging, NARROW_PARENT);
	if (query->programme != 0)
		return page_sorted(paging, NARROW_PROGRAMME);
	if (query->followed)
		return page_sorted(paging, NARROW_FOLLOWED);
	if (query->q.size > 0 && query->sort != MATTER_NEWEST)
		return page_sorted(paging, NARROW_WORDS);
	switch (query->sort) {
	case MATTER_DUE:
	case MATTER_DUE_LAST:
		return page_due(paging);
	case MATTER_CHANGED:
	case MATTER_CHANGED_LAST:
		return query->unit != 0 ? page_sorted(paging, NARROW_UNIT) : page_changed(paging);
	case MATTER_NUMBER:
	case MATTER_NUMBER_LAST:
		return query->unit != 0 ? page_sorted(paging, NARROW_UNIT) : page_number(paging);
	default:
		return page_newest(paging);
	}
}

enum err store_matter_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct matter_query *query, const struct page_after *after, struct matter_line **ret_lines,
	size_t *ret_count, struct page_after *ret_next, struct bh_err *reterr)
{
	struct paging paging = {.store = store,
		.query = query,
		.list = {.arena = arena},
		.after = after == NULL ? (struct page_after){0} : *after,
		.down = sorts[query->sort].down,
		.limit = query->limit,
		.reterr = reterr};

	REQUIRE(query->limit > 0 && query->limit < INT64_MAX);
	paging.first = paging.after.id == 0;
	bind_query(paging.values, arena, viewer, query);
	if (!asks_nothing(query, paging.values))
		TRY(page_of(&paging));
	*ret_next = paging.next;
	LIST_GIVE(paging.list, ret_lines, ret_count);
	return ERR_OK;
}

static enum statement count_way(const struct matter_query *query)
{
	bool open = query->standing == STANDING_OPEN || query->standing == STANDING_OVERDUE;

	if (query->parent != 0)
		return STMT_PAGE_COUNT_PARENT;
	if (query->programme != 0)
		return STMT_PAGE_COUNT_PROGRAMME;
	if (query->followed)
		return STMT_PAGE_COUNT_FOLLOWED;
	if (query->q.size > 0)
		return STMT_PAGE_COUNT_WORDS;
	if (query->unit != 0)
		return STMT_PAGE_COUNT_UNIT;
	if (query->procedure.size > 0)
		return STMT_PAGE_COUNT_PROCEDURE;
	if (query->due_before.us > 0)
		return STMT_PAGE_COUNT_DUE;
	if (query->commander != 0 && open)
		return STMT_PAGE_COUNT_COMMANDER;
	return open ? STMT_PAGE_COUNT_OPEN : STMT_PAGE_COUNT_ALL;
}

enum err store_matter_count(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct matter_query *query, int64_t *ret_count, struct bh_err *reterr)
{
	struct value values[P_COUNT];
	struct number found = {0};

	bind_query(values, arena, viewer, query);
	values[P_LIMIT] = V_INT(MATTER_COUNT_MAX);
	values[P_KEY] = values[P_ID] = V_INT(0);
	if (!asks_nothing(query, values))
		TRY(run_bound(store, count_way(query), values, take_number, &found, reterr));
	*ret_count = found.value;
	return ERR_OK;
}

static enum err take_counted(void *context, const struct row *row)
{
	*(struct parts_counted *)context =
		(struct parts_counted){row_int(row, 0), row_int(row, 1), row_int(row, 2)};
	return ERR_OK;
}

enum err store_parts_count(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct parts_counted *ret_counted, struct bh_err *reterr)
{
	*ret_counted = (struct parts_counted){0};
	return RUN(store, STMT_PARTS_COUNTED, take_counted, ret_counted, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(matter));
}

/* ---- duties ---- */

enum {
	D_PERSON,
	D_TODAY,
	D_WHOSE,
	D_UNIT,
	D_POST,
	D_DUE,
	D_BREACHED,
	D_LIMIT,
	D_KEY,
	D_MATTER,
	D_ID,
	D_OPEN,
	D_ASKER,
	D_PROCEDURE,
	D_COUNT
};

static enum statement duty_way(const struct duty_query *query)
{
	if (query->open && query->post != 0)
		return STMT_DUTY_PAGE_POST;
	if (query->open && query->unit != 0)
		return STMT_DUTY_PAGE_UNIT;
	if (query->breached)
		return STMT_DUTY_PAGE_BREACHED;
	return query->open ? STMT_DUTY_PAGE_OPEN : STMT_DUTY_PAGE_ANY;
}

static int by_due(const void *a, const void *b)
{
	const struct duty_line *left = a, *right = b;

	if (left->due.us != right->due.us)
		return left->due.us < right->due.us ? -1 : 1;
	if (left->matter != right->matter)
		return left->matter < right->matter ? -1 : 1;
	return left->id < right->id ? -1 : left->id > right->id;
}

/* A unit's duty is also that of the post which heads it: what came twice stands once. */
static void merge_duties(struct list *list)
{
	struct duty_line *lines = list->items;
	size_t kept = 0;

	if (list->count > 1)
		qsort(lines, list->count, sizeof *lines, by_due);
	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 || by_due(&lines[kept - 1], &lines[i]) != 0)
			lines[kept++] = lines[i];
	list->count = kept;
}

/* What one person bears: by name, through each post, through each unit for which a post may act. Each is a
 * short range of an index, read no further than a page; together they are few. */
static enum err run_person(
	struct store *store, struct value values[D_COUNT], struct list *list, struct bh_err *reterr)
{
	struct list posts = {.arena = list->arena}, units = {.arena = list->arena};

	TRY(RUN(store, STMT_POSTS_OF_PERSON, line_of_id, &posts, reterr, values[D_WHOSE], values[D_TODAY]));
	TRY(RUN(store, STMT_UNITS_OF_PERSON, line_of_id, &units, reterr, values[D_WHOSE], values[D_TODAY]));
	TRY(run_bound(store, STMT_DUTY_PAGE_NAME, values, line_of_duty, list, reterr));
	for (size_t i = 0; i < posts.count; i++) {
		values[D_POST] = V_INT(((int64_t *)posts.items)[i]);
		TRY(run_bound(store, STMT_DUTY_PAGE_POST, values, line_of_duty, list, reterr));
	}
	values[D_POST] = V_ID(0);
	for (size_t i = 0; i < units.count; i++) {
		values[D_UNIT] = V_INT(((int64_t *)units.items)[i]);
		TRY(run_bound(store, STMT_DUTY_PAGE_UNIT, values, line_of_duty, list, reterr));
	}
	merge_duties(list);
	return ERR_OK;
}

/* What is owed as an answer to the posts that a person holds. */
static enum err run_asker(struct store *store, int64_t person, struct value values[D_COUNT],
	struct list *list, struct bh_err *reterr)
{
	struct list posts = {.arena = list->arena};

	TRY(RUN(store, STMT_POSTS_OF_PERSON, line_of_id, &posts, reterr, V_INT(person), values[D_TODAY]));
	for (size_t i = 0; i < posts.count; i++) {
		values[D_ASKER] = V_INT(((int64_t *)posts.items)[i]);
		TRY(run_bound(store, STMT_DUTY_PAGE_ASKED, values, line_of_duty, list, reterr));
	}
	merge_duties(list);
	return ERR_OK;
}

enum err store_duty_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct duty_query *query, const struct page_after *after, struct duty_line **ret_lines,
	size_t *ret_count, struct page_after *ret_next, struct bh_err *reterr)
{
	bool first = after == NULL || after->id == 0;
	struct list list = {.arena = arena};
	struct value values[D_COUNT] = {
		[D_PERSON] = V_INT(viewer->person),
		[D_TODAY] = V_TEXT(day_print(arena, viewer->today)),
		[D_WHOSE] = V_ID(query->person),
		[D_UNIT] = V_ID(query->unit),
		[D_POST] = V_ID(query->post),
		[D_DUE] = instant_value(query->due_before),
		[D_BREACHED] = V_INT(query->breached),
		[D_LIMIT] = V_INT(query->limit + 1),
		[D_KEY] = V_INT(first ? INT64_MIN : after->key),
		[D_MATTER] = V_INT(first ? INT64_MIN : after->id),
		[D_ID] = V_INT(first ? INT64_MIN : after->part),
		[D_OPEN] = V_INT(query->open),
		[D_ASKER] = V_ID(0),
		[D_PROCEDURE] = V_TEXT(query->procedure),
	};

	REQUIRE(query->limit > 0 && query->limit < INT64_MAX);
	if (query->asker != 0)
		TRY(run_asker(store, query->asker, values, &list, reterr));
	else if (query->open && query->person != 0 && query->unit == 0 && query->post == 0)
		TRY(run_person(store, values, &list, reterr));
	else
		TRY(run_bound(store, duty_way(query), values, line_of_duty, &list, reterr));
	*ret_next = (struct page_after){0};
	if ((int64_t)list.count > query->limit) {
		const struct duty_line *last = &((struct duty_line *)list.items)[query->limit - 1];

		list.count = (size_t)query->limit;
		*ret_next = (struct page_after){last->due.us, last->matter, last->id};
	}
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}
