/* who.h: who sends a request, and whether its route is open to them. */
#ifndef HTTP_WHO_H
#define HTTP_WHO_H

#include "http/http.h"

/* Find the sender by the cookie or the token and put them into request->who; on a worker. ERR_UNAUTHENTICATED
 * when it is nobody, ERR_FORBIDDEN when the route isn't theirs, ERR_STEP_UP when the session must do or prove
 * something first. A route that is PUBLIC is open without looking. */
MUST_CHECK enum err who_admit(struct http_request *request);
/* Does it say who sends it at all? */
bool who_is_claimed(const struct http_request *request);
/* For what goes on long after it was admitted: who sends it, in its arena, and whether they may still call
 * its route. */
struct who_watch;
const struct who_watch *who_watch(const struct http_request *request);
bool who_goes_on(const void *watch, struct store *reader);
/* What a 401 says of how to get in. */
struct str who_challenge(const struct http_request *request);
/* The id in the cookie; STR_NONE when there is none. */
struct str who_session(const struct http_request *request);
/* Let the browser keep this id as its session, or, with "", forget the one it has. */
void who_keep_session(const struct http_request *request, struct reply *reply, const char *id);
/* The same of what binds a sign-in that is under way at a provider to this browser, for ten minutes. Strict,
 * too: the provider sends people back to a page, and it is the page that asks. */
struct str who_flow(const struct http_request *request);
void who_keep_flow(const struct http_request *request, struct reply *reply, const char *id);

#endif
