/* dispatch.c: what is done with an exchange at each of its points. */
#include "http/moment.h"
#include "http/service.h"
#include "http/who.h"

#include <string.h>
#include <strings.h>

#define PIECE_SIZE         ((size_t)128 * 1024)
#define DISCARD_MAX        ((uint64_t)1024 * 1024) /* of an unwanted body; then it is cut off */
#define KEY_MAX            64
#define REQUEST_NAME_BYTES 6 /* no two of a day meet */
#define GATE_RETRY_SECONDS 5 /* when too many are signing in */

/* ---- beginning ---- */

/* Numbered, but not so that anybody sees it: a gap between two lines of the log would tell that something
 * came in between which isn't noted. */
static struct str name_of(struct service *service, struct arena *arena)
{
	struct str number =
		str_format(arena, "%llu", (unsigned long long)atomic_fetch_add(&service->request_count, 1));
	struct hash hash = hmac_sha256(
		(struct str){(const char *)service->id_secret, sizeof service->id_secret}, number);

	return str_format(arena, "%s-%.*s", service->id_prefix,
		STR_ARG(hex_print(arena, hash.bytes, REQUEST_NAME_BYTES)));
}

void dispatch_begin(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;
	struct service *service = request->service;

	request->installation = service->installation;
	request->id = name_of(service, request->arena);
	exchange->faults.arena = request->arena;
	reply_begin(&exchange->reply, request->arena);
}

void dispatch_refuse(struct exchange *exchange, enum err err)
{
	exchange->err = err;
	reply_end(exchange);
	exchange->phase = PHASE_REPLY;
}

/* Behind our own proxy the client is whom the proxy names last; what stands before that anybody may have
 * written. */
static void see_through_proxy(struct exchange *exchange)
{
	struct str proxy = exchange->request.service->proxy,
		   rest = head_get(&exchange->head, "X-Forwarded-For"), part;

	if (proxy.size == 0 || !str_equal(exchange->address, proxy))
		return;
	while (str_cut(&rest, ',', &part))
		if (str_trim(part).size > 0 && str_trim(part).size < 64)
			exchange->address = str_copy(exchange->request.arena, str_trim(part));
}

static bool reads_only(const struct route *route)
{
	return route->row->method == HTTP_GET;
}

/* A page of another origin must not act in the name of who is signed in here. Browsers say where a request
 * comes from; what isn't a browser says nothing. */
static enum err check_origin(const struct head *head, struct bh_err *reterr)
{
	struct str site = head_get(head, "Sec-Fetch-Site"), origin = head_get(head, "Origin"),
		   host = head_get(head, "Host");
	size_t behind = str_find(origin, STR("://"));

	if (site.size > 0 && !str_is(site, "same-origin") && !str_is(site, "none"))
		return err_set(
			reterr, ERR_FORBIDDEN, "Sec-Fetch-Site", "it was sent by a page of another site");
	if (origin.size == 0)
		return ERR_OK;
	origin = behind == SIZE_MAX ? STR_NONE : str_slice(origin, behind + 3, origin.size);
	if (origin.size != host.size || origin.size == 0 ||
		strncasecmp(origin.data, host.data, host.size) != 0)
		return err_set(reterr, ERR_FORBIDDEN, "Origin", "it was sent by a page of another site");
	return ERR_OK;
}

static enum err check_key(const struct head *head, struct bh_err *reterr)
{
	struct str key = head_get(head, "Idempotency-Key");

	if (key.data == NULL)
		return ERR_OK;
	for (size_t i = 0; i < key.size; i++)
		if ((unsigned char)key.data[i] <= 0x20 || (unsigned char)key.data[i] >= 0x7F)
			return err_set(reterr, ERR_INVALID, "Idempotency-Key",
				"it is made of visible ASCII characters");
	if (key.size == 0 || key.size > KEY_MAX)
		return err_set(reterr, ERR_RANGE, "Idempotency-Key", "it has 1 to %d characters", KEY_MAX);
	return ERR_OK;
}

static enum err check_body_head(const struct route *route, const struct head *head, struct bh_err *reterr)
{
	struct str media = head_get(head, "Content-Type"), coding = head_get(head, "Content-Encoding");

	if (route->row->body == BODY_NONE)
		return head->length == 0 ? ERR_OK
					 : err_set(reterr, ERR_INVALID, "body", "this address takes no body");
	if (!head->has_length)
		return err_set(
			reterr, ERR_LENGTH, "Content-Length", "this address takes a body: send its length");
	if (coding.size > 0 && !str_is(coding, "identity"))
		return err_set(reterr, ERR_MEDIA, "Content-Encoding", "send the body as it is");
	if (route->row->body == BODY_JSON && !media_is_json(media))
		return err_set(reterr, ERR_MEDIA, "Content-Type", "this address takes application/json");
	if (head->length > route->row->body_max)
		return err_set(reterr, ERR_TOO_LARGE, "body", "it has %llu bytes, this address takes %llu",
			(unsigned long long)head->length, (unsigned long long)route->row->body_max);
	return ERR_OK;
}

static enum err take_token(struct exchange *exchange, enum rate rate, uint64_t key)
{
	struct service *service = exchange->request.service;

	if (service->limits == NULL)
		return ERR_OK;
	exchange->retry_seconds = limits_take(service->limits, rate, key, exchange->began_us);
	return exchange->retry_seconds == 0
		       ? ERR_OK
		       : err_set(&exchange->request.why, ERR_TOO_MANY, "",
				 "there were more requests than are taken in a while: wait %d seconds",
				 exchange->retry_seconds);
}

/* Of whoever nobody knows anything else; 0 where nothing is counted. */
static uint64_t address_key(const struct exchange *exchange)
{
	const struct limits *limits = exchange->request.service->limits;

	return limits == NULL ? 0 : limits_key(limits, exchange->address);
}

enum err dispatch_rate(struct exchange *exchange, enum rate rate, struct str name)
{
	struct hash hash = hash_bytes(name.data, name.size);
	uint64_t key;

	memcpy(&key, hash.bytes, sizeof key);
	return take_token(exchange, rate, key);
}

/* Who is signed in has a bucket of their own, since a whole office may come from one address. Whoever is
 * nobody, and whoever tries to prove something, counts by address. */
static bool counts_by_address(const struct exchange *exchange)
{
	const struct route_row *row = exchange->request.route->row;

	return capability_is_public(row->capability) || row->rate == RATE_LOGIN ||
	       !who_is_claimed(&exchange->request);
}

static void read_params(struct exchange *exchange, const struct str segments[ROUTE_PARTS_MAX])
{
	const struct route *route = exchange->request.route;

	for (size_t i = 0; i < route->part_count; i++)
		if (route->parts[i].param != NULL)
			param_read_text(route->parts[i].param, segments[i],
				&exchange->args[route_param(route, route->parts[i].param->name)],
				&exchange->faults);
	/* What stands in the query of a page is for its script. */
	if (route != exchange->request.service->routes->page)
		params_read_query(route, &exchange->head.url, exchange->args, &exchange->faults);
	params_read_headers(route, &exchange->head, exchange->args, &exchange->faults);
}

static enum err look_at_head(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;
	struct bh_err *why = &request->why;
	struct head *head = &exchange->head;
	struct str segments[ROUTE_PARTS_MAX];
	enum err found = routes_find(request->service->routes, request->arena, head->method, &head->url,
		&request->route, segments, &exchange->allow, why);

	if (found != ERR_OK || counts_by_address(exchange))
		TRY(take_token(exchange, found == ERR_OK ? request->route->row->rate : RATE_API,
			address_key(exchange)));
	if (found != ERR_OK)
		return found;
	if (!reads_only(request->route)) {
		TRY(check_origin(head, why));
		TRY(check_key(head, why));
	}
	TRY(check_body_head(request->route, head, why));
	read_params(exchange, segments);
	return faults_first(&exchange->faults, why);
}

void dispatch_head(struct exchange *exchange)
{
	struct head *head = &exchange->head;
	enum err framed = head_check(exchange->request.arena, head, &exchange->request.why);

	exchange->err = framed;
	if (framed == ERR_OK) {
		see_through_proxy(exchange);
		exchange->err = look_at_head(exchange);
	}
	exchange->phase = PHASE_BODY;
	if (exchange->err == ERR_OK)
		return;
	reply_end(exchange);
	/* Behind a head that can't be trusted nobody knows where the next request begins. */
	exchange->phase = framed != ERR_OK || head->length > DISCARD_MAX ? PHASE_REFUSE : PHASE_DISCARD;
}

/* ---- bodies ---- */

size_t dispatch_body(struct exchange *exchange, const char *bytes, size_t size)
{
	bool is_json = exchange->phase == PHASE_BODY && exchange->request.route->row->body == BODY_JSON;
	size_t room;

	if (exchange->phase == PHASE_DISCARD) {
		exchange->received += size;
		return size;
	}
	if (exchange->body == NULL) {
		exchange->body_room = is_json ? (size_t)exchange->head.length : PIECE_SIZE;
		exchange->body = arena_take(exchange->request.arena, exchange->body_room, 1);
	}
	room = exchange->body_room - exchange->body_size;
	if (size > room)
		size = room;
	memcpy(exchange->body + exchange->body_size, bytes, size);
	exchange->body_size += size;
	exchange->received += size;
	if (!is_json && exchange->body_size == exchange->body_room)
		exchange->phase = PHASE_PIECE;
	return size;
}

static enum err read_json(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;
	struct str text = {exchange->body, exchange->body_size};
	struct doc *tree;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (text.size == 0)
		return err_set(&request->why, ERR_INVALID, "body",
			"it is missing: this address takes a JSON object");
	if (doc_read(request->arena, text, &tree, &why) != ERR_OK)
		return err_set(&request->why, ERR_INVALID, "body",
			"it isn't JSON as it should be, at %s (line:column): %s", why.place,
			err_both(&why, both));
	params_read_body(request->service->routes, request->route, tree, exchange->args, &exchange->faults);
	return faults_first(&exchange->faults, &request->why);
}

static enum err receive_piece(struct exchange *exchange)
{
	struct str piece = {exchange->body, exchange->body_size};

	exchange->body_size = 0;
	return piece.size == 0 ? ERR_OK : exchange->request.route->receive(&exchange->request, piece);
}

/* ---- handlers ---- */

/* Who only claimed to be somebody counts by address after all. */
static enum err count_sender(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;
	enum rate rate = request->route->row->rate;

	if (capability_is_public(request->route->row->capability))
		return ERR_OK;
	if (request->who.account != 0)
		return dispatch_rate(exchange, rate,
			str_format(request->arena, "account %lld", (long long)request->who.account));
	return counts_by_address(exchange) ? ERR_OK : take_token(exchange, rate, address_key(exchange));
}

/* Who sends it, and is this route open to them? Asked once, before anything of the body is looked at. */
static enum err admit(struct exchange *exchange)
{
	if (exchange->admitted)
		return ERR_OK;
	enum err err = who_admit(&exchange->request);

	TRY(count_sender(exchange));
	exchange->admitted = err == ERR_OK;
	return err;
}

/* Of what anybody may ask anonymously neither log nor figures know anything, not even that it was asked. */
static bool is_unnoted(const struct route *route)
{
	return route != NULL && route->row->capability == CAPABILITY_ANONYMOUS;
}

/* What such a handler reads is one institution and one moment, whatever changes meanwhile. */
static enum err hold_institution(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;

	exchange->now = installation_now(request->installation);
	if (capability_is_public(request->route->row->capability) && !is_unnoted(request->route))
		return ERR_OK;
	return snapshot_take(request->service->snapshots, request->installation, request->reader,
		&exchange->snapshot, &request->why);
}

static void run_handler(struct exchange *exchange)
{
	const struct route *route = exchange->request.route;

	exchange->err = admit(exchange);
	if (exchange->err == ERR_OK && route->row->body == BODY_JSON)
		exchange->err = read_json(exchange);
	if (exchange->err == ERR_OK && route->row->body == BODY_BYTES)
		exchange->err = receive_piece(exchange);
	if (exchange->err == ERR_OK && exchange->request.reader != NULL)
		exchange->err = hold_institution(exchange);
	if (exchange->err == ERR_OK)
		exchange->err = route->row->handler(&exchange->request, &exchange->reply);
	if (exchange->err == ERR_OK)
		return;
	exchange->then = NULL;
	exchange->gate = NULL;
	exchange->wait = NULL;
}

static void run_passed(struct exchange *exchange)
{
	struct auth_job *job = exchange->gate;

	exchange->err = job->err;
	if (job->err == ERR_OK)
		exchange->err = exchange->passed(&exchange->request, &job->result, &exchange->reply);
	else
		exchange->request.why = job->why;
	secret_wipe(&job->result, sizeof job->result);
}

static void run_then(struct exchange *exchange)
{
	struct act_job *job = &exchange->job;

	exchange->err = job->err;
	if (job->err == ERR_OK)
		exchange->err = exchange->then(&exchange->request, &job->receipt, &exchange->reply);
	else
		exchange->request.why = job->why;
}

void dispatch_next(struct exchange *exchange)
{
	if (exchange->phase == PHASE_BODY && exchange->request.route->row->run_on == RUN_ON_WORKER) {
		exchange->phase = PHASE_WORK;
		return;
	}
	if (exchange->phase == PHASE_BODY)
		run_handler(exchange);
	if (exchange->phase == PHASE_ACT && exchange->gate != NULL)
		run_passed(exchange);
	else if (exchange->phase == PHASE_ACT)
		run_then(exchange);
	if (exchange->phase != PHASE_DISCARD)
		reply_end(exchange);
	exchange->phase = PHASE_REPLY;
}

/* ---- other threads ---- */

void dispatch_hand_over(struct exchange *exchange)
{
	if (workers_put(exchange->request.service->workers, exchange))
		return;
	bool is_piece = exchange->phase == PHASE_PIECE;

	dispatch_refuse(exchange, err_set(&exchange->request.why, ERR_UNAVAILABLE, "",
					  "too many requests wait already: ask again in a while"));
	if (is_piece)
		exchange->phase = PHASE_DISCARD;
	server_wake(exchange);
}

static void answered(struct act_job *job)
{
	struct exchange *exchange = job->context;

	atomic_fetch_sub(&exchange->request.service->acting, 1);
	server_wake(exchange);
}

enum err request_act(struct http_request *request, const struct act *act, request_then_fn *then)
{
	struct exchange *exchange = exchange_of(request);

	REQUIRE(request->reader != NULL && exchange->then == NULL && exchange->gate == NULL);
	exchange->then = then;
	exchange->job = (struct act_job){.act = act, .answer = answered, .context = exchange};
	return ERR_OK;
}

static void passed(struct auth_job *job)
{
	server_wake(job->context);
}

enum err request_auth(struct http_request *request, const struct auth_ask *ask, request_passed_fn *then)
{
	struct exchange *exchange = exchange_of(request);

	REQUIRE(request->reader != NULL && exchange->then == NULL && exchange->gate == NULL);
	exchange->passed = then;
	exchange->gate = ARENA_TAKE(request->arena, 1, struct auth_job);
	*exchange->gate = (struct auth_job){.ask = ask, .answer = passed, .context = exchange};
	return ERR_OK;
}

enum err request_outside(struct http_request *request, struct outside_ask *ask, request_passed_fn *then)
{
	exchange_of(request)->elsewhere = ask;
	return request_auth(request, ask->auth, then);
}

enum err request_wait(struct http_request *request, request_wait_fn *wait, void *context)
{
	struct exchange *exchange = exchange_of(request);

	REQUIRE(request->reader != NULL && exchange->then == NULL && exchange->gate == NULL);
	exchange->wait = wait;
	exchange->wait_for = context;
	return ERR_OK;
}

/* After this the exchange isn't the caller's any more. The moment that was held is let go: it comes back in
 * another. */
static void lay_aside(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;
	request_wait_fn *wait = exchange->wait;

	snapshot_release(request->service->snapshots, exchange->snapshot);
	exchange->snapshot = NULL;
	exchange->wait = NULL;
	request->reader = NULL;
	if (!wait(exchange->wait_for, exchange))
		dispatch_hand_over(exchange);
}

/* After this the exchange isn't the caller's any more, unless it couldn't be handed on. */
static enum err hand_on(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;

	request->reader = NULL;
	exchange->phase = PHASE_ACT;
	if (exchange->gate != NULL) {
		exchange->retry_seconds = GATE_RETRY_SECONDS;
		if (exchange->elsewhere != NULL)
			return outside_submit(request->service->outside, exchange->elsewhere, exchange->gate,
				&request->why);
		return auth_submit(request->service->auth, exchange->gate, &request->why);
	}
	atomic_fetch_add(&request->service->acting, 1);
	act_submit(request->installation, &exchange->job);
	return ERR_OK;
}

static void work_on_piece(struct exchange *exchange)
{
	exchange->err = admit(exchange);
	if (exchange->err == ERR_OK)
		exchange->err = receive_piece(exchange);
	exchange->phase = PHASE_BODY;
	if (exchange->err == ERR_OK)
		return;
	reply_end(exchange);
	exchange->phase = PHASE_DISCARD;
}

void dispatch_work(struct exchange *exchange, struct store *reader)
{
	struct http_request *request = &exchange->request;

	request->reader = reader;
	if (exchange->phase == PHASE_PIECE) {
		work_on_piece(exchange);
	} else {
		run_handler(exchange);
		if (exchange->wait != NULL) {
			lay_aside(exchange);
			return;
		}
		if (exchange->then != NULL || exchange->gate != NULL) {
			enum err err = hand_on(exchange);

			if (err == ERR_OK)
				return;
			exchange->err = err;
		}
		reply_end(exchange);
		exchange->phase = PHASE_REPLY;
	}
	request->reader = NULL;
	server_wake(exchange);
}

/* ---- the end ---- */

static void log_line(struct exchange *exchange, int status, bool cut, int64_t took_us)
{
	struct http_request *request = &exchange->request;
	const struct head *head = &exchange->head;
	struct str path = head->target, rest = head->target;

	(void)str_cut(&rest, '?', &path); /* what was searched for is nobody's business */
	struct str line = str_format(request->arena, "%.*s %.*s \"%.*s %.*s\" %d %zu %lld.%03lldms %.*s %s%s",
		STR_ARG(instant_print(request->arena, installation_now(request->installation),
			request->service->offset_minutes)),
		STR_ARG(exchange->address), STR_ARG(head->method), STR_ARG(str_slice(path, 0, 300)), status,
		exchange->reply.body.size, (long long)(took_us / 1000), (long long)(took_us % 1000),
		STR_ARG(request->id), request->route != NULL ? request->route->row->name : "-",
		cut ? " cut" : "");

	log_access(request->service->log, line);
}

void dispatch_end(struct exchange *exchange, int status, bool cut)
{
	struct service *service = exchange->request.service;
	int64_t took_us = moment_us() - exchange->began_us;
	const struct reply *reply = &exchange->reply;

	for (size_t i = exchange->end_count; i > 0; i--)
		exchange->ends[i - 1].end(exchange->ends[i - 1].context);
	if (reply->live != NULL)
		live_leave(reply->live);
	snapshot_release(service->snapshots, exchange->snapshot);
	if (is_unnoted(exchange->request.route))
		return;
	metrics_count(service->metrics, exchange->request.route, status, took_us,
		reply->fd >= 0 ? reply->fd_size : reply->body.size);
	log_line(exchange, status, cut, took_us);
}
