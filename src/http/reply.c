/* reply.c: what a handler gives, and what every reply has. */
#include "http/exchange.h"
#include "http/live.h"
#include "http/problem.h"
#include "http/service.h"
#include "http/who.h"

#include <string.h>
#include <unistd.h>

void reply_begin(struct reply *reply, struct arena *arena)
{
	*reply = (struct reply){.status = 200, .fd = -1, .arena = arena};
}

struct json_out *reply_json(struct reply *reply)
{
	reply->buf = buf_new(reply->arena);
	reply->json = json_out_new(&reply->buf);
	reply->media = STR("application/json");
	return &reply->json;
}

struct json_out *reply_list(struct reply *reply, const char *key)
{
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, key);
	json_out_open(out, '[');
	return out;
}

void reply_list_end(struct json_out *out)
{
	json_out_close(out, ']');
	json_out_close(out, '}');
}

void reply_body(struct reply *reply, const char *media, struct str body)
{
	reply->media = str_from(media);
	reply->body = body;
}

void reply_header(struct reply *reply, const char *name, struct str value)
{
	REQUIRE(reply->header_count < REPLY_HEADERS_MAX);
	reply->headers[reply->header_count].name = name;
	reply->headers[reply->header_count++].value = value;
}

static struct str header_of(const struct reply *reply, const char *name)
{
	for (size_t i = 0; i < reply->header_count; i++)
		if (strcmp(reply->headers[i].name, name) == 0)
			return reply->headers[i].value;
	return STR_NONE;
}

void reply_etag(struct reply *reply, struct str tag)
{
	reply_header(reply, "ETag", str_format(reply->arena, "\"%.*s\"", STR_ARG(tag)));
}

void reply_immutable(struct reply *reply)
{
	reply_header(reply, "Cache-Control", STR("public, max-age=31536000, immutable"));
}

/* A name for Content-Disposition in both of its forms (RFC 6266, RFC 8187): bytes outside the plain ones are
 * percent-encoded, so that no name can break out of the field. */
void reply_name(struct reply *reply, struct str name)
{
	struct buf buf = buf_new(reply->arena);

	buf_puts(&buf, "attachment; filename*=UTF-8''");
	for (size_t i = 0; i < name.size; i++) {
		unsigned char c = (unsigned char)name.data[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			     c == '.' || c == '-' || c == '_';

		buf_format(&buf, plain ? "%c" : "%%%02X", c);
	}
	reply_header(reply, "Content-Disposition", buf_str(&buf));
}

void reply_file(struct reply *reply, const char *media, struct str name, int fd, uint64_t size)
{
	reply->media = str_from(media);
	reply->fd = fd;
	reply->fd_size = size;
	reply_name(reply, name);
}

void reply_receipt_fields(struct reply *reply, struct json_out *out, const struct receipt *receipt)
{
	json_out_field_int(out, "index", receipt->first);
	json_out_field_int(out, "count", receipt->count);
	if (receipt->matter > 0) {
		json_out_field_int(out, "matter", receipt->matter);
		json_out_field_int(out, "version", receipt->version);
		reply_etag(reply, str_format(reply->arena, "%lld", (long long)receipt->version));
	}
	if (receipt->id > 0)
		json_out_field_int(out, "id", receipt->id);
	json_out_field_bool(out, "again", receipt->again);
	if (receipt->count > 0)
		json_out_field_text(out, "receipt",
			str_format(reply->arena, "/api/v1/ledger/receipt/%lld", (long long)receipt->first));
}

void reply_receipt(struct reply *reply, const struct receipt *receipt)
{
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	reply_receipt_fields(reply, out, receipt);
	json_out_close(out, '}');
}

enum err reply_live(
	struct http_request *request, struct reply *reply, live_may_see_fn *may_see, const void *subject)
{
	struct str last = request_header(request, "Last-Event-ID");
	int64_t after = -1;

	if (last.size > 0 && (!str_to_int(last, &after) || after < 0))
		return err_set(&request->why, ERR_INVALID, "Last-Event-ID",
			"it is the id of the last event that was received, a number");
	struct live_listener listener = {
		.may_see = may_see, .subject = subject, .goes_on = who_goes_on, .sender = who_watch(request)};

	TRY(live_join(request->service->live, &listener, after, &reply->live, &request->why));
	reply->media = STR("text/event-stream");
	/* A proxy that gathers the stream before passing it on would defeat it. */
	reply_header(reply, "X-Accel-Buffering", STR("no"));
	return ERR_OK;
}

/* ---- the end ---- */

static bool is_known_already(const struct exchange *exchange)
{
	struct str known = head_get(&exchange->head, "If-None-Match"),
		   tag = header_of(&exchange->reply, "ETag"), part;

	if (exchange->reply.status != 200 || tag.size == 0 || known.size == 0 ||
		exchange->request.route->row->method != HTTP_GET)
		return false;
	while (str_cut(&known, ',', &part)) {
		part = str_trim(part);
		if (str_starts(part, "W/"))
			part = str_slice(part, 2, part.size);
		if (str_equal(part, tag) || str_is(part, "*"))
			return true;
	}
	return false;
}

/* What was begun before it failed is dropped; only what was asked for the end stays. */
static void put_problem(struct exchange *exchange)
{
	struct http_request *request = &exchange->request;
	struct reply *reply = &exchange->reply;

	if (err_http(exchange->err) >= 500)
		service_note(request->service, request->id, exchange->err, &request->why);
	if (reply->live != NULL)
		live_leave(reply->live);
	if (reply->fd >= 0)
		close(reply->fd);
	reply_begin(reply, request->arena);
	problem_put(reply, request->id, exchange->err, &request->why, &exchange->faults);
	if (exchange->err == ERR_METHOD)
		reply_header(reply, "Allow", exchange->allow);
	if (exchange->err == ERR_UNAUTHENTICATED)
		reply_header(reply, "WWW-Authenticate", who_challenge(request));
	if (exchange->err == ERR_TOO_MANY)
		reply_header(reply, "Retry-After", str_format(request->arena, "%d", exchange->retry_seconds));
}

void reply_end(struct exchange *exchange)
{
	struct reply *reply = &exchange->reply;

	if (exchange->err != ERR_OK)
		put_problem(exchange);
	if (reply->buf.arena != NULL)
		reply->body = buf_str(&reply->buf);
	if (is_known_already(exchange)) {
		reply->status = 304;
		reply->body = STR_NONE;
		if (reply->fd >= 0)
			close(reply->fd);
		reply->fd = -1;
	}
	/* Nothing is kept by anybody unless its handler says that it may be. */
	if (header_of(reply, "Cache-Control").size == 0)
		reply_header(reply, "Cache-Control", STR("no-store"));
	reply_header(reply, "X-Request-Id", exchange->request.id);
	reply_header(reply, "X-Content-Type-Options", STR("nosniff"));
	reply_header(reply, "Referrer-Policy", STR("no-referrer"));
	/* What the interface answers is data, never a page: nothing in it may be loaded, run or framed. */
	if (header_of(reply, "Content-Security-Policy").size == 0)
		reply_header(reply, "Content-Security-Policy",
			STR("default-src 'none'; frame-ancestors 'none'; sandbox"));
	if (atomic_load(&exchange->request.service->draining))
		reply_header(reply, "Connection", STR("close"));
}
