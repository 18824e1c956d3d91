/* rows.c: rows of a field of matters that are open, one line each: who attended which session. All lines of a
 * matter together are one action on it, the one that sets the field and that this person may do now
 * (change.c); what the matter has already stays, but for rows about the same. */
#include "intake/ways.h"

#include <string.h>

#define NUMBER_COLUMN 0 /* which matter; the columns of the field follow */

const struct csv_column *rows_of_matters_columns(const struct intake *intake, size_t *ret_count)
{
	const struct field *field = intake->ask.kind->rows(intake->procedure);
	struct csv_column *columns = ARENA_TAKE(intake->arena, field->column_count + 1, struct csv_column);

	columns[NUMBER_COLUMN] = (struct csv_column){"number_ref", "编号", true, "Number"};
	for (size_t i = 0; i < field->column_count; i++) {
		const struct field *column = &field->columns[i];

		columns[i + 1] = (struct csv_column){
			.name = str_copy(intake->arena, column->name).data, .required = column->required};
		if (column->label.zh.size > 0)
			columns[i + 1].zh = str_copy(intake->arena, column->label.zh).data;
		if (column->label.en.size > 0)
			columns[i + 1].en = str_copy(intake->arena, column->label.en).data;
	}
	*ret_count = field->column_count + 1;
	return columns;
}

struct reading_rows {
	struct intake *intake;
	const struct field *field;
	int *at;                   /* where each column stands in the file */
	bool *taken;               /* lines that belong to a matter that was dealt with, or have a bad cell */
	struct matter_table table; /* as change.c wants it: one cell holds the whole field */
};

static void say_of_cell(
	const struct reading_rows *reading, size_t line, size_t column, const struct bh_err *why)
{
	csv_error_pass(&reading->intake->errors, line, (size_t)reading->at[column] + 1, why);
}

/* ---- one line ---- */

/* A person by the sign-in name, or by a name that only one has. */
static struct str person_code(const struct org *org, struct str typed)
{
	struct str code = typed;
	size_t found = 0;

	if (org_person_by_code(org, typed) != NULL)
		return typed;
	for (int64_t id = 1; id <= (int64_t)org_person_count(org); id++)
		if (str_equal(org_person(org, id)->name, typed)) {
			code = org_person(org, id)->code;
			found++;
		}
	return found == 1 ? code : typed;
}

/* The cells of a line as a row; NULL when one is bad, which was said. */
static struct doc *read_line(const struct reading_rows *reading, const struct csv_row *line)
{
	struct arena *arena = reading->intake->arena;
	const struct org *org = reading->intake->ask.institution->org;
	struct doc *row = doc_object(arena);
	bool bad = false;

	for (size_t i = 0; i < reading->field->column_count; i++) {
		const struct field *column = &reading->field->columns[i];
		int at = reading->at[i + 1];
		struct str typed = at < 0 ? STR("") : str_trim(line->cells[at]);
		struct doc *value;
		struct bh_err why;

		if (typed.size == 0 && !column->required)
			continue;
		if (column->type == FIELD_PERSON)
			typed = person_code(org, typed);
		if (typed.size == 0)
			(void)!err_set(&why, ERR_INVALID, "", "this must be filled in");
		else if (matter_cell_read(arena, column, org, reading->intake->table, typed, &value, &why) ==
			 ERR_OK) {
			doc_set_str(arena, row, column->name, value);
			continue;
		}
		say_of_cell(reading, line->line, i + 1, &why);
		bad = true;
	}
	return bad ? NULL : row;
}

/* ---- one matter ---- */

/* In the place of the row about the same, or behind the others. */
static void put_row(struct arena *arena, const struct field *field, struct doc *rows, const struct doc *row)
{
	const struct doc *about = doc_get_str(row, field->columns[0].name);

	for (size_t i = 0; i < rows->count; i++)
		if (doc_equal(about, doc_get_str(&rows->items[i], field->columns[0].name))) {
			rows->items[i] = *row;
			return;
		}
	doc_push(arena, rows, doc_copy(arena, row));
}

/* Two lines of the file about the same would change each other unseen. */
static bool is_said_twice(const struct reading_rows *reading, size_t first, size_t at, const struct doc *row,
	struct doc *const *read)
{
	const struct csv_table *csv = reading->intake->table;
	struct str name = reading->field->columns[0].name;

	for (size_t i = first; i < at; i++)
		if (read[i] != NULL && doc_equal(doc_get_str(read[i], name), doc_get_str(row, name))) {
			csv_error_add(&reading->intake->errors, csv->rows[at].line, 0,
				"the same stands in line %zu already", csv->rows[i].line);
			return true;
		}
	return false;
}

static struct str number_in(const struct reading_rows *reading, size_t i)
{
	return str_trim(reading->intake->table->rows[i].cells[reading->at[NUMBER_COLUMN]]);
}

/* What the lines of this number say, over what the matter has. NULL when a cell of one of them is bad. */
static struct doc *merge(const struct reading_rows *reading, size_t first, const struct matter *matter)
{
	struct intake *intake = reading->intake;
	const struct csv_table *csv = intake->table;
	const struct doc *before = doc_get_str(matter->fields, reading->field->name);
	struct doc *rows = before == NULL ? doc_list(intake->arena) : doc_copy(intake->arena, before);
	struct doc **read = ARENA_TAKE(intake->arena, csv->row_count + 1, struct doc *);
	bool bad = false;

	for (size_t i = first; i < csv->row_count; i++) {
		if (reading->taken[i] || !str_equal(number_in(reading, i), number_in(reading, first)))
			continue;
		reading->taken[i] = true;
		read[i] = read_line(reading, &csv->rows[i]);
		if (read[i] == NULL || is_said_twice(reading, first, i, read[i], read))
			bad = true;
		else
			put_row(intake->arena, reading->field, rows, read[i]);
	}
	return bad ? NULL : rows;
}

/* All lines of the matter do what the first one does. */
static void mark_lines(const struct reading_rows *reading, size_t first)
{
	const struct csv_table *csv = reading->intake->table;
	const struct intake_row *done = &reading->intake->rows[first];

	for (size_t i = first + 1; i < csv->row_count; i++)
		if (str_equal(number_in(reading, i), number_in(reading, first)))
			reading->intake->rows[i] = *done;
}

static enum err take_matter(struct reading_rows *reading, size_t first, struct bh_err *reterr)
{
	struct intake *intake = reading->intake;
	size_t line = intake->table->rows[first].line;
	struct matter_row row = {.line = line, .fields = doc_object(intake->arena), .weight = 1};
	struct known_row known = {.intake = intake, .table = &reading->table, .row = &row};
	struct matter *matter;
	struct bh_err why;
	struct doc *rows;

	TRY(intake_find_number(intake, number_in(reading, first), &known.matter, reterr));
	if (known.matter == 0) {
		reading->taken[first] = true;
		(void)!err_set(&why, ERR_INVALID, "", "there is no matter '%.*s': give its number",
			STR_ARG(number_in(reading, first)));
		say_of_cell(reading, line, NUMBER_COLUMN, &why);
		return ERR_OK;
	}
	TRY(institution_matter(
		intake->ask.institution, intake->ask.store, intake->arena, known.matter, &matter, reterr));
	rows = merge(reading, first, matter);
	if (rows == NULL)
		return ERR_OK;
	row.version = matter->version;
	doc_set_str(intake->arena, row.fields, reading->field->name, rows);
	TRY(change_check(&known, reterr));
	mark_lines(reading, first);
	return ERR_OK;
}

enum err rows_of_matters_check(struct intake *intake, struct bh_err *reterr)
{
	size_t count, fields = intake->procedure->field_count;
	const struct csv_column *columns = rows_of_matters_columns(intake, &count);
	struct reading_rows reading = {.intake = intake,
		.field = intake->ask.kind->rows(intake->procedure),
		.at = ARENA_TAKE(intake->arena, count, int),
		.taken = ARENA_TAKE(intake->arena, intake->table->row_count + 1, bool)};

	if (!csv_match(intake->table, columns, count, reading.at, &intake->errors))
		return ERR_OK;
	/* Only the one field is in this file; what is wrong with all of it stands at what the rows are about.
	 */
	reading.table = (struct matter_table){.arena = intake->arena,
		.procedure = intake->procedure,
		.errors = &intake->errors,
		.at = ARENA_TAKE(intake->arena, fields + MATTER_COLUMN_COUNT, int)};
	for (size_t i = 0; i < fields + MATTER_COLUMN_COUNT; i++)
		reading.table.at[i] = -1;
	reading.table.at[reading.field - intake->procedure->fields] = reading.at[1];
	intake->parts = ARENA_TAKE(intake->arena, intake->table->row_count + 1, struct act_part);
	intake->times = ARENA_TAKE(intake->arena, intake->table->row_count + 1, struct instant);
	for (size_t i = 0; i < intake->table->row_count; i++)
		if (!reading.taken[i])
			TRY(take_matter(&reading, i, reterr));
	return ERR_OK;
}

/* ---- writing ---- */

void rows_give_head(const struct rows_out *rows, const struct field *field)
{
	struct str names[FIELD_COLUMNS_MAX + 1] = {STR("number_ref")};

	for (size_t i = 0; i < field->column_count; i++)
		names[i + 1] = field->columns[i].name;
	rows_put(rows, names, field->column_count + 1);
}

void rows_give(const struct rows_out *rows, const struct field *field, const struct org *org,
	const struct matter *matter)
{
	const struct doc *list = doc_get_str(matter->fields, field->name);
	struct str cells[FIELD_COLUMNS_MAX + 1] = {matter->number};

	for (size_t i = 0; list != NULL && i < list->count; i++) {
		for (size_t k = 0; k < field->column_count; k++)
			cells[k + 1] = matter_cell_write(rows->arena, &field->columns[k], org,
				doc_get_str(&list->items[i], field->columns[k].name));
		rows_put(rows, cells, field->column_count + 1);
	}
}
