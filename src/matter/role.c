/* role.c: who a role is, and who may stand in it. */
#include "matter/engine.h"

#define POSTS_HELD_MAX 32

static struct bearer bearer_of_unit(const struct org *org, int64_t unit)
{
	return (struct bearer){.unit = unit, .post = org_head_post(org, unit)};
}

static struct bearer bearer_of_person(const struct org *org, int64_t person, struct day today)
{
	int64_t posts[POSTS_HELD_MAX];
	size_t count = org_posts_held(org, person, today, posts, POSTS_HELD_MAX);

	return (struct bearer){.person = person, .post = count > 0 ? posts[0] : 0};
}

/* Nobody where the field names what was abolished since: nothing new is laid on it. */
static struct bearer bearer_of_field(const struct procedure *procedure, const struct doc *fields, int field,
	const struct org *org, struct day today)
{
	const struct doc *value = doc_get_str(fields, procedure->fields[field].name);

	if (value == NULL || value->kind != DOC_INT)
		return (struct bearer){0};
	switch (procedure->fields[field].type) {
	case FIELD_UNIT:
		return org_unit_has_ended(org, value->number) ? (struct bearer){0}
							      : bearer_of_unit(org, value->number);
	case FIELD_POST:
		return org_post_has_ended(org, value->number) ? (struct bearer){0}
							      : (struct bearer){.post = value->number};
	case FIELD_PERSON:
		return bearer_of_person(org, value->number, today);
	default:
		return (struct bearer){0};
	}
}

static int64_t unit_behind(const struct org *org, const struct bearer *bearer)
{
	if (bearer->unit != 0)
		return bearer->unit;
	const struct post *post = org_post(org, bearer->post);

	return post == NULL ? 0 : post->unit;
}

int64_t bearer_head(const struct org *org, const struct bearer *bearer)
{
	int64_t unit = unit_behind(org, bearer);

	return unit == 0 ? 0 : org_head_post(org, unit);
}

int64_t bearer_superior(const struct org *org, const struct bearer *bearer)
{
	int64_t unit = unit_behind(org, bearer);

	if (unit == 0)
		return 0;
	/* Above a single post stands the head of its unit, unless the post is that head. */
	int64_t head = org_head_post(org, unit);

	if (bearer->unit == 0 && head != 0 && head != bearer->post)
		return head;
	return org_superior_post(org, unit);
}

struct bearer matter_bearer(const struct procedure *procedure, const struct doc *fields, int role_index,
	const struct org *org, struct day today)
{
	REQUIRE(role_index >= 0 && (size_t)role_index < procedure->role_count);
	const struct role *role = &procedure->roles[role_index];

	switch (role->kind) {
	case ROLE_FUNCTION: {
		const struct function *function = org_function(org, role->function);

		if (function == NULL)
			return (struct bearer){0};
		return function->post != 0 ? (struct bearer){.post = function->post}
					   : bearer_of_unit(org, function->unit);
	}
	case ROLE_FIELD:
		return bearer_of_field(procedure, fields, role->field, org, today);
	case ROLE_HEAD:
	case ROLE_SUPERIOR: {
		/* The reader refuses circles of roles, so this ends. */
		struct bearer of = matter_bearer(procedure, fields, role->of, org, today);

		return (struct bearer){
			.post = role->kind == ROLE_HEAD ? bearer_head(org, &of) : bearer_superior(org, &of)};
	}
	}
	return (struct bearer){0};
}

int64_t bearer_post_of(const struct bearer *bearer, int64_t person, const struct org *org, struct day today)
{
	int64_t posts[POSTS_HELD_MAX];
	size_t count = org_posts_held(org, person, today, posts, POSTS_HELD_MAX);

	if (bearer->person != 0)
		return bearer->person == person && count > 0 ? posts[0] : 0;
	for (size_t i = 0; i < count; i++) {
		if (bearer->unit != 0 ? org_post_acts_for(org, posts[i], bearer->unit)
				      : posts[i] == bearer->post)
			return posts[i];
	}
	return 0;
}

bool bearer_is_nobody(const struct bearer *bearer)
{
	return bearer->unit == 0 && bearer->post == 0 && bearer->person == 0;
}

int64_t bearer_overseer(const struct org *org, int64_t person, const struct bearer *bearer, struct day today)
{
	struct bearer step = *bearer;

	/* A chain of units is at most as long as there are units, and passes each one's own head; a circle is
	 * refused when units are set, except through leaders in charge. */
	for (size_t i = 0; i <= 2 * org_unit_count(org); i++) {
		int64_t above = bearer_superior(org, &step);

		if (above == 0)
			return 0;
		step = (struct bearer){.post = above};
		if (bearer_post_of(&step, person, org, today) != 0)
			return above;
	}
	return 0;
}
