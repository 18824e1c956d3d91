/* gate_admin.c: what administrators do with secrets. The fact is an event, recorded first; what is secret is
 * written behind it. Between the two an account can't be used, so a crash there leaves nothing open. */
#include "act/gate.h"

#include <string.h>

#define HALF_SIZE 5 /* random bytes: eight characters */

/* ---- one-time passwords ---- */

struct issue {
	int64_t account;
	struct credential credential;
};

/* New to prove oneself with, and nothing of what was before. */
static enum err issue_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct issue *issue = context;
	const struct lock open = {.until = INSTANT_NONE};

	(void)keep;
	TRY(store_session_drop_all(worker->store, issue->account, NULL, reterr));
	TRY(store_token_drop_all(worker->store, issue->account, reterr));
	TRY(store_totp_drop(worker->store, issue->account, reterr));
	TRY(store_recovery_put(worker->store, issue->account, NULL, 0, reterr));
	TRY(store_lock_put(worker->store, issue->account, &open, reterr));
	return store_credential_put(worker->store, issue->account, &issue->credential, reterr);
}

static struct instant one_time_end(struct gate_worker *worker)
{
	return (struct instant){gate_now(worker).us + AUTH_ONE_TIME_DAYS * US_PER_DAY};
}

static void put_text(char *to, size_t size, struct str text)
{
	REQUIRE(text.size < size);
	memcpy(to, text.data, text.size);
	to[text.size] = '\0';
}

/* Two halves for two administrators: the first goes into the answer now, the second is sealed until the
 * account is released. Only who was given both can sign in. */
static enum err issue_halves(
	struct gate_worker *worker, int64_t account, struct auth_answer *answer, struct bh_err *reterr)
{
	uint8_t bytes[2 * HALF_SIZE];

	gate_random(worker, bytes, sizeof bytes);
	struct str first = typed_print(worker->arena, bytes, HALF_SIZE),
		   second = typed_print(worker->arena, bytes + HALF_SIZE, HALF_SIZE);
	struct str whole = typed_read(
		worker->arena, str_format(worker->arena, "%.*s%.*s", STR_ARG(first), STR_ARG(second)));
	struct issue issue = {.account = account,
		.credential = {.hash = gate_keep(worker, whole),
			.set = gate_now(worker),
			.one_time = true,
			.ends = INSTANT_NONE,
			.second_half = gate_seal(worker, "second half for", account, second)}};

	secret_wipe(bytes, sizeof bytes);
	TRY(gate_transaction(worker, issue_body, &issue, reterr));
	put_text(answer->text, sizeof answer->text, first);
	answer->account = answer->id = account;
	return ERR_OK;
}

/* ---- who asks ---- */

/* The administrator of a fresh session; from a shell, the one who was named. */
static enum err find_asker(struct gate_worker *worker, const struct auth_ask *ask, struct account *ret_asker,
	struct bh_err *reterr)
{
	struct seat seat;

	if (ask->session.size == 0 && ask->by != 0)
		return store_account_get(worker->store, worker->arena, ask->by, ret_asker, reterr);
	TRY(seat_find_fresh(worker, ask->session, 0, &seat, reterr));
	*ret_asker = seat.account;
	return ERR_OK;
}

static enum err record(struct gate_worker *worker, const struct auth_ask *ask, enum account_change change,
	struct auth_answer *answer, struct bh_err *reterr)
{
	struct account asker;
	struct account_ask account_ask = {.change = change,
		.account = ask->account,
		.code = ask->name,
		.person = ask->person,
		.admin = ask->admin,
		.issuer = ask->identity == NULL ? STR_NONE : ask->identity->issuer,
		.subject = ask->identity == NULL ? STR_NONE : ask->identity->subject};
	struct act act = {.kind = ACT_ACCOUNT, .what.account = &account_ask};

	TRY(find_asker(worker, ask, &asker, reterr));
	act.account = asker.id;
	act.person = asker.person;
	TRY(act_run(worker->auth->installation, &act, &answer->receipt, reterr));
	answer->account = answer->id = answer->receipt.id;
	return ERR_OK;
}

/* ---- the kinds ---- */

enum err gate_create(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	TRY(record(worker, ask, ACCOUNT_CHANGE_CREATED, answer, reterr));
	return issue_halves(worker, answer->id, answer, reterr);
}

enum err gate_reset(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	TRY(record(worker, ask, ACCOUNT_CHANGE_RESET, answer, reterr));
	return issue_halves(worker, answer->id, answer, reterr);
}

struct release {
	int64_t account;
	struct instant ends;
};

static enum err release_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct release *release = context;

	(void)keep;
	return store_credential_release(worker->store, release->account, release->ends, reterr);
}

enum err gate_release(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct credential credential;
	struct account account;
	struct str second;
	enum err err = store_credential_get(worker->store, worker->arena, ask->account, &credential, reterr);

	if (err != ERR_OK && err != ERR_NOT_FOUND)
		return err;
	/* Whether there is such an account, and whether the asker may, is for the act to say. */
	bool sealed = err == ERR_OK && credential.second_half.size > 0;

	if (sealed)
		TRY(gate_unseal(
			worker, "second half for", ask->account, credential.second_half, &second, reterr));
	TRY(record(worker, ask, ACCOUNT_CHANGE_RELEASED, answer, reterr));
	TRY(store_account_get(worker->store, worker->arena, ask->account, &account, reterr));
	if (!sealed && account.subject.size > 0)
		return ERR_OK; /* what waited was its tie */
	if (!sealed)
		return err_set(reterr, ERR_CONFLICT, "account",
			"it has no one-time password: let the system administrator reset it");
	struct release release = {ask->account, one_time_end(worker)};

	TRY(gate_transaction(worker, release_body, &release, reterr));
	put_text(answer->text, sizeof answer->text, second);
	return ERR_OK;
}

static enum err shut_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const int64_t *account = context;

	(void)keep;
	TRY(store_session_drop_all(worker->store, *account, NULL, reterr));
	return store_token_drop_all(worker->store, *account, reterr);
}

static enum err unlock_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const int64_t *account = context;
	const struct lock open = {.until = INSTANT_NONE};

	(void)keep;
	return store_lock_put(worker->store, *account, &open, reterr);
}

enum err gate_change(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	static const struct {
		enum account_change change;
		gate_body *behind; /* what happens to its secrets */
	} rows[AUTH_KIND_COUNT] = {
		[AUTH_BIND] = {ACCOUNT_CHANGE_BOUND, NULL},
		[AUTH_UNLOCK] = {ACCOUNT_CHANGE_UNLOCKED, unlock_body},
		[AUTH_DISABLE] = {ACCOUNT_CHANGE_DISABLED, shut_body},
		[AUTH_GRANT] = {ACCOUNT_CHANGE_GRANTED, shut_body},
		[AUTH_TIE] = {ACCOUNT_CHANGE_TIED, NULL},
		[AUTH_UNTIE] = {ACCOUNT_CHANGE_UNTIED, shut_body},
		[AUTH_BREAK_GLASS] = {ACCOUNT_CHANGE_BREAK_GLASS, NULL},
		[AUTH_BREAK_GLASS_END] = {ACCOUNT_CHANGE_BREAK_GLASS_ENDED, shut_body},
	};
	int64_t account = ask->account;

	TRY(record(worker, ask, rows[ask->kind].change, answer, reterr));
	return rows[ask->kind].behind == NULL
		       ? ERR_OK
		       : gate_transaction(worker, rows[ask->kind].behind, &account, reterr);
}

/* The three begin with whole passwords, which whoever founds the institution hands out. */
enum err gate_begin(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct act act = {.kind = ACT_BEGIN, .what.administrators = ask->administrators};

	TRY(act_run(worker->auth->installation, &act, &answer->receipt, reterr));
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++) {
		uint8_t bytes[2 * HALF_SIZE];

		gate_random(worker, bytes, sizeof bytes);
		struct str whole = typed_print(worker->arena, bytes, sizeof bytes);
		struct issue issue = {.account = (int64_t)i,
			.credential = {.hash = gate_keep(worker, typed_read(worker->arena, whole)),
				.set = gate_now(worker),
				.one_time = true,
				.ends = one_time_end(worker)}};

		secret_wipe(bytes, sizeof bytes);
		TRY(gate_transaction(worker, issue_body, &issue, reterr));
		put_text(answer->codes[i], sizeof answer->codes[i], whole);
	}
	answer->code_count = ADMIN_COUNT;
	return ERR_OK;
}

/* An account of a demonstration, with a password that everybody may know. Made by the one administrator and
 * released by the other, as all are. */
enum err gate_sample(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct auth_ask step = {.by = ADMIN_SYSTEM, .person = ask->person};
	bool demo;

	TRY(store_demo_get(worker->store, &demo, reterr));
	if (!demo)
		return err_set(reterr, ERR_FORBIDDEN, "demo", "sample accounts are for a demonstration only");
	answer->id = ask->account;
	if (ask->person != 0) {
		TRY(record(worker, &step, ACCOUNT_CHANGE_CREATED, answer, reterr));
		step = (struct auth_ask){.by = ADMIN_SECURITY, .account = answer->id};
		TRY(record(worker, &step, ACCOUNT_CHANGE_RELEASED, answer, reterr));
	}
	struct issue issue = {.account = answer->id,
		.credential = {.hash = gate_keep(worker, ask->wanted),
			.set = gate_now(worker),
			.ends = INSTANT_NONE}};

	return gate_transaction(worker, issue_body, &issue, reterr);
}
