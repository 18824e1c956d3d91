/* yaml_tree.c: libyaml's events into our tree. */
#include "procedure/yaml_tree.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct builder {
	struct arena *arena;
	struct str file, text;
	struct findings *findings;
	yaml_parser_t parser;
	size_t nodes;
	bool failed; /* a finding was added after which there is no tree */
};

static struct place place_of(yaml_mark_t mark)
{
	return (struct place){(int)mark.line + 1, (int)mark.column + 1};
}

/* The line, and the column in characters, of a byte of the text. */
static struct place place_at(struct str text, size_t offset)
{
	struct place place = {1, 1};
	uint32_t character;

	for (size_t at = 0; at < offset && at < text.size; at += utf8_next(text, at, &character)) {
		place.col++;
		if (text.data[at] == '\n')
			place = (struct place){place.line + 1, 1};
	}
	return place;
}

static void say_failed(struct builder *builder, struct place place, const char *text)
{
	findings_add(builder->findings, "format", builder->file, place, STR_NONE, "%s", text);
	builder->failed = true;
}

/* What libyaml says, in the words of somebody who edits the file. */
static void say_syntax(struct builder *builder)
{
	const yaml_parser_t *parser = &builder->parser;
	const char *problem = parser->problem != NULL ? parser->problem : "it can't be read";
	/* Of a byte that it can't read at all it knows how far it lies from the beginning. */
	struct place place = parser->error == YAML_READER_ERROR
				     ? place_at(builder->text, parser->problem_offset)
				     : place_of(parser->problem_mark);

	if (strstr(problem, "tab") != NULL || strstr(problem, "cannot start any token") != NULL)
		findings_add(builder->findings, "format", builder->file, place, STR_NONE,
			"a character that can't stand here; indent with blanks, never with a tab, and quote "
			"text that begins with @ or `");
	else
		findings_add(builder->findings, "format", builder->file, place, STR_NONE,
			"this is no YAML: %s%s%s", problem, parser->context != NULL ? " " : "",
			parser->context != NULL ? parser->context : "");
	builder->failed = true;
}

static bool next_event(struct builder *builder, yaml_event_t *event)
{
	if (yaml_parser_parse(&builder->parser, event))
		return true;
	say_syntax(builder);
	return false;
}

static struct yaml *new_node(struct builder *builder, enum yaml_kind kind, yaml_mark_t mark)
{
	struct yaml *node = ARENA_TAKE(builder->arena, 1, struct yaml);

	node->kind = kind;
	node->place = place_of(mark);
	if (++builder->nodes == YAML_NODES_MAX)
		say_failed(builder, node->place,
			"more than 200,000 values: this is no definition that a clerk could read aloud");
	return node;
}

static void refuse_decoration(struct builder *builder, const yaml_event_t *event, const unsigned char *anchor,
	const unsigned char *tag)
{
	struct place place = place_of(event->start_mark);

	if (anchor != NULL)
		findings_add(builder->findings, "format", builder->file, place, STR_NONE,
			"an anchor (&%s) is not allowed: write the value out where it is used",
			(const char *)anchor);
	if (tag != NULL)
		findings_add(builder->findings, "format", builder->file, place, STR_NONE,
			"a tag (%s) is not allowed: the kind of a value follows from its key",
			(const char *)tag);
}

static struct yaml *build(struct builder *builder, yaml_event_t *event, unsigned depth);

/* The members up to the event that ends the collection. Consumes nothing but its own events. */
static void build_members(struct builder *builder, struct yaml *node, yaml_event_type_t end, unsigned depth)
{
	size_t capacity = 0, key_capacity = 0;
	yaml_event_t event;

	while (!builder->failed && next_event(builder, &event)) {
		struct yaml *key = NULL;

		if (event.type == end) {
			yaml_event_delete(&event);
			return;
		}
		if (node->kind == YAML_MAP) {
			key = build(builder, &event, depth);
			if (builder->failed || !next_event(builder, &event))
				return;
		}
		struct yaml *value = build(builder, &event, depth);

		if (builder->failed)
			return;
		if (key != NULL && key->kind != YAML_TEXT) {
			say_failed(builder, key->place, "a key must be a plain word");
			return;
		}
		if (key != NULL) {
			node->keys = arena_grow(
				builder->arena, node->keys, node->count, &key_capacity, sizeof *node->keys);
			node->keys[node->count] = key;
		}
		*ARENA_PUSH(builder->arena, node->items, node->count, capacity) = value;
	}
}

static int compare_keys(const void *a, const void *b)
{
	const struct yaml *const *left = a, *const *right = b;
	int order = str_compare((*left)->text, (*right)->text);

	if (order != 0)
		return order;
	order = ((*left)->place.line > (*right)->place.line) - ((*left)->place.line < (*right)->place.line);
	if (order != 0)
		return order;
	return ((*left)->place.col > (*right)->place.col) - ((*left)->place.col < (*right)->place.col);
}

static void refuse_duplicates(struct builder *builder, const struct yaml *map)
{
	struct yaml **sorted = ARENA_TAKE(builder->arena, map->count + 1, struct yaml *);

	if (map->count < 2)
		return;
	memcpy(sorted, map->keys, map->count * sizeof *sorted);
	qsort(sorted, map->count, sizeof *sorted, compare_keys);
	for (size_t i = 1; i < map->count; i++)
		if (str_equal(sorted[i]->text, sorted[i - 1]->text))
			findings_add(builder->findings, "format", builder->file, sorted[i]->place, STR_NONE,
				"the key '%.*s' stands here twice (first on line %d)",
				STR_ARG(sorted[i]->text), sorted[i - 1]->place.line);
}

static struct yaml *build_text(struct builder *builder, const yaml_event_t *event)
{
	struct yaml *node = new_node(builder, YAML_TEXT, event->start_mark);

	refuse_decoration(builder, event, event->data.scalar.anchor, event->data.scalar.tag);
	node->text = str_copy(builder->arena,
		(struct str){(const char *)event->data.scalar.value, event->data.scalar.length});
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	return node;
}

/* Takes over `event`. */
static struct yaml *build(struct builder *builder, yaml_event_t *event, unsigned depth)
{
	struct yaml *node = NULL;
	struct place place = place_of(event->start_mark);

	if (depth == YAML_DEPTH_MAX) {
		say_failed(builder, place, "nested too deep: a definition has at most 16 levels");
	} else if (event->type == YAML_SCALAR_EVENT) {
		node = build_text(builder, event);
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		node = new_node(builder, YAML_LIST, event->start_mark);
		refuse_decoration(
			builder, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		build_members(builder, node, YAML_SEQUENCE_END_EVENT, depth + 1);
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		node = new_node(builder, YAML_MAP, event->start_mark);
		refuse_decoration(
			builder, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		build_members(builder, node, YAML_MAPPING_END_EVENT, depth + 1);
		refuse_duplicates(builder, node);
	} else if (event->type == YAML_ALIAS_EVENT) {
		say_failed(builder, place, "an alias (*name) is not allowed: write the value out");
	} else {
		say_failed(builder, place, "a value was expected here");
	}
	yaml_event_delete(event);
	return node;
}

/* One document and nothing behind it. */
static struct yaml *build_document(struct builder *builder)
{
	struct yaml *root = NULL;
	yaml_event_t event;

	while (!builder->failed && next_event(builder, &event)) {
		yaml_event_type_t type = event.type;
		struct place place = place_of(event.start_mark);

		if (type == YAML_DOCUMENT_START_EVENT && root == NULL) {
			yaml_event_delete(&event);
			if (next_event(builder, &event))
				root = build(builder, &event, 0);
			continue;
		}
		yaml_event_delete(&event);
		if (type == YAML_DOCUMENT_START_EVENT)
			say_failed(builder, place,
				"a second document begins here: one file holds one definition");
		if (type == YAML_STREAM_END_EVENT)
			break;
	}
	return builder->failed ? NULL : root;
}

/* The first line with bytes that are no UTF-8, and whether they look like GB18030's two-byte characters. */
static void say_encoding(struct findings *findings, struct str file, struct str text)
{
	uint32_t character;

	for (size_t at = 0; at < text.size;) {
		size_t size = utf8_next(text, at, &character);

		if (character == 0xFFFD && size == 1) {
			const unsigned char *bytes = (const unsigned char *)text.data + at;
			bool pair = at + 1 < text.size && bytes[0] >= 0x81 && bytes[0] <= 0xFE &&
				    bytes[1] >= 0x40;

			findings_add(findings, "format", file, place_at(text, at), STR_NONE,
				pair ? "this is no UTF-8; it looks like GB18030: save the file as UTF-8"
				     : "this is no UTF-8: save the file as UTF-8");
			return;
		}
		at += size;
	}
}

const struct yaml *yaml_tree(struct arena *arena, struct str file, struct str text, struct findings *findings)
{
	struct builder builder = {.arena = arena, .file = file, .findings = findings};
	const struct yaml *root;

	if (str_starts(text, "\xEF\xBB\xBF"))
		text = str_slice(text, 3, text.size);
	builder.text = text;
	if (!utf8_is_valid(text)) {
		say_encoding(findings, file, text);
		return NULL;
	}
	REQUIRE(yaml_parser_initialize(&builder.parser) == 1);
	yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
		&builder.parser, (const unsigned char *)(text.size > 0 ? text.data : ""), text.size);
	root = build_document(&builder);
	yaml_parser_delete(&builder.parser);
	if (root == NULL && !builder.failed)
		findings_add(findings, "format", file, (struct place){1, 1}, STR_NONE,
			"the file holds no definition");
	return root;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	for (size_t i = 0; map != NULL && map->kind == YAML_MAP && i < map->count; i++)
		if (str_is(map->keys[i]->text, key))
			return map->items[i];
	return NULL;
}
