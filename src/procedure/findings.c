/* findings.c: what is wrong with a definition, gathered and printed. */
#include "procedure/procedure.h"

#include "base/words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct findings findings_new(struct arena *arena)
{
	return (struct findings){.arena = arena};
}

bool findings_full(const struct findings *findings)
{
	return findings->count == FINDINGS_MAX;
}

/* What a definition says is quoted in findings and may be cut anywhere or hold anything: what is shown on a
 * terminal is whole characters, and no control characters. */
static void make_printable(char *text)
{
	struct str rest = str_from(text);
	size_t written = 0, size;
	uint32_t character;

	for (size_t at = 0; at < rest.size; at += size) {
		size = utf8_next(rest, at, &character);
		if (character == 0xFFFD && size == 1)
			continue;
		if (character < 0x20 || (character >= 0x7F && character < 0xA0))
			text[written++] = ' ';
		else
			for (size_t i = 0; i < size; i++)
				text[written++] = text[at + i];
	}
	text[written] = '\0';
}

void findings_add(struct findings *findings, const char *rule, struct str file, struct place place,
	struct str path, const char *format, ...)
{
	char text[1024], text_zh[1024];
	va_list args;

	if (findings_full(findings)) {
		findings->beyond++;
		return;
	}
	va_start(args, format);
	words_print(text, text_zh, sizeof text, format, args);
	va_end(args);
	make_printable(text);
	make_printable(text_zh);
	*ARENA_PUSH(findings->arena, findings->items, findings->count, findings->capacity) = (struct finding){
		.rule = str_copy(findings->arena, str_from(rule)),
		.file = file,
		.place = place,
		.text = str_copy(findings->arena, str_from(text)),
		.text_zh = str_copy(findings->arena, str_from(text_zh)),
		.path = str_copy(findings->arena, path),
	};
}

static int compare(const void *a, const void *b)
{
	const struct finding *left = a, *right = b;
	int order = str_compare(left->file, right->file);

	if (order == 0)
		order = (left->place.line > right->place.line) - (left->place.line < right->place.line);
	if (order == 0)
		order = (left->place.col > right->place.col) - (left->place.col < right->place.col);
	if (order == 0)
		order = str_compare(left->rule, right->rule);
	return order != 0 ? order : str_compare(left->text, right->text);
}

void findings_sort(struct findings *findings)
{
	if (findings->count > 1)
		qsort(findings->items, findings->count, sizeof *findings->items, compare);
}

struct str finding_print(struct arena *arena, const struct finding *finding)
{
	return finding_say(arena, finding, STR("en"));
}

struct str finding_say(struct arena *arena, const struct finding *finding, struct str lang)
{
	bool chinese = str_is(lang, "zh");
	struct str text = chinese ? finding->text_zh : finding->text;
	const char *path = chinese ? "\n    路径: " : "\n    path: ";
	struct str head = str_format(
		arena, "%.*s:%d:%d: ", STR_ARG(finding->file), finding->place.line, finding->place.col);
	bool ruled = !str_is(finding->rule, "format");

	return str_format(arena, "%.*s%.*s%s%.*s%s%.*s", STR_ARG(head),
		STR_ARG(ruled ? finding->rule : STR_NONE), ruled ? ": " : "", STR_ARG(text),
		finding->path.size > 0 ? path : "", STR_ARG(finding->path));
}

void findings_put_json(struct buf *buf, const struct findings *findings)
{
	struct json_out out = json_out_new(buf);

	json_out_open(&out, '{');
	json_out_field_bool(&out, "sound", findings->count == 0);
	json_out_field_int(&out, "beyond", (int64_t)findings->beyond);
	json_out_key(&out, "findings");
	json_out_open(&out, '[');
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->items[i];

		json_out_open(&out, '{');
		json_out_field_text(&out, "file", finding->file);
		json_out_field_int(&out, "line", finding->place.line);
		json_out_field_int(&out, "col", finding->place.col);
		json_out_field_text(&out, "rule", finding->rule);
		json_out_field_text(&out, "text", finding->text);
		json_out_field_text(&out, "text_zh", finding->text_zh);
		json_out_field_text(&out, "path", finding->path);
		json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	json_out_close(&out, '}');
}
