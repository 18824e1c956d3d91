/* flow.c: see flow.h. */
#include "outside/flow.h"

#include <string.h>

static void drop(struct flows *flows, size_t at)
{
	memmove(&flows->items[at], &flows->items[at + 1], (flows->count - at - 1) * sizeof flows->items[0]);
	flows->count--;
	secret_wipe(&flows->items[flows->count], sizeof flows->items[0]);
}

void flows_put(struct flows *flows, const struct flow *flow, struct instant now)
{
	while (flows->count > 0 &&
		(flows->count == FLOWS_MAX || now.us - flows->items[0].begun.us >= FLOW_LASTS_US))
		drop(flows, 0);
	flows->items[flows->count++] = *flow;
}

bool flows_take(
	struct flows *flows, struct str state, struct str browser, struct instant now, struct flow *ret_flow)
{
	const struct hash named = hash_bytes(state.data, state.size),
			  brought = hash_bytes(browser.data, browser.size);

	for (size_t i = 0; i < flows->count; i++) {
		if (!hash_equal(&flows->items[i].state, &named))
			continue;
		*ret_flow = flows->items[i];
		drop(flows, i);
		return hash_equal(&ret_flow->browser, &brought) &&
		       now.us - ret_flow->begun.us < FLOW_LASTS_US;
	}
	return false;
}
