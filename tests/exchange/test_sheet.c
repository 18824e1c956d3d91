/* Spreadsheets out and in again, and how the columns of an office's table are known. */
#include "exchange/children.h"
#include "exchange/file.h"
#include "exchange/sheet_table.h"
#include "exchange/sheet_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct csv_column task_columns[] = {{"title", "督查事项", true, NULL},
	{"lead_unit", "主办单位", true, NULL}, {"co_units", "协办单位", false, NULL},
	{"commander", "挂牌领导", false, NULL}, {"due", "办结时限", false, NULL},
	{"amount", "金额", false, NULL}, {"measure", NULL, false, NULL}};
static const struct column_ask task_ask = {.columns = task_columns, .count = ARRAY_COUNT(task_columns)};

/* ---- there and back ---- */

static struct str written(struct arena *arena, const struct str *cells, size_t rows, size_t columns)
{
	struct sheet_column heads[ARRAY_COUNT(task_columns)];
	char path[] = "/tmp/bihuan-test-XXXXXX";
	struct sheet_out *out;
	struct bh_err why;
	struct str bytes;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	close(fd);
	for (size_t i = 0; i < columns; i++)
		heads[i] = (struct sheet_column){
			.head = str_from(
				task_columns[i].zh != NULL ? task_columns[i].zh : task_columns[i].name),
			.number = strcmp(task_columns[i].name, "amount") == 0,
			.lamp = strcmp(task_columns[i].name, "measure") == 0};
	assert_int_equal(sheet_out_open(arena, heads, columns, &out, &why), ERR_OK);
	for (size_t i = 0; i < rows; i++)
		sheet_out_row(out, cells + i * columns, columns);
	assert_int_equal(sheet_out_finish(out, path, &why), ERR_OK);
	assert_int_equal(file_read(arena, path, WORKBOOK_SIZE_MAX, &bytes, &why), ERR_OK);
	unlink(path);
	return bytes;
}

static void what_is_written_is_read_back_the_same(void **state)
{
	const struct str cells[] = {
		STR("=1+1"),
		STR("+x"),
		STR("-x"),
		STR("@x"),
		STR("2019-03-05"),
		STR("38000000.00"),
		STR("红灯:逾期"),
		STR("007"),
		STR("440703198001011234"),
		STR("1"),
		STR("1.0"),
		STR("1900-01-05"),
		STR("0012"),
		STR("green"),
		STR("第一行\n第二行"),
		STR("_x000D_"),
		STR("_x005F_x000D_"),
		STR("a<b>&\"'"),
		STR("2019-3-5"),
		STR("-12.25"),
		STR(""),
		STR("true"),
		STR("#N/A"),
		STR("{=A1}"),
		STR("http://a.example/"),
		STR("12:30"),
		STR("123456789012345.5"),
		STR("蓝灯"),
		STR("𠮷野家"),
		STR(""),
		STR(""),
		STR(""),
		STR("2019-02-30"),
		STR("-0"),
		STR("1."),
	};
	const size_t columns = ARRAY_COUNT(task_columns), rows = ARRAY_COUNT(cells) / columns;
	struct arena *arena = arena_new();
	struct str bytes = written(arena, cells, rows, columns);
	struct csv_errors errors = csv_errors_new(arena, STR("out.xlsx")),
			  notes = csv_errors_new(arena, STR("out.xlsx"));
	struct workbook *workbook;
	struct bh_err why = {0};

	(void)state;
	assert_true(workbook_is_one(bytes));
	if (workbook_read(arena, bytes, &workbook, &why) != ERR_OK)
		fail_msg("%s: %s", why.place, why.text);
	struct csv_table *table = sheet_table_read(workbook, &task_ask, &errors, &notes);

	assert_non_null(table);
	for (size_t i = 0; i < errors.count; i++)
		fail_msg("%s", csv_error_print(arena, &errors, i).data);
	assert_int_equal(notes.count, 0);
	assert_int_equal(table->row_count, rows);
	for (size_t i = 0; i < rows * columns; i++)
		if (!str_equal(table->rows[i / columns].cells[i % columns], cells[i]))
			fail_msg("'%.*s' came back as '%.*s'", STR_ARG(cells[i]),
				STR_ARG(table->rows[i / columns].cells[i % columns]));
	/* The same rows are the same bytes. */
	struct str again = written(arena, cells, rows, columns);

	assert_true(str_equal(bytes, again));
	arena_free(arena);
}

static enum err finished(size_t text_size)
{
	const struct sheet_column column = {.head = STR("a")};
	struct arena *arena = arena_new();
	char *text = ARENA_TAKE(arena, text_size, char);
	const struct str cell = {memset(text, 'x', text_size), text_size};
	struct sheet_out *out;
	struct bh_err why;

	assert_int_equal(sheet_out_open(arena, &column, 1, &out, &why), ERR_OK);
	sheet_out_row(out, &cell, 1);
	enum err err = sheet_out_finish(out, "/tmp/bihuan-test-sheet.xlsx", &why);

	(void)unlink("/tmp/bihuan-test-sheet.xlsx");
	arena_free(arena);
	return err;
}

static void what_does_not_fit_into_a_cell_is_refused(void **state)
{
	(void)state;
	assert_int_equal(finished(32767), ERR_OK);
	assert_int_equal(finished(32768), ERR_RANGE);
}

/* ---- columns ---- */

static const struct {
	const char *headers[4];
	const char *names[4]; /* "?": unknown, "-": left out */
} headers[] = {
	{{"序号", "督察事项", "主办", "协办"}, {"-", "title", "lead_unit", "co_units"}},
	{{"工作任务", "牵头单位", "责任单位", "完成时限"}, {"title", "lead_unit", "co_units", "due"}},
	{{"责任单位", "牵头单位"}, {"lead_unit", "lead_unit"}}, /* two of the same, to be said */
	{{" 办 结 时\n限 （年月日）", "DUE", "责任人*"}, {"due", "due", "commander"}},
	{{"title", "督查事项", "measure", "天气"}, {"title", "title", "measure", "?"}},
	{{"（万元）", "()", "", "*"}, {"?", "?", "?", "?"}},
	{{"Task", "Deadline", "lead unit"}, {"title", "due", "lead_unit"}},
};

static void columns_are_known_as_offices_call_them(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(headers); i++) {
		struct column_header given[4] = {0};
		int at[4];
		enum column_basis bases[4];
		size_t count = 0;

		for (; count < 4 && headers[i].headers[count] != NULL; count++)
			given[count] = (struct column_header){{str_from(headers[i].headers[count])}, 1};
		columns_choose(arena, &task_ask, given, count, at, bases);
		for (size_t j = 0; j < count; j++) {
			const char *name = at[j] == CSV_COLUMN_UNKNOWN    ? "?"
					   : at[j] == CSV_COLUMN_LEFT_OUT ? "-"
									  : task_columns[at[j]].name;

			if (strcmp(name, headers[i].names[j]) != 0)
				fail_msg("'%s' is taken for %s", headers[i].headers[j], name);
		}
	}
	arena_free(arena);
}

static void what_the_person_says_comes_first(void **state)
{
	struct arena *arena = arena_new();
	struct column_choice choices[2];
	struct bh_err why;
	const struct column_header given[] = {{{STR("牵头单位")}, 1}, {{STR("天气")}, 1}};
	int at[2];
	enum column_basis bases[2];

	(void)state;
	assert_int_equal(column_choice_parse(arena, STR("协办单位=牵头单位"), task_columns,
				 ARRAY_COUNT(task_columns), &choices[0], &why),
		ERR_OK);
	assert_int_equal(column_choice_parse(arena, STR("-=天气"), task_columns, ARRAY_COUNT(task_columns),
				 &choices[1], &why),
		ERR_OK);
	struct column_ask ask = task_ask;

	ask.choices = choices;
	ask.choice_count = 2;
	columns_choose(arena, &ask, given, 2, at, bases);
	assert_string_equal(task_columns[at[0]].name, "co_units");
	assert_int_equal(at[1], CSV_COLUMN_LEFT_OUT);
	assert_int_equal(bases[0], COLUMN_SAID);
	/* What was said of an earlier file comes behind what is said now, and before any name. */
	choices[0].remembered = choices[1].remembered = true;
	columns_choose(arena, &ask, given, 2, at, bases);
	assert_int_equal(bases[0], COLUMN_REMEMBERED);
	choices[1] = (struct column_choice){STR("lead_unit"), STR("牵头单位"), false};
	columns_choose(arena, &ask, given, 2, at, bases);
	assert_string_equal(task_columns[at[0]].name, "lead_unit");
	assert_int_equal(at[1], CSV_COLUMN_UNKNOWN);
	assert_int_equal(column_choice_parse(arena, STR("deu=时限"), task_columns, ARRAY_COUNT(task_columns),
				 &choices[0], &why),
		ERR_INVALID);
	assert_string_equal(why.text, "there is no column 'deu' here; did you mean 'due'?");
	assert_int_equal(column_choice_parse(arena, STR("due"), task_columns, ARRAY_COUNT(task_columns),
				 &choices[0], &why),
		ERR_INVALID);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	children_answer(argc, argv);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read_back_the_same),
		cmocka_unit_test(what_does_not_fit_into_a_cell_is_refused),
		cmocka_unit_test(columns_are_known_as_offices_call_them),
		cmocka_unit_test(what_the_person_says_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
