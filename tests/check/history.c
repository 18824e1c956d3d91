#include "history.h"

#include "ledger/ledger.h"
#include "store/store.h"

#include <string.h>

static enum err keep_event(void *context, const struct stored_event *stored)
{
	struct history *history = context;

	*ARENA_PUSH(history->arena, history->items, history->count, history->capacity) =
		(struct kept_event){.envelope = str_copy(history->arena, stored->envelope),
			.payload = str_copy(history->arena, stored->payload),
			.class = str_copy(history->arena, stored->class),
			.kind = str_copy(history->arena, stored->kind)};
	return ERR_OK;
}

struct history *history_of(struct district *district)
{
	struct history *history = ARENA_TAKE(district->arena, 1, struct history);

	history->arena = district->arena;
	district_must(district,
		store_event_each(district->reader, 0, INT64_MAX, keep_event, history, &district->why));
	return history;
}

enum err judge_event(struct law *law, const struct kept_event *event, struct bh_err *why)
{
	struct envelope envelope;
	struct opened_payload payload = {.slot = STR("main"), .bytes = event->payload};

	TRY(envelope_parse(event->envelope, &envelope, why));
	return law_judge(law, &envelope, &payload, event->payload.data != NULL ? 1 : 0, why);
}

size_t judge(const struct history *history, struct judged *ret_judged, struct bh_err *why)
{
	struct law *law = law_new();
	size_t i = 0;

	while (i < history->count && judge_event(law, &history->items[i], why) == ERR_OK)
		i++;
	*ret_judged = law_judged(law);
	law_free(law);
	return i;
}

struct str replaced(struct arena *arena, struct str text, const char *from, const char *to)
{
	size_t at = str_find(text, str_from(from));

	if (at == SIZE_MAX)
		return STR_NONE;
	return str_format(arena, "%.*s%s%.*s", (int)at, text.data, to, (int)(text.size - at - strlen(from)),
		text.data + at + strlen(from));
}
