/* report_duty.c: duties that are overdue, and duties that were failed. */
#include "exchange/report_made.h"

#include <string.h>

/* ---- overdue ---- */

static const struct report_column overdue_columns[] = {
	{"number", "编号", "number"},
	{"title", "事项", "title"},
	{"duty", "责任", "duty"},
	{"unit", "责任单位", "unit"},
	{"post", "责任岗位", "post"},
	{"person", "责任人", "person"},
	{"due", "期限", "due"},
	{"days_late", "逾期工作日", "working days late"},
	{"lamp", "督办灯", "lamp"},
};

/* A due instant is the end of its day, so a period of due days begins and ends behind midnight. */
static struct instant due_from(const struct making *making)
{
	return (struct instant){period_from(making).us + 1};
}

static struct instant due_until(const struct making *making)
{
	return (struct instant){period_until(making).us + 1};
}

enum err report_overdue(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct duty_line *lines;
	struct matter *matter = NULL;
	size_t count;

	COLUMNS(making, overdue_columns);
	struct instant until = due_until(making);

	if (until.us > ask->now.us + 1) /* what is still to come isn't overdue */
		until.us = ask->now.us + 1;
	TRY(store_duty_overdue(ask->store, ask->arena, ask->viewer, due_from(making), until, &lines, &count,
		making->reterr));
	for (size_t i = 0; i < count; i++) {
		const struct duty_line *line = &lines[i];
		struct day due = due_day(making, line->due);
		int late = calendar_count(ask->calendar, due, making->today, NULL);

		if (matter == NULL || matter->id != line->matter)
			TRY(load_matter(making, line->matter, &matter));
		put_text(making, line->number);
		put_text(making, line->title);
		put_text(making, duty_label(making, line->definition, line->kind, line->rule, line->name));
		put_text(making, unit_name(making, unit_behind(making, line->unit, line->post)));
		put_text(making, post_name(making, line->post));
		put_text(making, holder_name(making, line->post, making->today));
		put_day(making, due);
		put_number(making, late > 0 ? late : 1);
		put_text(making, lamp_text(making, matter));
	}
	return ERR_OK;
}

/* ---- breaches ---- */

static const struct report_column breach_columns[] = {
	{"unit", "责任单位", "unit"},
	{"post", "责任岗位", "post"},
	{"person", "到期时任职人", "person when it fell due"},
	{"number", "编号", "number"},
	{"title", "事项", "title"},
	{"duty", "责任", "duty"},
	{"due", "期限", "due"},
	{"done", "履行", "done"},
	{"answered_by", "处置岗位", "followed up by"},
	{"answer", "处置", "follow-up"},
	{"consequence", "追责事项", "called to account in"},
	{"consequence_state", "追责环节", "its state"},
};

static struct str done_text(const struct making *making, const struct breach_line *line)
{
	if (str_is(line->state, duty_state_name(DUTY_DONE)))
		return day_print(making->ask->arena, instant_day(line->closed, making->ask->offset_minutes));
	if (str_is(line->state, duty_state_name(DUTY_MISSED)))
		return word_in(making, "未履行", "missed");
	if (str_is(line->state, duty_state_name(DUTY_DROPPED)))
		return word_in(making, "不再需要", "dropped");
	if (!instant_is_none(line->new_due))
		return str_format(making->ask->arena, "%.*s %.*s",
			STR_ARG(word_in(making, "未履行,改期至", "still owed, moved to")),
			STR_ARG(day_print(making->ask->arena, due_day(making, line->new_due))));
	return word_in(making, "未履行,仍在办", "still owed");
}

static struct str answer_text(const struct making *making, const struct breach_line *line)
{
	if (line->answer.size == 0)
		return word_in(making, "无人处置", "nobody owes one");
	if (str_is(line->answer, duty_state_name(DUTY_DONE)))
		return line->answer_breached ? word_in(making, "已处置(逾期)", "given late")
					     : word_in(making, "已处置", "given");
	return line->answer_breached ? word_in(making, "逾期未处置", "overdue")
				     : word_in(making, "待处置", "owed");
}

/* What a consequence followed from: the duty, and the day of it that was missed. */
struct failing {
	int64_t duty;
	struct instant due;
};

/* All zero when what was said of it was erased. */
static struct failing failing_of(const struct making *making, const struct consequence_line *line)
{
	struct doc *said;

	if (line->said.size == 0 || doc_read_canonical(making->ask->arena, line->said, &said, NULL) != ERR_OK)
		return (struct failing){0};
	return (struct failing){doc_get_int(said, "duty", 0), {doc_get_int(said, "at", 0)}};
}

static const struct consequence_line *consequence_of(const struct consequence_line *lines,
	const struct failing *failings, size_t count, const struct breach_line *breach)
{
	for (size_t i = 0; i < count; i++)
		if (lines[i].failing == breach->matter && failings[i].duty == breach->duty &&
			failings[i].due.us == breach->due.us)
			return &lines[i];
	return NULL;
}

static void put_breach(
	struct making *making, const struct breach_line *line, const struct consequence_line *consequence)
{
	struct day due = due_day(making, line->due);

	put_text(making, unit_name(making, unit_behind(making, line->unit, line->post)));
	put_text(making, post_name(making, line->post));
	put_text(making, holder_name(making, line->post, due));
	put_text(making, line->number);
	put_text(making, line->title);
	put_text(making, duty_label(making, line->definition, line->kind, line->rule, line->name));
	put_day(making, due);
	put_text(making, done_text(making, line));
	put_text(making, post_in_unit(making, line->answer_post));
	put_text(making, answer_text(making, line));
	put_text(making, consequence == NULL ? STR("") : consequence->number);
	put_text(making, consequence == NULL
				 ? STR("")
				 : state_label(making, consequence->definition, consequence->state));
}

enum err report_breaches(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct breach_line *lines;
	struct consequence_line *consequences;
	size_t count, consequence_count;

	COLUMNS(making, breach_columns);
	TRY(store_breach_list(ask->store, ask->arena, ask->viewer, due_from(making), due_until(making),
		&lines, &count, making->reterr));
	TRY(store_consequence_list(
		ask->store, ask->arena, ask->viewer, &consequences, &consequence_count, making->reterr));
	struct failing *failings = ARENA_TAKE(ask->arena, consequence_count + 1, struct failing);

	for (size_t i = 0; i < consequence_count; i++)
		failings[i] = failing_of(making, &consequences[i]);
	for (size_t i = 0; i < count; i++) {
		/* One row a breach, whatever else was answered to the same post. */
		if (i > 0 && lines[i].matter == lines[i - 1].matter && lines[i].duty == lines[i - 1].duty &&
			lines[i].due.us == lines[i - 1].due.us)
			continue;
		put_breach(making, &lines[i],
			consequence_of(consequences, failings, consequence_count, &lines[i]));
	}
	return ERR_OK;
}
