/* matter_view.c: one matter, gathered from its rows and its history. */
#include "view/matter_view.h"
#include "store/store_rule.h"

enum err view_add_event(void *context, const struct stored_event *stored)
{
	struct view_events *events = context;
	struct doc *payload = NULL;
	enum event_kind kind;

	if (!event_kind_parse(stored->kind, &kind))
		return err_set(events->why, ERR_BROKEN, "event",
			"event %lld is of a kind that this program doesn't know", (long long)stored->index);
	if (stored->payload.data != NULL)
		TRY(doc_read_canonical(
			events->arena, str_copy(events->arena, stored->payload), &payload, events->why));
	*ARENA_PUSH(events->arena, events->items, events->count, events->capacity) =
		(struct view_event){.index = stored->index,
			.time = stored->time,
			.kind = kind,
			.payload = payload != NULL ? payload : doc_object(events->arena)};
	return ERR_OK;
}

struct str view_object(const struct matter_view *view)
{
	return str_format(view->teller.arena, "m%lld", (long long)view->matter->id);
}

static struct view_request *find_request(struct matter_view *view, int64_t id)
{
	for (size_t i = 0; i < view->request_count; i++)
		if (view->requests[i].id == id)
			return &view->requests[i];
	return NULL;
}

static void add_request(struct matter_view *view, const struct view_event *event)
{
	const struct procedure *procedure = view->matter->procedure;
	int rule = procedure_request(procedure, doc_get_text(event->payload, "rule"));

	*ARENA_PUSH(view->teller.arena, view->requests, view->request_count, view->request_capacity) =
		(struct view_request){.id = doc_get_int(event->payload, "request", 0),
			.rule = rule < 0 ? NULL : &procedure->requests[rule],
			.asked = event,
			.state = REQUEST_OPEN};
}

/* Requests as the history tells them: those that are answered are no rows of the matter any more. */
static void gather_requests(struct matter_view *view)
{
	for (size_t i = 0; i < view->event_count; i++) {
		const struct view_event *event = &view->events[i];
		const struct doc *lapses = doc_get(event->payload, "lapses");
		struct view_request *request;

		if (event->kind == EVENT_REQUEST_MADE)
			add_request(view, event);
		request = find_request(view, doc_get_int(event->payload, "request", 0));
		if (event->kind == EVENT_REQUEST_DECIDED && request != NULL) {
			request->decided = event;
			request->state =
				doc_get_bool(event->payload, "grant") ? REQUEST_GRANTED : REQUEST_REFUSED;
		}
		for (size_t j = 0; lapses != NULL && j < lapses->count; j++) {
			request = find_request(view, doc_get_int(&lapses->items[j], "id", 0));
			if (request != NULL)
				request->state = REQUEST_LAPSED;
		}
	}
}

/* To the operator all parts, to a viewer those that are seen. */
static enum err gather_parts(struct matter_view *view, struct bh_err *reterr)
{
	struct matter_filter all = {.parent = view->matter->id, .limit = INT64_MAX};
	struct matter_query seen = {
		.parent = view->matter->id, .sort = MATTER_NUMBER, .limit = VIEW_PARTS_MAX};
	struct arena *arena = view->teller.arena;
	struct page_after next = {0};

	if (view->viewer == NULL)
		return store_matter_list(view->store, arena, &all, &view->parts, &view->part_count, reterr);
	TRY(store_matter_page(view->store, arena, view->viewer, &seen, NULL, &view->parts, &view->part_count,
		&next, reterr));
	view->more_parts = next.id != 0;
	return ERR_OK;
}

static enum err gather_ties(struct matter_view *view, struct bh_err *reterr)
{
	struct store *store = view->store;
	struct arena *arena = view->teller.arena;
	int64_t id = view->matter->id;
	size_t peer_count;

	TRY(store_matter_packages(store, arena, id, &view->packages, &view->package_count, reterr));
	TRY(store_peers(store, arena, &view->peers, &peer_count, reterr));
	TRY(store_rules_of_matter(store, arena, view->viewer, id, &view->rules, &view->rule_count, reterr));
	if (view->viewer == NULL) {
		TRY(store_link_list(store, arena, id, &view->links, &view->link_count, reterr));
		return store_evidence_list(store, arena, id, &view->evidence, &view->evidence_count, reterr);
	}
	TRY(store_link_seen(store, arena, view->viewer, id, &view->links, &view->link_count, reterr));
	return store_evidence_seen(
		store, arena, view->viewer, id, &view->evidence, &view->evidence_count, reterr);
}

static enum err gather_lists(struct matter_view *view, struct bh_err *reterr)
{
	struct store *store = view->store;
	struct arena *arena = view->teller.arena;
	int64_t id = view->matter->id;
	struct view_events events = {.arena = arena, .why = reterr};

	TRY(store_duty_history(store, arena, id, &view->duties, &view->duty_count, reterr));
	TRY(gather_parts(view, reterr));
	TRY(gather_ties(view, reterr));
	TRY(store_event_of_object(store, view_object(view), view_add_event, &events, reterr));
	view->events = events.items;
	view->event_count = events.count;
	return ERR_OK;
}

enum err view_not_found(struct bh_err *reterr)
{
	return err_set_both(
		reterr, ERR_NOT_FOUND, "matter", err_meaning_zh(ERR_NOT_FOUND), err_meaning(ERR_NOT_FOUND));
}

enum err matter_seen(struct store *store, const struct viewer *viewer, int64_t matter, struct bh_err *reterr)
{
	bool sees = viewer == NULL;

	if (viewer != NULL)
		TRY(store_may_see(store, viewer, matter, &sees, reterr));
	return sees ? ERR_OK : view_not_found(reterr);
}

enum err view_gather(
	const struct matter_ask *ask, int64_t matter, struct matter_view *view, struct bh_err *reterr)
{
	const struct institution *institution = ask->teller.institution;
	struct arena *arena = ask->teller.arena;

	*view = (struct matter_view){.teller = ask->teller,
		.store = ask->store,
		.now = ask->now,
		.today = instant_day(ask->now, ask->teller.institution->offset_minutes),
		.viewer = ask->viewer,
		.person = ask->person};
	TRY(institution_matter(institution, ask->store, arena, matter, &view->matter, reterr));
	TRY(institution_world(institution, ask->store, view->matter, ask->now, arena, &view->world, reterr));
	/* Whoever looks has been asked; for the keeper of the machine it is asked of whom they look for. */
	view->world.sees = view->viewer != NULL;
	if (view->viewer == NULL && view->person != 0)
		TRY(store_may_see(ask->store, &(struct viewer){.person = view->person, .today = view->today},
			matter, &view->world.sees, reterr));
	view->version = view->matter->version;
	view->lamp = matter_lamp(view->matter, &view->world);
	if (view->world.parent != NULL && view_sees(view, view->world.parent->id))
		view->parent = view->world.parent;
	TRY(gather_lists(view, reterr));
	gather_requests(view);
	view_gather_handovers(view);
	if (view->person != 0)
		view->possible = matter_possible(
			view->matter, view->person, &view->world, arena, &view->possible_count);
	return ERR_OK;
}

enum err matter_view_read(
	const struct matter_ask *ask, int64_t matter, struct matter_view *ret_view, struct bh_err *reterr)
{
	/* Its rows and its history as of one moment: what is told is what its version names. */
	TRY(store_snapshot_begin(ask->store, reterr));
	enum err err = matter_seen(ask->store, ask->viewer, matter, reterr);

	if (err == ERR_OK)
		err = view_gather(ask, matter, ret_view, reterr);

	store_snapshot_end(ask->store);
	return err;
}
