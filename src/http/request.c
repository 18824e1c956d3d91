/* request.c: what a handler may ask of its request. */
#include "http/service.h"

#include <string.h>
#include <strings.h>

#define TYPE(NAME)  (1u << TYPE_##NAME)
#define INT_TYPES   (TYPE(INT) | TYPE(VERSION))
#define TEXT_TYPES  (TYPE(LINE) | TYPE(TEXT) | TYPE(NAME) | TYPE(WORD) | TYPE(HASH))
#define TREE_TYPES  (TYPE(OBJECT) | TYPE(LIST) | TYPE(INTS) | TYPE(NAMES) | TYPE(LINES) | TYPE(FREE))
#define OTHER_TYPES (TYPE(BOOL) | TYPE(DAY) | TYPE(INSTANT))
static_assert((INT_TYPES | TEXT_TYPES | TREE_TYPES | OTHER_TYPES) == (1u << TYPE_COUNT) - 1,
	"a value of each type of table.h can be asked for by one of the functions below");

static const struct arg *arg_of(const struct http_request *request, const char *name, unsigned types)
{
	size_t at = route_param(request->route, name);

	REQUIRE(at != SIZE_MAX && (types >> request->route->params[at]->type & 1) == 1);
	return &exchange_of_const(request)->args[at];
}

bool request_has(const struct http_request *request, const char *name)
{
	return arg_of(request, name, ~0u)->given;
}

int64_t request_int(const struct http_request *request, const char *name)
{
	return arg_of(request, name, INT_TYPES)->number;
}

bool request_bool(const struct http_request *request, const char *name)
{
	return arg_of(request, name, TYPE(BOOL))->number != 0;
}

struct str request_text(const struct http_request *request, const char *name)
{
	return arg_of(request, name, TEXT_TYPES)->text;
}

struct day request_day(const struct http_request *request, const char *name)
{
	const struct arg *arg = arg_of(request, name, TYPE(DAY));

	return arg->given ? (struct day){(int32_t)arg->number} : DAY_NONE;
}

struct instant request_instant(const struct http_request *request, const char *name)
{
	const struct arg *arg = arg_of(request, name, TYPE(INSTANT));

	return arg->given ? (struct instant){arg->number} : INSTANT_NONE;
}

const struct doc *request_tree(const struct http_request *request, const char *name)
{
	return arg_of(request, name, TREE_TYPES)->tree;
}

struct str request_header(const struct http_request *request, const char *name)
{
	return head_get(&exchange_of_const(request)->head, name);
}

struct str request_address(const struct http_request *request)
{
	return exchange_of_const(request)->address;
}

/* The weight of one range of Accept-Language in thousandths: "en;q=0.8" has 800. 0: it means another one. */
static int weight_of(struct str range, const char *language)
{
	struct str tag, part = STR_NONE;
	int weight = 1000;

	(void)str_cut(&range, ';', &tag);
	tag = str_trim(tag);
	if (tag.size < 2 ? !str_is(tag, "*") : strncasecmp(tag.data, language, 2) != 0)
		return 0;
	if (tag.size > 2 && tag.data[2] != '-')
		return 0;
	while (str_cut(&range, ';', &part)) {
		part = str_trim(part);
		if (!str_starts(part, "q=") || part.size < 3)
			continue;
		weight = part.data[2] == '0' ? 0 : 1000;
		for (size_t i = 4, unit = 100; i < part.size && unit > 0 && weight < 1000; i++, unit /= 10)
			weight += (int)unit *
				  (part.data[i] >= '0' && part.data[i] <= '9' ? part.data[i] - '0' : 0);
	}
	return weight;
}

struct str request_lang(const struct http_request *request)
{
	struct str wanted = request_header(request, "Accept-Language"), range;
	int zh = 0, en = 0;

	while (str_cut(&wanted, ',', &range)) {
		int for_zh = weight_of(range, "zh"), for_en = weight_of(range, "en");

		zh = for_zh > zh ? for_zh : zh;
		en = for_en > en ? for_en : en;
	}
	return en > zh ? STR("en") : STR("zh");
}

struct str request_key(const struct http_request *request)
{
	REQUIRE(request->route->row->method != HTTP_GET);
	return request_header(request, "Idempotency-Key");
}

void request_fault(struct http_request *request, struct str place, const struct bh_err *why)
{
	faults_pass(&exchange_of(request)->faults, place, why);
}

enum err request_faults(struct http_request *request)
{
	return faults_first(&exchange_of(request)->faults, &request->why);
}

void request_check_query(
	struct http_request *request, const char *route, const char *place, const struct doc *object)
{
	if (object != NULL)
		params_read_asked(request->service->routes, route, object,
			place == NULL ? STR_NONE : str_from(place), &exchange_of(request)->faults);
}

const struct institution *request_institution(const struct http_request *request)
{
	REQUIRE(exchange_of_const(request)->snapshot != NULL);
	return snapshot_institution(exchange_of_const(request)->snapshot);
}

struct instant request_now(const struct http_request *request)
{
	return exchange_of_const(request)->now;
}

struct day request_today(const struct http_request *request)
{
	return instant_day(request_now(request), request_institution(request)->offset_minutes);
}

void request_on_end(struct http_request *request, request_end_fn *end, void *context)
{
	struct exchange *exchange = exchange_of(request);

	REQUIRE(exchange->end_count < ENDS_MAX);
	exchange->ends[exchange->end_count].end = end;
	exchange->ends[exchange->end_count++].context = context;
}

enum err request_look(struct http_request *request, struct str object)
{
	struct look_log *looks = request->service->looks;
	bool compartment = str_starts(object, "m");

	REQUIRE(request->reader != NULL && request->who.account != 0);
	if (compartment)
		TRY(auth_strong(&request->who, 0, true, &request->why));
	bool full = look_log_add(looks, object, request->who.account);

	return full || compartment ? look_log_flush(looks, &request->why) : ERR_OK;
}
