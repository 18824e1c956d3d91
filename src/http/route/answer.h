/* answer.h: how the handlers of sessions and accounts ask the gate, and what they answer alike. */
#ifndef HTTP_ROUTE_ANSWER_H
#define HTTP_ROUTE_ANSWER_H

#include "http/handlers.h"
#include "http/service.h"
#include "view/teller.h"

/* Ask the gate in the name of the session that sends the request; `ask` is copied. */
MUST_CHECK enum err answer_from_gate(
	struct http_request *request, const struct auth_ask *ask, request_passed_fn *then);
/* The same, after another server was asked. */
MUST_CHECK enum err answer_from_outside(struct http_request *request, const struct outside_ask *ask,
	const struct auth_ask *auth, request_passed_fn *then);
/* The session goes on under a new id, which the browser is to keep; what it still needs is said. */
request_passed_fn answer_moved;
/* 204. */
request_passed_fn answer_nothing;

/* "password", "totp", "code": what a session must do before it is good for anything else. */
void put_needs(struct json_out *out, unsigned needs);
/* The newly made recovery codes, each shown this once. */
void put_codes(struct json_out *out, const struct auth_answer *answer);
/* Tells names of this institution in the language of who asks. */
struct teller answer_teller(const struct http_request *request, const struct institution *institution);
/* With the institution's offset; left out for INSTANT_NONE. */
void put_time(struct http_request *request, struct json_out *out, const char *key, struct instant time);
/* What came of the rows of a file that were recorded as one act. */
MUST_CHECK enum err answer_imported(const struct receipt *receipt, size_t rows, struct reply *reply);
/* Who looked at `object`, or, with "", at anything; for a route with a `limit`. */
MUST_CHECK enum err answer_looks(struct http_request *request, struct str object, struct reply *reply);

#endif
