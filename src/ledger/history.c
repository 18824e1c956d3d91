/* history.c: the rules that bind an event to those before it. */
#include "ledger/history.h"

#define PLACES_FIRST ((size_t)1024)

struct history history_new(struct arena *arena)
{
	return (struct history){.arena = arena,
		.last = ARENA_TAKE(arena, PLACES_FIRST, struct last_event),
		.places = PLACES_FIRST};
}

/* FNV-1a: the names are the institution's own, so nobody gains by making them collide. */
static size_t place_of(const struct history *history, struct str object)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < object.size; i++)
		hash = (hash ^ (unsigned char)object.data[i]) * UINT64_C(1099511628211);
	hash ^= hash >> 32;
	return (size_t)hash & (history->places - 1);
}

static struct last_event *find_last(const struct history *history, struct str object)
{
	size_t at = place_of(history, object);

	while (history->last[at].object.data != NULL && !str_equal(history->last[at].object, object))
		at = (at + 1) & (history->places - 1);
	return &history->last[at];
}

static void make_room(struct history *history)
{
	struct last_event *old = history->last;
	size_t places = history->places;

	history->places = places * 2;
	history->last = ARENA_TAKE(history->arena, history->places, struct last_event);
	for (size_t i = 0; i < places; i++)
		if (old[i].object.data != NULL)
			*find_last(history, old[i].object) = old[i];
}

static enum err follow_object(struct history *history, const struct envelope *envelope, struct bh_err *reterr)
{
	struct last_event *last;
	int64_t previous = -1;

	if (envelope->object.size > 0) {
		last = find_last(history, envelope->object);
		if (last->object.data != NULL) {
			previous = (int64_t)last->index;
		} else {
			last->object = str_copy(history->arena, envelope->object);
			history->objects++;
		}
		last->index = envelope->index;
	}
	if (envelope->previous != previous)
		return err_set(reterr, ERR_TAMPERED, "prev",
			"it names %lld as the last event of %.*s, and that is %lld",
			(long long)envelope->previous, STR_ARG(envelope->object), (long long)previous);
	if (history->objects > history->places / 2)
		make_room(history);
	return ERR_OK;
}

enum err history_follow(struct history *history, const struct envelope *envelope, struct bh_err *reterr)
{
	if (envelope->index != history->next)
		return err_set(reterr, ERR_TAMPERED, "index", "it calls itself event %llu",
			(unsigned long long)envelope->index);
	if (envelope->time < history->time && !history->may_step_back)
		return err_set(reterr, ERR_TAMPERED, "time",
			"it is %lld µs earlier than the event before it, and no " ACT_CLOCK_STEP_BACK
			" says why",
			(long long)(history->time - envelope->time));
	TRY(follow_object(history, envelope, reterr));
	history->next++;
	history->time = envelope->time;
	history->may_step_back = str_is(envelope->act, ACT_CLOCK_STEP_BACK);
	return ERR_OK;
}

void history_absent(struct history *history, uint64_t index, struct str slot)
{
	*ARENA_PUSH(history->arena, history->absences, history->absence_count, history->absence_capacity) =
		(struct absence){.index = index, .slot = str_copy(history->arena, slot)};
}

static struct absence *find_absence(struct history *history, uint64_t index, struct str slot)
{
	size_t low = 0, high = history->absence_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (history->absences[middle].index < index)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < history->absence_count && history->absences[low].index == index; low++)
		if (str_equal(history->absences[low].slot, slot))
			return &history->absences[low];
	return NULL;
}

enum err history_explain(struct history *history, struct arena *arena, uint64_t index, struct str payload,
	struct bh_err *reterr)
{
	struct doc *object;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (doc_read_canonical(arena, payload, &object, &why) != ERR_OK)
		return err_set(reterr, ERR_TAMPERED, "erased", "its payload is %s", err_both(&why, both));
	const struct doc *list = doc_get(object, "erased");

	if (list == NULL || list->kind != DOC_LIST)
		return err_set(reterr, ERR_TAMPERED, "erased", "it doesn't say what it erased");
	for (size_t i = 0; i < list->count; i++) {
		int64_t target = doc_get_int(&list->items[i], "index", -1);
		struct str slot = doc_get_text(&list->items[i], "slot");

		if (target < 0 || (uint64_t)target >= index || slot.size == 0)
			return err_set(reterr, ERR_TAMPERED, "erased",
				"entry %zu names no payload of an earlier event", i);
		struct absence *absence = find_absence(history, (uint64_t)target, slot);

		/* Not absent: of a withheld class, or the erasing failed, which is the owner's affair, not
		 * forgery. */
		if (absence != NULL)
			absence->erased = true;
	}
	return ERR_OK;
}

const struct absence *history_unexplained(const struct history *history, uint64_t *ret_erased)
{
	const struct absence *first = NULL;

	*ret_erased = 0;
	for (size_t i = 0; i < history->absence_count; i++) {
		if (history->absences[i].erased)
			++*ret_erased;
		else if (first == NULL)
			first = &history->absences[i];
	}
	return first;
}
