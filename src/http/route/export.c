/* export.c: lists as files that an office opens, csv or a spreadsheet. What is in them is what the lists show
 * to the same viewer, in the columns that are asked for; each is recorded as a look. */
#include "exchange/calendar_table.h"
#include "exchange/sheet_write.h"
#include "http/handlers.h"
#include "http/matter_filter.h"
#include "http/route/paper.h"
#include "http/route/report.h"
#include "intake/kind.h"
#include "view/list_table.h"

#define CHUNK    1000 /* rows for which memory is taken at once */
#define ROWS_MAX 100000

/* ---- where the rows go ---- */

struct exporting {
	const struct reading *reading;
	const char *name;   /* of the file */
	struct arena *page; /* of a chunk of rows */
	const struct list_column *columns;
	size_t column_count;
	size_t chosen[LIST_COLUMNS_MAX], chosen_count; /* places among the columns, from left to right */
	struct buf csv;
	struct sheet_out *sheet; /* NULL: csv */
	int64_t rows;
};

static enum err choose(struct exporting *exporting)
{
	struct http_request *request = exporting->reading->request;
	struct str asked = request_text(request, "columns"), name;

	for (size_t i = 0; asked.size == 0 && i < exporting->column_count; i++)
		exporting->chosen[exporting->chosen_count++] = i;
	bool open_end = asked.size > 0 && asked.data[asked.size - 1] == ',';

	while (asked.size > 0 && str_cut(&asked, ',', &name)) {
		if (exporting->chosen_count == LIST_COLUMNS_MAX)
			return err_set(
				&request->why, ERR_INVALID, "columns", "there are not so many columns");
		TRY(list_column_find(request->arena, exporting->columns, exporting->column_count,
			str_trim(name), "columns", &exporting->chosen[exporting->chosen_count++],
			&request->why));
	}
	return open_end ? err_set(&request->why, ERR_INVALID, "columns",
				  "a name is missing behind the last comma")
			: ERR_OK;
}

static enum err put_head(struct exporting *exporting)
{
	struct http_request *request = exporting->reading->request;
	struct arena *arena = request->arena;
	struct sheet_column *columns = ARENA_TAKE(arena, exporting->chosen_count, struct sheet_column);
	struct str heads[LIST_COLUMNS_MAX];

	for (size_t i = 0; i < exporting->chosen_count; i++) {
		const struct list_column *column = &exporting->columns[exporting->chosen[i]];

		heads[i] = str_from(tell_either(&exporting->reading->teller, column->zh, column->en));
		columns[i] = (struct sheet_column){heads[i], column->number, column->lamp};
	}
	if (str_is(request_text(request, "format"), "xlsx"))
		return sheet_out_open(
			arena, columns, exporting->chosen_count, &exporting->sheet, &request->why);
	/* By this mark spreadsheet programs know UTF-8. */
	if (request_bool(request, "bom"))
		buf_puts(&exporting->csv, "\xEF\xBB\xBF");
	csv_put_row(&exporting->csv, heads, exporting->chosen_count);
	return ERR_OK;
}

static void put_row(struct exporting *exporting, const struct str *cells)
{
	struct str chosen[LIST_COLUMNS_MAX];

	for (size_t i = 0; i < exporting->chosen_count; i++)
		chosen[i] = cells[exporting->chosen[i]];
	exporting->rows++;
	if (exporting->sheet != NULL)
		sheet_out_row(exporting->sheet, chosen, exporting->chosen_count);
	else
		csv_put_row(&exporting->csv, chosen, exporting->chosen_count);
}

static enum err check_rows(const struct exporting *exporting)
{
	return exporting->rows <= ROWS_MAX
		       ? ERR_OK
		       : err_set(&exporting->reading->request->why, ERR_RANGE, "rows",
				 "there are more than %d rows: ask for fewer by a filter", ROWS_MAX);
}

static enum err give(struct exporting *exporting, struct reply *reply)
{
	struct sheet_out *sheet = exporting->sheet;
	uint64_t size;
	int fd;

	if (sheet == NULL) {
		reply_body(reply, "text/csv; charset=utf-8", buf_str(&exporting->csv));
		reply_header(reply, "Content-Disposition",
			str_format(reply->arena, "attachment; filename=\"%s.csv\"", exporting->name));
		return ERR_OK;
	}
	exporting->sheet = NULL;
	TRY(sheet_out_give(sheet, &fd, &size, &exporting->reading->request->why));
	reply_file(reply, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		str_format(reply->arena, "%s.xlsx", exporting->name), fd, size);
	return ERR_OK;
}

/* Brings all rows to put_row. */
typedef enum err rows_fn(struct exporting *exporting, void *asked);

static enum err export_rows(struct exporting *exporting, rows_fn *rows, void *asked, struct reply *reply)
{
	struct http_request *request = exporting->reading->request;

	TRY(choose(exporting));
	TRY(request_look(request, str_format(request->arena, "export:%s", exporting->name)));
	exporting->csv = buf_new(request->arena);
	exporting->page = arena_new();
	enum err err = put_head(exporting);

	if (err == ERR_OK)
		err = rows(exporting, asked);
	if (err == ERR_OK)
		err = give(exporting, reply);
	if (exporting->sheet != NULL)
		sheet_out_abandon(exporting->sheet);
	arena_free(exporting->page);
	return err;
}

/* ---- lists, page by page ---- */

/* Brings one page to put_row, and says where the next begins; all 0: nowhere. */
typedef enum err page_fn(struct exporting *exporting, const void *asked, struct page_after *after);

static enum err put_pages(struct exporting *exporting, page_fn *put_page, const void *asked)
{
	struct page_after after = {0};

	do {
		TRY(put_page(exporting, asked, &after));
		TRY(check_rows(exporting));
		arena_clear(exporting->page);
	} while (after.key != 0 || after.id != 0 || after.part != 0);
	return ERR_OK;
}

static struct teller page_teller(const struct exporting *exporting)
{
	struct teller teller = exporting->reading->teller;

	teller.arena = exporting->page;
	return teller;
}

/* ---- matters ---- */

static enum err put_matter_page(struct exporting *exporting, const void *asked, struct page_after *after)
{
	const struct reading *reading = exporting->reading;
	const struct teller teller = page_teller(exporting);
	struct str cells[LIST_COLUMNS_MAX];
	struct matter_line *lines;
	struct page_after next;
	size_t count;

	TRY(store_matter_page(reading->request->reader, exporting->page, &reading->viewer, asked, after,
		&lines, &count, &next, &reading->request->why));
	for (size_t i = 0; i < count; i++) {
		matter_list_cells(&teller, &lines[i], cells);
		put_row(exporting, cells);
	}
	*after = next;
	return ERR_OK;
}

static enum err put_matters(struct exporting *exporting, void *asked)
{
	return put_pages(exporting, put_matter_page, asked);
}

static enum err put_nothing(struct exporting *exporting, void *asked)
{
	(void)exporting;
	(void)asked;
	return ERR_OK;
}

enum err route_export_matters(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct exporting exporting = {.reading = &reading, .name = "matters"};
	struct matter_query query;
	bool seen;

	TRY(matter_filter_read(&reading, &query));
	TRY(matter_filter_is_seen(&reading, &query, &seen));
	query.limit = CHUNK;
	exporting.columns = matter_list_columns(&exporting.column_count);
	return export_rows(&exporting, seen ? put_matters : put_nothing, &query, reply);
}

/* ---- duties ---- */

static enum err put_duty_page(struct exporting *exporting, const void *asked, struct page_after *after)
{
	const struct reading *reading = exporting->reading;
	const struct teller teller = page_teller(exporting);
	struct str cells[LIST_COLUMNS_MAX];
	struct duty_line *lines;
	struct page_after next;
	size_t count;

	TRY(store_duty_page(reading->request->reader, exporting->page, &reading->viewer, asked, after, &lines,
		&count, &next, &reading->request->why));
	for (size_t i = 0; i < count; i++) {
		duty_list_cells(&teller, &lines[i], reading->viewer.today, cells);
		put_row(exporting, cells);
	}
	*after = next;
	return ERR_OK;
}

static enum err put_duties(struct exporting *exporting, void *asked)
{
	return put_pages(exporting, put_duty_page, asked);
}

enum err route_export_duties(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct exporting exporting = {.reading = &reading, .name = "duties"};
	struct duty_query query;

	TRY(duty_filter_read(&reading, &query));
	query.limit = CHUNK;
	exporting.columns = duty_list_columns(&exporting.column_count);
	return export_rows(&exporting, put_duties, &query, reply);
}

/* ---- tables of the institution, as import takes them ---- */

struct table_rows {
	struct exporting *exporting;
	bool headed;
};

/* The first row has the names of the columns. */
static void take_row(void *context, const struct str *cells, size_t count)
{
	struct table_rows *rows = context;

	REQUIRE(count >= rows->exporting->column_count);
	if (rows->headed)
		put_row(rows->exporting, cells);
	rows->headed = true;
}

static enum err put_table(struct exporting *exporting, void *asked)
{
	const struct kind *kind = asked;
	struct http_request *request = exporting->reading->request;
	struct table_rows rows = {.exporting = exporting};
	const struct rows_out out = {request->arena, &rows, take_row};
	const struct calendar_day *days;
	size_t count;
	int64_t times;

	if (kind->of == KIND_OF_ORG) {
		org_table_write(&out, exporting->reading->teller.institution->org, kind->table);
		return ERR_OK;
	}
	TRY(store_calendar_own(request->reader, request->arena, &days, &count, &times, &request->why));
	calendar_table_write(&out, days, count);
	return ERR_OK;
}

static void take_columns(struct exporting *exporting, const struct csv_column *columns, size_t count)
{
	struct list_column *taken = ARENA_TAKE(exporting->reading->request->arena, count, struct list_column);

	REQUIRE(count <= LIST_COLUMNS_MAX);
	for (size_t i = 0; i < count; i++)
		taken[i] = (struct list_column){.name = columns[i].name,
			.zh = columns[i].zh == NULL ? columns[i].name : columns[i].zh,
			.en = columns[i].name};
	exporting->columns = taken;
	exporting->column_count = count;
}

#define PEOPLE_SHOWN 2 /* code and name; the rest of the roster isn't everybody's */

/* Who stands in for whom and who is whose kin is for those who keep it. */
static bool is_kept_close(const struct kind *kind)
{
	return kind->table == ORG_DELEGATIONS || kind->table == ORG_KIN;
}

enum err route_export_table(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct exporting exporting = {.reading = &reading};
	const struct kind *kind;
	const struct csv_column *columns;
	size_t count;
	char word[512];

	TRY(kind_by_name(request->arena, request_text(request, "table"), "table", &kind, &request->why));
	exporting.name = kind->name;
	columns = kind->of == KIND_OF_ORG ? org_table_columns(kind->table, &count)
					  : calendar_table_columns(&count);
	if (!reading_has_function(&reading, "organisation_office")) {
		if (is_kept_close(kind))
			return err_set(&request->why, ERR_FORBIDDEN, "table",
				"this table is for whoever acts for the function \"%s\"",
				org_function_both(reading.teller.institution->org, STR("organisation_office"),
					word, sizeof word));
		count = kind->table == ORG_PEOPLE ? PEOPLE_SHOWN : count;
	}
	take_columns(&exporting, columns, count);
	return export_rows(&exporting, put_table, (void *)kind, reply);
}

/* ---- reports ---- */

static enum err put_report(struct exporting *exporting, void *asked)
{
	const struct report *report = asked;
	struct str cells[LIST_COLUMNS_MAX];

	REQUIRE(report->column_count > 0);
	for (size_t i = 0; i < report->cell_count; i++) {
		cells[i % report->column_count] = report->cells[i].text;
		if ((i + 1) % report->column_count == 0)
			put_row(exporting, cells);
	}
	return check_rows(exporting);
}

enum err route_export_report(struct http_request *request, struct reply *reply)
{
	struct str format = request_text(request, "format");
	bool bulletin = str_is(format, "docx") || str_is(format, "pdf");
	struct reading reading = reading_of(request);
	struct exporting exporting = {.reading = &reading};
	const struct report_row *row;
	struct report report = {0};

	/* A bulletin is in the language that is asked for, whoever takes it. */
	if (bulletin)
		reading.teller.chinese = !str_is(request_text(request, "lang"), "en");
	TRY(report_read(&reading, &row, &report));
	if (bulletin) {
		TRY(request_look(request, str_format(request->arena, "export:%s", row->name)));
		return paper_reply_report(request, reply, &reading, row, &report);
	}
	struct list_column *columns = ARENA_TAKE(request->arena, report.column_count, struct list_column);

	REQUIRE(report.column_count <= LIST_COLUMNS_MAX);
	for (size_t i = 0; i < report.column_count; i++)
		columns[i] = (struct list_column){.name = report.columns[i].key,
			.zh = report.columns[i].zh,
			.en = report.columns[i].en,
			.number = report_column_is_number(&report, i)};
	exporting.name = row->name;
	exporting.columns = columns;
	exporting.column_count = report.column_count;
	return export_rows(&exporting, put_report, &report, reply);
}
