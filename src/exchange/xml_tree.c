/* xml_tree.c: reading, changing and writing the tree of a document. */
#include "exchange/xml_tree.h"

#include <string.h>

/* ---- in ---- */

struct tree_reading {
	struct arena *arena;
	struct xml_node *root, *at;
};

static enum err on_open(
	void *context, const char *name, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	struct tree_reading *reading = context;
	struct xml_node *node = xml_element(reading->arena, name);

	(void)reterr;
	for (size_t i = 0; attributes->pairs[i] != NULL; i += 2)
		*ARENA_PUSH(reading->arena, node->pairs, node->pair_count, node->pair_capacity) =
			(struct xml_pair){str_copy(reading->arena, str_from(attributes->pairs[i])),
				str_copy(reading->arena, str_from(attributes->pairs[i + 1]))};
	if (reading->root == NULL)
		reading->root = node;
	else
		xml_append(reading->at, node);
	reading->at = node;
	return ERR_OK;
}

static enum err on_close(void *context, const char *name, struct bh_err *reterr)
{
	struct tree_reading *reading = context;

	(void)name, (void)reterr;
	reading->at = reading->at->parent;
	return ERR_OK;
}

/* The parser gives a long text in pieces. */
static enum err on_text(void *context, struct str text, struct bh_err *reterr)
{
	struct tree_reading *reading = context;
	struct xml_node *last = reading->at->last;

	(void)reterr;
	if (last == NULL || last->name.size > 0)
		xml_append(reading->at, xml_text(reading->arena, str_copy(reading->arena, text)));
	else
		last->text = str_format(reading->arena, "%.*s%.*s", STR_ARG(last->text), STR_ARG(text));
	return ERR_OK;
}

static enum err read_bytes(
	void *context, const char *name, part_put_fn *put, void *put_context, struct bh_err *reterr)
{
	const struct str *bytes = context;

	(void)name;
	return put(put_context, bytes->data, bytes->size, reterr);
}

enum err xml_tree_read(struct arena *arena, const char *name, struct str bytes, struct xml_node **ret_root,
	struct bh_err *reterr)
{
	struct tree_reading reading = {.arena = arena};
	const struct parts parts = {&bytes, read_bytes};
	const struct xml_reader reader = {&reading, on_open, on_close, on_text, true};

	TRY(xml_read(&parts, name, &reader, reterr));
	*ret_root = reading.root;
	return ERR_OK;
}

/* ---- out ---- */

void xml_put_text(struct buf *buf, struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (c == '&')
			buf_puts(buf, "&amp;");
		else if (c == '<')
			buf_puts(buf, "&lt;");
		else if (c == '>')
			buf_puts(buf, "&gt;");
		else if (c == '"')
			buf_puts(buf, "&quot;");
		else if (c == '\n')
			buf_puts(buf, "&#10;");
		else
			buf_put_char(buf, (unsigned char)c < ' ' || c == '\x7f' ? ' ' : c);
	}
}

static void put_open(struct buf *buf, const struct xml_node *node)
{
	buf_put_char(buf, '<');
	buf_put(buf, node->name);
	for (size_t i = 0; i < node->pair_count; i++) {
		buf_format(buf, " %.*s=\"", STR_ARG(node->pairs[i].name));
		xml_put_text(buf, node->pairs[i].value);
		buf_put_char(buf, '"');
	}
	buf_puts(buf, node->first == NULL ? "/>" : ">");
}

struct str xml_tree_print(struct arena *arena, const struct xml_node *root)
{
	struct buf buf = buf_new(arena);
	const struct xml_node *at = root;

	buf_puts(&buf, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
	while (at != NULL) {
		if (at->name.size == 0)
			xml_put_text(&buf, at->text);
		else
			put_open(&buf, at);
		if (at->first != NULL) {
			at = at->first;
			continue;
		}
		while (at != root && at->next == NULL) {
			at = at->parent;
			buf_format(&buf, "</%.*s>", STR_ARG(at->name));
		}
		at = at == root ? NULL : at->next;
	}
	return buf_str(&buf);
}

/* ---- looking ---- */

bool xml_is(const struct xml_node *node, const char *name)
{
	return node != NULL && node->name.size > 0 && str_is(node->name, name);
}

struct str xml_value(const struct xml_node *node, const char *name)
{
	for (size_t i = 0; node != NULL && i < node->pair_count; i++)
		if (str_is(node->pairs[i].name, name))
			return node->pairs[i].value;
	return STR("");
}

struct xml_node *xml_child(const struct xml_node *node, const char *name)
{
	struct xml_node *at = node == NULL ? NULL : node->first;

	while (at != NULL && !xml_is(at, name))
		at = at->next;
	return at;
}

struct str xml_child_value(const struct xml_node *node, const char *child, const char *name)
{
	return xml_value(xml_child(node, child), name);
}

struct xml_node *xml_next(const struct xml_node *root, const struct xml_node *at)
{
	if (at->first != NULL)
		return at->first;
	while (at != root && at->next == NULL)
		at = at->parent;
	return at == root ? NULL : at->next;
}

struct xml_node *xml_find(const struct xml_node *root, const char *name)
{
	struct xml_node *at = root == NULL ? NULL : xml_next(root, root);

	while (at != NULL && !xml_is(at, name))
		at = xml_next(root, at);
	return at;
}

struct str xml_all_text(struct arena *arena, const struct xml_node *root)
{
	struct buf buf = buf_new(arena);

	for (const struct xml_node *at = xml_next(root, root); at != NULL; at = xml_next(root, at))
		if (at->name.size == 0)
			buf_put(&buf, at->text);
	return buf_str(&buf);
}

/* ---- changing ---- */

struct xml_node *xml_element(struct arena *arena, const char *name)
{
	struct xml_node *node = ARENA_TAKE(arena, 1, struct xml_node);

	node->name = str_copy(arena, str_from(name));
	return node;
}

struct xml_node *xml_text(struct arena *arena, struct str text)
{
	struct xml_node *node = ARENA_TAKE(arena, 1, struct xml_node);

	node->text = text;
	return node;
}

void xml_set(struct arena *arena, struct xml_node *node, const char *name, struct str value)
{
	for (size_t i = 0; i < node->pair_count; i++)
		if (str_is(node->pairs[i].name, name)) {
			node->pairs[i].value = value;
			return;
		}
	*ARENA_PUSH(arena, node->pairs, node->pair_count, node->pair_capacity) =
		(struct xml_pair){str_copy(arena, str_from(name)), value};
}

static struct xml_node *copy_one(struct arena *arena, const struct xml_node *node)
{
	struct xml_node *copy = ARENA_TAKE(arena, 1, struct xml_node);

	*copy = (struct xml_node){.name = node->name, .text = node->text};
	for (size_t i = 0; i < node->pair_count; i++)
		*ARENA_PUSH(arena, copy->pairs, copy->pair_count, copy->pair_capacity) = node->pairs[i];
	return copy;
}

struct xml_node *xml_copy(struct arena *arena, const struct xml_node *node)
{
	struct xml_node *copy = copy_one(arena, node);

	/* As deep as XML_DEPTH_MAX. */
	for (const struct xml_node *at = node->first; at != NULL; at = at->next)
		xml_append(copy, xml_copy(arena, at));
	return copy;
}

void xml_append(struct xml_node *parent, struct xml_node *node)
{
	node->parent = parent;
	node->before = parent->last;
	node->next = NULL;
	if (parent->last == NULL)
		parent->first = node;
	else
		parent->last->next = node;
	parent->last = node;
}

void xml_insert(struct xml_node *before, struct xml_node *node)
{
	node->parent = before->parent;
	node->before = before->before;
	node->next = before;
	if (before->before == NULL)
		before->parent->first = node;
	else
		before->before->next = node;
	before->before = node;
}

void xml_remove(struct xml_node *node)
{
	struct xml_node *parent = node->parent;

	if (parent == NULL)
		return;
	if (node->before == NULL)
		parent->first = node->next;
	else
		node->before->next = node->next;
	if (node->next == NULL)
		parent->last = node->before;
	else
		node->next->before = node->before;
	node->parent = node->before = node->next = NULL;
}
