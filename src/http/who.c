/* who.c: from a cookie or a token to an account, and the one place where a route is opened or kept shut by
 * its capability. What a person may see and do beyond that is for the rooms below to say. */
#include "http/who.h"
#include "http/service.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define REALM " realm=\"bihuan\""

/* Browsers take __Host- only with Secure, and Secure only over TLS or, some of them, from the loopback. */
static struct str cookie_name(const struct service *service, bool flow)
{
	if (flow)
		return service->local ? STR("bihuan-flow") : STR("__Host-bihuan-flow");
	return service->local ? STR("bihuan") : STR("__Host-bihuan");
}

static struct str read_cookie(const struct http_request *request, bool flow)
{
	struct str rest = request_header(request, "Cookie"), name = cookie_name(request->service, flow), pair,
		   key;

	while (str_cut(&rest, ';', &pair)) {
		pair = str_trim(pair);
		if (str_cut(&pair, '=', &key) && str_equal(key, name))
			return pair;
	}
	return STR_NONE;
}

static void keep_cookie(
	const struct http_request *request, struct reply *reply, bool flow, const char *id, const char *lasts)
{
	const struct service *service = request->service;

	reply_header(reply, "Set-Cookie",
		str_format(request->arena, "%.*s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
			STR_ARG(cookie_name(service, flow)), id, service->local ? "" : "; Secure",
			id[0] == '\0' ? "; Max-Age=0" : lasts));
}

struct str who_session(const struct http_request *request)
{
	return read_cookie(request, false);
}

void who_keep_session(const struct http_request *request, struct reply *reply, const char *id)
{
	keep_cookie(request, reply, false, id, "");
}

struct str who_flow(const struct http_request *request)
{
	return read_cookie(request, true);
}

void who_keep_flow(const struct http_request *request, struct reply *reply, const char *id)
{
	keep_cookie(request, reply, true, id, "; Max-Age=600");
}

/* The token of "Authorization: Bearer …"; other schemes are a proxy's business. */
static struct str token_of(const struct http_request *request)
{
	struct str rest = request_header(request, "Authorization"), scheme;

	/* A calendar program knows an address and nothing else; that of a feed counts nowhere but there. */
	if (request->route != NULL && capability_rows[request->route->row->capability].scope == SCOPE_FEED)
		return request_text(request, "token");

	if (!str_cut(&rest, ' ', &scheme) || scheme.size != strlen("Bearer") ||
		strncasecmp(scheme.data, "Bearer", scheme.size) != 0)
		return STR_NONE;
	return str_trim(rest);
}

bool who_is_claimed(const struct http_request *request)
{
	return token_of(request).size > 0 || who_session(request).size > 0;
}

/* Said only of routes that take one: to all others the way in is POST /api/v1/session. */
struct str who_challenge(const struct http_request *request)
{
	const struct route *route = request->route;
	bool takes_token = route != NULL && capability_rows[route->row->capability].scope != SCOPE_COUNT;

	if (!takes_token)
		return STR("Session" REALM);
	return token_of(request).size > 0 ? STR("Bearer" REALM ", error=\"invalid_token\"")
					  : STR("Bearer" REALM);
}

/* ---- it was used just now ---- */

struct seen {
	struct auth_job job;
	struct auth_ask ask;
	char session[AUTH_ID_SIZE];
};

static void forget(struct auth_job *job)
{
	struct seen *seen = job->context;

	secret_wipe(seen, sizeof *seen);
	free(seen);
}

/* Nobody waits for it, and when the gate is too busy the next request says it again. */
static void note_seen(const struct http_request *request)
{
	struct seen *seen = calloc(1, sizeof *seen);
	struct str session = request->who.by_token ? STR_NONE : who_session(request);
	struct bh_err why;

	REQUIRE(seen != NULL && session.size <= sizeof seen->session);
	if (session.size > 0)
		memcpy(seen->session, session.data, session.size);
	seen->ask = (struct auth_ask){
		.kind = AUTH_SEEN, .session = {seen->session, session.size}, .id = request->who.token};
	seen->job = (struct auth_job){.ask = &seen->ask, .answer = forget, .context = seen};
	if (auth_submit(request->service->auth, &seen->job, &why) != ERR_OK)
		forget(&seen->job);
}

/* ---- may they? ---- */

struct who_watch {
	struct installation *installation;
	const struct route_row *route;
	struct str token, session;
};

static struct who_watch watch_of(const struct http_request *request)
{
	return (struct who_watch){.installation = request->installation,
		.route = request->route->row,
		.token = token_of(request),
		.session = who_session(request)};
}

static enum err find_sender(
	const struct who_watch *watch, struct store *reader, struct auth_who *ret_who, struct bh_err *reterr)
{
	const struct capability_row *row = &capability_rows[watch->route->capability];
	struct instant now = installation_now(watch->installation);

	if (watch->token.size > 0 && row->scope == SCOPE_COUNT)
		return err_set(
			reterr, ERR_FORBIDDEN, "Authorization", "a token isn't enough for this: sign in");
	if (watch->token.size > 0)
		return auth_by_token(reader, watch->token, row->scope, now, ret_who, reterr);
	return auth_by_session(reader, watch->session, now, ret_who, reterr);
}

static enum err check_open(
	const struct capability_row *row, const struct auth_who *who, struct bh_err *reterr)
{
	unsigned kind = who->person != 0 ? OPEN_PERSON : 1U << who->admin;

	if ((row->open & kind) != 0)
		return ERR_OK;
	if ((row->open & OPEN_PERSON) != 0)
		return err_set(reterr, ERR_FORBIDDEN, "account",
			"an administrator's account has no part in the institution's business");
	return err_set(reterr, ERR_FORBIDDEN, "account", "this is an administrator's work, not yours");
}

enum err who_admit(struct http_request *request)
{
	const struct who_watch watch = watch_of(request);
	const struct capability_row *row = &capability_rows[watch.route->capability];
	bool fresh =
		row->proof == PROOF_FRESH || (row->proof == PROOF_CHANGES && watch.route->method != HTTP_GET);

	if (row->open == 0)
		return ERR_OK;
	TRY(find_sender(&watch, request->reader, &request->who, &request->why));
	if (request->who.touch)
		note_seen(request);
	TRY(check_open(row, &request->who, &request->why));
	if (row->proof == PROOF_NONE || request->who.by_token)
		return ERR_OK;
	return auth_strong(&request->who, 0, fresh, &request->why);
}

const struct who_watch *who_watch(const struct http_request *request)
{
	struct who_watch *watch = ARENA_TAKE(request->arena, 1, struct who_watch);

	*watch = watch_of(request);
	return watch;
}

bool who_goes_on(const void *context, struct store *reader)
{
	const struct who_watch *watch = context;
	const struct capability_row *row = &capability_rows[watch->route->capability];
	struct auth_who who;
	struct bh_err why;

	return row->open == 0 ||
	       (find_sender(watch, reader, &who, &why) == ERR_OK && check_open(row, &who, &why) == ERR_OK);
}
