/* history.c: a page of what happened in a matter, without the rest of its history. */
#include "view/matter_view.h"

static bool is_in(const struct view_event *events, size_t count, int64_t duty)
{
	for (size_t i = 0; i < count; i++)
		if (view_event_opens(&events[i], duty))
			return true;
	return false;
}

/* What an answer is for is said by the event that opened it, which may stand on another page. */
static enum err find_origin(struct matter_view *view, int64_t id, struct bh_err *reterr)
{
	const struct duty *duty = view_duty(view, id);
	struct view_events found = {.arena = view->teller.arena, .why = reterr};

	if (duty == NULL || duty->kind != DUTY_ANSWER || is_in(view->events, view->event_count, id) ||
		is_in(view->origins, view->origin_count, id))
		return ERR_OK;
	TRY(store_event_at(view->store, view_object(view), duty->armed, view_add_event, &found, reterr));
	for (size_t i = 0; i < found.count; i++)
		if (view_event_opens(&found.items[i], id))
			*ARENA_PUSH(view->teller.arena, view->origins, view->origin_count,
				view->origin_capacity) = found.items[i];
	return ERR_OK;
}

static enum err find_origins(struct matter_view *view, struct bh_err *reterr)
{
	for (size_t i = 0; i < view->event_count; i++) {
		const struct doc *payload = view->events[i].payload, *closes = doc_get(payload, "closes");

		TRY(find_origin(view, doc_get_int(payload, "duty", 0), reterr));
		for (size_t j = 0; closes != NULL && j < closes->count; j++)
			TRY(find_origin(view, doc_get_int(&closes->items[j], "id", 0), reterr));
	}
	return ERR_OK;
}

/* What the requests are called: an answer to one says only its number. */
static enum err add_request(void *context, int64_t id, int rule, enum request_state state)
{
	struct matter_view *view = context;
	const struct procedure *procedure = view->matter->procedure;

	*ARENA_PUSH(view->teller.arena, view->requests, view->request_count,
		view->request_capacity) = (struct view_request){.id = id,
		.rule = rule < 0 || (size_t)rule >= procedure->request_count ? NULL
									     : &procedure->requests[rule],
		.state = state};
	return ERR_OK;
}

static enum err gather(const struct matter_ask *ask, int64_t matter, const struct event_place *place,
	struct matter_view *view, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	struct event_place one_more = {place->after, place->limit + 1, place->down};
	struct view_events page = {.arena = arena, .why = reterr};

	*view = (struct matter_view){.teller = ask->teller,
		.store = ask->store,
		.now = ask->now,
		.today = instant_day(ask->now, ask->teller.institution->offset_minutes),
		.viewer = ask->viewer};
	TRY(institution_matter(ask->teller.institution, ask->store, arena, matter, &view->matter, reterr));
	view->version = view->matter->version;
	TRY(store_duty_history(ask->store, arena, matter, &view->duties, &view->duty_count, reterr));
	TRY(store_request_rules(ask->store, matter, add_request, view, reterr));
	TRY(store_event_page(ask->store, view_object(view), &one_more, view_add_event, &page, reterr));
	view->events = page.items;
	view->more_events = page.count > (size_t)place->limit;
	view->event_count = page.count - view->more_events;
	return find_origins(view, reterr);
}

enum err matter_history_read(const struct matter_ask *ask, int64_t matter, const struct event_place *place,
	struct matter_view *ret_view, struct bh_err *reterr)
{
	TRY(store_snapshot_begin(ask->store, reterr));
	enum err err = matter_seen(ask->store, ask->viewer, matter, reterr);

	if (err == ERR_OK)
		err = gather(ask, matter, place, ret_view, reterr);
	store_snapshot_end(ask->store);
	return err;
}
