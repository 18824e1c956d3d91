/* auditor.h: the three sentences are asked once for all who want to know at the same time, and what came of
 * it is told to whoever asks soon after, as long as nothing was recorded since. What one of them may see of
 * it is for the handler to say. */
#ifndef HTTP_AUDITOR_H
#define HTTP_AUDITOR_H

#include "check/check.h"
#include "http/exchange.h"

struct auditor;
struct audit_run; /* nobody changes it once it is told */

struct auditor *auditor_new(void);
void auditor_free(struct auditor *auditor); /* when every run was released; NULL is fine */

enum audit_turn {
	AUDIT_TOLD, /* here is what it comes to */
	AUDIT_ASK,  /* nobody asks yet: audit_run_ask, and then auditor_told */
	AUDIT_WAIT  /* another asks: request_wait with auditor_park */
};
/* The record holds `size` events; `record`: what is asked of the record itself, too. A run that is given is
 * kept until auditor_release. */
enum audit_turn auditor_take(
	struct auditor *auditor, uint64_t size, struct instant now, bool record, struct audit_run **ret_run);
/* Ask the store; not under any lock. */
MUST_CHECK enum err audit_run_ask(struct audit_run *run, struct store *store, struct bh_err *reterr);
/* It was asked, and `err` came of it: whoever waits goes on. */
void auditor_told(struct auditor *auditor, struct audit_run *run, enum err err);
void auditor_release(struct auditor *auditor, struct audit_run *run);
/* A request_wait_fn: keep the exchange until the one that asks is done; false when nobody asks any more. */
bool auditor_park(void *auditor, struct exchange *exchange);

struct audit_row {
	const struct invariant *invariant;
	struct broken_row row; /* without its line of text */
};
/* What breaks an invariant, in the order of the invariants. */
const struct audit_row *audit_run_rows(const struct audit_run *run, size_t *ret_count);

#endif
