/* calendar.c: which days are worked; and one's duties for one's own calendar program, by a token in the
 * address: programs that subscribe can't sign in. Such a token reads this and nothing else. */
#include "exchange/calendar_feed.h"
#include "http/handlers.h"
#include "http/reading.h"
#include "view/lines.h"

#define ENTRIES_MAX    1000
#define PAGE           200
#define DAYS           400
#define YEAR_MAX       2999
#define REMINDER_HOURS 9 /* of the working day before, where the institution is */

/* ---- days ---- */

static int day_year(struct day day)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	return year;
}

enum err route_calendar_days(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct calendar *calendar = reading.teller.institution->calendar;
	struct day from = reading_day(&reading, "from"), first, known;
	int64_t count = request_has(request, "days") ? request_int(request, "days") : DAYS;
	struct json_out *out = reply_json(reply);

	if (day_year(day_add(from, (int32_t)count)) > YEAR_MAX)
		return err_set(
			&request->why, ERR_RANGE, "days", "the calendar ends with the year %d", YEAR_MAX);
	calendar_span(calendar, &first, &known);
	json_out_open(out, '{');
	json_out_field_text(out, "today", day_print(request->arena, reading.viewer.today));
	json_out_field_text(out, "known_until", day_print(request->arena, known));
	json_out_key(out, "days");
	json_out_open(out, '[');
	for (int64_t i = 0; i < count; i++) {
		struct day day = day_add(from, (int32_t)i);

		json_out_open(out, '{');
		json_out_field_text(out, "day", day_print(request->arena, day));
		json_out_field_bool(out, "works", calendar_works(calendar, day));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- duties ---- */

/* The same for the same duty, and telling nothing of it. */
static struct str uid_of(const struct reading *reading, const struct duty_line *line)
{
	const struct institution *institution = reading->teller.institution;
	struct arena *arena = reading->teller.arena;
	struct str name = str_format(arena, "%.*s duty %lld of %lld", STR_ARG(institution->name),
		(long long)line->id, (long long)line->matter);
	struct hash hash = hash_bytes(name.data, name.size);

	return str_format(arena, "%.*s@bihuan", STR_ARG(hex_print(arena, hash.bytes, 16)));
}

static struct instant reminder_of(const struct reading *reading, struct day due)
{
	const struct institution *institution = reading->teller.institution;
	struct day before = day_add(due, -1);

	while (!calendar_works(institution->calendar, before))
		before = day_add(before, -1);
	return (struct instant){
		day_start(before, institution->offset_minutes).us + REMINDER_HOURS * INT64_C(3600000000)};
}

/* Of a compartment a calendar on somebody's telephone says that something is due, and no more. */
static struct feed_entry entry_of(const struct reading *reading, const struct duty_line *line)
{
	const struct teller *teller = &reading->teller;
	const struct procedure *procedure =
		institution_procedure((void *)teller->institution, line->definition);
	struct feed_entry entry = {.uid = uid_of(reading, line),
		.due = instant_day((struct instant){line->due.us - 1}, teller->institution->offset_minutes),
		.reminder = INSTANT_NONE};

	if (request_bool(reading->request, "alarm"))
		entry.reminder = reminder_of(reading, entry.due);
	if (procedure == NULL || procedure->visibility == VISIBILITY_COMPARTMENT) {
		entry.summary = str_from(tell_either(teller, "一项责任到期", "one duty is due"));
		return entry;
	}
	entry.summary = str_format(teller->arena, tell_either(teller, "%.*s：%.*s", "%.*s: %.*s"),
		STR_ARG(line_duty_name(teller, line)), STR_ARG(line->title));
	entry.description = str_format(teller->arena, "%.*s\n%.*s", STR_ARG(line->number),
		STR_ARG(tell_bearer(teller, line->unit, line->post, line->person, reading->viewer.today)));
	return entry;
}

enum err route_calendar(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct institution *institution = reading.teller.institution;
	const struct duty_query query = {
		.person = reading.viewer.person, .open = true, .due_before = INSTANT_NONE, .limit = PAGE};
	struct feed_entry *entries = ARENA_TAKE(request->arena, ENTRIES_MAX, struct feed_entry);
	struct page_after after = {0}, next;
	struct buf buf = buf_new(request->arena);
	struct duty_line *lines;
	size_t count, taken = 0;

	do {
		TRY(store_duty_page(request->reader, request->arena, &reading.viewer, &query, &after, &lines,
			&count, &next, &request->why));
		for (size_t i = 0; i < count && taken < ENTRIES_MAX; i++)
			entries[taken++] = entry_of(&reading, &lines[i]);
		after = next;
	} while (taken < ENTRIES_MAX && (after.key != 0 || after.id != 0 || after.part != 0));
	calendar_feed_write(&buf,
		str_format(request->arena, tell_either(&reading.teller, "%.*s：我的责任", "%.*s: my duties"),
			STR_ARG(label_pick(institution->title, institution->name, request_lang(request)))),
		request_now(request), entries, taken);
	reply_body(reply, "text/calendar; charset=utf-8", buf_str(&buf));
	return ERR_OK;
}
