/* record.c: the record of results of one person, to those to whom it is open. By what the sender sees, like
 * every report. */
#include "http/route/answer.h"
#include "http/route/org.h"
#include "view/lines.h"
#include "view/matter_view.h"

struct record {
	struct reading reading;
	const struct person *person;
	struct settled *settled; /* the newest first */
	struct verified *verified;
	size_t settled_count, verified_count;
};

/* Nobody of that name, or nobody who is open to the sender: the same. */
static enum err find_person(const struct reading *reading, const struct person **ret_person)
{
	struct http_request *request = reading->request;
	const struct org *org = reading->teller.institution->org;
	const struct person *person = org_person_by_code(org, request_text(request, "person"));

	if (person == NULL || !record_is_open(org, reading->viewer.person, person->id, reading->viewer.today))
		return err_set_both(&request->why, ERR_NOT_FOUND, "person", err_meaning_zh(ERR_NOT_FOUND),
			err_meaning(ERR_NOT_FOUND));
	*ret_person = person;
	if (person->id == reading->viewer.person)
		return ERR_OK;
	return request_look(request, str_format(request->arena, "record:%.*s", STR_ARG(person->code)));
}

static enum err read_period(const struct reading *reading, struct record_ask *ask)
{
	int offset = reading->teller.institution->offset_minutes;
	struct day from, to;

	TRY(reading_period(reading, &from, &to));
	ask->from = record_from(from, offset);
	ask->until = record_until(to, offset);
	return ERR_OK;
}

static enum err read_record(struct http_request *request, struct record *ret_record)
{
	struct record record = {.reading = reading_of(request)};
	const struct institution *institution = record.reading.teller.institution;
	struct record_ask ask = {.viewer = &record.reading.viewer,
		.offset_minutes = institution->offset_minutes,
		.procedure = institution_procedure,
		.context = (void *)institution};
	struct record_ask due;

	TRY(find_person(&record.reading, &record.person));
	REQUIRE(record.person != NULL);
	TRY(read_period(&record.reading, &ask));
	ask.person = record.person->id;
	due = record_due(&ask);
	TRY(store_settled_list(request->reader, request->arena, &due, &record.settled, &record.settled_count,
		&request->why));
	TRY(store_verified_list(request->reader, request->arena, &ask, &record.verified,
		&record.verified_count, &request->why));
	record_keep(institution->org, ask.person, record.settled, &record.settled_count, record.verified,
		&record.verified_count);
	*ret_record = record;
	return ERR_OK;
}

/* ---- figures ---- */

static void put_sums(struct json_out *out, const int64_t fates[FATE_COUNT], int64_t verified)
{
	int64_t sum = 0;

	for (int fate = 0; fate < FATE_COUNT; fate++)
		sum += fates[fate];
	json_out_key(out, "sums");
	json_out_open(out, '{');
	json_out_field_int(out, "duties", sum);
	for (int fate = 0; fate < FATE_COUNT; fate++)
		json_out_field_int(out, fate_name((enum fate)fate), fates[fate]);
	json_out_field_int(out, "verified", verified);
	json_out_close(out, '}');
}

static int year_of(struct day day)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	return year;
}

static int year_ended(const struct record *record, size_t i)
{
	return year_of(
		instant_day(record->verified[i].ended, record->reading.teller.institution->offset_minutes));
}

/* Both lists are the newest first, so each year is one piece of either. */
static void put_years(const struct record *record, struct json_out *out)
{
	size_t i = 0, j = 0;

	json_out_key(out, "years");
	json_out_open(out, '[');
	while (i < record->settled_count || j < record->verified_count) {
		int64_t fates[FATE_COUNT] = {0}, verified = 0;
		int year = i < record->settled_count ? year_of(record->settled[i].day) : 0;

		if (j < record->verified_count && year_ended(record, j) > year)
			year = year_ended(record, j);
		for (; i < record->settled_count && year_of(record->settled[i].day) == year; i++)
			fates[record->settled[i].fate]++;
		for (; j < record->verified_count && year_ended(record, j) == year; j++)
			verified++;
		json_out_open(out, '{');
		json_out_field_int(out, "year", year);
		put_sums(out, fates, verified);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_tenures(const struct record *record, struct json_out *out)
{
	const struct org *org = record->reading.teller.institution->org;

	json_out_key(out, "tenures");
	json_out_open(out, '[');
	for (size_t i = org_tenure_count(org); i-- > 0;)
		if (org_tenure_at(org, i)->person == record->person->id)
			put_tenure(&record->reading.teller, out, org_tenure_at(org, i));
	json_out_close(out, ']');
}

enum err route_person_record(struct http_request *request, struct reply *reply)
{
	struct record record;
	int64_t fates[FATE_COUNT] = {0};

	TRY(read_record(request, &record));
	struct json_out *out = reply_json(reply);

	for (size_t i = 0; i < record.settled_count; i++)
		fates[record.settled[i].fate]++;
	json_out_open(out, '{');
	json_out_key(out, "person");
	put_person(&record.reading, out, record.person, record.reading.viewer.today);
	put_sums(out, fates, (int64_t)record.verified_count);
	put_years(&record, out);
	put_tenures(&record, out);
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- what is behind them ---- */

static void put_duty(const struct record *record, const struct settled *settled, struct json_out *out)
{
	const struct teller *teller = &record->reading.teller;

	json_out_open(out, '{');
	json_out_field_int(out, "matter", settled->matter);
	json_out_field_text(out, "number", settled->number);
	json_out_field_text(out, "title", settled->title);
	json_out_field_int(out, "duty", settled->duty);
	json_out_field_text(out, "name", line_settled_name(teller, settled));
	if (settled->person == 0)
		json_out_field_text(out, "post_name", tell_post(teller, settled->post));
	json_out_field_text(out, "fate", str_from(fate_name(settled->fate)));
	json_out_field_text(out, "day", day_print(teller->arena, settled->day));
	json_out_field_text(out, "due_day", day_print(teller->arena, settled->due));
	put_time(record->reading.request, out, "done", settled->done);
	json_out_close(out, '}');
}

/* In the order of a list that begins with the greatest. */
static bool is_behind(const struct page_after *place, const struct page_after *after)
{
	if (after->id == 0)
		return true;
	if (place->key != after->key)
		return place->key < after->key;
	return place->id != after->id ? place->id < after->id : place->part < after->part;
}

enum err route_person_duties(struct http_request *request, struct reply *reply)
{
	struct record record;
	struct page_after after, last = {0}, next = {0};
	struct str fate = request_text(request, "fate");

	TRY(read_record(request, &record));
	TRY(reading_after(&record.reading, &after));
	int64_t left = reading_limit(&record.reading);
	struct json_out *out = reply_list(reply, "duties");

	for (size_t i = 0; i < record.settled_count; i++) {
		const struct settled *settled = &record.settled[i];
		struct page_after place = {settled->day.number, settled->matter, settled->duty};

		if (!is_behind(&place, &after) || (fate.size > 0 && !str_is(fate, fate_name(settled->fate))))
			continue;
		if (left-- == 0) {
			next = last;
			break;
		}
		put_duty(&record, settled, out);
		last = place;
	}
	reading_list_end(&record.reading, out, next);
	return ERR_OK;
}

static void put_verified(const struct record *record, const struct verified *verified, struct json_out *out)
{
	const struct teller *teller = &record->reading.teller;
	const struct procedure *procedure =
		institution_procedure((void *)teller->institution, verified->definition);
	const struct action *action = &procedure->actions[verified->action];

	json_out_open(out, '{');
	json_out_field_int(out, "matter", verified->matter);
	json_out_field_text(out, "number", verified->number);
	json_out_field_text(out, "title", verified->title);
	json_out_field_text(out, "action", label_pick(action->label, action->name, teller_lang(teller)));
	put_time(record->reading.request, out, "ended", verified->ended);
	json_out_close(out, '}');
}

enum err route_person_verified(struct http_request *request, struct reply *reply)
{
	struct record record;
	struct page_after after, last = {0}, next = {0};

	TRY(read_record(request, &record));
	TRY(reading_after(&record.reading, &after));
	int64_t left = reading_limit(&record.reading);
	struct json_out *out = reply_list(reply, "verified");

	for (size_t i = 0; i < record.verified_count; i++) {
		struct page_after place = {record.verified[i].ended.us, record.verified[i].matter, 0};

		if (!is_behind(&place, &after))
			continue;
		if (left-- == 0) {
			next = last;
			break;
		}
		put_verified(&record, &record.verified[i], out);
		last = place;
	}
	reading_list_end(&record.reading, out, next);
	return ERR_OK;
}

/* ---- what was decided about the sender ---- */

enum err route_me_decisions(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct matter_ask ask = reading_ask(&reading);
	struct json_out *out = reply_list(reply, "decisions");

	TRY(decision_list_put(&ask, out, &request->why));
	request->why = (struct bh_err){0};
	reply_list_end(out);
	return ERR_OK;
}
