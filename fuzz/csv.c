/* Tables: what is taken is written and read back the same, cell by cell. */
#include "exchange/csv.h"

#include "fuzz.h"

static bool is_writable(const struct csv_table *table)
{
	/* Writing keeps no control characters beyond line ends, and a row of nothing is left out when it is
	 * read. */
	for (size_t row = 0; row < table->row_count; row++)
		for (size_t i = 0; i < table->column_count; i++)
			for (size_t at = 0; at < table->rows[row].cells[i].size; at++)
				if ((unsigned char)table->rows[row].cells[i].data[at] < ' ')
					return false;
	return true;
}

static void write_and_read(struct arena *arena, const struct csv_table *table)
{
	struct buf buf = buf_new(arena);
	struct csv_errors errors = csv_errors_new(arena, STR("again.csv"));

	csv_put_row(&buf, table->columns, table->column_count);
	for (size_t row = 0; row < table->row_count; row++)
		csv_put_row(&buf, table->rows[row].cells, table->column_count);
	const struct csv_table *again = csv_read(arena, buf_str(&buf), &errors);

	REQUIRE(again != NULL && errors.count == 0);
	REQUIRE(again->column_count == table->column_count && again->row_count == table->row_count);
	for (size_t row = 0; row < table->row_count; row++)
		for (size_t i = 0; i < table->column_count; i++)
			REQUIRE(str_equal(again->rows[row].cells[i], table->rows[row].cells[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct csv_errors errors = csv_errors_new(arena, STR("any.csv"));
	struct csv_table *table = csv_read(arena, fuzz_text(bytes, size), &errors);

	REQUIRE(table != NULL || errors.count > 0);
	for (size_t i = 0; i < errors.count; i++)
		REQUIRE(utf8_is_valid(csv_error_print(arena, &errors, i)));
	if (table != NULL && errors.count == 0 && is_writable(table))
		write_and_read(arena, table);
	arena_free(arena);
	return 0;
}
