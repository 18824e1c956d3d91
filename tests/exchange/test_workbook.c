/* The reader of spreadsheets: its walls, its numbers, its text. Files as a whole are in tests/cli/sheet.mjs.
 */
#include "exchange/apart.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- walls ---- */

static volatile int never = 0;

static enum err opens_a_file(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out, (void)reterr;
	never += open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	return ERR_OK;
}

static enum err calls_out(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out, (void)reterr;
	never += socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return ERR_OK;
}

static enum err starts_another(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out, (void)reterr;
	never += fork();
	return ERR_OK;
}

static enum err kills_its_parent(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out, (void)reterr;
	never += kill(getppid(), SIGCONT);
	return ERR_OK;
}

static enum err makes_code(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out, (void)reterr;
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	never += mprotect(page, 4096, PROT_READ | PROT_EXEC);
	return ERR_OK;
}

static enum err goes_on_for_ever(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out, (void)reterr;
	for (;;)
		never++;
	return ERR_OK;
}

static enum err takes_all_memory(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)out, (void)reterr;
	for (;;)
		memset(arena_take(arena, 1, 1 << 20), 1, 1 << 20);
	return ERR_OK;
}

static enum err breaks(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out, (void)reterr;
	REQUIRE(never == 12345);
	return ERR_OK;
}

static enum err lies(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	const struct sheet_cell first = {.row = 5, .column = 1, .text = STR("a")},
				before = {.row = 2, .column = 1, .text = STR("b")};

	(void)bytes, (void)arena;
	TRY(out->sheet(out->context, STR("Sheet1"), false, reterr));
	TRY(out->cell(out->context, &first, reterr));
	return out->cell(out->context, &before, reterr);
}

static enum err is_not_text(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	const struct sheet_cell cell = {.row = 1, .column = 1, .text = STR("\xFF\xFE")};

	(void)bytes, (void)arena;
	TRY(out->sheet(out->context, STR("Sheet1"), false, reterr));
	return out->cell(out->context, &cell, reterr);
}

static enum err says_why(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	(void)bytes, (void)arena, (void)out;
	return err_set(reterr, ERR_RANGE, "xl/a.xml", "a cell has more than 1 MiB of text");
}

static enum err is_well(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	char *text = ARENA_TAKE(arena, CELL_TEXT_MAX, char);
	const struct sheet_cell cell = {
		.row = 1, .column = 2, .text = {memset(text, 'x', CELL_TEXT_MAX), CELL_TEXT_MAX}};
	const struct sheet_merge merge = {1, 2, 3, 4};

	(void)bytes;
	TRY(out->sheet(out->context, STR("数据"), true, reterr));
	TRY(out->cell(out->context, &cell, reterr));
	return out->merge(out->context, &merge, reterr);
}

#define SMALL                                                                                                \
	{                                                                                                    \
		.memory = (size_t)64 << 20, .cpu_seconds = 1                                                 \
	}
static const struct apart_job jobs[] = {
	{"opens_a_file", opens_a_file, SMALL, NULL},
	{"calls_out", calls_out, SMALL, NULL},
	{"starts_another", starts_another, SMALL, NULL},
	{"kills_its_parent", kills_its_parent, SMALL, NULL},
	{"makes_code", makes_code, SMALL, NULL},
	{"goes_on_for_ever", goes_on_for_ever, SMALL, NULL},
	{"takes_all_memory", takes_all_memory, SMALL, NULL},
	{"breaks", breaks, SMALL, NULL},
	{"lies", lies, SMALL, NULL},
	{"is_not_text", is_not_text, SMALL, NULL},
	{"says_why", says_why, SMALL, NULL},
	{"is_well", is_well, {.memory = (size_t)768 << 20, .cpu_seconds = 20}, NULL},
};

static const struct {
	const char *job;
	enum err err;
	const char *text;
	bool needs_limits;
} children[] = {
	{"opens_a_file", ERR_INVALID, "the file led its reader to try", false},
	{"calls_out", ERR_INVALID, "the file led its reader to try", false},
	{"starts_another", ERR_INVALID, "the file led its reader to try", false},
	{"kills_its_parent", ERR_INVALID, "the file led its reader to try", false},
	{"makes_code", ERR_INVALID, "the file led its reader to try", false},
	{"goes_on_for_ever", ERR_RANGE, "reading the file takes more time", false},
	{"takes_all_memory", ERR_RANGE, "reading the file takes more memory", true},
	{"breaks", ERR_INVALID, "the file is damaged in a way that broke its reader", true},
	{"lies", ERR_INVALID, "the file is damaged: its cells don't come in order", false},
	{"is_not_text", ERR_INVALID, "the file is damaged: its cells don't come in order", false},
	{"says_why", ERR_RANGE, "a cell has more than 1 MiB of text", false},
};

/* A sanitizer has walls, and last words, of its own. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PLAIN false
#else
#define PLAIN true
#endif

static void a_reader_that_is_led_astray_is_stopped_and_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(children); i++) {
		if (children[i].needs_limits && !PLAIN)
			continue;
		struct arena *arena = arena_new();
		struct workbook_build build = workbook_build_new(arena);
		struct cells_out out = workbook_build_out(&build);
		struct bh_err why = {0};
		enum err err = apart_run(children[i].job, STR(""), &out, &why);

		if (err != children[i].err || !str_starts(str_from(why.text), children[i].text))
			fail_msg("child %zu: %s: %s", i, err_name(err), why.text);
		arena_free(arena);
	}
}

static void what_a_reader_says_arrives_whole(void **state)
{
	struct arena *arena = arena_new();
	struct workbook_build build = workbook_build_new(arena);
	struct cells_out out = workbook_build_out(&build);
	struct bh_err why;

	(void)state;
	assert_int_equal(apart_run("is_well", STR(""), &out, &why), ERR_OK);
	assert_int_equal(build.workbook->sheet_count, 1);
	assert_true(build.workbook->from_1904);
	const struct sheet *sheet = &build.workbook->sheets[0];

	assert_true(str_is(sheet->name, "数据"));
	assert_int_equal(sheet->cell_count, 1);
	assert_int_equal(sheet->cells[0].column, 2);
	assert_int_equal(sheet->cells[0].text.size, CELL_TEXT_MAX);
	assert_int_equal(sheet->merge_count, 1);
	assert_int_equal(sheet->merges[0].right, 4);
	arena_free(arena);
}

/* ---- numbers ---- */

static const struct {
	const char *code;
	int builtin;
	const char *typed, *shown;
	enum sheet_cell_kind kind;
	bool from_1904;
} numbers[] = {
	{"", 0, "43529", "43529", SHEET_TEXT, false},
	{"", 14, "43529", "2019-03-05", SHEET_TEXT, false},
	{"", 14, "42067", "2019-03-05", SHEET_TEXT, true},
	{"", 14, "60", "60", SHEET_NO_SUCH_DAY, false},
	{"", 22, "43529.604166666664", "2019-03-05 14:30", SHEET_TEXT, false},
	{"", 31, "43529", "2019-03-05", SHEET_TEXT, false},
	{"", 20, "0.25", "06:00", SHEET_TEXT, false},
	{"yyyy\"年\"m\"月\"d\"日\"", 164, "43529", "2019-03-05", SHEET_TEXT, false},
	{"[$-804]yyyy/m/d;@", 164, "43529", "2019-03-05", SHEET_TEXT, false},
	{"m\"月\"d\"日\"", 164, "43529", "2019-03-05", SHEET_TEXT, false},
	{"[h]:mm", 164, "0.5", "12:00", SHEET_TEXT, false},
	{"[Red]0.00", 164, "1.5", "1.50", SHEET_TEXT, false},
	{"0\"dy\"", 164, "5", "5", SHEET_TEXT, false},
	{"\\d0", 164, "5", "5", SHEET_TEXT, false},
	{"@", 164, "43529", "43529", SHEET_TEXT, false},
	{"General", 164, "43529", "43529", SHEET_TEXT, false},
	{"0.00E+00", 164, "1500", "1500", SHEET_TEXT, false},
	{"", 2, "12.5", "12.50", SHEET_TEXT, false},
	{"", 2, "12.345", "12.345", SHEET_TEXT, false}, /* never rounded */
	{"", 4, "38000000", "38000000.00", SHEET_TEXT, false},
	{"", 9, "0.5", "50%", SHEET_TEXT, false},
	{"", 9, "0.07", "7%", SHEET_TEXT, false},
	{"", 10, "0.333", "33.30%", SHEET_TEXT, false},
	{"", 0, "0.1", "0.1", SHEET_TEXT, false},
	{"", 0, "1.0000000000000001E-3", "0.001", SHEET_TEXT, false},
	{"", 0, "4.3529E4", "43529", SHEET_TEXT, false},
	{"", 0, "-0", "0", SHEET_TEXT, false},
	{"", 0, "-12.25", "-12.25", SHEET_TEXT, false},
	{"", 0, "999999999999999", "999999999999999", SHEET_TEXT, false},
	{"", 0, "440703198001011234", "440703198001011234", SHEET_TOO_LONG, false}, /* an identity number */
	{"", 0, "1E300", "1E300", SHEET_TOO_LONG, false},
	{"", 0, "nan", "nan", SHEET_ERROR, false},
	{"", 0, "0x10", "0x10", SHEET_ERROR, false},
	{"", 0, "1 2", "1 2", SHEET_ERROR, false},
	{"", 0, "", "", SHEET_ERROR, false},
	{"", 14, "99999999", "99999999", SHEET_TEXT, false},
	{"", 14, "-5", "-5", SHEET_TEXT, false},
	{"", 14, "2958465", "2958465", SHEET_NO_SUCH_DAY, false},
};

static void a_number_is_what_its_format_shows(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++) {
		struct number_form form = number_form_of(numbers[i].builtin, str_from(numbers[i].code));
		struct str shown;
		enum sheet_cell_kind kind =
			number_show(arena, str_from(numbers[i].typed), &form, numbers[i].from_1904, &shown);

		if (kind != numbers[i].kind || !str_is(shown, numbers[i].shown))
			fail_msg("%s as '%s' (%d): %.*s, kind %d", numbers[i].typed, numbers[i].code,
				numbers[i].builtin, STR_ARG(shown), (int)kind);
	}
	arena_free(arena);
}

static void a_text_is_what_its_escapes_mean(void **state)
{
	static const char *const texts[][2] = {{"a_x000D_b", "a\rb"}, {"_x4E2D_文", "中文"},
		{"_x005F_x000D_", "_x000D_"}, {"_x000_", "_x000_"}, {"_xD800_", "_xD800_"},
		{"_x0000_", "_x0000_"}, {"_x00", "_x00"}, {"_xZZZZ_", "_xZZZZ_"}};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		assert_true(str_is(sheet_unescape(arena, str_from(texts[i][0])), texts[i][1]));
	arena_free(arena);
}

int main(int argc, char **argv)
{
	apart_answer(argc, argv, jobs, ARRAY_COUNT(jobs));
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reader_that_is_led_astray_is_stopped_and_said),
		cmocka_unit_test(what_a_reader_says_arrives_whole),
		cmocka_unit_test(a_number_is_what_its_format_shows),
		cmocka_unit_test(a_text_is_what_its_escapes_mean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
