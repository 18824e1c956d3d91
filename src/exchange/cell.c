#include "exchange/cell.h"

#include <string.h>

#define SHOWN_BYTES_MAX 60

struct str cell_narrow(struct arena *arena, struct str cell)
{
	struct buf buf = buf_new(arena);
	bool changed = false;

	cell = str_trim(cell);
	for (size_t i = 0; i < cell.size && !changed; i++)
		changed = (unsigned char)cell.data[i] >= 0xE3; /* the first byte of what is wide */
	if (!changed)
		return cell;
	for (size_t i = 0, used; i < cell.size; i += used) {
		uint32_t character;

		used = utf8_next(cell, i, &character);
		if (character >= 0xFF01 && character <= 0xFF5E)
			buf_put_char(&buf, (char)(character - 0xFF01 + '!'));
		else if (character == 0x3000)
			buf_put_char(&buf, ' ');
		else
			buf_put(&buf, str_slice(cell, i, used));
	}
	return str_trim(buf_str(&buf));
}

/* ---- days ---- */

/* At most `most` digits off the front; false when there is none. */
static bool take_number(struct str *rest, size_t most, int *ret_number)
{
	size_t size = 0;
	int64_t number;

	while (size < most && size < rest->size && rest->data[size] >= '0' && rest->data[size] <= '9')
		size++;
	if (size == 0 || !str_to_int(str_slice(*rest, 0, size), &number))
		return false;
	*ret_number = (int)number;
	*rest = str_slice(*rest, size, rest->size);
	return true;
}

static bool take_word(struct str *rest, const char *word)
{
	if (!str_starts(*rest, word))
		return false;
	*rest = str_slice(*rest, strlen(word), rest->size);
	return true;
}

/* "2019-3-5" and its like; whatever stands behind is left in `rest`. */
static bool take_day(struct str *rest, int *ret_year, int *ret_month, int *ret_dom)
{
	static const char *const separators[][3] = {
		{"-", "-", ""}, {".", ".", ""}, {"/", "/", ""}, {"年", "月", "日"}, {"", "", ""}};

	for (size_t i = 0; i < ARRAY_COUNT(separators); i++) {
		const char *const *between = separators[i];
		size_t digits = between[0][0] == '\0' ? 2 : 0; /* run together: exactly two each */
		struct str at = *rest;

		if (take_number(&at, 4, ret_year) && at.size + 4 == rest->size &&
			take_word(&at, between[0]) && take_number(&at, 2, ret_month) &&
			(digits == 0 || at.size + 6 == rest->size) && take_word(&at, between[1]) &&
			take_number(&at, 2, ret_dom) && (digits == 0 || at.size + 8 == rest->size)) {
			(void)take_word(&at, between[2]);
			*rest = at;
			return true;
		}
	}
	return false;
}

/* A spreadsheet says midnight where only a day is meant. */
static bool is_midnight(struct str rest)
{
	rest = str_trim(rest);
	if (rest.size > 0 && rest.data[0] == 'T')
		rest = str_slice(rest, 1, rest.size);
	return rest.size == 0 || str_is(rest, "0:00") || str_is(rest, "00:00") || str_is(rest, "0:00:00") ||
	       str_is(rest, "00:00:00");
}

static bool is_serial(struct str text)
{
	int64_t number;

	return text.size == 5 && str_to_int(text, &number) && number > 0;
}

/* The beginning of a cell for an error: whole characters only. */
static struct str beginning(struct str cell)
{
	size_t size = cell.size < SHOWN_BYTES_MAX ? cell.size : SHOWN_BYTES_MAX;

	while (size > 0 && size < cell.size && ((unsigned char)cell.data[size] & 0xC0) == 0x80)
		size--;
	return str_slice(cell, 0, size);
}

bool day_of_serial(int64_t serial, enum day_serial serials, struct day *ret_day)
{
	bool from_1904 = serials == SERIAL_1904;
	struct day first, last;

	if (serials == SERIAL_NONE || !day_make(from_1904 ? 1904 : 1900, 1, 1, &first) ||
		!day_make(2999, 12, 31, &last))
		return false;
	if (serial < (from_1904 ? 0 : 1) || (!from_1904 && serial == 60) ||
		serial > (int64_t)last.number - first.number)
		return false;
	*ret_day = day_add(first, (int32_t)serial - (from_1904 ? 0 : serial > 60 ? 2 : 1));
	return true;
}

enum err cell_day(struct arena *arena, const struct csv_table *table, struct str cell, struct day *ret_day,
	struct bh_err *reterr)
{
	struct str rest = cell_narrow(arena, cell), shown = beginning(cell);
	int year, month, dom;
	int64_t serial;

	if (table != NULL && is_serial(rest) && str_to_int(rest, &serial) &&
		day_of_serial(serial, table->serials, ret_day))
		return ERR_OK;
	if (is_serial(rest))
		return err_set(reterr, ERR_INVALID, "",
			"'%.*s' is how a spreadsheet keeps a day: format the column as a date and save it "
			"again",
			STR_ARG(shown));
	if (!take_day(&rest, &year, &month, &dom) || !is_midnight(rest))
		return err_set(reterr, ERR_INVALID, "", "'%.*s' is no day: write it like 2019-03-05",
			STR_ARG(shown));
	if (!day_make(year, month, dom, ret_day))
		return err_set(reterr, ERR_INVALID, "", "'%.*s' is not in the calendar: there is no such day",
			STR_ARG(shown));
	return ERR_OK;
}

/* ---- numbers ---- */

static size_t count_digits(struct str text, size_t from)
{
	size_t at = from;

	while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
		at++;
	return at - from;
}

struct str cell_number(struct arena *arena, struct str cell)
{
	struct str text = cell_narrow(arena, cell);
	struct buf buf = buf_new(arena);
	size_t at = text.size > 0 && text.data[0] == '-' ? 1 : 0, first = count_digits(text, at), groups = 0;

	buf_put(&buf, str_slice(text, 0, at + first));
	for (at += first; first >= 1 && first <= 3 && at < text.size && text.data[at] == ','; at += 4) {
		if (count_digits(text, at + 1) != 3)
			return text;
		buf_put(&buf, str_slice(text, at + 1, 3));
		groups++;
	}
	if (groups == 0)
		return text;
	buf_put(&buf, str_slice(text, at, text.size));
	return buf_str(&buf);
}
