/* give.c: matters as the table that import reads. */
#include "intake/ways.h"

struct first_event {
	struct arena *arena;
	struct doc *payload;
};

static enum err take_first(void *context, const struct stored_event *event)
{
	struct first_event *first = context;

	if (first->payload != NULL || event->payload.data == NULL)
		return ERR_OK;
	return doc_read_canonical(
		first->arena, str_copy(first->arena, event->payload), &first->payload, NULL);
}

/* The office's own number where an import brought one, so that it is known again; else the record's. */
static struct str number_of(const struct doc *opening, const struct matter *matter)
{
	struct str key = doc_get_text(opening, "key"), procedure;

	if (!str_starts(key, "import:"))
		return matter->number;
	key = str_slice(key, 7, key.size);
	struct str rest = key;

	/* "import:PROCEDURE:HASH" is the key of a row that had no number. */
	if (str_cut(&rest, ':', &procedure) && rest.size == 64 &&
		str_equal(procedure, matter->procedure->name))
		return matter->number;
	return key;
}

enum err opening_read(struct store *store, struct arena *arena, int64_t matter,
	const struct doc **ret_opening, struct bh_err *reterr)
{
	struct first_event first = {.arena = arena};

	TRY(store_event_of_object(
		store, str_format(arena, "m%lld", (long long)matter), take_first, &first, reterr));
	*ret_opening = first.payload;
	return ERR_OK;
}

static enum err load(const struct matters_giving *giving, int64_t id, struct matter **ret_matter,
	const struct doc **ret_opening, struct bh_err *reterr)
{
	TRY(institution_matter(giving->institution, giving->store, giving->arena, id, ret_matter, reterr));
	return opening_read(giving->store, giving->arena, id, ret_opening, reterr);
}

/* Of another matter that a row names; "" where there is none, or none that may be known of. */
static struct str other_number(void *context, int64_t id)
{
	const struct matters_giving *giving = context;
	const struct doc *opening;
	struct matter *matter;
	bool sees = true;

	if (id == 0)
		return STR("");
	if (giving->viewer != NULL && store_may_see(giving->store, giving->viewer, id, &sees, NULL) != ERR_OK)
		return STR("");
	if (!sees || load(giving, id, &matter, &opening, NULL) != ERR_OK)
		return STR("");
	return number_of(opening, matter);
}

enum err matters_give(
	const struct matters_giving *giving, const struct rows_out *rows, int64_t id, struct bh_err *reterr)
{
	struct matters_giving of = *giving;
	const struct org *org = giving->institution->org;
	const struct doc *opening;
	struct matter *matter;

	TRY(load(giving, id, &matter, &opening, reterr));
	const struct person *by = org_person(org, doc_get_int(opening, "person", 0));
	const struct matter_written written = {.fields = matter->fields,
		.number = number_of(opening, matter),
		.parent = other_number(&of, matter->parent),
		.by = by == NULL ? STR("") : by->code,
		.weight = matter->weight,
		.version = matter->version,
		.opened = instant_day(matter->opened, giving->institution->offset_minutes)};

	matter_table_write(rows, giving->procedure, org, &written, other_number, &of);
	return ERR_OK;
}
