/* matter_json.c: a matter for programs: the same, with the names of definitions and the ids of rows. */
#include "view/matter_view.h"

/* An instant as text with its offset; null for none. */
static void put_instant(
	const struct matter_view *view, struct json_out *out, const char *key, struct instant instant)
{
	json_out_key(out, key);
	if (instant_is_none(instant))
		json_out_null(out);
	else
		json_out_text(out,
			instant_print(view->teller.arena, instant, view->teller.institution->offset_minutes));
}

static void put_code(struct json_out *out, const char *key, struct str code)
{
	if (code.size > 0)
		json_out_field_text(out, key, code);
}

/* Who bears or bore it, by the codes of the institution. */
static void put_bearer(
	const struct matter_view *view, struct json_out *out, int64_t unit, int64_t post, int64_t person)
{
	const struct org *org = view->teller.institution->org;

	put_code(out, "unit", unit != 0 ? org_unit(org, unit)->code : STR(""));
	put_code(out, "post", post != 0 ? org_post(org, post)->code : STR(""));
	put_code(out, "person", person != 0 ? org_person(org, person)->code : STR(""));
}

static void put_head(const struct matter_view *view, struct json_out *out)
{
	const struct matter *matter = view->matter;
	const struct state *state = &matter->procedure->states[matter->state];

	json_out_field_int(out, "id", matter->id);
	json_out_field_text(out, "number", matter->number);
	json_out_field_text(out, "title", doc_get_text(matter->fields, "title"));
	json_out_field_text(out, "procedure", matter->procedure->name);
	json_out_field_text(out, "grasp", str_from(grasp_name(matter->procedure->grasp)));
	json_out_field_text(out, "state", state->name);
	json_out_field_text(
		out, "state_label", label_pick(state->label, state->name, teller_lang(&view->teller)));
	json_out_field_text(out, "lamp", str_from(lamp_colour_name(view->lamp.colour)));
	json_out_field_text(
		out, "lamp_reason", lamp_print(view->teller.arena, &view->lamp, teller_lang(&view->teller)));
	json_out_field_int(out, "version", matter->version);
	json_out_field_int(out, "event", matter->last_index);
	json_out_field_int(out, "progress", matter->progress);
	json_out_field_int(out, "parent", matter->parent);
	put_instant(view, out, "opened", matter->opened);
	put_instant(view, out, "ended", matter->ended);
	put_instant(view, out, "suspended_until", matter->suspended_until);
	json_out_field_bool(out, "late", matter->late);
	json_out_key(out, "fields");
	json_out_tree(out, matter->fields);
}

static void put_duties(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "duties");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->duty_count; i++) {
		const struct duty *duty = &view->duties[i];

		json_out_open(out, '{');
		json_out_field_int(out, "id", duty->id);
		json_out_field_text(out, "kind", str_from(duty_kind_name(duty->kind)));
		json_out_field_text(out, "name", view_duty_name(view, duty));
		json_out_field_text(out, "state", str_from(duty_state_name(duty->state)));
		put_bearer(view, out, duty->unit, duty->post, duty->person);
		put_instant(view, out, "armed", duty->armed);
		put_instant(view, out, "due", duty->due);
		put_instant(view, out, "closed", duty->closed);
		if (duty->state == DUTY_PAUSED)
			json_out_field_int(out, "remaining_days", duty->remaining_days);
		json_out_field_bool(out, "breached", duty->breached);
		json_out_field_bool(out, "extended", duty->extended);
		json_out_field_bool(out, "provisional", duty->provisional);
		json_out_field_text(out, "basis", view_basis(view, duty));
		if (view->person != 0 && duty->kind != DUTY_RULE)
			json_out_field_bool(out, "may_answer", view_may_answer(view, duty));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_possible(const struct matter_view *view, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;

	json_out_key(out, "possible");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->possible_count; i++) {
		const struct possible *possible = &view->possible[i];
		bool action = possible->action >= 0;

		json_out_open(out, '{');
		json_out_field_text(out, action ? "action" : "request",
			action ? procedure->actions[possible->action].name
			       : procedure->requests[possible->request].name);
		json_out_field_bool(out, "may", possible->may);
		if (!possible->may) {
			json_out_field_text(out, "rule", possible->rule);
			json_out_field_text(
				out, "why", view->teller.chinese ? possible->why_zh : possible->why_en);
		}
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_requests(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "requests");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->request_count; i++) {
		const struct view_request *request = &view->requests[i];

		json_out_open(out, '{');
		json_out_field_int(out, "id", request->id);
		json_out_field_text(out, "request", doc_get_text(request->asked->payload, "rule"));
		json_out_field_text(out, "state", str_from(request_state_name(request->state)));
		put_instant(view, out, "asked", request->asked->time);
		put_instant(view, out, "decided",
			request->decided != NULL ? request->decided->time : INSTANT_NONE);
		if (doc_get(request->asked->payload, "fields") != NULL) {
			json_out_key(out, "fields");
			json_out_tree(out, doc_get(request->asked->payload, "fields"));
		}
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_parts(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "parts");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->part_count; i++) {
		json_out_open(out, '{');
		json_out_field_int(out, "id", view->parts[i].id);
		json_out_field_text(out, "number", view->parts[i].number);
		json_out_field_text(out, "title", view->parts[i].title);
		json_out_field_text(out, "state", view->parts[i].state);
		json_out_field_int(out, "progress",
			view->parts[i].rolled >= 0 ? view->parts[i].rolled : view->parts[i].progress);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_links_and_evidence(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "links");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->link_count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "relation", view->links[i].relation);
		json_out_field_text(out, "number", view->links[i].number);
		json_out_field_text(out, "title", view->links[i].title);
		json_out_field_bool(out, "forth", view->links[i].forth);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_key(out, "evidence");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->evidence_count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "hash", view->evidence[i].hash);
		json_out_field_text(out, "name", view->evidence[i].name);
		json_out_field_int(out, "size", view->evidence[i].size);
		json_out_field_int(out, "event", view->evidence[i].index);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_history(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "history");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->event_count; i++) {
		const struct view_event *event = &view->events[i];

		json_out_open(out, '{');
		json_out_field_int(out, "event", event->index);
		put_instant(view, out, "time", event->time);
		json_out_field_text(out, "kind", str_from(event_wire(event->kind)));
		json_out_field_text(out, "headline", view_headline(view, event));
		json_out_field_text(out, "actor", view_actor(view, event));
		json_out_field_bool(out, "by_clock", doc_get_int(event->payload, "person", 0) == 0);
		json_out_key(out, "payload");
		json_out_tree(out, event->payload);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_handovers(const struct matter_view *view, struct json_out *out)
{
	const struct org *org = view->teller.institution->org;

	json_out_key(out, "handovers");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->handover_count; i++) {
		const struct view_handover *handover = &view->handovers[i];

		json_out_open(out, '{');
		json_out_field_text(out, "day", day_print(view->teller.arena, handover->day));
		json_out_field_text(out, "post", org_post(org, handover->post)->code);
		put_code(out, "before",
			handover->before != 0 ? org_person(org, handover->before)->code : STR(""));
		put_code(out, "after",
			handover->after != 0 ? org_person(org, handover->after)->code : STR(""));
		json_out_field_text(out, "duties", handover->duties);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

void matter_view_print(const struct matter_view *view, struct json_out *out)
{
	json_out_open(out, '{');
	put_head(view, out);
	put_duties(view, out);
	put_possible(view, out);
	put_requests(view, out);
	put_parts(view, out);
	put_links_and_evidence(view, out);
	put_history(view, out);
	put_handovers(view, out);
	json_out_close(out, '}');
}
