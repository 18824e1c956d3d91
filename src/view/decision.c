/* decision.c: what was decided about a person, as they may read it themselves whether or not they hold a
 * post: what is in effect on them, and what a compartment served on them. A compartment that has told nothing
 * isn't here. */
#include "view/matter_view.h"
#include "view/put.h"

#define ABOUT_MAX 200

static bool enters_effect(const struct procedure *procedure, const struct action *action)
{
	for (size_t i = 0; i < procedure->effect.in_count; i++)
		if (action->to == procedure->effect.in[i] && !action_leaves(action, action->to))
			return true;
	return false;
}

static bool says(const struct action *action, struct str name)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (str_equal(action->fields[i].name, name))
			return true;
	return false;
}

/* The fields of the matter that the deciding acts fill in. */
static void put_decided(const struct matter_view *view, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;
	struct field *fields = ARENA_TAKE(view->teller.arena, procedure->field_count + 1, struct field);
	size_t count = 0;

	for (size_t i = 0; i < procedure->field_count; i++)
		for (size_t k = 0; k < procedure->action_count; k++)
			if (enters_effect(procedure, &procedure->actions[k]) &&
				says(&procedure->actions[k], procedure->fields[i].name)) {
				fields[count++] = procedure->fields[i];
				break;
			}
	view_put_shown(view, fields, count, view->matter->fields, out);
}

/* Is an appeal open now? It is while the matter stands where one may be made. */
static bool may_be_appealed(const struct matter *matter)
{
	const struct procedure *procedure = matter->procedure;

	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].purpose == PURPOSE_APPEAL &&
			action_leaves(&procedure->actions[i], matter->state))
			return true;
	return false;
}

static void put_head(const struct matter_view *view, struct str title, struct json_out *out)
{
	const struct procedure *procedure = view->matter->procedure;

	json_out_field_int(out, "matter", view->matter->id);
	json_out_field_text(out, "number", view->matter->number);
	json_out_field_text(out, "title", title);
	json_out_field_text(
		out, "procedure_title", pick_label(&view->teller, procedure->title, procedure->name));
	json_out_field_bool(out, "appeal", may_be_appealed(view->matter));
}

static enum err put_effect(const struct matter_ask *ask, const struct effect *effect, struct json_out *out,
	struct bh_err *reterr)
{
	struct matter_view view = {.teller = ask->teller,
		.store = ask->store,
		.viewer = ask->viewer,
		.person = ask->person,
		.now = ask->now,
		.today = instant_day(ask->now, ask->teller.institution->offset_minutes)};

	TRY(institution_matter(ask->teller.institution, ask->store, ask->teller.arena, effect->matter,
		&view.matter, reterr));
	const struct state *state = &view.matter->procedure->states[view.matter->state];

	json_out_open(out, '{');
	put_head(&view, effect->title, out);
	json_out_field_text(out, "state_label", pick_label(&view.teller, state->label, state->name));
	json_out_field_text(out, "until", day_print(ask->teller.arena, effect->until));
	put_decided(&view, out);
	json_out_key(out, "served");
	json_out_open(out, '[');
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err put_effects(const struct matter_ask *ask, struct json_out *out, struct bh_err *reterr)
{
	const struct institution *institution = ask->teller.institution;
	const struct effect_ask what = {.viewer = ask->viewer,
		.definitions = institution->in_force,
		.definition_count = institution->in_force_count,
		.person = ask->person,
		.procedure = institution_procedure,
		.context = (void *)(uintptr_t)institution};
	struct effect *effects;
	size_t count;

	TRY(store_effect_list(ask->store, ask->teller.arena, &what, &effects, &count, reterr));
	for (size_t i = 0; i < count; i++)
		TRY(put_effect(ask, &effects[i], out, reterr));
	return ERR_OK;
}

static bool was_served(const struct matter_view *view)
{
	for (size_t i = 0; i < view->told_count; i++)
		if (!view->told[i].own)
			return true;
	return false;
}

static enum err put_about(
	const struct matter_ask *ask, int64_t matter, struct json_out *out, struct bh_err *reterr)
{
	struct matter_view *view = ARENA_TAKE(ask->teller.arena, 1, struct matter_view);
	enum err err = matter_served_read(ask, matter, view, reterr);

	if (err != ERR_OK)
		return err == ERR_NOT_FOUND ? ERR_OK : err;
	if (!was_served(view))
		return ERR_OK;
	json_out_open(out, '{');
	put_head(view, view_title(view), out);
	json_out_key(out, "shown");
	json_out_open(out, '[');
	json_out_close(out, ']');
	view_put_told(view, false, out);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err decision_list_put(const struct matter_ask *ask, struct json_out *out, struct bh_err *reterr)
{
	int64_t *matters;
	size_t count;

	REQUIRE(ask->viewer != NULL && ask->person == ask->viewer->person && ask->person != 0);
	TRY(put_effects(ask, out, reterr));
	TRY(store_about_list(
		ask->store, ask->teller.arena, ask->viewer, ABOUT_MAX, &matters, &count, reterr));
	for (size_t i = 0; i < count; i++)
		TRY(put_about(ask, matters[i], out, reterr));
	return ERR_OK;
}
