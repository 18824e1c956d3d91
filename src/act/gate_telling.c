/* gate_telling.c: how an account wants to be told outside the house, the address it proves by a code, and a
 * message that an administrator wants tried again. They are no events: nothing of it is the institution's
 * business. */
#include "act/gate.h"

#define CODE_LIFE_US  (INT64_C(30) * 60 * 1000000)
#define CODE_PAUSE_US (INT64_C(60) * 1000000) /* between two codes: nobody is flooded through us */
#define CODE_TRIES    5
#define CODE_DIGITS   8

struct str address_code(const uint8_t key[SEAL_KEY_SIZE], struct arena *arena, const struct telling *telling)
{
	struct str about = str_format(arena, "bihuan address %lld %lld %.*s", (long long)telling->account,
		(long long)telling->asked.us, STR_ARG(telling->wanted));
	struct hash hash = hmac_sha256((struct str){(const char *)key, SEAL_KEY_SIZE}, about);
	uint64_t number = 0;

	for (size_t i = 0; i < sizeof number; i++)
		number = number << 8 | hash.bytes[i];
	return str_format(arena, "%0*llu", CODE_DIGITS, (unsigned long long)(number % 100000000));
}

/* Only a person has an inbox. */
static enum err find_person(
	struct gate_worker *worker, const struct auth_ask *ask, struct seat *seat, struct bh_err *reterr)
{
	TRY(seat_find(worker, ask->session, seat, reterr));
	return seat->account.person != 0
		       ? ERR_OK
		       : err_set(reterr, ERR_FORBIDDEN, "account",
				 "an administrator's account has no inbox, so there is nothing to tell it");
}

struct change {
	struct telling telling;
	struct str code;
};

static enum err tell_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct change *change = context;
	struct telling before;
	struct instant last;
	uint64_t size;

	(void)keep;
	TRY(store_telling_get(worker->store, worker->arena, change->telling.account, &before, reterr));
	if (change->telling.pace != PACE_NONE && str_is(change->telling.way, TELLING_WAY_MAIL) &&
		before.address.size == 0)
		return err_set(reterr, ERR_CONFLICT, "way",
			"first prove an address: a code is sent to it, and given back here");
	/* What came before is in the inbox, and was not asked for. */
	TRY(store_ledger_size(worker->store, &size, &last, reterr));
	change->telling.told = (int64_t)size;
	return store_telling_put(worker->store, &change->telling, reterr);
}

enum err gate_tell(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct change change = {.telling = ask->telling};

	(void)answer;
	TRY(find_person(worker, ask, &seat, reterr));
	change.telling.account = seat.account.id;
	return gate_transaction(worker, tell_body, &change, reterr);
}

/* ---- an address ---- */

static enum err drop_address(struct gate_worker *worker, const struct telling *before, struct bh_err *reterr)
{
	struct telling telling = *before;

	if (str_is(telling.way, TELLING_WAY_MAIL))
		telling.pace = PACE_NONE;
	TRY(store_telling_put(worker->store, &telling, reterr));
	TRY(store_telling_want(worker->store, telling.account, STR(""), INSTANT_NONE, reterr));
	TRY(store_message_drop_codes(worker->store, telling.account, reterr));
	return store_telling_prove(worker->store, telling.account, reterr);
}

static enum err address_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct change *change = context;
	struct instant now = gate_now(worker);
	struct telling before;
	struct message message = {.account = change->telling.account,
		.what = MESSAGE_CODE,
		.way = STR(TELLING_WAY_MAIL),
		.made = now,
		.next = now};

	(void)keep;
	TRY(store_telling_get(worker->store, worker->arena, change->telling.account, &before, reterr));
	if (change->telling.wanted.size == 0)
		return drop_address(worker, &before, reterr);
	if (!instant_is_none(before.asked) && now.us - before.asked.us < CODE_PAUSE_US)
		return err_set(reterr, ERR_TOO_MANY, "address",
			"a code was sent within the last minute: wait for it, or a minute");
	if (before.told == 0)
		TRY(store_telling_put(worker->store, &before, reterr));
	TRY(store_telling_want(worker->store, change->telling.account, change->telling.wanted, now, reterr));
	TRY(store_message_drop_codes(worker->store, change->telling.account, reterr));
	return store_message_put(worker->store, &message, reterr);
}

enum err gate_address(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct change change = {.telling.wanted = ask->name};

	(void)answer;
	TRY(find_person(worker, ask, &seat, reterr));
	/* Whoever finds an open session must not be able to have its mail sent elsewhere. */
	TRY(seat_find_fresh(worker, ask->session, 0, &seat, reterr));
	change.telling.account = seat.account.id;
	return gate_transaction(worker, address_body, &change, reterr);
}

static enum err prove_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct change *change = context;
	struct telling telling;

	TRY(store_telling_get(worker->store, worker->arena, change->telling.account, &telling, reterr));
	bool waits = telling.wanted.size > 0 && telling.tries < CODE_TRIES &&
		     gate_now(worker).us - telling.asked.us < CODE_LIFE_US;

	if (waits && secret_equal(str_trim(change->code),
			     address_code(worker->auth->key, worker->arena, &telling)))
		return store_telling_prove(worker->store, telling.account, reterr);
	if (waits)
		TRY(store_telling_try(worker->store, telling.account, reterr));
	*keep = waits;
	return waits ? err_set(reterr, ERR_INVALID, "code", "that isn't the code that was sent")
		     : err_set(reterr, ERR_CONFLICT, "code",
			       "no code waits here any more: it is good for half an hour and five tries; ask "
			       "for "
			       "another");
}

enum err gate_address_prove(struct gate_worker *worker, const struct auth_ask *ask,
	struct auth_answer *answer, struct bh_err *reterr)
{
	struct seat seat;
	struct change change = {.code = ask->code};

	(void)answer;
	TRY(find_person(worker, ask, &seat, reterr));
	change.telling.account = seat.account.id;
	return gate_transaction(worker, prove_body, &change, reterr);
}

/* ---- messages that an administrator looks after ---- */

static enum err again_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct message message;

	(void)keep;
	TRY(store_message_get(worker->store, worker->arena, *(int64_t *)context, &message, reterr));
	if (message.state != MESSAGE_FAILED && message.state != MESSAGE_UNCLEAR)
		return err_set(reterr, ERR_CONFLICT, "message", "only what failed can be tried again");
	message.state = MESSAGE_WAITING;
	message.next = gate_now(worker);
	message.done = INSTANT_NONE;
	return store_message_settle(worker->store, &message, reterr);
}

enum err gate_message_again(struct gate_worker *worker, const struct auth_ask *ask,
	struct auth_answer *answer, struct bh_err *reterr)
{
	struct account account;
	int64_t id = ask->id, by = ask->by;
	struct seat seat;

	(void)answer;
	if (ask->session.size > 0 || by == 0) {
		TRY(seat_find_fresh(worker, ask->session, 0, &seat, reterr));
		by = seat.account.id;
	}
	TRY(store_account_get(worker->store, worker->arena, by, &account, reterr));
	if (account.admin != ADMIN_SYSTEM)
		return err_set(reterr, ERR_FORBIDDEN, "by", "only the system administrator does this");
	return gate_transaction(worker, again_body, &id, reterr);
}
