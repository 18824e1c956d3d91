#include "exchange/coverage_table.h"

#include "exchange/cell.h"

static const struct csv_column unit_columns[] = {{"unit", "单位", true, "Unit"},
	{"weight", "工作量", false, "Weight"}, {"earliest", "最早轮次", false, "Earliest round"},
	{"latest", "最晚轮次", false, "Latest round"}};
static const struct csv_column inspector_columns[] = {{"person", "人员", true, "Person"}};

/* A whole number of at least 1 in an optional column; `fallback` where there is none. */
static int read_number(struct csv_errors *errors, const struct csv_row *row, int at, int most, int fallback)
{
	int64_t number;

	if (at < 0 || row->cells[at].size == 0)
		return fallback;
	if (str_to_int(cell_number(errors->arena, row->cells[at]), &number) && number >= 1 && number <= most)
		return (int)number;
	csv_error_add(errors, row->line, (size_t)at + 1, "write a whole number from 1 to %d", most);
	return fallback;
}

static bool is_named(const struct coverage_wish *wishes, int count, int64_t unit)
{
	for (int i = 0; i < count; i++)
		if (wishes[i].unit == unit)
			return true;
	return false;
}

struct coverage_wish *coverage_units_read(
	const struct org *org, const struct csv_table *csv, struct csv_errors *errors, int *ret_count)
{
	struct coverage_wish *wishes = ARENA_TAKE(errors->arena, csv->row_count + 1, struct coverage_wish);
	int at[ARRAY_COUNT(unit_columns)], count = 0;

	*ret_count = 0;
	if (!csv_match(csv, unit_columns, ARRAY_COUNT(unit_columns), at, errors))
		return wishes;
	for (size_t i = 0; i < csv->row_count; i++) {
		const struct csv_row *row = &csv->rows[i];
		const struct unit *unit =
			org_unit_by_code(org, cell_narrow(errors->arena, row->cells[at[0]]));
		struct coverage_wish wish = {.unit = unit != NULL ? unit->id : 0,
			.weight = read_number(errors, row, at[1], COVERAGE_WEIGHT_MAX, 1),
			.earliest = read_number(errors, row, at[2], COVERAGE_ROUNDS_MAX, 0),
			.latest = read_number(errors, row, at[3], COVERAGE_ROUNDS_MAX, 0)};

		if (unit == NULL)
			csv_error_add(errors, row->line, (size_t)at[0] + 1, "there is no such unit");
		else if (is_named(wishes, count, unit->id))
			csv_error_add(errors, row->line, (size_t)at[0] + 1, "this unit is named already");
		else if (wish.latest > 0 && wish.earliest > wish.latest)
			csv_error_add(
				errors, row->line, (size_t)at[3] + 1, "the last round is before the first");
		else
			wishes[count++] = wish;
	}
	*ret_count = count;
	return wishes;
}

int64_t *coverage_inspectors_read(
	const struct org *org, const struct csv_table *csv, struct csv_errors *errors, int *ret_count)
{
	int64_t *people = ARENA_TAKE(errors->arena, csv->row_count + 1, int64_t);
	int at[ARRAY_COUNT(inspector_columns)], count = 0;

	*ret_count = 0;
	if (!csv_match(csv, inspector_columns, ARRAY_COUNT(inspector_columns), at, errors))
		return people;
	for (size_t i = 0; i < csv->row_count; i++) {
		const struct csv_row *row = &csv->rows[i];
		const struct person *person =
			org_person_by_code(org, cell_narrow(errors->arena, row->cells[at[0]]));
		bool named = false;

		for (int j = 0; person != NULL && j < count; j++)
			named = named || people[j] == person->id;
		if (person == NULL)
			csv_error_add(errors, row->line, (size_t)at[0] + 1, "there is no such person");
		else if (named)
			csv_error_add(errors, row->line, (size_t)at[0] + 1, "this person is named already");
		else
			people[count++] = person->id;
	}
	*ret_count = count;
	return people;
}
