/* test_tidy.c: each house rule can fail, and lets what is right pass. Every case is one file put into a small
 * tree that is otherwise clean; tidy, as a program, must say exactly the one line, or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ROOM "What it is: a room.\nMay use: nothing.\nUsed by: all.\nAlways true: it is here.\n"

static const char *tidy; /* the program under test */
static char tree[] = "/tmp/tidy-test-XXXXXX";

__attribute__((format(printf, 1, 2))) static void shell(const char *format, ...)
{
	char command[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof command, format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

static void put(const char *path, const char *text)
{
	char name[512];

	snprintf(name, sizeof name, "%s/%s", tree, path);
	shell("mkdir -p \"$(dirname '%s')\"", name);
	FILE *file = fopen(name, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* What tidy prints, and its exit. */
static int run(const char *arguments, char *said, size_t size)
{
	char command[1024];

	snprintf(command, sizeof command, "%s %s 2>&1", tidy, arguments);
	FILE *output = popen(command, "r");

	assert_non_null(output);
	size_t read = fread(said, 1, size - 1, output);

	said[read] = '\0';
	return WEXITSTATUS(pclose(output));
}

/* A tree of some rooms in which nothing is wrong. */
static void put_clean_tree(void)
{
	static const char *const rooms[] = {"base", "org", "store", "act", "check", "http"};
	char path[64];

	shell("rm -rf '%s'/*", tree);
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		snprintf(path, sizeof path, "src/%s/README", rooms[i]);
		put(path, ROOM);
	}
	put("institutions/small/procedures/spot_check.yaml", "procedure: spot_check\n");
	put("institutions/small/procedures/meeting.yaml", "procedure: meeting\n");
}

static void check(const char *says, const char *path, const char *text, const char *want)
{
	char said[8192], wanted[1024] = "";
	int exit_code;

	put_clean_tree();
	put(path, text);
	exit_code = run(tree, said, sizeof said);
	if (*want != '\0')
		snprintf(wanted, sizeof wanted, "%s:%s\n", path, want);
	if (strcmp(said, wanted) != 0 || exit_code != (*want != '\0'))
		fail_msg("%s: tidy exits %d and says\n%swanted\n%s", says, exit_code, said, wanted);
}

/* ---- one file, one line ---- */

static const struct rule_case {
	const char *says, *path, *text, *want; /* want: what follows the path; "" for nothing */
} cases[] = {
	{"a room stands on those below", "src/org/a.c", "#include \"base/base.h\"\n#include <string.h>\n",
		""},
	{"a room never includes one above", "src/org/a.c",
		"#include \"base/base.h\"\n#include \"matter/matter.h\"\n",
		"2: org/ may not include matter/; it stands on: base"},
	{"the lowest stands on nothing", "src/base/a.c", "#include \"org/org.h\"\n",
		"1: base/ may not include org/; it stands on: nothing"},
	{"the second opinion shares nothing with the first", "src/check/a.c", "#include \"act/act.h\"\n",
		"1: check/ may not include act/; it stands on: base calendar org account procedure matter "
		"grasp "
		"ledger store"},
	{"a space in the directive hides nothing", "src/org/a.c", "#  include \"matter/matter.h\"\n",
		"1: org/ may not include matter/; it stands on: base"},
	{"an include in a comment is none", "src/org/a.c", "/* #include \"matter/matter.h\" */\n", ""},
	{"a room keeps its private headers", "src/act/a.c", "#include \"store/store_driver.h\"\n",
		"1: store/store_driver.h is private to store/; include store/store.h"},
	{"only act begins a write", "src/http/a.c", "#include \"store/store_write.h\"\n",
		"1: store/store_write.h is private to store/; include store/store.h"},
	{"act does begin a write", "src/act/a.c", "#include \"store/store_write.h\"\n", ""},
	{"a room that doesn't exist", "src/act/a.c", "#include \"stor/stor.h\"\n",
		"1: \"stor/stor.h\" names no room"},
	{"a header without its room", "src/act/a.c", "#include \"writer.h\"\n",
		"1: \"writer.h\" must be written with its room: \"act/writer.h\""},
	{"a foreign library has one home", "src/act/a.c", "#include <sqlite3.h>\n",
		"1: <sqlite3.h> has its home in src/store/store_sqlite.h src/store/store_fts.c; go through "
		"it"},
	{"and is welcome there", "src/store/store_sqlite.h", "#include <sqlite3.h>\n", ""},
	{"a folder of foreign headers too", "src/act/a.c", "#include <openssl/evp.h>\n",
		"1: <openssl/evp.h> has its home in src/base/hash.c src/base/pubkey.c src/base/seal.c "
		"src/base/sign.c; go through it"},
	{"a foreign library without a home", "src/act/a.c", "#include <zlib.h>\n",
		"1: <zlib.h> is foreign and has no home yet; give it one in tidy_floor.c"},
	{"strcpy", "src/act/a.c", "int a(void)\n{\n\tstrcpy(b, c);\n}\n",
		"3: strcpy() is banned: use struct buf or str_format"},
	{"the name in a longer one is another's", "src/act/a.c", "int b = my_strcpy(1);\n", ""},
	{"the name in a literal is no call", "src/act/a.c", "const char *a = \"strcpy(b)\";\n", ""},
	{"a member of that name came in through the door", "src/act/a.c", "int b = source->random(1);\n", ""},
	{"random", "src/act/a.c", "int b = random();\n",
		"1: random() is banned: use randomness that comes in with the command"},
	{"tools may call what the program may not", "tools/a.c", "int b = system(c);\n", ""},
	{"a leftover", "tests/act/a.c",
		"int a; /* TO"
		"DO later */\n",
		"1: a leftover TO"
		"DO: do it, or write it down in docs/"},
	{"a leftover in a script", "tools/a.mjs",
		"// FIX"
		"ME\n",
		"1: a leftover FIX"
		"ME: do it, or write it down in docs/"},
	{"a leftover's letters in a word", "src/act/a.c",
		"int MASTO"
		"DON;\n",
		""},
	{"a typedef of a struct", "src/act/a.c", "typedef struct a a;\n",
		"1: no typedef for a struct, enum or union"},
	{"a typedef of a function", "src/act/a.c", "typedef struct a *take_fn(int b);\n", ""},
	{"SQL in another room", "src/act/a.c", "const char *a =\n\t\"SELECT id FROM matter\";\n",
		"2: SQL text outside src/store: name the statement in store/sql/*.sql"},
	{"SQL in small letters", "src/act/a.c", "const char *a = \"update matter set b = 1\";\n",
		"1: SQL text outside src/store: name the statement in store/sql/*.sql"},
	{"an English sentence that begins so", "src/act/a.c",
		"const char *a = \"Select a unit, or update it\";\n", ""},
	{"SQL at home", "src/store/a.c", "const char *a = \"create table b(c)\";\n", ""},
	{"a procedure by its name", "src/act/a.c", "const char *a = \"spot_check\";\n",
		"1: spot_check is a procedure of an institution: let its definition say what it counts as"},
	{"and in a sentence", "src/http/a.def", "\n\"as of a spot_check\"\n",
		"2: spot_check is a procedure of an institution: let its definition say what it counts as"},
	{"and in SQL", "src/store/sql/a.sql", "select a from b where procedure = 'meeting';\n",
		"1: meeting is a procedure of an institution: let its definition say what it counts as"},
	{"the name in a longer one is another's", "src/act/a.c", "const char *a = \"my_spot_checks\";\n", ""},
	{"a name of one word is English in a sentence", "src/act/a.c", "const char *a = \"a meeting\";\n",
		""},
	{"and a word of the format where that is", "src/store/store_compare.c",
		"const char *a = \"meeting\";\n", ""},
	{"tests may name what is shipped", "tests/act/a.c", "const char *a = \"spot_check\";\n", ""},
	{"a function without a word", "src/act/a.h",
		"/* a.h: it. */\n\nint act_run(int b);\n\nint act_stop(int b);\n",
		"5: say above this function what it does, and who owns what"},
	{"a word above it", "src/act/a.h", "int a;\n\n/* Runs. */\nint act_run(int b);\n", ""},
	{"a word behind it", "src/act/a.h", "int a;\n\nint act_run(int b); /* 0 when absent */\n", ""},
	{"a name that says it all", "src/act/a.h", "int a;\n\nbool act_is_open(int b);\n", ""},
	{"a README of a line", "src/org/README", "The units.\n",
		" say in 4 lines what the room is, may use, who uses it and what is always true"},
};

static void each_rule_can_fail_and_can_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check(cases[i].says, cases[i].path, cases[i].text, cases[i].want);
}

/* `before`, then `line` so many times, then `after`. */
static const char *repeat(const char *before, const char *line, int times, const char *after)
{
	static char text[65536];
	size_t at = (size_t)snprintf(text, sizeof text, "%s", before);

	for (int i = 0; i < times; i++)
		at += (size_t)snprintf(text + at, sizeof text - at, "%s", line);
	snprintf(text + at, sizeof text - at, "%s", after);
	return text;
}

static void sizes_have_limits(void **state)
{
	(void)state;
	check("110 columns", "src/act/a.c", repeat("/*", "x", 106, "*/\n"), "");
	check("111 columns", "src/act/a.c", repeat("/*", "x", 107, "*/\n"), "1: 111 columns, 110 at most");
	check("a Chinese character takes two", "src/act/a.c", repeat("/*", "\xE4\xB8\xAD", 54, "*/\n"),
		"1: 112 columns, 110 at most");
	check("a tab takes eight", "tests/a.c", repeat("", "\t", 14, ";\n"), "1: 113 columns, 110 at most");
	check("a function of 70 lines", "src/act/a.c", repeat("int a(void)\n{\n", "\tb();\n", 68, "}\n"), "");
	check("a function of 71 lines", "src/act/a.c", repeat("int a(void)\n{\n", "\tb();\n", 69, "}\n"),
		"1: a function of 71 lines, 70 at most: one thought each");
	check("a long table is no function", "src/act/a.c",
		repeat("static const int a[] = {\n", "\t1,\n", 99, "};\n"), "");
	check("a file of 800 lines", "src/act/a.c", repeat("", "int a;\n", 800, ""), "");
	check("a file of 801 lines", "src/act/a.c", repeat("", "int a;\n", 801, ""),
		"801: a file of 801 lines, 800 at most: one job each");
}

static void a_room_outside_the_plan_is_refused(void **state)
{
	char said[1024];

	(void)state;
	put_clean_tree();
	put("src/cellar/README", ROOM);
	assert_int_equal(run(tree, said, sizeof said), 1);
	assert_string_equal(said, "src/cellar: this room isn't in the floor plan of tidy_floor.c\n");
}

static void a_tree_that_is_no_project_is_refused(void **state)
{
	char said[1024];

	(void)state;
	assert_int_equal(run("/nonexistent", said, sizeof said), 2);
	assert_int_equal(run("", said, sizeof said), 2);
}

/* ---- quiet rooms ---- */

static const struct link_case {
	const char *says, *room, *text, *want;
} link_cases[] = {
	{"pure functions of the C library", "org",
		"#include <string.h>\nint a(char *b){return (int)strlen(b);}", ""},
	{"a table that can't be written", "org", "const char *const a[] = {\"b\"};", ""},
	{"another room's function", "org", "int below(void); int a(void){return below();}", ""},
	{"a function of nobody", "org", "int above(void); int a(void){return above();}",
		"src/org/a.c: a quiet room may not call above\n"},
	{"a clock", "org", "#include <time.h>\nlong a(void){return time(0);}",
		"src/org/a.c: a quiet room may not call time\n"},
	{"the environment", "org", "#include <stdlib.h>\nchar *a(void){return getenv(\"b\");}",
		"src/org/a.c: a quiet room may not call getenv\n"},
	{"memory outside the arena", "org", "#include <stdlib.h>\nvoid *a(void){return malloc(9);}",
		"src/org/a.c: a quiet room may not call malloc\n"},
	{"a printed line", "org", "#include <stdio.h>\nint a(int b){return printf(\"%d\", b);}",
		"src/org/a.c: a quiet room may not call printf\n"},
	{"a variable that lasts", "org", "int a(void){static int count; return ++count;}",
		"src/org/a.c: a quiet room keeps nothing that can be written: count.0\n"},
	{"a room that may do as it likes", "store", "#include <stdlib.h>\nvoid *a(void){return malloc(9);}",
		""},
};

/* Compile one file into the library of its room, beside a room base that defines below(). */
static void put_library(const char *room, const char *text)
{
	char path[64];

	snprintf(path, sizeof path, "src/%s/a.c", room);
	put(path, text);
	shell("cd '%s/src/%s' && cc -O1 -U_FORTIFY_SOURCE -fno-stack-protector -c -o a.c.o a.c && ar rc "
	      "lib%s.a a.c.o",
		tree, room, room);
}

static void quiet_rooms_are_quiet(void **state)
{
	char said[1024], arguments[128];

	(void)state;
	snprintf(arguments, sizeof arguments, "--link %s", tree);
	for (size_t i = 0; i < sizeof link_cases / sizeof *link_cases; i++) {
		const struct link_case *row = &link_cases[i];

		shell("rm -rf '%s'/*", tree);
		put_library("base", "int below(void){return 1;}");
		put_library(row->room, row->text);
		int exit_code = run(arguments, said, sizeof said);

		if (strcmp(said, row->want) != 0 || exit_code != (*row->want != '\0'))
			fail_msg("%s: tidy exits %d and says\n%swanted\n%s", row->says, exit_code, said,
				row->want);
	}
}

static void a_build_without_libraries_is_refused(void **state)
{
	char said[1024], arguments[128], want[128];

	(void)state;
	shell("rm -rf '%s'/*", tree);
	snprintf(arguments, sizeof arguments, "--link %s", tree);
	snprintf(want, sizeof want, "%s: no library of a quiet room is built here\n", tree);
	assert_int_equal(run(arguments, said, sizeof said), 1);
	assert_string_equal(said, want);
}

static int remove_tree(void **state)
{
	(void)state;
	shell("rm -rf '%s'", tree);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_rule_can_fail_and_can_hold),
		cmocka_unit_test(sizes_have_limits),
		cmocka_unit_test(a_room_outside_the_plan_is_refused),
		cmocka_unit_test(a_tree_that_is_no_project_is_refused),
		cmocka_unit_test(quiet_rooms_are_quiet),
		cmocka_unit_test(a_build_without_libraries_is_refused),
	};

	if (argc != 2 || mkdtemp(tree) == NULL)
		return 2;
	tidy = argv[1];
	return cmocka_run_group_tests(tests, NULL, remove_tree);
}
