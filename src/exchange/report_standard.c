/* report_standard.c: checklists held against each village and street centre (党建标准化): how many items are
 * met, with what score, and whether it held; or, of one centre, item by item. */
#include "exchange/report_made.h"

static const struct report_column centre_columns[] = {
	{"unit", "创建单位", "centre"},
	{"code", "代码", "code"},
	{"town", "镇(街)", "street or town"},
	{"number", "编号", "number"},
	{"state", "环节", "state"},
	{"items", "适用项", "items"},
	{"met", "达标项", "met"},
	{"evidenced", "其中附照片", "of these with a file"},
	{"missing", "缺项", "missing"},
	{"score", "达标率%", "score%"},
	{"due", "期限", "due"},
	{"look_back", "回头看", "look-back"},
};
static const struct report_column item_columns[] = {
	{"item", "检查项", "item"},
	{"result", "是否达标", "result"},
	{"shown", "佐证", "shown by"},
	{"photo", "照片", "photo"},
	{"number", "编号", "number"},
};

/* Items that don't apply to a centre count on neither side. */
struct tally {
	int64_t items, met, evidenced, missing;
};

/* A checklist as its definition lays it out: whose columns say what (`counts_as`). */
struct layout {
	const struct procedure *by;
	const struct field *items;  /* rows */
	const struct field *result; /* the column that says whether an item is met */
	const struct field *shown;  /* the first of text behind it: what shows it; NULL */
	const struct field *file;   /* whose file shows it; NULL */
};

static const struct field *first_of(const struct field *items, size_t from, enum field_type type)
{
	for (size_t i = from; i < items->column_count; i++)
		if (items->columns[i].type == type)
			return &items->columns[i];
	return NULL;
}

static struct layout layout_of(const struct procedure *by)
{
	const struct field *items = &by->fields[by->counts_as.fields[COUNT_PART_ITEMS]];

	return (struct layout){.by = by,
		.items = items,
		.result = procedure_met_column(by),
		.shown = first_of(items, 2, FIELD_TEXT),
		.file = first_of(items, 2, FIELD_FILE)};
}

/* What a row says in a column; "" where there is no such column. */
static struct str cell_of(const struct doc *row, const struct field *column)
{
	const struct doc *said = column == NULL ? NULL : doc_get_str(row, column->name);

	return said == NULL ? STR("") : said->text;
}

/* Does some action ask of each row that counts as met that a file shows it? Then what none shows isn't met.
 */
static bool demands_file(const struct procedure *procedure, const struct field *column)
{
	for (size_t i = 0; column != NULL && i < procedure->action_count; i++)
		for (size_t k = 0; k < procedure->actions[i].check_count; k++) {
			const struct check_rule *check = &procedure->actions[i].checks[k];

			if (check->each != NULL && check->that.compare == COMPARE_GIVEN &&
				str_equal(check->that.left.parts[0].field, column->name))
				return true;
		}
	return false;
}

static struct tally tally_of(const struct layout *layout, const struct doc *fields)
{
	bool demanded = demands_file(layout->by, layout->file);
	const struct doc *rows = counted_says(layout->by, COUNT_PART_ITEMS, fields);
	struct tally tally = {0};

	for (size_t i = 0; rows != NULL && i < rows->count; i++) {
		struct str result = cell_of(&rows->items[i], layout->result);
		bool has_file = cell_of(&rows->items[i], layout->file).size > 0;
		bool said_met = str_equal(result, layout->by->counts_as.met);
		bool is_met = said_met && (has_file || !demanded);

		tally.items += said_met || str_equal(result, layout->by->counts_as.missing);
		tally.met += is_met;
		tally.evidenced += is_met && has_file;
	}
	tally.missing = tally.items - tally.met;
	return tally;
}

/* The newest look-back at the centre. */
static const struct kept_line *look_back_at(const struct counted_line *lines, size_t count, int64_t unit)
{
	for (size_t i = count; i > 0; i--)
		if (counted_unit(lines[i - 1].by, COUNT_PART_UNIT, lines[i - 1].kept.fields) == unit)
			return &lines[i - 1].kept;
	return NULL;
}

static void put_centre(
	struct making *making, const struct counted_line *counted, const struct kept_line *look_back)
{
	const struct kept_line *line = &counted->kept;
	int64_t id = counted_unit(counted->by, COUNT_PART_UNIT, line->fields);
	const struct unit *unit = org_unit(making->ask->org, id);
	struct layout layout = layout_of(counted->by);
	struct tally tally = tally_of(&layout, line->fields);

	put_text(making, unit_name(making, id));
	put_text(making, unit == NULL ? STR("") : unit->code);
	put_text(making, unit_name(making, counted_unit(counted->by, COUNT_PART_ABOVE, line->fields)));
	put_text(making, line->number);
	put_text(making, state_label(making, line->definition, line->state));
	put_number(making, tally.items);
	put_number(making, tally.met);
	put_number(making, tally.evidenced);
	put_number(making, tally.missing);
	put_percent(making, tally.items == 0 ? -1 : (int)(100 * tally.met / tally.items));
	put_day(making, due_day(making, line->due));
	put_text(making,
		look_back == NULL ? STR("") : state_label(making, look_back->definition, look_back->state));
}

/* The name of the file that an item names. */
static struct str name_of_file(const struct evidence_item *items, size_t count, struct str hash)
{
	for (size_t i = count; i > 0; i--)
		if (str_equal(items[i - 1].hash, hash))
			return items[i - 1].name;
	return STR("");
}

static enum err put_items(struct making *making, const struct counted_line *counted)
{
	const struct report_ask *ask = making->ask;
	const struct kept_line *line = &counted->kept;
	struct layout layout = layout_of(counted->by);
	const struct field *item = &layout.items->columns[0];
	const struct doc *rows = counted_says(counted->by, COUNT_PART_ITEMS, line->fields);
	struct evidence_item *files;
	size_t file_count;

	TRY(store_evidence_list(ask->store, ask->arena, line->id, &files, &file_count, making->reterr));
	for (size_t i = 0; rows != NULL && i < rows->count; i++) {
		const struct doc *row = &rows->items[i];

		put_text(making, field_value_print(ask->arena, item, doc_get_str(row, item->name), ask->org,
					 ask->lang));
		put_text(making, field_value_print(ask->arena, layout.result,
					 doc_get_str(row, layout.result->name), ask->org, ask->lang));
		put_text(making, cell_of(row, layout.shown));
		put_text(making, name_of_file(files, file_count, cell_of(row, layout.file)));
		put_text(making, line->number);
	}
	return ERR_OK;
}

enum err report_standards(struct making *making)
{
	const struct report_ask *ask = making->ask;
	const struct unit *of = ask->unit.size == 0 ? NULL : org_unit_by_code(ask->org, ask->unit);
	struct counted_line *lines, *looks;
	size_t count, look_count;

	if (ask->unit.size > 0 && of == NULL)
		return err_set(making->reterr, ERR_INVALID, "--unit", "there is no unit of this code");
	if (of == NULL)
		COLUMNS(making, centre_columns);
	else
		COLUMNS(making, item_columns);
	TRY(counted_list(making, COUNTED_CHECKLIST, &lines, &count));
	TRY(counted_list(making, COUNTED_LOOK_BACK, &looks, &look_count));
	for (size_t i = 0; i < count; i++) {
		int64_t unit = counted_unit(lines[i].by, COUNT_PART_UNIT, lines[i].kept.fields);

		if (of == NULL)
			put_centre(making, &lines[i], look_back_at(looks, look_count, unit));
		else if (unit == of->id)
			TRY(put_items(making, &lines[i]));
	}
	return ERR_OK;
}
