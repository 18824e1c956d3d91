/* ballot.h: what the commands on votes share. Private to cli/. */
#ifndef CLI_BALLOT_H
#define CLI_BALLOT_H

#include "cli/house.h"

#include "view/ballot_view.h"

/* A JSON file. */
MUST_CHECK enum err ballot_file(struct call *call, const char *path, size_t size_max, struct doc **ret_tree);
/* A vote for people to read. */
MUST_CHECK enum err ballot_tell(struct house *house, const struct stored_ballot *stored);
/* Its result, in lines on standard output. */
void ballot_tell_result(struct call *call, const struct ballot *ballot, const struct doc *result);

/* ---- without an installation ---- */

MUST_CHECK enum err ballot_share(struct call *call);
MUST_CHECK enum err ballot_codes(struct call *call);
MUST_CHECK enum err ballot_recount(struct call *call);

#endif
