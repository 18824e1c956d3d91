/* tidy_text.c: rules about the text of a file: sizes, words, SQL and the contracts of headers. */
#include "tidy.h"

#include <ctype.h>
#include <string.h>

enum { FILE_LINES_MAX = 800, FUNCTION_LINES_MAX = 70, LINE_COLUMNS_MAX = 110 };

/* ---- sizes ---- */

/* Columns as an editor shows them: a tab goes on to the next eighth, a character of CJK takes two. */
static int columns(const char *line)
{
	int column = 0;

	for (const unsigned char *at = (const unsigned char *)line; *at != '\0'; at++) {
		if (*at == '\t')
			column += 8 - column % 8;
		else if ((*at & 0xC0) != 0x80) /* the bytes behind the first take no column of their own */
			column += *at >= 0xE3 ? 2 : 1;
	}
	return column;
}

static void function_size_check(const struct source *source)
{
	int start = 0;

	for (int line = 2; line <= source->line_count; line++) {
		const char *code = source_code_line(source, line);

		/* clang-format puts the braces of a function, and of nothing else, alone into column 0. */
		if (strcmp(code, "{") == 0)
			start = line;
		if (strcmp(code, "}") != 0 || start == 0)
			continue;
		if (line - start + 1 > FUNCTION_LINES_MAX)
			complain(source->path, start - 1,
				"a function of %d lines, %d at most: one thought each", line - start + 1,
				FUNCTION_LINES_MAX);
		start = 0;
	}
}

void size_check(const struct source *source)
{
	if (!source_is_c(source))
		return;
	if (source->line_count > FILE_LINES_MAX)
		complain(source->path, source->line_count, "a file of %d lines, %d at most: one job each",
			source->line_count, FILE_LINES_MAX);
	function_size_check(source);
	if (path_ends(source->path, ".def"))
		return; /* the rows of a list are as long as their sentences */
	for (int line = 1; line <= source->line_count; line++) {
		int width = columns(source_line(source, line));

		if (width > LINE_COLUMNS_MAX)
			complain(source->path, line, "%d columns, %d at most", width, LINE_COLUMNS_MAX);
	}
}

/* ---- words ---- */

static const struct banned {
	const char *calls, *instead;
} banned_calls[] = {
	{"strcpy strncpy strcat strncat stpcpy sprintf vsprintf gets", "struct buf or str_format"},
	{"strtok strtok_r", "str_cut"},
	{"atoi atol atoll atof sscanf fscanf scanf", "str_to_int"},
	{"localtime localtime_r gmtime ctime asctime mktime strftime", "base/day.h"},
	{"rand srand random srandom drand48", "randomness that comes in with the command"},
	{"system popen tmpnam tempnam mktemp", "nothing: not in this program"},
	{"alloca setjmp longjmp", "an arena and error values"},
};

/* Split in two, so that this file doesn't hold the words it looks for. */
static const char *const leftovers[] = {"FIX"
					"ME",
	"TO"
	"DO",
	"XX"
	"X",
	"HA"
	"CK"};

static void banned_check(const struct source *source, int line, const char *code, const struct banned *banned)
{
	char call[32];

	for (const char *at = banned->calls; *at != '\0'; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");

		memcpy(call, at, size);
		call[size] = '\0';
		at += size;
		const char *found = word_find(code, call);
		/* `source.random(…)` calls what came in through the door, not the C library. */
		bool member = found != NULL && found > code && (found[-1] == '.' || found[-1] == '>');

		if (found != NULL && !member && found[size + strspn(found + size, " ")] == '(')
			complain(source->path, line, "%s() is banned: use %s", call, banned->instead);
	}
}

/* The type of a function, which needs a name, has parentheses; a struct doesn't. */
static bool is_typedef_of_data(const char *code)
{
	return (path_starts(code, "typedef struct") || path_starts(code, "typedef enum") ||
		       path_starts(code, "typedef union")) &&
	       strchr(code, '(') == NULL;
}

void word_check(const struct source *source)
{
	for (int line = 1; line <= source->line_count; line++) {
		const char *text = source_line(source, line), *code = source_code_line(source, line);

		for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++)
			if (word_find(text, leftovers[i]) != NULL)
				complain(source->path, line,
					"a leftover %s: do it, or write it down in docs/", leftovers[i]);
		if (!source_is_c(source) || !path_starts(source->path, "src/"))
			continue;
		if (is_typedef_of_data(code))
			complain(source->path, line, "no typedef for a struct, enum or union");
		for (size_t i = 0; i < sizeof banned_calls / sizeof *banned_calls; i++)
			banned_check(source, line, code, &banned_calls[i]);
	}
}

/* ---- SQL ---- */

/* How a statement begins, and what must follow for it to be one and not an English sentence. */
static const struct statement {
	const char *begins, *follows;
} statements[] = {
	{"select ", " from "},
	{"insert into ", ""},
	{"insert or ", " into "},
	{"update ", " set "},
	{"delete from ", ""},
	{"create table ", ""},
	{"create index ", ""},
	{"create unique index ", ""},
	{"create view ", ""},
	{"create trigger ", ""},
	{"create virtual ", ""},
	{"alter table ", ""},
	{"drop table ", ""},
	{"drop index ", ""},
};

static bool starts_nocase(const char *text, const char *prefix)
{
	for (; *prefix != '\0'; text++, prefix++)
		if (tolower((unsigned char)*text) != *prefix)
			return false;
	return true;
}

static bool has_nocase(const char *text, const char *wanted)
{
	for (; *text != '\0'; text++)
		if (starts_nocase(text, wanted))
			return true;
	return *wanted == '\0';
}

static bool is_statement(const char *literal)
{
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
		if (starts_nocase(literal, statements[i].begins) &&
			has_nocase(literal, statements[i].follows))
			return true;
	return false;
}

void sql_check(const struct source *source)
{
	if (!path_starts(source->path, "src/") || !source_is_c(source) || strcmp(source->room, "store") == 0)
		return;
	for (size_t i = 0; i < source->size; i++) {
		if (source->code[i] != '"')
			continue;
		size_t inside = i + 1;

		for (i = inside; i < source->size && source->code[i] != '"' && source->code[i] != '\n'; i++)
			;
		const char *literal = text_format("%.*s", (int)(i - inside), source->text + inside);

		if (is_statement(literal))
			complain(source->path, source_line_at(source, inside),
				"SQL text outside src/store: name the statement in store/sql/*.sql");
	}
}

/* ---- contracts ---- */

static bool is_blank(const char *line)
{
	return line[strspn(line, " \t")] == '\0';
}

/* Does a declaration of a function begin on this line? Headers are clang-formatted, so it stands in column 0.
 */
static bool declares_function(const char *code)
{
	if (!isalpha((unsigned char)*code) && *code != '_')
		return false;
	if (path_starts(code, "typedef") || path_starts(code, "static"))
		return false;
	const char *open = strchr(code, '(');

	if (open != NULL && strcspn(code, "abcdefghijklmnopqrstuvwxyz") > (size_t)(open - code))
		return false; /* a macro that declares: what it is stands where it is defined */
	return open != NULL && strchr(code, '{') == NULL && strchr(code, '=') == NULL;
}

/* A name that says all there is to say: the word of an enum, a plain question, new and free. */
static bool speaks_for_itself(const char *code)
{
	static const char *const tails[] = {"_name", "_count", "_equal", "_new", "_free"};
	size_t size = (size_t)(strchr(code, '(') - code);
	const char *name = text_format("%.*s", (int)size, code);

	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
		if (path_ends(name, tails[i]))
			return true;
	return strstr(name, "_is_") != NULL || strstr(name, "_has_") != NULL;
}

/* A block is what stands between two blank lines. One comment in it, or a block of comment right above it,
 * may speak for several functions. */
void contract_check(const struct source *source)
{
	bool said = false, has_code = false;
	int silent = 0; /* the first function of the block that nobody has explained */

	if (!path_starts(source->path, "src/") || !path_ends(source->path, ".h"))
		return;
	for (int line = 1; line <= source->line_count + 1; line++) {
		bool ends = line > source->line_count || is_blank(source_line(source, line));

		if (ends && silent != 0 && !said)
			complain(source->path, silent,
				"say above this function what it does, and who owns what");
		if (ends) {
			said = said && !has_code;
			has_code = false;
			silent = 0;
			continue;
		}
		const char *code = source_code_line(source, line);

		said = said || strcmp(code, source_line(source, line)) != 0;
		has_code = has_code || !is_blank(code);
		if (silent == 0 && declares_function(code) && !speaks_for_itself(code))
			silent = line;
	}
}
