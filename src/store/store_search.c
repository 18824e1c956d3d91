/* store_search.c: what is found by its words: the text that is kept for it, and the question. */
#include "store/store_search.h"
#include "store/bigram.h"
#include "store/store_lines.h"
#include "store/store_write.h"

/* ---- the text ---- */

struct str search_head(struct arena *arena, struct str number, struct str title)
{
	return str_format(arena, "%.*s\n%.*s", STR_ARG(number), STR_ARG(title));
}

struct str search_body(
	struct arena *arena, const struct procedure *procedure, const struct doc *fields, struct str title)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < procedure->field_count; i++) {
		const struct field *field = &procedure->fields[i];
		const struct doc *value = doc_get_str(fields, field->name);

		if ((field->type != FIELD_TEXT && field->type != FIELD_RULE) || value == NULL ||
			value->kind != DOC_TEXT || str_equal(value->text, title))
			continue;
		buf_put(&buf, value->text);
		buf_put_char(&buf, '\n');
	}
	return buf_str(&buf);
}

/* What is nowhere is asked by nobody: it isn't indexed. */
static enum err put_wait(struct store *store, int64_t id, struct bh_err *reterr)
{
	int64_t *waits = driver_search_waits(store);

	if (waits == NULL)
		return ERR_OK;
	++*waits;
	return RUN(store, STMT_SEARCH_WAIT_PUT, NULL, NULL, reterr, V_INT(id));
}

enum err search_put(struct store *store, const struct search_text *text, struct bh_err *reterr)
{
	int64_t changes = store_changes(store);

	TRY(RUN(store, STMT_SEARCH_TEXT_PUT, NULL, NULL, reterr, V_INT(text->id), V_TEXT(text->head),
		V_TEXT(text->body)));
	return store_changes(store) != changes ? put_wait(store, text->id, reterr) : ERR_OK;
}

enum err search_say(
	struct store *store, int64_t matter, const struct str *said, size_t count, struct bh_err *reterr)
{
	for (size_t i = 0; i < count; i++)
		TRY(RUN(store, STMT_SEARCH_SAY, NULL, NULL, reterr, V_INT(matter), V_TEXT(said[i])));
	return count > 0 ? put_wait(store, matter, reterr) : ERR_OK;
}

enum err search_put_definition(struct store *store, struct arena *arena, int64_t definition,
	const struct procedure *procedure, struct bh_err *reterr)
{
	const struct search_text text = {.id = -definition,
		.head = str_format(arena, "%.*s\n%.*s\n%.*s", STR_ARG(procedure->name),
			STR_ARG(procedure->title.zh), STR_ARG(procedure->title.en)),
		.body = procedure->text};

	return search_put(store, &text, reterr);
}

/* ---- the index, behind it ---- */

static enum err take_count(void *context, const struct row *row)
{
	*(int64_t *)context = row_int(row, 0);
	return ERR_OK;
}

enum err search_count_waiting(struct store *store, struct bh_err *reterr)
{
	return RUN0(store, STMT_SEARCH_WAIT_COUNT, take_count, driver_search_waits(store), reterr);
}

struct first_waiting {
	int64_t count, last;
};

static enum err take_first(void *context, const struct row *row)
{
	*(struct first_waiting *)context = (struct first_waiting){row_int(row, 0), row_int(row, 1)};
	return ERR_OK;
}

enum err search_index(struct store *store, int64_t limit, struct bh_err *reterr)
{
	struct first_waiting first = {0};
	int64_t *waits = driver_search_waits(store);

	TRY(RUN(store, STMT_SEARCH_WAIT_FIRST, take_first, &first, reterr, V_INT(limit)));
	if (first.count > 0) {
		TRY(RUN(store, STMT_SEARCH_INDEX, NULL, NULL, reterr, V_INT(first.last)));
		TRY(RUN(store, STMT_SEARCH_INDEXED, NULL, NULL, reterr, V_INT(first.last)));
	}
	/* The number is of marks, and one matter may have been marked twice. */
	*waits = first.count < limit || *waits < first.count ? 0 : *waits - first.count;
	return ERR_OK;
}

int64_t store_waits_for_index(struct store *store)
{
	const int64_t *waits = driver_search_waits(store);

	return waits != NULL ? *waits : 0;
}

enum err store_index(struct store *store, int64_t limit, struct bh_err *reterr)
{
	TRY(store_begin(store, reterr));
	enum err err = search_index(store, limit, reterr);

	if (err == ERR_OK)
		err = store_commit(store, reterr);
	if (err != ERR_OK)
		store_abort(store);
	return err;
}

/* ---- the question ---- */

#define EXCERPT_BEFORE                                                                                       \
	((size_t)45) /* bytes of a line that are shown before what was found: 15 characters … */
#define EXCERPT_MAX ((size_t)150) /* … and in all */

/* Where a character begins, at or before `at`. */
static size_t character_at(struct str text, size_t at)
{
	while (at > 0 && at < text.size && ((unsigned char)text.data[at] & 0xC0) == 0x80)
		at--;
	return at;
}

struct excerpt search_excerpt(struct str text, size_t from, size_t to)
{
	size_t begin = from, end = to;

	while (begin > 0 && text.data[begin - 1] != '\n' && from - begin < EXCERPT_BEFORE)
		begin--;
	while (end < text.size && text.data[end] != '\n' && end - begin < EXCERPT_MAX)
		end++;
	begin = character_at(text, begin);
	end = end < text.size ? character_at(text, end) : end;
	return (struct excerpt){str_slice(text, begin, end - begin), from - begin, to - begin};
}

static void cut_excerpt(struct str text, size_t from, size_t to, struct search_hit *hit)
{
	struct excerpt excerpt = search_excerpt(text, from, to);

	hit->excerpt = excerpt.text;
	hit->from = excerpt.from;
	hit->to = excerpt.to;
}

struct search_call {
	struct list list;
	struct str typed;
	size_t in_head; /* how many of the hits have all that was typed in their head */
};

static enum err push_hit(void *context, const struct row *row)
{
	static const char *const parts[] = {"head", "body", "said"};
	struct search_call *call = context;
	struct arena *arena = call->list.arena;
	struct list lines = {.arena = arena};
	size_t from, to;

	TRY(line_of_matter(&lines, row));
	struct search_hit *hit = LIST_PUSH(&call->list, struct search_hit);

	*hit = (struct search_hit){.line = *(struct matter_line *)lines.items, .part = ""};
	for (int i = 0; i < (int)ARRAY_COUNT(parts); i++) {
		struct str text = str_copy(arena, row_text(row, LINE_COLUMNS + i));

		if (!bigram_find(arena, text, call->typed, &from, &to))
			continue;
		hit->part = parts[i];
		cut_excerpt(text, from, to, hit);
		break;
	}
	return ERR_OK;
}

/* What has the words in its head comes first, then the rest: `part` says in which of the two a page begins.
 */
static enum err search_both(struct store *store, struct search_call *call, const struct value *viewer,
	struct str question, int64_t limit, const struct page_after *after, struct bh_err *reterr)
{
	struct str head = str_format(call->list.arena, "head : (%.*s)", STR_ARG(question));
	bool rest = after->part == 1;

	if (!rest)
		TRY(RUN(store, STMT_SEARCH_HEAD, push_hit, call, reterr, viewer[0], viewer[1], V_TEXT(head),
			V_TEXT(question), V_INT(after->id == 0 ? INT64_MAX : after->id), V_INT(limit)));
	int64_t found = (int64_t)call->list.count;

	call->in_head = call->list.count;

	if (found >= limit)
		return ERR_OK;
	return RUN(store, STMT_SEARCH_REST, push_hit, call, reterr, viewer[0], viewer[1], V_TEXT(head),
		V_TEXT(question), V_INT(rest ? after->id : INT64_MAX), V_INT(limit - found));
}

enum err store_search(struct store *store, struct arena *arena, const struct viewer *viewer, struct str typed,
	int64_t limit, const struct page_after *after, struct search_hit **ret_hits, size_t *ret_count,
	struct page_after *ret_next, struct bh_err *reterr)
{
	const struct page_after from = after == NULL ? (struct page_after){0} : *after;
	struct search_call call = {.list = {.arena = arena}, .typed = typed};
	struct str question = bigram_question(arena, typed);
	const struct value who[] = {V_INT(viewer->person), V_TEXT(day_print(arena, viewer->today))};

	REQUIRE(limit > 0 && limit < INT32_MAX);
	if (question.size > 0)
		TRY(search_both(store, &call, who, question, limit + 1, &from, reterr));
	*ret_next = (struct page_after){0};
	struct search_hit *hits = call.list.items;

	if ((int64_t)call.list.count > limit) {
		call.list.count = (size_t)limit;
		ret_next->id = ret_next->key = hits[limit - 1].line.id;
		ret_next->part = (size_t)limit > call.in_head;
	}
	LIST_GIVE(call.list, ret_hits, ret_count);
	return ERR_OK;
}

static enum err push_definition_hit(void *context, const struct row *row)
{
	struct search_call *call = context;
	struct arena *arena = call->list.arena;
	struct definition_hit *hit = LIST_PUSH(&call->list, struct definition_hit);
	struct search_hit cut = {0};
	size_t from, to;

	*hit = (struct definition_hit){.id = row_int(row, 0),
		.version = row_int(row, 2),
		.procedure = str_copy(arena, row_text(row, 1))};
	for (int i = 0; i < 2 && cut.excerpt.size == 0; i++) {
		struct str text = str_copy(arena, row_text(row, 3 + i));

		if (bigram_find(arena, text, call->typed, &from, &to))
			cut_excerpt(text, from, to, &cut);
	}
	hit->excerpt = cut.excerpt;
	hit->from = cut.from;
	hit->to = cut.to;
	return ERR_OK;
}

enum err store_search_definitions(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str typed, int64_t limit, struct definition_hit **ret_hits, size_t *ret_count,
	struct bh_err *reterr)
{
	struct search_call call = {.list = {.arena = arena}, .typed = typed};
	struct str question = bigram_question(arena, typed);

	if (question.size > 0)
		TRY(RUN(store, STMT_SEARCH_DEFINITION, push_definition_hit, &call, reterr,
			V_INT(viewer->person), V_TEXT(day_print(arena, viewer->today)), V_TEXT(question),
			V_INT(limit)));
	LIST_GIVE(call.list, ret_hits, ret_count);
	return ERR_OK;
}
