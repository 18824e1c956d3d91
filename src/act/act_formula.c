/* act_formula.c: by which formula the performance of units is reckoned from a day on. Nobody is judged by a
 * formula that wasn't there: it begins on the day of its adoption or later. */
#include "act/writer.h"

static enum err read_formula(struct arena *arena, const struct act *act, struct instant now,
	const struct installation *installation, struct stored_formula *ret_formula, struct bh_err *reterr)
{
	const struct definition_text *source = &act->what.formula.source;
	struct day today = instant_day(now, installation->offset_minutes), from = act->what.formula.from;
	struct formula formula;

	if (source->text.size > FORMULA_TEXT_MAX)
		return err_set(
			reterr, ERR_INVALID, "text", "a formula has at most %zu bytes", FORMULA_TEXT_MAX);
	TRY(formula_read(arena, source->file, source->text, &formula, reterr));
	if (!day_is_none(from) && from.number < today.number)
		return err_set(reterr, ERR_REFUSED, "from",
			"a formula is in force from the day of its adoption or later, never before");
	*ret_formula = (struct stored_formula){.name = formula.name,
		.file = source->file,
		.text = source->text,
		.from = day_is_none(from) ? today : from};
	return ERR_OK;
}

static bool changes_nothing(
	const struct stored_formula *before, size_t count, const struct stored_formula *formula)
{
	const struct stored_formula *same = stored_formula_on(before, count, formula->from);

	return same != NULL && str_equal(same->text, formula->text);
}

enum err act_formula_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct event event = {.kind = EVENT_FORMULA_ADOPTED, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = STR("formula"), .person = act->person};
	struct stored_formula *before, formula;
	size_t count;

	TRY(read_formula(arena, act, now, installation, &formula, reterr));
	TRY(store_formulas(installation->store, arena, &before, &count, reterr));
	if (changes_nothing(before, count, &formula))
		return err_set(reterr, ERR_CONFLICT, "text", "this formula is in force on that day already");
	formula.id = (int64_t)count + 1;
	doc_set(arena, event.payload, "id", doc_int(arena, formula.id));
	doc_set(arena, event.payload, "formula", doc_text(arena, formula.name));
	doc_set(arena, event.payload, "from", doc_text(arena, day_print(arena, formula.from)));
	doc_set(arena, event.payload, "file", doc_text(arena, formula.file));
	doc_set(arena, event.payload, "text", doc_text(arena, formula.text));
	if (act->person != 0)
		doc_set(arena, event.payload, "by", doc_int(arena, act->person));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	formula.index = event.index;
	TRY(store_formula_put(installation->store, arena, &formula, reterr));
	*ret_receipt = (struct receipt){.first = event.index, .count = 1, .id = formula.id};
	return ERR_OK;
}
