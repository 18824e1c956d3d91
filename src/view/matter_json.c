/* matter_json.c: a matter for programs: names of definitions, ids of rows, and the words beside them. */
#include "store/store_rule.h"
#include "view/check_in.h"
#include "view/form.h"
#include "view/lines.h"
#include "view/matter_view.h"
#include "view/package_view.h"
#include "view/put.h"

/* A field that names a matter which is hidden is told as if it had no value. */
static bool is_hidden(const struct matter_view *view, const struct field *field, const struct doc *value)
{
	return field->type == FIELD_MATTER && value->kind == DOC_INT && !view_sees(view, value->number);
}

/* The values of these fields as they are stored. */
static void put_values(const struct matter_view *view, const struct field *fields, size_t count,
	const struct doc *values, struct json_out *out)
{
	struct doc *shown = doc_object(view->teller.arena);

	for (size_t i = 0; i < count; i++) {
		const struct doc *value = doc_get_str(values, fields[i].name);

		if (value != NULL && !is_hidden(view, &fields[i], value))
			doc_set_str(view->teller.arena, shown, fields[i].name,
				doc_copy(view->teller.arena, value));
	}
	json_out_key(out, "fields");
	json_out_tree(out, shown);
}

/* Beside each cell the file that it names, so that a screen shows it at its row; "" where it names none. */
static void put_files(const struct field *field, const struct doc *row, struct json_out *out)
{
	if (!fields_name_files(field, 1))
		return;
	json_out_key(out, "files");
	json_out_open(out, '[');
	for (size_t k = 0; k < field->column_count; k++)
		json_out_text(out, field->columns[k].type == FIELD_FILE
					   ? doc_get_text(row, field->columns[k].name.data)
					   : STR(""));
	json_out_close(out, ']');
}

/* Rows as a table of words, for people. */
static void put_table(const struct matter_view *view, const struct field *field, const struct doc *rows,
	struct json_out *out)
{
	json_out_key(out, "columns");
	json_out_open(out, '[');
	for (size_t i = 0; i < field->column_count; i++)
		json_out_text(
			out, pick_label(&view->teller, field->columns[i].label, field->columns[i].name));
	json_out_close(out, ']');
	json_out_key(out, "rows");
	json_out_open(out, '[');
	for (size_t i = 0; i < rows->count; i++) {
		json_out_open(out, '{');
		json_out_key(out, "cells");
		json_out_open(out, '[');
		for (size_t k = 0; k < field->column_count; k++) {
			const struct doc *cell = doc_get_str(&rows->items[i], field->columns[k].name);

			json_out_text(
				out, cell == NULL ? STR("") : view_value(view, &field->columns[k], cell));
		}
		json_out_close(out, ']');
		put_files(field, &rows->items[i], out);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

void view_put_shown(const struct matter_view *view, const struct field *fields, size_t count,
	const struct doc *values, struct json_out *out)
{
	json_out_key(out, "shown");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct doc *value = doc_get_str(values, fields[i].name);

		if (value == NULL || is_hidden(view, &fields[i], value))
			continue;
		json_out_open(out, '{');
		json_out_field_text(out, "name", fields[i].name);
		json_out_field_text(out, "label", pick_label(&view->teller, fields[i].label, fields[i].name));
		json_out_field_text(out, "type", str_from(field_type_name(fields[i].type)));
		json_out_field_text(out, "text", view_value(view, &fields[i], value));
		if (fields[i].type == FIELD_ROWS && value->kind == DOC_LIST)
			put_table(view, &fields[i], value, out);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* ---- what it is ---- */

static void put_state(const struct matter_view *view, struct json_out *out)
{
	const struct matter *matter = view->matter;
	const struct state *state = &matter->procedure->states[matter->state];

	json_out_field_text(out, "state", state->name);
	json_out_field_text(out, "state_label", pick_label(&view->teller, state->label, state->name));
	put_some(out, "end", str_from(end_kind_name(state->end)));
	json_out_field_text(out, "lamp", str_from(lamp_colour_name(view->lamp.colour)));
	json_out_field_text(
		out, "lamp_reason", lamp_print(view->teller.arena, &view->lamp, teller_lang(&view->teller)));
	json_out_field_bool(out, "late", matter->late);
}

static void put_parent(const struct matter_view *view, struct json_out *out)
{
	if (view->parent == NULL)
		return;
	json_out_key(out, "parent");
	json_out_open(out, '{');
	json_out_field_int(out, "id", view->parent->id);
	json_out_field_text(out, "number", view->parent->number);
	json_out_field_text(out, "title", doc_get_text(view->parent->fields, "title"));
	json_out_close(out, '}');
}

/* Fields that are always told to whom it is about. */
static const struct doc *told_always(const struct matter_view *view)
{
	const struct procedure *procedure = view->matter->procedure;
	struct doc *told = doc_object(view->teller.arena);

	for (size_t i = 0; i < procedure->field_count; i++) {
		const struct doc *value = doc_get_str(view->matter->fields, procedure->fields[i].name);

		if (procedure->fields[i].told && value != NULL)
			doc_set_str(view->teller.arena, told, procedure->fields[i].name,
				doc_copy(view->teller.arena, value));
	}
	return told;
}

struct str view_title(const struct matter_view *view)
{
	const struct procedure *procedure = view->matter->procedure;
	struct str title;

	if (!view->door)
		return doc_get_text(view->matter->fields, "title");
	title = doc_get_text(told_always(view), "title");
	for (size_t i = 0; i < view->told_count && title.size == 0; i++)
		if (view->told[i].values != NULL)
			title = doc_get_text(view->told[i].values, "title");
	return title.size > 0 ? title : pick_label(&view->teller, procedure->title, procedure->name);
}

/* At the door the state and all that goes with it stay inside. */
static void put_door_head(const struct matter_view *view, struct json_out *out)
{
	const struct matter *matter = view->matter;
	const struct procedure *procedure = matter->procedure;
	const struct doc *told = told_always(view);

	json_out_field_bool(out, "door", true);
	json_out_field_int(out, "id", matter->id);
	json_out_field_text(out, "number", matter->number);
	json_out_field_text(out, "title", view_title(view));
	json_out_field_text(out, "procedure", procedure->name);
	json_out_field_text(
		out, "procedure_title", pick_label(&view->teller, procedure->title, procedure->name));
	json_out_field_int(out, "definition", matter->definition);
	json_out_field_text(out, "grasp", str_from(grasp_name(procedure->grasp)));
	json_out_field_text(out, "state", STR(""));
	json_out_field_text(out, "state_label", STR(""));
	json_out_field_text(out, "lamp", str_from(lamp_colour_name(LAMP_GREY)));
	json_out_field_text(out, "lamp_reason", STR(""));
	json_out_field_bool(out, "late", false);
	json_out_field_int(out, "version", view->version);
	json_out_field_int(out, "event", 0);
	put_values(view, procedure->fields, procedure->field_count, told, out);
	view_put_shown(view, procedure->fields, procedure->field_count, told, out);
}

void view_put_told(const struct matter_view *view, bool own, struct json_out *out)
{
	json_out_key(out, own ? "written" : "served");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->told_count; i++) {
		const struct view_told *told = &view->told[i];

		if (told->own != own)
			continue;
		json_out_open(out, '{');
		json_out_field_int(out, "event", told->event->index);
		put_instant(&view->teller, out, "time", told->event->time);
		json_out_field_text(out, "headline", view_headline(view, told->event));
		put_some(out, "text", doc_get_text(told->event->payload, "text"));
		view_put_shown(
			view, told->fields, told->values == NULL ? 0 : told->field_count, told->values, out);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_head(const struct matter_view *view, struct json_out *out)
{
	const struct matter *matter = view->matter;
	const struct procedure *procedure = matter->procedure;

	json_out_field_int(out, "id", matter->id);
	json_out_field_text(out, "number", matter->number);
	json_out_field_text(out, "title", doc_get_text(matter->fields, "title"));
	json_out_field_text(out, "procedure", procedure->name);
	json_out_field_text(
		out, "procedure_title", pick_label(&view->teller, procedure->title, procedure->name));
	json_out_field_int(out, "definition", matter->definition);
	json_out_field_text(out, "grasp", str_from(grasp_name(procedure->grasp)));
	put_state(view, out);
	json_out_field_int(out, "version", view->version);
	json_out_field_int(out, "event", matter->last_index);
	if (matter->progress >= 0)
		json_out_field_int(out, "progress", matter->progress);
	put_parent(view, out);
	put_instant(&view->teller, out, "opened", matter->opened);
	put_instant(&view->teller, out, "ended", matter->ended);
	put_instant(&view->teller, out, "suspended_until", matter->suspended_until);
	put_values(view, procedure->fields, procedure->field_count, matter->fields, out);
	view_put_shown(view, procedure->fields, procedure->field_count, matter->fields, out);
	if (!view->door && view->event_count > 0 && doc_get(view->events[0].payload, "letter") != NULL)
		json_out_field_bool(out, "anonymous", true);
}

/* ---- what is owed ---- */

static void put_duty(const struct matter_view *view, const struct duty *duty, struct json_out *out)
{
	json_out_open(out, '{');
	json_out_field_int(out, "id", duty->id);
	json_out_field_text(out, "kind", str_from(duty_kind_name(duty->kind)));
	if (duty->kind == DUTY_DECIDE)
		json_out_field_int(out, "request", duty->about);
	json_out_field_text(out, "name", view_duty_name(view, duty));
	json_out_field_text(out, "state", str_from(duty_state_name(duty->state)));
	put_bearer(&view->teller, out, duty->unit, duty->post, duty->person, view->today);
	put_instant(&view->teller, out, "armed", duty->armed);
	put_instant(&view->teller, out, "due", duty->due);
	put_some(out, "due_day", tell_day(&view->teller, duty->due));
	put_instant(&view->teller, out, "closed", duty->closed);
	if (duty->state == DUTY_PAUSED)
		json_out_field_int(out, "remaining_days", duty->remaining_days);
	json_out_field_bool(out, "overdue", duty->state == DUTY_OPEN && duty->due.us <= view->now.us);
	json_out_field_bool(out, "breached", duty->breached);
	if (!duty->breached && !instant_is_none(duty->missed))
		put_some(out, "missed_day", tell_day(&view->teller, duty->missed));
	json_out_field_bool(out, "extended", duty->extended);
	json_out_field_bool(out, "provisional", duty->provisional);
	json_out_field_text(out, "basis", view_basis(view, duty));
	if (view->person != 0 && duty->kind != DUTY_RULE)
		json_out_field_bool(out, "may_answer", view_may_answer(view, duty));
	json_out_close(out, '}');
}

static void put_duties(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "duties");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->duty_count; i++)
		put_duty(view, &view->duties[i], out);
	json_out_close(out, ']');
}

/* ---- what may be done ---- */

/* What a field that sets one of the matter has now. Who is expected at a meeting of a body is proposed: all
 * its members. */
static const struct doc *value_now(const struct matter_view *view, const struct field *field)
{
	const struct procedure *procedure = view->matter->procedure;
	const struct doc *fields = view->matter->fields, *value;

	if (field->sets < 0 || view->door)
		return NULL;
	value = doc_get_str(fields, procedure->fields[field->sets].name);
	return value != NULL || field->sets != procedure->meeting.fields[MEETING_EXPECTED]
		       ? value
		       : meeting_members(view->teller.arena, procedure, fields, view->teller.institution->org,
				 view->today);
}

/* What an action asks to be filled in, and what stands there already. */
static void put_action_form(const struct matter_view *view, const struct action *action, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;
	struct arena *arena = view->teller.arena;
	struct doc *now = doc_object(arena);

	json_out_field_text(out, "evidence", str_from(form_evidence(action->evidence)));
	if (action->to >= 0 && !view->door)
		json_out_field_text(out, "to", procedure->states[action->to].name);
	form_put_fields(&view->teller, out, action->fields, action->field_count);
	if (action->tells_reporter_count > 0 && !view->door) {
		json_out_key(out, "tells_reporter");
		json_out_open(out, '[');
		for (size_t i = 0; i < action->tells_reporter_count; i++)
			json_out_text(out, action->tells_reporter[i]);
		json_out_close(out, ']');
	}
	for (size_t i = 0; i < action->field_count; i++) {
		const struct field *field = &action->fields[i];
		const struct doc *value = value_now(view, field);

		if (value != NULL && !is_hidden(view, field, value))
			doc_set_str(arena, now, field->name, doc_copy(arena, value));
	}
	json_out_key(out, "values");
	json_out_tree(out, now);
}

static void put_possible(const struct matter_view *view, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;

	json_out_key(out, "possible");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->possible_count; i++) {
		const struct possible *possible = &view->possible[i];
		const struct action *action =
			possible->action < 0 ? NULL : &procedure->actions[possible->action];
		const struct request_rule *request =
			action != NULL ? NULL : &procedure->requests[possible->request];
		struct str name = action != NULL ? action->name : request->name;

		json_out_open(out, '{');
		json_out_field_text(out, action != NULL ? "action" : "request", name);
		json_out_field_text(out, "label",
			pick_label(&view->teller, action != NULL ? action->label : request->label, name));
		json_out_field_bool(out, "may", possible->may);
		if (!possible->may) {
			json_out_field_text(out, "rule", possible->rule);
			json_out_field_text(
				out, "why", view->teller.chinese ? possible->why_zh : possible->why_en);
		} else if (action != NULL) {
			put_action_form(view, action, out);
		} else {
			form_put_fields(&view->teller, out, request->fields, request->field_count);
		}
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_letters(const struct matter_view *view, struct json_out *out)
{
	const struct org *org = view->teller.institution->org;
	size_t count = 0;
	const struct letter_entry *entries = view->person == 0 || view->door
						     ? NULL
						     : matter_letters(view->matter, view->person,
							       &view->world, view->teller.arena, &count);

	if (count == 0)
		return;
	json_out_key(out, "letters");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct action *action = &view->matter->procedure->actions[entries[i].action];

		json_out_open(out, '{');
		json_out_field_text(out, "action", action->name);
		json_out_field_text(out, "label", pick_label(&view->teller, action->label, action->name));
		json_out_field_text(out, "of", org_person(org, entries[i].of)->code);
		json_out_field_text(out, "of_name", tell_person(&view->teller, entries[i].of));
		put_action_form(view, action, out);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_sayable(const struct matter_view *view, struct json_out *out)
{
	static const struct {
		const char *key;
		enum command_kind kind;
	} words[] = {{"note", COMMAND_NOTE}, {"urge", COMMAND_URGE}, {"instruct", COMMAND_INSTRUCT},
		{"follow", COMMAND_FOLLOW}, {"unfollow", COMMAND_UNFOLLOW}, {"resume", COMMAND_RESUME}};

	if (view->person == 0 || view->door)
		return;
	json_out_key(out, "may");
	json_out_open(out, '{');
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		json_out_field_bool(out, words[i].key, view_may_say(view, words[i].kind));
	json_out_close(out, '}');
}

/* ---- what hangs on it ---- */

static void put_requests(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "requests");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->request_count; i++) {
		const struct view_request *request = &view->requests[i];
		struct str name = doc_get_text(request->asked->payload, "rule");
		size_t count;
		const struct field *fields = view_fields(view, request->asked, &count);
		const struct doc *values = doc_get(request->asked->payload, "fields");

		json_out_open(out, '{');
		json_out_field_int(out, "id", request->id);
		json_out_field_text(out, "request", name);
		json_out_field_text(out, "label",
			request->rule == NULL ? name : pick_label(&view->teller, request->rule->label, name));
		json_out_field_text(out, "state", str_from(request_state_name(request->state)));
		json_out_field_text(out, "asker", view_actor(view, request->asked));
		put_instant(&view->teller, out, "asked", request->asked->time);
		if (request->decided != NULL)
			put_instant(&view->teller, out, "decided", request->decided->time);
		put_values(view, fields, count, values, out);
		view_put_shown(view, fields, count, values, out);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_rules(const struct matter_view *view, struct json_out *out)
{
	json_out_key(out, "rules");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->rule_count; i++) {
		const struct rule_tie *tie = &view->rules[i];

		json_out_open(out, '{');
		json_out_field_int(out, "rule", tie->rule);
		json_out_field_int(out, "version", tie->version);
		json_out_field_text(
			out, "title", label_pick(tie->title, STR(""), teller_lang(&view->teller)));
		json_out_field_text(out, "how", tie->how);
		json_out_field_text(out, "how_label",
			str_from(tell_word(&view->teller, str_copy(view->teller.arena, tie->how).data)));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_parts(const struct matter_view *view, struct json_out *out)
{
	if (!view->door)
		put_some(out, "parts_of", view->matter->procedure->children.of);
	json_out_key(out, "parts");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->part_count; i++)
		line_put_matter(&view->teller, out, &view->parts[i]);
	json_out_close(out, ']');
	json_out_field_bool(out, "more_parts", view->more_parts);
}

static enum err put_ties(const struct matter_view *view, struct json_out *out, struct bh_err *reterr)
{
	json_out_key(out, "links");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->link_count; i++)
		line_put_link(&view->teller, out, &view->links[i]);
	json_out_close(out, ']');
	json_out_key(out, "packages");
	matter_packages_put(&view->teller, view->packages, view->package_count, view->peers, out);
	return matter_view_put_evidence(view, out, reterr);
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
		json_out_field_text(out, "post_name", tell_post(&view->teller, handover->post));
		if (handover->before != 0) {
			json_out_field_text(out, "before", org_person(org, handover->before)->code);
			json_out_field_text(out, "before_name", tell_person(&view->teller, handover->before));
		}
		if (handover->after != 0) {
			json_out_field_text(out, "after", org_person(org, handover->after)->code);
			json_out_field_text(out, "after_name", tell_person(&view->teller, handover->after));
		}
		json_out_field_text(out, "duties", handover->duties);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

enum err matter_view_put(const struct matter_view *view, struct json_out *out, struct bh_err *reterr)
{
	if (view->door) {
		put_door_head(view, out);
		view_put_told(view, false, out);
		view_put_told(view, true, out);
	} else {
		put_head(view, out);
	}
	put_duties(view, out);
	put_possible(view, out);
	put_letters(view, out);
	put_sayable(view, out);
	if (view->person != 0 && !view->door)
		check_in_put(&view->teller, view->matter, view->person, view->today, out);
	put_requests(view, out);
	put_rules(view, out);
	put_parts(view, out);
	TRY(put_ties(view, out, reterr));
	put_handovers(view, out);
	return ERR_OK;
}
