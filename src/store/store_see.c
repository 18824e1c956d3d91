/* store_see.c: who may see a matter: one question, and what its answer needs of the definitions. */
#include "store/store_see.h"
#include "store/store_lines.h"

const char *visibility_name(enum visibility visibility)
{
	static const char *const names[] = {[VISIBILITY_INSTITUTION] = "institution",
		[VISIBILITY_UNIT] = "unit",
		[VISIBILITY_COMPARTMENT] = "compartment"};

	return names[visibility];
}

struct value value_viewer(const struct viewer *viewer)
{
	return viewer == NULL ? V_NULL : V_INT(viewer->person);
}

struct value value_viewer_today(struct arena *arena, const struct viewer *viewer)
{
	return viewer == NULL ? V_NULL : V_TEXT(day_print(arena, viewer->today));
}

enum err store_may_see(struct store *store, const struct viewer *viewer, int64_t matter, bool *ret_sees,
	struct bh_err *reterr)
{
	struct number found = {0};
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_MAY_SEE, take_number, &found, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(matter));

	arena_free(arena);
	*ret_sees = err == ERR_OK && found.found && found.value != 0;
	return err;
}

static enum err ask_of_matter(struct store *store, enum statement statement, const struct viewer *viewer,
	int64_t matter, bool *ret_there, struct bh_err *reterr)
{
	struct number found = {0};
	struct arena *arena = arena_new();
	enum err err = RUN(store, statement, take_number, &found, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(matter));

	arena_free(arena);
	*ret_there = err == ERR_OK && found.found && found.value != 0;
	return err;
}

enum err store_at_door(struct store *store, const struct viewer *viewer, int64_t matter, bool *ret_there,
	struct bh_err *reterr)
{
	return ask_of_matter(store, STMT_AT_DOOR, viewer, matter, ret_there, reterr);
}

enum err store_is_about(struct store *store, const struct viewer *viewer, int64_t matter, bool *ret_about,
	struct bh_err *reterr)
{
	return ask_of_matter(store, STMT_IS_ABOUT, viewer, matter, ret_about, reterr);
}

static enum err list_ids(struct store *store, enum statement statement, struct arena *arena,
	const struct viewer *viewer, int64_t limit, int64_t **ret_matters, size_t *ret_count,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, statement, line_of_id, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(limit)));
	LIST_GIVE(list, ret_matters, ret_count);
	return ERR_OK;
}

enum err store_door_list(struct store *store, struct arena *arena, const struct viewer *viewer, int64_t limit,
	int64_t **ret_matters, size_t *ret_count, struct bh_err *reterr)
{
	return list_ids(store, STMT_DOOR_LIST, arena, viewer, limit, ret_matters, ret_count, reterr);
}

enum err store_about_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t limit, int64_t **ret_matters, size_t *ret_count, struct bh_err *reterr)
{
	return list_ids(store, STMT_ABOUT_LIST, arena, viewer, limit, ret_matters, ret_count, reterr);
}

enum err store_door_evidence(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str hash, int64_t **ret_matters, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_DOOR_EVIDENCE, line_of_id, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_TEXT(hash)));
	LIST_GIVE(list, ret_matters, ret_count);
	return ERR_OK;
}

/* ---- what a definition says of it ---- */

enum err see_functions(
	struct store *store, int64_t definition, const struct procedure *procedure, struct bh_err *reterr)
{
	for (size_t i = 0; i < procedure->role_count; i++)
		if (procedure->roles[i].kind == ROLE_FUNCTION)
			TRY(RUN(store, STMT_DEFINITION_FUNCTION_PUT, NULL, NULL, reterr, V_INT(definition),
				V_TEXT(procedure->roles[i].function)));
	return ERR_OK;
}

/* A role that begins at a function or a field, and the steps from there, in the order they are taken. */
static enum err put_subject(struct store *store, struct arena *arena, int64_t matter, int role,
	const struct procedure *procedure, const struct doc *fields, struct bh_err *reterr)
{
	struct str steps = STR("");
	const struct role *base = &procedure->roles[role];
	int64_t unit = 0, post = 0, person = 0;

	/* The reader refuses circles of roles, so this ends. */
	for (; base->kind == ROLE_HEAD || base->kind == ROLE_SUPERIOR; base = &procedure->roles[base->of])
		steps = str_format(arena, "%c%.*s", base->kind == ROLE_HEAD ? 'h' : 's', STR_ARG(steps));
	if (base->kind == ROLE_FIELD) {
		const struct field *field = &procedure->fields[base->field];
		const struct doc *value = doc_get_str(fields, field->name);
		int64_t id = value != NULL && value->kind == DOC_INT ? value->number : 0;

		unit = field->type == FIELD_UNIT ? id : 0;
		post = field->type == FIELD_POST ? id : 0;
		person = field->type == FIELD_PERSON ? id : 0;
	}
	return RUN(store, STMT_SUBJECT_PUT, NULL, NULL, reterr, V_INT(matter), V_INT(role),
		V_WORD(base->kind == ROLE_FUNCTION ? base->function : STR_NONE), V_ID(unit), V_ID(post),
		V_ID(person), V_TEXT(steps));
}

enum err see_subjects(struct store *store, struct arena *arena, int64_t matter,
	const struct procedure *procedure, const struct doc *fields, struct bh_err *reterr)
{
	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].purpose != PURPOSE_NONE)
			TRY(put_subject(
				store, arena, matter, procedure->actions[i].by, procedure, fields, reterr));
	return procedure->letters.place.line > 0 ? put_subject(store, arena, matter, procedure->letters.about,
							   procedure, fields, reterr)
						 : ERR_OK;
}
