/* intake.c: which kind of file is checked how, and what comes of it. */
#include "intake/intake.h"

#include "exchange/calendar_table.h"
#include "intake/ways.h"

#include <stdlib.h>

const char *intake_does_name(enum intake_does does)
{
	static const char *const names[INTAKE_DOES_COUNT] = {"wrong", "nothing", "sets", "opens", "changes"};

	REQUIRE(does < INTAKE_DOES_COUNT);
	return names[does];
}

/* ---- rows and parts ---- */

struct intake_row *row_of_line(struct intake *intake, size_t line)
{
	const struct csv_table *table = intake->table;
	size_t low = 0, high = table->row_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (table->rows[middle].line < line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < table->row_count && table->rows[low].line == line ? &intake->rows[low] : NULL;
}

struct act_part *part_push(struct intake *intake, size_t line)
{
	struct act_part *part = &intake->parts[intake->count];
	const struct csv_table *table = intake->table;

	intake->times[intake->count++] = intake->ask.now;
	part->under = -1;
	part->place = table->sheet.size > 0
			      ? str_format(intake->arena, "%.*s!%zu", STR_ARG(table->sheet), line)
			      : str_format(intake->arena, "%zu", line);
	return part;
}

/* ---- rows of the institution ---- */

struct act act_of_row(const struct org_row *row)
{
	switch (row->table) {
	case ORG_UNITS:
	case ORG_UNIT_LINKS:
		return (struct act){.kind = ACT_UNIT, .what.unit = &row->as.unit};
	case ORG_POSTS:
		return (struct act){.kind = ACT_POST, .what.post = &row->as.post};
	case ORG_PEOPLE:
		return (struct act){.kind = ACT_PERSON, .what.person = &row->as.person};
	case ORG_TENURES:
		return (struct act){.kind = ACT_TENURE, .what.tenure = &row->as.tenure};
	case ORG_FUNCTIONS:
		return (struct act){.kind = ACT_FUNCTION, .what.function = &row->as.function};
	case ORG_KIN:
		return (struct act){.kind = ACT_KIN, .what.kin = &row->as.kin};
	case ORG_RELATIONS:
		return (struct act){.kind = ACT_RELATION, .what.relation = &row->as.relation};
	default:
		return (struct act){.kind = ACT_DELEGATION, .what.delegation = &row->as.delegation};
	}
}

static void plan_row(struct intake *intake, const struct org *org, const struct org_row *org_row)
{
	struct intake_row *row = row_of_line(intake, org_row->line);
	struct act_part *part = part_push(intake, org_row->line);
	struct bh_err why;

	part->act = act_of_row(org_row);
	part->act.person = intake->ask.person;
	row->does = INTAKE_SETS;
	/* A shell that didn't say who is refused as a whole, where that matters. */
	if (intake->ask.person != 0 &&
		act_row_may(org, &part->act,
			instant_day(intake->ask.now, intake->ask.institution->offset_minutes),
			&why) != ERR_OK)
		csv_error_pass(&intake->errors, org_row->line, 0, &why);
}

/* The rows that are recorded: those that were chosen, where any were. */
static enum err chosen_rows(struct intake *intake, const struct csv_table **ret_table, struct bh_err *reterr)
{
	const struct intake_ask *ask = &intake->ask;
	struct csv_table *chosen = ARENA_TAKE(intake->arena, 1, struct csv_table);

	*ret_table = intake->table;
	if (ask->lines == NULL)
		return ERR_OK;
	*chosen = *intake->table;
	chosen->rows = ARENA_TAKE(intake->arena, intake->table->row_count + 1, struct csv_row);
	chosen->row_count = 0;
	for (size_t i = 0; i < ask->line_count; i++)
		if (ask->lines[i] < 1 || row_of_line(intake, (size_t)ask->lines[i]) == NULL)
			return err_set(reterr, ERR_INVALID, "lines", "%lld is no line that would be recorded",
				(long long)ask->lines[i]);
	for (size_t i = 0; i < intake->table->row_count; i++)
		for (size_t j = 0; j < ask->line_count; j++)
			if (intake->table->rows[i].line == (size_t)ask->lines[j]) {
				chosen->rows[chosen->row_count++] = intake->table->rows[i];
				break;
			}
	*ret_table = chosen;
	return ERR_OK;
}

static enum err org_check(struct intake *intake, struct bh_err *reterr)
{
	const struct csv_table *chosen;
	struct org_rows *rows = ARENA_TAKE(intake->arena, 1, struct org_rows);
	enum org_table table = intake->ask.kind->table;
	struct org *org;

	/* The rows are tried on a copy of the institution. */
	TRY(store_org_load(intake->ask.store, intake->arena, &org, reterr));
	TRY(chosen_rows(intake, &chosen, reterr));
	rows->arena = intake->arena;
	org_table_read(org, table, chosen, rows, &intake->errors);
	if (table == ORG_UNITS)
		org_table_read(org, ORG_UNIT_LINKS, intake->table, rows, &intake->errors);
	intake->parts = ARENA_TAKE(intake->arena, rows->count + 1, struct act_part);
	intake->times = ARENA_TAKE(intake->arena, rows->count + 1, struct instant);
	for (size_t i = 0; i < rows->count; i++)
		plan_row(intake, intake->ask.institution->org, &rows->items[i]);
	return ERR_OK;
}

/* ---- the calendar ---- */

static enum err calendar_check(struct intake *intake, struct bh_err *reterr)
{
	const struct calendar_day *own;
	size_t own_count, count;
	const struct calendar_day *days = calendar_table_read(intake->table, &intake->errors, &count);
	int64_t times;

	TRY(store_calendar_own(intake->ask.store, intake->arena, &own, &own_count, &times, reterr));
	struct calendar_laid laid = calendar_lay_over(intake->arena, own, own_count, times, days, count);

	if (!laid.changes)
		return ERR_OK;
	intake->calendar = ARENA_TAKE(intake->arena, 1, struct act);
	*intake->calendar = (struct act){.kind = ACT_CALENDAR,
		.person = intake->ask.person,
		.what.calendar = {.version = laid.version, .days = laid.days, .count = laid.count}};
	for (size_t i = 0; i < intake->table->row_count; i++)
		intake->rows[i].does = INTAKE_SETS;
	return ERR_OK;
}

/* ---- all of it ---- */

static void mark_wrong(struct intake *intake)
{
	for (size_t i = 0; intake->table != NULL && i < intake->errors.count; i++) {
		struct intake_row *row = row_of_line(intake, intake->errors.items[i].line);

		if (row != NULL)
			row->does = INTAKE_WRONG;
	}
}

static enum err check(struct intake *intake, struct bh_err *reterr)
{
	intake->rows = ARENA_TAKE(intake->arena, intake->table->row_count + 1, struct intake_row);
	for (size_t i = 0; i < intake->table->row_count; i++)
		intake->rows[i].does = INTAKE_NOTHING;
	switch (intake->ask.kind->of) {
	case KIND_OF_MATTERS:
		return matters_check(intake, reterr);
	case KIND_OF_ROWS:
		return rows_of_matters_check(intake, reterr);
	case KIND_OF_CALENDAR:
		return calendar_check(intake, reterr);
	default:
		return org_check(intake, reterr);
	}
}

enum err intake_read(
	struct arena *arena, const struct intake_ask *ask, struct intake *ret_intake, struct bh_err *reterr)
{
	struct intake *intake = ret_intake;
	const struct definition *found;

	*intake = (struct intake){.arena = arena, .ask = *ask};
	intake->errors = csv_errors_new(arena, ask->file->name);
	intake->notes = csv_errors_new(arena, ask->file->name);
	if (ask->kind->of == KIND_OF_MATTERS || ask->kind->of == KIND_OF_ROWS) {
		TRY(kind_definition(arena, ask->kind, ask->institution, ask->procedure, &found, reterr));
		intake->procedure = found->procedure;
	}
	TRY(table_make(intake, reterr));
	if (intake->table != NULL)
		TRY(check(intake, reterr));
	csv_errors_sort(&intake->errors);
	mark_wrong(intake);
	table_remember(intake);
	return ERR_OK;
}

size_t intake_planned(const struct intake *intake)
{
	return intake->calendar != NULL ? 1 : intake->count;
}

/* ---- what is asked for ---- */

/* All parts as one act, however many there are. */
static struct act whole_act(const struct intake *intake)
{
	if (intake->calendar != NULL)
		return *intake->calendar;
	return (struct act){.kind = ACT_IMPORT,
		.person = intake->ask.person,
		.what.import = {.parts = intake->parts, .count = intake->count}};
}

struct hash intake_digest(const struct intake *intake)
{
	struct act act = whole_act(intake);

	return act_digest(intake->arena, &act);
}

/* A parent in an earlier act has its id by now, under the key of its row. */
static enum err find_above(struct intake *intake, struct act_part *part, size_t from, struct bh_err *reterr)
{
	const struct act_part *above;
	struct command *command;

	if (part->under < 0 || (size_t)part->under >= from) {
		part->under -= part->under < 0 ? 0 : (ptrdiff_t)from;
		return ERR_OK;
	}
	above = &intake->parts[part->under];
	command = ARENA_TAKE(intake->arena, 1, struct command);
	*command = *part->act.what.command;
	TRY(store_import_find(intake->ask.store, above->act.key, &command->parent, reterr));
	part->act.what.command = command;
	part->under = -1;
	return ERR_OK;
}

enum err intake_act(
	struct intake *intake, size_t from, struct act *ret_act, size_t *ret_next, struct bh_err *reterr)
{
	size_t to = from;

	if (intake->calendar != NULL) {
		*ret_act = *intake->calendar;
		*ret_next = 1;
		return ERR_OK;
	}
	while (to < intake->count && to - from < IMPORT_ROWS_MAX &&
		intake->times[to].us == intake->times[from].us)
		to++;
	struct act_part *parts = ARENA_TAKE(intake->arena, to - from + 1, struct act_part);

	for (size_t i = from; i < to; i++) {
		parts[i - from] = intake->parts[i];
		TRY(find_above(intake, &parts[i - from], from, reterr));
	}
	*ret_act = (struct act){.kind = ACT_IMPORT,
		.person = intake->ask.person,
		.what.import = {.parts = parts, .count = to - from, .remember = intake->remember}};
	*ret_next = to;
	return ERR_OK;
}
