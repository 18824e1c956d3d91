#include "base/doc.h"

#include <string.h>

static struct doc *node(struct arena *arena, enum doc_kind kind)
{
	struct doc *tree = ARENA_TAKE(arena, 1, struct doc);

	tree->kind = kind;
	return tree;
}

struct doc *doc_object(struct arena *arena)
{
	return node(arena, DOC_OBJECT);
}

struct doc *doc_list(struct arena *arena)
{
	return node(arena, DOC_LIST);
}

struct doc *doc_text(struct arena *arena, struct str text)
{
	struct doc *tree = node(arena, DOC_TEXT);

	tree->text = text;
	return tree;
}

struct doc *doc_int(struct arena *arena, int64_t number)
{
	struct doc *tree = node(arena, DOC_INT);

	tree->number = number;
	return tree;
}

struct doc *doc_bool(struct arena *arena, bool value)
{
	return node(arena, value ? DOC_TRUE : DOC_FALSE);
}

size_t doc_capacity(size_t count)
{
	size_t capacity = 1;

	while (capacity < count)
		capacity *= 2;
	return capacity;
}

/* Room for one more member: capacities are powers of two, so the count tells when to grow. */
static void make_room(struct arena *arena, struct doc *tree, bool keyed)
{
	size_t count = tree->count;

	if (count != 0 && (count & (count - 1)) != 0)
		return;
	size_t capacity = count == 0 ? 1 : count * 2;
	struct doc *items = ARENA_TAKE(arena, capacity, struct doc);

	if (count > 0)
		memcpy(items, tree->items, count * sizeof *items);
	tree->items = items;
	if (keyed) {
		struct str *keys = ARENA_TAKE(arena, capacity, struct str);

		if (count > 0)
			memcpy(keys, tree->keys, count * sizeof *keys);
		tree->keys = keys;
	}
}

void doc_push(struct arena *arena, struct doc *list, struct doc *value)
{
	REQUIRE(list->kind == DOC_LIST);
	make_room(arena, list, false);
	list->items[list->count++] = *value;
}

void doc_set_str(struct arena *arena, struct doc *object, struct str key, struct doc *value)
{
	REQUIRE(object->kind == DOC_OBJECT);
	for (size_t i = 0; i < object->count; i++)
		if (str_equal(object->keys[i], key)) {
			object->items[i] = *value;
			return;
		}
	make_room(arena, object, true);
	object->keys[object->count] = key;
	object->items[object->count++] = *value;
}

void doc_set(struct arena *arena, struct doc *object, const char *key, struct doc *value)
{
	doc_set_str(arena, object, str_from(key), value);
}

static void copy_into(struct arena *arena, const struct doc *from, struct doc *to)
{
	size_t capacity = doc_capacity(from->count);

	*to = *from;
	to->text = from->text.size > 0 ? str_copy(arena, from->text) : from->text;
	if (from->count == 0)
		return;
	to->items = ARENA_TAKE(arena, capacity, struct doc);
	if (from->keys != NULL)
		to->keys = ARENA_TAKE(arena, capacity, struct str);
	for (size_t i = 0; i < from->count; i++) {
		copy_into(arena, &from->items[i], &to->items[i]);
		if (from->keys != NULL)
			to->keys[i] = str_copy(arena, from->keys[i]);
	}
}

struct doc *doc_copy(struct arena *arena, const struct doc *tree)
{
	if (tree == NULL)
		return NULL;
	struct doc *copy = ARENA_TAKE(arena, 1, struct doc);

	copy_into(arena, tree, copy);
	return copy;
}

const struct doc *doc_get_str(const struct doc *object, struct str key)
{
	if (object == NULL || object->kind != DOC_OBJECT)
		return NULL;
	/* Objects are small and asked often: most keys differ in their size or at their first byte. */
	for (size_t i = 0; i < object->count; i++) {
		struct str other = object->keys[i];

		if (other.size == key.size &&
			(key.size == 0 || (other.data[0] == key.data[0] && str_equal(other, key))))
			return &object->items[i];
	}
	return NULL;
}

const struct doc *doc_get(const struct doc *object, const char *key)
{
	return doc_get_str(object, str_from(key));
}

struct str doc_get_text(const struct doc *object, const char *key)
{
	const struct doc *value = doc_get(object, key);

	return value != NULL && value->kind == DOC_TEXT ? value->text : STR_NONE;
}

int64_t doc_get_int(const struct doc *object, const char *key, int64_t fallback)
{
	const struct doc *value = doc_get(object, key);

	return value != NULL && value->kind == DOC_INT ? value->number : fallback;
}

bool doc_get_bool(const struct doc *object, const char *key)
{
	const struct doc *value = doc_get(object, key);

	return value != NULL && value->kind == DOC_TRUE;
}

bool doc_equal(const struct doc *a, const struct doc *b)
{
	if (a == NULL || b == NULL || a->kind != b->kind || a->count != b->count)
		return a == b;
	if (a->number != b->number || !str_equal(a->text, b->text) || a->real < b->real || a->real > b->real)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct doc *other = a->kind == DOC_OBJECT ? doc_get_str(b, a->keys[i]) : &b->items[i];

		if (!doc_equal(&a->items[i], other))
			return false;
	}
	return true;
}
