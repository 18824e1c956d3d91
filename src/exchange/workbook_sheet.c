/* workbook_sheet.c: the cells of one sheet. */
#include "exchange/workbook_parts.h"

#include <string.h>

#define MERGES_MAX 100000

struct sheet_reading {
	const struct sheet_read *read;
	const char *part;
	struct arena *arena;  /* of one cell at a time */
	uint32_t row, column; /* of the cell that is open, or else of the one before */
	char type;            /* b, d, e, i: inlineStr, n, s, t: str */
	int64_t style;
	bool formula, in_value, in_cell, has_value;
	int phonetic;
	struct buf text;
	size_t merges;
};

/* ---- places ---- */

/* Letters and digits, "XFD1048576"; false when it is no place on a sheet. */
static bool take_place(struct str *rest, uint32_t *ret_row, uint32_t *ret_column)
{
	uint32_t row = 0, column = 0;
	size_t at = 0;

	for (; at < rest->size && rest->data[at] == '$'; at++)
		;
	for (; at < rest->size && rest->data[at] >= 'A' && rest->data[at] <= 'Z'; at++)
		if ((column = column * 26 + (uint32_t)(rest->data[at] - 'A' + 1)) > WORKBOOK_COLUMNS_MAX)
			return false;
	for (; at < rest->size && rest->data[at] == '$'; at++)
		;
	for (; at < rest->size && rest->data[at] >= '0' && rest->data[at] <= '9'; at++)
		if ((row = row * 10 + (uint32_t)(rest->data[at] - '0')) > WORKBOOK_ROWS_MAX)
			return false;
	*rest = str_slice(*rest, at, rest->size);
	*ret_row = row;
	*ret_column = column;
	return row > 0 && column > 0;
}

static enum err no_place(const struct sheet_reading *reading, const char *typed, struct bh_err *reterr)
{
	return err_set(reterr, ERR_INVALID, reading->part,
		"the file is damaged: '%.40s' is no place on a sheet, or doesn't come in order", typed);
}

/* Rows and cells go down and to the right; where they don't say their place, they follow the one before. */
static enum err open_row(
	struct sheet_reading *reading, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	const char *typed = xml_attribute(attributes, "r");
	int64_t row = (int64_t)reading->row + 1;

	if (typed != NULL && !str_to_int(str_from(typed), &row))
		return no_place(reading, typed, reterr);
	if (row <= reading->row || row > WORKBOOK_ROWS_MAX)
		return no_place(reading, typed != NULL ? typed : "", reterr);
	reading->row = (uint32_t)row;
	reading->column = 0;
	return ERR_OK;
}

static enum err place_cell(struct sheet_reading *reading, const char *typed, struct bh_err *reterr)
{
	uint32_t row = reading->row, column = reading->column + 1;
	struct str rest = str_from(typed);

	if (typed != NULL && (!take_place(&rest, &row, &column) || rest.size > 0))
		return no_place(reading, typed, reterr);
	if (row != reading->row || row == 0 || column <= reading->column || column > WORKBOOK_COLUMNS_MAX)
		return no_place(reading, typed != NULL ? typed : "", reterr);
	reading->column = column;
	return ERR_OK;
}

static enum err open_merge(
	struct sheet_reading *reading, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	const char *typed = xml_attribute(attributes, "ref");
	struct str rest = str_from(typed);
	struct sheet_merge merge;

	if (!take_place(&rest, &merge.top, &merge.left))
		return no_place(reading, typed != NULL ? typed : "", reterr);
	merge.bottom = merge.top;
	merge.right = merge.left;
	if (str_starts(rest, ":")) {
		rest = str_slice(rest, 1, rest.size);
		if (!take_place(&rest, &merge.bottom, &merge.right))
			return no_place(reading, typed, reterr);
	}
	if (rest.size > 0 || merge.bottom < merge.top || merge.right < merge.left)
		return no_place(reading, typed, reterr);
	if (++reading->merges > MERGES_MAX)
		return err_set(reterr, ERR_RANGE, reading->part, "more than %d merged cells", MERGES_MAX);
	return reading->read->out->merge(reading->read->out->context, &merge, reterr);
}

/* ---- cells ---- */

static enum err open_cell(
	struct sheet_reading *reading, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	const char *type = xml_attribute(attributes, "t"), *style = xml_attribute(attributes, "s");

	TRY(place_cell(reading, xml_attribute(attributes, "r"), reterr));
	reading->type = type == NULL                     ? 'n'
			: strcmp(type, "inlineStr") == 0 ? 'i'
			: strcmp(type, "str") == 0       ? 't'
			: strlen(type) == 1              ? type[0]
							 : '?';
	if (strchr("bdeinst", reading->type) == NULL)
		return err_set(reterr, ERR_INVALID, reading->part,
			"the file is damaged: a cell of row %u has the type '%.20s', which there isn't",
			reading->row, type != NULL ? type : "");
	if (style == NULL || !str_to_int(str_from(style), &reading->style) || reading->style < 0)
		reading->style = 0;
	reading->formula = reading->has_value = reading->in_value = false;
	reading->in_cell = true;
	arena_clear(reading->arena);
	reading->text = buf_new(reading->arena);
	return ERR_OK;
}

static enum err on_open(
	void *context, const char *name, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	struct sheet_reading *reading = context;

	if (strcmp(name, "row") == 0)
		return open_row(reading, attributes, reterr);
	if (strcmp(name, "mergeCell") == 0)
		return open_merge(reading, attributes, reterr);
	if (strcmp(name, "c") == 0)
		return open_cell(reading, attributes, reterr);
	reading->phonetic += strcmp(name, "rPh") == 0;
	reading->formula = reading->formula || strcmp(name, "f") == 0;
	reading->in_value = reading->in_cell && reading->phonetic == 0 &&
			    (strcmp(name, "v") == 0 || strcmp(name, "t") == 0);
	reading->has_value = reading->has_value || reading->in_value;
	return ERR_OK;
}

static enum err on_text(void *context, struct str text, struct bh_err *reterr)
{
	struct sheet_reading *reading = context;

	(void)reterr;
	if (reading->in_value)
		buf_put(&reading->text, text);
	return ERR_OK;
}

static enum err find_string(
	const struct sheet_reading *reading, struct str typed, struct str *ret_text, struct bh_err *reterr)
{
	const struct strings *strings = reading->read->strings;
	int64_t at;

	if (!str_to_int(str_trim(typed), &at) || at < 0 || (size_t)at >= strings->count)
		return err_set(reterr, ERR_INVALID, reading->part,
			"the file is damaged: a cell of row %u refers to the string %.20s, and there are %zu",
			reading->row, typed.size > 0 ? typed.data : "", strings->count);
	*ret_text = strings->items[at];
	return ERR_OK;
}

static enum err show(struct sheet_reading *reading, struct sheet_cell *cell, struct bh_err *reterr)
{
	static const struct number_form plain = {0};
	const struct styles *styles = reading->read->styles;
	struct str typed = buf_str(&reading->text);

	cell->text = typed;
	switch (reading->type) {
	case 's':
		return find_string(reading, typed, &cell->text, reterr);
	case 'e':
		cell->kind = SHEET_ERROR;
		return ERR_OK;
	case 'b':
		cell->text = str_is(str_trim(typed), "0") ? STR("false") : STR("true");
		return ERR_OK;
	case 'n':
		cell->kind = number_show(reading->arena, str_trim(typed),
			(size_t)reading->style < styles->count ? &styles->forms[reading->style] : &plain,
			reading->read->from_1904, &cell->text);
		return ERR_OK;
	default:
		cell->text = sheet_unescape(reading->arena, typed);
		return ERR_OK;
	}
}

static enum err close_cell(struct sheet_reading *reading, struct bh_err *reterr)
{
	struct sheet_cell cell = {.row = reading->row, .column = reading->column, .kind = SHEET_TEXT};

	reading->in_cell = false;
	if (reading->formula && (!reading->has_value || (reading->type == 'n' && reading->text.size == 0)))
		cell.kind = SHEET_UNKNOWN;
	else if (!reading->has_value)
		return ERR_OK;
	else
		TRY(show(reading, &cell, reterr));
	if (cell.kind == SHEET_TEXT && cell.text.size == 0)
		return ERR_OK;
	*reading->read->size += cell.text.size + 1;
	if (*reading->read->size > WORKBOOK_UNPACKED_MAX)
		return err_set(
			reterr, ERR_RANGE, reading->part, "there are more than 100 MiB of text in the cells");
	return reading->read->out->cell(reading->read->out->context, &cell, reterr);
}

static enum err on_close(void *context, const char *name, struct bh_err *reterr)
{
	struct sheet_reading *reading = context;

	reading->in_value = false;
	reading->phonetic -= strcmp(name, "rPh") == 0;
	return strcmp(name, "c") == 0 && reading->in_cell ? close_cell(reading, reterr) : ERR_OK;
}

enum err sheet_parse(
	const struct sheet_read *read, const struct parts *parts, const char *name, struct bh_err *reterr)
{
	struct sheet_reading reading = {.read = read, .part = name, .arena = arena_new()};
	const struct xml_reader reader = {&reading, on_open, on_close, on_text, false};

	reading.text = buf_new(reading.arena);
	enum err err = xml_read(parts, name, &reader, reterr);

	arena_free(reading.arena);
	return err;
}

/* ---- text ---- */

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* The character that "_xHHHH_" stands for; 0 when there is none here. */
static uint32_t escaped(struct str at)
{
	uint32_t character = 0;

	if (at.size < 7 || at.data[0] != '_' || at.data[1] != 'x' || at.data[6] != '_')
		return 0;
	for (size_t i = 2; i < 6; i++) {
		int digit = hex_digit(at.data[i]);

		if (digit < 0)
			return 0;
		character = character * 16 + (uint32_t)digit;
	}
	return character >= 0xD800 && character <= 0xDFFF ? 0 : character;
}

struct str sheet_unescape(struct arena *arena, struct str text)
{
	struct buf buf;
	char bytes[4] = {0};

	if (str_find(text, STR("_x")) == SIZE_MAX)
		return text;
	buf = buf_new(arena);
	for (size_t i = 0; i < text.size; i++) {
		uint32_t character = escaped(str_slice(text, i, text.size));

		if (character == 0) {
			buf_put_char(&buf, text.data[i]);
			continue;
		}
		buf_put(&buf, (struct str){bytes, utf8_put(character, bytes)});
		i += 6;
	}
	return buf_str(&buf);
}
