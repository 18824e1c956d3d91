/* trend.c: how the figures of the boards came about, week by week or month by month. */
#include "http/handlers.h"
#include "http/reading.h"

#define PERIODS 12 /* when nothing is said */

/* The first day of the period `back` periods before the one that holds `today`; of -1 the one behind it. */
static struct day begin_of(struct day today, bool weeks, int back)
{
	int year, month, dom;

	if (weeks)
		return day_add(today, 1 - day_weekday(today) - 7 * back);
	day_split(today, &year, &month, &dom);
	return day_add_months(day_add(today, 1 - dom), -back);
}

static enum err put_period(
	const struct reading *reading, struct day from, struct day until, struct json_out *out)
{
	struct http_request *request = reading->request;
	int offset = reading->teller.institution->offset_minutes;
	struct trend trend;

	TRY(store_trend(request->reader, &reading->viewer, day_start(from, offset), day_start(until, offset),
		&trend, &request->why));
	json_out_open(out, '{');
	json_out_field_text(out, "from", day_print(request->arena, from));
	json_out_field_text(out, "to", day_print(request->arena, day_add(until, -1)));
	json_out_field_int(out, "opened", trend.opened);
	json_out_field_int(out, "closed", trend.closed);
	json_out_field_int(out, "late", trend.late);
	json_out_field_int(out, "void", trend.dropped);
	json_out_field_int(out, "breached", trend.breached);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_trend(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	bool weeks = str_is(request_text(request, "by"), "week");
	int periods = request_has(request, "periods") ? (int)request_int(request, "periods") : PERIODS;
	struct json_out *out = reply_list(reply, "periods");

	for (int back = periods - 1; back >= 0; back--)
		TRY(put_period(&reading, begin_of(reading.viewer.today, weeks, back),
			begin_of(reading.viewer.today, weeks, back - 1), out));
	reply_list_end(out);
	return ERR_OK;
}
