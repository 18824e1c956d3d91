/* letter_view.c: a report without a name as its maker reads it: gathered as for the operator, and then only
 * what is theirs is printed. */
#include "view/letter_view.h"
#include "view/form.h"
#include "view/put.h"

/* ---- forms ---- */

const struct field *letter_fields(struct arena *arena, const struct procedure *procedure, size_t *ret_count)
{
	size_t count = procedure->letters.field_count;
	struct field *fields = ARENA_TAKE(arena, count + 1, struct field);

	/* The reader refuses a name that is no field. */
	for (size_t i = 0; i < count; i++)
		fields[i] = procedure->fields[procedure_field(procedure, procedure->letters.fields[i])];
	*ret_count = count;
	return fields;
}

/* Who reads it: whoever acts first. */
static struct str read_by(const struct teller *teller, const struct procedure *procedure, struct day today)
{
	for (size_t i = 0; i < procedure->action_count; i++) {
		if (!action_leaves(&procedure->actions[i], procedure->start))
			continue;
		struct doc *none = doc_object(teller->arena);
		struct bearer by = matter_bearer(
			procedure, none, procedure->actions[i].by, teller->institution->org, today);

		return by.unit != 0 ? tell_unit(teller, by.unit) : tell_post(teller, by.post);
	}
	return STR("");
}

static void put_form(const struct teller *teller, const struct procedure *procedure, struct day today,
	struct json_out *out)
{
	size_t count;
	const struct field *fields = letter_fields(teller->arena, procedure, &count);

	json_out_open(out, '{');
	json_out_field_text(out, "procedure", procedure->name);
	json_out_field_text(out, "title", pick_label(teller, procedure->title, procedure->name));
	json_out_field_text(out, "read_by", read_by(teller, procedure, today));
	form_put_fields(teller, out, fields, count);
	json_out_close(out, '}');
}

void letter_forms_put(const struct teller *teller, struct day today, struct json_out *out)
{
	const struct institution *institution = teller->institution;
	const struct org *org = institution->org;

	json_out_key(out, "forms");
	json_out_open(out, '[');
	for (size_t i = 0; i < institution->in_force_count; i++)
		if (institution->in_force[i].procedure->letters.place.line > 0)
			put_form(teller, institution->in_force[i].procedure, today, out);
	json_out_close(out, ']');
	json_out_key(out, "units");
	json_out_open(out, '[');
	for (size_t i = 0; i < org_unit_count(org); i++) {
		if (org_unit_has_ended(org, org_unit_at(org, i)->id))
			continue;
		json_out_open(out, '{');
		json_out_field_text(out, "code", org_unit_at(org, i)->code);
		json_out_field_text(out, "name", tell_unit(teller, org_unit_at(org, i)->id));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* ---- messages ---- */

static void put_values(const struct teller *teller, const struct field *fields, size_t count,
	const struct doc *values, struct json_out *out)
{
	json_out_key(out, "shown");
	json_out_open(out, '[');
	for (size_t i = 0; values != NULL && i < count; i++) {
		const struct doc *value = doc_get_str(values, fields[i].name);

		if (value == NULL)
			continue;
		json_out_open(out, '{');
		json_out_field_text(out, "name", fields[i].name);
		json_out_field_text(out, "label", pick_label(teller, fields[i].label, fields[i].name));
		json_out_field_text(out, "type", str_from(field_type_name(fields[i].type)));
		json_out_field_text(out, "text",
			field_value_print(teller->arena, &fields[i], value, teller->institution->org,
				teller_lang(teller)));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_files(const struct doc *evidence, struct json_out *out)
{
	json_out_key(out, "files");
	json_out_open(out, '[');
	for (size_t i = 0; evidence != NULL && i < evidence->count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "name", doc_get_text(&evidence->items[i], "name"));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* What its maker wrote: the payload of an event, or the body of a row that waits. */
static void put_own(const struct teller *teller, const struct procedure *procedure, struct str day,
	const struct doc *said, struct json_out *out)
{
	size_t count;
	const struct field *fields = letter_fields(teller->arena, procedure, &count);

	json_out_open(out, '{');
	json_out_field_text(out, "day", day);
	json_out_field_text(out, "by", STR("reporter"));
	put_some(out, "text", doc_get_text(said, "text"));
	put_values(teller, fields, count, doc_get(said, "fields"), out);
	put_files(doc_get(said, "evidence"), out);
	json_out_close(out, '}');
}

static const struct field *field_named(const struct field *fields, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(fields[i].name, name))
			return &fields[i];
	return NULL;
}

/* What an act of the office tells them: its own fields as they were filled in, else those of the matter as
 * they stand. */
static void put_answer(const struct matter_view *view, const struct view_event *event,
	const struct action *action, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;
	const struct teller *teller = &view->teller;
	const struct doc *given = doc_get(event->payload, "fields");
	struct field *fields = ARENA_TAKE(teller->arena, action->tells_reporter_count + 1, struct field);
	struct doc *values = doc_object(teller->arena);

	for (size_t i = 0; i < action->tells_reporter_count; i++) {
		struct str name = action->tells_reporter[i];
		const struct field *field = field_named(action->fields, action->field_count, name);
		const struct doc *value = given == NULL ? NULL : doc_get_str(given, name);

		if (field == NULL)
			field = field_named(procedure->fields, procedure->field_count, name);
		REQUIRE(field != NULL); /* the reader refuses it else */
		fields[i] = *field;
		if (value == NULL)
			value = doc_get_str(view->matter->fields, name);
		if (value != NULL)
			doc_set_str(teller->arena, values, name, doc_copy(teller->arena, value));
	}
	json_out_open(out, '{');
	json_out_field_text(out, "day",
		day_print(teller->arena, instant_day(event->time, teller->institution->offset_minutes)));
	json_out_field_text(out, "by", STR("office"));
	put_some(out, "headline", pick_label(teller, action->label, action->name));
	put_values(teller, fields, action->tells_reporter_count, values, out);
	put_files(NULL, out);
	json_out_close(out, '}');
}

static void put_event(const struct matter_view *view, const struct view_event *event, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;
	int action = event->kind == EVENT_MATTER_ACTED
			     ? procedure_action(procedure, doc_get_text(event->payload, "action"))
			     : -1;

	if (doc_get(event->payload, "letter") != NULL || doc_get_bool(event->payload, "reporter"))
		put_own(&view->teller, procedure, doc_get_text(event->payload, "came"), event->payload, out);
	else if (action >= 0 && procedure->actions[action].tells_reporter_count > 0)
		put_answer(view, event, &procedure->actions[action], out);
}

static enum err put_waiting(const struct teller *teller, const struct procedure *procedure,
	const struct letter_part *parts, size_t count, struct json_out *out, struct bh_err *reterr)
{
	for (size_t i = 0; i < count; i++) {
		struct doc *body;

		TRY(doc_read_canonical(teller->arena, parts[i].body, &body, reterr));
		put_own(teller, procedure, day_print(teller->arena, parts[i].came), body, out);
	}
	return ERR_OK;
}

/* ---- the whole ---- */

static void put_due(const struct matter_view *view, struct json_out *out)
{
	struct instant due = INSTANT_NONE;

	for (size_t i = 0; i < view->duty_count; i++)
		if (view->duties[i].state == DUTY_OPEN &&
			(instant_is_none(due) || view->duties[i].due.us < due.us))
			due = view->duties[i].due;
	if (!instant_is_none(due))
		json_out_field_text(out, "due", tell_day(&view->teller, due));
}

static void put_title(const struct teller *teller, const struct procedure *procedure, struct json_out *out)
{
	json_out_field_text(out, "title", pick_label(teller, procedure->title, procedure->name));
}

static enum err put_recorded(const struct matter_ask *ask, int64_t matter, const struct letter_part *parts,
	size_t count, struct json_out *out, struct bh_err *reterr)
{
	struct matter_view *view = ARENA_TAKE(ask->teller.arena, 1, struct matter_view);

	TRY(view_gather(ask, matter, view, reterr));
	const struct procedure *procedure = view->matter->procedure;
	const struct state *state = &procedure->states[view->matter->state];

	put_title(&view->teller, procedure, out);
	json_out_field_bool(out, "waits", false);
	json_out_field_text(out, "number", view->matter->number);
	json_out_field_int(out, "index", view->events[0].index);
	json_out_field_text(out, "state", pick_label(&view->teller, state->label, state->name));
	json_out_field_bool(out, "ended", !instant_is_none(view->matter->ended));
	put_due(view, out);
	json_out_key(out, "messages");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->event_count; i++)
		put_event(view, &view->events[i], out);
	TRY(put_waiting(&view->teller, procedure, parts, count, out, reterr));
	json_out_close(out, ']');
	return ERR_OK;
}

/* The report itself waits: what it is of stands in its first part. */
static enum err put_unrecorded(const struct matter_ask *ask, const struct letter_part *parts, size_t count,
	struct json_out *out, struct bh_err *reterr)
{
	const struct definition *definition;
	struct doc *body;

	TRY(doc_read_canonical(ask->teller.arena, parts[0].body, &body, reterr));
	TRY(institution_definition(ask->teller.institution, ask->teller.arena,
		doc_get_text(body, "procedure"), &definition, reterr));
	put_title(&ask->teller, definition->procedure, out);
	json_out_field_bool(out, "waits", true);
	json_out_field_bool(out, "ended", false);
	json_out_key(out, "messages");
	json_out_open(out, '[');
	TRY(put_waiting(&ask->teller, definition->procedure, parts, count, out, reterr));
	json_out_close(out, ']');
	return ERR_OK;
}

enum err letter_view_put(
	const struct matter_ask *ask, struct str code, struct json_out *out, struct bh_err *reterr)
{
	struct letter_part *parts;
	size_t count;
	int64_t matter = 0;

	TRY(store_snapshot_begin(ask->store, reterr));
	enum err found = store_letter_find(ask->store, code, &matter, reterr), err;

	err = store_letter_waiting(ask->store, ask->teller.arena, code, &parts, &count, reterr);
	if (err == ERR_OK && found == ERR_OK)
		err = put_recorded(ask, matter, parts, count, out, reterr);
	else if (err == ERR_OK && found == ERR_NOT_FOUND && count > 0)
		err = put_unrecorded(ask, parts, count, out, reterr);
	else if (err == ERR_OK)
		err = found;
	store_snapshot_end(ask->store);
	return err;
}
