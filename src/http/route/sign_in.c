/* sign_in.c: signing in at a provider (OpenID Connect): the way there, and back with what the browser brings.
 * The provider sends people to a page of ours, and the page asks here: so no GET changes anything, and the
 * cookies need never come along from elsewhere. */
#include "http/route/answer.h"
#include "http/who.h"

static enum err sent_there(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	who_keep_flow(request, reply, answer->session);
	json_out_open(out, '{');
	json_out_field_text(out, "location", str_copy(request->arena, str_from(answer->text)));
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_session_oidc_begin(struct http_request *request, struct reply *reply)
{
	const struct outside_ask ask = {.kind = OUTSIDE_BEGIN, .prove = request_bool(request, "prove")};
	const struct auth_ask auth = {0};

	(void)reply;
	if (ask.prove && who_session(request).size == 0)
		return err_set(&request->why, ERR_UNAUTHENTICATED, "session",
			"sign in, or sign in again: no live session");
	return answer_from_outside(request, &ask, &auth, sent_there);
}

static enum err came_back(struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	who_keep_flow(request, reply, "");
	return answer_moved(request, answer, reply);
}

enum err route_session_oidc_return(struct http_request *request, struct reply *reply)
{
	const struct outside_ask ask = {.kind = OUTSIDE_RETURN,
		.state = request_text(request, "state"),
		.code = request_text(request, "code"),
		.issuer = request_text(request, "iss"),
		.browser = who_flow(request)};
	const struct auth_ask auth = {
		.address = request_address(request), .agent = request_header(request, "User-Agent")};

	(void)reply;
	return answer_from_outside(request, &ask, &auth, came_back);
}
