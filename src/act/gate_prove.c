/* gate_prove.c: signing in, proving again, changing the password. One attempt is one hash and one
 * transaction, whatever the name and whatever comes of it. */
#include "act/gate.h"

#include <string.h>

#define TRIES_MAX        5 /* when the password is changed while it is being checked */
#define SWEEP_EVERY_US   (INT64_C(3600) * 1000000)
#define ATTEMPTS_KEPT_US (INT64_C(200) * US_PER_DAY)

static enum err changed_meanwhile(struct bh_err *reterr)
{
	return err_set(reterr, ERR_BUSY, "password", "the password was changed while it was checked");
}

/* ---- what is known ---- */

/* Whose account it is that somebody was recognised for. What is tied goes before a person's number: who has a
 * tie isn't entered by another name of theirs. */
static enum err find_identified(struct gate_worker *worker, struct claim *claim, struct bh_err *reterr)
{
	const struct identity *identity = claim->identity;
	struct account *account = &claim->account;
	enum err err = identity->subject.size == 0
			       ? ERR_NOT_FOUND
			       : store_account_tied(worker->store, worker->arena, identity->issuer,
					 identity->subject, account, reterr);

	if (err == ERR_NOT_FOUND && identity->number.size > 0) {
		err = store_account_find(worker->store, worker->arena, identity->number, account, reterr);
		if (err == ERR_OK && (account->person == 0 || account->subject.size > 0))
			err = ERR_NOT_FOUND;
	}
	return err == ERR_OK && claim->id != 0 && account->id != claim->id ? ERR_NOT_FOUND : err;
}

static enum err find_account(struct gate_worker *worker, struct claim *claim, struct bh_err *reterr)
{
	enum err err = claim->identity != NULL ? find_identified(worker, claim, reterr)
		       : claim->id != 0        ? store_account_get(worker->store, worker->arena, claim->id,
							 &claim->account, reterr)
					       : store_account_find(worker->store, worker->arena, claim->name,
							 &claim->account, reterr);

	claim->found = err == ERR_OK;
	if (!claim->found) /* nobody has the number 0, and it is looked up all the same */
		claim->account = (struct account){0};
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err find_credential(struct gate_worker *worker, struct claim *claim, struct bh_err *reterr)
{
	enum err err = store_credential_get(
		worker->store, worker->arena, claim->account.id, &claim->credential, reterr);

	claim->has_credential = err == ERR_OK;
	return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err gate_fault(struct gate_worker *worker, const struct account *account, struct str password,
	enum password_profile *ret_profile, enum password_fault *ret_fault, struct bh_err *reterr)
{
	struct store_institution institution;
	struct str person = STR_NONE;

	TRY(store_profile_get(worker->store, ret_profile, reterr));
	TRY(store_institution_get(worker->store, worker->arena, &institution, reterr));
	if (account->person != 0)
		TRY(store_person_name(worker->store, worker->arena, account->person, &person, reterr));
	const struct str names[] = {account->code, person, institution.name, institution.title.zh,
		institution.title.en, STR("bihuan")};

	*ret_fault = password_check(*ret_profile, password, names, ARRAY_COUNT(names));
	return ERR_OK;
}

struct hash recovery_hash(struct gate_worker *worker, int64_t account, struct str typed)
{
	const struct str parts[] = {
		seal_name(worker, "recovery code of", account), STR("\n"), typed_read(worker->arena, typed)};

	return hash_parts(parts, ARRAY_COUNT(parts));
}

/* What was typed for the second factor: a code of the moment, or a recovery code. */
struct typed_code {
	bool enrolled;
	enum code_verdict verdict;
	int64_t step;  /* of a code of the moment … */
	bool recovery; /* … or it was one of these */
	struct hash hash;
};

static bool is_six_digits(struct str typed)
{
	for (size_t i = 0; i < typed.size; i++)
		if (typed.data[i] < '0' || typed.data[i] > '9')
			return false;
	return typed.size == 6;
}

static enum err read_code(
	struct gate_worker *worker, const struct claim *claim, struct typed_code *code, struct bh_err *reterr)
{
	struct second_factor factor;
	struct str secret;
	bool good;

	*code = (struct typed_code){.verdict = CODE_NONE};
	enum err err = store_totp_get(worker->store, worker->arena, claim->account.id, &factor, reterr);

	if (err == ERR_NOT_FOUND || (err == ERR_OK && !factor.confirmed))
		return ERR_OK;
	TRY(err);
	code->enrolled = true;
	if (claim->code.size == 0)
		return ERR_OK;
	code->verdict = CODE_WRONG;
	if (is_six_digits(claim->code)) {
		TRY(gate_unseal(
			worker, "second factor of", claim->account.id, factor.sealed, &secret, reterr));
		code->verdict =
			totp_check(secret, gate_now(worker), factor.last_step, claim->code, &code->step);
		return ERR_OK;
	}
	code->hash = recovery_hash(worker, claim->account.id, claim->code);
	TRY(store_recovery_is_good(worker->store, claim->account.id, &code->hash, &good, reterr));
	code->recovery = good;
	if (good)
		code->verdict = CODE_RIGHT;
	return ERR_OK;
}

/* Is it a password that is checked here? */
static bool has_password(const struct claim *claim)
{
	return claim->identity == NULL && !claim->seated;
}

/* ---- one attempt, in its transaction ---- */

struct attempt {
	struct claim *claim;
	struct str checked; /* the kept password that was checked before */
	bool right;
	gate_body *then;
	void *context;
	bool stale;
};

static enum err remember(
	struct gate_worker *worker, const struct claim *claim, struct instant now, struct bh_err *reterr)
{
	struct tried tried = {.time = now,
		.account = claim->found ? claim->account.id : 0,
		.reason = str_from(sign_in_reason_name(claim->verdict.reason)),
		.address = claim->address};

	if (claim->found && claim->verdict.lock_changed)
		TRY(store_lock_put(worker->store, claim->account.id, &claim->verdict.lock, reterr));
	return store_tried_put(worker->store, &tried, reterr);
}

static enum err use_code(struct gate_worker *worker, const struct claim *claim, const struct typed_code *code,
	struct instant now, struct bh_err *reterr)
{
	if (!claim->with_code || code->verdict != CODE_RIGHT)
		return ERR_OK;
	if (code->recovery)
		return store_recovery_use(worker->store, claim->account.id, &code->hash, now, reterr);
	return store_totp_step(worker->store, claim->account.id, code->step, now, reterr);
}

static enum err judge(
	struct gate_worker *worker, struct attempt *attempt, struct typed_code *code, struct bh_err *reterr)
{
	struct claim *claim = attempt->claim;
	struct sign_in known = {.account = claim->found ? &claim->account : NULL,
		.password_right = attempt->right,
		.password_set = claim->credential.set,
		.one_time = has_password(claim) && claim->has_credential && claim->credential.one_time,
		.one_time_ends = claim->credential.ends,
		.lock = {.until = INSTANT_NONE},
		.now = gate_now(worker),
		.elsewhere = claim->identity != NULL || claim->seated,
		.strong = claim->identity != NULL && claim->identity->strong,
		.code_later = claim->identity != NULL && claim->identity->code_later,
		.local_closed = claim->local_closed};

	TRY(read_code(worker, claim, code, reterr));
	known.totp = code->enrolled && claim->with_code;
	known.code = code->verdict;
	TRY(store_lock_get(worker->store, claim->account.id, &known.lock, reterr));
	if (has_password(claim))
		TRY(gate_fault(
			worker, &claim->account, claim->password, &known.profile, &known.fault, reterr));
	claim->verdict = sign_in_decide(&known);
	/* That no code was asked for here doesn't mean that none is enrolled. */
	if (!claim->with_code && code->enrolled)
		claim->verdict.needs &= ~(unsigned)NEED_TOTP;
	return ERR_OK;
}

/* Who was recognised elsewhere may hear under which name, and that no account is open to it. */
static enum err refuse_attempt(const struct claim *claim, struct bh_err *reterr)
{
	const struct identity *identity = claim->identity;
	enum sign_in_reason reason = claim->verdict.reason;

	if (identity != NULL && identity->proved &&
		(reason == SIGN_IN_UNKNOWN || reason == SIGN_IN_WAITING || reason == SIGN_IN_DISABLED))
		return err_set(reterr, ERR_UNAUTHENTICATED, "account",
			claim->id != 0
				? "you were recognised as %.*s of %.*s, and that isn't who is signed in "
				  "here"
				: "you were recognised as %.*s of %.*s, but no account here is open to "
				  "that name: it isn't tied, waits, or is disabled; tell the "
				  "administrators",
			STR_ARG(identity->subject), STR_ARG(identity->issuer));
	return sign_in_refuse(reason, reterr);
}

static enum err attempt_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct attempt *attempt = context;
	struct claim *claim = attempt->claim;
	struct typed_code code;
	struct instant now = gate_now(worker);

	/* What was read before the hash may have changed during it. */
	TRY(find_account(worker, claim, reterr));
	TRY(find_credential(worker, claim, reterr));
	attempt->stale =
		has_password(claim) &&
		!str_equal(claim->has_credential ? claim->credential.hash : STR_NONE, attempt->checked);
	if (attempt->stale)
		return changed_meanwhile(reterr);
	TRY(judge(worker, attempt, &code, reterr));
	TRY(remember(worker, claim, now, reterr));
	if (claim->verdict.reason != SIGN_IN_PASSED) {
		*keep = true;
		return refuse_attempt(claim, reterr);
	}
	TRY(use_code(worker, claim, &code, now, reterr));
	return attempt->then != NULL ? attempt->then(worker, attempt->context, keep, reterr) : ERR_OK;
}

static enum err rehash_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct claim *claim = context;

	(void)keep;
	return store_credential_rehash(worker->store, claim->account.id, claim->credential.hash,
		gate_keep(worker, claim->password), reterr);
}

/* A one-time password was read off a slip of paper: what was meant counts. */
static struct str meant(struct gate_worker *worker, const struct claim *claim)
{
	return claim->has_credential && claim->credential.one_time
		       ? typed_read(worker->arena, str_slice(claim->password, 0, PASSWORD_SIZE_MAX))
		       : claim->password;
}

static bool check_password(struct gate_worker *worker, const struct claim *claim, struct str kept)
{
	bool fits = gate_fits(
		worker, meant(worker, claim), claim->has_credential ? kept : str_from(worker->auth->nobody));

	return fits && claim->has_credential;
}

enum err gate_prove(struct gate_worker *worker, struct claim *claim, gate_body *then, void *context,
	struct bh_err *reterr)
{
	struct attempt attempt = {.claim = claim, .then = then, .context = context, .stale = true};
	enum err err = ERR_OK;

	for (int i = 0; i < TRIES_MAX && attempt.stale; i++) {
		attempt.stale = false;
		TRY(find_account(worker, claim, reterr));
		TRY(find_credential(worker, claim, reterr));
		attempt.checked = claim->has_credential ? claim->credential.hash : STR_NONE;
		attempt.right = claim->seated             ? true
				: claim->identity != NULL ? claim->identity->proved
							  : check_password(worker, claim, attempt.checked);
		err = gate_transaction(worker, attempt_body, &attempt, reterr);
	}
	/* After raised costs the password is kept anew; that it can't be now is no reason to turn anybody
	 * away. */
	if (err == ERR_OK && has_password(claim) && !claim->credential.one_time &&
		!password_is_current(attempt.checked, worker->auth->options.cost))
		(void)!gate_transaction(worker, rehash_body, claim, &(struct bh_err){0});
	return err;
}

/* ---- signing in ---- */

struct entry {
	const struct auth_ask *ask;
	const struct claim *claim;
	const struct seat *seat; /* the session that is proved again */
	struct auth_answer *answer;
};

/* Once an hour what has ended is forgotten. */
static enum err sweep(struct gate_worker *worker, struct instant now, struct bh_err *reterr)
{
	struct auth *auth = worker->auth;

	pthread_mutex_lock(&auth->lock);
	bool due = instant_is_none(auth->swept) || now.us - auth->swept.us >= SWEEP_EVERY_US;

	if (due)
		auth->swept = now;
	pthread_mutex_unlock(&auth->lock);
	if (!due)
		return ERR_OK;
	return store_session_sweep(worker->store, (struct instant){now.us - SESSION_WHOLE_US},
		(struct instant){now.us - SESSION_IDLE_US}, (struct instant){now.us - ATTEMPTS_KEPT_US},
		reterr);
}

static enum err enter(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct entry *entry = context;
	struct instant now = gate_now(worker);
	struct seat before;
	struct stored_session stored = {
		.session = {.account = entry->claim->account.id,
			.made = now,
			.seen = now,
			.proved = now,
			.needs = entry->claim->verdict.needs},
		.address = str_slice(entry->ask->address, 0, 64),
		.agent = str_slice(entry->ask->agent, 0, 200),
	};

	(void)keep;
	TRY(sweep(worker, now, reterr));
	/* Whoever sat in this browser before sits there no longer. */
	if (seat_find(worker, entry->ask->session, &before, &(struct bh_err){0}) == ERR_OK)
		TRY(store_session_drop(worker->store, &before.stored.hash, before.account.id, reterr));
	return seat_take(worker, &stored, entry->answer, reterr);
}

/* A password was used where passwords are closed to most: that is told to the audit administrator. It is a
 * look, so that it stands in the record, and in the list of it, with all that is looked at. */
static enum err tell_break_glass(struct gate_worker *worker, const struct claim *claim, struct bh_err *reterr)
{
	const struct instant now = gate_now(worker);
	struct looked looked = {.object = STR(AUTH_BREAK_GLASS_LOOK),
		.account = claim->account.id,
		.first = now,
		.last = now,
		.times = 1};
	const struct act act = {.kind = ACT_LOOK, .what.looks = {.items = &looked, .count = 1}};
	struct receipt receipt;

	if (!claim->local_closed || !has_password(claim) || claim->account.person == 0)
		return ERR_OK;
	return act_run(worker->auth->installation, &act, &receipt, reterr);
}

static enum err drop_new(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct auth_answer *answer = context;
	const struct hash hash = session_hash(str_from(answer->session));

	(void)keep;
	return store_session_drop(worker->store, &hash, answer->account, reterr);
}

/* What can't be told isn't done. */
static enum err told_or_undone(struct gate_worker *worker, const struct claim *claim,
	struct auth_answer *answer, struct bh_err *reterr)
{
	enum err err = tell_break_glass(worker, claim, reterr);

	if (err != ERR_OK)
		TRY(gate_transaction(worker, drop_new, answer, reterr));
	return err;
}

enum err gate_sign_in(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct claim claim = {.name = ask->name,
		.password = ask->password,
		.code = ask->code,
		.address = str_slice(ask->address, 0, 64),
		.with_code = true,
		.identity = ask->identity,
		.local_closed = ask->local_closed};
	struct entry entry = {.ask = ask, .claim = &claim, .answer = answer};

	TRY(gate_prove(worker, &claim, enter, &entry, reterr));
	return told_or_undone(worker, &claim, answer, reterr);
}

/* ---- proving again ---- */

static enum err move_proved(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct entry *entry = context;

	unsigned before = entry->seat->stored.session.needs;

	(void)keep;
	/* Whether the code is still missing is said by this proof, not by the one before. */
	return seat_move(worker, entry->seat, (before & ~(unsigned)NEED_CODE) | entry->claim->verdict.needs,
		entry->answer, reterr);
}

static enum err drop_seat(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct seat *seat = context;

	(void)keep;
	return store_session_drop(worker->store, &seat->stored.hash, seat->account.id, reterr);
}

/* Whoever guesses from inside a session loses it when the lock falls. */
static enum err prove_seat(struct gate_worker *worker, const struct seat *seat, struct claim *claim,
	gate_body *then, void *context, struct bh_err *reterr)
{
	claim->id = seat->account.id;
	claim->address = seat->stored.address;
	enum err err = gate_prove(worker, claim, then, context, reterr);

	if (err == ERR_UNAUTHENTICATED && claim->verdict.locked_now)
		TRY(gate_transaction(worker, drop_seat, (void *)(uintptr_t)seat, reterr));
	return err;
}

enum err gate_step_up(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct claim claim = {.password = ask->password,
		.code = ask->code,
		.with_code = true,
		.identity = ask->identity,
		.local_closed = ask->local_closed};
	struct entry entry = {.ask = ask, .claim = &claim, .seat = &seat, .answer = answer};

	TRY(seat_find(worker, ask->session, &seat, reterr));
	claim.seated = claim.identity == NULL && ask->password.size == 0;
	if (claim.seated && (seat.stored.session.needs & NEED_CODE) == 0)
		return err_set(reterr, ERR_INVALID, "password", "prove it with your password");
	TRY(prove_seat(worker, &seat, &claim, move_proved, &entry, reterr));
	return told_or_undone(worker, &claim, answer, reterr);
}

/* ---- the second factor ends ---- */

static enum err end_factor(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct entry *entry = context;
	const struct account *account = &entry->seat->account;

	(void)keep;
	TRY(store_totp_drop(worker->store, account->id, reterr));
	TRY(store_recovery_put(worker->store, account->id, NULL, 0, reterr));
	return seat_move(worker, entry->seat,
		entry->seat->stored.session.needs | (account->admin != ADMIN_NONE ? NEED_TOTP : 0),
		entry->answer, reterr);
}

enum err gate_totp_end(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct claim claim = {.password = ask->password, .code = ask->code, .with_code = true};
	struct entry entry = {.ask = ask, .claim = &claim, .seat = &seat, .answer = answer};

	TRY(seat_find(worker, ask->session, &seat, reterr));
	return prove_seat(worker, &seat, &claim, end_factor, &entry, reterr);
}

/* ---- a new password ---- */

struct change {
	const struct claim *claim;
	const struct seat *seat;
	struct credential next;
	struct auth_answer *answer;
};

static enum err change_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct change *change = context;
	const struct seat *seat = change->seat;
	int64_t account = seat->account.id;
	struct credential present;
	enum err err = store_credential_get(worker->store, worker->arena, account, &present, reterr);

	(void)keep;
	if (err != ERR_NOT_FOUND)
		TRY(err);
	if (err == ERR_NOT_FOUND || !str_equal(present.hash, change->claim->credential.hash))
		return changed_meanwhile(reterr);
	TRY(store_credential_past_put(worker->store, account, &present, PASSWORD_PAST_KEPT, reterr));
	TRY(store_credential_put(worker->store, account, &change->next, reterr));
	TRY(store_session_drop_all(worker->store, account, &seat->stored.hash, reterr));
	return seat_move(
		worker, seat, seat->stored.session.needs & ~(unsigned)NEED_PASSWORD, change->answer, reterr);
}

/* Not one of the last ones, as far back as the profile asks; and never the present one. */
static enum err check_past(struct gate_worker *worker, const struct claim *claim,
	enum password_profile profile, struct str wanted, struct bh_err *reterr)
{
	struct str *hashes;
	size_t count, refused = password_past_refused(profile);

	if (gate_fits(worker, wanted, claim->credential.hash))
		return password_refuse(profile, PASSWORD_PAST, reterr);
	TRY(store_credential_past(worker->store, worker->arena, claim->account.id, &hashes, &count, reterr));
	/* The present one counts among the last. */
	for (size_t i = 0; i < count && i + 1 < refused; i++)
		if (gate_fits(worker, wanted, hashes[i]))
			return password_refuse(profile, PASSWORD_PAST, reterr);
	return ERR_OK;
}

enum err gate_password(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct claim claim = {.password = ask->password};
	struct change change = {.claim = &claim, .seat = &seat, .answer = answer};
	enum password_profile profile;
	enum password_fault fault;

	TRY(seat_find(worker, ask->session, &seat, reterr));
	TRY(gate_fault(worker, &seat.account, ask->wanted, &profile, &fault, reterr));
	if (fault != PASSWORD_GOOD)
		return password_refuse(profile, fault, reterr);
	/* Only who knows the present password learns whether the wanted one was used before. */
	TRY(prove_seat(worker, &seat, &claim, NULL, NULL, reterr));
	TRY(check_past(worker, &claim, profile, ask->wanted, reterr));
	change.next = (struct credential){
		.hash = gate_keep(worker, ask->wanted), .set = gate_now(worker), .ends = INSTANT_NONE};
	return gate_transaction(worker, change_body, &change, reterr);
}
