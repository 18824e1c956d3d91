/* list_table.c: lists of matters and of duties as tables. */
#include "view/list_table.h"
#include "view/lines.h"
#include "view/unknown.h"

const struct list_column *matter_list_columns(size_t *ret_count)
{
	static const struct list_column columns[] = {{"number", "编号", "number", false, false},
		{"title", "事项", "title", false, false}, {"procedure", "程序", "procedure", false, false},
		{"grasp", "七抓", "grasp", false, false}, {"state", "环节", "state", false, false},
		{"unit", "主办单位", "unit", false, false},
		{"commander", "挂牌领导", "commander", false, false},
		{"opened", "立项时间", "opened", false, false}, {"due", "到期", "due", false, false},
		{"ended", "结束时间", "ended", false, false}, {"lamp", "灯", "lamp", false, true},
		{"progress", "进度%", "progress%", true, false}};

	*ret_count = ARRAY_COUNT(columns);
	return columns;
}

static struct str word(const struct teller *teller, const char *text)
{
	return str_from(tell_word(teller, text));
}

void matter_list_cells(const struct teller *teller, const struct matter_line *line, struct str *ret_cells)
{
	const struct procedure *procedure =
		institution_procedure((void *)teller->institution, line->definition);
	int progress = line->rolled >= 0 ? line->rolled : line->progress;
	const struct str cells[] = {line->number, line->title, line_procedure_title(teller, line),
		procedure == NULL ? STR("") : word(teller, grasp_name(procedure->grasp)),
		line_state_label(teller, line), tell_unit(teller, line->unit),
		tell_post(teller, line->commander), tell_time(teller, line->opened),
		tell_day(teller, line->due), tell_time(teller, line->ended),
		word(teller, str_copy(teller->arena, line->lamp).data),
		progress < 0 ? STR("") : str_format(teller->arena, "%d", progress)};

	for (size_t i = 0; i < ARRAY_COUNT(cells); i++)
		ret_cells[i] = cells[i];
}

const struct list_column *duty_list_columns(size_t *ret_count)
{
	static const struct list_column columns[] = {{"number", "编号", "number", false, false},
		{"title", "事项", "title", false, false}, {"procedure", "程序", "procedure", false, false},
		{"name", "责任", "duty", false, false}, {"bearer", "责任主体", "bearer", false, false},
		{"due", "到期", "due", false, false}, {"closed", "了结时间", "closed", false, false},
		{"state", "状态", "state", false, false}, {"breached", "失责", "breached", false, false}};

	*ret_count = ARRAY_COUNT(columns);
	return columns;
}

void duty_list_cells(
	const struct teller *teller, const struct duty_line *line, struct day today, struct str *ret_cells)
{
	const struct procedure *procedure =
		institution_procedure((void *)teller->institution, line->definition);
	const struct str cells[] = {line->number, line->title,
		procedure == NULL ? STR("")
				  : label_pick(procedure->title, procedure->name, teller_lang(teller)),
		line_duty_name(teller, line),
		tell_bearer(teller, line->unit, line->post, line->person, today), tell_day(teller, line->due),
		tell_time(teller, line->closed), word(teller, str_copy(teller->arena, line->state).data),
		line->breached ? str_from(tell_either(teller, "是", "yes")) : STR("")};

	for (size_t i = 0; i < ARRAY_COUNT(cells); i++)
		ret_cells[i] = cells[i];
}

enum err list_column_find(struct arena *arena, const struct list_column *columns, size_t count,
	struct str name, const char *place, size_t *ret_at, struct bh_err *reterr)
{
	const char *names[LIST_COLUMNS_MAX];

	REQUIRE(count <= LIST_COLUMNS_MAX);
	for (size_t i = 0; i < count; i++) {
		names[i] = columns[i].name;
		if (str_is(name, names[i])) {
			*ret_at = i;
			return ERR_OK;
		}
	}
	return unknown_set(reterr, arena, ERR_INVALID, place,
		UNKNOWN("没有这一列", "there is no such column", "", ""), name, names, count);
}
