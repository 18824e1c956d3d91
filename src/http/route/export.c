/* export.c: lists as files that an office opens. What is in them is what the lists show, to the same viewer;
 * each is recorded as a look. */
#include "exchange/csv.h"
#include "http/handlers.h"
#include "http/matter_filter.h"
#include "view/lines.h"

#define CHUNK    1000
#define ROWS_MAX 100000

/* A cell of the head, in both languages. */
struct column {
	const char *zh, *en;
};

static void put_head(
	const struct reading *reading, struct buf *buf, const struct column *columns, size_t count)
{
	struct str *cells = ARENA_TAKE(reading->request->arena, count, struct str);

	/* By this mark spreadsheet programs know UTF-8. */
	if (request_bool(reading->request, "bom"))
		buf_puts(buf, "\xEF\xBB\xBF");
	for (size_t i = 0; i < count; i++)
		cells[i] = str_from(tell_either(&reading->teller, columns[i].zh, columns[i].en));
	csv_put_row(buf, cells, count);
}

static void give(struct reply *reply, struct buf *buf, const char *name)
{
	reply_body(reply, "text/csv; charset=utf-8", buf_str(buf));
	reply_header(reply, "Content-Disposition",
		str_format(reply->arena, "attachment; filename=\"%s.csv\"", name));
}

static enum err too_many(struct http_request *request)
{
	return err_set(&request->why, ERR_RANGE, "rows",
		"there are more than %d rows: ask for fewer by a filter", ROWS_MAX);
}

/* ---- matters ---- */

static void put_matter(const struct reading *reading, struct buf *buf, const struct matter_line *line)
{
	const struct teller *teller = &reading->teller;
	struct arena *arena = teller->arena;
	int progress = line->rolled >= 0 ? line->rolled : line->progress;
	const struct str cells[] = {line->number, line->title, line_procedure_title(teller, line),
		line_state_label(teller, line), tell_unit(teller, line->unit),
		tell_post(teller, line->commander), tell_time(teller, line->opened),
		tell_day(teller, line->due), tell_time(teller, line->ended),
		str_from(tell_word(teller, str_copy(arena, line->lamp).data)),
		progress < 0 ? STR("") : str_format(arena, "%d", progress)};

	csv_put_row(buf, cells, ARRAY_COUNT(cells));
}

enum err route_export_matters(struct http_request *request, struct reply *reply)
{
	static const struct column columns[] = {{"编号", "number"}, {"事项", "title"}, {"程序", "procedure"},
		{"环节", "state"}, {"主办单位", "unit"}, {"挂牌领导", "commander"}, {"立项时间", "opened"},
		{"到期", "due"}, {"结束时间", "ended"}, {"灯", "lamp"}, {"进度%", "progress%"}};
	const struct reading reading = reading_of(request);
	struct buf buf = buf_new(request->arena);
	struct page_after after = {0}, next = {0};
	struct matter_query query;
	int64_t rows = 0;
	bool seen;

	TRY(matter_filter_read(&reading, &query));
	TRY(matter_filter_is_seen(&reading, &query, &seen));
	query.limit = CHUNK;
	TRY(request_look(request, STR("export:matters")));
	put_head(&reading, &buf, columns, ARRAY_COUNT(columns));
	do {
		struct matter_line *lines = NULL;
		size_t count = 0;

		if (seen)
			TRY(store_matter_page(request->reader, request->arena, &reading.viewer, &query,
				&after, &lines, &count, &next, &request->why));
		for (size_t i = 0; i < count; i++)
			put_matter(&reading, &buf, &lines[i]);
		rows += (int64_t)count;
		after = next;
		if (rows > ROWS_MAX)
			return too_many(request);
	} while (after.key != 0 || after.id != 0 || after.part != 0);
	give(reply, &buf, "matters");
	return ERR_OK;
}
