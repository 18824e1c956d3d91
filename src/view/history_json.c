/* history_json.c: what happened in a matter, one event after the other, for programs. What is hidden from
 * the viewer is named nowhere in it. */
#include "grasp/grasp.h"
#include "view/matter_view.h"
#include "view/put.h"

static void put_opened(const struct matter_view *view, const struct view_event *event, struct json_out *out)
{
	const struct doc *list = doc_get(event->payload, "opens");
	struct day day = instant_day(event->time, view->teller.institution->offset_minutes);

	if (list == NULL || list->count == 0)
		return;
	json_out_key(out, "opened");
	json_out_open(out, '[');
	for (size_t i = 0; i < list->count; i++) {
		const struct doc *opened = &list->items[i];
		const struct duty *duty = view_duty(view, doc_get_int(opened, "id", 0));
		struct instant due = {doc_get_int(opened, "due", INSTANT_NONE.us)};

		if (duty == NULL)
			continue;
		json_out_open(out, '{');
		json_out_field_int(out, "duty", duty->id);
		json_out_field_text(out, "name", view_duty_name(view, duty));
		json_out_field_text(out, "bearer",
			tell_bearer(&view->teller, doc_get_int(opened, "unit", 0),
				doc_get_int(opened, "post", 0), doc_get_int(opened, "bearer", 0), day));
		put_some(out, "due_day", tell_day(&view->teller, due));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_closed(const struct matter_view *view, const struct view_event *event, struct json_out *out)
{
	const struct doc *list = doc_get(event->payload, "closes");

	if (list == NULL || list->count == 0)
		return;
	json_out_key(out, "closed");
	json_out_open(out, '[');
	for (size_t i = 0; i < list->count; i++) {
		const struct duty *duty = view_duty(view, doc_get_int(&list->items[i], "id", 0));

		if (duty == NULL)
			continue;
		json_out_open(out, '{');
		json_out_field_int(out, "duty", duty->id);
		json_out_field_text(out, "name", view_duty_name(view, duty));
		json_out_field_text(out, "how", doc_get_text(&list->items[i], "how"));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* Who was in charge when it fell due, and who was told. */
static void put_breach(const struct matter_view *view, const struct view_event *event, struct json_out *out)
{
	const struct doc *tells = doc_get(event->payload, "tells");
	struct day day = instant_day(event->time, view->teller.institution->offset_minutes);
	struct instant due = {doc_get_int(event->payload, "at", INSTANT_NONE.us)};

	json_out_key(out, "breach");
	json_out_open(out, '{');
	json_out_field_int(out, "duty", doc_get_int(event->payload, "duty", 0));
	put_some(out, "due_day", tell_day(&view->teller, due));
	put_some(out, "in_post", tell_person(&view->teller, doc_get_int(event->payload, "holder", 0)));
	put_some(out, "not_opened", doc_get_text(event->payload, "not_opened"));
	json_out_key(out, "told");
	json_out_open(out, '[');
	for (size_t i = 0; tells != NULL && i < tells->count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "bearer",
			tell_bearer(&view->teller, 0, doc_get_int(&tells->items[i], "post", 0), 0, day));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
}

static void put_evidence(const struct view_event *event, struct json_out *out)
{
	const struct doc *list = doc_get(event->payload, "evidence");

	if (list == NULL || list->count == 0)
		return;
	json_out_key(out, "evidence");
	json_out_open(out, '[');
	for (size_t i = 0; i < list->count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "hash", doc_get_text(&list->items[i], "hash"));
		json_out_field_text(out, "name", doc_get_text(&list->items[i], "name"));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* Where it came from, and what it was tied to. */
static void put_others(const struct matter_view *view, const struct view_event *event, struct json_out *out)
{
	int64_t other = doc_get_int(event->payload, "other", 0);
	struct str number, name;

	if (view_cause(view, event, &number, &name)) {
		json_out_key(out, "cause");
		json_out_open(out, '{');
		json_out_field_int(out, "id", doc_get_int(event->payload, "cause", 0));
		json_out_field_text(out, "number", number);
		json_out_field_text(out, "name", name);
		json_out_close(out, '}');
	}
	if (event->kind == EVENT_MATTER_LINKED && view_sees(view, other)) {
		json_out_field_int(out, "other", other);
		json_out_field_text(out, "relation", doc_get_text(event->payload, "relation"));
	}
}

/* The account of whoever did it, where the viewer may open that person's record. */
static void put_person(const struct matter_view *view, const struct view_event *event, struct json_out *out)
{
	const struct org *org = view->teller.institution->org;
	const struct person *person = org_person(org, doc_get_int(event->payload, "person", 0));

	if (person != NULL && view->viewer != NULL &&
		record_is_open(org, view->viewer->person, person->id, view->today))
		json_out_field_text(out, "person", person->code);
}

void matter_view_put_event(
	const struct matter_view *view, const struct view_event *event, bool payload, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;
	int to = procedure_state(procedure, doc_get_text(event->payload, "to"));
	size_t count;
	const struct field *fields = view_fields(view, event, &count);

	json_out_open(out, '{');
	json_out_field_int(out, "event", event->index);
	put_instant(&view->teller, out, "time", event->time);
	json_out_field_text(out, "kind", str_from(event_wire(event->kind)));
	json_out_field_text(out, "headline", view_headline(view, event));
	json_out_field_text(out, "actor", view_actor(view, event));
	put_person(view, event, out);
	json_out_field_bool(out, "by_clock",
		doc_get_int(event->payload, "person", 0) == 0 && !view_is_by_reporter(event));
	put_some(out, "came", doc_get_text(event->payload, "came"));
	if (to >= 0) {
		json_out_field_text(out, "to", procedure->states[to].name);
		json_out_field_text(out, "to_label",
			pick_label(&view->teller, procedure->states[to].label, procedure->states[to].name));
	}
	put_some(out, "text", doc_get_text(event->payload, "text"));
	view_put_shown(view, fields, count, doc_get(event->payload, "fields"), out);
	put_evidence(event, out);
	put_others(view, event, out);
	if (event->kind == EVENT_DUTY_BREACHED)
		put_breach(view, event, out);
	put_closed(view, event, out);
	put_opened(view, event, out);
	if (payload) {
		json_out_key(out, "payload");
		json_out_tree(out, event->payload);
	}
	json_out_close(out, '}');
}
