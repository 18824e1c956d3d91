#include "check/known.h"

struct known {
	struct arena *arena;
	struct doc *separation, *evidence, *consequence, *parts_first;
};

static void push(
	struct known *known, struct doc *list, int64_t definition, struct str first, struct str second)
{
	struct doc *row = doc_list(known->arena);

	doc_push(known->arena, row, doc_int(known->arena, definition));
	doc_push(known->arena, row, doc_text(known->arena, first));
	if (second.size > 0)
		doc_push(known->arena, row, doc_text(known->arena, second));
	doc_push(known->arena, list, row);
}

static void know(struct known *known, int64_t id, const struct procedure *procedure)
{
	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];

		if (action->evidence == EVIDENCE_REQUIRED)
			push(known, known->evidence, id, action->name, STR_NONE);
		for (size_t j = 0; j < action->not_by_count; j++)
			push(known, known->separation, id, action->name,
				procedure->actions[action->not_by[j]].name);
	}
	for (size_t i = 0; i < procedure->duty_count; i++)
		if (procedure->duties[i].breach.opens.procedure.size > 0)
			push(known, known->consequence, id, procedure->duties[i].name,
				procedure->duties[i].breach.opens.procedure);
	for (size_t i = 0; i < procedure->request_count; i++)
		if (procedure->requests[i].breach.opens.procedure.size > 0)
			push(known, known->consequence, id, procedure->requests[i].name,
				procedure->requests[i].breach.opens.procedure);
	if (procedure->children.close_before_parent)
		doc_push(known->arena, known->parts_first, doc_int(known->arena, id));
}

enum err known_of_definitions(
	struct store *store, struct arena *arena, struct str *ret_known, struct bh_err *reterr)
{
	struct known known = {arena, doc_list(arena), doc_list(arena), doc_list(arena), doc_list(arena)};
	struct doc *all = doc_object(arena);
	struct stored_definition *definitions;
	size_t count;

	TRY(store_definitions(store, arena, &definitions, &count, reterr));
	for (size_t i = 0; i < count; i++) {
		struct findings findings = findings_new(arena);
		const struct procedure *procedure =
			procedure_read(arena, definitions[i].file, definitions[i].text, &findings);

		if (procedure == NULL)
			return err_set(reterr, ERR_TAMPERED, "definition",
				"the adopted definition %.*s can't be read any more: run bihuan replay",
				STR_ARG(definitions[i].procedure));
		know(&known, definitions[i].id, procedure);
	}
	doc_set(arena, all, "separation", known.separation);
	doc_set(arena, all, "evidence", known.evidence);
	doc_set(arena, all, "consequence", known.consequence);
	doc_set(arena, all, "parts_first", known.parts_first);
	*ret_known = doc_print(arena, all);
	return ERR_OK;
}
