/* store_record.c: the record of results: what became of duties, and what others have verified. */
#include "store/store_driver.h"

#define FAR_AWAY (INT64_C(1) << 60) /* microseconds; beyond every recorded instant */

/* Of everybody, or of one person, who is then the last of what is bound. */
static size_t bind_ask(struct value values[5], struct arena *arena, const struct record_ask *ask)
{
	values[0] = value_viewer(ask->viewer);
	values[1] = value_viewer_today(arena, ask->viewer);
	values[2] = V_INT(ask->from.us);
	values[3] = V_INT(ask->until.us);
	values[4] = V_INT(ask->person);
	return ask->person == 0 ? 4 : 5;
}

struct instant record_from(struct day from, int offset_minutes)
{
	return day_is_none(from) ? (struct instant){-FAR_AWAY} : day_start(from, offset_minutes);
}

struct instant record_until(struct day to, int offset_minutes)
{
	return day_is_none(to) ? (struct instant){FAR_AWAY} : day_end(to, offset_minutes);
}

struct record_ask record_due(const struct record_ask *ask)
{
	struct record_ask due = *ask;

	due.from.us++;
	due.until.us++;
	return due;
}

struct gathering {
	struct list list;
	const struct record_ask *ask;
};

static enum fate fate_of(const struct row *row, int state, int breached)
{
	if (row_int(row, breached) == 0)
		return FATE_IN_TIME;
	if (str_is(row_text(row, state), duty_state_name(DUTY_DONE)))
		return FATE_LATE;
	return str_is(row_text(row, state), duty_state_name(DUTY_OPEN)) ||
			       str_is(row_text(row, state), duty_state_name(DUTY_PAUSED))
		       ? FATE_OWED
		       : FATE_FAILED;
}

static enum err push_settled(void *context, const struct row *row)
{
	struct gathering *gathering = context;
	struct list *list = &gathering->list;
	int offset = gathering->ask->offset_minutes;
	struct settled settled = {
		.matter = row_int(row, 0),
		.duty = row_int(row, 1),
		.definition = row_int(row, 2),
		.unit = row_int(row, 3),
		.post = row_int(row, 4),
		.person = row_int(row, 5),
		.rule = (int)row_int(row, 6),
		.kind = str_copy(list->arena, row_text(row, 7)),
		.name = str_copy(list->arena, row_text(row, 8)),
		.number = str_copy(list->arena, row_text(row, 9)),
		.title = str_copy(list->arena, row_text(row, 10)),
		.due = instant_day((struct instant){row_int(row, 11) - 1}, offset),
		.done = INSTANT_NONE,
		.fate = fate_of(row, 13, 14),
	};

	settled.day = settled.due;
	if (settled.fate == FATE_IN_TIME || settled.fate == FATE_LATE)
		settled.done = row_instant(row, 12);
	if (settled.fate == FATE_IN_TIME)
		settled.day = instant_day(settled.done, offset);
	*LIST_PUSH(list, struct settled) = settled;
	return ERR_OK;
}

enum err store_settled_list(struct store *store, struct arena *arena, const struct record_ask *ask,
	struct settled **ret_settled, size_t *ret_count, struct bh_err *reterr)
{
	struct gathering gathering = {.list = {.arena = arena}, .ask = ask};
	struct value values[5];
	size_t bound = bind_ask(values, arena, ask);

	TRY(driver_run(store, ask->person == 0 ? STMT_SETTLED_LIST : STMT_SETTLED_OF_PERSON, values, bound,
		push_settled, &gathering, reterr));
	LIST_GIVE(gathering.list, ret_settled, ret_count);
	return ERR_OK;
}

static enum err push_verified(void *context, const struct row *row)
{
	struct gathering *gathering = context;
	const struct record_ask *ask = gathering->ask;
	struct list *list = &gathering->list;
	const struct procedure *procedure = ask->procedure(ask->context, row_int(row, 1));
	int action = procedure == NULL ? -1 : procedure_action(procedure, row_text(row, 4));

	if (action < 0 || !deed_is_verified(procedure, action))
		return ERR_OK;
	*LIST_PUSH(list, struct verified) = (struct verified){
		.matter = row_int(row, 0),
		.definition = row_int(row, 1),
		.unit = row_int(row, 2),
		.person = row_int(row, 3),
		.action = action,
		.number = str_copy(list->arena, row_text(row, 5)),
		.title = str_copy(list->arena, row_text(row, 6)),
		.ended = row_instant(row, 7),
	};
	return ERR_OK;
}

enum err store_verified_list(struct store *store, struct arena *arena, const struct record_ask *ask,
	struct verified **ret_verified, size_t *ret_count, struct bh_err *reterr)
{
	struct gathering gathering = {.list = {.arena = arena}, .ask = ask};
	struct value values[5];
	size_t bound = bind_ask(values, arena, ask);

	TRY(driver_run(store, ask->person == 0 ? STMT_VERIFIED_LIST : STMT_VERIFIED_OF_PERSON, values, bound,
		push_verified, &gathering, reterr));
	LIST_GIVE(gathering.list, ret_verified, ret_count);
	return ERR_OK;
}

/* ---- units ---- */

static enum err push_undertaken(void *context, const struct row *row)
{
	struct list *list = &((struct gathering *)context)->list;

	*LIST_PUSH(list, struct undertaken) = (struct undertaken){
		.matter = row_int(row, 0),
		.unit = row_int(row, 1),
		.number = str_copy(list->arena, row_text(row, 2)),
		.title = str_copy(list->arena, row_text(row, 3)),
		.procedure = str_copy(list->arena, row_text(row, 4)),
		.ended = row_instant(row, 5),
		.closed = str_is(row_text(row, 6), "success"),
	};
	return ERR_OK;
}

enum err store_undertaken_list(struct store *store, struct arena *arena, const struct record_ask *ask,
	struct undertaken **ret_undertaken, size_t *ret_count, struct bh_err *reterr)
{
	struct gathering gathering = {.list = {.arena = arena}, .ask = ask};
	struct value values[5];

	(void)bind_ask(values, arena, ask);
	TRY(driver_run(store, STMT_UNDERTAKEN_LIST, values, 4, push_undertaken, &gathering, reterr));
	LIST_GIVE(gathering.list, ret_undertaken, ret_count);
	return ERR_OK;
}

struct behind {
	struct arena *arena;
	int64_t duty, index;
	struct instant time;
};

/* Does the event close this duty? */
static bool closes(const struct doc *said, int64_t duty)
{
	const struct doc *list = doc_get(said, "closes");

	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (doc_get_int(&list->items[i], "id", 0) == duty)
			return true;
	return false;
}

/* In a compartment the payload alone says what the act was. */
static bool is_breach_of(struct str kind, const struct doc *said, int64_t duty)
{
	struct str breach = str_from(event_wire(EVENT_DUTY_BREACHED));

	return (str_equal(kind, breach) || str_equal(doc_get_text(said, "act"), breach)) &&
	       doc_get_int(said, "duty", 0) == duty;
}

/* The last that fits: a duty whose day was moved may be breached once more, and several events may have the
 * same time. */
static enum err take_event(void *context, const struct row *row)
{
	struct behind *behind = context;
	struct doc *said;
	bool fits;

	if (behind->duty == 0)
		fits = row_int(row, 3) == behind->time.us;
	else if (doc_read_canonical(behind->arena, str_copy(behind->arena, row_blob(row, 2)), &said, NULL) !=
		 ERR_OK)
		fits = false;
	else if (instant_is_none(behind->time))
		fits = is_breach_of(row_text(row, 1), said, behind->duty);
	else
		fits = closes(said, behind->duty);
	if (fits)
		behind->index = row_int(row, 0);
	return ERR_OK;
}

enum err store_event_behind(struct store *store, struct arena *arena, int64_t matter, int64_t duty,
	struct instant time, int64_t *ret_index, struct bh_err *reterr)
{
	struct behind behind = {.arena = arena, .duty = duty, .index = -1, .time = time};

	TRY(RUN(store, STMT_EVENTS_SAID, take_event, &behind, reterr,
		V_TEXT(str_format(arena, "m%lld", (long long)matter))));
	*ret_index = behind.index;
	return ERR_OK;
}
