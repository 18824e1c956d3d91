/* stream.c: what happens, as it happens, to whoever may know of it. */
#include "http/handlers.h"
#include "http/reading.h"

struct listener {
	struct installation *installation;
	int64_t person, account;
	int offset_minutes;
	bool by_token;
};

static bool has_session(const struct listener *listener, struct store *reader, struct arena *arena)
{
	struct auth_line *lines;
	struct bh_err why;
	size_t count;

	return auth_sessions(reader, arena, listener->account, STR(""),
		       installation_now(listener->installation), &lines, &count, &why) == ERR_OK &&
	       count > 0;
}

static bool has_token(const struct listener *listener, struct store *reader, struct arena *arena)
{
	struct auth_token_line *lines;
	struct bh_err why;
	size_t count;

	if (auth_tokens(reader, arena, listener->account, &lines, &count, &why) != ERR_OK)
		return false;
	for (size_t i = 0; i < count; i++)
		if (lines[i].token.ends.us > installation_now(listener->installation).us)
			return true;
	return false;
}

/* A stream outlives the request that began it, so whether its account is still in use, signed in somewhere or
 * with a token that lasts, is asked anew for each event. */
static bool is_let_in(const struct listener *listener, struct store *reader)
{
	struct arena *arena = arena_new();
	struct account account;
	struct bh_err why;
	bool in = store_account_get(reader, arena, listener->account, &account, &why) == ERR_OK &&
		  account.state == ACCOUNT_ACTIVE && account.person == listener->person &&
		  (listener->by_token ? has_token : has_session)(listener, reader, arena);

	arena_free(arena);
	return in;
}

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
	return sees && is_let_in(listener, reader);
}

enum err route_live(struct http_request *request, struct reply *reply)
{
	struct listener *listener = ARENA_TAKE(request->arena, 1, struct listener);

	*listener = (struct listener){.installation = request->installation,
		.person = request->who.person,
		.account = request->who.account,
		.offset_minutes = request_institution(request)->offset_minutes,
		.by_token = request->who.by_token};
	return reply_live(request, reply, may_see, listener);
}
