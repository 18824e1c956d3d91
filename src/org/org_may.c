/* org_may.c: may this row be recorded? Each refusal names the field and what contradicts it. */
#include "org/org.h"

static enum err refuse(struct bh_err *reterr, enum err code, const char *field, const char *why)
{
	return err_set(reterr, code, field, "%s", why);
}

/* What every row with a code shares: the id is known or the next one, the code is there, clean and nobody
 * else's. */
static enum err check_code(
	int64_t id, size_t count, struct str code, const int64_t *holder, struct bh_err *reterr)
{
	if (id < 1 || (size_t)id > count + 1)
		return refuse(reterr, ERR_INVALID, "id", "there is no such row to change");
	if (code.size == 0 || code.size > 64)
		return refuse(reterr, ERR_INVALID, "code", "give a code of 1 to 64 bytes");
	for (size_t i = 0; i < code.size; i++)
		if ((unsigned char)code.data[i] <= ' ' || code.data[i] == ',' || code.data[i] == '"')
			return refuse(reterr, ERR_INVALID, "code", "a code has no blanks, commas or quotes");
	if (holder != NULL && *holder != id)
		return err_set(
			reterr, ERR_CONFLICT, "code", "%.*s stands for another one already", STR_ARG(code));
	return ERR_OK;
}

static enum err check_name(struct str name, const char *field, struct bh_err *reterr)
{
	if (str_trim(name).size == 0 || name.size > 400 || !utf8_is_valid(name))
		return refuse(reterr, ERR_INVALID, field, "give a name of 1 to 400 bytes in UTF-8");
	return ERR_OK;
}

enum err org_unit_may(const struct org *org, const struct unit *unit, struct bh_err *reterr)
{
	const struct unit *other = org_unit_by_code(org, unit->code);
	const struct unit *above = org_unit(org, unit->parent);

	TRY(check_code(unit->id, org_unit_count(org), unit->code, other == NULL ? NULL : &other->id, reterr));
	TRY(check_name(unit->name, "name", reterr));
	if (unit->parent != 0 && above == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "parent", "there is no such unit");
	if (unit->leader != 0 && org_post(org, unit->leader) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "leader", "there is no such post");
	for (; above != NULL; above = org_unit(org, above->parent))
		if (above->id == unit->id)
			return refuse(reterr, ERR_CONFLICT, "parent", "the unit would stand above itself");
	return ERR_OK;
}

enum err org_post_may(const struct org *org, const struct post *post, struct bh_err *reterr)
{
	const struct post *other = org_post_by_code(org, post->code);

	TRY(check_code(post->id, org_post_count(org), post->code, other == NULL ? NULL : &other->id, reterr));
	TRY(check_name(post->title, "title", reterr));
	if (org_unit(org, post->unit) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "unit", "there is no such unit");
	if (post->kind >= POST_KIND_COUNT)
		return refuse(reterr, ERR_INVALID, "kind", "a post is head, deputy, liaison or member");
	int64_t head = org_head_post(org, post->unit);

	if (post->kind == POST_HEAD && head != 0 && head != post->id)
		return refuse(
			reterr, ERR_CONFLICT, "kind", "the unit has a head already: one post answers for it");
	return ERR_OK;
}

enum err org_person_may(const struct org *org, const struct person *person, struct bh_err *reterr)
{
	const struct person *other = org_person_by_code(org, person->code);

	TRY(check_code(
		person->id, org_person_count(org), person->code, other == NULL ? NULL : &other->id, reterr));
	TRY(check_name(person->name, "name", reterr));
	if (person->gender.size > 0 && !str_is(person->gender, "m") && !str_is(person->gender, "f"))
		return refuse(reterr, ERR_INVALID, "gender", "write m or f, or nothing");
	return ERR_OK;
}

static bool tenures_overlap(const struct tenure *a, const struct tenure *b)
{
	bool a_before = !day_is_none(a->until) && a->until.number <= b->from.number;
	bool b_before = !day_is_none(b->until) && b->until.number <= a->from.number;

	return !a_before && !b_before;
}

enum err org_tenure_may(const struct org *org, const struct tenure *tenure, struct bh_err *reterr)
{
	if (tenure->id < 1 || (size_t)tenure->id > org_tenure_count(org) + 1)
		return refuse(reterr, ERR_INVALID, "id", "there is no such tenure to change");
	if (org_post(org, tenure->post) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "post", "there is no such post");
	if (org_person(org, tenure->person) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "person", "there is no such person");
	if (day_is_none(tenure->from))
		return refuse(reterr, ERR_INVALID, "from", "say from which day");
	if (!day_is_none(tenure->until) && tenure->until.number <= tenure->from.number)
		return refuse(reterr, ERR_INVALID, "until", "it would end before it begins");
	if (tenure->kind >= TENURE_KIND_COUNT)
		return refuse(reterr, ERR_INVALID, "kind", "a tenure is holder or acting");
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *other = org_tenure_at(org, i);

		if (other->id == tenure->id || other->post != tenure->post || other->kind != tenure->kind ||
			!tenures_overlap(other, tenure))
			continue;
		return err_set(reterr, ERR_CONFLICT, "post",
			"%.*s holds that post in the same days: end that tenure first",
			STR_ARG(org_person(org, other->person)->name));
	}
	return ERR_OK;
}

enum err org_function_may(const struct org *org, const struct function *function, struct bh_err *reterr)
{
	if (function->name.size == 0 || function->name.size > 64)
		return refuse(reterr, ERR_INVALID, "function", "name the function in 1 to 64 bytes");
	if ((function->unit != 0) == (function->post != 0))
		return refuse(reterr, ERR_INVALID, "unit", "a function belongs to one unit or to one post");
	if (function->unit != 0 && org_unit(org, function->unit) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "unit", "there is no such unit");
	if (function->post != 0 && org_post(org, function->post) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "post", "there is no such post");
	return ERR_OK;
}

enum err org_delegation_may(const struct org *org, const struct delegation *delegation, struct bh_err *reterr)
{
	if (delegation->id < 1 || (size_t)delegation->id > org_delegation_count(org) + 1)
		return refuse(reterr, ERR_INVALID, "id", "there is no such delegation to change");
	if (org_person(org, delegation->from) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "from", "there is no such person");
	if (org_person(org, delegation->to) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "to", "there is no such person");
	if (delegation->from == delegation->to)
		return refuse(reterr, ERR_CONFLICT, "to", "nobody stands in for themselves");
	if (day_is_none(delegation->since) || day_is_none(delegation->until) ||
		delegation->until.number <= delegation->since.number)
		return refuse(reterr, ERR_INVALID, "until", "a delegation has a first day and a later end");
	return ERR_OK;
}

enum err org_kin_may(const struct org *org, const struct kin *kin, struct bh_err *reterr)
{
	if (kin->id < 1 || (size_t)kin->id > org_kin_count(org) + 1)
		return refuse(reterr, ERR_INVALID, "id", "there is no such relation to change");
	if (org_person(org, kin->person) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "person", "there is no such person");
	if (org_person(org, kin->other) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "other", "there is no such person");
	if (kin->person == kin->other)
		return refuse(reterr, ERR_CONFLICT, "other", "nobody is their own relative");
	if (kin->kind.size > 64 || !utf8_is_valid(kin->kind))
		return refuse(reterr, ERR_INVALID, "kind", "name the relation in 64 bytes at most");
	return ERR_OK;
}

enum err org_relation_may(const struct org *org, const struct relation *relation, struct bh_err *reterr)
{
	const struct relation *same = org_relation(org, relation->name);

	if (relation->id < 1 || (size_t)relation->id > org_relation_count(org) + 1)
		return refuse(reterr, ERR_INVALID, "id", "there is no such relation of matters to change");
	if (relation->name.size == 0 || relation->name.size > 64 || !utf8_is_valid(relation->name))
		return refuse(reterr, ERR_INVALID, "relation", "name the relation in 1 to 64 bytes of UTF-8");
	if (str_is(relation->name, RELATION_CAUSE))
		return refuse(reterr, ERR_CONFLICT, "relation",
			"cause is what the system records where one matter opens another: take another word");
	if (same != NULL && same->id != relation->id)
		return refuse(reterr, ERR_CONFLICT, "relation", "there is a relation of that name already");
	if (relation->zh.size == 0 || relation->zh.size > 64 || !utf8_is_valid(relation->zh))
		return refuse(reterr, ERR_INVALID, "zh",
			"say in Chinese, in 64 bytes at most, what the relation is called");
	if (relation->en.size > 64 || !utf8_is_valid(relation->en))
		return refuse(reterr, ERR_INVALID, "en",
			"say in English, in 64 bytes at most, what the relation is called");
	return ERR_OK;
}
