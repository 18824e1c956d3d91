/* sheet_write.c: the one file that knows libxlsxwriter. */
#include "exchange/sheet_write.h"

#include "exchange/file.h"
#include "exchange/workbook_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define ROWS_MAX     1048576
#define DIGITS_MAX   15 /* a spreadsheet keeps no more */
#define DECIMALS_MAX 6
#define WIDTH_MIN    6
#define WIDTH_MAX    60
#define WIDTH_HEAD   4 /* the arrow of the filter, and a margin */
#define WIDTH_MARGIN 2
#define LAMP_COUNT   5
#define PIECE        ((size_t)64 * 1024)
#define CREATED      INT64_C(1546300800) /* 2019-01-01: the file says nothing about when it was made */

struct sheet_out {
	struct arena *arena;
	char path[64]; /* where it is made */
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	const struct sheet_column *columns;
	size_t *widths;
	size_t count, row;
	lxw_format *head, *text, *day, *decimals[DECIMALS_MAX + 1], *lamps[LAMP_COUNT];
	lxw_error failed;
};

/* ---- what a cell holds ---- */

/* Words by which a lamp is said begin with its colour. */
static const struct lamp_fill {
	const char *zh, *en;
	lxw_color_t colour;
} lamp_fills[LAMP_COUNT] = {{"灰", "grey", 0xD9D9D9}, {"绿", "green", 0xC6EFCE}, {"黄", "yellow", 0xFFEB9C},
	{"红", "red", 0xFFC7CE}, {"蓝", "blue", 0xBDD7EE}};

/* A number that a spreadsheet shows as it is written here: no zeros before it, few decimals, and no more
 * digits than are kept. */
static bool is_number(struct str text, double *ret_number, int *ret_decimals)
{
	size_t at = text.size > 0 && text.data[0] == '-' ? 1 : 0, digits = 0, whole = 0;
	bool point = false;

	*ret_decimals = 0;
	for (size_t i = at; i < text.size; i++) {
		if (text.data[i] == '.' && !point && i > at) {
			point = true;
			whole = digits;
		} else if (text.data[i] >= '0' && text.data[i] <= '9') {
			digits++;
			*ret_decimals += point;
		} else {
			return false;
		}
	}
	whole = point ? whole : digits;
	if (whole == 0 || digits > DIGITS_MAX || *ret_decimals > DECIMALS_MAX ||
		(point && *ret_decimals == 0) || (whole > 1 && text.data[at] == '0'))
		return false;
	char copy[DIGITS_MAX + 3];

	memcpy(copy, text.data, text.size);
	copy[text.size] = '\0';
	*ret_number = strtod(copy, NULL);
	return *ret_number != 0 || at == 0;
}

/* From 1 March 1900 on; before, spreadsheets and the calendar count differently. */
static bool is_day(struct str text, lxw_datetime *ret_day)
{
	struct day day, first;

	if (text.size != 10 || day_parse(text, &day, NULL) != ERR_OK || !day_make(1900, 3, 1, &first) ||
		day.number < first.number)
		return false;
	*ret_day = (lxw_datetime){0};
	day_split(day, &ret_day->year, &ret_day->month, &ret_day->day);
	return true;
}

/* Text in which "_x000D_" and its like would be read as the character of that number. */
static const char *plain_text(struct arena *arena, struct str text)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < text.size; i++) {
		struct str rest = str_slice(text, i, 7);

		if (rest.size == 7 && str_starts(rest, "_x") && rest.data[6] == '_' &&
			sheet_unescape(arena, rest).size < rest.size)
			buf_puts(&buf, "_x005F");
		buf_put_char(&buf, text.data[i]);
	}
	return buf_str(&buf).data;
}

static size_t width_of(struct str text)
{
	size_t widest = 0;
	struct str line;

	while (str_cut(&text, '\n', &line)) {
		size_t width = utf8_width(line);

		widest = width > widest ? width : widest;
	}
	return widest;
}

/* ---- rows ---- */

static lxw_format *lamp_format(const struct sheet_out *out, struct str text)
{
	for (size_t i = 0; i < ARRAY_COUNT(lamp_fills); i++)
		if (str_starts(text, lamp_fills[i].zh) || str_starts(text, lamp_fills[i].en))
			return out->lamps[i];
	return out->text;
}

static lxw_error put_cell(struct sheet_out *out, size_t column, struct str text)
{
	lxw_row_t row = (lxw_row_t)out->row;
	lxw_col_t at = (lxw_col_t)column;
	lxw_datetime day;
	double number;
	int decimals;

	if (text.size == 0)
		return LXW_NO_ERROR;
	if (out->columns[column].number && is_number(text, &number, &decimals))
		return worksheet_write_number(out->sheet, row, at, number, out->decimals[decimals]);
	if (is_day(text, &day))
		return worksheet_write_datetime(out->sheet, row, at, &day, out->day);
	return worksheet_write_string(out->sheet, row, at, plain_text(out->arena, text),
		out->columns[column].lamp ? lamp_format(out, text) : out->text);
}

void sheet_out_row(struct sheet_out *out, const struct str *cells, size_t count)
{
	REQUIRE(count == out->count);
	if (out->row == ROWS_MAX)
		out->failed = LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE;
	for (size_t i = 0; i < count && out->failed == LXW_NO_ERROR; i++) {
		size_t width = width_of(cells[i]) + WIDTH_MARGIN;

		out->widths[i] = width > out->widths[i] ? width : out->widths[i];
		out->failed = put_cell(out, i, cells[i]);
	}
	out->row++;
	arena_clear(out->arena);
}

static void put_head(struct sheet_out *out)
{
	for (size_t i = 0; i < out->count; i++) {
		struct str head = out->columns[i].head;

		out->widths[i] = width_of(head) + WIDTH_HEAD;
		if (out->failed == LXW_NO_ERROR)
			out->failed = worksheet_write_string(
				out->sheet, 0, (lxw_col_t)i, plain_text(out->arena, head), out->head);
	}
	out->row = 1;
}

/* ---- the file ---- */

static void add_formats(struct sheet_out *out)
{
	char code[16] = "0.";

	out->head = workbook_add_format(out->workbook);
	format_set_bold(out->head);
	format_set_bg_color(out->head, 0xE7E6E6);
	format_set_bottom(out->head, LXW_BORDER_THIN);
	out->text = workbook_add_format(out->workbook);
	format_set_num_format(out->text, "@");
	out->day = workbook_add_format(out->workbook);
	format_set_num_format(out->day, "yyyy-mm-dd");
	for (size_t i = 0; i < ARRAY_COUNT(lamp_fills); i++) {
		out->lamps[i] = workbook_add_format(out->workbook);
		format_set_num_format(out->lamps[i], "@");
		format_set_bg_color(out->lamps[i], lamp_fills[i].colour);
	}
	out->decimals[0] = workbook_add_format(out->workbook);
	for (size_t i = 1; i <= DECIMALS_MAX; i++) {
		code[i + 1] = '0';
		out->decimals[i] = workbook_add_format(out->workbook);
		format_set_num_format(out->decimals[i], code);
	}
}

enum err sheet_out_open(struct arena *arena, const struct sheet_column *columns, size_t count,
	struct sheet_out **ret_out, struct bh_err *reterr)
{
	struct sheet_out *out = ARENA_TAKE(arena, 1, struct sheet_out);
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	lxw_doc_properties properties = {.created = CREATED};

	(void)snprintf(out->path, sizeof out->path, "/tmp/bihuan-XXXXXX");
	int fd = mkstemp(out->path);

	if (fd < 0)
		return err_set(reterr, ERR_IO, "/tmp", "a temporary file can't be made");
	close(fd);
	out->workbook = workbook_new_opt(out->path, &options);
	out->sheet = out->workbook == NULL ? NULL : workbook_add_worksheet(out->workbook, "Sheet1");
	if (out->sheet == NULL) {
		(void)unlink(out->path);
		return err_set(reterr, ERR_IO, "/tmp", "a temporary file can't be made");
	}
	out->arena = arena_new();
	out->columns = columns;
	out->count = count;
	out->widths = ARENA_TAKE(arena, count + 1, size_t);
	(void)workbook_set_properties(out->workbook, &properties);
	add_formats(out);
	put_head(out);
	*ret_out = out;
	return ERR_OK;
}

static void shape(struct sheet_out *out)
{
	for (size_t i = 0; i < out->count; i++) {
		size_t width = out->widths[i] < WIDTH_MIN   ? WIDTH_MIN
			       : out->widths[i] > WIDTH_MAX ? WIDTH_MAX
							    : out->widths[i];

		(void)worksheet_set_column(out->sheet, (lxw_col_t)i, (lxw_col_t)i, (double)width, NULL);
	}
	worksheet_freeze_panes(out->sheet, 1, 0);
	(void)worksheet_autofilter(
		out->sheet, 0, 0, (lxw_row_t)(out->row > 1 ? out->row - 1 : 1), (lxw_col_t)(out->count - 1));
}

static enum err explain(lxw_error failed, struct bh_err *reterr)
{
	if (failed == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
		return err_set(reterr, ERR_RANGE, "",
			"there are more rows than a sheet takes (1,048,576): take csv");
	if (failed == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return err_set(reterr, ERR_RANGE, "",
			"a text has more characters than a cell takes (32,767): take csv");
	return err_set(reterr, ERR_IO, "", "the spreadsheet can't be written: %s", lxw_strerror(failed));
}

static enum err copy_out(
	const struct sheet_out *out, struct arena *arena, const char *path, struct bh_err *reterr)
{
	char *bytes = ARENA_TAKE(arena, PIECE, char);
	struct file_in *in;
	struct file_out *to = NULL;
	size_t size = 1;

	TRY(file_in_open(arena, out->path, &in, reterr));
	enum err err = strcmp(path, "-") == 0 ? ERR_OK : file_out_open(arena, path, &to, reterr);

	while (err == ERR_OK && size > 0) {
		err = file_in_get(in, bytes, PIECE, &size, reterr);
		if (err == ERR_OK && to != NULL)
			err = file_out_put(to, (struct str){bytes, size}, reterr);
		else if (err == ERR_OK && fwrite(bytes, 1, size, stdout) != size)
			err = err_set(reterr, ERR_IO, "", "standard output can't be written");
	}
	file_in_close(in);
	if (err == ERR_OK && to != NULL)
		return file_out_finish(to, reterr);
	if (to != NULL)
		file_out_abandon(to);
	return err;
}

/* The whole file is there under its own path. */
static enum err complete(struct sheet_out *out, struct bh_err *reterr)
{
	enum err err = out->failed == LXW_NO_ERROR ? ERR_OK : explain(out->failed, reterr);

	shape(out);
	lxw_error closed = workbook_close(out->workbook);

	out->workbook = NULL;
	return err == ERR_OK && closed != LXW_NO_ERROR ? explain(closed, reterr) : err;
}

enum err sheet_out_finish(struct sheet_out *out, const char *path, struct bh_err *reterr)
{
	enum err err = complete(out, reterr);

	if (err == ERR_OK)
		err = copy_out(out, out->arena, path, reterr);
	sheet_out_abandon(out);
	return err;
}

enum err sheet_out_give(struct sheet_out *out, int *ret_fd, uint64_t *ret_size, struct bh_err *reterr)
{
	struct stat stat;
	enum err err = complete(out, reterr);
	int fd = err == ERR_OK ? open(out->path, O_RDONLY | O_CLOEXEC) : -1;

	sheet_out_abandon(out);
	if (err != ERR_OK)
		return err;
	if (fd < 0 || fstat(fd, &stat) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(reterr, ERR_IO, "/tmp", "a temporary file can't be read");
	}
	*ret_fd = fd;
	*ret_size = (uint64_t)stat.st_size;
	return ERR_OK;
}

void sheet_out_abandon(struct sheet_out *out)
{
	if (out->workbook != NULL)
		lxw_workbook_free(out->workbook);
	out->workbook = NULL;
	(void)unlink(out->path);
	arena_free(out->arena);
}
