/* workbook_apart.h: reading a stranger's file in a child process that can only compute and answer. Private to
 * the room. */
#ifndef EXCHANGE_WORKBOOK_APART_H
#define EXCHANGE_WORKBOOK_APART_H

#include "exchange/workbook_parts.h"

struct apart_limits {
	size_t memory; /* bytes beyond what the process has already */
	unsigned cpu_seconds;
};
extern const struct apart_limits apart_limits_usual;

/* What is done there. `arena` is the child's own. */
typedef enum err apart_fn(
	void *context, struct arena *arena, const struct cells_out *out, struct bh_err *reterr);
/* Fork, shut the child in, run `fn` in it, and pass what it says on to `to`. The child keeps one pipe and no
 * other file, can open none, has no network, and is killed at the first call to the system that computing
 * doesn't need. Its error is returned as it stands. ERR_RANGE when it was stopped at a limit; ERR_INVALID
 * when the file broke it or led it to try something else; ERR_IO when it couldn't be shut in. */
MUST_CHECK enum err apart_run(apart_fn *fn, void *context, const struct apart_limits *limits,
	const struct cells_out *to, struct bh_err *reterr);

#endif
