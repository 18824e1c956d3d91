/* workbook_build.c: cells gathered into a workbook. They come from the child, which has read a file of a
 * stranger: nothing about them is taken for granted. */
#include "exchange/workbook_parts.h"

#define CELLS_MAX  ((size_t)2000000)
#define SHEETS_MAX 256

static enum err strange(struct bh_err *reterr)
{
	return err_set(reterr, ERR_INVALID, "", "the file is damaged: its cells don't come in order");
}

static struct sheet *last_sheet(const struct workbook_build *build)
{
	const struct workbook *workbook = build->workbook;

	return workbook->sheet_count == 0 ? NULL : &workbook->sheets[workbook->sheet_count - 1];
}

static enum err take_text(
	struct workbook_build *build, struct str text, struct str *ret_text, struct bh_err *reterr)
{
	build->size += text.size + 1;
	if (build->size > WORKBOOK_UNPACKED_MAX)
		return err_set(reterr, ERR_RANGE, "", "there are more than 100 MiB of text in the cells");
	if (!utf8_is_valid(text))
		return strange(reterr);
	*ret_text = str_copy(build->arena, text);
	return ERR_OK;
}

static enum err put_sheet(void *context, struct str name, bool from_1904, struct bh_err *reterr)
{
	struct workbook_build *build = context;
	struct workbook *workbook = build->workbook;
	struct sheet sheet = {0};

	if (workbook->sheet_count == SHEETS_MAX)
		return strange(reterr);
	TRY(take_text(build, name, &sheet.name, reterr));
	workbook->from_1904 = from_1904;
	*ARENA_PUSH(build->arena, workbook->sheets, workbook->sheet_count, workbook->sheet_capacity) = sheet;
	return ERR_OK;
}

static enum err put_cell(void *context, const struct sheet_cell *cell, struct bh_err *reterr)
{
	struct workbook_build *build = context;
	struct sheet *sheet = last_sheet(build);
	struct sheet_cell taken = *cell;

	if (sheet == NULL || cell->row < 1 || cell->row > WORKBOOK_ROWS_MAX || cell->column < 1 ||
		cell->column > WORKBOOK_COLUMNS_MAX || cell->kind >= SHEET_CELL_KIND_COUNT)
		return strange(reterr);
	if (sheet->cell_count > 0) {
		const struct sheet_cell *before = &sheet->cells[sheet->cell_count - 1];

		if (cell->row < before->row || (cell->row == before->row && cell->column <= before->column))
			return strange(reterr);
	}
	if (sheet->cell_count == CELLS_MAX)
		return err_set(reterr, ERR_RANGE, "", "a sheet has more than 2,000,000 cells");
	TRY(take_text(build, cell->text, &taken.text, reterr));
	*ARENA_PUSH(build->arena, sheet->cells, sheet->cell_count, sheet->cell_capacity) = taken;
	return ERR_OK;
}

static enum err put_merge(void *context, const struct sheet_merge *merge, struct bh_err *reterr)
{
	struct workbook_build *build = context;
	struct sheet *sheet = last_sheet(build);

	if (sheet == NULL || merge->top < 1 || merge->bottom < merge->top ||
		merge->bottom > WORKBOOK_ROWS_MAX || merge->left < 1 || merge->right < merge->left ||
		merge->right > WORKBOOK_COLUMNS_MAX)
		return strange(reterr);
	*ARENA_PUSH(build->arena, sheet->merges, sheet->merge_count, sheet->merge_capacity) = *merge;
	return ERR_OK;
}

struct workbook_build workbook_build_new(struct arena *arena)
{
	return (struct workbook_build){.arena = arena, .workbook = ARENA_TAKE(arena, 1, struct workbook)};
}

struct cells_out workbook_build_out(struct workbook_build *build)
{
	return (struct cells_out){build, put_sheet, put_cell, put_merge, NULL};
}
