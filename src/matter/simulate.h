/* simulate.h: random runs of one procedure, which must come to an end and keep what we promise.
 *
 * A small institution is made up so that every role of the procedure is somebody; then matters are opened and
 * driven by chance: legal acts, requests and their answers, words, time that passes with everything it
 * brings, and commands that must be refused. After a while a run is steered to an end by the shortest way.
 * Matters that this one opens are recorded and not played.
 *
 * Quiet: the same seed over the same definitions gives the same runs, always. */
#ifndef MATTER_SIMULATE_H
#define MATTER_SIMULATE_H

#include "matter/chance.h"
#include "matter/matter.h"

/* What a run must keep. The first three are the sentences of the mission. */
enum promise {
	PROMISE_POWER,       /* 有权必有责: proved, not played (rule P1 of procedure_check) */
	PROMISE_BEARER,      /* 有责要担当: at every instant before its end somebody owes the way on */
	PROMISE_CONSEQUENCE, /* 失责必追究: a breach reaches somebody else, and the chain of breaches ends */
	PROMISE_END,         /* every run comes to an end */
	PROMISE_REFUSAL,     /* what must be refused is refused, and a refusal changes nothing */
	PROMISE_REPLAY,      /* the recorded facts give the same matter again */
	PROMISE_COUNT
};
const char *promise_name(enum promise promise); /* power bearer consequence end refusal replay */
struct label promise_label(enum promise promise);

struct simulation {
	int64_t runs;     /* played to their end */
	int64_t steps;    /* commands carried out, the clock's included */
	int64_t refusals; /* commands that had to be refused, and were */
	int64_t breaches, opened;
	bool kept;            /* every promise, in every run; the rest says which one wasn't */
	enum promise promise; /* the first that was broken … */
	int64_t run;          /* … in this run, from 1; 0 when no run was needed to see it */
	struct label why;     /* what happened, in one sentence */
	struct str trace;     /* how it came to that: one line a step, each with a newline */
};

struct simulate_order {
	uint64_t seed;
	int64_t runs;         /* >= 0 */
	struct instant begin; /* when the first act of each run happens */
	int offset_minutes;
	const struct calendar *calendar;
};

/* Play `procedure`. `all` holds it and the procedures it opens, so that their openings can be recorded; NULL
 * when it opens none. Stops at the first broken promise. The result lives in `arena`. */
struct simulation procedure_simulate(struct arena *arena, const struct procedure *procedure,
	const struct procedures *all, const struct simulate_order *order);

#endif
