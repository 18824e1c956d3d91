#include "exchange/sheet_header.h"

#define ROWS_LOOKED_AT 60   /* titles and remarks above a table are fewer */
#define BAND_MAX       4    /* rows of one header */
#define NEAR_MAX       4096 /* merged cells of a header */

size_t sheet_find(const struct sheet *sheet, uint32_t row, uint32_t column)
{
	size_t low = 0, high = sheet->cell_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct sheet_cell *cell = &sheet->cells[middle];

		if (cell->row < row || (cell->row == row && cell->column < column))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct str text_at(const struct sheet *sheet, uint32_t row, uint32_t column)
{
	size_t at = sheet_find(sheet, row, column);
	const struct sheet_cell *cell = at < sheet->cell_count ? &sheet->cells[at] : NULL;

	return cell != NULL && cell->row == row && cell->column == column && cell->kind == SHEET_TEXT
		       ? str_trim(cell->text)
		       : STR("");
}

/* ---- which row ---- */

static size_t count_known(
	const struct sheet *sheet, const struct column_ask *ask, size_t at, size_t *ret_next)
{
	uint32_t row = sheet->cells[at].row;
	size_t count = 0;

	for (; at < sheet->cell_count && sheet->cells[at].row == row; at++)
		if (sheet->cells[at].kind == SHEET_TEXT && column_is_known(ask, sheet->cells[at].text))
			count++;
	*ret_next = at;
	return count;
}

static void find_row(const struct sheet *sheet, const struct column_ask *ask, struct sheet_header *header)
{
	size_t at = 0;

	for (size_t rows = 0; at < sheet->cell_count && rows < ROWS_LOOKED_AT; rows++) {
		uint32_t row = sheet->cells[at].row;
		size_t count = count_known(sheet, ask, at, &at);

		if (count > header->known) {
			header->known = count;
			header->top = header->bottom = row;
		}
	}
}

/* ---- the rows that belong to it ---- */

/* The merged cells that may belong to the header: a sheet can have very many. */
static void keep_near(struct arena *arena, const struct sheet *sheet, struct sheet_header *header)
{
	header->merges = ARENA_TAKE(arena, NEAR_MAX, struct sheet_merge);
	for (size_t i = 0; i < sheet->merge_count && header->merge_count < NEAR_MAX; i++) {
		const struct sheet_merge *merge = &sheet->merges[i];

		if (merge->top <= header->bottom + BAND_MAX && merge->bottom + BAND_MAX >= header->top)
			header->merges[header->merge_count++] = *merge;
	}
}

/* Does every cell of this row stand under a cell of the band that is merged sideways? */
static bool is_under_group(const struct sheet_header *header, const struct sheet_cell *cell)
{
	for (size_t i = 0; i < header->merge_count; i++) {
		const struct sheet_merge *merge = &header->merges[i];

		if (merge->top >= header->top && merge->bottom == cell->row - 1 &&
			merge->right > merge->left && merge->left <= cell->column &&
			merge->right >= cell->column)
			return true;
	}
	return false;
}

static bool stands_under_groups(const struct sheet *sheet, const struct sheet_header *header, uint32_t row)
{
	size_t from = sheet_find(sheet, row, 1), at = from;

	while (at < sheet->cell_count && sheet->cells[at].row == row && at - from < CSV_COLUMNS_MAX &&
		is_under_group(header, &sheet->cells[at]))
		at++;
	return at > from && (at == sheet->cell_count || sheet->cells[at].row != row);
}

/* Cells merged downwards bind rows together; names of single columns stand under the name of their group. */
static void extend(struct arena *arena, const struct sheet *sheet, struct sheet_header *header)
{
	bool more = true;

	keep_near(arena, sheet, header);
	while (more && header->bottom - header->top + 1 < BAND_MAX) {
		more = false;
		for (size_t i = 0; i < header->merge_count; i++) {
			const struct sheet_merge *merge = &header->merges[i];
			bool touches = merge->top <= header->bottom && merge->bottom >= header->top;

			if (!touches || merge->bottom - merge->top >= BAND_MAX || merge->bottom == merge->top)
				continue;
			more = more || merge->top < header->top || merge->bottom > header->bottom;
			header->top = merge->top < header->top ? merge->top : header->top;
			header->bottom = merge->bottom > header->bottom ? merge->bottom : header->bottom;
		}
		if (stands_under_groups(sheet, header, header->bottom + 1)) {
			header->bottom++;
			more = true;
		}
	}
}

static void find_width(const struct sheet *sheet, struct sheet_header *header)
{
	header->left = WORKBOOK_COLUMNS_MAX;
	header->right = 1;
	for (size_t at = sheet_find(sheet, header->top, 1);
		at < sheet->cell_count && sheet->cells[at].row <= header->bottom; at++) {
		uint32_t column = sheet->cells[at].column;

		header->left = column < header->left ? column : header->left;
		header->right = column > header->right ? column : header->right;
	}
	if (header->right - header->left >= CSV_COLUMNS_MAX)
		header->right = header->left + CSV_COLUMNS_MAX - 1;
}

/* ---- names ---- */

/* What stands over a column in one row of the header: its own, or that of its group. */
static struct str name_at(const struct sheet *sheet, const struct sheet_header *header, uint32_t row,
	uint32_t column, bool *ret_group)
{
	struct str own = text_at(sheet, row, column);

	*ret_group = false;
	for (size_t i = 0; i < header->merge_count; i++) {
		const struct sheet_merge *merge = &header->merges[i];

		if (merge->top < header->top || merge->bottom > header->bottom || merge->top > row ||
			merge->bottom < row || merge->left > column || merge->right < column)
			continue;
		*ret_group = merge->right > merge->left;
		return merge->top == row ? text_at(sheet, merge->top, merge->left) : STR("");
	}
	return own;
}

/* One line, without the breaks by which a narrow column is filled. */
static struct str in_one_line(struct arena *arena, struct str text)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] != '\n' && text.data[i] != '\r' && text.data[i] != '\t')
			buf_put_char(&buf, text.data[i]);
	return buf_str(&buf);
}

/* The whole name, the lowest row of it, and all of it run together. */
static struct column_header name_column(
	struct arena *arena, const struct sheet *sheet, const struct sheet_header *header, uint32_t column)
{
	struct buf whole = buf_new(arena), joined = buf_new(arena);
	struct str lowest = STR("");
	bool group = false, grouped = false;

	for (uint32_t row = header->top; row <= header->bottom; row++) {
		struct str name = in_one_line(arena, name_at(sheet, header, row, column, &group));

		if (name.size == 0)
			continue;
		buf_puts(&whole, whole.size > 0 ? "/" : "");
		buf_put(&whole, name);
		buf_put(&joined, name);
		lowest = name;
		grouped = group;
	}
	/* The name of a group alone is no name of each of its columns. */
	if (grouped && header->bottom > header->top)
		lowest = buf_str(&whole);
	return (struct column_header){{buf_str(&whole), buf_str(&joined), lowest}, 3};
}

struct sheet_header sheet_header_find(
	struct arena *arena, const struct sheet *sheet, const struct column_ask *ask)
{
	struct sheet_header header = {0};

	find_row(sheet, ask, &header);
	if (header.known == 0)
		return header;
	extend(arena, sheet, &header);
	find_width(sheet, &header);
	header.columns = ARENA_TAKE(arena, header.right - header.left + 1, struct column_header);
	for (uint32_t column = header.left; column <= header.right; column++)
		header.columns[column - header.left] = name_column(arena, sheet, &header, column);
	return header;
}
