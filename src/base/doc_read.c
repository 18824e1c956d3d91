/* doc_read.c: strict JSON from outside, read by jansson; its only user. */
#include "base/doc.h"

#include <jansson.h>
#include <string.h>

static bool convert(struct arena *arena, const json_t *from, unsigned depth, struct doc *to);

static bool convert_object(struct arena *arena, const json_t *from, unsigned depth, struct doc *to)
{
	json_t *borrowed = (json_t *)(uintptr_t)from; /* the iterator's signature lacks a const it keeps */
	size_t capacity = doc_capacity(json_object_size(from));

	to->kind = DOC_OBJECT;
	to->items = ARENA_TAKE(arena, capacity, struct doc);
	to->keys = ARENA_TAKE(arena, capacity, struct str);
	for (void *at = json_object_iter(borrowed); at != NULL; at = json_object_iter_next(borrowed, at)) {
		to->keys[to->count] = str_copy(arena, str_from(json_object_iter_key(at)));
		if (!convert(arena, json_object_iter_value(at), depth + 1, &to->items[to->count]))
			return false;
		to->count++;
	}
	return true;
}

static bool convert_list(struct arena *arena, const json_t *from, unsigned depth, struct doc *to)
{
	to->kind = DOC_LIST;
	to->items = ARENA_TAKE(arena, doc_capacity(json_array_size(from)), struct doc);
	for (; to->count < json_array_size(from); to->count++)
		if (!convert(arena, json_array_get(from, to->count), depth + 1, &to->items[to->count]))
			return false;
	return true;
}

/* false when it is nested deeper than anything we would write again. */
static bool convert(struct arena *arena, const json_t *from, unsigned depth, struct doc *to)
{
	if (depth >= DOC_DEPTH_MAX)
		return false;
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		return convert_object(arena, from, depth, to);
	case JSON_ARRAY:
		return convert_list(arena, from, depth, to);
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
	return true;
}

enum err doc_read(struct arena *arena, struct str text, struct doc **ret_tree, struct bh_err *reterr)
{
	json_error_t error;
	char place[32];

	/* jansson takes a NUL for the end and lets pass whatever stands behind it. */
	if (text.size > 0 && memchr(text.data, '\0', text.size) != NULL)
		return err_set(reterr, ERR_INVALID, "1:1", "not JSON: there is a NUL byte in it");
	json_t *root = json_loadb(text.size > 0 ? text.data : "", text.size,
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);

	if (root == NULL) {
		snprintf(place, sizeof place, "%d:%d", error.line, error.column);
		if (json_error_code(&error) == json_error_numeric_overflow)
			return err_set(reterr, ERR_RANGE, place, "a number doesn't fit: %s", error.text);
		return err_set(reterr, ERR_INVALID, place, "not JSON: %s", error.text);
	}
	struct doc *tree = ARENA_TAKE(arena, 1, struct doc);
	bool shallow = convert(arena, root, 1, tree);

	json_decref(root);
	if (!shallow)
		return err_set(
			reterr, ERR_INVALID, "1:1", "it is nested deeper than %d levels", DOC_DEPTH_MAX - 1);
	*ret_tree = tree;
	return ERR_OK;
}
