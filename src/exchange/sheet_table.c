#include "exchange/sheet_table.h"

#include "exchange/sheet_header.h"

#include <stdlib.h>
#include <string.h>

#define CELLS_MAX       ((size_t)10000000) /* rows times columns of one table */
#define SHOWN_BYTES_MAX 60

struct table_make {
	struct arena *arena;
	const struct sheet *sheet;
	struct sheet_header header;
	struct csv_table *table;
	struct csv_errors *errors, *notes;
	const int *at;              /* which of ours each column is */
	struct sheet_merge *merges; /* by their upper left cell */
};

static size_t place_of(const struct table_make *make, uint32_t column)
{
	return (size_t)column - make->header.left + 1;
}

static struct str beginning(struct str text)
{
	size_t size = text.size < SHOWN_BYTES_MAX ? text.size : SHOWN_BYTES_MAX;

	while (size > 0 && size < text.size && ((unsigned char)text.data[size] & 0xC0) == 0x80)
		size--;
	return str_slice(text, 0, size);
}

/* ---- which sheet ---- */

static const struct sheet *choose_sheet(const struct workbook *workbook, const struct column_ask *ask,
	struct csv_errors *errors, struct sheet_header *ret_header)
{
	const struct sheet *chosen = NULL;

	for (size_t i = 0; i < workbook->sheet_count; i++) {
		const struct sheet *sheet = &workbook->sheets[i];

		if (ask->sheet.size > 0 && !str_equal(ask->sheet, sheet->name))
			continue;
		struct sheet_header header = sheet_header_find(errors->arena, sheet, ask);

		if (chosen == NULL || header.known > ret_header->known) {
			chosen = sheet;
			*ret_header = header;
		}
	}
	if (chosen == NULL && ask->sheet.size > 0)
		csv_error_add(errors, 1, 0, "there is no sheet '%.*s' in it", STR_ARG(ask->sheet));
	else if (chosen == NULL || ret_header->known == 0)
		csv_error_add(errors, 1, 0,
			"no row of it names a column that is known here: name one with --column NAME=HEADER");
	return chosen != NULL && ret_header->known > 0 ? chosen : NULL;
}

static void note_other_sheets(const struct workbook *workbook, const struct table_make *make)
{
	for (size_t i = 0; i < workbook->sheet_count; i++) {
		const struct sheet *sheet = &workbook->sheets[i];

		if (sheet != make->sheet && sheet->cell_count > 0)
			csv_error_add(make->notes, make->header.top, 0,
				"the table is read from this sheet; the sheet '%.*s' is left out",
				STR_ARG(sheet->name));
	}
}

/* ---- columns ---- */

/* Which columns hold anything below their names. */
static const bool *find_used(const struct table_make *make)
{
	const struct sheet *sheet = make->sheet;
	bool *used = ARENA_TAKE(make->arena, make->table->column_count + 1, bool);

	for (size_t i = sheet_find(sheet, make->header.bottom + 1, 1); i < sheet->cell_count; i++)
		if (sheet->cells[i].column >= make->header.left &&
			sheet->cells[i].column <= make->header.right)
			used[sheet->cells[i].column - make->header.left] = true;
	return used;
}

static void name_columns(struct table_make *make, const struct column_ask *ask)
{
	struct csv_table *table = make->table;
	size_t count = make->header.right - make->header.left + 1;
	int *at = ARENA_TAKE(make->arena, count + 1, int);

	table->line = make->header.bottom;
	table->first_column = make->header.left;
	table->column_count = count;
	table->columns = ARENA_TAKE(make->arena, count + 1, struct str);
	for (size_t i = 0; i < count; i++)
		table->columns[i] = make->header.columns[i].texts[0];
	table->bases = ARENA_TAKE(make->arena, count + 1, enum column_basis);
	columns_choose(make->arena, ask, make->header.columns, count, at, table->bases);
	csv_columns_name(table, ask->columns, at, make->errors);
	const bool *used = find_used(make);

	for (size_t i = 0; i < count; i++) {
		if (at[i] != CSV_COLUMN_UNKNOWN)
			continue;
		if (table->heads[i].size > 0)
			csv_error_add(make->errors, table->line, i + 1,
				"there is no column '%.*s' here: say which it is with --column NAME=HEADER, "
				"or "
				"leave it out with --column -=HEADER",
				STR_ARG(table->heads[i]));
		else if (used[i])
			csv_error_add(make->errors, table->line, i + 1, "this column has no name");
		table->columns[i] = STR("");
	}
	make->at = at;
}

/* ---- rows ---- */

static bool has_control(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] < ' ' && strchr("\n\r\t", text.data[i]) == NULL)
			return true;
	return false;
}

/* Can what it says be taken? */
static bool check_cell(const struct table_make *make, const struct sheet_cell *cell, size_t place)
{
	size_t before = make->errors->count;

	switch (cell->kind) {
	case SHEET_ERROR:
		csv_error_add(make->errors, cell->row, place,
			"an error of the spreadsheet stands here: put the value in its place");
		break;
	case SHEET_UNKNOWN:
		csv_error_add(make->errors, cell->row, place,
			"a formula stands here that was never calculated: open and save the file in a "
			"spreadsheet program");
		break;
	case SHEET_TOO_LONG:
		csv_error_add(make->errors, cell->row, place,
			"a number of more than 15 digits has lost the last ones: format the cell as text and "
			"type it again");
		break;
	case SHEET_NO_SUCH_DAY:
		csv_error_add(make->errors, cell->row, place, "there is no such day in the calendar");
		break;
	default:
		if (has_control(cell->text))
			csv_error_add(
				make->errors, cell->row, place, "a control character stands in this cell");
	}
	return make->errors->count == before && make->errors->left_out == 0;
}

/* CRLF and CR, which some programs put into a cell, as LF. */
static struct str plain_text(struct arena *arena, struct str text)
{
	struct buf buf;

	text = str_trim(text);
	if (text.size == 0 || memchr(text.data, '\r', text.size) == NULL)
		return text;
	buf = buf_new(arena);
	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] != '\r')
			buf_put_char(&buf, text.data[i]);
		else if (i + 1 == text.size || text.data[i + 1] != '\n')
			buf_put_char(&buf, '\n');
	return buf_str(&buf);
}

/* One cell into its row; false when it is wrong, which is said. */
static bool take_cell(const struct table_make *make, const struct sheet_cell *cell, struct csv_row *row)
{
	size_t place = place_of(make, cell->column);
	bool outside = cell->column < make->header.left || cell->column > make->header.right;

	if (cell->kind == SHEET_TEXT && str_trim(cell->text).size == 0)
		return true;
	if (outside) {
		csv_error_add(make->errors, cell->row, cell->column < make->header.left ? 0 : place,
			"'%.*s' stands beside the table, under no name", STR_ARG(beginning(cell->text)));
		return false;
	}
	if (make->at[place - 1] < 0)
		return true;
	if (!check_cell(make, cell, place))
		return false;
	row->cells[place - 1] = plain_text(make->arena, cell->text);
	return true;
}

/* "备注：…", "填表人：…", "合计": the words with which rows begin that are about the table. */
static bool is_note(struct str text)
{
	static const char *const beginnings[] = {"备注", "注", "说明", "填表", "填报", "制表", "审核",
		"联系人", "联系电话", "报送", "Note", "note", "Remark"};
	static const char *const whole[] = {"合计", "总计", "小计", "Total", "total"};
	bool colon = str_find(text, STR("：")) != SIZE_MAX || str_find(text, STR(":")) != SIZE_MAX;

	for (size_t i = 0; i < ARRAY_COUNT(beginnings); i++)
		if (colon && str_starts(text, beginnings[i]))
			return true;
	for (size_t i = 0; i < ARRAY_COUNT(whole); i++)
		if (str_is(text, whole[i]))
			return true;
	return false;
}

static int compare_merges(const void *a, const void *b)
{
	const struct sheet_merge *left = a, *right = b;

	if (left->top != right->top)
		return left->top < right->top ? -1 : 1;
	return left->left < right->left ? -1 : left->left > right->left;
}

static void sort_merges(struct table_make *make)
{
	size_t count = make->sheet->merge_count;

	make->merges = ARENA_TAKE(make->arena, count + 1, struct sheet_merge);
	if (count == 0)
		return;
	memcpy(make->merges, make->sheet->merges, count * sizeof *make->merges);
	qsort(make->merges, count, sizeof *make->merges, compare_merges);
}

/* Is this cell merged over several columns? */
static bool is_wide(const struct table_make *make, const struct sheet_cell *cell)
{
	const struct sheet_merge wanted = {.top = cell->row, .left = cell->column};
	const struct sheet_merge *found = make->sheet->merge_count == 0
						  ? NULL
						  : bsearch(&wanted, make->merges, make->sheet->merge_count,
							    sizeof wanted, compare_merges);

	return found != NULL && found->right > found->left;
}

/* A row about the table rather than of it. */
static bool leave_out(const struct table_make *make, size_t from, size_t until)
{
	const struct sheet_cell *first = NULL;
	size_t filled = 0;

	for (size_t i = from; i < until; i++)
		if (make->sheet->cells[i].kind != SHEET_TEXT ||
			str_trim(make->sheet->cells[i].text).size > 0) {
			first = first == NULL ? &make->sheet->cells[i] : first;
			filled++;
		}
	if (first == NULL)
		return true;
	struct str text = str_trim(first->text);

	if (!is_note(text) && !(filled == 1 && is_wide(make, first)))
		return false;
	csv_error_add(make->notes, first->row,
		first->column < make->header.left ? 0 : place_of(make, first->column),
		"left out, a note: %.*s", STR_ARG(beginning(text)));
	return true;
}

static size_t end_of_row(const struct sheet *sheet, size_t at)
{
	uint32_t row = sheet->cells[at].row;

	while (at < sheet->cell_count && sheet->cells[at].row == row)
		at++;
	return at;
}

static void read_rows(struct table_make *make)
{
	const struct sheet *sheet = make->sheet;
	struct csv_table *table = make->table;

	for (size_t at = sheet_find(sheet, make->header.bottom + 1, 1), end; at < sheet->cell_count;
		at = end) {
		struct csv_row row = {.line = sheet->cells[at].row};
		bool good = true;

		end = end_of_row(sheet, at);
		if (leave_out(make, at, end))
			continue;
		if (table->row_count * table->column_count > CELLS_MAX) {
			csv_error_add(make->errors, row.line, 0, "the table has more than 10,000,000 cells");
			return;
		}
		row.cells = ARENA_TAKE(make->arena, table->column_count, struct str);
		for (size_t i = at; i < end; i++)
			good = take_cell(make, &sheet->cells[i], &row) && good;
		if (good)
			*ARENA_PUSH(make->arena, table->rows, table->row_count, table->row_capacity) = row;
	}
}

/* ---- cells merged downwards ---- */

static size_t first_row_from(const struct csv_table *table, size_t line)
{
	size_t low = 0, high = table->row_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->rows[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Each row that a merged cell goes over says what it says. Merged cells don't overlap, so all of them
 * together go over no more cells than there are. */
static void fill_down(struct table_make *make)
{
	struct csv_table *table = make->table;
	size_t left = (table->row_count + 1) * table->column_count;

	for (size_t i = 0; i < make->sheet->merge_count; i++) {
		const struct sheet_merge *merge = &make->sheet->merges[i];

		if (merge->top <= make->header.bottom || merge->bottom == merge->top ||
			merge->left < make->header.left || merge->left > make->header.right)
			continue;
		size_t column = place_of(make, merge->left) - 1, at = first_row_from(table, merge->top);

		if (at == table->row_count || table->rows[at].line != merge->top)
			continue;
		struct str text = table->rows[at].cells[column];

		for (at++; at < table->row_count && table->rows[at].line <= merge->bottom; at++) {
			if (left-- == 0) {
				csv_error_add(make->errors, merge->top, column + 1,
					"the file is damaged: its merged cells overlap");
				return;
			}
			if (table->rows[at].cells[column].size == 0)
				table->rows[at].cells[column] = text;
		}
	}
}

struct csv_table *sheet_table_read(const struct workbook *workbook, const struct column_ask *ask,
	struct csv_errors *errors, struct csv_errors *notes)
{
	struct table_make make = {.arena = errors->arena, .errors = errors, .notes = notes};

	make.sheet = choose_sheet(workbook, ask, errors, &make.header);
	if (make.sheet == NULL)
		return NULL;
	make.table = ARENA_TAKE(make.arena, 1, struct csv_table);
	make.table->sheet = make.sheet->name;
	make.table->serials = workbook->from_1904 ? SERIAL_1904 : SERIAL_1900;
	errors->table = notes->table = make.table;
	note_other_sheets(workbook, &make);
	sort_merges(&make);
	name_columns(&make, ask);
	read_rows(&make);
	fill_down(&make);
	return make.table;
}
