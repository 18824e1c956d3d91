/* report_meeting.c: what was held and decided in a period, and what was done against the rules of a
 * procedure. */
#include "exchange/report_made.h"
#include "store/store_meeting.h"

static const struct procedure *definition_of(const struct making *making, int64_t definition)
{
	return making->ask->procedure(making->ask->context, definition);
}

/* ---- decisions ---- */

static const struct report_column decision_columns[] = {
	{"held_on", "召开日期", "held on"},
	{"number", "编号", "number"},
	{"title", "会议或议题", "meeting or item"},
	{"kind", "类别", "kind"},
	{"unit", "单位", "unit"},
	{"expected", "应到", "expected"},
	{"present", "实到", "present"},
	{"recused", "回避", "recused"},
	{"agree", "同意", "for"},
	{"against", "反对", "against"},
	{"abstain", "弃权", "abstained"},
	{"state", "环节", "state"},
	{"tasks", "交办事项", "tasks"},
	{"done", "办结", "done"},
	{"overdue", "逾期", "overdue"},
	{"irregularities", "违反程序", "breaches of procedure"},
};

/* How many a part of a meeting names, or its figure; empty where it says nothing. */
static void put_count(struct making *making, const struct procedure *procedure, const struct doc *fields,
	enum meeting_part part)
{
	int field = procedure == NULL ? -1 : procedure->meeting.fields[part];
	const struct doc *value = field < 0 ? NULL : doc_get_str(fields, procedure->fields[field].name);

	if (value == NULL)
		put_text(making, STR(""));
	else if (value->kind == DOC_LIST)
		put_number(making, (int64_t)value->count);
	else
		put_text(making, value->kind == DOC_TEXT ? value->text : STR(""));
}

static struct str kind_text(
	const struct making *making, const struct procedure *procedure, const struct doc *fields)
{
	int field = procedure == NULL ? -1 : procedure->meeting.fields[MEETING_KIND];

	if (field < 0)
		return STR("");
	return field_value_print(making->ask->arena, &procedure->fields[field],
		doc_get_str(fields, procedure->fields[field].name), making->ask->org, making->ask->lang);
}

static enum err put_decision(struct making *making, const struct meeting_line *line)
{
	const struct procedure *procedure = definition_of(making, line->line.definition);
	static const enum meeting_part counted[] = {MEETING_EXPECTED, MEETING_PRESENT, MEETING_RECUSED,
		MEETING_AGREE, MEETING_AGAINST, MEETING_ABSTAIN};
	struct doc *fields;

	TRY(doc_read_canonical(making->ask->arena, line->fields, &fields, making->reterr));
	put_day(making, line->held_on);
	put_text(making, line->line.number);
	put_text(making, line->line.title);
	put_text(making, kind_text(making, procedure, fields));
	put_text(making, unit_name(making, line->line.unit));
	for (size_t i = 0; i < ARRAY_COUNT(counted); i++)
		put_count(making, procedure, fields, counted[i]);
	put_text(making, state_label(making, line->line.definition, line->line.state));
	put_number(making, line->tasks);
	put_number(making, line->tasks_done);
	put_number(making, line->tasks_overdue);
	put_number(making, line->irregularities);
	return ERR_OK;
}

enum err report_decisions(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct meeting_line *lines;
	size_t count;

	COLUMNS(making, decision_columns);
	TRY(store_decision_list(ask->store, ask->arena, ask->viewer, ask->from,
		day_is_none(ask->to) ? DAY_NONE : day_add(ask->to, 1), &lines, &count, making->reterr));
	for (size_t i = 0; i < count; i++)
		TRY(put_decision(making, &lines[i]));
	return ERR_OK;
}

/* ---- against the rules ---- */

static const struct report_column irregularity_columns[] = {
	{"unit", "责任单位", "unit"},
	{"post", "责任岗位", "post"},
	{"person", "当日任职人", "person on that day"},
	{"number", "编号", "number"},
	{"title", "事项", "title"},
	{"action", "办理", "what was done"},
	{"day", "日期", "day"},
	{"rule", "违反了什么", "rule"},
	{"basis", "依据", "where it comes from"},
	{"answered_by", "处置岗位", "followed up by"},
	{"answer", "处置", "follow-up"},
};

static struct str basis_text(const struct making *making, const struct check_rule *rule)
{
	struct buf buf = buf_new(making->ask->arena);

	for (size_t i = 0; i < rule->basis_count; i++) {
		if (i > 0)
			buf_put(&buf, word_in(making, "、", ", "));
		buf_put(&buf, rule->basis[i].rule);
		if (rule->basis[i].article.size > 0)
			buf_format(&buf, " %.*s", STR_ARG(rule->basis[i].article));
	}
	return buf_str(&buf);
}

static struct str answer_text(const struct making *making, const struct irregularity_line *line)
{
	bool given = str_is(line->answer_state, duty_state_name(DUTY_DONE));

	if (line->answer == 0)
		return word_in(making, "无人处置", "nobody owes one");
	if (given)
		return line->answer_breached ? word_in(making, "已处置(逾期)", "given late")
					     : word_in(making, "已处置", "given");
	return line->answer_breached ? word_in(making, "逾期未处置", "overdue")
				     : word_in(making, "待处置", "owed");
}

static void put_irregularity(struct making *making, const struct irregularity_line *line)
{
	const struct report_ask *ask = making->ask;
	const struct procedure *procedure = definition_of(making, line->definition);
	const struct person *person = org_person(ask->org, line->person);
	int index = procedure == NULL ? -1 : procedure_action(procedure, line->action);
	const struct action *action = index < 0 ? NULL : &procedure->actions[index];
	const struct check_rule *rule = action != NULL && (size_t)line->check < action->check_count
						? &action->checks[line->check]
						: NULL;

	put_text(making, unit_name(making, unit_behind(making, line->unit, line->post)));
	put_text(making, post_name(making, line->post));
	put_text(making, person == NULL ? STR("") : person->name);
	put_text(making, line->number);
	put_text(making, line->title);
	put_text(making, action == NULL ? line->action : label_pick(action->label, action->name, ask->lang));
	put_day(making, instant_day(line->time, ask->offset_minutes));
	put_text(making, rule == NULL ? STR("") : label_pick(rule->say, STR(""), ask->lang));
	put_text(making, rule == NULL ? STR("") : basis_text(making, rule));
	put_text(making, post_in_unit(making, line->answer_post));
	put_text(making, answer_text(making, line));
}

enum err report_irregularities(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct irregularity_line *lines;
	size_t count;

	COLUMNS(making, irregularity_columns);
	TRY(store_irregularity_list(ask->store, ask->arena, ask->viewer, period_from(making),
		period_until(making), &lines, &count, making->reterr));
	for (size_t i = 0; i < count; i++)
		put_irregularity(making, &lines[i]);
	return ERR_OK;
}
