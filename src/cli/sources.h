/* sources.h: definitions that a command was given by a path: one file, a folder of files, or an institution
 * folder. Private to cli/. */
#ifndef CLI_SOURCES_H
#define CLI_SOURCES_H

#include "cli/call.h"
#include "exchange/institution.h"

struct sources {
	struct procedures given;   /* those the path names and that can be used */
	struct procedures fellows; /* those and what stands beside them: what `opens` may refer to */
	size_t files;              /* how many definitions the path names, usable or not */
	bool alone;                /* it was one file, so only that one is proved */
	const struct institution_folder *institution; /* NULL unless the path is an institution folder */
};

/* Read them. What is wrong with the texts is in `findings`; an error means that a file can't be read. */
MUST_CHECK enum err sources_read(
	struct call *call, const char *path, struct findings *findings, struct sources *ret_sources);
/* One file that must be usable: ERR_REFUSED with its first finding, and all of them on standard error. */
MUST_CHECK enum err sources_read_one(struct call *call, const char *path, struct sources *ret_sources);
/* Prove what was given, each beside its fellows and all of an institution with its posts. Sorted. */
void sources_prove(const struct sources *sources, struct findings *findings);
/* The name of a definition's file as the record keeps it: without the folders of this machine. */
struct str sources_file(const struct call *call, const struct procedure *procedure);
/* Each on a line of its own. */
void findings_print(const struct call *call, const struct findings *findings, bool to_stderr);

bool path_is_folder(const char *path);

#endif
