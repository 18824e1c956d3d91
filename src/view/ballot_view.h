/* ballot_view.h: votes as people write them down, and as they are shown to anybody. */
#ifndef VIEW_BALLOT_VIEW_H
#define VIEW_BALLOT_VIEW_H

#include "store/store.h"

/* What somebody wrote of a vote, as ballot_read takes it: the makers by their sign-in names. In `arena`. */
MUST_CHECK enum err ballot_spec_read(struct arena *arena, const struct org *org, const struct doc *written,
	struct doc **ret_spec, struct bh_err *reterr);
/* The list of codes as `bihuan ballot codes` makes it, lines of "<hash> <group>", as ballot_codes_read takes
 * it. ERR_INVALID names the line. */
MUST_CHECK enum err ballot_list_read(struct arena *arena, const struct doc *spec, struct str text,
	struct doc **ret_lists, struct bh_err *reterr);

/* All that anybody may know of a vote now: what is asked, the root, how many came back, and, when it is
 * closed, what came out. Nothing tells of marks before. */
MUST_CHECK enum err ballot_put(struct store *store, struct arena *arena, const struct stored_ballot *ballot,
	struct json_out *out, struct bh_err *reterr);
/* Its lines, one a line and sorted; "" while it is open and where there were too few. */
MUST_CHECK enum err ballot_lines_text(struct store *store, struct arena *arena,
	const struct stored_ballot *ballot, struct str *ret_text, struct bh_err *reterr);
/* The list of codes that is under its root. */
MUST_CHECK enum err ballot_codes_text(struct store *store, struct arena *arena,
	const struct stored_ballot *ballot, struct str *ret_text, struct bh_err *reterr);

#endif
