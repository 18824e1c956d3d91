#include "exchange/calendar_table.h"

#include "exchange/cell.h"

#include <stdlib.h>
#include <string.h>

static const struct csv_column columns[] = {
	{"day", "日期", true, "Day"}, {"works", "是否上班", true, "Working day"}};

static const struct {
	const char *word;
	bool works;
} words[] = {{"true", true}, {"yes", true}, {"1", true}, {"是", true}, {"上班", true}, {"false", false},
	{"no", false}, {"0", false}, {"否", false}, {"休息", false}, {"放假", false}};

static bool read_works(struct str cell, bool *ret_works)
{
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (str_is(cell, words[i].word)) {
			*ret_works = words[i].works;
			return true;
		}
	return false;
}

struct day_line {
	int32_t day;
	size_t line;
};

static int compare_lines(const void *a, const void *b)
{
	const struct day_line *left = a, *right = b;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	return left->line < right->line ? -1 : left->line > right->line;
}

static void refuse_repeated(struct csv_errors *errors, struct day_line *lines, size_t count, int column)
{
	if (count > 1)
		qsort(lines, count, sizeof *lines, compare_lines);
	for (size_t i = 1; i < count; i++)
		if (lines[i].day == lines[i - 1].day)
			csv_error_add(errors, lines[i].line, (size_t)column + 1,
				"this day stands in line %zu already", lines[i - 1].line);
}

const struct csv_column *calendar_table_columns(size_t *ret_count)
{
	*ret_count = ARRAY_COUNT(columns);
	return columns;
}

struct calendar_day *calendar_table_read(
	const struct csv_table *csv, struct csv_errors *errors, size_t *ret_count)
{
	struct calendar_day *days = ARENA_TAKE(errors->arena, csv->row_count + 1, struct calendar_day);
	struct day_line *lines = ARENA_TAKE(errors->arena, csv->row_count + 1, struct day_line);
	int at[ARRAY_COUNT(columns)];
	size_t count = 0;

	*ret_count = 0;
	if (!csv_match(csv, columns, ARRAY_COUNT(columns), at, errors))
		return days;
	for (size_t i = 0; i < csv->row_count; i++) {
		const struct csv_row *row = &csv->rows[i];
		struct calendar_day *day = &days[count];
		struct bh_err why;
		bool good = cell_day(errors->arena, csv, row->cells[at[0]], &day->day, &why) == ERR_OK;

		if (!good)
			csv_error_pass(errors, row->line, (size_t)at[0] + 1, &why);
		if (!read_works(cell_narrow(errors->arena, row->cells[at[1]]), &day->works))
			csv_error_add(errors, row->line, (size_t)at[1] + 1,
				"write true or false: does this day work?");
		else if (good)
			lines[count++] = (struct day_line){day->day.number, row->line};
	}
	refuse_repeated(errors, lines, count, at[0]);
	csv_errors_sort(errors);
	*ret_count = count;
	return days;
}

void calendar_table_write(const struct rows_out *out, const struct calendar_day *days, size_t count)
{
	const struct str names[] = {str_from(columns[0].name), str_from(columns[1].name)};

	rows_put(out, names, 2);
	for (size_t i = 0; i < count; i++) {
		const struct str cells[] = {
			day_print(out->arena, days[i].day), days[i].works ? STR("true") : STR("false")};

		rows_put(out, cells, 2);
	}
}

static bool lay_over(struct calendar_laid *laid, struct calendar_day day)
{
	for (size_t i = 0; i < laid->count; i++) {
		struct calendar_day *own = &laid->days[i];

		if (own->day.number != day.day.number)
			continue;
		bool changes = own->works != day.works;

		*own = day;
		return changes;
	}
	laid->days[laid->count++] = day;
	return true;
}

struct calendar_laid calendar_lay_over(struct arena *arena, const struct calendar_day *own, size_t own_count,
	int64_t times, const struct calendar_day *days, size_t count)
{
	struct calendar_laid laid = {.days = ARENA_TAKE(arena, own_count + count + 1, struct calendar_day),
		.count = own_count,
		.version = str_format(arena, "%.*s+%lld", STR_ARG(calendar_version(calendar_china())),
			(long long)times + 1)};

	if (own_count > 0)
		memcpy(laid.days, own, own_count * sizeof *own);
	for (size_t i = 0; i < count; i++)
		laid.changes = lay_over(&laid, days[i]) || laid.changes;
	return laid;
}
