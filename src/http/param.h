/* param.h: values of parameters and of body fields, checked by their rows. Every fault is named, not only the
 * first. Quiet. */
#ifndef HTTP_PARAM_H
#define HTTP_PARAM_H

#include "http/head.h"
#include "http/route.h"

#define FAULTS_MAX     20
#define BODY_DEPTH_MAX 8 /* of what a FREE value holds */

struct fault {
	enum err code;
	struct str place, text, text_zh;
};

struct faults {
	struct arena *arena;
	struct fault items[FAULTS_MAX]; /* further ones are only counted */
	size_t count;
};

struct arg {
	bool given;
	int64_t number; /* INT, BOOL, VERSION, DAY (its number), INSTANT (its µs) */
	struct str text;
	const struct doc *tree; /* of the types that are lists and objects */
};

/* From text: a segment of the path, a value of the query, a header field. */
void param_read_text(
	const struct param_row *row, struct str text, struct arg *ret_arg, struct faults *faults);
/* From JSON. `place` is how a person would call it: "fields.due", "items[3].name". */
void param_read_tree(const struct routes *routes, const struct param_row *row, const struct doc *value,
	struct str place, struct arg *ret_arg, struct faults *faults);
/* The whole body of a route: an object with the fields of its BODY rows and no others. */
void params_read_body(const struct routes *routes, const struct route *route, const struct doc *body,
	struct arg *args, struct faults *faults);
/* An object that says what the query of the route of that name could: all but which page of it. */
void params_read_asked(const struct routes *routes, const char *route, const struct doc *object,
	struct str place, struct faults *faults);
/* The query of a request: each name has a row, each stands there once, those that are needed are there. */
void params_read_query(
	const struct route *route, const struct url *url, struct arg *args, struct faults *faults);
/* The header fields that the route has rows for; others are let be. */
void params_read_headers(
	const struct route *route, const struct head *head, struct arg *args, struct faults *faults);
/* One that a handler found: what `why` says, at this place. */
void faults_pass(struct faults *faults, struct str place, const struct bh_err *why);
/* The first fault as an error; ERR_OK when there is none. */
MUST_CHECK enum err faults_first(const struct faults *faults, struct bh_err *reterr);

#endif
