/* handlers.h: every handler that routes.def names. One file of route/ has those of one resource. */
#ifndef HTTP_HANDLERS_H
#define HTTP_HANDLERS_H

#include "http/table.h"

#define ROUTE(name, method, path, capability, rate, run_on, body, body_max, zh, en)                          \
	MUST_CHECK enum err route_##name(struct http_request *request, struct reply *reply);
#define UPLOAD(name) MUST_CHECK enum err receive_##name(struct http_request *request, struct str piece);
#include "http/routes.def"

#endif
