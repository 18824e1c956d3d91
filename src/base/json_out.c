#include "base/doc.h"

#include <string.h>

void json_put_text(struct buf *buf, struct str text)
{
	static const char hex[] = "0123456789abcdef";
	size_t plain = 0; /* start of the run not yet copied */

	buf_put_char(buf, '"');
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(buf, str_slice(text, plain, i - plain));
		plain = i + 1;
		buf_put_char(buf, '\\');
		switch (c) {
		case '"':
		case '\\':
			buf_put_char(buf, (char)c);
			break;
		case '\b':
			buf_put_char(buf, 'b');
			break;
		case '\f':
			buf_put_char(buf, 'f');
			break;
		case '\n':
			buf_put_char(buf, 'n');
			break;
		case '\r':
			buf_put_char(buf, 'r');
			break;
		case '\t':
			buf_put_char(buf, 't');
			break;
		default: {
			char escape[] = {'u', '0', '0', hex[c >> 4], hex[c & 15]};

			buf_put(buf, (struct str){escape, sizeof escape});
		}
		}
	}
	buf_put(buf, str_slice(text, plain, text.size - plain));
	buf_put_char(buf, '"');
}

struct json_out json_out_new(struct buf *buf)
{
	return (struct json_out){.buf = buf};
}

static void begin_value(struct json_out *out)
{
	if (!out->named && out->comma[out->depth])
		buf_put_char(out->buf, ',');
	out->comma[out->depth] = true;
	out->named = false;
}

void json_out_open(struct json_out *out, char bracket)
{
	REQUIRE(bracket == '{' || bracket == '[');
	begin_value(out);
	buf_put_char(out->buf, bracket);
	out->depth++;
	REQUIRE(out->depth < DOC_DEPTH_MAX);
	out->comma[out->depth] = false;
}

void json_out_close(struct json_out *out, char bracket)
{
	REQUIRE(out->depth > 0 && !out->named);
	out->depth--;
	buf_put_char(out->buf, bracket);
}

void json_out_key(struct json_out *out, const char *key)
{
	begin_value(out);
	json_put_text(out->buf, str_from(key));
	buf_put_char(out->buf, ':');
	out->named = true;
}

void json_out_text(struct json_out *out, struct str text)
{
	begin_value(out);
	json_put_text(out->buf, text);
}

static void put_int(struct buf *buf, int64_t number)
{
	char digits[21];
	size_t at = sizeof digits;
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	buf_put(buf, (struct str){digits + at, sizeof digits - at});
}

void json_out_int(struct json_out *out, int64_t number)
{
	begin_value(out);
	put_int(out->buf, number);
}

void json_out_bool(struct json_out *out, bool value)
{
	begin_value(out);
	buf_puts(out->buf, value ? "true" : "false");
}

void json_out_null(struct json_out *out)
{
	begin_value(out);
	buf_puts(out->buf, "null");
}

void json_out_tree(struct json_out *out, const struct doc *tree)
{
	begin_value(out);
	doc_print_to(out->buf, tree);
}

void json_out_field_text(struct json_out *out, const char *key, struct str text)
{
	json_out_key(out, key);
	json_out_text(out, text);
}

void json_out_field_int(struct json_out *out, const char *key, int64_t number)
{
	json_out_key(out, key);
	json_out_int(out, number);
}

void json_out_field_bool(struct json_out *out, const char *key, bool value)
{
	json_out_key(out, key);
	json_out_bool(out, value);
}

static bool key_is_canonical(struct str key)
{
	for (size_t i = 0; i < key.size; i++) {
		char c = key.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return key.size > 0;
}

static void print_object(struct buf *buf, const struct doc *tree)
{
	size_t *order = ARENA_TAKE(buf->arena, tree->count + 1, size_t);

	/* Insertion sort: payload objects have a handful of keys and come nearly sorted. */
	for (size_t i = 0; i < tree->count; i++) {
		size_t at = i;

		REQUIRE(key_is_canonical(tree->keys[i]));
		for (; at > 0 && str_compare(tree->keys[order[at - 1]], tree->keys[i]) > 0; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	buf_put_char(buf, '{');
	for (size_t i = 0; i < tree->count; i++) {
		if (i > 0)
			buf_put_char(buf, ',');
		buf_put_char(buf, '"');
		buf_put(buf, tree->keys[order[i]]);
		buf_puts(buf, "\":");
		doc_print_to(buf, &tree->items[order[i]]);
	}
	buf_put_char(buf, '}');
}

void doc_print_to(struct buf *buf, const struct doc *tree)
{
	switch (tree->kind) {
	case DOC_NULL:
		buf_puts(buf, "null");
		break;
	case DOC_FALSE:
		buf_puts(buf, "false");
		break;
	case DOC_TRUE:
		buf_puts(buf, "true");
		break;
	case DOC_INT:
		put_int(buf, tree->number);
		break;
	case DOC_REAL:
		REQUIRE(false); /* a real number has no canonical form */
		break;
	case DOC_TEXT:
		REQUIRE(utf8_is_valid(
			tree->text)); /* what couldn't be read back must not get into the record */
		json_put_text(buf, tree->text);
		break;
	case DOC_LIST:
		buf_put_char(buf, '[');
		for (size_t i = 0; i < tree->count; i++) {
			if (i > 0)
				buf_put_char(buf, ',');
			doc_print_to(buf, &tree->items[i]);
		}
		buf_put_char(buf, ']');
		break;
	case DOC_OBJECT:
		print_object(buf, tree);
		break;
	}
}

struct str doc_print(struct arena *arena, const struct doc *tree)
{
	struct buf buf = buf_new(arena);

	doc_print_to(&buf, tree);
	return buf_str(&buf);
}
