/* exchange.h: one request with its reply, from the first byte in to the last byte out, as the files of this
 * room share it. An exchange belongs to one thread at a time: to its loop, except while it sleeps (phases
 * PIECE, WORK, ACT), when it belongs to whom it was handed to. */
#ifndef HTTP_EXCHANGE_H
#define HTTP_EXCHANGE_H

#include "http/head.h"
#include "http/param.h"
#include "http/snapshot.h"
#include "outside/outside.h"

#define ENDS_MAX 4

struct exchange;

/* Keep an exchange, which isn't the caller's any more, until what it waits for is there, and then give it to
 * dispatch_hand_over: its handler is called anew. false: it is there by now, and nothing is kept. */
typedef bool request_wait_fn(void *context, struct exchange *exchange);
/* For a handler on a worker that has neither replied nor asked for an act: `return request_wait(…)`. No
 * thread waits meanwhile. */
enum err request_wait(struct http_request *request, request_wait_fn *wait, void *context);

struct connection; /* server.c's */

enum phase {
	PHASE_HEAD,    /* nothing is known of it yet */
	PHASE_BODY,    /* its body arrives */
	PHASE_DISCARD, /* its body arrives and isn't wanted; what is answered is known */
	PHASE_PIECE,   /* asleep: a worker takes a piece of the upload */
	PHASE_WORK,    /* asleep: a worker runs the handler, or it waits to be run anew (request_wait) */
	PHASE_ACT,     /* asleep: the writer or the gate has what it asked for; awake again it is answered */
	PHASE_REPLY,   /* the reply is made */
	PHASE_REFUSE /* the reply is made, and its body must not be waited for: the connection ends with it */
};

struct exchange {
	struct http_request request; /* first, so that one is the other */
	struct reply reply;
	struct head head;
	struct str address; /* of the client */
	struct arg args[ROUTE_PARAMS_MAX];
	struct faults faults;
	enum phase phase;
	bool admitted; /* its sender was found, and may call its route */
	enum err err;  /* what the reply is about, when it isn't what the handler said */
	int retry_seconds;
	struct str allow; /* of a 405 */

	char *body; /* JSON: all of it; an upload: the piece being gathered */
	size_t body_size, body_room;
	uint64_t received;

	struct act_job job;
	struct snapshot *snapshot;     /* of the institution, while a handler of what isn't public runs */
	struct instant now;            /* of that moment */
	request_then_fn *then;         /* not NULL: the handler asked for an act … */
	struct auth_job *gate;         /* … or of the gate; not NULL … */
	struct outside_ask *elsewhere; /* … before which another server is asked; not NULL */
	request_passed_fn *passed;
	request_wait_fn *wait; /* not NULL: what the handler needs another is about to have */
	void *wait_for;

	struct {
		request_end_fn *end;
		void *context;
	} ends[ENDS_MAX];
	size_t end_count;

	int64_t began_us; /* of a clock that doesn't run back */
	struct connection *connection;
	struct exchange *next; /* in the queue of the workers */
};

static inline struct exchange *exchange_of(struct http_request *request)
{
	return (struct exchange *)request;
}

static inline const struct exchange *exchange_of_const(const struct http_request *request)
{
	return (const struct exchange *)request;
}

/* ---- reply.c ---- */

/* An empty reply with status 200. */
void reply_begin(struct reply *reply, struct arena *arena);
/* Make the exchange's reply ready to go: an error becomes problem details, a known ETag a 304, and every
 * reply gets the header fields that all have. */
void reply_end(struct exchange *exchange);

/* ---- dispatch.c: what is done with an exchange, point by point; server.c says when ---- */

/* Its first line is there: give it its number and an empty reply. */
void dispatch_begin(struct exchange *exchange);
/* The head is there: check it, find the route, read the parameters, take a token. Sets the phase to BODY,
 * DISCARD or REFUSE. */
void dispatch_head(struct exchange *exchange);
/* Bytes of the body. Returns how many were used; when the phase then is PIECE, the rest comes again later. */
size_t dispatch_body(struct exchange *exchange, const char *bytes, size_t size);
/* All has arrived, or an act was answered. Sets the phase to WORK or REPLY. */
void dispatch_next(struct exchange *exchange);
/* It is asleep now: give it to whom it waits for. After this the exchange isn't the caller's any more. */
void dispatch_hand_over(struct exchange *exchange);
/* Answer it with this, and with what request.why says, instead of what it asked for. */
void dispatch_refuse(struct exchange *exchange, enum err err);
/* On a worker: do what it was handed over for, and wake it or give it to the writer. */
void dispatch_work(struct exchange *exchange, struct store *reader);
/* Take a token of this bucket for `name`, beside the one that its row takes for the client. ERR_TOO_MANY when
 * there is none. */
MUST_CHECK enum err dispatch_rate(struct exchange *exchange, enum rate rate, struct str name);
/* It is over: run what was asked for its end, count it, log it. `cut`: before the last byte. */
void dispatch_end(struct exchange *exchange, int status, bool cut);

#endif
