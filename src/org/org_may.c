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

/* ---- what still rests on what comes to its end ---- */

/* Something in the way, to be counted, with a name for the first. */
struct resting {
	size_t count;
	struct str first;
};

static void rests(struct resting *resting, struct str name)
{
	if (resting->count++ == 0)
		resting->first = name;
}

static bool lasts_beyond(struct day until, struct day end)
{
	return day_is_none(until) || until.number > end.number;
}

/* Whoever holds one of the posts, the one or (post 0) all of the unit, beyond that day. */
static struct resting holders_beyond(const struct org *org, int64_t unit, int64_t post, struct day end)
{
	struct resting resting = {0};

	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if ((post != 0 ? tenure->post == post : org_post(org, tenure->post)->unit == unit) &&
			lasts_beyond(tenure->until, end))
			rests(&resting, org_person(org, tenure->person)->name);
	}
	return resting;
}

static struct resting functions_of(const struct org *org, int64_t unit, int64_t post)
{
	struct resting resting = {0};

	for (size_t i = 0; i < org_function_count(org); i++) {
		const struct function *function = org_function_at(org, i);
		const struct post *holding = org_post(org, function->post);

		if (post != 0 ? function->post == post
			      : function->unit == unit || (holding != NULL && holding->unit == unit))
			rests(&resting, function->name);
	}
	return resting;
}

/* Units in whose charge the post is, or one of the unit's; the unit itself aside. */
static struct resting led_units(const struct org *org, int64_t unit, int64_t post)
{
	struct resting resting = {0};

	for (size_t i = 0; i < org_unit_count(org); i++) {
		const struct unit *led = org_unit_at(org, i);
		const struct post *leader = org_post(org, led->leader);

		if (leader != NULL && led->id != unit && day_is_none(led->until) &&
			(post != 0 ? leader->id == post : leader->unit == unit))
			rests(&resting, led->name);
	}
	return resting;
}

static struct resting units_below(const struct org *org, const struct unit *unit)
{
	struct resting resting = {0};

	for (size_t i = 0; i < org_unit_count(org); i++)
		if (org_unit_at(org, i)->parent == unit->id &&
			lasts_beyond(org_unit_at(org, i)->until, unit->until))
			rests(&resting, org_unit_at(org, i)->name);
	return resting;
}

/* What a unit (post 0) and a post can't leave behind. */
static enum err check_end(
	const struct org *org, int64_t unit, int64_t post, struct day until, struct bh_err *reterr)
{
	struct resting held = holders_beyond(org, unit, post, until),
		       functions = functions_of(org, unit, post), led = led_units(org, unit, post);
	char name[512];

	if (held.count > 0)
		return err_set(reterr, ERR_CONFLICT, "until",
			"tenures that last beyond that day: %zu (%.*s first): end them by then", held.count,
			STR_ARG(held.first));
	if (functions.count > 0)
		return err_set(reterr, ERR_CONFLICT, "until",
			"functions that rest there: %zu (%s first): give them to another unit or post first",
			functions.count, org_function_both(org, functions.first, name, sizeof name));
	if (led.count > 0)
		return err_set(reterr, ERR_CONFLICT, "until",
			"units in its charge: %zu (%.*s first): name another leader for them first",
			led.count, STR_ARG(led.first));
	return ERR_OK;
}

static enum err check_unit_end(const struct org *org, const struct unit *unit, struct bh_err *reterr)
{
	struct resting below = units_below(org, unit);

	if (below.count > 0)
		return err_set(reterr, ERR_CONFLICT, "until",
			"units that stand below it: %zu (%.*s first): put them below another unit, or "
			"abolish them first",
			below.count, STR_ARG(below.first));
	return check_end(org, unit->id, 0, unit->until, reterr);
}

/* What is there can't hang on what is no more. */
static enum err check_unit_ties(const struct org *org, const struct unit *unit, struct bh_err *reterr)
{
	if (org_unit_has_ended(org, unit->parent))
		return refuse(
			reterr, ERR_CONFLICT, "parent", "the unit above it was abolished: name another");
	if (org_post_has_ended(org, unit->leader))
		return refuse(reterr, ERR_CONFLICT, "leader", "that post was abolished: name another");
	return ERR_OK;
}

/* A day on which it got its names comes after the day of those before. */
static enum err check_names(const struct unit *before, const struct unit *unit, struct bh_err *reterr)
{
	if (before == NULL || day_is_none(before->since))
		return ERR_OK;
	if (day_is_none(unit->since) || unit->since.number < before->since.number)
		return refuse(reterr, ERR_CONFLICT, "since",
			"the unit got the name that it has on a later day than that");
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
	TRY(check_names(org_unit(org, unit->id), unit, reterr));
	return day_is_none(unit->until) ? check_unit_ties(org, unit, reterr)
					: check_unit_end(org, unit, reterr);
}

/* A unit that goes on has somebody who answers for it. */
static enum err check_post_end(const struct org *org, const struct post *post, struct bh_err *reterr)
{
	const struct unit *unit = org_unit(org, post->unit);

	if (post->kind == POST_HEAD && org_head_post(org, unit->id) == post->id && day_is_none(unit->until))
		return err_set(reterr, ERR_CONFLICT, "until",
			"%.*s would have nobody who answers for it: make another post its head first, or "
			"abolish the unit",
			STR_ARG(unit->name));
	return check_end(org, 0, post->id, post->until, reterr);
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
	if (!day_is_none(post->until))
		return check_post_end(org, post, reterr);
	if (org_unit_has_ended(org, post->unit))
		return refuse(reterr, ERR_CONFLICT, "unit",
			"that unit was abolished: give another, or the day on which the post ended with it");
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

static enum err check_post_lasts(const struct org *org, const struct tenure *tenure, struct bh_err *reterr)
{
	const struct post *post = org_post(org, tenure->post);
	struct day own = post->until, unit = org_unit(org, post->unit)->until;
	struct day end = day_is_none(own) || (!day_is_none(unit) && unit.number < own.number) ? unit : own;
	int year, month, dom;

	if (day_is_none(end) || !lasts_beyond(tenure->until, end))
		return ERR_OK;
	day_split(end, &year, &month, &dom);
	return err_set(reterr, ERR_CONFLICT, "post",
		"the post was abolished from %04d-%02d-%02d on: nobody holds it beyond that", year, month,
		dom);
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
	TRY(check_post_lasts(org, tenure, reterr));
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
	if (org_unit_has_ended(org, function->unit))
		return refuse(reterr, ERR_CONFLICT, "unit", "that unit was abolished: name another");
	if (org_post_has_ended(org, function->post))
		return refuse(reterr, ERR_CONFLICT, "post", "that post was abolished: name another");
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
