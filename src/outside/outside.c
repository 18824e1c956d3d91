/* outside.c: the workers that wait for other servers, so that nobody else does. What they learn goes on to
 * the gate as an identity, and the gate's answer is the answer. */
#include "outside/flow.h"
#include "outside/ldap_ask.h"
#include "outside/oidc.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define WORKERS   4
#define QUEUE_MAX 64

struct waiting {
	struct outside_ask *ask;
	struct auth_job *job;
};

struct outside {
	struct outside_config config;
	struct provider *provider;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t more;
	struct flows flows;
	struct waiting queue[QUEUE_MAX]; /* a ring */
	size_t first, count;
	bool closing;
	pthread_t threads[WORKERS];
	size_t thread_count;
};

/* One question, while it is worked on. */
struct work {
	struct outside *outside;
	struct outside_ask *ask;
	struct auth_job *job;
	struct arena *arena;
	struct settings settings;
	struct instant now;
};

/* ---- the directory ---- */

static enum err not_set_up(struct bh_err *reterr)
{
	return err_set(
		reterr, ERR_CONFLICT, "way", "this way of signing in isn't set up here, or not rightly");
}

static enum err by_directory(struct work *work, struct identity *ret_identity)
{
	struct bh_err *reterr = &work->job->why;

	if (!work->settings.ldap_way.there)
		return not_set_up(reterr);
	return ldap_prove(
		&work->settings, work->arena, work->ask->name, work->ask->password, ret_identity, reterr);
}

/* ---- a provider ---- */

static void make_secret(struct work *work, char text[FLOW_TEXT_SIZE + 1])
{
	const struct act_source *source = work->outside->config.source;
	uint8_t bytes[FLOW_SECRET_SIZE];

	source->random(source->context, bytes, sizeof bytes);
	struct str printed = base64url_print(work->arena, bytes, sizeof bytes);

	REQUIRE(printed.size == FLOW_TEXT_SIZE);
	memcpy(text, printed.data, FLOW_TEXT_SIZE + 1);
	secret_wipe(bytes, sizeof bytes);
}

static struct hash hash_of(struct str text)
{
	return hash_bytes(text.data, text.size);
}

static enum err begin(struct work *work)
{
	struct outside *outside = work->outside;
	struct auth_answer *answer = &work->job->result;
	struct bh_err *reterr = &work->job->why;
	char state[FLOW_TEXT_SIZE + 1];
	struct flow flow = {.prove = work->ask->prove, .begun = work->now};
	struct str location;

	if (!work->settings.oidc_way.there)
		return not_set_up(reterr);
	static_assert(FLOW_TEXT_SIZE < sizeof answer->session, "what the browser keeps has its place");
	make_secret(work, state);
	make_secret(work, flow.nonce);
	make_secret(work, flow.verifier);
	make_secret(work, answer->session);
	flow.state = hash_of(str_from(state));
	flow.browser = hash_of(str_from(answer->session));
	flow.session = hash_of(work->ask->auth->session);
	TRY(oidc_location(outside->provider, &work->settings, work->arena, &flow, str_from(state), work->now,
		&location, reterr));
	if (location.size >= sizeof answer->text)
		return err_set(reterr, ERR_RANGE, "oidc", "the provider's address is longer than any");
	memcpy(answer->text, location.data, location.size + 1);
	pthread_mutex_lock(&outside->lock);
	flows_put(&outside->flows, &flow, work->now);
	pthread_mutex_unlock(&outside->lock);
	secret_wipe(&flow, sizeof flow);
	return ERR_OK;
}

static enum err by_provider(struct work *work, struct identity *ret_identity)
{
	struct outside *outside = work->outside;
	struct outside_ask *ask = work->ask;
	struct bh_err *reterr = &work->job->why;
	struct flow flow;

	pthread_mutex_lock(&outside->lock);
	bool found = flows_take(&outside->flows, ask->state, ask->browser, work->now, &flow);
	pthread_mutex_unlock(&outside->lock);
	if (!found)
		return err_set(reterr, ERR_UNAUTHENTICATED, "state",
			"this browser has no such sign-in under way: it took too long, or was ended already; "
			"begin again");
	struct hash session = hash_of(ask->auth->session);

	if (flow.prove && !hash_equal(&session, &flow.session))
		return err_set(reterr, ERR_UNAUTHENTICATED, "session",
			"the session that was to be proved is over: sign in");
	if (!work->settings.oidc_way.there)
		return not_set_up(reterr);
	ask->auth->kind = flow.prove ? AUTH_STEP_UP : AUTH_SIGN_IN;
	const struct oidc_return back = {
		.code = ask->code, .issuer = ask->issuer, .flow = &flow, .now = work->now};

	return oidc_identity(outside->provider, &work->settings, work->arena, &back, ret_identity, reterr);
}

/* ---- on to the gate ---- */

static struct str keep_text(struct outside_ask *ask, size_t at, struct str text)
{
	if (text.size > IDENTITY_MAX) /* cut off it would be another's */
		return STR("");
	if (text.size > 0)
		memcpy(ask->texts[at], text.data, text.size);
	return (struct str){ask->texts[at], text.size};
}

/* It must outlive the arena of this work: the gate answers later. */
static enum err hand_on(struct work *work, const struct identity *identity)
{
	struct outside_ask *ask = work->ask;

	ask->identity = *identity;
	ask->identity.issuer = keep_text(ask, 0, identity->issuer);
	ask->identity.subject = keep_text(ask, 1, identity->subject);
	ask->identity.number = keep_text(ask, 2, identity->number);
	ask->auth->identity = &ask->identity;
	work->job->ask = ask->auth;
	return auth_submit(work->outside->config.auth, work->job, &work->job->why);
}

/* True when the job is the gate's now. */
static bool work_on(struct work *work)
{
	struct auth_job *job = work->job;
	struct bh_err why;
	struct identity identity;
	struct outside_ask *ask = work->ask;

	if (outside_settings_read(work->outside->config.dir, work->arena, &work->settings, &why) != ERR_OK)
		job->err = not_set_up(&job->why);
	else if (ask->kind == OUTSIDE_BEGIN)
		job->err = begin(work);
	else
		job->err = ask->kind == OUTSIDE_LDAP ? by_directory(work, &identity)
						     : by_provider(work, &identity);
	if (job->err != ERR_OK || ask->kind == OUTSIDE_BEGIN)
		return false;
	/* Once it is handed on, what stands in it is the gate's word and nobody else's. */
	enum err err = hand_on(work, &identity);

	if (err != ERR_OK)
		job->err = err;
	return err == ERR_OK;
}

/* ---- the workers ---- */

static bool take(struct outside *outside, struct waiting *ret_waiting)
{
	pthread_mutex_lock(&outside->lock);
	while (outside->count == 0 && !outside->closing)
		pthread_cond_wait(&outside->more, &outside->lock);
	bool found = outside->count > 0;

	if (found) {
		*ret_waiting = outside->queue[outside->first];
		outside->first = (outside->first + 1) % QUEUE_MAX;
		outside->count--;
	}
	pthread_mutex_unlock(&outside->lock);
	return found;
}

static void *worker_main(void *context)
{
	struct outside *outside = context;
	struct arena *arena = arena_new();
	struct waiting waiting;

	while (take(outside, &waiting)) {
		struct work work = {.outside = outside,
			.ask = waiting.ask,
			.job = waiting.job,
			.arena = arena,
			.now = installation_now(outside->config.installation)};

		if (!work_on(&work))
			waiting.job->answer(waiting.job);
		secret_wipe(&work, sizeof work);
		arena_clear(arena);
	}
	arena_free(arena);
	return NULL;
}

enum err outside_submit(
	struct outside *outside, struct outside_ask *ask, struct auth_job *job, struct bh_err *reterr)
{
	memset(&job->result, 0, sizeof job->result);
	job->err = ERR_OK;
	pthread_mutex_lock(&outside->lock);
	bool full = outside->count == QUEUE_MAX;

	if (!full) {
		outside->queue[(outside->first + outside->count) % QUEUE_MAX] = (struct waiting){ask, job};
		outside->count++;
		pthread_cond_signal(&outside->more);
	}
	pthread_mutex_unlock(&outside->lock);
	return full ? err_set(reterr, ERR_TOO_MANY, "sign_in",
			      "too many are signing in at this moment: try again in a few seconds")
		    : ERR_OK;
}

enum err outside_open(
	const struct outside_config *config, struct outside **ret_outside, struct bh_err *reterr)
{
	struct outside *outside = calloc(1, sizeof *outside);

	REQUIRE(outside != NULL && pthread_mutex_init(&outside->lock, NULL) == 0 &&
		pthread_cond_init(&outside->more, NULL) == 0);
	outside->config = *config;
	outside->provider = provider_new();
	for (; outside->thread_count < WORKERS; outside->thread_count++)
		if (pthread_create(&outside->threads[outside->thread_count], NULL, worker_main, outside) !=
			0) {
			enum err err = err_set(
				reterr, ERR_IO, "sign_in", "a worker can't be started: %s", strerror(errno));

			outside_close(outside);
			return err;
		}
	*ret_outside = outside;
	return ERR_OK;
}

void outside_close(struct outside *outside)
{
	if (outside == NULL)
		return;
	pthread_mutex_lock(&outside->lock);
	outside->closing = true;
	pthread_cond_broadcast(&outside->more);
	pthread_mutex_unlock(&outside->lock);
	for (size_t i = 0; i < outside->thread_count; i++)
		pthread_join(outside->threads[i], NULL);
	provider_free(outside->provider);
	pthread_mutex_destroy(&outside->lock);
	pthread_cond_destroy(&outside->more);
	secret_wipe(outside, sizeof *outside);
	free(outside);
}

/* ---- is it well? ---- */

enum err outside_try_oidc(struct str dir, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct settings settings = {0};
	enum err err = outside_settings_read(dir, arena, &settings, reterr);

	if (err == ERR_OK)
		err = oidc_try(&settings, arena, reterr);
	arena_free(arena);
	return err;
}

enum err outside_try_ldap(struct str dir, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct settings settings = {0};
	enum err err = outside_settings_read(dir, arena, &settings, reterr);

	if (err == ERR_OK)
		err = ldap_try(&settings, arena, reterr);
	arena_free(arena);
	return err;
}
