/* package_tell.h: files between levels in the words of a shell. Private to cli/. */
#ifndef CLI_PACKAGE_TELL_H
#define CLI_PACKAGE_TELL_H

#include "cli/house.h"
#include "levels/levels.h"

const char *level_side_word(const struct call *call, enum level_side side);
void package_tell_made(
	struct call *call, const struct peer *peer, const struct stored_package *package, bool again);
/* What it would do, and what is wrong. */
void package_tell_look(struct house *house, const struct level_ask *ask, const struct package_look *look);
/* What it did; NULL: it had been taken before. */
void package_tell_taken(struct house *house, const struct package_look *look, const struct receipt *receipt);
/* `json` as packages_put printed it. */
MUST_CHECK enum err package_tell_list(struct call *call, struct str json);

#endif
