/* store_matter.c: a matter with its duties, requests and deeds: load, and save what has changed. */
#include "store/store_follow.h"

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
		.missed = row_instant(row, 18),
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

struct rule_call {
	store_request_rule_fn *each;
	void *context;
};

static enum err give_rule(void *context, const struct row *row)
{
	const struct rule_call *call = context;
	int state = word_index(row_text(row, 2), request_state_word, REQUEST_STATE_COUNT);

	if (state < 0)
		return ERR_BROKEN;
	return call->each(call->context, row_int(row, 0), (int)row_int(row, 1), (enum request_state)state);
}

enum err store_request_rules(struct store *store, int64_t matter, store_request_rule_fn *each, void *context,
	struct bh_err *reterr)
{
	struct rule_call call = {each, context};

	return RUN(store, STMT_REQUEST_RULES, give_rule, &call, reterr, V_INT(matter));
}

/* The closed ones that were breached leave their failure behind. */
static void keep_duties(struct matter *matter, const struct duties *duties)
{
	matter->duties = duties->items;
	matter->duty_capacity = duties->capacity;
	for (size_t i = 0; i < duties->count; i++)
		if (instant_is_none(duties->items[i].closed))
			matter->duties[matter->duty_count++] = duties->items[i];
		else
			matter_keep_failure(matter, &duties->items[i]);
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
		err = RUN(store, STMT_DUTY_OF_MATTER, push_duty_with_end, &duties, reterr, V_INT(id));
	if (err == ERR_OK)
		err = RUN(store, STMT_REQUEST_OF_MATTER, load_request, matter, reterr, V_INT(id));
	if (err == ERR_OK)
		err = RUN(store, STMT_DEED_OF_MATTER, load_deed, matter, reterr, V_INT(id));
	if (err == ERR_OK)
		err = followers_load(store, matter, reterr);
	if (err != ERR_OK)
		return name_failure(err, id, reterr);
	keep_duties(matter, &duties);
	*ret_matter = matter;
	return ERR_OK;
}
