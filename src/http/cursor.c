/* cursor.c: a place in a list as an opaque text: a mark of the query it belongs to, then the parts, each
 * behind its size. It is no secret and no proof: what a page may show is decided anew for each. */
#include "http/exchange.h"

#include <string.h>

#define MARK_SIZE 8

/* Of the route and of every parameter but those that only say which page it is. */
static struct hash mark_of(const struct http_request *request)
{
	const struct url *url = &exchange_of_const(request)->head.url;
	struct buf buf = buf_new(request->arena);

	buf_puts(&buf, request->route->row->name);
	for (size_t i = 0; i < request->route->param_count; i++) {
		const char *name = request->route->params[i]->name;

		if (strcmp(name, "cursor") == 0 || strcmp(name, "limit") == 0)
			continue;
		/* In the table's order, so that the order in which they were sent doesn't matter. */
		for (size_t j = 0; j < url->pair_count; j++)
			if (str_is(url->pairs[j].name, name))
				buf_format(&buf, "|%zu:%zu:%.*s", i, url->pairs[j].value.size,
					STR_ARG(url->pairs[j].value));
	}
	for (size_t i = 0; i < url->segment_count; i++)
		buf_format(&buf, "/%zu:%.*s", url->segments[i].size, STR_ARG(url->segments[i]));
	return hash_bytes(buf.data, buf.size);
}

struct str request_cursor_print(const struct http_request *request, const struct cursor *cursor)
{
	struct buf buf = buf_new(request->arena);
	struct hash mark = mark_of(request);

	REQUIRE(cursor->count > 0 && cursor->count <= CURSOR_PARTS_MAX);
	buf_put(&buf, (struct str){(const char *)mark.bytes, MARK_SIZE});
	for (size_t i = 0; i < cursor->count; i++) {
		REQUIRE(cursor->parts[i].size < 256);
		buf_put_char(&buf, (char)cursor->parts[i].size);
		buf_put(&buf, cursor->parts[i]);
	}
	return hex_print(request->arena, buf.data, buf.size);
}

static bool read_parts(struct str bytes, struct cursor *cursor)
{
	while (bytes.size > 0) {
		size_t size = (unsigned char)bytes.data[0];

		if (cursor->count == CURSOR_PARTS_MAX || bytes.size - 1 < size)
			return false;
		cursor->parts[cursor->count++] = str_slice(bytes, 1, size);
		if (!utf8_is_valid(cursor->parts[cursor->count - 1]))
			return false;
		bytes = str_slice(bytes, 1 + size, bytes.size);
	}
	return cursor->count > 0;
}

enum err request_cursor(struct http_request *request, struct cursor *ret_cursor)
{
	struct str text = request_text(request, "cursor"), bytes;
	struct cursor cursor = {0};

	if (text.data != NULL) {
		struct hash mark = mark_of(request);

		if (!hex_parse(request->arena, text, &bytes) || bytes.size < MARK_SIZE ||
			memcmp(bytes.data, mark.bytes, MARK_SIZE) != 0 ||
			!read_parts(str_slice(bytes, MARK_SIZE, bytes.size), &cursor))
			return err_set(&request->why, ERR_INVALID, "cursor",
				"it is what the page before it gave for the same query: begin without one");
	}
	*ret_cursor = cursor;
	return ERR_OK;
}
