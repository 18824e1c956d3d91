/* stream.c: what happens, as it happens, to whoever may know of it. */
#include "http/handlers.h"
#include "http/reading.h"

struct listener {
	int64_t person;
	int offset_minutes;
};

/* A matter by the one predicate, of the day of the event; the institution itself is known to all; accounts,
 * compartments, kin and who looked are nobody's business here. */
static bool may_see(const void *subject, const struct live_event *event, struct store *reader)
{
	static const char *const open[] = {
		"unit.set", "post.set", "tenure.set", "function.set", "procedure.adopt", "calendar.set"};
	const struct listener *listener = subject;
	struct viewer viewer = {listener->person, instant_day(event->time, listener->offset_minutes)};
	struct bh_err why;
	int64_t matter;
	bool sees = false;

	if (str_starts(event->object, "m") &&
		str_to_int(str_slice(event->object, 1, event->object.size), &matter))
		sees = store_may_see(reader, &viewer, matter, &sees, &why) == ERR_OK && sees;
	for (size_t i = 0; i < ARRAY_COUNT(open); i++)
		sees = sees || str_is(event->kind, open[i]);
	return sees;
}

enum err route_live(struct http_request *request, struct reply *reply)
{
	struct listener *listener = ARENA_TAKE(request->arena, 1, struct listener);

	*listener = (struct listener){request->who.person, request_institution(request)->offset_minutes};
	return reply_live(request, reply, may_see, listener);
}
