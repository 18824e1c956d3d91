/* canonical.c: the reader of our own canonical form, which the ledger trusts byte for byte. */
#include "base/doc.h"

#include <stdio.h>

#include <string.h>

struct scan {
	struct arena *arena;
	struct str text;
	size_t at;
	unsigned depth;
	struct bh_err *reterr;
};

static enum err refuse(const struct scan *scan, const char *why)
{
	char place[32];

	snprintf(place, sizeof place, "1:%zu", scan->at + 1);
	return err_set(scan->reterr, ERR_INVALID, place, "not canonical: %s", why);
}

static bool accept(struct scan *scan, char wanted)
{
	if (scan->at >= scan->text.size || scan->text.data[scan->at] != wanted)
		return false;
	scan->at++;
	return true;
}

static enum err scan_word(struct scan *scan, const char *word)
{
	size_t size = strlen(word);

	if (!str_starts(str_slice(scan->text, scan->at, size), word))
		return refuse(scan, "a value was expected");
	scan->at += size;
	return ERR_OK;
}

static enum err scan_int(struct scan *scan, int64_t *ret_number)
{
	size_t start = scan->at;

	accept(scan, '-');
	while (scan->at < scan->text.size && scan->text.data[scan->at] >= '0' &&
		scan->text.data[scan->at] <= '9')
		scan->at++;
	struct str digits = str_slice(scan->text, start, scan->at - start);

	if (!str_to_int(digits, ret_number))
		return refuse(scan, "no integer, or one that doesn't fit 64 bits");
	bool padded = digits.size > 1 && digits.data[0] == '0';

	if (padded || str_starts(digits, "-0"))
		return refuse(scan, "an integer has no leading zero and no negative zero");
	return ERR_OK;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte behind one escape, which must be the shortest for it. */
static enum err scan_escape(struct scan *scan, char *ret_byte)
{
	static const char shorts[] = "\"\\bfnrt", values[] = "\"\\\b\f\n\r\t";
	struct str rest = str_slice(scan->text, scan->at, 5);

	if (rest.size > 0 && rest.data[0] != '\0' && strchr(shorts, rest.data[0]) != NULL) {
		*ret_byte = values[strchr(shorts, rest.data[0]) - shorts];
		scan->at++;
		return ERR_OK;
	}
	if (rest.size < 5 || !str_starts(rest, "u00"))
		return refuse(scan, "an escape that isn't the shortest");
	int high = hex_digit(rest.data[3]), low = hex_digit(rest.data[4]);
	int value = high * 16 + low;

	if (high < 0 || high > 1 || low < 0 || (value != 0 && strchr("\b\f\n\r\t", value) != NULL))
		return refuse(scan, "an escape that isn't the shortest");
	*ret_byte = (char)value;
	scan->at += 5;
	return ERR_OK;
}

static enum err scan_escaped(struct scan *scan, size_t start, struct str *ret_text)
{
	struct buf buf = buf_new(scan->arena);

	buf_put(&buf, str_slice(scan->text, start, scan->at - start));
	while (!accept(scan, '"')) {
		if (scan->at >= scan->text.size)
			return refuse(scan, "a string without an end");
		char byte = scan->text.data[scan->at];

		if ((unsigned char)byte < 0x20)
			return refuse(scan, "a control character without escape");
		scan->at++;
		if (byte == '\\')
			TRY(scan_escape(scan, &byte));
		buf_put_char(&buf, byte);
	}
	*ret_text = buf_str(&buf);
	return ERR_OK;
}

static enum err scan_text(struct scan *scan, struct str *ret_text)
{
	if (!accept(scan, '"'))
		return refuse(scan, "a string was expected");
	size_t start = scan->at;

	for (; scan->at < scan->text.size; scan->at++) {
		unsigned char c = (unsigned char)scan->text.data[scan->at];

		if (c == '"') {
			*ret_text = str_slice(scan->text, start, scan->at - start);
			scan->at++;
			return ERR_OK;
		}
		if (c == '\\')
			return scan_escaped(scan, start, ret_text);
		if (c < 0x20)
			return refuse(scan, "a control character without escape");
	}
	return refuse(scan, "a string without an end");
}

static enum err scan_key(struct scan *scan, struct str *ret_key)
{
	TRY(scan_text(scan, ret_key));
	if (ret_key->size == 0)
		return refuse(scan, "an empty key");
	for (size_t i = 0; i < ret_key->size; i++) {
		char c = ret_key->data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return refuse(scan, "a key outside [a-z0-9_]");
	}
	if (!accept(scan, ':'))
		return refuse(scan, "a ':' was expected");
	return ERR_OK;
}

static enum err scan_value(struct scan *scan, struct doc *ret_value);

static enum err scan_object(struct scan *scan, struct doc *object)
{
	size_t capacity = 0, key_capacity = 0;

	object->kind = DOC_OBJECT;
	if (accept(scan, '}'))
		return ERR_OK;
	do {
		struct str key;
		struct doc value = {0};

		TRY(scan_key(scan, &key));
		if (object->count > 0 && str_compare(object->keys[object->count - 1], key) >= 0)
			return refuse(scan, "keys out of byte order, or twice the same");
		TRY(scan_value(scan, &value));
		object->keys = arena_grow(
			scan->arena, object->keys, object->count, &key_capacity, sizeof *object->keys);
		object->items =
			arena_grow(scan->arena, object->items, object->count, &capacity, sizeof value);
		object->keys[object->count] = key;
		object->items[object->count++] = value;
	} while (accept(scan, ','));
	return accept(scan, '}') ? ERR_OK : refuse(scan, "a ',' or '}' was expected");
}

static enum err scan_list(struct scan *scan, struct doc *list)
{
	size_t capacity = 0;

	list->kind = DOC_LIST;
	if (accept(scan, ']'))
		return ERR_OK;
	do {
		struct doc value = {0};

		TRY(scan_value(scan, &value));
		list->items = arena_grow(scan->arena, list->items, list->count, &capacity, sizeof value);
		list->items[list->count++] = value;
	} while (accept(scan, ','));
	return accept(scan, ']') ? ERR_OK : refuse(scan, "a ',' or ']' was expected");
}

static enum err scan_value(struct scan *scan, struct doc *ret_value)
{
	enum err err;

	if (scan->at >= scan->text.size)
		return refuse(scan, "cut short");
	if (++scan->depth >= DOC_DEPTH_MAX)
		return refuse(scan, "nested too deep");
	char first = scan->text.data[scan->at];

	switch (first) {
	case '{':
		scan->at++;
		err = scan_object(scan, ret_value);
		break;
	case '[':
		scan->at++;
		err = scan_list(scan, ret_value);
		break;
	case '"':
		ret_value->kind = DOC_TEXT;
		err = scan_text(scan, &ret_value->text);
		break;
	case 't':
		ret_value->kind = DOC_TRUE;
		err = scan_word(scan, "true");
		break;
	case 'f':
		ret_value->kind = DOC_FALSE;
		err = scan_word(scan, "false");
		break;
	case 'n':
		ret_value->kind = DOC_NULL;
		err = scan_word(scan, "null");
		break;
	default:
		ret_value->kind = DOC_INT;
		err = scan_int(scan, &ret_value->number);
	}
	scan->depth--;
	return err;
}

enum err doc_read_canonical(
	struct arena *arena, struct str text, struct doc **ret_tree, struct bh_err *reterr)
{
	struct scan scan = {.arena = arena, .text = text, .reterr = reterr};
	struct doc *tree = ARENA_TAKE(arena, 1, struct doc);

	if (!utf8_is_valid(text))
		return refuse(&scan, "bytes that are no UTF-8");
	TRY(scan_value(&scan, tree));
	if (scan.at != text.size)
		return refuse(&scan, "something behind the end");
	*ret_tree = tree;
	return ERR_OK;
}
