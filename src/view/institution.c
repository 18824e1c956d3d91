/* institution.c: the institution loaded, and what is looked up in it. */
#include "view/institution.h"
#include "view/unknown.h"

/* ---- loading ---- */

static enum err load_definitions(
	struct store *store, struct arena *arena, struct institution *institution, struct bh_err *reterr)
{
	struct stored_definition *stored;
	struct findings findings = findings_new(arena);
	size_t count;

	TRY(store_definitions(store, arena, &stored, &count, reterr));
	institution->definitions = ARENA_TAKE(arena, count + 1, struct definition);
	institution->in_force = ARENA_TAKE(arena, count + 1, struct definition);
	institution->definition_count = count;
	for (size_t i = 0; i < count; i++) {
		const struct procedure *procedure =
			procedure_read(arena, stored[i].file, stored[i].text, &findings);
		size_t at = 0;

		if (procedure == NULL || stored[i].id != (int64_t)i + 1)
			return err_set(reterr, ERR_BROKEN, stored[i].procedure.data,
				"the adopted definition can't be read any more: run bihuan doctor");
		institution->definitions[i] = (struct definition){.id = stored[i].id, .procedure = procedure};
		while (at < institution->in_force_count &&
			!str_equal(institution->in_force[at].procedure->name, procedure->name))
			at++;
		institution->in_force[at] = institution->definitions[i];
		if (at == institution->in_force_count)
			institution->in_force_count++;
		procedure_call_functions(procedure, institution->org);
	}
	return ERR_OK;
}

static enum err load(
	struct store *store, struct arena *arena, struct institution *institution, struct bh_err *reterr)
{
	struct store_institution stored;

	TRY(store_institution_get(store, arena, &stored, reterr));
	*institution = (struct institution){
		.name = stored.name, .title = stored.title, .offset_minutes = stored.offset_minutes};
	TRY(store_org_load(store, arena, &institution->org, reterr));
	TRY(store_calendar_load(store, arena, &institution->calendar, reterr));
	return load_definitions(store, arena, institution, reterr);
}

enum err institution_load(
	struct store *store, struct arena *arena, struct institution *ret_institution, struct bh_err *reterr)
{
	TRY(store_snapshot_begin(store, reterr));
	enum err err = load(store, arena, ret_institution, reterr);

	store_snapshot_end(store);
	return err;
}

/* ---- looking up ---- */

const struct procedure *institution_procedure(void *context, int64_t definition)
{
	const struct institution *institution = context;

	if (definition < 1 || (size_t)definition > institution->definition_count)
		return NULL;
	return institution->definitions[definition - 1].procedure;
}

const struct definition *institution_in_force(const struct institution *institution, struct str name)
{
	for (size_t i = 0; i < institution->in_force_count; i++)
		if (str_equal(institution->in_force[i].procedure->name, name))
			return &institution->in_force[i];
	return NULL;
}

enum err institution_covered(const struct institution *institution, struct store *store, struct arena *arena,
	const struct viewer *viewer, struct covered **ret_covered, size_t *ret_count, struct bh_err *reterr)
{
	/* The context is passed on as it is and only read. */
	const struct covered_ask ask = {.viewer = viewer,
		.definitions = institution->in_force,
		.definition_count = institution->in_force_count,
		.procedure = institution_procedure,
		.context = (void *)institution,
		.offset_minutes = institution->offset_minutes};

	return store_covered_list(store, arena, &ask, ret_covered, ret_count, reterr);
}

#define LOOKUP(noun, none_zh, how_zh, how_en)                                                                \
	enum err institution_##noun(const struct institution *institution, struct arena *arena,              \
		struct str code, int64_t *ret_id, struct bh_err *reterr)                                     \
	{                                                                                                    \
		const struct noun *found = org_##noun##_by_code(institution->org, code);                     \
		size_t count = org_##noun##_count(institution->org);                                         \
                                                                                                             \
		if (found != NULL) {                                                                         \
			*ret_id = found->id;                                                                 \
			return ERR_OK;                                                                       \
		}                                                                                            \
		const char **names = ARENA_TAKE(arena, count + 1, const char *);                             \
                                                                                                             \
		for (size_t i = 0; i < count; i++)                                                           \
			names[i] = org_##noun##_at(institution->org, i)->code.data;                          \
		return unknown_set(reterr, arena, ERR_NOT_FOUND, str_copy(arena, code).data,                 \
			UNKNOWN(none_zh, "there is no such " #noun, how_zh, how_en), code, names, count);    \
	}

LOOKUP(unit, "没有这个单位", "单位名单可以查到", "the list of units has them")
LOOKUP(post, "没有这个岗位", "岗位名单可以查到", "the list of posts has them")
LOOKUP(person, "没有这个人", "人员名单可以查到", "the list of people has them")

enum err institution_definition(const struct institution *institution, struct arena *arena, struct str name,
	const struct definition **ret_definition, struct bh_err *reterr)
{
	const struct definition *found = institution_in_force(institution, name);
	size_t count = institution->in_force_count;

	if (found != NULL) {
		*ret_definition = found;
		return ERR_OK;
	}
	const char **names = ARENA_TAKE(arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++)
		names[i] = str_copy(arena, institution->in_force[i].procedure->name).data;
	return unknown_set(reterr, arena, ERR_NOT_FOUND, str_copy(arena, name).data,
		UNKNOWN("没有这个现行程序", "there is no such procedure in force",
			unknown_list(arena, "现行的有", names, count),
			unknown_list(arena, "in force are", names, count)),
		name, names, count);
}

/* ---- matters ---- */

enum err institution_matter(const struct institution *institution, struct store *store, struct arena *arena,
	int64_t id, struct matter **ret_matter, struct bh_err *reterr)
{
	/* The context is passed on as it is and only read. */
	return store_matter_load(
		store, arena, id, institution_procedure, (void *)institution, ret_matter, reterr);
}

/* What is in effect on whoever some action of this matter would give a post. */
static enum err look_at_candidate(const struct institution *institution, struct store *store,
	const struct matter *matter, struct arena *arena, struct world *world, struct bh_err *reterr)
{
	struct effect_ask ask = {.definitions = institution->in_force,
		.definition_count = institution->in_force_count,
		.procedure = institution_procedure,
		.context = (void *)institution};
	struct effect *effects;

	for (size_t i = 0; i < matter->procedure->action_count && ask.person == 0; i++)
		ask.person = eligibility_candidate(matter->procedure, (int)i, NULL, matter->fields);
	if (ask.person == 0)
		return ERR_OK;
	TRY(store_effect_list(store, arena, &ask, &effects, &world->effect_count, reterr));
	world->effects = effects;
	return ERR_OK;
}

/* What its rows may name. */
static enum err look_at_files(struct store *store, const struct matter *matter, struct arena *arena,
	struct world *world, struct bh_err *reterr)
{
	const struct procedure *procedure = matter->procedure;
	struct evidence_item *items;

	if (!fields_name_files(procedure->fields, procedure->field_count))
		return ERR_OK;
	TRY(store_evidence_list(store, arena, matter->id, &items, &world->evidence_count, reterr));
	world->evidence = items;
	return ERR_OK;
}

enum err institution_world(const struct institution *institution, struct store *store,
	const struct matter *matter, struct instant now, struct arena *arena, struct world *ret_world,
	struct bh_err *reterr)
{
	struct matter *parent = NULL;

	*ret_world = (struct world){.now = now,
		.offset_minutes = institution->offset_minutes,
		.calendar = institution->calendar,
		.org = institution->org,
		.definitions = institution->in_force,
		.definition_count = institution->in_force_count};
	TRY(store_matter_next(store, &ret_world->next_matter, reterr));
	if (matter == NULL)
		return ERR_OK;
	TRY(store_children_open(store, matter->id, &ret_world->children_open, reterr));
	if (matter->parent != 0)
		TRY(institution_matter(institution, store, arena, matter->parent, &parent, reterr));
	ret_world->parent = parent;
	TRY(look_at_files(store, matter, arena, ret_world, reterr));
	return look_at_candidate(institution, store, matter, arena, ret_world, reterr);
}
