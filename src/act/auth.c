/* auth.c: the workers of the gate and their queue. */
#include "act/gate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define WORKERS   2
#define QUEUE_MAX 256

static gate_fn *const kinds[AUTH_KIND_COUNT] = {
	[AUTH_SIGN_IN] = gate_sign_in,
	[AUTH_BEGIN] = gate_begin,
	[AUTH_STEP_UP] = gate_step_up,
	[AUTH_SIGN_OUT] = gate_sign_out,
	[AUTH_SEEN] = gate_seen,
	[AUTH_PASSWORD] = gate_password,
	[AUTH_TOTP_BEGIN] = gate_totp_begin,
	[AUTH_TOTP_CONFIRM] = gate_totp_confirm,
	[AUTH_TOTP_END] = gate_totp_end,
	[AUTH_RECOVERY] = gate_recovery,
	[AUTH_SESSION_END] = gate_session_end,
	[AUTH_TOKEN_MAKE] = gate_token_make,
	[AUTH_TOKEN_END] = gate_token_end,
	[AUTH_VIEW_KEEP] = gate_view_keep,
	[AUTH_VIEW_RENAME] = gate_view_rename,
	[AUTH_VIEW_DROP] = gate_view_drop,
	[AUTH_TELL] = gate_tell,
	[AUTH_ADDRESS] = gate_address,
	[AUTH_ADDRESS_PROVE] = gate_address_prove,
	[AUTH_MESSAGE_AGAIN] = gate_message_again,
	[AUTH_CREATE] = gate_create,
	[AUTH_BIND] = gate_change,
	[AUTH_RELEASE] = gate_release,
	[AUTH_RESET] = gate_reset,
	[AUTH_UNLOCK] = gate_change,
	[AUTH_DISABLE] = gate_change,
	[AUTH_GRANT] = gate_change,
	[AUTH_TIE] = gate_change,
	[AUTH_UNTIE] = gate_change,
	[AUTH_BREAK_GLASS] = gate_change,
	[AUTH_BREAK_GLASS_END] = gate_change,
	[AUTH_SAMPLE] = gate_sample,
};

/* ---- what the handlers need ---- */

struct instant gate_now(const struct gate_worker *worker)
{
	return installation_now(worker->auth->installation);
}

void gate_random(struct gate_worker *worker, void *bytes, size_t size)
{
	const struct act_source *source = &worker->auth->installation->source;

	source->random(source->context, bytes, size);
}

static void count_hash(struct auth *auth)
{
	pthread_mutex_lock(&auth->lock);
	auth->hashes++;
	pthread_mutex_unlock(&auth->lock);
}

struct str gate_keep(struct gate_worker *worker, struct str password)
{
	uint8_t salt[PASSWORD_SALT_SIZE];

	count_hash(worker->auth);
	gate_random(worker, salt, sizeof salt);
	return password_keep(worker->arena, password, salt, worker->auth->options.cost);
}

bool gate_fits(struct gate_worker *worker, struct str password, struct str kept)
{
	count_hash(worker->auth);
	return password_fits(password, kept);
}

enum err gate_transaction(struct gate_worker *worker, gate_body *body, void *context, struct bh_err *reterr)
{
	bool keep = false;

	TRY(store_begin(worker->store, reterr));
	enum err err = body(worker, context, &keep, reterr);

	if (err == ERR_OK || keep) {
		struct bh_err why;
		enum err committed = store_commit(worker->store, &why);

		if (committed == ERR_OK)
			return err;
		*reterr = why;
		err = committed;
	}
	store_abort(worker->store);
	return err;
}

struct str seal_name(struct gate_worker *worker, const char *what, int64_t account)
{
	return str_format(worker->arena, "bihuan %s %lld", what, (long long)account);
}

struct str gate_seal(struct gate_worker *worker, const char *what, int64_t account, struct str secret)
{
	uint8_t nonce[SEAL_NONCE_SIZE];

	gate_random(worker, nonce, sizeof nonce);
	return seal_close(worker->arena, worker->auth->key, nonce, seal_name(worker, what, account), secret);
}

enum err gate_unseal(struct gate_worker *worker, const char *what, int64_t account, struct str sealed,
	struct str *ret_secret, struct bh_err *reterr)
{
	if (seal_open(worker->arena, worker->auth->key, seal_name(worker, what, account), sealed, ret_secret))
		return ERR_OK;
	return err_set(reterr, ERR_CONFLICT, "account",
		"what was sealed for it can't be opened: the signing key is another one now; reset the "
		"account");
}

/* ---- the queue ---- */

static struct auth_job *take_job(struct auth *auth)
{
	pthread_mutex_lock(&auth->lock);
	while (auth->first == NULL && !auth->closing)
		pthread_cond_wait(&auth->waiting, &auth->lock);
	struct auth_job *job = auth->first;

	if (job != NULL) {
		auth->first = job->next;
		if (auth->first == NULL)
			auth->newest = NULL;
		auth->queued--;
	}
	pthread_mutex_unlock(&auth->lock);
	return job;
}

static void *worker_main(void *context)
{
	struct gate_worker *worker = context;
	struct auth_job *job;

	while ((job = take_job(worker->auth)) != NULL) {
		REQUIRE(job->ask->kind < AUTH_KIND_COUNT && kinds[job->ask->kind] != NULL);
		job->err = kinds[job->ask->kind](worker, job->ask, &job->result, &job->why);
		arena_clear(worker->arena);
		job->answer(job);
	}
	return NULL;
}

enum err auth_submit(struct auth *auth, struct auth_job *job, struct bh_err *reterr)
{
	memset(&job->result, 0, sizeof job->result);
	job->next = NULL;
	job->err = ERR_OK;
	pthread_mutex_lock(&auth->lock);
	bool full = auth->queued >= auth->options.queue_max;

	if (!full) {
		if (auth->newest != NULL)
			auth->newest->next = job;
		else
			auth->first = job;
		auth->newest = job;
		auth->queued++;
		pthread_cond_signal(&auth->waiting);
	}
	pthread_mutex_unlock(&auth->lock);
	return full ? err_set(reterr, ERR_TOO_MANY, "sign_in",
			      "too many are signing in at this moment: try again in a few seconds")
		    : ERR_OK;
}

struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t done;
	bool answered;
};

static void wake(struct auth_job *job)
{
	struct waiter *waiter = job->context;

	pthread_mutex_lock(&waiter->lock);
	waiter->answered = true;
	pthread_cond_signal(&waiter->done);
	pthread_mutex_unlock(&waiter->lock);
}

enum err auth_run(
	struct auth *auth, const struct auth_ask *ask, struct auth_answer *ret_answer, struct bh_err *reterr)
{
	struct waiter waiter = {.lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
	struct auth_job job = {.ask = ask, .answer = wake, .context = &waiter};

	TRY(auth_submit(auth, &job, reterr));
	pthread_mutex_lock(&waiter.lock);
	while (!waiter.answered)
		pthread_cond_wait(&waiter.done, &waiter.lock);
	pthread_mutex_unlock(&waiter.lock);
	if (job.err == ERR_OK)
		*ret_answer = job.result;
	else if (reterr != NULL)
		*reterr = job.why;
	secret_wipe(&job.result, sizeof job.result);
	return job.err;
}

/* ---- opening and closing ---- */

static enum err start_worker(struct auth *auth, struct gate_worker *worker, struct bh_err *reterr)
{
	worker->auth = auth;
	worker->arena = arena_new();
	TRY(store_open(auth->installation->dir, STORE_SESSION, &worker->store, reterr));
	if (pthread_create(&worker->thread, NULL, worker_main, worker) != 0)
		return err_set(reterr, ERR_IO, "sign_in", "a worker can't be started: %s", strerror(errno));
	worker->running = true;
	return ERR_OK;
}

/* What is checked for names that nobody has: a password nobody knows, at the present cost. */
static void make_nobody(struct auth *auth)
{
	struct arena *arena = arena_new();
	const struct act_source *source = &auth->installation->source;
	uint8_t bytes[PASSWORD_SALT_SIZE], secret[32];

	source->random(source->context, bytes, sizeof bytes);
	source->random(source->context, secret, sizeof secret);
	struct str kept = password_keep(
		arena, (struct str){(const char *)secret, sizeof secret}, bytes, auth->options.cost);

	REQUIRE(kept.size < sizeof auth->nobody);
	memcpy(auth->nobody, kept.data, kept.size);
	secret_wipe(secret, sizeof secret);
	arena_free(arena);
}

enum err auth_open(struct installation *installation, const struct auth_options *options,
	struct auth **ret_auth, struct bh_err *reterr)
{
	struct auth *auth = calloc(1, sizeof *auth);
	enum err err;

	REQUIRE(auth != NULL);
	auth->installation = installation;
	if (options != NULL)
		auth->options = *options;
	if (auth->options.workers == 0)
		auth->options.workers = WORKERS;
	if (auth->options.queue_max == 0)
		auth->options.queue_max = QUEUE_MAX;
	if (auth->options.cost.memory_kib == 0)
		auth->options.cost = password_cost_owasp;
	auth->swept = INSTANT_NONE;
	REQUIRE(pthread_mutex_init(&auth->lock, NULL) == 0 && pthread_cond_init(&auth->waiting, NULL) == 0);
	auth->workers = calloc(auth->options.workers, sizeof *auth->workers);
	REQUIRE(auth->workers != NULL);
	err = signer_secret(installation->dir, auth->key, reterr);
	if (err == ERR_OK)
		make_nobody(auth);
	while (err == ERR_OK && auth->worker_count < auth->options.workers)
		err = start_worker(auth, &auth->workers[auth->worker_count++], reterr);
	if (err != ERR_OK) {
		auth_close(auth);
		return err;
	}
	*ret_auth = auth;
	return ERR_OK;
}

void auth_close(struct auth *auth)
{
	if (auth == NULL)
		return;
	pthread_mutex_lock(&auth->lock);
	auth->closing = true;
	pthread_cond_broadcast(&auth->waiting);
	pthread_mutex_unlock(&auth->lock);
	for (unsigned i = 0; i < auth->worker_count; i++) {
		if (auth->workers[i].running)
			pthread_join(auth->workers[i].thread, NULL);
		store_close(auth->workers[i].store);
		arena_free(auth->workers[i].arena);
	}
	pthread_mutex_destroy(&auth->lock);
	pthread_cond_destroy(&auth->waiting);
	free(auth->workers);
	secret_wipe(auth, sizeof *auth);
	free(auth);
}

uint64_t auth_hash_count(struct auth *auth)
{
	pthread_mutex_lock(&auth->lock);
	uint64_t count = auth->hashes;

	pthread_mutex_unlock(&auth->lock);
	return count;
}
