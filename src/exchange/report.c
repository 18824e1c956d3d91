/* report.c: the list of reports, and what they share. */
#include "exchange/report_made.h"

static const struct report_row rows[] = {
#define REPORT(name, period, zh, en) {#name, period, zh, en},
#include "exchange/reports.def"
#undef REPORT
};

static enum err (*const makers[])(struct making *making) = {
#define REPORT(name, period, zh, en) report_##name,
#include "exchange/reports.def"
#undef REPORT
};

size_t report_count(void)
{
	return ARRAY_COUNT(rows);
}

const struct report_row *report_at(size_t i)
{
	REQUIRE(i < ARRAY_COUNT(rows));
	return &rows[i];
}

const struct report_row *report_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if (str_is(name, rows[i].name))
			return &rows[i];
	return NULL;
}

enum err report_make(const struct report_row *row, const struct report_ask *ask, struct report *ret_report,
	struct bh_err *reterr)
{
	struct making making = {.ask = ask,
		.report = ret_report,
		.reterr = reterr,
		.today = instant_day(ask->now, ask->offset_minutes)};

	*ret_report = (struct report){0};
	if (row->period[0] == '\0' && (!day_is_none(ask->from) || !day_is_none(ask->to)))
		return err_set(reterr, ERR_INVALID, row->name,
			"this report shows how things stand now: it has no period");
	TRY(makers[row - rows](&making));
	REQUIRE(ret_report->cell_count % ret_report->column_count == 0);
	return ERR_OK;
}

/* ---- cells ---- */

static void put_cell(struct making *making, struct str text, bool number)
{
	struct report *report = making->report;

	*ARENA_PUSH(making->ask->arena, report->cells, report->cell_count, report->cell_capacity) =
		(struct report_cell){text, number};
}

void put_text(struct making *making, struct str text)
{
	put_cell(making, text, false);
}

void put_number(struct making *making, int64_t number)
{
	put_cell(making, str_format(making->ask->arena, "%lld", (long long)number), true);
}

void put_percent(struct making *making, int percent)
{
	if (percent < 0)
		put_text(making, STR(""));
	else
		put_number(making, percent);
}

void put_day(struct making *making, struct day day)
{
	put_text(making, day_is_none(day) ? STR("") : day_print(making->ask->arena, day));
}

/* ---- names ---- */

static struct str pick(const struct making *making, struct str zh, struct str en)
{
	return label_pick((struct label){.zh = zh, .en = en}, zh, making->ask->lang);
}

struct str unit_name(const struct making *making, int64_t id)
{
	const struct unit *unit = org_unit(making->ask->org, id);

	return unit == NULL ? STR("") : pick(making, unit->name, unit->name_en);
}

struct str post_name(const struct making *making, int64_t id)
{
	const struct post *post = org_post(making->ask->org, id);

	return post == NULL ? STR("") : pick(making, post->title, post->title_en);
}

/* A title is only plain beside its unit, unless it names the unit already. */
struct str post_in_unit(const struct making *making, int64_t id)
{
	const struct post *post = org_post(making->ask->org, id);
	struct str title = post_name(making, id);
	struct str unit = unit_name(making, post == NULL ? 0 : post->unit);

	if (unit.size == 0 || str_find(title, unit) != SIZE_MAX)
		return title;
	return str_format(making->ask->arena, "%.*s %.*s", STR_ARG(unit), STR_ARG(title));
}

int64_t unit_behind(const struct making *making, int64_t unit, int64_t id)
{
	const struct post *post = org_post(making->ask->org, id);

	return unit != 0 || post == NULL ? unit : post->unit;
}

struct str holder_name(const struct making *making, int64_t post, struct day day)
{
	const struct tenure *tenure = org_holder(making->ask->org, post, day);
	const struct person *person = tenure == NULL ? NULL : org_person(making->ask->org, tenure->person);

	return person == NULL ? STR("") : person->name;
}

struct str word_in(const struct making *making, const char *zh, const char *en)
{
	return str_from(str_is(making->ask->lang, "en") ? en : zh);
}

struct str duty_label(
	const struct making *making, int64_t definition, struct str kind, int rule, struct str name)
{
	const struct procedure *procedure = making->ask->procedure(making->ask->context, definition);

	if (procedure != NULL && str_is(kind, duty_kind_name(DUTY_RULE)) && rule >= 0 &&
		(size_t)rule < procedure->duty_count)
		return label_pick(procedure->duties[rule].label, name, making->ask->lang);
	if (procedure != NULL && str_is(kind, duty_kind_name(DUTY_DECIDE)) && rule >= 0 &&
		(size_t)rule < procedure->request_count)
		return str_format(making->ask->arena, "%.*s%.*s",
			STR_ARG(word_in(making, "答复:", "decide: ")),
			STR_ARG(label_pick(procedure->requests[rule].label, name, making->ask->lang)));
	return word_in(making, "回复", "answer");
}

struct str state_label(const struct making *making, int64_t definition, struct str name)
{
	const struct procedure *procedure = making->ask->procedure(making->ask->context, definition);
	int state = procedure == NULL ? -1 : procedure_state(procedure, name);

	return state < 0 ? name : label_pick(procedure->states[state].label, name, making->ask->lang);
}

/* ---- time ---- */

struct day due_day(const struct making *making, struct instant due)
{
	return instant_is_none(due) ? DAY_NONE
				    : instant_day((struct instant){due.us - 1}, making->ask->offset_minutes);
}

struct instant period_from(const struct making *making)
{
	return record_from(making->ask->from, making->ask->offset_minutes);
}

struct instant period_until(const struct making *making)
{
	return record_until(making->ask->to, making->ask->offset_minutes);
}

/* ---- matters ---- */

enum err load_matter(const struct making *making, int64_t id, struct matter **ret_matter)
{
	const struct report_ask *ask = making->ask;

	return store_matter_load(
		ask->store, ask->arena, id, ask->procedure, ask->context, ret_matter, making->reterr);
}

struct str lamp_text(const struct making *making, const struct matter *matter)
{
	const struct report_ask *ask = making->ask;
	struct world world = {.now = ask->now,
		.offset_minutes = ask->offset_minutes,
		.calendar = ask->calendar,
		.org = ask->org};
	struct lamp lamp = matter_lamp(matter, &world);

	return lamp_print(ask->arena, &lamp, ask->lang);
}
