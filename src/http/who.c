/* who.c: from a cookie or a token to an account, and the one place where a route is opened or kept shut by
 * its capability. What a person may see and do beyond that is for the rooms below to say. */
#include "http/who.h"
#include "http/service.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define REALM " realm=\"bihuan\""

/* Browsers take __Host- only with Secure, and Secure only over TLS or, some of them, from the loopback. */
static struct str cookie_name(const struct service *service)
{
	return service->local ? STR("bihuan") : STR("__Host-bihuan");
}

struct str who_session(const struct http_request *request)
{
	struct str rest = request_header(request, "Cookie"), name = cookie_name(request->service), pair, key;

	while (str_cut(&rest, ';', &pair)) {
		pair = str_trim(pair);
		if (str_cut(&pair, '=', &key) && str_equal(key, name))
			return pair;
	}
	return STR_NONE;
}

void who_keep_session(const struct http_request *request, struct reply *reply, const char *id)
{
	const struct service *service = request->service;

	reply_header(reply, "Set-Cookie",
		str_format(request->arena, "%.*s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
			STR_ARG(cookie_name(service)), id, service->local ? "" : "; Secure",
			id[0] == '\0' ? "; Max-Age=0" : ""));
}

/* The token of "Authorization: Bearer …"; other schemes are a proxy's business. */
static struct str token_of(const struct http_request *request)
{
	struct str rest = request_header(request, "Authorization"), scheme;

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

static enum err find_sender(struct http_request *request, const struct capability_row *row)
{
	struct instant now = installation_now(request->installation);
	struct str token = token_of(request);

	if (token.size > 0 && row->scope == SCOPE_COUNT)
		return err_set(&request->why, ERR_FORBIDDEN, "Authorization",
			"a token isn't enough for this: sign in");
	if (token.size > 0)
		return auth_by_token(request->reader, token, row->scope, now, &request->who, &request->why);
	return auth_by_session(request->reader, who_session(request), now, &request->who, &request->why);
}

static enum err check_open(struct http_request *request, const struct capability_row *row)
{
	const struct auth_who *who = &request->who;
	unsigned kind = who->person != 0 ? OPEN_PERSON : 1U << who->admin;

	if ((row->open & kind) != 0)
		return ERR_OK;
	if ((row->open & OPEN_PERSON) != 0)
		return err_set(&request->why, ERR_FORBIDDEN, "account",
			"an administrator's account has no part in the institution's business");
	return err_set(&request->why, ERR_FORBIDDEN, "account", "this is an administrator's work, not yours");
}

enum err who_admit(struct http_request *request)
{
	const struct route_row *route = request->route->row;
	const struct capability_row *row = &capability_rows[route->capability];
	bool fresh = row->proof == PROOF_FRESH || (row->proof == PROOF_CHANGES && route->method != HTTP_GET);

	if (row->open == 0)
		return ERR_OK;
	TRY(find_sender(request, row));
	if (request->who.touch)
		note_seen(request);
	TRY(check_open(request, row));
	if (row->proof == PROOF_NONE || request->who.by_token)
		return ERR_OK;
	return auth_strong(&request->who, 0, fresh, &request->why);
}
