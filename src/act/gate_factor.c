/* gate_factor.c: the second factor: shown, confirmed by a first code, and the recovery codes beside it. */
#include "act/gate.h"

#include <string.h>

struct factor {
	const struct seat *seat;
	struct str sealed; /* a new one */
	int64_t step;      /* the code that confirmed it */
	struct hash hashes[RECOVERY_CODES];
	struct auth_answer *answer;
};

/* Ten new ones into the answer; what is kept are their hashes. */
static void make_codes(struct gate_worker *worker, struct factor *factor)
{
	struct auth_answer *answer = factor->answer;

	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		uint8_t bytes[RECOVERY_CODE_SIZE];

		gate_random(worker, bytes, sizeof bytes);
		struct str code = typed_print(worker->arena, bytes, sizeof bytes);

		REQUIRE(code.size < sizeof answer->codes[i]);
		memcpy(answer->codes[i], code.data, code.size + 1);
		factor->hashes[i] = recovery_hash(worker, factor->seat->account.id, code);
	}
	answer->code_count = RECOVERY_CODES;
}

static enum err begin_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct factor *factor = context;
	struct second_factor present;
	enum err err =
		store_totp_get(worker->store, worker->arena, factor->seat->account.id, &present, reterr);

	(void)keep;
	if (err != ERR_OK && err != ERR_NOT_FOUND)
		return err;
	if (err == ERR_OK && present.confirmed)
		return err_set(reterr, ERR_CONFLICT, "code",
			"there is a second factor: end it with your password and a code of it first");
	return store_totp_put(worker->store, factor->seat->account.id, factor->sealed, reterr);
}

enum err gate_totp_begin(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct store_institution institution;
	uint8_t bytes[TOTP_SECRET_SIZE];
	struct str secret = {(const char *)bytes, sizeof bytes};

	TRY(seat_find_fresh(worker, ask->session, NEED_TOTP | NEED_PASSWORD, &seat, reterr));
	TRY(store_institution_get(worker->store, worker->arena, &institution, reterr));
	gate_random(worker, bytes, sizeof bytes);
	struct factor factor = {.seat = &seat,
		.sealed = gate_seal(worker, "second factor of", seat.account.id, secret),
		.answer = answer};
	struct str uri = totp_uri(worker->arena, institution.name, seat.account.code, secret);

	TRY(gate_transaction(worker, begin_body, &factor, reterr));
	secret_wipe(bytes, sizeof bytes);
	REQUIRE(uri.size < sizeof answer->text);
	memcpy(answer->text, uri.data, uri.size + 1);
	answer->account = seat.account.id;
	return ERR_OK;
}

static enum err confirm_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct factor *factor = context;
	const struct seat *seat = factor->seat;

	(void)keep;
	TRY(store_totp_step(worker->store, seat->account.id, factor->step, gate_now(worker), reterr));
	TRY(store_recovery_put(worker->store, seat->account.id, factor->hashes, RECOVERY_CODES, reterr));
	return seat_move(
		worker, seat, seat->stored.session.needs & ~(unsigned)NEED_TOTP, factor->answer, reterr);
}

enum err gate_totp_confirm(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct second_factor present;
	struct str secret;
	struct factor factor = {.seat = &seat, .answer = answer};

	TRY(seat_find_fresh(worker, ask->session, NEED_TOTP | NEED_PASSWORD, &seat, reterr));
	enum err err = store_totp_get(worker->store, worker->arena, seat.account.id, &present, reterr);

	if (err == ERR_NOT_FOUND || (err == ERR_OK && present.confirmed))
		return err_set(
			reterr, ERR_CONFLICT, "code", "no second factor is waiting for its first code");
	TRY(err);
	TRY(gate_unseal(worker, "second factor of", seat.account.id, present.sealed, &secret, reterr));
	if (totp_check(secret, gate_now(worker), present.last_step, ask->code, &factor.step) != CODE_RIGHT)
		return err_set(reterr, ERR_INVALID, "code",
			"that isn't the code of this moment: is the clock of the telephone right?");
	make_codes(worker, &factor);
	err = gate_transaction(worker, confirm_body, &factor, reterr);
	if (err != ERR_OK)
		secret_wipe(answer->codes, sizeof answer->codes);
	return err;
}

static enum err codes_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct factor *factor = context;

	(void)keep;
	return store_recovery_put(
		worker->store, factor->seat->account.id, factor->hashes, RECOVERY_CODES, reterr);
}

enum err gate_recovery(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;
	struct second_factor present;
	struct factor factor = {.seat = &seat, .answer = answer};

	TRY(seat_find_fresh(worker, ask->session, 0, &seat, reterr));
	enum err err = store_totp_get(worker->store, worker->arena, seat.account.id, &present, reterr);

	if (err == ERR_NOT_FOUND || (err == ERR_OK && !present.confirmed))
		return err_set(reterr, ERR_CONFLICT, "code",
			"recovery codes stand in for a second factor, and there is none");
	TRY(err);
	make_codes(worker, &factor);
	answer->account = seat.account.id;
	return gate_transaction(worker, codes_body, &factor, reterr);
}
