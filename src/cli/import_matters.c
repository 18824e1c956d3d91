/* import_matters.c: matters of one procedure, opened row by row by whoever has the right to.
 *
 * Each row is one act under a key of its own, made from the office's number or else from what the row says,
 * so that the same file again opens nothing twice. With --now, which is for tests and demonstrations, a row
 * is opened on its day; otherwise the record holds the time at which it is written, and an earlier day is
 * noted in words. */
#include "cli/import.h"

#include "exchange/matter_table.h"

#include <stdlib.h>
#include <string.h>

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
	size_t position;      /* among the acts */
};

struct matters_plan {
	struct import *import;
	const struct procedure *procedure;
	struct matter_table table;
	struct opening_row *rows;
	size_t count;
	int64_t person;      /* of --as; 0 when not given */
	struct instant last; /* of the newest event */
	int64_t next_matter;
};

/* ---- what is known already ---- */

static struct str key_of(struct matters_plan *plan, const struct matter_row *row)
{
	struct arena *arena = plan->import->call->arena;
	struct buf buf = buf_new(arena);

	if (row->number_ref.size > 0)
		return str_format(arena, "import:%.*s", STR_ARG(row->number_ref));
	doc_print_to(&buf, row->fields);
	buf_format(&buf, "%.*s %lld", STR_ARG(row->parent), (long long)row->weight);
	struct str text = buf_str(&buf);
	struct hash hash = hash_bytes(text.data, text.size);

	return str_format(arena, "import:%.*s:%.*s", STR_ARG(plan->procedure->name),
		STR_ARG(hex_print(arena, hash.bytes, HASH_SIZE)));
}

/* A matter of some number: one that an import brought under it, or one of the record's own. 0: none. */
static int64_t find_number(void *context, struct str number)
{
	struct import *import = context;
	struct str key = str_format(import->call->arena, "import:%.*s", STR_ARG(number));
	int64_t id;

	if (store_import_find(import->house.store, key, &id, &import->call->why) == ERR_OK ||
		store_matter_find(import->house.store, number, &id, &import->call->why) == ERR_OK)
		return id;
	return 0;
}

struct first_event {
	struct arena *arena;
	struct doc *payload;
};

static enum err take_first(void *context, const struct stored_event *event)
{
	struct first_event *first = context;

	if (first->payload != NULL || event->payload.data == NULL)
		return ERR_OK;
	return doc_read_canonical(
		first->arena, str_copy(first->arena, event->payload), &first->payload, NULL);
}

/* Does a field say the same? A column that isn't in the file says nothing. */
static bool is_field_same(
	const struct matters_plan *plan, const struct matter_row *row, size_t i, const struct doc *known)
{
	struct str name = plan->procedure->fields[i].name;
	const struct doc *given = doc_get_str(row->fields, name), *before = doc_get_str(known, name);

	return plan->table.at[i] < 0 || given == before ||
	       (given != NULL && before != NULL && doc_equal(given, before));
}

static bool is_row_same(
	const struct matters_plan *plan, const struct matter_row *row, const struct doc *known)
{
	for (size_t i = 0; i < plan->procedure->field_count; i++)
		if (!is_field_same(plan, row, i, known))
			return false;
	return true;
}

/* The row must say what it was opened with, which no later change of the matter touches, or what it says now,
 * as an export does. */
static enum err compare_known(struct matters_plan *plan, const struct matter_row *row, int64_t id)
{
	struct house *house = &plan->import->house;
	struct call *call = plan->import->call;
	struct first_event first = {.arena = call->arena};
	struct str object = str_format(call->arena, "m%lld", (long long)id);
	struct matter *matter;

	TRY(store_event_of_object(house->store, object, take_first, &first, &call->why));
	TRY(institution_matter(&house->institution, house->store, call->arena, id, &matter, &call->why));
	if (!str_equal(matter->procedure->name, plan->procedure->name)) {
		matter_table_say(&plan->table, row, "number_ref", "this is a matter of another procedure");
		return ERR_OK;
	}
	if (is_row_same(plan, row, matter->fields) ||
		is_row_same(plan, row, doc_get(first.payload, "fields")))
		return ERR_OK;
	for (size_t i = 0; i < plan->procedure->field_count; i++)
		if (!is_field_same(plan, row, i, matter->fields))
			matter_table_say(&plan->table, row, plan->procedure->fields[i].name.data,
				"this was opened before with something else in it: act on the matter to "
				"change it");
	return ERR_OK;
}

/* Known under its key, or by the very number that the record gave it. */
static enum err find_known(
	struct matters_plan *plan, const struct matter_row *row, struct str key, int64_t *ret_matter)
{
	struct import *import = plan->import;
	enum err err = store_import_find(import->house.store, key, ret_matter, &import->call->why);

	if (err == ERR_NOT_FOUND && row->number_ref.size > 0)
		err = store_matter_find(import->house.store, row->number_ref, ret_matter, &import->call->why);
	if (err == ERR_NOT_FOUND)
		*ret_matter = 0;
	import->call->why = (struct bh_err){0};
	return err == ERR_NOT_FOUND ? ERR_OK : err;
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
	const struct house *house = &plan->import->house;
	struct call *call = plan->import->call;
	struct instant now = plan->import->now;
	struct day last = instant_day(plan->last, house->institution.offset_minutes),
		   today = instant_day(now, house->institution.offset_minutes);

	*ret_words = STR("");
	if (day_is_none(row->opened) || row->opened.number == today.number)
		return now;
	if (row->opened.number > today.number) {
		matter_table_say(&plan->table, row, "opened", "this day is still to come");
		return now;
	}
	if (!option_given(call, "now")) {
		*ret_words = str_format(
			call->arena, "原立项日期 %.*s", STR_ARG(day_print(call->arena, row->opened)));
		return now;
	}
	if (row->opened.number < last.number) {
		matter_table_say(&plan->table, row, "opened",
			"the record already goes to %.*s, and it never runs back",
			STR_ARG(day_print(call->arena, last)));
		return now;
	}
	struct instant at = {day_start(row->opened, house->institution.offset_minutes).us +
			     OPENED_AT_MINUTES * INT64_C(60000000)};

	return at.us < plan->last.us ? plan->last : at;
}

/* Who opens it, what it is part of, when. */
static enum err fill(struct matters_plan *plan, const struct key_index *index, struct opening_row *opening)
{
	struct import *import = plan->import;
	const struct matter_row *row = opening->row;
	struct str parent_key = str_format(import->call->arena, "import:%.*s", STR_ARG(row->parent));
	size_t above = row->parent.size > 0 ? *key_slot(index, plan, parent_key) : 0;

	opening->parent = (ptrdiff_t)above - 1;
	opening->command = (struct command){.kind = COMMAND_OPEN,
		.name = plan->procedure->name,
		.fields = row->fields,
		.weight = row->weight};
	opening->at = time_of(plan, row, &opening->command.text);
	opening->act.kind = ACT_COMMAND;
	opening->act.what.command = &opening->command;
	opening->act.person = row->by != 0 ? row->by : plan->person;
	if (opening->act.person == 0)
		matter_table_say(&plan->table, row, "by", "say who opens it: here, or with --as");
	if (above != 0 && plan->rows[above - 1].at.us > opening->at.us)
		matter_table_say(&plan->table, row, "opened", "what it is a part of is opened later");
	if (above != 0 || row->parent.size == 0)
		return ERR_OK;
	opening->command.parent = find_number(import, row->parent);
	import->call->why = (struct bh_err){0};
	if (opening->command.parent == 0)
		matter_table_say(&plan->table, row, "parent",
			"there is no such matter, here above or in the record: parts stand behind what they "
			"are "
			"part of");
	return ERR_OK;
}

/* Would the engine open it? Tried on what is recorded and on the rows before it. */
static enum err try_row(struct matters_plan *plan, struct opening_row *opening)
{
	struct house *house = &plan->import->house;
	struct arena *arena = plan->import->call->arena;
	struct command command = opening->command;
	struct events events = {0};
	struct matter *parent = NULL;
	struct bh_err why = {0};

	if (opening->parent >= 0)
		parent = plan->rows[opening->parent].tried;
	else if (command.parent != 0)
		TRY(institution_matter(&house->institution, house->store, arena, command.parent, &parent,
			&plan->import->call->why));
	if (opening->parent >= 0 && parent == NULL)
		return ERR_OK; /* what it is part of was refused, and that was said */
	command.person = opening->act.person;
	command.key = opening->act.key;
	command.parent = parent == NULL ? 0 : parent->id;
	struct world world = {.now = opening->at,
		.offset_minutes = house->institution.offset_minutes,
		.calendar = house->institution.calendar,
		.org = house->institution.org,
		.definitions = house->institution.in_force,
		.definition_count = house->institution.in_force_count,
		.next_matter = plan->next_matter++,
		.parent = parent};

	if (matter_decide(NULL, &command, &world, arena, &events, &why) != ERR_OK) {
		matter_table_pass(&plan->table, opening->row, &why);
		return ERR_OK;
	}
	/* Only what others can name is needed again. */
	if (opening->row->number_ref.size > 0) {
		opening->tried = matter_new(arena);
		events.items[0].index = 0;
		matter_apply(opening->tried, &events.items[0], plan->procedure);
	}
	return ERR_OK;
}

/* ---- the whole file ---- */

static int compare_times(const void *a, const void *b)
{
	const struct opening_row *left = *(const struct opening_row *const *)a,
				 *right = *(const struct opening_row *const *)b;

	if (left->at.us != right->at.us)
		return left->at.us < right->at.us ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

static enum err plan_rows(struct matters_plan *plan)
{
	struct call *call = plan->import->call;
	size_t mask = 63, count = plan->table.row_count;

	while (mask < count * 2)
		mask = mask * 2 + 1;
	struct key_index index = {ARENA_TAKE(call->arena, mask + 1, size_t), mask};

	plan->rows = ARENA_TAKE(call->arena, count + 1, struct opening_row);
	for (size_t i = 0; i < count; i++) {
		const struct matter_row *row = &plan->table.rows[i];
		struct str key = key_of(plan, row);
		size_t *slot = key_slot(&index, plan, key);
		int64_t known;

		if (*slot != 0) {
			matter_table_say(&plan->table, row, "number_ref",
				"the same stands in line %zu already", plan->rows[*slot - 1].row->line);
			continue;
		}
		TRY(find_known(plan, row, key, &known));
		if (known != 0) {
			TRY(compare_known(plan, row, known));
			continue;
		}
		struct opening_row *opening = &plan->rows[plan->count];

		*opening = (struct opening_row){.row = row, .act.key = key, .place = plan->count};
		TRY(fill(plan, &index, opening));
		*slot = ++plan->count;
		TRY(try_row(plan, opening));
	}
	return ERR_OK;
}

enum err import_matters_columns(
	struct import *import, const struct csv_column **ret_columns, size_t *ret_count)
{
	const struct procedure *procedure;

	TRY(house_procedure_in_force(&import->house, import->procedure, &procedure));
	*ret_columns = matter_table_columns(import->call->arena, procedure, ret_count);
	return ERR_OK;
}

enum err import_matters_check(struct import *import)
{
	struct call *call = import->call;
	struct house *house = &import->house;
	struct matters_plan *plan = ARENA_TAKE(call->arena, 1, struct matters_plan);
	uint64_t size;

	plan->import = import;
	TRY(house_procedure_in_force(house, import->procedure, &plan->procedure));
	if (option_given(call, "as"))
		TRY(house_person(house, NULL, &plan->person));
	TRY(store_ledger_size(house->store, &size, &plan->last, &call->why));
	TRY(store_matter_next(house->store, &plan->next_matter, &call->why));
	plan->table = matter_table_read(call->arena, plan->procedure, house->institution.org, import->csv,
		find_number, import, &import->errors);
	call->why = (struct bh_err){0};
	TRY(plan_rows(plan));
	csv_errors_sort(&import->errors);
	for (size_t i = 0; i < plan->count; i++)
		if (plan->rows[i].at.us < import->from.us)
			import->from = plan->rows[i].at;
	import->plan = plan;
	import->planned = plan->count;
	return ERR_OK;
}

/* ---- carrying it out ---- */

/* The clock of this call goes on to the row's day; what falls due on the way is fired first. The writer has
 * nothing to do then, and looks at the clock only with its next act. */
static enum err go_to(struct import *import, struct acts *acts, struct instant at)
{
	struct house *house = &import->house;
	int64_t events;

	if (at.us <= house->now.us)
		return ERR_OK;
	TRY(acts_wait(acts));
	house->now = at;
	return clock_sweep(house->installation, house->store, &events, &import->call->why);
}

static enum err put_row(
	struct matters_plan *plan, struct acts *acts, struct opening_row *opening, size_t position)
{
	struct opening_row *above = opening->parent < 0 ? NULL : &plan->rows[opening->parent];

	opening->position = position;
	TRY(go_to(plan->import, acts, opening->at));
	if (above != NULL) {
		TRY(acts_wait(acts));
		opening->command.parent = acts_matter(acts, above->position);
	}
	return acts_put(acts, &opening->act);
}

enum err import_matters_carry_out(struct import *import)
{
	struct call *call = import->call;
	struct matters_plan *plan = import->plan;
	struct house *house = &import->house;
	struct opening_row **order = ARENA_TAKE(call->arena, plan->count + 1, struct opening_row *);
	enum err err = ERR_OK;

	for (size_t i = 0; i < plan->count; i++)
		order[i] = &plan->rows[i];
	if (plan->count > 1)
		qsort(order, plan->count, sizeof(struct opening_row *), compare_times);
	struct acts *acts =
		acts_begin(call, house->installation, say(call, "导入", "importing"), plan->count);

	for (size_t i = 0; i < plan->count && err == ERR_OK; i++)
		err = put_row(plan, acts, order[i], i);
	if (err == ERR_OK)
		err = acts_wait(acts);
	if (err == ERR_OK)
		err = go_to(import, acts, import->now);
	acts_end(acts);
	import->done = acts_done(acts);
	return err;
}
