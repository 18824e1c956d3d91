/* institution.h: an institution folder: institution.yaml, units.csv, posts.csv, people.csv, tenures.csv and
 * procedures/. Read wholly, with everything that is wrong said at once and placed. */
#ifndef EXCHANGE_INSTITUTION_H
#define EXCHANGE_INSTITUTION_H

#include "exchange/org_table.h"
#include "procedure/procedure.h"

struct institution_folder {
	struct str name; /* pengjiang-2019 */
	struct label title;
	struct str origin; /* of its ledger: "<host>/<institution>" */
	int offset_minutes;
	struct org *org;
	struct org_rows rows;         /* all of the org, in an order in which it can be recorded */
	struct procedures procedures; /* those that can be used … */
	size_t definition_files;      /* … of so many files */
};

/* Is it one: a folder that holds institution.yaml? */
bool institution_is_there(struct arena *arena, const char *dir);

/* Read the folder into `arena`. What is wrong with its texts is in `findings` (rule "format" or W1, each with
 * file:line:col; of a csv the column counts cells); the procedures aren't proved yet. An error is returned
 * only for a file that can't be read at all. */
MUST_CHECK enum err institution_read(struct arena *arena, const char *dir, struct findings *findings,
	struct institution_folder *ret_institution, struct bh_err *reterr);

/* Read the definitions in `dir`: every *.yaml, by name. Those that can't be used are missing from
 * `ret_procedures`, and `findings` says why. *ret_files is how many files there were. */
MUST_CHECK enum err definitions_read(struct arena *arena, const char *dir, struct findings *findings,
	struct procedures *ret_procedures, size_t *ret_files, struct bh_err *reterr);

#endif
