/* route.c: patterns from rows, and their match. */
#include "http/route.h"
#include "http/openapi.h"

#include <string.h>

static const char *const method_names[] = {
#define HTTP_METHOD(NAME) #NAME,
	HTTP_METHODS
#undef HTTP_METHOD
};

const char *http_method_name(enum http_method method)
{
	REQUIRE(method < HTTP_METHOD_COUNT);
	return method_names[method];
}

const struct schema_row *routes_schema(const struct routes *routes, const char *name)
{
	for (size_t i = 0; i < routes->table->schema_count; i++)
		if (strcmp(routes->table->schemas[i].name, name) == 0)
			return &routes->table->schemas[i];
	return NULL;
}

size_t route_param(const struct route *route, const char *name)
{
	for (size_t i = 0; i < route->param_count; i++)
		if (strcmp(route->params[i]->name, name) == 0)
			return i;
	return SIZE_MAX;
}

/* ---- making ready ---- */

static void add_part(struct arena *arena, struct route *route, struct str text)
{
	struct route_part *part = &route->parts[route->part_count++];

	REQUIRE(route->part_count <= ROUTE_PARTS_MAX && text.size > 0);
	if (text.data[0] != '{') {
		part->literal = text;
		return;
	}
	part->rest = str_ends(text, "*}");
	struct str name = str_copy(arena, str_slice(text, 1, text.size - (part->rest ? 3 : 2)));
	size_t at = route_param(route, name.data);

	REQUIRE(at != SIZE_MAX && route->params[at]->in == PARAM_PATH && route->params[at]->required);
	part->param = route->params[at];
}

static void make_pattern(struct arena *arena, struct route *route)
{
	struct str rest = str_from(route->row->path), text;
	size_t path_params = 0, parts_with_param = 0;

	REQUIRE(rest.size >= 1 && rest.data[0] == '/');
	rest = str_slice(rest, 1, rest.size);
	while (route->row->path[1] != '\0' && str_cut(&rest, '/', &text))
		add_part(arena, route, text);
	for (size_t i = 0; i < route->param_count; i++)
		path_params += route->params[i]->in == PARAM_PATH;
	for (size_t i = 0; i < route->part_count; i++) {
		parts_with_param += route->parts[i].param != NULL;
		REQUIRE(!route->parts[i].rest || i + 1 == route->part_count);
	}
	REQUIRE(path_params == parts_with_param);
}

static void check_param(const struct routes *routes, const struct param_row *param)
{
	bool has_schema = param->type == TYPE_OBJECT || param->type == TYPE_LIST;
	bool is_tree = has_schema || param->type == TYPE_INTS || param->type == TYPE_NAMES ||
		       param->type == TYPE_LINES || param->type == TYPE_FREE;

	REQUIRE(param->min <= param->max && param->type < TYPE_COUNT);
	REQUIRE(IMPLIES(has_schema, routes_schema(routes, param->of) != NULL));
	REQUIRE(IMPLIES(param->type == TYPE_WORD, param->of[0] != '\0'));
	REQUIRE(IMPLIES(is_tree, param->in == PARAM_BODY || param->in == PARAM_FIELD));
	REQUIRE(IMPLIES(param->in == PARAM_FIELD, routes_schema(routes, param->owner) != NULL));
}

static void check_body(const struct route *route)
{
	size_t fields = 0;

	for (size_t i = 0; i < route->param_count; i++)
		fields += route->params[i]->in == PARAM_BODY;
	REQUIRE((route->row->body == BODY_JSON) == (fields > 0));
	REQUIRE((route->row->body == BODY_BYTES) == (route->receive != NULL));
	REQUIRE((route->row->body == BODY_NONE) == (route->row->body_max == 0));
	REQUIRE(IMPLIES(route->row->run_on == RUN_ON_LOOP,
		route->row->body == BODY_NONE && capability_is_public(route->row->capability)));
	/* GET never changes anything, and nothing but GET is answered from a cache. */
	REQUIRE(IMPLIES(route->row->method == HTTP_GET, route->row->body == BODY_NONE));
}

static bool has_reply(const struct route_table *table, const char *name)
{
	for (size_t i = 0; i < table->reply_count; i++)
		if (strcmp(table->replies[i].route, name) == 0)
			return true;
	return false;
}

static void make_route(
	struct arena *arena, const struct routes *routes, struct route *route, const struct route_row *row)
{
	const struct route_table *table = routes->table;

	route->row = row;
	for (size_t i = 0; i < table->param_count; i++) {
		const struct param_row *param = &table->params[i];

		if (param->in == PARAM_FIELD || strcmp(param->owner, row->name) != 0)
			continue;
		REQUIRE(route->param_count < ROUTE_PARAMS_MAX && route_param(route, param->name) == SIZE_MAX);
		route->params[route->param_count++] = param;
	}
	for (size_t i = 0; i < table->upload_count; i++)
		if (strcmp(table->uploads[i].route, row->name) == 0)
			route->receive = table->uploads[i].receive;
	make_pattern(arena, route);
	check_body(route);
	REQUIRE(has_reply(table, row->name));
}

struct routes *routes_new(struct arena *arena, const struct route_table *table)
{
	struct routes *routes = ARENA_TAKE(arena, 1, struct routes);
	size_t params = 0;

	routes->table = table;
	routes->items = ARENA_TAKE(arena, table->route_count, struct route);
	for (; routes->count < table->route_count; routes->count++) {
		struct route *route = &routes->items[routes->count];

		make_route(arena, routes, route, &table->routes[routes->count]);
		route->index = routes->count;
		if (route->part_count == 0 && route->row->method == HTTP_GET)
			routes->page = route;
		params += route->param_count;
	}
	for (size_t i = 0; i < table->param_count; i++) {
		check_param(routes, &table->params[i]);
		params += table->params[i].in == PARAM_FIELD;
	}
	/* A row that names no route would otherwise be without effect. */
	REQUIRE(params == table->param_count);
	routes->openapi = openapi_print(arena, routes);
	routes->openapi_tag =
		hex_print(arena, hash_bytes(routes->openapi.data, routes->openapi.size).bytes, 8);
	return routes;
}

/* ---- finding ---- */

static bool matches(const struct route *route, const struct url *url)
{
	bool rest = route->part_count > 0 && route->parts[route->part_count - 1].rest;

	if (rest ? url->segment_count < route->part_count : url->segment_count != route->part_count)
		return false;
	for (size_t i = 0; i < route->part_count; i++)
		if (route->parts[i].literal.data != NULL &&
			!str_equal(route->parts[i].literal, url->segments[i]))
			return false;
	return true;
}

static void take_segments(struct arena *arena, const struct route *route, const struct url *url,
	struct str ret_segments[ROUTE_PARTS_MAX])
{
	for (size_t i = 0; i < route->part_count; i++) {
		ret_segments[i] = url->segments[i];
		if (!route->parts[i].rest)
			continue;
		struct buf buf = buf_new(arena);

		for (size_t j = i; j < url->segment_count; j++) {
			if (j > i)
				buf_put_char(&buf, '/');
			buf_put(&buf, url->segments[j]);
		}
		ret_segments[i] = buf_str(&buf);
	}
}

/* Is this an address of the pages' own script: one that no row begins like? */
static bool is_page(const struct routes *routes, const struct url *url)
{
	if (routes->page == NULL || url->segment_count == 0)
		return false;
	for (size_t i = 0; i < routes->count; i++)
		if (routes->items[i].part_count > 0 &&
			str_equal(routes->items[i].parts[0].literal, url->segments[0]))
			return false;
	return true;
}

enum err routes_find(const struct routes *routes, struct arena *arena, struct str method,
	const struct url *url, const struct route **ret_route, struct str ret_segments[ROUTE_PARTS_MAX],
	struct str *ret_allow, struct bh_err *reterr)
{
	struct str wanted = str_is(method, "HEAD") ? STR("GET") : method;
	struct buf allow = buf_new(arena);

	for (size_t i = 0; i < routes->count; i++) {
		const struct route *route = &routes->items[i];
		const char *name = http_method_name(route->row->method);

		if (!matches(route, url))
			continue;
		if (str_is(wanted, name)) {
			*ret_route = route;
			take_segments(arena, route, url, ret_segments);
			return ERR_OK;
		}
		buf_format(&allow, "%s%s%s", allow.size > 0 ? ", " : "", name,
			route->row->method == HTTP_GET ? ", HEAD" : "");
	}
	if (allow.size == 0 && str_is(wanted, "GET") && is_page(routes, url)) {
		*ret_route = routes->page;
		return ERR_OK;
	}
	if (allow.size == 0)
		return err_set(reterr, ERR_NOT_FOUND, "target",
			"there is nothing under this address: see /api/v1/openapi.json for what there is");
	*ret_allow = buf_str(&allow);
	return err_set(reterr, ERR_METHOD, "method", "this address takes %.*s", STR_ARG(*ret_allow));
}
