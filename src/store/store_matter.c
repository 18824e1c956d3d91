/* store_matter.c: a matter with its duties, requests and deeds: load, and save what has changed. */
#include "store/store_driver.h"
#include "store/store_rows.h"

struct loading {
	struct matter *matter;
	struct arena *arena;
	store_procedure_fn *procedure;
	void *context;
	bool found;
};

static enum err load_row(void *context, const struct row *row)
{
	struct loading *loading = context;
	struct matter *matter = loading->matter;
	struct doc *fields;

	matter->id = row_int(row, 0);
	matter->definition = row_int(row, 1);
	matter->procedure = loading->procedure(loading->context, matter->definition);
	if (matter->procedure == NULL)
		return ERR_BROKEN;
	matter->number = str_copy(loading->arena, row_text(row, 2));
	matter->year = row_int(row, 3);
	matter->seq = row_int(row, 4);
	matter->state = procedure_state(matter->procedure, row_text(row, 5));
	TRY(doc_read_canonical(loading->arena, str_copy(loading->arena, row_text(row, 6)), &fields, NULL));
	matter->fields = fields;
	matter->parent = row_int(row, 7);
	matter->weight = row_int(row, 8);
	matter->progress = row_is_null(row, 9) ? -1 : (int)row_int(row, 9);
	matter->opened = row_instant(row, 10);
	matter->changed_at = row_instant(row, 11);
	matter->ended = row_instant(row, 12);
	matter->suspended_until = row_instant(row, 13);
	matter->version = row_int(row, 14);
	matter->last_index = row_int(row, 15);
	matter->taken_up = row_int(row, 16) != 0;
	matter->late = row_int(row, 17) != 0;
	matter->extended = row_int(row, 18) != 0;
	matter->next_duty = row_int(row, 19);
	matter->next_request = row_int(row, 20);
	matter->next_instruction = row_int(row, 21);
	loading->found = true;
	return matter->state >= 0 ? ERR_OK : ERR_BROKEN;
}

static int word_index(struct str word, const char *(*name)(int), int count)
{
	for (int i = 0; i < count; i++)
		if (str_is(word, name(i)))
			return i;
	return count;
}

static const char *duty_kind_word(int i)
{
	return duty_kind_name((enum duty_kind)i);
}

static const char *duty_state_word(int i)
{
	return duty_state_name((enum duty_state)i);
}

static const char *request_state_word(int i)
{
	return request_state_name((enum request_state)i);
}

struct duties {
	struct arena *arena;
	struct duty *items;
	size_t count, capacity;
};

static enum err push_duty(void *context, const struct row *row)
{
	struct duties *duties = context;
	struct duty *duty = ARENA_PUSH(duties->arena, duties->items, duties->count, duties->capacity);
	int kind = word_index(row_text(row, 1), duty_kind_word, DUTY_KIND_COUNT);
	int state = word_index(row_text(row, 8), duty_state_word, DUTY_STATE_COUNT);

	if (kind == DUTY_KIND_COUNT || state == DUTY_STATE_COUNT)
		return ERR_BROKEN;
	*duty = (struct duty){
		.id = row_int(row, 0),
		.kind = (enum duty_kind)kind,
		.rule = (int)row_int(row, 2),
		.about = row_int(row, 3),
		.asker = row_int(row, 4),
		.unit = row_int(row, 5),
		.post = row_int(row, 6),
		.person = row_int(row, 7),
		.state = (enum duty_state)state,
		.armed = row_instant(row, 9),
		.due = row_instant(row, 10),
		.warn = row_instant(row, 11),
		.remaining_days = (int)row_int(row, 12),
		.provisional = row_int(row, 13) != 0,
		.extended = row_int(row, 14) != 0,
		.warned = row_int(row, 15) != 0,
		.breached = row_int(row, 16) != 0,
		.closed = INSTANT_NONE,
	};
	return ERR_OK;
}

static enum err push_duty_with_end(void *context, const struct row *row)
{
	struct duties *duties = context;

	TRY(push_duty(context, row));
	duties->items[duties->count - 1].closed = row_instant(row, 17);
	return ERR_OK;
}

enum err store_duty_history(struct store *store, struct arena *arena, int64_t matter,
	struct duty **ret_duties, size_t *ret_count, struct bh_err *reterr)
{
	struct duties duties = {.arena = arena};

	TRY(RUN(store, STMT_DUTY_ALL_OF_MATTER, push_duty_with_end, &duties, reterr, V_INT(matter)));
	*ret_duties = duties.items;
	*ret_count = duties.count;
	return ERR_OK;
}

static enum err load_request(void *context, const struct row *row)
{
	struct matter *matter = context;
	struct request *request =
		ARENA_PUSH(matter->arena, matter->requests, matter->request_count, matter->request_capacity);
	int state = word_index(row_text(row, 7), request_state_word, REQUEST_STATE_COUNT);
	struct doc *fields;

	TRY(doc_read_canonical(matter->arena, str_copy(matter->arena, row_text(row, 6)), &fields, NULL));
	if (state == REQUEST_STATE_COUNT)
		return ERR_BROKEN;
	*request = (struct request){
		.id = row_int(row, 0),
		.rule = (int)row_int(row, 1),
		.person = row_int(row, 2),
		.on_behalf = row_int(row, 3),
		.post = row_int(row, 4),
		.asked = row_instant(row, 5),
		.fields = fields,
		.state = (enum request_state)state,
	};
	return ERR_OK;
}

static enum err load_deed(void *context, const struct row *row)
{
	struct matter *matter = context;
	int action = procedure_action(matter->procedure, row_text(row, 0));

	if (action < 0)
		return ERR_BROKEN;
	*ARENA_PUSH(matter->arena, matter->deeds, matter->deed_count, matter->deed_capacity) =
		(struct deed){.action = action,
			.person = row_int(row, 1),
			.last = row_instant(row, 2),
			.times = row_int(row, 3)};
	return ERR_OK;
}

static enum err name_failure(enum err err, int64_t id, struct bh_err *reterr)
{
	if (err == ERR_BROKEN || err == ERR_INVALID)
		return err_set(reterr, ERR_BROKEN, "matter",
			"the rows of matter %lld can't be read: run bihuan replay", (long long)id);
	return err;
}

enum err store_matter_load(struct store *store, struct arena *arena, int64_t id,
	store_procedure_fn *procedure, void *context, struct matter **ret_matter, struct bh_err *reterr)
{
	struct matter *matter = matter_new(arena);
	struct loading loading = {
		.matter = matter, .arena = arena, .procedure = procedure, .context = context};
	struct duties duties = {.arena = arena};
	enum err err = RUN(store, STMT_MATTER_GET, load_row, &loading, reterr, V_INT(id));

	if (err == ERR_OK && !loading.found)
		return err_set(reterr, ERR_NOT_FOUND, "matter", "there is no matter %lld", (long long)id);
	if (err == ERR_OK)
		err = RUN(store, STMT_DUTY_OF_MATTER, push_duty, &duties, reterr, V_INT(id));
	if (err == ERR_OK)
		err = RUN(store, STMT_REQUEST_OF_MATTER, load_request, matter, reterr, V_INT(id));
	if (err == ERR_OK)
		err = RUN(store, STMT_DEED_OF_MATTER, load_deed, matter, reterr, V_INT(id));
	if (err != ERR_OK)
		return name_failure(err, id, reterr);
	matter->duties = duties.items;
	matter->duty_count = duties.count;
	matter->duty_capacity = duties.capacity;
	*ret_matter = matter;
	return ERR_OK;
}

/* ---- what a list shows of a matter ---- */

static const struct field *first_field(const struct procedure *procedure, enum field_type type)
{
	for (size_t i = 0; i < procedure->field_count; i++)
		if (procedure->fields[i].type == type)
			return &procedure->fields[i];
	return NULL;
}

static int64_t first_id(const struct matter *matter, enum field_type type)
{
	const struct field *field = first_field(matter->procedure, type);
	const struct doc *value = field == NULL ? NULL : doc_get_str(matter->fields, field->name);

	return value != NULL && value->kind == DOC_INT ? value->number : 0;
}

static struct str title_of(const struct matter *matter)
{
	struct str title = doc_get_text(matter->fields, "title");
	const struct field *field = first_field(matter->procedure, FIELD_TEXT);

	if (title.size == 0 && field != NULL) {
		const struct doc *value = doc_get_str(matter->fields, field->name);

		title = value != NULL && value->kind == DOC_TEXT ? value->text : STR_NONE;
	}
	return title.size > 0 ? title
			      : label_pick(matter->procedure->title, matter->procedure->name, STR("zh"));
}

static struct instant earliest_due(const struct matter *matter)
{
	struct instant earliest = INSTANT_NONE;

	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].state == DUTY_OPEN &&
			(instant_is_none(earliest) || matter->duties[i].due.us < earliest.us))
			earliest = matter->duties[i].due;
	return earliest;
}

static struct str outcome_of(const struct matter *matter)
{
	static const char *const words[] = {
		[END_NONE] = "", [END_SUCCESS] = "success", [END_FAILURE] = "failure", [END_VOID] = "void"};

	return str_from(words[matter->procedure->states[matter->state].end]);
}

/* ---- counters ---- */

/* What a matter adds to the figures: one of the measures of how it stands, and the colour of its lamp while
 * it is open. */
struct counted {
	bool there;
	int64_t unit, commander, rolled; /* rolled -1: null */
	struct str grasp, procedure, standing, lamp;
};

static struct str standing_of(bool ended, struct str outcome, bool late)
{
	if (!ended)
		return STR("open");
	if (str_is(outcome, "void"))
		return STR("void");
	return late ? STR("late") : STR("closed");
}

struct counted_call {
	struct counted counted;
	struct arena *arena;
};

static enum err take_counted(void *context, const struct row *row)
{
	struct counted_call *call = context;

	call->counted = (struct counted){
		.there = true,
		.unit = row_int(row, 0),
		.commander = row_int(row, 1),
		.rolled = row_is_null(row, 8) ? -1 : row_int(row, 8),
		.grasp = str_copy(call->arena, row_text(row, 2)),
		.procedure = str_copy(call->arena, row_text(row, 3)),
		.standing = standing_of(
			!row_is_null(row, 4), str_copy(call->arena, row_text(row, 5)), row_int(row, 6) != 0),
		.lamp = row_is_null(row, 4) ? str_copy(call->arena, row_text(row, 7)) : STR_NONE,
	};
	return ERR_OK;
}

static enum err count(struct store *store, struct arena *arena, const struct counted *counted, int64_t by,
	struct bh_err *reterr)
{
	const struct {
		const char *scope;
		struct str id;
	} scopes[] = {
		{"all", STR("")},
		{"grasp", counted->grasp},
		{"procedure", counted->procedure},
		{"unit", counted->unit == 0 ? STR_NONE : str_format(arena, "%lld", (long long)counted->unit)},
		{"commander", counted->commander == 0
				      ? STR_NONE
				      : str_format(arena, "%lld", (long long)counted->commander)},
	};
	const struct str measures[] = {counted->standing, counted->lamp};

	for (size_t i = 0; i < ARRAY_COUNT(scopes); i++)
		for (size_t j = 0; j < ARRAY_COUNT(measures); j++)
			if (scopes[i].id.data != NULL && measures[j].size > 0)
				TRY(RUN(store, STMT_COUNTER_ADD, NULL, NULL, reterr,
					V_TEXT(str_from(scopes[i].scope)), V_TEXT(scopes[i].id),
					V_TEXT(measures[j]), V_INT(by)));
	return ERR_OK;
}

static bool counted_same(const struct counted *a, const struct counted *b)
{
	return a->there == b->there && a->unit == b->unit && a->commander == b->commander &&
	       str_equal(a->standing, b->standing) && str_equal(a->lamp, b->lamp);
}

/* ---- progress of the parts ---- */

struct rolled {
	bool found;
	int64_t sum, weight, progress, rolled, parent; /* progress and rolled: -1 when null */
};

static enum err take_children(void *context, const struct row *row)
{
	struct rolled *rolled = context;

	rolled->sum = row_int(row, 0);
	rolled->weight = row_int(row, 1);
	return ERR_OK;
}

static enum err take_own(void *context, const struct row *row)
{
	struct rolled *rolled = context;

	rolled->found = true;
	rolled->progress = row_is_null(row, 0) ? -1 : row_int(row, 0);
	rolled->rolled = row_is_null(row, 1) ? -1 : row_int(row, 1);
	rolled->parent = row_int(row, 2);
	return ERR_OK;
}

/* Up the tree, as far as something changes. */
static enum err roll_up(struct store *store, int64_t parent, struct bh_err *reterr)
{
	while (parent != 0) {
		struct rolled rolled = {0};

		TRY(RUN(store, STMT_ROLLED_OWN, take_own, &rolled, reterr, V_INT(parent)));
		TRY(RUN(store, STMT_CHILDREN_ROLLED, take_children, &rolled, reterr, V_INT(parent)));
		int64_t now = rolled.weight > 0 ? rolled.sum / rolled.weight : rolled.progress;

		if (!rolled.found || now == rolled.rolled)
			return ERR_OK;
		TRY(RUN(store, STMT_ROLLED_SET, NULL, NULL, reterr, V_INT(parent), value_or_null(now, -1)));
		parent = rolled.parent;
	}
	return ERR_OK;
}

/* ---- saving ---- */

static struct str duty_name_of(const struct matter *matter, const struct duty *duty)
{
	if (duty->kind == DUTY_RULE)
		return matter->procedure->duties[duty->rule].name;
	return duty->kind == DUTY_DECIDE ? matter->procedure->requests[duty->rule].name : STR("answer");
}

static enum err save_duties(struct store *store, const struct matter *matter, struct bh_err *reterr)
{
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (!duty->changed)
			continue;
		TRY(RUN(store, STMT_DUTY_PUT, NULL, NULL, reterr, V_INT(matter->id), V_INT(duty->id),
			V_TEXT(str_from(duty_kind_name(duty->kind))), V_TEXT(duty_name_of(matter, duty)),
			V_INT(duty->rule), V_INT(duty->about), V_ID(duty->asker), V_ID(duty->unit),
			V_ID(duty->post), V_ID(duty->person), V_TEXT(str_from(duty_state_name(duty->state))),
			V_INT(duty->armed.us), V_INT(duty->due.us), V_INSTANT(duty->warn),
			V_INT(duty->remaining_days), V_INT(duty->provisional), V_INT(duty->extended),
			V_INT(duty->warned), V_INT(duty->breached), V_INSTANT(duty->closed)));
	}
	return ERR_OK;
}

static enum err save_requests(
	struct store *store, struct arena *arena, const struct matter *matter, struct bh_err *reterr)
{
	for (size_t i = 0; i < matter->request_count; i++) {
		const struct request *request = &matter->requests[i];

		if (!request->changed)
			continue;
		TRY(RUN(store, STMT_REQUEST_PUT, NULL, NULL, reterr, V_INT(matter->id), V_INT(request->id),
			V_TEXT(matter->procedure->requests[request->rule].name), V_INT(request->rule),
			V_INT(request->person), V_ID(request->on_behalf), V_ID(request->post),
			V_INT(request->asked.us), V_TEXT(doc_print(arena, request->fields)),
			V_TEXT(str_from(request_state_name(request->state)))));
	}
	return ERR_OK;
}

static enum err save_rest(struct store *store, const struct matter *matter, struct bh_err *reterr)
{
	for (size_t i = 0; i < matter->deed_count; i++)
		if (matter->deeds[i].changed)
			TRY(RUN(store, STMT_DEED_PUT, NULL, NULL, reterr, V_INT(matter->id),
				V_TEXT(matter->procedure->actions[matter->deeds[i].action].name),
				V_INT(matter->deeds[i].person), V_INT(matter->deeds[i].last.us),
				V_INT(matter->deeds[i].times)));
	for (size_t i = 0; i < matter->notice_count; i++)
		TRY(RUN(store, STMT_NOTICE_PUT, NULL, NULL, reterr, V_INT(matter->notices[i].post),
			V_INT(matter->notices[i].index), V_INT(matter->id), V_INT(matter->notices[i].duty),
			V_TEXT(str_from(notice_kind_name(matter->notices[i].kind)))));
	for (size_t i = 0; i < matter->evidence_count; i++)
		TRY(RUN(store, STMT_EVIDENCE_PUT, NULL, NULL, reterr, V_INT(matter->id),
			V_INT(matter->evidence[i].index), V_TEXT(matter->evidence[i].hash),
			V_TEXT(matter->evidence[i].name), V_INT(matter->evidence[i].size)));
	for (size_t i = 0; i < matter->link_count; i++)
		TRY(RUN(store, STMT_LINK_PUT, NULL, NULL, reterr, V_INT(matter->id),
			V_INT(matter->links[i].index), V_TEXT(matter->links[i].relation),
			V_INT(matter->links[i].other)));
	for (size_t i = 0; i < matter->follower_count; i++)
		TRY(RUN(store, STMT_FOLLOWER_PUT, NULL, NULL, reterr, V_INT(matter->id),
			V_INT(matter->followers[i])));
	return ERR_OK;
}

static enum err insert_row(struct store *store, const struct matter *matter, const struct lamp *lamp,
	struct str fields, int64_t rolled, struct bh_err *reterr)
{
	const struct procedure *procedure = matter->procedure;

	return RUN(store, STMT_MATTER_INSERT, NULL, NULL, reterr, V_INT(matter->id),
		V_INT(matter->definition), V_TEXT(procedure->name),
		V_TEXT(str_from(grasp_name(procedure->grasp))), V_TEXT(matter->number), V_INT(matter->year),
		V_INT(matter->seq), V_TEXT(title_of(matter)), V_TEXT(procedure->states[matter->state].name),
		V_TEXT(fields), V_ID(first_id(matter, FIELD_UNIT)), V_ID(first_id(matter, FIELD_POST)),
		V_ID(matter->parent), V_INT(matter->weight), value_or_null(matter->progress, -1),
		value_or_null(rolled, -1), V_INT(matter->opened.us), V_INT(matter->changed_at.us),
		V_INSTANT(matter->ended), V_WORD(outcome_of(matter)), V_INSTANT(earliest_due(matter)),
		V_INSTANT(matter->suspended_until), V_TEXT(str_from(lamp_colour_name(lamp->colour))),
		V_INSTANT(lamp->until), V_INT(matter->version), V_INT(matter->last_index),
		V_INT(matter->taken_up), V_INT(matter->late), V_INT(matter->extended),
		V_INT(matter->next_duty), V_INT(matter->next_request), V_INT(matter->next_instruction));
}

static enum err update_row(struct store *store, const struct matter *matter, const struct lamp *lamp,
	struct str fields, int64_t rolled, struct bh_err *reterr)
{
	return RUN(store, STMT_MATTER_UPDATE, NULL, NULL, reterr, V_INT(matter->id), V_TEXT(title_of(matter)),
		V_TEXT(matter->procedure->states[matter->state].name), V_TEXT(fields),
		V_ID(first_id(matter, FIELD_UNIT)), V_ID(first_id(matter, FIELD_POST)),
		value_or_null(matter->progress, -1), value_or_null(rolled, -1), V_INT(matter->changed_at.us),
		V_INSTANT(matter->ended), V_WORD(outcome_of(matter)), V_INSTANT(earliest_due(matter)),
		V_INSTANT(matter->suspended_until), V_TEXT(str_from(lamp_colour_name(lamp->colour))),
		V_INSTANT(lamp->until), V_INT(matter->version), V_INT(matter->last_index),
		V_INT(matter->taken_up), V_INT(matter->late), V_INT(matter->extended),
		V_INT(matter->next_duty), V_INT(matter->next_request), V_INT(matter->next_instruction));
}

enum err store_matter_save(struct store *store, struct arena *arena, const struct matter *matter,
	const struct lamp *lamp, struct bh_err *reterr)
{
	struct counted_call before = {.arena = arena};
	struct str fields = doc_print(arena, matter->fields), outcome = outcome_of(matter);
	bool ended = !instant_is_none(matter->ended), parts = matter->procedure->children.of.size > 0;
	struct counted after = {
		.there = true,
		.unit = first_id(matter, FIELD_UNIT),
		.commander = first_id(matter, FIELD_POST),
		.grasp = str_from(grasp_name(matter->procedure->grasp)),
		.procedure = matter->procedure->name,
		.standing = standing_of(ended, outcome, matter->late),
		.lamp = ended ? STR_NONE : str_from(lamp_colour_name(lamp->colour)),
	};

	TRY(RUN(store, STMT_MATTER_COUNTED, take_counted, &before, reterr, V_INT(matter->id)));
	/* What has parts shows their progress, which roll_up keeps; the rest shows its own. */
	int64_t rolled = parts && before.counted.there && before.counted.rolled >= 0 ? before.counted.rolled
										     : matter->progress;

	TRY(before.counted.there ? update_row(store, matter, lamp, fields, rolled, reterr)
				 : insert_row(store, matter, lamp, fields, rolled, reterr));
	TRY(save_duties(store, matter, reterr));
	TRY(save_requests(store, arena, matter, reterr));
	TRY(save_rest(store, matter, reterr));
	if (!counted_same(&before.counted, &after)) {
		if (before.counted.there)
			TRY(count(store, arena, &before.counted, -1, reterr));
		TRY(count(store, arena, &after, 1, reterr));
	}
	return matter->parent != 0 ? roll_up(store, matter->parent, reterr) : ERR_OK;
}

enum err store_sequence_take(
	struct store *store, struct str procedure, int64_t year, int64_t seq, struct bh_err *reterr)
{
	return RUN(store, STMT_SEQUENCE_PUT, NULL, NULL, reterr, V_TEXT(procedure), V_INT(year), V_INT(seq));
}
