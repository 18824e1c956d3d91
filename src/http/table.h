/* table.h: the rows of a routes.def, as data. Dispatch, the checks of parameters and bodies, and the OpenAPI
 * document are all made from these; none of them knows a route by name. Private to http/. */
#ifndef HTTP_TABLE_H
#define HTTP_TABLE_H

#include "http/http.h"

/* What a request may do to what it names. HEAD is answered by GET's row. */
#define HTTP_METHODS                                                                                         \
	HTTP_METHOD(GET) HTTP_METHOD(POST) HTTP_METHOD(PUT) HTTP_METHOD(PATCH) HTTP_METHOD(DELETE)
enum http_method {
#define HTTP_METHOD(NAME) HTTP_##NAME,
	HTTP_METHODS
#undef HTTP_METHOD
		HTTP_METHOD_COUNT
};
const char *http_method_name(enum http_method method);

/* Who may call a route; see capability.def. */
enum capability {
#define CAPABILITY(NAME, open, scope, proof, zh, en) CAPABILITY_##NAME,
#include "http/capability.def"
#undef CAPABILITY
	CAPABILITY_COUNT
};

/* To whom a route is open, as bits: 1 << ADMIN_… for accounts without a person, and for persons: */
#define OPEN_PERSON (1U << ADMIN_COUNT)
/* How lately must the sender of a session have proved who they are? */
enum standing {
	PROOF_NONE,    /* never mind; the session may still `need` something */
	PROOF_DONE,    /* it needs nothing any more */
	PROOF_CHANGES, /* the same; freshly where the route changes something */
	PROOF_FRESH    /* freshly */
};
const char *capability_name(enum capability capability);
struct capability_row {
	unsigned open;    /* 0: to anybody, and nobody is looked up */
	enum scope scope; /* which a token must have; SCOPE_COUNT: no token will do */
	enum standing proof;
};
extern const struct capability_row capability_rows[CAPABILITY_COUNT];
bool capability_is_public(enum capability capability); /* open to anybody, without a session */

/* Which bucket a request takes its token from; see rate.def. */
enum rate {
#define RATE(NAME, wire, burst, per_minute, zh, en) RATE_##NAME,
#include "http/rate.def"
#undef RATE
	RATE_COUNT
};

const char *rate_name(enum rate rate);
struct rate_row {
	const char *wire;
	int burst, per_minute;
};
extern const struct rate_row rate_rows[RATE_COUNT];

enum run_on { RUN_ON_LOOP, RUN_ON_WORKER };
enum body_kind { BODY_NONE, BODY_JSON, BODY_BYTES };

struct route_row {
	const char *name;
	enum http_method method;
	const char *path; /* "/a/{b}/{rest*}" */
	enum capability capability;
	enum rate rate;
	enum run_on run_on;
	enum body_kind body;
	uint64_t body_max; /* bytes */
	route_fn *handler;
	const char *zh, *en;
};

/* Where a parameter stands. PARAM_FIELD: a member of a schema, not of a route. */
enum param_in { PARAM_PATH, PARAM_QUERY, PARAM_HEADER, PARAM_BODY, PARAM_FIELD };

/* What its value is. `min` and `max` of a row bound a number, the characters of a text, or the items of a
 * list; `of` names the words of a WORD ("asc|desc") or the schema of an OBJECT or a LIST. */
enum param_type {
	TYPE_INT,     /* whole number */
	TYPE_BOOL,    /* true, false */
	TYPE_LINE,    /* text without control characters */
	TYPE_TEXT,    /* text; line feeds and tabs are fine */
	TYPE_NAME,    /* letters, digits, - _ . of ASCII */
	TYPE_WORD,    /* one of the words of `of` */
	TYPE_DAY,     /* 2019-03-05 */
	TYPE_INSTANT, /* 2019-03-05T09:30:00+08:00 */
	TYPE_HASH,    /* SHA-256 in lower-case hex */
	TYPE_VERSION, /* "5" with its quotes: an ETag of a matter; a number to the handler */
	TYPE_OBJECT,  /* members by the schema `of` */
	TYPE_LIST,    /* of such objects */
	TYPE_INTS,    /* list of whole numbers */
	TYPE_NAMES,   /* list of NAMEs */
	TYPE_LINES,   /* list of LINEs */
	TYPE_FREE, /* object whose members a definition knows, not this table: [a-z0-9_] keys, no fractions */
	TYPE_COUNT
};

#define NEED_REQUIRED true
#define NEED_OPTIONAL false

struct param_row {
	const char *owner; /* route or schema */
	enum param_in in;
	const char *name;
	enum param_type type;
	int64_t min, max;
	bool required;
	const char *of;
	const char *zh, *en;
};

struct upload_row {
	const char *route;
	receive_fn *receive;
};

/* What a route answers when all is well. `schema` "" where the body isn't JSON; `media` "" where there is
 * none. */
struct reply_row {
	const char *route;
	int status;
	const char *media, *schema;
	const char *zh, *en;
};

struct schema_row {
	const char *name, *zh, *en;
};

struct route_table {
	const struct route_row *routes;
	size_t route_count;
	const struct param_row *params;
	size_t param_count;
	const struct upload_row *uploads;
	size_t upload_count;
	const struct reply_row *replies;
	size_t reply_count;
	const struct schema_row *schemas;
	size_t schema_count;
};
extern const struct route_table http_table; /* routes.def */

#endif
