/* Who a role is, as far as a definition alone can tell. */
#include "procedure/check.h"

static int unit_of(const struct procedure *procedure, int role)
{
	/* A circle of head_of is the reader's finding; here it must only not go round for ever. */
	for (size_t i = 0; i < procedure->role_count && procedure->roles[role].kind == ROLE_HEAD; i++)
		role = procedure->roles[role].of;
	return role;
}

static bool same(const struct procedure *procedure, int a, int b, bool heads_too, size_t depth)
{
	const struct role *left, *right;

	if (heads_too) {
		a = unit_of(procedure, a);
		b = unit_of(procedure, b);
	}
	if (a == b)
		return true;
	left = &procedure->roles[a];
	right = &procedure->roles[b];
	if (left->kind != right->kind || depth == 0)
		return false;
	if (left->kind == ROLE_FUNCTION)
		return str_equal(left->function, right->function);
	if (left->kind == ROLE_FIELD)
		return left->field == right->field;
	/* The post above a unit is the post above its head, so below `superior_of` heads never matter. */
	return same(procedure, left->of, right->of, heads_too || left->kind == ROLE_SUPERIOR, depth - 1);
}

bool roles_equal(const struct procedure *procedure, int a, int b)
{
	return same(procedure, a, b, false, procedure->role_count);
}

bool roles_are_one_side(const struct procedure *procedure, int a, int b)
{
	return same(procedure, a, b, true, procedure->role_count);
}

bool role_covers(const struct procedure *procedure, int outer, int inner)
{
	return roles_equal(procedure, outer, inner) ||
	       (procedure->roles[inner].kind == ROLE_HEAD &&
		       roles_equal(procedure, outer, unit_of(procedure, inner)));
}

int role_unit(const struct procedure *procedure, int role)
{
	return unit_of(procedure, role);
}

bool reach_is_other(const struct check *check, const struct reach *reach, int bearer)
{
	const struct procedure *procedure = check->procedure;
	const struct role *unit = &procedure->roles[unit_of(procedure, bearer)];

	if (reach->kind == REACH_SUPERIOR)
		return unit->kind != ROLE_SUPERIOR || !roles_overlap(check, unit->of, reach->role);
	return !roles_overlap(check, reach->role, bearer);
}

struct str reach_print(struct arena *arena, const struct procedure *procedure, const struct reach *reach)
{
	static const char *const words[] = {
		[REACH_ROLE] = "", [REACH_HEAD] = "head of ", [REACH_SUPERIOR] = "superior of "};

	return str_format(arena, "%s%.*s", words[reach->kind], STR_ARG(procedure->roles[reach->role].name));
}

int role_field(const struct procedure *procedure, int role)
{
	for (size_t i = 0; i < procedure->role_count; i++) {
		const struct role *row = &procedure->roles[role];

		if (row->kind == ROLE_FIELD)
			return row->field;
		if (row->kind == ROLE_FUNCTION)
			return -1;
		role = row->of;
	}
	return -1;
}
