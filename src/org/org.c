/* org.c: the institution in memory. Rows by dense id; codes and tenures through small indexes that grow with
 * them. */
#include "org/org.h"

#include "base/words.h"

#include <string.h>

/* Codes to ids: open addressing, at most half full. */
struct code_index {
	struct slot {
		struct str code;
		int64_t id; /* 0: free */
	} * slots;
	size_t size, used;
};

/* The tenures of one post, or of one person. */
struct id_list {
	int64_t *ids;
	size_t count, capacity;
};

struct org {
	struct arena *arena;
	struct unit *units;
	size_t unit_count, unit_capacity;
	struct post *posts;
	size_t post_count, post_capacity;
	struct person *people;
	size_t person_count, person_capacity;
	struct tenure *tenures;
	size_t tenure_count, tenure_capacity;
	struct function *functions;
	size_t function_count, function_capacity;
	struct function_label {
		struct str name, zh, en;
	} * function_labels;
	size_t function_label_count, function_label_capacity;
	struct delegation *delegations;
	size_t delegation_count, delegation_capacity;
	struct kin *kins;
	size_t kin_count, kin_capacity;
	struct relation *relations;
	size_t relation_count, relation_capacity;
	struct former_name *former_names;
	size_t former_name_count, former_name_capacity;
	struct code_index unit_codes, post_codes, person_codes;
	struct id_list *of_post, *of_person, *of_unit; /* tenures, tenures, posts: by id - 1 */
	size_t of_post_capacity, of_person_capacity, of_unit_capacity;
};

struct org *org_new(struct arena *arena)
{
	struct org *org = ARENA_TAKE(arena, 1, struct org);

	org->arena = arena;
	return org;
}

/* ---- codes ---- */

/* FNV-1a: codes are short and come from administrators, not from attackers. */
static size_t code_hash(struct str code)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < code.size; i++)
		hash = (hash ^ (unsigned char)code.data[i]) * UINT64_C(1099511628211);
	return (size_t)hash;
}

static struct slot *code_slot(const struct code_index *index, struct str code)
{
	size_t at = code_hash(code) & (index->size - 1);

	while (index->slots[at].id != 0 && !str_equal(index->slots[at].code, code))
		at = (at + 1) & (index->size - 1);
	return &index->slots[at];
}

static int64_t code_find(const struct code_index *index, struct str code)
{
	return index->size == 0 ? 0 : code_slot(index, code)->id;
}

static void code_put(struct arena *arena, struct code_index *index, struct str code, int64_t id)
{
	if (index->used * 2 >= index->size) {
		struct code_index larger = {
			.size = index->size == 0 ? 64 : index->size * 2, .used = index->used};

		larger.slots = ARENA_TAKE(arena, larger.size, struct slot);
		for (size_t i = 0; i < index->size; i++)
			if (index->slots[i].id != 0)
				*code_slot(&larger, index->slots[i].code) = index->slots[i];
		*index = larger;
	}
	struct slot *slot = code_slot(index, code);

	index->used += slot->id == 0;
	*slot = (struct slot){code, id};
}

/* A row that changes its code leaves the old one behind: rebuilt without it. */
static void code_drop(struct arena *arena, struct code_index *index, struct str code)
{
	struct code_index rest = {0};

	for (size_t i = 0; i < index->size; i++)
		if (index->slots[i].id != 0 && !str_equal(index->slots[i].code, code))
			code_put(arena, &rest, index->slots[i].code, index->slots[i].id);
	*index = rest;
}

static void code_change(
	struct arena *arena, struct code_index *index, struct str before, struct str now, int64_t id)
{
	if (before.size > 0 && !str_equal(before, now))
		code_drop(arena, index, before);
	code_put(arena, index, now, id);
}

/* ---- lists by id ---- */

static void list_put(struct arena *arena, struct id_list **lists, size_t *capacity, int64_t id, int64_t value)
{
	while ((size_t)id > *capacity) {
		size_t before = *capacity;

		*lists = arena_grow(arena, *lists, before, capacity, sizeof **lists);
	}
	struct id_list *list = &(*lists)[id - 1];

	*ARENA_PUSH(arena, list->ids, list->count, list->capacity) = value;
}

static void list_drop(struct id_list *lists, size_t capacity, int64_t id, int64_t value)
{
	if (id == 0 || (size_t)id > capacity)
		return;
	struct id_list *list = &lists[id - 1];

	for (size_t i = 0; i < list->count; i++)
		if (list->ids[i] == value) {
			memmove(&list->ids[i], &list->ids[i + 1], (list->count - i - 1) * sizeof *list->ids);
			list->count--;
			return;
		}
}

static const struct id_list *list_get(const struct id_list *lists, size_t capacity, int64_t id)
{
	static const struct id_list none = {0};

	return id <= 0 || (size_t)id > capacity ? &none : &lists[id - 1];
}

/* ---- looking up ---- */

#define LOOKUP(noun, rows, row_count)                                                                        \
	const struct noun *org_##noun(const struct org *org, int64_t id)                                     \
	{                                                                                                    \
		return id < 1 || (size_t)id > org->row_count ? NULL : &org->rows[id - 1];                    \
	}                                                                                                    \
	const struct noun *org_##noun##_by_code(const struct org *org, struct str code)                      \
	{                                                                                                    \
		return org_##noun(org, code_find(&org->noun##_codes, code));                                 \
	}

LOOKUP(unit, units, unit_count)
LOOKUP(post, posts, post_count)
LOOKUP(person, people, person_count)

#define WALK(noun, rows, row_count)                                                                          \
	size_t org_##noun##_count(const struct org *org)                                                     \
	{                                                                                                    \
		return org->row_count;                                                                       \
	}                                                                                                    \
	const struct noun *org_##noun##_at(const struct org *org, size_t i)                                  \
	{                                                                                                    \
		REQUIRE(i < org->row_count);                                                                 \
		return &org->rows[i];                                                                        \
	}

WALK(unit, units, unit_count)
WALK(post, posts, post_count)
WALK(person, people, person_count)
WALK(tenure, tenures, tenure_count)
WALK(function, functions, function_count)
WALK(delegation, delegations, delegation_count)
WALK(kin, kins, kin_count)
WALK(relation, relations, relation_count)
WALK(former_name, former_names, former_name_count)

const struct function *org_function(const struct org *org, struct str name)
{
	for (size_t i = 0; i < org->function_count; i++)
		if (str_equal(org->functions[i].name, name))
			return &org->functions[i];
	return NULL;
}

const struct relation *org_relation(const struct org *org, struct str name)
{
	for (size_t i = 0; i < org->relation_count; i++)
		if (str_equal(org->relations[i].name, name))
			return &org->relations[i];
	return NULL;
}

/* ---- from when to when ---- */

static bool is_before(struct day day, struct day until)
{
	return day_is_none(until) || day.number < until.number;
}

bool org_unit_is_on(const struct org *org, int64_t id, struct day day)
{
	const struct unit *unit = org_unit(org, id);

	return unit != NULL && is_before(day, unit->until);
}

bool org_post_is_on(const struct org *org, int64_t id, struct day day)
{
	const struct post *post = org_post(org, id);

	return post != NULL && is_before(day, post->until) && org_unit_is_on(org, post->unit, day);
}

bool org_unit_has_ended(const struct org *org, int64_t id)
{
	const struct unit *unit = org_unit(org, id);

	return unit != NULL && !day_is_none(unit->until);
}

bool org_post_has_ended(const struct org *org, int64_t id)
{
	const struct post *post = org_post(org, id);

	return post != NULL && (!day_is_none(post->until) || org_unit_has_ended(org, post->unit));
}

struct unit org_unit_on(const struct org *org, int64_t id, struct day day)
{
	const struct unit *found = org_unit(org, id);
	struct day nearest = DAY_NONE;

	REQUIRE(found != NULL);
	struct unit unit = *found;

	for (size_t i = 0; i < org->former_name_count; i++) {
		const struct former_name *former = &org->former_names[i];

		if (former->unit != id || former->until.number <= day.number ||
			(!day_is_none(nearest) && former->until.number >= nearest.number))
			continue;
		nearest = former->until;
		unit.name = former->name;
		unit.name_en = former->name_en;
	}
	return unit;
}

/* ---- who holds what ---- */

static bool tenure_holds(const struct tenure *tenure, struct day day)
{
	return tenure->from.number <= day.number && is_before(day, tenure->until);
}

const struct tenure *org_holder(const struct org *org, int64_t post, struct day day)
{
	const struct id_list *list = list_get(org->of_post, org->of_post_capacity, post);
	const struct tenure *acting = NULL;

	for (size_t i = 0; i < list->count; i++) {
		const struct tenure *tenure = &org->tenures[list->ids[i] - 1];

		if (!tenure_holds(tenure, day))
			continue;
		if (tenure->kind == TENURE_HOLDER)
			return tenure;
		acting = tenure;
	}
	return acting;
}

int64_t org_head_post(const struct org *org, int64_t unit)
{
	const struct id_list *list = list_get(org->of_unit, org->of_unit_capacity, unit);

	for (size_t i = 0; i < list->count; i++)
		if (org->posts[list->ids[i] - 1].kind == POST_HEAD && !org_post_has_ended(org, list->ids[i]))
			return list->ids[i];
	return 0;
}

int64_t org_head_post_on(const struct org *org, int64_t unit, struct day day)
{
	const struct id_list *list = list_get(org->of_unit, org->of_unit_capacity, unit);

	for (size_t i = 0; i < list->count; i++)
		if (org->posts[list->ids[i] - 1].kind == POST_HEAD && org_post_is_on(org, list->ids[i], day))
			return list->ids[i];
	return 0;
}

int64_t org_superior_post(const struct org *org, int64_t unit)
{
	const struct unit *step = org_unit(org, unit);
	int64_t own = org_head_post(org, unit);

	if (step == NULL)
		return 0;
	if (step->leader != 0 && step->leader != own)
		return step->leader;
	for (size_t i = 0; i < org->unit_count && step != NULL && step->parent != 0; i++) {
		int64_t head = org_head_post(org, step->parent);

		if (head != 0 && head != own)
			return head;
		step = org_unit(org, step->parent);
	}
	return 0;
}

bool org_post_acts_for(const struct org *org, int64_t post_id, int64_t unit)
{
	const struct post *post = org_post(org, post_id);

	return post != NULL && post->unit == unit && post->kind != POST_MEMBER &&
	       !org_post_has_ended(org, post_id);
}

bool org_post_carries(const struct org *org, int64_t post, const struct function *function)
{
	return function->unit != 0 ? org_post_acts_for(org, post, function->unit) : post == function->post;
}

size_t org_posts_held(const struct org *org, int64_t person, struct day day, int64_t *posts, size_t max)
{
	const struct id_list *list = list_get(org->of_person, org->of_person_capacity, person);
	size_t count = 0;

	for (size_t i = 0; i < list->count && count < max; i++) {
		const struct tenure *tenure = &org->tenures[list->ids[i] - 1];

		if (tenure_holds(tenure, day))
			posts[count++] = tenure->post;
	}
	return count;
}

bool org_is_delegate(const struct org *org, int64_t from, int64_t to, struct day day)
{
	for (size_t i = 0; i < org->delegation_count; i++) {
		const struct delegation *delegation = &org->delegations[i];

		if (delegation->from == from && delegation->to == to &&
			delegation->since.number <= day.number && day.number < delegation->until.number)
			return true;
	}
	return false;
}

bool org_are_kin(const struct org *org, int64_t a, int64_t b, struct day day)
{
	for (size_t i = 0; i < org->kin_count; i++) {
		const struct kin *kin = &org->kins[i];
		bool pair = (kin->person == a && kin->other == b) || (kin->person == b && kin->other == a);

		if (pair && (day_is_none(kin->until) || day.number < kin->until.number))
			return true;
	}
	return false;
}

/* ---- changing ---- */

/* Puts a row at its id: a new one at the end, or over the one that stood there. */
static void *row_place(struct org *org, void **rows, size_t *count, size_t *capacity, size_t size, int64_t id)
{
	REQUIRE(id >= 1 && (size_t)id <= *count + 1);
	*rows = arena_grow(org->arena, *rows, *count, capacity, size);
	if ((size_t)id == *count + 1)
		++*count;
	return (char *)*rows + (size_t)(id - 1) * size;
}
#define PLACE(org, rows, count, capacity, id)                                                                \
	row_place((org), (void **)&(rows), &(count), &(capacity), sizeof *(rows), (id))

void org_former_name_add(struct org *org, const struct former_name *former)
{
	*ARENA_PUSH(org->arena, org->former_names, org->former_name_count, org->former_name_capacity) =
		(struct former_name){.unit = former->unit,
			.name = str_copy(org->arena, former->name),
			.name_en = str_copy(org->arena, former->name_en),
			.until = former->until};
}

/* Other names from a day on. Without a new day it is a slip of the pen that is mended: nobody ever called it
 * so. */
static bool unit_is_renamed(const struct unit *before, const struct unit *unit)
{
	bool same = str_equal(before->name, unit->name) && str_equal(before->name_en, unit->name_en);

	return !same && !day_is_none(unit->since) && unit->since.number != before->since.number;
}

void org_unit_set(struct org *org, const struct unit *unit)
{
	struct unit *place = PLACE(org, org->units, org->unit_count, org->unit_capacity, unit->id);
	struct str before = place->code;

	if (before.size > 0 && unit_is_renamed(place, unit))
		org_former_name_add(org, &(struct former_name){.unit = unit->id,
						 .name = place->name,
						 .name_en = place->name_en,
						 .until = unit->since});
	*place = *unit;
	place->code = str_copy(org->arena, unit->code);
	place->name = str_copy(org->arena, unit->name);
	place->name_en = str_copy(org->arena, unit->name_en);
	place->kind = str_copy(org->arena, unit->kind);
	code_change(org->arena, &org->unit_codes, before, place->code, unit->id);
}

void org_post_set(struct org *org, const struct post *post)
{
	struct post *place = PLACE(org, org->posts, org->post_count, org->post_capacity, post->id);
	struct str before = place->code;

	if (place->unit != post->unit) {
		list_drop(org->of_unit, org->of_unit_capacity, place->unit, post->id);
		list_put(org->arena, &org->of_unit, &org->of_unit_capacity, post->unit, post->id);
	}
	*place = *post;
	place->code = str_copy(org->arena, post->code);
	place->title = str_copy(org->arena, post->title);
	place->title_en = str_copy(org->arena, post->title_en);
	place->rank = str_copy(org->arena, post->rank);
	code_change(org->arena, &org->post_codes, before, place->code, post->id);
}

void org_person_set(struct org *org, const struct person *person)
{
	struct person *place = PLACE(org, org->people, org->person_count, org->person_capacity, person->id);
	struct str before = place->code;

	*place = *person;
	place->code = str_copy(org->arena, person->code);
	place->name = str_copy(org->arena, person->name);
	place->pseudonym = str_copy(org->arena, person->pseudonym);
	place->gender = str_copy(org->arena, person->gender);
	code_change(org->arena, &org->person_codes, before, place->code, person->id);
}

void org_tenure_set(struct org *org, const struct tenure *tenure)
{
	struct tenure *place = PLACE(org, org->tenures, org->tenure_count, org->tenure_capacity, tenure->id);

	if (place->post != tenure->post) {
		list_drop(org->of_post, org->of_post_capacity, place->post, tenure->id);
		list_put(org->arena, &org->of_post, &org->of_post_capacity, tenure->post, tenure->id);
	}
	if (place->person != tenure->person) {
		list_drop(org->of_person, org->of_person_capacity, place->person, tenure->id);
		list_put(org->arena, &org->of_person, &org->of_person_capacity, tenure->person, tenure->id);
	}
	*place = *tenure;
	place->move = str_copy(org->arena, tenure->move);
}

void org_function_set(struct org *org, const struct function *function)
{
	for (size_t i = 0; i < org->function_count; i++)
		if (str_equal(org->functions[i].name, function->name)) {
			org->functions[i].unit = function->unit;
			org->functions[i].post = function->post;
			return;
		}
	*ARENA_PUSH(
		org->arena, org->functions, org->function_count, org->function_capacity) = (struct function){
		.name = str_copy(org->arena, function->name), .unit = function->unit, .post = function->post};
}

void org_function_call(struct org *org, struct str name, struct str zh, struct str en)
{
	struct function_label label = {
		str_copy(org->arena, name), str_copy(org->arena, zh), str_copy(org->arena, en)};

	for (size_t i = 0; i < org->function_label_count; i++)
		if (str_equal(org->function_labels[i].name, name)) {
			org->function_labels[i] = label;
			return;
		}
	*ARENA_PUSH(org->arena, org->function_labels, org->function_label_count,
		org->function_label_capacity) = label;
}

struct str org_function_word(const struct org *org, struct str name, bool chinese)
{
	struct str own = function_own_word(name, chinese);

	if (own.size > 0)
		return own;
	for (size_t i = 0; i < org->function_label_count; i++) {
		const struct function_label *label = &org->function_labels[i];
		struct str first = chinese ? label->zh : label->en, second = chinese ? label->en : label->zh;

		if (str_equal(label->name, name))
			return first.size > 0 ? first : second.size > 0 ? second : name;
	}
	return name;
}

const char *org_function_both(const struct org *org, struct str name, char *ret, size_t size)
{
	return words_both(ret, size, org_function_word(org, name, true), org_function_word(org, name, false));
}

void org_delegation_set(struct org *org, const struct delegation *delegation)
{
	*(struct delegation *)PLACE(org, org->delegations, org->delegation_count, org->delegation_capacity,
		delegation->id) = *delegation;
}

void org_kin_set(struct org *org, const struct kin *kin)
{
	struct kin *place = PLACE(org, org->kins, org->kin_count, org->kin_capacity, kin->id);

	*place = *kin;
	place->kind = str_copy(org->arena, kin->kind);
}

void org_relation_set(struct org *org, const struct relation *relation)
{
	struct relation *place =
		PLACE(org, org->relations, org->relation_count, org->relation_capacity, relation->id);

	*place = (struct relation){.id = relation->id,
		.name = str_copy(org->arena, relation->name),
		.zh = str_copy(org->arena, relation->zh),
		.en = str_copy(org->arena, relation->en)};
}
