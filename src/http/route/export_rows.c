/* export_rows.c: the matters of one procedure as the table that import reads again, edited or not. */
#include "exchange/matter_table.h"
#include "exchange/sheet_write.h"
#include "http/handlers.h"
#include "http/reading.h"
#include "intake/intake.h"

#define CHUNK    500
#define ROWS_MAX 10000 /* what one import takes */

struct giving {
	const struct reading *reading;
	struct matters_giving matters;
	struct rows_out rows;
	struct buf csv;
	struct sheet_out *sheet; /* NULL: csv */
	int64_t count;
};

static void put_sheet(void *context, const struct str *cells, size_t count)
{
	struct giving *giving = context;

	sheet_out_row(giving->sheet, cells, count);
}

/* The names of the columns are what import knows in every language. */
static enum err put_head(struct giving *giving)
{
	struct http_request *request = giving->reading->request;
	const struct procedure *procedure = giving->matters.procedure;
	struct sheet_column *columns;
	size_t count;

	if (!str_is(request_text(request, "format"), "xlsx")) {
		giving->rows = csv_rows_out(&giving->csv);
		matter_table_write_head(&giving->rows, procedure);
		return ERR_OK;
	}
	const struct csv_column *named = matter_table_columns(request->arena, procedure, &count);

	columns = ARENA_TAKE(request->arena, count, struct sheet_column);
	/* Written as matter_table_write_head has them: ours before the fields. */
	for (size_t i = 0; i < count; i++)
		columns[(i + MATTER_COLUMN_COUNT) % count].head = str_from(named[i].name);
	TRY(sheet_out_open(request->arena, columns, count, &giving->sheet, &request->why));
	giving->rows = (struct rows_out){giving->matters.arena, giving, put_sheet};
	return ERR_OK;
}

static enum err put_page(struct giving *giving, struct matter_line *lines, size_t count)
{
	struct http_request *request = giving->reading->request;

	for (size_t i = 0; i < count; i++)
		TRY(matters_give(&giving->matters, &giving->rows, lines[i].id, &request->why));
	giving->count += (int64_t)count;
	return giving->count <= ROWS_MAX
		       ? ERR_OK
		       : err_set(&request->why, ERR_RANGE, "rows",
				 "there are more than %d rows: ask for fewer by a filter", ROWS_MAX);
}

static enum err put_rows(struct giving *giving)
{
	struct http_request *request = giving->reading->request;
	struct matter_query query = {.procedure = giving->matters.procedure->name, .limit = CHUNK};
	struct page_after after = {0}, next;
	struct matter_line *lines;
	size_t count;

	TRY(reading_unit(giving->reading, "unit", &query.unit));
	TRY(put_head(giving));
	do {
		TRY(store_matter_page(request->reader, giving->matters.arena, &giving->reading->viewer,
			&query, &after, &lines, &count, &next, &request->why));
		TRY(put_page(giving, lines, count));
		after = next;
		arena_clear(giving->matters.arena);
	} while (after.key != 0 || after.id != 0 || after.part != 0);
	return ERR_OK;
}

static enum err give(struct giving *giving, struct reply *reply)
{
	struct sheet_out *sheet = giving->sheet;
	struct str name = giving->matters.procedure->name;
	uint64_t size;
	int fd;

	if (sheet == NULL) {
		reply_body(reply, "text/csv; charset=utf-8", buf_str(&giving->csv));
		reply_header(reply, "Content-Disposition",
			str_format(reply->arena, "attachment; filename=\"%.*s.csv\"", STR_ARG(name)));
		return ERR_OK;
	}
	giving->sheet = NULL;
	TRY(sheet_out_give(sheet, &fd, &size, &giving->reading->request->why));
	reply_file(reply, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		str_format(reply->arena, "%.*s.xlsx", STR_ARG(name)), fd, size);
	return ERR_OK;
}

enum err route_export_rows(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct giving giving = {.reading = &reading, .csv = buf_new(request->arena)};
	const struct definition *found;

	TRY(institution_definition(reading.teller.institution, request->arena,
		request_text(request, "procedure"), &found, &request->why));
	/* What lies in a compartment is looked at one by one. */
	if (found->procedure->visibility == VISIBILITY_COMPARTMENT)
		return err_set(&request->why, ERR_REFUSED, "procedure",
			"matters of a compartment are read one by one, not as a table");
	TRY(request_look(
		request, str_format(request->arena, "export:%.*s", STR_ARG(found->procedure->name))));
	giving.matters = (struct matters_giving){
		reading.teller.institution, request->reader, found->procedure, &reading.viewer, arena_new()};
	enum err err = put_rows(&giving);

	if (err == ERR_OK)
		err = give(&giving, reply);
	if (giving.sheet != NULL)
		sheet_out_abandon(giving.sheet);
	arena_free(giving.matters.arena);
	return err;
}
