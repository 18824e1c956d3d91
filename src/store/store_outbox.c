/* store_outbox.c: rows of what is told outside the house; see store_outbox.h. */
#include "store/store_outbox.h"
#include "store/store_lines.h"
#include "store/store_session.h"

static const char *const pace_names[] = {"none", "at_once", "daily"};
static const char *const what_names[] = {"notices", "code"};
static const char *const state_names[] = {"waiting", "going", "sent", "failed", "unclear", "void"};
static_assert(ARRAY_COUNT(pace_names) == PACE_COUNT && ARRAY_COUNT(what_names) == MESSAGE_WHAT_COUNT &&
		      ARRAY_COUNT(state_names) == MESSAGE_STATE_COUNT,
	"every kind has a name");

/* `count` when it is none of them. */
static size_t place_of(struct str text, const char *const *names, size_t count)
{
	size_t i = 0;

	while (i < count && !str_is(text, names[i]))
		i++;
	return i;
}

const char *pace_name(enum pace pace)
{
	REQUIRE((size_t)pace < PACE_COUNT);
	return pace_names[pace];
}

bool pace_parse(struct str text, enum pace *ret_pace)
{
	*ret_pace = (enum pace)place_of(text, pace_names, PACE_COUNT);
	return *ret_pace < PACE_COUNT;
}

const char *message_what_name(enum message_what what)
{
	REQUIRE((size_t)what < MESSAGE_WHAT_COUNT);
	return what_names[what];
}

const char *message_state_name(enum message_state state)
{
	REQUIRE((size_t)state < MESSAGE_STATE_COUNT);
	return state_names[state];
}

bool message_state_parse(struct str text, enum message_state *ret_state)
{
	*ret_state = (enum message_state)place_of(text, state_names, MESSAGE_STATE_COUNT);
	return *ret_state < MESSAGE_STATE_COUNT;
}

/* ---- how an account wants to be told ---- */

struct telling telling_default(int64_t account)
{
	return (struct telling){.account = account,
		.pace = PACE_NONE,
		.way = STR(TELLING_WAY_MAIL),
		.address = STR(""),
		.lang = STR("zh"),
		.daily_at = 8 * 60 + 30,
		.quiet_from = 21 * 60,
		.quiet_until = 7 * 60 + 30,
		.working_days = true,
		.wanted = STR(""),
		.asked = INSTANT_NONE};
}

static enum err line_of_telling(void *context, const struct row *row)
{
	struct list *list = context;
	struct telling *telling = LIST_PUSH(list, struct telling);

	*telling = (struct telling){
		.account = row_int(row, 0),
		.way = str_copy(list->arena, row_text(row, 2)),
		.address = str_copy(list->arena, row_text(row, 3)),
		.lang = str_copy(list->arena, row_text(row, 4)),
		.daily_at = (int)row_int(row, 5),
		.quiet_from = (int)row_int(row, 6),
		.quiet_until = (int)row_int(row, 7),
		.working_days = row_int(row, 8) != 0,
		.told = row_int(row, 9),
		.wanted = str_copy(list->arena, row_text(row, 10)),
		.asked = row_instant(row, 11),
		.tries = row_int(row, 12),
	};
	if (!pace_parse(row_text(row, 1), &telling->pace))
		telling->pace = PACE_NONE;
	return ERR_OK;
}

enum err store_telling_get(struct store *store, struct arena *arena, int64_t account,
	struct telling *ret_telling, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_TELLING_GET, line_of_telling, &list, reterr, V_INT(account)));
	*ret_telling = list.count > 0 ? *(struct telling *)list.items : telling_default(account);
	return ERR_OK;
}

enum err store_telling_list(struct store *store, struct arena *arena, struct telling **ret_tellings,
	size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN0(store, STMT_TELLING_OF_ALL, line_of_telling, &list, reterr));
	LIST_GIVE(list, ret_tellings, ret_count);
	return ERR_OK;
}

static bool is_minute(int minutes)
{
	return minutes >= 0 && minutes < 24 * 60;
}

enum err store_telling_put(struct store *store, const struct telling *telling, struct bh_err *reterr)
{
	if (!is_minute(telling->daily_at) || !is_minute(telling->quiet_from) ||
		!is_minute(telling->quiet_until))
		return err_set(reterr, ERR_RANGE, "time", "a day has 1440 minutes");
	if (!str_is(telling->lang, "zh") && !str_is(telling->lang, "en"))
		return err_set(reterr, ERR_INVALID, "lang", "say zh or en");
	if (telling->way.size == 0 || telling->way.size > TELLING_WAY_MAX)
		return err_set(reterr, ERR_INVALID, "way", "say mail, or the name of a hook");
	return RUN(store, STMT_TELLING_PUT, NULL, NULL, reterr, V_INT(telling->account),
		V_TEXT(str_from(pace_name(telling->pace))), V_TEXT(telling->way), V_TEXT(telling->lang),
		V_INT(telling->daily_at), V_INT(telling->quiet_from), V_INT(telling->quiet_until),
		V_INT(telling->working_days), V_INT(telling->told));
}

enum err store_telling_told(struct store *store, int64_t account, int64_t before, int64_t told,
	bool *ret_moved, struct bh_err *reterr)
{
	int64_t changes = store_changes(store);

	TRY(RUN(store, STMT_TELLING_TOLD, NULL, NULL, reterr, V_INT(account), V_INT(before), V_INT(told)));
	*ret_moved = store_changes(store) > changes;
	return ERR_OK;
}

enum err store_telling_want(
	struct store *store, int64_t account, struct str wanted, struct instant asked, struct bh_err *reterr)
{
	return RUN(store, STMT_TELLING_WANT, NULL, NULL, reterr, V_INT(account), V_TEXT(wanted),
		V_INSTANT(asked));
}

enum err store_telling_try(struct store *store, int64_t account, struct bh_err *reterr)
{
	return RUN(store, STMT_TELLING_TRY, NULL, NULL, reterr, V_INT(account));
}

enum err store_telling_prove(struct store *store, int64_t account, struct bh_err *reterr)
{
	return RUN(store, STMT_TELLING_PROVE, NULL, NULL, reterr, V_INT(account));
}

/* ---- messages ---- */

static enum err line_of_message(void *context, const struct row *row)
{
	struct list *list = context;
	struct message *message = LIST_PUSH(list, struct message);

	*message = (struct message){
		.id = row_int(row, 0),
		.account = row_int(row, 1),
		.what = (enum message_what)place_of(row_text(row, 2), what_names, MESSAGE_WHAT_COUNT),
		.way = str_copy(list->arena, row_text(row, 3)),
		.from = row_int(row, 4),
		.until = row_int(row, 5),
		.made = row_instant(row, 6),
		.next = row_instant(row, 7),
		.tries = row_int(row, 8),
		.state = (enum message_state)place_of(row_text(row, 9), state_names, MESSAGE_STATE_COUNT),
		.why = str_copy(list->arena, row_text(row, 10)),
		.why_zh = str_copy(list->arena, row_text(row, 11)),
		.done = row_instant(row, 12),
	};
	REQUIRE(message->what < MESSAGE_WHAT_COUNT && message->state < MESSAGE_STATE_COUNT);
	return ERR_OK;
}

enum err store_message_due(struct store *store, struct arena *arena, struct instant now, int64_t limit,
	struct message **ret_messages, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_MESSAGE_DUE, line_of_message, &list, reterr, V_INT(now.us), V_INT(limit)));
	LIST_GIVE(list, ret_messages, ret_count);
	return ERR_OK;
}

enum err store_message_get(struct store *store, struct arena *arena, int64_t id, struct message *ret_message,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_MESSAGE_GET, line_of_message, &list, reterr, V_INT(id)));
	if (list.count == 0)
		return err_set(reterr, ERR_NOT_FOUND, "message", "there is no such message");
	*ret_message = *(struct message *)list.items;
	return ERR_OK;
}

enum err store_message_list(struct store *store, struct arena *arena, enum message_state state, int64_t limit,
	struct message **ret_messages, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_MESSAGE_OF_STATE, line_of_message, &list, reterr,
		V_TEXT(str_from(message_state_name(state))), V_INT(limit)));
	LIST_GIVE(list, ret_messages, ret_count);
	return ERR_OK;
}

static enum err take_count(void *context, const struct row *row)
{
	int64_t *counts = context;
	enum message_state state;

	if (message_state_parse(row_text(row, 0), &state))
		counts[state] = row_int(row, 1);
	return ERR_OK;
}

enum err store_message_counts(struct store *store, int64_t counts[MESSAGE_STATE_COUNT], struct bh_err *reterr)
{
	for (size_t i = 0; i < MESSAGE_STATE_COUNT; i++)
		counts[i] = 0;
	return RUN0(store, STMT_MESSAGE_COUNT, take_count, counts, reterr);
}

static enum err take_time(void *context, const struct row *row)
{
	*(struct instant *)context = row_instant(row, 0);
	return ERR_OK;
}

enum err store_message_next(struct store *store, struct instant *ret_next, struct bh_err *reterr)
{
	*ret_next = INSTANT_NONE;
	return RUN0(store, STMT_MESSAGE_NEXT_TIME, take_time, ret_next, reterr);
}

enum err store_message_put(struct store *store, const struct message *message, struct bh_err *reterr)
{
	return RUN(store, STMT_MESSAGE_PUT, NULL, NULL, reterr, V_INT(message->account),
		V_TEXT(str_from(message_what_name(message->what))), V_TEXT(message->way),
		V_INT(message->from), V_INT(message->until), V_INT(message->made.us),
		V_INSTANT(message->next));
}

enum err store_message_add(struct store *store, const struct message *message, struct bh_err *reterr)
{
	int64_t changes = store_changes(store);

	TRY(RUN(store, STMT_MESSAGE_LENGTHEN, NULL, NULL, reterr, V_INT(message->account),
		V_INT(message->until), V_TEXT(message->way), V_INSTANT(message->next)));
	return store_changes(store) > changes ? ERR_OK : store_message_put(store, message, reterr);
}

enum err store_message_drop_codes(struct store *store, int64_t account, struct bh_err *reterr)
{
	return RUN(store, STMT_MESSAGE_DROP_CODES, NULL, NULL, reterr, V_INT(account));
}

enum err store_message_claim(struct store *store, int64_t id, bool *ret_mine, struct bh_err *reterr)
{
	int64_t changes = store_changes(store);

	TRY(RUN(store, STMT_MESSAGE_CLAIM, NULL, NULL, reterr, V_INT(id)));
	*ret_mine = store_changes(store) > changes;
	return ERR_OK;
}

enum err store_message_settle(struct store *store, const struct message *message, struct bh_err *reterr)
{
	return RUN(store, STMT_MESSAGE_SETTLE, NULL, NULL, reterr, V_INT(message->id),
		V_TEXT(str_from(message_state_name(message->state))), V_INSTANT(message->next),
		V_TEXT(message->why), V_TEXT(message->why_zh), V_INSTANT(message->done));
}

enum err store_message_drop_old(struct store *store, struct instant before, struct bh_err *reterr)
{
	return RUN(store, STMT_MESSAGE_DROP_OLD, NULL, NULL, reterr, V_INT(before.us));
}
