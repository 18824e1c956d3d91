/* http.h: an installation over HTTP: the server as a whole, and what a handler of a route works with.
 *
 * A request goes one way: bytes → head (checked strictly) → route (a row of routes.def) → parameters and body
 * (checked by the rows of that route, every fault named) → handler → reply. Nothing of the HTTP library is
 * seen outside http/server.c.
 *
 * Threads. The loops (epoll) read and write sockets and never wait. A handler runs on a worker, which has a
 * read connection of its own (request->reader); one marked LOOP in its row runs on the loop and has none. An
 * act is handed to the writer with request_act: the request sleeps without a thread and goes on when the act
 * is durable. So a handler may read, may ask for one act, and may not wait for anything else.
 *
 * Memory. A request owns one arena; all that is taken from it dies with the request, after the last byte of
 * the reply. */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "act/auth.h"
#include "view/institution.h"

struct http_request;
struct route;
struct route_table; /* rows of a .def, see http/table.h */

/* ---- the server ---- */

struct service;

/* May the one who asked for this stream know of this event? Asked on the hub's thread, with its own read
 * connection, for each event and each stream; `subject` is what the handler gave to reply_live. */
struct live_event {
	int64_t index;
	struct instant time;
	struct str kind, object; /* "duty.breach", "m12" */
};
typedef bool live_may_see_fn(const void *subject, const struct live_event *event, struct store *reader);

struct http_config {
	struct str dir;               /* the data folder */
	struct str listen;            /* "127.0.0.1:8080", "[::1]:8080"; port 0: any that is free */
	struct str tls_cert, tls_key; /* PEM files, read again by http_reload; "" for plain HTTP */
	struct str access_log; /* a file, opened again by http_reload; "-" for standard error; "" for none */
	struct str proxy;      /* the address whose X-Forwarded-For names the client; "" for none */
	bool no_limits;        /* keep no token buckets: something in front does */
	int workers; /* threads that run handlers; 0: as many as the machine has cores, at least 2 */
	int connections_max, connections_per_address; /* 0: 1024 and 128 */
	int drain_seconds;                            /* how long http_close waits for slow clients; 0: 10 */
	int head_ms, body_ms;            /* to send a head, and a body beside what its size asks; 0: 10,000 */
	int heartbeat_ms;                /* of live streams; 0: 15,000 */
	const struct act_source *source; /* the clock, and where salts come from */
	const struct route_table *table; /* NULL: routes.def */
	const struct auth_options *auth; /* of the gate; NULL: as act/auth.h says */
};

/* Is what is listened on an address of the loopback, which only this machine reaches? */
bool http_is_local(struct str address);
/* Open the installation and begin to serve it. ERR_BUSY when another process writes the folder or has the
 * address, ERR_INVALID for an address or certificate that can't be used. */
MUST_CHECK enum err http_open(
	const struct http_config *config, struct service **ret_service, struct bh_err *reterr);
/* "http://127.0.0.1:8080": what it really listens on. Lives as long as the service. */
struct str http_address(const struct service *service);
/* Read the certificate and open the access log again. On failure the old ones stay in use. */
MUST_CHECK enum err http_reload(struct service *service, struct bh_err *reterr);
/* Stop accepting, let what has begun come to its end, close the installation. What was acknowledged is
 * durable; what was received whole is answered. Returns how many requests were cut off at the deadline. */
int http_close(struct service *service);
/* All of it, until SIGTERM or SIGINT; SIGHUP is http_reload. `started` is told the address once it serves.
 * Signals are taken by this thread, so it must be called before others are started. `ret_cut` as http_close
 * returns it. */
typedef void http_started_fn(void *context, struct str address);
MUST_CHECK enum err http_run(const struct http_config *config, http_started_fn *started, void *context,
	int *ret_cut, struct bh_err *reterr);

/* ---- a request, as its handler sees it ---- */

struct http_request {
	struct service *service;
	struct installation *installation;
	const struct route *route;
	struct arena *arena;
	struct store *reader; /* the worker's; NULL on the loop */
	struct auth_who who;  /* who sends it; account 0: nobody asked, or the route is PUBLIC */
	struct str id;        /* names this request in its reply and in the log */
	struct bh_err why;    /* what went wrong; goes into the problem details when a handler fails */
	void *state;          /* the handler's own, from one of its steps to the next */
};

/* Parameters and body fields by the names of their rows. Asking for one that has no row, or by another type,
 * is our own mistake and REQUIREd. */
bool request_has(const struct http_request *request, const char *name);
int64_t request_int(const struct http_request *request, const char *name);     /* 0 when not given */
bool request_bool(const struct http_request *request, const char *name);       /* false when not given */
struct str request_text(const struct http_request *request, const char *name); /* STR_NONE when not given */
struct day request_day(const struct http_request *request, const char *name);  /* DAY_NONE when not given */
struct instant request_instant(
	const struct http_request *request, const char *name); /* INSTANT_NONE when not given */
const struct doc *request_tree(
	const struct http_request *request, const char *name); /* NULL when not given; lists and objects */
/* A header field as it came, blanks off both ends; STR_NONE when absent. */
struct str request_header(const struct http_request *request, const char *name);
struct str request_address(const struct http_request *request); /* of the client, "127.0.0.1" */
/* The language the sender reads best, by Accept-Language: "zh" or "en"; "zh" when it says nothing. */
struct str request_lang(const struct http_request *request);
/* The sender looks at something that is recorded: "m12" for a compartment they may see, which is recorded
 * before this returns, so call it before anything of it is read; else a word ("export:people"), recorded with
 * others. ERR_STEP_UP: a compartment is entered by who has just proved who they are, and by no token. */
MUST_CHECK enum err request_look(struct http_request *request, struct str object);
/* The Idempotency-Key of a write; STR_NONE when none was given. */
struct str request_key(const struct http_request *request);
/* The institution as this request sees it: as new as anything that was acknowledged before it, the same
 * until the request is over. For handlers on a worker whose route isn't PUBLIC. */
const struct institution *request_institution(const struct http_request *request);
/* The moment at which the handler began, and its day where the institution is. */
struct instant request_now(const struct http_request *request);
struct day request_today(const struct http_request *request);
/* Something is wrong with what was sent, at "fields.due" or the like; several may be named. request_faults is
 * ERR_OK when nothing was, else the reply with all of them. */
void request_fault(struct http_request *request, struct str place, const struct bh_err *why);
MUST_CHECK enum err request_faults(struct http_request *request);
/* Could the members of this object stand in the query of the route of that name? Each that couldn't is a
 * fault, at "place.member", or by its name alone where `place` is NULL. What only says which page it is
 * (limit, cursor, count) is none of it. NULL is fine. */
void request_check_query(
	struct http_request *request, const char *route, const char *place, const struct doc *object);
/* Called with `context` when the request is over, whichever way it ended: for what isn't memory. */
typedef void request_end_fn(void *context);
void request_on_end(struct http_request *request, request_end_fn *end, void *context);

/* ---- lists that go on ---- */

#define CURSOR_PARTS_MAX 4

/* Behind what a list goes on: what its last row is sorted by, the unique part last. */
struct cursor {
	struct str parts[CURSOR_PARTS_MAX];
	size_t count; /* 0: from the beginning */
};
/* The cursor that the parameter "cursor" of this request holds. It belongs to the query it was made for, page
 * by page with whatever limit: ERR_INVALID for one of another query or of no query at all. */
MUST_CHECK enum err request_cursor(struct http_request *request, struct cursor *ret_cursor);
/* The text that goes on behind a row, for the same query. */
struct str request_cursor_print(const struct http_request *request, const struct cursor *cursor);

/* ---- a reply ---- */

#define REPLY_HEADERS_MAX 12

struct reply {
	int status;       /* 200 unless set */
	struct str media; /* set by the function that gives the body */
	struct str body;  /* must live as long as the request or longer */
	int fd;           /* body from a file instead; -1: no */
	uint64_t fd_size;
	struct live_stream *live; /* body from the hub instead; NULL: no */
	struct {
		const char *name;
		struct str value;
	} headers[REPLY_HEADERS_MAX];
	size_t header_count;
	struct arena *arena;
	struct buf buf;
	struct json_out json;
};

/* Begin a JSON body; what is written to the result is the body. */
struct json_out *reply_json(struct reply *reply);
/* Begin an object with one list, "key": […], to which rows are then written; end both. */
struct json_out *reply_list(struct reply *reply, const char *key);
void reply_list_end(struct json_out *out);
void reply_body(struct reply *reply, const char *media, struct str body);
/* It is a file to keep, of that name. */
void reply_name(struct reply *reply, struct str name);
/* A file as an attachment; `fd` is closed with the request. */
void reply_file(struct reply *reply, const char *media, struct str name, int fd, uint64_t size);
void reply_header(struct reply *reply, const char *name, struct str value);
/* A strong ETag. A GET whose If-None-Match names it is answered 304 without the body. */
void reply_etag(struct reply *reply, struct str tag);
/* May be kept by anybody for ever: for what never changes under its address. */
void reply_immutable(struct reply *reply);
/* What every acknowledged write carries: events, version, and where the receipt is; with an ETag of the
 * version. */
void reply_receipt(struct reply *reply, const struct receipt *receipt);
/* The same into an object that is open, for what has more to say. */
void reply_receipt_fields(struct reply *reply, struct json_out *out, const struct receipt *receipt);
/* Go on as a stream of server-sent events from the hub, those that `may_see` lets through, from behind the
 * event of the Last-Event-ID header on, as long as the sender may call this route. `subject` must live until
 * the stream ends: take it from the request's arena. ERR_UNAVAILABLE when there are too many streams. */
MUST_CHECK enum err reply_live(
	struct http_request *request, struct reply *reply, live_may_see_fn *may_see, const void *subject);

/* ---- handlers ---- */

/* Fill `reply`, or return an error with request->why set. */
typedef enum err route_fn(struct http_request *request, struct reply *reply);
/* One piece of an upload, in order, on a worker. An error ends the request with it. */
typedef enum err receive_fn(struct http_request *request, struct str piece);

/* Hand `act` to the writer and sleep until it is done: `then` fills the reply from its receipt. The act and
 * all it points to must live in the request's arena. A handler ends with `return request_act(…)`. When the
 * act fails, the reply is its error and `then` isn't called. `then` runs on the loop: it may not read. */
typedef enum err request_then_fn(
	struct http_request *request, const struct receipt *receipt, struct reply *reply);
MUST_CHECK enum err request_act(struct http_request *request, const struct act *act, request_then_fn *then);
/* The same of the gate: hand `ask` to it and sleep until it is answered. What it gives is secret: it is wiped
 * when `then` has put it into the reply. */
typedef enum err request_passed_fn(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply);
MUST_CHECK enum err request_auth(
	struct http_request *request, const struct auth_ask *ask, request_passed_fn *then);
/* The same of another server first (outside/outside.h); `ask` and its `auth` must live in the request's
 * arena. */
struct outside_ask;
MUST_CHECK enum err request_outside(
	struct http_request *request, struct outside_ask *ask, request_passed_fn *then);

#endif
