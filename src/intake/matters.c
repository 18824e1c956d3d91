/* matters.c: matters of one procedure, opened row by row by whoever has the right to.
 *
 * Each row is one act under a key of its own, made from the office's number or else from what the row says,
 * so that the same file again opens nothing twice. By days, which is for tests and demonstrations, a row is
 * opened on its day; otherwise the record holds the time at which it is written, and an earlier day is noted
 * in words. */
#include "intake/ways.h"

#include <stdlib.h>

#define OPENED_AT_MINUTES INT64_C(540) /* the time of a day that is only a day */

/* One row that is to be opened. */
struct opening_row {
	const struct matter_row *row;
	struct act act;
	struct command command;
	struct instant at;
	size_t place;         /* in the file, among the rows to be opened */
	ptrdiff_t parent;     /* the row of this file that it is a part of, by place; -1: none */
	struct matter *tried; /* as it would be; NULL until it was tried */
	size_t position;      /* among the parts */
};

struct matters_plan {
	struct intake *intake;
	struct matter_table table;
	struct opening_row *rows;
	size_t count;
	struct instant last; /* of the newest event */
	int64_t next_matter;
};

/* ---- what is known already ---- */

static struct str key_of(struct matters_plan *plan, const struct matter_row *row)
{
	struct arena *arena = plan->intake->arena;
	struct buf buf = buf_new(arena);

	if (row->number_ref.size > 0)
		return str_format(arena, "import:%.*s", STR_ARG(row->number_ref));
	doc_print_to(&buf, row->fields);
	buf_format(&buf, "%.*s %lld", STR_ARG(row->parent), (long long)row->weight);
	struct str text = buf_str(&buf);
	struct hash hash = hash_bytes(text.data, text.size);

	return str_format(arena, "import:%.*s:%.*s", STR_ARG(plan->intake->procedure->name),
		STR_ARG(hex_print(arena, hash.bytes, HASH_SIZE)));
}

/* Who learns of nothing that they don't see. */
static struct viewer intake_viewer(const struct intake *intake)
{
	return (struct viewer){
		intake->ask.person, instant_day(intake->ask.now, intake->ask.institution->offset_minutes)};
}

/* What an import opened under this key, where the one who asks may know of it; 0: nothing. */
static enum err find_key(
	const struct intake *intake, struct str key, int64_t *ret_matter, struct bh_err *reterr)
{
	struct store *store = intake->ask.store;
	const struct viewer viewer = intake_viewer(intake);
	enum err err = store_import_find(store, key, ret_matter, NULL);
	bool sees = true;

	if (err == ERR_OK && intake->ask.alone)
		TRY(store_may_see(store, &viewer, *ret_matter, &sees, reterr));
	if (err == ERR_NOT_FOUND || !sees)
		*ret_matter = 0;
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err intake_find_number(
	const struct intake *intake, struct str number, int64_t *ret_matter, struct bh_err *reterr)
{
	const struct intake_ask *ask = &intake->ask;
	const struct viewer viewer = intake_viewer(intake);
	struct str key = str_format(intake->arena, "import:%.*s", STR_ARG(number));

	TRY(find_key(intake, key, ret_matter, reterr));
	if (*ret_matter != 0 || number.size == 0)
		return ERR_OK;
	enum err err = ask->alone ? store_number_seen(ask->store, &viewer, number, ret_matter, reterr)
				  : store_matter_find(ask->store, number, ret_matter, reterr);

	if (err == ERR_NOT_FOUND)
		*ret_matter = 0;
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static int64_t find_for_field(void *context, struct str number)
{
	const struct matters_plan *plan = context;
	int64_t matter;

	return intake_find_number(plan->intake, number, &matter, NULL) == ERR_OK ? matter : 0;
}

/* Known under its key, or by the very number that the record gave it. */
static enum err find_known(struct matters_plan *plan, const struct matter_row *row, struct str key,
	int64_t *ret_matter, struct bh_err *reterr)
{
	TRY(find_key(plan->intake, key, ret_matter, reterr));
	if (*ret_matter != 0)
		return ERR_OK;
	return intake_find_number(plan->intake, row->number_ref, ret_matter, reterr);
}

static enum err compare_known(
	struct matters_plan *plan, const struct matter_row *row, int64_t matter, struct bh_err *reterr)
{
	struct known_row known = {
		.intake = plan->intake, .table = &plan->table, .row = row, .matter = matter};

	if (row->parent.size > 0)
		TRY(intake_find_number(plan->intake, row->parent, &known.parent, reterr));
	return change_check(&known, reterr);
}

/* ---- keys of this file ---- */

/* Open addressing over the keys of the rows to be opened, by place + 1. */
struct key_index {
	size_t *slots, mask;
};

static size_t *key_slot(const struct key_index *index, const struct matters_plan *plan, struct str key)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < key.size; i++)
		hash = (hash ^ (unsigned char)key.data[i]) * UINT64_C(1099511628211);
	for (size_t at = (size_t)hash & index->mask;; at = (at + 1) & index->mask)
		if (index->slots[at] == 0 || str_equal(plan->rows[index->slots[at] - 1].act.key, key))
			return &index->slots[at];
}

/* ---- one row ---- */

/* The instant at which it is opened; says what is wrong with its day. */
static struct instant time_of(struct matters_plan *plan, const struct matter_row *row, struct str *ret_words)
{
	const struct intake_ask *ask = &plan->intake->ask;
	int offset = ask->institution->offset_minutes;
	struct day last = instant_day(plan->last, offset), today = instant_day(ask->now, offset);

	*ret_words = STR("");
	if (day_is_none(row->opened) || row->opened.number == today.number)
		return ask->now;
	if (row->opened.number > today.number) {
		matter_table_say(&plan->table, row, "opened", "this day is still to come");
		return ask->now;
	}
	if (!ask->by_days) {
		*ret_words = str_format(plan->intake->arena, "原立项日期 %.*s",
			STR_ARG(day_print(plan->intake->arena, row->opened)));
		return ask->now;
	}
	if (row->opened.number < last.number) {
		matter_table_say(&plan->table, row, "opened",
			"the record already goes to %.*s, and it never runs back",
			STR_ARG(day_print(plan->intake->arena, last)));
		return ask->now;
	}
	struct instant at = {day_start(row->opened, offset).us + OPENED_AT_MINUTES * INT64_C(60000000)};

	return at.us < plan->last.us ? plan->last : at;
}

/* Who opens it. */
static void fill_person(struct matters_plan *plan, struct opening_row *opening)
{
	const struct intake_ask *ask = &plan->intake->ask;
	const struct matter_row *row = opening->row;

	opening->act.person = row->by != 0 ? row->by : ask->person;
	if (ask->alone && opening->act.person != ask->person)
		matter_table_say(&plan->table, row, "by",
			"a matter is opened by whoever imports it: leave this cell empty, or let them import "
			"it");
	if (opening->act.person == 0)
		matter_table_say(&plan->table, row, "by", "say who opens it: here, or with --as");
}

/* Who opens it, what it is part of, when. */
static enum err fill(struct matters_plan *plan, const struct key_index *index, struct opening_row *opening,
	struct bh_err *reterr)
{
	const struct matter_row *row = opening->row;
	struct str parent_key = str_format(plan->intake->arena, "import:%.*s", STR_ARG(row->parent));
	size_t above = row->parent.size > 0 ? *key_slot(index, plan, parent_key) : 0;

	opening->parent = (ptrdiff_t)above - 1;
	opening->command = (struct command){.kind = COMMAND_OPEN,
		.name = plan->intake->procedure->name,
		.fields = row->fields,
		.weight = row->weight};
	opening->at = time_of(plan, row, &opening->command.text);
	opening->act.kind = ACT_COMMAND;
	opening->act.what.command = &opening->command;
	fill_person(plan, opening);
	if (above != 0 && plan->rows[above - 1].at.us > opening->at.us)
		matter_table_say(&plan->table, row, "opened", "what it is a part of is opened later");
	if (above != 0 || row->parent.size == 0)
		return ERR_OK;
	TRY(intake_find_number(plan->intake, row->parent, &opening->command.parent, reterr));
	if (opening->command.parent == 0)
		matter_table_say(&plan->table, row, "parent",
			"there is no such matter, here above or in the record: parts stand behind what they "
			"are "
			"part of");
	return ERR_OK;
}

/* Would the engine open it? Tried on what is recorded and on the rows before it. */
static enum err try_row(struct matters_plan *plan, struct opening_row *opening, struct bh_err *reterr)
{
	const struct intake_ask *ask = &plan->intake->ask;
	struct arena *arena = plan->intake->arena;
	struct command command = opening->command;
	struct events events = {0};
	struct matter *parent = NULL;
	struct bh_err why = {0};

	if (opening->parent >= 0)
		parent = plan->rows[opening->parent].tried;
	else if (command.parent != 0)
		TRY(institution_matter(ask->institution, ask->store, arena, command.parent, &parent, reterr));
	if (opening->parent >= 0 && parent == NULL)
		return ERR_OK; /* what it is part of was refused, and that was said */
	command.person = opening->act.person;
	command.key = opening->act.key;
	command.parent = parent == NULL ? 0 : parent->id;
	struct world world = {.now = opening->at,
		.offset_minutes = ask->institution->offset_minutes,
		.calendar = ask->institution->calendar,
		.org = ask->institution->org,
		.definitions = ask->institution->in_force,
		.definition_count = ask->institution->in_force_count,
		.next_matter = plan->next_matter++,
		.parent = parent};

	if (matter_decide(NULL, &command, &world, arena, &events, &why) != ERR_OK) {
		matter_table_pass(&plan->table, opening->row, &why);
		return ERR_OK;
	}
	row_of_line(plan->intake, opening->row->line)->does = INTAKE_OPENS;
	/* Only what others can name is needed again. */
	if (opening->row->number_ref.size > 0) {
		opening->tried = matter_new(arena);
		events.items[0].index = 0;
		matter_apply(opening->tried, &events.items[0], plan->intake->procedure);
	}
	return ERR_OK;
}

/* ---- the whole file ---- */

static enum err plan_row(struct matters_plan *plan, const struct key_index *index,
	const struct matter_row *row, struct bh_err *reterr)
{
	struct str key = key_of(plan, row);
	size_t *slot = key_slot(index, plan, key);
	int64_t known;

	if (*slot != 0) {
		matter_table_say(&plan->table, row, "number_ref", "the same stands in line %zu already",
			plan->rows[*slot - 1].row->line);
		return ERR_OK;
	}
	TRY(find_known(plan, row, key, &known, reterr));
	if (known != 0)
		return compare_known(plan, row, known, reterr);
	struct opening_row *opening = &plan->rows[plan->count];

	*opening = (struct opening_row){.row = row, .act.key = key, .place = plan->count};
	TRY(fill(plan, index, opening, reterr));
	*slot = ++plan->count;
	return try_row(plan, opening, reterr);
}

static enum err plan_rows(struct matters_plan *plan, struct bh_err *reterr)
{
	size_t mask = 63, count = plan->table.row_count;

	while (mask < count * 2)
		mask = mask * 2 + 1;
	struct key_index index = {ARENA_TAKE(plan->intake->arena, mask + 1, size_t), mask};

	for (size_t i = 0; i < count; i++)
		TRY(plan_row(plan, &index, &plan->table.rows[i], reterr));
	return ERR_OK;
}

static int compare_times(const void *a, const void *b)
{
	const struct opening_row *left = *(const struct opening_row *const *)a,
				 *right = *(const struct opening_row *const *)b;

	if (left->at.us != right->at.us)
		return left->at.us < right->at.us ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

/* Those that are opened come before those that are changed, whose time is the last. */
static void put_openings(struct matters_plan *plan)
{
	struct intake *intake = plan->intake;
	size_t changes = intake->count;
	struct opening_row **order = ARENA_TAKE(intake->arena, plan->count + 1, struct opening_row *);
	struct act_part *changed = intake->parts;

	intake->parts = ARENA_TAKE(intake->arena, plan->count + changes + 1, struct act_part);
	intake->count = 0;
	for (size_t i = 0; i < plan->count; i++)
		order[i] = &plan->rows[i];
	if (plan->count > 1)
		qsort(order, plan->count, sizeof *order, compare_times);
	for (size_t i = 0; i < plan->count; i++) {
		struct act_part *part = part_push(intake, order[i]->row->line);

		order[i]->position = i;
		intake->times[i] = order[i]->at;
		part->act = order[i]->act;
		if (order[i]->parent >= 0)
			part->under = (ptrdiff_t)plan->rows[order[i]->parent].position;
	}
	for (size_t i = 0; i < changes; i++) {
		intake->times[intake->count] = intake->ask.now;
		intake->parts[intake->count++] = changed[i];
	}
}

/* ---- the same matter twice ---- */

static int compare_rows(const void *a, const void *b)
{
	const struct intake_row *left = *(const struct intake_row *const *)a,
				*right = *(const struct intake_row *const *)b;

	if (left->matter != right->matter)
		return left->matter < right->matter ? -1 : 1;
	return left < right ? -1 : left > right;
}

/* A matter that two rows name, at least one of which changes it, would be changed by one of them unseen. */
static void refuse_twice(struct intake *intake)
{
	size_t count = 0;
	struct intake_row **known =
		ARENA_TAKE(intake->arena, intake->table->row_count + 1, struct intake_row *);

	for (size_t i = 0; i < intake->table->row_count; i++)
		if (intake->rows[i].matter != 0)
			known[count++] = &intake->rows[i];
	if (count > 1)
		qsort(known, count, sizeof(struct intake_row *), compare_rows);
	for (size_t i = 1; i < count; i++) {
		const struct intake_row *before = known[i - 1], *row = known[i];

		if (row->matter == before->matter &&
			(row->does == INTAKE_CHANGES || before->does == INTAKE_CHANGES))
			csv_error_add(&intake->errors, intake->table->rows[row - intake->rows].line, 0,
				"the same stands in line %zu already",
				intake->table->rows[before - intake->rows].line);
	}
}

enum err matters_check(struct intake *intake, struct bh_err *reterr)
{
	struct matters_plan plan = {.intake = intake};
	size_t rows = intake->table->row_count;
	uint64_t size;

	TRY(store_ledger_size(intake->ask.store, &size, &plan.last, reterr));
	TRY(store_matter_next(intake->ask.store, &plan.next_matter, reterr));
	plan.table = matter_table_read(intake->arena, intake->procedure, intake->ask.institution->org,
		intake->table, find_for_field, &plan, &intake->errors);
	/* The plan lives as long as what it points to: its rows are what the parts point to. */
	plan.rows = ARENA_TAKE(intake->arena, rows + 1, struct opening_row);
	intake->parts = ARENA_TAKE(intake->arena, rows + 1, struct act_part);
	intake->times = ARENA_TAKE(intake->arena, rows + 1, struct instant);
	TRY(plan_rows(&plan, reterr));
	put_openings(&plan);
	refuse_twice(intake);
	return ERR_OK;
}
