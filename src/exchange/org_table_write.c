/* org_table_write.c: the institution's rows as org_table.c reads them. */
#include "exchange/org_table.h"

static struct str unit_code(const struct org *org, int64_t id)
{
	const struct unit *unit = org_unit(org, id);

	return unit == NULL ? STR("") : unit->code;
}

static struct str post_code(const struct org *org, int64_t id)
{
	const struct post *post = org_post(org, id);

	return post == NULL ? STR("") : post->code;
}

static struct str person_code(const struct org *org, int64_t id)
{
	const struct person *person = org_person(org, id);

	return person == NULL ? STR("") : person->code;
}

static struct str day_cell(struct arena *arena, struct day day)
{
	return day_is_none(day) ? STR("") : day_print(arena, day);
}

/* Each in the order of its columns in org_table.c. */
static void write_unit(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct unit *unit = org_unit_at(org, i);
	const struct str cells[] = {unit->code, unit->name, unit->name_en, unit->kind,
		unit_code(org, unit->parent), post_code(org, unit->leader), day_cell(out->arena, unit->since),
		day_cell(out->arena, unit->until)};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static void write_post(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct post *post = org_post_at(org, i);
	const struct str cells[] = {post->code, unit_code(org, post->unit), post->title, post->title_en,
		str_from(post_kind_name(post->kind)), post->rank, day_cell(out->arena, post->until)};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static void write_person(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct person *person = org_person_at(org, i);
	const struct str cells[] = {
		person->code, person->name, person->gender, day_cell(out->arena, person->born)};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static void write_tenure(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct tenure *tenure = org_tenure_at(org, i);
	const struct str cells[] = {post_code(org, tenure->post), person_code(org, tenure->person),
		day_cell(out->arena, tenure->from), day_cell(out->arena, tenure->until),
		str_from(tenure_kind_name(tenure->kind)), tenure->move};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static void write_function(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct function *function = org_function_at(org, i);
	const struct str cells[] = {
		function->name, unit_code(org, function->unit), post_code(org, function->post)};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static void write_delegation(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct delegation *delegation = org_delegation_at(org, i);
	const struct str cells[] = {person_code(org, delegation->from), person_code(org, delegation->to),
		day_cell(out->arena, delegation->since), day_cell(out->arena, delegation->until)};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static void write_kin(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct kin *kin = org_kin_at(org, i);
	const struct str cells[] = {person_code(org, kin->person), person_code(org, kin->other), kin->kind,
		day_cell(out->arena, kin->until)};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static void write_relation(const struct rows_out *out, const struct org *org, size_t i)
{
	const struct relation *relation = org_relation_at(org, i);
	const struct str cells[] = {relation->name, relation->zh, relation->en};

	rows_put(out, cells, ARRAY_COUNT(cells));
}

static const struct writer {
	size_t (*count)(const struct org *org);
	void (*write)(const struct rows_out *out, const struct org *org, size_t i);
} writers[ORG_TABLE_COUNT] = {
	[ORG_UNITS] = {org_unit_count, write_unit},
	[ORG_UNIT_LINKS] = {org_unit_count, write_unit},
	[ORG_POSTS] = {org_post_count, write_post},
	[ORG_PEOPLE] = {org_person_count, write_person},
	[ORG_TENURES] = {org_tenure_count, write_tenure},
	[ORG_FUNCTIONS] = {org_function_count, write_function},
	[ORG_DELEGATIONS] = {org_delegation_count, write_delegation},
	[ORG_KIN] = {org_kin_count, write_kin},
	[ORG_RELATIONS] = {org_relation_count, write_relation},
};

void org_table_write(const struct rows_out *out, const struct org *org, enum org_table table)
{
	size_t column_count;
	const struct csv_column *columns = org_table_columns(table, &column_count);
	struct str *names = ARENA_TAKE(out->arena, column_count, struct str);

	for (size_t i = 0; i < column_count; i++)
		names[i] = str_from(columns[i].name);
	rows_put(out, names, column_count);
	for (size_t i = 0; i < writers[table].count(org); i++)
		writers[table].write(out, org, i);
}
