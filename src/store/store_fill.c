/* store_fill.c: what a step of the schema can't say in SQL: whatever follows from the definitions and the
 * events that were there before. */
#include "store/store_fill.h"
#include "store/store_follow.h"
#include "store/store_lines.h"
#include "store/store_search.h"
#include "store/store_see.h"
#include "store/store_write.h"

#define INDEXED_AT_ONCE 4096 /* matters; so many have their text in memory */

struct filling {
	struct store *store;
	struct arena *arena;
	const struct procedure **procedures; /* by definition - 1 */
	size_t count;
	struct bh_err *reterr;
};

static enum err load_procedures(struct filling *filling)
{
	struct stored_definition *definitions;

	TRY(store_definitions(
		filling->store, filling->arena, &definitions, &filling->count, filling->reterr));
	filling->procedures = ARENA_TAKE(filling->arena, filling->count + 1, const struct procedure *);
	for (size_t i = 0; i < filling->count; i++) {
		struct findings findings = findings_new(filling->arena);

		filling->procedures[i] =
			procedure_read(filling->arena, definitions[i].file, definitions[i].text, &findings);
		if (filling->procedures[i] == NULL || definitions[i].id != (int64_t)i + 1)
			return err_set(filling->reterr, ERR_TAMPERED, "definition",
				"the adopted definition %.*s can't be read any more: run bihuan replay",
				STR_ARG(definitions[i].procedure));
	}
	return ERR_OK;
}

/* A matter as its row says, as far as it is needed here. */
struct filled {
	int64_t id;
	const struct procedure *procedure;
	struct str number, title;
	const struct doc *fields;
};

typedef enum err filled_fn(struct filling *filling, struct arena *arena, const struct filled *matter);

struct filled_call {
	struct filling *filling;
	struct arena *arena; /* cleared behind each */
	filled_fn *each;
};

static enum err give_filled(void *context, const struct row *row)
{
	struct filled_call *call = context;
	struct filling *filling = call->filling;
	int64_t definition = row_int(row, 1);
	struct filled matter = {.id = row_int(row, 0)};
	struct doc *fields;

	if (definition < 1 || (size_t)definition > filling->count)
		return err_set(filling->reterr, ERR_TAMPERED, "definition",
			"a row couldn't have been recorded like this: run bihuan replay");
	arena_clear(call->arena);
	matter.procedure = filling->procedures[definition - 1];
	matter.number = str_copy(call->arena, row_text(row, 2));
	matter.title = str_copy(call->arena, row_text(row, 3));
	TRY(doc_read_canonical(
		call->arena, str_copy(call->arena, row_text(row, 4)), &fields, filling->reterr));
	matter.fields = fields;
	return call->each(filling, call->arena, &matter);
}

/* `which` gives those that are to be filled. */
static enum err each_matter(struct filling *filling, enum statement which, filled_fn *each)
{
	struct filled_call call = {filling, arena_new(), each};
	enum err err = RUN0(filling->store, which, give_filled, &call, filling->reterr);

	arena_free(call.arena);
	return err;
}

/* ---- schema 3: who may see what ---- */

static enum err see_matter(struct filling *filling, struct arena *arena, const struct filled *matter)
{
	if (matter->procedure->visibility != VISIBILITY_COMPARTMENT)
		return ERR_OK;
	return see_subjects(
		filling->store, arena, matter->id, matter->procedure, matter->fields, filling->reterr);
}

static enum err fill_sight(struct filling *filling)
{
	struct store *store = filling->store;

	for (size_t i = 0; i < filling->count; i++) {
		const struct procedure *procedure = filling->procedures[i];

		TRY(RUN(store, STMT_MATTER_VISIBILITY_SET, NULL, NULL, filling->reterr, V_INT((int64_t)i + 1),
			V_TEXT(str_from(visibility_name(procedure->visibility)))));
		TRY(see_functions(store, (int64_t)i + 1, procedure, filling->reterr));
	}
	TRY(RUN0(store, STMT_COUNTER_CLEAR, NULL, NULL, filling->reterr));
	TRY(RUN0(store, STMT_COUNTER_FILL, NULL, NULL, filling->reterr));
	return each_matter(filling, STMT_MATTER_FILLED, see_matter);
}

/* ---- schema 6: what is found by its words ---- */

struct saying {
	struct filling *filling;
	struct arena *arena;
	const struct filled *matter;
};

static enum err say_event(void *context, const struct stored_event *stored)
{
	struct saying *saying = context;
	struct event event = {.time = stored->time, .index = stored->index, .matter = saying->matter->id};
	struct str *said = NULL;
	size_t count = 0, capacity = 0;

	if (stored->payload.data == NULL || !event_kind_parse(stored->kind, &event.kind) ||
		doc_read_canonical(saying->arena, str_copy(saying->arena, stored->payload), &event.payload,
			NULL) != ERR_OK)
		return ERR_OK;
	event_said(saying->arena, &event, saying->matter->procedure, &said, &count, &capacity);
	return search_say(saying->filling->store, saying->matter->id, said, count, saying->filling->reterr);
}

static enum err search_matter(struct filling *filling, struct arena *arena, const struct filled *matter)
{
	struct saying saying = {filling, arena, matter};
	const struct search_text text = {.id = matter->id,
		.head = search_head(arena, matter->number, matter->title),
		.body = search_body(arena, matter->procedure, matter->fields, matter->title)};

	TRY(search_put(filling->store, &text, filling->reterr));
	return store_event_of_object(filling->store, str_format(arena, "m%lld", (long long)matter->id),
		say_event, &saying, filling->reterr);
}

static enum err fill_search(struct filling *filling)
{
	for (size_t i = 0; i < filling->count; i++)
		TRY(search_put_definition(filling->store, filling->arena, (int64_t)i + 1,
			filling->procedures[i], filling->reterr));
	TRY(each_matter(filling, STMT_MATTER_FILLED, search_matter));
	while (store_waits_for_index(filling->store) > 0)
		TRY(search_index(filling->store, INDEXED_AT_ONCE, filling->reterr));
	return ERR_OK;
}

/* ---- schema 19: who follows what, and what they hear of it ---- */

static enum err hear_event(void *context, const struct stored_event *stored)
{
	struct matter *matter = context;
	struct event event = {.time = stored->time, .index = stored->index, .matter = matter->id};

	if (stored->payload.data != NULL && event_kind_parse(stored->kind, &event.kind) &&
		doc_read_canonical(matter->arena, str_copy(matter->arena, stored->payload), &event.payload,
			NULL) == ERR_OK)
		matter_hear(matter, &event);
	return ERR_OK;
}

static enum err follow_matter(struct filling *filling, struct arena *arena, const struct filled *row)
{
	struct matter *matter = matter_new(arena);

	matter->id = row->id;
	matter->procedure = row->procedure;
	TRY(store_event_of_object(filling->store, str_format(arena, "m%lld", (long long)row->id), hear_event,
		matter, filling->reterr));
	for (size_t i = 0; i < matter->follower_count; i++)
		TRY(follower_put(filling->store, matter->id, &matter->followers[i], filling->reterr));
	for (size_t i = 0; i < matter->news_count; i++)
		TRY(news_put(filling->store, matter->id, &matter->news[i], filling->reterr));
	return ERR_OK;
}

enum err schema_fill(struct store *store, int version, struct bh_err *reterr)
{
	struct filling filling = {.store = store, .arena = arena_new(), .reterr = reterr};
	bool fills = version == 3 || version == 6 || version == 19;
	enum err err = fills ? load_procedures(&filling) : ERR_OK;

	if (err == ERR_OK && version == 3)
		err = fill_sight(&filling);
	if (err == ERR_OK && version == 6)
		err = fill_search(&filling);
	if (err == ERR_OK && version == 19)
		err = each_matter(&filling, STMT_MATTER_HEARD, follow_matter);
	arena_free(filling.arena);
	return err;
}
