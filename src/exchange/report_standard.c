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

static const struct field *checklist_of(const struct procedure *procedure)
{
	return procedure == NULL ? NULL
				 : field_find(procedure->fields, procedure->field_count, STR("checklist"));
}

/* The column whose files show an item, or NULL. */
static const struct field *file_column(const struct field *checklist)
{
	for (size_t i = 0; checklist != NULL && i < checklist->column_count; i++)
		if (checklist->columns[i].type == FIELD_FILE)
			return &checklist->columns[i];
	return NULL;
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

static struct tally tally_of(const struct procedure *procedure, const struct doc *fields)
{
	const struct field *column = file_column(checklist_of(procedure));
	bool demanded = demands_file(procedure, column);
	const struct doc *rows = doc_get(fields, "checklist");
	struct tally tally = {0};

	for (size_t i = 0; rows != NULL && i < rows->count; i++) {
		struct str result = doc_get_text(&rows->items[i], "result");
		bool has_file = column != NULL && doc_get_text(&rows->items[i], column->name.data).size > 0;
		bool is_met = str_is(result, "is_met") && (has_file || !demanded);

		tally.items += str_is(result, "is_met") || str_is(result, "is_missing");
		tally.met += is_met;
		tally.evidenced += is_met && has_file;
	}
	tally.missing = tally.items - tally.met;
	return tally;
}

/* The newest look-back at the centre. */
static const struct kept_line *look_back_at(const struct kept_line *lines, size_t count, int64_t unit)
{
	for (size_t i = count; i > 0; i--)
		if (doc_get_int(lines[i - 1].fields, "unit", 0) == unit)
			return &lines[i - 1];
	return NULL;
}

static void put_centre(struct making *making, const struct kept_line *line, const struct kept_line *look_back)
{
	int64_t id = doc_get_int(line->fields, "unit", 0);
	const struct unit *unit = org_unit(making->ask->org, id);
	struct tally tally =
		tally_of(making->ask->procedure(making->ask->context, line->definition), line->fields);

	put_text(making, unit_name(making, id));
	put_text(making, unit == NULL ? STR("") : unit->code);
	put_text(making, unit_name(making, doc_get_int(line->fields, "town", 0)));
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

static enum err put_items(struct making *making, const struct kept_line *line)
{
	const struct report_ask *ask = making->ask;
	const struct field *field = checklist_of(ask->procedure(ask->context, line->definition));
	const struct field *photo = file_column(field);
	const struct doc *rows = doc_get(line->fields, "checklist");
	struct evidence_item *files;
	size_t file_count;

	TRY(store_evidence_list(ask->store, ask->arena, line->id, &files, &file_count, making->reterr));
	for (size_t i = 0; field != NULL && rows != NULL && i < rows->count; i++) {
		const struct doc *row = &rows->items[i], *result = doc_get(row, "result");
		const struct field *column = field_find(field->columns, field->column_count, STR("result"));

		put_text(making, doc_get_text(row, "item"));
		put_text(making,
			column == NULL ? STR("")
				       : field_value_print(ask->arena, column, result, ask->org, ask->lang));
		put_text(making, doc_get_text(row, "shown"));
		put_text(making,
			photo == NULL ? STR("")
				      : name_of_file(files, file_count, doc_get_text(row, photo->name.data)));
		put_text(making, line->number);
	}
	return ERR_OK;
}

enum err report_standards(struct making *making)
{
	const struct report_ask *ask = making->ask;
	const struct unit *of = ask->unit.size == 0 ? NULL : org_unit_by_code(ask->org, ask->unit);
	struct kept_line *lines, *looks;
	size_t count, look_count;

	if (ask->unit.size > 0 && of == NULL)
		return err_set(making->reterr, ERR_INVALID, "--unit", "there is no unit of this code");
	if (of == NULL)
		COLUMNS(making, centre_columns);
	else
		COLUMNS(making, item_columns);
	TRY(store_kept_list(
		ask->store, ask->arena, ask->viewer, STR("standard_review"), &lines, &count, making->reterr));
	TRY(store_kept_list(ask->store, ask->arena, ask->viewer, STR("standard_look_back"), &looks,
		&look_count, making->reterr));
	for (size_t i = 0; i < count; i++) {
		int64_t unit = doc_get_int(lines[i].fields, "unit", 0);

		if (of == NULL)
			put_centre(making, &lines[i], look_back_at(looks, look_count, unit));
		else if (unit == of->id)
			TRY(put_items(making, &lines[i]));
	}
	return ERR_OK;
}
