/* store_session.h: secrets and sessions. Included by act/ alone.
 *
 * None of it is an event, and nothing of it can be rebuilt. It is written on a connection opened with
 * STORE_SESSION, in short transactions of its own beside the writer's: SQLite lets one write at a time, and
 * the other waits its turn. What is read is copied into the arena. */
#ifndef STORE_STORE_SESSION_H
#define STORE_STORE_SESSION_H

#include "store/store_outbox.h"
#include "store/store_write.h"

struct credential {
	struct str hash; /* Argon2id */
	struct instant set;
	bool one_time;
	struct instant ends;    /* of a one-time password; INSTANT_NONE while it waits, or else */
	struct str second_half; /* sealed; "" once released */
};
/* ERR_NOT_FOUND without reterr: there is none. */
MUST_CHECK enum err store_credential_get(struct store *store, struct arena *arena, int64_t account,
	struct credential *ret_credential, struct bh_err *reterr);
MUST_CHECK enum err store_credential_put(
	struct store *store, int64_t account, const struct credential *credential, struct bh_err *reterr);
/* The second half was handed out: the one-time password is good until then. */
MUST_CHECK enum err store_credential_release(
	struct store *store, int64_t account, struct instant ends, struct bh_err *reterr);
/* The same password at another cost; nothing when it was changed meanwhile. */
MUST_CHECK enum err store_credential_rehash(
	struct store *store, int64_t account, struct str from, struct str to, struct bh_err *reterr);
/* Past ones, the newest first. */
MUST_CHECK enum err store_credential_past(struct store *store, struct arena *arena, int64_t account,
	struct str **ret_hashes, size_t *ret_count, struct bh_err *reterr);
/* Keep one more, and the newest `keep` of all. */
MUST_CHECK enum err store_credential_past_put(struct store *store, int64_t account,
	const struct credential *credential, size_t keep, struct bh_err *reterr);

struct second_factor {
	struct str sealed;
	bool confirmed;
	int64_t last_step;
};
/* ERR_NOT_FOUND without reterr: there is none. */
MUST_CHECK enum err store_totp_get(struct store *store, struct arena *arena, int64_t account,
	struct second_factor *ret_factor, struct bh_err *reterr);
/* A new one, not confirmed. */
MUST_CHECK enum err store_totp_put(
	struct store *store, int64_t account, struct str sealed, struct bh_err *reterr);
/* A code of this step was taken; the first one confirms. */
MUST_CHECK enum err store_totp_step(
	struct store *store, int64_t account, int64_t step, struct instant now, struct bh_err *reterr);
MUST_CHECK enum err store_totp_drop(struct store *store, int64_t account, struct bh_err *reterr);

/* Put new codes in the place of all old ones. */
MUST_CHECK enum err store_recovery_put(
	struct store *store, int64_t account, const struct hash *hashes, size_t count, struct bh_err *reterr);
MUST_CHECK enum err store_recovery_is_good(
	struct store *store, int64_t account, const struct hash *hash, bool *ret_good, struct bh_err *reterr);
MUST_CHECK enum err store_recovery_use(struct store *store, int64_t account, const struct hash *hash,
	struct instant now, struct bh_err *reterr);
MUST_CHECK enum err store_recovery_left(
	struct store *store, int64_t account, int64_t *ret_left, struct bh_err *reterr);

/* Failures that still count, and a lock; open when there is no row. */
MUST_CHECK enum err store_lock_get(
	struct store *store, int64_t account, struct lock *ret_lock, struct bh_err *reterr);
MUST_CHECK enum err store_lock_put(
	struct store *store, int64_t account, const struct lock *lock, struct bh_err *reterr);

struct stored_session {
	struct hash hash;
	struct session session;
	struct str address, agent;
};
MUST_CHECK enum err store_session_put(
	struct store *store, const struct stored_session *session, struct bh_err *reterr);
/* ERR_NOT_FOUND without reterr: there is none. */
MUST_CHECK enum err store_session_get(struct store *store, struct arena *arena, const struct hash *hash,
	struct stored_session *ret_session, struct bh_err *reterr);
/* The newest first. */
MUST_CHECK enum err store_session_list(struct store *store, struct arena *arena, int64_t account,
	struct stored_session **ret_sessions, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_session_see(
	struct store *store, const struct hash *hash, struct instant seen, struct bh_err *reterr);
/* Only if it is this account's. */
MUST_CHECK enum err store_session_drop(
	struct store *store, const struct hash *hash, int64_t account, struct bh_err *reterr);
/* All of an account, `but` left out (NULL: none). */
MUST_CHECK enum err store_session_drop_all(
	struct store *store, int64_t account, const struct hash *but, struct bh_err *reterr);
/* What ended by age or idleness, and attempts to sign in older than that. */
MUST_CHECK enum err store_session_sweep(struct store *store, struct instant made_before,
	struct instant seen_before, struct instant tried_before, struct bh_err *reterr);

struct stored_token {
	struct token token;
	struct instant used; /* INSTANT_NONE: never */
};
/* Gives it the next id. */
MUST_CHECK enum err store_token_put(struct store *store, const struct token *token, const struct hash *hash,
	int64_t *ret_id, struct bh_err *reterr);
/* ERR_NOT_FOUND without reterr: there is none. */
MUST_CHECK enum err store_token_get(struct store *store, struct arena *arena, const struct hash *hash,
	struct stored_token *ret_token, struct bh_err *reterr);
MUST_CHECK enum err store_token_list(struct store *store, struct arena *arena, int64_t account,
	struct stored_token **ret_tokens, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_token_use(
	struct store *store, int64_t id, struct instant now, struct bh_err *reterr);
MUST_CHECK enum err store_token_drop(struct store *store, int64_t id, int64_t account, struct bh_err *reterr);
MUST_CHECK enum err store_token_drop_all(struct store *store, int64_t account, struct bh_err *reterr);

struct tried {
	int64_t id; /* given when it is put */
	struct instant time;
	int64_t account; /* 0: no such account */
	struct str reason, address;
};
MUST_CHECK enum err store_tried_put(struct store *store, const struct tried *tried, struct bh_err *reterr);
/* The newest first, those before the attempt of that id; of one account, or of all (0). */
MUST_CHECK enum err store_tried_list(struct store *store, struct arena *arena, int64_t account,
	int64_t before, int64_t limit, struct tried **ret_tried, size_t *ret_count, struct bh_err *reterr);

/* Lists that somebody keeps under a name; read by store_saved_view_list. ERR_INVALID for a name or a query
 * that is none, ERR_RANGE beyond SAVED_VIEWS_MAX. */
MUST_CHECK enum err store_saved_view_put(
	struct store *store, int64_t account, const struct saved_view *view, struct bh_err *reterr);
/* ERR_NOT_FOUND: the account has none of this name. */
MUST_CHECK enum err store_saved_view_drop(
	struct store *store, int64_t account, struct str name, struct bh_err *reterr);

/* What somebody said of the columns of a file, in the place of what they said before. */
MUST_CHECK enum err store_import_choice_put(
	struct store *store, const struct import_choice *choice, struct instant now, struct bh_err *reterr);

/* How an account wants to be told; what was proved of its address, and how far it was told, stays (`told`
 * counts where it was told nothing before). ERR_INVALID or ERR_RANGE for what can't be. */
MUST_CHECK enum err store_telling_put(
	struct store *store, const struct telling *telling, struct bh_err *reterr);
/* It was thought of everything below `told`; not moved when it is at another place than `before`. */
MUST_CHECK enum err store_telling_told(struct store *store, int64_t account, int64_t before, int64_t told,
	bool *ret_moved, struct bh_err *reterr);
/* An address that waits for its code; "" ends the waiting. The account has a row. */
MUST_CHECK enum err store_telling_want(
	struct store *store, int64_t account, struct str wanted, struct instant asked, struct bh_err *reterr);
MUST_CHECK enum err store_telling_try(struct store *store, int64_t account, struct bh_err *reterr);
MUST_CHECK enum err store_telling_prove(struct store *store, int64_t account, struct bh_err *reterr);
/* A new message, which waits. */
MUST_CHECK enum err store_message_put(
	struct store *store, const struct message *message, struct bh_err *reterr);
/* The same, or more for the one of the account that waits and was never tried. */
MUST_CHECK enum err store_message_add(
	struct store *store, const struct message *message, struct bh_err *reterr);
/* Codes of this account that haven't gone yet are good for nothing any more. */
MUST_CHECK enum err store_message_drop_codes(struct store *store, int64_t account, struct bh_err *reterr);
/* It is going now, one try more; not `mine` when it didn't wait. */
MUST_CHECK enum err store_message_claim(
	struct store *store, int64_t id, bool *ret_mine, struct bh_err *reterr);
/* What came of it: state, next, why, done. */
MUST_CHECK enum err store_message_settle(
	struct store *store, const struct message *message, struct bh_err *reterr);
MUST_CHECK enum err store_message_drop_old(struct store *store, struct instant before, struct bh_err *reterr);

/* A person's name, for the words a password may not hold; "" when there is no such person. */
MUST_CHECK enum err store_person_name(struct store *store, struct arena *arena, int64_t person,
	struct str *ret_name, struct bh_err *reterr);

#endif
