/* store_figures.c: figures that are kept as matters change, so that a board never counts: how many stand how,
 * by scope, and the progress of what has parts. */
#include "store/store_figures.h"

struct str standing_of(bool ended, struct str outcome, bool late)
{
	if (!ended)
		return STR("open");
	if (str_is(outcome, "void"))
		return STR("void");
	return late ? STR("late") : STR("closed");
}

struct counted_call {
	struct counted *counted;
	struct arena *arena;
};

static enum err take_counted(void *context, const struct row *row)
{
	struct counted_call *call = context;
	bool open = row_is_null(row, 4);

	*call->counted = (struct counted){
		.there = true,
		.overdue = row_int(row, 8) != 0,
		.unit = row_int(row, 0),
		.commander = row_int(row, 1),
		.grasp = str_copy(call->arena, row_text(row, 2)),
		.procedure = str_copy(call->arena, row_text(row, 3)),
		.standing = standing_of(!open, str_copy(call->arena, row_text(row, 5)), row_int(row, 6) != 0),
		.lamp = open ? str_copy(call->arena, row_text(row, 7)) : STR_NONE,
	};
	return ERR_OK;
}

enum err figures_before(struct store *store, struct arena *arena, int64_t matter, struct counted *ret_counted,
	struct bh_err *reterr)
{
	struct counted_call call = {ret_counted, arena};

	*ret_counted = (struct counted){0};
	return RUN(store, STMT_MATTER_COUNTED, take_counted, &call, reterr, V_INT(matter));
}

static enum err count(struct store *store, struct arena *arena, const struct counted *counted, int64_t by,
	struct bh_err *reterr)
{
	const struct {
		const char *scope;
		struct str id;
	} scopes[] = {
		{"all", STR("")},
		{"grasp", counted->grasp},
		{"procedure", counted->procedure},
		{"unit", counted->unit == 0 ? STR_NONE : str_format(arena, "%lld", (long long)counted->unit)},
		{"commander", counted->commander == 0
				      ? STR_NONE
				      : str_format(arena, "%lld", (long long)counted->commander)},
	};
	const struct str measures[] = {
		counted->standing, counted->lamp, counted->overdue ? STR("overdue") : STR_NONE};

	for (size_t i = 0; i < ARRAY_COUNT(scopes); i++)
		for (size_t j = 0; j < ARRAY_COUNT(measures); j++)
			if (scopes[i].id.data != NULL && measures[j].size > 0)
				TRY(RUN(store, STMT_COUNTER_ADD, NULL, NULL, reterr,
					V_TEXT(str_from(scopes[i].scope)), V_TEXT(scopes[i].id),
					V_TEXT(measures[j]), V_INT(by)));
	return ERR_OK;
}

static bool counted_same(const struct counted *a, const struct counted *b)
{
	return a->there == b->there && a->unit == b->unit && a->commander == b->commander &&
	       a->overdue == b->overdue && str_equal(a->standing, b->standing) && str_equal(a->lamp, b->lamp);
}

enum err figures_count(struct store *store, struct arena *arena, const struct counted *before,
	const struct counted *after, struct bh_err *reterr)
{
	if (counted_same(before, after))
		return ERR_OK;
	if (before->there)
		TRY(count(store, arena, before, -1, reterr));
	return count(store, arena, after, 1, reterr);
}

/* ---- progress of the parts ---- */

struct parts {
	int64_t sum, weight;
};

static enum err take_parts(void *context, const struct row *row)
{
	*(struct parts *)context = (struct parts){row_int(row, 0), row_int(row, 1)};
	return ERR_OK;
}

enum err figures_rolled(
	struct store *store, int64_t matter, int64_t own, int64_t *ret_rolled, struct bh_err *reterr)
{
	struct parts parts = {0};

	TRY(RUN(store, STMT_CHILDREN_ROLLED, take_parts, &parts, reterr, V_INT(matter)));
	*ret_rolled = parts.weight > 0 ? parts.sum / parts.weight : own;
	return ERR_OK;
}

struct above {
	bool found;
	int64_t progress, rolled, parent; /* progress and rolled: -1 when null */
};

static enum err take_above(void *context, const struct row *row)
{
	*(struct above *)context = (struct above){
		.found = true,
		.progress = row_is_null(row, 0) ? -1 : row_int(row, 0),
		.rolled = row_is_null(row, 1) ? -1 : row_int(row, 1),
		.parent = row_int(row, 2),
	};
	return ERR_OK;
}

enum err figures_roll_up(struct store *store, int64_t parent, struct bh_err *reterr)
{
	while (parent != 0) {
		struct above above = {0};
		int64_t now;

		TRY(RUN(store, STMT_ROLLED_OWN, take_above, &above, reterr, V_INT(parent)));
		TRY(figures_rolled(store, parent, above.progress, &now, reterr));
		if (!above.found || now == above.rolled)
			return ERR_OK;
		TRY(RUN(store, STMT_ROLLED_SET, NULL, NULL, reterr, V_INT(parent), value_or_null(now, -1)));
		parent = above.parent;
	}
	return ERR_OK;
}
