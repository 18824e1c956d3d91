/* param.c: one value against its row. */
#include "http/param.h"

#include "base/words.h"

#include <stdio.h>
#include <string.h>

/* ---- faults ---- */

static void fault_add(struct faults *faults, enum err code, struct str place, const char *format, ...)
	PRINTF_LIKE(4, 5);

PRINTF_LIKE(2, 0)
static struct str print(struct arena *arena, const char *format, va_list args)
{
	char text[512];

	vsnprintf(text, sizeof text, format, args);
	return str_copy(arena, str_from(text));
}

/* In both languages, as err_set does it. */
static void fault_add(struct faults *faults, enum err code, struct str place, const char *format, ...)
{
	struct fault fault = {.code = code};
	va_list args;

	if (faults->count++ >= FAULTS_MAX)
		return;
	fault.place = str_copy(faults->arena, place);
	va_start(args, format);
	fault.text = print(faults->arena, format, args);
	va_end(args);
	va_start(args, format);
	fault.text_zh = print(faults->arena, words_zh(format), args);
	va_end(args);
	faults->items[faults->count - 1] = fault;
}

void faults_pass(struct faults *faults, struct str place, const struct bh_err *why)
{
	struct arena *arena = faults->arena;

	if (faults->count++ < FAULTS_MAX)
		faults->items[faults->count - 1] = (struct fault){.code = why->code,
			.place = str_copy(arena, place),
			.text = str_copy(arena, str_from(why->text)),
			.text_zh = str_copy(arena, str_from(why->text_zh))};
}

enum err faults_first(const struct faults *faults, struct bh_err *reterr)
{
	const struct fault *first = &faults->items[0];

	if (faults->count == 0)
		return ERR_OK;
	(void)!err_set(reterr, first->code, first->place.data, "%s", first->text.data);
	snprintf(reterr->text_zh, sizeof reterr->text_zh, "%s", first->text_zh.data);
	return first->code;
}

/* ---- texts ---- */

static size_t count_characters(struct str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
	return count;
}

static bool has_control(struct str text, bool lines_are_fine)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if ((c < 0x20 && !(lines_are_fine && (c == '\n' || c == '\t'))) || c == 0x7F)
			return true;
	}
	return false;
}

static void check_characters(
	const struct param_row *row, size_t count, struct str place, struct faults *faults)
{
	if (count < (size_t)row->min || count > (size_t)row->max)
		fault_add(faults, ERR_RANGE, place, "characters: %zu; from %lld to %lld are allowed", count,
			(long long)row->min, (long long)row->max);
}

static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    c == '-' || c == '_' || c == '.'))
			return false;
	}
	return text.size > 0;
}

static void read_line(const struct param_row *row, struct str text, struct str place, struct faults *faults)
{
	size_t characters = count_characters(text);

	if (has_control(text, row->type == TYPE_TEXT))
		fault_add(faults, ERR_INVALID, place,
			row->type == TYPE_TEXT ? "it holds a control character"
					       : "it holds a control character or more than one line");
	else
		check_characters(row, characters, place, faults);
}

static void read_name(const struct param_row *row, struct str text, struct str place, struct faults *faults)
{
	if (!is_name(text))
		fault_add(faults, ERR_INVALID, place,
			"it is made of letters, digits, hyphen, underscore and full stop, and not empty");
	else
		check_characters(row, text.size, place, faults);
}

static bool is_word_of(const char *words, struct str text)
{
	struct str rest = str_from(words), word;

	while (str_cut(&rest, '|', &word))
		if (str_equal(word, text))
			return true;
	return false;
}

static void read_word(const struct param_row *row, struct str text, struct str place, struct faults *faults)
{
	if (!is_word_of(row->of, text))
		fault_add(faults, ERR_INVALID, place, "it is one of %s", row->of);
}

static void read_day(struct str text, struct str place, struct arg *arg, struct faults *faults)
{
	struct day day;
	struct bh_err why;

	if (day_parse(text, &day, &why) != ERR_OK)
		faults_pass(faults, place, &why);
	else
		arg->number = day.number;
}

/* With seconds and an offset, so that it means one instant to everybody. */
static void read_instant(struct str text, struct str place, struct arg *arg, struct faults *faults)
{
	struct instant instant;
	struct bh_err why;
	bool has_offset = text.size > 19 && (str_ends(text, "Z") || text.data[text.size - 6] == '+' ||
						    text.data[text.size - 6] == '-');

	if (!has_offset)
		fault_add(faults, ERR_INVALID, place,
			"an instant is written with its offset: 2019-03-05T09:30:00+08:00");
	else if (instant_parse(text, 0, &instant, &why) != ERR_OK)
		faults_pass(faults, place, &why);
	else
		arg->number = instant.us;
}

static void read_hash(struct str text, struct str place, struct faults *faults)
{
	bool good = text.size == 64;

	for (size_t i = 0; i < text.size && good; i++)
		good = (text.data[i] >= '0' && text.data[i] <= '9') ||
		       (text.data[i] >= 'a' && text.data[i] <= 'f');
	if (!good)
		fault_add(faults, ERR_INVALID, place, "it is a SHA-256 hash: 64 hex digits in lower case");
}

static void check_range(const struct param_row *row, int64_t number, struct str place, struct faults *faults)
{
	if (number < row->min || number > row->max)
		fault_add(faults, ERR_RANGE, place, "%lld is outside %lld to %lld", (long long)number,
			(long long)row->min, (long long)row->max);
}

static void read_version(const struct param_row *row, struct str text, struct str place, struct arg *arg,
	struct faults *faults)
{
	struct str inside = text.size > 2 ? str_slice(text, 1, text.size - 2) : STR_NONE;

	if (inside.size == 0 || text.data[0] != '"' || text.data[text.size - 1] != '"' ||
		!str_to_int(inside, &arg->number))
		fault_add(faults, ERR_INVALID, place,
			"it is the ETag of what was read, with its quotes: \"5\"");
	else
		check_range(row, arg->number, place, faults);
}

/* The types that are text in JSON too. */
static void read_text(const struct param_row *row, struct str text, struct str place, struct arg *arg,
	struct faults *faults)
{
	arg->text = text;
	switch (row->type) {
	case TYPE_LINE:
	case TYPE_TEXT:
		read_line(row, text, place, faults);
		break;
	case TYPE_NAME:
		read_name(row, text, place, faults);
		break;
	case TYPE_WORD:
		read_word(row, text, place, faults);
		break;
	case TYPE_DAY:
		read_day(text, place, arg, faults);
		break;
	case TYPE_INSTANT:
		read_instant(text, place, arg, faults);
		break;
	case TYPE_HASH:
		read_hash(text, place, faults);
		break;
	case TYPE_VERSION:
		read_version(row, text, place, arg, faults);
		break;
	default:
		REQUIRE(false); /* a type that isn't text */
	}
}

void param_read_text(const struct param_row *row, struct str text, struct arg *ret_arg, struct faults *faults)
{
	struct str place = str_from(row->name);

	ret_arg->given = true;
	if (row->type == TYPE_INT) {
		if (!str_to_int(text, &ret_arg->number))
			fault_add(faults, ERR_INVALID, place, "it is a whole number in decimal digits");
		else
			check_range(row, ret_arg->number, place, faults);
	} else if (row->type == TYPE_BOOL) {
		ret_arg->number = str_is(text, "true");
		if (!str_is(text, "true") && !str_is(text, "false"))
			fault_add(faults, ERR_INVALID, place, "it is true or false");
	} else {
		read_text(row, text, place, ret_arg, faults);
	}
}

/* ---- trees ---- */

static bool is_object(const struct doc *value, struct str place, struct faults *faults)
{
	if (value->kind == DOC_OBJECT)
		return true;
	fault_add(faults, ERR_INVALID, place, "it must be an object");
	return false;
}

static struct str under(struct faults *faults, struct str place, struct str name)
{
	return place.size == 0 ? name : str_format(faults->arena, "%.*s.%.*s", STR_ARG(place), STR_ARG(name));
}

static void read_members(const struct routes *routes, const char *schema, const struct doc *object,
	struct str place, struct faults *faults);

static void read_items(const struct routes *routes, const struct param_row *row, const struct doc *list,
	struct str place, struct faults *faults)
{
	struct param_row item = *row;
	struct arg ignored = {0};

	if (list->count < (size_t)row->min || list->count > (size_t)row->max) {
		fault_add(faults, ERR_RANGE, place, "items: %zu; from %lld to %lld are allowed", list->count,
			(long long)row->min, (long long)row->max);
		return;
	}
	item.type = row->type == TYPE_INTS    ? TYPE_INT
		    : row->type == TYPE_NAMES ? TYPE_NAME
		    : row->type == TYPE_LINES ? TYPE_LINE
					      : TYPE_OBJECT;
	item.min = row->type == TYPE_INTS ? INT64_MIN : 1;
	item.max = row->type == TYPE_INTS ? INT64_MAX : 200;
	for (size_t i = 0; i < list->count; i++)
		param_read_tree(routes, &item, &list->items[i],
			str_format(faults->arena, "%.*s[%zu]", STR_ARG(place), i), &ignored, faults);
}

static bool is_free_key(struct str key)
{
	for (size_t i = 0; i < key.size; i++)
		if (!((key.data[i] >= 'a' && key.data[i] <= 'z') ||
			    (key.data[i] >= '0' && key.data[i] <= '9') || key.data[i] == '_'))
			return false;
	return key.size > 0 && key.size <= 64;
}

/* What a definition will judge by its own fields; here only what no definition could ever take. */
static void read_free(const struct doc *value, struct str place, int depth, struct faults *faults)
{
	if (depth > BODY_DEPTH_MAX) {
		fault_add(faults, ERR_RANGE, place, "it is nested deeper than %d levels", BODY_DEPTH_MAX);
		return;
	}
	if (value->kind == DOC_REAL)
		fault_add(faults, ERR_INVALID, place, "only whole numbers are taken");
	if (value->kind == DOC_TEXT && memchr(value->text.data, '\0', value->text.size) != NULL)
		fault_add(faults, ERR_INVALID, place, "it holds a NUL character");
	for (size_t i = 0; i < value->count; i++) {
		bool named = value->kind == DOC_OBJECT;
		struct str inside = named ? under(faults, place, value->keys[i])
					  : str_format(faults->arena, "%.*s[%zu]", STR_ARG(place), i);

		if (named && !is_free_key(value->keys[i]))
			fault_add(faults, ERR_INVALID, inside,
				"a name is made of lower-case letters, digits and underscores");
		else
			read_free(&value->items[i], inside, depth + 1, faults);
	}
}

void param_read_tree(const struct routes *routes, const struct param_row *row, const struct doc *value,
	struct str place, struct arg *ret_arg, struct faults *faults)
{
	ret_arg->given = true;
	ret_arg->tree = value;
	switch (row->type) {
	case TYPE_INT:
		ret_arg->number = value->number;
		if (value->kind == DOC_INT)
			check_range(row, value->number, place, faults);
		else
			fault_add(faults, ERR_INVALID, place, "it must be a whole number");
		break;
	case TYPE_BOOL:
		ret_arg->number = value->kind == DOC_TRUE;
		if (value->kind != DOC_TRUE && value->kind != DOC_FALSE)
			fault_add(faults, ERR_INVALID, place, "it must be true or false");
		break;
	case TYPE_OBJECT:
		if (is_object(value, place, faults))
			read_members(routes, row->of, value, place, faults);
		break;
	case TYPE_LIST:
	case TYPE_INTS:
	case TYPE_NAMES:
	case TYPE_LINES:
		if (value->kind == DOC_LIST)
			read_items(routes, row, value, place, faults);
		else
			fault_add(faults, ERR_INVALID, place, "it must be a list");
		break;
	case TYPE_FREE:
		if (is_object(value, place, faults))
			read_free(value, place, 1, faults);
		break;
	default:
		if (value->kind == DOC_TEXT)
			read_text(row, value->text, place, ret_arg, faults);
		else
			fault_add(faults, ERR_INVALID, place, "it must be a text");
	}
}

/* ---- objects ---- */

/* The rows of one object: of a route's body, or of a schema. */
struct members {
	const struct param_row *const *rows;
	size_t count;
	enum param_in in;
};

static const struct param_row *member_find(const struct members *members, struct str name, size_t *ret_at)
{
	for (size_t i = 0; i < members->count; i++)
		if (members->rows[i]->in == members->in && str_is(name, members->rows[i]->name)) {
			*ret_at = i;
			return members->rows[i];
		}
	return NULL;
}

static void add_unknown(
	const struct members *members, struct str name, struct str place, struct faults *faults)
{
	const char *names[ROUTE_PARAMS_MAX];
	size_t count = 0;

	for (size_t i = 0; i < members->count; i++)
		if (members->rows[i]->in == members->in)
			names[count++] = members->rows[i]->name;
	const char *nearest = name.size <= 64 ? str_nearest(faults->arena, name, names, count) : NULL;

	if (nearest != NULL)
		fault_add(faults, ERR_INVALID, place, "nothing is known here by this name; did you mean %s",
			nearest);
	else
		fault_add(faults, ERR_INVALID, place, "nothing is known here by this name");
}

static void read_object(const struct routes *routes, const struct members *members, const struct doc *object,
	struct str place, struct arg *args, struct faults *faults)
{
	size_t at;

	for (size_t i = 0; i < object->count; i++) {
		const struct param_row *row = member_find(members, object->keys[i], &at);
		struct str inside = under(faults, place, object->keys[i]);

		if (row == NULL)
			add_unknown(members, object->keys[i], inside, faults);
		else
			param_read_tree(routes, row, &object->items[i], inside, &args[at], faults);
	}
	for (size_t i = 0; i < members->count; i++) {
		const struct param_row *row = members->rows[i];

		if (row->in == members->in && row->required && !args[i].given)
			fault_add(faults, ERR_INVALID, under(faults, place, str_from(row->name)),
				"it is missing");
	}
}

/* An object of the rows that `owner` has of this kind, but those of these names. */
static void read_rows(const struct routes *routes, const char *owner, enum param_in in, const char *but,
	const struct doc *object, struct str place, struct faults *faults)
{
	const struct param_row *rows[ROUTE_PARAMS_MAX];
	struct arg args[ROUTE_PARAMS_MAX] = {0};
	struct members members = {.rows = rows, .in = in};

	for (size_t i = 0; i < routes->table->param_count; i++) {
		const struct param_row *row = &routes->table->params[i];

		if (row->in != in || strcmp(row->owner, owner) != 0 || is_word_of(but, str_from(row->name)))
			continue;
		REQUIRE(members.count < ROUTE_PARAMS_MAX);
		rows[members.count++] = row;
	}
	read_object(routes, &members, object, place, args, faults);
}

static void read_members(const struct routes *routes, const char *schema, const struct doc *object,
	struct str place, struct faults *faults)
{
	read_rows(routes, schema, PARAM_FIELD, "", object, place, faults);
}

void params_read_asked(const struct routes *routes, const char *route, const struct doc *object,
	struct str place, struct faults *faults)
{
	if (is_object(object, place, faults))
		read_rows(routes, route, PARAM_QUERY, "limit|cursor|count", object, place, faults);
}

void params_read_body(const struct routes *routes, const struct route *route, const struct doc *body,
	struct arg *args, struct faults *faults)
{
	struct members members = {route->params, route->param_count, PARAM_BODY};

	if (is_object(body, STR("body"), faults))
		read_object(routes, &members, body, STR_NONE, args, faults);
}

void params_read_query(
	const struct route *route, const struct url *url, struct arg *args, struct faults *faults)
{
	struct members members = {route->params, route->param_count, PARAM_QUERY};
	size_t at;

	for (size_t i = 0; i < url->pair_count; i++) {
		const struct url_pair *pair = &url->pairs[i];
		const struct param_row *row = member_find(&members, pair->name, &at);

		if (row == NULL)
			add_unknown(&members, pair->name, pair->name, faults);
		else if (args[at].given)
			fault_add(faults, ERR_INVALID, pair->name, "it stands there more than once");
		else
			param_read_text(row, pair->value, &args[at], faults);
	}
	for (size_t i = 0; i < route->param_count; i++)
		if (route->params[i]->in == PARAM_QUERY && route->params[i]->required && !args[i].given)
			fault_add(faults, ERR_INVALID, str_from(route->params[i]->name), "it is missing");
}

void params_read_headers(
	const struct route *route, const struct head *head, struct arg *args, struct faults *faults)
{
	for (size_t i = 0; i < route->param_count; i++) {
		const struct param_row *row = route->params[i];
		struct str value = row->in == PARAM_HEADER ? head_get(head, row->name) : STR_NONE;

		if (value.data != NULL)
			param_read_text(row, value, &args[i], faults);
		else if (row->in == PARAM_HEADER && row->required)
			fault_add(faults, ERR_INVALID, str_from(row->name), "it is missing");
	}
}
