/* command_show.c: one matter, gathered from its rows and its history. */
#include "cli/view.h"

static enum err add_event(void *context, const struct stored_event *stored)
{
	struct view *view = context;
	struct arena *arena = view->house->call->arena;
	struct doc *payload = NULL;
	enum event_kind kind;

	if (!event_kind_parse(stored->kind, &kind))
		return err_set(&view->house->call->why, ERR_BROKEN, "event",
			"event %lld is of a kind that this program doesn't know", (long long)stored->index);
	if (stored->payload.data != NULL)
		TRY(doc_read_canonical(
			arena, str_copy(arena, stored->payload), &payload, &view->house->call->why));
	*ARENA_PUSH(arena, view->events, view->event_count, view->event_capacity) =
		(struct view_event){.index = stored->index,
			.time = stored->time,
			.kind = kind,
			.payload = payload != NULL ? payload : doc_object(arena)};
	return ERR_OK;
}

static struct view_request *find_request(struct view *view, int64_t id)
{
	for (size_t i = 0; i < view->request_count; i++)
		if (view->requests[i].id == id)
			return &view->requests[i];
	return NULL;
}

static void add_request(struct view *view, const struct view_event *event)
{
	const struct procedure *procedure = view->matter->procedure;
	int rule = procedure_request(procedure, doc_get_text(event->payload, "rule"));

	*ARENA_PUSH(view->house->call->arena, view->requests, view->request_count, view->request_capacity) =
		(struct view_request){.id = doc_get_int(event->payload, "request", 0),
			.rule = rule < 0 ? NULL : &procedure->requests[rule],
			.asked = event,
			.state = REQUEST_OPEN};
}

/* Requests as the history tells them: those that are answered are no rows of the matter any more. */
static void gather_requests(struct view *view)
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

static enum err gather_lists(struct view *view)
{
	struct store *store = view->house->store;
	struct call *call = view->house->call;
	int64_t id = view->matter->id;
	struct matter_filter parts = {.parent = id, .limit = INT64_MAX};

	TRY(store_duty_history(store, call->arena, id, &view->duties, &view->duty_count, &call->why));
	TRY(store_matter_list(store, call->arena, &parts, &view->parts, &view->part_count, &call->why));
	TRY(store_link_list(store, call->arena, id, &view->links, &view->link_count, &call->why));
	TRY(store_evidence_list(store, call->arena, id, &view->evidence, &view->evidence_count, &call->why));
	return store_event_of_object(
		store, str_format(call->arena, "m%lld", (long long)id), add_event, view, &call->why);
}

enum err view_read(struct house *house, const char *name, struct view *ret_view)
{
	struct view *view = ret_view;

	*view = (struct view){.house = house};
	if (option_given(house->call, "as"))
		TRY(house_person(house, NULL, &view->person));
	TRY(house_matter(house, name, &view->matter));
	TRY(house_world(house, view->matter, &view->world));
	view->lamp = matter_lamp(view->matter, &view->world);
	if (view->world.parent != NULL)
		view->parent_number = view->world.parent->number;
	TRY(gather_lists(view));
	gather_requests(view);
	view_gather_handovers(view);
	if (view->person != 0)
		view->possible = matter_possible(
			view->matter, view->person, &view->world, house->call->arena, &view->possible_count);
	return ERR_OK;
}

enum err command_show(struct call *call)
{
	struct house house;
	struct view view;

	TRY(house_open_to_read(call, &house));
	enum err err = view_read(&house, call->arguments[1], &view);

	if (err == ERR_OK && call->json)
		view_print_json(&view);
	else if (err == ERR_OK)
		view_print_text(&view);
	house_close(&house);
	return err;
}
