/* service.h: a running server, as the files of this room see it. */
#ifndef HTTP_SERVICE_H
#define HTTP_SERVICE_H

#include "http/auditor.h"
#include "http/exchange.h"
#include "http/limit.h"
#include "http/live.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/server.h"
#include "http/snapshot.h"
#include "http/ticker.h"
#include "http/uploads.h"
#include "http/workers.h"
#include "outbox/outbox.h"

#include <stdatomic.h>

struct service {
	struct http_config config;
	struct arena *arena;       /* for life */
	struct str address, proxy; /* proxy: whose X-Forwarded-For is believed; "" for none */
	int offset_minutes;
	bool local; /* plain HTTP that only this machine reaches: no cookie can be Secure here */
	struct installation *installation;
	struct auth *auth;
	struct outside *outside;
	struct look_log *looks;
	struct routes *routes;
	struct limits *limits; /* NULL: none are kept */
	struct metrics *metrics;
	struct log *log;
	struct snapshots *snapshots;
	struct workers *workers;
	struct live *live;
	struct uploads *uploads[UPLOAD_USE_COUNT];
	struct ticker *ticker;
	struct postman *postman;
	struct server *server;
	atomic_bool draining;
	atomic_uint_least64_t ledger_size;
	struct auditor *auditor;
	atomic_flag planning; /* one at a time: it reckons for seconds */
	atomic_size_t acting; /* requests that the writer has */
	atomic_uint_least64_t request_count;
	char id_prefix[9]; /* of this run: names of requests don't meet after a restart */
	uint8_t id_secret[16];
};

/* A failure that a person should know of, into the log: request's id, code, place and text. */
void service_note(struct service *service, struct str request_id, enum err err, const struct bh_err *why);

#endif
