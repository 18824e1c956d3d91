/* meeting_view.h: meetings as people and programs read them: who was there, in which order they spoke, how
 * each voted, what was decided, what came of it, and what was done against the rules. */
#ifndef VIEW_MEETING_VIEW_H
#define VIEW_MEETING_VIEW_H

#include "store/store_meeting.h"
#include "view/teller.h"

/* One row of a list. */
void meeting_put_line(const struct teller *teller, struct json_out *out, const struct meeting_line *line);
/* What the viewer sees of one meeting, to the value that `out` waits for. ERR_NOT_FOUND "meeting": they see
 * no such matter, or it is none, or has no day yet. */
MUST_CHECK enum err meeting_put(const struct teller *teller, struct store *store, const struct viewer *viewer,
	int64_t matter, struct json_out *out, struct bh_err *reterr);
/* Of an irregularity: the rule in words, with its sources behind it; what was done. "" where the definition
 * isn't known. */
struct str irregularity_rule(const struct teller *teller, const struct irregularity_line *line);
struct str irregularity_action(const struct teller *teller, const struct irregularity_line *line);

#endif
