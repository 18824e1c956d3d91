/* server.c: the only file that knows libmicrohttpd. It turns the library's callbacks into the points of an
 * exchange, lets exchanges sleep while others work for them, and ends those that come too slowly.
 *
 * The library (0.9.75) reads heads leniently: bare line feeds, folded fields and NUL bytes are taken, and it
 * answers some of what it refuses with a page of its own or not at all. So its strictness is left low, and
 * head_is_exact() sees from where the parts lie in its buffer whether each byte of the head is accounted for;
 * what isn't is refused by head_check. */
#include "http/server.h"
#include "http/live.h"
#include "http/moment.h"
#include "http/problem.h"
#include "http/service.h"
#include "http/tls.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOPS              2
#define CONNECTION_MEMORY  ((size_t)32 * 1024)
#define IDLE_SECONDS       60              /* between two requests, and without any progress of one */
#define REAP_MS            200             /* how often slow ones are looked for */
#define RATE_MIN           UINT64_C(16384) /* bytes a second: slower bodies are cut off */
#define STREAM_BUFFER_SIZE ((size_t)8 * 1024)
#define ARENAS_MAX         64

/* Who may still answer: the loop, or the reaper with a 408. */
enum connection_state { CONNECTION_RECEIVING, CONNECTION_ANSWERING, CONNECTION_REAPED };

struct connection {
	struct server *server;
	struct MHD_Connection *mhd;
	int fd;
	atomic_int state;
	atomic_int_least64_t deadline_us; /* 0: none */
	atomic_bool awaits_body;
	struct connection *next, *previous;
};

struct server {
	struct server_config config;
	struct MHD_Daemon *daemon;
	atomic_size_t asleep, exchanges;
	atomic_bool settling;
	int listening; /* taken back from the library, to be closed behind it; -1: not yet */

	pthread_mutex_t lock; /* of everything below */
	pthread_cond_t changed;
	struct connection *connections;
	size_t connection_count;
	bool closing;
	struct arena *arenas[ARENAS_MAX]; /* cleared, for the next request */
	size_t arena_count;
	pthread_t reaper;
	bool reaps;
};

/* ---- memory ---- */

static struct arena *arena_of(struct server *server)
{
	struct arena *arena = NULL;

	pthread_mutex_lock(&server->lock);
	if (server->arena_count > 0)
		arena = server->arenas[--server->arena_count];
	pthread_mutex_unlock(&server->lock);
	return arena != NULL ? arena : arena_new();
}

static void arena_back(struct server *server, struct arena *arena)
{
	bool kept;

	arena_clear(arena);
	pthread_mutex_lock(&server->lock);
	kept = server->arena_count < ARENAS_MAX;
	if (kept)
		server->arenas[server->arena_count++] = arena;
	pthread_mutex_unlock(&server->lock);
	if (!kept)
		arena_free(arena);
}

/* ---- connections and their deadlines ---- */

static void set_deadline(struct connection *connection, int64_t ms)
{
	atomic_store(&connection->deadline_us, ms == 0 ? 0 : moment_us() + ms * 1000);
}

/* How long so many bytes may take. */
static int64_t transfer_ms(int64_t ms, uint64_t size)
{
	return ms + (int64_t)(size / RATE_MIN) * 1000;
}

static void connection_open(struct server *server, struct MHD_Connection *mhd, void **ret_connection)
{
	struct connection *connection = calloc(1, sizeof *connection);
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);

	REQUIRE(connection != NULL && info != NULL);
	connection->server = server;
	connection->mhd = mhd;
	connection->fd = info->connect_fd;
	set_deadline(connection, server->config.head_ms);
	*ret_connection = connection;
	pthread_mutex_lock(&server->lock);
	connection->next = server->connections;
	if (connection->next != NULL)
		connection->next->previous = connection;
	server->connections = connection;
	server->connection_count++;
	pthread_mutex_unlock(&server->lock);
}

static void connection_close(struct server *server, struct connection *connection)
{
	pthread_mutex_lock(&server->lock);
	if (connection->previous != NULL)
		connection->previous->next = connection->next;
	else
		server->connections = connection->next;
	if (connection->next != NULL)
		connection->next->previous = connection->previous;
	server->connection_count--;
	pthread_mutex_unlock(&server->lock);
	free(connection);
}

/* The library closes the socket only after this was told that the connection is closed, so that the number
 * always means this connection. */
static void on_connection(void *context, struct MHD_Connection *mhd, void **socket_context,
	enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		connection_open(context, mhd, socket_context);
	else
		connection_close(context, *socket_context);
}

/* Who is receiving is told 408 where the channel is plain; then the socket is shut down, which the loop sees
 * as the client's going. */
static void reap(struct connection *connection)
{
	int receiving = CONNECTION_RECEIVING;

	if (atomic_compare_exchange_strong(&connection->state, &receiving, CONNECTION_REAPED) &&
		!connection->server->config.tls)
		(void)!send(connection->fd, problem_late, strlen(problem_late), MSG_NOSIGNAL | MSG_DONTWAIT);
	shutdown(connection->fd, SHUT_RDWR);
	atomic_store(&connection->deadline_us, 0);
}

/* The library misses a client's going when it comes together with the last of the bytes that were sent. */
static bool is_gone(struct connection *connection)
{
	char byte;

	return atomic_load(&connection->awaits_body) &&
	       recv(connection->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void *reaper_main(void *context)
{
	struct server *server = context;
	pthread_mutex_lock(&server->lock);
	while (!server->closing) {
		int64_t now_us = moment_us(), until_us = now_us + REAP_MS * INT64_C(1000);

		for (struct connection *connection = server->connections; connection != NULL;
			connection = connection->next) {
			int64_t deadline_us = atomic_load(&connection->deadline_us);

			if (is_gone(connection))
				shutdown(connection->fd, SHUT_RDWR);
			else if (deadline_us != 0 && deadline_us < now_us)
				reap(connection);
		}
		while (!server->closing && moment_wait(&server->lock, &server->changed, until_us))
			;
	}
	pthread_mutex_unlock(&server->lock);
	return NULL;
}

/* ---- sleeping and waking ---- */

/* From a callback of the library only. false: nothing falls asleep any more. The order of the two steps and
 * of server_settle's lets none slip through. */
static bool may_sleep(struct server *server)
{
	atomic_fetch_add(&server->asleep, 1);
	if (!atomic_load(&server->settling))
		return true;
	atomic_fetch_sub(&server->asleep, 1);
	return false;
}

static void wake(struct connection *connection)
{
	struct server *server = connection->server;

	MHD_resume_connection(connection->mhd);
	atomic_fetch_sub(&server->asleep, 1);
}

void server_wake(struct exchange *exchange)
{
	wake(exchange->connection);
}

/* Put it to sleep and give it to whom it waits for. */
static bool go_to_sleep(struct server *server, struct exchange *exchange, struct MHD_Connection *mhd)
{
	if (!may_sleep(server))
		return false;
	set_deadline(exchange->connection, 0);
	MHD_suspend_connection(mhd);
	dispatch_hand_over(exchange);
	return true;
}

/* ---- heads ---- */

struct walk {
	struct exchange *exchange;
	const char *at, *end; /* where the next field must begin; where the head ends */
	bool exact;
};

/* Each field begins right behind the one before it: name, the colon (now a zero), blanks, value, and two
 * zeros where CR and LF were. A bare line feed leaves one zero, a NUL byte or a fold leaves bytes over. */
static enum MHD_Result walk_field(void *context, enum MHD_ValueKind kind, const char *name, size_t name_size,
	const char *value, size_t value_size)
{
	struct walk *walk = context;
	struct head *head = &walk->exchange->head;
	const char *behind = name + name_size + 1;

	(void)kind;
	walk->exact =
		walk->exact && name == walk->at && value >= behind && value + value_size + 2 <= walk->end;
	for (const char *blank = behind; walk->exact && blank < value; blank++)
		walk->exact = *blank == ' ' || *blank == '\t';
	if (walk->exact)
		walk->exact = value[value_size] == '\0' && value[value_size + 1] == '\0';
	walk->at = value + value_size + 2;
	if (head->field_count == HEAD_FIELDS_MAX) {
		head->overflows = true;
		return MHD_YES;
	}
	head->fields[head->field_count++] = (struct head_field){{name, name_size}, {value, value_size}};
	return MHD_YES;
}

/* The head as the library left it in its buffer: method, target and version with one zero between them and
 * two behind them, the fields, and the empty line. All pointers are into that one buffer, which outlives the
 * request. */
static void read_head(struct exchange *exchange, struct MHD_Connection *mhd, const char *method,
	const char *url, const char *version)
{
	struct head *head = &exchange->head;
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	struct walk walk = {.exchange = exchange};

	head->method = str_copy(exchange->request.arena, str_from(method));
	head->version = str_from(version);
	head->size = info != NULL ? info->header_size : 0;
	walk.end = method + head->size;
	walk.at = version + head->version.size + 2;
	walk.exact = url == method + head->method.size + 1 && version == url + head->target.size + 1 &&
		     walk.at < walk.end && version[head->version.size + 1] == '\0';
	(void)MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, walk_field, &walk);
	head->exact = walk.exact && walk.at + 2 == walk.end;
}

static struct str address_of(struct arena *arena, struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "-";
	struct sockaddr_storage address;

	if (info == NULL || info->client_addr == NULL)
		return STR("-");
	memcpy(&address, info->client_addr,
		info->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
							 : sizeof(struct sockaddr_in));
	if (address.ss_family == AF_INET6)
		inet_ntop(AF_INET6, &((struct sockaddr_in6 *)&address)->sin6_addr, text, sizeof text);
	else if (address.ss_family == AF_INET)
		inet_ntop(AF_INET, &((struct sockaddr_in *)&address)->sin_addr, text, sizeof text);
	return str_copy(arena, str_from(text));
}

/* The first line was read; its target is here still as it was sent. */
static void *on_target(void *context, const char *target, struct MHD_Connection *mhd)
{
	struct server *server = context;
	struct arena *arena = arena_of(server);
	struct exchange *exchange = ARENA_TAKE(arena, 1, struct exchange);
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	exchange->request.arena = arena;
	exchange->request.service = server->config.service;
	exchange->connection = info->socket_context;
	exchange->head.target = str_copy(arena, str_from(target));
	exchange->address = address_of(arena, mhd);
	exchange->began_us = moment_us();
	set_deadline(exchange->connection, server->config.head_ms);
	atomic_fetch_add(&server->exchanges, 1);
	dispatch_begin(exchange);
	return exchange;
}

/* What was sent stays as it is: url.c decodes it, once. */
static size_t keep_escapes(void *context, struct MHD_Connection *mhd, char *text)
{
	(void)context, (void)mhd;
	return strlen(text);
}

/* ---- replies ---- */

static void stream_sleep(void *context)
{
	struct connection *connection = context;

	/* The hub ends every stream before anything settles. */
	REQUIRE(may_sleep(connection->server));
	MHD_suspend_connection(connection->mhd);
}

static void stream_wake(void *context)
{
	wake(context);
}

static ssize_t stream_read(void *context, uint64_t position, char *bytes, size_t size)
{
	struct exchange *exchange = context;
	ssize_t taken =
		live_take(exchange->reply.live, bytes, size, stream_sleep, stream_wake, exchange->connection);

	(void)position;
	return taken < 0 ? MHD_CONTENT_READER_END_OF_STREAM : taken;
}

static struct MHD_Response *make_response(struct exchange *exchange)
{
	const struct reply *reply = &exchange->reply;
	static char nothing[1];

	if (reply->live != NULL)
		return MHD_create_response_from_callback(
			MHD_SIZE_UNKNOWN, STREAM_BUFFER_SIZE, stream_read, exchange, NULL);
	if (reply->fd >= 0)
		return MHD_create_response_from_fd64(reply->fd_size, reply->fd);
	return MHD_create_response_from_buffer(reply->body.size,
		reply->body.size > 0 ? (void *)(uintptr_t)reply->body.data : nothing, MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result send_reply(struct exchange *exchange, struct MHD_Connection *mhd)
{
	const struct reply *reply = &exchange->reply;
	struct connection *connection = exchange->connection;
	int receiving = CONNECTION_RECEIVING;

	if (!atomic_compare_exchange_strong(&connection->state, &receiving, CONNECTION_ANSWERING))
		return MHD_NO; /* the reaper was faster */
	uint64_t size = reply->fd >= 0 ? reply->fd_size : reply->body.size;

	set_deadline(connection, reply->live != NULL ? 0 : transfer_ms(IDLE_SECONDS * INT64_C(1000), size));
	struct MHD_Response *response = make_response(exchange);

	if (response == NULL)
		return MHD_NO;
	if (reply->media.size > 0 && reply->status != 304)
		(void)MHD_add_response_header(response, "Content-Type", reply->media.data);
	for (size_t i = 0; i < reply->header_count; i++)
		(void)MHD_add_response_header(response, reply->headers[i].name,
			str_copy(reply->arena, reply->headers[i].value).data);
	enum MHD_Result queued = MHD_queue_response(mhd, (unsigned)reply->status, response);

	MHD_destroy_response(response);
	return queued;
}

/* ---- the points of an exchange ---- */

static enum MHD_Result begin_request(struct exchange *exchange, struct MHD_Connection *mhd)
{
	struct server *server = exchange->connection->server;

	dispatch_head(exchange);
	if (exchange->phase == PHASE_REFUSE)
		return send_reply(exchange, mhd);
	set_deadline(exchange->connection, transfer_ms(server->config.body_ms, exchange->head.length));
	atomic_store(&exchange->connection->awaits_body, exchange->head.length > 0);
	return MHD_YES;
}

static enum MHD_Result take_body(
	struct exchange *exchange, struct MHD_Connection *mhd, const char *bytes, size_t *size)
{
	struct server *server = exchange->connection->server;

	if (atomic_load(&exchange->connection->deadline_us) == 0) /* it slept over a piece */
		set_deadline(exchange->connection,
			transfer_ms(server->config.body_ms, exchange->head.length - exchange->received));
	*size -= dispatch_body(exchange, bytes, *size);
	/* A client that has sent all may close its side and still wait for the answer. */
	if (exchange->received == exchange->head.length)
		atomic_store(&exchange->connection->awaits_body, false);
	if (exchange->phase != PHASE_PIECE)
		return MHD_YES;
	return go_to_sleep(server, exchange, mhd) ? MHD_YES : MHD_NO;
}

static enum MHD_Result go_on(struct exchange *exchange, struct MHD_Connection *mhd)
{
	struct server *server = exchange->connection->server;

	atomic_store(&exchange->connection->awaits_body, false);
	if (exchange->phase != PHASE_REPLY)
		dispatch_next(exchange);
	if (exchange->phase == PHASE_WORK) {
		if (go_to_sleep(server, exchange, mhd))
			return MHD_YES;
		dispatch_refuse(exchange, err_set(&exchange->request.why, ERR_UNAVAILABLE, "",
						  "the server is stopping: ask again in a while"));
	}
	return send_reply(exchange, mhd);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *mhd, const char *url,
	const char *method, const char *version, const char *bytes, size_t *size, void **request)
{
	struct exchange *exchange = *request;

	(void)context;
	if (exchange->phase == PHASE_HEAD) {
		read_head(exchange, mhd, method, url, version);
		return begin_request(exchange, mhd);
	}
	if (*size > 0)
		return take_body(exchange, mhd, bytes, size);
	return go_on(exchange, mhd);
}

static void on_end(
	void *context, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode code)
{
	struct server *server = context;
	struct exchange *exchange = *request;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_HTTP_STATUS);

	if (exchange == NULL)
		return;
	struct connection *connection = exchange->connection;
	int status = info != NULL                                           ? (int)info->http_status
		     : atomic_load(&connection->state) == CONNECTION_REAPED ? err_http(ERR_LATE)
									    : 0;

	dispatch_end(exchange, status, code != MHD_REQUEST_TERMINATED_COMPLETED_OK);
	*request = NULL;
	arena_back(server, exchange->request.arena);
	int answering = CONNECTION_ANSWERING;

	(void)atomic_compare_exchange_strong(&connection->state, &answering, CONNECTION_RECEIVING);
	set_deadline(connection, IDLE_SECONDS * INT64_C(1000));
	atomic_fetch_sub(&server->exchanges, 1);
}

/* ---- starting and stopping ---- */

static void on_message(void *context, const char *format, va_list args)
{
	(void)context, (void)format, (void)args; /* what it says of clients, the access log says too */
}

static struct MHD_OptionItem option(enum MHD_OPTION which, intptr_t number, void *pointer)
{
	return (struct MHD_OptionItem){which, number, pointer};
}

#define CALLBACK(which, function, context) option(which, (intptr_t)(function), context)

static struct MHD_Daemon *start_daemon(struct server *server)
{
	const struct server_config *config = &server->config;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME |
			 MHD_USE_ERROR_LOG | (config->tls ? MHD_USE_TLS : 0);
	struct MHD_OptionItem options[20];
	size_t count = 0;

	options[count++] = CALLBACK(MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL);
	options[count++] = CALLBACK(MHD_OPTION_NOTIFY_CONNECTION, on_connection, server);
	options[count++] = CALLBACK(MHD_OPTION_NOTIFY_COMPLETED, on_end, server);
	options[count++] = CALLBACK(MHD_OPTION_URI_LOG_CALLBACK, on_target, server);
	options[count++] = CALLBACK(MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL);
	options[count++] = option(MHD_OPTION_LISTEN_SOCKET, config->fd, NULL);
	options[count++] = option(MHD_OPTION_THREAD_POOL_SIZE, LOOPS, NULL);
	options[count++] = option(MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY, NULL);
	options[count++] = option(MHD_OPTION_CONNECTION_LIMIT, config->connections_max, NULL);
	options[count++] = option(MHD_OPTION_PER_IP_CONNECTION_LIMIT, config->connections_per_address, NULL);
	options[count++] = option(MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, NULL);
	options[count++] = option(MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL);
	if (config->tls) {
		options[count++] = option(MHD_OPTION_HTTPS_CERT_CALLBACK, 0, tls_retriever());
		options[count++] = option(MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)TLS_PRIORITIES);
	}
	options[count] = option(MHD_OPTION_END, 0, NULL);
	return MHD_start_daemon(
		flags, 0, NULL, NULL, on_request, NULL, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

struct server *server_new(const struct server_config *config)
{
	struct server *server = calloc(1, sizeof *server);

	REQUIRE(server != NULL);
	moment_init(&server->lock, &server->changed);
	server->config = *config;
	server->listening = -1;
	return server;
}

enum err server_start(struct server *server, struct bh_err *reterr)
{
	server->reaps = pthread_create(&server->reaper, NULL, reaper_main, server) == 0;
	if (server->reaps)
		server->daemon = start_daemon(server);
	if (server->daemon != NULL)
		return ERR_OK;
	atomic_store(&server->settling, true);
	(void)server_stop(server);
	return err_set(reterr, ERR_IO, "server", "the HTTP server can't be started");
}

void server_quiesce(struct server *server)
{
	server->listening = MHD_quiesce_daemon(server->daemon);
	/* Whoever comes now is refused; the number itself stays taken while a loop may still use it. */
	if (server->listening >= 0)
		shutdown(server->listening, SHUT_RDWR);
}

void server_settle(struct server *server)
{
	atomic_store(&server->settling, true);
	/* Nobody is left to signal the last one: it is a matter of moments, at the end of a process. */
	while (atomic_load(&server->asleep) > 0)
		moment_pass(1);
}

int server_stop(struct server *server)
{
	REQUIRE(atomic_load(&server->settling));
	int cut = (int)atomic_load(&server->exchanges);

	if (server->daemon != NULL)
		MHD_stop_daemon(server->daemon);
	if (server->listening >= 0)
		close(server->listening);
	pthread_mutex_lock(&server->lock);
	server->closing = true;
	pthread_cond_signal(&server->changed);
	pthread_mutex_unlock(&server->lock);
	if (server->reaps)
		pthread_join(server->reaper, NULL);
	return cut;
}

void server_free(struct server *server)
{
	if (server == NULL)
		return;
	for (size_t i = 0; i < server->arena_count; i++)
		arena_free(server->arenas[i]);
	moment_destroy(&server->lock, &server->changed);
	free(server);
}

size_t server_connections(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	size_t count = server->connection_count;

	pthread_mutex_unlock(&server->lock);
	return count;
}

size_t server_exchanges(struct server *server)
{
	return atomic_load(&server->exchanges);
}
