/* Tables as offices send them, right and wrong, and what is written is what is read. */
#include "exchange/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The table as text: cells between bars, a row a line, its line in front. */
static struct str show(struct arena *arena, const struct csv_table *table)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; table != NULL && i < table->column_count; i++)
		buf_format(&buf, "%s%.*s", i > 0 ? "|" : "", STR_ARG(table->columns[i]));
	for (size_t i = 0; table != NULL && i < table->row_count; i++) {
		buf_format(&buf, "\n%zu ", table->rows[i].line);
		for (size_t j = 0; j < table->column_count; j++)
			buf_format(&buf, "%s%.*s", j > 0 ? "|" : "", STR_ARG(table->rows[i].cells[j]));
	}
	return buf_str(&buf);
}

static struct str show_errors(struct arena *arena, const struct csv_errors *errors)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < errors->count; i++)
		buf_format(&buf, "%s%.*s", i > 0 ? "\n" : "", STR_ARG(csv_error_print(arena, errors, i)));
	return buf_str(&buf);
}

static const struct {
	const char *what, *text, *table, *errors;
} readings[] = {
	{"CRLF", "code,name\r\na,水务局\r\nb,住建局\r\n", "code|name\n2 a|水务局\n3 b|住建局", ""},
	{"LF, and no end behind the last line", "code,name\na,水务局\nb,住建局",
		"code|name\n2 a|水务局\n3 b|住建局", ""},
	{"CR alone", "code,name\ra,1\rb,2\r", "code|name\n2 a|1\n3 b|2", ""},
	{"a byte order mark",
		"\xEF\xBB\xBF"
		"code,name\na,1\n",
		"code|name\n2 a|1", ""},
	{"quotes, commas and quotes inside", "code,name\n\"a,b\",\"say \"\"yes\"\"\"\n",
		"code|name\n2 a,b|say \"yes\"", ""},
	{"a cell with line breaks", "code,name\na,\"one\ntwo\r\nthree\"\nb,2\n",
		"code|name\n2 a|one\ntwo\r\nthree\n5 b|2", ""},
	{"blanks around a plain cell, kept inside quotes", "code , name\n a ,\" 1 \"\n", "code|name\n2 a| 1 ",
		""},
	{"an empty cell at the end", "code,name\na,\n", "code|name\n2 a|", ""},
	{"empty lines, and rows of nothing but commas", "\n\ncode,name\n\na,1\n,\n\nb,2\n,\n",
		"code|name\n5 a|1\n8 b|2", ""},
	{"a row that is empty on purpose", "code,name\n\"\",\n", "code|name\n2 |", ""},
	{"columns that a spreadsheet left behind", "code,name,,\na,1,,\nb,2,,\n", "code|name\n2 a|1\n3 b|2",
		""},
	{"an apostrophe before a formula sign", "code,name\na,'=1+1\nb,'@x\nc,''-1\nd,'plain\n",
		"code|name\n2 a|=1+1\n3 b|@x\n4 c|'-1\n5 d|'plain", ""},
	{"GB18030", "\xB1\xE0\xC2\xEB,\xC3\xFB\xB3\xC6\na,\xCB\xAE\xCE\xF1\xBE\xD6\n",
		"编码|名称\n2 a|水务局", ""},

	{"a quote left open", "code,name\na,1\nb,\"two\nc,3\nd,4\n", "code|name\n2 a|1",
		"t.csv:3:name: a quote is opened here and never closed: the rest of the file can't be read"},
	{"a quote left open, and another one later", "code,name\na,\"one\nb,\"two\"\nc,3\n", "code|name",
		"t.csv:2:name: the quote that opens here closes in line 3 with more behind it: a quote "
		"inside a cell "
		"is written twice"},
	{"something behind a quote, in one line", "code,name\n\"a\"x,1\nb,2\n", "code|name\n2 a|1\n3 b|2",
		"t.csv:2:code: the quote that opens here closes in line 2 with more behind it: a quote "
		"inside a cell "
		"is written twice"},
	{"a quote in the middle", "code,name\na\"b,1\n", "code|name\n2 a\"b|1",
		"t.csv:2:code: a quote stands in a cell that doesn't begin with one: put the cell into "
		"quotes, and "
		"write the quotes in it twice"},
	{"uneven rows, each of them named", "code,name\na\nb,2,3\nc,3\nd,4,5,6\n", "code|name\n4 c|3",
		"t.csv:2: cells in the row: 1; columns: 2\n"
		"t.csv:3: cells in the row: 3; columns: 2\n"
		"t.csv:5: cells in the row: 4; columns: 2"},
	{"a cell under no name", "code,name,\na,1,2\nb,2,\n", "code|name\n3 b|2",
		"t.csv:2: cells in the row: 3; columns: 3"},
	{"a column twice", "code,name,code\na,1,b\n", "code|name|code\n2 a|1|b",
		"t.csv:1:code: the column 'code' stands here twice"},
	{"a column without a name", "code,,name\na,1,b\n", "code||name\n2 a|1|b",
		"t.csv:1:2: this column has no name"},
	{"tabs instead of commas", "code\tname\na\t1\n", "code\tname\n2 a\t1",
		"t.csv:1:code\tname: the columns aren't separated by commas: save the table as CSV (comma "
		"separated)"},
	{"a control character", "code,name\na,x\x07y\n", "code|name\n2 a|x\x07y",
		"t.csv:2:name: a control character (byte 7) stands in this cell"},
	{"nothing", "", "", "t.csv:1: the file is empty: its first row names the columns"},
	{"nothing but commas", ",,\n\n", "", "t.csv:1: the file is empty: its first row names the columns"},
	{"a header alone is a table", "code,name\n", "code|name", ""},
	{"UTF-16",
		"\xFF\xFE"
		"c\0o\0",
		"", "t.csv:1: the file is UTF-16 (\"Unicode text\"): save it as CSV UTF-8"},
	{"UTF-8 with a byte lost", "编码,名称\na,水务局\nb,住\xE5\xBB局\n", "",
		"t.csv:3: the file is UTF-8, but a character in this line is damaged: export it again"},
	{"marked as UTF-8, and isn't",
		"\xEF\xBB\xBF"
		"a\n\xB1\xE0\n",
		"", "t.csv:2: the file is UTF-8, but a character in this line is damaged: export it again"},
	{"neither UTF-8 nor GB18030", "code\n\xFF\xFF\n", "",
		"t.csv:1: the file is neither UTF-8 nor GB18030: save it as CSV UTF-8"},
};

static void a_table_is_read_with_every_error_named(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(readings); i++) {
		struct csv_errors errors = csv_errors_new(arena, STR("t.csv"));
		struct str text = str_from(readings[i].text);
		const struct csv_table *table = csv_read(arena, text, &errors);
		struct str shown = show(arena, table), said = show_errors(arena, &errors);

		if (!str_is(shown, readings[i].table) || !str_is(said, readings[i].errors))
			fail_msg("%s:\n%.*s\n%.*s", readings[i].what, STR_ARG(shown), STR_ARG(said));
	}
	arena_free(arena);
}

static const struct csv_column columns[] = {
	{"code", "编码", true, NULL}, {"name", "名称", true, NULL}, {"born", NULL, false, NULL}};

static const struct {
	const char *header;
	int at[3];
	const char *errors;
} matchings[] = {
	{"code,name,born", {0, 1, 2}, ""},
	{"name,code", {1, 0, -1}, ""},
	{"名称,编码", {1, 0, -1}, ""},
	{"编码,name", {0, 1, -1}, ""},
	{"code,nmae", {0, -1, -1},
		"t.csv:1:nmae: there is no column 'nmae' here; did you mean 'name'?\n"
		"t.csv:1: the column 'name' is missing"},
	{"code,名秤", {0, -1, -1},
		"t.csv:1:名秤: there is no column '名秤' here; did you mean '名称'?\nt.csv:1: the column "
		"'name' is missing"},
	{"code,编码,name", {0, 2, -1}, "t.csv:1:编码: 'code' and '编码' are the same column"},
	{"code,name,belief", {0, 1, -1}, "t.csv:1:belief: there is no column 'belief' here"},
};

static void columns_are_known_by_key_or_label_and_no_others_are_taken(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(matchings); i++) {
		struct csv_errors errors = csv_errors_new(arena, STR("t.csv"));
		const struct csv_table *table = csv_read(arena, str_from(matchings[i].header), &errors);
		int at[3];
		bool matched = csv_match(table, columns, ARRAY_COUNT(columns), at, &errors);
		struct str said = show_errors(arena, &errors);

		assert_int_equal(matched, matchings[i].errors[0] == '\0');
		if (!str_is(said, matchings[i].errors))
			fail_msg("%s:\n%.*s", matchings[i].header, STR_ARG(said));
		assert_memory_equal(at, matchings[i].at, sizeof at);
	}
	arena_free(arena);
}

static const struct {
	const char *cell, *written;
} writings[] = {
	{"a", "a"},
	{"", ""},
	{"a,b", "\"a,b\""},
	{"a\"b", "\"a\"\"b\""},
	{"a\nb", "\"a\nb\""},
	{" a", "\" a\""},
	{"a　", "\"a　\""},
	{"=1+1", "\"'=1+1\""},
	{"+x", "\"'+x\""},
	{"@x", "\"'@x\""},
	{"-", "\"'-\""},
	{"-12.5", "-12.5"},
	{"+8", "+8"},
	{"-1-1", "\"'-1-1\""},
	{"\tx", "\"'\tx\""},
	{"＝1", "\"'＝1\""},
	{"'=1", "\"''=1\""},
	{"'x", "'x"},
};

static void a_cell_is_written_so_that_a_spreadsheet_takes_it_as_text(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(writings); i++) {
		struct buf buf = buf_new(arena);
		const struct str cells[] = {STR("x"), str_from(writings[i].cell)};
		struct str expected = str_format(arena, "x,%s\r\n", writings[i].written);

		csv_put_row(&buf, cells, 2);
		assert_string_equal(buf_str(&buf).data, expected.data);
	}
	arena_free(arena);
}

/* ---- any table ---- */

static uint64_t chance_state;

static uint64_t chance(uint64_t below)
{
	chance_state ^= chance_state << 13;
	chance_state ^= chance_state >> 7;
	chance_state ^= chance_state << 17;
	return chance_state % below;
}

static struct str random_cell(struct arena *arena)
{
	static const char *const pieces[] = {"a", "b", "0", "9", ".", ",", "\"", "'", "=", "+", "-", "@",
		"\t", "\r", "\n", " ", "　", "水", "＝", "－", "𠀀", ";", "\"\"", "''", "\r\n"};
	struct buf buf = buf_new(arena);

	for (uint64_t left = chance(6); left > 0; left--)
		buf_puts(&buf, pieces[chance(ARRAY_COUNT(pieces))]);
	return buf_str(&buf);
}

static struct str *random_row(struct arena *arena, size_t count)
{
	struct str *cells = ARENA_TAKE(arena, count, struct str);

	for (size_t i = 0; i < count; i++)
		cells[i] = str_copy(arena, random_cell(arena));
	return cells;
}

static void any_table_is_read_back_as_it_was_written(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	chance_state = 20190305;
	for (int turn = 0; turn < 20000; turn++) {
		size_t width = 1 + chance(4), height = chance(5);
		struct buf buf = buf_new(arena), again = buf_new(arena);
		struct str names[4], *rows[5];
		struct csv_errors errors = csv_errors_new(arena, STR("t.csv"));

		for (size_t i = 0; i < width; i++)
			names[i] = str_format(arena, "c%zu", i);
		csv_put_row(&buf, names, width);
		for (size_t i = 0; i < height; i++) {
			rows[i] = random_row(arena, width);
			csv_put_row(&buf, rows[i], width);
		}
		struct str text = buf_str(&buf);
		const struct csv_table *table = csv_read(arena, text, &errors);

		if (errors.count > 0 || table->row_count != height || table->column_count != width)
			fail_msg("turn %d: %.*s\n%.*s", turn, STR_ARG(text),
				STR_ARG(show_errors(arena, &errors)));
		csv_put_row(&again, table->columns, width);
		for (size_t i = 0; i < height; i++) {
			for (size_t j = 0; j < width; j++)
				if (!str_equal(table->rows[i].cells[j], rows[i][j]))
					fail_msg("turn %d: '%.*s' became '%.*s'", turn, STR_ARG(rows[i][j]),
						STR_ARG(table->rows[i].cells[j]));
			csv_put_row(&again, table->rows[i].cells, width);
		}
		assert_true(str_equal(text, buf_str(&again)));
		arena_clear(arena);
	}
	arena_free(arena);
}

static void any_bytes_are_a_table_or_an_error(void **state)
{
	static const char bytes[] = "ab,\"\"\"\n\r\t'=\xB1\xE0\xE6\xB0\xB4\xFF\x81\x30";
	struct arena *arena = arena_new();

	(void)state;
	chance_state = 7;
	for (int turn = 0; turn < 20000; turn++) {
		struct csv_errors errors = csv_errors_new(arena, STR("t.csv"));
		char text[64];
		size_t size = chance(sizeof text);

		for (size_t i = 0; i < size; i++)
			text[i] = bytes[chance(sizeof bytes - 1)];
		const struct csv_table *table = csv_read(arena, (struct str){text, size}, &errors);

		assert_true(table != NULL || errors.count > 0);
		for (size_t i = 0; i < errors.count; i++)
			assert_true(errors.items[i].line >= 1 && errors.items[i].line <= size + 1);
		arena_clear(arena);
	}
	arena_free(arena);
}

static void ten_thousand_errors_are_told_and_the_rest_counted(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf = buf_new(arena);
	struct csv_errors errors = csv_errors_new(arena, STR("t.csv"));

	(void)state;
	buf_puts(&buf, "a,b\n");
	for (int i = 0; i < 12000; i++)
		buf_puts(&buf, "1\n");
	(void)csv_read(arena, buf_str(&buf), &errors);
	assert_int_equal(errors.count, 10000);
	assert_int_equal(errors.left_out, 2000);
	arena_free(arena);
}

static void more_columns_than_anybody_has_are_refused_at_once(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf = buf_new(arena);
	struct csv_errors errors = csv_errors_new(arena, STR("t.csv"));

	(void)state;
	for (int i = 0; i < 1000000; i++)
		buf_puts(&buf, "a,");
	assert_null(csv_read(arena, buf_str(&buf), &errors));
	assert_string_equal(show_errors(arena, &errors).data, "t.csv:1: there are more than 1000 columns");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_is_read_with_every_error_named),
		cmocka_unit_test(columns_are_known_by_key_or_label_and_no_others_are_taken),
		cmocka_unit_test(a_cell_is_written_so_that_a_spreadsheet_takes_it_as_text),
		cmocka_unit_test(any_table_is_read_back_as_it_was_written),
		cmocka_unit_test(any_bytes_are_a_table_or_an_error),
		cmocka_unit_test(ten_thousand_errors_are_told_and_the_rest_counted),
		cmocka_unit_test(more_columns_than_anybody_has_are_refused_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
