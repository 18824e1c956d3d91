/* hook.h: what a hook is sent, and what its answer means. Pure: time is passed in. Private to outbox/. */
#ifndef OUTBOX_HOOK_H
#define OUTBOX_HOOK_H

#include "outbox/compose.h"
#include "outbox/settings.h"

#define HOOK_HEADERS_MAX 5
struct hook_call {
	struct str url, body; /* the URL with its signature, where that is its place */
	struct str headers[HOOK_HEADERS_MAX];
	size_t header_count;
};
/* In `arena`. `key` is the message's name: the same at each try. */
struct hook_call hook_call(struct arena *arena, const struct hook *hook, const struct said *said,
	struct str key, struct instant now);

enum hook_verdict { HOOK_TAKEN, HOOK_LATER, HOOK_REFUSED, HOOK_UNCLEAR };
/* By the status and the body of its answer; `reterr` says why when it isn't taken. */
enum hook_verdict hook_judge(
	struct arena *arena, const struct hook *hook, long status, struct str body, struct bh_err *reterr);

#endif
