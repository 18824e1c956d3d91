/* route.h: the rows of a table made ready for use, and finding the row that a path and a method mean. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/table.h"
#include "http/url.h"

#define ROUTE_PARAMS_MAX 40
#define ROUTE_PARTS_MAX  12

/* One part of a path's pattern. */
struct route_part {
	struct str literal;            /* data NULL: a parameter */
	const struct param_row *param; /* NULL: a literal */
	bool rest;                     /* takes all segments that are left */
};

struct route {
	const struct route_row *row;
	receive_fn *receive; /* of an upload; NULL */
	struct route_part parts[ROUTE_PARTS_MAX];
	size_t part_count;
	const struct param_row *params[ROUTE_PARAMS_MAX]; /* in the order of the table */
	size_t param_count;
	size_t index; /* among the routes */
};

struct routes {
	const struct route_table *table;
	struct route *items;
	size_t count;
	const struct route *page;        /* of "/", for addresses that no row begins like; NULL: none */
	struct str openapi, openapi_tag; /* the document, printed once */
};

/* What is contradictory in a table is our own mistake and REQUIREd here, so that it shows at the first start.
 */
struct routes *routes_new(struct arena *arena, const struct route_table *table);
/* HEAD is found as GET; an address that no row begins like is the page's, where there is one.
 * ERR_NOT_FOUND: no such path. ERR_METHOD: it has others, `ret_allow` lists them ("GET, HEAD").
 * `ret_segments` gets the parameter's texts by part, those of the rest joined by slashes. */
MUST_CHECK enum err routes_find(const struct routes *routes, struct arena *arena, struct str method,
	const struct url *url, const struct route **ret_route, struct str ret_segments[ROUTE_PARTS_MAX],
	struct str *ret_allow, struct bh_err *reterr);
const struct schema_row *routes_schema(const struct routes *routes, const char *name); /* NULL: none */
/* The position of a parameter among the route's, or SIZE_MAX. */
size_t route_param(const struct route *route, const char *name);

#endif
