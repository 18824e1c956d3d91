/* gate_session.c: sessions and tokens: found, moved to a new id, listed, ended. */
#include "act/gate.h"

#include <string.h>

#define TOKEN_PREFIX "bihuan_" /* so that scanners of leaked secrets, and people, know one */

struct hash session_hash(struct str id)
{
	return hash_bytes(id.data, id.size);
}

static enum err unauthenticated(struct bh_err *reterr)
{
	return err_set(reterr, ERR_UNAUTHENTICATED, "session", "sign in, or sign in again: no live session");
}

/* ---- who is it ---- */

static enum err look_up(struct store *store, struct arena *arena, struct str id, struct instant now,
	struct seat *ret_seat, struct bh_err *reterr)
{
	struct hash hash = session_hash(id);
	struct seat seat;
	enum err err = id.size == AUTH_ID_SIZE ? store_session_get(store, arena, &hash, &seat.stored, reterr)
					       : ERR_NOT_FOUND;

	if (err == ERR_OK)
		err = store_account_get(store, arena, seat.stored.session.account, &seat.account, reterr);
	if (err == ERR_NOT_FOUND)
		return unauthenticated(reterr);
	if (err != ERR_OK)
		return err;
	if (session_judge(&seat.stored.session, &seat.account, now) != SESSION_LIVE)
		return unauthenticated(reterr);
	*ret_seat = seat;
	return ERR_OK;
}

enum err seat_find(struct gate_worker *worker, struct str id, struct seat *ret_seat, struct bh_err *reterr)
{
	return look_up(worker->store, worker->arena, id, gate_now(worker), ret_seat, reterr);
}

static struct auth_who who_sits(const struct seat *seat, struct instant now)
{
	return (struct auth_who){.account = seat->account.id,
		.person = seat->account.person,
		.admin = seat->account.admin,
		.needs = seat->stored.session.needs,
		.fresh = session_is_fresh(&seat->stored.session, now),
		.touch = now.us - seat->stored.session.seen.us >= SESSION_TOUCH_US};
}

enum err auth_strong(const struct auth_who *who, unsigned allowed, bool fresh, struct bh_err *reterr)
{
	if ((who->needs & ~allowed) != 0)
		return err_set(reterr, ERR_STEP_UP, "session",
			"first set a password of your own, and a second factor where one is asked for");
	if (fresh && !who->fresh)
		return err_set_both(reterr, ERR_STEP_UP, "session", err_meaning_zh(ERR_STEP_UP),
			err_meaning(ERR_STEP_UP));
	return ERR_OK;
}

enum err seat_find_fresh(struct gate_worker *worker, struct str id, unsigned allowed, struct seat *ret_seat,
	struct bh_err *reterr)
{
	TRY(seat_find(worker, id, ret_seat, reterr));
	struct auth_who who = who_sits(ret_seat, gate_now(worker));

	return auth_strong(&who, allowed, true, reterr);
}

enum err auth_by_session(struct store *reader, struct str id, struct instant now, struct auth_who *ret_who,
	struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct seat seat;
	enum err err = look_up(reader, arena, id, now, &seat, reterr);

	if (err == ERR_OK)
		*ret_who = who_sits(&seat, now);
	arena_free(arena);
	return err;
}

static enum err token_who(struct store *reader, struct arena *arena, struct str text, enum scope scope,
	struct instant now, struct auth_who *ret_who, struct bh_err *reterr)
{
	struct hash hash = hash_bytes(text.data, text.size);
	struct stored_token stored;
	struct account account;
	enum err err = store_token_get(reader, arena, &hash, &stored, reterr);

	if (err == ERR_OK)
		err = store_account_get(reader, arena, stored.token.account, &account, reterr);
	if (err == ERR_NOT_FOUND)
		return err_set(reterr, ERR_UNAUTHENTICATED, "token", "there is no such token");
	if (err != ERR_OK)
		return err;
	TRY(token_judge(&stored.token, &account, scope, now, reterr));
	*ret_who = (struct auth_who){.account = account.id,
		.person = account.person,
		.by_token = true,
		.token = stored.token.id,
		.touch = instant_is_none(stored.used) || now.us - stored.used.us >= SESSION_TOUCH_US,
		.scopes = stored.token.scopes};
	return ERR_OK;
}

enum err auth_by_token(struct store *reader, struct str text, enum scope scope, struct instant now,
	struct auth_who *ret_who, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = token_who(reader, arena, text, scope, now, ret_who, reterr);

	arena_free(arena);
	return err;
}

/* ---- a seat under another id ---- */

enum err seat_take(struct gate_worker *worker, const struct stored_session *session,
	struct auth_answer *answer, struct bh_err *reterr)
{
	uint8_t bytes[SESSION_ID_SIZE];
	struct stored_session stored = *session;

	gate_random(worker, bytes, sizeof bytes);
	struct str id = hex_print(worker->arena, bytes, sizeof bytes);

	static_assert(2 * SESSION_ID_SIZE == AUTH_ID_SIZE, "an id is its bytes in hex");
	stored.hash = session_hash(id);
	TRY(store_session_put(worker->store, &stored, reterr));
	memcpy(answer->session, id.data, id.size);
	answer->session[id.size] = '\0';
	answer->account = stored.session.account;
	answer->needs = stored.session.needs;
	return ERR_OK;
}

enum err seat_move(struct gate_worker *worker, const struct seat *old, unsigned needs,
	struct auth_answer *answer, struct bh_err *reterr)
{
	struct stored_session stored = old->stored;

	stored.session.seen = stored.session.proved = gate_now(worker);
	stored.session.needs = needs;
	TRY(store_session_drop(worker->store, &old->stored.hash, old->account.id, reterr));
	return seat_take(worker, &stored, answer, reterr);
}

/* ---- sessions ---- */

static enum err drop_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct seat *seat = context;

	(void)keep;
	return store_session_drop(worker->store, &seat->stored.hash, seat->account.id, reterr);
}

enum err gate_sign_out(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;

	(void)answer;
	TRY(seat_find(worker, ask->session, &seat, reterr));
	return gate_transaction(worker, drop_body, &seat, reterr);
}

static enum err seen_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct seat *seat = context;

	(void)keep;
	return store_session_see(worker->store, &seat->stored.hash, gate_now(worker), reterr);
}

static enum err used_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const int64_t *token = context;

	(void)keep;
	return store_token_use(worker->store, *token, gate_now(worker), reterr);
}

enum err gate_seen(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	int64_t token = ask->id;

	(void)answer;
	if (ask->session.size == 0 && token != 0)
		return gate_transaction(worker, used_body, &token, reterr);
	TRY(seat_find(worker, ask->session, &seat, reterr));
	return gate_transaction(worker, seen_body, &seat, reterr);
}

static void print_handle(struct arena *arena, const struct hash *hash, char handle[AUTH_HANDLE_SIZE + 1])
{
	memcpy(handle, hex_print(arena, hash->bytes, AUTH_HANDLE_SIZE / 2).data, AUTH_HANDLE_SIZE);
	handle[AUTH_HANDLE_SIZE] = '\0';
}

enum err gate_session_end(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct stored_session *sessions;
	size_t count;
	char handle[AUTH_HANDLE_SIZE + 1];

	(void)answer;
	TRY(seat_find(worker, ask->session, &seat, reterr));
	TRY(store_session_list(worker->store, worker->arena, seat.account.id, &sessions, &count, reterr));
	for (size_t i = 0; i < count; i++) {
		print_handle(worker->arena, &sessions[i].hash, handle);
		if (!str_is(ask->which, handle))
			continue;
		seat.stored = sessions[i];
		return gate_transaction(worker, drop_body, &seat, reterr);
	}
	return err_set(reterr, ERR_NOT_FOUND, "session", "you have no such session");
}

enum err auth_sessions(struct store *reader, struct arena *arena, int64_t account, struct str present,
	struct instant now, struct auth_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct stored_session *sessions;
	struct account row;
	struct hash hash = session_hash(present);
	size_t count, live = 0;

	TRY(store_account_get(reader, arena, account, &row, reterr));
	TRY(store_session_list(reader, arena, account, &sessions, &count, reterr));
	struct auth_line *lines = ARENA_TAKE(arena, count + 1, struct auth_line);

	for (size_t i = 0; i < count; i++) {
		if (session_judge(&sessions[i].session, &row, now) != SESSION_LIVE)
			continue;
		lines[live] = (struct auth_line){.session = sessions[i].session,
			.address = sessions[i].address,
			.agent = sessions[i].agent,
			.present = hash_equal(&hash, &sessions[i].hash)};
		print_handle(arena, &sessions[i].hash, lines[live++].handle);
	}
	*ret_lines = lines;
	*ret_count = live;
	return ERR_OK;
}

/* ---- tokens ---- */

struct new_token {
	struct token token;
	struct hash hash;
	int64_t id;
};

static enum err token_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct new_token *new_token = context;

	(void)keep;
	return store_token_put(worker->store, &new_token->token, &new_token->hash, &new_token->id, reterr);
}

enum err gate_token_make(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct new_token new_token = {.token = ask->token};
	uint8_t bytes[SESSION_ID_SIZE];

	TRY(seat_find_fresh(worker, ask->session, 0, &seat, reterr));
	new_token.token.account = seat.account.id;
	new_token.token.made = gate_now(worker);
	TRY(token_may(&new_token.token, &seat.account, new_token.token.made, reterr));
	gate_random(worker, bytes, sizeof bytes);
	struct str text = str_format(
		worker->arena, TOKEN_PREFIX "%.*s", STR_ARG(hex_print(worker->arena, bytes, sizeof bytes)));

	new_token.hash = hash_bytes(text.data, text.size);
	TRY(gate_transaction(worker, token_body, &new_token, reterr));
	REQUIRE(text.size < sizeof answer->text);
	memcpy(answer->text, text.data, text.size + 1);
	answer->account = seat.account.id;
	answer->id = new_token.id;
	return ERR_OK;
}

struct token_name {
	int64_t id, account;
};

static enum err token_end_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct token_name *name = context;

	(void)keep;
	return store_token_drop(worker->store, name->id, name->account, reterr);
}

enum err gate_token_end(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;

	(void)answer;
	TRY(seat_find(worker, ask->session, &seat, reterr));
	struct token_name name = {ask->id, seat.account.id};

	return gate_transaction(worker, token_end_body, &name, reterr);
}

enum err auth_tokens(struct store *reader, struct arena *arena, int64_t account,
	struct auth_token_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct stored_token *tokens;

	TRY(store_token_list(reader, arena, account, &tokens, ret_count, reterr));
	struct auth_token_line *lines = ARENA_TAKE(arena, *ret_count + 1, struct auth_token_line);

	for (size_t i = 0; i < *ret_count; i++)
		lines[i] = (struct auth_token_line){tokens[i].token, tokens[i].used};
	*ret_lines = lines;
	return ERR_OK;
}

/* ---- for administrators ---- */

static enum err standing_of(struct store *reader, struct arena *arena, int64_t account, struct instant now,
	struct auth_standing *standing, struct bh_err *reterr)
{
	struct credential credential;
	struct second_factor factor;
	struct lock lock;
	enum err err = store_credential_get(reader, arena, account, &credential, reterr);

	*standing = (struct auth_standing){
		.password = err == ERR_OK, .one_time = err == ERR_OK && credential.one_time};
	if (err != ERR_NOT_FOUND)
		TRY(err);
	err = store_totp_get(reader, arena, account, &factor, reterr);
	standing->totp = err == ERR_OK && factor.confirmed;
	if (err != ERR_NOT_FOUND)
		TRY(err);
	TRY(store_recovery_left(reader, account, &standing->recovery_left, reterr));
	TRY(store_lock_get(reader, account, &lock, reterr));
	standing->locked_until = lock_holds(&lock, now) ? lock.until : INSTANT_NONE;
	return ERR_OK;
}

enum err auth_standing(struct store *reader, int64_t account, struct instant now,
	struct auth_standing *ret_standing, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = standing_of(reader, arena, account, now, ret_standing, reterr);

	arena_free(arena);
	return err;
}

enum err auth_tries(struct store *reader, struct arena *arena, int64_t account, int64_t before, int64_t limit,
	struct auth_try **ret_tries, size_t *ret_count, struct bh_err *reterr)
{
	struct tried *tried;

	TRY(store_tried_list(reader, arena, account, before, limit, &tried, ret_count, reterr));
	struct auth_try *tries = ARENA_TAKE(arena, *ret_count + 1, struct auth_try);

	for (size_t i = 0; i < *ret_count; i++)
		tries[i] = (struct auth_try){
			tried[i].id, tried[i].time, tried[i].account, tried[i].reason, tried[i].address};
	*ret_tries = tries;
	return ERR_OK;
}
