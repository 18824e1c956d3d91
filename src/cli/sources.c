/* sources.c: definitions by path. */
#include "cli/sources.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool path_is_folder(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static const char *folder_of(struct call *call, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return str_copy(call->arena, (struct str){path, slash == path ? 1 : (size_t)(slash - path)}).data;
}

static enum err read_institution(
	struct call *call, const char *path, struct findings *findings, struct sources *sources)
{
	struct institution_folder *institution = ARENA_TAKE(call->arena, 1, struct institution_folder);

	TRY(institution_read(call->arena, path, findings, institution, &call->why));
	sources->institution = institution;
	sources->given = sources->fellows = institution->procedures;
	sources->files = institution->definition_files;
	return ERR_OK;
}

/* One file; its neighbours are read for what it opens, and what is wrong with them is their own affair. */
static enum err read_file(
	struct call *call, const char *path, struct findings *findings, struct sources *sources)
{
	struct findings unsaid = findings_new(call->arena);
	struct procedures neighbours = {0};
	struct str text;
	size_t files;
	struct bh_err why;

	TRY(file_read(call->arena, path, PROCEDURE_TEXT_MAX, &text, &call->why));
	const struct procedure *procedure = procedure_read(call->arena, str_from(path), text, findings);

	sources->files = 1;
	sources->alone = true;
	if (procedure == NULL)
		return ERR_OK;
	/* Standard input, or a folder that may not be listed, has no neighbours. */
	(void)!definitions_read(call->arena, folder_of(call, path), &unsaid, &neighbours, &files, &why);
	sources->given.items = ARENA_TAKE(call->arena, 1, const struct procedure *);
	sources->given.items[sources->given.count++] = procedure;
	sources->fellows.items = ARENA_TAKE(call->arena, neighbours.count + 1, const struct procedure *);
	for (size_t i = 0; i < neighbours.count; i++)
		if (!str_equal(neighbours.items[i]->name, procedure->name))
			sources->fellows.items[sources->fellows.count++] = neighbours.items[i];
	sources->fellows.items[sources->fellows.count++] = procedure;
	return ERR_OK;
}

enum err sources_read(
	struct call *call, const char *path, struct findings *findings, struct sources *ret_sources)
{
	*ret_sources = (struct sources){0};
	if (!path_is_folder(path))
		return read_file(call, path, findings, ret_sources);
	if (institution_is_there(call->arena, path))
		return read_institution(call, path, findings, ret_sources);
	TRY(definitions_read(
		call->arena, path, findings, &ret_sources->given, &ret_sources->files, &call->why));
	if (ret_sources->files == 0)
		return err_set(&call->why, ERR_NOT_FOUND, path,
			"there is neither an institution.yaml nor any definition (*.yaml) in this folder");
	ret_sources->fellows = ret_sources->given;
	return ERR_OK;
}

enum err sources_read_one(struct call *call, const char *path, struct sources *ret_sources)
{
	struct findings findings = findings_new(call->arena);

	if (path_is_folder(path))
		return err_set(&call->why, ERR_INVALID, path, "this is a folder: give one definition's file");
	TRY(sources_read(call, path, &findings, ret_sources));
	if (ret_sources->given.count == 1)
		return ERR_OK;
	findings_print(call, &findings, true);
	return err_set(&call->why, ERR_REFUSED, path, "the definition can't be used: see what is said above");
}

void sources_prove(const struct sources *sources, struct findings *findings)
{
	const struct org *org = sources->institution != NULL ? sources->institution->org : NULL;

	bool complete = sources->given.count == sources->files;

	if (sources->alone) {
		for (size_t i = 0; i < sources->given.count; i++)
			procedure_check(sources->given.items[i], &sources->fellows, findings);
	} else {
		procedures_prove(&sources->given, complete, org, DAY_NONE, findings);
		/* The chain of consequences needs no institution. */
		if (org == NULL && complete)
			procedures_check_org(&sources->given, NULL, DAY_NONE, findings);
	}
	findings_sort(findings);
}

struct str sources_file(const struct call *call, const struct procedure *procedure)
{
	const char *path = str_copy(call->arena, procedure->file).data, *slash = strrchr(path, '/');

	return str_from(slash == NULL ? path : slash + 1);
}

void findings_print(const struct call *call, const struct findings *findings, bool to_stderr)
{
	for (size_t i = 0; i < findings->count; i++)
		fprintf(to_stderr ? stderr : stdout, "%.*s\n",
			STR_ARG(finding_say(call->arena, &findings->items[i], lang_of(call))));
}
