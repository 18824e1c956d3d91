/* batch.h: many acts at once. The writer does hundreds of them in one transaction. Private to cli/. */
#ifndef CLI_BATCH_H
#define CLI_BATCH_H

#include "cli/call.h"
#include "exchange/org_table.h"

/* Run all of them, in order, with a progress bar called `what`; each is recorded or refused by itself. Where
 * any was refused: the first one's error, and its place among them in *ret_refused. */
MUST_CHECK enum err batch_run(struct call *call, struct installation *installation, const struct act *acts,
	size_t count, const char *what, size_t *ret_refused);
/* The act that records a row of the institution; the row is borrowed. */
struct act act_of_row(const struct org_row *row);

#endif
