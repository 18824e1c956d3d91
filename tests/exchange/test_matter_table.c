/* Matters as tables: each field in the form an office types it, every bad cell named, and what is written is
 * read back the same. */
#include "exchange/file.h"
#include "exchange/matter_table.h"
#include "exchange/org_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *root;

struct office {
	struct arena *arena;
	struct org *org;
	const struct procedure *procedure;
	struct csv_errors errors;
};

static void read_org(struct office *office, enum org_table table, struct str text)
{
	struct csv_errors errors = csv_errors_new(office->arena, STR("org.csv"));
	struct org_rows rows = {.arena = office->arena};

	org_table_read(office->org, table, csv_read(office->arena, text, &errors), &rows, &errors);
	assert_int_equal(errors.count, 0);
}

static struct office office_new(void)
{
	struct office office = {.arena = arena_new()};
	struct findings findings = findings_new(office.arena);
	struct str path = str_format(office.arena, "%s/tests/exchange/every_type.yaml", root), text;

	assert_int_equal(file_read(office.arena, path.data, 1 << 20, &text, NULL), ERR_OK);
	office.org = org_new(office.arena);
	read_org(&office, ORG_UNITS, STR("code,name\nwater,水务局\nhouse,住建局（人防办）\n"));
	read_org(&office, ORG_POSTS, STR("code,unit,title,kind\nwater-head,water,局长,head\n"));
	read_org(&office, ORG_PEOPLE, STR("code,name\nchen.jing,陈静\n"));
	office.procedure = procedure_read(office.arena, path, text, &findings);
	if (office.procedure == NULL)
		fail_msg("%s", finding_print(office.arena, &findings.items[0]).data);
	return office;
}

static int64_t find_matter(void *context, struct str number)
{
	(void)context;
	return str_is(number, "督〔2019〕1号") ? 17 : 0;
}

static struct str matter_number(void *context, int64_t id)
{
	(void)context;
	return id == 17 ? STR("督〔2019〕1号") : STR("");
}

static struct matter_table read_table(struct office *office, struct str text)
{
	office->errors = csv_errors_new(office->arena, STR("t.csv"));
	const struct csv_table *csv = csv_read(office->arena, text, &office->errors);

	assert_non_null(csv);
	return matter_table_read(
		office->arena, office->procedure, office->org, csv, find_matter, NULL, &office->errors);
}

static struct str said(struct office *office)
{
	struct buf buf = buf_new(office->arena);

	for (size_t i = 0; i < office->errors.count; i++)
		buf_format(&buf, "%s%.*s", i > 0 ? "\n" : "",
			STR_ARG(csv_error_print(office->arena, &office->errors, i)));
	return buf_str(&buf);
}

static const struct {
	const char *column, *typed, *stored; /* NULL: refused */
} cells[] = {
	{"units", "water、住建局（人防办）", "[1,2]"},
	{"units", "water;house", "[1,2]"},
	{"unit", "住建局（人防办）", "2"},
	{"unit", "ｗａｔｅｒ", "1"},
	{"单位", "water", "1"},
	{"post", "water-head", "1"},
	{"person", "chen.jing", "1"},
	{"due", "2019年6月30日", "\"2019-06-30\""},
	{"due", "２０１９．６．３０", "\"2019-06-30\""},
	{"money", "1,200,000.50", "\"1200000.50\""},
	{"length", "１２．５公里", "\"12.5\""},
	{"share", "40%", "40"},
	{"share", "４０％", "40"},
	{"hours", "8", "8"},
	{"kind", "小(一般)", "\"small\""},
	{"kind", "小（一般）", "\"small\""},
	{"kinds", "大、小", "[\"big\",\"small\"]"},
	{"other", "督〔2019〕1号", "17"},
	{"urgent", "是", "true"},
	{"urgent", "否", "false"},
	{"due", "2019-02-30", NULL},
	{"money", "1,20", NULL},
	{"share", "101", NULL},
	{"kind", "中", NULL},
	{"other", "督〔2019〕2号", NULL},
	{"person", "chen", NULL},
	{"urgent", "maybe", NULL},
};

static void every_type_of_field_is_read_as_an_office_types_it(void **state)
{
	struct office office = office_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cells); i++) {
		bool is_unit = strcmp(cells[i].column, "unit") == 0 || strcmp(cells[i].column, "单位") == 0;
		struct str text = str_format(office.arena, "title%s,%s\n甲%s,\"%s\"\n",
			is_unit ? "" : ",unit", cells[i].column, is_unit ? "" : ",water", cells[i].typed);
		struct matter_table table = read_table(&office, text);
		const char *field = strcmp(cells[i].column, "单位") == 0 ? "unit" : cells[i].column;

		if (cells[i].stored == NULL) {
			assert_int_equal(table.row_count, 0);
			assert_int_equal(office.errors.count, 1);
			assert_int_equal(office.errors.items[0].line, 2);
			continue;
		}
		if (table.row_count != 1)
			fail_msg("%s %s: %.*s", field, cells[i].typed, STR_ARG(said(&office)));
		assert_string_equal(
			doc_print(office.arena, doc_get(table.rows[0].fields, field)).data, cells[i].stored);
	}
	arena_free(office.arena);
}

static void the_columns_beside_the_fields_say_where_a_row_comes_from(void **state)
{
	struct office office = office_new();
	struct matter_table table =
		read_table(&office, STR("原编号,上级事项,权重,立项日期,立项人,事项,单位\nA-1,督〔2019〕1号,"
					"３,2019.1.15,chen.jing,清淤,水务局\n"
					",,,,,截污,water\n"));

	(void)state;
	assert_string_equal(said(&office).data, "");
	assert_int_equal(table.row_count, 2);
	assert_true(str_is(table.rows[0].number_ref, "A-1"));
	assert_true(str_is(table.rows[0].parent, "督〔2019〕1号"));
	assert_int_equal(table.rows[0].weight, 3);
	assert_string_equal(day_print(office.arena, table.rows[0].opened).data, "2019-01-15");
	assert_int_equal(table.rows[0].by, 1);
	assert_int_equal(table.rows[1].weight, 1);
	assert_true(day_is_none(table.rows[1].opened));
	assert_int_equal(table.rows[1].by, 0);
	arena_free(office.arena);
}

static void every_bad_cell_of_every_row_is_named(void **state)
{
	struct office office = office_new();
	struct matter_table table =
		read_table(&office, STR("title,unit,due,share,weight,opened,by\n,water,2019-13-01,x,0,九月,"
					"nobody\n清淤,watre,,,1,,\n截污,water,"
					",,1,,\n"));

	(void)state;
	assert_int_equal(table.row_count, 1);
	assert_string_equal(said(&office).data,
		"t.csv:2:title: this must be filled in\n"
		"t.csv:2:due: '2019-13-01' is not in the calendar: there is no such day\n"
		"t.csv:2:share: 'x' is no whole percentage from 0 to 100\n"
		"t.csv:2:weight: a weight is a whole number from 1 to 1,000,000\n"
		"t.csv:2:opened: '九月' is no day: write it like 2019-03-05\n"
		"t.csv:2:by: there is no person 'nobody'\n"
		"t.csv:3:unit: 'watre' is no unit of this institution, or more than one: give its code, or "
		"its full name "
		"where only one has it");
	matter_table_say(&table, &table.rows[0], "parent", "no such matter");
	matter_table_say(&table, &table.rows[0], "due", "too early");
	assert_true(str_ends(said(&office), "t.csv:4: no such matter\nt.csv:4:due: too early"));
	arena_free(office.arena);
}

static void columns_that_the_procedure_does_not_name_are_refused(void **state)
{
	struct office office = office_new();

	(void)state;
	assert_int_equal(read_table(&office, STR("title,unit,dew,citizen_id\n清淤,water,,\n")).row_count, 0);
	assert_string_equal(said(&office).data,
		"t.csv:1:dew: there is no column 'dew' here; did you mean 'due'?\n"
		"t.csv:1:citizen_id: there is no column 'citizen_id' here");
	assert_int_equal(read_table(&office, STR("title\n清淤\n")).row_count, 0);
	assert_string_equal(said(&office).data, "t.csv:1: the column 'unit' is missing");
	arena_free(office.arena);
}

static void what_is_written_is_read_back_the_same(void **state)
{
	struct office office = office_new();
	struct matter_table first =
		read_table(&office, STR("number_ref,title,unit,units,post,person,due,money,length,share,"
					"hours,kind,kinds,other,urgent\n"
					"A-1,\"=清淤,\n第二段\",water,water;house,water-head,chen.jing,2019-"
					"06-30,-12.5,3,40,8,small,big;small,督〔2019〕"
					"1号,是\n"
					"A-2,截污,house,,,,,,,,,,,,\n"));
	struct buf buf = buf_new(office.arena);

	const struct rows_out out = csv_rows_out(&buf);

	(void)state;
	assert_int_equal(first.row_count, 2);
	matter_table_write_head(&out, office.procedure);
	for (size_t i = 0; i < 2; i++) {
		const struct matter_written matter = {.fields = first.rows[i].fields,
			.number = first.rows[i].number_ref,
			.weight = first.rows[i].weight,
			.version = 3,
			.opened = DAY_NONE};

		matter_table_write(&out, office.procedure, office.org, &matter, matter_number, NULL);
	}
	struct matter_table second = read_table(&office, buf_str(&buf));

	assert_string_equal(said(&office).data, "");
	assert_int_equal(second.row_count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(doc_print(office.arena, first.rows[i].fields).data,
			doc_print(office.arena, second.rows[i].fields).data);
		assert_true(str_equal(first.rows[i].number_ref, second.rows[i].number_ref));
	}
	arena_free(office.arena);
}

static void every_procedure_of_the_article_can_be_a_table(void **state)
{
	struct office office = office_new();
	struct str dir = str_format(office.arena, "%s/institutions/pengjiang-2019/procedures", root), *names;
	struct findings findings = findings_new(office.arena);
	struct bh_err why;
	size_t count;

	(void)state;
	assert_int_equal(folder_list(office.arena, dir.data, ".yaml", &names, &count, &why), ERR_OK);
	assert_true(count > 5);
	for (size_t i = 0; i < count; i++) {
		struct str path = str_format(office.arena, "%s/%.*s", dir.data, STR_ARG(names[i])), text;
		struct buf buf = buf_new(office.arena);
		const struct rows_out out = csv_rows_out(&buf);

		assert_int_equal(file_read(office.arena, path.data, 1 << 20, &text, &why), ERR_OK);
		office.procedure = procedure_read(office.arena, path, text, &findings);
		assert_non_null(office.procedure);
		matter_table_write_head(&out, office.procedure);
		(void)read_table(&office, buf_str(&buf));
		if (office.errors.count > 0)
			fail_msg("%s: %.*s", path.data, STR_ARG(said(&office)));
	}
	arena_free(office.arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_of_field_is_read_as_an_office_types_it),
		cmocka_unit_test(the_columns_beside_the_fields_say_where_a_row_comes_from),
		cmocka_unit_test(every_bad_cell_of_every_row_is_named),
		cmocka_unit_test(columns_that_the_procedure_does_not_name_are_refused),
		cmocka_unit_test(what_is_written_is_read_back_the_same),
		cmocka_unit_test(every_procedure_of_the_article_can_be_a_table),
	};

	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
