/* tidy_name.c: the program names no procedure of an institution. What a procedure is to a report or an import
 * its definition says; a name in C or SQL would leave out whoever calls theirs otherwise. */
#include "tidy.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { NAMES_MAX = 500 };

static const char *names[NAMES_MAX];
static int name_count;

/* Words that a definition's format, a table or the API has, and a shipped procedure is called by as well:
 * where they stand, and nowhere else. Of commands.def it is the examples, which are typed in a sample. */
static const struct {
	const char *path, *words;
} also[] = {
	{"src/act/act_rule.c", "finding"},
	{"src/cli/ballot_recount.c", "accountability"},
	{"src/cli/command_decisions.c", "appeal"},
	{"src/cli/command_package.c", "task"},
	{"src/cli/commands.def", "anonymous_report key_task"},
	{"src/cli/show_text.c", "task"},
	{"src/exchange/column_names.def", "lead task"},
	{"src/exchange/report_standard.c", "look_back"},
	{"src/exchange/roster_figures.c", "appointment"},
	{"src/exchange/rule_file.c", "finding"},
	{"src/grasp/level.c", "task"},
	{"src/grasp/rule.c", "finding"},
	{"src/grasp/supervision.c", "inspection"},
	{"src/http/matter_filter.c", "programme"},
	{"src/http/meeting_routes.def", "meeting"},
	{"src/http/read_routes.def", "accountability catch_up handover look_back programme"},
	{"src/http/record_routes.def", "appeal"},
	{"src/http/report_routes.def", "programme"},
	{"src/http/route/act.c", "decision"},
	{"src/http/route/board.c", "programme"},
	{"src/http/route/rule.c", "finding"},
	{"src/http/rule_routes.def", "finding"},
	{"src/http/write_routes.def", "decision"},
	{"src/intake/rules.c", "finding"},
	{"src/procedure/keys.c", "accountability appeal catch_up look_back meeting"},
	{"src/procedure/procedure.h", "appointment case decision"},
	{"src/procedure/reported.h", "catch_up finding inspection look_back rectification task"},
	{"src/procedure/schema.c", "meeting"},
	{"src/store/store_compare.c", "meeting"},
	{"src/view/decision.c", "appeal"},
	{"src/view/meeting_view.c", "meeting"},
	{"src/view/procedure_json.c", "accountability appeal"},
	{"src/view/rule_spec.c", "finding"},
	{"src/view/teller.c", "appointment case"},
};

static void learn_folder(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count && name_count < NAMES_MAX; i++) {
		const char *file = entries[i]->d_name;

		if (path_ends(file, ".yaml"))
			names[name_count++] =
				text_format("%.*s", (int)(strlen(file) - strlen(".yaml")), file);
	}
}

void names_learn(const char *root)
{
	const char *folder = text_format("%s/institutions", root);
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++)
		learn_folder(text_format("%s/%s/procedures", folder, entries[i]->d_name));
}

static bool is_word_here(const char *path, const char *name)
{
	for (size_t i = 0; i < sizeof also / sizeof *also; i++)
		if (strcmp(also[i].path, path) == 0)
			return list_has(also[i].words, name);
	return false;
}

/* A name of several words is one wherever it stands; one of a single word only by itself, for it may be
 * English.
 */
static void literal_check(const struct source *source, size_t at, const char *literal)
{
	for (int i = 0; i < name_count; i++) {
		bool is_there = strchr(names[i], '_') != NULL ? word_find(literal, names[i]) != NULL
							      : strcmp(literal, names[i]) == 0;

		if (!is_there || is_word_here(source->path, names[i]))
			continue;
		complain(source->path, source_line_at(source, at),
			"%s is a procedure of an institution: let its definition say what it counts as",
			names[i]);
		return;
	}
}

void name_check(const struct source *source)
{
	bool is_sql = path_ends(source->path, ".sql");
	char quote = is_sql ? '\'' : '"';
	const char *code = is_sql ? source->text : source->code;

	if (!path_starts(source->path, "src/") || !(is_sql || source_is_c(source)))
		return;
	for (size_t i = 0; i < source->size; i++) {
		if (code[i] != quote)
			continue;
		size_t inside = i + 1;

		for (i = inside; i < source->size && code[i] != quote && code[i] != '\n'; i++)
			;
		literal_check(source, inside, text_format("%.*s", (int)(i - inside), source->text + inside));
	}
}
