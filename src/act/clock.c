/* clock.c: the sweep. It finds by index what has fallen due, so that its cost grows with that and not with
 * all that is open, and hands each matter to the writer like anybody else's act. */
#include "act/writer.h"

#define SWEEP_MAX 512

enum err clock_sweep(
	struct installation *installation, struct store *reader, int64_t *ret_events, struct bh_err *reterr)
{
	int64_t matters[SWEEP_MAX], before = -1;
	size_t count;

	*ret_events = 0;
	for (;;) {
		TRY(store_due_now(
			reader, installation_now(installation), matters, SWEEP_MAX, &count, reterr));
		if (count == 0 || matters[0] == before)
			return ERR_OK;
		/* A round that comes back with the same first matter has nothing left that an act could
		 * change. */
		before = matters[0];
		for (size_t i = 0; i < count; i++) {
			struct act act = {.kind = ACT_CLOCK, .what.matter = matters[i]};
			struct receipt receipt;

			TRY(act_run(installation, &act, &receipt, reterr));
			*ret_events += receipt.count;
		}
	}
}
