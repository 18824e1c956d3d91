/* procedure.c: small questions that the engine, the checker and the drawings share. */
#include "procedure/procedure.h"

const struct doc *procedure_says(const struct procedure *procedure, int field, const struct doc *fields)
{
	return field < 0 ? NULL : doc_get_str(fields, procedure->fields[field].name);
}

const char *supervision_name(enum supervision supervision)
{
	static const char *const names[] = {
#define SUPERVISION(NAME, wire) wire,
		SUPERVISIONS
#undef SUPERVISION
	};
	REQUIRE(supervision < SUPERVISION_COUNT);
	return names[supervision];
}

enum supervision supervision_of(struct str name)
{
	int i = 0;

	while (i < SUPERVISION_COUNT && !str_is(name, supervision_name((enum supervision)i)))
		i++;
	return (enum supervision)i;
}

const char *study_name(enum study study)
{
	static const char *const names[] = {
#define STUDY(NAME, wire) wire,
		STUDIES
#undef STUDY
	};
	REQUIRE(study < STUDY_COUNT);
	return names[study];
}

const char *count_kind_name(enum count_kind kind)
{
	static const char *const names[] = {
#define COUNTED_AS(NAME, wire) wire,
		COUNTED
#undef COUNTED_AS
	};
	REQUIRE(kind < COUNTED_COUNT);
	return names[kind];
}

const char *grasp_name(enum grasp grasp)
{
	static const char *const names[] = {
#define GRASP(NAME, wire) wire,
		GRASPS
#undef GRASP
	};
	REQUIRE(grasp < GRASP_COUNT);
	return names[grasp];
}

const char *end_kind_name(enum end_kind end)
{
	static const char *const names[] = {
		[END_NONE] = "", [END_SUCCESS] = "success", [END_FAILURE] = "failure", [END_VOID] = "void"};

	return names[end];
}

const char *field_type_name(enum field_type type)
{
	static const char *const names[] = {
#define FIELD_TYPE(NAME, wire) wire,
		FIELD_TYPES
#undef FIELD_TYPE
	};
	REQUIRE(type < FIELD_TYPE_COUNT);
	return names[type];
}

const struct procedure *procedures_find(const struct procedures *procedures, struct str name)
{
	for (size_t i = 0; i < procedures->count; i++)
		if (str_equal(procedures->items[i]->name, name))
			return procedures->items[i];
	return NULL;
}

/* The index of a named thing; a definition has some dozens, so a walk is as quick as anything. */
#define FIND(noun, items, item_count)                                                                        \
	int procedure_##noun(const struct procedure *procedure, struct str name)                             \
	{                                                                                                    \
		for (size_t i = 0; i < procedure->item_count; i++)                                           \
			if (str_equal(procedure->items[i].name, name))                                       \
				return (int)i;                                                               \
		return -1;                                                                                   \
	}

FIND(state, states, state_count)
FIND(action, actions, action_count)
FIND(field, fields, field_count)
FIND(duty, duties, duty_count)
FIND(request, requests, request_count)
FIND(role, roles, role_count)

const struct field *field_find(const struct field *fields, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(fields[i].name, name))
			return &fields[i];
	return NULL;
}

bool field_has_choice(const struct field *field, struct str name)
{
	for (size_t i = 0; i < field->choice_count; i++)
		if (str_equal(field->choices[i].name, name))
			return true;
	return false;
}

static bool has(const int *items, size_t count, int wanted)
{
	for (size_t i = 0; i < count; i++)
		if (items[i] == wanted)
			return true;
	return false;
}

bool action_leaves(const struct action *action, int state)
{
	return has(action->from, action->from_count, state);
}

bool action_waits(const struct action *action)
{
	return action->not_before.place.line > 0;
}

bool duty_holds_in(const struct duty_rule *duty, int state)
{
	return has(duty->in, duty->in_count, state);
}

bool duty_discharged_by(const struct duty_rule *duty, int action)
{
	return has(duty->discharged_by, duty->discharged_by_count, action);
}

void procedure_call_functions(const struct procedure *procedure, struct org *org)
{
	for (size_t i = 0; i < procedure->role_count; i++) {
		const struct role *role = &procedure->roles[i];

		if (role->kind == ROLE_FUNCTION)
			org_function_call(org, role->function, role->label.zh, role->label.en);
	}
}

struct str label_pick(struct label label, struct str name, struct str lang)
{
	struct str first = str_is(lang, "en") ? label.en : label.zh,
		   second = str_is(lang, "en") ? label.zh : label.en;

	if (first.size > 0)
		return first;
	return second.size > 0 ? second : name;
}

bool procedure_must_hear(const struct procedure *procedure)
{
	return procedure->accountability || procedure->grasp == GRASP_CASE;
}

bool action_is_conditional(const struct action *action)
{
	for (size_t i = 0; i < action->check_count; i++)
		if (action->checks[i].of <
			0) /* what is only recorded as a breach of procedure refuses nothing */
			return true;
	return action->eligible;
}

bool part_counts(enum visibility part, enum visibility whole)
{
	return part == VISIBILITY_INSTITUTION || (part == VISIBILITY_UNIT && whole != VISIBILITY_INSTITUTION);
}
