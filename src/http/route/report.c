/* report.c: reports, told to the sender: rows and sums of what they see, the same as bihuan report --as. */
#include "http/route/report.h"
#include "http/handlers.h"
#include "view/unknown.h"

static enum err find(struct http_request *request, const struct report_row **ret_row)
{
	const char **names = ARENA_TAKE(request->arena, report_count() + 1, const char *);

	*ret_row = report_find(request_text(request, "report"));
	if (*ret_row != NULL)
		return ERR_OK;
	for (size_t i = 0; i < report_count(); i++)
		names[i] = report_at(i)->name;
	return unknown_set(&request->why, request->arena, ERR_NOT_FOUND, "report",
		UNKNOWN("没有这种报表", "there is no such report", "", ""), request_text(request, "report"),
		names, report_count());
}

enum err report_read(
	const struct reading *reading, const struct report_row **ret_row, struct report *ret_report)
{
	struct http_request *request = reading->request;
	const struct institution *institution = reading->teller.institution;
	struct day from, to;

	TRY(reading_period(reading, &from, &to));
	const struct report_ask ask = {.arena = request->arena,
		.store = request->reader,
		.viewer = &reading->viewer,
		.org = institution->org,
		.calendar = institution->calendar,
		.procedure = institution_procedure,
		.context = (void *)institution,
		.in_force = institution->in_force,
		.in_force_count = institution->in_force_count,
		.now = request_now(request),
		.offset_minutes = institution->offset_minutes,
		.lang = teller_lang(&reading->teller),
		.from = from,
		.to = to,
		.at = request_day(request, "at"),
		.kind = request_text(request, "kind"),
		.unit = request_text(request, "unit"),
		.person = request_text(request, "person")};
	struct bh_err why;

	TRY(find(request, ret_row));
	enum err err = report_make(*ret_row, &ask, ret_report, &why);

	/* The shell's options have the names of our parameters. */
	return err == ERR_OK
		       ? err
		       : err_pass(&request->why, err,
				 str_starts(str_from(why.place), "--") ? why.place + 2 : why.place, &why);
}

static void put_columns(const struct teller *teller, struct json_out *out, const struct report *report)
{
	json_out_key(out, "columns");
	json_out_open(out, '[');
	for (size_t i = 0; i < report->column_count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "key", str_from(report->columns[i].key));
		json_out_field_text(out, "title",
			str_from(tell_either(teller, report->columns[i].zh, report->columns[i].en)));
		json_out_field_bool(out, "number", report_column_is_number(report, i));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

bool report_column_is_number(const struct report *report, size_t column)
{
	bool number = false;

	for (size_t i = column; i < report->cell_count; i += report->column_count) {
		if (!report->cells[i].number && report->cells[i].text.size > 0)
			return false;
		number = number || report->cells[i].number;
	}
	return number;
}

enum err route_report(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct report_row *row;
	struct report report = {0};

	TRY(report_read(&reading, &row, &report));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "name", str_from(row->name));
	json_out_field_text(out, "title", str_from(tell_either(&reading.teller, row->zh, row->en)));
	put_columns(&reading.teller, out, &report);
	json_out_key(out, "rows");
	json_out_open(out, '[');
	for (size_t i = 0; i < report.cell_count; i++) {
		if (i % report.column_count == 0) {
			json_out_open(out, '{');
			json_out_key(out, "cells");
			json_out_open(out, '[');
		}
		json_out_text(out, report.cells[i].text);
		if ((i + 1) % report.column_count == 0) {
			json_out_close(out, ']');
			json_out_close(out, '}');
		}
	}
	reply_list_end(out);
	return ERR_OK;
}

enum err route_reports(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct json_out *out = reply_list(reply, "reports");

	for (size_t i = 0; i < report_count(); i++) {
		const struct report_row *row = report_at(i);

		json_out_open(out, '{');
		json_out_field_text(out, "name", str_from(row->name));
		json_out_field_text(out, "title", str_from(tell_either(&reading.teller, row->zh, row->en)));
		if (row->period[0] != '\0')
			json_out_field_text(out, "period", str_from(row->period));
		json_out_close(out, '}');
	}
	reply_list_end(out);
	return ERR_OK;
}
