/* service.c: the server put together, and taken apart again in an order that loses nothing. */
#include "http/service.h"
#include "http/listen.h"
#include "http/moment.h"
#include "http/tls.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define CONNECTIONS_MAX         1024
#define CONNECTIONS_PER_ADDRESS 128
#define FILES_BESIDE            256 /* databases, uploads, replies from files */
#define DRAIN_SECONDS           10
#define SEND_MS                 10000
#define HEARTBEAT_MS            15000
#define WORKERS_MIN             2
#define QUIET_ROUNDS            5 /* looks in a row without a request under way: then none is on its way */
#define LOOK_MS                 10

void service_note(struct service *service, struct str request_id, enum err err, const struct bh_err *why)
{
	char line[LOG_LINE_MAX];
	int size = snprintf(line, sizeof line, "bihuan: %.*s: %s: %s: %s", STR_ARG(request_id), err_name(err),
		why->place, why->text[0] != '\0' ? why->text : err_meaning(err));

	log_note(service->log,
		(struct str){line, (size_t)size < sizeof line ? (size_t)size : sizeof line - 1});
}

static void complain_of_clock(void *context, enum err err, const struct bh_err *why)
{
	service_note(context, STR("clock"), err, why);
}

static void complain_of_post(void *context, enum err err, const struct bh_err *why)
{
	service_note(context, STR("outbox"), err, why);
}

static void grew(void *context, uint64_t size)
{
	struct service *service = context;

	atomic_store(&service->ledger_size, size);
	live_grew(service->live, size);
	ticker_grew(service->ticker);
	postman_grew(service->postman);
}

/* ---- opening ---- */

static int either(int given, int otherwise)
{
	return given > 0 ? given : otherwise;
}

static struct http_config complete(struct arena *arena, const struct http_config *config)
{
	struct http_config full = *config;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	full.dir = str_copy(arena, config->dir);
	full.tls_cert = str_copy(arena, config->tls_cert);
	full.tls_key = str_copy(arena, config->tls_key);
	full.proxy = str_copy(arena, config->proxy);
	full.workers = either(config->workers, cores > WORKERS_MIN ? (int)cores : WORKERS_MIN);
	full.connections_max = either(config->connections_max, CONNECTIONS_MAX);
	/* All that comes through a proxy comes from its address. */
	full.connections_per_address =
		config->proxy.size > 0 ? 0 : either(config->connections_per_address, CONNECTIONS_PER_ADDRESS);
	full.drain_seconds = either(config->drain_seconds, DRAIN_SECONDS);
	full.head_ms = either(config->head_ms, SEND_MS);
	full.body_ms = either(config->body_ms, SEND_MS);
	full.heartbeat_ms = either(config->heartbeat_ms, HEARTBEAT_MS);
	full.table = config->table != NULL ? config->table : &http_table;
	return full;
}

/* Each connection is a file; what the system allows is asked for before the first is refused. */
static enum err allow_files(int connections, struct bh_err *reterr)
{
	struct rlimit limit;
	rlim_t needed = (rlim_t)connections + FILES_BESIDE;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= needed)
		return ERR_OK;
	limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > needed ? needed : limit.rlim_max;
	if (limit.rlim_cur < needed || setrlimit(RLIMIT_NOFILE, &limit) != 0)
		return err_set(reterr, ERR_RANGE, "connections",
			"%d connections need %llu open files and the system allows %llu: raise its limit or "
			"take fewer",
			connections, (unsigned long long)needed, (unsigned long long)limit.rlim_max);
	return ERR_OK;
}

static enum err open_record(struct service *service, struct bh_err *reterr)
{
	struct live_config live = {.dir = service->config.dir, .heartbeat_ms = service->config.heartbeat_ms};
	struct checkpoint checkpoint;
	uint8_t chance[4];

	TRY(installation_open(service->config.dir, service->config.source, &service->installation, reterr));
	TRY(auth_open(service->installation, service->config.auth, &service->auth, reterr));
	const struct outside_config outside = {.dir = service->config.dir,
		.installation = service->installation,
		.auth = service->auth,
		.source = service->config.source};

	TRY(outside_open(&outside, &service->outside, reterr));
	service->looks = look_log_new(service->installation);
	TRY(checkpoint_parse(service->arena, installation_checkpoint(service->installation, service->arena),
		&checkpoint, reterr));
	service->config.source->random(service->config.source->context, chance, sizeof chance);
	snprintf(service->id_prefix, sizeof service->id_prefix, "%s",
		hex_print(service->arena, chance, sizeof chance).data);
	service->config.source->random(
		service->config.source->context, service->id_secret, sizeof service->id_secret);
	service->offset_minutes = live.offset_minutes = installation_offset(service->installation);
	live.size = checkpoint.size;
	atomic_store(&service->ledger_size, checkpoint.size);
	TRY(live_open(&live, &service->live, reterr));
	for (enum upload_use use = UPLOAD_EVIDENCE; use < UPLOAD_USE_COUNT; use++)
		TRY(uploads_open(service->config.dir, use, &service->uploads[use], reterr));
	TRY(ticker_open(service->config.dir, service->installation, service->looks, service->uploads,
		complain_of_clock, service, &service->ticker, reterr));
	const struct outbox_config outbox = {.dir = service->config.dir,
		.installation = service->installation,
		.source = service->config.source};

	TRY(postman_open(&outbox, complain_of_post, service, &service->postman, reterr));
	installation_watch(service->installation, grew, service);
	return workers_open(service->config.dir, service->config.workers, &service->workers, reterr);
}

static enum err open_server(struct service *service, struct bh_err *reterr)
{
	const struct http_config *config = &service->config;
	struct server_config server = {.connections_max = config->connections_max,
		.connections_per_address = config->connections_per_address,
		.head_ms = config->head_ms,
		.body_ms = config->body_ms,
		.service = service,
		.tls = config->tls_cert.size > 0};
	struct str shown;

	TRY(listen_open(service->arena, config->listen, &server.fd, &shown, reterr));
	service->address =
		str_format(service->arena, "%s://%.*s", server.tls ? "https" : "http", STR_ARG(shown));
	service->local = !server.tls && service->proxy.size == 0 && http_is_local(shown);
	service->server = server_new(&server);
	return server_start(service->server, reterr);
}

static enum err open_all(struct service *service, struct bh_err *reterr)
{
	const struct http_config *config = &service->config;
	uint64_t secret;

	TRY(allow_files(config->connections_max, reterr));
	if (config->tls_cert.size > 0)
		TRY(tls_load(config->tls_cert, config->tls_key, reterr));
	service->proxy = config->proxy;
	service->routes = routes_new(service->arena, config->table);
	service->snapshots = snapshots_new();
	service->metrics = metrics_new(service->routes);
	config->source->random(config->source->context, (uint8_t *)&secret, sizeof secret);
	service->limits = config->no_limits ? NULL : limits_new(secret);
	TRY(log_open(config->access_log, &service->log, reterr));
	TRY(open_record(service, reterr));
	return open_server(service, reterr);
}

/* The last looks; what can't be recorded any more is at least said. */
static void note_looks(struct service *service)
{
	struct bh_err why;

	if (service->looks != NULL && look_log_flush(service->looks, &why) != ERR_OK)
		service_note(service, STR("looks"), why.code, &why);
}

static void close_all(struct service *service)
{
	if (service->installation != NULL)
		installation_watch(service->installation, NULL, NULL);
	workers_close(service->workers);
	outside_close(service->outside);
	auth_close(service->auth);
	ticker_close(service->ticker);
	postman_close(service->postman);
	for (size_t use = 0; use < UPLOAD_USE_COUNT; use++)
		uploads_close(service->uploads[use]);
	note_looks(service);
	look_log_free(service->looks);
	server_free(service->server);
	installation_close(service->installation);
	live_close(service->live);
	snapshots_free(service->snapshots);
	auditor_free(service->auditor);
	log_close(service->log);
	limits_free(service->limits);
	metrics_free(service->metrics);
	tls_forget();
	arena_free(service->arena);
	free(service);
}

enum err http_open(const struct http_config *config, struct service **ret_service, struct bh_err *reterr)
{
	struct service *service = calloc(1, sizeof *service);

	REQUIRE(service != NULL);
	/* A client that is gone is seen by what a call returns, not by a signal. */
	signal(SIGPIPE, SIG_IGN);
	service->arena = arena_new();
	service->auditor = auditor_new();
	atomic_flag_clear(&service->planning);
	service->config = complete(service->arena, config);
	enum err err = open_all(service, reterr);

	if (err != ERR_OK) {
		if (service->live != NULL)
			live_end(service->live);
		close_all(service);
		return err;
	}
	*ret_service = service;
	return ERR_OK;
}

struct str http_address(const struct service *service)
{
	return service->address;
}

enum err http_reload(struct service *service, struct bh_err *reterr)
{
	TRY(log_reopen(service->log, reterr));
	if (service->config.tls_cert.size > 0)
		TRY(tls_load(service->config.tls_cert, service->config.tls_key, reterr));
	return ERR_OK;
}

/* ---- closing ---- */

static void wait_for_requests(struct service *service)
{
	int64_t until_us = moment_us() + service->config.drain_seconds * INT64_C(1000000);

	for (int quiet = 0; quiet < QUIET_ROUNDS && moment_us() < until_us;) {
		quiet = server_exchanges(service->server) == 0 ? quiet + 1 : 0;
		moment_pass(LOOK_MS);
	}
}

int http_close(struct service *service)
{
	atomic_store(&service->draining, true);
	server_quiesce(service->server);
	live_end(service->live);
	wait_for_requests(service);
	server_settle(service->server);
	int cut = server_stop(service->server);

	close_all(service);
	return cut;
}
