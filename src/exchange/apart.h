/* apart.h: reading a stranger's file, or drawing one, in a child process that can only compute and answer.
 * Private to the room. */
#ifndef EXCHANGE_APART_H
#define EXCHANGE_APART_H

#include "exchange/workbook_parts.h"

struct apart_limits {
	size_t memory; /* bytes beyond what the process has already */
	unsigned cpu_seconds;
};
extern const struct apart_limits apart_limits_usual;

/* What is done there, with the bytes of the file. `arena` is the child's own. */
typedef enum err apart_fn(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr);
struct apart_job {
	const char *name;
	apart_fn *fn;
	struct apart_limits limits;
	/* What needs files of this machine (fonts), done with the bytes not yet looked at; NULL: nothing. */
	void (*prepare)(struct arena *arena, struct str bytes);
};
/* Start this very program anew, as a child that does the job of that name and nothing else, and pass what it
 * says on to `to`. It begins with an empty memory, so it has no key and no record to give away; it keeps one
 * pipe and no other file, can open none, has no network, and is killed at the first call to the system that
 * computing doesn't need. Safe from any thread. Its error is returned as it stands. ERR_RANGE when it was
 * stopped at a limit; ERR_INVALID when the file broke it or led it to try something else; ERR_IO when it
 * couldn't be shut in. */
MUST_CHECK enum err apart_run(
	const char *job, struct str bytes, const struct cells_out *to, struct bh_err *reterr);
/* In the child: does the job and doesn't return. Returns at once in any other process. Must come first in
 * main of each program that calls apart_run. */
void apart_answer(int argc, char **argv, const struct apart_job *jobs, size_t count);

#endif
