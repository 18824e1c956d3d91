/* store_effect.c: what was decided and is in effect (影响期). */
#include "store/store_driver.h"

#include <stdlib.h>

struct gathering {
	struct list list;
	const struct effect_ask *ask;
	struct bh_err *reterr;
};

static enum err push_effect(void *context, const struct row *row)
{
	struct gathering *gathering = context;
	const struct effect_ask *ask = gathering->ask;
	struct list *list = &gathering->list;
	const struct procedure *procedure = ask->procedure(ask->context, row_int(row, 1));
	struct effect effect;
	struct doc *fields;

	TRY(doc_read_canonical(list->arena, row_text(row, 5), &fields, gathering->reterr));
	if (procedure == NULL || !effect_read(procedure, row_text(row, 4), fields, &effect) ||
		(ask->person != 0 && effect.person != ask->person))
		return ERR_OK;
	effect.matter = row_int(row, 0);
	effect.number = str_copy(list->arena, row_text(row, 2));
	effect.title = str_copy(list->arena, row_text(row, 3));
	*LIST_PUSH(list, struct effect) = effect;
	return ERR_OK;
}

/* The fields are canonical JSON, so a person stands in them in one way only; text that looks the same is
 * found too, and let go when it is read. */
static struct str pattern_of(struct arena *arena, const struct procedure *procedure, int64_t person)
{
	if (person == 0 || procedure->effect.person < 0)
		return STR("%");
	return str_format(arena, "%%\"%.*s\":%lld%%",
		STR_ARG(procedure->fields[procedure->effect.person].name), (long long)person);
}

static int latest_first(const void *a, const void *b)
{
	const struct effect *left = a, *right = b;

	if (left->until.number != right->until.number)
		return left->until.number < right->until.number ? 1 : -1;
	return (left->matter > right->matter) - (left->matter < right->matter);
}

enum err store_effect_list(struct store *store, struct arena *arena, const struct effect_ask *ask,
	struct effect **ret_effects, size_t *ret_count, struct bh_err *reterr)
{
	struct gathering gathering = {.list = {.arena = arena}, .ask = ask, .reterr = reterr};

	for (size_t i = 0; i < ask->definition_count; i++) {
		const struct procedure *procedure = ask->definitions[i].procedure;

		if (procedure->effect.place.line == 0)
			continue;
		TRY(RUN(store, STMT_EFFECT_LIST, push_effect, &gathering, reterr, value_viewer(ask->viewer),
			value_viewer_today(arena, ask->viewer), V_TEXT(procedure->name),
			V_TEXT(pattern_of(arena, procedure, ask->person)), V_INT(ask->person)));
	}
	if (gathering.list.count > 1)
		qsort(gathering.list.items, gathering.list.count, sizeof(struct effect), latest_first);
	LIST_GIVE(gathering.list, ret_effects, ret_count);
	return ERR_OK;
}
