#include "exchange/rule_file.h"

#include <string.h>

enum member { MEMBER_TEXT, MEMBER_LIST, MEMBER_NUMBER, MEMBER_TITLE };

static const struct {
	const char *name;
	enum member kind;
} members[] = {{"code", MEMBER_TEXT}, {"version", MEMBER_NUMBER}, {"title", MEMBER_TITLE},
	{"title_en", MEMBER_TITLE}, {"area", MEMBER_TEXT}, {"stages", MEMBER_LIST}, {"unit", MEMBER_TEXT},
	{"from", MEMBER_TEXT}, {"review_on", MEMBER_TEXT}, {"finding", MEMBER_TEXT}, {"matter", MEMBER_TEXT},
	{"review", MEMBER_TEXT}, {"procedures", MEMBER_LIST}, {"note", MEMBER_TEXT}};
static_assert(ARRAY_COUNT(members) <= RULE_MEMBERS_MAX, "each has its line");

struct filing {
	struct arena *arena;
	struct rule_file *file;
	size_t line;
	struct csv_errors *errors;
};

static struct doc *list_of(struct arena *arena, struct str value)
{
	struct doc *list = doc_list(arena);
	struct str word;

	while (str_cut(&value, ',', &word))
		if (str_trim(word).size > 0)
			doc_push(arena, list, doc_text(arena, str_trim(word)));
	return list;
}

static void put_title(const struct filing *filing, const char *lang, struct str value)
{
	const struct doc *before = doc_get(filing->file->written, "title");
	struct doc *title = before == NULL ? doc_object(filing->arena) : doc_copy(filing->arena, before);

	doc_set(filing->arena, title, lang, doc_text(filing->arena, value));
	doc_set(filing->arena, filing->file->written, "title", title);
}

static void put_member(struct filing *filing, size_t member, struct str value)
{
	const char *name = members[member].name;
	struct doc *written = filing->file->written;
	struct arena *arena = filing->arena;
	int64_t number;

	if (filing->file->lines[member] != 0) {
		csv_error_add(filing->errors, filing->line, 0, "%s is said in line %zu already", name,
			filing->file->lines[member]);
		return;
	}
	filing->file->lines[member] = filing->line;
	switch (members[member].kind) {
	case MEMBER_TITLE:
		put_title(filing, str_is(str_from(name), "title") ? "zh" : "en", value);
		break;
	case MEMBER_LIST:
		doc_set(arena, written, name, list_of(arena, value));
		break;
	case MEMBER_NUMBER:
		if (str_to_int(value, &number))
			doc_set(arena, written, name, doc_int(arena, number));
		else
			csv_error_add(filing->errors, filing->line, 0, "a number is wanted behind %s", name);
		break;
	default:
		doc_set(arena, written, name, doc_text(arena, value));
	}
}

static void refuse_member(struct filing *filing, struct str name)
{
	const char *names[ARRAY_COUNT(members)], *nearest;

	for (size_t i = 0; i < ARRAY_COUNT(members); i++)
		names[i] = members[i].name;
	nearest = str_nearest(filing->arena, name, names, ARRAY_COUNT(names));
	if (nearest != NULL)
		csv_error_add(filing->errors, filing->line, 0,
			"there is no such member: %.*s; did you mean %s?", STR_ARG(str_slice(name, 0, 40)),
			nearest);
	else
		csv_error_add(filing->errors, filing->line, 0,
			"there is no such member: %.*s; code, version, title, title_en, area, stages, unit, "
			"from, review_on, review, finding, matter, procedures and note are",
			STR_ARG(str_slice(name, 0, 40)));
}

static void take_member(struct filing *filing, struct str line)
{
	struct str value = line, name;

	if (str_trim(line).size == 0 || str_starts(line, "#"))
		return;
	if (str_find(line, STR(":")) == SIZE_MAX || !str_cut(&value, ':', &name)) {
		csv_error_add(filing->errors, filing->line, 0, "NAME: VALUE is wanted");
		return;
	}
	for (size_t i = 0; i < ARRAY_COUNT(members); i++)
		if (str_is(str_trim(name), members[i].name)) {
			put_member(filing, i, str_trim(value));
			return;
		}
	refuse_member(filing, str_trim(name));
}

/* The head up to the line that ends it, and what stands behind; false when nothing does. */
static bool cut_head(struct str *rest, struct str *ret_head)
{
	const char *begin = rest->data;
	struct str line;

	while (str_cut(rest, '\n', &line))
		if (str_is(str_trim(line), "---")) {
			*ret_head = (struct str){begin, (size_t)(line.data - begin)};
			return true;
		}
	return false;
}

void rule_file_read(
	struct arena *arena, struct str bytes, struct rule_file *ret_file, struct csv_errors *errors)
{
	struct filing filing = {.arena = arena, .file = ret_file, .line = 2, .errors = errors};
	struct str rest = bytes, line, head;

	*ret_file = (struct rule_file){.written = doc_object(arena), .text_line = 1};
	if (!utf8_is_valid(bytes)) {
		csv_error_add(errors, 1, 0, "it isn't UTF-8");
		return;
	}
	if (str_starts(rest, "\xEF\xBB\xBF"))
		rest = bytes = str_slice(bytes, 3, bytes.size);
	if (!str_cut(&rest, '\n', &line) || !str_is(str_trim(line), "---")) {
		doc_set(arena, ret_file->written, "text", doc_text(arena, bytes));
		return;
	}
	if (!cut_head(&rest, &head)) {
		csv_error_add(errors, 1, 0, "the head begins here, and no line of --- ends it");
		return;
	}
	for (; head.size > 0 && str_cut(&head, '\n', &line); filing.line++)
		take_member(&filing, line);
	ret_file->text_line = filing.line + 1;
	doc_set(arena, ret_file->written, "text", doc_text(arena, rest));
}

size_t rule_file_line(const struct rule_file *file, const char *member)
{
	if (strcmp(member, "text") == 0)
		return file->text_line;
	for (size_t i = 0; i < ARRAY_COUNT(members); i++)
		if (strcmp(member, members[i].name) == 0 && file->lines[i] != 0)
			return file->lines[i];
	return 1;
}

/* ---- writing one ---- */

/* A line of the head holds one line. */
static void put_line(struct buf *buf, const char *name, struct str value)
{
	buf_format(buf, "%s: ", name);
	for (size_t i = 0; i < value.size; i++)
		buf_put_char(buf, value.data[i] == '\n' || value.data[i] == '\r' ? ' ' : value.data[i]);
	buf_put_char(buf, '\n');
}

static struct str value_of(struct arena *arena, const struct doc *written, size_t member)
{
	const char *name = members[member].name;
	const struct doc *value = doc_get(written, members[member].kind == MEMBER_TITLE ? "title" : name);
	struct buf buf = buf_new(arena);

	if (value == NULL)
		return STR("");
	switch (members[member].kind) {
	case MEMBER_TITLE:
		return doc_get_text(value, strcmp(name, "title") == 0 ? "zh" : "en");
	case MEMBER_LIST:
		for (size_t i = 0; i < value->count; i++)
			buf_format(&buf, "%s%.*s", i > 0 ? ", " : "", STR_ARG(value->items[i].text));
		return buf_str(&buf);
	case MEMBER_NUMBER:
		return str_format(arena, "%lld", (long long)value->number);
	default:
		return value->text;
	}
}

struct str rule_file_print(struct arena *arena, const struct doc *written)
{
	struct buf buf = buf_new(arena);

	buf_puts(&buf, "---\n");
	for (size_t i = 0; i < ARRAY_COUNT(members); i++) {
		struct str value = value_of(arena, written, i);

		if (value.size > 0)
			put_line(&buf, members[i].name, value);
	}
	buf_puts(&buf, "---\n");
	buf_put(&buf, doc_get_text(written, "text"));
	return buf_str(&buf);
}
