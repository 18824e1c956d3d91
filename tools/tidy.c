/* tidy.c: the house rules as a program.
 *
 *     tidy ROOT            every source below ROOT
 *     tidy --link BUILD    the built libraries of the quiet rooms
 *
 * Prints "file:line: why" for each breach; exits 0 when there is none, 1 when there is, 2 when it can't look.
 * A new rule is a row of `rules`; a new room is a row of the floor plan in tidy_floor.c. */
#include "tidy.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { README_LINES_MIN = 4 };

static int complaints;

void complain(const char *path, int line, const char *format, ...)
{
	va_list args;

	complaints++;
	printf(line > 0 ? "%s:%d: " : "%s: ", path, line);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

typedef void rule_fn(const struct source *source);

static rule_fn *const rules[] = {floor_check, size_check, word_check, sql_check, contract_check, name_check};

/* Where sources live; what a folder holds beyond these endings is not looked at. */
static const char *const folders[] = {"src", "tests", "tools", "bench", "fuzz", "scripts"};
static const char *const endings[] = {".c", ".h", ".def", ".sql", ".mjs", ".js", ".ts", ".tsx", ".py", ".sh"};

static bool is_looked_at(const char *path)
{
	if (path_starts(path, "scripts/"))
		return true;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (path_ends(path, endings[i]))
			return true;
	return false;
}

static void file_check(const char *root, const char *path)
{
	const struct source *source = source_read(root, path);

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		rules[i](source);
}

/* In the order of names, so that the same tree always gives the same lines. */
static void folder_check(const char *root, const char *folder)
{
	struct dirent **entries;
	int count = scandir(text_format("%s/%s", root, folder), &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *path = text_format("%s/%s", folder, entries[i]->d_name);
		struct stat status;

		if (entries[i]->d_name[0] == '.' || strcmp(entries[i]->d_name, "node_modules") == 0 ||
			lstat(text_format("%s/%s", root, path), &status) != 0)
			continue;
		if (S_ISDIR(status.st_mode))
			folder_check(root, path);
		else if (S_ISREG(status.st_mode) && is_looked_at(path))
			file_check(root, path);
	}
}

static void room_check(const char *root, const char *room)
{
	const char *readme = text_format("src/%s/README", room);
	FILE *file = fopen(text_format("%s/%s", root, readme), "r");
	int lines = 0;

	if (!room_is_known(room))
		complain(text_format("src/%s", room), 0, "this room isn't in the floor plan of tidy_floor.c");
	if (file != NULL) {
		for (int c; (c = fgetc(file)) != EOF;)
			lines += c == '\n';
		fclose(file);
	}
	if (lines < README_LINES_MIN)
		complain(readme, 0,
			"say in %d lines what the room is, may use, who uses it and what is always true",
			README_LINES_MIN);
}

static void rooms_check(const char *root)
{
	struct dirent **entries;
	const char *folder = text_format("%s/src", root);
	int count = scandir(folder, &entries, NULL, alphasort);
	struct stat status;

	if (count < 0) {
		fprintf(stderr, "tidy: %s is not the root of the project: it has no src/\n", root);
		exit(2);
	}
	for (int i = 0; i < count; i++)
		if (entries[i]->d_name[0] != '.' &&
			stat(text_format("%s/%s", folder, entries[i]->d_name), &status) == 0 &&
			S_ISDIR(status.st_mode))
			room_check(root, entries[i]->d_name);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--link") == 0) {
		link_check(argv[2]);
	} else if (argc == 2 && argv[1][0] != '-') {
		rooms_check(argv[1]);
		names_learn(argv[1]);
		for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
			folder_check(argv[1], folders[i]);
	} else {
		fprintf(stderr, "usage: tidy ROOT | tidy --link BUILD\n");
		return 2;
	}
	return complaints == 0 ? 0 : 1;
}
