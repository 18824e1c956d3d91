/* letter_files.h: files that go with what is reported without a name. Until it is recorded they lie in a
 * folder of their own; then they are written anew among the evidence, so that no file is as old as its
 * coming. */
#ifndef EXCHANGE_LETTER_FILES_H
#define EXCHANGE_LETTER_FILES_H

#include "store/store.h"

struct str letter_folder(struct arena *arena, struct str dir); /* below the data folder */
/* The hashes, sorted and each once, of files of what waits and came before `today`; DAY_NONE: of all. */
MUST_CHECK enum err letter_files_waiting(struct store *reader, struct arena *arena, struct day today,
	struct str **ret_hashes, size_t *ret_count, struct bh_err *reterr);
/* Write those of what is about to be recorded among the evidence of the data folder. Before each sweep of the
 * clock. One that is gone is passed over: the audit tells of it. */
MUST_CHECK enum err letter_files_keep(
	struct str dir, struct store *reader, struct day today, struct bh_err *reterr);

#endif
