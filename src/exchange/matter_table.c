#include "exchange/matter_table.h"

#include "exchange/cell.h"

#include <string.h>

static const struct csv_column own_columns[MATTER_COLUMN_COUNT] = {
	[MATTER_NUMBER_REF] = {"number_ref", "原编号", false, "Number it had"},
	[MATTER_PARENT] = {"parent", "上级事项", false, "Matter above"},
	[MATTER_WEIGHT] = {"weight", "权重", false, "Weight"},
	[MATTER_OPENED] = {"opened", "立项日期", false, "Opened on"},
	[MATTER_BY] = {"by", "立项人", false, "Opened by"},
	[MATTER_VERSION] = {"version", "版本", false, "Version"},
};

/* ---- reading ---- */

struct matter_read {
	struct matter_table *table;
	const struct org *org;
	const struct csv_row *row;
	matter_find_fn *find;
	void *context;
	bool bad;
};

/* Where a field has the name of one of ours, the field comes first and takes it. */
const struct csv_column *matter_table_columns(
	struct arena *arena, const struct procedure *procedure, size_t *ret_count)
{
	size_t count = procedure->field_count + MATTER_COLUMN_COUNT;
	struct csv_column *columns = ARENA_TAKE(arena, count, struct csv_column);

	for (size_t i = 0; i < procedure->field_count; i++) {
		const struct field *field = &procedure->fields[i];

		columns[i] = (struct csv_column){
			.name = str_copy(arena, field->name).data, .required = field->required};
		if (field->label.zh.size > 0)
			columns[i].zh = str_copy(arena, field->label.zh).data;
		if (field->label.en.size > 0)
			columns[i].en = str_copy(arena, field->label.en).data;
	}
	memcpy(columns + procedure->field_count, own_columns, sizeof own_columns);
	*ret_count = count;
	return columns;
}

static bool match(struct matter_table *table, const struct csv_table *csv)
{
	size_t count;
	const struct csv_column *columns = matter_table_columns(table->arena, table->procedure, &count);

	table->at = ARENA_TAKE(table->arena, count, int);
	return csv_match(csv, columns, count, table->at, table->errors);
}

static void say_why(struct matter_read *read, int at, const struct bh_err *why)
{
	csv_error_pass(read->table->errors, read->row->line, (size_t)at + 1, why);
	read->bad = true;
}

static struct str own_cell(const struct matter_read *read, enum matter_column column)
{
	int at = read->table->at[read->table->procedure->field_count + column];

	return at < 0 ? STR("") : cell_narrow(read->table->arena, read->row->cells[at]);
}

/* The id of a matter by its number, as text. */
static struct str matter_id_text(struct matter_read *read, struct str typed, int at)
{
	struct arena *arena = read->table->arena;
	int64_t id = read->find(read->context, cell_narrow(arena, typed));
	struct bh_err why;

	if (id != 0)
		return str_format(arena, "%lld", (long long)id);
	(void)!err_set(&why, ERR_INVALID, "", "there is no matter '%.*s': give its number", STR_ARG(typed));
	say_why(read, at, &why);
	return STR("");
}

/* A name may have wide signs of its own; a code that was typed wide has them by accident. */
static enum err read_narrowed(struct arena *arena, const struct field *field, const struct org *org,
	struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	struct str narrow = cell_narrow(arena, typed);
	struct bh_err why = {0};
	bool prose = field->type == FIELD_TEXT || field->type == FIELD_RULE || field->type == FIELD_FILE;

	if (field_value_read(arena, field, org, typed, ret_value, &why) == ERR_OK)
		return ERR_OK;
	if (!prose && !str_equal(narrow, typed) &&
		field_value_read(arena, field, org, narrow, ret_value, &why) == ERR_OK)
		return ERR_OK;
	return err_pass(reterr, ERR_INVALID, why.place, &why);
}

enum err matter_cell_read(struct arena *arena, const struct field *field, const struct org *org,
	const struct csv_table *csv, struct str typed, struct doc **ret_value, struct bh_err *reterr)
{
	struct day day;

	switch (field->type) {
	case FIELD_DATE:
		TRY(cell_day(arena, csv, typed, &day, reterr));
		typed = day_print(arena, day);
		break;
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_PERCENT:
	case FIELD_HOURS:
		typed = cell_number(arena, typed);
		break;
	default:
		break;
	}
	return read_narrowed(arena, field, org, typed, ret_value, reterr);
}

static void read_field(struct matter_read *read, struct matter_row *row, size_t i)
{
	const struct field *field = &read->table->procedure->fields[i];
	int at = read->table->at[i];
	struct str typed = at < 0 ? STR("") : read->row->cells[at];
	struct doc *value;
	struct bh_err why;

	if (str_trim(typed).size == 0) {
		if (!field->required)
			return;
		(void)!err_set(&why, ERR_INVALID, "", "this must be filled in");
		say_why(read, at, &why);
		return;
	}
	bool was_bad = read->bad;

	read->bad = false;
	if (field->type == FIELD_MATTER)
		typed = matter_id_text(read, typed, at);
	if (!read->bad && matter_cell_read(read->table->arena, field, read->org, read->table->errors->table,
				  typed, &value, &why) != ERR_OK)
		say_why(read, at, &why);
	else if (!read->bad)
		doc_set_str(read->table->arena, row->fields, field->name, value);
	read->bad = read->bad || was_bad;
}

static int own_at(const struct matter_read *read, enum matter_column column)
{
	return read->table->at[read->table->procedure->field_count + column];
}

/* A whole number from 1, where the cell has any. */
static void read_number(struct matter_read *read, enum matter_column column, int64_t max, int64_t *number)
{
	struct str cell = own_cell(read, column);
	struct bh_err why;

	if (cell.size == 0 ||
		(str_to_int(cell_number(read->table->arena, cell), number) && *number >= 1 && *number <= max))
		return;
	if (column == MATTER_WEIGHT)
		(void)!err_set(&why, ERR_INVALID, "", "a weight is a whole number from 1 to 1,000,000");
	else
		(void)!err_set(&why, ERR_INVALID, "",
			"a version is the number that the export gave: leave it as it is");
	say_why(read, own_at(read, column), &why);
}

static void read_own(struct matter_read *read, struct matter_row *row)
{
	struct str weight = own_cell(read, MATTER_WEIGHT), opened = own_cell(read, MATTER_OPENED),
		   by = own_cell(read, MATTER_BY);
	const struct person *person = org_person_by_code(read->org, by);
	struct bh_err why;

	row->number_ref = own_cell(read, MATTER_NUMBER_REF);
	row->parent = own_cell(read, MATTER_PARENT);
	row->weight = 1;
	row->opened = DAY_NONE;
	row->by = person == NULL ? 0 : person->id;
	row->gives_weight = weight.size > 0;
	read_number(read, MATTER_WEIGHT, 1000000, &row->weight);
	read_number(read, MATTER_VERSION, INT64_MAX, &row->version);
	if (opened.size > 0 && cell_day(read->table->arena, read->table->errors->table, opened, &row->opened,
				       &why) != ERR_OK)
		say_why(read, own_at(read, MATTER_OPENED), &why);
	if (by.size > 0 && person == NULL) {
		(void)!err_set(&why, ERR_INVALID, "", "there is no person '%.*s'", STR_ARG(by));
		say_why(read, own_at(read, MATTER_BY), &why);
	}
	if (row->number_ref.size > 128) {
		(void)!err_set(&why, ERR_INVALID, "", "an office's own number has at most 128 bytes");
		say_why(read, own_at(read, MATTER_NUMBER_REF), &why);
	}
}

struct matter_table matter_table_read(struct arena *arena, const struct procedure *procedure,
	const struct org *org, const struct csv_table *csv, matter_find_fn *find, void *context,
	struct csv_errors *errors)
{
	struct matter_table table = {.arena = arena, .procedure = procedure, .errors = errors};
	struct matter_read read = {.table = &table, .org = org, .find = find, .context = context};

	table.rows = ARENA_TAKE(arena, csv->row_count + 1, struct matter_row);
	if (!match(&table, csv))
		return table;
	for (size_t i = 0; i < csv->row_count; i++) {
		struct matter_row row = {.line = csv->rows[i].line, .fields = doc_object(arena)};

		read.row = &csv->rows[i];
		read.bad = false;
		for (size_t j = 0; j < procedure->field_count; j++)
			read_field(&read, &row, j);
		read_own(&read, &row);
		if (!read.bad)
			table.rows[table.row_count++] = row;
	}
	return table;
}

/* The column of that name, from 1; 0 when there is none. */
static size_t column_named(const struct matter_table *table, const char *name)
{
	int field = procedure_field(table->procedure, str_from(name)), at = -1;

	if (field >= 0)
		at = table->at[field];
	for (size_t i = 0; field < 0 && i < MATTER_COLUMN_COUNT; i++)
		if (strcmp(own_columns[i].name, name) == 0)
			at = table->at[table->procedure->field_count + i];
	return (size_t)at + 1;
}

void matter_table_say(const struct matter_table *table, const struct matter_row *row, const char *name,
	const char *format, ...)
{
	va_list args;

	va_start(args, format);
	csv_error_add_list(table->errors, row->line, column_named(table, name), format, args);
	va_end(args);
}

void matter_table_pass(
	const struct matter_table *table, const struct matter_row *row, const struct bh_err *why)
{
	csv_error_pass(table->errors, row->line, column_named(table, why->place), why);
}

/* ---- writing ---- */

void matter_table_write_head(const struct rows_out *out, const struct procedure *procedure)
{
	size_t count = procedure->field_count;
	struct str *names = ARENA_TAKE(out->arena, count + MATTER_COLUMN_COUNT, struct str);

	for (size_t i = 0; i < MATTER_COLUMN_COUNT; i++)
		names[i] = str_from(own_columns[i].name);
	for (size_t i = 0; i < count; i++)
		names[MATTER_COLUMN_COUNT + i] = procedure->fields[i].name;
	rows_put(out, names, count + MATTER_COLUMN_COUNT);
}

struct matter_write {
	struct arena *arena;
	const struct org *org;
	matter_number_fn *number;
	void *context;
};

static struct str write_id(const struct matter_write *write, enum field_type type, int64_t id)
{
	const struct unit *unit = org_unit(write->org, id);
	const struct post *post = org_post(write->org, id);
	const struct person *person = org_person(write->org, id);

	switch (type) {
	case FIELD_UNIT:
	case FIELD_UNITS:
		return unit == NULL ? STR("") : unit->code;
	case FIELD_POST:
		return post == NULL ? STR("") : post->code;
	case FIELD_PERSON:
	case FIELD_PERSONS:
		return person == NULL ? STR("") : person->code;
	case FIELD_MATTER:
		return write->number(write->context, id);
	default:
		return str_format(write->arena, "%lld", (long long)id);
	}
}

static struct str write_value(
	const struct matter_write *write, const struct field *field, const struct doc *value);

/* A line for each row, | between its cells. */
static struct str write_rows(
	const struct matter_write *write, const struct field *field, const struct doc *rows)
{
	struct buf buf = buf_new(write->arena);

	for (size_t i = 0; i < rows->count; i++) {
		buf_puts(&buf, i > 0 ? "\n" : "");
		for (size_t k = 0; k < field->column_count; k++) {
			buf_puts(&buf, k > 0 ? "|" : "");
			buf_put(&buf, write_value(write, &field->columns[k],
					      doc_get_str(&rows->items[i], field->columns[k].name)));
		}
	}
	return buf_str(&buf);
}

/* The codes and names under which a value is read again, whatever the language. */
static struct str write_value(
	const struct matter_write *write, const struct field *field, const struct doc *value)
{
	struct buf buf = buf_new(write->arena);

	switch (value == NULL ? DOC_NULL : value->kind) {
	case DOC_INT:
		return write_id(write, field->type, value->number);
	case DOC_TEXT:
		return value->text;
	case DOC_TRUE:
		return STR("true");
	case DOC_FALSE:
		return STR("false");
	case DOC_LIST:
		if (field->type == FIELD_ROWS)
			return write_rows(write, field, value);
		for (size_t i = 0; i < value->count; i++) {
			buf_puts(&buf, i == 0 ? "" : field->type == FIELD_LINES ? "\n" : ";");
			buf_put(&buf, write_value(write, field, &value->items[i]));
		}
		return buf_str(&buf);
	default:
		return STR("");
	}
}

struct str matter_cell_write(
	struct arena *arena, const struct field *field, const struct org *org, const struct doc *value)
{
	struct matter_write write = {.arena = arena, .org = org};

	REQUIRE(field->type != FIELD_MATTER);
	return write_value(&write, field, value);
}

void matter_table_write(const struct rows_out *out, const struct procedure *procedure, const struct org *org,
	const struct matter_written *matter, matter_number_fn *number, void *context)
{
	struct matter_write write = {out->arena, org, number, context};
	size_t count = procedure->field_count;
	struct str *cells = ARENA_TAKE(out->arena, count + MATTER_COLUMN_COUNT, struct str);

	cells[MATTER_NUMBER_REF] = matter->number;
	cells[MATTER_PARENT] = matter->parent;
	cells[MATTER_WEIGHT] = str_format(out->arena, "%lld", (long long)matter->weight);
	cells[MATTER_OPENED] = day_is_none(matter->opened) ? STR("") : day_print(out->arena, matter->opened);
	cells[MATTER_BY] = matter->by;
	cells[MATTER_VERSION] = str_format(out->arena, "%lld", (long long)matter->version);
	for (size_t i = 0; i < count; i++)
		cells[MATTER_COLUMN_COUNT + i] = write_value(&write, &procedure->fields[i],
			doc_get_str(matter->fields, procedure->fields[i].name));
	rows_put(out, cells, count + MATTER_COLUMN_COUNT);
}
