/* procedure_json.c: a definition printed with the names by which its writers know its parts. */
#include "view/form.h"
#include "view/procedure_view.h"
#include "view/put.h"

struct print {
	const struct teller *teller;
	struct json_out *out;
	const struct procedure *procedure;
};

static void open_list(const struct print *print, const char *key)
{
	json_out_key(print->out, key);
	json_out_open(print->out, '[');
}

static void put_named(const struct print *print, struct str name, struct label label)
{
	json_out_field_text(print->out, "name", name);
	json_out_field_text(print->out, "label", pick_label(print->teller, label, name));
}

static void put_role(const struct print *print, const char *key, int role)
{
	if (role >= 0)
		json_out_field_text(print->out, key, print->procedure->roles[role].name);
}

static void put_states(const struct print *print, const char *key, const int *states, size_t count)
{
	open_list(print, key);
	for (size_t i = 0; i < count; i++)
		json_out_text(print->out, print->procedure->states[states[i]].name);
	json_out_close(print->out, ']');
}

static void put_actions(const struct print *print, const char *key, const int *actions, size_t count)
{
	open_list(print, key);
	for (size_t i = 0; i < count; i++)
		json_out_text(print->out, print->procedure->actions[actions[i]].name);
	json_out_close(print->out, ']');
}

static void put_basis(const struct print *print, const struct basis *basis, size_t count)
{
	open_list(print, "basis");
	for (size_t i = 0; i < count; i++) {
		json_out_open(print->out, '{');
		json_out_field_text(print->out, "rule", basis[i].rule);
		put_some(print->out, "article", basis[i].article);
		put_some(print->out, "note", basis[i].note);
		json_out_field_bool(print->out, "confirm", basis[i].confirm);
		json_out_close(print->out, '}');
	}
	json_out_close(print->out, ']');
}

static void put_term(const struct print *print, const char *key, struct term term)
{
	if (term.amount > 0)
		json_out_field_text(print->out, key, term_print(print->teller->arena, term));
}

/* {kind: within, term} · {kind: by, field} · {kind: every, period} · {kind: calendar, field, term} */
static void put_limit(const struct print *print, const char *key, const struct limit *limit)
{
	static const char *const kinds[] = {[LIMIT_WITHIN] = "within",
		[LIMIT_BY] = "by",
		[LIMIT_EVERY] = "every",
		[LIMIT_CALENDAR] = "calendar"};

	json_out_key(print->out, key);
	json_out_open(print->out, '{');
	json_out_field_text(print->out, "kind", str_from(kinds[limit->kind]));
	if (limit->kind == LIMIT_WITHIN || limit->kind == LIMIT_CALENDAR)
		put_term(print, "term", limit->term);
	if (limit->kind == LIMIT_BY || limit->kind == LIMIT_CALENDAR)
		json_out_field_text(print->out, "field", print->procedure->fields[limit->field].name);
	if (limit->kind == LIMIT_EVERY)
		json_out_field_text(print->out, "period", str_from(period_name(limit->period)));
	json_out_close(print->out, '}');
}

static void put_purpose(const struct print *print, enum purpose purpose)
{
	if (purpose != PURPOSE_NONE)
		json_out_field_text(
			print->out, "purpose", purpose == PURPOSE_HEARING ? STR("hearing") : STR("appeal"));
}

/* Who hears of it, and what it opens. */
static void put_breach(const struct print *print, const struct breach *breach)
{
	static const char *const kinds[] = {
		[REACH_ROLE] = "role", [REACH_HEAD] = "head", [REACH_SUPERIOR] = "superior"};

	open_list(print, "escalate");
	for (size_t i = 0; i < breach->escalate_count; i++) {
		json_out_open(print->out, '{');
		json_out_field_text(print->out, "kind", str_from(kinds[breach->escalate[i].kind]));
		put_role(print, "role", breach->escalate[i].role);
		json_out_close(print->out, '}');
	}
	json_out_close(print->out, ']');
	put_some(print->out, "opens", breach->opens.procedure);
}

/* ---- the parts ---- */

static void put_roles(const struct print *print)
{
	static const char *const kinds[] = {[ROLE_FUNCTION] = "function",
		[ROLE_FIELD] = "field",
		[ROLE_HEAD] = "head_of",
		[ROLE_SUPERIOR] = "superior_of"};

	open_list(print, "roles");
	for (size_t i = 0; i < print->procedure->role_count; i++) {
		const struct role *role = &print->procedure->roles[i];

		json_out_open(print->out, '{');
		put_named(print, role->name, role->label);
		json_out_field_text(print->out, "kind", str_from(kinds[role->kind]));
		json_out_field_text(print->out, "of",
			role->kind == ROLE_FUNCTION ? role->function
			: role->kind == ROLE_FIELD  ? print->procedure->fields[role->field].name
						    : print->procedure->roles[role->of].name);
		if (role->kind == ROLE_FUNCTION)
			json_out_field_text(print->out, "of_label",
				org_function_word(print->teller->institution->org, role->function,
					print->teller->chinese));
		json_out_close(print->out, '}');
	}
	json_out_close(print->out, ']');
}

static void put_all_states(const struct print *print)
{
	open_list(print, "states");
	for (size_t i = 0; i < print->procedure->state_count; i++) {
		const struct state *state = &print->procedure->states[i];

		json_out_open(print->out, '{');
		put_named(print, state->name, state->label);
		json_out_field_bool(print->out, "start", state->start);
		put_some(print->out, "end", str_from(end_kind_name(state->end)));
		json_out_close(print->out, '}');
	}
	json_out_close(print->out, ']');
}

static void put_all_actions(const struct print *print)
{
	open_list(print, "actions");
	for (size_t i = 0; i < print->procedure->action_count; i++) {
		const struct action *action = &print->procedure->actions[i];

		json_out_open(print->out, '{');
		put_named(print, action->name, action->label);
		put_role(print, "by", action->by);
		put_states(print, "from", action->from, action->from_count);
		if (action->to >= 0)
			json_out_field_text(print->out, "to", print->procedure->states[action->to].name);
		json_out_field_text(print->out, "evidence", str_from(form_evidence(action->evidence)));
		if (action_waits(action))
			put_limit(print, "not_before", &action->not_before);
		put_actions(print, "not_by", action->not_by, action->not_by_count);
		put_role(print, "answers_to", action->answers_to);
		put_some(print->out, "opens", action->opens.procedure);
		put_purpose(print, action->purpose);
		form_put_fields(print->teller, print->out, action->fields, action->field_count);
		json_out_close(print->out, '}');
	}
	json_out_close(print->out, ']');
}

static void put_duties(const struct print *print)
{
	open_list(print, "duties");
	for (size_t i = 0; i < print->procedure->duty_count; i++) {
		const struct duty_rule *duty = &print->procedure->duties[i];

		json_out_open(print->out, '{');
		put_named(print, duty->name, duty->label);
		put_role(print, "bearer", duty->bearer);
		put_states(print, "in", duty->in, duty->in_count);
		put_actions(print, "discharged_by", duty->discharged_by, duty->discharged_by_count);
		put_limit(print, "limit", &duty->limit);
		put_term(print, "warn", duty->warn);
		put_breach(print, &duty->breach);
		put_basis(print, duty->basis, duty->basis_count);
		json_out_close(print->out, '}');
	}
	json_out_close(print->out, ']');
}

static void put_requests(const struct print *print)
{
	open_list(print, "requests");
	for (size_t i = 0; i < print->procedure->request_count; i++) {
		const struct request_rule *request = &print->procedure->requests[i];

		json_out_open(print->out, '{');
		put_named(print, request->name, request->label);
		put_role(print, "by", request->by);
		put_role(print, "decided_by", request->decided_by);
		put_states(print, "in", request->in, request->in_count);
		if (request->moves >= 0)
			json_out_field_text(
				print->out, "moves", print->procedure->duties[request->moves].name);
		json_out_field_bool(print->out, "stops_all", request->stops_all);
		json_out_field_bool(print->out, "before_due", request->before_due);
		put_term(print, "decide_within", request->decide_within);
		put_purpose(print, request->purpose);
		put_breach(print, &request->breach);
		form_put_fields(print->teller, print->out, request->fields, request->field_count);
		json_out_close(print->out, '}');
	}
	json_out_close(print->out, ']');
}

/* As what its matters count. */
static void put_reported(struct json_out *out, const struct procedure *procedure)
{
	if (procedure->covers.place.line > 0 && procedure->covers.always != SUPERVISION_COUNT)
		json_out_field_text(out, "covers", str_from(supervision_name(procedure->covers.always)));
	if (procedure->study.place.line > 0)
		json_out_field_text(out, "study", str_from(study_name(procedure->study.as)));
	if (procedure->counts_as.place.line > 0)
		json_out_field_text(out, "counts_as", str_from(count_kind_name(procedure->counts_as.as)));
}

void procedure_put_head(const struct teller *teller, struct json_out *out,
	const struct definition *definition, int64_t person, struct day today)
{
	static const char *const visibilities[] = {[VISIBILITY_INSTITUTION] = "institution",
		[VISIBILITY_UNIT] = "unit",
		[VISIBILITY_COMPARTMENT] = "compartment"};
	const struct procedure *procedure = definition->procedure;
	const struct definition *newest = institution_in_force(teller->institution, procedure->name);

	json_out_field_text(out, "name", procedure->name);
	json_out_field_text(out, "title", pick_label(teller, procedure->title, procedure->name));
	json_out_field_text(out, "grasp", str_from(grasp_name(procedure->grasp)));
	json_out_field_int(out, "definition", definition->id);
	json_out_field_bool(out, "in_force", newest != NULL && newest->id == definition->id);
	json_out_field_text(out, "visibility", str_from(visibilities[procedure->visibility]));
	json_out_field_text(out, "number", procedure->number);
	put_some(out, "parts_of", procedure->children.of);
	put_reported(out, procedure);
	json_out_field_bool(out, "hears", procedure_must_hear(procedure));
	if (person != 0)
		json_out_field_bool(out, "may_open",
			newest != NULL && newest->id == definition->id &&
				matter_may_open(procedure, person, teller->institution->org, today));
}

void procedure_put_rules(const struct teller *teller, struct json_out *out, const struct procedure *procedure)
{
	const struct print print = {teller, out, procedure};

	put_basis(&print, procedure->basis, procedure->basis_count);
	json_out_field_bool(out, "accountability", procedure->accountability);
	json_out_field_bool(out, "close_before_parent", procedure->children.close_before_parent);
	json_out_field_bool(out, "weighted", procedure->children.weighted);
	put_term(&print, "answer_within", procedure->answer_within);
	form_put_fields(teller, out, procedure->fields, procedure->field_count);
	put_roles(&print);
	put_all_states(&print);
	put_all_actions(&print);
	put_duties(&print);
	put_requests(&print);
}
