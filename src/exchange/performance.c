/* performance.c: the record that a formula is reckoned from, and the facts behind a unit's points. */
#include "exchange/performance.h"

static struct str procedure_of(void *context, int64_t definition)
{
	const struct performance_ask *ask = context;
	const struct procedure *procedure = ask->procedure(ask->context, definition);

	return procedure == NULL ? STR("") : procedure->name;
}

enum err performance_gather(
	const struct performance_ask *ask, struct performance_record *ret_record, struct bh_err *reterr)
{
	struct record_ask what = {.viewer = ask->viewer,
		.from = record_from(ask->from, ask->offset_minutes),
		.until = record_until(ask->to, ask->offset_minutes),
		.offset_minutes = ask->offset_minutes,
		.procedure = ask->procedure,
		.context = ask->context};
	struct record_ask due = record_due(&what);
	struct settled *settled;
	struct undertaken *undertaken;

	*ret_record = (struct performance_record){.procedure_of = procedure_of, .context = (void *)ask};
	TRY(store_settled_list(ask->store, ask->arena, &due, &settled, &ret_record->settled_count, reterr));
	TRY(store_undertaken_list(
		ask->store, ask->arena, &what, &undertaken, &ret_record->undertaken_count, reterr));
	ret_record->settled = settled;
	ret_record->undertaken = undertaken;
	return ERR_OK;
}

enum err formula_of_stored(struct arena *arena, const struct stored_formula *stored,
	struct formula *ret_formula, struct bh_err *reterr)
{
	TRY(formula_read(arena, stored->file, stored->text, ret_formula, reterr));
	ret_formula->version = stored->id;
	return ERR_OK;
}

enum err formula_in_force(struct store *store, struct arena *arena, struct day day,
	struct formula *ret_formula, struct bh_err *reterr)
{
	struct stored_formula *all;
	size_t count;

	TRY(store_formulas(store, arena, &all, &count, reterr));
	const struct stored_formula *found = stored_formula_on(all, count, day);

	if (found == NULL)
		return err_set(reterr, ERR_NOT_FOUND, "formula",
			"no formula of performance was in force on %.*s: name the file of one, or adopt one",
			STR_ARG(day_print(arena, day)));
	return formula_of_stored(arena, found, ret_formula, reterr);
}

struct gathering {
	struct arena *arena;
	struct performance_fact *items;
	size_t count, capacity;
};

static void add(struct gathering *gathering, struct performance_fact fact)
{
	if (fact.bearing != BEARING_NONE)
		*ARENA_PUSH(gathering->arena, gathering->items, gathering->count, gathering->capacity) = fact;
}

void performance_facts(const struct formula *formula, const struct performance_record *record, int64_t unit,
	struct arena *arena, struct performance_fact **ret_facts, size_t *ret_count)
{
	struct gathering gathering = {.arena = arena};

	for (size_t item = 0; item < formula->item_count; item++) {
		for (size_t i = 0; i < record->settled_count; i++) {
			const struct settled *settled = &record->settled[i];
			struct str procedure = record->procedure_of(record->context, settled->definition);

			if (settled->unit == unit)
				add(&gathering, (struct performance_fact){.item = item,
							.bearing = item_bearing_of_duty(
								&formula->items[item], settled, procedure),
							.settled = settled});
		}
		for (size_t i = 0; i < record->undertaken_count; i++)
			if (record->undertaken[i].unit == unit)
				add(&gathering,
					(struct performance_fact){.item = item,
						.bearing = item_bearing_of_matter(
							&formula->items[item], &record->undertaken[i]),
						.undertaken = &record->undertaken[i]});
	}
	*ret_facts = gathering.items;
	*ret_count = gathering.count;
}

struct day performance_fact_day(const struct performance_fact *fact, int offset_minutes)
{
	if (fact->settled != NULL)
		return fact->settled->day;
	return instant_is_none(fact->undertaken->ended)
		       ? DAY_NONE
		       : instant_day(fact->undertaken->ended, offset_minutes);
}

enum err performance_fact_event(const struct performance_ask *ask, const struct performance_fact *fact,
	int64_t *ret_index, struct bh_err *reterr)
{
	const struct settled *settled = fact->settled;

	*ret_index = -1;
	if (settled != NULL)
		return store_event_behind(ask->store, ask->arena, settled->matter, settled->duty,
			settled->fate == FATE_IN_TIME ? settled->done : INSTANT_NONE, ret_index, reterr);
	if (instant_is_none(fact->undertaken->ended))
		return ERR_OK;
	return store_event_behind(ask->store, ask->arena, fact->undertaken->matter, 0,
		fact->undertaken->ended, ret_index, reterr);
}
