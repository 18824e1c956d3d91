/* workbook_number.c: numbers as a spreadsheet shows them, out of what it keeps. */
#include "exchange/cell.h"
#include "exchange/workbook_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX      15      /* a spreadsheet keeps no more */
#define SERIAL_MAX      2958466 /* one more than 9999-12-31, the last day that one can show */
#define SECONDS_A_DAY   86400
#define PLAIN_MAX       1e15
#define TEXT_NUMBER_MAX 64

/* ---- forms ---- */

/* A format code without what is only shown: text in quotes, escaped characters, colours and conditions. Only
 * the part for positive numbers counts. */
static struct str bare_code(struct str code, char *into, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < code.size && code.data[i] != ';' && count < size; i++) {
		char c = code.data[i];
		char end = c == '"' ? '"' : c == '[' ? ']' : '\0';

		if (c == '[' && i + 1 < code.size && strchr("hHmMsS", code.data[i + 1]) != NULL)
			into[count++] = 's'; /* [h]:mm is a time that goes on beyond a day */
		if (end != '\0')
			while (i + 1 < code.size && code.data[++i] != end)
				;
		else if (c == '\\' || c == '_' || c == '*')
			i++;
		else
			into[count++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return (struct str){into, count};
}

static bool has(struct str code, char wanted)
{
	return code.size > 0 && memchr(code.data, wanted, code.size) != NULL;
}

static int decimals_of(struct str code)
{
	size_t at = 0;
	int count = 0;

	while (at < code.size && code.data[at] != '.')
		at++;
	while (++at < code.size && code.data[at] == '0' && count < DIGITS_MAX)
		count++;
	return count;
}

static struct number_form form_of_code(struct str code)
{
	char bare[256];

	code = bare_code(code, bare, sizeof bare);
	if (str_starts(code, "general") || has(code, '@'))
		return (struct number_form){0};
	if (has(code, 'y') || has(code, 'd') || (has(code, 'm') && !has(code, 'h') && !has(code, 's')))
		return (struct number_form){.kind = NUMBER_DAY};
	if (has(code, 'h') || has(code, 's'))
		return (struct number_form){.kind = NUMBER_TIME};
	if (has(code, 'e'))
		return (struct number_form){0};
	return (struct number_form){
		.kind = has(code, '%') ? NUMBER_PERCENT : NUMBER_PLAIN, .decimals = decimals_of(code)};
}

/* ECMA-376 part 1, 18.8.30, with the numbers that Chinese systems use (27 to 36, 50 to 58). */
struct number_form number_form_of(int64_t builtin, struct str code)
{
	if (code.size > 0)
		return form_of_code(code);
	if ((builtin >= 14 && builtin <= 17) || builtin == 22 || (builtin >= 27 && builtin <= 31) ||
		builtin == 36 || (builtin >= 50 && builtin <= 54) || builtin == 57 || builtin == 58)
		return (struct number_form){.kind = NUMBER_DAY};
	if ((builtin >= 18 && builtin <= 21) || (builtin >= 32 && builtin <= 35) ||
		(builtin >= 45 && builtin <= 47) || builtin == 55 || builtin == 56)
		return (struct number_form){.kind = NUMBER_TIME};
	if (builtin == 9 || builtin == 10)
		return (struct number_form){.kind = NUMBER_PERCENT, .decimals = builtin == 10 ? 2 : 0};
	if (builtin == 2 || builtin == 4 || builtin == 39 || builtin == 40 || builtin == 43 || builtin == 44)
		return (struct number_form){.decimals = 2};
	return (struct number_form){0};
}

/* ---- text ---- */

/* The shortest decimal without an exponent that means this number, with at least so many decimals. */
static struct str print_decimal(struct arena *arena, double number, int decimals)
{
	char text[TEXT_NUMBER_MAX];
	int places = 0;

	(void)snprintf(text, sizeof text, "%.*e", DIGITS_MAX - 1, number);
	int exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
	int most = DIGITS_MAX - 1 - exponent;

	most = most < 0 ? 0 : most > 30 ? 30 : most;
	(void)snprintf(text, sizeof text, "%.*f", most, number);
	size_t size = strlen(text);

	for (; most > 0 && size > 0 && text[size - 1] == '0'; size--)
		;
	if (most > 0 && size > 0 && text[size - 1] == '.')
		size--;
	const char *point = memchr(text, '.', size);

	places = point == NULL ? 0 : (int)(text + size - point - 1);
	struct buf buf = buf_new(arena);

	buf_put(&buf, (struct str){text, size});
	for (; places < decimals; places++)
		buf_puts(&buf, point == NULL && places == 0 ? ".0" : "0");
	return buf_str(&buf);
}

static struct str print_time(struct arena *arena, int64_t seconds)
{
	int hour = (int)(seconds / 3600), minute = (int)(seconds / 60 % 60), second = (int)(seconds % 60);

	return second == 0 ? str_format(arena, "%02d:%02d", hour, minute)
			   : str_format(arena, "%02d:%02d:%02d", hour, minute, second);
}

static enum sheet_cell_kind show_day(struct arena *arena, double number, const struct number_form *form,
	bool from_1904, struct str *ret_text)
{
	int64_t seconds = (int64_t)floor(number * SECONDS_A_DAY + 0.5);
	int64_t serial = seconds / SECONDS_A_DAY, rest = seconds % SECONDS_A_DAY;
	struct day day;

	if (form->kind == NUMBER_TIME && serial == 0) {
		*ret_text = print_time(arena, rest);
		return SHEET_TEXT;
	}
	if (!day_of_serial(serial, from_1904 ? SERIAL_1904 : SERIAL_1900, &day))
		return SHEET_NO_SUCH_DAY;
	*ret_text = day_print(arena, day);
	if (rest != 0)
		*ret_text =
			str_format(arena, "%.*s %.*s", STR_ARG(*ret_text), STR_ARG(print_time(arena, rest)));
	return SHEET_TEXT;
}

enum sheet_cell_kind number_show(struct arena *arena, struct str typed, const struct number_form *form,
	bool from_1904, struct str *ret_text)
{
	char text[TEXT_NUMBER_MAX], *end = text;
	double number;

	*ret_text = typed;
	if (typed.size == 0 || typed.size >= sizeof text)
		return SHEET_ERROR;
	memcpy(text, typed.data, typed.size);
	text[typed.size] = '\0';
	number = strtod(text, &end);
	if (*end != '\0' || !isfinite(number) || strpbrk(text, "xXnN ") != NULL)
		return SHEET_ERROR;
	if (fabs(number) >= PLAIN_MAX)
		return SHEET_TOO_LONG;
	if (number == 0)
		number = 0; /* without a sign */
	bool is_day = form->kind == NUMBER_DAY || form->kind == NUMBER_TIME;

	if (is_day && number >= 0 && number < SERIAL_MAX)
		return show_day(arena, number, form, from_1904, ret_text);
	*ret_text =
		form->kind == NUMBER_PERCENT
			? str_format(arena, "%s%%", print_decimal(arena, number * 100, form->decimals).data)
			: print_decimal(arena, number, form->decimals);
	return SHEET_TEXT;
}
