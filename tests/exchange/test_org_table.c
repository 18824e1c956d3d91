/* The institution's rows from tables: matched by code, every bad cell named, and what is written is read back
 * without a change. */
#include "exchange/file.h"
#include "exchange/org_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *root;

struct office {
	struct arena *arena;
	struct org *org;
	struct org_rows rows;
	struct csv_errors errors;
};

static struct office office_new(void)
{
	struct office office = {.arena = arena_new()};

	office.org = org_new(office.arena);
	office.rows.arena = office.arena;
	return office;
}

/* How many rows it brought; what was wrong is in office->errors. */
static size_t read_text(struct office *office, enum org_table table, struct str text)
{
	office->errors = csv_errors_new(office->arena, STR("t.csv"));
	office->rows.count = 0;
	const struct csv_table *csv = csv_read(office->arena, text, &office->errors);

	assert_non_null(csv);
	org_table_read(office->org, table, csv, &office->rows, &office->errors);
	return office->rows.count;
}

static struct str said(struct office *office)
{
	struct buf buf = buf_new(office->arena);

	for (size_t i = 0; i < office->errors.count; i++)
		buf_format(&buf, "%s%.*s", i > 0 ? "\n" : "",
			STR_ARG(csv_error_print(office->arena, &office->errors, i)));
	return buf_str(&buf);
}

#define EXPECT(office, table, text, rows)                                                                    \
	do {                                                                                                 \
		assert_int_equal(read_text((office), (table), STR(text)), (rows));                           \
		assert_string_equal(said(office).data, "");                                                  \
	} while (0)
#define REFUSE(office, table, text, errors)                                                                  \
	do {                                                                                                 \
		(void)read_text((office), (table), STR(text));                                               \
		assert_string_equal(said(office).data, errors);                                              \
	} while (0)

static struct office small_office(void)
{
	struct office office = office_new();

	EXPECT(&office, ORG_UNITS, "code,name\noffice,督查室\nwater,水务局\n", 2);
	EXPECT(&office, ORG_POSTS,
		"编码,单位,职务,类别\noffice-head,office,主任,正职\nwater-head,water,局长,正职\nwater-"
		"liaison,water,"
		"联络员,liaison\n",
		3);
	EXPECT(&office, ORG_PEOPLE,
		"code,name,gender,born\nli.ming,李明,男,1975.3.5\nchen.jing,陈静,女,"
		"１９８０年１２月１日\nzhou.min,周敏,,\n",
		3);
	return office;
}

static void rows_are_known_by_label_and_in_every_form(void **state)
{
	struct office office = small_office();
	const struct person *person = org_person_by_code(office.org, STR("chen.jing"));

	(void)state;
	assert_true(str_is(person->gender, "f"));
	assert_string_equal(day_print(office.arena, person->born).data, "1980-12-01");
	assert_int_equal(org_post_by_code(office.org, STR("water-head"))->kind, POST_HEAD);
	arena_free(office.arena);
}

static void the_same_file_again_changes_nothing(void **state)
{
	struct office office = small_office();

	(void)state;
	EXPECT(&office, ORG_UNITS, "code,name\noffice,督查室\nwater,水务局\n", 0);
	EXPECT(&office, ORG_PEOPLE, "姓名,账号\n李明,li.ming\n陈静,chen.jing\n", 0);
	EXPECT(&office, ORG_TENURES, "post,person,from\nwater-head,chen.jing,2019-01-01\n", 1);
	EXPECT(&office, ORG_TENURES, "post,person,from\nwater-head,chen.jing,2019-01-01\n", 0);
	EXPECT(&office, ORG_FUNCTIONS, "function,unit\nsupervision_office,office\n", 1);
	EXPECT(&office, ORG_FUNCTIONS, "function,unit,post\nsupervision_office,office,\n", 0);
	EXPECT(&office, ORG_DELEGATIONS, "from,to,since,until\nli.ming,zhou.min,2019-05-01,2019-05-10\n", 1);
	EXPECT(&office, ORG_DELEGATIONS, "授权人,代办人,起始日,截止日\nli.ming,zhou.min,2019/5/1,2019/5/10\n",
		0);
	arena_free(office.arena);
}

static void a_missing_column_changes_nothing_and_an_empty_cell_empties(void **state)
{
	struct office office = small_office();
	const struct person *person = org_person_by_code(office.org, STR("li.ming"));

	(void)state;
	EXPECT(&office, ORG_PEOPLE, "code,name\nli.ming,李鸣\n", 1);
	assert_true(str_is(person->name, "李鸣"));
	assert_true(str_is(person->gender, "m"));
	assert_false(day_is_none(person->born));
	EXPECT(&office, ORG_PEOPLE, "code,name,born\nli.ming,李鸣,\n", 1);
	assert_true(day_is_none(person->born));
	assert_true(str_is(person->gender, "m"));
	arena_free(office.arena);
}

static void a_units_parent_and_leader_may_come_later(void **state)
{
	struct office office = office_new();
	const struct str text = STR("code,name,parent,leader\nwater,水务局,gov,mayor\ngov,区政府,,\n");

	(void)state;
	assert_int_equal(read_text(&office, ORG_UNITS, text), 2);
	EXPECT(&office, ORG_POSTS, "code,unit,title,kind\nmayor,gov,区长,head\n", 1);
	assert_int_equal(read_text(&office, ORG_UNIT_LINKS, text), 1);
	assert_int_equal(org_unit_by_code(office.org, STR("water"))->parent,
		org_unit_by_code(office.org, STR("gov"))->id);
	assert_int_equal(read_text(&office, ORG_UNITS, text), 0);
	assert_int_equal(read_text(&office, ORG_UNIT_LINKS, text), 0);
	REFUSE(&office, ORG_UNIT_LINKS, "code,name,parent\nwater,水务局,goo\n",
		"t.csv:2:parent: there is no unit 'goo'; did you mean 'gov'?");
	arena_free(office.arena);
}

static void who_leaves_is_gone_before_the_next_one_comes(void **state)
{
	struct office office = small_office();

	(void)state;
	EXPECT(&office, ORG_TENURES, "post,person,from\nwater-head,chen.jing,2018-01-01\n", 1);
	/* The successor stands first in the file. */
	EXPECT(&office, ORG_TENURES,
		"post,person,from,until\nwater-head,zhou.min,2019-04-01,\nwater-head,chen.jing,2018-01-01,"
		"2019-04-01\n",
		2);
	assert_true(
		str_is(org_person(office.org, org_holder(office.org, 2, (struct day){20000})->person)->code,
			"zhou.min"));
	arena_free(office.arena);
}

static void every_bad_cell_is_named_at_once(void **state)
{
	struct office office = small_office();

	(void)state;
	REFUSE(&office, ORG_PEOPLE,
		"code,name,born\nli.ming,李明,1975-02-30\n,无名,\nwang "
		"wu,王五,\nzhao.lei,赵磊,九月\nzhou.min,周敏,\n"
		"zhou.min,周民,\n",
		"t.csv:2:born: '1975-02-30' is not in the calendar: there is no such day\n"
		"t.csv:3:code: give a code of 1 to 64 bytes\n"
		"t.csv:4:code: a code has no blanks, commas or quotes\n"
		"t.csv:5:born: '九月' is no day: write it like 2019-03-05\n"
		"t.csv:7:code: 'zhou.min' stands in line 6 already");
	REFUSE(&office, ORG_POSTS, "code,unit,title,kind\nx,watre,局长,正职\ny,water,局长,boss\n",
		"t.csv:2:unit: there is no unit 'watre'; did you mean 'water'?\n"
		"t.csv:3:kind: a post is head, deputy, liaison or member");
	REFUSE(&office, ORG_TENURES,
		"post,person,from,until\nwater-head,chen.jin,2019-01-01,\nwater-head,chen.jing,2019-05-01,"
		"2019-05-01\n"
		"office-head,li.ming,2019-01-01,\noffice-head,zhou.min,2019-06-01,\n",
		"t.csv:2:person: there is no person 'chen.jin'; did you mean 'chen.jing'?\n"
		"t.csv:3:until: it would end before it begins\n"
		"t.csv:5:post: 李明 holds that post in the same days: end that tenure first");
	REFUSE(&office, ORG_FUNCTIONS, "function,unit,post\nx,water,water-head\ny,,\n",
		"t.csv:2:unit: a function belongs to one unit or to one post\n"
		"t.csv:3:unit: a function belongs to one unit or to one post");
	REFUSE(&office, ORG_DELEGATIONS, "from,to,since,until\nli.ming,li.ming,2019-05-01,2019-05-10\n",
		"t.csv:2:to: nobody stands in for themselves");
	REFUSE(&office, ORG_UNITS, "code,name,until\nx,某局,2019-02-30\n",
		"t.csv:2:until: '2019-02-30' is not in the calendar: there is no such day");
	REFUSE(&office, ORG_PEOPLE, "code,name,faith\n", "t.csv:1:faith: there is no column 'faith' here");
	arena_free(office.arena);
}

/* ---- the institution of the article ---- */

static struct str sample(struct office *office, const char *name)
{
	struct str path = str_format(office->arena, "%s/institutions/pengjiang-2019/%s.csv", root, name),
		   text;
	struct bh_err why;

	if (file_read(office->arena, path.data, 1 << 20, &text, &why) != ERR_OK)
		fail_msg("%s: %s", why.place, why.text);
	return text;
}

static void what_is_written_is_read_back_without_a_change(void **state)
{
	static const struct {
		const char *name;
		enum org_table table;
		bool exact; /* the sample stands in the order and the form in which it is written */
	} tables[] = {{"units", ORG_UNITS, false}, {"posts", ORG_POSTS, false},
		{"units", ORG_UNIT_LINKS, false}, {"people", ORG_PEOPLE, true},
		{"tenures", ORG_TENURES, true}};
	struct office office = office_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(tables); i++) {
		assert_true(read_text(&office, tables[i].table, sample(&office, tables[i].name)) > 0);
		assert_string_equal(said(&office).data, "");
	}
	for (size_t i = 0; i < ARRAY_COUNT(tables); i++) {
		struct buf written = buf_new(office.arena), again = buf_new(office.arena);
		const struct rows_out out = csv_rows_out(&written), out_again = csv_rows_out(&again);

		org_table_write(&out, office.org, tables[i].table);
		assert_int_equal(read_text(&office, tables[i].table, buf_str(&written)), 0);
		assert_string_equal(said(&office).data, "");
		org_table_write(&out_again, office.org, tables[i].table);
		assert_string_equal(buf_str(&written).data, buf_str(&again).data);
		if (!tables[i].exact)
			continue;
		/* The sample's own lines end in LF. */
		struct str lines = sample(&office, tables[i].name), line;
		struct buf crlf = buf_new(office.arena);

		while (str_cut(&lines, '\n', &line) && line.size > 0)
			buf_format(&crlf, "%.*s\r\n", STR_ARG(line));
		assert_string_equal(buf_str(&written).data, buf_str(&crlf).data);
	}
	arena_free(office.arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_known_by_label_and_in_every_form),
		cmocka_unit_test(the_same_file_again_changes_nothing),
		cmocka_unit_test(a_missing_column_changes_nothing_and_an_empty_cell_empties),
		cmocka_unit_test(a_units_parent_and_leader_may_come_later),
		cmocka_unit_test(who_leaves_is_gone_before_the_next_one_comes),
		cmocka_unit_test(every_bad_cell_is_named_at_once),
		cmocka_unit_test(what_is_written_is_read_back_without_a_change),
	};

	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
