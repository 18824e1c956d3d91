/* doc_read.c: strict JSON from outside, read by jansson; its only user. */
#include "base/doc.h"

#include <jansson.h>
#include <string.h>

static void convert(struct arena *arena, const json_t *from, struct doc *to);

static void convert_object(struct arena *arena, const json_t *from, struct doc *to)
{
	json_t *borrowed = (json_t *)(uintptr_t)from; /* the iterator's signature lacks a const it keeps */

	to->kind = DOC_OBJECT;
	to->items = ARENA_TAKE(arena, json_object_size(from), struct doc);
	to->keys = ARENA_TAKE(arena, json_object_size(from), struct str);
	for (void *at = json_object_iter(borrowed); at != NULL; at = json_object_iter_next(borrowed, at)) {
		to->keys[to->count] = str_copy(arena, str_from(json_object_iter_key(at)));
		convert(arena, json_object_iter_value(at), &to->items[to->count]);
		to->count++;
	}
}

static void convert(struct arena *arena, const json_t *from, struct doc *to)
{
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		convert_object(arena, from, to);
		break;
	case JSON_ARRAY:
		to->kind = DOC_LIST;
		to->items = ARENA_TAKE(arena, json_array_size(from), struct doc);
		for (; to->count < json_array_size(from); to->count++)
			convert(arena, json_array_get(from, to->count), &to->items[to->count]);
		break;
	case JSON_STRING:
		to->kind = DOC_TEXT;
		to->text = str_copy(arena, (struct str){json_string_value(from), json_string_length(from)});
		break;
	case JSON_INTEGER:
		to->kind = DOC_INT;
		to->number = json_integer_value(from);
		break;
	case JSON_REAL:
		to->kind = DOC_REAL;
		to->real = json_real_value(from);
		break;
	case JSON_TRUE:
		to->kind = DOC_TRUE;
		break;
	case JSON_FALSE:
		to->kind = DOC_FALSE;
		break;
	case JSON_NULL:
		to->kind = DOC_NULL;
		break;
	}
}

enum err doc_read(struct arena *arena, struct str text, struct doc **ret_tree, struct bh_err *reterr)
{
	json_error_t error;
	char place[32];
	json_t *root = json_loadb(text.size > 0 ? text.data : "", text.size,
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

	if (root == NULL) {
		snprintf(place, sizeof place, "%d:%d", error.line, error.column);
		return err_set(reterr, ERR_INVALID, place, "not JSON: %s", error.text);
	}
	*ret_tree = ARENA_TAKE(arena, 1, struct doc);
	convert(arena, root, *ret_tree);
	json_decref(root);
	return ERR_OK;
}
