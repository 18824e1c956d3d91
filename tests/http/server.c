/* server.c: a server with a route for each thing the machinery can do. The tests drive it over real HTTP.
 *
 *     http_server DIR [name=value …]    makes DIR when it isn't there; prints its address; SIGTERM ends it */
#include "exchange/children.h"
#include "http/handlers.h"
#include "http/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROUTE(name, method, path, capability, rate, run_on, body, body_max, zh, en)                          \
	MUST_CHECK enum err route_##name(struct http_request *request, struct reply *reply);
#define UPLOAD(name) MUST_CHECK enum err receive_##name(struct http_request *request, struct str piece);
#include "test_routes.def"

#define TABLE_ROWS "test_routes.def"
#define TABLE_NAME test_table
#include "http/table.def"

/* ---- handlers ---- */

enum err route_echo(struct http_request *request, struct reply *reply)
{
	struct json_out *out = reply_json(reply);
	struct day since = request_day(request, "since");
	struct instant at = request_instant(request, "at");

	json_out_open(out, '{');
	json_out_field_int(out, "number", request_int(request, "number"));
	json_out_field_text(out, "word", request_text(request, "word"));
	json_out_field_bool(out, "flag", request_bool(request, "flag"));
	if (request_has(request, "since"))
		json_out_field_text(out, "since", day_print(request->arena, since));
	if (request_has(request, "at"))
		json_out_field_text(out, "at", instant_print(request->arena, at, 480));
	if (request_has(request, "q"))
		json_out_field_text(out, "q", request_text(request, "q"));
	json_out_field_int(out, "version", request_int(request, "If-Match"));
	json_out_field_text(out, "line", request_text(request, "line"));
	json_out_field_text(out, "key", request_key(request));
	json_out_field_text(out, "address", request_address(request));
	if (request_has(request, "fields")) {
		json_out_key(out, "fields");
		json_out_tree(out, request_tree(request, "fields"));
	}
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err unit_done(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	(void)request;
	reply_receipt(reply, receipt);
	return ERR_OK;
}

enum err route_unit(struct http_request *request, struct reply *reply)
{
	struct unit *unit = ARENA_TAKE(request->arena, 1, struct unit);
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	(void)reply;
	*unit = (struct unit){.code = request_text(request, "code"), .since = DAY_NONE, .until = DAY_NONE};
	unit->name = request_text(request, "zh");
	unit->parent = request_int(request, "parent");
	*act = (struct act){
		.kind = ACT_UNIT, .key = request_key(request), .what.unit = unit, .imported = true};
	return request_act(request, act, unit_done);
}

enum err route_thing_show(struct http_request *request, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "code",
		str_format(request->arena, "t%lld", (long long)request_int(request, "id") % 1000));
	json_out_close(out, '}');
	reply_etag(reply, str_format(request->arena, "%lld", (long long)request_int(request, "id")));
	return ERR_OK;
}

enum err route_thing_drop(struct http_request *request, struct reply *reply)
{
	(void)request;
	reply->status = 204;
	return ERR_OK;
}

enum err route_rest(struct http_request *request, struct reply *reply)
{
	reply_body(reply, "text/plain; charset=utf-8", request_text(request, "path"));
	return ERR_OK;
}

enum err route_fail(struct http_request *request, struct reply *reply)
{
	struct str code = request_text(request, "code");

	/* What was begun before the failure must not be seen. */
	json_out_open(reply_json(reply), '{');
	for (enum err err = ERR_OK + 1; err < ERR_COUNT; err++)
		if (str_is(code, err_name(err)))
			return err_set(&request->why, err, "secret-place", "secret-text");
	reply_body(reply, "text/plain; charset=utf-8", STR("no such code"));
	return err_set(&request->why, ERR_NOT_FOUND, "code", "there is no such code");
}

enum err route_slow(struct http_request *request, struct reply *reply)
{
	moment_pass((int)request_int(request, "ms"));
	reply_body(reply, "text/plain; charset=utf-8", STR("done"));
	return ERR_OK;
}

static _Atomic bool gate_is_open;

enum err route_gate(struct http_request *request, struct reply *reply)
{
	(void)request;
	for (int i = 0; i < 60000 && !gate_is_open; i++)
		moment_pass(1);
	reply_body(reply, "text/plain; charset=utf-8", STR("open"));
	return ERR_OK;
}

enum err route_open(struct http_request *request, struct reply *reply)
{
	(void)request;
	gate_is_open = true;
	reply_body(reply, "text/plain; charset=utf-8", STR("open"));
	return ERR_OK;
}

/* How far the clock is ahead of the machine's, µs. */
static _Atomic int64_t clock_moved_us;

enum err route_move(struct http_request *request, struct reply *reply)
{
	clock_moved_us += request_int(request, "seconds") * 1000000;
	reply_body(reply, "text/plain; charset=utf-8", STR("moved"));
	return ERR_OK;
}

enum err route_large(struct http_request *request, struct reply *reply)
{
	size_t size = (size_t)request_int(request, "size");
	char *bytes = arena_take(request->arena, size + 1, 1);
	char path[] = "/tmp/bihuan-large-XXXXXX";

	memset(bytes, 'x', size);
	if (!request_bool(request, "file")) {
		reply_body(reply, "application/octet-stream", (struct str){bytes, size});
		return ERR_OK;
	}
	int fd = mkstemp(path);

	if (fd < 0 || unlink(path) != 0 || write(fd, bytes, size) != (ssize_t)size)
		return err_set(&request->why, ERR_IO, path, "it can't be written");
	reply_file(reply, "application/octet-stream", STR("附件 \"1\".bin"), fd, size);
	return ERR_OK;
}

/* Who asked, as the handlers of any capability see it. */
static enum err say_sender(struct http_request *request, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_int(out, "account", request->who.account);
	json_out_field_int(out, "person", request->who.person);
	json_out_field_bool(out, "by_token", request->who.by_token);
	json_out_field_text(out, "language", request_lang(request));
	json_out_field_int(out, "pieces", (int64_t)(uintptr_t)request->state);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_read(struct http_request *request, struct reply *reply)
{
	return say_sender(request, reply);
}

enum err route_act(struct http_request *request, struct reply *reply)
{
	return say_sender(request, reply);
}

enum err route_bring(struct http_request *request, struct reply *reply)
{
	return say_sender(request, reply);
}

enum err route_decide(struct http_request *request, struct reply *reply)
{
	return say_sender(request, reply);
}

/* A piece that comes before its sender is known would be counted as nobody's. */
enum err receive_drop_off(struct http_request *request, struct str piece)
{
	(void)piece;
	if (request->who.account == 0)
		return err_set(&request->why, ERR_BROKEN, "drop", "a piece of nobody's");
	request->state = (void *)((uintptr_t)request->state + 1);
	return ERR_OK;
}

enum err route_drop_off(struct http_request *request, struct reply *reply)
{
	return say_sender(request, reply);
}

/* Counts what is open, so that a test sees that an upload that was cut off is forgotten. */
struct uploading {
	struct hash_stream *hash;
	int64_t size, pieces;
};
static _Atomic int uploads_open;

static void forget_upload(void *context)
{
	struct uploading *uploading = context;

	if (uploading->hash != NULL)
		(void)hash_stream_end(uploading->hash);
	uploads_open--;
}

static struct uploading *upload_of(struct http_request *request)
{
	if (request->state == NULL) {
		struct uploading *uploading = ARENA_TAKE(request->arena, 1, struct uploading);

		uploading->hash = hash_stream_new();
		request->state = uploading;
		request_on_end(request, forget_upload, uploading);
		uploads_open++;
	}
	return request->state;
}

enum err receive_upload(struct http_request *request, struct str piece)
{
	struct uploading *uploading = upload_of(request);

	if (piece.size >= 6 && memcmp(piece.data, "REFUSE", 6) == 0)
		return err_set(&request->why, ERR_MEDIA, "body", "it begins with REFUSE");
	hash_stream_put(uploading->hash, piece.data, piece.size);
	uploading->size += (int64_t)piece.size;
	uploading->pieces++;
	return ERR_OK;
}

enum err route_upload(struct http_request *request, struct reply *reply)
{
	struct uploading *uploading = upload_of(request);
	struct hash hash = hash_stream_end(uploading->hash);
	struct json_out *out = reply_json(reply);

	uploading->hash = NULL;
	json_out_open(out, '{');
	json_out_field_int(out, "size", uploading->size);
	json_out_field_int(out, "pieces", uploading->pieces);
	json_out_field_text(out, "hash", hex_print(request->arena, hash.bytes, HASH_SIZE));
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_login(struct http_request *request, struct reply *reply)
{
	(void)request;
	reply->status = 204;
	return ERR_OK;
}

enum err route_page(struct http_request *request, struct reply *reply)
{
	struct cursor cursor;
	int64_t number = request_int(request, "least") - 1, last = 0,
		left = request_has(request, "limit") ? request_int(request, "limit") : 10;

	TRY(request_cursor(request, &cursor));
	if (cursor.count > 0 && !str_to_int(cursor.parts[0], &number))
		return err_set(&request->why, ERR_INVALID, "cursor", "it holds no number");
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "numbers");
	json_out_open(out, '[');
	while (++number < 100 && left > 0)
		if (number % request_int(request, "of") == 0) {
			json_out_int(out, last = number);
			left--;
		}
	json_out_close(out, ']');
	if (left == 0) {
		cursor = (struct cursor){.count = 2,
			.parts = {str_format(request->arena, "%lld", (long long)last), STR("水")}};
		json_out_field_text(out, "cursor", request_cursor_print(request, &cursor));
	}
	json_out_close(out, '}');
	return ERR_OK;
}

static bool may_see(const void *subject, const struct live_event *event, struct store *reader)
{
	(void)reader;
	return str_starts(event->object, subject);
}

enum err route_stream(struct http_request *request, struct reply *reply)
{
	return reply_live(
		request, reply, may_see, str_copy(request->arena, request_text(request, "sees")).data);
}

/* ---- the process ---- */

static void say_address(void *context, struct str address)
{
	(void)context;
	printf("%.*s\n", STR_ARG(address));
	fflush(stdout);
}

static struct instant moved_now(void *context)
{
	struct instant now = act_machine.now(act_machine.context);

	(void)context;
	return (struct instant){now.us + clock_moved_us};
}

static void moved_random(void *context, uint8_t *bytes, size_t size)
{
	(void)context;
	act_machine.random(act_machine.context, bytes, size);
}

static int64_t number(const char *value)
{
	int64_t read;

	if (!str_to_int(str_from(value), &read)) {
		fprintf(stderr, "http_server: %s is no number\n", value);
		exit(2);
	}
	return read;
}

static void read_option(struct http_config *config, struct str name, const char *value)
{
	const struct {
		const char *name;
		int *into;
	} numbers[] = {{"workers", &config->workers}, {"connections", &config->connections_max},
		{"per_address", &config->connections_per_address}, {"drain", &config->drain_seconds},
		{"head_ms", &config->head_ms}, {"body_ms", &config->body_ms},
		{"heartbeat_ms", &config->heartbeat_ms}};
	const struct {
		const char *name;
		struct str *into;
	} texts[] = {{"listen", &config->listen}, {"cert", &config->tls_cert}, {"key", &config->tls_key},
		{"log", &config->access_log}, {"proxy", &config->proxy}};

	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
		if (str_is(name, numbers[i].name))
			*numbers[i].into = (int)number(value);
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		if (str_is(name, texts[i].name))
			*texts[i].into = str_from(value);
	if (str_is(name, "limits"))
		config->no_limits = strcmp(value, "off") == 0;
	if (str_is(name, "moved_seconds"))
		clock_moved_us = number(value) * 1000000;
}

int main(int argc, char **argv)
{
	children_answer(argc, argv);
	static const struct act_source source = {moved_now, moved_random, NULL};
	static const struct auth_options light = {.cost = {.memory_kib = 64, .passes = 1, .lanes = 1}};
	struct http_config config = {
		.listen = STR("127.0.0.1:0"), .source = &source, .table = &test_table, .auth = &light};
	struct founding founding = {.name = STR("test"),
		.title = {STR("测试"), STR("Test")},
		.origin = STR("test.example/test"),
		.offset_minutes = 480};
	struct bh_err why = {0};
	struct stat found;
	int cut = 0;

	for (int i = 2; i < argc; i++) {
		struct str value = str_from(argv[i]), name;

		(void)str_cut(&value, '=', &name);
		read_option(&config, name, value.data != NULL ? value.data : "");
	}
	config.dir = str_from(argc > 1 ? argv[1] : "");
	enum err err = stat(config.dir.data, &found) == 0
			       ? ERR_OK
			       : installation_found(config.dir, &founding, &source, &why);

	if (err == ERR_OK)
		err = http_run(&config, say_address, NULL, &cut, &why);
	if (err != ERR_OK)
		fprintf(stderr, "http_server: %s: %s\n", why.place, why.text);
	printf("cut off: %d, uploads open: %d\n", cut, uploads_open);
	return err_exit(err);
}
