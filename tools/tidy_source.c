/* tidy_source.c: a file as its rules want to see it: lines, and code apart from comments and literals. */
#include "tidy.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *take(size_t size)
{
	void *memory = calloc(1, size);

	if (memory == NULL) {
		fprintf(stderr, "tidy: no memory\n");
		exit(2);
	}
	return memory;
}

char *text_format(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	int size = vasprintf(&text, format, args);

	va_end(args);
	if (size < 0)
		exit(2);
	return text;
}

bool path_starts(const char *path, const char *prefix)
{
	return strncmp(path, prefix, strlen(prefix)) == 0;
}

bool path_ends(const char *path, const char *suffix)
{
	size_t size = strlen(path), tail = strlen(suffix);

	return size >= tail && strcmp(path + size - tail, suffix) == 0;
}

bool list_has(const char *list, const char *word)
{
	size_t size = strlen(word);

	for (const char *at = list; size > 0 && (at = strstr(at, word)) != NULL; at += size)
		if ((at == list || at[-1] == ' ') && (at[size] == ' ' || at[size] == '\0'))
			return true;
	return false;
}

static bool is_word(char c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const char *word_find(const char *text, const char *word)
{
	size_t size = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at += size)
		if ((at == text || !is_word(at[-1])) && !is_word(at[size]))
			return at;
	return NULL;
}

/* ---- comments and literals ---- */

static char blank(char c)
{
	return c == '\n' ? '\n' : ' ';
}

/* Blank a comment that begins at `i`; returns the offset behind it. */
static size_t skip_comment(char *code, size_t size, size_t i)
{
	bool block = code[i + 1] == '*';

	code[i] = code[i + 1] = ' ';
	for (i += 2; i < size; i++) {
		if (!block && code[i] == '\n')
			return i;
		if (block && code[i] == '*' && code[i + 1] == '/') {
			code[i] = code[i + 1] = ' ';
			return i + 2;
		}
		code[i] = blank(code[i]);
	}
	return i;
}

/* Blank the inside of a literal whose quote stands at `i`; the quotes stay. */
static size_t skip_literal(char *code, size_t size, size_t i)
{
	char quote = code[i];

	for (i++; i < size && code[i] != quote && code[i] != '\n'; i++) {
		if (code[i] == '\\' && i + 1 < size) {
			code[i] = ' ';
			i++;
		}
		code[i] = blank(code[i]);
	}
	return i + 1;
}

static void blank_code(char *code, size_t size)
{
	for (size_t i = 0; i < size;) {
		if (code[i] == '/' && (code[i + 1] == '*' || code[i + 1] == '/'))
			i = skip_comment(code, size, i);
		else if (code[i] == '"' || (code[i] == '\'' && (i == 0 || !is_word(code[i - 1]))))
			i = skip_literal(code, size, i);
		else
			i++;
	}
}

/* ---- files ---- */

static char *file_read(const char *name, size_t *ret_size)
{
	FILE *file = fopen(name, "rb");

	if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
		fprintf(stderr, "tidy: can't read %s\n", name);
		exit(2);
	}
	long size = ftell(file);
	char *text = take((size_t)size + 2);

	rewind(file);
	*ret_size = fread(text, 1, (size_t)size, file);
	fclose(file);
	return text;
}

static const char **line_starts(const char *text, size_t size, int *ret_count)
{
	int count = 0;

	for (size_t i = 0; i < size; i++)
		count += text[i] == '\n' || i + 1 == size;
	const char **lines = take(((size_t)count + 1) * sizeof *lines);
	int line = 0;

	for (size_t i = 0; i < size; i++)
		if (i == 0 || text[i - 1] == '\n')
			lines[line++] = text + i;
	*ret_count = line;
	return lines;
}

static const char *room_of(const char *path)
{
	if (!path_starts(path, "src/"))
		return "";
	const char *name = path + strlen("src/"), *end = strchr(name, '/');

	return end == NULL ? "" : text_format("%.*s", (int)(end - name), name);
}

struct source *source_read(const char *root, const char *path)
{
	struct source *source = take(sizeof *source);

	source->path = path;
	source->room = room_of(path);
	source->text = file_read(text_format("%s/%s", root, path), &source->size);
	source->code = take(source->size + 2);
	memcpy(source->code, source->text, source->size);
	if (source_is_c(source))
		blank_code(source->code, source->size);
	source->lines = line_starts(source->text, source->size, &source->line_count);
	source->code_lines = line_starts(source->code, source->size, &source->line_count);
	return source;
}

bool source_is_c(const struct source *source)
{
	return path_ends(source->path, ".c") || path_ends(source->path, ".h") ||
	       path_ends(source->path, ".def");
}

static const char *line_copy(const char *line)
{
	return text_format("%.*s", (int)strcspn(line, "\n"), line);
}

const char *source_line(const struct source *source, int number)
{
	return line_copy(source->lines[number - 1]);
}

const char *source_code_line(const struct source *source, int number)
{
	return line_copy(source->code_lines[number - 1]);
}

int source_line_at(const struct source *source, size_t offset)
{
	int line = 1;

	while (line < source->line_count && source->lines[line] <= source->text + offset)
		line++;
	return line;
}
