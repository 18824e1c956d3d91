/* Spreadsheets: whatever their parts say, the cells come in order and within the sheet, and make a table
 * whose errors have a place. The input is the parts: a name, a NUL, what is in it, a NUL, and so on. */
#include "exchange/sheet_table.h"
#include "exchange/workbook_parts.h"

#include "fuzz.h"

#include <string.h>

/* The part of that name. */
static enum err find_part(
	void *context, const char *name, part_put_fn *put, void *put_context, struct bh_err *reterr)
{
	struct str rest = *(const struct str *)context, found, content;

	while (str_cut(&rest, '\0', &found) && str_cut(&rest, '\0', &content))
		if (str_is(found, name))
			return put(put_context, content.data, content.size, reterr);
	return err_set(reterr, ERR_INVALID, name, "the file is damaged: it has no such part");
}

static void read_table(struct arena *arena, const struct workbook *workbook)
{
	static const struct csv_column columns[] = {{"title", "督查事项", true, NULL},
		{"lead_unit", "主办单位", false, NULL}, {"due", "办结时限", false, NULL}};
	const struct column_ask ask = {.columns = columns, .count = ARRAY_COUNT(columns)};
	struct csv_errors errors = csv_errors_new(arena, STR("any.xlsx")),
			  notes = csv_errors_new(arena, STR("any.xlsx"));
	const struct csv_table *table = sheet_table_read(workbook, &ask, &errors, &notes);

	REQUIRE(table != NULL || errors.count > 0);
	for (size_t i = 0; i < errors.count; i++)
		REQUIRE(utf8_is_valid(csv_error_print(arena, &errors, i)));
	for (size_t i = 0; table != NULL && i < table->row_count; i++) {
		REQUIRE(table->rows[i].line > table->line);
		for (size_t j = 0; j < table->column_count; j++)
			REQUIRE(utf8_is_valid(table->rows[i].cells[j]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new(), *apart = arena_new();
	struct str input = fuzz_text(bytes, size);
	const struct parts parts = {&input, find_part};
	struct workbook_build build = workbook_build_new(arena);
	struct cells_out out = workbook_build_out(&build);
	struct bh_err why = {0};

	if (workbook_parse(apart, &parts, &out, &why) == ERR_OK)
		read_table(arena, build.workbook);
	else
		REQUIRE(why.text[0] != '\0' &&
			strcmp(why.text, "the file is damaged: its cells don't come in order") != 0);
	arena_free(apart);
	arena_free(arena);
	return 0;
}
