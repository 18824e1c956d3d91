/* gate.h: what the files of the gate share; see auth.h. Private to act/. */
#ifndef ACT_GATE_H
#define ACT_GATE_H

#include "act/auth.h"
#include "act/writer.h"
#include "store/store_session.h"

struct auth {
	struct installation *installation;
	struct auth_options options;
	char nobody[PASSWORD_KEPT_MAX]; /* checked where there is no account, so that it takes as long */
	uint8_t key[SEAL_KEY_SIZE];     /* second factors and second halves are sealed under it */
	struct gate_worker *workers;
	unsigned worker_count;
	pthread_mutex_t lock;
	pthread_cond_t waiting;
	struct auth_job *first, *newest;
	size_t queued;
	bool closing;
	uint64_t hashes;
	struct instant swept;
};

/* One thread, one connection, and an arena that is cleared behind each job. */
struct gate_worker {
	struct auth *auth;
	struct store *store;
	struct arena *arena;
	pthread_t thread;
	bool running;
};

typedef enum err gate_fn(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr);
/* By auth_kind. */
gate_fn gate_sign_in, gate_step_up, gate_password;                                   /* gate_prove.c */
gate_fn gate_totp_begin, gate_totp_confirm, gate_totp_end, gate_recovery;            /* gate_factor.c */
gate_fn gate_sign_out, gate_seen, gate_session_end, gate_token_make, gate_token_end; /* gate_session.c */
gate_fn gate_view_keep, gate_view_rename, gate_view_drop;                            /* gate_view.c */
gate_fn gate_tell, gate_address, gate_address_prove, gate_message_again;             /* gate_telling.c */
gate_fn gate_begin, gate_create, gate_release, gate_reset, gate_change, gate_sample; /* gate_admin.c */

struct instant gate_now(const struct gate_worker *worker);
void gate_random(struct gate_worker *worker, void *bytes, size_t size);
/* Hash and check, counted. */
struct str gate_keep(struct gate_worker *worker, struct str password);
bool gate_fits(struct gate_worker *worker, struct str password, struct str kept);

/* Run `body` in a transaction of the worker's own; what it returns decides whether it is committed. A
 * transaction that must be kept although the answer is no says so through *keep. */
typedef enum err gate_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr);
MUST_CHECK enum err gate_transaction(
	struct gate_worker *worker, gate_body *body, void *context, struct bh_err *reterr);

/* ---- sessions ---- */

struct seat {
	struct stored_session stored;
	struct account account;
};
/* Who asks: a live session. ERR_UNAUTHENTICATED otherwise. */
MUST_CHECK enum err seat_find(
	struct gate_worker *worker, struct str id, struct seat *ret_seat, struct bh_err *reterr);
/* The same, proved lately, and with nothing it must do first but `allowed` (NEED_…). */
MUST_CHECK enum err seat_find_fresh(struct gate_worker *worker, struct str id, unsigned allowed,
	struct seat *ret_seat, struct bh_err *reterr);
struct hash session_hash(struct str id);
/* Inside a transaction: put a session under a new id; `answer` gets the id. */
MUST_CHECK enum err seat_take(struct gate_worker *worker, const struct stored_session *session,
	struct auth_answer *answer, struct bh_err *reterr);
/* Inside a transaction: the session `old` goes on under a new id, proved now, with these needs. */
MUST_CHECK enum err seat_move(struct gate_worker *worker, const struct seat *old, unsigned needs,
	struct auth_answer *answer, struct bh_err *reterr);

/* ---- proofs ---- */

/* What somebody shows to be let in, and what came of it. */
struct claim {
	int64_t id; /* of the account; 0: by name */
	struct str name, password, code, address;
	bool with_code; /* the second factor is asked for, where there is one */
	bool seated;    /* the session itself is the first factor: only its code is missing */
	const struct identity *identity; /* another server's word in the place of a password; NULL: none */
	bool local_closed;
	bool found;
	struct account account;
	struct sign_in_verdict verdict;
	struct credential credential;
	bool has_credential;
};
/* Check it and remember the attempt, in one transaction in which `then` (may be NULL) does what a success
 * brings. ERR_UNAUTHENTICATED, with the text everybody gets, when it isn't right. */
MUST_CHECK enum err gate_prove(struct gate_worker *worker, struct claim *claim, gate_body *then,
	void *context, struct bh_err *reterr);
/* What is wrong with this password for this account, under the profile in force. */
MUST_CHECK enum err gate_fault(struct gate_worker *worker, const struct account *account, struct str password,
	enum password_profile *ret_profile, enum password_fault *ret_fault, struct bh_err *reterr);

/* ---- secrets ---- */

/* What a second factor belongs to, for its seal. */
struct str seal_name(struct gate_worker *worker, const char *what, int64_t account);
struct str gate_seal(struct gate_worker *worker, const char *what, int64_t account, struct str secret);
MUST_CHECK enum err gate_unseal(struct gate_worker *worker, const char *what, int64_t account,
	struct str sealed, struct str *ret_secret, struct bh_err *reterr);
struct hash recovery_hash(struct gate_worker *worker, int64_t account, struct str typed);

/* The code by which an account proves the address it wants, by that key. In `arena`. */
struct str address_code(const uint8_t key[SEAL_KEY_SIZE], struct arena *arena, const struct telling *telling);

/* signer.c: a key for secrets, from the folder's signing key. */
MUST_CHECK enum err signer_secret(struct str dir, uint8_t ret_key[SEAL_KEY_SIZE], struct bh_err *reterr);

#endif
