/* openapi.c: prints what routes.def says in the words of OpenAPI 3.1 and JSON Schema 2020-12. */
#include "http/openapi.h"

#include <stdio.h>
#include <string.h>

#define NAME_PATTERN "^[A-Za-z0-9._-]+$"

struct print {
	struct json_out out;
	const struct routes *routes;
	struct arena *arena;
};

static void text(struct print *print, const char *key, const char *value)
{
	json_out_field_text(&print->out, key, str_from(value));
}

static void begin(struct print *print, const char *key)
{
	json_out_key(&print->out, key);
	json_out_open(&print->out, '{');
}

static void end(struct print *print)
{
	json_out_close(&print->out, '}');
}

/* English stands where tools look; the Chinese words stand beside it. */
static void both(struct print *print, const char *zh, const char *en)
{
	text(print, "description", en);
	text(print, "x-description-zh", zh);
}

/* ---- schemas ---- */

static void refer(struct print *print, const char *schema)
{
	struct str path = str_format(print->arena, "#/components/schemas/%s", schema);

	json_out_field_text(&print->out, "$ref", path);
}

static void print_words(struct print *print, const char *words)
{
	struct str rest = str_from(words), word;

	text(print, "type", "string");
	json_out_key(&print->out, "enum");
	json_out_open(&print->out, '[');
	while (str_cut(&rest, '|', &word))
		json_out_text(&print->out, word);
	json_out_close(&print->out, ']');
}

static void print_string(struct print *print, const char *format, const char *pattern)
{
	text(print, "type", "string");
	if (format != NULL)
		text(print, "format", format);
	if (pattern != NULL)
		text(print, "pattern", pattern);
}

static void print_bounds(
	struct print *print, const char *least, const char *most, const struct param_row *row)
{
	json_out_field_int(&print->out, least, row->min);
	json_out_field_int(&print->out, most, row->max);
}

static void print_list(struct print *print, const struct param_row *row)
{
	text(print, "type", "array");
	print_bounds(print, "minItems", "maxItems", row);
	begin(print, "items");
	if (row->type == TYPE_LIST) {
		refer(print, row->of);
	} else if (row->type == TYPE_INTS) {
		text(print, "type", "integer");
		text(print, "format", "int64");
	} else {
		print_string(print, NULL, row->type == TYPE_NAMES ? NAME_PATTERN : NULL);
	}
	end(print);
}

/* The members of a schema object for one row, without its braces. */
static void print_type(struct print *print, const struct param_row *row)
{
	switch (row->type) {
	case TYPE_INT:
		text(print, "type", "integer");
		text(print, "format", "int64");
		print_bounds(print, "minimum", "maximum", row);
		break;
	case TYPE_BOOL:
		text(print, "type", "boolean");
		break;
	case TYPE_LINE:
	case TYPE_TEXT:
		print_string(print, NULL, NULL);
		print_bounds(print, "minLength", "maxLength", row);
		break;
	case TYPE_NAME:
		print_string(print, NULL, NAME_PATTERN);
		print_bounds(print, "minLength", "maxLength", row);
		break;
	case TYPE_WORD:
		print_words(print, row->of);
		break;
	case TYPE_DAY:
		print_string(print, "date", NULL);
		break;
	case TYPE_INSTANT:
		print_string(print, "date-time", NULL);
		break;
	case TYPE_HASH:
		print_string(print, NULL, "^[0-9a-f]{64}$");
		break;
	case TYPE_VERSION:
		print_string(print, NULL, "^\"[0-9]+\"$");
		break;
	case TYPE_OBJECT:
		refer(print, row->of);
		break;
	case TYPE_LIST:
	case TYPE_INTS:
	case TYPE_NAMES:
	case TYPE_LINES:
		print_list(print, row);
		break;
	case TYPE_FREE:
		text(print, "type", "object");
		json_out_field_bool(&print->out, "additionalProperties", true);
		begin(print, "propertyNames");
		print_string(print, NULL, "^[a-z0-9_]{1,64}$");
		end(print);
		break;
	case TYPE_COUNT:
		REQUIRE(false); /* a type */
	}
}

static bool is_member(const struct param_row *row, enum param_in in, const char *owner)
{
	return row->in == in && strcmp(row->owner, owner) == 0;
}

/* An object from its rows: the fields of a schema, or the body of a route. */
static void print_object(struct print *print, enum param_in in, const char *owner)
{
	const struct route_table *table = print->routes->table;

	text(print, "type", "object");
	json_out_key(&print->out, "additionalProperties");
	json_out_bool(&print->out, false);
	begin(print, "properties");
	for (size_t i = 0; i < table->param_count; i++) {
		if (!is_member(&table->params[i], in, owner))
			continue;
		begin(print, table->params[i].name);
		print_type(print, &table->params[i]);
		both(print, table->params[i].zh, table->params[i].en);
		end(print);
	}
	end(print);
	json_out_key(&print->out, "required");
	json_out_open(&print->out, '[');
	for (size_t i = 0; i < table->param_count; i++)
		if (is_member(&table->params[i], in, owner) && table->params[i].required)
			json_out_text(&print->out, str_from(table->params[i].name));
	json_out_close(&print->out, ']');
}

static void print_schemas(struct print *print)
{
	const struct route_table *table = print->routes->table;

	begin(print, "components");
	begin(print, "schemas");
	for (size_t i = 0; i < table->schema_count; i++) {
		begin(print, table->schemas[i].name);
		both(print, table->schemas[i].zh, table->schemas[i].en);
		print_object(print, PARAM_FIELD, table->schemas[i].name);
		end(print);
	}
	end(print);
	begin(print, "responses");
	begin(print, "problem");
	text(print, "description", "what went wrong, RFC 9457; `code` is stable");
	begin(print, "content");
	begin(print, "application/problem+json");
	begin(print, "schema");
	refer(print, "problem");
	end(print);
	end(print);
	end(print);
	end(print);
	end(print);
	end(print);
}

/* ---- operations ---- */

static void print_param(struct print *print, const struct param_row *row)
{
	static const char *const places[] = {
		[PARAM_PATH] = "path", [PARAM_QUERY] = "query", [PARAM_HEADER] = "header"};

	json_out_open(&print->out, '{');
	text(print, "name", row->name);
	text(print, "in", places[row->in]);
	json_out_field_bool(&print->out, "required", row->required);
	both(print, row->zh, row->en);
	begin(print, "schema");
	print_type(print, row);
	end(print);
	end(print);
}

static const struct param_row idempotency_row = {
	.in = PARAM_HEADER,
	.name = "Idempotency-Key",
	.type = TYPE_NAME,
	.min = 1,
	.max = 64,
	.zh = "幂等键：同一人同一键只办一次",
	.en = "the same key by the same person is done once; a repetition gets the first receipt",
};

static void print_params(struct print *print, const struct route *route)
{
	json_out_key(&print->out, "parameters");
	json_out_open(&print->out, '[');
	for (size_t i = 0; i < route->param_count; i++)
		if (route->params[i]->in != PARAM_BODY)
			print_param(print, route->params[i]);
	if (route->row->method != HTTP_GET)
		print_param(print, &idempotency_row);
	json_out_close(&print->out, ']');
}

static void print_body(struct print *print, const struct route *route)
{
	if (route->row->body == BODY_NONE)
		return;
	begin(print, "requestBody");
	json_out_field_bool(&print->out, "required", true);
	json_out_field_int(&print->out, "x-size-max", (int64_t)route->row->body_max);
	begin(print, "content");
	begin(print, route->row->body == BODY_JSON ? "application/json" : "*/*");
	begin(print, "schema");
	if (route->row->body == BODY_JSON)
		print_object(print, PARAM_BODY, route->row->name);
	else
		print_string(print, "binary", NULL);
	end(print);
	end(print);
	end(print);
	end(print);
}

static void print_reply(struct print *print, const struct reply_row *reply)
{
	char status[16];

	snprintf(status, sizeof status, "%d", reply->status);
	begin(print, status);
	both(print, reply->zh, reply->en);
	if (reply->media[0] != '\0') {
		begin(print, "content");
		begin(print, reply->media);
		begin(print, "schema");
		if (reply->schema[0] != '\0')
			refer(print, reply->schema);
		else if (str_starts(str_from(reply->media), "application/json"))
			text(print, "type", "object");
		else
			text(print, "type", "string");
		end(print);
		end(print);
		end(print);
	}
	end(print);
}

static const char *const method_keys[] = {[HTTP_GET] = "get",
	[HTTP_POST] = "post",
	[HTTP_PUT] = "put",
	[HTTP_PATCH] = "patch",
	[HTTP_DELETE] = "delete"};
static_assert(ARRAY_COUNT(method_keys) == HTTP_METHOD_COUNT, "each method has its key");

static void print_operation(struct print *print, const struct route *route)
{
	const struct route_table *table = print->routes->table;
	struct str tag = route->part_count > 0 ? route->parts[0].literal : STR("page");

	/* /api/v1/ledger/… belongs to "ledger", /healthz to itself. */
	if (route->part_count > 2 && str_is(tag, "api"))
		tag = route->parts[2].literal;
	begin(print, method_keys[route->row->method]);
	text(print, "operationId", route->row->name);
	text(print, "summary", route->row->en);
	text(print, "x-summary-zh", route->row->zh);
	json_out_key(&print->out, "tags");
	json_out_open(&print->out, '[');
	json_out_text(&print->out, tag);
	json_out_close(&print->out, ']');
	text(print, "x-capability", capability_name(route->row->capability));
	text(print, "x-rate", rate_name(route->row->rate));
	print_params(print, route);
	print_body(print, route);
	begin(print, "responses");
	for (size_t i = 0; i < table->reply_count; i++)
		if (strcmp(table->replies[i].route, route->row->name) == 0)
			print_reply(print, &table->replies[i]);
	begin(print, "default");
	json_out_field_text(&print->out, "$ref", STR("#/components/responses/problem"));
	end(print);
	end(print);
	end(print);
}

/* "{number*}" is for our own router; others know only "{number}". */
static struct str plain_path(struct arena *arena, const char *path)
{
	struct buf buf = buf_new(arena);

	for (; *path != '\0'; path++)
		if (*path != '*')
			buf_put_char(&buf, *path);
	return buf_str(&buf);
}

static void print_path(struct print *print, size_t first)
{
	const struct routes *routes = print->routes;
	const char *path = routes->items[first].row->path;

	for (size_t i = 0; i < first; i++)
		if (strcmp(routes->items[i].row->path, path) == 0)
			return; /* printed with the first row of this path */
	begin(print, plain_path(print->arena, path).data);
	for (size_t i = first; i < routes->count; i++)
		if (strcmp(routes->items[i].row->path, path) == 0)
			print_operation(print, &routes->items[i]);
	end(print);
}

struct str openapi_print(struct arena *arena, const struct routes *routes)
{
	struct buf buf = buf_new(arena);
	struct print print = {json_out_new(&buf), routes, arena};

	json_out_open(&print.out, '{');
	text(&print, "openapi", "3.1.0");
	begin(&print, "info");
	text(&print, "title", "闭环 Bihuan");
	text(&print, "version", BIHUAN_VERSION);
	text(&print, "summary", "an institution's own rules as running, verifiable procedures");
	end(&print);
	begin(&print, "paths");
	for (size_t i = 0; i < routes->count; i++)
		print_path(&print, i);
	end(&print);
	print_schemas(&print);
	end(&print);
	return buf_str(&buf);
}
