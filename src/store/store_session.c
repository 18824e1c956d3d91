/* store_session.c: rows of secrets and sessions; see store_session.h. */
#include "store/store_session.h"
#include "store/store_driver.h"

#include <string.h>

#define V_HASH(hash) V_BLOB((hash)->bytes, HASH_SIZE)

static struct hash row_hash(const struct row *row, int column)
{
	struct hash hash = {0};
	struct str bytes = row_blob(row, column);

	if (bytes.size == HASH_SIZE)
		memcpy(hash.bytes, bytes.data, HASH_SIZE);
	return hash;
}

/* ---- one number ---- */

static enum err take_number(void *context, const struct row *row)
{
	*(int64_t *)context = row_int(row, 0);
	return ERR_OK;
}

/* ---- credentials ---- */

struct credential_call {
	struct arena *arena;
	struct credential credential;
	bool found;
};

static enum err take_credential(void *context, const struct row *row)
{
	struct credential_call *call = context;

	call->found = true;
	call->credential = (struct credential){
		.hash = str_copy(call->arena, row_text(row, 0)),
		.set = row_instant(row, 1),
		.one_time = row_int(row, 2) != 0,
		.ends = row_instant(row, 3),
		.second_half = str_copy(call->arena, row_blob(row, 4)),
	};
	return ERR_OK;
}

enum err store_credential_get(struct store *store, struct arena *arena, int64_t account,
	struct credential *ret_credential, struct bh_err *reterr)
{
	struct credential_call call = {.arena = arena};

	TRY(RUN(store, STMT_CREDENTIAL_GET, take_credential, &call, reterr, V_INT(account)));
	if (!call.found)
		return ERR_NOT_FOUND;
	*ret_credential = call.credential;
	return ERR_OK;
}

enum err store_credential_put(
	struct store *store, int64_t account, const struct credential *credential, struct bh_err *reterr)
{
	return RUN(store, STMT_CREDENTIAL_PUT, NULL, NULL, reterr, V_INT(account), V_TEXT(credential->hash),
		V_INT(credential->set.us), V_INT(credential->one_time), V_INSTANT(credential->ends),
		credential->second_half.size > 0
			? V_BLOB(credential->second_half.data, credential->second_half.size)
			: V_NULL);
}

enum err store_credential_release(
	struct store *store, int64_t account, struct instant ends, struct bh_err *reterr)
{
	return RUN(store, STMT_CREDENTIAL_RELEASE, NULL, NULL, reterr, V_INT(account), V_INT(ends.us));
}

enum err store_credential_rehash(
	struct store *store, int64_t account, struct str from, struct str to, struct bh_err *reterr)
{
	return RUN(
		store, STMT_CREDENTIAL_REHASH, NULL, NULL, reterr, V_INT(account), V_TEXT(from), V_TEXT(to));
}

struct texts {
	struct arena *arena;
	struct str *items;
	size_t count, capacity;
};

static enum err push_text(void *context, const struct row *row)
{
	struct texts *texts = context;

	*ARENA_PUSH(texts->arena, texts->items, texts->count, texts->capacity) =
		str_copy(texts->arena, row_text(row, 0));
	return ERR_OK;
}

enum err store_credential_past(struct store *store, struct arena *arena, int64_t account,
	struct str **ret_hashes, size_t *ret_count, struct bh_err *reterr)
{
	struct texts texts = {.arena = arena};

	TRY(RUN(store, STMT_CREDENTIAL_PAST_ALL, push_text, &texts, reterr, V_INT(account)));
	*ret_hashes = texts.items;
	*ret_count = texts.count;
	return ERR_OK;
}

enum err store_credential_past_put(struct store *store, int64_t account, const struct credential *credential,
	size_t keep, struct bh_err *reterr)
{
	TRY(RUN(store, STMT_CREDENTIAL_PAST_PUT, NULL, NULL, reterr, V_INT(account),
		V_INT(credential->set.us), V_TEXT(credential->hash)));
	return RUN(
		store, STMT_CREDENTIAL_PAST_TRIM, NULL, NULL, reterr, V_INT(account), V_INT((int64_t)keep));
}

/* ---- the second factor ---- */

struct factor_call {
	struct arena *arena;
	struct second_factor factor;
	bool found;
};

static enum err take_factor(void *context, const struct row *row)
{
	struct factor_call *call = context;

	call->found = true;
	call->factor = (struct second_factor){.sealed = str_copy(call->arena, row_blob(row, 0)),
		.confirmed = !row_is_null(row, 1),
		.last_step = row_int(row, 2)};
	return ERR_OK;
}

enum err store_totp_get(struct store *store, struct arena *arena, int64_t account,
	struct second_factor *ret_factor, struct bh_err *reterr)
{
	struct factor_call call = {.arena = arena};

	TRY(RUN(store, STMT_TOTP_GET, take_factor, &call, reterr, V_INT(account)));
	if (!call.found)
		return ERR_NOT_FOUND;
	*ret_factor = call.factor;
	return ERR_OK;
}

enum err store_totp_put(struct store *store, int64_t account, struct str sealed, struct bh_err *reterr)
{
	return RUN(store, STMT_TOTP_PUT, NULL, NULL, reterr, V_INT(account), V_BLOB(sealed.data, sealed.size),
		V_NULL, V_INT(0));
}

enum err store_totp_step(
	struct store *store, int64_t account, int64_t step, struct instant now, struct bh_err *reterr)
{
	return RUN(store, STMT_TOTP_STEP, NULL, NULL, reterr, V_INT(account), V_INT(step), V_INT(now.us));
}

enum err store_totp_drop(struct store *store, int64_t account, struct bh_err *reterr)
{
	return RUN(store, STMT_TOTP_DROP, NULL, NULL, reterr, V_INT(account));
}

/* ---- recovery codes ---- */

enum err store_recovery_put(
	struct store *store, int64_t account, const struct hash *hashes, size_t count, struct bh_err *reterr)
{
	TRY(RUN(store, STMT_RECOVERY_CODE_DROP, NULL, NULL, reterr, V_INT(account)));
	for (size_t i = 0; i < count; i++)
		TRY(RUN(store, STMT_RECOVERY_CODE_PUT, NULL, NULL, reterr, V_INT(account),
			V_HASH(&hashes[i])));
	return ERR_OK;
}

enum err store_recovery_is_good(
	struct store *store, int64_t account, const struct hash *hash, bool *ret_good, struct bh_err *reterr)
{
	int64_t count = 0;

	TRY(RUN(store, STMT_RECOVERY_CODE_UNUSED, take_number, &count, reterr, V_INT(account), V_HASH(hash)));
	*ret_good = count > 0;
	return ERR_OK;
}

enum err store_recovery_use(struct store *store, int64_t account, const struct hash *hash, struct instant now,
	struct bh_err *reterr)
{
	return RUN(store, STMT_RECOVERY_CODE_USE, NULL, NULL, reterr, V_INT(account), V_HASH(hash),
		V_INT(now.us));
}

enum err store_recovery_left(struct store *store, int64_t account, int64_t *ret_left, struct bh_err *reterr)
{
	*ret_left = 0;
	return RUN(store, STMT_RECOVERY_CODE_LEFT, take_number, ret_left, reterr, V_INT(account));
}

/* ---- the lock ---- */

static enum err take_lock_row(void *context, const struct row *row)
{
	struct lock *lock = context;
	struct str failures = row_text(row, 0), one;
	int64_t us;

	while (lock->count < LOCK_FAILURES_MAX && str_cut(&failures, ' ', &one))
		if (str_to_int(one, &us))
			lock->failures[lock->count++] = (struct instant){us};
	lock->until = row_instant(row, 1);
	return ERR_OK;
}

enum err store_lock_get(struct store *store, int64_t account, struct lock *ret_lock, struct bh_err *reterr)
{
	struct lock lock = {.until = INSTANT_NONE};

	TRY(RUN(store, STMT_SIGN_IN_LOCK_GET, take_lock_row, &lock, reterr, V_INT(account)));
	*ret_lock = lock;
	return ERR_OK;
}

enum err store_lock_put(struct store *store, int64_t account, const struct lock *lock, struct bh_err *reterr)
{
	if (lock->count == 0 && instant_is_none(lock->until))
		return RUN(store, STMT_SIGN_IN_LOCK_DROP, NULL, NULL, reterr, V_INT(account));
	struct arena *arena = arena_new();
	struct buf failures = buf_new(arena);

	for (size_t i = 0; i < lock->count; i++)
		buf_format(&failures, "%s%lld", i > 0 ? " " : "", (long long)lock->failures[i].us);
	enum err err = RUN(store, STMT_SIGN_IN_LOCK_PUT, NULL, NULL, reterr, V_INT(account),
		V_TEXT(buf_str(&failures)), V_INSTANT(lock->until));

	arena_free(arena);
	return err;
}

/* ---- sessions ---- */

enum err store_session_put(struct store *store, const struct stored_session *session, struct bh_err *reterr)
{
	const struct session *row = &session->session;

	return RUN(store, STMT_SESSION_PUT, NULL, NULL, reterr, V_HASH(&session->hash), V_INT(row->account),
		V_INT(row->made.us), V_INT(row->seen.us), V_INT(row->proved.us), V_INT(row->needs),
		V_TEXT(session->address), V_TEXT(session->agent));
}

struct sessions {
	struct arena *arena;
	struct stored_session *items;
	size_t count, capacity;
};

static enum err push_session(void *context, const struct row *row)
{
	struct sessions *sessions = context;

	*ARENA_PUSH(sessions->arena, sessions->items, sessions->count, sessions->capacity) =
		(struct stored_session){
			.hash = row_hash(row, 0),
			.session = {.account = row_int(row, 1),
				.made = row_instant(row, 2),
				.seen = row_instant(row, 3),
				.proved = row_instant(row, 4),
				.needs = (unsigned)row_int(row, 5)},
			.address = str_copy(sessions->arena, row_text(row, 6)),
			.agent = str_copy(sessions->arena, row_text(row, 7)),
		};
	return ERR_OK;
}

enum err store_session_get(struct store *store, struct arena *arena, const struct hash *hash,
	struct stored_session *ret_session, struct bh_err *reterr)
{
	struct sessions sessions = {.arena = arena};

	TRY(RUN(store, STMT_SESSION_GET, push_session, &sessions, reterr, V_HASH(hash)));
	if (sessions.count == 0)
		return ERR_NOT_FOUND;
	*ret_session = sessions.items[0];
	return ERR_OK;
}

enum err store_session_list(struct store *store, struct arena *arena, int64_t account,
	struct stored_session **ret_sessions, size_t *ret_count, struct bh_err *reterr)
{
	struct sessions sessions = {.arena = arena};

	TRY(RUN(store, STMT_SESSION_OF_ACCOUNT, push_session, &sessions, reterr, V_INT(account)));
	*ret_sessions = sessions.items;
	*ret_count = sessions.count;
	return ERR_OK;
}

enum err store_session_see(
	struct store *store, const struct hash *hash, struct instant seen, struct bh_err *reterr)
{
	return RUN(store, STMT_SESSION_SEE, NULL, NULL, reterr, V_HASH(hash), V_INT(seen.us));
}

enum err store_session_drop(
	struct store *store, const struct hash *hash, int64_t account, struct bh_err *reterr)
{
	return RUN(store, STMT_SESSION_DROP, NULL, NULL, reterr, V_HASH(hash), V_INT(account));
}

enum err store_session_drop_all(
	struct store *store, int64_t account, const struct hash *but, struct bh_err *reterr)
{
	return RUN(store, STMT_SESSION_DROP_OF_ACCOUNT, NULL, NULL, reterr, V_INT(account),
		but != NULL ? V_HASH(but) : V_BLOB("", 0));
}

enum err store_session_sweep(struct store *store, struct instant made_before, struct instant seen_before,
	struct instant tried_before, struct bh_err *reterr)
{
	TRY(RUN(store, STMT_SESSION_DROP_OLD, NULL, NULL, reterr, V_INT(made_before.us),
		V_INT(seen_before.us)));
	return RUN(store, STMT_SIGN_IN_DROP_OLD, NULL, NULL, reterr, V_INT(tried_before.us));
}

/* ---- tokens ---- */

enum err store_token_put(struct store *store, const struct token *token, const struct hash *hash,
	int64_t *ret_id, struct bh_err *reterr)
{
	int64_t id = 0;

	TRY(RUN0(store, STMT_API_TOKEN_NEXT, take_number, &id, reterr));
	TRY(RUN(store, STMT_API_TOKEN_PUT, NULL, NULL, reterr, V_INT(id), V_INT(token->account), V_HASH(hash),
		V_TEXT(token->name), V_INT(token->scopes), V_INT(token->made.us), V_INT(token->ends.us)));
	*ret_id = id;
	return ERR_OK;
}

struct tokens {
	struct arena *arena;
	struct stored_token *items;
	size_t count, capacity;
};

static enum err push_token(void *context, const struct row *row)
{
	struct tokens *tokens = context;

	*ARENA_PUSH(tokens->arena, tokens->items, tokens->count, tokens->capacity) = (struct stored_token){
		.token = {.id = row_int(row, 0),
			.account = row_int(row, 1),
			.name = str_copy(tokens->arena, row_text(row, 2)),
			.scopes = (unsigned)row_int(row, 3),
			.made = row_instant(row, 4),
			.ends = row_instant(row, 5)},
		.used = row_instant(row, 6),
	};
	return ERR_OK;
}

enum err store_token_get(struct store *store, struct arena *arena, const struct hash *hash,
	struct stored_token *ret_token, struct bh_err *reterr)
{
	struct tokens tokens = {.arena = arena};

	TRY(RUN(store, STMT_API_TOKEN_GET, push_token, &tokens, reterr, V_HASH(hash)));
	if (tokens.count == 0)
		return ERR_NOT_FOUND;
	*ret_token = tokens.items[0];
	return ERR_OK;
}

enum err store_token_list(struct store *store, struct arena *arena, int64_t account,
	struct stored_token **ret_tokens, size_t *ret_count, struct bh_err *reterr)
{
	struct tokens tokens = {.arena = arena};

	TRY(RUN(store, STMT_API_TOKEN_OF_ACCOUNT, push_token, &tokens, reterr, V_INT(account)));
	*ret_tokens = tokens.items;
	*ret_count = tokens.count;
	return ERR_OK;
}

enum err store_token_use(struct store *store, int64_t id, struct instant now, struct bh_err *reterr)
{
	return RUN(store, STMT_API_TOKEN_USE, NULL, NULL, reterr, V_INT(id), V_INT(now.us));
}

enum err store_token_drop(struct store *store, int64_t id, int64_t account, struct bh_err *reterr)
{
	return RUN(store, STMT_API_TOKEN_DROP, NULL, NULL, reterr, V_INT(id), V_INT(account));
}

enum err store_token_drop_all(struct store *store, int64_t account, struct bh_err *reterr)
{
	return RUN(store, STMT_API_TOKEN_DROP_OF_ACCOUNT, NULL, NULL, reterr, V_INT(account));
}

/* ---- attempts ---- */

enum err store_tried_put(struct store *store, const struct tried *tried, struct bh_err *reterr)
{
	return RUN(store, STMT_SIGN_IN_PUT, NULL, NULL, reterr, V_INT(tried->time.us), V_ID(tried->account),
		V_TEXT(tried->reason), V_TEXT(tried->address));
}

struct attempts {
	struct arena *arena;
	struct tried *items;
	size_t count, capacity;
};

static enum err push_tried(void *context, const struct row *row)
{
	struct attempts *attempts = context;

	*ARENA_PUSH(attempts->arena, attempts->items, attempts->count, attempts->capacity) = (struct tried){
		.time = row_instant(row, 0),
		.account = row_int(row, 1),
		.reason = str_copy(attempts->arena, row_text(row, 2)),
		.address = str_copy(attempts->arena, row_text(row, 3)),
		.id = row_int(row, 4),
	};
	return ERR_OK;
}

enum err store_tried_list(struct store *store, struct arena *arena, int64_t account, int64_t before,
	int64_t limit, struct tried **ret_tried, size_t *ret_count, struct bh_err *reterr)
{
	struct attempts attempts = {.arena = arena};

	if (account != 0)
		TRY(RUN(store, STMT_SIGN_IN_OF_ACCOUNT, push_tried, &attempts, reterr, V_INT(account),
			V_INT(before), V_INT(limit)));
	else
		TRY(RUN(store, STMT_SIGN_IN_NEWEST, push_tried, &attempts, reterr, V_INT(before),
			V_INT(limit)));
	*ret_tried = attempts.items;
	*ret_count = attempts.count;
	return ERR_OK;
}

enum err store_person_name(
	struct store *store, struct arena *arena, int64_t person, struct str *ret_name, struct bh_err *reterr)
{
	struct texts texts = {.arena = arena};

	TRY(RUN(store, STMT_PERSON_NAME, push_text, &texts, reterr, V_INT(person)));
	*ret_name = texts.count > 0 ? texts.items[0] : STR_NONE;
	return ERR_OK;
}
