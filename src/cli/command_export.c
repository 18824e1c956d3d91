/* command_export.c: what import reads, written from what is recorded. */
#include "cli/house.h"
#include "cli/kinds.h"

#include "exchange/calendar_table.h"
#include "exchange/matter_table.h"

#include <stdio.h>

#define MATTERS_MAX   INT64_C(100000000)
#define MATTERS_CHUNK 500 /* written before memory is used again */

static void print(struct buf *buf)
{
	fwrite(buf->data, 1, buf->size, stdout);
	buf->size = 0;
}

static enum err export_calendar(struct house *house, struct buf *buf)
{
	struct call *call = house->call;
	const struct calendar_day *days;
	size_t count;
	int64_t times;

	TRY(store_calendar_own(house->store, call->arena, &days, &count, &times, &call->why));
	calendar_table_write(buf, days, count);
	return ERR_OK;
}

/* ---- matters ---- */

struct matters_out {
	struct house *house;
	const struct procedure *procedure;
	struct arena *arena; /* of a chunk of rows */
};

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

static enum err load(
	struct matters_out *out, int64_t id, struct matter **ret_matter, const struct doc **ret_opening)
{
	struct house *house = out->house;
	struct bh_err *why = &house->call->why;
	struct first_event first = {.arena = out->arena};

	TRY(institution_matter(&house->institution, house->store, out->arena, id, ret_matter, why));
	TRY(store_event_of_object(
		house->store, str_format(out->arena, "m%lld", (long long)id), take_first, &first, why));
	*ret_opening = first.payload;
	return ERR_OK;
}

static struct str matter_number(void *context, int64_t id)
{
	struct matters_out *out = context;
	struct matter *matter;
	const struct doc *opening;

	if (id == 0 || load(out, id, &matter, &opening) != ERR_OK)
		return STR("");
	return number_of(opening, matter);
}

static enum err put_matter(struct matters_out *out, struct buf *buf, int64_t id)
{
	const struct org *org = out->house->institution.org;
	struct matter *matter;
	const struct doc *opening;

	TRY(load(out, id, &matter, &opening));
	const struct person *by = org_person(org, doc_get_int(opening, "person", 0));
	const struct matter_written written = {.fields = matter->fields,
		.number = number_of(opening, matter),
		.parent = matter_number(out, matter->parent),
		.by = by == NULL ? STR("") : by->code,
		.weight = matter->weight,
		.opened = instant_day(matter->opened, out->house->institution.offset_minutes)};

	matter_table_write(buf, out->procedure, org, &written, matter_number, out);
	return ERR_OK;
}

static enum err put_matters(struct matters_out *out, const struct matter_line *lines, size_t count)
{
	struct buf buf = buf_new(out->arena);

	/* The list has the newest first; what others are part of must come first. */
	for (size_t i = count; i > 0; i--) {
		TRY(put_matter(out, &buf, lines[i - 1].id));
		if (i % MATTERS_CHUNK == 1) {
			print(&buf);
			arena_clear(out->arena);
			buf = buf_new(out->arena);
		}
	}
	return ERR_OK;
}

static enum err export_matters(struct house *house, struct buf *buf, const char *procedure)
{
	struct call *call = house->call;
	struct matter_filter filter = {.procedure = str_from(procedure), .limit = MATTERS_MAX};
	struct matters_out out = {.house = house};
	struct matter_line *lines;
	size_t count;

	TRY(house_procedure_in_force(house, procedure, &out.procedure));
	matter_table_write_head(buf, out.procedure);
	print(buf);
	TRY(store_matter_list(house->store, call->arena, &filter, &lines, &count, &call->why));
	out.arena = arena_new();
	enum err err = put_matters(&out, lines, count);

	arena_free(out.arena);
	return err;
}

/* ---- the command ---- */

static enum err export(struct house *house) {
	struct call *call = house->call; struct buf buf = buf_new(call->arena); const struct kind * kind;
	const char * procedure;

	TRY(kind_find(call, &kind, &procedure));
	if (option_given(call, "bom")) buf_puts(&buf, "\xEF\xBB\xBF");
	if (kind->of == KIND_OF_MATTERS) return export_matters(house, &buf, procedure);
	if (kind->of == KIND_OF_CALENDAR) TRY(export_calendar(house, &buf));
	else org_table_write(&buf, house->institution.org, kind->table);
	print(&buf);
	return ERR_OK;
}

enum err command_export(struct call *call)
{
	struct house house;

	TRY(house_open_to_read(call, &house));
	enum err err = export(&house);

	house_close(&house);
	return err;
}
